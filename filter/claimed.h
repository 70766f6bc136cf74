/*
 * claimed.h - money and what letters named beside the balance: interest,
 * compensation, fees. Money that includes them is understood, money that was
 * on its way before the letter waives them.
 */
#ifndef CLAIMED_H
#define CLAIMED_H

#include "match.h"

/* Fills facts->claimed: what of the payment is for charges, because it is
 * exactly the balance of a letter's invoices (or of one of them) and what that
 * letter named for them. */
enum store_status claimed_gather(struct store *store, struct facts *facts);

/* After the payment was put on invoices (int64_t ids): plans which charges it
 * paid or waives, and sets aside what it paid for them. *answered: the letter
 * that it paid as asked, or 0. */
enum store_status claimed_settle(struct context *context,
    const struct payment *payment, const GArray *invoices, struct plan *plan,
    int64_t *answered);

#endif
