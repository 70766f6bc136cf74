/*
 * imap_fetch.c - the items of a FETCH response (RFC 3501, 7.4.2), in any order
 * and with whatever else a server adds. Lists are counted, not entered.
 */
#include <string.h>

#include "imap.h"

#define LITERAL '\1'

struct reader {
	const char *at;
	const GPtrArray *literals;
	guint literal;		/* the next one */
};

/* The name of an item: up to a blank outside of brackets; NULL: none. */
static char *
read_name(struct reader *reader)
{
	const char *start = reader->at;
	int depth = 0;

	for (; *reader->at; reader->at++) {
		if (*reader->at == '[')
			depth++;
		else if (*reader->at == ']')
			depth--;
		else if (depth == 0 && strchr(" ()\"\1", *reader->at))
			break;
	}
	if (reader->at == start || *reader->at != ' ')
		return NULL;
	return g_strndup(start, (gsize)(reader->at++ - start));
}

/* A quoted string without its quotes and backslashes; NULL: it has no end. */
static GByteArray *
read_quoted(struct reader *reader)
{
	GByteArray *out = g_byte_array_new();

	for (reader->at++; *reader->at && *reader->at != '"'; reader->at++) {
		if (*reader->at == '\\' && reader->at[1])
			reader->at++;
		g_byte_array_append(out, (const guint8 *)reader->at, 1);
	}
	if (*reader->at == '"') {
		reader->at++;
		return out;
	}
	g_byte_array_unref(out);
	return NULL;
}

static bool
skip_list(struct reader *reader)
{
	int depth = 0;

	do {
		if (*reader->at == '"') {
			GByteArray *text = read_quoted(reader);

			if (!text)
				return false;
			g_byte_array_unref(text);
			continue;
		}
		if (*reader->at == LITERAL)
			reader->literal++;
		else if (*reader->at == '(')
			depth++;
		else if (*reader->at == ')')
			depth--;
		if (*reader->at++ == '\0')
			return false;
	} while (depth > 0);
	return true;
}

/* A number, NIL or another word; its text starts at *word. */
static bool
read_word(struct reader *reader, const char **word)
{
	*word = reader->at;
	reader->at += strcspn(reader->at, " ()\"\1");
	return reader->at > *word;
}

static bool
number_in(const char *word, uint64_t *number)
{
	g_autofree char *text = g_strndup(word, strspn(word, "0123456789"));

	return g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT64, number, NULL);
}

/* "BODY[]" or "BODY[]<OFFSET>". */
static bool
is_body(const char *name, uint64_t *offset)
{
	*offset = 0;
	if (g_ascii_strncasecmp(name, "BODY[]", 6) != 0)
		return false;
	if (name[6] == '\0')
		return true;
	return name[6] == '<' && number_in(name + 7, offset);
}

/* The text of a message may be a literal, a quoted string or NIL. It must be
 * there once. */
static bool
read_body(struct reader *reader, struct imap_fetched *fetched)
{
	const char *word;

	if (fetched->has_body)
		return false;
	fetched->has_body = true;
	if (*reader->at == LITERAL) {
		reader->at++;
		if (reader->literal >= reader->literals->len)
			return false;
		fetched->body = reader->literals->pdata[reader->literal++];
		return true;
	}
	if (*reader->at == '"')
		fetched->own = read_quoted(reader);
	else if (read_word(reader, &word) &&
	    !g_ascii_strncasecmp(word, "NIL", 3))
		fetched->own = g_byte_array_new();
	fetched->body = fetched->own;
	return fetched->body != NULL;
}

static bool
read_other(struct reader *reader)
{
	GByteArray *text;
	const char *word;

	if (*reader->at == LITERAL) {
		reader->at++;
		reader->literal++;
		return true;
	}
	if (*reader->at == '(')
		return skip_list(reader);
	if (*reader->at != '"')
		return read_word(reader, &word);
	text = read_quoted(reader);
	if (text)
		g_byte_array_unref(text);
	return text != NULL;
}

static bool
read_item(struct reader *reader, struct imap_fetched *fetched)
{
	g_autofree char *name = read_name(reader);
	const char *word;
	uint64_t number;

	if (!name)
		return false;
	if (g_ascii_strcasecmp(name, "UID") == 0) {
		if (!read_word(reader, &word) || !number_in(word, &number) ||
		    number == 0 || number > G_MAXUINT32 || fetched->uid)
			return false;
		fetched->uid = (uint32_t)number;
		return true;
	}
	if (g_ascii_strcasecmp(name, "RFC822.SIZE") == 0) {
		fetched->has_size = read_word(reader, &word) &&
		    number_in(word, &fetched->size);
		return fetched->has_size;
	}
	if (is_body(name, &number)) {
		fetched->offset = number;
		return read_body(reader, fetched);
	}
	return read_other(reader);
}

bool
imap_fetch_parse(struct imap *imap, const char *text,
    struct imap_fetched *fetched)
{
	struct reader reader = {text, imap->literals, 0};

	memset(fetched, 0, sizeof *fetched);
	if (*reader.at++ != '(')
		return false;
	while (*reader.at != ')') {
		if (!read_item(&reader, fetched))
			return false;
		if (*reader.at == ' ')
			reader.at++;
		else if (*reader.at != ')')
			return false;
	}
	return reader.at[1] == '\0';
}

void
imap_fetch_release(struct imap_fetched *fetched)
{
	g_clear_pointer(&fetched->own, g_byte_array_unref);
	fetched->body = NULL;
}
