/*
 * letter_lines.c - what an invoice says in full, as its letter shows it and as
 * the renderer attaches it.
 */
#include "letter_values.h"

#include "document.h"
#include "invoice_letter.h"
#include "print.h"

static void
put_money(json_t *out, const char *key, const char *amount,
    const char *currency)
{
	if (amount)
		json_object_set_new(out, key, json_pack("{s:s, s:s}",
		    "amount", amount, "currency", currency));
}

static json_t *
line_values(const json_t *line, const char *currency)
{
	const char *unit = document_text(line, "unit_text");
	const char *rate = document_text(line, "rate");
	json_t *out = json_object();

	json_put(out, "text", document_text(line, "text"));
	json_put(out, "quantity", document_text(line, "quantity"));
	json_put(out, "unit", unit);
	put_money(out, "price", document_text(line, "price"), currency);
	put_money(out, "net", document_text(line, "net"), currency);
	json_put(out, "tax_percent", rate ? rate : "0");
	return out;
}

static void
put_taxes(const json_t *document, const char *currency, json_t *out)
{
	const json_t *list = json_object_get(document, "taxes"), *tax;
	json_t *taxes = json_array();
	size_t i;

	json_array_foreach(list, i, tax) {
		const char *rate = document_text(tax, "rate");
		json_t *one = json_object();

		json_put(one, "percent", rate ? rate : "0");
		put_money(one, "amount", document_text(tax, "amount"),
		    currency);
		json_array_append_new(taxes, one);
	}
	if (json_array_size(taxes) > 0)
		json_object_set(out, "taxes", taxes);
	json_decref(taxes);
}

void
values_lines(const struct values *values, json_t *out)
{
	const struct invoice *invoice = values->invoices->pdata[0];
	const json_t *document = json_array_get(values->documents, 0), *line;
	json_t *lines = json_array();
	size_t i;

	json_array_foreach(json_object_get(document, "lines"), i, line)
		json_array_append_new(lines, line_values(line,
		    invoice->currency));
	if (json_array_size(lines) > 0)
		json_object_set(out, "lines", lines);
	json_decref(lines);
	values_money(out, "net", invoice->amount - invoice->tax,
	    invoice->currency);
	values_money(out, "tax", invoice->tax, invoice->currency);
	values_money(out, "amount", invoice->amount, invoice->currency);
	if (document)
		put_taxes(document, invoice->currency, out);
}

/* ---- the documents themselves ------------------------------------------------------ */

#define WITH_DOCUMENTS (1u << LETTER_INVOICE | 1u << LETTER_CREDIT_NOTE | \
	1u << LETTER_COPY)

void
values_read_documents(struct values *values)
{
	values->documents = json_array();
	if (!(WITH_DOCUMENTS >> values->letter->kind & 1))
		return;
	for (guint i = 0; i < values->invoices->len; i++) {
		g_autofree char *why = NULL;
		json_t *document = invoice_document(values->context,
		    values->invoices->pdata[i], &why);

		json_array_append_new(values->documents, document ? document
		    : json_null());
	}
}

void
values_documents(const struct values *values, json_t *object)
{
	const json_t *one;
	json_t *list = json_array();
	size_t i;

	json_array_foreach(values->documents, i, one)
		if (json_is_object(one))
			json_array_append(list, (json_t *)(uintptr_t)one);
	if (json_array_size(list) == 1)
		json_object_set(object, "document", json_array_get(list, 0));
	else if (json_array_size(list))
		json_object_set(object, "documents", list);
	if (json_array_size(list))
		json_object_set_new(object, "attach", invoice_attach(
		    values->context, values->customer,
		    json_array_get(list, 0)));
	json_decref(list);
}
