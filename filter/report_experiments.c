/*
 * report_experiments.c - what experiments with reminders have shown.
 *
 * Every invoice of a customer who takes part counts in the arm that was drawn
 * for him, whatever was sent, held back or crossed: what is left out on one
 * side only would be taken for an effect. Open invoices are followed as long
 * as they are (Kaplan and Meier, 1958); days to pay are the mean up to the
 * end of the follow-up. Customers, not invoices, are drawn anew for the
 * intervals (bootstrap of clusters), because one customer's invoices are
 * alike. It may be looked at any day: until as many customers as were planned
 * are followed to the end, only a difference beyond 99.9 % stops it (Haybittle
 * and Peto); then 95 % decide.
 */
#include "report_experiments.h"

#include "experiment.h"

#include <string.h>

#define EARLIEST 60		/* days before the due date: earlier counts so */
#define SHARE_DAY 30		/* "paid by day 30" after the due date */
#define SAMPLES 2000
#define FINAL 0.05
#define INTERIM 0.001

const char *const experiment_headings[EXPERIMENT_COLUMNS] = {
	"Experiment", "Arm", ">Customers", ">Invoices", ">Reminded", ">Held",
	">Crossed", ">Paid by day 30", ">Days late", "Difference",
	"Interval", "Verdict",
};

struct observed {		/* one invoice */
	int day;		/* after the due date: paid, or followed to */
	bool paid;
};

struct person {			/* one customer: his invoices stay together */
	int64_t customer;
	GArray *observed;	/* struct observed */
};

struct arm {
	const char *policy;
	GPtrArray *people;	/* struct person */
	int invoices, reminded, held, crossed;
	double share, late;	/* of all as they are */
};

struct study {
	struct context *context;
	const struct experiment *experiment;
	int32_t today;
	GPtrArray *arms;	/* struct arm */
	int complete;		/* invoices followed to the end */
};

static void
person_free(gpointer pointer)
{
	struct person *person = pointer;

	g_array_unref(person->observed);
	g_free(person);
}

static void
arm_free(gpointer pointer)
{
	struct arm *arm = pointer;

	g_ptr_array_unref(arm->people);
	g_free(arm);
}

/* ---- reading ------------------------------------------------------------------ */

static struct arm *
arm_of(const struct study *study, const char *policy)
{
	for (guint i = 0; i < study->arms->len; i++) {
		struct arm *arm = study->arms->pdata[i];

		if (strcmp(arm->policy, policy) == 0)
			return arm;
	}
	return NULL;
}

/* Outcomes come customer by customer. */
static struct person *
person_of(struct arm *arm, int64_t customer)
{
	struct person *person = arm->people->len ?
	    arm->people->pdata[arm->people->len - 1] : NULL;

	if (person && person->customer == customer)
		return person;
	person = g_new0(struct person, 1);
	person->customer = customer;
	person->observed = g_array_new(FALSE, FALSE, sizeof(struct observed));
	g_ptr_array_add(arm->people, person);
	return person;
}

static void
take(struct study *study, const struct trial_outcome *outcome)
{
	struct arm *arm = arm_of(study, outcome->arm);
	int32_t due = day_number(outcome->due);
	int follow = study->experiment->follow_days;
	struct observed one = {.day = study->today - due};

	if (!arm)
		return;
	if (outcome->paid) {
		one.day = day_number(outcome->paid) - due;
		one.paid = one.day <= follow;
	}
	study->complete += study->today - due >= follow;
	one.day = CLAMP(one.day, -EARLIEST, follow);
	g_array_append_val(person_of(arm, outcome->customer)->observed, one);
	arm->invoices++;
	arm->reminded += outcome->reminders > 0;
	arm->held += outcome->held;
	arm->crossed += outcome->crossed;
}

static enum store_status
read_study(struct study *study)
{
	const struct experiment *experiment = study->experiment;
	g_autoptr(GPtrArray) outcomes = NULL;
	char today[DAY_SIZE];
	enum store_status status;

	study->arms = g_ptr_array_new_with_free_func(arm_free);
	for (char **policy = experiment->policies; *policy; policy++) {
		struct arm *arm = g_new0(struct arm, 1);

		arm->policy = *policy;
		arm->people = g_ptr_array_new_with_free_func(person_free);
		g_ptr_array_add(study->arms, arm);
	}
	day_text(study->today, today);
	status = store_trial_outcomes(study->context->store, experiment->name,
	    strcmp(today, experiment->until) < 0 ? today : experiment->until,
	    &outcomes);
	for (guint i = 0; status == STORE_OK && i < outcomes->len; i++)
		take(study, outcomes->pdata[i]);
	return status;
}

/* ---- figures ---------------------------------------------------------------------- */

struct figures {
	double share;		/* paid until SHARE_DAY */
	double late;		/* mean day, up to the end of the follow-up */
};

/* The part that is unpaid after each day; weights: how often each person was
 * drawn, NULL once. */
static struct figures
figures_of(const struct arm *arm, const int *weights, int follow)
{
	int days = EARLIEST + follow + 1;
	g_autofree double *paid = g_new0(double, (gsize)days);
	g_autofree double *left = g_new0(double, (gsize)days);
	struct figures out = {.late = -EARLIEST};
	double at_risk = 0, unpaid = 1;

	for (guint i = 0; i < arm->people->len; i++) {
		const struct person *person = arm->people->pdata[i];
		int weight = weights ? weights[i] : 1;

		for (guint k = 0; weight && k < person->observed->len; k++) {
			const struct observed *one = &g_array_index(
			    person->observed, struct observed, k);

			(one->paid ? paid : left)[one->day + EARLIEST] +=
			    weight;
			at_risk += weight;
		}
	}
	for (int day = 0; day < days; day++) {
		if (at_risk > 0)
			unpaid *= 1 - paid[day] / at_risk;
		at_risk -= paid[day] + left[day];
		if (day - EARLIEST == MIN(SHARE_DAY, follow))
			out.share = 1 - unpaid;
		if (day < days - 1)
			out.late += unpaid;
	}
	return out;
}

