/*
 * pool.c - one customer's open invoices as values to search sums among. Equal
 * ones are one value, and the oldest of them is taken first. Pure.
 */
#include "pool.h"

#include <limits.h>
#include <stdlib.h>

static int
by_value(const void *a, const void *b)
{
	const struct pool_item *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->age < y->age ? -1 : x->age > y->age;
}

void
pool_fill(const struct case_file *file, struct pool *pool,
    const struct set *open, const struct set *except, bool discounted)
{
	pool->n = pool->count = 0;
	for (guint i = 0; i < open->n; i++) {
		const struct candidate *c = open->items[i];
		int64_t value = discounted ? invoice_discounted(c->invoice,
			file->day, file->facts->config)
		    : invoice_balance(c->invoice);

		if (value <= 0 || value > SEARCH_VALUE_MAX ||
		    (except && set_has(except, c)))
			continue;
		pool->items[pool->count].c = c;
		pool->items[pool->count].age = i;
		pool->items[pool->count++].value = value;
	}
	qsort(pool->items, pool->count, sizeof(pool->items[0]), by_value);
	for (guint i = 0; i < pool->count; i++) {
		int64_t value = pool->items[i].value;

		if (pool->n && pool->values[pool->n - 1].value == value) {
			pool->values[pool->n - 1].count++;
			continue;
		}
		pool->first[pool->n] = i;
		pool->values[pool->n++] =
		    (struct search_value){.value = value, .count = 1};
	}
}

void
pool_choose(const struct case_file *file, const struct pool *pool,
    const struct search_sum *sum, struct set *out)
{
	guint chosen[SEARCH_PARTS] = {0}, used = 0;

	for (guint i = 0; i < sum->n; i++) {
		used = i && sum->at[i] == sum->at[i - 1] ? used + 1 : 0;
		chosen[i] = pool->first[sum->at[i]] + used;
	}
	out->n = 0;
	out->sum = out->discounted = 0;
	for (guint taken = 0; taken < sum->n; taken++) {
		guint oldest = G_MAXUINT;

		for (guint i = 0; i < sum->n; i++)
			if (chosen[i] != G_MAXUINT && (oldest == G_MAXUINT ||
				pool->items[chosen[i]].age <
				pool->items[chosen[oldest]].age))
				oldest = i;
		set_add(file, out, pool->items[chosen[oldest]].c);
		chosen[oldest] = G_MAXUINT;
	}
}
