/*
 * result.c - the one line that mailfilter-send answers, and the watchdog that
 * answers in its place when something hangs: a resolver, a library's loop, a
 * server that sends a byte a minute.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "send.h"

#define TEXT_MAX 300

static volatile sig_atomic_t written, progress_now;

/* What the watchdog says; written by a signal handler, hence text. */
static const char *const timeouts[] = {
	[PROGRESS_SERVER] = "{\"outcome\":\"down\",\"stage\":\"timeout\","
	    "\"code\":0,\"text\":\"the mail server did not answer in time\"}\n",
	[PROGRESS_LETTER] = "{\"outcome\":\"later\",\"stage\":\"timeout\","
	    "\"code\":0,\"text\":\"the mail server did not answer in time\"}\n",
	[PROGRESS_DOT] = "{\"outcome\":\"unknown\",\"stage\":\"timeout\","
	    "\"code\":0,\"text\":\"no answer in time after the end of the "
	    "message\"}\n",
};

char *
result_tidy(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *cut = NULL;
	GString *out = g_string_new(NULL);

	cut = g_utf8_substring(valid, 0,
	    MIN(g_utf8_strlen(valid, -1), TEXT_MAX));
	for (const char *at = cut; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		g_string_append_unichar(out, g_unichar_isprint(c) ? c : ' ');
	}
	g_strstrip(out->str);
	return g_string_free(out, FALSE);
}

static void
write_all(const char *text, size_t size)
{
	ssize_t n;

	while (size > 0) {
		n = write(STDOUT_FILENO, text, size);
		if (n <= 0)
			return;
		text += n;
		size -= (size_t)n;
	}
}

static json_t *
told(const GPtrArray *refused)
{
	json_t *list = json_array();

	for (guint i = 0; i < refused->len; i++) {
		g_autofree char *text = result_tidy(refused->pdata[i]);

		json_array_append_new(list, json_string(text));
	}
	return list;
}

void
result_write(const struct result *result)
{
	g_autofree char *text = result_tidy(result->text ? result->text : "");
	g_autofree char *line = NULL;
	json_t *object;
	char *dump;

	object = json_pack("{s:s, s:s, s:i, s:s}", "outcome", result->outcome,
	    "stage", result->stage, "code", result->code, "text", text);
	if (result->mailbox)
		json_object_set_new(object, "mailbox", json_true());
	if (result->refused && result->refused->len)
		json_object_set_new(object, "refused",
		    told(result->refused));
	dump = json_dumps(object, JSON_COMPACT);
	line = g_strconcat(dump, "\n", NULL);
	free(dump);
	json_decref(object);
	if (written)
		return;
	written = 1;
	write_all(line, strlen(line));
}

static void
bark(int number)
{
	const char *line = timeouts[progress_now];

	(void)number;
	if (!written)
		write_all(line, strlen(line));
	_exit(0);
}

void
result_watchdog(int seconds)
{
	struct sigaction action = {.sa_handler = bark};

	written = 0;
	progress_now = PROGRESS_SERVER;
	sigaction(SIGALRM, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	alarm((unsigned)seconds);
}

void
result_progress(enum progress progress)
{
	progress_now = (sig_atomic_t)progress;
}

bool
result_dot_is_out(void)
{
	return progress_now == PROGRESS_DOT;
}
