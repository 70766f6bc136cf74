/*
 * followup.c - what follows when a hold that an answer made has ended: money
 * that was said to be paid is asked for in a friendly letter, then the owner
 * is; a broken promise is told; what waits for the owner's word waits on, and
 * is asked about again. Money that comes ends all of it quietly.
 */
#include <string.h>

#include "answer.h"
#include "followup.h"
#include "amounts.h"
#include "phrases.h"

#define INQUIRY_DAYS 5		/* business days for an answer to our question */
#define AGAIN_DAYS 14		/* between two questions to the owner */
#define AGAIN " (asked again on "

struct round {			/* one call of followup_plan */
	struct context *context;
	struct plan *plan;
	GPtrArray *feeds;
	GPtrArray *inquiries;	/* struct letter, borrowed from the plan */
};

struct ended {			/* one hold on the desk */
	struct round *round;
	const struct hold *hold;
	struct customer *customer;
	struct invoice *invoice;	/* NULL: all of the customer's */
};

/* ---- parts ------------------------------------------------------------------------ */

static void
follow(struct ended *ended, const char *code, const char *text)
{
	struct action *action = plan_add(ended->round->plan, ACTION_FOLLOW,
	    code, "%s", text);

	action->hold = ended->hold->id;
	action->customer = ended->hold->customer;
	action->invoice = ended->hold->invoice;
}

static void
hold_on(struct ended *ended, const char *origin, int64_t until)
{
	const struct context *context = ended->round->context;
	g_autofree char *when = calendar_text(until,
	    context->config->timezone);
	g_autofree char *code = g_strdup_printf("held:%s",
	    hold_kind_name(ended->hold->kind));
	struct action *action = plan_add(ended->round->plan, ACTION_HOLD, code,
	    "Hold until %s: %s %s.", when, ended->customer->name,
	    ended->hold->why ? ended->hold->why : "");
	struct hold *hold = g_new0(struct hold, 1);

	hold->kind = ended->hold->kind;
	hold->customer = action->customer = ended->hold->customer;
	hold->invoice = action->invoice = ended->hold->invoice;
	hold->trust = ended->hold->trust;
	hold->step = ended->hold->step;
	hold->since = context->now;
	hold->until = until;
	hold->why = g_strdup(ended->hold->why);
	hold->origin = g_strdup(origin);
	hold->day = g_strdup(ended->hold->day);
	hold->amount = ended->hold->amount;
	hold->letter = ended->hold->letter;
	action->of.hold = hold;
}

static char *
subject_text(const struct ended *ended)
{
	return ended->invoice ? g_strdup_printf("%s (%s)",
	    ended->customer->name, ended->invoice->number) :
	    g_strdup(ended->customer->name);
}

static enum store_status
ask(struct ended *ended, const char *code, char *text)
{
	const struct context *context = ended->round->context;
	struct question question = {.code = (char *)code, .text = text,
	    .at = context->now, .customer = ended->hold->customer,
	    .invoice = ended->hold->invoice, .letter = ended->hold->letter};
	struct question *open = NULL;
	enum store_status status = store_question_find(context->store,
	    &question, &open);

	if (status == STORE_OK) {
		struct action *action = plan_add(ended->round->plan,
		    ACTION_ANSWERED, "asked-again", "%s", text);

		action->question = open->id;
		action->customer = question.customer;
		action->invoice = question.invoice;
		question_free(open);
	}
	plan_ask(ended->round->plan, &question);
	g_free(text);
	return status == STORE_NONE ? STORE_OK : status;
}

/* Money sent on the last day has shown, as far as the bank has spoken: the
 * invoice's account was heard after the end. */
static bool
bank_has_spoken(const struct ended *ended)
{
	const struct config *config = ended->round->context->config;
	const struct account *account = ended->invoice
	    ? invoice_account(config, ended->invoice) : NULL;
	const struct feed *feed = account
	    ? feed_of_account(ended->round->feeds, account) : NULL;

	return !ended->invoice || (feed && !feed_drifts(feed) &&
	    feed->heard > ended->hold->until);
}

