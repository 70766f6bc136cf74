/*
 * invoice_party.h - who sells and who buys, as an invoice's document names
 * them (mailfilter-invoice(5)): from the configuration and from what is on
 * file of a customer.
 */
#ifndef INVOICE_PARTY_H
#define INVOICE_PARTY_H

#include "context.h"

/* Adds street, postcode, city … of an address in lines to an object, as far
 * as the country's form leaves no doubt; what is there already stays. */
void address_split(const char *text, const char *name, const char *country,
    json_t *address);

/* Such an object as lines, without the country; NULL: nothing is in it. The
 * caller frees. */
char *address_lines(const json_t *address);

/* New objects; the caller owns them. */
json_t *party_seller(const struct config *config);
json_t *party_buyer(const struct customer *customer);

/* What is on file of how a customer wants its invoices (struct customer,
 * billing); never NULL, the caller owns it. */
json_t *customer_billing(const struct customer *customer);
/* Text of it, borrowed from the object, or NULL. */
const char *billing_text(const json_t *billing, const char *key);

#endif
