/*
 * letter_credit.c - what a credit note was put on, and what of it is left in
 * the customer's favour.
 */
#include "letter_values.h"

#include "amounts.h"
#include "document.h"
#include "print.h"

#include <string.h>

/* What of the credit note stands on the invoice. */
static enum store_status
applied_to(const struct values *values, int64_t credit, int64_t invoice,
    int64_t *sum)
{
	GPtrArray *list = NULL;
	enum store_status status = store_allocation_list(
	    values->context->store, 0, invoice, true, &list);

	*sum = 0;
	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct allocation *one = list->pdata[i];

		if (one->credit_note == credit)
			*sum += one->amount;
	}
	if (list)
		g_ptr_array_unref(list);
	return status;
}

static enum store_status
add_invoice(const struct values *values, const char *number, json_t *list)
{
	const struct invoice *credit = values->invoices->pdata[0];
	struct invoice *invoice;
	enum store_status status = store_invoice_find(
	    values->context->store, number, &invoice);
	int64_t sum;

	if (status == STORE_NONE || status == STORE_INVALID)
		return STORE_OK;
	if (status != STORE_OK)
		return status;
	status = applied_to(values, credit->id, invoice->id, &sum);
	if (status == STORE_OK && sum > 0) {
		json_t *entry = json_object();

		json_put(entry, "number", invoice->number);
		json_put(entry, "date", invoice->date);
		values_money(entry, "applied", sum, invoice->currency);
		values_money(entry, "balance", invoice_balance(invoice),
		    invoice->currency);
		json_array_append_new(list, entry);
	}
	invoice_free(invoice);
	return status;
}

/* The one note that a person has written on it. */
static const char *
reason_of(const json_t *document)
{
	const json_t *notes = json_object_get(document, "notes");
	const json_t *note = json_array_get(notes, 0);
	const char *text = document_text(note, "text");

	return json_array_size(notes) == 1 && text && !strchr(text, '\n') &&
	    !document_text(note, "subject") ? text : NULL;
}

enum store_status
values_credit(const struct values *values, json_t *out)
{
	const struct invoice *credit = values->invoices->pdata[0];
	const json_t *document = json_array_get(values->documents, 0), *one;
	json_t *object = json_object(), *list = json_array();
	enum store_status status = STORE_OK;
	size_t i;

	json_array_foreach(json_object_get(document, "preceding"), i, one) {
		const char *number = document_text(one, "number");

		if (number && status == STORE_OK)
			status = add_invoice(values, number, list);
	}
	json_object_set_new(object, "invoices", list);
	json_put(object, "reason", reason_of(document));
	if (credit->open > 0)
		values_money(object, "rest", credit->open, credit->currency);
	json_object_set_new(out, "credit", object);
	return status;
}
