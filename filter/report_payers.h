/*
 * report_payers.h - the table of `report payers`: how each customer pays.
 */
#ifndef REPORT_PAYERS_H
#define REPORT_PAYERS_H

#include "context.h"

#define PAYERS_COLUMNS 12
extern const char *const payers_headings[PAYERS_COLUMNS];

/* Appends the cells (char *) of all rows: who has left its habit first, then
 * whose oldest invoice is most overdue. An exit code. */
int report_payers(struct context *context, GPtrArray *cells);

#endif
