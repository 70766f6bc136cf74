/*
 * review_talk.h - the dialogue about money that waits, without a screen: which
 * case is shown, what was said, and each word as one short transaction on
 * facts that are still as they were shown.
 */
#ifndef REVIEW_TALK_H
#define REVIEW_TALK_H

#include "review_case.h"

struct said {			/* a word that was carried out */
	guint at;		/* about which case */
	char *text;
	struct before before;
};

struct talk {
	struct context *context;
	GArray *ids;		/* int64_t: payments, suggestions first */
	guint at;		/* ids->len: all have been seen */
	struct review_case *shown;	/* NULL: it does not wait (any more) */
	GArray *looked_for;	/* int64_t: invoices found for this case */
	GPtrArray *said;	/* struct said, in order */
};

/* NULL: *code says why; it was said on stderr. */
struct talk *talk_open(struct context *context, int *code);
void talk_free(struct talk *talk);
/* The next one (1), the one before (-1), the same anew (0). Cases that were
 * settled elsewhere are passed over, unless something was said of them here. */
enum store_status talk_move(struct talk *talk, int step);
/* What was said of the case that is shown, or NULL. */
const char *talk_said(const struct talk *talk);

enum talk_word {
	TALK_ACCEPT,		/* the option */
	TALK_SPLIT,		/* over invoices that were looked at */
	TALK_REJECT, TALK_NO_INVOICE, TALK_FOR_NOW,
	TALK_CREDIT,		/* all that is left is the customer's */
	TALK_ACCEPT_CREDIT	/* the option, and the rest is the customer's */
};
struct saying {
	enum talk_word word;
	guint option;
	const GArray *parts;	/* struct option_part, of a split */
	int64_t customer;	/* of a credit; 0: the option's */
};
enum talk_end {
	TALK_DONE,		/* the next case is shown */
	TALK_CHANGED,		/* the case is not as it was shown: shown anew */
	TALK_REFUSED		/* nothing was done */
};
/* *note: a sentence for the person in every case, the caller frees. */
enum talk_end talk_say(struct talk *talk, const struct saying *saying,
    char **note);
/* Takes the last word back and shows its case again. */
enum talk_end talk_undo(struct talk *talk, char **note);

/* Invoices by number, customer's name or amount: [{"id","text"}]. */
json_t *talk_search(struct talk *talk, const char *text);
/* Customers by name: [{"id","text"}]. */
json_t *talk_customers(struct talk *talk, const char *text);
/* Shows an invoice as one more option; its index, or -1. */
int talk_look(struct talk *talk, int64_t invoice);
/* "1 234,50" or "1234.50" as a person types it. */
bool talk_amount(const char *text, const char *currency, int64_t *amount);
/* NULL, or why these parts cannot be booked; *rest: what would be left. */
char *talk_check(const struct talk *talk, const GArray *parts,
    int64_t *rest);

/* The cases that are still without a word, and all that was said. */
char *talk_summary(const struct talk *talk);

#endif
