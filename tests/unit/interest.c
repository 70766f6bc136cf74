/*
 * interest.c - late payment: rates in words, the rules of countries, rows of
 * interest as tables; and, into the file that INTEREST_CASES names, random
 * cases with what was counted, for a second calculation (cmd/interest.py).
 */
#include "../../filter/interest.h"
#include "../../parser/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *folders[] = {(char *)"filter/laws", NULL};

/* ---- rates in words ---------------------------------------------------------- */

static const struct {
	const char *text;
	int32_t wanted;		/* -1: refused */
} rate_cases[] = {
    {"8", 80000}, {"8 %", 80000}, {"8 % per year", 80000},
    {"8% per annum", 80000}, {"1.5 % per month", 180000},
    {"1.5%/month", 180000}, {"0.1 % per day", 365000},
    {"0.0001", 1}, {"0.00001", -1}, {"", -1}, {"%", -1}, {"-1", -1},
    {"8 per cent per year", -1}, {"1.5 % per week", -1}, {"8,5", -1},
    {"1 2", -1}, {"100", 1000000}, {"1e2", -1}, {"101 % per day", -1},
    {"99999999999999999999", -1}, {"8.", -1},
};

static void
test_rates(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rate_cases); i++) {
		int32_t rate = 0;
		bool good = interest_rate_parse(rate_cases[i].text, &rate);

		if ((good ? rate : -1) != rate_cases[i].wanted)
			g_error("\"%s\": %d", rate_cases[i].text, rate);
	}
}

static void
test_texts(void)
{
	static const struct {
		int32_t rate;
		const char *wanted;
	} cases[] = {{80000, "8 %"}, {112700, "11.27 %"}, {101500, "10.15 %"},
	    {-8800, "-0.88 %"}, {1, "0.0001 %"}, {1000, "0.1 %"}, {0, "0 %"},
	    {100000, "10 %"}};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = interest_rate_text(cases[i].rate);

		g_assert_cmpstr(text, ==, cases[i].wanted);
	}
}

/* ---- countries ------------------------------------------------------------------ */

static const struct law_case {
	const char *country, *day;
	const char *wanted;	/* rate, "?" not known, "-" none runs */
	int64_t debt, compensation;
	const char *currency;
} law_cases[] = {
    {"DE", "2026-01-01", "10.27 %", 100000, 4000, "EUR"},
    {"DE", "2022-12-31", "8.12 %", 100000, 4000, "EUR"},
    {"DE", "2026-07-01", "?", 100000, 4000, "EUR"},
    {"at", "2025-12-31", "10.73 %", 100000, 4000, "EUR"},
    {"FR", "2025-12-31", "12.15 %", 100000, 4000, "EUR"},
    {"ES", "2025-06-30", "11.15 %", 100000, 4000, "EUR"},
    {"BE", "2025-07-01", "10.5 %", 100000, 4000, "EUR"},
    {"BE", "2024-01-01", "12.5 %", 100000, 4000, "EUR"},
    {"FI", "2025-01-01", "11.5 %", 100000, 4000, "EUR"},
    {"CZ", "2025-03-01", "12 %", 100000, 120000, "CZK"},
    {"PL", "2026-01-01", "14 %", 100000, 4000, "EUR"},
    {"SE", "2025-07-01", "10 %", 100000, 45000, "SEK"},
    {"DK", "2025-07-01", "9.75 %", 100000, 31000, "DKK"},
    {"GB", "2025-12-31", "12.25 %", 99999, 4000, "GBP"},
    {"GB", "2026-01-01", "11.75 %", 100000, 7000, "GBP"},
    {"GB", "2026-06-30", "11.75 %", 999999, 7000, "GBP"},
    {"GB", "2026-06-30", "11.75 %", 1000000, 10000, "GBP"},
    {"GB", "2026-06-30", "11.75 %", 1000000, 4000, "EUR"},
    {"IE", "2025-07-01", "10.15 %", 100000, 4000, "EUR"},
    {"IE", "2025-07-01", "10.15 %", 100001, 7000, "EUR"},
    {"IN", "2025-12-05", "16.5 %", 100000, 0, "INR"},
    {"IN", "2026-02-01", "?", 100000, 0, "INR"},
    {"RU", "2025-06-08", "21 %", 100000, 0, "RUB"},
    {"RU", "2025-06-09", "20 %", 100000, 0, "RUB"},
    {"RU", "2022-05-01", "-", 100000, 0, "RUB"},
    {"RU", "2016-07-31", "?", 100000, 0, "RUB"},
    {"US", "2025-06-09", "?", 100000, 0, "USD"},
    {"HR", "2025-06-09", "?", 100000, 4000, "EUR"},
};

