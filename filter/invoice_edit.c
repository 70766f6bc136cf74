/*
 * invoice_edit.c - what may be changed of an invoice that is out: the policy
 * by which it is reminded of. All else is a credit note and a new invoice.
 */
#include "customer.h"
#include "invoice.h"
#include "lookup.h"
#include "words.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* "-" takes the invoice's own policy away. */
static int
set_policy(struct context *context, const struct invoice *invoice,
    const char *policy)
{
	const char *own = strcmp(policy, "-") == 0 ? NULL : policy;
	enum store_status status = store_begin(context->store);
	int code;

	if (status == STORE_OK)
		status = store_invoice_set_policy(context->store, invoice->id,
		    own);
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_INVOICE, invoice->id,
		    "invoice-edited", "%s is reminded of by %s%s%s, says %s.",
		    invoice->number, own ? "the policy \"" :
		    "the policy of its customer", own ? own : "",
		    own ? "\"" : "", owner_name(context));
	code = owner_finish(context, status);
	if (code == EX_OK && !context->quiet && !context->json)
		printf("%s %s reminded of by %s.\n", invoice->number,
		    context->dry_run ? "would be" : "is",
		    own ? own : "its customer's policy");
	return code;
}

int
invoice_run_edit(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"policy", required_argument, NULL, 'p'},
		{"dry-run", no_argument, NULL, 'n'}, {NULL, 0, NULL, 0},
	};
	struct invoice *invoice = NULL;
	const char *policy = NULL;
	int code, c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'p')
			policy = optarg;
		else if (c == 'n')
			context->dry_run = true;
		else
			return option_error(&cmd_invoice, c, argv);
	}
	if (optind != argc - 1 || !policy)
		return usage_error(&cmd_invoice, "say which invoice, and "
		    "--policy NAME (\"none\": no reminders, \"-\": its "
		    "customer's)");
	code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK && strcmp(policy, "-") != 0 &&
	    !customer_policy_known(context, policy))
		code = usage_error(&cmd_invoice, "--policy: '%s' is not in "
		    "the configuration", policy);
	if (code == EX_OK)
		code = find_invoice(context, argv[optind], &invoice);
	if (code == EX_OK)
		code = set_policy(context, invoice, policy);
	invoice_free(invoice);
	return code;
}
