/*
 * fetch.c - one session with mailfilter-send: what it is asked, and what its
 * frames mean. How far each folder is read is recorded message by message, so
 * that a session may end anywhere.
 */
#include "fetch.h"
#include "intake.h"
#include "progress.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE 65536
#define LINE_MAX_LENGTH 65536
#define GRACE_SECONDS 5
#define PATIENCE_MS 2000

/* ---- made and freed ------------------------------------------------------- */

static void
folder_free(gpointer pointer)
{
	struct fetch_folder *folder = pointer;

	mailbox_state_free(folder->state);
	g_free(folder->since);
	g_array_unref(folder->large);
	g_array_unref(folder->failed);
	g_free(folder->refused);
	g_free(folder);
}

struct fetch *
fetch_new(struct fetch_desk *desk, const struct mailbox *mailbox)
{
	struct fetch *fetch = g_new0(struct fetch, 1);

	fetch->desk = desk;
	fetch->mailbox = mailbox;
	fetch->server = g_strdup_printf("%s@%s", mailbox->user, mailbox->host);
	fetch->folders = g_ptr_array_new_with_free_func(folder_free);
	fetch->buffer = g_byte_array_new();
	return fetch;
}

void
fetch_free(struct fetch *fetch)
{
	if (!fetch)
		return;
	fetch_finish(fetch);
	g_free(fetch->server);
	g_ptr_array_unref(fetch->folders);
	g_byte_array_unref(fetch->buffer);
	g_free(fetch->stage);
	g_free(fetch->trouble);
	g_free(fetch);
}

bool
fetch_stop(struct fetch *fetch, int code, const char *stage, const char *text)
{
	if (fetch->code == EX_OK)
		fetch->code = code;
	if (!fetch->trouble) {
		fetch->stage = g_strdup(stage);
		fetch->trouble = g_strdup(text);
	}
	return false;
}

/* ---- the start ---------------------------------------------------------- */

