/*
 * search.c - the search for sums against every choice tried one by one, and
 * what it says of chance and of equal values.
 */
#include "../../filter/search.h"

#include <string.h>

#define N_MAX 12
#define FOUND_MAX 600

struct brute {
	const struct search_value *values;
	guint n, parts;
	int64_t target;
	int sums, ways;		/* distinct sums, and choices of all of them */
	bool any;
};

static int
choose(guint of, guint k)
{
	int ways = 1;

	for (guint i = 0; i < k; i++)
		ways = ways * (int)(of - i) / (int)(i + 1);
	return ways;
}

static void
try_all(struct brute *brute, guint from, guint left, int64_t sum, int ways)
{
	if (sum == brute->target && left < brute->parts)
		brute->any = true;
	if (left == 0 || from == brute->n) {
		if (left == 0 && sum == brute->target) {
			brute->sums++;
			brute->ways += ways;
		}
		return;
	}
	for (guint k = 0; k <= brute->values[from].count && k <= left; k++)
		try_all(brute, from + 1, left - k,
		    sum + brute->values[from].value * k,
		    ways * choose(brute->values[from].count, k));
}

static guint
make_values(struct search_value *values, int64_t *target)
{
	guint n = (guint)g_test_rand_int_range(1, N_MAX);
	int64_t value = 0;

	*target = 0;
	for (guint i = 0; i < n; i++) {
		value += g_test_rand_int_range(1, 9);
		values[i].value = value;
		values[i].count = (guint)g_test_rand_int_range(1, 4);
		if (g_test_rand_int_range(0, 4) == 0)
			*target += value;
	}
	if (*target == 0)
		*target = g_test_rand_int_range(1, 80);
	return n;
}

static void
check_sum(const struct search_value *values, const struct search_sum *sum,
    guint parts, int64_t target)
{
	int64_t total = 0;

	g_assert_cmpuint(sum->n, ==, parts);
	for (guint i = 0; i < parts; i++) {
		guint same = 0;

		total += values[sum->at[i]].value;
		if (i)
			g_assert_cmpuint(sum->at[i], >=, sum->at[i - 1]);
		for (guint j = 0; j < parts; j++)
			same += sum->at[j] == sum->at[i];
		g_assert_cmpuint(same, <=, values[sum->at[i]].count);
	}
	g_assert_cmpint(total, ==, target);
}

static void
test_brute_force(void)
{
	int found_any = 0;

	for (int round = 0; round < 3000; round++) {
		struct search_value values[N_MAX];
		struct search_sum found[FOUND_MAX];
		int64_t target;
		guint n = make_values(values, &target);

		for (guint parts = 1; parts <= SEARCH_PARTS; parts++) {
			struct brute brute = {.values = values, .n = n,
			    .parts = parts, .target = target};
			int ways = 0;
			guint m;

			try_all(&brute, 0, parts, 0, 1);
			m = search_sums(values, n, parts, target, found,
			    FOUND_MAX);
			for (guint i = 0; i < m; i++) {
				check_sum(values, &found[i], parts, target);
				ways += found[i].ways;
			}
			g_assert_cmpint((int)m, ==, brute.sums);
			g_assert_cmpint(ways, ==, brute.ways);
			found_any += m > 0;
		}
	}
	g_assert_cmpint(found_any, >, 1000);
}

static void
test_any(void)
{
	int yes = 0, no = 0;

	for (int round = 0; round < 1500; round++) {
		struct search_value values[N_MAX];
		struct brute brute = {.values = values, .parts = 40};
		int64_t target;

		brute.n = MIN(make_values(values, &target), 7);
		brute.target = target;
		try_all(&brute, 0, 40, 0, 1);
		g_assert_true(search_any(values, brute.n, target) ==
		    brute.any);
		yes += brute.any;
		no += !brute.any;
	}
	g_assert_cmpint(MIN(yes, no), >, 100);
}

