/* read.c - whole messages through parser_read: hostile ones end as the event
 * that they should, whatever they are, and the parser lives on. Kinds of sane
 * mail: tests/golden. */
#include "../../parser/parser.h"
#include "bytes.h"

#include <sys/resource.h>

#define H "From: Bank <notify@bank.example>\nTo: me@clerk.example\n" \
	"Subject: Payment received\nMessage-ID: <1@bank.example>\n" \
	"Date: Mon, 6 Jul 2026 10:00:00 +0200\nMIME-Version: 1.0\n"
#define MIXED "Content-Type: multipart/mixed; boundary=\"b\"\n\n"

struct read_case {
	const char *name, *before, *middle;
	unsigned times;
	const char *after;
	enum event_kind kind;
	bool retry;
};

static const struct read_case cases[] = {
	/* stack, memory, time: stopped before gmime */
	{"groups-90k", H "Cc: ", "a:", 45000, "\n\nbody\n", EVENT_UNREADABLE,
	    true},
	{"groups-in-embedded", H "Content-Type: message/rfc822\n\nCc: ", "a:",
	    45000, "\n\nbody\n", EVENT_UNREADABLE, true},
	{"parts-24M", H MIXED, "--b\n\nx\n", 200000, "--b--\n",
	    EVENT_UNREADABLE, true},
	{"nested-10000", H "Content-Type: message/rfc822\n\n",
	    "Subject: s\nContent-Type: message/rfc822\n\n", 10000, "x\n",
	    EVENT_UNREADABLE, true},
	{"headers-200k", H, "X-H: v\n", 200000, "\nbody\n", EVENT_UNREADABLE,
	    true},
	{"header-50M", H "X-Long: ", "aaaaaaaaaaaaaaaa", 3000000, "\n\nbody\n",
	    EVENT_UNREADABLE, true},
	{"words-350k", H "X: ", "=?utf-8?q?a?=\n ", 350000, "\n\nbody\n",
	    EVENT_UNREADABLE, true},
	{"addresses-200k", H "Cc: ", "a@x.example, ", 200000, "\n\nbody\n",
	    EVENT_UNREADABLE, true},
	{"comments-1M", H "Reply-To: ", "(", 1000000, "\n\nbody\n",
	    EVENT_UNREADABLE, true},
	{"references-1M", H "References: ", "<a@b> ", 1000000, "\n\nbody\n",
	    EVENT_UNREADABLE, true},
	{"parameters-100k", H "Content-Type: text/plain", ";\n p=v", 100000,
	    "\n\nbody\n", EVENT_UNREADABLE, true},
	{"rfc2231-100k", H "Content-Type: text/plain", ";\n name*1*=a", 100000,
	    "\n\nbody\n", EVENT_UNREADABLE, true},
	{"line-64M", H "\n", "0123456789abcdef", 4000000, "\n",
	    EVENT_UNREADABLE, true},

	/* up to the limits it is read */
	{"nested-50", H "Content-Type: message/rfc822\n\n",
	    "Subject: s\nContent-Type: message/rfc822\n\n", 50, "x\n",
	    EVENT_OTHER, false},
	{"parts-1900", H MIXED, "--b\n\nx\n", 1900, "--b--\n", EVENT_OTHER,
	    false},
	{"boundaries-that-begin-each-other", H
	    "Content-Type: multipart/mixed; boundary=\"a\"\n\n--a\n"
	    "Content-Type: multipart/mixed; boundary=\"aa\"\n\n--aa\n\n",
	    "-----------------------------------------\n", 100000, "",
	    EVENT_OTHER, false},
	{"text-6M", H "\n", "lorem ipsum dolor sit amet consectetur elit 01234"
	    "\n", 120000, "", EVENT_OTHER, false},
	{"comments-200", H "Reply-To: ", "(", 200, "\n\nbody\n", EVENT_OTHER,
	    false},
	{"groups-39", H "Cc: ", "a:", 39, "\n\nbody\n", EVENT_OTHER, false},
	{"quotes", H "In-Reply-To: <a@b.example>\n\n", ">", 500000, "\n",
	    EVENT_REPLY, false},
	{"lines-in-a-reply", H "In-Reply-To: <a@b.example>\n\n", "a:\n", 60000,
	    "", EVENT_REPLY, false},
	{"html-only", H "Content-Type: text/html\n\n", "<div>", 100000, "",
	    EVENT_OTHER, false},

	/* not mail */
	{"empty", "", "", 0, "", EVENT_UNREADABLE, false},
	{"newline", "\n", "", 0, "", EVENT_UNREADABLE, false},
	{"prose", "Dear all,\nhello\n", "", 0, "", EVENT_UNREADABLE, false},
	{"foreign-fields", "A: b\nC: d\n\nx\n", "", 0, "", EVENT_UNREADABLE,
	    false},
	{"binary", "\x7f" "ELF\x02\x01", "\x80\xff\x01", 100000, "",
	    EVENT_UNREADABLE, false},
	{"xml", "<?xml version=\"1.0\"?>\n<Document/>\n", "", 0, "",
	    EVENT_UNREADABLE, false},

	/* odd, but mail */
	{"header-only", H, "", 0, "", EVENT_OTHER, false},
	{"mbox", "From x@y Mon Jul  6 10:00:00 2026\n" H "\nx\n", "", 0, "",
	    EVENT_OTHER, false},
	{"truncated", H MIXED "--b\nContent-Type: application/pdf\n"
	    "Content-Transfer-Encoding: base64\n\nAAAA", "", 0, "", EVENT_OTHER,
	    false},
	{"utf-16", H "Content-Type: text/plain; charset=utf-16\n\n\xff\xfe"
	    "E", "", 0, "", EVENT_OTHER, false},
	{"charset-path", H "Content-Type: text/plain; "
	    "charset=\"../../../../tmp/evil\"\n\n\xff\n", "", 0, "",
	    EVENT_OTHER, false},
	{"no-boundary", H "Content-Type: multipart/mixed\n\n--\nx\n", "", 0, "",
	    EVENT_OTHER, false},
	{"date-absurd", "From: a@b.example\n"
	    "Date: 99 Foo 99999999999 77:88:99 +9999\n\nx\n", "", 0, "",
	    EVENT_OTHER, false},
	{"parameter-loop", H "Content-Type: text/plain; KKKKKKKKKKKKKKKKKKKKKKKKKK"
	    "KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK=\"\xd1\x9c\"\n\nx\n",
	    "", 0, "", EVENT_OTHER, false},
	{"uuencode", H "\nbegin 644 a.csv\n#0V%T\n`\nend\n", "", 0, "",
	    EVENT_OTHER, false},
};

