/*
 * recurrence.h - the days of an invoice that comes again. Pure.
 */
#ifndef RECURRENCE_H
#define RECURRENCE_H

#include "remind.h"

/* The day of a turn (0 is the first): equal steps from the first day; months
 * keep the day of the month where they have it. With last_day always the last
 * day of the month. */
int32_t recurrence_day(const struct recurring *recurring, int turn);
/* When a turn is made: its day, or the last business day before the customer's
 * closing day (1 to 31, 0 none) where its day would come on or after that. */
int32_t recurrence_send_day(const struct recurring *recurring, int turn,
    int closing_day, const struct holidays *days);
/* The time that a turn is for, both days included; false: none is named. */
bool recurrence_period(const struct recurring *recurring, int turn,
    int32_t *from, int32_t *to);
/* The text with {n}, {from}, {to}, {month} ("11/2026"), {quarter} ("4/2026")
 * and {year} filled in for a turn; other braces stay. The caller frees. */
char *recurrence_text(const struct recurring *recurring, int turn,
    const char *text);
/* The same in every text of a document. */
void recurrence_fill(const struct recurring *recurring, int turn,
    json_t *document);

#endif
