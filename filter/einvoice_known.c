/*
 * einvoice_known.c - an electronic invoice whose number is on file: what it
 * does not say, and what it says otherwise.
 */
#include "einvoice.h"

#include "phrases.h"

enum store_status
einvoice_fill_unsaid(struct store *store, struct invoice *invoice)
{
	struct invoice *old = NULL;
	enum store_status status = store_invoice_find(store, invoice->number,
	    &old);

	if (status == STORE_OK && !invoice->discount_until) {
		invoice->discount_until = g_strdup(old->discount_until);
		invoice->discount_bp = old->discount_bp;
	}
	if (status == STORE_OK && !invoice->reference)
		invoice->reference = g_strdup(old->reference);
	if (status == STORE_OK && !invoice->po)
		invoice->po = g_strdup(old->po);
	invoice_free(old);
	return status == STORE_NONE ? STORE_OK : status;
}

static void
differ(GString *out, const char *what, const char *old, const char *now)
{
	if (g_strcmp0(old, now) != 0)
		g_string_append_printf(out, "%s%s is %s on file and %s in it",
		    out->len ? ", " : "", what, old ? old : "none",
		    now ? now : "none");
}

char *
einvoice_difference(struct store *store, const struct invoice *now,
    const char *customer)
{
	struct invoice *old = NULL;
	struct customer *buyer = NULL;
	GString *said = g_string_new(NULL);

	if (store_invoice_find(store, now->number, &old) == STORE_OK &&
	    store_customer_get(store, old->customer, &buyer) == STORE_OK) {
		g_autofree char *was = money_text(old->amount, old->currency);
		g_autofree char *is = money_text(now->amount, now->currency);

		differ(said, "the total", was, is);
		differ(said, "the customer", buyer->name, customer);
		differ(said, "the date", old->date, now->date);
		differ(said, "the due day", old->due, now->due);
		differ(said, "the reference", old->reference, now->reference);
		differ(said, "the order", old->po, now->po);
	}
	customer_free(buyer);
	invoice_free(old);
	if (said->len == 0)
		g_string_assign(said, "its kind, its tax, its rest or its "
		    "discount");
	return g_string_free(said, FALSE);
}
