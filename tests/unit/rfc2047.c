/* rfc2047.c - encoded words and transfer encodings: known vectors, and known
 * texts split at random into words of both kinds (seeded, the same each time). */
#include "../../parser/charset.h"
#include "../../parser/decode.h"

#include <string.h>

static const struct {
	const char *value, *wanted;
	bool odd;
} words[] = {
	/* gmime 3.2.13 reads "EUR 5" */
	{"=?utf-8?B?RVVSIDU=?= =?utf-8?B?MDAgSU5WLTE3?=", "EUR 500 INV-17", false},
	{"=?UTF-8?B?RVVSIDUw?= =?UTF-8?B?MCBJTlYtMTc=?=", "EUR 500 INV-17", false},
	{"=?utf-8?Q?EUR_5?= =?utf-8?Q?00_INV-17?=", "EUR 500 INV-17", false},
	{"=?utf-8?B?RVVSIDU=?= =?UTF-8?B?MDAgSU5WLTE3?=", "EUR 500 INV-17", false},
	{"=?utf-8?B?RVVSIDU=?=\t =?utf-8?Q?00_INV-17?=", "EUR 500 INV-17", false},
	{"=?utf-8?B?RVVSIDU=?==?utf-8?B?MDAgSU5WLTE3?=", "EUR 500 INV-17", false},
	{"plain text", "plain text", false},
	{"", "", false},
	{"a =?utf-8?q?b?= c", "a b c", false},
	{"a=?utf-8?q?b?=c", "abc", false},
	{"=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c", false},
	{"=?utf-8?q?a_?= =?utf-8?q?b?=", "a b", false},
	{"=?iso-8859-1?q?a=A4?= =?iso-8859-15?q?a=A4?=", "a\u00a4a\u20ac", false},
	{"=?utf-8?q?=D0?= =?utf-8?q?=A0?=", "\u0420", false},
	{"=?utf-8?b?0A==?= =?utf-8?q?=A0?=", "\u0420", false},
	{"=?utf-8*ru?q?=D0=A0?=", "\u0420", false},
	{"=?windows-1251?Q?=CE=EF=EB=E0=F2=E0?=",
	    "\u041e\u043f\u043b\u0430\u0442\u0430", false},
	{"=?koi8-r?B?79DMwdTB?=", "\u041e\u043f\u043b\u0430\u0442\u0430", false},
	{"=?iso-2022-jp?B?GyRCRnw0fBsoQg==?=", "\u65e5\u671f", false},
	{"=?iso-8859-2?q?Plat=E8ba?=", "Plat\u010dba", false},
	{"=?gb2312?b?uLa/7g==?=", "\u4ed8\u6b3e", false},
	{"=?utf-8?q?a=3Fb=5Fc?=", "a?b_c", false},
	{"=?utf-8?q?a?b?=", "a?b", false},
	{"=?utf-8?q?\?=", "", false},
	{"=?utf-8?b?\?=", "", false},
	{"=?utf-8?q?50=_EUR?=", "50= EUR", false},
	{"Caf\xc3\xa9", "Caf\u00e9", false},
	{"Caf\xe9", "Caf\u00e9", false},
	{"=?us-ascii?q?Re:?= x", "Re: x", false},
	/* broken ones stay as they are and are noticed */
	{"=?utf-8?B?RVVS!IDU=?=", "=?utf-8?B?RVVS!IDU=?=", true},
	{"=?utf-8?B?RVVSIDU?=", "=?utf-8?B?RVVSIDU?=", true},
	{"=?utf-8?B?RVVSIDU=RVVS?=", "=?utf-8?B?RVVSIDU=RVVS?=", true},
	{"=?utf-8?B?R?=", "=?utf-8?B?R?=", true},
	{"=?x-secret?q?a?=", "=?x-secret?q?a?=", true},
	{"=?utf-7?q?+AGE-?=", "=?utf-7?q?+AGE-?=", true},
	{"=?utf-8?q?=FF?=", "\ufffd", true},
	{"=?utf-8?q?a=00b?=", "a\ufffdb", true},
	{"=?utf-8?b?AA==?=", "\ufffd", true},
	{"=?iso-8859-1?q?a=00b?=", "a\ufffdb", true},
	/* no encoded words at all */
	{"=?utf-8?x?a?=", "=?utf-8?x?a?=", false},
	{"=?utf-8?q?a", "=?utf-8?q?a", false},
	{"=?\?q?a?=", "=?\?q?a?=", false},
	{"=?=?=", "=?=?=", false},
	{"=? utf-8?q?a?=", "=? utf-8?q?a?=", true},
};

