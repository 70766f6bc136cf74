/*
 * letter_claim.c - what a letter names is written down in the transaction that
 * claims it: the amounts, so that money which includes them is understood, and
 * the calculation, so that it can be told later.
 */
#include "letter_charges.h"

#include "amounts.h"
#include "print.h"

static enum store_status
journal(struct context *context, const struct letter *letter,
    const struct named *named)
{
	g_autofree char *amount = money_text(named->charge.amount,
	    named->charge.currency);
	g_autofree char *text = g_strdup_printf("%s of %s is named for %s: %s",
	    amount, charge_kind_name(named->charge.kind),
	    named->invoice->number, named->charge.text);
	g_autofree char *code = g_strdup_printf("named:%s",
	    charge_kind_name(named->charge.kind));
	struct journal_entry entry = {.at = context->now,
	    .subject = SUBJECT_LETTER, .row = letter->id, .code = code,
	    .text = text};

	return store_journal_add(context->store, &entry);
}

/* One question for all letters: the next rate answers it for all. */
static enum store_status
ask(struct context *context, const struct letter *letter, char *trouble)
{
	struct question question = {.code = (char *)"interest-unknown",
	    .text = trouble, .at = context->now};
	struct journal_entry entry = {.at = context->now,
	    .subject = SUBJECT_LETTER, .row = letter->id,
	    .code = (char *)"named:nothing", .text = trouble};
	enum store_status status =
	    store_question_add(context->store, &question);

	if (status == STORE_OK || status == STORE_KNOWN)
		status = store_journal_add(context->store, &entry);
	return status;
}

static enum store_status
keep(struct context *context, const struct letter *letter,
    const GPtrArray *list)
{
	g_autoptr(GPtrArray) charges = g_ptr_array_new();
	enum store_status status;

	for (guint i = 0; i < list->len; i++) {
		struct named *named = list->pdata[i];

		g_ptr_array_add(charges, &named->charge);
	}
	status = store_charge_set(context->store, letter->id, charges,
	    context->now);
	for (guint i = 0; status == STORE_OK && i < list->len; i++)
		status = journal(context, letter, list->pdata[i]);
	return status;
}

enum store_status
letter_charges_keep(struct context *context, const struct letter *letter)
{
	struct values values;
	g_autoptr(GPtrArray) list = NULL;
	g_autofree char *trouble = NULL;
	enum store_status status;

	if (letter->kind != LETTER_REMINDER)
		return STORE_OK;
	status = values_open(context, letter, &values);
	if (status == STORE_OK)
		status = charges_gather(&values, &list, &trouble);
	if (status == STORE_OK && (list->len > 0 || letter->tries > 0))
		status = keep(context, letter, list);
	if (status == STORE_OK && trouble)
		status = ask(context, letter, trouble);
	values_close(&values);
	return status;
}
