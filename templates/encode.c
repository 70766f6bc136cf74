/*
 * encode.c - text for header fields (RFC 5322, RFC 2047). The MIME library
 * writes encoded words of more than 75 characters, chooses old charsets, and
 * passes on text that only looks encoded; so this is done here.
 */
#include "letter.h"

#include <string.h>

#define CHUNK 39		/* octets in one encoded word: with "Reply-To: "
				 * before it a line of 76 */

/* Printable ASCII that nobody takes for an encoded word. */
static bool
is_plain(const char *text)
{
	for (const char *c = text; *c; c++)
		if (*c < ' ' || *c > '~')
			return false;
	return !strstr(text, "=?");
}

/* Whole characters, at most CHUNK octets of them. */
static size_t
chunk_length(const char *text)
{
	size_t length = 0;

	while (text[length]) {
		size_t next = (size_t)(g_utf8_next_char(text + length) - text);

		if (next > CHUNK)
			break;
		length = next;
	}
	return length;
}

static char *
encoded_words(const char *text)
{
	GString *out = g_string_new(NULL);

	while (*text) {
		size_t length = chunk_length(text);
		g_autofree char *base64 = g_base64_encode(
		    (const guchar *)text, length);

		g_string_append_printf(out, "%s=?UTF-8?B?%s?=",
		    out->len ? " " : "", base64);
		text += length;
	}
	return g_string_free(out, FALSE);
}

char *
encode_text(const char *text)
{
	return is_plain(text) ? g_strdup(text) : encoded_words(text);
}

char *
encode_phrase(const char *text)
{
	GString *out;

	if (!is_plain(text))
		return encoded_words(text);
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
