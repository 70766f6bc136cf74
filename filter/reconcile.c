/*
 * reconcile.c - the conductor's verbs about money: an event becomes a report,
 * a report a payment, a payment a match, a match a plan, and the plan is
 * carried out; waiting reminders are recalled and receipts queued. All inside
 * the caller's transaction.
 */
#include "match.h"
#include "money_event.h"
#include "phrases.h"
#include "refund.h"
#include "remind.h"
#include "transfer.h"
#include "words.h"

#include <string.h>

#define WAITING_MAX 500		/* returns that wait for their payment */

/* ---- carrying out ------------------------------------------------------------ */

static enum store_status
execute(struct context *context, const struct plan *plan, const char *by)
{
	g_autofree char *conflict = plan_conflict(plan);

	if (!conflict)
		return plan_apply(plan, context->store, context->now, by);
	say_error(context, "the plan contradicts itself: %s", conflict);
	return STORE_INVALID;
}

/* Hands a plan to the list of what was done, or frees it. */
static void
keep(struct plan *plan, enum store_status status, GPtrArray *done)
{
	if (plan && status == STORE_OK && done && plan->actions->len)
		g_ptr_array_add(done, plan);
	else
		plan_free(plan);
}

static enum store_status
carry_out(struct context *context, struct plan *plan, const char *by,
    GPtrArray *done)
{
	enum store_status status = execute(context, plan, by);

	keep(plan, status, done);
	return status;
}

static bool
puts_money(const struct plan *plan)
{
	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = plan->actions->pdata[i];

		if (a->kind == ACTION_SETTLE)
			return true;
	}
	return false;
}

/* After money was applied or confirmed: recall, the crossed letter or the
 * receipt. */
static enum store_status
follow_up(struct context *context, int64_t payment, GPtrArray *done)
{
	struct plan *plan = plan_new();
	enum store_status status =
	    remind_after_payment(context, payment, plan);

	if (status != STORE_OK) {
		plan_free(plan);
		return status;
	}
	return carry_out(context, plan, "auto", done);
}

/* ---- one payment ------------------------------------------------------------------ */

/* What was asked about the two before is settled by this. */
static enum store_status
answer_both(struct context *context, const struct returned *returned)
{
	enum store_status status = store_question_answer_payment(
	    context->store, returned->payment->id, context->now);

	if (status == STORE_OK || status == STORE_NONE)
		status = store_question_answer_payment(context->store,
		    returned->original->id, context->now);
	return status == STORE_NONE ? STORE_OK : status;
}

/* again: it waits for its payment since earlier; nothing is asked twice. */
static enum store_status
reconcile_return(struct context *context, const struct payment *payment,
    bool again, json_t **json, GPtrArray *done)
{
	struct returned returned;
	enum store_status status = returned_gather(context_book(context),
	    context->config, context->today, payment, &returned);

	if (status != STORE_OK)
		return status;
	if (json)
		*json = json_pack("{s:s, s:s, s:f, s:[], s:[s], s:[]}",
		    "payment", payment->key, "decision", "none",
		    "probability", 1.0, "allocations", "reasons",
		    returned.original ? "returned" : "returned:unknown",
		    "candidates");
	if (returned_is_plain(&returned))
		status = answer_both(context, &returned);
	if (status == STORE_OK && (returned_is_plain(&returned) || !again))
		status = carry_out(context,
		    decide_return(&returned, context->now), "auto", done);
	returned_release(&returned);
	return status;
}

