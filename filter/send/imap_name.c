/*
 * imap_name.c - names of folders as IMAP writes them: modified UTF-7 (RFC
 * 3501, 5.1.3) in a quoted string.
 */
#include <string.h>

#include "imap.h"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* UTF-16 units as base64 without padding, between "&" and "-". */
static void
append_shifted(GString *out, const gunichar2 *units, glong count)
{
	guint32 bits = 0;
	int have = 0;

	g_string_append_c(out, '&');
	for (glong i = 0; i < count; i++) {
		bits = bits << 16 | units[i];
		have += 16;
		while (have >= 6) {
			have -= 6;
			g_string_append_c(out, digits[bits >> have & 63]);
		}
		bits &= (1u << have) - 1;
	}
	if (have)
		g_string_append_c(out, digits[bits << (6 - have) & 63]);
	g_string_append_c(out, '-');
}

static bool
is_plain(char c)
{
	return c >= 0x20 && c <= 0x7e;
}

char *
imap_name(const char *utf8)
{
	GString *out = g_string_new("\"");

	while (*utf8) {
		size_t size = 0;
		g_autofree gunichar2 *units = NULL;
		glong count = 0;

		if (is_plain(*utf8)) {
			if (*utf8 == '"' || *utf8 == '\\')
				g_string_append_c(out, '\\');
			g_string_append_c(out, *utf8);
			if (*utf8++ == '&')
				g_string_append_c(out, '-');
			continue;
		}
		while (utf8[size] && !is_plain(utf8[size]))
			size++;
		units = g_utf8_to_utf16(utf8, (glong)size, NULL, &count, NULL);
		append_shifted(out, units, count);
		utf8 += size;
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}
