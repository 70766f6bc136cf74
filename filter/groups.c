/*
 * groups.c - what is paid together by habit when nothing is named: all that is
 * open, the oldest up to one of them, all of one month. There are few such
 * groups, so a sum that is right is seldom right by chance. Pure.
 */
#include "hypotheses.h"
#include "search.h"

#include <stdlib.h>
#include <string.h>

/* Few groups were tried; the amount would hit one of them by chance. */
static double
group_chance(const struct case_file *file, guint tried)
{
	return (double)tried * (double)search_grain(file->paid) /
	    (double)MAX(file->paid, 1);
}

static bool
pays(const struct case_file *file, const struct set *set)
{
	return set->n > 1 &&
	    (set->sum == file->paid || set->discounted == file->paid);
}

/* Of equal invoices others would do as well. */
static int
group_ways(const struct set *set, const struct set *open)
{
	int64_t ways = 1;

	for (guint i = 0; i < set->n && ways < 100; i++) {
		int64_t value = invoice_balance(set->items[i]->invoice);
		guint outside = 0, before = 0;

		for (guint j = 0; j < open->n; j++)
			outside += invoice_balance(open->items[j]->invoice) ==
			    value && !set_has(set, open->items[j]);
		for (guint j = 0; j < i; j++)
			before += invoice_balance(set->items[j]->invoice) ==
			    value;
		/* the binomial coefficient, one factor for each in the set */
		ways = ways * (outside + before + 1) / (before + 1);
	}
	return (int)ways;
}

static void
add_group(const struct case_file *file, const struct set *set,
    enum amount_kind kind, const struct set *open, GPtrArray *out)
{
	struct hypothesis *one = hypothesis_of_set(file, set, kind);

	one->chance = group_chance(file, kind == AMOUNT_ALL ? 1 : open->n);
	one->ways = group_ways(set, open);
	hypothesis_finish(file, one, 1, out);
}

/* From the first one on, as far as the sum allows. */
static void
add_first(const struct case_file *file, const struct set *sorted,
    GPtrArray *out)
{
	struct set group = {.n = 0};

	for (guint i = 0; i < sorted->n && group.discounted < file->paid; i++) {
		set_add(file, &group, sorted->items[i]);
		if (group.n < sorted->n && pays(file, &group))
			add_group(file, &group, AMOUNT_GROUP, sorted, out);
	}
}

static const char *
date_of(const struct candidate *c)
{
	return c->invoice->date ? c->invoice->date : "";
}

static int
by_date(const void *a, const void *b)
{
	const struct candidate *x = *(const struct candidate *const *)a;
	const struct candidate *y = *(const struct candidate *const *)b;
	int order = strcmp(date_of(x), date_of(y));

	if (order)
		return order;
	return x->invoice->id < y->invoice->id ? -1
					       : x->invoice->id > y->invoice->id;
}

#define MONTH 7			/* "2026-11" */

static bool
same_month(const char *a, const char *b)
{
	return a && b && strlen(a) > MONTH && strncmp(a, b, MONTH) == 0;
}

/* All that was issued, or falls due, in one month. The set is sorted by that
 * day. */
static void
add_months(const struct case_file *file, const struct set *sorted, bool due,
    GPtrArray *out)
{
	for (guint from = 0; from < sorted->n;) {
		const struct invoice *first = sorted->items[from]->invoice;
		struct set group = {.n = 0};
		guint i = from;

		for (; i < sorted->n && (i == from || same_month(due
			? first->due : first->date, due
			? sorted->items[i]->invoice->due
			: sorted->items[i]->invoice->date)); i++)
			set_add(file, &group, sorted->items[i]);
		if (group.n < sorted->n && pays(file, &group))
			add_group(file, &group, AMOUNT_GROUP, sorted, out);
		from = i;
	}
}

void
groups_add(const struct case_file *file, const struct set *open,
    GPtrArray *out)
{
	struct set issued = *open;

	if (open->n < 2 || open->sum < file->paid || file->facts->crowded)
		return;
	if (pays(file, open))
		add_group(file, open, AMOUNT_ALL, open, out);
	if (open->n < 3)
		return;
	add_first(file, open, out);
	add_months(file, open, true, out);
	qsort(issued.items, issued.n, sizeof(issued.items[0]), by_date);
	add_first(file, &issued, out);
	add_months(file, &issued, false, out);
}
