/*
 * import_credits.c - a credit note that names the invoice that it corrects is
 * set off against it, once both are in the store.
 */
#include "document.h"
#include "import_einvoice.h"
#include "lookup.h"
#include "phrases.h"

#include <string.h>

struct credit {
	int64_t id;
	char *number;
	GPtrArray *invoices;	/* char *: numbers */
};

struct credits {
	GPtrArray *list;	/* struct credit */
	GPtrArray *said;	/* char *: sentences */
};

static void
credit_free(gpointer pointer)
{
	struct credit *credit = pointer;

	g_free(credit->number);
	g_ptr_array_unref(credit->invoices);
	g_free(credit);
}

struct credits *
credits_new(void)
{
	struct credits *credits = g_new0(struct credits, 1);

	credits->list = g_ptr_array_new_with_free_func(credit_free);
	credits->said = g_ptr_array_new_with_free_func(g_free);
	return credits;
}

void
credits_free(struct credits *credits)
{
	if (!credits)
		return;
	g_ptr_array_unref(credits->list);
	g_ptr_array_unref(credits->said);
	g_free(credits);
}

void
credits_add(struct credits *credits, const struct invoice *invoice,
    const json_t *document)
{
	const json_t *list = json_object_get(document, "preceding"), *one;
	struct credit *credit;
	size_t i;

	if (invoice->type != INVOICE_CREDIT_NOTE || !invoice->open ||
	    json_array_size(list) == 0)
		return;
	credit = g_new0(struct credit, 1);
	credit->id = invoice->id;
	credit->number = g_strdup(invoice->number);
	credit->invoices = g_ptr_array_new_with_free_func(g_free);
	json_array_foreach(list, i, one)
		if (document_text(one, "number"))
			g_ptr_array_add(credit->invoices,
			    g_strdup(document_text(one, "number")));
	g_ptr_array_add(credits->list, credit);
}

static void G_GNUC_PRINTF(2, 3)
tell(struct credits *credits, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_ptr_array_add(credits->said, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

/* A waiting reminder speaks of the old balance. */
static enum store_status
recall_reminders(struct context *context, int64_t invoice)
{
	const struct letter_filter filter = {.invoice = invoice,
	    .kinds = LETTER_REMINDERS, .waiting_only = true};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++)
		status = store_letter_move(context->store,
		    ((const struct letter *)list->pdata[i])->id,
		    LETTER_RECALLED, "credit-note", context->now);
	return status;
}

static enum store_status
allocate(struct credits *credits, struct context *context,
    const struct invoice *credit, const struct invoice *invoice)
{
	struct allocation allocation = {
		.invoice = invoice->id, .credit_note = credit->id,
		.kind = ALLOCATION_CREDIT_NOTE, .probability = 1,
		.by = (char *)(uintptr_t)owner_name(context),
		.at = context->now,
		.amount = MIN(invoice->open - invoice->announced,
		    credit->open - credit->announced),
	};
	g_autofree char *money = NULL;
	enum store_status status;

	if (allocation.amount <= 0)
		return STORE_OK;
	status = store_allocation_add(context->store, &allocation);
	if (status == STORE_OK)
		status = recall_reminders(context, invoice->id);
	if (status != STORE_OK)
		return status;
	money = money_text(allocation.amount, invoice->currency);
	tell(credits, "%s of credit note %s are set off against invoice %s.",
	    money, credit->number, invoice->number);
	return owner_note(context, SUBJECT_INVOICE, invoice->id,
	    "settle:credit-note", "%s of credit note %s were set off against "
	    "invoice %s, which it names.", money, credit->number,
	    invoice->number);
}

static enum store_status
set_off_one(struct credits *credits, struct context *context,
    const struct credit *one, const char *number)
{
	struct invoice *credit = NULL, *invoice = NULL;
	enum store_status status = store_invoice_get(context->store, one->id,
	    &credit);

	if (status == STORE_OK)
		status = store_invoice_find(context->store, number, &invoice);
	if (status == STORE_NONE) {
		tell(credits, "Credit note %s names invoice %s, which is not "
		    "on file: it is a credit of the customer.", one->number,
		    number);
		status = STORE_OK;
	} else if (status == STORE_OK) {
		if (invoice->customer != credit->customer ||
		    invoice->type == INVOICE_CREDIT_NOTE ||
		    strcmp(invoice->currency, credit->currency) != 0)
			tell(credits, "Credit note %s names invoice %s, which "
			    "is of another customer, currency or kind: it is "
			    "not set off.", one->number, number);
		else
			status = allocate(credits, context, credit, invoice);
	}
	invoice_free(credit);
	invoice_free(invoice);
	return status;
}

enum store_status
credits_set_off(struct credits *credits, struct context *context)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; i < credits->list->len; i++) {
		const struct credit *one = credits->list->pdata[i];

		for (guint k = 0; status == STORE_OK && k < one->invoices->len;
		    k++)
			status = set_off_one(credits, context, one,
			    one->invoices->pdata[k]);
	}
	return status;
}

void
credits_show(const struct credits *credits, FILE *out)
{
	for (guint i = 0; i < credits->said->len; i++)
		fprintf(out, "  %s\n", (char *)credits->said->pdata[i]);
}
