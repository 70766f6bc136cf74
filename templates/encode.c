/*
 * encode.c - text for header fields (RFC 5322, RFC 2047). The MIME library
 * writes encoded words of more than 75 characters, chooses old charsets, and
 * passes on text that only looks encoded; so this is done here.
 */
#include "letter.h"

#include <string.h>

#define LINE 76			/* longest line with an encoded word */
#define FRAME 12		/* "=?UTF-8?B?" and "?=" */

/* Printable ASCII that nobody takes for an encoded word. */
static bool
is_plain(const char *text)
{
	for (const char *c = text; *c; c++)
		if (*c < ' ' || *c > '~')
			return false;
	return !strstr(text, "=?");
}

/* Octets that one encoded word can carry on the line of a header's name. */
static size_t
room_behind(const char *header)
{
	return (LINE - FRAME - strlen(header) - strlen(": ")) / 4 * 3;
}

/* Whole characters, at most room octets of them; up to a blank where there is
 * more, because some programs show one between encoded words. */
static size_t
chunk_length(const char *text, size_t room)
{
	size_t length = 0, blank = 0;

	while (text[length]) {
		size_t next = (size_t)(g_utf8_next_char(text + length) - text);

		if (next > room)
			return blank ? blank : length;
		if (text[length] == ' ')
			blank = next;
		length = next;
	}
	return length;
}

static char *
encoded_words(const char *header, const char *text)
{
	size_t room = room_behind(header);
	GString *out = g_string_new(NULL);

	while (*text) {
		size_t length = chunk_length(text, room);
		g_autofree char *base64 = g_base64_encode(
		    (const guchar *)text, length);

		g_string_append_printf(out, "%s=?UTF-8?B?%s?=",
		    out->len ? " " : "", base64);
		text += length;
	}
	return g_string_free(out, FALSE);
}

char *
encode_text(const char *header, const char *text)
{
	return is_plain(text) ? g_strdup(text) : encoded_words(header, text);
}

char *
encode_phrase(const char *header, const char *text)
{
	GString *out;

	if (!is_plain(text))
		return encoded_words(header, text);
	if (!text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%&'*+-/=?^_`{|}~")])
		return g_strdup(text);
	out = g_string_new("\"");
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *text);
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}
