/*
 * instalments.h - instalment plans: offered, agreed, reminded of, paid or
 * broken. A plan's money is what lies on its invoices since it was made; no
 * payment is kept twice.
 */
#ifndef INSTALMENTS_H
#define INSTALMENTS_H

#include "behaviour.h"
#include "remind.h"

/* ---- instalments_asked.c: what customers write ------------------------------- */

/* A customer asks to pay in instalments. items: struct letter_item, the
 * invoices meant. When the configuration lets us offer and the customer
 * deserves it, plans the offer, its letter and the hold until it expires;
 * *answered is true then. Else *why (may be NULL; the caller frees) says why
 * the owner has to decide, and nothing is planned. */
enum store_status instalments_asked(struct context *context,
    const struct customer *customer, const GArray *items, struct plan *plan,
    bool *answered, char **why);

/* A customer says yes to a letter of ours: when it is an offer that stands,
 * plans the agreement (*answered), else nothing. Call it only when the yes is
 * without a doubt and comes from the customer's own address. */
enum store_status instalments_accepted(struct context *context,
    const struct letter *letter, struct plan *plan, bool *answered);

#endif
