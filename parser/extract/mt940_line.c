/*
 * mt940_line.c - one statement line (:61:) of MT940 and MT942:
 * 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x] and a line of 34x, with the liberties
 * that banks take: no comma, no reference, blanks, a name behind the reference.
 */
#include "mt940.h"
#include "statement.h"

#include <stdlib.h>
#include <string.h>

#define REFERENCE 16u	/* characters of the reference for the owner */

bool
mt940_day(const char *digits, char day[DAY_SIZE])
{
	char copy[7];
	int month, number;

	if (statement_day(digits, 6, day))
		return true;
	if (strspn(digits, "0123456789") < 6)
		return false;
	g_strlcpy(copy, digits, sizeof copy);
	number = atoi(copy + 4);
	month = (copy[2] - '0') * 10 + copy[3] - '0';
	if (month < 1 || month > 12 || number < 29 || number > 31)
		return false;
	while (!statement_day(copy, 6, day))
		g_snprintf(copy + 4, 3, "%02d", --number);
	return true;
}

/* The entry date has no year: the one that is nearest to the value date. */
static bool
entry_day(const char *digits, const char *value, char day[DAY_SIZE])
{
	int32_t there = day_number(value), best = G_MAXINT32;
	int year = atoi(value) % 100;

	day[0] = '\0';
	for (int step = -1; step <= 1; step++) {
		char text[16], found[DAY_SIZE];
		int32_t apart;

		g_snprintf(text, sizeof text, "%02d%.4s",
		    (year + step + 100) % 100, digits);
		if (!mt940_day(text, found))
			continue;
		apart = ABS(day_number(found) - there);
		if (apart < best) {
			best = apart;
			g_strlcpy(day, found, DAY_SIZE);
		}
	}
	return *day != '\0';
}

static const char *
read_days(const char **p, struct mt940_line *line)
{
	if (strspn(*p, "0123456789") < 6 || !mt940_day(*p, line->value))
		return "a value date (YYMMDD) behind :61:";
	*p += 6;
	if (strspn(*p, "0123456789") < 4)
		return NULL;
	if (!entry_day(*p, line->value, line->booked))
		return "an entry date (MMDD) behind the value date of :61:";
	*p += 4;
	return NULL;
}

static const char *
read_mark(const char **p, struct mt940_line *line)
{
	line->reversal = **p == 'R';
	line->expected = **p == 'E';
	*p += line->reversal || line->expected;
	if (**p != 'C' && **p != 'D')
		return "C, D, RC or RD behind the dates of :61:";
	line->credit = *(*p)++ == 'C';
	/* The third letter of the currency. */
	if (g_ascii_isupper(**p))
		(*p)++;
	return NULL;
}

static const char *
read_amount(const char **p, struct mt940_line *line)
{
	size_t length;

	*p += strspn(*p, " ");
	length = strspn(*p, "0123456789,.");
	if (!g_ascii_isdigit(**p))
		return "an amount behind C or D in :61:";
	line->amount = g_strndup(*p, length);
	*p += length;
	*p += strspn(*p, " ");
	return NULL;
}

static char *
trimmed(const char *text, size_t length)
{
	return g_strstrip(g_strndup(text, length));
}

/* The reference for the owner, the bank's behind "//", or (Dutch banks) the
 * account in sixteen columns and then its owner. */
static void
read_references(const char *text, size_t length, struct mt940_line *line)
{
	const char *mark = g_strstr_len(text, (gssize)length, "//");

	if (mark) {
		size_t before = (size_t)(mark - text);

		line->customer = trimmed(text, before);
		line->bank = trimmed(mark + 2, length - before - 2);
	} else if (length > REFERENCE && text[REFERENCE - 1] == ' ' &&
	    text[REFERENCE] != ' ') {
		line->customer = trimmed(text, REFERENCE);
		line->name = trimmed(text + REFERENCE, length - REFERENCE);
	} else {
		line->customer = trimmed(text, length);
	}
}

static const char *
read_rest(const char *p, struct mt940_line *line)
{
	size_t length = strcspn(p, "\n"), type = 0;

	if (length > 0 && !g_ascii_isupper(*p))
		return "a transaction type (N, F or S and three characters) "
		    "behind the amount of :61:";
	while (type < 4 && type < length)
		type++;
	line->type = trimmed(p, type);
	read_references(p + type, length - type, line);
	line->more = trimmed(p + length, strlen(p + length));
	g_strdelimit(line->more, "\n", ' ');
	return NULL;
}

static const char *
read_line(const char *p, struct mt940_line *line)
{
	const char *why;

	p += strspn(p, " ");
	why = read_days(&p, line);
	if (!why)
		why = read_mark(&p, line);
	if (!why)
		why = read_amount(&p, line);
	return why ? why : read_rest(p, line);
}

static void
no_nonref(char **reference)
{
	static const char *const none[] = {"NONREF", "NOREF", "KREF+", "KREF",
	    "EREF", "EREF+", "NONREFERENCE", "NOTPROVIDED", NULL};

	if (!*reference || g_strv_contains(none, *reference)) {
		g_free(*reference);
		*reference = g_strdup("");
	}
}

const char *
mt940_line_read(const char *text, struct mt940_line *line)
{
	g_autofree char *joined = g_strdup(text);
	char *end = strchr(joined, '\n');
	const char *why;

	*line = (struct mt940_line){0};
	why = read_line(text, line);
	if (why && end) {	/* broken inside of its first part */
		mt940_line_clear(line);
		memmove(end, end + 1, strlen(end));
		if (!read_line(joined, line))
			why = NULL;
	}
	no_nonref(&line->customer);
	no_nonref(&line->bank);
	if (!line->name)
		line->name = g_strdup("");
	return why;
}

void
mt940_line_clear(struct mt940_line *line)
{
	g_free(line->amount);
	g_free(line->type);
	g_free(line->customer);
	g_free(line->bank);
	g_free(line->name);
	g_free(line->more);
	*line = (struct mt940_line){0};
}
