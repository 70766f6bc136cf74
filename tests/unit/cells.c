/*
 * cells.c - what may stand in a column, and an invoice's lines and sums.
 */
#include "../../filter/import_row.h"
#include "../../filter/amounts.h"
#include "../../filter/invoice.h"

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
	const char *text, *currency;
	int64_t net;		/* 0: refused */
	int64_t quantity;
	int tax_bp;
};

static const struct line_case lines[] = {
	{"A;2.5;h;100.00;21%", "EUR", 25000, 2500, 2100},
	{"A;1;pc;0.99;5.5", "EUR", 99, 1000, 550},
	{"A;12.50", "EUR", 1250, 1000, 0}, {"A;0.333;kg;10.00;0", "EUR", 333, 333, 0},
	{"A;0.0005;kg;10.00;0", "EUR", 0, 0, 0}, {"A;3;pc;5;10", "JPY", 15, 3000, 1000},
	{"A;3;pc;5.5;10", "JPY", 0, 0, 0}, {"A;1;pc;-4.00;0", "EUR", -400, 1000, 0},
	{"A", "EUR", 0, 0, 0}, {"A;1;2", "EUR", 0, 0, 0},
	{";1.00", "EUR", 0, 0, 0}, {"A;-1;pc;1.00;0", "EUR", 0, 0, 0},
	{"A;1;pc;1.00;21%%", "EUR", 0, 0, 0},
	{"A;999999999;pc;9999999999999.00;0", "EUR", 0, 0, 0},
};

static void
test_line(const void *data)
{
	const struct line_case *c = data;
	char *why = NULL;
	struct invoice_line *line = invoice_line_parse(c->text, c->currency,
	    &why);

	if (c->net) {
		g_assert_nonnull(line);
		g_assert_cmpint(line->net, ==, c->net);
		g_assert_cmpint(line->quantity, ==, c->quantity);
		g_assert_cmpint(line->tax_bp, ==, c->tax_bp);
	} else {
		g_assert_null(line);
		g_assert_nonnull(why);
	}
	invoice_line_free(line);
	g_free(why);
}

/* Tax is rounded once for each rate, not once for each line. */
static void
test_sum(void)
{
	struct invoice invoice = {
		.lines = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)invoice_line_free),
	};
	char *why = NULL;

	for (int i = 0; i < 3; i++)
		g_ptr_array_add(invoice.lines, invoice_line_parse(
		    i == 1 ? "B;1;pc;1.00;10" : "A;1;pc;0.02;20", "EUR",
		    &why));
	g_assert_true(invoice_sum(&invoice));
	g_assert_cmpint(invoice.tax, ==, 11);	/* 0.04 at 20 %, 1.00 at 10 % */
	g_assert_cmpint(invoice.amount, ==, 115);
	g_ptr_array_unref(invoice.lines);
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
	g_test_add_func("/cell/characters", test_characters);
	g_test_add_func("/cell/addresses", test_addresses);
	g_test_add_func("/sum", test_sum);
	return g_test_run();
}
