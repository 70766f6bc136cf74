/* mime.c - what is shown of a message: text, HTML, reports, statements; and
 * what is noticed as odd about it. */
#include "../../parser/limits.h"
#include "../../parser/mime.h"
#include "bytes.h"

#include <stdlib.h>

#define H "From: a@bank.example\nMIME-Version: 1.0\n"
#define TEXT H "Content-Type: text/plain; charset="
#define MIXED(type) H "Content-Type: multipart/" type "; boundary=\"b\"\n\n"
#define PLAIN "--b\nContent-Type: text/plain; charset=utf-8\n\n"
#define HTML "--b\nContent-Type: text/html; charset=utf-8\n\n"
#define END "\n--b--\n"

struct mime_case {
	const char *name, *input, *text, *html, *odd;
};

static const struct mime_case cases[] = {
	{"plain", TEXT "utf-8\n\nEUR 5\n", "EUR 5\n", NULL, NULL},
	{"no-type", "From: a@b.example\n\nEUR 5\n", "EUR 5\n", NULL, NULL},
	{"crlf", "From: a@b.example\r\n\r\nEUR\r\n5\r\n", "EUR\n5\n", NULL, NULL},
	{"header-only", "From: a@b.example\n", "", NULL, NULL},
	{"windows-1251", TEXT "windows-1251\n\n\xd0\xf3\xe1\n",
	    "\u0420\u0443\u0431\n", NULL, NULL},
	{"koi8-r-base64", TEXT "koi8-r\nContent-Transfer-Encoding: base64\n\n"
	    "8tXC\n", "\u0420\u0443\u0431", NULL, NULL},
	{"iso-8859-2-qp", TEXT "\"iso-8859-2\"\n"
	    "Content-Transfer-Encoding: Quoted-Printable\n\nPlat=E8=\nba\n",
	    "Plat\u010dba\n", NULL, NULL},
	{"iso-2022-jp", TEXT "iso-2022-jp\n\n\x1b$BF|\x1b(B 5\n",
	    "\u65e5 5\n", NULL, NULL},
	{"utf-16", TEXT "utf-16le\nContent-Transfer-Encoding: base64\n\n"
	    "NQAgAKwg\n", "5 \u20ac", NULL, NULL},
	{"no-charset-latin1", H "Content-Type: text/plain\n\ncaf\xe9\n",
	    "caf\u00e9\n", NULL, NULL},
	{"unknown-charset", TEXT "x-secret\n\nEUR 5\n", "EUR 5\n", NULL,
	    "it has bytes that its charset does not have"},
	{"bad-utf8", TEXT "utf-8\n\n5 \xff\xfe\n", "5 \ufffd\ufffd\n", NULL,
	    "it has bytes that its charset does not have"},
	{"flowed", H "Content-Type: text/plain; format=flowed; delsp=yes\n\n"
	    "EUR 5 \n00\n", "EUR 500\n", NULL, NULL},

	/* R50: what gmime would shorten */
	{"base64-chunked", TEXT "utf-8\nContent-Transfer-Encoding: base64\n\n"
	    "RVVSIDU=\nMDAgSU5WLTE3\n", "EUR 500 INV-17", NULL,
	    "its base64 is not well-formed"},
	{"base64-junk", TEXT "utf-8\nContent-Transfer-Encoding: base64\n\n"
	    "RV!VS#IDUw\n!!MCBJTlYtMTc=\n", "EUR 500 INV-17", NULL,
	    "its base64 is not well-formed"},
	{"nul", NULL, "EUR 5\ufffd00\n", NULL,
	    "it has bytes that its charset does not have"},
	{"nul-base64", TEXT "utf-8\nContent-Transfer-Encoding: base64\n\n"
	    "NQAw\n", "5\ufffd0", NULL,
	    "it has bytes that its charset does not have"},
	{"encoding-unknown", TEXT "utf-8\n"
	    "Content-Transfer-Encoding: base64 x\n\nRVVS\n", "RVVS\n", NULL,
	    "its transfer encoding is unknown"},

	{"alternative", MIXED("alternative") PLAIN "A\n" HTML "<b>B</b>" END,
	    "A", "<b>B</b>", NULL},
	{"alternative-two-plain", MIXED("alternative") PLAIN "A\n" PLAIN "B\n"
	    HTML "C" END, "A", "C", "two alternatives of one kind"},
	{"mixed", MIXED("mixed") PLAIN "A\n" PLAIN "B\n" END, "A\nB\n", NULL,
	    NULL},
	{"attachment", MIXED("mixed") PLAIN "A\n--b\nContent-Type: text/plain\n"
	    "Content-Disposition: attachment; filename=x.txt\n\nB\n" END,
	    "A", NULL, NULL},
	{"preamble", H "Content-Type: multipart/mixed; boundary=b\n\nP 1\n"
	    PLAIN "R 2" END "E 3\n", "R 2", NULL, "text behind its end"},
	{"two-html", MIXED("mixed") HTML "A\n" HTML "B" END, NULL, "A\nB",
	    "two HTML parts"},
	{"charset-twice", TEXT "utf-8; charset=utf-7\n\nA\n", "A\n", NULL,
	    "a part's type says something twice"},
	{"boundary-blank", H "Content-Type: multipart/mixed; boundary=\"b \"\n\n"
	    "--b \nContent-Type: text/plain\n\nA\n--b --\n", "A", NULL,
	    "its boundary is not well-formed"},
	{"part-type-twice", MIXED("mixed") "--b\nContent-Type: text/html\n"
	    "Content-Type: text/plain\n\nA\n--b--\n", "A", NULL,
	    "a part's field is there twice"},
	{"other-alternative", MIXED("alternative") PLAIN "A\n--b\n"
	    "Content-Type: text/enriched\n\nB\n--b--\n", "A", NULL,
	    "an alternative that cannot be compared"},
	{"vertical-tab", TEXT "utf-8\n\nA\vB\n", "A\vB\n", NULL,
	    "control characters in it"},
	{"line-separator", TEXT "utf-8\n\nA\u2028B\n", "A\u2028B\n", NULL,
	    "control characters in it"},
	{"truncated", MIXED("mixed") PLAIN "A\n", "A\n", NULL, NULL},
	{"related", MIXED("related") HTML "<p>x" "\n--b\nContent-Type: image/png"
	    "\nContent-ID: <i>\n\nxx" END, NULL, "<p>x", NULL},
	{"nested", MIXED("mixed") "--b\nContent-Type: multipart/alternative; "
	    "boundary=c\n\n--c\nContent-Type: text/plain\n\nA\n--c\n"
	    "Content-Type: text/html\n\n<i>B\n--c--\n" END, "A", "<i>B", NULL},
	{"embedded-message-is-not-shown", MIXED("mixed") PLAIN "A\n--b\n"
	    "Content-Type: message/rfc822\n\nSubject: s\n\nEUR 500\n" END,
	    "A", NULL, NULL},
	{"html-meta", H "Content-Type: text/html\n\n"
	    "<meta charset=\"windows-1252\">5 \x80\n", NULL,
	    "<meta charset=\"windows-1252\">5 \u20ac\n", NULL},
	{"empty-multipart", MIXED("mixed"), NULL, NULL, NULL},
	{"calendar", H "Content-Type: text/calendar\n\nBEGIN:\n", NULL, NULL,
	    NULL},
};

