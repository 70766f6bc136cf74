/*
 * answer_letters.c - letters that answer a customer without the owner: the
 * invoice again, a statement of account. Only to the customer of record, only
 * when an address of record wrote, one a day, and so many a day in all.
 */
#include "answer.h"
#include "customer_statement.h"

#define COPIES_MAX 10		/* invoices in one letter */
#define UNPROVED_DAYS 7		/* between answers to a sender nobody proved,
				 * outside of our threads */

static enum store_status
count(struct context *context, int64_t customer, int days, int64_t *out)
{
	int32_t day = day_number(context->today) - days;

	return store_letter_answered(context->store, customer,
	    calendar_moment(day, 0, context->config->timezone), out);
}

static enum store_status
is_stopped(struct context *context, const struct about *about, bool *stopped)
{
	g_autoptr(GPtrArray) holds = NULL;
	enum store_status status = store_hold_list(context->store,
	    about->customer->id, 0, context->now, &holds);

	*stopped = false;
	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *one = holds->pdata[i];

		*stopped = *stopped || one->kind == HOLD_STOP;
	}
	return status;
}

/* Why no letter may answer, NULL: one may. */
static enum store_status
why_not(struct context *context, const struct about *about, const char **why)
{
	const struct customer *customer = about->customer;
	bool known = about->proved || about->letter, stopped;
	int64_t theirs = 0, all = 0;
	enum store_status status = is_stopped(context, about, &stopped);

	if (status == STORE_OK)
		status = count(context, customer->id,
		    known ? 0 : UNPROVED_DAYS - 1, &theirs);
	if (status == STORE_OK)
		status = count(context, 0, 0, &all);
	*why = about->standing != STANDING_OWN
	    ? "It was not written from their own address." :
	    customer->undelivered ? "Mail to them comes back." :
	    !recipient_is_safe(context->config, customer->email)
	    ? "They have no address that a letter can go to." :
	    stopped ? "They want no mail." :
	    context->config->answers == 0
	    ? "Nothing is answered automatically." :
	    theirs > 0 ? "They were answered already." :
	    all >= context->config->answers
	    ? "Enough was answered automatically today." : NULL;
	return status;
}

static void
plan_it(const struct event *event, const struct about *about,
    struct letter *letter, const char *what, struct plan *plan)
{
	g_autofree char *text = g_strdup_printf("%s to %s is planned: they "
	    "asked for it", what, letter->to);
	const char *id = event_get(event, EVENT_MESSAGE_ID);

	letter->regards = about->letter ? about->letter->id : 0;
	letter->answers = g_strdup(id ? id : "");
	plan_letter(plan, letter, text);
}

/* ---- the invoice again -------------------------------------------------------- */

/* Of those meant: what is open, else all; of others' none. */
static enum store_status
add_copies(struct context *context, const struct about *about, bool open_only,
    struct letter *letter)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < about->items->len &&
	    letter->items->len < COPIES_MAX; i++) {
		struct invoice *invoice = NULL;

		status = store_invoice_get(context->store,
		    g_array_index(about->items, struct letter_item,
		    i).invoice, &invoice);
		if (status == STORE_OK &&
		    invoice->customer == about->customer->id &&
		    invoice->type != INVOICE_CREDIT_NOTE &&
		    (invoice->state == INVOICE_OPEN ||
		    (invoice->state == INVOICE_PAID && !open_only)))
			letter_add_item(letter, invoice->id, 0,
			    invoice->open);
		invoice_free(invoice);
	}
	return status;
}

enum store_status
answer_copy(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan, const char **why)
{
	struct letter *letter;
	enum store_status status = why_not(context, about, why);

	if (status != STORE_OK || *why)
		return status;
	letter = letter_new(context, LETTER_COPY, about->customer,
	    about->customer->key);
	status = add_copies(context, about, !about->named, letter);
	if (status == STORE_OK && letter->items->len == 0)
		status = add_copies(context, about, false, letter);
	if (status == STORE_OK && letter->items->len > 0) {
		plan_it(event, about, letter, "the invoice once more", plan);
		return STORE_OK;
	}
	letter_free(letter);
	*why = "It is not plain which invoice is meant.";
	return status;
}

/* ---- a statement of account ------------------------------------------------------ */

enum store_status
answer_statement(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan, const char **why)
{
	struct letter *letter;
	enum store_status status = why_not(context, about, why);

	if (status != STORE_OK || *why)
		return status;
	letter = letter_new(context, LETTER_STATEMENT, about->customer,
	    about->customer->key);
	status = statement_items(context, about->customer, letter);
	if (status == STORE_OK)
		plan_it(event, about, letter, "a statement of account", plan);
	else
		letter_free(letter);
	return status;
}
