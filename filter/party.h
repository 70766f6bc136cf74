/*
 * party.h - which customers a payer can be, by account and by name (inside
 * the matcher's gathering of facts only).
 */
#ifndef PARTY_H
#define PARTY_H

#include "match.h"

struct payer {			/* a customer who may have paid */
	struct customer *customer;	/* owned by the facts */
	bool account, account_shared;
	/* See struct candidate for these. */
	bool account_masked;
	double name;		/* 0..1 */
	bool name_full, name_complete, name_form_differs, name_behalf;
	bool company;
	int namesakes;
	struct learned learned;
	double rank;		/* for choosing whom to look at */
};

/* Finds them, best first (struct payer). Customers are added to facts'. */
enum store_status payers_gather(struct store *store,
    const struct payment *payment, GPtrArray *customers, GPtrArray **out);
/* The payer of this customer, added when there is none. */
enum store_status payers_get(struct store *store, int64_t customer,
    GPtrArray *customers, GPtrArray *payers, struct payer **out);

/* learned_find.c: customers for whom somebody of this name has paid; a
 * customer's habits. Both fill in payer->learned. */
enum store_status learned_find_name(struct store *store, const char *name,
    GPtrArray *customers, GPtrArray *payers);
enum store_status learned_find_habits(struct store *store,
    struct payer *payer);

#endif