static struct parser *
new_parser(void)
{
	static const char *const banks[] = {"parser/banks", NULL};
	static const char *const words[] = {"parser/words", NULL};
	struct parser_options options = {
		.bank_dirs = banks, .words_dirs = words,
		.authserv_id = "mx.clerk.example", .now = 1795334400,
		.timeout_ms = 30000,
	};
	char *why = NULL;
	struct parser *parser = parser_new(&options, &why);

	if (!parser)
		g_test_message("%s", why);
	g_assert_nonnull(parser);
	return parser;
}

static void
test_case(gconstpointer data)
{
	const struct read_case *row = data;
	g_autoptr(GString) text = bytes_repeat(row->before, row->middle,
	    row->times, row->after);
	int fd = bytes_fd(text->str, text->len);
	struct parser *parser = new_parser();
	bool retry;
	GPtrArray *events = parser_read(parser, fd, &retry);
	struct event *event = events->pdata[0];
	struct rusage usage;

	g_assert_cmpstr(event_kind_name(event_kind(event)), ==,
	    event_kind_name(row->kind));
	g_assert_cmpint(retry, ==, row->retry);
	g_assert_cmpint(events->len, ==, 1);
	if (row->kind == EVENT_UNREADABLE)
		g_assert_nonnull(event_get(event, EVENT_WHY));
	getrusage(RUSAGE_CHILDREN, &usage);
	g_assert_cmpint(usage.ru_maxrss, <, 800 << 10);
	g_assert_cmpint(lseek(fd, 0, SEEK_CUR), ==, 0);
	g_ptr_array_unref(events);
	parser_free(parser);
	close(fd);
}

/* Nothing that a message could hold makes the reader fail: seeded noise with
 * the words that parsers stumble over. */
static void
test_noise(void)
{
	static const char *const bits[] = {"From: ", "\n", "\r\n", "a@b.example",
	    "Content-Type: ", "multipart/mixed", "; boundary=", "b", "\"", "--b",
	    "--", "message/rfc822", "text/plain", "Subject: ", "=?utf-8?b?", "?=",
	    "=", "QUI=", "\xff", " ", "\t", ":", ";", "(", ")", "<", ">", ",",
	    "Content-Transfer-Encoding: base64\n", "charset=iso-2022-jp",
	    "\x1b$B", "Date: Mon, 6 Jul 2026 10:00:00 +0200\n",
	    "Content-Disposition: attachment; filename*0*=utf-8''a",
	    "message/delivery-status", "Auto-Submitted: auto-replied\n"};
	GRand *rand = g_rand_new_with_seed(48);
	struct parser *parser = new_parser();

	for (int round = 0; round < 200; round++) {
		g_autoptr(GString) text = g_string_new("Subject: x\n");
		bool retry;
		GPtrArray *events;
		int fd;

		for (int i = 0; i < 200; i++)
			g_string_append(text, bits[g_rand_int_range(rand, 0,
			    G_N_ELEMENTS(bits))]);
		fd = bytes_fd(text->str, text->len);
		events = parser_read(parser, fd, &retry);
		g_assert_cmpint(events->len, >, 0);
		g_assert_false(retry);
		g_ptr_array_unref(events);
		close(fd);
	}
	parser_free(parser);
	g_rand_free(rand);
}

static void
test_not_a_file(void)
{
	struct parser *parser = new_parser();
	bool retry;
	GPtrArray *events = parser_read(parser, -1, &retry);

	g_assert_cmpint(event_kind(events->pdata[0]), ==, EVENT_UNREADABLE);
	g_assert_true(retry);
	g_ptr_array_unref(events);
	parser_free(parser);
}

static bool
never(struct event *event, void *user)
{
	(void)event;
	(void)user;
	g_assert_not_reached();
	return false;
}

/* No helper: a statement is refused with a reason. */
static void
test_statement(void)
{
	struct parser *parser = new_parser();
	int fd = bytes_fd("<Document/>", 11);
	char *why = NULL;

	g_assert_cmpint(parser_read_statement(parser, fd, never, NULL, &why),
	    ==, STATEMENT_REFUSED);
	g_assert_nonnull(why);
	g_free(why);
	close(fd);
	parser_free(parser);
}

static void
test_check(void)
{
	struct parser *parser = new_parser();
	char **problems = parser_check(parser);

	for (char **p = problems; *p; p++)
		g_test_message("%s", *p);
	g_assert_null(problems[0]);
	g_strfreev(problems);
	parser_free(parser);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name =
		    g_strdup_printf("/read/%s", cases[i].name);

		g_test_add_data_func(name, &cases[i], test_case);
	}
	g_test_add_func("/read/noise", test_noise);
	g_test_add_func("/read/not-a-file", test_not_a_file);
	g_test_add_func("/read/statement", test_statement);
	g_test_add_func("/read/check", test_check);
	return g_test_run();
}
