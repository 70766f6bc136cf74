/*
 * imap.c - one session with an IMAP server: open, read the folders, and with
 * watch wait for more, until the conductor closes our input.
 */
#include <signal.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <libetpan/libetpan.h>

#include "imap.h"

#define IDLE_SECONDS (28 * 60)	/* RFC 2177: below half an hour */
#define WATCH_SECONDS 3600	/* then the conductor starts a new session */

/* The server tells when there is more, or it is asked again after a while.
 * False: the session cannot go on. */
static bool
wait_idle(struct imap *imap, int seconds, bool *gone)
{
	enum imap_end end = imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL,
	    "IDLE");

	if (end != IMAP_CONTINUE)
		return end == IMAP_NO;
	frame_write("idle", "");
	if (imap->stream->read_buffer_len == 0)
		*gone = wire_wait(imap->wire, STDIN_FILENO, seconds) ==
		    WIRE_OTHER;
	wire_allow(imap->wire, imap->request->timeout, IMAP_ANSWER_MAX);
	frame_watchdog(imap->request->timeout + 1);
	return imap_say(imap, "DONE\r\n") &&
	    imap_hear(imap, NULL, NULL) == IMAP_OK;
}

static bool
wait_without(struct imap *imap, int seconds, bool *gone)
{
	frame_write("idle", "");
	*gone = wire_wait(imap->wire, STDIN_FILENO, seconds) == WIRE_OTHER;
	return imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL, "NOOP") ==
	    IMAP_OK;
}

static bool
wait_for_more(struct imap *imap, bool *gone)
{
	const struct imap_request *request = imap->request;
	int seconds = MIN(request->interval, IDLE_SECONDS);

	if (request->folders->len > 1 && imap_select(imap,
	    request->folders->pdata[0]) == IMAP_BROKEN)
		return false;
	imap->stage = "idle";
	return imap->capabilities & IMAP_IDLE
	    ? wait_idle(imap, seconds, gone) : wait_without(imap, seconds, gone);
}

static bool
session(struct imap *imap, const char *password)
{
	bool gone = false;

	if (!imap_open(imap, password))
		return false;
	for (;;) {
		if (!imap_walk(imap, &gone))
			return false;
		if (gone || !imap->request->watch || g_get_monotonic_time() >
		    imap->started + (int64_t)WATCH_SECONDS * 1000000)
			break;
		if (!wait_for_more(imap, &gone))
			return false;
	}
	return true;
}

/* The farewell is for the server; nobody waits for its answer. */
static void
leave(struct imap *imap)
{
	frame_write("bye", "");
	wire_allow(imap->wire, 1, IMAP_ANSWER_MAX);
	alarm(2);
	imap_say(imap, "Z LOGOUT\r\n");
}

static void
run(const struct imap_request *request, const char *password)
{
	struct imap imap = {.request = request,
	    .started = g_get_monotonic_time(), .line = g_string_new(NULL),
	    .literals = g_ptr_array_new_with_free_func(
		(GDestroyNotify)g_byte_array_unref)};

	if (session(&imap, password))
		leave(&imap);
	else
		frame_trouble(imap.stage, imap.why ? imap.why : "the mail "
		    "server's answer cannot be understood");
	alarm(2);
	if (imap.stream)
		mailstream_close(imap.stream);
	wire_free(imap.wire);
	g_string_free(imap.line, TRUE);
	g_ptr_array_unref(imap.literals);
	g_free(imap.why);
}

int
imap_main(void)
{
	g_autofree char *why = NULL;
	struct imap_request *request = imap_request_read(STDIN_FILENO, &why);
	char *password;

	if (!request) {
		frame_trouble("request", why);
		return EX_OK;
	}
	password = password_get("password-command", request->password_command,
	    request->timeout, &why);
	if (!password) {
		frame_trouble("password", why);
	} else {
		limit_resources();
		run(request, password);
	}
	password_free(password);
	imap_request_free(request);
	return EX_OK;
}
