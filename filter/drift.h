/*
 * drift.h - a bank that we know wrote something that no template reads.
 */
#ifndef DRIFT_H
#define DRIFT_H

#include "intake.h"
#include "plan.h"

/* Keeps the mail, takes the account's feed for not understood, and puts the
 * alarm into the plan, one for each bank and day. events: all of the mail;
 * event: the drift, or the credit without an amount. Inside the caller's
 * transaction. */
enum store_status drift_take(struct context *context, const struct mail *mail,
    const struct account *account, const GPtrArray *events,
    const struct event *event, struct plan *plan);

#endif