static bool
write_line(int fd, const char *line)
{
	size_t size = strlen(line);
	ssize_t n;

	while (size > 0) {
		n = write(fd, line, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		line += n;
		size -= (size_t)n;
	}
	return true;
}

static void
set_deadline(struct fetch *fetch)
{
	int seconds = 2 * fetch->mailbox->timeout + GRACE_SECONDS +
	    (fetch->idle ? fetch->mailbox->interval : 0);

	fetch->deadline = g_get_monotonic_time() + (int64_t)seconds * 1000000;
}

bool
fetch_start(struct fetch *fetch)
{
	g_autofree char *helper = place_helper("mailfilter-send");
	const char *const argv[] = {helper, "imap", NULL};
	g_autofree char *line = NULL;
	int error;

	fetch->code = EX_OK;
	fetch->idle = fetch->bye = fetch->opened = false;
	fetch->body_left = 0;
	fetch->uid = 0;
	g_clear_pointer(&fetch->stage, g_free);
	g_clear_pointer(&fetch->trouble, g_free);
	g_byte_array_set_size(fetch->buffer, 0);
	line = fetch_request(fetch);
	if (fetch->code != EX_OK)
		return false;
	if (!spawn_open(argv, &fetch->child, &error))
		return fetch_stop(fetch, EX_TEMPFAIL, "helper",
		    g_strerror(error));
	fetch->running = true;
	set_deadline(fetch);
	if (!write_line(fetch->child.in, line))
		return fetch_stop(fetch, EX_TEMPFAIL, "helper",
		    "mailfilter-send does not listen");
	return true;
}

/* ---- frames --------------------------------------------------------------- */

/* The folder that a frame is about, or NULL. */
static struct fetch_folder *
folder_of(struct fetch *fetch, const json_t *frame)
{
	json_int_t number = json_integer_value(json_object_get(frame,
	    "folder"));

	if (number < 0 || number >= (json_int_t)fetch->folders->len)
		return NULL;
	fetch->folder = (guint)number;
	return fetch->folders->pdata[number];
}

static bool
on_folder(struct fetch *fetch, const json_t *frame)
{
	struct context *context = fetch->desk->context;
	struct fetch_folder *folder = folder_of(fetch, frame);
	g_autofree char *label = NULL;
	struct mailbox_state state;
	enum store_status status;

	if (!folder)
		return false;
	fetch->opened = true;
	fetch->idle = false;
	folder->walked = false;
	folder->expected = (int)json_integer_value(json_object_get(frame,
	    "messages"));
	progress_free(fetch->progress);
	label = g_strdup_printf("%s/%s", fetch->mailbox->name, folder->name);
	fetch->progress = progress_new(context, label,
	    (size_t)folder->expected);
	state = (struct mailbox_state){.mailbox = fetch->mailbox->name,
	    .folder = (char *)(uintptr_t)folder->name,
	    .server = fetch->server, .since = folder->since,
	    .uidvalidity = json_integer_value(json_object_get(frame,
	    "uidvalidity")), .at = context->now};
	if (context->dry_run || (folder->state &&
	    folder->state->uidvalidity == state.uidvalidity))
		return true;
	status = store_mailbox_start(context->store, &state);
	if (status != STORE_OK)
		return fetch_stop(fetch, store_failed(context, status),
		    "store", NULL);
	mailbox_state_free(folder->state);
	folder->state = NULL;
	status = store_mailbox_get(context->store, state.mailbox,
	    state.folder, &folder->state);
	return status == STORE_OK;
}

static bool
on_message(struct fetch *fetch, const json_t *frame)
{
	struct fetch_folder *folder = folder_of(fetch, frame);

	if (!folder)
		return false;
	fetch->uid = json_integer_value(json_object_get(frame, "uid"));
	fetch->maker = mail_maker_new(fetch->desk->context->home);
	progress_show(fetch->progress, (size_t)folder->messages);
	return fetch->uid > 0;
}

static bool
on_data(struct fetch *fetch, const json_t *frame)
{
	json_int_t size = json_integer_value(json_object_get(frame, "bytes"));

	fetch->body_left = size > 0 ? (size_t)size : 0;
	return fetch->maker != NULL;
}

static bool
on_end(struct fetch *fetch, const json_t *frame)
{
	const char *after = fetch_after(fetch);

	(void)frame;
	if (!fetch->maker || !fetch_message_end(fetch))
		return false;
	if (strcmp(after, "keep") == 0)
		return true;
	return write_line(fetch->child.in, fetch->uid ? "take\n" : "leave\n");
}

static bool
on_large(struct fetch *fetch, const json_t *frame)
{
	return fetch_message_large(fetch, json_integer_value(
	    json_object_get(frame, "size")));
}

static bool
on_gone(struct fetch *fetch, const json_t *frame)
{
	(void)frame;
	return fetch_message_done(fetch);
}

static bool
on_moved(struct fetch *fetch, const json_t *frame)
{
	struct fetch_folder *folder = fetch->folders->pdata[fetch->folder];

	(void)frame;
	folder->moved++;
	return fetch_message_done(fetch);
}

static const char *
text_of(const json_t *frame, const char *key)
{
	const char *text = json_string_value(json_object_get(frame, key));

	return text ? text : "";
}

static bool
on_failed(struct fetch *fetch, const json_t *frame)
{
	return fetch_message_failed(fetch, text_of(frame, "text"));
}

static bool
on_walked(struct fetch *fetch, const json_t *frame)
{
	struct context *context = fetch->desk->context;
	struct fetch_folder *folder = folder_of(fetch, frame);

	if (!folder)
		return false;
	folder->walked = true;
	g_clear_pointer(&fetch->progress, progress_free);
	if (!context->dry_run)
		store_mailbox_pass(context->store, fetch->mailbox->name,
		    folder->name, 0, context->now);
	return true;
}

static bool
on_refused(struct fetch *fetch, const json_t *frame)
{
	struct fetch_folder *folder = folder_of(fetch, frame);

	if (!folder)
		return false;
	g_free(folder->refused);
	folder->refused = g_strdup(text_of(frame, "text"));
	if (fetch->code == EX_OK)
		fetch->code = EX_TEMPFAIL;
	return true;
}

static bool
on_trouble(struct fetch *fetch, const json_t *frame)
{
	return fetch_stop(fetch, EX_TEMPFAIL, text_of(frame, "stage"),
	    text_of(frame, "text"));
}

static bool
on_idle(struct fetch *fetch, const json_t *frame)
{
	(void)frame;
	fetch->idle = true;
	return true;
}

static bool
on_bye(struct fetch *fetch, const json_t *frame)
{
	(void)frame;
	fetch->bye = true;
	return false;
}

static const struct {
	const char *name;
	bool (*take)(struct fetch *fetch, const json_t *frame);
} frames[] = {
	{"folder", on_folder}, {"message", on_message}, {"data", on_data},
	{"end", on_end}, {"large", on_large}, {"gone", on_gone},
	{"moved", on_moved}, {"failed", on_failed}, {"walked", on_walked},
	{"refused", on_refused}, {"trouble", on_trouble}, {"idle", on_idle},
	{"bye", on_bye},
};

static bool
take_frame(struct fetch *fetch, const char *line, size_t length)
{
	json_t *frame = json_loadb(line, length, 0, NULL);
	const char *name = json_string_value(json_object_get(frame, "frame"));
	bool good = false;

	for (size_t i = 0; name && i < G_N_ELEMENTS(frames); i++)
		if (strcmp(frames[i].name, name) == 0)
			good = frames[i].take(fetch, frame);
	json_decref(frame);
	if (!good && !fetch->bye)
		fetch_stop(fetch, EX_TEMPFAIL, "helper",
		    "mailfilter-send said something strange");
	return good;
}

/* Bytes of a message, or one frame; how many bytes that were, 0: more are
 * needed. */
static size_t
take_some(struct fetch *fetch, const char *at, size_t size, bool *good)
{
	const char *newline;
	size_t part;

	if (fetch->body_left) {
		part = MIN(size, fetch->body_left);
		fetch->body_left -= part;
		*good = mail_maker_add(fetch->maker, at, part) ||
		    fetch_stop(fetch, EX_TEMPFAIL, "home", g_strerror(errno));
		return part;
	}
	newline = memchr(at, '\n', size);
	if (!newline) {
		*good = size < LINE_MAX_LENGTH;
		return 0;
	}
	*good = take_frame(fetch, at, (size_t)(newline - at));
	return (size_t)(newline - at) + 1;
}

bool
fetch_read(struct fetch *fetch)
{
	GByteArray *buffer = fetch->buffer;
	char piece[PIECE];
	ssize_t n = read(fetch->child.out, piece, sizeof piece);
	size_t done = 0, part = 1;
	bool good = true;

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n <= 0)
		return false;
	g_byte_array_append(buffer, (const guint8 *)piece, (guint)n);
	while (good && part && done < buffer->len) {
		part = take_some(fetch, (const char *)buffer->data + done,
		    buffer->len - done, &good);
		done += part;
	}
	g_byte_array_remove_range(buffer, 0, (guint)done);
	set_deadline(fetch);
	return good;
}

