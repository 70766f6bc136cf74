/*
 * clock.c - is the clock right? Nothing is sent while it stands before what
 * has happened already.
 */
#include "remind_internal.h"

#define CLOCK_SLACK 600		/* seconds that clocks may differ */

static enum store_status
latest_moment(struct context *context, int64_t *latest)
{
	const int64_t since = context->now + CLOCK_SLACK;
	const struct letter_filter letters = {.since = since};
	const struct payment_filter payments = {.since = since};
	g_autoptr(GPtrArray) found = NULL, money = NULL, feeds = NULL;
	enum store_status status = store_letter_list(context->store, &letters,
	    &found);

	*latest = 0;
	for (guint i = 0; status == STORE_OK && i < found->len; i++) {
		const struct letter *letter = found->pdata[i];

		*latest = MAX(*latest, MAX(letter->planned, letter->sent));
	}
	if (status == STORE_OK)
		status = store_payment_list(context->store, &payments, &money);
	for (guint i = 0; status == STORE_OK && i < money->len; i++) {
		const struct payment *payment = money->pdata[i];

		*latest = MAX(*latest, payment->arrived);
	}
	if (status == STORE_OK)
		status = store_feed_list(context->store, &feeds);
	for (guint i = 0; status == STORE_OK && i < feeds->len; i++) {
		const struct feed *feed = feeds->pdata[i];

		*latest = MAX(*latest, MAX(feed->heard, feed->drift));
	}
	return status;
}

/* A clock that runs ahead makes the feeds stale; this is about one that stands
 * before what has happened. */
enum store_status
clock_check(struct context *context, char **why)
{
	int64_t latest;
	enum store_status status = latest_moment(context, &latest);
	g_autofree char *seen = NULL, *now = NULL;

	*why = NULL;
	if (status != STORE_OK || latest <= context->now + CLOCK_SLACK)
		return status;
	seen = moment_text(latest);
	now = moment_text(context->now);
	*why = g_strdup_printf("the clock says %s, but the store has entries "
	    "of %s: nothing is sent until the clock is right", now, seen);
	return STORE_OK;
}
