/* prescan.c - each limit stops what is over it and lets pass what is not;
 * where the header ends; which charsets are named. */
#include "../../parser/limits.h"
#include "../../parser/prescan.h"
#include "bytes.h"

#define HEAD "From: a@bank.example\nSubject: x\n"

struct scan_case {
	const char *name, *before, *middle;
	unsigned below, above;	/* times middle: passes, is over */
	const char *after, *over;
};

static const struct scan_case cases[] = {
	{"groups", HEAD "Cc: ", "a:", LIMIT_GROUPS - 1, LIMIT_GROUPS + 1,
	    "\n\nx\n", "too many groups in an address field"},
	{"groups-folded", HEAD "Cc: x\n", " a:\n", LIMIT_GROUPS - 1,
	    LIMIT_GROUPS + 1, "\nx\n", "too many groups in an address field"},
	{"groups-case-and-space", HEAD "rEPLY-tO : ", "a:", LIMIT_GROUPS - 1,
	    LIMIT_GROUPS + 1, "\n\nx\n",
	    "too many groups in an address field"},
	{"groups-in-embedded-message", HEAD
	    "Content-Type: message/rfc822\n\nTo: ", "a:", LIMIT_GROUPS - 1,
	    LIMIT_GROUPS + 1, "\n\nx\n",
	    "too many groups in an address field"},
	{"comments", HEAD "Sender: ", "(", LIMIT_COMMENTS, LIMIT_COMMENTS + 1,
	    "\n\nx\n", "too many comments"},
	{"addresses", HEAD "To: ", "a@b.example,", LIMIT_ADDRESSES,
	    LIMIT_ADDRESSES + 1, "\n\nx\n", "too many addresses in a field"},
	{"field", HEAD "X-Long: ", "aaaaaaaaaaaaaaaa", LIMIT_FIELD / 16 - 1,
	    LIMIT_FIELD / 16 + 1, "\n\nx\n", "a header field is too long"},
	{"fields", HEAD, "X: y\n", LIMIT_FIELDS - 2, LIMIT_FIELDS,
	    "\nx\n", "too many header fields"},
	{"header", HEAD, "X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
	    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
	    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
	    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
	    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
	    "\n", 1600, 1990, "\nx\n", "the header is too long"},
	{"words", HEAD "X: y", "\n =?utf-8?q?a?=", LIMIT_WORDS,
	    LIMIT_WORDS + 1, "\n\nx\n", "too many encoded words"},
	{"parameters", HEAD "Content-Type: text/plain", "; p=v",
	    LIMIT_PARAMETERS, LIMIT_PARAMETERS + 1, "\n\nx\n",
	    "too many parameters in a Content-Type"},
	{"parameters-of-a-part", HEAD "\n--b\nContent-type: text/plain",
	    ";\n p=v", LIMIT_PARAMETERS, LIMIT_PARAMETERS + 1, "\n\nx\n",
	    "too many parameters in a Content-Type"},
	{"nested", HEAD, "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
	    LIMIT_CONTAINERS, LIMIT_CONTAINERS + 1, "\nx\n",
	    "parts nested or numbered beyond the limit"},
	{"nested-messages", HEAD, "Content-Type: MESSAGE/rfc822\n\n",
	    LIMIT_CONTAINERS, LIMIT_CONTAINERS + 1, "\nx\n",
	    "parts nested or numbered beyond the limit"},
	{"parts", HEAD "Content-Type: multipart/mixed;\n boundary = \"=_b\"\n\n",
	    "--=_b\n\nx\n", LIMIT_PARTS - 1, LIMIT_PARTS + 1, "--=_b--\n",
	    "too many parts"},
	{"parts-rfc2231", HEAD
	    "Content-Type: multipart/mixed; boundary*0=bo; boundary*1=x\n\n",
	    "--box\n\nx\n", LIMIT_PARTS, LIMIT_PARTS + 1, "", "too many parts"},
	{"dashes-without-multipart", HEAD "\n", "-- x\n", 100000, 0, "", NULL},
	{"line", HEAD "\n", "0123456789abcdef0123456789abcdef",
	    LIMIT_LINE / 32, LIMIT_LINE / 32 + 1, "", "a line is too long"},
};

static void
check(const struct scan_case *row, unsigned times, const char *over)
{
	g_autoptr(GString) text =
	    bytes_repeat(row->before, row->middle, times, row->after);
	int fd = bytes_fd(text->str, text->len);
	struct prescan scan;

	g_assert_true(prescan_read(fd, &scan));
	g_assert_cmpstr(scan.over, ==, over);
	g_assert_cmpint(scan.size, ==, (int64_t)text->len);
	prescan_release(&scan);
	close(fd);
}

static void
test_limit(gconstpointer data)
{
	const struct scan_case *row = data;

	check(row, row->below, NULL);
	if (row->over)
		check(row, row->above, row->over);
}

static const struct {
	const char *name, *input;
	int64_t start;
	const char *header;
	const char *charsets;	/* with blanks between */
} looks[] = {
	{"plain", "A: b\nC: d\n\nbody\nE: f\n", 0, "A: b\nC: d\n", ""},
	{"crlf", "A: b\r\n c\r\n\r\nbody\r\n", 0, "A: b\r\n c\r\n", ""},
	{"no-body", "A: b\n", 0, "A: b\n", ""},
	{"no-newline", "A: b", 0, "A: b", ""},
	{"empty", "", 0, "", ""},
	{"body-only", "\nbody", 0, "", ""},
	{"mbox", "From x@y Mon Jul  6 10:00:00 2026\nA: b\n\nx\n", 34,
	    "A: b\n", ""},
	{"charsets", "Subject: =?KOI8-R?B?4Q==?= =?koi8-r*ru?q?a?=\n"
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	    "Content-Type: text/plain;\n charset=\"Windows-1251\"\n\n"
	    "=?big5?q?not-in-the-header?=\n--b\n"
	    "content-type: text/html; CHARSET = iso-2022-jp; x=y\n\n--b--\n", 0,
	    "Subject: =?KOI8-R?B?4Q==?= =?koi8-r*ru?q?a?=\n"
	    "Content-Type: multipart/mixed; boundary=b\n",
	    "koi8-r windows-1251 iso-2022-jp"},
};

static void
test_look(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	int fd = bytes_fd(looks[i].input, strlen(looks[i].input));
	struct prescan scan;
	g_autofree char *charsets = NULL;

	g_assert_true(prescan_read(fd, &scan));
	g_assert_null(scan.over);
	g_assert_cmpint(scan.start, ==, looks[i].start);
	g_assert_cmpstr(scan.header->str, ==, looks[i].header);
	g_ptr_array_add(scan.charsets, NULL);
	charsets = g_strjoinv(" ", (char **)scan.charsets->pdata);
	g_assert_cmpstr(charsets, ==, looks[i].charsets);
	prescan_release(&scan);
	close(fd);
}

static void
test_pipe(void)
{
	struct prescan scan;
	int fds[2];

	g_assert_cmpint(pipe(fds), ==, 0);
	g_assert_false(prescan_read(fds[0], &scan));
	prescan_release(&scan);
	close(fds[0]);
	close(fds[1]);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name =
		    g_strdup_printf("/prescan/limit/%s", cases[i].name);

		g_test_add_data_func(name, &cases[i], test_limit);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(looks); i++) {
		g_autofree char *name =
		    g_strdup_printf("/prescan/look/%s", looks[i].name);

		g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_look);
	}
	g_test_add_func("/prescan/pipe", test_pipe);
	return g_test_run();
}