static void
test_law(gconstpointer data)
{
	const struct law_case *c = data;
	g_autofree char *why = NULL, *got = NULL;
	struct law *law = law_read(folders, c->country, &why);
	int32_t rate;

	g_assert_cmpstr(why, ==, NULL);
	g_assert_nonnull(law);
	if (!law_rate(law, day_number(c->day), &rate))
		got = g_strdup("?");
	else
		got = rate == RATE_NONE ? g_strdup("-") : interest_rate_text(rate);
	g_assert_cmpstr(got, ==, c->wanted);
	g_assert_cmpint(law_compensation(law, c->debt, c->currency), ==,
	    c->compensation);
	law_free(law);
}

/* Every file is read; each state of the Union has one, but for Bulgaria. */
static void
test_all(void)
{
	g_autoptr(GDir) dir = g_dir_open(folders[0], 0, NULL);
	const char *name;
	int files = 0;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *code = g_strndup(name, 2), *why = NULL;
		struct law *law;

		if (!g_str_has_suffix(name, ".law"))
			continue;
		law = law_read(folders, code, &why);
		if (!law)
			g_error("%s: %s", name, why);
		g_assert_true(!law->rates || law->rates->known_until >=
		    day_number("2026-01-31"));
		law_free(law);
		files++;
	}
	g_assert_cmpint(files, >=, 30);
}

static void
test_bad(void)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
	    {"title x\nmargin eight\n", ":2: margin PERCENT"},
	    {"title x\nreference nothing\n", "there are no rates \"nothing\""},
	    {"title x\ncompensation 40\n",
		":2: compensation AMOUNT CURRENCY [below AMOUNT]"},
	    {"year 1\n", ":1: year 365, actual or 360"},
	    {"colour red\n", ":1: \"colour red\" is nothing that a law says"},
	    {"margin 8\n", "has no title"},
	};
	g_autofree char *dir = g_dir_make_tmp("laws.XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "xx.law", NULL);
	char *own[] = {dir, folders[0], NULL};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *why = NULL;

		g_file_set_contents(path, cases[i].text, -1, NULL);
		g_assert_null(law_read(own, "XX", &why));
		if (!why || !strstr(why, cases[i].wanted))
			g_error("%s: %s", cases[i].text, why);
	}
	remove(path);
	g_free(path);
	path = g_build_filename(dir, "ecb.rates", NULL);
	g_file_set_contents(path, "2026-07-01 1.90\nknown-until 2026-12-31\n",
	    -1, NULL);
	for (int i = 0; i < 2; i++) {
		g_autofree char *why = NULL;
		struct law *law = law_read(own + i, "ES", &why);
		int32_t rate = 0;

		g_assert_nonnull(law);
		g_assert_true(law_rate(law, day_number("2026-11-22"),
		    &rate) == (i == 0));
		g_assert_cmpint(rate, ==, i == 0 ? 99000 : 0);
		g_assert_true(law_rate(law, day_number("2025-07-01"), &rate));
		g_assert_cmpint(rate, ==, 101500);
		law_free(law);
	}
	remove(path);
	remove(dir);
}

/* ---- rows --------------------------------------------------------------------------- */

static void
print_rows(const struct interest *interest, GString *out)
{
	for (guint i = 0; i < interest->rows->len; i++) {
		const struct interest_row *row =
		    &g_array_index(interest->rows, struct interest_row, i);
		g_autofree char *rate = interest_rate_text(row->rate);
		char from[DAY_SIZE], to[DAY_SIZE];

		day_text(row->from, from);
		day_text(row->to, to);
		g_string_append_printf(out, "%s..%s %d/%d %" G_GINT64_FORMAT
		    " %s=%" G_GINT64_FORMAT "; ", from, to, row->days,
		    row->year, row->balance, rate, row->amount);
	}
	g_string_append_printf(out, "%" G_GINT64_FORMAT "%s",
	    interest->amount, interest->capped ? " capped" : "");
}

