/*
 * subset.c - which of up to twenty values, however many of them, add up to a
 * sum: all sums of one half are sorted, and each sum of the other half looks
 * for what it lacks. Pure.
 */
#include "search.h"

#include <math.h>
#include <stdlib.h>

#define HALF_MAX ((SUBSET_VALUES_MAX + 1) / 2)

struct half {
	int64_t sum;
	uint32_t mask;
};

static int
by_sum(const void *a, const void *b)
{
	const struct half *x = a, *y = b;

	if (x->sum != y->sum)
		return x->sum < y->sum ? -1 : 1;
	return x->mask < y->mask ? -1 : x->mask > y->mask;
}

/* All sums of n values; the mask's bits are moved up by `shift`. */
static guint
all_sums(const int64_t *values, guint n, guint shift, struct half *out)
{
	out[0] = (struct half){0, 0};
	for (guint i = 0; i < n; i++)
		for (guint j = 0; j < (1U << i); j++)
			out[(1U << i) + j] = (struct half){
			    out[j].sum + values[i],
			    out[j].mask | (uint32_t)1 << (shift + i)};
	return 1U << n;
}

/* Of equal values, which stand side by side, the first ones are taken. */
static bool
takes_first(const int64_t *values, guint n, uint32_t mask)
{
	for (guint i = 0; i + 1 < n; i++)
		if (values[i] == values[i + 1] && !(mask >> i & 1) &&
		    (mask >> (i + 1) & 1))
			return false;
	return true;
}

static guint
first_above(const struct half *halves, guint n, int64_t sum)
{
	guint low = 0, high = n;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (halves[middle].sum < sum)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

guint
subset_find(const int64_t *values, guint n, int64_t target, uint32_t *out,
    guint max)
{
	g_autofree struct half *left = g_new(struct half, 1U << HALF_MAX);
	g_autofree struct half *right = g_new(struct half, 1U << HALF_MAX);
	guint half = n / 2, found = 0, lefts, rights;

	if (n == 0 || n > SUBSET_VALUES_MAX)
		return 0;
	lefts = all_sums(values, half, 0, left);
	rights = all_sums(values + half, n - half, half, right);
	qsort(right, rights, sizeof(right[0]), by_sum);
	for (guint i = 0; i < lefts && found < max; i++) {
		int64_t lacks = target - left[i].sum;

		for (guint j = first_above(right, rights, lacks);
		    j < rights && right[j].sum == lacks && found < max; j++) {
			uint32_t mask = left[i].mask | right[j].mask;

			if (mask && takes_first(values, n, mask))
				out[found++] = mask;
		}
	}
	return found;
}

/* They lie about the mean as if drawn without putting back. */
double
search_density(guint of, guint k, double mean, double variance, double sum,
    double grain)
{
	double spread = sqrt(variance * k * (of - k) / MAX(of - 1, 1)) + grain;
	double off = (sum - mean * k) / spread, choices = 1;

	for (guint taken = 0; taken < k; taken++)
		choices = choices * (of - taken) / (taken + 1);
	return choices * grain * exp(-off * off / 2) / (spread * 2.5066);
}

double
subset_chance(const int64_t *values, guint n, uint32_t mask)
{
	double mean = 0, square = 0, sum = 0;
	int64_t grain = INT64_MAX;
	guint k = 0, of = 0;

	for (guint i = 0; i < n; i++)
		if (mask >> i & 1)
			grain = MIN(grain, search_grain(values[i]));
	for (guint i = 0; i < n; i++) {
		if (values[i] % grain != 0)
			continue;
		of++;
		mean += (double)values[i];
		square += (double)values[i] * (double)values[i];
		if (mask >> i & 1) {
			k++;
			sum += (double)values[i];
		}
	}
	mean /= MAX(of, 1);
	square = MAX(0, square / MAX(of, 1) - mean * mean);
	return search_density(of, k, mean, square, sum, (double)grain);
}
