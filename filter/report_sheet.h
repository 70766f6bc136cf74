/*
 * report_sheet.h - a table that any format can print.
 */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include "context.h"

struct sheet {			/* a table that any format can print */
	const char *const *headings;	/* '>' in front: right-aligned */
	int columns;
	GPtrArray *cells;	/* row after row */
};

void sheet_print_text(const struct context *context,
    const struct sheet *sheet);
void sheet_print_csv(const struct context *context,
    const struct sheet *sheet);
void sheet_print_rows_json(const struct context *context,
    const struct sheet *sheet);

#endif
