/*
 * lists.c - several invoices named in short: the first number in full and the
 * last digits of the others ("2026-0012/13/15"), or the first and the last of
 * a run ("2026-0012 to 0015"). Both are completed from the open invoices of
 * the one customer whose number stands in full, and only when the sum is
 * exact. Pure.
 */
#include "hypotheses.h"

#include <string.h>

#define STRONG 0.75
#define NAMED 0.5
#define TAIL_MIN 3		/* digits */


/* Runs of digits in the text that may be the end of a number. */
static GPtrArray *
read_tails(const struct case_file *file)
{
	GPtrArray *tails = g_ptr_array_new_with_free_func(g_free);
	struct remittance told;
	g_autoptr(GPtrArray) tokens = NULL;

	remittance_read(file->facts->payment->remittance, &told);
	tokens = token_split(told.text);
	for (guint i = 0; i < tokens->len; i++) {
		const struct token *t = tokens->pdata[i];

		if (t->digits && strlen(t->text) >= TAIL_MIN)
			g_ptr_array_add(tails, g_strdup(t->text));
	}
	remittance_release(&told);
	return tails;
}

static bool
has_tail(const struct candidate *c, const GPtrArray *tails)
{
	g_autofree char *number = token_squeeze(c->invoice->number);

	for (guint i = 0; i < tails->len; i++)
		if (g_str_has_suffix(number, tails->pdata[i]))
			return true;
	return false;
}

static void
add_listed(const struct case_file *file, const struct set *set,
    GPtrArray *out)
{
	struct hypothesis *one;

	if (set->n < 2 || set->sum != file->paid)
		return;
	one = hypothesis_of_set(file, set, AMOUNT_LISTED);
	/* the others are named by what is left of their number */
	one->mention = STRONG;
	hypothesis_finish(file, one, 1, out);
}

static bool
all_named(const struct set *set)
{
	for (guint i = 0; i < set->n; i++)
		if (set->items[i]->mention < NAMED)
			return false;
	return true;
}

static void
add_suffixes(const struct case_file *file, const struct set *open,
    const GPtrArray *tails, GPtrArray *out)
{
	struct set listed = {.n = 0};

	for (guint i = 0; i < open->n; i++)
		if (open->items[i]->mention >= STRONG ||
		    has_tail(open->items[i], tails))
			set_add(file, &listed, open->items[i]);
	if (!all_named(&listed))
		add_listed(file, &listed, out);
}

/* ---- from one number to another ---------------------------------------------- */

static int
by_number(const void *a, const void *b)
{
	const char *x = (*(const struct candidate *const *)a)->invoice->number;
	const char *y = (*(const struct candidate *const *)b)->invoice->number;
	size_t n = strlen(x), m = strlen(y);

	return n != m ? (n < m ? -1 : 1) : strcmp(x, y);
}

/* Runs begin at a number in full and end at one that the text shows. */
static void
add_runs(const struct case_file *file, const struct set *open,
    const GPtrArray *tails, GPtrArray *out)
{
	struct set sorted = *open;

	qsort(sorted.items, sorted.n, sizeof(sorted.items[0]), by_number);
	for (guint i = 0; i < sorted.n; i++) {
		struct set run = {.n = 0};

		if (sorted.items[i]->mention < STRONG)
			continue;
		for (guint j = i; j < sorted.n && run.sum < file->paid; j++)
			set_add(file, &run, sorted.items[j]);
		if (run.n > 2 && run.sum == file->paid && !all_named(&run) &&
		    (run.items[run.n - 1]->mention >= NAMED ||
			has_tail(run.items[run.n - 1], tails)))
			add_listed(file, &run, out);
	}
}

void
lists_add(const struct case_file *file, const struct set *open,
    GPtrArray *out)
{
	g_autoptr(GPtrArray) tails = NULL;
	bool strong = false;

	for (guint i = 0; i < open->n; i++)
		strong |= open->items[i]->mention >= STRONG &&
		    invoice_balance(open->items[i]->invoice) < file->paid;
	if (!strong)
		return;
	tails = read_tails(file);
	add_suffixes(file, open, tails, out);
	add_runs(file, open, tails, out);
}
