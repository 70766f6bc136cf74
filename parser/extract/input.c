/*
 * input.c - the bytes of one file for a format: as chunks, or as lines of
 * UTF-8. Whether a file is UTF-8 is asked of all of it before its first line,
 * so that no line is read in another charset than its neighbours.
 */
#include "archive.h"
#include "extract.h"
#include "statement.h"

#include <stdarg.h>
#include <string.h>

#define CHUNK 65536u
#define BOM "\xef\xbb\xbf"

struct input {
	struct unpacking *source;
	char chunk[CHUNK];
	size_t at, length;	/* of the chunk: what is not yet given */
	bool over;
	bool known, utf8;	/* whether the file is UTF-8 */
	char *charset;		/* of one that is not */
	GString *line;
	char *text;		/* the line in UTF-8, when it was not */
	unsigned lines, newlines;	/* given; passed inside of pieces */
	char *why;
};

struct input *
input_open(int fd, const struct member *member)
{
	struct input *input = g_new0(struct input, 1);

	input->source = unpacking_new(fd, member);
	input->line = g_string_new(NULL);
	input->charset = g_strdup("WINDOWS-1252");
	input_rewind(input);
	return input;
}

void
input_free(struct input *input)
{
	if (!input)
		return;
	unpacking_free(input->source);
	g_string_free(input->line, TRUE);
	g_free(input->text);
	g_free(input->charset);
	g_free(input->why);
	g_free(input);
}

const char *
input_why(const struct input *input)
{
	return input->why;
}

void
input_rewind(struct input *input)
{
	input->at = input->length = 0;
	input->lines = input->newlines = 0;
	input->over = !unpacking_rewind(input->source);
	if (input->over && !input->why)
		input->why = g_strdup("it cannot be read twice");
}

char *
input_fault(const struct input *input, const char *what, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, what);
	text = g_strdup_vprintf(what, arguments);
	va_end(arguments);
	return g_strdup_printf("line %u: expected %s",
	    input_line_number(input), text);
}

char *
input_problem(const struct input *input, const char *why)
{
	return g_strdup_printf("line %u: %s", input_line_number(input), why);
}

unsigned
input_line_number(const struct input *input)
{
	return MAX(input->lines + input->newlines, 1);
}

void
input_charset(struct input *input, const char *charset)
{
	g_free(input->charset);
	input->charset = g_strdup(charset);
}

/* ---- bytes ---------------------------------------------------------------------- */

/* Sees to it that there is something in the chunk; false at the end. */
static bool
fill(struct input *input)
{
	const char *why = NULL;
	gssize got;

	if (input->at < input->length)
		return true;
	if (input->over || input->why)
		return false;
	got = unpacking_read(input->source, input->chunk, CHUNK, &why);
	input->why = g_strdup(why);
	input->over = got <= 0;
	input->at = 0;
	input->length = (size_t)MAX(got, 0);
	return !input->over;
}

size_t
input_chunk(struct input *input, const char **bytes)
{
	size_t length;

	*bytes = "";
	if (!fill(input))
		return 0;
	*bytes = input->chunk + input->at;
	length = input->length - input->at;
	input->at = input->length;
	return length;
}

size_t
input_head(struct input *input, char head[INPUT_HEAD + 1])
{
	size_t length = 0;

	while (length < INPUT_HEAD && fill(input)) {
		size_t n = MIN(INPUT_HEAD - length,
		    input->length - input->at);

		memcpy(head + length, input->chunk + input->at, n);
		input->at += n;
		length += n;
	}
	head[length] = '\0';
	input_rewind(input);
	return length;
}

/* ---- lines ------------------------------------------------------------------------ */

/* Keeps what stands behind the last whole character of a chunk for the next
 * one. */
static bool
is_utf8(struct input *input)
{
	GString *rest = g_string_new(NULL);
	const char *bytes, *end;
	bool good = true;
	size_t length;

	while (good && (length = input_chunk(input, &bytes)) > 0) {
		g_string_append_len(rest, bytes, (gssize)length);
		g_utf8_validate(rest->str, (gssize)rest->len, &end);
		length = (size_t)(rest->str + rest->len - end);
		good = length < 4;
		g_string_erase(rest, 0, (gssize)(rest->len - length));
	}
	good = good && rest->len == 0;
	g_string_free(rest, TRUE);
	input_rewind(input);
	return good;
}

static const char *
as_utf8(struct input *input)
{
	GString *line = input->line;

	if (memchr(line->str, '\0', line->len)) {
		input->why = input_problem(input, "a NUL byte");
		return NULL;
	}
	if (input->lines == 1 && g_str_has_prefix(line->str, BOM))
		g_string_erase(line, 0, strlen(BOM));
	if (input->utf8)
		return line->str;
	g_free(input->text);
	input->text = charset_decode(line->str, line->len, input->charset);
	return input->text;
}

/* Takes bytes up to the delimiter; false when there are none. */
static bool
take(struct input *input, char delimiter)
{
	bool any = false, ended = false;

	if (input->why)
		return false;
	while (!ended && fill(input)) {
		const char *from = input->chunk + input->at;
		size_t length = input->length - input->at;
		const char *end = memchr(from, delimiter, length);
		size_t n = end ? (size_t)(end - from) : length;

		if (input->line->len + n > INPUT_LINE) {
			input->why = input_problem(input,
			    "longer than a line can be");
			return false;
		}
		g_string_append_len(input->line, from, (gssize)n);
		input->at += n + (end != NULL);
		ended = end != NULL;
		any = true;
	}
	return any;
}

const char *
input_line(struct input *input)
{
	if (!input->known) {
		input->utf8 = is_utf8(input);
		input->known = true;
	}
	g_string_truncate(input->line, 0);
	if (!take(input, '\n'))
		return NULL;
	input->lines++;
	while (input->line->len > 0 &&
	    input->line->str[input->line->len - 1] == '\r')
		g_string_truncate(input->line, input->line->len - 1);
	return as_utf8(input);
}

const char *
input_piece(struct input *input, char delimiter)
{
	if (!input->known) {
		input->utf8 = is_utf8(input);
		input->known = true;
	}
	g_string_truncate(input->line, 0);
	if (!take(input, delimiter))
		return NULL;
	input->lines += input->lines == 0;
	for (size_t i = 0; i < input->line->len; i++)
		input->newlines += input->line->str[i] == '\n';
	return as_utf8(input);
}
