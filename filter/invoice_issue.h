/*
 * invoice_issue.h - drafts, and the moment in which one becomes an invoice.
 * All inside the caller's transaction.
 */
#ifndef INVOICE_ISSUE_H
#define INVOICE_ISSUE_H

#include "invoice_make.h"

/* making_complete() before. A number, if it has none; then the row is added,
 * or the draft rewritten, with what finds it; the journal knows. Money that
 * waits for it is looked at: plans go into done. *why: a sentence beside a
 * status that is not STORE_OK; the caller frees it. */
enum store_status invoice_issue(struct making *making, GPtrArray *done,
    char **why);
/* Of all that only number, reference, row and keys. STORE_KNOWN: a foreign one is
 * there already with the same content. */
enum store_status invoice_write(struct making *making, char **why);
/* The same for a draft: kept, and nothing else. */
enum store_status invoice_keep_draft(struct making *making, char **why);
/* Queues the mail of an invoice or credit note. STORE_NONE: its customer has
 * no address; STORE_KNOWN: its mail waits or went already. */
enum store_status invoice_queue(struct context *context,
    const struct customer *customer, const struct invoice *invoice);

/* `remind` queues what is open and was never sent: not this one, of which
 * nothing is to be paid. */
bool invoice_goes_at_once(const struct invoice *invoice);
/* "Invoice", "Credit note", "Deposit invoice" */
const char *invoice_words(const struct invoice *invoice);

#endif
