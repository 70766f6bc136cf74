/*
 * amounts.h - what an amount can mean for an open balance (pure).
 */
#ifndef AMOUNTS_H
#define AMOUNTS_H

#include "match.h"

enum amount_kind {
	AMOUNT_EXACT,		/* the open balance */
	AMOUNT_DISCOUNT,	/* less the early discount, inside its window */
	AMOUNT_ROUNDING,	/* a few minor units off */
	AMOUNT_FEE,		/* a bank on the way kept its charges */
	AMOUNT_LATE_DISCOUNT,	/* the discount taken after its window */
	AMOUNT_PARTIAL, AMOUNT_OVER,
	AMOUNT_SEVERAL,		/* the sum of invoices that the text names */
	AMOUNT_LISTED,		/* … by their last digits, or from one to one */
	AMOUNT_NAMED_OTHER,	/* invoices that the text names, another sum */
	AMOUNT_NETTED,		/* invoices less credit notes, all named */
	AMOUNT_NETTED_GUESS,	/* a credit note nobody named makes it right */
	AMOUNT_ALL,		/* everything open of one customer */
	AMOUNT_SUBSET,		/* some of it, named or not */
	AMOUNT_CURRENCY,	/* named, but in another currency */
	AMOUNT_WITHHOLDING,	/* less a tax that the payer pays for us */
	AMOUNT_INSTALMENT,	/* one of a few equal parts */
	AMOUNT_FEE_TOLD,	/* … with the charges that the bank tells */
	AMOUNT_CURRENCY_TOLD,	/* the balance, before the bank exchanged it */
	AMOUNT_GROUP,		/* what one pays together: all overdue, all of
				 * a month, the oldest up to one of them */
	AMOUNT_COMPLETED,	/* named ones and others that make it right */
	AMOUNT_OLDEST,		/* a round sum: the oldest as far as it goes */
	AMOUNT_DATED,		/* the sum of those whose days or months are told */
	AMOUNT_RULED,		/* the oldest first, as an owner's rule says */
	AMOUNT_KINDS
};

/* Reason: "open-balance", "discount" … */
const char *amount_kind_name(enum amount_kind kind);

/* How the money came: inside one country, or in euro inside the SEPA area, no
 * bank on the way keeps charges. */
enum way { WAY_UNKNOWN, WAY_DIRECT, WAY_ABROAD };

/* What one payment is compared with, for one invoice. */
struct amount_case {
	int64_t paid;
	int64_t told;		/* charges that the bank says it kept */
	int64_t instructed;	/* what the bank says it was told to pay, in
				 * the invoice's currency, or 0 */
	const char *day;
	const struct invoice *invoice;
	const struct customer *customer;	/* NULL: unknown */
	const struct config *config;	/* NULL: defaults */
	enum way way;		/* charges.c */
	bool deducts, rounds;	/* learned habits of this payer */
};

struct amount_fit {
	enum amount_kind kind;
	int64_t payment;	/* part of the payment that goes on it */
	int64_t other;		/* closed beside it as other_kind, or 0 */
	enum allocation_kind other_kind;
	bool certain;		/* what is missing needs no asking */
	bool on_file;		/* the rate is the customer's own */
	enum allocation_kind rest_kind;	/* not certain: what it may be */
	double chance;		/* amounts that would have fitted alike, of all
				 * that are as plausible */
};

/* amount * numerator / denominator, halves away from zero; false when it
 * leaves int64. */
bool money_share(int64_t amount, int64_t numerator, int64_t denominator,
    int64_t *out);
/* What is still to be paid by new money: announced money counts as paid. */
int64_t invoice_balance(const struct invoice *invoice);
/* What a payment means for an invoice with a balance. */
struct amount_fit amount_fit(const struct amount_case *asked);
/* withheld.c: is what is missing a tax that the payer keeps back? */
bool amount_withheld(const struct amount_case *asked, bool own_rate,
    struct amount_fit *fit);
/* charges.c */
/* The charges that the bank tells of a payment nothing of which is spent. */
int64_t charges_told(const struct payment *payment);
/* Can charges on this amount have been as high? */
bool charges_are_likely(int64_t charges, int64_t amount,
    const char *currency);
enum way charges_way(const struct payment *payment,
    const struct customer *customer, const struct config *config);
/* The configured tolerance for charges, in the payment's currency. */
int64_t charges_tolerance(const struct config *config, const char *currency);
/* What charges can be at most, in the payment's currency. */
int64_t charges_most(const char *currency);
/* prepaid.c: does the text say that it comes before its invoice? */
bool payment_is_prepaid(const struct payment *payment);
/* purpose.c: for what is the money, when its text names no invoice? */
enum purpose {
	PURPOSE_UNSAID,		/* no words */
	PURPOSE_INVOICE,	/* for an invoice, it does not say which */
	PURPOSE_WORDS,		/* words that say nothing about it */
	PURPOSE_OTHER		/* a refund, rent, wages, a loan … */
};
enum purpose payment_purpose(const struct payment *payment);
/* Does a text say so? Words of the payer's own name (NULL: unknown) do not. */
bool text_has_purpose(const char *text, const char *payer);
/* The balance less the discount when it may be taken on that day, else the
 * balance. */
int64_t invoice_discounted(const struct invoice *invoice, const char *day,
    const struct config *config);

#endif
