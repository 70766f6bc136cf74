/*
 * import_documents.c - rows of JSON Lines that are invoices in full
 * (mailfilter-invoice(5)): with a number another program has issued them,
 * unless `send` = yes; without one they are issued here. Each is known again
 * by its id or number.
 */
#include "import_documents.h"
#include "invoice_issue.h"

#include <string.h>

/* Keys of the row that are none of the document. */
struct wishes {
	const char *id;
	bool send;
	const char *open;	/* what is left to be paid, or NULL */
};

static enum row_result
read_wishes(struct import *import, const struct row *row, json_t *source,
    struct wishes *wishes)
{
	const json_t *send = json_object_get(source, "send");
	const char *text = json_string_value(send);

	wishes->id = document_text(source, "id");
	wishes->open = document_text(source, "open");
	wishes->send = json_is_true(send) || cell_yes(text);
	if (!wishes->id && !document_text(source, "number"))
		return row_bad(import, row, "number: missing: say the number, "
		    "or an id for an invoice that is to get one");
	if (!document_text(source, "customer"))
		return row_bad(import, row, "customer: missing: say its id");
	return ROW_NEW;
}

/* Was this id issued by an earlier import? */
static bool
is_known(struct import *import, const char *id)
{
	struct invoice *known = NULL;
	bool same;

	if (!id || store_invoice_find(import->context->store, id, &known) !=
	    STORE_OK)
		return false;
	same = strcmp(known->key, id) == 0;
	invoice_free(known);
	return same;
}

static enum row_result
open_amount(struct import *import, const struct row *row,
    const struct wishes *wishes, struct invoice *invoice)
{
	if (!wishes->open)
		return ROW_NEW;
	if (!row_money(import, row, "open", wishes->open, invoice->currency, 0,
	    &invoice->opening))
		return ROW_BAD;
	if (invoice->opening < 0 || invoice->opening > invoice->amount)
		return row_bad(import, row, "open: %s is not between zero and "
		    "the amount", wishes->open);
	return ROW_NEW;
}

static enum row_result
add(struct import *import, const struct row *row,
    const struct wishes *wishes, struct making *making)
{
	struct invoice *invoice = making->invoice;
	g_autofree char *why = making_complete(making);
	enum store_status status;

	if (why)
		return row_bad(import, row, "%s", why);
	if (open_amount(import, row, wishes, invoice) == ROW_BAD)
		return ROW_BAD;
	if (making->foreign)
		moment_parse(invoice->date, &invoice->sent);
	status = invoice_write(making, &why);
	if (why)
		return row_bad(import, row, "%s", why);
	if (status == STORE_KNOWN)
		return ROW_KNOWN;
	if (status == STORE_OK && !making->foreign &&
	    invoice_goes_at_once(invoice))
		status = invoice_queue(import->context, making->customer,
		    invoice);
	if (status != STORE_OK && status != STORE_NONE)
		return row_failed(import, status);
	import->looks_back |= invoice->state == INVOICE_OPEN;
	return ROW_NEW;
}

static enum row_result
take(struct import *import, const struct row *row, struct making *making)
{
	struct wishes wishes;
	const char *customer;
	int64_t id;
	enum store_status status;
	enum row_result result = read_wishes(import, row, making->source,
	    &wishes);

	if (result != ROW_NEW)
		return result;
	customer = document_text(making->source, "customer");
	making->key = wishes.id;
	making->foreign = document_text(making->source, "number") &&
	    !wishes.send;
	if (!making->foreign && is_known(import, wishes.id ? wishes.id :
	    document_text(making->source, "number")))
		return ROW_KNOWN;
	status = row_customer(import, customer, &id);
	if (status == STORE_NONE)
		return row_bad(import, row, "customer: '%s' is not known; "
		    "import the customers first", customer);
	if (status == STORE_OK)
		status = store_customer_get(import->context->store, id,
		    &making->customer);
	return status == STORE_OK ? add(import, row, &wishes, making)
				  : row_failed(import, status);
}

enum row_result
import_document(struct import *import, const struct row *row,
    const json_t *object)
{
	struct making making;
	enum row_result result;

	if (!import->context->config)
		return row_bad(import, row, "an invoice needs the "
		    "configuration: who issues it is said there");
	making_init(&making, import->context);
	json_decref(making.source);
	making.source = json_deep_copy(object);
	result = take(import, row, &making);
	making_release(&making);
	return result;
}

bool
import_is_document(const json_t *object)
{
	return json_is_array(json_object_get(object, "lines"));
}
