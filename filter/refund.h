/*
 * refund.h - money that the owner sends to a customer.
 */
#ifndef REFUND_H
#define REFUND_H

#include "context.h"
#include "plan.h"

/* Puts the question into the plan when the money goes to the account of one
 * customer and was not asked about before. */
enum store_status refund_ask(struct context *context,
    const struct event *event, struct plan *plan);

#endif
