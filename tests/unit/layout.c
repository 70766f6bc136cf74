/*
 * The small steps of a letter, as tables: paragraphs, salutations, addresses,
 * hostile characters.
 */
#include "../../templates/letter.h"

#include <string.h>

#define K KEPT_BREAK
#define LONG "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff "

/* ---- layout ------------------------------------------------------------------ */

struct page {
	const char *rendered, *text, *html;
};

static const struct page pages[] = {
    {"", "", ""},
    {"a", "a\n", "<p>a</p>\n"},
    {"\n\n\na\nb\n\n\n\nc\n\n", "a b\n\nc\n", "<p>a\nb</p>\n<p>c</p>\n"},
    {"a" K "\nb", "a\nb\n", "<p>a<br>\nb</p>\n"},
    {"a" K "\nb" K "\n\nc" K "\n", "a\nb\n\nc\n",
        "<p>a<br>\nb</p>\n<p>c</p>\n"},
    {"a\n  b\n  c\nd", "a\n  b\n  c\nd\n", "<p>a\n  b\n  c\nd</p>\n"},
    {"  b" K "\nc" K "\nd", "  b\nc\nd\n", "<p>  b<br>\nc<br>\nd</p>\n"},
    {"<table>\n<tr>x" K "\ny</tr>\n</table>\n\nz",
        "<table> <tr>x\ny</tr> </table>\n\nz\n",
        "<table>\n<tr>x<br>\ny</tr>\n</table>\n<p>z</p>\n"},
    {"a  b   c", "a b c\n", "<p>a  b   c</p>\n"},
    {LONG "ggggggggg hhhhhhhhh", LONG "ggggggggg\nhhhhhhhhh\n", NULL},
    {LONG "ggggggg 12 May 2026", LONG "ggggggg\n12 May 2026\n", NULL},
    {LONG "ggggggggggg — 2026", LONG "\nggggggggggg — 2026\n", NULL},
    {LONG "ггггггггггг д", LONG "ггггггггггг\nд\n", NULL},
    {LONG "gggggg 1\u00a0234\u00a0€", LONG "gggggg\n1\u00a0234\u00a0€\n", NULL},
};

/* A filled line has no blank at its end; the table is easier to read so. */
static char *
without_end_blanks(const char *text)
{
	g_auto(GStrv) pieces = g_strsplit(text, " \n", -1);

	return g_strjoinv("\n", pieces);
}

static void
test_page(const void *data)
{
	const struct page *page = data;
	g_autofree char *text = layout_text(page->rendered);
	g_autofree char *html = layout_html(page->rendered);
	g_autofree char *want = without_end_blanks(page->text);

	g_assert_cmpstr(text, ==, want);
	if (page->html)
		g_assert_cmpstr(html, ==, page->html);
}

/* ---- salutation ---------------------------------------------------------------- */

struct contact {
	const char *language, *contact, *greet;
	enum gender gender;
};

static const struct contact contacts[] = {
    {"en", "Anna Whitfield", "Anna Whitfield", GENDER_UNKNOWN},
    {"en", "Ms Whitfield", "Ms Whitfield", GENDER_FEMININE},
    {"es", "Sra. Molina", "Sra. Molina", GENDER_FEMININE},
    {"es", "Sr. Molina", "Sr. Molina", GENDER_MASCULINE},
    {"es", "D. Luis Molina", "D. Luis Molina", GENDER_MASCULINE},
    {"es", "Luis Molina", "Luis Molina", GENDER_UNKNOWN},
    {"en", "Sra. Molina", "Sra. Molina", GENDER_UNKNOWN},
    {"ru", "Орлова Анна Сергеевна", "Анна Сергеевна", GENDER_FEMININE},
    {"ru", "Анна Сергеевна Орлова", "Анна Сергеевна", GENDER_FEMININE},
    {"ru", "Иван Ильич", "Иван Ильич", GENDER_MASCULINE},
    {"ru", "Рабинович Иван Петрович", "Иван Петрович", GENDER_MASCULINE},
    {"ru", "Анна", "Анна", GENDER_UNKNOWN},
    {"ru", "Анна Орлова", "Анна Орлова", GENDER_UNKNOWN},
    {"en", "Анна Сергеевна Орлова", "Анна Сергеевна Орлова", GENDER_UNKNOWN},
    {"ru", "", "", GENDER_UNKNOWN},
    {"ru", "Анна Рабинович", "Анна Рабинович", GENDER_UNKNOWN},
    {"ru", "г-жа Орлова", "госпожа Орлова", GENDER_FEMININE},
    {"ru", "Г-н Орлов", "господин Орлов", GENDER_MASCULINE},
    {"en", "Mr. John Mc Alister", "Mr Mc Alister", GENDER_MASCULINE},
    {"en", "Dr. Anna Whitfield", "Dr Anna Whitfield", GENDER_UNKNOWN},
    {"en", "Ms", NULL, GENDER_FEMININE},
    {"de", "Frau Dr. Anna von Süßmilch", "Frau Dr. von Süßmilch",
        GENDER_FEMININE},
    {"de", "Herrn Prof. Dr. Karl Weber", "Herr Prof. Dr. Weber",
        GENDER_MASCULINE},
    {"de", "HERR WEBER", "Herr WEBER", GENDER_MASCULINE},
    {"de", "Dr. Anna Weber", "Dr. Anna Weber", GENDER_UNKNOWN},
    {"de", "Anna Weber", "Anna Weber", GENDER_UNKNOWN},
    {"fr", "Mme Anne de la Tour", "Madame de la Tour", GENDER_FEMININE},
    {"fr", "M. Dupont", "Monsieur Dupont", GENDER_MASCULINE},
    {"fr", "M Dupont", "M Dupont", GENDER_UNKNOWN},
    {"nl", "dhr. Jan van den Berg", "heer Van den Berg", GENDER_MASCULINE},
    {"nl", "De heer 't Hart", "heer 't Hart", GENDER_MASCULINE},
    {"nl", "Mevr. drs. A. de Vries", "mevrouw De Vries", GENDER_FEMININE},
    {"nl", "Anna de Vries", "Anna de Vries", GENDER_UNKNOWN},
    {"nl", "de Vries", "de Vries", GENDER_UNKNOWN},
    {"pt", "Exma. Sra. Dra. Ana Araújo", "Sra. Dra. Ana Araújo",
        GENDER_FEMININE},
    {"pt", "Dr. Paulo Reis", "Dr. Paulo Reis", GENDER_MASCULINE},
    {"it", "Gent.ma Sig.ra Rossetti", "Sig.ra Rossetti", GENDER_FEMININE},
    {"it", "Egregio Avv. Conti", "Avv. Conti", GENDER_MASCULINE},
    {"ru", " Сергеевна", " Сергеевна", GENDER_UNKNOWN},
};

