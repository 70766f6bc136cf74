/*
 * cells.c - what may stand in a column, and an invoice's lines and sums.
 */
#include "../../filter/import_row.h"
#include "../../filter/amounts.h"
#include "../../filter/invoice.h"
#include "../../filter/invoice_number.h"
#include "../../filter/invoice_party.h"

#include <stdlib.h>
#include <string.h>

/* templates/letter.h: the last gate in front of a letter. */
bool text_is_clean(const char *text, bool lines);
bool address_is_valid(const char *address, size_t length);

struct cell_case {
	enum cell_kind kind;
	const char *text;
	const char *canonical;	/* NULL: refused */
};

static const struct cell_case cells[] = {
	{CELL_TEXT, "plain", "plain"}, {CELL_TEXT, "a\tb", NULL},
	{CELL_TEXT, "a\nb", NULL}, {CELL_TEXT, "a\x7f", NULL},
	{CELL_TEXT, "a\u202eb", NULL}, {CELL_TEXT, "a\u2066b", NULL},
	{CELL_TEXT, "a\xc2\x85 b", NULL}, {CELL_LINES, "a\nb", "a\nb"},
	{CELL_LINES, "a\x1b[0m", NULL},
	{CELL_EMAIL, "a@b.example", "a@b.example"}, {CELL_EMAIL, "a", NULL},
	{CELL_EMAIL, "a@b", NULL}, {CELL_EMAIL, "@b.example", NULL},
	{CELL_EMAIL, "a@b.example,c@d.example", NULL},
	{CELL_EMAIL, "a b@c.example", NULL},
	{CELL_EMAIL, "<a@b.example>", NULL},
	{CELL_EMAIL, "a@b.example\r\nBcc: x@y.example", NULL},
	{CELL_EMAIL, "a@b\u0430nk.example", NULL},
	{CELL_EMAILS, "a@b.example ; c@d.example", "a@b.example,c@d.example"},
	{CELL_EMAILS, "a@b.example,", NULL},
	{CELL_DAY, "2024-02-29", "2024-02-29"},
	{CELL_DAY, "2026-02-29", NULL}, {CELL_DAY, "26-02-20", NULL},
	{CELL_MONEY, "0.01", "0.01"}, {CELL_MONEY, "-5", "-5"},
	{CELL_MONEY, "1,000.00", NULL}, {CELL_MONEY, "1.", NULL},
	{CELL_MONEY, ".5", NULL}, {CELL_MONEY, "+1", NULL},
	{CELL_MONEY, "1e2", NULL}, {CELL_MONEY, "--1", NULL},
	{CELL_CURRENCY, "eur", "EUR"}, {CELL_CURRENCY, "EURO", NULL},
	{CELL_COUNT, "14", "14"}, {CELL_COUNT, "-1", NULL},
	{CELL_COUNT, "3651", NULL}, {CELL_COUNT, "x", NULL},
	{CELL_PERCENT, "2.5", "2.5"}, {CELL_PERCENT, "100", "100"},
	{CELL_PERCENT, "100.01", NULL}, {CELL_PERCENT, "-1", NULL},
	{CELL_PERCENT, "1.234", NULL}, {CELL_YES, "Yes", "Yes"},
	{CELL_YES, "perhaps", NULL}, {CELL_LIST, " a , b;c||d ", "a\nb\nc\nd"},
	{CELL_COUNTRY, "de", "DE"}, {CELL_COUNTRY, "DEU", NULL},
	{CELL_COUNTRY, "1A", NULL}, {CELL_LANGUAGE, "pt-BR", "pt-BR"},
	{CELL_LANGUAGE, "e", NULL}, {CELL_LANGUAGE, "../en", NULL},
	{CELL_ZONE, "Europe/Prague", "Europe/Prague"},
	{CELL_ZONE, "UTC", "UTC"}, {CELL_ZONE, "Prague", NULL},
};

static void
test_cell(const void *data)
{
	const struct cell_case *c = data;
	char *text = g_strdup(c->text);
	char *why = cell_check(c->kind, &text);

	if (c->canonical) {
		g_assert_null(why);
		g_assert_cmpstr(text, ==, c->canonical);
	} else {
		g_assert_nonnull(why);
		g_assert_cmpint((int)strlen(why), >, 3);
	}
	g_free(why);
	g_free(text);
}

static bool
is_taken(enum cell_kind kind, const char *given)
{
	char *text = g_strdup(given);
	char *why = cell_check(kind, &text);
	bool taken = !why;

	g_free(why);
	g_free(text);
	return taken;
}