/* What came for the invoice since the hold began. */
static enum store_status
came_since(struct ended *ended, int64_t *sum)
{
	g_autoptr(GPtrArray) money = NULL;
	enum store_status status = store_allocation_list(
	    ended->round->context->store, 0, ended->invoice->id, true, &money);

	*sum = 0;
	for (guint i = 0; status == STORE_OK && i < money->len; i++) {
		const struct allocation *one = money->pdata[i];

		if (one->at >= ended->hold->since)
			*sum += one->amount;
	}
	return status;
}

/* ---- by kind ---------------------------------------------------------------------------- */

/* One letter to a customer about all that it said it has paid. */
static struct letter *
inquiry_of(struct ended *ended)
{
	GPtrArray *all = ended->round->inquiries;
	struct letter *letter;

	for (guint i = 0; i < all->len; i++) {
		letter = all->pdata[i];
		if (letter->customer == ended->customer->id)
			return letter;
	}
	letter = letter_new(ended->round->context, LETTER_INQUIRY,
	    ended->customer, ended->invoice->number);
	letter->regards = ended->hold->letter;
	g_ptr_array_add(all, letter);
	return letter;
}

static enum store_status
was_inquired(struct ended *ended, bool *was)
{
	const struct letter_filter filter = {.invoice = ended->invoice->id,
	    .kinds = 1u << LETTER_INQUIRY,
	    .states = ~(1u << LETTER_RECALLED | 1u << LETTER_FAILED),
	    .since = ended->hold->since, .limit = 1};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(
	    ended->round->context->store, &filter, &letters);

	*was = status == STORE_OK && letters->len > 0;
	return status;
}

static enum store_status
ask_about_claim(struct ended *ended)
{
	g_autofree char *money = money_text(invoice_balance(ended->invoice),
	    ended->invoice->currency);
	g_autofree char *text = g_strdup_printf("%s wrote that %s is paid; "
	    "%s has not come. Reminders of it wait for you: 'mailfilter hold "
	    "list', 'mailfilter hold release'.", ended->customer->name,
	    ended->invoice->number, money);

	follow(ended, "claim-open", text);
	hold_on(ended, "asked", answer_until(ended->round->context,
	    day_number(ended->round->context->today), AGAIN_DAYS));
	return ask(ended, "claim-open", g_steal_pointer(&text));
}

static enum store_status
end_claim(struct ended *ended)
{
	const struct context *context = ended->round->context;
	g_autofree char *text = NULL;
	bool inquired;
	enum store_status status;

	if (!ended->invoice || !bank_has_spoken(ended))
		return STORE_OK;
	status = was_inquired(ended, &inquired);
	if (status != STORE_OK)
		return status;
	if (inquired || g_strcmp0(ended->hold->origin, "reply") != 0 ||
	    ended->customer->undelivered ||
	    !recipient_is_safe(context->config, ended->customer->email))
		return ask_about_claim(ended);
	letter_add_item(inquiry_of(ended), ended->invoice->id, 0,
	    invoice_balance(ended->invoice));
	text = g_strdup_printf("%s: the payment that %s wrote about has not "
	    "shown; they are asked for day, account and amount.",
	    ended->invoice->number, ended->customer->name);
	follow(ended, "inquired", text);
	hold_on(ended, "inquiry", answer_until(context,
	    day_number(context->today), INQUIRY_DAYS));
	return STORE_OK;
}

/* Kept in part, as far as it was promised, is kept. */
static enum store_status
end_promise(struct ended *ended)
{
	g_autofree char *text = NULL, *what = subject_text(ended);
	int64_t came = 0;
	enum store_status status;

	if (!bank_has_spoken(ended))
		return STORE_OK;
	status = ended->invoice ? came_since(ended, &came) : STORE_OK;
	if (status != STORE_OK)
		return status;
	if (ended->hold->amount > 0 && came >= ended->hold->amount) {
		follow(ended, "promise-kept", "What was promised has come.");
		return STORE_OK;
	}
	text = g_strdup_printf("%s: what was promised%s%s has not come. The "
	    "reminders go on.", what, ended->hold->day ? " for " : "",
	    ended->hold->day ? ended->hold->day : "");
	follow(ended, "promise-broken", text);
	return ask(ended, "promise-broken", g_steal_pointer(&text));
}

