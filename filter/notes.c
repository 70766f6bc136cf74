/*
 * notes.c - invoices less credit notes. Pure.
 */
#include "hypotheses.h"

/* Invoices less credit notes. The notes are spent on the invoices in order;
 * money closes the rest. */
static bool
add_netted(const struct case_file *file, const struct set *invoices,
    const struct set *notes, enum amount_kind kind, GPtrArray *out)
{
	struct hypothesis *one;
	guint note = 0;
	int64_t left = 0;

	if (!invoices->n || !notes->n ||
	    invoices->sum - notes->sum != file->paid)
		return false;
	one = hypothesis_new(invoices->items[0], kind);
	left = invoice_balance(notes->items[0]->invoice);
	for (guint i = 0; i < invoices->n; i++) {
		const struct candidate *c = invoices->items[i];
		int64_t want = invoice_balance(c->invoice);

		hypothesis_meet(one, c);
		one->balance += want;
		while (want > 0 && note < notes->n) {
			const struct invoice *cn = notes->items[note]->invoice;
			int64_t part = MIN(want, left);
			struct share *share;

			hypothesis_share(one, c, part, ALLOCATION_CREDIT_NOTE);
			share = &g_array_index(one->shares, struct share,
			    one->shares->len - 1);
			share->credit_note = cn->id;
			share->credit_key = cn->key;
			share->credit_number = cn->number;
			want -= part;
			left -= part;
			if (left == 0 && ++note < notes->n)
				left = invoice_balance(
				    notes->items[note]->invoice);
		}
		if (want > 0)
			hypothesis_share(one, c, want, ALLOCATION_PAYMENT);
	}
	one->count += (int)notes->n;
	hypothesis_finish(file, one, 1, out);
	return true;
}

void
notes_add(const struct case_file *file, const struct set *named,
    const struct set *named_notes, const struct set *notes, GPtrArray *out)
{
	if (named_notes->n &&
	    add_netted(file, named, named_notes, AMOUNT_NETTED, out))
		return;
	for (guint i = 0; i < named->n; i++) {
		for (guint j = 0; j < notes->n; j++) {
			struct set left = {.n = 0}, right = {.n = 0};

			if (named->n == 1 && named_notes->n == 1 &&
			    notes->items[j] == named_notes->items[0])
				continue;
			set_add(file, &left, named->items[i]);
			set_add(file, &right, notes->items[j]);
			add_netted(file, &left, &right, AMOUNT_NETTED_GUESS,
			    out);
		}
	}
}
