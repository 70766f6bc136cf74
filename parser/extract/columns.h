/*
 * columns.h - lines of fixed columns, as CODA, Norma 43 and CNAB have them.
 * Columns count from 1, in characters, first and last included; behind the
 * end of a line there are blanks.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "../parser.h"

/* What stands there without the blanks around; the caller frees. */
char *columns_text(const char *line, unsigned first, unsigned last);
/* The same with its blanks: as long as the columns are. */
char *columns_exact(const char *line, unsigned first, unsigned last);
/* One character, a blank behind the end; '?' when it is not ASCII. */
char columns_char(const char *line, unsigned column);
/* Digits that end with so many decimals, as minor units; false when there is
 * anything else, or more than the currency can have. Blank is nought. */
bool columns_amount(const char *line, unsigned first, unsigned last,
    unsigned decimals, const char *currency, int64_t *minor);
/* A count; -1 when there is anything but digits. Blank is 0. */
long columns_number(const char *line, unsigned first, unsigned last);
/* DDMMYY or DDMMYYYY as ISO day; "" and false when it is none. */
bool columns_day(const char *line, unsigned first, unsigned last,
    char day[DAY_SIZE]);
/* One blank for several, in place; none around. */
char *columns_squeeze(char *text);
/* Adds a reference that is more than noughts, without those in front. */
void columns_reference(struct event *event, const char *text);

#endif