/* What a table lets in is what a letter takes: each character there is. */
static void
test_characters(void)
{
	unsigned refused = 0;

	for (gunichar c = 1; c <= 0x10ffff; c++) {
		char text[16] = "a";
		int n;

		if (!g_unichar_validate(c))
			continue;
		n = g_unichar_to_utf8(c, text + 1);
		text[1 + n] = 'b';
		text[2 + n] = '\0';
		if (is_taken(CELL_TEXT, text) != text_is_clean(text, false))
			g_error("U+%04X: table and letter differ", c);
		refused += !text_is_clean(text, false);
	}
	g_assert_cmpint(refused, >, 100);
}

/* And each address, over short ones made of what matters. */
static void
test_addresses(void)
{
	static const char alphabet[] = "aab@.-+\"\xc3";
	unsigned taken = 0;

	for (unsigned n = 0; n < 300000; n++) {
		char text[24], *p = text;
		unsigned long dice = n * 2654435761UL;
		size_t length = 1 + n / 4 % 6;

		if (n % 3 == 0)
			*p++ = 'x';
		for (; p < text + length; dice /= sizeof alphabet - 1)
			*p++ = alphabet[dice % (sizeof alphabet - 1)];
		*p = '\0';
		if (n % 2)
			g_strlcat(text, "a@b.c", sizeof text);
		if (is_taken(CELL_EMAIL, text) !=
		    address_is_valid(text, strlen(text)))
			g_error("'%s': table and letter differ", text);
		taken += is_taken(CELL_EMAIL, text);
	}
	g_assert_cmpint(taken, >, 100);
}

struct share_case {
	int64_t amount, numerator, denominator, wanted;
	bool fits;
};

static const struct share_case shares[] = {
	{100, 2100, 10000, 21, true}, {5, 1, 2, 3, true}, {-5, 1, 2, -3, true},
	{4, 1, 10, 0, true}, {INT64_MAX, 2, 1, 0, false},
	{INT64_MAX / 10000, 10000, 10000, INT64_MAX / 10000, true},
};

static void
test_share(const void *data)
{
	const struct share_case *c = data;
	int64_t out = 0;

	g_assert_true(money_share(c->amount, c->numerator, c->denominator,
	    &out) == c->fits);
	if (c->fits)
		g_assert_cmpint(out, ==, c->wanted);
}

struct line_case {
	const char *text;
	const char *json;	/* sorted; NULL: refused */
};

static const struct line_case lines[] = {
	{"A;2.5;h;100.00;21%", "{\"price\":\"100.00\",\"quantity\":\"2.5\","
	    "\"rate\":\"21\",\"text\":\"A\",\"unit\":\"h\"}"},
	{"A ; 12.50", "{\"price\":\"12.50\",\"quantity\":\"1\",\"text\":\"A\"}"},
	{"A;1;;0.99;0 Z", "{\"category\":\"Z\",\"price\":\"0.99\","
	    "\"quantity\":\"1\",\"rate\":\"0\",\"text\":\"A\"}"},
	{"A;1;pc;5;AE", "{\"category\":\"AE\",\"price\":\"5\","
	    "\"quantity\":\"1\",\"text\":\"A\",\"unit\":\"pc\"}"},
	{"A;-1;pc;5", "{\"price\":\"5\",\"quantity\":\"-1\",\"text\":\"A\","
	    "\"unit\":\"pc\"}"},
	{"A\\; B;5;discount=10%;note=x=y", "{\"discount_percent\":\"10\","
	    "\"note\":\"x=y\",\"price\":\"5\",\"quantity\":\"1\","
	    "\"text\":\"A; B\"}"},
	{"A;5;discount=1.50;discount=2;charge=5 %", "{\"allowances\":[{"
	    "\"amount\":\"1.50\"},{\"amount\":\"2\"}],\"charges\":[{"
	    "\"percent\":\"5\"}],\"price\":\"5\",\"quantity\":\"1\","
	    "\"text\":\"A\"}"},
	{"A;5;period=2026-11-01..2026-11-30", "{\"period\":{\"from\":"
	    "\"2026-11-01\",\"to\":\"2026-11-30\"},\"price\":\"5\","
	    "\"quantity\":\"1\",\"text\":\"A\"}"},
	{"a=b;1.00", "{\"price\":\"1.00\",\"quantity\":\"1\",\"text\":\"a=b\"}"},
	{"A", NULL}, {"A;1;2", NULL}, {";1.00", NULL}, {"", NULL}, {";;;;", NULL},
	{"A;1;pc;1;21;22", NULL}, {"A;1;colour=red", NULL},
	{"A\nB;1", NULL}, {"A;1;note=\x07", NULL}, {"A\xff;1", NULL},
	{"A;5;period=2026-11", NULL},
};

