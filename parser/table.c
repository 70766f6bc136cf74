/*
 * table.c - the owner's own tables: RFC 4180 CSV with a header line, or JSON
 * Lines. Bad lines are reported by number and the rest is still read.
 *
 * RFC 4180 is widened by what spreadsheets write: semicolons or tabs, a BOM,
 * bare LF or CR, blank lines, spaces around an unquoted field.
 */
#include "parser.h"

#include <string.h>

#define MAX_COLUMNS 200
#define MAX_ROW (1u << 20)	/* bytes of one line or record */

struct reader {
	const char *at, *end;
	unsigned line;		/* of the next character */
	char separator;
	table_row_fn *row;
	table_bad_fn *bad;
	void *user;
};

/* ---- CSV -------------------------------------------------------------------- */

/* Past one line end, if there is one. */
static bool
skip_newline(struct reader *reader)
{
	if (reader->at == reader->end ||
	    (*reader->at != '\r' && *reader->at != '\n'))
		return false;
	if (*reader->at == '\r' && reader->at + 1 < reader->end &&
	    reader->at[1] == '\n')
		reader->at++;
	reader->at++;
	reader->line++;
	return true;
}

/* The inside of a quoted field; at stands behind the opening quote. */
static const char *
read_quoted(struct reader *reader, GString *field)
{
	for (;;) {
		if (reader->at == reader->end || field->len > MAX_ROW)
			return "a quote is never closed";
		if (*reader->at == '"') {
			reader->at++;
			if (reader->at == reader->end || *reader->at != '"')
				return NULL;
			g_string_append_c(field, '"');
			reader->at++;
		} else if (skip_newline(reader)) {
			g_string_append_c(field, '\n');
		} else {
			g_string_append_c(field, *reader->at++);
		}
	}
}

static bool
at_field_end(const struct reader *reader)
{
	return reader->at == reader->end || *reader->at == '\r' ||
	    *reader->at == '\n' || *reader->at == reader->separator;
}

/* One field; NULL or the reason why it is none. */
static const char *
read_field(struct reader *reader, GString *field)
{
	const char *why = NULL;

	g_string_truncate(field, 0);
	while (!at_field_end(reader) && *reader->at == ' ')
		reader->at++;
	if (!at_field_end(reader) && *reader->at == '"') {
		reader->at++;
		why = read_quoted(reader, field);
		while (!why && !at_field_end(reader) && *reader->at == ' ')
			reader->at++;
		if (!why && !at_field_end(reader))
			why = "text behind a closing quote";
		return why;
	}
	while (!at_field_end(reader)) {
		if (*reader->at == '"')
			why = "a quote inside an unquoted field";
		g_string_append_c(field, *reader->at++);
	}
	while (field->len && field->str[field->len - 1] == ' ')
		g_string_truncate(field, field->len - 1);
	return why;
}

static void
skip_line(struct reader *reader)
{
	while (reader->at < reader->end && !skip_newline(reader))
		reader->at++;
}

/* One record as an array of strings, NULL when it is bad (reason in *why). */
static GPtrArray *
read_record(struct reader *reader, const char **why)
{
	GPtrArray *record = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) field = g_string_new(NULL);

	for (;;) {
		*why = read_field(reader, field);
		if (!*why && (memchr(field->str, '\0', field->len) ||
		    !g_utf8_validate(field->str, (gssize)field->len, NULL)))
			*why = "not UTF-8 text";
		if (!*why && record->len == MAX_COLUMNS)
			*why = "too many columns";
		if (*why)
			break;
		g_ptr_array_add(record, g_strdup(field->str));
		if (reader->at < reader->end &&
		    *reader->at == reader->separator) {
			reader->at++;
			continue;
		}
		skip_newline(reader);
		return record;
	}
	skip_line(reader);
	g_ptr_array_unref(record);
	return NULL;
}

