/*
 * behaviour.c - figures of payers, and the alarm about those who leave their
 * habit: its rate of false alarms is measured against the one that is stated,
 * over payers of many kinds, and how long it takes.
 */
#include "../../filter/behaviour.h"
#include "../../parser/parser.h"

#include <math.h>
#include <string.h>

/* ---- figures ------------------------------------------------------------------ */

static const struct figure_row {
	const char *name;
	int late[16];
	int n;
	int low, median, high, share;
	char rating;
} figure_rows[] = {
	{"nobody", {0}, 0, 0, 0, 0, 0, '-'},
	{"two", {1, 1}, 2, 1, 1, 1, 0, '-'},
	{"punctual", {0, 0, 1, 0, 2, 0}, 6, 0, 0, 1, 0, 'A'},
	{"day 12", {12, 12, 13, 12, 11, 12, 12, 12}, 8, 12, 12, 12, 8, 'B'},
	{"one forgotten", {2, 2, 2, 2, 2, 2, 2, 2, 400}, 9, 2, 2, 2, 1, 'A'},
	{"slow", {25, 28, 27, 26, 29}, 5, 26, 27, 28, 5, 'C'},
	{"very slow", {50, 55, 45, 58, 52}, 5, 50, 52, 55, 5, 'D'},
	{"hopeless", {90, 80, 100, 70}, 4, 70, 80, 90, 4, 'E'},
	{"early", {-5, -6, -4, -5}, 4, -6, -5, -5, 0, 'A'},
};

#define TODAY 20000

static void
add_sample(GArray *samples, int32_t due, int late)
{
	const struct paid_sample one = {due - 30, due, due + late};

	g_array_append_val(samples, one);
}

static void
test_figures(gconstpointer data)
{
	const struct figure_row *row = data;
	g_autoptr(GArray) samples = g_array_new(FALSE, FALSE,
	    sizeof(struct paid_sample));
	struct behaviour b;

	/* so close together that their age weighs nothing, and no trend */
	for (int i = 0; i < row->n; i++)
		add_sample(samples, TODAY - 500, row->late[i]);
	behaviour_compute(samples, TODAY, &b);
	g_assert_cmpint(b.paid, ==, row->n);
	g_assert_cmpint(b.median, ==, row->median);
	g_assert_cmpint(b.low, ==, row->low);
	g_assert_cmpint(b.high, ==, row->high);
	g_assert_cmpint(b.late, ==, row->share);
	g_assert_cmpint(behaviour_rating(&b, 0), ==, row->rating);
	g_assert_cmpint(behaviour_rating(&b, 91), ==, 'E');
	g_assert_cmpint(b.last, ==, row->n ? b.last : G_MININT32);
	behaviour_clear(&b);
}

/* What comes after today is not known today. */
static void
test_future(void)
{
	g_autoptr(GArray) samples = g_array_new(FALSE, FALSE,
	    sizeof(struct paid_sample));
	struct behaviour b;

	add_sample(samples, TODAY - 10, 5);
	add_sample(samples, TODAY - 10, 11);
	behaviour_compute(samples, TODAY, &b);
	g_assert_cmpint(b.paid, ==, 1);
	behaviour_clear(&b);
}

static void
test_trend(void)
{
	static const struct {
		int step;
		bool sure;
	} rows[] = {{0, false}, {2, true}, {-2, true}};

	for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
		g_autoptr(GArray) samples = g_array_new(FALSE, FALSE,
		    sizeof(struct paid_sample));
		struct behaviour b;

		for (int i = 0; i < 12; i++)
			add_sample(samples, TODAY - 400 + 30 * i,
			    10 + rows[r].step * i + (i % 3 == 1));
		behaviour_compute(samples, TODAY, &b);
		g_assert_cmpint(b.trend_sure, ==, rows[r].sure);
		if (rows[r].sure)
			g_assert_cmpfloat(b.trend * rows[r].step, >, 0);
		behaviour_clear(&b);
	}
}

static void
test_expected(void)
{
	g_autoptr(GArray) samples = g_array_new(FALSE, FALSE,
	    sizeof(struct paid_sample));
	struct behaviour b;
	struct expected day;

	for (int i = 0; i < 9; i++)
		add_sample(samples, TODAY - 300, 8 + i);	/* 8 … 16 */
	behaviour_compute(samples, TODAY, &b);
	behaviour_expect(&b, TODAY, TODAY, &day);
	g_assert_cmpint(day.day, ==, TODAY + 12);
	g_assert_cmpint(day.from, ==, TODAY + 8);
	g_assert_cmpint(day.until, ==, TODAY + 16);
	behaviour_expect(&b, TODAY - 14, TODAY, &day);
	g_assert_cmpint(day.day, ==, TODAY + 1);
	behaviour_expect(&b, TODAY - 17, TODAY, &day);
	g_assert_true(day.beyond);
	g_assert_cmpint(day.day, ==, G_MININT32);
	behaviour_clear(&b);
}

/* ---- the alarm: what is stated, and what is measured -------------------------------- */

enum shape { NORMAL, UNIFORM, EXPONENTIAL, ALWAYS, TWO_WAYS, WEEKDAY, SEASON,
	DRIFT, LOGNORMAL };

static double
uniform(GRand *rand)
{
	return g_rand_double_range(rand, 1e-12, 1);
}

static double
normal(GRand *rand)
{
	return sqrt(-2 * log(uniform(rand))) *
	    cos(2 * G_PI * uniform(rand));
}

