/*
 * invoice.h - making an invoice: lines, tax, sums (pure), and `invoice new`.
 */
#ifndef INVOICE_H
#define INVOICE_H

#include "command.h"

extern const struct command cmd_invoice;

/* Reads "text;quantity;unit;price;tax" or "text;price" (quantity 1, no tax).
 * Quantities have up to three decimals, prices the currency's, tax is a
 * percentage with or without the sign. NULL: *why, caller frees. */
struct invoice_line *invoice_line_parse(const char *text, const char *currency,
    char **why);
/* Fills tax and amount from the lines: tax is computed once for each rate on
 * the sum of its lines (EN 16931, BG-23), halves away from zero. False when a
 * sum leaves int64. */
bool invoice_sum(struct invoice *invoice);
/* The tax of line i's rate on all lines that have it; *first tells whether
 * line i is the first of them. False when a sum leaves int64. */
bool invoice_rate_tax(const GPtrArray *lines, guint i, int64_t *tax,
    bool *first);

int invoice_run_new(struct context *context, int argc, char **argv);
int invoice_run_edit(struct context *context, int argc, char **argv);
int invoice_run_credit(struct context *context, int argc, char **argv);

#endif
