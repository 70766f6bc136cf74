/*
 * remind_write.c - from what is due to what is written: one letter a customer,
 * a call where a policy ends, the mail of a new invoice.
 */
#include "phrases.h"
#include "instalments.h"
#include "amounts.h"

/* ---- one letter a customer ------------------------------------------------------ */

static void
describe(GString *text, const struct due *due)
{
	int64_t balance = invoice_balance(due->invoice);
	g_autofree char *money = money_text(balance, due->invoice->currency);

	g_string_append_printf(text, "%s%s, %s, due %s (%s)",
	    text->len ? "; " : "", due->invoice->number, money, due->invoice->due, due->step->text);
}

/* How far a step has gone, over policies that count theirs differently. */
static int
step_rank(const struct step *step)
{
	return step->final ? 5 : step->legal ? 4 : step_is_note(step) ? 0 :
	    1 + tone_rank(step->tone);
}

/* The invoice that has gone farthest speaks for all: whoever has ignored two
 * letters is not asked gently once more because something new fell due. Of
 * several, the one with the shortest new term. */
static const struct step *
lead_of(const GArray *due)
{
	const struct step *lead = NULL;

	for (guint i = 0; i < due->len; i++) {
		const struct step *step =
		    g_array_index(due, struct due, i).step;
		int order;

		if (step->escalate)
			continue;
		order = lead ? step_rank(step) - step_rank(lead) : 1;
		if (order > 0 || (order == 0 && step->term_days &&
		    (!lead->term_days || step->term_days < lead->term_days)))
			lead = step;
	}
	return lead;
}

/* Why an invoice that is due waits for a letter of its own, or NULL. Notes do
 * not ride on a letter about overdue invoices, and what legal steps may follow
 * is said only about those who have been asked twice. */
static const char *
apart(const struct step *lead, const struct step *step)
{
	if (step_is_grave(lead) && !step_is_grave(step))
		return "a last letter about older invoices goes first";
	if (!step_is_note(lead) && step_is_note(step))
		return "a reminder of overdue invoices goes first";
	return NULL;
}

static void
add_due(struct letter *letter, const struct due *due, const struct step *lead)
{
	letter_add_item(letter, due->invoice->id, due->step->number,
	    invoice_balance(due->invoice));
	if (!letter->tone)
		letter->tone = g_strdup(lead->tone);
	letter->term_days = lead->term_days ? lead->term_days :
	    MAX(letter->term_days, due->step->term_days);
}

static void
escalate(struct desk *desk, const struct due *due)
{
	const struct invoice *invoice = due->invoice;
	g_autofree char *money = money_text(
	    invoice_balance(invoice), invoice->currency);
	g_autofree char *text = g_strdup_printf("Call %s about %s: %s is "
	    "open, due since %s, and the reminders went unanswered.",
	    desk->customer->name, invoice->number, money, invoice->due);

	plan_ask(desk->run->plan, &(struct question){
	    .code = (char *)"escalate", .text = text,
	    .customer = desk->customer->id, .invoice = invoice->id,
	    .at = desk->run->context->now});
}

/* Does a step offer instalments to who deserves them? */
static bool
offers(const struct desk *desk)
{
	for (guint i = 0; i < desk->due->len; i++) {
		const struct step *step =
		    g_array_index(desk->due, struct due, i).step;

		if (step->instalments && step->if_deserving)
			return true;
	}
	return false;
}

static enum store_status
write_letter(struct desk *desk, struct letter *letter, const char *text)
{
	struct action *offer = NULL;
	enum store_status status = STORE_OK;

	if (offers(desk))
		status = instalments_of_step(desk->run->context,
		    desk->run->plan, desk->customer, letter, &offer);
	plan_letter(desk->run->plan, letter, text)->about = offer;
	return status;
}