/* The code under which the owner was asked. */
static const char *
code_of(const struct hold *hold)
{
	switch (hold->kind) {
	case HOLD_PAID_CLAIM:
		return g_strcmp0(hold->origin, "reply") == 0
		    ? "reply:paid-claim" : "claim-open";
	case HOLD_DISPUTE:
		return "reply:dispute";
	case HOLD_STOP:
		return "reply:stop";
	case HOLD_INSTALMENTS:
		return "reply:instalments";
	default:
		return NULL;
	}
}

/* Is a question about it open, of this invoice or of all of one answer? */
static enum store_status
find_question(struct ended *ended, struct question **out)
{
	struct question like = {.code = (char *)code_of(ended->hold),
	    .customer = ended->hold->customer,
	    .invoice = ended->hold->invoice};
	enum store_status status = store_question_find(
	    ended->round->context->store, &like, out);

	like.invoice = 0;
	return status != STORE_NONE ? status : store_question_find(
	    ended->round->context->store, &like, out);
}

/* It waits for the owner, and goes on to. The old words are asked anew. */
static enum store_status
end_waiting(struct ended *ended)
{
	const struct context *context = ended->round->context;
	struct question *open = NULL;
	g_autofree char *what = subject_text(ended);
	g_autofree char *text = NULL;
	char *again;
	enum store_status status = find_question(ended, &open);

	if (status == STORE_NONE) {
		follow(ended, "hold-over", "The owner has answered: the hold "
		    "is over.");
		return STORE_OK;
	}
	if (status != STORE_OK)
		return status;
	text = g_strdup_printf("%s still waits for you: %s", what,
	    ended->hold->why ? ended->hold->why : "");
	follow(ended, "asked-again", text);
	hold_on(ended, "asked", answer_until(context,
	    day_number(context->today), AGAIN_DAYS));
	again = g_strstr_len(open->text, -1, AGAIN);
	if (again)
		*again = '\0';
	status = ask(ended, open->code, g_strdup_printf("%s" AGAIN "%s)",
	    open->text, context->today));
	question_free(open);
	return status;
}

static enum store_status
end_quietly(struct ended *ended)
{
	g_autofree char *text = g_strdup_printf("The hold (%s) has ended.",
	    hold_kind_name(ended->hold->kind));

	follow(ended, "hold-over", text);
	return STORE_OK;
}

static enum store_status (*const ends[])(struct ended *ended) = {
    [HOLD_POSSIBLE_PAYMENT] = end_quietly,
    [HOLD_PAID_CLAIM] = end_claim,
    [HOLD_PROMISE] = end_promise,
    [HOLD_DISPUTE] = end_waiting,
    [HOLD_INSTALMENTS] = end_waiting,
    [HOLD_PAUSE] = end_quietly,
    [HOLD_UNDELIVERED] = end_quietly,
    [HOLD_STALE_FEED] = end_quietly,
    [HOLD_OUT_OF_OFFICE] = end_quietly,
    [HOLD_STOP] = end_waiting,
};

/* Only an answer's holds are followed, and only while something is open. */
static enum store_status
end_one(struct ended *ended)
{
	const struct hold *hold = ended->hold;
	static const char *const ours[] = {"reply", "inquiry", "asked", NULL};
	bool answers = hold->origin && hold->trust == TRUST_A &&
	    g_strv_contains(ours, hold->origin);

	if (!answers || (ended->invoice &&
	    ended->invoice->state != INVOICE_OPEN))
		return end_quietly(ended);
	if (hold->kind == HOLD_PAID_CLAIM &&
	    g_strcmp0(hold->origin, "asked") == 0)
		return end_waiting(ended);
	return ends[hold->kind](ended);
}

