/*
 * einvoice.h - electronic invoices that another program has sent for us, as
 * documents (mailfilter-invoice(5)): are they ours, and who is the buyer?
 */
#ifndef EINVOICE_H
#define EINVOICE_H

#include "context.h"

/* Is the seller (or the buyer) of a document the owner: by tax id, legal id,
 * endpoint or exact name? */
bool einvoice_party_is_owner(const struct config *config,
    const json_t *party);

/* The customers on file by what an invoice may name them with, read once. */
struct buyers;
/* Reads them; a failure's status. *out is NULL then. */
enum store_status buyers_new(struct context *context, struct buyers **out);
void buyers_free(struct buyers *buyers);	/* NULL allowed */

/* Who is the buyer? STORE_OK: *customer is the id. STORE_NONE: nobody on
 * file. STORE_CONFLICT: what the invoice says names several; *why is a
 * sentence. The caller frees it. */
enum store_status buyers_find(const struct buyers *buyers,
    const json_t *buyer, const char *reference, int64_t *customer,
    char **why);
/* A customer made from the buyer of a document, to be put into the store.
 * NULL: *why says what is missing and how to add one. */
struct customer *buyers_make(const struct buyers *buyers,
    const json_t *document, char **why);
/* It is in the store now. */
void buyers_add(struct buyers *buyers, const struct customer *customer);

/* Fills what follows from a document: all of document_to_invoice(), days and
 * conditions, the state. terms_days of the customer, -1: unknown. NULL, or a
 * sentence why it cannot be taken; the caller frees it. */
char *einvoice_fill(const json_t *document, int terms_days,
    struct invoice *invoice);

/* What is on file under this number and the file does not say is taken over:
 * not every syntax has a place for a discount, and that is no contradiction. */
enum store_status einvoice_fill_unsaid(struct store *store,
    struct invoice *invoice);
/* In what the one on file under this number differs; the caller frees. */
char *einvoice_difference(struct store *store, const struct invoice *now,
    const char *customer);
/* The discount that lasts longest; invoice->date is set. */
void einvoice_fill_discount(const json_t *document, struct invoice *invoice);

#endif
