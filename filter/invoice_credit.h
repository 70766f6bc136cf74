/*
 * invoice_credit.h - what `invoice credit` asks for, and the credit note that
 * is made of an invoice.
 */
#ifndef INVOICE_CREDIT_H
#define INVOICE_CREDIT_H

#include "invoice_finish.h"
#include "invoice_letter.h"
#include "plan.h"

struct credit_wish {
	struct context *context;
	struct invoice *invoice;	/* that is credited */
	int64_t amount;		/* gross; 0: all of it, or the lines */
	GPtrArray *lines;	/* json_t *, of the document */
	const char *reason;	/* stands on it, or NULL */
};

/* Makes and issues it, inside the caller's transaction; making was initialised
 * and is released by the caller. *why: a sentence beside a failure. */
enum store_status credit_note_make(const struct credit_wish *wish,
    struct making *making, char **why);

#endif
