/*
 * when_day.c - arithmetic of days in words: what "the end of next month"
 * is, seen from the day it was written on. A day without a year is the
 * next one (of money to come) or the last one (of money paid), unless that is
 * so far away that something else must be meant.
 */
#include "when.h"

#include <string.h>

#include "when_calendar.h"

/* ---- the calendar ------------------------------------------------------------------ */

/* The first day of the month that is so many months away. */
static int32_t
month_start(int32_t day, int away)
{
	struct civil c = when_civil(day);
	int months = c.year * 12 + c.month - 1 + away;

	return when_number(months / 12, months % 12 + 1, 1);
}

/* Monday is 0. */
static int
weekday_of(int32_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

static int32_t
monday_of(int32_t day)
{
	return day - weekday_of(day);
}

/* ---- days without a year ------------------------------------------------------------- */

/* The 15th: of this month or the next, or the last one. */
static bool
on_day_of_month(int day, int away, bool fixed, int32_t today, bool future,
    struct day_span *span)
{
	for (int i = 0; i < 4; i++) {
		struct civil c = when_civil(month_start(today,
		    fixed ? away : future ? i : -i));
		int32_t there = when_number(c.year, c.month, day);

		if (there != NONE &&
		    (future ? there >= today : there <= today))
			return when_set(span, there, there);
	}
	return false;
}

static bool
on_weekday(int weekday, int32_t today, bool future, struct day_span *span)
{
	int away = weekday - 1 - weekday_of(today);
	int32_t there = today + (future ? (away % 7 + 7) % 7 :
	    -((-away % 7 + 7) % 7));

	return weekday >= 1 && weekday <= 7 && when_set(span, there, there);
}

static bool
in_calendar_week(int week, int32_t today, bool future, struct day_span *span)
{
	int year = when_civil(today).year;

	for (int i = -1; i < 3 && week >= 1 && week <= 53; i++) {
		int y = future ? year + i : year + 1 - i;
		int32_t start = monday_of(when_number(y, 1, 4)) +
		    7 * (week - 1);

		if (future ? start + 6 >= today : start <= today)
			return when_set(span, start, start + 6);
	}
	return false;
}

/* ---- results ------------------------------------------------------------------------- */

enum part { WHOLE, START, MIDDLE, END };

struct request {
	const int *slot;
	int32_t today;
	int away;		/* "+1", "-N" */
	bool signed_;		/* there was one of them */
	bool future;
	const char *tail;	/* behind the name */
};

#define SLOT(request, letter) ((request)->slot[(letter) - 'A'])

static bool
get_day(const struct request *r, struct day_span *span)
{
	int32_t there = r->today + r->away;

	return (r->away == 0 || (r->away > 0) == r->future) &&
	    when_set(span, there, there);
}

static bool
get_weeks(const struct request *r, struct day_span *span)
{
	int32_t there = r->today + 7 * r->away;

	return (r->away > 0) == r->future && when_set(span, there, there);
}

static bool
get_months(const struct request *r, struct day_span *span)
{
	struct civil c = when_civil(month_start(r->today, r->away));
	int day = when_civil(r->today).day;
	int32_t there = NONE;

	while (there == NONE && day > 0)
		there = when_number(c.year, c.month, day--);
	return (r->away > 0) == r->future && when_set(span, there, there);
}

static bool
get_working(const struct request *r, struct day_span *span)
{
	int32_t there = r->today;
	int step = r->away < 0 ? -1 : 1, left = ABS(r->away);

	if ((r->away > 0) != r->future || left > 250)
		return false;
	while (left > 0) {
		there += step;
		left -= weekday_of(there) < 5;
	}
	return when_set(span, there, there);
}

static bool
get_span(const struct request *r, struct day_span *span)
{
	if ((r->away > 0) != r->future)
		return false;
	return r->away > 0 ? when_set(span, r->today, r->today + r->away) :
	    when_set(span, r->today + r->away, r->today);
}

/* What has passed, or has not, of a span that holds today. */
static bool
clip(const struct request *r, int32_t from, int32_t to, struct day_span *span)
{
	return r->future ? when_set(span, MAX(from, r->today), to) :
	    when_set(span, from, MIN(to, r->today));
}

/* "-start", "-mid" or "-end"; "-1" is no part. */
static enum part
part_of(const struct request *r)
{
	switch (r->tail[0] == '-' ? r->tail[1] : '\0') {
	case 's':
		return START;
	case 'm':
		return MIDDLE;
	case 'e':
		return END;
	default:
		return WHOLE;
	}
}

static bool
get_week(const struct request *r, struct day_span *span)
{
	static const int parts[][2] = {{0, 6}, {0, 1}, {2, 3}, {4, 6}};
	int32_t monday = monday_of(r->today) + 7 * r->away;
	enum part part = part_of(r);

	return clip(r, monday + parts[part][0], monday + parts[part][1],
	    span);
}

static bool
get_weekend(const struct request *r, struct day_span *span)
{
	int32_t monday = monday_of(r->today) + 7 * r->away;

	if (!r->future && !r->signed_ && weekday_of(r->today) < 5)
		monday -= 7;
	return clip(r, monday + 5, monday + 6, span);
}

/* The first day of the month that is meant: a named one, or so far away. */
static int32_t
get_month_start(const struct request *r)
{
	int month = SLOT(r, 'M'), year = SLOT(r, 'Y');
	struct civil now = when_civil(r->today);

	if (month < 1)
		return month_start(r->today, r->away);
	if (year < 0)
		year = r->future ? now.year + (month < now.month) :
		    now.year - (month > now.month);
	return when_number(year, month, 1);
}

static bool
get_month(const struct request *r, struct day_span *span)
{
	int32_t first = get_month_start(r), last;
	enum part part = part_of(r);

	if (first == NONE)
		return false;
	last = month_start(first, 1) - 1;
	switch (part) {
	case START:
		return clip(r, first, first + 4, span);
	case MIDDLE:
		return clip(r, first + 12, first + 17, span);
	case END:
		return clip(r, r->future ? last : last - 4, last, span);
	default:
		return clip(r, first, last, span);
	}
}

static bool
get_quarter_end(const struct request *r, struct day_span *span)
{
	int month = when_civil(r->today).month;
	int32_t first = month_start(r->today,
	    3 - (month - 1) % 3 + 3 * r->away);

	return first != NONE && clip(r, first - 1, first - 1, span);
}

static bool
get_year_part(const struct request *r, struct day_span *span)
{
	int year = when_civil(r->today).year + r->away;

	return r->tail[1] == 's' ?
	    clip(r, when_number(year, 1, 1), when_number(year, 1, 15), span) :
	    clip(r, when_number(year, 12, 31), when_number(year, 12, 31), span);
}

/* "next Friday" may be the coming one or that of next week. */
static bool
get_weekday(const struct request *r, struct day_span *span)
{
	int weekday = SLOT(r, 'W');
	int32_t there = monday_of(r->today) + 7 * r->away + weekday - 1;
	struct day_span near_one;

	if (!r->signed_)
		return on_weekday(weekday, r->today, r->future, span);
	if ((r->away > 0) != r->future && r->away != 0)
		return false;
	if (!on_weekday(weekday, r->today + (r->future ? 1 : -1), r->future,
	    &near_one))
		return false;
	if (r->away < 0)
		return when_set(span, near_one.from, near_one.from);
	return when_set(span, near_one.from, MAX(there, near_one.from));
}

/* Friday of next week, whichever way it is said. */
static bool
get_of_week(const struct request *r, struct day_span *span)
{
	int32_t there = monday_of(r->today) + 7 * r->away +
	    SLOT(r, 'W') - 1;

	return (r->future ? there >= r->today : there <= r->today) &&
	    when_set(span, there, there);
}

static bool
get_calendar_week(const struct request *r, struct day_span *span)
{
	return in_calendar_week(SLOT(r, 'N'), r->today, r->future, span);
}

static bool
get_date(const struct request *r, struct day_span *span)
{
	return when_on_date(MAX(SLOT(r, 'D'), MAX(SLOT(r, 'O'), SLOT(r, 'T'))),
	    SLOT(r, 'M'), SLOT(r, 'Y'), r->today, r->future, span);
}

static bool
get_day_of_month(const struct request *r, struct day_span *span)
{
	return on_day_of_month(MAX(SLOT(r, 'D'), MAX(SLOT(r, 'O'),
	    SLOT(r, 'T'))), r->away, r->signed_, r->today, r->future, span);
}

/* "on-12-24" */
static bool
get_fixed(const struct request *r, struct day_span *span)
{
	int month, day;

	if (strlen(r->tail) != 6)
		return false;
	month = (int)g_ascii_strtoll(r->tail + 1, NULL, 10);
	day = (int)g_ascii_strtoll(r->tail + 4, NULL, 10);
	return when_on_date(day, month, -1, r->today, r->future, span);
}

static bool
get_none(const struct request *r, struct day_span *span)
{
	(void)r;
	(void)span;
	return false;
}

static const struct result {
	const char *name;
	bool (*get)(const struct request *request, struct day_span *span);
} results[] = {
	{"day-of-month", get_day_of_month}, {"day", get_day},
	{"working", get_working}, {"weeks", get_weeks},
	{"weekday-of-week", get_of_week}, {"weekday", get_weekday},
	{"weekend", get_weekend}, {"week", get_week},
	{"months", get_months}, {"month", get_month},
	{"quarter-end", get_quarter_end}, {"year", get_year_part},
	{"calendar-week", get_calendar_week}, {"date", get_date},
	{"span", get_span}, {"on", get_fixed}, {"none", get_none},
};

static const struct result *
find_result(const char *result)
{
	for (size_t i = 0; i < G_N_ELEMENTS(results); i++)
		if (g_str_has_prefix(result, results[i].name))
			return &results[i];
	return NULL;
}

bool
when_knows(const char *result)
{
	return find_result(result) != NULL;
}

bool
when_resolve(const char *result, const int slot[26], int32_t today,
    bool future, struct day_span *span)
{
	const struct result *found = find_result(result);
	struct request request = {.slot = slot, .today = today,
	    .future = future};
	const char *sign;

	span->from = span->to = NONE;
	if (!found)
		return false;
	request.tail = result + strlen(found->name);
	sign = strpbrk(request.tail, "+");
	if (!sign && *found->name != 'o') {
		sign = strrchr(request.tail, '-');
		if (sign && !g_ascii_isdigit(sign[1]) && sign[1] != 'N')
			sign = NULL;
	}
	if (sign) {
		int value = sign[1] == 'N' ? slot['N' - 'A'] :
		    (int)g_ascii_strtoll(sign + 1, NULL, 10);

		if (value < 0 || value > 1000)
			return false;
		request.away = *sign == '-' ? -value : value;
		request.signed_ = true;
	}
	if (!found->get(&request, span)) {
		span->from = span->to = NONE;
		return false;
	}
	return true;
}

