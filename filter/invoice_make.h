/*
 * invoice_make.h - from what a person writes of an invoice to the document
 * that goes out: parties, payment, days, tax and terms that the configuration
 * and the customer know, then the checks and sums of document.h.
 *
 * What is written is the JSON of mailfilter-invoice(5) with five keys of our
 * own that stand on no paper: "customer" (its key), "account" (ours to pay
 * to), "policy", "terms_days", "memo". A draft keeps it like that.
 */
#ifndef INVOICE_MAKE_H
#define INVOICE_MAKE_H

#include "context.h"
#include "document.h"

struct making {			/* one invoice on its way */
	struct context *context;
	json_t *source;		/* what was written */
	struct customer *customer;
	const char *language;	/* of the customer */
	struct invoice *invoice;	/* its row; id 0: not there yet */
	json_t *document;	/* complete, or NULL */
	char *read;		/* of a draft: its document as it was read */
	bool untaxed;		/* lines said no tax, and nobody else did */
	const char *key;	/* the caller's own id, or NULL: the number */
	bool foreign;		/* another program has issued and sent it */
	bool draft;		/* what the customer asks for may still lack */
};
/* customer and source may be set by the caller; release frees all. */
void making_init(struct making *making, struct context *context);
void making_release(struct making *making);
/* Reads the source from a file ("-": standard input) of JSON. False: *why. */
bool making_read(struct making *making, const char *file, char **why);

/* Fills document and row from source and customer. The store is read: inside
 * the transaction in which the invoice is issued. NULL, or a sentence that
 * names the field and what to enter; the caller frees it. */
char *making_complete(struct making *making);

/* invoice_defaults.c: what lines and the rest leave open. NULL, or why. */
char *making_defaults(struct making *making, json_t *document);
/* invoice_deposits.c: earlier deposits that this one deducts. */
char *making_deposits(struct making *making, json_t *document);
/* invoice_terms.c: the text of the payment terms, or NULL: there are none in
 * this language. The caller frees. */
char *invoice_terms(const struct making *making);

/* What a customer may ask for on each invoice: "po", "project" …. */
bool customer_may_require(const char *name);

#endif
