/*
 * apply.c - executes a plan inside the caller's transaction: one verb of the
 * store and one entry of the journal for each action.
 */
#include "behaviour_alarm.h"
#include "instalments.h"
#include "learned.h"

struct apply {
	const struct plan *plan;
	struct store *store;
	int64_t now;
	const char *by;
	int64_t held_before;	/* payment whose hold was made before, or 0 */
	int64_t held_invoice;
};

static enum store_status
settle(struct apply *apply, const struct action *action)
{
	struct allocation *allocation = action->of.settle;
	enum store_status status;
	g_autoptr(GPtrArray) none = NULL;

	g_free(allocation->by);
	allocation->by = g_strdup(apply->by);
	allocation->at = apply->now;
	status = store_allocation_add(apply->store, allocation);
	if (status != STORE_OK || !allocation->payment)
		return status;
	status = store_hold_release_payment(apply->store, allocation->payment,
	    apply->now);
	if (status == STORE_OK || status == STORE_NONE)
		status = store_question_answer_payment(apply->store,
		    allocation->payment, apply->now);
	if (status == STORE_OK || status == STORE_NONE)
		status = store_question_answer_invoice(apply->store,
		    action->customer, allocation->invoice, REST_OPEN,
		    apply->now);
	if (status == STORE_OK || status == STORE_NONE)
		status = store_question_answer_invoice(apply->store,
		    action->customer, allocation->invoice, HABIT_LEFT,
		    apply->now);
	if (status == STORE_OK || status == STORE_NONE) {
		none = g_ptr_array_new();
		status = store_suggestion_set(apply->store,
		    allocation->payment, none);
	}
	return status;
}

static enum store_status
hold(struct apply *apply, const struct action *action)
{
	enum store_status status =
	    store_hold_add(apply->store, action->of.hold);

	if (status == STORE_KNOWN) {
		apply->held_before = action->payment;
		apply->held_invoice = action->invoice;
	}
	return status;
}

static enum store_status
release(struct apply *apply, const struct action *action)
{
	if (action->hold)
		return store_hold_release(apply->store, action->hold,
		    apply->now);
	return store_hold_release_payment(apply->store, action->payment,
	    apply->now);
}

static enum store_status
ask(struct apply *apply, const struct action *action)
{
	enum store_status status;

	/* One forged mail more is one question less. */
	if (apply->held_before && apply->held_before == action->payment &&
	    apply->held_invoice == action->invoice)
		return STORE_KNOWN;
	if (action->suggestions) {
		status = store_suggestion_set(apply->store, action->payment,
		    action->suggestions);
		if (status != STORE_OK && status != STORE_KNOWN)
			return status;
	}
	return store_question_add(apply->store, action->of.ask);
}

static enum store_status
letter(struct apply *apply, const struct action *action)
{
	if (action->about)
		action->of.letter->instalments =
		    action->about->of.instalments->id;
	return store_letter_add(apply->store, action->of.letter);
}

static enum store_status
recall(struct apply *apply, const struct action *action)
{
	return store_letter_move(apply->store, action->letter,
	    LETTER_RECALLED, action->text, apply->now);
}

/* What came back was not sent: its step is still to be taken, its invoice
 * still to be mailed. */
static enum store_status
came_back(struct apply *apply, const struct action *action)
{
	struct letter *letter = NULL;
	enum store_status status = store_letter_get(apply->store,
	    action->letter, &letter);

	if (status == STORE_OK && (letter->state == LETTER_SENT ||
	    letter->state == LETTER_UNKNOWN))
		status = store_letter_move(apply->store, letter->id,
		    LETTER_FAILED, action->text, apply->now);
	for (guint i = 0; status == STORE_OK && letter->items &&
	    letter->kind == LETTER_INVOICE && i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];

		status = store_invoice_set_sent(apply->store, item->invoice,
		    NULL, 0);
	}
	letter_free(letter);
	return status;
}

static enum store_status
mark_undelivered(struct apply *apply, const struct action *action)
{
	enum store_status status = action->letter
	    ? came_back(apply, action) : STORE_OK;

	return status != STORE_OK ? status : store_customer_set_undelivered(
	    apply->store, action->customer, apply->now);
}

