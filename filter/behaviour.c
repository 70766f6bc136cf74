/*
 * behaviour.c - figures of how a customer pays. Pure. They are medians and
 * order statistics: one invoice that was forgotten for a year does not move
 * them. Younger invoices weigh more: half as much for each year.
 */
#include "behaviour.h"

#include <math.h>
#include <stdlib.h>

#define YEAR 365.25
#define FLOOR_DAYS 3		/* a weekend is no change of habit */
#define TREND_LEAST 8		/* invoices that a trend needs */
#define TREND_MOST 40		/* the latest ones */
#define TREND_SURE 1.96		/* two-sided, 1 in 20 */

struct weighed {
	int value;
	double weight;
};

void
behaviour_clear(struct behaviour *behaviour)
{
	g_clear_pointer(&behaviour->lateness, g_array_unref);
}

static int
compare_int(const void *a, const void *b)
{
	int one = *(const int *)a, other = *(const int *)b;

	return (one > other) - (one < other);
}

static int
compare_weighed(const void *a, const void *b)
{
	return compare_int(&((const struct weighed *)a)->value,
	    &((const struct weighed *)b)->value);
}

static int
compare_double(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

/* The latest money first. */
static gint
by_paid(gconstpointer a, gconstpointer b)
{
	const struct paid_sample *one = a, *other = b;

	return (one->paid < other->paid) - (one->paid > other->paid);
}

/* The least value that has a part of all the weight up to it. */
static int
quantile(GArray *values, double part)
{
	const struct weighed *all = (void *)values->data;
	double sum = 0, until = 0;

	if (values->len == 0)
		return 0;
	qsort(values->data, values->len, sizeof *all, compare_weighed);
	for (guint i = 0; i < values->len; i++)
		sum += all[i].weight;
	for (guint i = 0; i < values->len; i++) {
		until += all[i].weight;
		if (until >= part * sum * (1 - 1e-9))
			return all[i].value;
	}
	return all[values->len - 1].value;
}

/* By the day of the invoice: by that of the money, late ones would weigh more. */
static void
add_weighed(GArray *values, int value, int32_t day, int32_t today)
{
	const struct weighed one = {value,
	    exp2(-MAX(today - day, 0) / YEAR)};

	g_array_append_val(values, one);
}

/* ---- trend ------------------------------------------------------------------ */

/* The variance of Kendall's sum when there is no trend; equal days late are
 * taken into account. */
static double
kendall_variance(const GArray *sorted)
{
	double n = sorted->len, variance = n * (n - 1) * (2 * n + 5);

	for (guint i = 0, j; i < sorted->len; i = j) {
		for (j = i; j < sorted->len && g_array_index(sorted, int, j) ==
		    g_array_index(sorted, int, i); j++)
			;
		variance -= (double)(j - i) * (j - i - 1.0) *
		    (2.0 * (j - i) + 5);
	}
	return variance / 18;
}

/* samples: those with a due date. */
static void
find_trend(const GArray *samples, struct behaviour *out)
{
	g_autoptr(GArray) slopes = g_array_new(FALSE, FALSE, sizeof(double));
	const struct paid_sample *all = (void *)samples->data;
	double sum = 0, variance;
	guint n = MIN(samples->len, TREND_MOST);
	g_autoptr(GArray) late = g_array_new(FALSE, FALSE, sizeof(int));

	if (samples->len < TREND_LEAST)
		return;
	for (guint i = 0; i < n; i++) {
		int days = all[i].paid - all[i].due;

		g_array_append_val(late, days);
	}
	qsort(late->data, n, sizeof(int), compare_int);
	for (guint i = 0; i < n; i++) {
		for (guint j = i + 1; j < n; j++) {
			int days = all[j].due - all[i].due;
			int more = (all[j].paid - all[j].due) -
			    (all[i].paid - all[i].due);
			double slope;

			if (days == 0)
				continue;
			slope = more * YEAR / days;
			g_array_append_val(slopes, slope);
			sum += (slope > 0) - (slope < 0);
		}
	}
	if (slopes->len == 0)
		return;
	qsort(slopes->data, slopes->len, sizeof(double), compare_double);
	out->trend = g_array_index(slopes, double, slopes->len / 2);
	variance = kendall_variance(late);
	out->trend_sure = variance > 0 &&
	    (fabs(sum) - 1) / sqrt(variance) > TREND_SURE;
}

/* ---- figures ------------------------------------------------------------------ */

static void
count(const GArray *known, int32_t today, struct behaviour *out)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE,
	    sizeof(struct weighed));

	for (guint i = 0; i < known->len; i++) {
		const struct paid_sample *one =
		    &g_array_index(known, struct paid_sample, i);
		int late = one->paid - one->due;

		add_weighed(values, late, one->due, today);
		g_array_append_val(out->lateness, late);
		out->late += late > BEHAVIOUR_LATE;
	}
	qsort(out->lateness->data, out->lateness->len, sizeof(int),
	    compare_int);
	out->known = (int)known->len;
	out->low = quantile(values, 0.25);
	out->median = quantile(values, 0.5);
	out->high = quantile(values, 0.75);
}

