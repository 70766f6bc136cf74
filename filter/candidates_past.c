/*
 * candidates_past.c - what has been before a payment: others like it that are
 * on the same invoices, and what the owner has said about it.
 */
#include "amounts.h"
#include "match.h"

#define NAMED_MIN 0.5
#define TWICE_DAYS 400
#define LATELY_DAYS 7

/* Near each other, and not two that one channel tells of. */
static bool
is_lately(const struct payment *a, const struct payment *b)
{
	int32_t x = day_number(a->booked), y = day_number(b->booked);

	return a->trust != b->trust && x != G_MININT32 && y != G_MININT32 &&
	    ABS(x - y) <= LATELY_DAYS;
}

/* Did a payment like this one settle the named invoice, or, a few days away,
 * a part of it? */
enum store_status
candidates_twice(struct store *store, struct facts *facts)
{
	g_autoptr(GPtrArray) similar = NULL;
	enum store_status status = STORE_OK;

	for (guint i = 0; i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];
		bool open = invoice_balance(c->invoice) > 0;

		if (c->mention < NAMED_MIN || (open && c->invoice->announced == 0
			&& c->invoice->open == c->invoice->opening))
			continue;
		if (!similar)
			status = store_payment_find_similar(store,
			    facts->payment->id, TWICE_DAYS, &similar);
		if (status != STORE_OK)
			return status == STORE_NONE ? STORE_OK : status;
		for (guint j = 0; j < similar->len; j++) {
			const struct payment *p = similar->pdata[j];
			g_autoptr(GPtrArray) active = NULL;

			status = store_allocation_list(store, p->id,
			    c->invoice->id, true, &active);
			if (status == STORE_OK && active->len && open)
				c->repeated |= is_lately(p, facts->payment);
			else if (status == STORE_OK && active->len)
				facts->paid_twice = true;
			else if (status != STORE_OK && status != STORE_NONE)
				return status;
		}
	}
	return STORE_OK;
}

static int
by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* What the owner was asked about this payment, and said no to. */
enum store_status
candidates_answers(struct store *store, struct facts *facts)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GArray) refused = NULL;
	enum store_status status = store_suggestion_list(store,
	    facts->payment->id, &list);

	if (status != STORE_OK && status != STORE_NONE)
		return status;
	facts->asked = list && list->len > 0;
	status = store_suggestion_refused(store, facts->payment->id,
	    &refused);
	if (status == STORE_OK)
		facts->refused = refused->len > 0;
	for (guint i = 0; status == STORE_OK && refused->len &&
	    i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];

		c->rejected = g_array_binary_search(refused, &c->invoice->id,
		    by_id, NULL);
	}
	return status;
}
