/*
 * invoice.h - the command `invoice`: what its verbs share, and what a person
 * types of lines (pure).
 */
#ifndef INVOICE_H
#define INVOICE_H

#include "command.h"

extern const struct command cmd_invoice;

/* Each gives a new object as the document says it, or NULL and *why (the
 * caller frees): "text;quantity;unit;price;tax;key=value…" or "text;price";
 * "reason;amount or percent%;category;rate"; "IRPF 15". */
json_t *invoice_line_parse(const char *text, char **why);
json_t *invoice_allowance_parse(const char *text, char **why);
json_t *invoice_withholding_parse(const char *text, char **why);
/* "2026-11-01..2026-11-30" into object["period"]; false: it is none. */
bool invoice_period_parse(const char *text, json_t *object);

/* The verbs, each with argv[0] its name. */
int invoice_run_new(struct context *context, int argc, char **argv);
int invoice_run_edit(struct context *context, int argc, char **argv);
int invoice_run_send(struct context *context, int argc, char **argv);
int invoice_run_copy(struct context *context, int argc, char **argv);
int invoice_run_credit(struct context *context, int argc, char **argv);
int invoice_run_void(struct context *context, int argc, char **argv);
int invoice_run_show(struct context *context, int argc, char **argv);

#endif
