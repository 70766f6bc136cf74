/*
 * learned_find.c - what was learned, read for a match: one look-up by the
 * payer's name, one for the habits of each customer that is looked at.
 */
#include "learned.h"
#include "party.h"

#define PARTIES 8		/* more customers than that: a sender for anybody */

enum store_status
learned_find_name(struct book *book, const char *name,
    GPtrArray *customers, GPtrArray *payers)
{
	g_autofree char *alias = learned_alias(name);
	g_autoptr(GPtrArray) parties = NULL;
	enum store_status status = alias ? store_party_by_alias(book_store(book),
	    alias, PARTIES, &parties) : STORE_NONE;

	if (status != STORE_OK)
		return status == STORE_NONE ? STORE_OK : status;
	for (guint i = 0; i < parties->len; i++) {
		const struct party *party = parties->pdata[i];
		struct payer *payer;

		status = payers_get(book, party->customer, customers, payers,
		    &payer);
		if (status != STORE_OK)
			return status;
		learned_by_name(parties, party->customer, &payer->learned);
	}
	return STORE_OK;
}

enum store_status
learned_find_habits(struct book *book, struct payer *payer)
{
	enum store_status status;

	if (payer->learned.payments)
		return STORE_OK;
	status = book_habits(book, payer->known);
	if (status == STORE_OK)
		learned_habits(&payer->known->habits, &payer->learned);
	return status == STORE_NONE ? STORE_OK : status;
}
