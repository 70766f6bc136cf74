/*
 * search.c - which few of many values add up to a sum. Values ascend, so the
 * last two parts are found from both ends at once and whole branches are left
 * out that are too small or too large. Equal values are one value with a
 * count: what cannot be told apart is found once. Pure.
 */
#include "search.h"

#include <math.h>

#define STEPS_MAX 30000		/* of one search */
#define COUNTED_MAX 5000	/* sums; of more the chance is estimated */
#define ANY_STEPS_MAX 20000
#define WINDOW 20		/* a twentieth of the sum to either side */
#define WAYS_MAX 1000

struct run {
	const struct search_value *values;
	guint n, parts;
	int steps;
	guint at[SEARCH_PARTS];
	struct search_sum *out;	/* NULL: only count */
	guint found, max;
	int64_t grain;		/* counting: values that are multiples of it */
};

static int
choices(guint of, guint k)
{
	int64_t ways = 1;

	for (guint i = 0; i < k && ways < WAYS_MAX; i++)
		ways = ways * (of - i) / (i + 1);
	return (int)MIN(ways, WAYS_MAX);
}

/* False when it takes more of one value than there are. */
static bool
count_ways(const struct run *run, int *ways)
{
	int64_t product = 1;
	guint same = 0;

	for (guint i = 0; i < run->parts; i += same) {
		guint have = run->values[run->at[i]].count;

		for (same = 1; i + same < run->parts &&
		    run->at[i + same] == run->at[i];)
			same++;
		if (same > have)
			return false;
		product = MIN(product * choices(have, same), WAYS_MAX);
	}
	*ways = (int)product;
	return true;
}

static void
take(struct run *run, guint first, guint second)
{
	struct search_sum *sum = &run->out[run->found];

	run->at[run->parts - 2] = first;
	run->at[run->parts - 1] = second;
	if (!count_ways(run, &sum->ways))
		return;
	sum->n = run->parts;
	for (guint i = 0; i < run->parts; i++)
		sum->at[i] = run->at[i];
	run->found++;
}

static bool
exhausted(struct run *run)
{
	return run->found >= run->max || run->steps > STEPS_MAX;
}

/* The last two parts, from both ends. */
static void
find_pairs(struct run *run, guint from, int64_t target)
{
	guint low = from, high = run->n;

	while (low < high && !exhausted(run)) {
		int64_t sum = run->values[low].value +
		    run->values[high - 1].value;

		run->steps++;
		if (sum == target)
			take(run, low, high - 1);
		if (sum <= target)
			low++;
		else
			high--;
	}
}

static void
find(struct run *run, guint depth, guint from, int64_t target)
{
	guint left = run->parts - depth;
	int64_t top = run->values[run->n - 1].value;

	if (left == 2) {
		find_pairs(run, from, target);
		return;
	}
	for (guint i = from; i < run->n && !exhausted(run); i++) {
		int64_t value = run->values[i].value;

		run->steps++;
		if (value * left > target)
			break;
		if (value + top * (left - 1) < target)
			continue;
		run->at[depth] = i;
		find(run, depth + 1, i, target - value);
	}
}

static guint
find_one(const struct search_value *values, guint n, int64_t target,
    struct search_sum *out)
{
	for (guint i = 0; i < n; i++) {
		if (values[i].value != target)
			continue;
		*out = (struct search_sum){.n = 1, .at = {i},
		    .ways = (int)MIN(values[i].count, WAYS_MAX)};
		return 1;
	}
	return 0;
}

guint
search_sums(const struct search_value *values, guint n, guint parts,
    int64_t target, struct search_sum *out, guint max)
{
	struct run run = {.values = values, .n = n, .parts = parts,
	    .out = out, .max = max};

	if (n == 0 || max == 0 || parts == 0 || parts > SEARCH_PARTS)
		return 0;
	if (parts == 1)
		return find_one(values, n, target, out);
	find(&run, 0, 0, target);
	return run.found;
}

/* The largest values first; below, all that is left of them. */
static bool
any(const struct search_value *values, guint n, const int64_t *below,
    int64_t target, int *steps)
{
	if (target == 0 || ++*steps > ANY_STEPS_MAX)
		return true;
	for (guint i = n; i-- > 0;) {
		if (below[i] < target)
			return false;
		for (guint k = 1; k <= values[i].count &&
		    values[i].value * k <= target; k++)
			if (any(values, i, below, target - values[i].value * k,
				steps))
				return true;
	}
	return false;
}

bool
search_any(const struct search_value *values, guint n, int64_t target)
{
	g_autofree int64_t *below = g_new0(int64_t, n + 1);
	int steps = 0;

	if (target <= 0)
		return false;
	for (guint i = 0; i < n; i++)
		below[i] = (i ? below[i - 1] : 0) +
		    values[i].value * values[i].count;
	return any(values, n, below, target, &steps);
}

/* ---- chance ------------------------------------------------------------------ */

int64_t
search_grain(int64_t amount)
{
	static const int64_t grains[] = {
	    100000, 50000, 10000, 5000, 1000, 500, 100, 50, 10, 5};

	for (size_t i = 0; i < G_N_ELEMENTS(grains); i++)
		if (amount % grains[i] == 0)
			return grains[i];
	return 1;
}

/* Sums of so many parts up to a limit. */
static int64_t
count_up_to(struct run *run, guint left, guint from, int64_t limit)
{
	int64_t count = 0;
	guint high = run->n;

	for (guint i = from; i < run->n && run->steps <= STEPS_MAX; i++) {
		int64_t value = run->values[i].value;

		run->steps++;
		if (value * left > limit)
			break;
		if (left == 1)
			count++;
		if (left > 2)
			count += count_up_to(run, left - 1, i, limit - value);
		if (left != 2)
			continue;
		while (high > i && run->values[high - 1].value > limit - value)
			high--;
		count += high - i;
	}
	return count;
}

static double
estimate(const struct run *run, guint parts, int64_t sum, int64_t grain)
{
	double mean = 0, square = 0;

	for (guint i = 0; i < run->n; i++) {
		double value = (double)run->values[i].value;

		mean += value / run->n;
		square += value * value / run->n;
	}
	return search_density(run->n, parts, mean,
	    MAX(0, square - mean * mean), (double)sum, (double)grain);
}

double
search_chance(const struct search_value *values, guint n,
    const struct search_sum *like)
{
	g_autofree struct search_value *round = g_new(struct search_value, n);
	struct run run = {.values = round};
	int64_t sum = 0, grain = INT64_MAX, window, near;

	for (guint i = 0; i < like->n; i++) {
		sum += values[like->at[i]].value;
		grain = MIN(grain, search_grain(values[like->at[i]].value));
	}
	for (guint i = 0; i < n; i++)
		if (values[i].value % grain == 0)
			round[run.n++] = values[i];
	if (like->n > 2 && pow(run.n, like->n - 1) > COUNTED_MAX)
		return estimate(&run, like->n, sum, grain);
	window = MAX(sum / WINDOW, 20 * grain);
	near = count_up_to(&run, like->n, 0, sum + window);
	run.steps = 0;
	near -= count_up_to(&run, like->n, 0, sum - window - 1);
	/* this one is among them; half a sum stands for "none so far" */
	return ((double)MAX(near - 1, 0) + 0.5) * (double)grain /
	    (double)(2 * window + 1);
}
