/*
 * told.h - what a bank says about the way of money that came in: the charges
 * that were kept on it, what the payer's bank was told to pay, the rate.
 */
#ifndef TOLD_H
#define TOLD_H

#include "../parser.h"

/* Charges that were taken off the amount. Those in another currency than the
 * event's, and those of money that did not come in, are left out. */
void told_charges(struct event *event, int64_t minor, const char *currency);
/* Left out when it is what came in. */
void told_instructed(struct event *event, int64_t minor,
    const char *currency);
/* A decimal with a point or a comma, NULL allowed. Any other text is left
 * out. */
void told_rate(struct event *event, const char *text);

#endif
