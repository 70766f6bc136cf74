/*
 * outbox_judge.c - the last look before a letter leaves: the guard's gates
 * for every invoice that it speaks of, from the facts of this moment.
 */
#include <string.h>

#include "amounts.h"
#include "digest.h"
#include "instalments.h"
#include "outbox.h"
#include "print.h"
#include "remind_internal.h"

/* What a shut gate means for a letter that is ready to go. */
static const enum verdict_kind verdicts[] = {
    [GATE_OPEN] = VERDICT_GO,
    [GATE_PAID] = VERDICT_RECALL,
    [GATE_ANNOUNCED] = VERDICT_RECALL,
    [GATE_POSSIBLE_PAYMENT] = VERDICT_HOLD,
    [GATE_STALE_FEED] = VERDICT_HOLD,
    [GATE_BANK_LAG] = VERDICT_HOLD,
    [GATE_HOLD] = VERDICT_HOLD,
    [GATE_UNDELIVERED] = VERDICT_HOLD,
    [GATE_WINDOW] = VERDICT_HOLD,
    [GATE_CUSTOMER_CAP] = VERDICT_HOLD,
    [GATE_MINIMUM] = VERDICT_RECALL,
    [GATE_RECIPIENT] = VERDICT_HOLD,
};

void
verdict_on_letter_clear(struct verdict_on_letter *verdict)
{
	g_free(verdict->why);
	g_free(verdict->about);
	memset(verdict, 0, sizeof *verdict);
}

static void
decide(struct verdict_on_letter *verdict, enum verdict_kind kind,
    enum gate gate, char *why)
{
	verdict->kind = kind;
	verdict->gate = gate;
	g_free(verdict->why);
	verdict->why = why;
}

/* A receipt, or the word that a reminder crossed, is true only as long as the
 * money is on the invoice. */
static enum store_status
judge_thanks(struct context *context, const struct letter *letter,
    const struct invoice *invoice, struct verdict_on_letter *out)
{
	g_autoptr(GPtrArray) money = NULL;
	enum store_status status;

	if (letter->payment == 0 || (letter->kind != LETTER_RECEIPT &&
	    letter->kind != LETTER_CROSSED))
		return STORE_OK;
	status = store_allocation_list(context->store, letter->payment,
	    invoice->id, true, &money);
	if (status == STORE_OK && money->len == 0)
		decide(out, VERDICT_RECALL, GATE_OPEN, g_strdup_printf(
		    "the money was taken off %s again", invoice->number));
	return status;
}

/* A credit note, and an invoice that was paid before it was made, ask for no
 * money: the customer gets them whatever was paid. */
static bool
is_owed_anyway(const struct letter *letter, const struct invoice *invoice)
{
	return letter->kind == LETTER_CREDIT_NOTE ||
	    (letter->kind == LETTER_INVOICE && invoice->opening == 0);
}

static enum store_status
judge_item(struct context *context, const struct letter *letter,
    const struct letter_item *item, const struct customer *customer,
    struct verdict_on_letter *out, GString *numbers)
{
	struct guard_facts facts;
	struct invoice *invoice = NULL;
	g_autofree char *detail = NULL, *until = NULL;
	const struct step *step;
	enum store_status status;
	enum gate gate;