static void
draw_people(const struct arm *arm, GRand *random, int *weights)
{
	memset(weights, 0, arm->people->len * sizeof *weights);
	for (guint i = 0; i < arm->people->len; i++)
		weights[g_rand_int_range(random, 0,
		    (gint32)arm->people->len)]++;
}

static gint
by_value(gconstpointer a, gconstpointer b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

struct interval {
	double low, high;
};

/* Of the difference in days late, arm minus control. The same draws for the
 * same names, so that two looks on one day agree. */
static struct interval
interval_of(const struct study *study, const struct arm *control,
    const struct arm *arm, double error)
{
	GRand *random = g_rand_new_with_seed(
	    g_str_hash(study->experiment->name));
	g_autofree int *ours = g_new(int, control->people->len + 1);
	g_autofree int *theirs = g_new(int, arm->people->len + 1);
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(double));
	int follow = study->experiment->follow_days;
	guint tail = (guint)(SAMPLES * error / 2);

	for (int i = 0; i < SAMPLES; i++) {
		double difference;

		draw_people(control, random, ours);
		draw_people(arm, random, theirs);
		difference = figures_of(arm, theirs, follow).late -
		    figures_of(control, ours, follow).late;
		g_array_append_val(all, difference);
	}
	g_rand_free(random);
	g_array_sort(all, by_value);
	return (struct interval){g_array_index(all, double, tail),
	    g_array_index(all, double, all->len - 1 - tail)};
}

/* ---- the verdict --------------------------------------------------------------------- */

static bool
is_finished(const struct study *study)
{
	const struct experiment *experiment = study->experiment;
	int invoices = 0;

	for (guint i = 0; i < study->arms->len; i++) {
		const struct arm *arm = study->arms->pdata[i];

		invoices += arm->invoices;
		if ((int)arm->people->len < experiment->customers &&
		    study->today <= day_number(experiment->until) +
		    experiment->follow_days)
			return false;
	}
	return study->complete == invoices && invoices > 0;
}

static const char *
verdict_of(const struct study *study, const struct interval *interval,
    bool finished)
{
	(void)study;
	if (interval->high < 0)
		return finished ? "paid sooner" : "stop: paid sooner";
	if (interval->low > 0)
		return finished ? "paid later" : "stop: paid later";
	return finished ? "no difference shown" : "go on";
}

static void
tell_arm(const struct study *study, const struct arm *control,
    struct arm *arm, bool finished, char **cells)
{
	int follow = study->experiment->follow_days;
	struct figures figures = figures_of(arm, NULL, follow);
	struct interval interval;

	cells[0] = g_strdup(study->experiment->name);
	cells[1] = g_strdup(arm->policy);
	cells[2] = g_strdup_printf("%u", arm->people->len);
	cells[3] = g_strdup_printf("%d", arm->invoices);
	cells[4] = g_strdup_printf("%d", arm->reminded);
	cells[5] = g_strdup_printf("%d", arm->held);
	cells[6] = g_strdup_printf("%d", arm->crossed);
	cells[7] = arm->invoices ? g_strdup_printf("%.1f %%",
	    100 * figures.share) : g_strdup("");
	cells[8] = arm->invoices ? g_strdup_printf("%.1f", figures.late) :
	    g_strdup("");
	if (arm == control || arm->people->len < 2 ||
	    control->people->len < 2) {
		cells[9] = g_strdup("");
		cells[10] = g_strdup("");
		cells[11] = g_strdup(arm == control ? "compared with" :
		    "go on");
		return;
	}
	interval = interval_of(study, control, arm,
	    finished ? FINAL : INTERIM);
	cells[9] = g_strdup_printf("%+.1f days",
	    figures.late - figures_of(control, NULL, follow).late);
	cells[10] = g_strdup_printf("%+.1f to %+.1f (%s %%)", interval.low,
	    interval.high, finished ? "95" : "99.9");
	cells[11] = g_strdup(verdict_of(study, &interval, finished));
}

static int
report_one(struct study *study,
    void (*add_row)(void *sheet, char *const *cells), void *sheet)
{
	enum store_status status = read_study(study);
	bool finished = status == STORE_OK && is_finished(study);

	for (guint i = 0; status == STORE_OK && i < study->arms->len; i++) {
		char *cells[EXPERIMENT_COLUMNS];

		tell_arm(study, study->arms->pdata[0], study->arms->pdata[i],
		    finished, cells);
		add_row(sheet, cells);
		for (size_t k = 0; k < G_N_ELEMENTS(cells); k++)
			g_free(cells[k]);
	}
	g_ptr_array_unref(study->arms);
	return status == STORE_OK ? EX_OK :
	    store_failed(study->context, status);
}

int
report_experiments(struct context *context,
    void (*add_row)(void *sheet, char *const *cells), void *sheet)
{
	int code = context_config(context);

	for (guint i = 0; code == EX_OK &&
	    i < context->config->experiments->len; i++) {
		struct study study = {.context = context,
		    .experiment = context->config->experiments->pdata[i],
		    .today = day_number(context->today)};

		code = report_one(&study, add_row, sheet);
	}
	return code;
}
