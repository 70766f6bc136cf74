/*
 * reference_issue.c - gives a new invoice a reference that no other one has.
 */
#include "reference_make.h"

#include "match.h"

#define ATTEMPTS 10000

/* Has another invoice any of the keys under which it would be found? */
static enum store_status
is_taken(struct store *store, const char *reference, bool *taken)
{
	g_auto(GStrv) keys = reference_invoice_keys("", reference, NULL);
	enum store_status status = STORE_OK;

	*taken = false;
	for (char **key = keys; *key && !*taken && status == STORE_OK; key++)
		if (**key == '#')
			status = store_invoice_key_taken(store, *key, taken);
	return status;
}

enum store_status
reference_issue(struct store *store, const struct config *config,
    const struct account *account, const char *number, char **reference)
{
	const struct reference_maker *maker =
	    reference_maker_of(account, config);
	enum store_status status = STORE_OK;
	bool taken = true;

	*reference = NULL;
	for (unsigned i = 0; i < ATTEMPTS && taken && status == STORE_OK; i++) {
		g_free(*reference);
		*reference = reference_make(maker, account, number, i);
		if (!*reference)
			continue;
		status = is_taken(store, *reference, &taken);
	}
	if (status != STORE_OK || taken)
		g_clear_pointer(reference, g_free);
	return status;
}
