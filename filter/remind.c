/*
 * remind.c - plans what is due now: for each customer at most one reminder,
 * about all invoices whose step is due and that no gate holds; invoices that
 * were not sent yet; calls for the owner where the policy ends.
 *
 * A missed run needs no memory of its own: what is due follows from the due
 * dates, the policy and the letters that left.
 */
#include "behaviour_alarm.h"
#include "instalments.h"

#include "experiment.h"

#include <string.h>

#define EASTERNMOST (14 * 3600)	/* seconds: somewhere it is tomorrow already */

/* ---- which step, which gate --------------------------------------------------- */

/* Calls were made a task once; the owner's answer does not make another. */
static enum store_status
read_escalated(struct run *run)
{
	g_autoptr(GPtrArray) questions = NULL;
	enum store_status status =
	    store_question_list(run->context->store, false, &questions);

	run->escalated = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    g_free, NULL);
	for (guint i = 0; status == STORE_OK && i < questions->len; i++) {
		const struct question *one = questions->pdata[i];

		if (strcmp(one->code, "escalate") == 0)
			g_hash_table_add(run->escalated,
			    g_memdup2(&one->invoice, sizeof one->invoice));
	}
	return status;
}

/* The day on which the last hold of an invoice ended, or 0: it was not held,
 * or is still. */
static int32_t
held_until(struct desk *desk, const struct invoice *invoice)
{
	int64_t now = desk->run->context->now, last = 0;
	g_autoptr(GPtrArray) holds = NULL;
	char day[DAY_SIZE];

	if (store_hold_list(desk->run->context->store, desk->customer->id,
	    invoice->id, 0, &holds) != STORE_OK)
		return 0;
	for (guint i = 0; i < holds->len; i++) {
		const struct hold *one = holds->pdata[i];
		int64_t end = one->released ? one->released : one->until;

		if (end && end <= now)
			last = MAX(last, end);
	}
	if (last == 0)
		return 0;
	calendar_local(last, desk->zone, day, NULL);
	return day_number(day);
}

static bool
find_step(struct desk *desk, struct invoice *invoice, struct due *out)
{
	const struct config *config = desk->run->context->config;
	struct reached reached;
	struct schedule schedule = {day_number(invoice->due),
	    customer_days(config, desk->customer), config, 0};
	int32_t rested = 0;

	/* While a plan was active the schedule stood still. */
	instalments_rested(desk->run->context, invoice->id, &rested);
	out->invoice = invoice;
	out->policy = invoice_policy(config, invoice, desk->customer);
	past_reached(&desk->past, invoice, desk->zone, &reached);
	out->step = step_due(out->policy, &schedule, desk->today - rested,
	    reached.last_step, reached.reminders);
	if (out->step && out->step->number > reached.last_step + 1) {
		schedule.held = held_until(desk, invoice);
		schedule.held -= schedule.held ? rested : 0;
		out->step = step_due(out->policy, &schedule,
		    desk->today - rested, reached.last_step,
		    reached.reminders);
	}
	if (out->step && out->step->escalate &&
	    g_hash_table_contains(desk->run->escalated, &invoice->id))
		out->step = NULL;
	return out->step != NULL;
}

/* The gates that are the customer's, beside those of the invoice. */
static bool
is_too_soon(struct desk *desk, const struct due *due, char **detail,
    int64_t *until)
{
	int32_t last = past_last_day(desk->run->context, &desk->past,
	    desk->zone);
	char day[DAY_SIZE], next[DAY_SIZE];

	*until = 0;
	if (!due->step->escalate && past_waits(&desk->past)) {
		*detail = g_strdup("another reminder to this customer waits "
		    "in the outbox");
		return true;
	}
	if (!due->step->escalate && g_hash_table_contains(desk->run->written,
	    &desk->customer->id)) {
		*detail = g_strdup("a reminder of an instalment goes first");
		return true;
	}
	if (step_is_note(due->step) || last == G_MININT32 ||
	    last + due->policy->gap_days <= desk->today)
		return false;
	day_text(last, day);
	day_text(last + due->policy->gap_days, next);
	*until = calendar_moment(last + due->policy->gap_days, 0, desk->zone);
	*detail = g_strdup_printf("the last reminder left on %s, the next may "
	    "on %s", day, next);
	return true;
}

static enum store_status
consider(struct desk *desk, struct invoice *invoice)
{
	struct run *run = desk->run;
	const struct grounds grounds = {&run->evidence, &desk->past, false};
	struct guard_facts facts;
	struct due due;
	g_autofree char *detail = NULL;
	enum gate gate;
	int64_t until;
	enum store_status status;

	if (!find_step(desk, invoice, &due))
		return STORE_OK;
	status = guard_facts_read(run->context, &grounds, invoice,
	    desk->customer, due.step, &facts, &detail);
	if (status != STORE_OK)
		return status;
	gate = guard_check(&facts);
	until = facts.until;
	if (gate == GATE_OPEN && is_too_soon(desk, &due, &detail, &until))
		gate = GATE_CUSTOMER_CAP;
	if (gate != GATE_OPEN)
		return desk_hold_back(desk, &due, gate, until, detail);
	g_array_append_val(desk->due, due);
	return STORE_OK;
}

