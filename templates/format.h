/*
 * format.h - amounts, days and numbers as a language writes them. Only for
 * this folder.
 */
#ifndef FORMAT_H
#define FORMAT_H

#include "language.h"

#include <stdbool.h>

/* Puts parts[0] in the place of @1, and so on; other @ stay. The caller frees
 * the result. */
char *format_fill(const char *pattern, const char *const *parts, int count);

/* A plain decimal: digits, at most one point, a sign. */
bool format_is_decimal(const char *text);
/* "2026-11-20" */
bool format_is_day(const char *text);

/* "1 234,50 €", "20 November 2026". The caller frees the result. */
char *format_money(const char *decimal, const char *currency,
    const struct language *language);
char *format_day(const char *day, const struct language *language);
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
