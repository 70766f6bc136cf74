/*
 * invoice_new.c - `invoice new`: a draft, or an invoice with its number; and
 * what the verbs that make one share.
 */
#include "customer.h"
#include "invoice.h"
#include "invoice_finish.h"
#include "invoice_options.h"
#include "lookup.h"

#include <getopt.h>
#include <string.h>

static int
read_source(const struct invoice_request *request, struct making *making)
{
	g_autofree char *why = NULL;

	if (request->file && !making_read(making, request->file, &why)) {
		say_error(request->context, "--file: %s", why);
		return access_is_missing(request->file) ? EX_NOINPUT
							: EX_DATAERR;
	}
	return invoice_request_apply(request, making->source);
}

/* A percentage, and until when: as a day, or as days in a file. */
static bool
discount_is_whole(const json_t *source)
{
	const json_t *one = json_array_get(json_object_get(source,
	    "discounts"), 0);
	bool day = json_object_get(one, "until") || json_object_get(one,
	    "days");

	return !one || day == (json_object_get(one, "percent") != NULL);
}

static int
check_request(const struct making *making)
{
	if (!document_text(making->source, "customer"))
		return usage_error(&cmd_invoice, "customer: say which "
		    "--customer");
	if (!json_object_get(making->source, "lines"))
		return usage_error(&cmd_invoice, "lines: say at least one "
		    "--line \"text;quantity;unit;price;tax\"");
	if (!discount_is_whole(making->source))
		return usage_error(&cmd_invoice, "--discount-percent and "
		    "--discount-until go together");
	if (json_object_get(making->source, "terms_days") &&
	    json_object_get(making->source, "due"))
		return usage_error(&cmd_invoice, "--due and --terms exclude "
		    "each other");
	return EX_OK;
}

static int
new_invoice(const struct invoice_request *request, struct making *making)
{
	struct context *context = request->context;
	int code = read_source(request, making);

	if (code == EX_OK)
		code = check_request(making);
	if (code == EX_OK)
		code = context_config(context);
	if (code == EX_OK)
		code = context_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_customer(context, document_text(making->source,
		    "customer"), &making->customer);
	if (code == EX_OK && !customer_policy_known(context, document_text(
	    making->source, "policy")))
		code = usage_error(&cmd_invoice, "--policy: '%s' is not in "
		    "the configuration", document_text(making->source,
		    "policy"));
	if (code != EX_OK)
		return code;
	json_object_set_new(making->source, "customer",
	    json_string(making->customer->key));
	making->draft = request->draft;
	return invoice_finish(making, request->send);
}

int
invoice_run_new(struct context *context, int argc, char **argv)
{
	struct invoice_request request;
	struct making making;
	int code;

	invoice_request_init(&request, context);
	making_init(&making, context);
	code = invoice_request_read(&request, argc, argv);
	if (code == EX_OK && optind < argc)
		code = usage_error(&cmd_invoice, "'%s' is too much here",
		    argv[optind]);
	if (code == EX_OK && request.draft && request.send)
		code = usage_error(&cmd_invoice, "a draft is not sent: "
		    "--draft and --send exclude each other");
	if (code == EX_OK)
		code = new_invoice(&request, &making);
	making_release(&making);
	invoice_request_clear(&request);
	return code;
}
