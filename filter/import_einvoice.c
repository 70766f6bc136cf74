/*
 * import_einvoice.c - electronic invoices that another program has sent for
 * us: XML, PDFs with XML in them, archives of both. They count as sent on
 * their day. A file with one that cannot be taken changes nothing, unless such
 * may be left out.
 */
#include "document.h"
#include "einvoice.h"
#include "import_einvoice.h"
#include "match.h"
#include "phrases.h"
#include "print.h"
#include "progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 200u		/* lines of what was taken */
#define SAID 50u		/* sentences of what was not */

struct taking {
	struct import *import;
	struct buyers *buyers;
	struct credits *credits;
	json_t *shown;		/* objects, for either output */
	unsigned said, customers, documents;
	bool silent;		/* there was none: others will look at it */
	enum store_status status;
};

/* ---- words ---------------------------------------------------------------------- */

/* "FILE: invoice NUMBER: why" */
static enum row_result G_GNUC_PRINTF(3, 4)
bad(struct taking *taking, const json_t *document, const char *format, ...)
{
	const char *number = document_text(document, "number");
	g_autofree char *why = NULL;
	va_list arguments;

	va_start(arguments, format);
	why = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (taking->said++ < SAID)
		say_error(taking->import->context, "%s: invoice %s: %s",
		    taking->import->file, number ? number : "without a number",
		    why);
	return ROW_BAD;
}

static enum row_result
failed(struct taking *taking, enum store_status status)
{
	taking->status = status;
	return ROW_FAILED;
}

static void
remark(struct taking *taking, const json_t *found)
{
	const struct import *import = taking->import;
	const json_t *document = json_object_get(found, "document"), *one;
	const char *number = document_text(document, "number");
	g_autoptr(GString) paths = g_string_new(NULL);
	size_t i;

	json_array_foreach(json_object_get(found, "odd"), i, one)
		say(import->context, "%s: invoice %s: %s", import->file,
		    number, json_string_value(one));
	json_array_foreach(json_object_get(found, "unread"), i, one)
		g_string_append_printf(paths, "%s%s", i ? ", " : "",
		    json_string_value(one));
	if (paths->len)
		say_more(import->context, "%s: invoice %s: not kept: %s",
		    import->file, number, paths->str);
}

/* ---- one invoice ------------------------------------------------------------------ */

struct one {			/* being taken */
	const json_t *document;
	const char *message_id;	/* or NULL */
	struct invoice *invoice;
	struct customer *customer;
	bool new_customer;
};

static enum row_result
check_seller(struct taking *taking, const json_t *document)
{
	const struct config *config = taking->import->context->config;
	const json_t *seller = json_object_get(document, "seller");
	const json_t *buyer = json_object_get(document, "buyer");
	const char *from = document_text(seller, "name");
	const char *to = document_text(buyer, "name");

	if (einvoice_party_is_owner(config, seller))
		return ROW_NEW;
	from = from ? from : "somebody without a name";
	to = to ? to : "somebody without a name";
	if (einvoice_party_is_owner(config, buyer))
		return bad(taking, document, "this invoice is FROM %s to you: "
		    "it is one for you to pay. Only invoices that you have "
		    "sent are imported.", from);
	return bad(taking, document, "this invoice is FROM %s to %s, and "
	    "neither is you as section owner of the configuration says "
	    "(company, tax-id, legal-id, endpoint). Only invoices that you have sent are "
	    "imported.", from, to);
}

/* On file, or made and put there. */
static enum row_result
find_customer_of(struct taking *taking, struct one *one)
{
	struct store *store = taking->import->context->store;
	g_autofree char *why = NULL;
	int64_t id = 0;
	enum store_status status = buyers_find(taking->buyers,
	    json_object_get(one->document, "buyer"), document_text(
	    one->document, "buyer_reference"), &id, &why);

	if (status == STORE_CONFLICT)
		return bad(taking, one->document, "%s", why);
	if (status == STORE_OK) {
		status = store_customer_get(store, id, &one->customer);
		return status == STORE_OK ? ROW_NEW : failed(taking, status);
	}
	one->customer = buyers_make(taking->buyers, one->document, &why);
	one->new_customer = true;
	return one->customer ? ROW_NEW : bad(taking, one->document, "%s", why);
}

