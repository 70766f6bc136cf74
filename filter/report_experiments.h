/*
 * report_experiments.h - `report experiments`: one row an arm, as text cells.
 */
#ifndef REPORT_EXPERIMENTS_H
#define REPORT_EXPERIMENTS_H

#include "context.h"

#define EXPERIMENT_COLUMNS 12
extern const char *const experiment_headings[EXPERIMENT_COLUMNS];

/* Calls add_row with the cells of each row. EX_OK, or why not. */
int report_experiments(struct context *context,
    void (*add_row)(void *sheet, char *const *cells), void *sheet);

#endif