static enum store_status
take_hold(struct round *round, const struct hold *hold)
{
	struct ended ended = {.round = round, .hold = hold};
	struct store *store = round->context->store;
	enum store_status status = store_customer_get(store, hold->customer,
	    &ended.customer);

	if (status == STORE_OK && hold->invoice)
		status = store_invoice_get(store, hold->invoice,
		    &ended.invoice);
	if (status == STORE_OK)
		status = end_one(&ended);
	customer_free(ended.customer);
	invoice_free(ended.invoice);
	return status;
}

enum store_status
followup_plan(struct context *context, struct plan *plan)
{
	struct round round = {.context = context, .plan = plan};
	g_autoptr(GPtrArray) holds = NULL;
	enum store_status status = store_hold_ended(context->store,
	    context->now, &holds);

	if (status != STORE_OK || holds->len == 0)
		return status;
	status = store_feed_list(context->store, &round.feeds);
	round.inquiries = g_ptr_array_new();
	for (guint i = 0; status == STORE_OK && i < holds->len; i++)
		status = take_hold(&round, holds->pdata[i]);
	for (guint i = 0; i < round.inquiries->len; i++) {
		struct letter *letter = round.inquiries->pdata[i];
		g_autofree char *text = g_strdup_printf("a question about a "
		    "payment to %s is planned", letter->to);

		plan_letter(plan, letter, text);
	}
	g_ptr_array_unref(round.inquiries);
	g_clear_pointer(&round.feeds, g_ptr_array_unref);
	return status;
}

/* ---- the owner's word --------------------------------------------------------------------------- */

enum store_status
followup_released(struct context *context, const struct hold *hold)
{
	struct round round = {.context = context};
	struct ended ended = {.round = &round, .hold = hold};
	struct question *open = NULL;
	enum store_status status;

	if (!code_of(hold))
		return STORE_OK;
	status = find_question(&ended, &open);
	if (status == STORE_OK)
		status = store_question_answer(context->store, open->id,
		    context->now);
	question_free(open);
	return status == STORE_NONE ? STORE_OK : status;
}

/* ---- money ---------------------------------------------------------------------------------- */

static enum store_status
close_questions(struct context *context, const struct invoice *invoice,
    struct plan *plan)
{
	static const char *const codes[] = {"reply:paid-claim",
	    "reply:promise", "promise-broken", "claim-open", "reply:copy",
	    "reply:instalments"};
	enum store_status status = STORE_OK;

	for (size_t i = 0; status == STORE_OK && i < G_N_ELEMENTS(codes); i++) {
		const struct question like = {.code = (char *)codes[i],
		    .customer = invoice->customer, .invoice = invoice->id};
		struct question *open = NULL;
		struct action *action;

		status = store_question_find(context->store, &like, &open);
		if (status == STORE_OK) {
			action = plan_add(plan, ACTION_ANSWERED,
			    "answered:paid", "%s is paid: nothing is left to "
			    "ask.", invoice->number);
			action->question = open->id;
			action->customer = invoice->customer;
			action->invoice = invoice->id;
		}
		question_free(open);
		status = status == STORE_NONE ? STORE_OK : status;
	}
	return status;
}

enum store_status
followup_paid(struct context *context, const struct invoice *invoice,
    struct plan *plan)
{
	g_autoptr(GPtrArray) holds = NULL;
	enum store_status status = store_hold_list(context->store,
	    invoice->customer, invoice->id, context->now, &holds);

	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *hold = holds->pdata[i];
		struct action *action;

		if (hold->invoice != invoice->id || hold->trust == TRUST_O ||
		    hold->payment)
			continue;
		action = plan_add(plan, ACTION_RELEASE, "released:paid",
		    "%s is paid: the hold (%s) is over.", invoice->number,
		    hold_kind_name(hold->kind));
		action->hold = hold->id;
		action->customer = hold->customer;
		action->invoice = hold->invoice;
	}
	return status == STORE_OK ? close_questions(context, invoice, plan)
	    : status;
}