static enum row_result
put_customer(struct taking *taking, struct one *one)
{
	struct context *context = taking->import->context;
	enum store_status status;

	if (!one->new_customer)
		return ROW_NEW;
	status = store_customer_put(context->store, one->customer);
	if (status == STORE_OK)
		status = customer_put_words(context, one->customer);
	if (status == STORE_INVALID || status == STORE_CONFLICT)
		return bad(taking, one->document, "its buyer: %s",
		    store_error(context->store));
	if (status != STORE_OK)
		return failed(taking, status);
	buyers_add(taking->buyers, one->customer);
	taking->customers++;
	return ROW_NEW;
}

/* One that came without its document before (a table, another gate) gets it
 * now. */
static enum row_result
meet_known(struct taking *taking, const struct one *one)
{
	struct store *store = taking->import->context->store;
	struct invoice *old = NULL;
	enum store_status status = store_invoice_find(store,
	    one->invoice->number, &old);
	bool lacks = status == STORE_OK && !old->document;

	if (lacks)
		status = store_invoice_set_document(store, old->id,
		    one->invoice->document);
	invoice_free(old);
	if (status != STORE_OK)
		return failed(taking, status);
	return lacks ? ROW_CHANGED : ROW_KNOWN;
}

static enum row_result
conflict(struct taking *taking, const struct one *one)
{
	g_autofree char *what = einvoice_difference(
	    taking->import->context->store, one->invoice,
	    one->customer->name);

	return bad(taking, one->document, "one of this number is on file with "
	    "other content: %s ('mailfilter invoice show %s')", what,
	    one->invoice->number);
}

static enum store_status
note(struct taking *taking, const struct one *one)
{
	g_autofree char *text = g_strdup_printf("Imported from %s.",
	    taking->import->name);
	struct journal_entry entry = {.at = taking->import->context->now,
	    .subject = SUBJECT_INVOICE, .row = one->invoice->id, .text = text,
	    .code = (char *)(uintptr_t)"import:einvoice"};

	return store_journal_add(taking->import->context->store, &entry);
}

/* Which of our accounts it names (BT-84). */
static const char *
account_of(const struct config *config, const json_t *document)
{
	const json_t *payment = json_object_get(document, "payment");
	const json_t *list = json_object_get(payment, "accounts"), *one;
	size_t i;

	json_array_foreach(list, i, one) {
		const char *iban = document_text(one, "iban");
		const struct account *ours = iban ?
		    config_account(config, iban) : NULL;

		if (ours)
			return ours->name;
	}
	return NULL;
}

static enum row_result
put_invoice(struct taking *taking, struct one *one)
{
	struct invoice *invoice = one->invoice;
	struct store *store = taking->import->context->store;
	enum store_status status = einvoice_fill_unsaid(store, invoice);
	g_auto(GStrv) keys = reference_invoice_keys(invoice->number,
	    invoice->reference, invoice->po);
	char *text = json_dumps(one->document, JSON_COMPACT);

	invoice->key = g_strdup(invoice->number);
	invoice->customer = one->customer->id;
	invoice->document = g_strdup(text);
	invoice->message_id = g_strdup(one->message_id);
	invoice->account = g_strdup(account_of(
	    taking->import->context->config, one->document));
	free(text);
	moment_parse(invoice->date, &invoice->sent);
	if (status == STORE_OK)
		status = store_invoice_add(store, invoice,
		    (const char *const *)keys);
	if (status == STORE_KNOWN)
		return meet_known(taking, one);
	if (status == STORE_CONFLICT)
		return conflict(taking, one);
	if (status == STORE_INVALID)
		return bad(taking, one->document, "%s", store_error(store));
	if (status == STORE_OK)
		status = note(taking, one);
	if (status != STORE_OK)
		return failed(taking, status);
	taking->import->looks_back |= invoice->state == INVOICE_OPEN;
	credits_add(taking->credits, invoice, one->document);
	return ROW_NEW;
}

