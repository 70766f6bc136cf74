/*
 * recurring.c - the turns that are due become invoices: the one of today, and
 * those that were missed, each for its own time and dated today. One turn is
 * one transaction with its invoice, so that it is made once or not at all.
 */
#include "recurring.h"

#include "customer_billing.h"
#include "invoice_issue.h"
#include "lookup.h"
#include "remind_internal.h"

#include <string.h>

#define TURNS_MOST 24		/* that one run catches up with */

static void
recurring_done_free(struct recurring_done *done)
{
	g_free(done->key);
	g_free(done->number);
	g_free(done->why);
	g_free(done);
}

/* ---- when ------------------------------------------------------------------------- */

static bool
is_over(const struct recurring *recurring, int turn)
{
	return recurring->state != RECURRING_ACTIVE || (recurring->until &&
	    recurrence_day(recurring, turn) > day_number(recurring->until));
}

static int32_t
made_on(struct context *context, const struct recurring *recurring,
    const struct customer *customer, int turn)
{
	return is_over(recurring, turn) ? G_MAXINT32 :
	    recurrence_send_day(recurring, turn, billing_closing_day(customer),
	    calendar_of_country(customer->country ? customer->country :
	    context->config->country));
}

enum store_status
recurring_next(struct context *context, const struct recurring *recurring,
    int32_t *day)
{
	struct customer *customer = NULL;
	enum store_status status = store_customer_get(context->store,
	    recurring->customer, &customer);

	if (status == STORE_OK)
		*day = made_on(context, recurring, customer, recurring->turn);
	customer_free(customer);
	return status;
}

/* ---- one turn ---------------------------------------------------------------------- */

static void
set_source(struct making *making, const struct recurring *recurring)
{
	int32_t from, to;
	char first[DAY_SIZE], last[DAY_SIZE];

	json_decref(making->source);
	making->source = json_loads(recurring->document, 0, NULL);
	recurrence_fill(recurring, recurring->turn, making->source);
	if (!recurrence_period(recurring, recurring->turn, &from, &to))
		return;
	day_text(from, first);
	day_text(to, last);
	json_object_set_new(making->source, "period", json_pack("{s:s, s:s}",
	    "from", first, "to", last));
}

/* The invoice, its letter, and that the turn is taken. */
static enum store_status
issue(struct making *making, const struct recurring *recurring,
    struct recurring_done *done)
{
	struct context *context = making->context;
	g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)plan_free);
	char day[DAY_SIZE];
	struct recurring_made made = {.turn = recurring->turn, .day = day};
	enum store_status status = STORE_INVALID;

	day_text(done->day, day);
	done->why = making_complete(making);
	if (!done->why)
		status = making->draft ?
		    invoice_keep_draft(making, &done->why) :
		    invoice_issue(making, plans, &done->why);
	if (status != STORE_OK)
		return status;
	made.invoice = making->invoice->id;
	done->number = g_strdup(making->invoice->number);
	status = store_recurring_take(context->store, recurring->id, &made);
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_INVOICE, made.invoice,
		    "recurring", "%s is turn %d of “%s”, for %s.",
		    done->number, recurring->turn + 1, recurring->key, day);
	if (status != STORE_OK || making->draft)
		return status;
	status = invoice_queue(context, making->customer, making->invoice);
	done->queued = status == STORE_OK;
	return status == STORE_NONE || status == STORE_KNOWN ? STORE_OK
							      : status;
}

static enum store_status
make_turn(struct context *context, const struct recurring *recurring,
    struct recurring_done *done)
{
	struct making making;
	enum store_status status;

	making_init(&making, context);
	making.draft = recurring->draft;
	set_source(&making, recurring);
	status = store_begin(context->store);
	if (status == STORE_OK)
		status = store_customer_get(context->store,
		    recurring->customer, &making.customer);
	if (status == STORE_OK)
		status = issue(&making, recurring, done);
	if (status == STORE_OK && !context->dry_run)
		status = store_commit(context->store);
	else
		store_rollback(context->store);
	making_release(&making);
	return status;
}

/* ---- what the owner is asked --------------------------------------------------------- */

static enum store_status
ask(struct context *context, const struct recurring *recurring,
    const struct recurring_done *done)
{
	char day[DAY_SIZE];
	struct question question = {.code = (char *)(uintptr_t)
	    "recurring-failed", .customer = recurring->customer,
	    .at = context->now};
	enum store_status status;

	if (context->dry_run)
		return STORE_OK;
	day_text(done->day, day);
	question.text = g_strdup_printf("The invoice “%s” of %s was not made: "
	    "%s ('mailfilter recurring edit %s', then 'recurring run').",
	    recurring->key, day, done->why, recurring->key);
	status = store_question_add(context->store, &question);
	g_free(question.text);
	return status == STORE_KNOWN ? STORE_OK : status;
}

static enum store_status
answer(struct context *context, const struct recurring *recurring)
{
	const struct question like = {.code = (char *)(uintptr_t)
	    "recurring-failed", .customer = recurring->customer};
	struct question *open = NULL;
	enum store_status status = store_question_find(context->store, &like,
	    &open);

	if (status == STORE_OK && !context->dry_run)
		status = store_question_answer(context->store, open->id,
		    context->now);
	question_free(open);
	return status == STORE_NONE ? STORE_OK : status;
}

/* ---- all turns ------------------------------------------------------------------------ */

static enum store_status
catch_up(struct context *context, struct recurring *recurring,
    GPtrArray *all)
{
	int32_t today = day_number(context->today), day;
	int last = recurring->turn + TURNS_MOST;
	enum store_status status = recurring_next(context, recurring, &day);

	while (status == STORE_OK && day <= today && recurring->turn < last) {
		struct recurring_done *done = g_new0(struct recurring_done, 1);

		g_ptr_array_add(all, done);
		done->key = g_strdup(recurring->key);
		done->day = recurrence_day(recurring, recurring->turn);
		status = make_turn(context, recurring, done);
		if (status == STORE_CONFLICT) {		/* made by another */
			g_ptr_array_remove_index(all, all->len - 1);
			return STORE_OK;
		}
		if (done->why)
			return ask(context, recurring, done);
		recurring->turn++;
		if (status == STORE_OK)
			status = answer(context, recurring);
		if (status == STORE_OK)
			status = recurring_next(context, recurring, &day);
	}
	return status;
}

enum store_status
recurring_run(struct context *context, GPtrArray **done)
{
	g_autoptr(GPtrArray) rows = NULL;
	enum store_status status = store_recurring_list(context->store, true,
	    &rows);

	*done = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)recurring_done_free);
	for (guint i = 0; status == STORE_OK && i < rows->len; i++)
		status = catch_up(context, rows->pdata[i], *done);
	return status;
}
