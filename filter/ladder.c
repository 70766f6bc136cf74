/*
 * ladder.c - on which day a step of a policy comes, and which one is due.
 * Pure: days and numbers in, a step out.
 */
#include "remind.h"

#define CLOSED_DAYS 40		/* holidays between business days, at most */
#define EARLIER_DAYS 14		/* a note comes so much earlier, at most */

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

/* The last day on which a note still says what it is for. */
static int32_t
note_until(const struct step *step, int32_t due)
{
	return step->offset == 0 ? due : due - 1;
}

int32_t
step_day(const struct step *step, const struct schedule *schedule)
{
	int32_t due = schedule->due, day = step->business ?
	    calendar_add_business_days(schedule->days, due, step->offset) :
	    due + step->offset;
	int32_t last, earlier = day;

	if (!step_is_note(step) || !schedule->config)
		return day;
	for (last = day; last <= note_until(step, due); last++)
		if (calendar_may_write_on(schedule->config, schedule->days,
		    last))
			return day;
	while (earlier > day - EARLIER_DAYS &&
	    !calendar_may_write_on(schedule->config, schedule->days, earlier))
		earlier--;
	return earlier;
}

const struct step *
step_due(const struct policy *policy, const struct schedule *schedule,
    int32_t today, int last_step, int reminders)
{
	const struct step *found = NULL;

	for (guint i = 0; i < policy->steps->len; i++) {
		const struct step *step = policy->steps->pdata[i];

		if (step->number <= last_step)
			continue;
		if (step_day(step, schedule) > today)
			break;
		if (step_is_note(step) &&
		    today > note_until(step, schedule->due))
			continue;
		if (step_is_grave(step) && reminders < 2)
			break;
		found = step;
		if (must_be_sent(policy, step) || (!step_is_note(step) &&
		    step_day(step, schedule) <= schedule->held))
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

		if (step_is_note(step))
			days = MAX(days, EARLIER_DAYS + (step->business ?
			    -step->offset * 2 + CLOSED_DAYS : -step->offset));
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
