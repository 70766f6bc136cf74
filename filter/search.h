/*
 * search.h - which few of many values add up to a sum, and how many such sums
 * chance alone would give (pure, integers).
 */
#ifndef SEARCH_H
#define SEARCH_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define SEARCH_PARTS 4		/* of one sum, at most */
#define SEARCH_VALUE_MAX (INT64_MAX / 1024)

struct search_value {
	int64_t value;		/* above 0, at most SEARCH_VALUE_MAX */
	guint count;		/* how many have it */
};

struct search_sum {
	guint n;
	guint at[SEARCH_PARTS];	/* which values, ascending; repeated when it
				 * takes several of one */
	int ways;		/* choices among those that have equal values */
};

/* All sums of exactly `parts` values, in ascending order of their smallest
 * parts, but no more than max; values ascend strictly. The work is bounded: a
 * search that would cost too much ends early. Returns how many are in out. */
guint search_sums(const struct search_value *values, guint n, guint parts,
    int64_t target, struct search_sum *out, guint max);

/* How many sums like this one are expected when the target has nothing to do
 * with the values: those close to it, of values as round as its own, thinned
 * to one point. */
double search_chance(const struct search_value *values, guint n,
    const struct search_sum *like);

/* Does any choice of the values, however many, add up to the target? True as
 * well when there are too many to be sure. */
bool search_any(const struct search_value *values, guint n, int64_t target);

/* subset.c: choices of any size among up to SUBSET_VALUES_MAX values, sorted;
 * a bit for each that is in it; of equal values the first ones. At most max;
 * returns how many are in out. */
#define SUBSET_VALUES_MAX 20
guint subset_find(const int64_t *values, guint n, int64_t target,
    uint32_t *out, guint max);
/* How many choices of as many values chance would give for its sum. */
double subset_chance(const int64_t *values, guint n, uint32_t mask);

/* How many sums of k of so many values are expected at one point, a multiple
 * of grain. */
double search_density(guint of, guint k, double mean, double variance,
    double sum, double grain);

/* The roundest step (1, 5, 10, 50, 100 …) that divides an amount. */
int64_t search_grain(int64_t amount);

#endif
