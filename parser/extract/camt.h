/*
 * camt.h - one entry (Ntry) of an ISO 20022 account statement as events.
 */
#ifndef CAMT_H
#define CAMT_H

#include "node.h"

/* The amount of an element with a Ccy, not negative, exact; NULL allowed.
 * *currency is borrowed. */
bool camt_read_amount(const struct node *amount, int64_t *minor,
    const char **currency);
/* Signed minor units of Amt and CdtDbtInd below a node: a debit is negative.
 * False when there is no amount that is exact. *currency is borrowed. */
bool camt_amount(const struct node *node, int64_t *minor,
    const char **currency);
/* First ten characters of Dt or DtTm below the path, NULL when no day. The
 * caller frees. */
char *camt_day(const struct node *node, const char *path);

/* camt_told.c: what the bank says about the way of the money: charges, what
 * was instructed, the rate. whole: the event is all of the entry. */
void camt_told(struct event *event, const struct node *entry,
    const struct node *details, bool whole);

/* Gives the events of a booked entry to the sink: one, or one for each part
 * of a batch that sums up. An entry that is not booked (Sts other than BOOK)
 * changes no balance and is no event. */
void camt_entry(const struct node *entry, struct sink *sink);

#endif
