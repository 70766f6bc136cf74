/*
 * sums.c - one payment for several invoices that the text names: all of them,
 * or some. Each may take its discount. Pure.
 */
#include "hypotheses.h"

#define NAMED_MAX 10		/* … of which every choice is tried */

static void
add_set(const struct case_file *file, const struct set *set,
    enum amount_kind kind, GPtrArray *out)
{
	hypothesis_finish(file, hypothesis_of_set(file, set, kind), 1, out);
}

/* Named, but the sum is another: the oldest first, as far as it goes. Never
 * booked, only asked. */
static void
add_named_other(const struct case_file *file, const struct set *named,
    GPtrArray *out)
{
	struct hypothesis *one =
	    hypothesis_new(named->items[0], AMOUNT_NAMED_OTHER);
	int64_t left = file->paid;

	for (guint i = 0; i < named->n && left > 0; i++) {
		const struct candidate *c = named->items[i];
		int64_t balance = invoice_balance(c->invoice);
		int64_t part = MIN(left, balance);

		hypothesis_meet(one, c);
		one->balance += balance;
		hypothesis_share(one, c, part, ALLOCATION_PAYMENT);
		left -= part;
	}
	one->settles_fully = false;
	hypothesis_finish(file, one, 1, out);
}

/* Their sum less the charges that the bank tells: the largest bears them. */
static bool
add_told(const struct case_file *file, const struct set *named,
    GPtrArray *out)
{
	int64_t told = charges_told(file->facts->payment);
	const struct candidate *most = named->items[0];
	struct hypothesis *one;

	for (guint i = 1; i < named->n; i++)
		if (invoice_balance(named->items[i]->invoice) >
		    invoice_balance(most->invoice))
			most = named->items[i];
	if (named->sum - file->paid != told || !charges_are_likely(told,
		invoice_balance(most->invoice), most->invoice->currency))
		return false;
	one = hypothesis_new(named->items[0], AMOUNT_FEE_TOLD);
	for (guint i = 0; i < named->n; i++) {
		const struct candidate *c = named->items[i];
		int64_t balance = invoice_balance(c->invoice);

		hypothesis_meet(one, c);
		one->balance += balance;
		hypothesis_share(one, c, c == most ? balance - told : balance,
		    ALLOCATION_PAYMENT);
		if (c == most)
			hypothesis_share(one, c, told, ALLOCATION_FEE);
	}
	hypothesis_finish(file, one, 1, out);
	return true;
}

/* Every choice of two or more of the named ones that makes the sum right; that
 * there are two is seen in the probabilities. */
void
sums_add_named(const struct case_file *file, const struct set *named,
    GPtrArray *out)
{
	guint before = out->len;

	if (named->n < 2)
		return;
	if (named->sum == file->paid || named->discounted == file->paid) {
		add_set(file, named, AMOUNT_SEVERAL, out);
		return;
	}
	if (add_told(file, named, out))
		return;
	for (unsigned mask = 3; named->n <= NAMED_MAX &&
	    mask < (1U << named->n); mask++) {
		struct set some = {.n = 0};

		for (guint i = 0; i < named->n; i++)
			if (mask & (1U << i))
				set_add(file, &some, named->items[i]);
		if (some.n > 1 && (some.sum == file->paid ||
			some.discounted == file->paid))
			add_set(file, &some, AMOUNT_SUBSET, out);
	}
	if (out->len == before)
		add_named_other(file, named, out);
}