static void
test_line(const void *data)
{
	const struct line_case *c = data;
	g_autofree char *why = NULL;
	json_t *line = invoice_line_parse(c->text, &why);
	char *text = line ? json_dumps(line, JSON_COMPACT | JSON_SORT_KEYS)
			  : NULL;

	g_assert_cmpstr(text, ==, c->json);
	g_assert_true((line == NULL) == (why != NULL));
	json_decref(line);
	free(text);
}

static const struct line_case allowances[] = {
	{"Loyal;10%", "{\"percent\":\"10\",\"reason\":\"Loyal\"}"},
	{"Loyal;5.00;S;21", "{\"amount\":\"5.00\",\"category\":\"S\","
	    "\"rate\":\"21\",\"reason\":\"Loyal\"}"},
	{"Freight;5;E", "{\"amount\":\"5\",\"category\":\"E\","
	    "\"reason\":\"Freight\"}"},
	{"Loyal", NULL}, {";5", NULL}, {"a;;S;21", NULL}, {"a;1;S;2;3", NULL},
};

static void
test_allowance(const void *data)
{
	const struct line_case *c = data;
	g_autofree char *why = NULL;
	json_t *one = invoice_allowance_parse(c->text, &why);
	char *text = one ? json_dumps(one, JSON_COMPACT | JSON_SORT_KEYS)
			 : NULL;

	g_assert_cmpstr(text, ==, c->json);
	g_assert_true((one == NULL) == (why != NULL));
	json_decref(one);
	free(text);
}

/* ---- numbers ---------------------------------------------------------------------- */

struct number_case {
	const char *pattern, *reset, *date, *customer;
	int64_t counter;
	const char *series, *number;	/* series NULL: a bad pattern */
};

static const struct number_case numbers[] = {
	{"{YYYY}-{NNNN}", "pattern", "2026-03-09", "C1", 7, "2026-{N}", "2026-0007"},
	{"{YYYY}-{NNNN}", "never", "2026-03-09", "C1", 7, "{YYYY}-{N}", "2026-0007"},
	{"{YYYY}{MM}/{NNN}", "pattern", "2026-03-09", "C1", 12, "202603/{N}", "202603/012"},
	{"{YYYY}{MM}/{NNN}", "year", "2026-03-09", "C1", 12, "2026{MM}/{N}", "202603/012"},
	{"R{YY}-{N}-X", "year", "2026-03-09", "C1", 12345, "R26-{N}-X", "R26-12345-X"},
	{"{CUSTOMER}-{NN}", "pattern", "2026-03-09", "ACME", 3, "ACME-{N}", "ACME-03"},
	{"F{NNNNNN}", "pattern", "2026-03-09", "C1", 42, "F{N}", "F000042"},
	{"{NN}", "pattern", "2026-03-09", "C1", 100, "{N}", "100"},
	{"{YYYY}", "pattern", NULL, NULL, 0, NULL, NULL},
	{"{NN}{NN}", "pattern", NULL, NULL, 0, NULL, NULL},
	{"{MM}-{NN}", "pattern", NULL, NULL, 0, NULL, NULL},
	{"{NNNN}", "year", NULL, NULL, 0, NULL, NULL},
	{"{YYYY}-{NNNN}", "month", NULL, NULL, 0, NULL, NULL},
	{"{YYYY-{NNNN}", "pattern", NULL, NULL, 0, NULL, NULL},
	{"{year}-{NN}", "pattern", NULL, NULL, 0, NULL, NULL},
	{"", "pattern", NULL, NULL, 0, NULL, NULL},
};

static void
test_number(const void *data)
{
	const struct number_case *c = data;
	const struct series_facts facts = {c->date, c->customer};
	g_autofree char *why = series_pattern_check(c->pattern, c->reset);
	g_autofree char *series = NULL, *number = NULL;
	int width = 0;

	g_assert_true((why == NULL) == (c->series != NULL));
	if (why)
		return;
	series = series_of(c->pattern, c->reset, &facts, &width);
	g_assert_cmpstr(series, ==, c->series);
	number = series_number(series, width, c->date, c->counter);
	g_assert_cmpstr(number, ==, c->number);
	g_assert_cmpint(series_counter(series, width, number), ==, c->counter);
}

