/*
 * invoice_letter.c - the document of an invoice for its letters, whoever made
 * the invoice; and what goes with the mail.
 */
#include "amounts.h"
#include "invoice_letter.h"
#include "invoice_make.h"
#include "invoice_party.h"
#include "print.h"

#include <string.h>

#define HIGHEST_RATE 400	/* tenths of a percent */

/* ---- what a row tells ------------------------------------------------------------- */

/* The rate, tenths of a percent, that makes this tax of this net amount: a
 * whole one before others; 0: none does, or several do. */
static int
rate_of(int64_t net, int64_t tax)
{
	int found = 0, count = 0;

	for (int rate = 1; rate <= HIGHEST_RATE; rate++) {
		int64_t made;

		if (!money_share(net, rate, 1000, &made) || made != tax)
			continue;
		if (rate % 10 == 0)
			return rate;
		found = rate;
		count++;
	}
	return count == 1 ? found : 0;
}

/* One line for all of it. NULL: its tax is not known. */
static json_t *
only_line(const struct context *context, const struct invoice *invoice)
{
	int64_t net = invoice->amount - invoice->tax;
	int rate = invoice->tax > 0 ? rate_of(net, invoice->tax) : 0;
	g_autofree char *percent = decimal_text(rate, 10);
	json_t *line;

	if ((invoice->tax && !rate) || (!invoice->tax &&
	    context->config->tax_id))
		return NULL;
	line = json_pack("{s:s, s:s}", "text", invoice->number, "quantity",
	    "1");
	json_put_money(line, "price", net, invoice->currency);
	json_put(line, "category", rate ? "S" : "O");
	if (rate)
		json_put(line, "rate", percent);
	return line;
}

/* The document as its row tells it; lines may be there already. */
static void
tell(const struct invoice *invoice, json_t *source)
{
	static const char *const types[] = {"invoice", "credit-note",
	    "deposit"};
	g_autofree char *percent = decimal_text(invoice->discount_bp, 100);

	json_put(source, "type", types[invoice->type]);
	json_put(source, "number", invoice->number);
	json_put(source, "date", invoice->date);
	json_put(source, "currency", invoice->currency);
	json_put(source, "po", invoice->po);
	json_put(source, "account", invoice->account);
	if (invoice->type != INVOICE_CREDIT_NOTE) {
		json_put(source, "due", invoice->due);
		if (invoice->reference)
			json_object_set_new(source, "payment", json_pack(
			    "{s:s}", "reference", invoice->reference));
	}
	if (invoice->discount_bp && invoice->discount_until)
		json_object_set_new(source, "discounts", json_pack(
		    "[{s:s, s:s}]", "percent", percent, "until",
		    invoice->discount_until));
	if (invoice->opening < invoice->amount)
		json_put_money(source, "prepaid", invoice->amount -
		    invoice->opening, invoice->currency);
}

static char *
write_source(struct making *making, const struct invoice *invoice)
{
	json_t *source = making->source, *line;

	if (invoice->state == INVOICE_DRAFT && json_object_get(source, "lines"))
		return NULL;
	tell(invoice, source);
	if (json_object_get(source, "lines"))
		return NULL;
	line = only_line(making->context, invoice);
	if (!line)
		return g_strdup_printf("what tax %s contains is not on file",
		    invoice->number);
	json_object_set_new(source, "lines", json_pack("[o]", line));
	return NULL;
}

/* ---- all of it -------------------------------------------------------------------------- */

static char *
complete(struct making *making, const struct invoice *invoice)
{
	char *why = write_source(making, invoice);

	if (!why)
		why = making_complete(making);
	if (!why && (making->invoice->amount != invoice->amount ||
	    making->invoice->opening != invoice->opening))
		why = g_strdup_printf("the lines of %s do not add up to its "
		    "amount", invoice->number);
	if (!why && invoice->number)
		json_put(making->document, "number", invoice->number);
	return why;
}

json_t *
invoice_document(struct context *context, const struct invoice *invoice,
    char **why)
{
	json_t *kept = invoice->document ?
	    json_loads(invoice->document, 0, NULL) : NULL;
	struct making making;
	json_t *document = NULL;
	enum store_status status;

	*why = NULL;
	if (json_object_get(kept, "totals"))
		return kept;
	making_init(&making, context);
	making.draft = true;
	making.invoice->id = invoice->id;
	if (kept) {
		json_decref(making.source);
		making.source = kept;
	}
	status = store_customer_get(context->store, invoice->customer,
	    &making.customer);
	*why = status == STORE_OK ? complete(&making, invoice)
	    : g_strdup(store_error(context->store));
	if (!*why)
		document = json_incref(making.document);
	making_release(&making);
	return document;
}

json_t *
invoice_attach(struct context *context, const struct customer *customer,
    const json_t *document)
{
	json_t *billing = customer_billing(customer);
	const char *format = billing_text(billing, "format");
	const char *profile = document_text(document, "profile");
	json_t *list = json_array();

	if (!format)
		format = profile ? profile : context->config->profile;
	if (format && strcmp(format, "none") == 0) {
		json_decref(billing);
		return list;
	}
	if (format && strcmp(format, "factur-x") == 0) {
		json_array_append_new(list, json_string("pdf:factur-x"));
	} else {
		json_array_append_new(list, json_string("pdf"));
		if (format && strcmp(format, "pdf") != 0 &&
		    document_profile_known(format)) {
			g_autofree char *xml = g_strdup_printf("xml:%s",
			    strcmp(format, "en16931") ? format : "cii");

			json_array_append_new(list, json_string(xml));
		}
	}
	json_decref(billing);
	return list;
}
