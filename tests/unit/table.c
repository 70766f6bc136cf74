/* table.c - CSV and JSON Lines: rows as text "LINE:json", bad lines as
 * "LINE! why". */
#include "../../parser/parser.h"

#include <string.h>

struct table_case {
	const char *name, *input, *wanted;
};

static const struct table_case rows[] = {
	{"comma", "a,b\n1,2\n3,4\n",
	    "2:{\"a\":\"1\",\"b\":\"2\"}\n3:{\"a\":\"3\",\"b\":\"4\"}\n"},
	{"semicolon", "a;b\n1,5;2\n", "2:{\"a\":\"1,5\",\"b\":\"2\"}\n"},
	{"tab", "a\tb\n1;x\t2\n", "2:{\"a\":\"1;x\",\"b\":\"2\"}\n"},
	{"bom-crlf", "\xef\xbb\xbf" "A,B b\r\n1,2\r\n",
	    "2:{\"a\":\"1\",\"b_b\":\"2\"}\n"},
	{"cr", "a,b\r1,2\r3,4", "2:{\"a\":\"1\",\"b\":\"2\"}\n"
	    "3:{\"a\":\"3\",\"b\":\"4\"}\n"},
	{"quotes", "a,b\n\"x, \"\"y\"\"\",\"2\nlines\"\n5,6\n",
	    "2:{\"a\":\"x, \\\"y\\\"\",\"b\":\"2\\nlines\"}\n"
	    "4:{\"a\":\"5\",\"b\":\"6\"}\n"},
	{"quoted-crlf", "a\r\n\"1\r\n2\"\r\n", "2:{\"a\":\"1\\n2\"}\n"},
	{"blank-lines", "\na\n\n1\n\n", "4:{\"a\":\"1\"}\n"},
	{"spaces", "a , b\n 1 , \"2\" \n", "2:{\"a\":\"1\",\"b\":\"2\"}\n"},
	{"empty-fields", "a,b,c\n,,\n",
	    "2:{\"a\":\"\",\"b\":\"\",\"c\":\"\"}\n"},
	{"no-last-newline", "a\n1", "2:{\"a\":\"1\"}\n"},
	{"quoted-separator-in-header", "\"a;b\",c\n1,2\n",
	    "2:{\"a;b\":\"1\",\"c\":\"2\"}\n"},
	{"too-few", "a,b\n1\n2,3\n",
	    "2! 1 fields, but the header line has 2\n"
	    "3:{\"a\":\"2\",\"b\":\"3\"}\n"},
	{"too-many", "a,b\n1,2,3\n", "2! 3 fields, but the header line has 2\n"},
	{"open-quote", "a\n\"1\n2\n", "2! a quote is never closed\n"},
	{"behind-quote", "a,b\n\"1\"x,2\n3,4\n",
	    "2! text behind a closing quote\n3:{\"a\":\"3\",\"b\":\"4\"}\n"},
	{"inner-quote", "a\n1\"2\n3\n",
	    "2! a quote inside an unquoted field\n3:{\"a\":\"3\"}\n"},
	{"not-utf8", "a\n\xff\n2\n", "2! not UTF-8 text\n3:{\"a\":\"2\"}\n"},
	{"double-column", "a,A\n1,2\n",
	    "1! a column's name stands twice in the header line\n"},
	{"nameless", "a,,b\n1,2,3\n",
	    "1! a column without a name in the header line\n"},
	{"empty", "", ""},
	{"only-blanks", " \n\n", ""},
	{"only-header", "a,b\n", ""},
	{"json", "{\"a\":\"1\",\"b\":[1,2]}\n\n{\"a\":null}\n",
	    "1:{\"a\":\"1\",\"b\":[1,2]}\n3:{\"a\":null}\n"},
	{"json-crlf", "{\"a\":\"1\"}\r\n{\"a\":\"2\"}\r\n",
	    "1:{\"a\":\"1\"}\n2:{\"a\":\"2\"}\n"},
	{"json-array", "{\"a\":1}\n[1]\n{\"a\":2}",
	    "1:{\"a\":1}\n2! not a JSON object\n3:{\"a\":2}\n"},
	{"json-twice", "{\"a\":1,\"a\":2}\n", "1! duplicate object key near '\"a\"'\n"},
};

static bool
on_row(unsigned line, json_t *row, void *user)
{
	char *text = json_dumps(row, JSON_COMPACT);

	g_string_append_printf(user, "%u:%s\n", line, text);
	free(text);
	return true;
}

static void
on_bad(unsigned line, const char *why, void *user)
{
	g_string_append_printf(user, "%u! %s\n", line, why);
}

static void
test_table(gconstpointer data)
{
	const struct table_case *row = data;
	g_autoptr(GString) got = g_string_new(NULL);

	table_read(row->input, strlen(row->input), on_row, on_bad, got);
	g_assert_cmpstr(got->str, ==, row->wanted);
}

static bool
stop(unsigned line, json_t *row, void *user)
{
	(void)line;
	(void)row;
	return ++*(int *)user < 2;
}

static void
no_bad(unsigned line, const char *why, void *user)
{
	(void)line;
	(void)why;
	(void)user;
	g_assert_not_reached();
}

static void
test_stop(void)
{
	const char *csv = "a\n1\n2\n3\n", *lines = "{}\n{}\n{}\n";
	int count = 0;

	table_read(csv, strlen(csv), stop, no_bad, &count);
	g_assert_cmpint(count, ==, 2);
	count = 0;
	table_read(lines, strlen(lines), stop, no_bad, &count);
	g_assert_cmpint(count, ==, 2);
}

/* A NUL is no text, and the end is where length says. */
static void
test_nul(void)
{
	g_autoptr(GString) got = g_string_new(NULL);

	table_read("a\n1\0" "2\n3\nxx", 8, on_row, on_bad, got);
	g_assert_cmpstr(got->str, ==, "2! not UTF-8 text\n3:{\"a\":\"3\"}\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name =
		    g_strdup_printf("/table/%s", rows[i].name);

		g_test_add_data_func(name, &rows[i], test_table);
	}
	g_test_add_func("/table/stop", test_stop);
	g_test_add_func("/table/nul", test_nul);
	return g_test_run();
}
