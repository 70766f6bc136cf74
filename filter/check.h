/*
 * check.h - what the parts of `mailfilter check` found.
 */
#ifndef CHECK_H
#define CHECK_H

#include "context.h"

struct findings {
	GPtrArray *problems;	/* char *: must be mended */
	GPtrArray *hints;	/* char *: works, but think of it */
};

/* Adds a sentence to one of the lists. */
void check_note(GPtrArray *list, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* check_accounts.c: what each bank account still needs. */
void check_accounts(struct context *context, struct findings *findings);
/* check_rules.c: the owner's rules. */
void check_rules(struct context *context, struct findings *findings);

/* check_invoices.c: gaps in series of numbers; parties of e-invoices. */
void check_invoices(struct context *context, struct findings *findings);

/* check_sending.c: whether letters can leave. */
void check_sending(struct context *context, struct findings *findings);

/* check_policies.c: the reminder policies, and the customers' countries. */
void check_policies(struct context *context, struct findings *findings);

#endif
