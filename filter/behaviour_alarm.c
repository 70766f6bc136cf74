/*
 * behaviour_alarm.c - a customer who has left its habit: the owner is asked to
 * call, once for an invoice and once for a customer at a time.
 */
#include "behaviour_alarm.h"

#include "amounts.h"
#include "phrases.h"

/* The oldest invoice that is overdue and on which money is to be paid. */
static const struct invoice *
oldest(const GPtrArray *invoices, int32_t today)
{
	const struct invoice *found = NULL;

	for (guint i = 0; i < invoices->len; i++) {
		const struct invoice *one = invoices->pdata[i];

		if (one->sent == 0 || invoice_balance(one) <= 0 ||
		    day_number(one->due) + BEHAVIOUR_LATE >= today)
			continue;
		if (!found || g_strcmp0(one->due, found->due) < 0)
			found = one;
	}
	return found;
}

/* Nothing is said while money may be on its way, or somebody waits for it with
 * a reason. */
static enum store_status
is_clear(struct desk *desk, const struct invoice *invoice, bool *clear)
{
	static const struct step call = {.escalate = true};
	const struct grounds grounds = {&desk->run->evidence, &desk->past,
	    false};
	struct guard_facts facts;
	enum store_status status = guard_facts_read(desk->run->context,
	    &grounds, invoice, desk->customer, &call, &facts, NULL);

	*clear = status == STORE_OK && guard_check(&facts) == GATE_OPEN;
	return status;
}

static enum store_status
was_asked(struct desk *desk, const struct invoice *invoice, bool *was)
{
	struct store *store = desk->run->context->store;
	enum store_status status = store_question_was(store, HABIT_LEFT,
	    desk->customer->id, invoice->id, was);

	return status == STORE_OK && !*was ? store_question_was(store,
	    HABIT_LEFT, desk->customer->id, 0, was) : status;
}

static void
ask(struct desk *desk, const struct invoice *invoice,
    const struct behaviour *b, int late)
{
	g_autofree char *money = money_text(invoice_balance(invoice),
	    invoice->currency);
	int most = g_array_index(b->lateness, int, b->lateness->len - 1);
	g_autofree char *usual = most > 0 ? g_strdup_printf("by day %d after "
	    "the due date", most) : g_strdup("by the due date");
	g_autofree char *text = g_strdup_printf("Call %s about %s (%s): the "
	    "last %d invoices were all paid %s (half of them by day %d), and "
	    "this is day %d.", desk->customer->name, invoice->number, money,
	    b->known, usual, b->median, late);

	plan_ask(desk->run->plan, &(struct question){
	    .code = (char *)HABIT_LEFT, .text = text,
	    .customer = desk->customer->id, .invoice = invoice->id,
	    .at = desk->run->context->now});
}

enum store_status
behaviour_alarm(struct desk *desk, const GPtrArray *invoices)
{
	const struct invoice *invoice = oldest(invoices, desk->today);
	struct behaviour behaviour = {0};
	bool was = false, clear = false;
	int bound, late;
	enum store_status status;

	if (!invoice)
		return STORE_OK;
	status = was_asked(desk, invoice, &was);
	if (status != STORE_OK || was)
		return status;
	status = behaviour_of(desk->run->context, desk->customer->id,
	    &behaviour);
	if (status != STORE_OK)
		return status;
	bound = behaviour_bound(&behaviour, BEHAVIOUR_ALARM);
	late = desk->today - day_number(invoice->due);
	if (bound != BEHAVIOUR_NEVER && late > bound)
		status = is_clear(desk, invoice, &clear);
	if (clear)
		ask(desk, invoice, &behaviour, late);
	behaviour_clear(&behaviour);
	return status;
}