	status = store_invoice_get(context->store, item->invoice, &invoice);
	if (status != STORE_OK)
		return status;
	g_string_append_printf(numbers, "%s%s", numbers->len ? ", " : "",
	    invoice->number);
	if (invoice->state == INVOICE_VOID && letter->kind != LETTER_RECEIPT &&
	    letter->kind != LETTER_CROSSED)
		decide(out, VERDICT_RECALL, GATE_OPEN, g_strdup_printf(
		    "invoice %s is void", invoice->number));
	step = policy_step(invoice_policy(context->config, invoice, customer),
	    item->step);
	if (letter->kind == LETTER_REMINDER && step == NULL)
		decide(out, VERDICT_RECALL, GATE_OPEN, g_strdup_printf(
		    "the policy of %s has no step %d any more",
		    invoice->number, item->step));
	if (letter->kind == LETTER_INQUIRY && invoice_balance(invoice) <= 0)
		decide(out, VERDICT_RECALL, GATE_PAID, g_strdup_printf(
		    "the money for %s has come", invoice->number));
	status = judge_thanks(context, letter, invoice, out);
	if (status != STORE_OK || out->kind == VERDICT_RECALL ||
	    is_owed_anyway(letter, invoice))
		goto out;
	status = guard_facts_gather(context, invoice, customer, step, &facts,
	    &detail);
	if (status != STORE_OK)
		goto out;
	gate = guard_check(&facts);
#ifdef BREAK_GUARD		/* tests/long/break-send.long: must be noticed */
	gate = GATE_OPEN;
#endif
	if (verdicts[gate] == VERDICT_GO ||
	    (out->kind == VERDICT_HOLD && verdicts[gate] == VERDICT_HOLD))
		goto out;
	until = moment_show(context, facts.until);
	decide(out, verdicts[gate], gate, g_strdup_printf("%s: %s%s%s",
	    invoice->number, detail ? detail : gate_words(gate),
	    *until ? ", until " : "", until));
	if (gate == GATE_WINDOW || gate == GATE_CUSTOMER_CAP)
		out->not_before = facts.until;
out:
	invoice_free(invoice);
	return status;
}

/* Nothing is sent to an address that is not the customer's of today. */
static void
judge_address(const struct letter *letter, const struct customer *customer,
    struct verdict_on_letter *out)
{
	if (customer->email == NULL)
		decide(out, VERDICT_HOLD, GATE_RECIPIENT, g_strdup_printf(
		    "%s has no mail address", customer->name));
	else if (letter->to == NULL ||
	    g_ascii_strcasecmp(letter->to, customer->email) != 0)
		decide(out, VERDICT_RECALL, GATE_RECIPIENT, g_strdup_printf(
		    "the address of %s is %s now", customer->name,
		    customer->email));
}

/* The owner's own mail: nothing is before it but his address of today. */
static void
judge_own(struct context *context, const struct letter *letter,
    struct verdict_on_letter *out)
{
	const char *address = digest_address(context->config);

	out->about = g_strdup_printf("%s to %s", letter_words(letter->kind),
	    address);
	if (g_strcmp0(letter->to, address) != 0)
		decide(out, VERDICT_RECALL, GATE_RECIPIENT, g_strdup_printf(
		    "the owner's address is %s now", address));
}

/* Letters about an instalment plan are judged by the plan. */
static enum store_status
judge_plan(struct context *context, const struct letter *letter,
    struct verdict_on_letter *out)
{
	enum gate gate;
	bool recall;
	int64_t until;
	g_autofree char *why = NULL;
	enum store_status status;

	if (!letter->instalments || (letter->kind != LETTER_OFFER &&
	    letter->kind != LETTER_AGREEMENT &&
	    letter->kind != LETTER_INSTALMENT) || out->kind != VERDICT_GO)
		return STORE_OK;
	status = instalments_judge(context, letter, &gate, &recall, &until,
	    &why);
	if (status != STORE_OK || (gate == GATE_OPEN && !recall))
		return status;
	decide(out, recall ? VERDICT_RECALL : verdicts[gate], gate,
	    g_strdup(why ? why : gate_words(gate)));
	if (gate == GATE_WINDOW || gate == GATE_CUSTOMER_CAP)
		out->not_before = until;
	return STORE_OK;
}

enum store_status
outbox_judge(struct context *context, const struct letter *letter,
    struct verdict_on_letter *out)
{
	struct customer *customer = NULL;
	g_autoptr(GString) numbers = g_string_new(NULL);
	enum store_status status;

	memset(out, 0, sizeof *out);
	if (!letter->customer) {
		judge_own(context, letter, out);
		return STORE_OK;
	}
	status = store_customer_get(context->store, letter->customer,
	    &customer);
	for (guint i = 0; status == STORE_OK && letter->items &&
	    i < letter->items->len; i++)
		status = judge_item(context, letter, letter->items->pdata[i],
		    customer, out, numbers);
	if (status == STORE_OK)
		status = judge_plan(context, letter, out);
	if (status == STORE_OK && out->kind != VERDICT_RECALL)
		judge_address(letter, customer, out);
	out->about = g_strdup_printf("%s%s%s to %s",
	    letter_words(letter->kind), numbers->len ? " about " : "",
	    numbers->str, letter->to ? letter->to : "nobody");
	customer_free(customer);
	return status;
}