static struct mime *
read_bytes(const char *bytes, size_t length, int64_t start)
{
	int fd = bytes_fd(bytes, length);
	struct mime *mime = mime_read(fd, start, true);

	close(fd);
	return mime;
}

static void
test_case(gconstpointer data)
{
	static const char nul[] = TEXT "utf-8\n\nEUR 5\0" "00\n";
	const struct mime_case *row = data;
	struct mime *mime = row->input ?
	    read_bytes(row->input, strlen(row->input), 0) :
	    read_bytes(nul, sizeof nul - 1, 0);

	g_assert_nonnull(mime);
	g_assert_cmpstr(mime->text, ==, row->text);
	g_assert_cmpstr(mime->html, ==, row->html);
	g_assert_cmpint(mime->odd->len, ==, row->odd != NULL);
	if (row->odd)
		g_assert_cmpstr(mime->odd->pdata[0], ==, row->odd);
	mime_free(mime);
}

static void
test_report(void)
{
	static const char text[] = H "Content-Type: multipart/report; "
	    "report-type=delivery-status; boundary=b\n\n" PLAIN "Sorry\n--b\n"
	    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
	    "Final-Recipient: rfc822; ann@customer.example\nAction: failed\n"
	    "Status: 5.1.1\n--b\nContent-Type: text/rfc822-headers\n\n"
	    "Message-ID: <l@clerk.example>\n" END;
	struct mime *mime = read_bytes(text, strlen(text), 0);

	g_assert_true(mime->is_report);
	g_assert_nonnull(strstr(mime->report, "Status: 5.1.1"));
	g_assert_nonnull(strstr(mime->original, "<l@clerk.example>"));
	g_assert_cmpstr(mime->text, ==, "Sorry");
	mime_free(mime);
}