static void
test_contact(const void *data)
{
	const struct contact *row = data;
	g_autoptr(GString) warning = g_string_new(NULL);
	struct source *source = source_new(
	    (const char *const[]){"templates", NULL}, row->language, NULL,
	    warning);
	enum gender gender;
	g_autofree char *greet = salutation_name(
	    row->contact, source_habits(source), &gender);

	g_assert_cmpstr(greet, ==, row->greet);
	g_assert_cmpint(gender, ==, row->gender);
	source_free(source);
}

/* ---- addresses, ids, characters --------------------------------------------------- */

struct verdict {
	enum { ADDRESS, MESSAGE_ID, LINE, LINES } what;
	bool good;
	const char *text;
};

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct verdict verdicts[] = {
    {ADDRESS, true, "anna@customer.example"},
    {ADDRESS, true, "anna.b+c_d@sub.customer.example"},
    {ADDRESS, true, "o'neil@customer.example"},
    {ADDRESS, true, "root@localhost"},
    {ADDRESS, true, A64 "@" A63 ".example"},
    {ADDRESS, true, "a@xn--bcher-kva.example"},
    {ADDRESS, false, "a" A64 "@customer.example"},
    {ADDRESS, false, "a@a" A63 ".example"},
    {ADDRESS, false, "a@" A63 "." A63 "." A63 "." A63 ".example"},
    {ADDRESS, false, ""}, {ADDRESS, false, "@"}, {ADDRESS, false, "a@"},
    {ADDRESS, false, "@b.example"}, {ADDRESS, false, "a@host"},
    {ADDRESS, false, "a@b@c.example"}, {ADDRESS, false, ".a@b.example"},
    {ADDRESS, false, "a.@b.example"}, {ADDRESS, false, "a..b@c.example"},
    {ADDRESS, false, "a@.example"}, {ADDRESS, false, "a@b.example."},
    {ADDRESS, false, "a@b..example"}, {ADDRESS, false, "a@-b.example"},
    {ADDRESS, false, "a@b-.example"}, {ADDRESS, false, "a@b.example-"},
    {ADDRESS, false, "a b@c.example"}, {ADDRESS, false, "\"a\"@b.example"},
    {ADDRESS, false, "a@[127.0.0.1]"}, {ADDRESS, false, "a(x)@b.example"},
    {ADDRESS, false, "a@b.example,c@d.example"},
    {ADDRESS, false, "a;b@c.example"}, {ADDRESS, false, "a:b@c.example"},
    {ADDRESS, false, "<@x.example:a@b.example>"},
    {ADDRESS, false, "ä@b.example"}, {ADDRESS, false, "a@bücher.example"},
    {ADDRESS, false, "a@b.example\r\nBcc: c@d.example"},
    {ADDRESS, false, "a@b_c.example"}, {ADDRESS, false, "a%b"},
    {MESSAGE_ID, true, "<invoice.2026-0112.7f3a@vogt-design.example>"},
    {MESSAGE_ID, true, "<a$b=c/d@e>"},
    {MESSAGE_ID, false, "invoice@host.example"},
    {MESSAGE_ID, false, "<a@b"}, {MESSAGE_ID, false, "<@b.example>"},
    {MESSAGE_ID, false, "<a@>"}, {MESSAGE_ID, false, "<ab>"},
    {MESSAGE_ID, false, "<a@b@c>"}, {MESSAGE_ID, false, "<a b@c>"},
    {MESSAGE_ID, false, "<a@b> <c@d>"}, {MESSAGE_ID, false, "<a@b\r\nX: y>"},
    {MESSAGE_ID, false, "<ä@b>"},
    {MESSAGE_ID, false, "<" A64 A64 A64 A64 "@b>"},
    {LINE, true, "Müller & Söhne «Север» ЗАО 株式会社 👩‍💼"},
    {LINE, true, "{{x}} %n <script> \\"}, {LINE, true, ""},
    {LINE, false, "a\nb"}, {LINE, false, "a\rb"}, {LINE, false, "a\tb"},
    {LINE, false, "a\x01"}, {LINE, false, "a\x1e"}, {LINE, false, "a\x7f"},
    {LINE, false, "a\xc2\x85"}, {LINE, false, "a\u200e"},
    {LINE, false, "a\u200f"}, {LINE, false, "a\u2028"},
    {LINE, false, "a\u202e" "b"}, {LINE, false, "a\u2066"},
    {LINE, false, "a\u2069"}, {LINE, false, "a\u061c"},
    {LINE, false, "a\xff"}, {LINE, false, "a\xc3"},
    {LINE, false, "\U000e0041"},
    {LINES, true, "a\nb\n"}, {LINES, false, "a\r\nb"},
    {LINES, false, "a\u202e"},
};

