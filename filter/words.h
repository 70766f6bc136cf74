/*
 * words.h - what the owner says about a payment: the plans that a word makes
 * (decide_owner.c, pure) and the words carried out (words.c).
 */
#ifndef WORDS_H
#define WORDS_H

#include "plan.h"

/* ---- decide_owner.c: pure ------------------------------------------------ */

struct part {			/* what is put on one invoice */
	const struct invoice *invoice;	/* as it stands now */
	const struct invoice *credit_note;	/* kind credit-note: spent on it */
	enum allocation_kind kind;
	int64_t amount;		/* minor units, above zero */
};

/* Why these parts cannot be booked, a sentence without full stop, or NULL; the
 * caller frees. All that is put on an invoice is at most its balance, all that
 * is taken from the payment at most what it has left; *rest (may be NULL) is
 * what stays, also of parts that are refused. */
char *parts_refusal(const struct payment *payment, const struct part *parts,
    size_t n, int64_t *rest);
/* Puts them there. For parts that are not refused. */
struct plan *decide_parts(const struct payment *payment,
    const struct part *parts, size_t n, const char *by);
/* None of what was suggested. */
struct plan *decide_reject(const struct payment *payment, const char *by);
enum aside { ASIDE_NO_INVOICE, ASIDE_FOR_NOW };
struct plan *decide_aside(const struct payment *payment, enum aside aside,
    const char *by);
/* Adds that what is left of the payment is credit of a customer: nobody is
 * asked about it any more; an invoice that comes later may be paid of it. */
void decide_credit(struct plan *plan, const struct payment *payment,
    const struct customer *customer, const char *by);
/* Takes allocations back. numbers: of their invoices. */
struct plan *decide_undo(const struct payment *payment,
    const GPtrArray *allocations, const char *const *numbers,
    const char *by);
/* Adds that the payment is not aside, nobody's credit any more, or that what
 * was refused may be suggested again. */
void decide_take_back(struct plan *plan, const struct payment *payment,
    const char *what, const char *by);

/* ---- words.c ---------------------------------------------------------------- */

/* One word about one payment, inside the caller's transaction. */
struct word {
	struct context *context;
	const struct payment *payment;
	GString *said;		/* what was done, line by line */
	GString *brief;		/* the same in one line, for a screen */
	char *refused;		/* or why it was not, a sentence */
};
void word_release(struct word *word);

/* Each gives EX_OK, EX_DATAERR with `refused` set and nothing done, or another
 * code after having said why on stderr. */
int word_accept(struct word *word);	/* what was suggested, as it is stored */
int word_parts(struct word *word, const struct part *parts, size_t n);
int word_reject(struct word *word);
int word_aside(struct word *word, enum aside aside);
int word_credit(struct word *word, const struct customer *customer);

/* ---- credit.c ------------------------------------------------------------------ */

/* The customer whose credit a payment is by the owner's word, or NULL in
 * *customer; the caller frees. */
enum store_status credit_owner(struct store *store, int64_t payment,
    struct customer **customer);
/* The payments of which something is credit of a customer; the caller unrefs. */
enum store_status credit_list(struct store *store, int64_t customer,
    GPtrArray **payments);

/* ---- words_back.c ----------------------------------------------------------- */

/* Takes back all that stands: bookings, aside, credit; if nothing does, what
 * was refused. Not to be booked again by itself. */
int word_undo(struct word *word);

struct before {			/* how a payment stood */
	int64_t payment;
	GArray *allocations;	/* int64_t: ids of the active ones */
	int64_t set_aside;
	int64_t credit;		/* whose it was by the owner's word, or 0 */
	int64_t first;		/* id of the first open suggestion */
};
enum store_status before_take(struct store *store,
    const struct payment *payment, struct before *before);
void before_release(struct before *before);
/* Takes back what was said since, and asks about the payment anew. */
int word_restore(struct word *word, const struct before *before);
/* Matches a payment anew after the owner took a word back: what would be
 * booked by itself is only suggested. */
enum store_status word_ask_again(struct context *context, int64_t payment);

/* For words.c and words_back.c: why a word is not carried out; the plan, which
 * is freed (money: letters follow what was put on invoices); NONE and KNOWN
 * where they are as good as OK. */
int word_refuse(struct word *word, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
int word_carry_out(struct word *word, struct plan *plan, bool money);
enum store_status word_done(enum store_status status);

#endif
