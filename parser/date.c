/*
 * date.c - the Date field of a mail (RFC 5322, 3.3; obsolete zones of 4.3),
 * by integers and without a time zone of our own.
 */
#include "header.h"
#include "parser.h"

#include <string.h>

/* Blanks and comments, which may stand between all parts of a date. */
static const char *
skip_blanks(const char *p)
{
	int depth = 0;

	for (; *p; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && depth > 0)
			depth--;
		else if (depth == 0 && *p != ' ' && *p != '\t')
			break;
	}
	return p;
}

static const char *
read_digits(const char *p, int least, int most, int *out)
{
	int n = 0;

	*out = 0;
	for (; n < most && g_ascii_isdigit(*p); p++, n++)
		*out = *out * 10 + (*p - '0');
	return n < least || g_ascii_isdigit(*p) ? NULL : p;
}

static const char *
read_month(const char *p, int *month)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (*month = 1; *month <= 12; (*month)++)
		if (g_ascii_strncasecmp(p, names + (*month - 1) * 3, 3) == 0)
			return p + 3;
	return NULL;
}

/* "[Sun,] 22 Nov 2026" as an ISO day. */
static const char *
read_day(const char *p, char day[DAY_SIZE])
{
	int d, m, y;

	if (g_ascii_isalpha(*p)) {
		while (g_ascii_isalpha(*p))
			p++;
		p = skip_blanks(p);
		if (*p++ != ',')
			return NULL;
		p = skip_blanks(p);
	}
	p = read_digits(p, 1, 2, &d);
	p = p ? read_month(skip_blanks(p), &m) : NULL;
	p = p ? read_digits(skip_blanks(p), 2, 4, &y) : NULL;
	if (!p)
		return NULL;
	if (y < 50)
		y += 2000;
	else if (y < 1000)
		y += 1900;
	g_snprintf(day, DAY_SIZE, "%04u-%02u-%02u", (unsigned)y % 10000u,
	    (unsigned)m % 100u, (unsigned)d % 100u);
	return day_number(day) == G_MININT32 ? NULL : p;
}

/* "14:05[:09]" as seconds. */
static const char *
read_time(const char *p, int *seconds)
{
	int h, m, s = 0;

	p = read_digits(p, 1, 2, &h);
	if (!p || *(p = skip_blanks(p)) != ':')
		return NULL;
	p = read_digits(skip_blanks(p + 1), 1, 2, &m);
	if (!p)
		return NULL;
	if (*skip_blanks(p) == ':')
		p = read_digits(skip_blanks(skip_blanks(p) + 1), 1, 2, &s);
	if (!p || h > 23 || m > 59 || s > 60)
		return NULL;
	*seconds = h * 3600 + m * 60 + s;
	return p;
}

/* Seconds east of Greenwich. An unknown name counts as UTC (RFC 5322). */
static const char *
read_zone(const char *p, int *east)
{
	static const struct {
		const char *name;
		int hours;
	} zones[] = {{"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5},
	    {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
	int number;
	char sign = *p;

	*east = 0;
	if (sign == '+' || sign == '-') {
		p = read_digits(p + 1, 4, 4, &number);
		if (!p || number % 100 > 59 || number / 100 > 14)
			return NULL;
		*east = (number / 100 * 60 + number % 100) * 60;
		*east = sign == '-' ? -*east : *east;
		return p;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
		if (g_ascii_strncasecmp(p, zones[i].name, 3) == 0)
			*east = zones[i].hours * 3600;
	while (g_ascii_isalpha(*p))
		p++;
	return p;
}

bool
header_date(const char *value, int64_t *seconds, char day[DAY_SIZE])
{
	char civil[DAY_SIZE];
	int time, east;
	const char *p = value ? read_day(skip_blanks(value), civil) : NULL;

	p = p ? read_time(skip_blanks(p), &time) : NULL;
	p = p ? read_zone(skip_blanks(p), &east) : NULL;
	if (!p || *skip_blanks(p))
		return false;
	*seconds = (int64_t)day_number(civil) * 86400 + time - east;
	memcpy(day, civil, DAY_SIZE);
	return true;
}
