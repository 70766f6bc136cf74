/*
 * payment.h - parts of the command `payment` that stand alone.
 */
#ifndef PAYMENT_H
#define PAYMENT_H

#include "context.h"

/* The verb `assign`. */
int payment_assign(struct context *context, int argc, char **argv);
/* Puts a payment on the invoices that the owner names, "NUMBER" or
 * "NUMBER=AMOUNT" each, NULL at the end, inside the caller's transaction; says
 * what was done, or why not. */
int payment_assign_parts(struct context *context,
    const struct payment *payment, const char *const *wanted);

#endif