struct counter_case {
	const char *series;
	int width;
	const char *number;
	int64_t counter;
};

static const struct counter_case counters[] = {
	{"2026-{N}", 4, "2026-0012", 12}, {"2026-{N}", 4, "2026-12345", 12345},
	{"2026-{N}", 4, "2026-101", 0}, {"2026-{N}", 0, "2026-101", 101},
	{"2026-{N}", 4, "2025-0012", 0}, {"2026-{N}", 4, "2026-0012a", 0},
	{"2026-{N}", 4, "2026-", 0}, {"2026-{N}", 4, "2026-00012", 0},
	{"{YYYY}-{N}", 4, "2031-0012", 12}, {"{YYYY}-{N}", 4, "31-0012", 0},
	{"2026-{N}", 4, "2026-9999999999999", 0},
};

static void
test_counter(const void *data)
{
	const struct counter_case *c = data;

	g_assert_cmpint(series_counter(c->series, c->width, c->number), ==,
	    c->counter);
}

/* ---- addresses ---------------------------------------------------------------------- */

struct address_case {
	const char *text, *country;
	const char *json;
};

static const struct address_case addresses[] = {
	{"Acme\nHauptstr. 1\n12345 Berlin", "DE", "{\"city\":\"Berlin\","
	    "\"postcode\":\"12345\",\"street\":\"Hauptstr. 1\"}"},
	{"Hauptstr. 1, D-12345 Berlin", "DE", "{\"city\":\"Berlin\","
	    "\"postcode\":\"12345\",\"street\":\"Hauptstr. 1\"}"},
	{"Dlouhá 5\n2. patro\n110 00 Praha 1", "CZ", "{\"city\":\"Praha 1\","
	    "\"postcode\":\"110 00\",\"street\":\"Dlouhá 5\","
	    "\"street2\":\"2. patro\"}"},
	{"10 Downing Street\nLondon SW1A 2AA", "GB", "{\"city\":\"London\","
	    "\"postcode\":\"SW1A 2AA\",\"street\":\"10 Downing Street\"}"},
	{"1200 Main Street\nSpringfield, IL 62704", "US", "{\"city\":"
	    "\"Springfield\",\"postcode\":\"62704\",\"region\":\"IL\","
	    "\"street\":\"1200 Main Street\"}"},
	{"Herengracht 1\n1015 BA Amsterdam", "NL", "{\"city\":\"Amsterdam\","
	    "\"postcode\":\"1015 BA\",\"street\":\"Herengracht 1\"}"},
	{"Acme\n1200 Main Street", "DE", "{\"street\":\"1200 Main Street\"}"},
	{"12345 Berlin", "DE", "{\"street\":\"12345 Berlin\"}"},
	{"Hauptstr. 1\n12345 Berlin", NULL, "{\"street\":\"Hauptstr. 1\","
	    "\"street2\":\"12345 Berlin\"}"},
};

static void
test_address(const void *data)
{
	const struct address_case *c = data;
	json_t *address = json_object();
	char *text;

	address_split(c->text, "Acme", c->country, address);
	text = json_dumps(address, JSON_COMPACT | JSON_SORT_KEYS);
	g_assert_cmpstr(text, ==, c->json);
	free(text);
	json_decref(address);
}

static void
add(const char *group, size_t i, const void *data, GTestDataFunc test)
{
	g_autofree char *path = g_strdup_printf("/%s/%zu", group, i);

	g_test_add_data_func(path, data, test);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
		add("cell", i, &cells[i], test_cell);
	for (size_t i = 0; i < G_N_ELEMENTS(shares); i++)
		add("share", i, &shares[i], test_share);
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		add("line", i, &lines[i], test_line);
	for (size_t i = 0; i < G_N_ELEMENTS(allowances); i++)
		add("allowance", i, &allowances[i], test_allowance);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		add("number", i, &numbers[i], test_number);
	for (size_t i = 0; i < G_N_ELEMENTS(counters); i++)
		add("counter", i, &counters[i], test_counter);
	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++)
		add("address", i, &addresses[i], test_address);
	g_test_add_func("/cell/characters", test_characters);
	g_test_add_func("/cell/addresses", test_addresses);
	return g_test_run();
}