/* Money that went back before it was known that it came. */
static enum store_status
retry_returns(struct context *context, const struct payment *credit,
    GPtrArray *done)
{
	const struct payment_filter filter = {.unallocated_only = true,
	    .returns_in = credit->currency, .limit = WAITING_MAX};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_payment_list(context->store, &filter,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++)
		status = reconcile_return(context, list->pdata[i], true, NULL,
		    done);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status reconcile_with(struct context *context, int64_t id,
    const char *const *references, json_t **json, GPtrArray *done);

/* What automatic money without a name is on goes to the money that names it:
 * the facts are gathered anew, *other is to be matched again. */
static enum store_status
reopen(struct context *context, const char *const *references,
    struct facts *facts, struct match **match, int64_t *other,
    GPtrArray *done)
{
	const struct payment *payment = facts->payment;
	enum store_status status;
	struct plan *plan = reopen_for(context, facts, other, &status);

	if (!plan)
		return status;
	status = carry_out(context, plan, "auto", done);
	if (status != STORE_OK)
		return status;
	match_free(*match);
	*match = NULL;
	facts_release(facts);
	status = facts_gather(context_book(context), context->config,
	    context->today, payment, references, facts);
	if (status == STORE_OK)
		*match = match_payment(facts);
	return status;
}

/* What to do about it; nobody is asked whose the money is that the owner has
 * called a customer's credit. */
static enum store_status
plan_credit(struct context *context, const struct facts *facts,
    struct match *match, struct plan **out)
{
	struct customer *owner = NULL;
	enum store_status status = STORE_OK;

	if (match->decision == DECISION_NONE)
		status = credit_owner(context->store, facts->payment->id,
		    &owner);
	if (owner) {
		g_ptr_array_set_size(match->reasons, 0);
		g_ptr_array_add(match->reasons, g_strdup("credit:owner"));
	}
	if (status == STORE_OK)
		*out = owner ? plan_new() :
		    decide_payment(facts, match, context->now);
	customer_free(owner);
	return status;
}

static enum store_status
reconcile_credit(struct context *context, const struct payment *payment,
    const char *const *references, json_t **json, GPtrArray *done)
{
	struct facts facts;
	struct match *match;
	struct plan *plan = NULL;
	bool settles = false;
	int64_t other = 0;
	enum store_status status = facts_gather(context_book(context),
	    context->config, context->today, payment, references, &facts);

	if (status != STORE_OK)
		return status;
	match = match_payment(&facts);
	if (match->decision != DECISION_AUTO)
		status = reopen(context, references, &facts, &match, &other,
		    done);
	if (status == STORE_OK)
		status = facts_gather_steps(context->store, &facts, match);
	if (status == STORE_OK)
		status = plan_credit(context, &facts, match, &plan);
	if (status == STORE_OK) {
		if (json)
			*json = match_json(&facts, match,
			    context->verbose);
		settles = puts_money(plan);
		status = execute(context, plan, "auto");
	}
	keep(plan, status, done);
	if (status == STORE_OK && settles)
		status = follow_up(context, payment->id, done);
	match_free(match);
	facts_release(&facts);
	if (status == STORE_OK && other)
		status = reconcile_with(context, other, NULL, NULL, done);
	return status;
}

static enum store_status
reconcile_loaded(struct context *context, const struct payment *payment,
    const char *const *references, json_t **json, GPtrArray *done)
{
	enum store_status status;
	bool taken = false;

	if (payment->set_aside || payment->unallocated == 0)
		return STORE_OK;
	if (payment->amount < 0)
		return reconcile_return(context, payment, false, json, done);
	status = transfer_credit(context, payment, json, done, &taken);
	if (status != STORE_OK || taken)
		return status;
	return reconcile_credit(context, payment, references, json, done);
}

static enum store_status
reconcile_with(struct context *context, int64_t id,
    const char *const *references, json_t **json, GPtrArray *done)
{
	struct payment *payment = NULL;
	enum store_status status =
	    store_payment_get(context->store, id, &payment);

	if (status != STORE_OK)
		return status;
	status = reconcile_loaded(context, payment, references, json, done);
	payment_free(payment);
	return status;
}

enum store_status
reconcile_payment(struct context *context, int64_t payment, json_t **json,
    GPtrArray *done)
{
	return reconcile_with(context, payment, NULL, json, done);
}

/* Another report told more: an automatic booking that it contradicts for sure
 * is taken off again, so that the payment is matched anew. */
static enum store_status
reopen_merged(struct context *context, int64_t id, GPtrArray *done)
{
	struct payment *payment = NULL;
	struct plan *plan = NULL;
	enum store_status status =
	    store_payment_get(context->store, id, &payment);

	if (status == STORE_OK && payment->amount > 0)
		plan = reopen_own(context, payment, &status);
	payment_free(payment);
	if (plan)
		status = carry_out(context, plan, "auto", done);
	return status == STORE_NONE ? STORE_OK : status;
}

/* ---- an event ------------------------------------------------------------------------ */

static void
note_report(struct plan *plan, const struct event *event,
    const struct report *report, enum report_result result, int64_t payment)
{
	static const struct {
		enum action_kind kind;
		const char *code, *says;
	} rows[] = {
	    [REPORT_NEW] = {ACTION_NOTE, "payment:reported", "reported"},
	    [REPORT_MERGED] = {ACTION_CONFIRM, "payment:confirmed",
		"confirmed by another report"},
	    [REPORT_CONFLICT] = {ACTION_NOTE, "payment:conflict",
		"reported with another amount: nothing settles from it"},
	};
	const struct payment *p = &report->payment;
	g_autofree char *money = money_text(p->amount, p->currency);
	struct action *a = plan_add(plan, rows[result].kind, rows[result].code,
	    "%s from %s is %s", money, p->payer ? p->payer :
	    p->payer_account ? p->payer_account : "an unnamed payer",
	    rows[result].says);

	a->payment = payment;
	a->evidence = money_event_evidence(event, report);
}

static void
ask_conflict(struct plan *plan, const struct context *context,
    int64_t payment)
{
	plan_ask(plan, &(struct question){.code = (char *)"conflict",
	    .text = (char *)"two reports with one identity tell different "
	    "amounts of a payment: look at both", .payment = payment,
	    .at = context->now});
}

/* When the bank said it: the date of its mail, or the end of the day that an
 * owner's row speaks of. Old news that comes late proves nothing about today;
 * a statement tells its own day (statement.c). */
static int64_t
spoken_at(const struct context *context, const struct event *event,
    const char *day)
{
	const char *date = event_get(event, EVENT_DATE);
	int64_t moment;

	if (day)
		moment = calendar_moment(day_number(day) + 1, 0,
		    context->config->timezone);
	else if (!date || !moment_parse(date, &moment))
		moment = context->now;
	return MIN(moment, context->now);
}

/* What the store made of the report, in the journal; the feed is told. */
static enum store_status
take_report(struct context *context, const struct event *event,
    const struct report *report, enum report_result result, int64_t payment,
    GPtrArray *done)
{
	struct plan *plan = plan_new();
	enum store_status status;

	note_report(plan, event, report, result, payment);
	if (result == REPORT_CONFLICT)
		ask_conflict(plan, context, payment);
	status = carry_out(context, plan, "auto", done);
	if (status == STORE_OK && result == REPORT_MERGED &&
	    report->payment.trust >= TRUST_S)
		status = store_question_answer_code(context->store, payment,
		    "unconfirmed", context->now);
	if (status == STORE_NONE)
		status = STORE_OK;
	if (status == STORE_OK && report->payment.trust >= TRUST_A &&
	    report->payment.account && report->channel != CHANNEL_STATEMENT)
		status = store_feed_heard(context->store,
		    report->payment.account, spoken_at(context, event,
		    report->channel == CHANNEL_OWNER ?
		    report->payment.booked : NULL));
	return status;
}

static enum store_status
ask_refund(struct context *context, const struct event *event,
    GPtrArray *done)
{
	struct plan *plan = plan_new();
	enum store_status status = refund_ask(context, event, plan);

	if (status == STORE_OK)
		return carry_out(context, plan, "auto", done);
	plan_free(plan);
	return status;
}

/* Money that goes out proves only that the bank speaks; but a provider's
 * payout comes in again at the bank. */
static enum store_status
take_debit(struct context *context, const struct event *event,
    enum trust trust, GPtrArray *done)
{
	enum store_status status;
	const char *number = event_get(event, EVENT_ACCOUNT);
	const struct account *account =
	    number ? config_account(context->config, number) : NULL;

	if (trust < TRUST_A || !account)
		return STORE_OK;
	status = ask_refund(context, event, done);
	if (status != STORE_OK || event_get(event, EVENT_STATEMENT_ID))
		return status;
	status = store_feed_heard(context->store, account->iban,
	    spoken_at(context, event, NULL));
	return status == STORE_OK ?
	    transfer_payout(context, event, done) : status;
}

enum store_status
reconcile_event(struct context *context, const struct event *event,
    enum trust trust, enum channel channel, const char *source,
    GPtrArray *done)
{
	enum report_result result = REPORT_NEW;
	struct report report;
	int64_t payment = 0, apart;
	enum store_status status;

	if (event_kind(event) == EVENT_DEBIT)
		return take_debit(context, event, trust, done);
	if (event_kind(event) != EVENT_CREDIT &&
	    event_kind(event) != EVENT_RETURN)
		return STORE_OK;
	if (!money_event_report(context, event, trust, channel, source,
		&report))
		return STORE_OK;
	status =
	    store_payment_report(context->store, &report, &result, &payment);
	apart = store_payment_apart(context->store);
	if (status == STORE_KNOWN || result == REPORT_DUPLICATE) {
		money_event_release(&report);
		return status == STORE_OK ? STORE_KNOWN : status;
	}
	if (status == STORE_OK)
		status = take_report(context, event, &report, result, payment,
		    done);
	if (status == STORE_OK && result == REPORT_MERGED)
		status = reopen_merged(context, payment, done);
	if (status == STORE_OK && result != REPORT_CONFLICT)
		status = reconcile_with(context, payment,
		    event_references(event), NULL, done);
	if (status == STORE_OK && result == REPORT_MERGED)
		status = follow_up(context, payment, done);
	/* What stood for this money until now is other money after all. */
	if (status == STORE_OK && apart)
		status = reconcile_with(context, apart, NULL, NULL, done);
	if (status == STORE_OK && report.payment.amount > 0 &&
	    report.payment.trust > TRUST_U && result != REPORT_CONFLICT)
		status = retry_returns(context, &report.payment, done);
	money_event_release(&report);
	return status;
}