/* What the payment had paid beside the balance stands again, and what was set
 * aside for it is to be matched. */
static enum store_status
unpay_charges(struct apply *apply, int64_t payment)
{
	g_autoptr(GPtrArray) charges = NULL;
	enum store_status status = payment ? store_charge_list(apply->store,
	    0, 0, payment, false, &charges) : STORE_OK;

	for (guint i = 0; status == STORE_OK && charges && i < charges->len;
	    i++) {
		const struct charge *one = charges->pdata[i];

		status = store_charge_pay(apply->store, one->id, 0);
	}
	if (status == STORE_OK && charges && charges->len > 0)
		status = store_payment_set_aside(apply->store, payment, 0);
	return status;
}

static enum store_status
reverse(struct apply *apply, const struct action *action)
{
	enum store_status status = store_allocation_reverse(apply->store,
	    action->allocation, action->text, apply->by, apply->now);

	return status != STORE_OK ? status :
	    unpay_charges(apply, action->payment);
}

static enum store_status
set_aside(struct apply *apply, const struct action *action)
{
	enum store_status status = store_payment_set_aside(apply->store,
	    action->payment, apply->now);

	/* nothing waits for it any more */
	if (status == STORE_OK)
		status = store_hold_release_payment(apply->store,
		    action->payment, apply->now);
	if (status == STORE_OK || status == STORE_NONE)
		status = store_question_answer_payment(apply->store,
		    action->payment, apply->now);
	return status;
}

static enum store_status
take_up(struct apply *apply, const struct action *action)
{
	return store_payment_set_aside(apply->store, action->payment, 0);
}

static enum store_status
answered(struct apply *apply, const struct action *action)
{
	return store_question_answer(apply->store, action->question,
	    apply->now);
}

static enum store_status
follow(struct apply *apply, const struct action *action)
{
	return store_hold_followed(apply->store, action->hold, apply->now);
}

/* As the owner's word does it: the state, the invoices in it, the question. */
static enum store_status
was_unknown(struct apply *apply, const struct letter *letter)
{
	const struct question like = {.code = (char *)"letter-unknown",
	    .customer = letter->customer};
	struct question *open = NULL;
	enum store_status status = store_letter_move(apply->store, letter->id,
	    LETTER_SENT, NULL, apply->now);

	for (guint i = 0; status == STORE_OK &&
	    letter->kind == LETTER_INVOICE && i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];

		status = store_invoice_set_sent(apply->store, item->invoice,
		    letter->message_id, apply->now);
	}
	if (status == STORE_OK)
		status = store_question_find(apply->store, &like, &open);
	if (status == STORE_OK && open->letter == letter->id)
		status = store_question_answer(apply->store, open->id,
		    apply->now);
	question_free(open);
	return status == STORE_NONE ? STORE_OK : status;
}

/* Our own copy says so: it has left, and it was delivered. */
static enum store_status
was_sent(struct apply *apply, const struct action *action)
{
	struct letter *letter = NULL;
	enum store_status status = store_letter_get(apply->store,
	    action->letter, &letter);

	if (status == STORE_OK && letter->state == LETTER_UNKNOWN)
		status = was_unknown(apply, letter);
	if (status == STORE_OK)
		status = store_letter_confirm(apply->store, letter->id,
		    apply->now);
	letter_free(letter);
	return status == STORE_KNOWN ? STORE_OK : status;
}

static enum store_status
charge(struct apply *apply, const struct action *action)
{
	return action->payment ? store_charge_pay(apply->store,
	    action->charge, action->payment) :
	    store_charge_waive(apply->store, action->charge, apply->now);
}

static enum store_status
instalments(struct apply *apply, const struct action *action)
{
	return instalments_apply(apply->store, action, apply->now);
}

static enum store_status
only_note(struct apply *apply, const struct action *action)
{
	(void)apply;
	(void)action;
	return STORE_OK;
}

static enum store_status
enrol(struct apply *apply, const struct action *action)
{
	return store_trial_add(apply->store, action->of.trial);
}

