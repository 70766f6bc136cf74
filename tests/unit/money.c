/* money.c - exact money: plain decimals, and 300 strings as banks and people
 * write them under the habits of their countries. */
#include "../../parser/parser.h"

#include <string.h>

#define BAD INT64_MIN

static const struct number_habit english = {".", ","};
static const struct number_habit german = {",", "."};
static const struct number_habit czech = {",", " "};
static const struct number_habit swiss = {".", "'\u2019"};
static const struct number_habit loose = {",", ". "};
static const struct number_habit bare = {".", ""};

struct read_row {
	const struct number_habit *habit;
	const char *text, *currency;
	int64_t wanted;
};

static const struct read_row read_rows[] = {
#include "money.rows"
};

static void
test_read(gconstpointer data)
{
	const struct read_row *row = data;
	int64_t got = BAD;
	bool good = money_read(row->text, row->habit, row->currency, &got);

	g_assert_cmpint(good, ==, row->wanted != BAD);
	g_assert_cmpint(got, ==, row->wanted);
}

struct parse_row {
	const char *text, *currency;
	int64_t wanted;
	const char *again;	/* as money_format writes it, NULL: the same */
};

static const struct parse_row parse_rows[] = {
	{"1234.56", "EUR", 123456, NULL},
	{"-5", "EUR", -500, "-5.00"},
	{"0", "EUR", 0, "0.00"},
	{"-0", "EUR", 0, "0.00"},
	{"0.01", "EUR", 1, NULL},
	{"-0.01", "EUR", -1, NULL},
	{"1.5", "EUR", 150, "1.50"},
	{"007.50", "EUR", 750, "7.50"},
	{"100", "JPY", 100, NULL},
	{"100.0", "JPY", BAD, NULL},
	{"1.234", "KWD", 1234, NULL},
	{"1.2345", "KWD", BAD, NULL},
	{"1.2345", "CLF", 12345, NULL},
	{"1.234", "EUR", BAD, NULL},
	{"1.", "EUR", BAD, NULL},
	{".5", "EUR", BAD, NULL},
	{"", "EUR", BAD, NULL},
	{"-", "EUR", BAD, NULL},
	{"+5", "EUR", BAD, NULL},
	{" 5", "EUR", BAD, NULL},
	{"5 ", "EUR", BAD, NULL},
	{"1,234.56", "EUR", BAD, NULL},
	{"1e3", "EUR", BAD, NULL},
	{"0x10", "EUR", BAD, NULL},
	{"nan", "EUR", BAD, NULL},
	{"inf", "EUR", BAD, NULL},
	{"--5", "EUR", BAD, NULL},
	{"5-", "EUR", BAD, NULL},
	{"1.2.3", "EUR", BAD, NULL},
	{"100000000000000.00", "EUR", INT64_C(10000000000000000), NULL},
	{"100000000000000.01", "EUR", BAD, NULL},
	{"92233720368547758.07", "EUR", BAD, NULL},
	{"99999999999999999999999999", "EUR", BAD, NULL},
	{"5.00", "XXX", BAD, NULL},
	{"5.00", "eur", BAD, NULL},
	{"5.00", "EURO", BAD, NULL},
	{"5.00", "EU", BAD, NULL},
	{"5.00", "", BAD, NULL},
	{"\xd9\xa1", "EUR", BAD, NULL},
};

static void
test_parse(gconstpointer data)
{
	const struct parse_row *row = data;
	int64_t got = BAD;
	bool good = money_parse(row->text, row->currency, &got);
	g_autofree char *again = NULL;

	g_assert_cmpint(good, ==, row->wanted != BAD);
	g_assert_cmpint(got, ==, row->wanted);
	if (!good)
		return;
	again = money_format(got, row->currency);
	g_assert_cmpstr(again, ==, row->again ? row->again : row->text);
}

static void
test_digits(void)
{
	static const struct {
		const char *currency;
		int digits;
	} rows[] = {{"EUR", 2}, {"HUF", 2}, {"IDR", 2}, {"JPY", 0},
	    {"ISK", 0}, {"KRW", 0}, {"CLP", 0}, {"VND", 0}, {"BHD", 3},
	    {"IQD", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4}, {"MGA", 2},
	    {"XAU", -1}, {"XTS", -1}, {"DEM", 2}, {"DDM", -1}, {"ABC", -1}};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpint(money_digits(rows[i].currency), ==,
		    rows[i].digits);
	g_assert_cmpint(money_digits(NULL), ==, -1);
}

/* What is written is read back, over all sizes and numbers of digits. */
static void
test_round_trip(void)
{
	static const char *const currencies[] = {"EUR", "JPY", "KWD", "CLF"};

	for (int64_t value = 1; value < INT64_C(9000000000000000);
	    value = value * 3 + 1)
		for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++)
			for (int sign = -1; sign <= 1; sign += 2) {
				g_autofree char *text = money_format(
				    sign * value, currencies[i]);
				int64_t got;

				g_assert_true(money_parse(text, currencies[i],
				    &got));
				g_assert_cmpint(got, ==, sign * value);
			}
}

static void
test_extremes(void)
{
	g_autofree char *least = money_format(INT64_MIN, "EUR");
	g_autofree char *most = money_format(INT64_MAX, "JPY");

	g_assert_cmpstr(least, ==, "-92233720368547758.08");
	g_assert_cmpstr(most, ==, "9223372036854775807");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/money/digits", test_digits);
	g_test_add_func("/money/round-trip", test_round_trip);
	g_test_add_func("/money/extremes", test_extremes);
	for (size_t i = 0; i < G_N_ELEMENTS(parse_rows); i++) {
		g_autofree char *name = g_strdup_printf("/money/parse/%zu-%s",
		    i, *parse_rows[i].text ? parse_rows[i].text : "empty");

		g_test_add_data_func(name, &parse_rows[i], test_parse);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(read_rows); i++) {
		g_autofree char *name = g_strdup_printf("/money/read/%zu", i);

		g_test_add_data_func(name, &read_rows[i], test_read);
	}
	return g_test_run();
}