static void
show(struct taking *taking, const struct one *one, enum row_result result)
{
	const struct invoice *invoice = one->invoice;
	g_autofree char *total = money_format(invoice->amount,
	    invoice->currency);
	static const char *const words[] = {"new", "changed", "known"};

	if (json_array_size(taking->shown) >= SHOWN || result > ROW_KNOWN)
		return;
	json_array_append_new(taking->shown, json_pack("{s:s, s:s, s:s, s:s, "
	    "s:s, s:s, s:b}", "number", invoice->number, "customer",
	    one->customer->name, "amount", total, "currency",
	    invoice->currency, "due", invoice->due, "result", words[result],
	    "new_customer", one->new_customer));
}

static enum row_result
take_one(struct taking *taking, struct one *one)
{
	enum row_result result = check_seller(taking, one->document);
	char *why;

	if (result == ROW_NEW)
		result = find_customer_of(taking, one);
	if (result != ROW_NEW)
		return result;
	why = einvoice_fill(one->document, one->customer->terms_days >= 0 ?
	    one->customer->terms_days : taking->import->options->terms - 1,
	    one->invoice);
	if (why) {
		result = bad(taking, one->document, "%s", why);
		g_free(why);
		return result;
	}
	result = put_customer(taking, one);
	if (result == ROW_NEW)
		result = put_invoice(taking, one);
	show(taking, one, result);
	return result;
}

static enum row_result
take(struct taking *taking, const json_t *found)
{
	struct one one = {.document = json_object_get(found, "document"),
	    .message_id = document_text(found, "message_id"), .invoice = g_new0(struct invoice, 1)};
	const json_t *wrong = json_object_get(found, "wrong"), *why;
	enum row_result result = ROW_NEW;
	size_t i;

	json_array_foreach(wrong, i, why)
		result = bad(taking, one.document, "%s",
		    json_string_value(why));
	if (result == ROW_NEW) {
		remark(taking, found);
		result = take_one(taking, &one);
	}
	customer_free(one.customer);
	invoice_free(one.invoice);
	return result;
}

/* ---- what came of it ------------------------------------------------------------------ */

static void
show_line(FILE *out, const json_t *one)
{
	const char *result = document_text(one, "result");

	fprintf(out, "  %s to %s: %s %s, due %s%s%s\n",
	    document_text(one, "number"), document_text(one, "customer"),
	    document_text(one, "amount"), document_text(one, "currency"),
	    document_text(one, "due"), strcmp(result, "known") == 0 ?
	    " (known already)" : strcmp(result, "changed") == 0 ?
	    " (known, its document was not)" : "",
	    json_is_true(json_object_get(one, "new_customer")) ?
	    " (a new customer)" : "");
}

static void
report(const struct taking *taking)
{
	const struct import *import = taking->import;
	const unsigned *n = import->counts;
	unsigned all = n[ROW_NEW] + n[ROW_CHANGED] + n[ROW_KNOWN] + n[ROW_BAD];
	FILE *out = import->options->report ? stdout : stderr;
	const json_t *one;
	size_t i;

	if (import->options->report && import->context->json) {
		print_json(json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:i, "
		    "s:O}", "file", import->file, "type", "invoices", "new",
		    n[ROW_NEW], "changed", n[ROW_CHANGED], "known",
		    n[ROW_KNOWN], "skipped", n[ROW_BAD], "customers",
		    taking->customers, "invoices", taking->shown));
		return;
	}
	if (import->context->quiet)
		return;
	fprintf(out, "%s: %u e-invoice%s, %u new", import->file, all,
	    all == 1 ? "" : "s", n[ROW_NEW]);
	if (n[ROW_CHANGED])
		fprintf(out, ", %u changed", n[ROW_CHANGED]);
	if (n[ROW_KNOWN])
		fprintf(out, ", %u known already", n[ROW_KNOWN]);
	if (n[ROW_BAD])
		fprintf(out, ", %u skipped", n[ROW_BAD]);
	if (taking->customers)
		fprintf(out, ", %u new customer%s", taking->customers,
		    taking->customers == 1 ? "" : "s");
	fputs(import->context->dry_run ? " (nothing changed)\n" : "\n", out);
	json_array_foreach(taking->shown, i, one)
		show_line(out, one);
	credits_show(taking->credits, out);
}

