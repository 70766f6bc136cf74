/*
 * refund.c - money that the owner sends to a customer: no payment of theirs
 * went back, but it may be a refund. The owner is asked, once for the mail
 * and the statement that both tell of it.
 */
#include "refund.h"
#include "match.h"
#include "money_event.h"
#include "phrases.h"

#include <string.h>

#define DAYS 10			/* between two reports of one refund */

/* The one customer whose account it goes to, or 0. */
static enum store_status
find_customer(struct context *context, const struct event *event,
    int64_t *customer)
{
	const char *number = event_get(event, EVENT_PAYER_ACCOUNT);
	g_autofree char *account = number ? account_normalise(number) : NULL;
	g_autoptr(GPtrArray) parties = NULL;
	enum store_status status = STORE_NONE;

	*customer = 0;
	if (account)
		status = store_party_by_account(context->store, account,
		    &parties);
	if (status == STORE_OK && parties->len == 1)
		*customer = ((struct party *)parties->pdata[0])->customer;
	return status == STORE_NONE ? STORE_OK : status;
}

/* Within some days of then: the report of it, or of reading that. */
static bool
is_near(int64_t at, int64_t then)
{
	return ABS(at - then) <= DAYS * DAY_SECONDS;
}

static enum store_status
was_asked(struct context *context, const struct event *event,
    const char *code, int64_t customer, bool *asked)
{
	const char *day = event_get(event, EVENT_BOOKED);
	int64_t booked = day ? calendar_moment(day_number(day), 0,
	    context->config->timezone) : context->now;
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_question_list(context->store, false,
	    &list);

	*asked = false;
	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct question *one = list->pdata[i];

		*asked |= one->customer == customer &&
		    strcmp(one->code, code) == 0 &&
		    (is_near(one->at, booked) ||
		    is_near(one->at, context->now));
	}
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
refund_ask(struct context *context, const struct event *event,
    struct plan *plan)
{
	g_autofree char *money = NULL, *code = NULL, *text = NULL;
	struct customer *customer = NULL;
	int64_t id, amount;
	bool asked = false;
	enum store_status status = find_customer(context, event, &id);

	if (status != STORE_OK || !id || !event_money(event, &amount))
		return status;
	money = money_text(amount, event_get(event, EVENT_CURRENCY));
	code = g_strdup_printf("refund:%s", money);
	status = was_asked(context, event, code, id, &asked);
	if (status == STORE_OK && !asked)
		status = store_customer_get(context->store, id, &customer);
	if (status != STORE_OK || asked)
		return status;
	text = g_strdup_printf("%s went from your account to %s. If it pays "
	    "back money of theirs: 'mailfilter reconcile --undo PAYMENT' takes "
	    "that off its invoice, 'mailfilter payment set-aside PAYMENT' says "
	    "that it is for none. Nothing was changed.", money,
	    customer->name);
	plan_ask(plan, &(struct question){.code = code, .text = text,
	    .customer = id, .at = context->now});
	customer_free(customer);
	return STORE_OK;
}