static const struct row_case {
	const char *name, *country;
	int64_t amount;
	const char *due, *until;
	const char *changes;	/* "DAY AMOUNT, …" */
	struct agreed agreed;
	const char *wanted;
} row_cases[] = {
    {"one", "ES", 100000, "2026-01-10", "2026-02-09", NULL, {0, 0, 0},
        "2026-01-11..2026-02-09 30/365 100000 10.15 %=834; 834"},
    {"half-years", "DE", 100000, "2025-12-30", "2026-01-02", NULL, {0, 0, 0},
        "2025-12-31..2026-01-02 3/365 100000 10.27 %=84; 84"},
    {"rate-changes", "ES", 100000, "2025-06-20", "2025-07-10", NULL,
        {0, 0, 0}, "2025-06-21..2025-06-30 10/365 100000 11.15 %=305; "
        "2025-07-01..2025-07-10 10/365 100000 10.15 %=278; 583"},
    {"part-paid", "ES", 100000, "2026-01-10", "2026-02-09",
        "2026-01-20 40000", {0, 0, 0},
        "2026-01-11..2026-01-20 10/365 100000 10.15 %=278; "
        "2026-01-21..2026-02-09 20/365 60000 10.15 %=334; 612"},
    {"paid-before-due", "ES", 100000, "2026-01-10", "2026-02-09",
        "2026-01-05 40000", {0, 0, 0},
        "2026-01-11..2026-02-09 30/365 60000 10.15 %=501; 501"},
    {"went-back", "ES", 100000, "2026-01-10", "2026-01-30",
        "2026-01-12 100000, 2026-01-20 -100000", {0, 0, 0},
        "2026-01-11..2026-01-12 2/365 100000 10.15 %=56; "
        "2026-01-21..2026-01-30 10/365 100000 10.15 %=278; 334"},
    {"leap-year", "DE", 100000, "2023-12-21", "2024-01-10", NULL, {0, 0, 0},
        "2023-12-22..2023-12-31 10/365 100000 12.12 %=332; "
        "2024-01-01..2024-01-10 10/366 100000 12.62 %=345; 677"},
    {"stays", "GB", 100000, "2025-06-20", "2025-07-10", NULL, {0, 0, 0},
        "2025-06-21..2025-07-10 20/365 100000 12.75 %=699; 699"},
    {"monthly-rests", "IN", 10000000, "2025-01-31", "2025-03-10", NULL,
        {0, 0, 0}, "2025-02-01..2025-02-06 6/365 10000000 20.25 %=33288; "
        "2025-02-07..2025-02-28 22/365 10000000 19.5 %=117534; "
        "2025-03-01..2025-03-10 10/365 10150822 19.5 %=54230; 205052"},
    {"key-rates", "RU", 10000000, "2025-06-01", "2025-06-15", NULL,
        {0, 0, 0}, "2025-06-02..2025-06-08 7/365 10000000 21 %=40274; "
        "2025-06-09..2025-06-15 7/365 10000000 20 %=38356; 78630"},
    {"moratorium", "RU", 10000000, "2022-03-30", "2022-10-03", NULL,
        {0, 0, 0}, "2022-03-31..2022-03-31 1/365 10000000 20 %=5479; "
        "2022-10-02..2022-10-03 2/365 10000000 7.5 %=4110; 9589"},
    {"not-known", "ES", 100000, "2026-06-20", "2026-07-01", NULL, {0, 0, 0},
        "not known"},
    {"known-to-the-day", "ES", 100000, "2026-06-20", "2026-06-30", NULL,
        {0, 0, 0}, "2026-06-21..2026-06-30 10/365 100000 10.15 %=278; 278"},
    {"agreed", "US", 100000, "2026-06-20", "2026-07-20", NULL,
        {180000, 0, 0}, "2026-06-21..2026-07-20 30/365 100000 18 %=1479; 1479"},
    {"agreed-needs-no-law", NULL, 100000, "2026-06-20", "2026-07-20", NULL,
        {180000, 0, 0}, "2026-06-21..2026-07-20 30/365 100000 18 %=1479; 1479"},
    {"cap-of-the-rate", "US", 100000, "2026-06-20", "2026-07-20", NULL,
        {180000, 100000, 0},
        "2026-06-21..2026-07-20 30/365 100000 10 %=822; 822"},
    {"cap-of-the-sum", "US", 100000, "2026-06-20", "2026-07-20", NULL,
        {180000, 0, 10000},
        "2026-06-21..2026-07-20 30/365 100000 18 %=1479; 1000 capped"},
    {"nothing-agreed", "US", 100000, "2026-06-20", "2026-07-20", NULL,
        {0, 0, 0}, "no rate"},
    {"no-law", NULL, 100000, "2026-06-20", "2026-07-20", NULL, {0, 0, 0},
        "no rate"},
    {"not-late", "ES", 100000, "2026-01-10", "2026-01-10", NULL, {0, 0, 0},
        "none"},
    {"first-day", "ES", 100000, "2026-01-10", "2026-01-11", NULL, {0, 0, 0},
        "2026-01-11..2026-01-11 1/365 100000 10.15 %=28; 28"},
    {"paid", "ES", 100000, "2026-01-10", "2026-02-10", "2026-01-10 100000",
        {0, 0, 0}, "none"},
    {"half-a-cent-up", NULL, 36500, "2026-01-10", "2026-01-11", NULL,
        {5000, 0, 0}, "2026-01-11..2026-01-11 1/365 36500 0.5 %=1; 1"},
    {"less-is-nothing", NULL, 36499, "2026-01-10", "2026-01-11", NULL,
        {5000, 0, 0}, "none"},
    {"too-much", NULL, G_MAXINT64 / 2, "2026-01-10", "2027-01-11", NULL,
        {123457, 0, 0}, "too much"},
};

