/*
 * decode.c - base64, quoted-printable, flowed text: our own, because what
 * gmime makes of broken base64 is shorter text, and with money in it shorter
 * is another amount.
 */
#include "decode.h"

#include <string.h>

static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

GString *
decode_base64(const char *text, size_t length, bool *odd)
{
	GString *out = g_string_sized_new(length / 4 * 3 + 3);
	unsigned bits = 0, count = 0, padding = 0;

	for (size_t i = 0; i < length; i++) {
		char c = text[i];
		int value = base64_value(c);

		if (c == '=') {
			padding++;
			continue;
		}
		if (value < 0) {
			if (!g_ascii_isspace(c))
				*odd = true;
			continue;
		}
		if (padding) {	/* data behind padding: a new run */
			*odd = true;
			bits = count = padding = 0;
		}
		bits = (bits << 6 | (unsigned)value) & 0xffffff;
		count += 6;
		if (count >= 8) {
			count -= 8;
			g_string_append_c(out, (char)(bits >> count & 0xff));
		}
	}
	/* 0, 4 or 2 bits are left behind 4, 3 or 2 characters of a group. */
	if ((count == 0 && padding) || (count == 4 && padding != 2) ||
	    (count == 2 && padding != 1) || count == 6)
		*odd = true;
	return out;
}

/* Is it a soft line break: "=", blanks, line end? Its length then. */
static size_t
soft_break(const char *text, size_t length)
{
	size_t n = 1;

	while (n < length && (text[n] == ' ' || text[n] == '\t'))
		n++;
	if (n < length && text[n] == '\r')
		n++;
	if (n < length && text[n] == '\n')
		return n + 1;
	return n == length ? n : 0;
}

GString *
decode_quoted_printable(const char *text, size_t length, bool underscore)
{
	GString *out = g_string_sized_new(length);

	for (size_t i = 0; i < length; i++) {
		size_t soft;

		if (text[i] == '_' && underscore) {
			g_string_append_c(out, ' ');
		} else if (text[i] != '=') {
			g_string_append_c(out, text[i]);
		} else if (i + 2 < length && g_ascii_isxdigit(text[i + 1]) &&
		    g_ascii_isxdigit(text[i + 2])) {
			g_string_append_c(out,
			    (char)(g_ascii_xdigit_value(text[i + 1]) << 4 |
			    g_ascii_xdigit_value(text[i + 2])));
			i += 2;
		} else if (!underscore &&
		    (soft = soft_break(text + i, length - i)) > 0) {
			i += soft - 1;
		} else {
			g_string_append_c(out, '=');
		}
	}
	return out;
}

void
decode_newlines(char *text)
{
	char *to = text;

	for (const char *p = text; *p; p++) {
		if (*p == '\r' && p[1] == '\n')
			continue;
		*to++ = *p == '\r' ? '\n' : *p;
	}
	*to = '\0';
}

/* Quote marks at the start of a flowed line (RFC 3676, 4.5). */
static size_t
quote_depth(const char *line)
{
	return strspn(line, ">");
}

char *
decode_flowed(const char *text, bool delsp)
{
	GString *out = g_string_sized_new(strlen(text));
	bool flows = false;
	size_t depth = 0;

	for (const char *line = text; *line;) {
		size_t length = strcspn(line, "\n");
		size_t quotes = quote_depth(line);
		const char *body = line + quotes;
		size_t n = length - quotes;
		bool signature;

		if (n > 0 && *body == ' ') {	/* space-stuffed */
			body++;
			n--;
		}
		signature = n == 3 && strncmp(body, "-- ", 3) == 0;
		if (!flows || quotes != depth || signature) {
			if (flows)
				g_string_append_c(out, '\n');
			for (size_t i = 0; i < quotes; i++)
				g_string_append_c(out, '>');
			if (quotes)
				g_string_append_c(out, ' ');
		}
		flows = n > 0 && body[n - 1] == ' ' && !signature;
		depth = quotes;
		g_string_append_len(out, body,
		    (gssize)(flows && delsp ? n - 1 : n));
		line += length;
		if (*line == '\n')
			line++;
		if (!flows)
			g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}
