/*
 * answer.c - mail that is no bank's: which of it concerns us, and who takes
 * it. Answers of people, of servers, of absent people, and our own copies.
 */
#include "answer.h"

#include <string.h>

/* Somebody who answers nothing concerns us when a customer of record writes
 * about money, or to an address that we gave out. */
static enum store_status
plan_fresh(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan)
{
	bool says = g_strcmp0(event_get(event, EVENT_INTENT), "other") != 0 ||
	    event_get(event, EVENT_INTENTS);

	if (about->standing < STANDING_COMPANY ||
	    (!about->letter && !about->named && !says))
		return STORE_OK;
	return answer_person(context, event, about, plan);
}

static enum store_status
plan_of(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan)
{
	switch (event_kind(event)) {
	case EVENT_AUTO_REPLY:
		return answer_away(context, event, about, plan);
	case EVENT_OTHER:
		return plan_fresh(context, event, about, plan);
	default:
		return answer_person(context, event, about, plan);
	}
}

enum store_status
answer_plan(struct context *context, const struct event *event,
    struct plan *plan)
{
	struct about about;
	enum store_status status;

	if (!context->config)
		return STORE_OK;
	if (event_kind(event) == EVENT_BOUNCE)
		return answer_bounce(context, event, plan);
	if (g_strcmp0(event_get(event, EVENT_INTENT), "unsubscribe") == 0)
		return answer_unsubscribe(context, event, plan);
	if (event_get(event, EVENT_MARK))
		return answer_own_copy(context, event, plan);
	status = about_find(context, event, &about);
	if (status == STORE_OK)
		status = plan_of(context, event, &about, plan);
	about_release(&about);
	return status == STORE_NONE ? STORE_OK : status;
}

bool
answer_concerns(struct context *context, const struct event *event)
{
	struct plan *plan;
	bool some = false;

	if (event_kind(event) != EVENT_OTHER)
		return true;
	if (!context->config || (!event_get(event, EVENT_MARK) &&
	    !event_get(event, EVENT_INTENT)))
		return false;
	plan = plan_new();
	some = answer_plan(context, event, plan) != STORE_OK ||
	    plan->actions->len > 0;
	plan_free(plan);
	return some;
}
