/*
 * Holidays: the days off of every country that the data file names, against
 * a table of five years; the grammar of the file, and what is refused.
 */
#include "../../filter/remind.h"

#include <stdlib.h>
#include <string.h>

/* ---- the shipped file against the table ------------------------------------- */

static void
test_year(gconstpointer data)
{
	g_auto(GStrv) words = g_strsplit(data, " ", -1);
	const struct holidays *days = holidays_of(words[0]);
	g_autoptr(GString) found = g_string_new(NULL);
	g_autofree char *first = g_strdup_printf("%s-01-01", words[1]);
	g_autofree char *last = g_strdup_printf("%s-12-31", words[1]);
	int32_t end = day_number(last);

	g_assert_nonnull(days);
	g_string_printf(found, "%s %s", words[0], words[1]);
	for (int32_t day = day_number(first); day <= end; day++) {
		char text[DAY_SIZE];

		if (day_weekday(day) >= 5) {
			g_assert_true(holidays_off(days, day));
			continue;
		}
		day_text(day, text);
		if (holidays_off(days, day))
			g_string_append_printf(found, " %.2s%.2s", text + 5,
			    text + 8);
	}
	g_assert_cmpstr(found->str, ==, data);
}

static int
add_years(void)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST,
	    "holidays.rows", NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	int count = 0;

	if (!g_file_get_contents(path, &text, NULL, NULL) &&
	    !g_file_get_contents("tests/unit/holidays.rows", &text, NULL, NULL))
		g_error("no table %s", path);
	lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i]; i++) {
		g_autofree char *name = NULL;

		if (!*lines[i] || *lines[i] == '#')
			continue;
		name = g_strdup_printf("/holidays/year/%.7s", lines[i]);
		g_strdelimit(name, " ", '-');
		g_test_add_data_func_full(name, g_strdup(lines[i]), test_year,
		    g_free);
		count++;
	}
	return count;
}

/* Easter Sundays as almanacs list them. */
static const struct easter_case {
	const char *country, *good_friday;
} easter_cases[] = {
    {"CZ", "2000-04-21"}, {"CZ", "2008-03-21"}, {"CZ", "2011-04-22"},
    {"CZ", "2019-04-19"}, {"CZ", "2038-04-23"}, {"CZ", "2049-04-16"},
    {"GR", "2000-04-28"}, {"GR", "2010-04-02"}, {"GR", "2013-05-03"},
    {"GR", "2019-04-26"}, {"GR", "2025-04-18"}, {"GR", "2027-04-30"},
    {"GR", "2040-05-04"}, {"GR", "2099-04-10"},
};

static void
test_easter(gconstpointer data)
{
	const struct easter_case *c = data;
	const struct holidays *days = holidays_of(c->country);
	int32_t day = day_number(c->good_friday);

	g_assert_cmpint(day_weekday(day), ==, 4);
	g_assert_true(holidays_off(days, day));
	g_assert_true(holidays_off(days, day + 3));
	g_assert_false(holidays_off(days, day + 4));
	g_assert_false(holidays_off(days, day - 1));
}

static void
test_unknown(void)
{
	g_assert_null(holidays_of("XX"));
	g_assert_null(holidays_of(NULL));
	g_assert_true(holidays_of("de") == holidays_of("DE"));
	g_assert_true(calendar_of_country("XX") == holidays_of("TARGET"));
	g_assert_true(calendar_of_country(NULL) == holidays_of("TARGET"));
	g_assert_true(calendar_of_bank("EUR", "DE89370400440532013000") ==
	    holidays_of("TARGET"));
	g_assert_true(calendar_of_bank("CZK", NULL) == holidays_of("CZ"));
	g_assert_true(calendar_of_bank("USD", "DE89370400440532013000") ==
	    holidays_of("US"));
	g_assert_true(calendar_of_bank("XAF", "FR1420041010050500013M02606")
	    == holidays_of("FR"));
	g_assert_true(calendar_of_bank(NULL, NULL) == holidays_of("TARGET"));
	g_assert_cmpint(holidays_tabled(holidays_of("TR")), >=, 2030);
	g_assert_cmpint(holidays_tabled(holidays_of("DE")), ==, 0);
}

/* ---- the grammar ----------------------------------------------------------------- */

