/*
 * look_back.c - a new invoice looks back at money that waits: what was matched
 * before and has no place is matched anew. Bounded.
 */
#include "match.h"

#include <string.h>

#define LOOK_BACK 500		/* payments that are looked at */

/* Is it worth matching this payment anew: does its text name the invoice, or
 * its payer look like the customer? */
static bool
may_concern(const struct payment *payment, const struct invoice *invoice,
    char *const *keys, char *const *words)
{
	g_autoptr(GPtrArray) mentions = NULL;
	g_auto(GStrv) payer = NULL;

	if (g_strcmp0(payment->currency, invoice->currency) != 0 ||
	    payment->unallocated <= 0)
		return false;
	if (payment->unallocated == invoice->open)
		return true;
	payer = name_words(payment->payer);
	if (name_agreement((const char *const *)payer, NULL,
		(const char *const *)words, NULL) >= 0.5)
		return true;
	mentions = reference_mentions(payment, NULL, NULL);
	for (guint i = 0; i < mentions->len; i++) {
		const struct mention *m = mentions->pdata[i];

		if (g_strv_contains((const char *const *)keys, m->key))
			return true;
	}
	return false;
}

enum store_status
reconcile_invoice(struct context *context, int64_t invoice_id,
    GPtrArray *done)
{
	const struct payment_filter filter = {.unallocated_only = true,
	    .limit = LOOK_BACK};
	g_autoptr(GPtrArray) payments = NULL;
	struct invoice *invoice = NULL;
	struct customer *customer = NULL;
	enum store_status status =
	    store_invoice_get(context->store, invoice_id, &invoice);

	if (status == STORE_OK)
		status = store_customer_get(context->store, invoice->customer,
		    &customer);
	if (status == STORE_OK)
		status = store_payment_list(context->store, &filter,
		    &payments);
	if (status == STORE_OK) {
		g_auto(GStrv) keys = reference_invoice_keys(invoice->number,
		    invoice->reference, invoice->po);
		g_auto(GStrv) words = name_words(customer->name);

		for (guint i = 0; i < payments->len && status == STORE_OK;
		    i++) {
			const struct payment *p = payments->pdata[i];

			if (may_concern(p, invoice, keys, words))
				status = reconcile_payment(context, p->id,
				    NULL, done);
		}
	}
	customer_free(customer);
	invoice_free(invoice);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
reconcile_waiting(struct context *context, GPtrArray *done)
{
	g_autoptr(GPtrArray) questions = NULL;
	g_autoptr(GHashTable) seen =
	    g_hash_table_new(g_int64_hash, g_int64_equal);
	enum store_status status =
	    store_question_list(context->store, true, &questions);

	for (guint i = 0; status == STORE_OK && i < questions->len &&
	    g_hash_table_size(seen) < LOOK_BACK; i++) {
		struct question *question = questions->pdata[i];

		if (question->payment &&
		    g_hash_table_add(seen, &question->payment))
			status = reconcile_payment(context, question->payment,
			    NULL, done);
	}
	return status == STORE_NONE ? STORE_OK : status;
}