static void
test_statement(void)
{
	static const char text[] = "From x\n" H
	    "Content-Type: multipart/mixed; boundary=b\n\n" PLAIN "A\n--b\n"
	    "Content-Type: application/octet-stream; name=\"a.XML\"\n"
	    "Content-Transfer-Encoding: base64\n"
	    "Content-Disposition: attachment; filename=\"a.XML\"\n\nPGE+\n--b\n"
	    "Content-Type: application/pdf\n\n%PDF\n" END;
	struct mime *mime = read_bytes(text, strlen(text), 7);
	const struct mime_statement *statement;

	g_assert_cmpint(mime->statements->len, ==, 1);
	statement = mime->statements->pdata[0];
	g_assert_cmpstr(statement->name, ==, "a.XML");
	g_assert_cmpstr(statement->bytes->str, ==, "<a>");
	mime_free(mime);
}

static void
test_nothing(void)
{
	struct mime *mime = read_bytes("", 0, 0);

	g_assert_null(mime);
	mime_free(NULL);
}

/* Memory for a large attachment is not needed: the peak does not move. */
static void
test_large(void)
{
	g_autoptr(GString) text = bytes_repeat(MIXED("mixed") PLAIN "A\n--b\n"
	    "Content-Type: application/octet-stream; name=\"a.pdf\"\n"
	    "Content-Transfer-Encoding: base64\n\n",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
	    400000, END);
	g_autofree char *before = NULL, *after = NULL;
	int fd = bytes_fd(text->str, text->len);
	struct mime *mime;
	long was, is;

	g_string_truncate(text, 0);
	g_assert_true(g_file_get_contents("/proc/self/status", &before, NULL,
	    NULL));
	mime = mime_read(fd, 0, true);
	g_assert_true(g_file_get_contents("/proc/self/status", &after, NULL,
	    NULL));
	was = strtol(strstr(before, "VmHWM:") + 6, NULL, 10);
	is = strtol(strstr(after, "VmHWM:") + 6, NULL, 10);
	g_assert_cmpint(is - was, <, 8192);	/* KiB, of 24 MiB */
	g_assert_cmpstr(mime->text, ==, "A");
	mime_free(mime);
	close(fd);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name =
		    g_strdup_printf("/mime/%s", cases[i].name);

		g_test_add_data_func(name, &cases[i], test_case);
	}
	g_test_add_func("/mime/report", test_report);
	g_test_add_func("/mime/statement", test_statement);
	g_test_add_func("/mime/nothing", test_nothing);
	g_test_add_func("/mime/large", test_large);
	return g_test_run();
}
