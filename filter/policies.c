/*
 * policies.c - a reminder policy, and the rules that every one of them keeps.
 * Those that are there without being written stand in the file policies.conf.
 */
#include "config_internal.h"
#include "interest.h"

#include <string.h>

struct policy *
policy_new(const char *name)
{
	struct policy *policy = g_new0(struct policy, 1);

	policy->name = g_strdup(name);
	policy->gap_days = 7;
	policy->steps =
	    g_ptr_array_new_with_free_func((GDestroyNotify)step_free);
	return policy;
}

void
policy_free(struct policy *policy)
{
	if (!policy)
		return;
	g_free(policy->name);
	g_free(policy->law);
	g_clear_pointer(&policy->minimums, g_array_unref);
	g_free(policy->rate);
	g_free(policy->cap);
	g_ptr_array_unref(policy->steps);
	g_free(policy);
}

/* The earliest that a step can be, in civil days: five business days are a
 * week where Saturdays and Sundays are free. */
static int
step_earliest(const struct step *step)
{
	return step->business ? step->offset / 5 * 7 + step->offset % 5
			      : step->offset;
}

/* Counts the letters after the due date that stand before a grave step: there
 * must be two, because the customer has to be asked before being threatened. */
char *
policy_complete(struct policy *policy)
{
	struct agreed agreed;
	int letters = 0;

	if (strcmp(policy->name, "none") == 0)
		return policy->steps->len ? g_strdup("is the one that never "
		    "reminds; give yours another name") : NULL;
	if (!policy_agreed(policy, &agreed))
		return g_strdup("rate is \"1.5 % per month\" or \"8 % per "
		    "year\", cap the same or \"10 % of the invoice\"");
	if (policy->steps->len == 0)
		return g_strdup("has no steps");
	for (guint i = 0; i < policy->steps->len; i++) {
		struct step *step = policy->steps->pdata[i];
		const struct step *last =
		    i ? policy->steps->pdata[i - 1] : NULL;

		step->number = (int)i + 1;
		if (last && last->escalate)
			return g_strdup_printf(
			    "\"%s\" stands after the step that escalates",
			    step->text);
		if (last && last->final && !step->escalate)
			return g_strdup_printf("\"%s\" stands after the final "
			    "letter, where only \"escalate\" may", step->text);
		if (last && step_earliest(last) >= step_earliest(step))
			return g_strdup_printf("\"%s\" is not later than \"%s\""
			    " before it", step->text, last->text);
		if (step->compensation && policy->consumer)
			return g_strdup_printf("\"%s\" asks compensation of a "
			    "consumer, who owes none", step->text);
		if (step_is_grave(step) && letters < 2)
			return g_strdup_printf("\"%s\" needs two reminders "
			    "after the due date before it", step->text);
		if (!step_is_note(step))
			letters++;
	}
	return NULL;
}