static enum store_status (*const verbs[])(struct apply *apply,
    const struct action *action) = {
    [ACTION_SETTLE] = settle,
    [ACTION_HOLD] = hold,
    [ACTION_RELEASE] = release,
    [ACTION_ASK] = ask,
    [ACTION_LETTER] = letter,
    [ACTION_RECALL] = recall,
    [ACTION_MARK_UNDELIVERED] = mark_undelivered,
    [ACTION_CONFIRM] = only_note,
    [ACTION_REVERSE] = reverse,
    [ACTION_SET_ASIDE] = set_aside,
    [ACTION_TAKE_UP] = take_up,
    [ACTION_ANSWERED] = answered,
    [ACTION_FOLLOW] = follow,
    [ACTION_SENT] = was_sent,
    [ACTION_CHARGE] = charge,
    [ACTION_ENROL] = enrol,
    [ACTION_INSTALMENTS] = instalments,
    [ACTION_NOTE] = only_note,
};

/* What an entry of the journal is about: the payment where there is one (the
 * story of an invoice contains its payments'), else the nearest thing. */
static void
find_subject(const struct action *action, struct journal_entry *entry)
{
	const struct {
		enum subject subject;
		int64_t row;
	} order[] = {
	    {SUBJECT_LETTER, action->letter},
	    {SUBJECT_INVOICE,
		action->kind == ACTION_HOLD ? action->invoice : 0},
	    {SUBJECT_PAYMENT, action->payment},
	    {SUBJECT_INVOICE, action->invoice},
	    {SUBJECT_CUSTOMER, action->customer},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		if (order[i].row) {
			entry->subject = order[i].subject;
			entry->row = order[i].row;
			return;
		}
	}
}

static enum store_status
write_journal(struct apply *apply, const struct action *action)
{
	struct journal_entry entry = {.at = apply->now,
	    .subject = SUBJECT_NONE, .code = action->code,
	    .text = action->text, .evidence = action->evidence};

	find_subject(action, &entry);
	if (action->kind == ACTION_LETTER && action->of.letter) {
		entry.subject = SUBJECT_LETTER;
		entry.row = action->of.letter->id;
	}
	return store_journal_add(apply->store, &entry);
}

/* ---- what is learned of it ---------------------------------------------------- */

/* Does the action change what its payment teaches? */
static bool
teaches(const struct apply *apply, const struct action *action)
{
	switch (action->kind) {
	case ACTION_SETTLE:
		return action->named || g_strcmp0(apply->by, "auto") != 0;
	case ACTION_REVERSE:
	case ACTION_CONFIRM:
		return true;
	default:
		return false;
	}
}

static bool
seen_before(const struct plan *plan, guint i)
{
	const struct action *action = plan->actions->pdata[i];

	for (guint j = 0; j < i; j++) {
		const struct action *other = plan->actions->pdata[j];

		if (other->payment == action->payment &&
		    other->kind == action->kind)
			return true;
	}
	return false;
}

static enum store_status
learn(const struct apply *apply)
{
	for (guint i = 0; i < apply->plan->actions->len; i++) {
		const struct action *action = apply->plan->actions->pdata[i];
		enum store_status status;

		if (!action->payment || !teaches(apply, action) ||
		    seen_before(apply->plan, i))
			continue;
		status = learned_update(apply->store, action->payment,
		    action->named);
		if (status != STORE_OK && status != STORE_NONE)
			return status;
	}
	return STORE_OK;
}

enum store_status
plan_apply(const struct plan *plan, struct store *store, int64_t now,
    const char *by)
{
	struct apply apply = {.plan = plan, .store = store, .now = now,
	    .by = by};

	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *action = plan->actions->pdata[i];
		enum store_status status = verbs[action->kind](&apply, action);

		if (status == STORE_KNOWN || (status == STORE_OK &&
		    action->kind == ACTION_INSTALMENTS))
			continue;
		if (status == STORE_OK || status == STORE_NONE)
			status = write_journal(&apply, action);
		if (status != STORE_OK)
			return status;
	}
	return learn(&apply);
}
