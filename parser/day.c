/*
 * day.c - civil days as ISO 8601 text and as a day count.
 *
 * Proleptic Gregorian calendar, years 0001 to 9999, computed by integers
 * only: no time zone, no seconds, so that "issued + 14 days" is a date.
 */
#include "parser.h"

#include <string.h>

#define EPOCH 719468	/* days from 0000-03-01 to 1970-01-01 */

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_length(int year, int month)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31};

	return length[month - 1] + (month == 2 && is_leap(year));
}

/* Days since the epoch; the year begins in March, so that the leap day is
 * its last one. */
static int32_t
count_days(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int m = month <= 2 ? month + 9 : month - 3;
	int era = y / 400, of_era = y % 400;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    (153 * m + 2) / 5 + day - 1 - EPOCH;
}

static bool
read_number(const char *text, int digits, int *out)
{
	*out = 0;
	for (int i = 0; i < digits; i++) {
		if (!g_ascii_isdigit(text[i]))
			return false;
		*out = *out * 10 + (text[i] - '0');
	}
	return true;
}

int32_t
day_number(const char *day)
{
	int y, m, d;

	if (!day || strlen(day) != DAY_SIZE - 1 || day[4] != '-' ||
	    day[7] != '-' || !read_number(day, 4, &y) ||
	    !read_number(day + 5, 2, &m) || !read_number(day + 8, 2, &d))
		return G_MININT32;
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > month_length(y, m))
		return G_MININT32;
	return count_days(y, m, d);
}

void
day_text(int32_t number, char day[DAY_SIZE])
{
	int64_t n = (int64_t)number + EPOCH;
	int era, of_era, y, of_year, m, d, month;

	if (number < count_days(1, 1, 1) || number > count_days(9999, 12, 31)) {
		day[0] = '\0';
		return;
	}
	era = (int)(n / 146097);
	of_era = (int)(n % 146097);
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	d = of_year - (153 * m + 2) / 5 + 1;
	month = m < 10 ? m + 3 : m - 9;
	y += era * 400 + (month <= 2);
	/* The masks say to the compiler that it fits. */
	g_snprintf(day, DAY_SIZE, "%04u-%02u-%02u", (unsigned)y % 10000u,
	    (unsigned)month % 100u, (unsigned)d % 100u);
}
