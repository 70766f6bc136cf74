/*
 * notes.c - invoices less credit notes: all that the text names, or what it
 * names less a note that it does not, or nothing named and the sum right.
 * Pure.
 */
#include "pool.h"

#define NOTES_MAX 8		/* of which one, two or all are tried */
#define PARTS_MAX 3
#define FOUND_MAX 3
#define CHANCE_MAX 1

/* Invoices less credit notes. The notes are spent on the invoices in order;
 * money closes the rest. */
static bool
add_netted(const struct case_file *file, const struct set *invoices,
    const struct set *notes, enum amount_kind kind, double chance, int ways,
    GPtrArray *out)
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
	one->chance = chance;
	one->ways = ways;
	hypothesis_finish(file, one, 1, out);
	return true;
}

/* Sets of credit notes that may have been taken off: each, each two, all.
 * Not those that the text names, which were tried. Gives how many there are. */
static guint
choose_notes(const struct case_file *file, const struct set *notes,
    struct set *out, guint max)
{
	guint n = 0;

	for (guint i = 0; i < notes->n && i < NOTES_MAX; i++) {
		for (guint j = i; j < notes->n && j < NOTES_MAX; j++) {
			if (n == max)
				return n;
			out[n].n = 0;
			out[n].sum = out[n].discounted = 0;
			set_add(file, &out[n], notes->items[i]);
			if (j > i)
				set_add(file, &out[n], notes->items[j]);
			n++;
		}
	}
	if (notes->n > 2 && n < max)
		out[n++] = *notes;
	return n;
}

#define CHOICES_MAX 40

static double
netted_chance(const struct case_file *file, guint tried)
{
	return (double)tried * (double)search_grain(file->paid) /
	    (double)MAX(file->paid, 1);
}

void
notes_add(const struct case_file *file, const struct set *named,
    const struct set *named_notes, const struct set *notes, GPtrArray *out)
{
	g_autofree struct set *choices = NULL;
	guint n;
	double chance;

	if (named_notes->n && add_netted(file, named, named_notes,
		AMOUNT_NETTED, 0, 1, out))
		return;
	if (named->sum <= file->paid)
		return;
	choices = g_new(struct set, CHOICES_MAX);
	n = choose_notes(file, notes, choices, CHOICES_MAX);
	chance = netted_chance(file, n * (named->n > 1 ? named->n + 1 : 1));
	for (guint i = 0; i < n; i++) {
		add_netted(file, named, &choices[i], AMOUNT_NETTED_GUESS,
		    chance, 1, out);
		for (guint j = 0; named->n > 1 && j < named->n; j++) {
			struct set one = {.n = 0};

			set_add(file, &one, named->items[j]);
			add_netted(file, &one, &choices[i],
			    AMOUNT_NETTED_GUESS, chance, 1, out);
		}
	}
}

/* ---- nothing named ------------------------------------------------------------ */

static void
guess_with(const struct case_file *file, const struct pool *pool,
    const struct set *notes, guint tried, GPtrArray *out)
{
	for (guint parts = 1; parts <= PARTS_MAX; parts++) {
		struct search_sum found[FOUND_MAX];
		guint n = search_sums(pool->values, pool->n, parts,
		    file->paid + notes->sum, found, FOUND_MAX);

		for (guint i = 0; i < n; i++) {
			double chance = tried * search_chance(pool->values,
			    pool->n, &found[i]);
			struct set set = {.n = 0};

			if (chance > CHANCE_MAX)
				break;
			pool_choose(file, pool, &found[i], &set);
			add_netted(file, &set, notes, AMOUNT_NETTED_GUESS,
			    chance, found[i].ways, out);
		}
	}
}

void
notes_guess(const struct case_file *file, const struct set *open,
    const struct set *notes, GPtrArray *out)
{
	g_autofree struct set *choices = NULL;
	struct pool pool;
	guint n;

	if (notes->n == 0 || open->n == 0)
		return;
	add_netted(file, open, notes, AMOUNT_ALL, netted_chance(file, 1), 1,
	    out);
	choices = g_new(struct set, CHOICES_MAX);
	n = choose_notes(file, notes, choices, CHOICES_MAX);
	pool_fill(file, &pool, open, NULL, false);
	for (guint i = 0; i < n; i++)
		guess_with(file, &pool, &choices[i], n, out);
}
