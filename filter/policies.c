/*
 * policies.c - the reminder policies that are there without being written in
 * the configuration (a section of the same name replaces one), and the rules
 * that every policy keeps.
 */
#include "config_internal.h"

static const char *const gentle[] = {
    "before 5 days tone friendly",
    "after 5 days tone friendly",
    "after 20 days tone understanding term 10 days",
    "after 40 days tone understanding term 10 days offer instalments",
    "after 60 days escalate",
    NULL,
};

static const char *const standard[] = {
    "before 3 days tone friendly",
    "after 3 days tone understanding term 7 days",
    "after 14 days tone firm term 7 days",
    "after 30 days escalate",
    NULL,
};

static const char *const firm[] = {
    "after 1 day tone understanding term 7 days",
    "after 8 days tone firm term 5 days",
    "after 16 days tone firm term 5 days fee legal",
    "after 21 days escalate",
    NULL,
};

const struct shipped_policy shipped_policies[] = {
    {"gentle", 10, "20", gentle},
    {"standard", 7, "5", standard},
    {"firm", 5, "1", firm},
    {NULL, 0, NULL, NULL},
};

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
	g_ptr_array_unref(policy->steps);
	g_free(policy);
}

/* Counts the letters after the due date that stand before a grave step: there
 * must be two, because the customer has to be asked before being threatened. */
char *
policy_complete(struct policy *policy)
{
	int letters = 0;

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
		if (last && last->offset >= step->offset)
			return g_strdup_printf("\"%s\" is not later than \"%s\""
			    " before it", step->text, last->text);
		if (step_is_grave(step) && letters < 2)
			return g_strdup_printf("\"%s\" needs two reminders "
			    "after the due date before it", step->text);
		if (!step_is_note(step))
			letters++;
	}
	return NULL;
}
