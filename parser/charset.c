/*
 * charset.c - the charsets of mail, by an allow-list of names: what a mail
 * names is never given to iconv_open() as it stands.
 *
 * ISO-8859-1 and US-ASCII are read as Windows-1252, their superset, as all
 * mail programs do (WHATWG, Encoding). UTF-7 is left out on purpose.
 */
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#define FFFD "\xef\xbf\xbd"

static const struct {
	const char *name;	/* lower case */
	const char *iconv;	/* NULL: UTF-8; "": Windows-1252; "?": the one
				 * of both that fits: these are our own */
} charsets[] = {
	{"utf-8", NULL}, {"utf8", NULL}, {"unicode-1-1-utf-8", NULL},
	{"us-ascii", "?"}, {"ascii", "?"}, {"ansi_x3.4-1968", "?"},
	{"iso-8859-1", ""}, {"iso8859-1", ""}, {"iso_8859-1", ""},
	{"latin1", ""}, {"windows-1252", ""}, {"cp1252", ""},
	{"cp-1252", ""}, {"x-unknown", "?"}, {"unknown-8bit", "?"},
	{"iso-8859-2", "ISO-8859-2"}, {"latin2", "ISO-8859-2"},
	{"iso-8859-3", "ISO-8859-3"}, {"iso-8859-4", "ISO-8859-4"},
	{"iso-8859-5", "ISO-8859-5"}, {"iso-8859-6", "ISO-8859-6"},
	{"iso-8859-7", "ISO-8859-7"}, {"iso-8859-8", "ISO-8859-8"},
	{"iso-8859-8-i", "ISO-8859-8"}, {"iso-8859-9", "ISO-8859-9"},
	{"iso-8859-10", "ISO-8859-10"}, {"iso-8859-11", "ISO-8859-11"},
	{"iso-8859-13", "ISO-8859-13"}, {"iso-8859-14", "ISO-8859-14"},
	{"iso-8859-15", "ISO-8859-15"}, {"latin9", "ISO-8859-15"},
	{"iso-8859-16", "ISO-8859-16"},
	{"windows-1250", "CP1250"}, {"cp1250", "CP1250"},
	{"windows-1251", "CP1251"}, {"cp1251", "CP1251"},
	{"windows-1253", "CP1253"}, {"windows-1254", "CP1254"},
	{"windows-1255", "CP1255"}, {"windows-1256", "CP1256"},
	{"windows-1257", "CP1257"}, {"windows-1258", "CP1258"},
	{"koi8-r", "KOI8-R"}, {"koi8-u", "KOI8-U"}, {"koi8-ru", "KOI8-U"},
	{"ibm866", "IBM866"}, {"cp866", "IBM866"}, {"ibm852", "IBM852"},
	{"ibm850", "IBM850"}, {"cp850", "IBM850"},
	{"macintosh", "MACINTOSH"}, {"x-mac-cyrillic", "MAC-CYRILLIC"},
	{"tis-620", "TIS-620"}, {"windows-874", "CP874"},
	{"iso-2022-jp", "ISO-2022-JP"}, {"iso-2022-jp-1", "ISO-2022-JP-2"},
	{"iso-2022-jp-2", "ISO-2022-JP-2"}, {"cp50220", "ISO-2022-JP"},
	{"shift_jis", "CP932"}, {"shift-jis", "CP932"}, {"sjis", "CP932"},
	{"windows-31j", "CP932"}, {"cp932", "CP932"}, {"euc-jp", "EUC-JP"},
	{"iso-2022-kr", "ISO-2022-KR"}, {"euc-kr", "CP949"},
	{"ks_c_5601-1987", "CP949"}, {"cp949", "CP949"},
	{"gb2312", "GB18030"}, {"gbk", "GB18030"}, {"gb18030", "GB18030"},
	{"hz-gb-2312", "HZ"}, {"big5", "BIG5-HKSCS"},
	{"big5-hkscs", "BIG5-HKSCS"},
	{"utf-16", "UTF-16"}, {"utf-16le", "UTF-16LE"},
	{"utf-16be", "UTF-16BE"}, {"utf-32", "UTF-32"},
};

/* One open descriptor each, for the life of the process: glibc unloads the
 * module with the last one. */
static iconv_t open_charsets[G_N_ELEMENTS(charsets)];

