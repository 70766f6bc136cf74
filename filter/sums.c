/*
 * sums.c - one payment for several invoices: those that the text names, and,
 * when it names none, what a bounded search for the sum finds. Pure.
 */
#include "hypotheses.h"

#define NAMED_MAX 10		/* … of which every choice is tried */
#define SUBSET_MAX 4		/* invoices of a sum that nobody named */
#define STEPS_MAX 20000
#define SOLUTIONS_MAX 3

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

/* ---- nobody named them ------------------------------------------------------ */

struct search {			/* for a sum of some open invoices */
	const struct case_file *file;
	const struct set *open;
	GPtrArray *out;
	int solutions, steps;
};

static void
try_subsets(struct search *search, const struct set *chosen, guint from)
{
	for (guint i = from; i < search->open->n; i++) {
		struct set more;

		if (++search->steps > STEPS_MAX ||
		    search->solutions >= SOLUTIONS_MAX)
			return;
		if (chosen->sum + invoice_balance(
			search->open->items[i]->invoice) > search->file->paid)
			continue;
		more = *chosen;
		set_add(search->file, &more, search->open->items[i]);
		if (more.n > 1 && more.sum == search->file->paid) {
			search->solutions++;
			add_set(search->file, &more, AMOUNT_SUBSET,
			    search->out);
		} else if (more.n < SUBSET_MAX) {
			try_subsets(search, &more, i + 1);
		}
	}
}

/* All that is open, or a few of it, oldest first, unless one alone fits. Never
 * booked, only asked: among many invoices some sum is right by chance. */
void
sums_add_unnamed(const struct case_file *file, const struct set *open,
    GPtrArray *out)
{
	struct search search = {.file = file, .open = open, .out = out};
	const struct set none = {.n = 0};

	if (open->n < 2)
		return;
	for (guint i = 0; i < open->n; i++)
		if (amount_fit(file->paid, file->day, open->items[i]->invoice,
			file->facts->config).kind <= AMOUNT_DISCOUNT)
			return;
	if (open->sum == file->paid)
		add_set(file, open, AMOUNT_ALL, out);
	else if (open->sum > file->paid)
		try_subsets(&search, &none, 0);
}
