/*
 * invoice_send.c - `invoice send`: issues drafts and queues the mail of what
 * was never sent; and `invoice copy`, a new draft like an old invoice.
 */
#include "invoice.h"
#include "invoice_finish.h"
#include "lookup.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* ---- send -------------------------------------------------------------------- */

static int
issue_draft(struct context *context, const struct invoice *draft)
{
	struct making making;
	int code;

	making_init(&making, context);
	code = making_open(&making, draft);
	if (code == EX_OK)
		code = invoice_finish(&making, true);
	making_release(&making);
	return code;
}

static void
say_queued(const struct context *context, const struct invoice *invoice,
    const struct customer *customer, enum store_status queued)
{
	g_autofree char *when = moment_show(context, invoice->sent);

	if (context->json || context->quiet)
		return;
	if (queued == STORE_OK)
		printf("The mail of %s %s for 'mailfilter send' or the next "
		    "run.\n", invoice->number, context->dry_run ? "would wait"
		    : "waits");
	else if (queued == STORE_NONE)
		printf("%s has no e-mail address: %s cannot be sent "
		    "('mailfilter customer edit %s --email ADDRESS').\n",
		    customer->name, invoice->number, customer->key);
	else if (invoice->sent)
		printf("%s was sent already, on %s.\n", invoice->number, when);
	else
		printf("The mail of %s waits already.\n", invoice->number);
}

static int
queue_issued(struct context *context, const struct invoice *invoice)
{
	struct customer *customer = NULL;
	enum store_status status = store_begin(context->store), queued;
	int code;

	if (status == STORE_OK)
		status = store_customer_get(context->store, invoice->customer,
		    &customer);
	queued = status == STORE_OK ? invoice_queue(context, customer, invoice)
				    : status;
	status = queued == STORE_NONE || queued == STORE_KNOWN ? STORE_OK
							       : queued;
	code = owner_finish(context, status);
	if (code == EX_OK)
		say_queued(context, invoice, customer, queued);
	if (code == EX_OK && context->json)
		print_json(json_pack("{s:s, s:b}", "number", invoice->number,
		    "queued", queued == STORE_OK));
	customer_free(customer);
	return code == EX_OK && queued == STORE_NONE ? EX_DATAERR : code;
}

static int
send_one(struct context *context, const char *text)
{
	struct invoice *invoice = NULL;
	int code = find_invoice(context, text, &invoice);

	if (code == EX_OK && invoice->state == INVOICE_VOID) {
		say_error(context, "%s is void; 'mailfilter invoice copy %s' "
		    "makes a new draft of it", invoice->number,
		    invoice->number);
		code = EX_DATAERR;
	} else if (code == EX_OK && invoice->state == INVOICE_DRAFT) {
		code = issue_draft(context, invoice);
	} else if (code == EX_OK) {
		code = queue_issued(context, invoice);
	}
	invoice_free(invoice);
	return code;
}

int
invoice_run_send(struct context *context, int argc, char **argv)
{
	int code = EX_OK, c;

	while ((c = getopt(argc, argv, ":n")) != -1) {
		if (c != 'n')
			return option_error(&cmd_invoice, c, argv);
		context->dry_run = true;
	}
	if (optind == argc)
		return usage_error(&cmd_invoice, "say which drafts or "
		    "invoices");
	code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	for (int i = optind; i < argc && code != EX_TEMPFAIL &&
	    (code == EX_OK || context->store); i++) {
		int one = send_one(context, argv[i]);

		code = code == EX_OK ? one : code;
	}
	return code;
}

/* ---- copy ----------------------------------------------------------------------- */

/* What an invoice says of its own day and sums, or what follows from the rest,
 * is not copied. */
json_t *
invoice_source_of(const json_t *document)
{
	static const char *const left[] = {"number", "date", "due", "seller",
	    "buyer", "taxes", "totals", "terms", "type_code", "deposits",
	    "discounts", "preceding", "tax_point", "exchange_rate",
	    "delivered", "period", "prepaid", "attachments"};
	json_t *source = json_deep_copy(document), *line;
	json_t *payment = json_object_get(source, "payment");
	json_t *withholding = json_object_get(source, "withholding");
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(left); i++)
		json_object_del(source, left[i]);
	if (!json_object_get(payment, "card") &&
	    !json_object_get(payment, "mandate"))
		json_object_del(source, "payment");
	else
		json_object_del(payment, "reference");
	json_object_del(withholding, "amount");
	json_object_del(withholding, "base");
	json_array_foreach(json_object_get(source, "lines"), i, line) {
		json_object_del(line, "net");
		json_object_del(line, "period");
	}
	return source;
}

static int
copy(struct context *context, const struct invoice *invoice)
{
	struct making making;
	json_t *document = invoice->document ?
	    json_loads(invoice->document, 0, NULL) : NULL;
	enum store_status status;
	int code;

	if (!json_object_get(document, "lines")) {
		json_decref(document);
		say_error(context, "%s has no lines on file: it cannot be "
		    "copied", invoice->number);
		return EX_DATAERR;
	}
	making_init(&making, context);
	making.draft = true;
	status = store_customer_get(context->store, invoice->customer,
	    &making.customer);
	json_decref(making.source);
	making.source = invoice->state == INVOICE_DRAFT ?
	    json_deep_copy(document) : invoice_source_of(document);
	json_decref(document);
	json_object_del(making.source, "number");
	json_object_del(making.source, "date");
	json_object_del(making.source, "due");
	if (invoice->policy)
		json_put(making.source, "policy", invoice->policy);
	code = status == STORE_OK ? EX_OK : store_failed(context, status);
	if (code == EX_OK) {
		json_put(making.source, "customer", making.customer->key);
		code = invoice_finish(&making, false);
	}
	making_release(&making);
	return code;
}

int
invoice_run_copy(struct context *context, int argc, char **argv)
{
	struct invoice *invoice = NULL;
	int code, c;

	while ((c = getopt(argc, argv, ":n")) != -1) {
		if (c != 'n')
			return option_error(&cmd_invoice, c, argv);
		context->dry_run = true;
	}
	if (optind != argc - 1)
		return usage_error(&cmd_invoice, "say which invoice");
	code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_invoice(context, argv[optind], &invoice);
	if (code == EX_OK)
		code = copy(context, invoice);
	invoice_free(invoice);
	return code;
}