/* Days late of the number-th invoice, one a month. */
static int
draw(enum shape shape, int number, GRand *rand)
{
	switch (shape) {
	case NORMAL:
		return (int)floor(12 + 4 * normal(rand));
	case UNIFORM:
		return g_rand_int_range(rand, 0, 21);
	case EXPONENTIAL:
		return (int)floor(-10 * log(uniform(rand)));
	case ALWAYS:		/* a weekend or a holiday may be between */
		return 12 + (uniform(rand) < 0.3 ?
		    g_rand_int_range(rand, 1, 3) : 0);
	case TWO_WAYS:		/* by return, or with the monthly run */
		return (uniform(rand) < 0.5 ? 2 : 25) +
		    g_rand_int_range(rand, 0, 4);
	case WEEKDAY:
		return 7 * g_rand_int_range(rand, 0, 3) + 4;
	case SEASON:		/* everybody is away in August */
		return 5 + g_rand_int_range(rand, 0, 4) +
		    (number % 12 == 7 ? 25 : 0);
	case DRIFT:		/* a day later every two months */
		return (int)floor(8 + number / 2.0 + 3 * normal(rand));
	default:
		return (int)floor(exp(2 + 0.8 * normal(rand)));
	}
}

static const struct payer_row {
	const char *name;
	enum shape shape;
	int known;		/* invoices before */
	double most;		/* what is stated of such, or what is known */
} payer_rows[] = {
	{"normal, 6 known", NORMAL, 6, BEHAVIOUR_ALARM},
	{"normal, 12 known", NORMAL, 12, BEHAVIOUR_ALARM},
	{"normal, 119 known", NORMAL, 119, BEHAVIOUR_ALARM},
	{"uniform, 6 known", UNIFORM, 6, BEHAVIOUR_ALARM},
	{"uniform, 24 known", UNIFORM, 24, BEHAVIOUR_ALARM},
	{"exponential, 5 known", EXPONENTIAL, 5, BEHAVIOUR_ALARM},
	{"exponential, 12 known", EXPONENTIAL, 12, BEHAVIOUR_ALARM},
	{"exponential, 48 known", EXPONENTIAL, 48, BEHAVIOUR_ALARM},
	{"exponential, 119 known", EXPONENTIAL, 119, BEHAVIOUR_ALARM},
	{"always the same day", ALWAYS, 12, BEHAVIOUR_ALARM},
	{"two ways", TWO_WAYS, 12, BEHAVIOUR_ALARM},
	{"certain weekdays", WEEKDAY, 12, BEHAVIOUR_ALARM},
	{"season, two years", SEASON, 24, BEHAVIOUR_ALARM},
	/* beyond what is stated: shown, with what they are known to do */
	{"drift, a year", DRIFT, 12, 0.02},
	{"heavy tail, 12 known", LOGNORMAL, 12, 0.04},
	{"heavy tail, 119 known", LOGNORMAL, 119, BEHAVIOUR_ALARM},
};

#define TRIALS 20000

/* False alarms of the next invoice, and after how many days beyond the median
 * the alarm would come for one that is never paid. */
static void
test_alarm(gconstpointer data)
{
	const struct payer_row *row = data;
	GRand *rand = g_rand_new_with_seed(42);
	int alarms = 0, trials = row->known > 60 ? TRIALS / 4 : TRIALS;
	double delay = 0, rate, noise;

	for (int t = 0; t < trials; t++) {
		g_autoptr(GArray) samples = g_array_new(FALSE, FALSE,
		    sizeof(struct paid_sample));
		int start = g_rand_int_range(rand, 0, 12), bound;
		struct behaviour b;

		for (int i = 0; i < row->known; i++)
			add_sample(samples, TODAY - 30 * (row->known - i) -
			    2000, draw(row->shape, start + i, rand));
		behaviour_compute(samples, TODAY, &b);
		bound = behaviour_bound(&b, BEHAVIOUR_ALARM);
		g_assert_cmpint(bound, !=, BEHAVIOUR_NEVER);
		alarms += draw(row->shape, start + row->known, rand) > bound;
		delay += bound + 1 - b.median;
		behaviour_clear(&b);
	}
	rate = (double)alarms / trials;
	noise = 3.3 * sqrt(row->most * (1 - row->most) / trials);
	g_test_message("%s: stated %.2f%%, measured %.2f%% of %d; the alarm "
	    "comes %.0f days after the median", row->name, row->most * 100,
	    rate * 100, trials, delay / trials);
	g_assert_cmpfloat(rate, <=, row->most + noise);
	g_assert_cmpfloat(delay, >, 0);
	g_rand_free(rand);
}

static void
test_few(void)
{
	g_autoptr(GArray) samples = g_array_new(FALSE, FALSE,
	    sizeof(struct paid_sample));
	struct behaviour b;

	for (int i = 0; i < BEHAVIOUR_FEW - 1; i++)
		add_sample(samples, TODAY - 100, 3);
	behaviour_compute(samples, TODAY, &b);
	g_assert_cmpint(behaviour_bound(&b, BEHAVIOUR_ALARM), ==,
	    BEHAVIOUR_NEVER);
	behaviour_clear(&b);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(figure_rows); i++) {
		g_autofree char *path = g_strdup_printf(
		    "/behaviour/figures/%s", figure_rows[i].name);

		g_test_add_data_func(path, &figure_rows[i], test_figures);
	}
	g_test_add_func("/behaviour/future", test_future);
	g_test_add_func("/behaviour/trend", test_trend);
	g_test_add_func("/behaviour/expected", test_expected);
	g_test_add_func("/behaviour/few", test_few);
	for (size_t i = 0; i < G_N_ELEMENTS(payer_rows); i++) {
		g_autofree char *path = g_strdup_printf("/behaviour/alarm/%s",
		    payer_rows[i].name);

		g_test_add_data_func(path, &payer_rows[i], test_alarm);
	}
	return g_test_run();
}
