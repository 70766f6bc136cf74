/*
 * pool.h - one customer's open invoices as values to search sums among (pure,
 * inside the matcher only).
 */
#ifndef POOL_H
#define POOL_H

#include "hypotheses.h"
#include "search.h"

struct pool_item {
	const struct candidate *c;
	guint age;		/* place in the set, the oldest first */
	int64_t value;
};

struct pool {
	struct search_value values[SET_MAX];	/* ascending */
	guint n;
	guint first[SET_MAX];	/* of the items that have a value */
	struct pool_item items[SET_MAX];
	guint count;
};

/* Of the invoices in open that are not in except (NULL: none); with their
 * balances, or less the discounts that may be taken. */
void pool_fill(const struct case_file *file, struct pool *pool,
    const struct set *open, const struct set *except, bool discounted);
/* The invoices of a sum, the oldest of equal ones, oldest first. */
void pool_choose(const struct case_file *file, const struct pool *pool,
    const struct search_sum *sum, struct set *out);

#endif
