/*
 * holidays.c - answers whether a day is one on which nobody works. What a
 * country's rules give is worked out a year at a time, with the years around
 * it, because a day off may move over New Year.
 */
#include "holidays_rules.h"

#include "context.h"

#include <string.h>

struct holidays {
	struct holiday_rules rules;
	GHashTable *days;	/* of the years that were asked for */
	GHashTable *years;
};

static GHashTable *countries;	/* code -> struct holidays */

int
day_weekday(int32_t day)
{
	return (day % 7 + 7 + 3) % 7;	/* 1970-01-01 was a Thursday */
}

static void
holidays_free(struct holidays *holidays)
{
	holiday_rules_release(&holidays->rules);
	g_hash_table_unref(holidays->days);
	g_hash_table_unref(holidays->years);
	g_free(holidays);
}

/* ---- one year of a country -------------------------------------------------- */

struct off {			/* a day off, and the rule that made it */
	int32_t day;
	const struct holiday_rule *rule;
};

static gint
by_day(gconstpointer a, gconstpointer b)
{
	const struct off *one = a, *other = b;

	return (one->day > other->day) - (one->day < other->day);
}

static bool
is_weekend(const struct holidays *holidays, int32_t day)
{
	return holidays->rules.weekend & 1u << day_weekday(day);
}

/* Where the rule puts a day off that falls on its weekday. */
static int32_t
moved(const struct holidays *holidays, GHashTable *taken,
    const struct off *off)
{
	const struct holiday_shift *shift =
	    &off->rule->shifts[day_weekday(off->day)];
	int32_t day = off->day;

	if (shift->way == 0)
		return day;
	if (shift->weekday < 7) {
		do
			day += shift->way;
		while (day_weekday(day) != shift->weekday);
		return day;
	}
	do
		day += shift->way;
	while (is_weekend(holidays, day) ||
	    g_hash_table_contains(taken, GINT_TO_POINTER(day)));
	return day;
}

/* First what stays in its place, so that what moves finds it taken. */
static void
settle(struct holidays *holidays, const GArray *all, int32_t from, int32_t to)
{
	g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);

	for (int move = 0; move < 2; move++) {
		for (guint i = 0; i < all->len; i++) {
			const struct off *off =
			    &g_array_index(all, struct off, i);
			int32_t day = moved(holidays, taken, off);

			if ((day != off->day) != (move == 1))
				continue;
			g_hash_table_add(taken, GINT_TO_POINTER(day));
			if (day >= from && day <= to)
				g_hash_table_add(holidays->days,
				    GINT_TO_POINTER(day));
		}
	}
}

static void
work_out(struct holidays *holidays, int year)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct off));
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(int32_t));
	const GArray *rules = holidays->rules.rules;

	for (guint i = 0; i < rules->len; i++) {
		const struct holiday_rule *rule =
		    &g_array_index(rules, struct holiday_rule, i);

		g_array_set_size(days, 0);
		for (int y = year - 1; y <= year + 1; y++)
			holiday_rule_days(rule, y, days);
		for (guint j = 0; j < days->len; j++) {
			struct off off = {
			    g_array_index(days, int32_t, j), rule};

			g_array_append_val(all, off);
		}
	}
	g_array_sort(all, by_day);
	settle(holidays, all, civil_day(year, 1, 1), civil_day(year, 12, 31));
}

/* ---- asking ------------------------------------------------------------------- */

static int
year_of(int32_t day)
{
	char text[DAY_SIZE];

	day_text(day, text);
	return (int)g_ascii_strtoll(text, NULL, 10);
}

bool
holidays_off(const struct holidays *constant, int32_t day)
{
	struct holidays *holidays = (struct holidays *)constant;
	int year;

	if (!holidays)
		return day_weekday(day) >= 5;
	if (is_weekend(holidays, day))
		return true;
	year = year_of(day);
	if (g_hash_table_add(holidays->years, GINT_TO_POINTER(year)))
		work_out(holidays, year);
	return g_hash_table_contains(holidays->days, GINT_TO_POINTER(day));
}

int
holidays_tabled(const struct holidays *holidays)
{
	return holidays ? holidays->rules.tabled : 0;
}

/* ---- the file ------------------------------------------------------------------- */

static struct holidays *
country_new(const char *code)
{
	struct holidays *holidays = g_new0(struct holidays, 1);

	holiday_rules_init(&holidays->rules);
	holidays->days = g_hash_table_new(NULL, NULL);
	holidays->years = g_hash_table_new(NULL, NULL);
	g_hash_table_insert(countries, g_strdup(code), holidays);
	return holidays;
}

/* One line, without its comment. */
static char *
take_line(struct holidays **country, char **words)
{
	if (!words[0])
		return NULL;
	if (g_strcmp0(words[0], "country") == 0) {
		if (!words[1] || g_hash_table_contains(countries, words[1]))
			return g_strdup("a country has a code of its own");
		*country = country_new(words[1]);
		return NULL;
	}
	if (!*country)
		return g_strdup("no country is named yet");
	return holiday_rules_read(&(*country)->rules, words);
}

char *
holidays_load(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	struct holidays *country = NULL;

	g_clear_pointer(&countries, g_hash_table_unref);
	countries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    (GDestroyNotify)holidays_free);
	for (int i = 0; lines[i]; i++) {
		g_auto(GStrv) words = NULL;
		g_autofree char *why = NULL;

		lines[i][strcspn(lines[i], "#")] = '\0';
		words = holiday_words(lines[i]);
		why = take_line(&country, words);
		if (why)
			return g_strdup_printf("line %d: %s", i + 1, why);
	}
	return NULL;
}

static void
load_file(void)
{
	g_autofree char *path = place_data("holidays");
	g_autofree char *text = NULL, *why = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		text = g_strdup("");
	why = holidays_load(text);
}

const struct holidays *
holidays_of(const char *country)
{
	g_autofree char *code =
	    country ? g_ascii_strup(country, -1) : g_strdup("");

	if (!countries)
		load_file();
	return g_hash_table_lookup(countries, code);
}
