/*
 * answer_unsubscribe.c - somebody used the List-Unsubscribe of a reminder
 * (RFC 2369, RFC 8058): no more reminders go to that customer by mail, until
 * the owner decides otherwise, who is told. Invoices and what the customer
 * asks for still go. The tag, which only we can make, says whose it is,
 * whoever sent the mail for them.
 */
#include "answer.h"
#include "secret.h"

#include <string.h>

static enum store_status
is_stopped(struct context *context, const struct customer *customer,
    bool *stopped)
{
	g_autoptr(GPtrArray) holds = NULL;
	enum store_status status = store_hold_list(context->store,
	    customer->id, 0, context->now, &holds);

	*stopped = false;
	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *one = holds->pdata[i];

		*stopped = *stopped || (one->invoice == 0 && one->until == 0);
	}
	return status;
}

static void
plan_stop(struct context *context, const struct about *about,
    struct plan *plan)
{
	struct action *action = plan_add(plan, ACTION_HOLD,
	    "held:unsubscribed", "%s wants no more reminders by mail.",
	    about->customer->name);
	struct hold *hold = g_new0(struct hold, 1);

	hold->kind = HOLD_PAUSE;
	hold->customer = action->customer = about->customer->id;
	hold->trust = TRUST_A;
	hold->since = context->now;
	hold->why = g_strdup("wants no more reminders by mail");
	hold->origin = g_strdup("unsubscribe");
	hold->letter = about->letter->id;
	action->of.hold = hold;
}

/* Every reminder that waits for them, whatever it is about. */
static enum store_status
plan_recall(struct context *context, const struct about *about,
    struct plan *plan)
{
	const struct letter_filter filter = {.customer = about->customer->id,
	    .kinds = LETTER_REMINDERS, .waiting_only = true};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &letters);

	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *one = letters->pdata[i];
		struct action *action = plan_add(plan, ACTION_RECALL,
		    "recalled:hold", "the reminder to %s is recalled: they "
		    "want none by mail", one->to);

		action->letter = one->id;
		action->customer = one->customer;
	}
	return status;
}

static enum store_status
stop(struct context *context, struct about *about, struct plan *plan)
{
	bool stopped;
	enum store_status status = is_stopped(context, about->customer,
	    &stopped);

	if (status != STORE_OK || stopped)
		return status;
	plan_stop(context, about, plan);
	status = plan_recall(context, about, plan);
	g_array_set_size(about->items, 0);	/* it is about all of them */
	return status != STORE_OK ? status : answer_ask(context, about,
	    "unsubscribed", g_strdup_printf("%s wants no more reminders by "
	    "mail (they used the link in one). None goes there now; invoices "
	    "still do. Perhaps call them; 'mailfilter hold list' shows the "
	    "hold, 'mailfilter hold release' ends it.",
	    about->customer->name), plan);
}

enum store_status
answer_unsubscribe(struct context *context, const struct event *event,
    struct plan *plan)
{
	struct letter *letter = NULL;
	struct about about = {0};
	enum store_status status = letter_of_tag(context, TAG_REPLY,
	    event_get(event, EVENT_TAG), &letter);

	if (status == STORE_OK && letter_kind_is_reminder(letter->kind))
		status = about_letter(context->store, letter->message_id,
		    &about);
	about.standing = STANDING_THREAD;
	if (status == STORE_OK && about.customer)
		status = stop(context, &about, plan);
	about_release(&about);
	letter_free(letter);
	return status == STORE_NONE ? STORE_OK : status;
}
