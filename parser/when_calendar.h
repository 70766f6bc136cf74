/*
 * when_calendar.h - the calendar behind days in words, in when_figures.c.
 * Internal to parser/.
 */
#ifndef WHEN_CALENDAR_H
#define WHEN_CALENDAR_H

#include "when.h"

#define NONE G_MININT32		/* no such day */

struct civil {
	int year, month, day;
};

struct civil when_civil(int32_t number);
int32_t when_number(int year, int month, int day);	/* or NONE */
/* The nearest of a day's years in the direction; NONE: too far, or none. */
int32_t when_in_direction(int month, int day, int32_t today, bool future);
/* A day of a year (0 or less: none is told), unless it is in the other
 * direction. */
bool when_on_date(int day, int month, int year, int32_t today, bool future,
    struct day_span *span);
/* False where they are no days. */
bool when_set(struct day_span *span, int32_t from, int32_t to);

#endif