static void
test_word(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	bool odd = false;
	g_autofree char *got = rfc2047_decode(words[i].value, &odd);

	g_assert_cmpstr(got, ==, words[i].wanted);
	g_assert_cmpint(odd, ==, words[i].odd);
}

/* ---- random splits ----------------------------------------------------------- */

static void
append_word(GString *out, GRand *rand, const char *bytes, size_t length)
{
	if (g_rand_boolean(rand)) {
		g_autofree char *text =
		    g_base64_encode((const guchar *)bytes, length);

		g_string_append_printf(out, "=?utf-8?%c?%s?=",
		    g_rand_boolean(rand) ? 'b' : 'B', text);
		return;
	}
	g_string_append_printf(out, "=?UTF-8?%c?",
	    g_rand_boolean(rand) ? 'q' : 'Q');
	for (size_t i = 0; i < length; i++)
		if (bytes[i] == ' ' && g_rand_boolean(rand))
			g_string_append_c(out, '_');
		else if (g_ascii_isalnum(bytes[i]) && g_rand_boolean(rand))
			g_string_append_c(out, bytes[i]);
		else
			g_string_append_printf(out, "=%02X",
			    (unsigned char)bytes[i]);
	g_string_append(out, "?=");
}

/* Splits anywhere, inside of characters too. */
static void
test_splits(void)
{
	static const char text[] = "EUR 1.234,56 \u2014 \u041e\u043f\u043b\u0430"
	    "\u0442\u0430 \u65e5\u672c \U0001f4b6 INV-17?=_=x";
	GRand *rand = g_rand_new_with_seed(2047);

	for (int round = 0; round < 10000; round++) {
		g_autoptr(GString) value = g_string_new(NULL);
		g_autofree char *got = NULL;
		size_t length = sizeof text - 1;
		bool odd = false;

		for (size_t at = 0; at < length;) {
			size_t n = (size_t)g_rand_int_range(rand, 1, 20);

			n = MIN(n, length - at);
			if (at > 0)
				g_string_append(value,
				    g_rand_boolean(rand) ? " " : "\n\t");
			append_word(value, rand, text + at, n);
			at += n;
		}
		got = rfc2047_decode(value->str, &odd);
		g_assert_cmpstr(got, ==, text);
		g_assert_false(odd);
	}
	g_rand_free(rand);
}

/* Bytes of any kind: always UTF-8, never a crash. */
static void
test_noise(void)
{
	static const char alphabet[] = "=?utf-8?qbQB?_ =\xff\x80" "A0?=";
	GRand *rand = g_rand_new_with_seed(1);

	for (int round = 0; round < 20000; round++) {
		char value[64];
		bool odd = false;
		g_autofree char *got = NULL;

		for (size_t i = 0; i < sizeof value - 1; i++)
			value[i] = alphabet[g_rand_int_range(rand, 0,
			    sizeof alphabet - 1)];
		value[sizeof value - 1] = '\0';
		got = rfc2047_decode(value, &odd);
		g_assert_true(g_utf8_validate(got, -1, NULL));
	}
	g_rand_free(rand);
}

/* ---- bodies -------------------------------------------------------------------- */

static const struct {
	const char *text, *wanted;
	bool odd;
} base64[] = {
	{"RVVSIDUwMCBJTlYtMTc=\n", "EUR 500 INV-17", false},
	{"RVVS\r\nIDUw\n MCBJ TlYtMTc=", "EUR 500 INV-17", false},
	{"", "", false},
	{"RVVSIDU=\nMDAgSU5WLTE3\n", "EUR 500 INV-17", true},
	{"RV!VS#IDUw\n!!MCBJTlYtMTc=\n", "EUR 500 INV-17", true},
	{"RVVSIDUwMCBJTlYtMTc", "EUR 500 INV-17", true},
	{"RVVSIDUwMCBJTlYtMTc==", "EUR 500 INV-17", true},
	{"RVVSIDUw=", "EUR 50", true},
	{"R", "", true},
	{"RVVSIA==", "EUR ", false},
	{"RVVSIA=", "EUR ", true},
};

static void
test_base64(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	bool odd = false;
	GString *got = decode_base64(base64[i].text, strlen(base64[i].text),
	    &odd);

	g_assert_cmpstr(got->str, ==, base64[i].wanted);
	g_assert_cmpint(odd, ==, base64[i].odd);
	g_string_free(got, TRUE);
}