static GArray *
changes_of(const char *text)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct change));
	g_auto(GStrv) parts = g_strsplit(text ? text : "", ", ", -1);

	for (char **part = parts; *part; part++) {
		g_autofree char *day = g_strndup(*part, 10);
		struct change change = {day_number(day),
		    g_ascii_strtoll(*part + 10, NULL, 10)};

		g_array_append_val(out, change);
	}
	return out;
}

static void
test_row(gconstpointer data)
{
	static const char *const results[] = {[INTEREST_NONE] = "none",
	    [INTEREST_NO_RATE] = "no rate", [INTEREST_UNKNOWN] = "not known",
	    [INTEREST_TOO_MUCH] = "too much"};
	const struct row_case *c = data;
	g_autofree char *why = NULL;
	g_autoptr(GArray) changes = changes_of(c->changes);
	g_autoptr(GString) got = g_string_new(NULL);
	struct law *law = c->country ? law_read(folders, c->country, &why)
				     : NULL;
	struct debt debt = {.amount = c->amount, .due = day_number(c->due),
	    .until = day_number(c->until), .changes = changes, .law = law,
	    .agreed = c->agreed};
	struct interest interest;
	enum interest_result result = interest_count(&debt, &interest);

	if (result == INTEREST_SOME)
		print_rows(&interest, got);
	else
		g_string_append(got, results[result]);
	g_assert_cmpstr(got->str, ==, c->wanted);
	interest_release(&interest);
	law_free(law);
}

/* ---- random cases for a second calculation ------------------------------------------- */

static void
one_random(FILE *out)
{
	static const char *const countries[] = {"de", "at", "fr", "be", "cz",
	    "gb", "in", "ru", "se", "pl", "ie"};
	const char *country =
	    countries[g_test_rand_int_range(0, G_N_ELEMENTS(countries))];
	g_autofree char *why = NULL;
	g_autoptr(GArray) changes = changes_of(NULL);
	g_autoptr(GString) rows = g_string_new(NULL);
	struct law *law = law_read(folders, country, &why);
	struct debt debt = {.amount = g_test_rand_int_range(1, 50000000),
	    .law = law, .changes = changes,
	    .due = g_test_rand_int_range(day_number("2023-01-01"),
	    day_number("2026-06-01"))};
	struct interest interest;
	enum interest_result result;
	char due[DAY_SIZE], until[DAY_SIZE];

	debt.until = debt.due + g_test_rand_int_range(1, g_test_rand_int_range(2, 900));
	if (g_test_rand_int_range(0, 4) == 0)
		debt.agreed.rate = g_test_rand_int_range(1, 400000);
	day_text(debt.due, due);
	day_text(debt.until, until);
	fprintf(out, "{\"law\":\"%s\",\"amount\":%" G_GINT64_FORMAT
	    ",\"due\":\"%s\",\"until\":\"%s\",\"rate\":%d,\"changes\":[",
	    country, debt.amount, due, until, debt.agreed.rate);
	for (int n = g_test_rand_int_range(0, 4), i = 0; i < n; i++) {
		struct change change = {debt.due +
		    g_test_rand_int_range(-10, 500),
		    g_test_rand_int_range(1, 20000000)};
		char day[DAY_SIZE];

		day_text(change.day, day);
		g_array_append_val(changes, change);
		fprintf(out, "%s[\"%s\",%" G_GINT64_FORMAT "]", i ? "," : "",
		    day, change.amount);
	}
	result = interest_count(&debt, &interest);
	print_rows(&interest, rows);
	fprintf(out, "],\"result\":%d,\"rows\":\"%s\",\"sum\":%"
	    G_GINT64_FORMAT "}\n", result, rows->str, interest.amount);
	interest_release(&interest);
	law_free(law);
}

static void
test_random(void)
{
	const char *path = g_getenv("INTEREST_CASES");
	FILE *out = fopen(path ? path : "/dev/null", "w");

	g_assert_nonnull(out);
	for (int i = 0; i < 400; i++)
		one_random(out);
	g_assert_cmpint(fclose(out), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/interest/rates", test_rates);
	g_test_add_func("/interest/texts", test_texts);
	g_test_add_func("/interest/all", test_all);
	g_test_add_func("/interest/bad", test_bad);
	for (size_t i = 0; i < G_N_ELEMENTS(law_cases); i++) {
		g_autofree char *name = g_strdup_printf("/interest/law/%s-%s-%zu",
		    law_cases[i].country, law_cases[i].day, i);

		g_test_add_data_func(name, &law_cases[i], test_law);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(row_cases); i++) {
		g_autofree char *name = g_strdup_printf("/interest/rows/%s",
		    row_cases[i].name);

		g_test_add_data_func(name, &row_cases[i], test_row);
	}
	g_test_add_func("/interest/random", test_random);
	return g_test_run();
}
