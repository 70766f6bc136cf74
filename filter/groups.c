/*
 * groups.c - what is paid together by habit when nothing is named: all that is
 * open, the oldest up to one of them (but for one or two that are in dispute),
 * all of one month; or a round sum that pays the oldest as far as it goes.
 * There are few such groups, so a sum that is right is seldom right by chance.
 * Pure.
 */
#include "currency.h"
#include "pool.h"

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

/* ---- the oldest, but for one or two ---------------------------------------------- */

#define LEFT_OUT 2
#define GAPS_MAX 3		/* explanations of this sort */

struct gaps {			/* in the oldest `upto` of a sorted set */
	const struct case_file *file;
	const struct set *sorted;
	const struct pool *pool;
	GPtrArray *out;
	guint upto, found;
};

static void
add_with_gaps(struct gaps *gaps, const struct candidate *const *missing,
    guint n)
{
	const struct case_file *file = gaps->file;
	double tried = gaps->sorted->n;
	struct set set = {.n = 0};
	struct hypothesis *one;

	for (guint i = 0; i < gaps->upto; i++)
		if (gaps->sorted->items[i] != missing[0] &&
		    (n < 2 || gaps->sorted->items[i] != missing[1]))
			set_add(file, &set, gaps->sorted->items[i]);
	if (set.n < 3 || set.n < 2 * n || set.sum != file->paid)
		return;
	gaps->found++;
	for (guint i = 0; i < n; i++)
		tried *= gaps->sorted->n;
	one = hypothesis_of_set(file, &set, AMOUNT_GROUP);
	one->chance = tried * (double)search_grain(file->paid) /
	    (double)MAX(file->paid, 1);
	one->ways = group_ways(&set, gaps->sorted);
	hypothesis_finish(file, one, 1, gaps->out);
}

/* Values from both ends, of those that are old enough. */
static void
find_gaps(struct gaps *gaps, int64_t excess)
{
	const struct pool_item *items = gaps->pool->items;
	guint low = 0, high = gaps->pool->count;

	for (guint i = 0; i < gaps->pool->count; i++)
		if (items[i].age < gaps->upto && items[i].value == excess) {
			add_with_gaps(gaps, &items[i].c, 1);
			return;
		}
	while (low + 1 < high) {
		int64_t sum = items[low].value + items[high - 1].value;

		if (items[low].age >= gaps->upto || sum < excess) {
			low++;
		} else if (items[high - 1].age >= gaps->upto || sum > excess) {
			high--;
		} else {
			const struct candidate *two[LEFT_OUT] = {
			    items[low].c, items[high - 1].c};

			add_with_gaps(gaps, two, LEFT_OUT);
			return;
		}
	}
}

static void
add_first_but_few(const struct case_file *file, const struct set *sorted,
    GPtrArray *out)
{
	struct pool pool;
	struct gaps gaps = {file, sorted, &pool, out, 0, 0};
	int64_t sum = 0;

	pool_fill(file, &pool, sorted, NULL, false);
	while (gaps.upto < sorted->n && gaps.found < GAPS_MAX) {
		sum += invoice_balance(sorted->items[gaps.upto++]->invoice);
		if (sum > file->paid)
			find_gaps(&gaps, sum - file->paid);
	}
}

/* ---- the oldest, as far as it goes ------------------------------------------------- */

/* A round sum on account: the last one is paid in part. Only asked about. */
static void
add_lump(const struct case_file *file, const struct set *sorted,
    GPtrArray *out)
{
	int64_t unit = currency_unit(file->facts->payment->currency);
	int64_t left = file->paid;
	struct hypothesis *one;

	if (sorted->sum <= file->paid || file->paid % (10 * unit) != 0 ||
	    invoice_balance(sorted->items[0]->invoice) >= file->paid)
		return;
	one = hypothesis_new(sorted->items[0], AMOUNT_OLDEST);
	for (guint i = 0; i < sorted->n && left > 0; i++) {
		const struct candidate *c = sorted->items[i];
		int64_t part = MIN(left, invoice_balance(c->invoice));

		hypothesis_meet(one, c);
		one->balance += invoice_balance(c->invoice);
		hypothesis_share(one, c, part, ALLOCATION_PAYMENT);
		left -= part;
	}
	one->settles_fully = false;
	one->certain = false;
	hypothesis_finish(file, one, 1, out);
}

/* ---- by day ------------------------------------------------------------------------ */

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

	guint before = out->len;

	if (open->n < 2 || open->sum < file->paid || file->facts->crowded)
		return;
	if (pays(file, open))
		add_group(file, open, AMOUNT_ALL, open, out);
	if (open->n > 2) {
		add_first(file, open, out);
		add_months(file, open, true, out);
		qsort(issued.items, issued.n, sizeof(issued.items[0]),
		    by_date);
		add_first(file, &issued, out);
		add_months(file, &issued, false, out);
	}
	if (out->len == before)
		add_first_but_few(file, open, out);
	if (out->len == before)
		add_lump(file, open, out);
}
