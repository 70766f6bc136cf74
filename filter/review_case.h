/*
 * review_case.h - one payment that waits for the owner's word: what it may be
 * for as the store stands now, and the same in plain rows for any screen.
 */
#ifndef REVIEW_CASE_H
#define REVIEW_CASE_H

#include "words.h"

#define CASE_OPTIONS 9		/* offered by the match; a digit chooses */

struct option_part {
	int64_t invoice, credit_note, amount;
	enum allocation_kind kind;
};

struct case_option {
	GArray *parts;		/* struct option_part */
	double probability;	/* below 0: the person looked for it */
	char *why;		/* reasons, comma-separated */
	int64_t customer;
	int64_t rest;		/* of the payment when this is booked */
	char *refused;		/* why it cannot be booked, or NULL */
};

struct review_case {
	struct payment *payment;
	GPtrArray *options;	/* struct case_option, best first */
	guint offered;		/* of them by the match */
	bool suggested;		/* the first one is likely */
	char *nothing;		/* why none is, as codes, or NULL */
	GPtrArray *documents;	/* struct invoice */
	GPtrArray *customers;	/* struct customer */
	char *mark;		/* of all that the decision rests on: another
				 * one means that something has changed */
};

/* looked_for: ids of invoices (int64_t) that the person has found. NONE: it
 * does not wait any more. */
enum store_status case_build(struct context *context, int64_t payment,
    const GArray *looked_for, struct review_case **out);
void case_free(struct review_case *one);	/* NULL allowed */

const struct invoice *case_document(const struct review_case *one,
    int64_t id);
const struct customer *case_customer(const struct review_case *one,
    int64_t id);
/* The parts of an option for word_parts(): struct part. */
GArray *case_parts(const struct review_case *one,
    const struct case_option *option);

/* ---- review_show.c ---------------------------------------------------------- */

/* Others' text for a screen: one line, nothing that acts on a terminal. The
 * caller frees. */
char *show_clean(const char *text);
/* {"head":…,"rows":[{"label","text","same"}],"options":[{"title","percent",
 * "for","against","refused","rest","stays","rows"}],…}: all text is clean. */
json_t *show_case(struct context *context, const struct review_case *one);
/* More about an option: sentences, an array of strings. */
json_t *show_more(struct context *context, const struct review_case *one,
    guint option);
/* "2026-0004, Carla Ruiz, 300.00 EUR of 300.00 EUR open, due 2026-11-19" */
char *show_invoice(struct context *context, const struct invoice *invoice);

#endif
