/*
 * money_event.h - an event of the parser as the store's report of a payment.
 */
#ifndef MONEY_EVENT_H
#define MONEY_EVENT_H

#include "context.h"

/* Fills a report from a credit or return event; strings of the payment are
 * owned by it. False: the event has no amount, currency or day. */
bool money_event_report(const struct context *context,
    const struct event *event, enum trust trust, enum channel channel,
    const char *source, struct report *report);
void money_event_release(struct report *report);
/* The evidence of the report for the journal, a JSON object's text. */
char *money_event_evidence(const struct event *event,
    const struct report *report);

#endif