/* ---- the end ---------------------------------------------------------------- */

void
fetch_finish(struct fetch *fetch)
{
	struct spawn_result result;
	g_autofree char *story = NULL;

	g_clear_pointer(&fetch->progress, progress_free);
	if (fetch->running) {
		fetch->running = false;
		spawn_close(&fetch->child, PATIENCE_MS, &result);
		story = spawn_story("mailfilter-send", &result);
		spawn_release(&result);
		if (!fetch->bye && !fetch->trouble && fetch->code == EX_OK)
			fetch_stop(fetch, EX_TEMPFAIL, "helper", story);
	}
	fetch_message_lost(fetch);
}

/* Waits until there is something to read, or the deadline. */
static bool
wait_readable(struct fetch *fetch)
{
	struct pollfd pollfd = {.fd = fetch->child.out, .events = POLLIN};
	int64_t left;
	int n;

	do {
		left = (fetch->deadline - g_get_monotonic_time()) / 1000;
		n = left <= 0 ? 0 : poll(&pollfd, 1, (int)left);
	} while (n < 0 && errno == EINTR);
	return n > 0 || fetch_stop(fetch, EX_TEMPFAIL, "timeout",
	    "mailfilter-send did not answer in time");
}

void
fetch_visit(struct fetch *fetch)
{
	if (fetch_start(fetch))
		while (wait_readable(fetch) && fetch_read(fetch))
			continue;
	fetch_finish(fetch);
}
