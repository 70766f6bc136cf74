/*
 * when_figures.c - the calendar behind days in words: civil days, which year a
 * day without one is of, and days in figures.
 */
#include <string.h>

#include "parser.h"
#include "when.h"
#include "when_calendar.h"

#define FAR 275			/* days: further away is not meant */
#define NEAR 100		/* days: of two readings one that is nearer */

/* ---- the calendar ------------------------------------------------------------------ */

struct civil
when_civil(int32_t number)
{
	struct civil c = {0};
	char text[DAY_SIZE];

	day_text(number, text);
	if (*text) {
		c.year = (int)g_ascii_strtoll(text, NULL, 10);
		c.month = (int)g_ascii_strtoll(text + 5, NULL, 10);
		c.day = (int)g_ascii_strtoll(text + 8, NULL, 10);
	}
	return c;
}

/* NONE where there is no such day. */
int32_t
when_number(int year, int month, int day)
{
	char text[DAY_SIZE];

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > 31)
		return NONE;
	g_snprintf(text, sizeof text, "%04u-%02u-%02u",
	    (unsigned)year % 10000u, (unsigned)month % 100u,
	    (unsigned)day % 100u);
	return day_number(text);
}

bool
when_set(struct day_span *span, int32_t from, int32_t to)
{
	span->from = from;
	span->to = to;
	return from != NONE && to != NONE && from <= to;
}

/* The nearest of a day's years in the direction; NONE: too far, or none. */
int32_t
when_in_direction(int month, int day, int32_t today, bool future)
{
	int year = when_civil(today).year;

	for (int i = 0; i < 3; i++) {
		int32_t there = when_number(future ? year + i : year - i, month,
		    day);

		if (there == NONE || (future ? there < today : there > today))
			continue;
		return ABS(there - today) <= FAR ? there : NONE;
	}
	return NONE;
}

bool
when_on_date(int day, int month, int year, int32_t today, bool future,
    struct day_span *span)
{
	int32_t there = year > 0 ?
	    when_number(year < 100 ? year + 2000 : year, month, day) :
	    when_in_direction(month, day, today, future);

	if (there == NONE || (future ? there < today : there > today))
		return false;
	return when_set(span, there, there);
}

/* ---- figures ------------------------------------------------------------------------- */

static bool
two_figures(int a, int b, const struct day_style *style, int32_t today,
    bool future, struct day_span *span)
{
	int32_t first = when_in_direction(b, a, today, future);
	int32_t second = style->both ? when_in_direction(a, b, today, future) :
	    NONE;

	if (first != NONE && second != NONE && first != second) {
		int32_t near_one = ABS(first - today) < ABS(second - today) ?
		    first : second;
		int32_t far_one = first + second - near_one;

		if (ABS(far_one - today) >= NEAR)
			return when_set(span, near_one, near_one);
		return future && when_set(span, near_one, far_one);
	}
	first = first != NONE ? first : second;
	return when_set(span, first, first);
}

bool
when_figures(const char *text, const struct day_style *style, int32_t today,
    bool future, struct day_span *span)
{
	int figure[3] = {0}, digits[3] = {0}, n = 0;
	char mark = 0;

	span->from = span->to = NONE;
	for (const char *p = text; *p; p++) {
		if (g_ascii_isdigit(*p)) {
			if (++digits[n] > 4)
				return false;
			figure[n] = figure[n] * 10 + (*p - '0');
		} else if (++n > 2 || (mark && *p != mark) ||
		    !strchr("./-", *p)) {
			return false;
		} else {
			mark = *p;
		}
	}
	if (n == 2 && digits[0] == 4)
		return when_on_date(figure[2], figure[1], figure[0], today, future,
		    span);
	if (digits[0] > 2 || digits[1] > 2)
		return false;
	if (n == 1)
		return (mark == '/' || (mark == '.' && style->point) ||
		    (mark == '-' && style->dash)) && two_figures(figure[0],
		    figure[1], style, today, future, span);
	if (n != 2 || digits[2] == 1 || digits[2] == 3)
		return false;
	if (style->both && figure[0] <= 12 && figure[1] <= 12) {
		struct day_span other;
		bool is = when_on_date(figure[0], figure[1], figure[2], today,
		    future, span);
		bool is_other = when_on_date(figure[1], figure[0], figure[2],
		    today, future, &other);

		if (is && is_other)
			return two_figures(figure[0], figure[1], style, today,
			    future, span);
		if (is_other)
			*span = other;
		return is || is_other;
	}
	if (style->both && figure[1] > 12)
		return when_on_date(figure[1], figure[0], figure[2], today, future,
		    span);
	return when_on_date(figure[0], figure[1], figure[2], today, future, span);
}
