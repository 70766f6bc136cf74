/*
 * credit.c - money that the owner has called a customer's credit: nobody asks
 * whose it is, and it waits for that customer's next invoice.
 */
#include "words.h"

#include <string.h>

enum store_status
credit_owner(struct store *store, int64_t payment, struct customer **customer)
{
	struct journal_entry *entry = NULL;
	enum store_status status = store_journal_last(store, payment,
	    "credit:", &entry);
	json_t *evidence = entry && entry->evidence &&
	    strcmp(entry->code, "credit:owner") == 0
	    ? json_loads(entry->evidence, 0, NULL) : NULL;
	const char *key =
	    json_string_value(json_object_get(evidence, "customer"));

	*customer = NULL;
	if (status == STORE_OK && key)
		status = store_customer_find(store, key, customer);
	json_decref(evidence);
	journal_entry_free(entry);
	return word_done(status);
}

static void
drop_payment(void *payment)
{
	payment_free(payment);
}

enum store_status
credit_list(struct store *store, int64_t customer, GPtrArray **out)
{
	const struct payment_filter filter = {.unallocated_only = true};
	GPtrArray *mine = g_ptr_array_new_with_free_func(drop_payment);
	g_autoptr(GPtrArray) all = NULL;
	enum store_status status =
	    word_done(store_payment_list(store, &filter, &all));

	for (guint i = 0; all && i < all->len && status == STORE_OK; i++) {
		struct payment *p = all->pdata[i];
		struct customer *owner = NULL;

		if (p->amount > 0)
			status = credit_owner(store, p->id, &owner);
		if (owner && owner->id == customer)
			g_ptr_array_add(mine,
			    g_steal_pointer(&all->pdata[i]));
		customer_free(owner);
	}
	*out = mine;
	return status;
}