static bool
verdict_of(const struct verdict *row)
{
	switch (row->what) {
	case ADDRESS:
		return address_is_valid(row->text, strlen(row->text));
	case MESSAGE_ID:
		return message_id_is_valid(row->text, strlen(row->text));
	case LINE:
	case LINES:
		break;
	}
	return text_is_clean(row->text, row->what == LINES);
}

static void
test_verdict(const void *data)
{
	const struct verdict *row = data;

	g_assert_true(verdict_of(row) == row->good);
}

static void
test_nul_inside(void)
{
	g_assert_false(address_is_valid("a@b.example\0@c", 14));
	g_assert_false(address_is_valid("a\0@b.example", 12));
	g_assert_false(message_id_is_valid("<a\0@b>", 6));
}

/* ---- encoded words ----------------------------------------------------------------- */

struct coded {
	const char *text, *as_text, *as_phrase;	/* NULL: looked at below */
};

static const struct coded codeds[] = {
    {"", "", ""},
    {"Anna", "Anna", "Anna"},
    {"Whitfield & Co.", "Whitfield & Co.", "\"Whitfield & Co.\""},
    {"a \"b\" \\", "a \"b\" \\", "\"a \\\"b\\\" \\\\\""},
    {"=?utf-8?q?x?=", "=?UTF-8?B?PT91dGYtOD9xP3g/PQ==?=",
        "=?UTF-8?B?PT91dGYtOD9xP3g/PQ==?="},
    {"€5", "=?UTF-8?B?4oKsNQ==?=", "=?UTF-8?B?4oKsNQ==?="},
    {"Анна Сергеевна Орлова Длинная", "=?UTF-8?B?"
        "0JDQvdC90LAg0KHQtdGA0LPQtdC10LLQvdCwINCe0YDQu9C+0LLQsCA=?= "
        "=?UTF-8?B?0JTQu9C40L3QvdCw0Y8=?=", NULL},
};

static void
test_coded(const void *data)
{
	const struct coded *row = data;
	g_autofree char *text = encode_text("To", row->text);
	g_autofree char *phrase = encode_phrase("To", row->text);

	g_assert_cmpstr(text, ==, row->as_text);
	if (row->as_phrase)
		g_assert_cmpstr(phrase, ==, row->as_phrase);
}

/* Encoded words fit on the line of their header, none splits a character. */
static void
test_long_words(void)
{
	GString *long_text = g_string_new(NULL);

	for (int i = 0; i < 60; i++) {
		g_autofree char *coded = NULL;
		g_auto(GStrv) words = NULL;

		g_string_append(long_text, i % 3 ? "я" : "a€");
		coded = encode_text("Reply-To", long_text->str);
		words = g_strsplit(coded, " ", -1);
		for (char **word = words; *word; word++) {
			g_autofree guchar *bytes = NULL;
			gsize size;

			g_assert_cmpuint(strlen(*word), <=, 66);
			(*word)[strlen(*word) - 2] = '\0';
			bytes = g_base64_decode(*word + 10, &size);
			g_assert_true(g_utf8_validate(
			    (const char *)bytes, (gssize)size, NULL));
		}
	}
	g_string_free(long_text, TRUE);
}

#define ADD(table, function) \
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) { \
		g_autofree char *name = g_strdup_printf( \
		    "/layout/" #table "/%zu", i); \
		g_test_add_data_func(name, &table[i], function); \
	}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD(pages, test_page)
	ADD(contacts, test_contact)
	ADD(verdicts, test_verdict)
	ADD(codeds, test_coded)
	g_test_add_func("/layout/long encoded words", test_long_words);
	g_test_add_func("/layout/NUL inside", test_nul_inside);
	return g_test_run();
}