/* Choices of any size, each once, against all masks. */
static void
test_subsets(void)
{
	int total = 0;

	for (int round = 0; round < 400; round++) {
		guint n = (guint)g_test_rand_int_range(1, 12), found;
		int64_t values[12], value = 1, target = 0;
		uint32_t masks[4096];
		guint wanted = 0;

		for (guint i = 0; i < n; i++) {
			value += g_test_rand_int_range(0, 6);
			values[i] = value;
			if (g_test_rand_bit())
				target += value;
		}
		found = subset_find(values, n, target, masks, 4096);
		for (uint32_t mask = 1; mask < 1U << n; mask++) {
			bool first = true;
			int64_t sum = 0;

			for (guint i = 0; i < n; i++) {
				sum += mask >> i & 1 ? values[i] : 0;
				first &= i == 0 || values[i] != values[i - 1] ||
				    (mask >> (i - 1) & 1) >= (mask >> i & 1);
			}
			wanted += first && sum == target;
		}
		g_assert_cmpuint(found, ==, wanted);
		for (guint i = 0; i < found; i++) {
			int64_t sum = 0;

			for (guint j = 0; j < n; j++)
				sum += masks[i] >> j & 1 ? values[j] : 0;
			g_assert_cmpint(sum, ==, target);
			g_assert_true(subset_chance(values, n, masks[i]) > 0);
		}
		total += (int)found;
	}
	g_assert_cmpint(total, >, 200);
	g_assert_cmpuint(subset_find(NULL, SUBSET_VALUES_MAX + 1, 5, NULL, 9),
	    ==, 0);
}

/* Equal sums of ten irregular amounts are rare, of ten round ones common. */
static void
test_chance(void)
{
	struct search_value odd[10], even[10];
	struct search_sum sum = {.n = 2, .at = {1, 4}, .ways = 1};

	for (guint i = 0; i < 10; i++) {
		odd[i] = (struct search_value){10007 + i * i * 1733, 1};
		even[i] = (struct search_value){10000 + i * 5000, 1};
	}
	g_assert_true(search_chance(odd, 10, &sum) < 0.01);
	g_assert_true(search_chance(even, 10, &sum) > 0.5);
}

static void
test_bounded(void)
{
	struct search_value values[128];
	struct search_sum found[4];

	for (guint i = 0; i < 128; i++)
		values[i] = (struct search_value){
		    SEARCH_VALUE_MAX - 2 * (127 - i), 1};
	/* odd, where every value is even or every value is odd */
	g_assert_cmpuint(search_sums(values, 128, 4,
	    values[0].value * 4 + 201, found, 4), ==, 0);
	g_assert_cmpuint(search_sums(values, 0, 2, 5, found, 4), ==, 0);
	g_assert_cmpuint(search_sums(values, 128, 2,
	    values[0].value + values[1].value, found, 4), ==, 1);
	g_assert_cmpuint(search_sums(values, 128, SEARCH_PARTS + 1, 5, found,
	    4), ==, 0);
}

static const struct grain_row {
	const char *name;
	int64_t amount, grain;
} grains[] = {
    {"a cent", 10001, 1}, {"five", 12345, 5}, {"ten", 1230, 10},
    {"fifty", 1250, 50}, {"whole", 12300, 100}, {"tens", 124000, 1000},
    {"hundreds", 130000, 10000}, {"nothing", 7, 1},
};

static void
test_grain(const void *data)
{
	const struct grain_row *row = data;

	g_assert_cmpint(search_grain(row->amount), ==, row->grain);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/search/every-choice", test_brute_force);
	g_test_add_func("/search/any-number", test_any);
	g_test_add_func("/search/choices-of-any-size", test_subsets);
	g_test_add_func("/search/chance", test_chance);
	g_test_add_func("/search/bounded", test_bounded);
	for (size_t i = 0; i < G_N_ELEMENTS(grains); i++) {
		g_autofree char *path =
		    g_strdup_printf("/search/grain/%s", grains[i].name);

		g_test_add_data_func(path, &grains[i], test_grain);
	}
	return g_test_run();
}
