/*
 * holidays.h - the days on which nobody works, by country, from the data file
 * "holidays". Pure but for reading that file once.
 */
#ifndef HOLIDAYS_H
#define HOLIDAYS_H

#include <stdbool.h>
#include <stdint.h>

struct holidays;		/* of one country; lives as long as the process */

/* A country by its ISO 3166 code, or "TARGET". NULL: there is none. */
const struct holidays *holidays_of(const char *country);
/* Is it the weekend there, a public or a bank holiday? NULL: Saturday and
 * Sunday only. */
bool holidays_off(const struct holidays *holidays, int32_t day);
/* The last year whose days that follow the moon or a decree are listed; 0
 * when all of them follow from rules. */
int holidays_tabled(const struct holidays *holidays);
/* Reads a text in the place of the file: for `check` and tests. NULL, or what
 * is wrong with it and on which line; the caller frees. */
char *holidays_load(const char *text);

/* 0 Monday … 6 Sunday */
int day_weekday(int32_t day);

#endif
