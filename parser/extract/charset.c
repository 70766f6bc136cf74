/*
 * charset.c - bytes of any charset to UTF-8 in a program that can open no
 * file: glibc loads a converter from disk when it is first asked for, so all
 * that may be needed are opened (and left open) before the sandbox.
 */
#include "extract.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#define META_BYTES 2048
#define ESCAPE 0x1b	/* ISO-2022 is ASCII with these */

static const char *const usual[] = {"WINDOWS-1252", "ISO-8859-15",
    "WINDOWS-1250", "ISO-8859-2", "WINDOWS-1251", "KOI8-R", "ISO-2022-JP",
    "SHIFT_JIS", "GB18030", "BIG5", "EUC-KR", "ISO-8859-1", "CP850", "CP437",
    NULL};

/* Open to the end: closing would unload the converters. */
static iconv_t kept[G_N_ELEMENTS(usual)];

void
charset_preload(const char *charset)
{
	unsigned n = 0;

	if (charset)
		kept[n++] = iconv_open("UTF-8", charset);
	for (const char *const *name = usual; !charset && *name; name++)
		kept[n++] = iconv_open("UTF-8", *name);
}

/* Converts as far as it goes; a byte that does not decode is U+FFFD. NULL:
 * the charset is unknown. */
static char *
convert(const char *bytes, gsize length, const char *charset)
{
	iconv_t cd = iconv_open("UTF-8", charset);
	GString *out;
	char *in = (char *)bytes, buffer[8192];
	size_t left = length;

	if (cd == (iconv_t)-1)
		return NULL;
	out = g_string_sized_new(length + 1);
	for (;;) {
		char *to = buffer;
		size_t space = sizeof(buffer);
		size_t rc = iconv(cd, left ? &in : NULL, &left, &to, &space);

		g_string_append_len(out, buffer, to - buffer);
		if (rc != (size_t)-1 && left == 0)
			break;
		if (rc == (size_t)-1 && errno != E2BIG) {
			g_string_append(out, "\xef\xbf\xbd");
			if (left <= 1)
				break;
			in++;
			left--;
		}
	}
	iconv_close(cd);
	return g_string_free(out, FALSE);
}

/* The value behind "charset=" near the top, as a <meta> has it. */
static char *
meta_charset(const char *bytes, gsize length)
{
	g_autofree char *head = g_ascii_strdown(bytes,
	    (gssize)MIN(length, META_BYTES));
	const char *meta = strstr(head, "<meta");
	const char *at = meta ? strstr(meta, "charset=") : NULL;

	if (!at)
		return NULL;
	at += strlen("charset=");
	at += strspn(at, "\"' ");
	return g_strndup(at, strspn(at,
	    "abcdefghijklmnopqrstuvwxyz0123456789-_:."));
}

char *
charset_decode(const char *bytes, gsize length, const char *charset)
{
	g_autofree char *meta = charset ? NULL : meta_charset(bytes, length);
	char *text = NULL;

	if (!charset && g_utf8_validate(bytes, (gssize)length, NULL) &&
	    !memchr(bytes, ESCAPE, length))
		charset = "utf-8";	/* whatever its <meta> still says */
	else if (!charset)
		charset = meta ? meta : "WINDOWS-1252";
	if (g_ascii_strcasecmp(charset, "utf-8") != 0)
		text = convert(bytes, length, charset);
	return text ? text : g_utf8_make_valid(bytes, (gssize)length);
}
