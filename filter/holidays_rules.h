/*
 * holidays_rules.h - one rule of the file "holidays": which days of a year it
 * means, and where a day off moves that falls on a weekend.
 */
#ifndef HOLIDAYS_RULES_H
#define HOLIDAYS_RULES_H

#include <glib.h>
#include <string.h>

#include "../parser/parser.h"
#include "holidays.h"

enum holiday_kind {
	HOLIDAY_FIXED,		/* month, day; count days */
	HOLIDAY_EASTER, HOLIDAY_ORTHODOX,	/* offset */
	HOLIDAY_NTH,		/* nth (5: last) weekday of month */
	HOLIDAY_BEFORE, HOLIDAY_FROM,	/* weekday before or from month, day */
	HOLIDAY_TABLED		/* first, count days */
};

struct holiday_shift {
	int way;		/* 0 stays, 1 later, -1 earlier */
	int weekday;		/* 7: the next day that is not off */
};

struct holiday_rule {
	enum holiday_kind kind;
	int month, day, count, offset, nth, weekday;
	int32_t first;
	int since, until;	/* years; 0 no limit */
	struct holiday_shift shifts[7];
};

struct holiday_rules {		/* of a country */
	GArray *rules;		/* struct holiday_rule */
	unsigned weekend;	/* bit 0: Monday */
	int tabled;		/* year, 0 none */
};

void holiday_rules_init(struct holiday_rules *rules);
void holiday_rules_release(struct holiday_rules *rules);
/* The words of a line; the caller frees with g_strfreev. */
char **holiday_words(const char *line);
/* Takes a line that is not empty: NULL, or what is wrong with it. */
char *holiday_rules_read(struct holiday_rules *rules, char **words);
/* Appends the days (int32_t) that a rule means in a year, not moved. */
void holiday_rule_days(const struct holiday_rule *rule, int year,
    GArray *days);

/* Days since 1970-01-01 of a day of the Gregorian calendar. */
int32_t civil_day(int year, int month, int day);

#endif