static const struct rule_case {
	const char *rule, *days;	/* of 2026, Monday to Friday */
} rule_cases[] = {
    {"05-01", "0501"},
    {"01-01..01-08", "0101 0102 0105 0106 0107 0108"},
    {"easter -2", "0403"}, {"easter +1", "0406"}, {"orthodox +1", "0413"},
    {"3rd mon 01", "0119"}, {"1st fri 05", "0501"}, {"last mon 05", "0525"},
    {"last fri 12", "1225"}, {"4th thu 11", "1126"},
    {"mon before 05-25", "0518"}, {"fri from 06-19", "0619"},
    {"thu from 04-19", "0423"},
    {"07-04", ""}, {"07-04 sat<fri", "0703"}, {"07-04 sat>mon", "0706"},
    {"07-04 sat>next", "0706"}, {"02-01 sat>next sun>next", "0202"},
    {"12-25\n12-26 sat>next", "1225 1228"},
    {"12-28\n12-26 sat>next", "1228 1229"},
    {"09-15 tue<mon", "0914"}, {"09-17 thu>mon", "0921"},
    {"05-01 since 2026", "0501"}, {"05-01 since 2027", ""},
    {"05-01 until 2026", "0501"}, {"05-01 until 2025", ""},
    {"2026-03-19..2026-03-23 2025-05-01", "0319 0320 0323"},
    {"2026-03-22 sun>next", "0323"},
    {"weekend fri sat\n01-04", ""},
    {"01-01 # a comment\n\n# another", "0101"},
};

static void
test_rule(gconstpointer data)
{
	const struct rule_case *c = data;
	g_autofree char *text = g_strdup_printf("country XX\n%s\n", c->rule);
	g_autofree char *why = holidays_load(text);
	g_autoptr(GString) found = g_string_new(NULL);
	bool arab = strstr(c->rule, "weekend fri sat") != NULL;

	g_assert_cmpstr(why, ==, NULL);
	for (int32_t day = day_number("2026-01-01");
	    day <= day_number("2026-12-31"); day++) {
		char day_name[DAY_SIZE];
		int weekday = day_weekday(day);

		if (arab) {
			g_assert_cmpint(holidays_off(holidays_of("XX"), day),
			    ==, weekday == 4 || weekday == 5 ||
			    day == day_number("2026-01-04"));
			continue;
		}
		day_text(day, day_name);
		if (weekday < 5 && holidays_off(holidays_of("XX"), day))
			g_string_append_printf(found, "%s%.2s%.2s",
			    found->len ? " " : "", day_name + 5, day_name + 8);
	}
	g_assert_cmpstr(found->str, ==, c->days);
}

static const struct bad_case {
	const char *text, *why;
} bad_cases[] = {
    {"05-01", "line 1: no country"},
    {"country", "line 1: a country"},
    {"country DE\ncountry DE", "line 2: a country"},
    {"country DE\nchristmas", "line 2: \"christmas\""},
    {"country DE\n13-01", "line 2"}, {"country DE\n1-1", "line 2"},
    {"country DE\neaster", "line 2"}, {"country DE\neaster 2", "line 2"},
    {"country DE\n3rd mon", "line 2"}, {"country DE\n3rd mon 13", "line 2"},
    {"country DE\n5th mon 01", "line 2"}, {"country DE\nmon at 05-25", "line 2"},
    {"country DE\n05-01 sat>", "line 2"}, {"country DE\n05-01 sat>sat", "line 2"},
    {"country DE\n05-01 since", "line 2"},
    {"country DE\n05-01 since soon", "line 2"},
    {"country DE\n2026-02-30", "line 2"},
    {"country DE\n2026-03-10..2026-03-01", "line 2"},
    {"country DE\nweekend soon", "line 2"},
};

static void
test_bad(gconstpointer data)
{
	const struct bad_case *c = data;
	g_autofree char *why = holidays_load(c->text);

	g_assert_nonnull(why);
	g_assert_nonnull(strstr(why, c->why));
}

#define ADD_TABLE(table, prefix, function) \
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) { \
		g_autofree char *name = g_strdup_printf(prefix "/%zu", i); \
		g_test_add_data_func(name, &table[i], function); \
	}

/* The shipped file first: the cases of the grammar put others in its place. */
int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_assert_cmpint(add_years(), >=, 200);
	ADD_TABLE(easter_cases, "/holidays/easter", test_easter);
	g_test_add_func("/holidays/unknown", test_unknown);
	ADD_TABLE(rule_cases, "/holidays/rule", test_rule);
	ADD_TABLE(bad_cases, "/holidays/bad", test_bad);
	return g_test_run();
}
