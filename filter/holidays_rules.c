/*
 * holidays_rules.c - the grammar of the file "holidays" (its head explains
 * it), and the days of a year that a rule means.
 */
#include "holidays_rules.h"

#include <stdio.h>

#include "context.h"

/* ---- days -------------------------------------------------------------------- */

int32_t
civil_day(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 +
	    day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

/* Western Easter Sunday, by the Gregorian computus (Meeus). */
static int32_t
easter_western(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;

	return civil_day(year, (h + l - 7 * m + 114) / 31,
	    (h + l - 7 * m + 114) % 31 + 1);
}

/* Eastern Easter Sunday: the Julian computus (Meeus), in today's calendar. */
static int32_t
easter_orthodox(int year)
{
	int d = (19 * (year % 19) + 15) % 30;
	int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
	int behind = year / 100 - year / 400 - 2;

	return civil_day(year, (d + e + 114) / 31, (d + e + 114) % 31 + 1) +
	    behind;
}

static int32_t
nth_weekday(int year, const struct holiday_rule *rule)
{
	int32_t first = civil_day(year, rule->month, 1);
	int32_t day = first + (rule->weekday - day_weekday(first) + 7) % 7;
	int32_t next = rule->month == 12 ? civil_day(year + 1, 1, 1) :
	    civil_day(year, rule->month + 1, 1);

	for (int n = 1; n < rule->nth && day + 7 < next; n++)
		day += 7;
	return day;
}

static void
add_days(GArray *days, int32_t day, int count)
{
	for (; count > 0; count--, day++)
		g_array_append_val(days, day);
}

/* A tabled day belongs to its own year only. */
static void
add_tabled(const struct holiday_rule *rule, int year, GArray *days)
{
	if (rule->first >= civil_day(year, 1, 1) &&
	    rule->first <= civil_day(year, 12, 31))
		add_days(days, rule->first, rule->count);
}

void
holiday_rule_days(const struct holiday_rule *rule, int year, GArray *days)
{
	int32_t day = civil_day(year, MAX(rule->month, 1), MAX(rule->day, 1));

	if ((rule->since && year < rule->since) ||
	    (rule->until && year > rule->until))
		return;
	switch (rule->kind) {
	case HOLIDAY_FIXED:
		add_days(days, day, rule->count);
		break;
	case HOLIDAY_EASTER:
		add_days(days, easter_western(year) + rule->offset, 1);
		break;
	case HOLIDAY_ORTHODOX:
		add_days(days, easter_orthodox(year) + rule->offset, 1);
		break;
	case HOLIDAY_NTH:
		add_days(days, nth_weekday(year, rule), 1);
		break;
	case HOLIDAY_BEFORE:
		add_days(days, day - 1 -
		    (day_weekday(day - 1) - rule->weekday + 7) % 7, 1);
		break;
	case HOLIDAY_FROM:
		add_days(days, day +
		    (rule->weekday - day_weekday(day) + 7) % 7, 1);
		break;
	case HOLIDAY_TABLED:
		add_tabled(rule, year, days);
		break;
	}
}

/* ---- words ------------------------------------------------------------------------ */

static int
read_weekday(const char *word, size_t length)
{
	static const char names[][4] = {
	    "mon", "tue", "wed", "thu", "fri", "sat", "sun"};

	for (int i = 0; word && length == 3 && i < 7; i++)
		if (strncmp(word, names[i], 3) == 0)
			return i;
	return -1;
}

/* "05-25" */
static bool
read_month_day(const char *word, struct holiday_rule *rule)
{
	int used = 0;

	return word && sscanf(word, "%2d-%2d%n", &rule->month, &rule->day,
	    &used) == 2 && (word[used] == '\0' || word[used] == '.') &&
	    used == 5 && rule->month >= 1 && rule->month <= 12 &&
	    rule->day >= 1 && rule->day <= 31;
}

/* "sat>mon", "sun<sat", "sun>next" */
static bool
read_shift(const char *word, struct holiday_rule *rule)
{
	int from = read_weekday(word, 3), to;

	if (from < 0 || (word[3] != '>' && word[3] != '<'))
		return false;
	to = strcmp(word + 4, "next") == 0 ? 7 :
	    read_weekday(word + 4, strlen(word + 4));
	rule->shifts[from] = (struct holiday_shift){
	    word[3] == '>' ? 1 : -1, to};
	return to >= 0 && to != from;
}

/* What may follow each rule. */
static char *
read_tail(char **words, struct holiday_rule *rule)
{
	for (; *words; words++) {
		int *year = strcmp(*words, "since") == 0 ? &rule->since :
		    strcmp(*words, "until") == 0 ? &rule->until : NULL;

		if (year && words[1])
			*year = atoi(*++words);
		else if (!read_shift(*words, rule))
			return g_strdup_printf("\"%s\" is not understood",
			    *words);
		if (year && (*year < 1900 || *year > 9999))
			return g_strdup_printf("\"%s\" is no year", *words);
	}
	return NULL;
}

/* A day, or several: "DAY..DAY" */
static bool
read_tabled(const char *word, struct holiday_rule *rule)
{
	g_auto(GStrv) ends = g_strsplit(word, "..", 2);
	int32_t last;

	rule->kind = HOLIDAY_TABLED;
	rule->first = day_number(ends[0]);
	last = ends[1] ? day_number(ends[1]) : rule->first;
	rule->count = last - rule->first + 1;
	return rule->first != G_MININT32 && last != G_MININT32 &&
	    rule->count >= 1 && rule->count <= 31;
}

static bool
is_date(const char *word)
{
	return strlen(word) >= 10 && word[4] == '-' && word[7] == '-';
}

/* "2026-03-20..2026-03-22 2026-05-27 sun>next" */
static char *
read_table(struct holiday_rules *rules, char **words)
{
	struct holiday_rule rule = {.kind = HOLIDAY_TABLED};
	char **tail = words, *why;

	while (*tail && is_date(*tail))
		tail++;
	why = read_tail(tail, &rule);
	for (; !why && words < tail; words++) {
		if (read_tabled(*words, &rule))
			g_array_append_val(rules->rules, rule);
		else
			why = g_strdup_printf("\"%s\" is no day", *words);
	}
	return why;
}

/* "01-01" or "01-01..01-08" */
static bool
read_fixed(const char *word, struct holiday_rule *rule)
{
	struct holiday_rule last = {0};
	const char *dots = strstr(word, "..");

	if (!read_month_day(word, rule))
		return false;
	if (word[5] && (!dots || !read_month_day(dots + 2, &last)))
		return false;
	rule->count = dots ? civil_day(2001, last.month, last.day) -
	    civil_day(2001, rule->month, rule->day) + 1 : 1;
	return rule->count >= 1;
}

static int
read_nth(const char *word)
{
	static const char *const words[] = {"1st", "2nd", "3rd", "4th", "last"};

	for (int i = 0; i < 5; i++)
		if (strcmp(word, words[i]) == 0)
			return i + 1;
	return 0;
}

/* How many words the rule itself takes; 0: it is none. */
static int
read_rule(char **words, struct holiday_rule *rule)
{
	const char *second = words[1] ? words[1] : "";

	if (strcmp(words[0], "easter") == 0 ||
	    strcmp(words[0], "orthodox") == 0) {
		rule->kind = *words[0] == 'e' ? HOLIDAY_EASTER
					      : HOLIDAY_ORTHODOX;
		rule->offset = atoi(second);
		return *second == '+' || *second == '-' ? 2 : 0;
	}
	rule->nth = read_nth(words[0]);
	if (rule->nth) {
		rule->kind = HOLIDAY_NTH;
		rule->weekday = read_weekday(second, strlen(second));
		rule->month = words[1] && words[2] ? atoi(words[2]) : 0;
		return rule->weekday >= 0 && rule->month >= 1 &&
		    rule->month <= 12 ? 3 : 0;
	}
	rule->weekday = read_weekday(words[0], strlen(words[0]));
	if (rule->weekday >= 0) {
		rule->kind = strcmp(second, "from") == 0 ? HOLIDAY_FROM
							 : HOLIDAY_BEFORE;
		return (rule->kind == HOLIDAY_FROM ||
		    strcmp(second, "before") == 0) &&
		    read_month_day(words[2], rule) ? 3 : 0;
	}
	rule->kind = HOLIDAY_FIXED;
	return read_fixed(words[0], rule) ? 1 : 0;
}

/* "weekend fri sat" */
static char *
read_weekend(struct holiday_rules *rules, char **words)
{
	rules->weekend = 0;
	for (; *words; words++) {
		int day = read_weekday(*words, strlen(*words));

		if (day < 0)
			return g_strdup_printf("\"%s\" is no day of the week",
			    *words);
		rules->weekend |= 1u << day;
	}
	return NULL;
}

char *
holiday_rules_read(struct holiday_rules *rules, char **words)
{
	struct holiday_rule rule = {0};
	int taken;
	char *why;

	if (strcmp(words[0], "weekend") == 0)
		return read_weekend(rules, words + 1);
	if (strcmp(words[0], "tabled") == 0 && words[1]) {
		rules->tabled = atoi(words[1]);
		return NULL;
	}
	if (is_date(words[0]))
		return read_table(rules, words);
	taken = read_rule(words, &rule);
	if (!taken)
		return g_strdup_printf("\"%s\" is not understood", words[0]);
	why = read_tail(words + taken, &rule);
	if (!why)
		g_array_append_val(rules->rules, rule);
	return why;
}

char **
holiday_words(const char *line)
{
	GStrvBuilder *builder = g_strv_builder_new();
	g_auto(GStrv) parts = g_strsplit_set(line, " \t\r", -1);
	char **words;

	for (char **part = parts; *part; part++)
		if (**part)
			g_strv_builder_add(builder, *part);
	words = g_strv_builder_end(builder);
	g_strv_builder_unref(builder);
	return words;
}

void
holiday_rules_init(struct holiday_rules *rules)
{
	*rules = (struct holiday_rules){.weekend = 1u << 5 | 1u << 6,
	    .rules = g_array_new(FALSE, FALSE, sizeof(struct holiday_rule))};
}

void
holiday_rules_release(struct holiday_rules *rules)
{
	g_array_unref(rules->rules);
}