static int
outcome(struct taking *taking)
{
	struct import *import = taking->import;
	unsigned n = import->counts[ROW_BAD];
	enum store_status status = taking->status;
	bool good = n == 0 || import->options->skip_bad;

	if (status == STORE_OK && good)
		status = credits_set_off(taking->credits, import->context);
	if (status == STORE_OK && good && import->looks_back &&
	    import->options->report)
		status = reconcile_waiting(import->context, NULL);
	if (status != STORE_OK)
		return store_failed(import->context, status);
	if (!good) {
		say_error(import->context, taking->documents == 1 ?
		    "%s: nothing was imported" : "%s: nothing was imported; "
		    "--skip-bad leaves out what cannot be", import->file);
		return EX_DATAERR;
	}
	return EX_OK;
}

/* ---- all of a file ---------------------------------------------------------------------- */

static void
take_found(struct taking *taking, const json_t *found, const char *why)
{
	struct import *import = taking->import;
	enum row_result result = ROW_BAD;

	taking->documents++;
	if (found)
		result = take(taking, found);
	else if (taking->said++ < SAID)
		say_error(import->context, "%s: an electronic invoice that "
		    "cannot be read: %s", import->file, why);
	import->counts[result]++;
}

static void
take_files(struct taking *taking, struct parser *parser, int fd)
{
	struct import *import = taking->import;
	struct progress *progress = NULL;
	unsigned files = 1;

	for (unsigned i = 0; i < files && taking->status == STORE_OK; i++) {
		g_autofree char *why = NULL;
		json_t *found = parser_read_invoice(parser, fd, i, &files,
		    &why);

		if (i == 0)
			progress = progress_new(import->context, import->name,
			    files);
		if (found || why)
			take_found(taking, found, why);
		json_decref(found);
		progress_show(progress, i + 1);
	}
	progress_free(progress);
}

/* The configuration, a transaction, the customers. */
static int
open_all(struct taking *taking, struct import *import)
{
	int code = context_config(import->context);

	*taking = (struct taking){.import = import, .shown = json_array(),
	    .credits = credits_new()};
	if (code == EX_OK)
		code = import_begin(import->context);
	if (code != EX_OK)
		return code;
	taking->status = buyers_new(import->context, &taking->buyers);
	return taking->status == STORE_OK ? EX_OK :
	    store_failed(import->context, taking->status);
}

static int
close_all(struct taking *taking, int code)
{
	if (code == EX_OK)
		code = outcome(taking);
	code = import_finish(taking->import->context, code);
	if (code == EX_OK && !taking->silent)
		report(taking);
	buyers_free(taking->buyers);
	credits_free(taking->credits);
	json_decref(taking->shown);
	return code;
}

int
import_einvoice(struct import *import, int fd, bool *unknown)
{
	struct parser *parser = NULL;
	struct taking taking;
	int code = open_all(&taking, import);

	*unknown = false;
	if (code == EX_OK) {
		parser = context_parser(import->context, false);
		code = parser ? EX_OK : EX_CONFIG;
	}
	if (code == EX_OK)
		take_files(&taking, parser, fd);
	parser_free(parser);
	*unknown = code == EX_OK && taking.status == STORE_OK &&
	    taking.documents == 0;
	taking.silent = *unknown;
	return close_all(&taking, code);
}

int
import_einvoices(struct import *import, const json_t *list)
{
	const json_t *found;
	struct taking taking;
	int code = open_all(&taking, import);
	size_t i;

	if (code == EX_OK)
		json_array_foreach(list, i, found)
			take_found(&taking, found, NULL);
	return close_all(&taking, code);
}