static int
find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++)
		if (g_ascii_strcasecmp(name, charsets[i].name) == 0)
			return (int)i;
	return -1;
}

static bool
is_own(int i)
{
	return !charsets[i].iconv || !*charsets[i].iconv ||
	    *charsets[i].iconv == '?';
}

/* A descriptor, or (iconv_t)-1; names of one charset share it. */
static iconv_t
descriptor(int i)
{
	iconv_t *slot = &open_charsets[i];

	for (int j = 0; j < i; j++)
		if (!is_own(j) &&
		    strcmp(charsets[j].iconv, charsets[i].iconv) == 0) {
			slot = &open_charsets[j];
			break;
		}
	if (!*slot) {
		*slot = iconv_open("UTF-8", charsets[i].iconv);
		if (*slot == (iconv_t)-1)
			*slot = NULL;
	}
	return *slot ? *slot : (iconv_t)-1;
}

bool
charset_is_known(const char *name)
{
	return find(name) >= 0;
}

void
charset_warm(const char *name)
{
	int i = find(name);

	if (i >= 0 && !is_own(i))
		descriptor(i);
}

/* ---- UTF-8 and Windows-1252 ------------------------------------------------ */

static char *
from_utf8(const char *bytes, size_t length, bool *odd)
{
	GString *out = g_string_sized_new(length);

	while (length > 0) {
		const char *end;
		size_t good;

		g_utf8_validate(bytes, (gssize)length, &end);
		good = (size_t)(end - bytes);
		g_string_append_len(out, bytes, (gssize)good);
		bytes = end;
		length -= good;
		if (length > 0) {
			*odd = true;
			g_string_append(out, FFFD);
			bytes++;
			length--;
		}
	}
	return g_string_free(out, FALSE);
}

static char *
from_windows_1252(const char *bytes, size_t length, bool *odd)
{
	static const gunichar high[32] = {0x20ac, 0, 0x201a, 0x192, 0x201e,
	    0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0,
	    0x17d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
	    0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178};
	GString *out = g_string_sized_new(length + length / 8);

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];
		gunichar u = c >= 0x80 && c < 0xa0 ? high[c - 0x80] : c;

		if (u == 0) {
			*odd = true;
			u = 0xfffd;
		}
		g_string_append_unichar(out, u);
	}
	return g_string_free(out, FALSE);
}

/* ---- the others, by iconv -------------------------------------------------- */

/* What came out of iconv, checked once more: NULs are odd too. */
static void
append_checked(GString *out, const char *text, size_t length, bool *odd)
{
	g_autofree char *clean = from_utf8(text, length, odd);

	g_string_append(out, clean);
}

static char *
from_iconv(iconv_t cd, const char *bytes, size_t length, bool *odd)
{
	GString *out = g_string_sized_new(length * 2);
	char *in = (char *)(uintptr_t)bytes, buffer[4096];

	iconv(cd, NULL, NULL, NULL, NULL);
	while (length > 0) {
		char *to = buffer;
		size_t room = sizeof buffer;
		size_t rc = iconv(cd, &in, &length, &to, &room);

		append_checked(out, buffer, (size_t)(to - buffer), odd);
		if (rc != (size_t)-1 || errno == E2BIG)
			continue;
		*odd = true;
		g_string_append(out, FFFD);
		in++;
		length--;
	}
	return g_string_free(out, FALSE);
}

char *
charset_to_utf8(const char *name, const char *bytes, size_t length, bool *odd)
{
	int i = name && *name ? find(name) : -1;
	iconv_t cd;

	if (!name || !*name ||
	    (i >= 0 && charsets[i].iconv && *charsets[i].iconv == '?'))
		return g_utf8_validate(bytes, (gssize)length, NULL) ?
		    g_strndup(bytes, length) :
		    from_windows_1252(bytes, length, odd);
	if (i < 0) {
		*odd = true;
		return from_utf8(bytes, length, odd);
	}
	if (!charsets[i].iconv)
		return from_utf8(bytes, length, odd);
	if (!*charsets[i].iconv)
		return from_windows_1252(bytes, length, odd);
	cd = descriptor(i);
	if (cd != (iconv_t)-1)
		return from_iconv(cd, bytes, length, odd);
	*odd = true;
	return from_utf8(bytes, length, odd);
}
