/*
 * unconfirmed.c - money that a mail has announced and that no statement has
 * booked, though one covers its days or should have come long ago: its invoice
 * is not reminded, so the owner is asked, once.
 */
#include "remind_internal.h"
#include "phrases.h"

#include <string.h>

#define COVERED_DAYS 3		/* between a mail and its booking */
#define SILENT_DAYS 10		/* business days without any statement */

/* A statement that has no word of it, or none for too long. */
static bool
is_missed(const struct context *context, const struct payment *payment,
    const struct feed *feed)
{
	int32_t booked = day_number(payment->booked);

	if (feed && feed->through &&
	    day_number(feed->through) >= booked + COVERED_DAYS)
		return true;
	return calendar_add_business_days(calendar_of_bank(payment->currency,
	    payment->account), booked, SILENT_DAYS) <
	    day_number(context->today);
}

static bool
was_asked(const GPtrArray *questions, int64_t payment)
{
	for (guint i = 0; questions && i < questions->len; i++) {
		const struct question *one = questions->pdata[i];

		if (one->payment == payment &&
		    strcmp(one->code, "unconfirmed") == 0)
			return true;
	}
	return false;
}

static void
ask(const struct context *context, const struct payment *payment,
    const struct feed *feed, struct plan *plan)
{
	g_autofree char *money = money_text(payment->amount,
	    payment->currency);
	g_autofree char *since = feed && feed->through ? g_strdup_printf(
	    "the statements up to %s do not have it", feed->through) :
	    g_strdup("no statement has come since");
	g_autofree char *text = g_strdup_printf("%s from %s was announced on "
	    "%s, but %s. Its invoices are not reminded. If it never came: "
	    "'mailfilter reconcile --undo %s', then 'mailfilter payment "
	    "set-aside %s'.", money, payment->payer ? payment->payer :
	    payment->payer_account ? payment->payer_account :
	    "an unnamed payer", payment->booked, since, payment->key,
	    payment->key);

	plan_ask(plan, &(struct question){.code = (char *)"unconfirmed",
	    .text = text, .payment = payment->id, .at = context->now});
}

enum store_status
unconfirmed_plan(struct context *context, const GPtrArray *feeds,
    struct plan *plan)
{
	const struct payment_filter filter = {.announced_only = true};
	g_autoptr(GPtrArray) payments = NULL, questions = NULL;
	enum store_status status = store_payment_list(context->store, &filter,
	    &payments);

	if (status == STORE_OK && payments->len)
		status = store_question_list(context->store, false,
		    &questions);
	for (guint i = 0; status == STORE_OK && i < payments->len; i++) {
		const struct payment *one = payments->pdata[i];
		const struct account *account = one->account ?
		    config_account(context->config, one->account) : NULL;
		const struct feed *feed = account ?
		    feed_of_account(feeds, account) : NULL;

		if (account && is_missed(context, one, feed) &&
		    !was_asked(questions, one->id))
			ask(context, one, feed, plan);
	}
	return status == STORE_NONE ? STORE_OK : status;
}
