/*
 * learned.h - what the program learns from confirmed decisions, and how it is
 * unlearned.
 *
 * Confirmed is
 *  - what the owner said: an accepted suggestion, an assigned payment;
 *  - a row of the imported history;
 *  - what was booked without a person once a statement (or the owner) has the
 *    payment, and only when the text named every invoice in full (number or
 *    structured reference). Such a booking needed neither account nor name nor
 *    habit, so none of them can confirm itself; and it teaches who pays and
 *    when, never what kind of amount (charges, rounding, late discount), for
 *    which a habit may have spoken.
 * A booking by an owner's rule, by account or by name teaches nothing.
 *
 * A lesson hangs on its payment. Whatever is put on invoices or taken off again
 * goes through plan_apply(), which calls learned_update(): what a payment
 * teaches is made anew from the allocations that stand, so that undoing, a
 * return of the money and a re-opened decision leave what the other payments
 * teach, and nothing else.
 */
#ifndef LEARNED_H
#define LEARNED_H

#include "match.h"

/* Makes the lessons of a payment anew, inside the caller's transaction. named:
 * it was booked just now by numbers in its text (see above). */
enum store_status learned_update(struct store *store, int64_t payment,
    bool named);
/* A row of the history about this customer. The learner keeps what names say:
 * a long history has few of them. */
struct learner;
struct learner *learner_new(void);
void learner_free(struct learner *learner);	/* NULL allowed */
enum store_status learned_history(struct learner *learner,
    struct store *store, const struct history *history, int64_t customer);

/* Is the payer a payment service or a factoring company, whose name and
 * account never mean one customer? Pure. */
bool learned_is_service(const char *payer);
/* A payer's name as it is learned: its words in order, or NULL. Pure, the
 * caller frees. */
char *learned_alias(const char *payer);

/* What parties by account or by name (struct party, all of one account) mean
 * for one of their customers. Pure. */
void learned_account(const GPtrArray *parties, int64_t customer,
    struct learned *out);
void learned_by_name(const GPtrArray *parties, int64_t customer,
    struct learned *out);
/* Sums as habits. Pure. */
void learned_habits(const struct habits *sums, struct learned *out);

#endif
