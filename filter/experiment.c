/*
 * experiment.c - who takes part in an experiment with reminders, and which
 * policy follows. A customer stays in his arm; the arms are kept even among
 * those who pay alike (stratum), so that chance cannot put all that pay late
 * into one; nobody is in two experiments at once.
 */
#include "experiment.h"

#include "behaviour.h"

#include <string.h>

#define ON_TIME 3		/* days late that are on time */
#define LATE 15			/* days late that are very late */

const struct experiment *
experiment_named(const struct config *config, const char *name)
{
	for (guint i = 0; name && i < config->experiments->len; i++) {
		const struct experiment *one = config->experiments->pdata[i];

		if (strcmp(one->name, name) == 0)
			return one;
	}
	return NULL;
}

static bool
is_within(const struct experiment *experiment, const char *day)
{
	return day && strcmp(day, experiment->from) >= 0 &&
	    strcmp(day, experiment->until) <= 0;
}

const char *
experiment_policy(const struct config *config, const struct invoice *invoice,
    const struct customer *customer)
{
	const struct trial *trial = customer->trial;
	const struct experiment *experiment = trial ?
	    experiment_named(config, trial->experiment) : NULL;

	if (!experiment || !is_within(experiment, invoice->due) ||
	    strcmp(invoice->due, trial->since) < 0 ||
	    !g_strv_contains((const char *const *)experiment->policies,
	    trial->arm))
		return NULL;
	return trial->arm;
}

/* ---- taking part -------------------------------------------------------------- */

static enum store_status
stratum_of(struct context *context, const struct customer *customer,
    const char **out)
{
	struct behaviour behaviour = {0};
	enum store_status status = behaviour_of(context, customer->id,
	    &behaviour);

	*out = behaviour.known < 3 ? "new" :
	    behaviour.median <= ON_TIME ? "on time" :
	    behaviour.median <= LATE ? "late" : "very late";
	behaviour_clear(&behaviour);
	return status;
}

/* One of his invoices is still to fall due in the experiment's time. */
static const struct invoice *
first_invoice(const struct experiment *experiment, const GPtrArray *invoices,
    const char *today)
{
	for (guint i = 0; i < invoices->len; i++) {
		const struct invoice *one = invoices->pdata[i];

		if (!one->policy && one->sent &&
		    is_within(experiment, one->due) &&
		    strcmp(one->due, today) >= 0)
			return one;
	}
	return NULL;
}

static bool
is_taken(const struct context *context, const struct customer *customer,
    const char *today)
{
	const struct trial *trial = customer->trial;
	const struct experiment *experiment = trial ?
	    experiment_named(context->config, trial->experiment) : NULL;

	return experiment && strcmp(today, experiment->until) <= 0;
}

/* The same for the same customer, whatever the order of a run. */
static guint
draw(const struct experiment *experiment, const struct customer *customer)
{
	g_autofree char *text = g_strconcat(experiment->name, "\n",
	    customer->key, NULL);
	g_autofree char *hash = g_compute_checksum_for_string(
	    G_CHECKSUM_SHA256, text, -1);

	hash[7] = '\0';
	return (guint)g_ascii_strtoull(hash, NULL, 16);
}

static int
count_in(const GPtrArray *known, GHashTable *counts,
    const struct experiment *experiment, const char *arm, const char *stratum)
{
	g_autofree char *key = g_strconcat(experiment->name, "\n", arm, "\n",
	    stratum, NULL);
	int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, key));

	for (guint i = 0; i < known->len; i++) {
		const struct trial_count *one = known->pdata[i];

		if (strcmp(one->arm, arm) == 0)
			count += one->customers;
	}
	return count;
}

/* The arm with the fewest; among equals by the customer's own draw. */
static const char *
choose(const struct experiment *experiment, const struct customer *customer,
    const GPtrArray *known, GHashTable *counts, const char *stratum)
{
	g_autoptr(GPtrArray) fewest = g_ptr_array_new();
	int least = G_MAXINT;

	for (char **arm = experiment->policies; *arm; arm++) {
		int count = count_in(known, counts, experiment, *arm, stratum);

		if (count > least)
			continue;
		if (count < least)
			g_ptr_array_set_size(fewest, 0);
		least = count;
		g_ptr_array_add(fewest, *arm);
	}
	return fewest->pdata[draw(experiment, customer) % fewest->len];
}

static struct action *
take_in(struct customer *customer, const struct experiment *experiment,
    const char *arm, const char *stratum, const char *today,
    GHashTable *counts, struct plan *plan)
{
	struct trial *trial = g_new0(struct trial, 1);
	struct action *action = plan_add(plan, ACTION_ENROL, "experiment",
	    "%s takes part in the experiment \"%s\" with the policy \"%s\" "
	    "(%s payers)", customer->name, experiment->name, arm, stratum);
	char *key = g_strconcat(experiment->name, "\n", arm, "\n", stratum,
	    NULL);

	trial->experiment = g_strdup(experiment->name);
	trial->customer = action->customer = customer->id;
	trial->arm = g_strdup(arm);
	trial->stratum = g_strdup(stratum);
	trial->since = g_strdup(today);
	action->of.trial = trial;
	g_hash_table_replace(counts, key, GINT_TO_POINTER(GPOINTER_TO_INT(
	    g_hash_table_lookup(counts, key)) + 1));
	trial_free(customer->trial);
	customer->trial = trial_copy(trial);
	return action;
}

enum store_status
experiment_enrol(struct context *context, struct customer *customer,
    const GPtrArray *invoices, int32_t today, GHashTable *counts,
    struct plan *plan)
{
	const struct experiment *experiment = NULL;
	const GPtrArray *all = context->config->experiments;
	g_autoptr(GPtrArray) known = NULL;
	const struct invoice *invoice = NULL;
	const char *stratum;
	char day[DAY_SIZE];
	enum store_status status;

	day_text(today, day);
	if (customer->policy || is_taken(context, customer, day))
		return STORE_OK;
	for (guint i = 0; !experiment && i < all->len; i++)
		if (is_within(all->pdata[i], day) &&
		    (invoice = first_invoice(all->pdata[i], invoices, day)))
			experiment = all->pdata[i];
	if (!experiment || (customer->trial && strcmp(experiment->name,
	    customer->trial->experiment) == 0))
		return STORE_OK;
	status = stratum_of(context, customer, &stratum);
	if (status == STORE_OK)
		status = store_trial_count(context->store, experiment->name,
		    stratum, &known);
	if (status == STORE_OK)
		take_in(customer, experiment, choose(experiment, customer,
		    known, counts, stratum), stratum, day, counts, plan)->invoice =
		    invoice->id;
	return status;
}
