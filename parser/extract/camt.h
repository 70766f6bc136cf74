/*
 * camt.h - one entry (Ntry) of an ISO 20022 account statement as events.
 */
#ifndef CAMT_H
#define CAMT_H

#include "../parser.h"
#include "node.h"

/* Signed minor units of Amt and CdtDbtInd below a node: a debit is negative.
 * False when there is no amount that is exact. *currency is borrowed. */
bool camt_amount(const struct node *node, int64_t *minor,
    const char **currency);
/* First ten characters of Dt or DtTm below the path, NULL when no day. The
 * caller frees. */
char *camt_day(const struct node *node, const char *path);

/* Appends the events of a booked entry: one, or one for each part of a batch
 * that sums up. The account, currency and statement are the caller's. */
void camt_entry(const struct node *entry, GPtrArray *events);
/* Is the entry booked (Sts BOOK)? Others change no balance. */
bool camt_is_booked(const struct node *entry);

#endif