void
behaviour_compute(const GArray *samples, int32_t today, struct behaviour *out)
{
	g_autoptr(GArray) all = g_array_copy((GArray *)samples);
	g_autoptr(GArray) known = g_array_new(FALSE, FALSE,
	    sizeof(struct paid_sample));
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE,
	    sizeof(struct weighed));

	*out = (struct behaviour){.last = G_MININT32,
	    .lateness = g_array_new(FALSE, FALSE, sizeof(int))};
	g_array_sort(all, by_paid);
	for (guint i = 0; i < all->len && out->paid < BEHAVIOUR_WINDOW; i++) {
		const struct paid_sample *one =
		    &g_array_index(all, struct paid_sample, i);

		if (one->paid == G_MININT32 || one->paid > today)
			continue;
		out->paid++;
		out->last = MAX(out->last, one->paid);
		if (one->invoiced != G_MININT32)
			add_weighed(days, one->paid - one->invoiced,
			    one->invoiced, today);
		if (one->due != G_MININT32)
			g_array_append_val(known, *one);
	}
	count(known, today, out);
	out->days = quantile(days, 0.5);
	find_trend(known, out);
}

/* ---- rating ------------------------------------------------------------------- */

static const struct {
	char grade;
	int until;		/* days late, of three in four */
} grades[] = {{'A', 3}, {'B', 14}, {'C', 30}, {'D', 60}};

#define RATING_LEAST 3
#define RATING_OPEN 90

char
behaviour_rating(const struct behaviour *behaviour, int overdue)
{
	size_t i = 0;

	if (overdue > RATING_OPEN)
		return 'E';
	if (behaviour->known < RATING_LEAST)
		return '-';
	while (i < G_N_ELEMENTS(grades) &&
	    behaviour->high > grades[i].until)
		i++;
	if (behaviour->trend_sure && behaviour->trend >= 1)
		i++;
	return i < G_N_ELEMENTS(grades) ? grades[i].grade : 'E';
}

char *
behaviour_rating_text(const struct behaviour *behaviour, int overdue)
{
	if (overdue > RATING_OPEN)
		return g_strdup_printf("one is open for %d days", overdue);
	if (behaviour->known < RATING_LEAST)
		return g_strdup("fewer than three invoices were paid");
	return g_strdup_printf("three of four of %d invoices were paid by day "
	    "%d after the due date%s", behaviour->known, behaviour->high,
	    behaviour->trend_sure && behaviour->trend >= 1 ?
	    ", and it gets later" : "");
}

/* ---- what is usual --------------------------------------------------------------- */

/* How many times the range of n values the next one is beyond the least of
 * them with this chance, when the values are exponential, which have the
 * heaviest tail of all whose chance to end does not fall with waiting. With
 * X1 the least and R the range of n such values, X1 is exponential with rate
 * n and R the largest of n - 1, both independent, so that
 *   P(next > X1 + s R) = n/(n+1) * G(s+1) G(n) / G(s+n).
 * For s = 1 that is 1/(n+1), which holds for every distribution. */
static double
stretch(int n, double rate)
{
	double low = 0, high = 1000;

	for (int i = 0; i < 60; i++) {
		double s = (low + high) / 2;
		double chance = n / (n + 1.0) * exp(lgamma(s + 1) +
		    lgamma(n) - lgamma(s + n));

		if (chance > rate)
			low = s;
		else
			high = s;
	}
	return high;
}

/* From enough values on, one of them is the bound whatever their distribution:
 * the next is above the k-th of n with the chance (n+1-k)/(n+1). */
int
behaviour_bound(const struct behaviour *behaviour, double rate)
{
	int n = behaviour->known, above, least, range;

	if (n < BEHAVIOUR_FEW)
		return BEHAVIOUR_NEVER;
	above = (int)floor(rate * (n + 1) + 1e-9);
	if (above >= 1)
		return g_array_index(behaviour->lateness, int, n - above);
	least = g_array_index(behaviour->lateness, int, 0);
	range = g_array_index(behaviour->lateness, int, n - 1) - least;
	return least + (int)ceil(stretch(n, rate) * MAX(range, FLOOR_DAYS));
}

/* Those of its values that are still possible on a day. */
static guint
first_after(const struct behaviour *behaviour, int late)
{
	guint i = 0;

	while (i < behaviour->lateness->len &&
	    g_array_index(behaviour->lateness, int, i) < late)
		i++;
	return i;
}

void
behaviour_expect(const struct behaviour *behaviour, int32_t due,
    int32_t today, struct expected *out)
{
	guint n = behaviour->lateness ? behaviour->lateness->len : 0;
	guint first, left;

	*out = (struct expected){G_MININT32, G_MININT32, G_MININT32, false};
	if (n < BEHAVIOUR_FEW)
		return;
	first = first_after(behaviour, today - due);
	left = n - first;
	if (left == 0) {
		out->beyond = true;
		return;
	}
	out->day = first == 0 ? due + behaviour->median : due +
	    g_array_index(behaviour->lateness, int, first + (left - 1) / 2);
	out->from = due + g_array_index(behaviour->lateness, int,
	    first + left / 10);
	out->until = due + g_array_index(behaviour->lateness, int,
	    n - 1 - left / 10);
}
