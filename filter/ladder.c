/*
 * ladder.c - which step of a policy is due. Pure: days and numbers in, a step
 * out.
 */
#include "remind.h"

#define CLOSED_DAYS 40		/* holidays between business days, at most */

/* One of the two letters after the due date that stand right before a grave
 * step: the customer must have been asked twice. */
static bool
must_be_sent(const struct policy *policy, const struct step *step)
{
	int letters_after = 0;

	if (step_is_note(step) || step->escalate)
		return false;
	for (guint i = 0; i < policy->steps->len; i++) {
		const struct step *later = policy->steps->pdata[i];

		if (later->number <= step->number)
			continue;
		if (step_is_grave(later) && letters_after < 2)
			return true;
		letters_after++;
	}
	return false;
}

const struct step *
step_due(const struct policy *policy, int32_t due, int32_t today,
    int last_step, int reminders)
{
	const struct step *found = NULL;

	for (guint i = 0; i < policy->steps->len; i++) {
		const struct step *step = policy->steps->pdata[i];

		if (step->number <= last_step)
			continue;
		if (due + step->offset > today)
			break;
		if (step_is_note(step) && today >= due + (step->offset == 0))
			continue;
		if (step_is_grave(step) && reminders < 2)
			break;
		found = step;
		if (must_be_sent(policy, step))
			break;
	}
	return found;
}

static int
horizon_of(const struct policy *policy)
{
	int days = 0;

	for (guint i = 0; i < policy->steps->len; i++) {
		const struct step *step = policy->steps->pdata[i];

		days = MAX(days, step->business ?
		    -step->offset * 2 + CLOSED_DAYS : -step->offset);
	}
	return days;
}

int
ladder_horizon(const struct config *config, const struct policy *policy)
{
	int days = policy ? horizon_of(policy) : 0;

	for (guint i = 0; !policy && i < config->policies->len; i++)
		days = MAX(days, horizon_of(config->policies->pdata[i]));
	return days;
}
