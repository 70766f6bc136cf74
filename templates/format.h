/*
 * format.h - amounts, days and numbers as a language writes them. Only for
 * this folder (format_money and format_day are in templates.h).
 */
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>

struct symbol {
	const char *currency, *text;
};

struct language {
	const char *code;		/* BCP 47 primary subtag */
	const char *decimal, *grouping;
	int least_grouped;		/* digits before the point from which
					 * they are grouped */
	/* In the patterns @1, @2, @3 are filled in. */
	const char *money;		/* number, symbol */
	const char *money_code;		/* number, currency code */
	const struct symbol *symbols;	/* ends with NULL; others: the code */
	const char *percent;		/* number */
	const char *day;		/* day, month, year */
	const char *time;		/* day, hour and minute */
	const char *months[12];		/* as they stand in a date */
};

/* Never NULL: English for a language that is not known. "es-MX" is "es". */
const struct language *language_find(const char *code);

/* A plain decimal: digits, at most one point, a sign. */
bool format_is_decimal(const char *text);
/* "2026-11-20" */
bool format_is_day(const char *text);

/* "1234.5" -> "1 234,5"; text that is no decimal stays as it is. The caller
 * frees the result. */
char *format_decimal(const char *decimal, const struct language *language);
char *format_percent(const char *decimal, const struct language *language);
/* "2026-11-20T14:05:00+01:00" -> "20 November 2026, 14:05", "… UTC" for Z;
 * NULL when it is no time. */
char *format_time(const char *time, const struct language *language);
/* Letters and digits in groups of four. */
char *format_iban(const char *iban);

#endif
