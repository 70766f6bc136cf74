/*
 * transfer.h - money on its way from a payment provider's account to our bank:
 * known twice, from the provider's payout and from the bank's credit, and no
 * customer's payment in either.
 */
#ifndef TRANSFER_H
#define TRANSFER_H

#include "context.h"

/* Reads once how banks name the providers that are configured; nothing to do
 * without one. Uses context_parser(): not while a parser of this context is in
 * use, except that context_parser() has done it then. */
void transfer_load(struct context *context);
/* The same out of a parser that is there. NULL, or the sentence about an
 * account without a number whose bank is no provider; the caller frees. */
char *transfer_names(struct config *config, const struct parser *parser);

/* The provider's account from which this money comes to our bank, going by
 * its payer; NULL: it is somebody's payment. */
const struct account *transfer_provider(const struct config *config,
    const struct payment *payment);

/* A provider's own report of a payout, inside the caller's transaction: it is
 * kept, and the bank's credit set aside if that came first. */
enum store_status transfer_payout(struct context *context,
    const struct event *event, GPtrArray *done);
/* A credit at the bank: *taken when it is a payout, set aside if the provider
 * has told of it and else waiting for that. json as reconcile_payment(). */
enum store_status transfer_credit(struct context *context,
    const struct payment *payment, json_t **json, GPtrArray *done,
    bool *taken);

#endif
