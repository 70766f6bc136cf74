/*
 * document_invoice.c - the part of a complete invoice document that the ledger
 * works with. Pure.
 */
#include "document.h"
#include "document_internal.h"
#include "../store/store.h"

#include <string.h>

static void
set(char **member, const char *text)
{
	g_free(*member);
	*member = g_strdup(text);
}

static enum invoice_type
type_of(const json_t *document)
{
	const char *type = document_text(document, "type");

	if (document_is_credit(document))
		return INVOICE_CREDIT_NOTE;
	return g_strcmp0(type, "deposit") == 0 ? INVOICE_DEPOSIT
					       : INVOICE_PLAIN;
}

bool
document_to_invoice(const json_t *document, struct invoice *invoice)
{
	const json_t *discount = json_array_get(json_object_get(document,
	    "discounts"), 0);
	int64_t percent = number_of(discount, "percent", 4, 0);
	int64_t gross, tax, due;

	if (!document_amount(document, "totals", "gross", &gross) ||
	    !document_amount(document, "totals", "tax", &tax) ||
	    !document_amount(document, "totals", "due", &due))
		return false;
	invoice->type = type_of(document);
	invoice->amount = gross;
	invoice->tax = tax;
	invoice->opening = invoice->open = due;
	set(&invoice->number, document_text(document, "number"));
	set(&invoice->date, document_text(document, "date"));
	set(&invoice->due, document_text(document, "due"));
	set(&invoice->currency, document_text(document, "currency"));
	set(&invoice->reference, document_text(document,
	    "payment.reference"));
	set(&invoice->po, document_text(document, "po"));
	set(&invoice->note, document_text(document, "notes[0].text"));
	set(&invoice->discount_until, text_of(discount, "until"));
	invoice->discount_bp = (int)((percent + 50) / 100);
	return true;
}
