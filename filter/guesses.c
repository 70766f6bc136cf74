/*
 * guesses.c - a payment that is a sum of a few open invoices although its text
 * names none of them, or only some. Among many invoices some sum is right by
 * chance, so each guess carries how many sums like it chance would give, and
 * how many choices among equal invoices it stands for. Pure.
 */
#include "pool.h"

#define FOUND_MAX 4		/* sums of each size */
#define CHANCE_MAX 4		/* above it a sum says nothing */
#define LEFT_OUT_MAX 16		/* invoices of which all but one are paid */
#define REST_PARTS 3
#define INSTEAD_CHANCE 0.05	/* an over-payment is not this likely */

static bool
has_discount(const struct set *set)
{
	return set->discounted != set->sum;
}

static void
add_guess(const struct case_file *file, const struct set *set,
    enum amount_kind kind, double chance, int ways, GPtrArray *out)
{
	struct hypothesis *one = hypothesis_of_set(file, set, kind);

	one->chance = chance;
	/* of more open invoices than were looked at it may be another one */
	one->ways = ways + (file->facts->crowded ? 1 : 0);
	hypothesis_finish(file, one, 1, out);
}

static void
find_guesses(const struct case_file *file, const struct pool *pool,
    int64_t target, GPtrArray *out)
{
	for (guint parts = 2; parts <= SEARCH_PARTS; parts++) {
		struct search_sum found[FOUND_MAX];
		guint n = search_sums(pool->values, pool->n, parts, target,
		    found, FOUND_MAX);

		for (guint i = 0; i < n; i++) {
			struct set set = {.n = 0};
			double chance = search_chance(pool->values, pool->n,
			    &found[i]);

			if (chance > CHANCE_MAX)
				break;
			pool_choose(file, pool, &found[i], &set);
			add_guess(file, &set, AMOUNT_SUBSET, chance,
			    found[i].ways, out);
		}
	}
}

/* All but one: what is left out is often in dispute. */
static void
add_all_but_one(const struct case_file *file, const struct set *open,
    const struct pool *pool, GPtrArray *out)
{
	struct search_sum left;

	if (open->n <= SEARCH_PARTS + 1 || open->n > LEFT_OUT_MAX ||
	    open->sum <= file->paid || !search_sums(pool->values, pool->n, 1,
		open->sum - file->paid, &left, 1))
		return;
	for (guint i = 0; i < open->n; i++) {
		/* the youngest of equal ones stays open */
		const struct candidate *stays = pool->items[
		    pool->first[left.at[0]] + (guint)left.ways - 1].c;
		struct set set = {.n = 0};

		if (open->items[i] != stays)
			continue;
		for (guint j = 0; j < open->n; j++)
			if (j != i)
				set_add(file, &set, open->items[j]);
		add_guess(file, &set, AMOUNT_SUBSET,
		    search_chance(pool->values, pool->n, &left), left.ways,
		    out);
	}
}

/* ---- however many ---------------------------------------------------------------- */

static int
ways_of(const struct pool *pool, uint32_t mask)
{
	int64_t ways = 1;

	for (guint v = 0; v < pool->n && ways < 1000; v++) {
		guint count = pool->values[v].count, taken = 0;

		for (guint i = 0; i < count; i++)
			taken += mask >> (pool->first[v] + i) & 1;
		for (guint i = 0; i < taken; i++)
			ways = ways * (count - i) / (i + 1);
	}
	return (int)ways;
}

/* More than four of not too many: all choices are tried. */
static void
add_large(const struct case_file *file, const struct pool *pool,
    const struct set *open, GPtrArray *out)
{
	int64_t values[SUBSET_VALUES_MAX];
	uint32_t masks[FOUND_MAX];
	guint n;

	if (pool->count <= SEARCH_PARTS || open->n > SUBSET_VALUES_MAX)
		return;
	for (guint i = 0; i < pool->count; i++)
		values[i] = pool->items[i].value;
	n = subset_find(values, pool->count, file->paid, masks, FOUND_MAX);
	for (guint i = 0; i < n; i++) {
		double chance = subset_chance(values, pool->count, masks[i]);
		uint32_t chosen = 0;
		struct set set = {.n = 0};

		if (chance > CHANCE_MAX)
			continue;
		for (guint j = 0; j < pool->count; j++)
			if (masks[i] >> j & 1)
				chosen |= (uint32_t)1 << pool->items[j].age;
		for (guint j = 0; j < open->n && j < 32; j++)
			if (chosen >> j & 1)
				set_add(file, &set, open->items[j]);
		if (set.n > SEARCH_PARTS)
			add_guess(file, &set, AMOUNT_SUBSET, chance,
			    ways_of(pool, masks[i]), out);
	}
}

void
guesses_add(const struct case_file *file, const struct set *open,
    GPtrArray *out)
{
	struct pool pool;
	guint before = out->len;

	if (open->n < 2)
		return;
	pool_fill(file, &pool, open, NULL, false);
	find_guesses(file, &pool, file->paid, out);
	add_all_but_one(file, open, &pool, out);
	if (out->len == before)
		add_large(file, &pool, open, out);
	if (!has_discount(open))
		return;
	pool_fill(file, &pool, open, NULL, true);
	find_guesses(file, &pool, file->paid, out);
}

/* ---- beside named ones --------------------------------------------------------- */

static void
complete(const struct case_file *file, const struct set *named,
    const struct pool *pool, GPtrArray *out)
{
	for (guint parts = 1; parts <= REST_PARTS; parts++) {
		struct search_sum found[FOUND_MAX];
		guint n = search_sums(pool->values, pool->n, parts,
		    file->paid - named->sum, found, FOUND_MAX);

		for (guint i = 0; i < n; i++) {
			struct set others = {.n = 0}, set = *named;
			struct hypothesis *one;
			double chance = search_chance(pool->values, pool->n,
			    &found[i]);

			if (chance > CHANCE_MAX)
				break;
			pool_choose(file, pool, &found[i], &others);
			for (guint j = 0; j < others.n; j++)
				set_add(file, &set, others.items[j]);
			one = hypothesis_of_set(file, &set, AMOUNT_COMPLETED);
			one->mention = named->items[0]->mention;
			for (guint j = 1; j < named->n; j++)
				one->mention = MIN(one->mention,
				    named->items[j]->mention);
			one->chance = chance;
			one->ways = found[i].ways;
			hypothesis_finish(file, one, 1, out);
		}
		if (n)
			break;
	}
}

void
guesses_complete(const struct case_file *file, const struct set *named,
    const struct set *open, GPtrArray *out)
{
	struct pool pool;

	if (named->n == 0 || named->n == open->n || named->sum >= file->paid)
		return;
	pool_fill(file, &pool, open, named, false);
	complete(file, named, &pool, out);
}

bool
guesses_rest(const struct case_file *file, const struct set *open,
    const struct candidate *one)
{
	struct set paid = {.n = 0};
	struct pool pool;

	set_add(file, &paid, one);
	pool_fill(file, &pool, open, &paid, false);
	return search_any(pool.values, pool.n, file->paid - paid.sum);
}

bool
guesses_instead(const struct case_file *file, const struct set *open,
    const struct candidate *one)
{
	struct set without = {.n = 0};
	struct pool pool;

	set_add(file, &without, one);
	pool_fill(file, &pool, open, &without, false);
	for (guint parts = 2; parts <= REST_PARTS; parts++) {
		struct search_sum found;

		if (search_sums(pool.values, pool.n, parts, file->paid, &found,
			1) && search_chance(pool.values, pool.n, &found) <
		    INSTEAD_CHANCE)
			return true;
	}
	return false;
}
