/*
 * export.h - what `export` can write beside JSON Lines.
 */
#ifndef EXPORT_H
#define EXPORT_H

#include "command.h"

extern const struct command cmd_export;

/* Records (JSON objects) of one kind as RFC 4180 writes them: a line of names,
 * then theirs; what is a list stands as JSON. Text that a spreadsheet would
 * take for a formula gets an apostrophe in front. The caller frees. */
char *export_csv(const GPtrArray *records);
/* All invoices and payments as a journal of double entries on stdout, for
 * ledger or hledger. The exit code. */
int export_ledger(struct context *context, bool hledger);

#endif
