/*
 * when_day.c - arithmetic of days in words: what "the end of next month" or
 * "5/12" is, seen from the day it was written on. A day without a year is the
 * next one (of money to come) or the last one (of money paid), unless that is
 * so far away that something else must be meant.
 */
#include "when.h"

#include <string.h>

#include "parser.h"

#define FAR 275			/* days: further away is not meant */
#define NEAR 100		/* days: of two readings one that is nearer */
#define NONE G_MININT32

/* ---- the calendar ------------------------------------------------------------------ */

struct civil {
	int year, month, day;
};

static struct civil
civil_of(int32_t number)
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
static int32_t
number_of(int year, int month, int day)
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

/* The first day of the month that is so many months away. */
static int32_t
month_start(int32_t day, int away)
{
	struct civil c = civil_of(day);
	int months = c.year * 12 + c.month - 1 + away;

	return number_of(months / 12, months % 12 + 1, 1);
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

static bool
set(struct day_span *span, int32_t from, int32_t to)
{
	span->from = from;
	span->to = to;
	return from != NONE && to != NONE && from <= to;
}

/* ---- days without a year ------------------------------------------------------------- */

/* The nearest of a day's years in the direction; NONE: too far, or none. */
static int32_t
in_direction(int month, int day, int32_t today, bool future)
{
	int year = civil_of(today).year;

	for (int i = 0; i < 3; i++) {
		int32_t there = number_of(future ? year + i : year - i, month,
		    day);

		if (there == NONE || (future ? there < today : there > today))
			continue;
		return ABS(there - today) <= FAR ? there : NONE;
	}
	return NONE;
}

static bool
on_date(int day, int month, int year, int32_t today, bool future,
    struct day_span *span)
{
	int32_t there = year > 0 ?
	    number_of(year < 100 ? year + 2000 : year, month, day) :
	    in_direction(month, day, today, future);

	if (there == NONE || (future ? there < today : there > today))
		return false;
	return set(span, there, there);
}

/* The 15th: of this month or the next, or the last one. */
static bool
on_day_of_month(int day, int away, bool fixed, int32_t today, bool future,
    struct day_span *span)
{
	for (int i = 0; i < 4; i++) {
		struct civil c = civil_of(month_start(today,
		    fixed ? away : future ? i : -i));
		int32_t there = number_of(c.year, c.month, day);

		if (there != NONE &&
		    (future ? there >= today : there <= today))
			return set(span, there, there);
	}
	return false;
}

static bool
on_weekday(int weekday, int32_t today, bool future, struct day_span *span)
{
	int away = weekday - 1 - weekday_of(today);
	int32_t there = today + (future ? (away % 7 + 7) % 7 :
	    -((-away % 7 + 7) % 7));

	return weekday >= 1 && weekday <= 7 && set(span, there, there);
}

static bool
in_calendar_week(int week, int32_t today, bool future, struct day_span *span)
{
	int year = civil_of(today).year;

	for (int i = -1; i < 3 && week >= 1 && week <= 53; i++) {
		int y = future ? year + i : year + 1 - i;
		int32_t start = monday_of(number_of(y, 1, 4)) +
		    7 * (week - 1);

		if (future ? start + 6 >= today : start <= today)
			return set(span, start, start + 6);
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
	    set(span, there, there);
}

static bool
get_weeks(const struct request *r, struct day_span *span)
{
	int32_t there = r->today + 7 * r->away;

	return (r->away > 0) == r->future && set(span, there, there);
}

static bool
get_months(const struct request *r, struct day_span *span)
{
	struct civil c = civil_of(month_start(r->today, r->away));
	int day = civil_of(r->today).day;
	int32_t there = NONE;

	while (there == NONE && day > 0)
		there = number_of(c.year, c.month, day--);
	return (r->away > 0) == r->future && set(span, there, there);
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
	return set(span, there, there);
}

static bool
get_span(const struct request *r, struct day_span *span)
{
	if ((r->away > 0) != r->future)
		return false;
	return r->away > 0 ? set(span, r->today, r->today + r->away) :
	    set(span, r->today + r->away, r->today);
}

/* What has passed, or has not, of a span that holds today. */
static bool
clip(const struct request *r, int32_t from, int32_t to, struct day_span *span)
{
	return r->future ? set(span, MAX(from, r->today), to) :
	    set(span, from, MIN(to, r->today));
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
	struct civil now = civil_of(r->today);

	if (month < 1)
		return month_start(r->today, r->away);
	if (year < 0)
		year = r->future ? now.year + (month < now.month) :
		    now.year - (month > now.month);
	return number_of(year, month, 1);
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
	int month = civil_of(r->today).month;
	int32_t first = month_start(r->today,
	    3 - (month - 1) % 3 + 3 * r->away);

	return first != NONE && clip(r, first - 1, first - 1, span);
}

static bool
get_year_part(const struct request *r, struct day_span *span)
{
	int year = civil_of(r->today).year + r->away;

	return r->tail[1] == 's' ?
	    clip(r, number_of(year, 1, 1), number_of(year, 1, 15), span) :
	    clip(r, number_of(year, 12, 31), number_of(year, 12, 31), span);
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
		return set(span, near_one.from, near_one.from);
	return set(span, near_one.from, MAX(there, near_one.from));
}

/* Friday of next week, whichever way it is said. */
static bool
get_of_week(const struct request *r, struct day_span *span)
{
	int32_t there = monday_of(r->today) + 7 * r->away +
	    SLOT(r, 'W') - 1;

	return (r->future ? there >= r->today : there <= r->today) &&
	    set(span, there, there);
}

static bool
get_calendar_week(const struct request *r, struct day_span *span)
{
	return in_calendar_week(SLOT(r, 'N'), r->today, r->future, span);
}

static bool
get_date(const struct request *r, struct day_span *span)
{
	return on_date(MAX(SLOT(r, 'D'), MAX(SLOT(r, 'O'), SLOT(r, 'T'))),
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
	return on_date(day, month, -1, r->today, r->future, span);
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

/* ---- figures ------------------------------------------------------------------------- */

static bool
two_figures(int a, int b, const struct day_style *style, int32_t today,
    bool future, struct day_span *span)
{
	int32_t first = in_direction(b, a, today, future);
	int32_t second = style->both ? in_direction(a, b, today, future) :
	    NONE;

	if (first != NONE && second != NONE && first != second) {
		int32_t near_one = ABS(first - today) < ABS(second - today) ?
		    first : second;
		int32_t far_one = first + second - near_one;

		if (ABS(far_one - today) >= NEAR)
			return set(span, near_one, near_one);
		return future && set(span, near_one, far_one);
	}
	first = first != NONE ? first : second;
	return set(span, first, first);
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
		return on_date(figure[2], figure[1], figure[0], today, future,
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
		bool is = on_date(figure[0], figure[1], figure[2], today,
		    future, span);
		bool is_other = on_date(figure[1], figure[0], figure[2],
		    today, future, &other);

		if (is && is_other)
			return two_figures(figure[0], figure[1], style, today,
			    future, span);
		if (is_other)
			*span = other;
		return is || is_other;
	}
	if (style->both && figure[1] > 12)
		return on_date(figure[1], figure[0], figure[2], today, future,
		    span);
	return on_date(figure[0], figure[1], figure[2], today, future, span);
}
