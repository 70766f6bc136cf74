/*
 * customer_statement.c - a statement of account: what is open, how late it is,
 * what was paid lately. `customer statement` writes one, or queues its mail.
 */
#include "customer_statement.h"

#include "command.h"
#include "letter_values.h"
#include "lookup.h"
#include "outbox.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

extern const struct command cmd_customer;

#define STATEMENT_MAX 200

enum store_status
statement_items(struct context *context, const struct customer *customer,
    struct letter *letter)
{
	const struct invoice_filter filter = {.customer = customer->id,
	    .open_only = true};
	g_autoptr(GPtrArray) invoices = NULL;
	enum store_status status = store_invoice_list(context->store, &filter,
	    &invoices);

	for (guint i = 0; status == STORE_OK && i < invoices->len &&
	    letter->items->len < STATEMENT_MAX; i++) {
		const struct invoice *one = invoices->pdata[i];

		if (one->type != INVOICE_CREDIT_NOTE)
			letter_add_item(letter, one->id, 0, one->open);
	}
	return status;
}

struct wanted {
	struct context *context;
	const char *format, *output;
	bool send;
	struct customer *customer;
};

static const char *
form_of(const char *format)
{
	static const char *const forms[] = {"text", "html", "pdf"};

	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strcmp(forms[i], format) == 0)
			return forms[i];
	return NULL;
}

static int
write_it(const struct wanted *wanted, const struct letter *letter)
{
	json_t *values = NULL;
	enum store_status status = letter_values(wanted->context, letter,
	    &values);

	return status != STORE_OK ? store_failed(wanted->context, status) :
	    letter_form(wanted->context, values, form_of(wanted->format),
	    wanted->customer->name, wanted->output);
}

static int
queue_it(const struct wanted *wanted, struct letter *letter)
{
	struct context *context = wanted->context;
	g_autofree char *text = g_strdup_printf("a statement of account to %s "
	    "is planned", letter->to);
	struct plan *plan = plan_new();
	enum store_status status = store_begin(context->store);
	int code;

	plan_letter(plan, letter, text);
	if (status == STORE_OK)
		status = plan_apply(plan, context->store, context->now,
		    owner_name(context));
	code = owner_finish(context, status);
	plan_free(plan);
	if (code == EX_OK && !context->quiet)
		printf("The statement of %s %s for 'mailfilter send' or the "
		    "next run.\n", wanted->customer->name,
		    context->dry_run ? "would wait" : "waits");
	return code;
}

/* The mail of one that has no address is shown as if it were ours. */
static int
make(struct wanted *wanted)
{
	struct context *context = wanted->context;
	struct customer *customer = wanted->customer;
	struct letter *letter;
	enum store_status status;
	int code;

	if (!customer->email && wanted->send) {
		say_error(context, "%s has no e-mail address: 'mailfilter "
		    "customer edit %s --email ADDRESS'", customer->name,
		    customer->key);
		return EX_DATAERR;
	}
	if (!customer->email)
		customer->email = g_strdup(context->config->email);
	letter = letter_new(context, LETTER_STATEMENT, customer,
	    customer->key);
	status = statement_items(context, customer, letter);
	if (status == STORE_OK && wanted->send)
		return queue_it(wanted, letter);
	code = status == STORE_OK ? write_it(wanted, letter)
				  : store_failed(context, status);
	letter_free(letter);
	return code;
}

static int
read_options(struct wanted *wanted, int argc, char **argv)
{
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'},
		{"output", required_argument, NULL, 'o'},
		{"send", no_argument, NULL, 's'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'f')
			wanted->format = optarg;
		else if (c == 'o')
			wanted->output = optarg;
		else if (c == 's')
			wanted->send = true;
		else if (c == 'n')
			wanted->context->dry_run = true;
		else
			return option_error(&cmd_customer, c, argv);
	}
	if (!form_of(wanted->format))
		return usage_error(&cmd_customer, "--format: '%s' is none of "
		    "text, html, pdf", wanted->format);
	return optind == argc - 1 ? EX_OK :
	    usage_error(&cmd_customer, "say whose");
}

int
customer_run_statement(struct context *context, int argc, char **argv)
{
	struct wanted wanted = {.context = context, .format = "text"};
	int code = read_options(&wanted, argc, argv);

	if (code == EX_OK)
		code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, wanted.send ? STORE_WRITE
						       : STORE_READ);
	if (code == EX_OK)
		code = find_customer(context, argv[optind], &wanted.customer);
	if (code == EX_OK)
		code = make(&wanted);
	customer_free(wanted.customer);
	return code;
}