enum store_status
desk_write_reminder(struct desk *desk)
{
	struct context *context = desk->run->context;
	struct letter *letter = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	const struct step *lead = lead_of(desk->due);
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < desk->due->len; i++) {
		struct due *due = &g_array_index(desk->due, struct due, i);

		due->taken = due->step->escalate ||
		    !apart(lead, due->step);
		if (due->step->escalate) {
			escalate(desk, due);
		} else if (!due->taken) {
			status = desk_hold_back(desk, due, GATE_CUSTOMER_CAP, 0,
			    apart(lead, due->step));
		} else {
			if (!letter)
				letter = letter_new(context, LETTER_REMINDER,
				    desk->customer, due->invoice->number);
			add_due(letter, due, lead);
			describe(text, due);
		}
	}
	if (letter) {
		g_autofree char *all = g_strdup_printf("%s reminder to %s is "
		    "planned: %s", letter->tone, letter->to, text->str);

		status = write_letter(desk, letter, all);
	}
	return status;
}

/* ---- invoices that were not sent ------------------------------------------------ */

static enum store_status
was_written(struct run *run, int64_t invoice, bool *was)
{
	const struct letter_filter filter = {.invoice = invoice,
	    .kinds = 1u << LETTER_INVOICE, .states = ~(1u << LETTER_RECALLED |
	    1u << LETTER_FAILED), .limit = 1};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status =
	    store_letter_list(run->context->store, &filter, &letters);

	*was = status == STORE_OK && letters->len > 0;
	return status;
}

enum store_status
desk_write_invoice(struct desk *desk, const struct invoice *invoice)
{
	struct run *run = desk->run;
	struct guard_facts facts;
	const struct grounds grounds = {&run->evidence, &desk->past, false};
	g_autofree char *detail = NULL, *text = NULL, *money = NULL;
	struct letter *letter;
	bool was;
	enum store_status status = was_written(run, invoice->id, &was);

	if (status != STORE_OK || was)
		return status;
	status = guard_facts_read(run->context, &grounds, invoice,
	    desk->customer, NULL, &facts, &detail);
	if (status != STORE_OK)
		return status;
	if (guard_check(&facts) != GATE_OPEN) {
		const struct step none = {.text = (char *)"invoice"};
		const struct due due = {.invoice = (struct invoice *)invoice,
		    .step = &none};

		return desk_hold_back(desk, &due, guard_check(&facts), 0, detail);
	}
	letter = letter_new(run->context, LETTER_INVOICE, desk->customer,
	    invoice->number);
	letter_add_item(letter, invoice->id, 0, invoice->open);
	money = money_text(invoice->amount, invoice->currency);
	text = g_strdup_printf("invoice %s of %s to %s is planned", invoice->number,
	    money, letter->to);
	plan_letter(run->plan, letter, text);
	return STORE_OK;
}

/* ---- notes that are over ----------------------------------------------------- */

static bool
is_over(const struct desk *desk, const struct letter *letter,
    const struct invoice *invoice)
{
	const struct policy *policy = invoice_policy(
	    desk->run->context->config, invoice, desk->customer);
	const struct letter_item *item = letter_item_of(letter, invoice->id);
	const struct step *step = item ? policy_step(policy, item->step)
				       : NULL;

	return step && step_is_note(step) && desk->today >=
	    day_number(invoice->due) + (step->offset == 0);
}

static bool
is_pointless(const struct desk *desk, const struct letter *letter,
    const GPtrArray *invoices)
{
	for (guint i = 0; i < invoices->len; i++)
		if (is_over(desk, letter, invoices->pdata[i]))
			return true;
	return false;
}

/* A note before the due date that still waits on it has missed its time. */
void
desk_recall_notes(struct desk *desk, const GPtrArray *invoices)
{
	for (guint i = desk->past.letters->len; i > 0; i--) {
		const struct letter *letter = desk->past.letters->pdata[i - 1];
		struct action *action;

		if (!letter_waits(letter) ||
		    !is_pointless(desk, letter, invoices))
			continue;
		action = plan_add(desk->run->plan, ACTION_RECALL,
		    "recalled:over", "the note to %s is recalled: the due "
		    "date has come", letter->to);
		action->letter = letter->id;
		action->customer = letter->customer;
		g_ptr_array_remove_index(desk->past.letters, i - 1);
	}
}
