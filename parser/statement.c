/*
 * statement.c - a statement file of any size: the helper reads it, and its
 * events are handed on one by one as they come. As long as it gets on it may
 * take its time; silence is bounded in proportion to the size.
 */
#include "child.h"
#include "limits.h"
#include "parser.h"
#include "reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE_LIMIT (64u << 10)	/* bytes of one event */
#define SILENCE_BYTES 500	/* of the file, for each millisecond */

struct stream {
	struct child_helper helper;
	GString *line, *err;
	int64_t silence;	/* microseconds */
	statement_event_fn *each;
	void *user;
	bool stopped;		/* by the caller */
	bool bad;		/* late, or what comes is no event */
};

/* One line of the helper: an event that is no longer than one can be. */
static void
take_line(struct stream *stream, const char *text, size_t length)
{
	struct event *event = event_read(text, length);

	if (!event)
		stream->bad = true;
	else if (!stream->each(event, stream->user))
		stream->stopped = true;
	event_free(event);
}

static void
take_bytes(struct stream *stream, const char *bytes, size_t length)
{
	const char *end;

	while (!stream->bad && !stream->stopped &&
	    (end = memchr(bytes, '\n', length))) {
		size_t n = (size_t)(end - bytes);

		if (stream->line->len > 0) {
			g_string_append_len(stream->line, bytes, (gssize)n);
			take_line(stream, stream->line->str,
			    stream->line->len);
			g_string_truncate(stream->line, 0);
		} else {
			take_line(stream, bytes, n);
		}
		bytes += n + 1;
		length -= n + 1;
	}
	if (stream->bad || stream->stopped)
		return;
	g_string_append_len(stream->line, bytes, (gssize)length);
	stream->bad = stream->line->len > LINE_LIMIT;
}

static bool
take_some(struct stream *stream, struct pollfd *wait)
{
	char buffer[65536];
	ssize_t got = read(wait->fd, buffer, sizeof buffer);

	if (got < 0 && errno == EINTR)
		return true;
	if (got <= 0)
		wait->fd = -1;
	else if (wait->fd == stream->helper.out)
		take_bytes(stream, buffer, (size_t)got);
	else if (stream->err->len < LINE_LIMIT)
		g_string_append_len(stream->err, buffer, got);
	return got > 0;
}

static void
listen_to(struct stream *stream)
{
	struct pollfd wait[2] = {{stream->helper.out, POLLIN, 0},
	    {stream->helper.err, POLLIN, 0}};
	int64_t until = g_get_monotonic_time() + stream->silence;

	while (!stream->bad && !stream->stopped &&
	    (wait[0].fd >= 0 || wait[1].fd >= 0)) {
		int64_t left = (until - g_get_monotonic_time()) / 1000;
		int ready = left <= 0 ? 0 : poll(wait, 2, (int)MIN(left,
		    3600000));

		if (ready == 0 || (ready < 0 && errno != EINTR))
			stream->bad = true;
		for (int i = 0; i < 2 && ready > 0; i++)
			if (wait[i].fd >= 0 && wait[i].revents &&
			    take_some(stream, &wait[i]))
				until = g_get_monotonic_time() +
				    stream->silence;
	}
	stream->bad |= stream->line->len > 0;	/* it ended within a line */
}

static enum statement_result
end(struct stream *stream, char **why)
{
	int status = child_helper_end(&stream->helper, stream->bad ||
	    stream->stopped);
	g_autoptr(GString) reason = g_string_new(NULL);

	if (stream->stopped)
		return STATEMENT_STOPPED;
	if (!stream->bad && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return STATEMENT_READ;
	child_helper_explain(reason, stream->err->str, !stream->bad, status);
	*why = g_strdup(reason->str);
	return WIFEXITED(status) && WEXITSTATUS(status) == CHILD_HELPER_UNKNOWN ?
	    STATEMENT_UNKNOWN : STATEMENT_REFUSED;
}

enum statement_result
parser_read_statement(struct parser *parser, int fd,
    statement_event_fn *each, void *user, char **why)
{
	struct stream stream = {.each = each, .user = user,
	    .silence = (int64_t)parser->timeout_ms * 1000};
	enum statement_result result;
	struct stat status;

	*why = NULL;
	if (!parser->extract) {
		*why = g_strdup("there is no helper for statements");
		return STATEMENT_REFUSED;
	}
	if (fstat(fd, &status) == 0)
		stream.silence += status.st_size / SILENCE_BYTES * 1000;
	stream.line = g_string_new(NULL);
	stream.err = g_string_new(NULL);
	if (child_helper_start(&stream.helper,
	    (const char *const *)parser->statement_argv, fd, 0))
		listen_to(&stream);
	result = end(&stream, why);
	g_string_free(stream.line, TRUE);
	g_string_free(stream.err, TRUE);
	lseek(fd, 0, SEEK_SET);
	return result;
}

char *
parser_draft_map(struct parser *parser, int fd)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	GString *out = g_string_new(NULL);
	bool good;

	g_ptr_array_add(argv, parser->extract);
	g_ptr_array_add(argv, (char *)(uintptr_t)"propose");
	for (char **dir = parser->words_dirs; *dir; dir++)
		g_ptr_array_add(argv, *dir);
	g_ptr_array_add(argv, NULL);
	good = parser->extract && child_run_helper(
	    (const char *const *)argv->pdata, fd, out, LIMIT_FRAME,
	    child_deadline(parser->timeout_ms));
	lseek(fd, 0, SEEK_SET);
	return g_string_free(out, !good);
}
