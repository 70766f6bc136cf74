/*
 * habits.h - how a language and a bank write days: the order of their parts,
 * the months' names, two-digit and missing years.
 */
#ifndef HABITS_H
#define HABITS_H

#include "parser.h"

/* The forms of each month, separated by spaces; the last row is NULL. */
struct month_names {
	const char *language;
	const char *months[12];
};
extern const struct month_names month_names[];

enum day_order { ORDER_DMY, ORDER_MDY, ORDER_YMD };

struct day_habit {
	enum day_order order;		/* of days in figures */
	const char *language;		/* of the months' names (ISO 639) */
};

/* Is there a table of months for the language? */
bool habits_know_language(const char *language);

/* Reads a day such as "31.5.2026", "15-01-26", "24 Sep" or "January 14, 2026"
 * that fills the whole text. A year of two digits is one of 2000 to 2099. A
 * missing year is the one that puts the day nearest to near_day (an ISO day or
 * NULL), but not more than a week after it. English names are known beside
 * those of the language. False when in doubt. */
bool habits_read_day(const char *text, const struct day_habit *habit,
    const char *near_day, char day[DAY_SIZE]);

/* PCRE2 expression of the days that habits_read_day() may understand. */
extern const char *const habits_day_shape;

/* Lower case without marks above and below letters: as many characters as
 * the text has, each one folded. The caller frees. */
char *habits_fold(const char *text, bool lower);

#endif
