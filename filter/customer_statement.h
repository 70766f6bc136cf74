/*
 * customer_statement.h - statements of account: asked for by a customer, or
 * by the owner (`customer statement`).
 */
#ifndef CUSTOMER_STATEMENT_H
#define CUSTOMER_STATEMENT_H

#include "remind_internal.h"

/* All that is open goes into the letter; with nothing open it says so. */
enum store_status statement_items(struct context *context,
    const struct customer *customer, struct letter *letter);

int customer_run_statement(struct context *context, int argc, char **argv);

#endif