static const char *const quoted[][2] = {
	{"EUR=20500", "EUR 500"}, {"a=\nb", "ab"}, {"a=\r\nb", "ab"},
	{"a= \t\r\nb", "ab"}, {"a=", "a"}, {"a=3Db", "a=b"}, {"a=3db", "a=b"},
	{"a=zz", "a=zz"}, {"a=3", "a=3"}, {"a_b", "a_b"}, {"=C3=A9", "\u00e9"},
};

static void
test_quoted(gconstpointer data)
{
	const char *const *row = data;
	GString *got = decode_quoted_printable(row[0], strlen(row[0]), false);

	g_assert_cmpstr(got->str, ==, row[1]);
	g_string_free(got, TRUE);
}

static const struct {
	const char *text, *wanted;
	bool delsp;
} flowed[] = {
	{"one \ntwo\n", "one two\n", false},
	{"one \ntwo\n", "onetwo\n", true},
	{"one\ntwo\n", "one\ntwo\n", false},
	{"> a \n> b\nc\n", "> a b\nc\n", false},
	{"> a \nb\n", "> a \nb\n", false},
	{" From x\n", "From x\n", false},
	{"-- \nname\n", "-- \nname\n", false},
	{"a \n-- \nname", "a \n-- \nname\n", false},
	{">> a\n> b\n", ">> a\n> b\n", false},
	{"", "", false},
};

static void
test_flowed(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *got = decode_flowed(flowed[i].text, flowed[i].delsp);

	g_assert_cmpstr(got, ==, flowed[i].wanted);
}

static const struct {
	const char *charset, *bytes, *wanted;
	bool odd;
} charsets[] = {
	{NULL, "caf\xc3\xa9", "caf\u00e9", false},
	{NULL, "caf\xe9", "caf\u00e9", false},
	{"utf-8", "caf\xe9", "caf\ufffd", true},
	{"UTF8", "\xed\xa0\x80", "\ufffd\ufffd\ufffd", true},
	{"us-ascii", "5 \xe2\x82\xac", "5 \u20ac", false},
	{"ISO-8859-1", "5 \x80", "5 \u20ac", false},
	{"iso-8859-1", "\x81", "\ufffd", true},
	{"iso-8859-15", "\xa4", "\u20ac", false},
	{"windows-1250", "\xe8", "\u010d", false},
	{"windows-1251", "\xd0\xf3\xe1", "\u0420\u0443\u0431", false},
	{"koi8-r", "\xf2\xd5\xc2", "\u0420\u0443\u0431", false},
	{"koi8-u", "\xa6", "\u0456", false},
	{"gb18030", "\xb8\xb6", "\u4ed8", false},
	{"big5", "\xa4\xa4", "\u4e2d", false},
	{"shift_jis", "\x93\xfa", "\u65e5", false},
	{"euc-kr", "\xb5\xb7", "\ub3c8", false},
	{"iso-2022-jp", "\x1b$BF|\x1b(B", "\u65e5", false},
	{"iso-2022-jp", "\x1b$B\xff\xff", "\ufffd\ufffd", true},
	{"tis-620", "\xa1", "\u0e01", false},
	{"../../tmp/evil", "x\xff", "x\ufffd", true},
	{"utf-7", "+AGE-", "+AGE-", true},
	{"", "x", "x", false},
};

static void
test_charset(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	bool odd = false;
	g_autofree char *got = charset_to_utf8(charsets[i].charset,
	    charsets[i].bytes, strlen(charsets[i].bytes), &odd);

	g_assert_cmpstr(got, ==, charsets[i].wanted);
	g_assert_cmpint(odd, ==, charsets[i].odd);
}

static void
add_all(const char *path, size_t count, GTestDataFunc function)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *name = g_strdup_printf("%s/%zu", path, i);

		g_test_add_data_func(name, GSIZE_TO_POINTER(i), function);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add_all("/rfc2047/word", G_N_ELEMENTS(words), test_word);
	add_all("/rfc2047/base64", G_N_ELEMENTS(base64), test_base64);
	add_all("/rfc2047/flowed", G_N_ELEMENTS(flowed), test_flowed);
	add_all("/rfc2047/charset", G_N_ELEMENTS(charsets), test_charset);
	for (size_t i = 0; i < G_N_ELEMENTS(quoted); i++) {
		g_autofree char *name =
		    g_strdup_printf("/rfc2047/quoted/%zu", i);

		g_test_add_data_func(name, quoted[i], test_quoted);
	}
	g_test_add_func("/rfc2047/splits", test_splits);
	g_test_add_func("/rfc2047/noise", test_noise);
	return g_test_run();
}
