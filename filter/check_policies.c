/*
 * check_policies.c - whether each step of the policies can come, whether the
 * policies that customers and invoices name are there, and whether the
 * holidays of the customers' countries are known.
 */
#include "check.h"
#include "config_internal.h"
#include "schedule.h"

#include <string.h>

/* Due on a Thursday without holidays near, nobody pays: which steps come? */
static void
check_policy(const struct context *context, const struct policy *policy,
    struct findings *findings)
{
	const struct config *config = context->config;
	struct customer customer = {.name = (char *)""};
	struct invoice invoice = {.policy = policy->name,
	    .due = (char *)"2026-09-10", .currency = config->currency};
	struct standing standing = {.last_day = G_MININT32,
	    .from = day_number("2026-01-01"),
	    .reached = {.term_end = G_MININT32}};
	struct ahead ahead;
	int number = 0;

	while (schedule_next(config, &invoice, &customer, &standing, &ahead)) {
		while (++number < ahead.step->number) {
			const struct step *left = policy_step(policy, number);

			check_note(findings->hints, "policy %s: \"%s\" never "
			    "comes: when the gap of %d days, the new last day "
			    "and the bank's lag are over, \"%s\" is due already",
			    policy->name, left->text, policy->gap_days,
			    ahead.step->text);
		}
	}
	for (number++; policy_step(policy, number); number++)
		check_note(findings->hints, "policy %s: \"%s\" never comes",
		    policy->name, policy_step(policy, number)->text);
}

static void
check_named(const struct context *context, struct findings *findings)
{
	g_autoptr(GPtrArray) named = NULL;

	if (store_named_policies(context->store, &named) != STORE_OK)
		return;
	for (guint i = 0; i < named->len; i++) {
		const struct naming *one = named->pdata[i];

		if (!config_policy_named(context->config, one->name))
			check_note(findings->problems, "there is no policy "
			    "\"%s\", which %" G_GINT64_FORMAT " customers and "
			    "invoices name (such as %s): they are reminded by "
			    "\"%s\" instead; write it, or give them another",
			    one->name, one->count, one->example,
			    context->config->policy);
	}
}

static void
check_country(const struct context *context, const struct naming *one,
    struct findings *findings)
{
	const struct holidays *days = holidays_of(one->name);
	int year = atoi(context->today), tabled = holidays_tabled(days);

	if (!days)
		check_note(findings->hints, "the holidays of %s are not known "
		    "(%" G_GINT64_FORMAT " customers, such as %s): letters "
		    "there keep those of the euro's payments; put its days "
		    "into \"closed\"", one->name, one->count, one->example);
	else if (tabled && tabled < year)
		check_note(findings->hints, "the holidays of %s that follow "
		    "the moon or a decree are known up to %d only", one->name,
		    tabled);
}

static void
check_countries(const struct context *context, struct findings *findings)
{
	g_autoptr(GPtrArray) countries = NULL;

	if (store_named_countries(context->store, &countries) != STORE_OK)
		return;
	for (guint i = 0; i < countries->len; i++)
		check_country(context, countries->pdata[i], findings);
}

/* The file is our own: what is wrong with it is told by its line. */
static void
check_holidays(struct findings *findings)
{
	g_autofree char *path = place_data("holidays");
	g_autofree char *text = NULL, *why = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		check_note(findings->problems, "%s is not there: install "
		    "mailfilter once more", path);
		return;
	}
	why = holidays_load(text);
	if (why)
		check_note(findings->problems, "%s: %s", path, why);
}

void
check_policies(struct context *context, struct findings *findings)
{
	if (!context->config)
		return;
	check_holidays(findings);
	for (guint i = 0; i < context->config->policies->len; i++)
		check_policy(context, context->config->policies->pdata[i],
		    findings);
	if (!context->store)
		return;
	check_named(context, findings);
	check_countries(context, findings);
}