/* The separator that the header line has most often; a comma when none. */
static char
guess_separator(const char *at, const char *end)
{
	static const char separators[] = ",;\t";
	size_t count[3] = {0}, best = 0;
	bool quoted = false;

	for (; at < end && *at != '\n' && *at != '\r'; at++) {
		const char *p = *at ? strchr(separators, *at) : NULL;

		quoted ^= *at == '"';
		if (p && !quoted)
			count[p - separators]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return separators[best];
}

/* Names of columns: lower case, not empty, no name twice. */
static const char *
check_header(GPtrArray *header)
{
	for (guint i = 0; i < header->len; i++) {
		char *name = header->pdata[i];

		for (char *p = name; *p; p++)
			*p = *p == ' ' ? '_' : g_ascii_tolower(*p);
		if (!*name)
			return "a column without a name in the header line";
		for (guint j = 0; j < i; j++)
			if (strcmp(header->pdata[j], name) == 0)
				return "a column's name stands twice in the "
				    "header line";
	}
	return NULL;
}

static json_t *
make_row(const GPtrArray *header, const GPtrArray *record)
{
	json_t *row = json_object();

	for (guint i = 0; i < header->len; i++)
		json_object_set_new(row, header->pdata[i],
		    json_string(record->pdata[i]));
	return row;
}

static bool
is_blank(const GPtrArray *record)
{
	return record->len == 1 && *(char *)record->pdata[0] == '\0';
}

static bool
give_record(struct reader *reader, unsigned line, const GPtrArray *header,
    const GPtrArray *record)
{
	g_autofree char *why = NULL;
	json_t *row;
	bool go_on;

	if (is_blank(record))
		return true;
	if (record->len != header->len) {
		why = g_strdup_printf("%u fields, but the header line has %u",
		    record->len, header->len);
		reader->bad(line, why, reader->user);
		return true;
	}
	row = make_row(header, record);
	go_on = reader->row(line, row, reader->user);
	json_decref(row);
	return go_on;
}

static void
read_csv(struct reader *reader)
{
	g_autoptr(GPtrArray) header = NULL;
	const char *why = NULL;
	bool go_on = true;

	reader->separator = guess_separator(reader->at, reader->end);
	while (go_on && reader->at < reader->end) {
		unsigned line = reader->line;
		g_autoptr(GPtrArray) record = read_record(reader, &why);

		if (!why && !header && !is_blank(record)) {
			header = g_steal_pointer(&record);
			why = check_header(header);
			go_on = !why;
		} else if (!why && header) {
			go_on = give_record(reader, line, header, record);
		} else if (!header) {
			go_on = !why;
		}
		if (why)
			reader->bad(line, why, reader->user);
	}
}

/* ---- JSON Lines ------------------------------------------------------------- */

static bool
give_json_line(struct reader *reader, const char *text, size_t length)
{
	json_error_t error;
	json_t *row;
	bool go_on = true;

	if (length > MAX_ROW) {
		reader->bad(reader->line, "the line is too long", reader->user);
		return true;
	}
	row = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
	if (json_is_object(row))
		go_on = reader->row(reader->line, row, reader->user);
	else
		reader->bad(reader->line, row ? "not a JSON object" :
		    error.text, reader->user);
	json_decref(row);
	return go_on;
}

static void
read_json_lines(struct reader *reader)
{
	while (reader->at < reader->end) {
		size_t left = (size_t)(reader->end - reader->at);
		const char *newline = memchr(reader->at, '\n', left);
		size_t length = newline ? (size_t)(newline - reader->at) : left;
		size_t i = 0;

		while (i < length && g_ascii_isspace(reader->at[i]))
			i++;
		if (i < length &&
		    !give_json_line(reader, reader->at, length))
			return;
		reader->at += length + (newline != NULL);
		reader->line++;
	}
}

void
table_read(const char *text, size_t length, table_row_fn *row,
    table_bad_fn *bad, void *user)
{
	struct reader reader = {text, text + length, 1, ',', row, bad, user};
	const char *first;

	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		reader.at += 3;
	for (first = reader.at; first < reader.end; first++)
		if (!g_ascii_isspace(*first))
			break;
	if (first == reader.end)
		return;
	if (*first == '{')
		read_json_lines(&reader);
	else
		read_csv(&reader);
}
