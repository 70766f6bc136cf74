/*
 * imap_frame.c - frames to the conductor, its answers, and the watchdog that
 * speaks when a resolver or a library hangs.
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "imap.h"

/* By a signal handler, hence text. */
static const char timeout_frame[] = "{\"frame\":\"trouble\",\"stage\":"
    "\"timeout\",\"text\":\"the mail server did not answer in time\"}\n";

/* Nobody listens: nothing is left to be done. */
static void
write_all(const char *data, size_t size)
{
	ssize_t n;

	while (size > 0) {
		n = write(STDOUT_FILENO, data, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(EXIT_FAILURE);
		data += n;
		size -= (size_t)n;
	}
}

static void
write_object(json_t *object)
{
	g_autofree char *line = NULL;
	char *dump = json_dumps(object, JSON_COMPACT);

	g_assert(dump);
	line = g_strconcat(dump, "\n", NULL);
	free(dump);
	json_decref(object);
	frame_watchdog(0);
	write_all(line, strlen(line));
}

void
frame_write(const char *name, const char *format, ...)
{
	json_t *object = json_pack("{s:s}", "frame", name), *more;
	g_autofree char *braces = g_strconcat("{", format, "}", NULL);
	va_list arguments;

	va_start(arguments, format);
	more = json_vpack_ex(NULL, 0, braces, arguments);
	va_end(arguments);
	g_assert(more);
	json_object_update(object, more);
	json_decref(more);
	write_object(object);
}

void
frame_data(const char *data, size_t size)
{
	frame_write("data", "s:I", "bytes", (json_int_t)size);
	write_all(data, size);
}

void
frame_trouble(const char *stage, const char *text)
{
	g_autofree char *clean = result_tidy(text ? text : "");

	frame_write("trouble", "s:s, s:s", "stage", stage, "text", clean);
}

bool
frame_answer(bool *gone)
{
	char line[16];
	size_t have = 0;
	ssize_t n;

	while (have < sizeof line - 1) {
		n = read(STDIN_FILENO, line + have, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			*gone = true;
			return false;
		}
		if (line[have] == '\n')
			break;
		have++;
	}
	line[have] = '\0';
	return strcmp(line, "take") == 0;
}

static void
bark(int number)
{
	(void)number;
	if (write(STDOUT_FILENO, timeout_frame, sizeof timeout_frame - 1) < 0)
		_exit(EXIT_FAILURE);
	_exit(EXIT_SUCCESS);
}

void
frame_watchdog(int seconds)
{
	struct sigaction action = {.sa_handler = bark};

	sigaction(SIGALRM, &action, NULL);
	alarm((unsigned)seconds);
}
