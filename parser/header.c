/*
 * header.c - splits a raw header into fields and notes what breaks the
 * grammar of RFC 5322.
 */
#include "header.h"

#include <string.h>

static void
free_field(gpointer data)
{
	struct header_field *field = data;

	g_free(field->name);
	g_free(field->value);
	g_free(field);
}

static void
note_odd(struct header *header, const char *what)
{
	if (!header->odd)
		header->odd = g_strdup(what);
}

static bool
is_name_char(char c)
{
	return c > 32 && c < 127 && c != ':';
}

/* Length of the field name in front of its colon, 0 when there is none. */
static size_t
name_length(const char *line, size_t length)
{
	size_t n = 0;

	while (n < length && is_name_char(line[n]))
		n++;
	return n > 0 && n < length && line[n] == ':' ? n : 0;
}

bool
header_begins(const char *raw, size_t length)
{
	return name_length(raw, length) > 0;
}

/* Length of a line without its end; *whole with it. */
static size_t
line_length(const char *line, size_t length, size_t *whole)
{
	const char *newline = memchr(line, '\n', length);
	size_t n = newline ? (size_t)(newline - line) : length;

	*whole = newline ? n + 1 : n;
	return n > 0 && line[n - 1] == '\r' ? n - 1 : n;
}

/* Bytes that may not stand in a header, made harmless. */
static void
clean_value(struct header *header, GString *value)
{
	for (gsize i = 0; i < value->len; i++) {
		unsigned char c = (unsigned char)value->str[i];

		if (c == '\0')
			note_odd(header, "a NUL byte");
		else if (c == '\r')
			note_odd(header, "a bare carriage return");
		else if ((c < 32 && c != '\t') || c == 127)
			note_odd(header, "a control character");
		else
			continue;
		if (c != 0x1b)	/* ISO-2022-JP sent raw */
			value->str[i] = ' ';
	}
}

static void
end_field(struct header *header, GString *name, GString *value)
{
	struct header_field *field;

	if (name->len == 0)
		return;
	field = g_new0(struct header_field, 1);
	clean_value(header, value);
	field->name = g_ascii_strdown(name->str, (gssize)name->len);
	field->value = g_strstrip(g_strndup(value->str, value->len));
	g_ptr_array_add(header->fields, field);
	g_string_truncate(name, 0);
	g_string_truncate(value, 0);
}

/* A line that begins no folded part: a field, or what is not one. */
static void
begin_line(struct header *header, GString *name, GString *value,
    const char *line, size_t length)
{
	size_t n = name_length(line, length), blanks = 0;

	end_field(header, name, value);
	if (n == 0) {
		/* "From : x" was allowed once; others read it as From. */
		while (n < length && is_name_char(line[n]))
			n++;
		while (n > 0 && n + blanks < length &&
		    (line[n + blanks] == ' ' || line[n + blanks] == '\t'))
			blanks++;
		note_odd(header, "a line that is no field");
		if (n == 0 || n + blanks >= length || line[n + blanks] != ':')
			return;
	}
	g_string_append_len(name, line, (gssize)n);
	g_string_append_len(value, line + n + blanks + 1,
	    (gssize)(length - n - blanks - 1));
}

/* Nothing but white space: for some that ends the header. */
static bool
is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (line[i] != ' ' && line[i] != '\t')
			return false;
	return true;
}

struct header *
header_parse(const char *raw, size_t length)
{
	struct header *header = g_new0(struct header, 1);
	g_autoptr(GString) name = g_string_new(NULL);
	g_autoptr(GString) value = g_string_new(NULL);
	size_t whole;

	header->fields = g_ptr_array_new_with_free_func(free_field);
	for (size_t at = 0; at < length; at += whole) {
		const char *line = raw + at;
		size_t n = line_length(line, length - at, &whole);

		if (n == 0)
			break;
		if (is_blank(line, n))
			note_odd(header, "a line of blanks");
		if (*line != ' ' && *line != '\t')
			begin_line(header, name, value, line, n);
		else if (name->len)
			g_string_append_len(value, line, (gssize)n);
		else
			note_odd(header, "a line that is no field");
	}
	end_field(header, name, value);
	return header;
}

void
header_free(struct header *header)
{
	if (!header)
		return;
	g_ptr_array_unref(header->fields);
	g_free(header->odd);
	g_free(header);
}

const char *
header_nth(const struct header *header, const char *name, unsigned n)
{
	for (guint i = 0; i < header->fields->len; i++) {
		const struct header_field *field = header->fields->pdata[i];

		if (strcmp(field->name, name) == 0 && n-- == 0)
			return field->value;
	}
	return NULL;
}

const char *
header_get(const struct header *header, const char *name)
{
	return header_nth(header, name, 0);
}

unsigned
header_count(const struct header *header, const char *name)
{
	unsigned count = 0;

	while (header_nth(header, name, count))
		count++;
	return count;
}