/* ---- all customers --------------------------------------------------------------- */

static enum store_status
serve(struct desk *desk, const GPtrArray *invoices)
{
	enum store_status status = STORE_OK;

	desk_recall_notes(desk, invoices);
	for (guint i = 0; status == STORE_OK && i < invoices->len; i++) {
		struct invoice *invoice = invoices->pdata[i];

		if (invoice->sent == 0)
			status = desk_write_invoice(desk, invoice);
		else
			status = consider(desk, invoice);
	}
	if (status == STORE_OK)
		status = behaviour_alarm(desk, invoices);
	if (status == STORE_OK)
		status = desk_write_reminder(desk);
	if (status == STORE_OK && desk->run->ahead)
		desk_look_ahead(desk, invoices);
	return status;
}

static enum store_status
serve_customer(struct run *run, int64_t customer, const GPtrArray *invoices)
{
	struct desk desk = {.run = run};
	char day[DAY_SIZE];
	enum store_status status = store_customer_get(run->context->store,
	    customer, &desk.customer);

	if (status != STORE_OK)
		return status;
	desk.zone = customer_zone(run->context->config, desk.customer);
	calendar_local(run->context->now, desk.zone, day, NULL);
	desk.today = day_number(day);
	desk.due = g_array_new(FALSE, FALSE, sizeof(struct due));
	status = past_gather(run->context, customer, &desk.past);
	if (status == STORE_OK && run->context->config->experiments->len)
		status = experiment_enrol(run->context, desk.customer,
		    invoices, desk.today, run->enrolled, run->plan);
	if (status == STORE_OK)
		status = serve(&desk, invoices);
	past_release(&desk.past);
	g_array_unref(desk.due);
	customer_free(desk.customer);
	return status;
}

bool
invoice_may_be_chased(const struct invoice *invoice)
{
	return invoice->state == INVOICE_OPEN &&
	    invoice->type != INVOICE_CREDIT_NOTE && invoice->due &&
	    day_number(invoice->due) != G_MININT32;
}

/* Customers in the order of their oldest due date, so their invoices. */
static enum store_status
serve_all(struct run *run)
{
	g_autoptr(GPtrArray) invoices = NULL, order = NULL;
	g_autoptr(GHashTable) desks = NULL;
	const struct config *config = run->context->config;
	char until[DAY_SIZE], until_with_policy[DAY_SIZE];
	enum store_status status;
	int32_t today = (int32_t)((run->context->now + EASTERNMOST) /
	    DAY_SECONDS);

	day_text(today + ladder_horizon(config, config->experiments->len ? NULL :
	    config_policy(config, NULL)),
	    until);
	day_text(today + ladder_horizon(config, NULL), until_with_policy);
	status = store_invoice_find_due(run->context->store, until,
	    until_with_policy, &invoices);

	desks = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
	    (GDestroyNotify)g_ptr_array_unref);
	order = g_ptr_array_new();
	for (guint i = 0; status == STORE_OK && i < invoices->len; i++) {
		struct invoice *invoice = invoices->pdata[i];
		GPtrArray *theirs;

		if (!invoice_may_be_chased(invoice))
			continue;
		theirs = g_hash_table_lookup(desks, &invoice->customer);
		if (!theirs) {
			theirs = g_ptr_array_new();
			g_hash_table_insert(desks, &invoice->customer, theirs);
			g_ptr_array_add(order, &invoice->customer);
		}
		g_ptr_array_add(theirs, invoice);
	}
	for (guint i = 0; status == STORE_OK && i < order->len; i++)
		status = serve_customer(run, *(int64_t *)order->pdata[i],
		    g_hash_table_lookup(desks, order->pdata[i]));
	return status;
}

enum store_status
remind_plan(struct context *context, struct plan *plan, GPtrArray *held)
{
	return remind_plan_ahead(context, plan, held, NULL);
}

enum store_status
remind_plan_ahead(struct context *context, struct plan *plan, GPtrArray *held,
    GArray *ahead)
{
	struct run run = {.context = context, .plan = plan, .held = held,
	    .ahead = ahead};
	g_autofree char *trouble = NULL;
	enum store_status status = clock_check(context, &trouble);

	if (status != STORE_OK || trouble)
		return status;
	run.enrolled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	status = evidence_gather(context, &run.evidence);
	if (status == STORE_OK)
		status = read_escalated(&run);
	run.written = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    g_free, NULL);
	if (status == STORE_OK)
		status = instalments_run(&run, run.written);
	if (status == STORE_OK)
		status = serve_all(&run);
	if (status == STORE_OK)
		status = unconfirmed_plan(context, run.evidence.feeds, plan);
	evidence_release(&run.evidence);
	g_clear_pointer(&run.escalated, g_hash_table_unref);
	g_hash_table_unref(run.enrolled);
	g_hash_table_unref(run.written);
	return status;
}
