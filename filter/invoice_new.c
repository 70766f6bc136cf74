/*
 * invoice_new.c - `invoice new`: lines, tax, exact due date, reference,
 * number from a gapless series; then a look back at money that waits. `remind`
 * queues it like all that was never sent, `send` hands it over.
 */
#include "cells_options.h"
#include "customer.h"
#include "invoice.h"
#include "lookup.h"
#include "match.h"
#include "print.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TERMS_DAYS 14		/* when neither option nor customer says */
#define LONGEST_SERIES 100000	/* numbers that may be taken already */

enum {
	CUSTOMER, NUMBER, DATE, DUE, TERMS, CURRENCY, REFERENCE, PO, DISCOUNT,
	UNTIL, POLICY, NOTE, ACCOUNT
};

#define AT(member) offsetof(struct invoice, member)

static const struct column columns[] = {
	[CUSTOMER] = {"customer", CELL_TEXT, true, NOWHERE},
	[NUMBER] = {"number", CELL_TEXT, false, AT(number)},
	[DATE] = {"date", CELL_DAY, false, AT(date)},
	[DUE] = {"due", CELL_DAY, false, AT(due)},
	[TERMS] = {"terms", CELL_COUNT, false, NOWHERE},
	[CURRENCY] = {"currency", CELL_CURRENCY, false, AT(currency)},
	[REFERENCE] = {"reference", CELL_TEXT, false, AT(reference)},
	[PO] = {"po", CELL_TEXT, false, AT(po)},
	[DISCOUNT] = {"discount_percent", CELL_PERCENT, false, NOWHERE},
	[UNTIL] = {"discount_until", CELL_DAY, false, AT(discount_until)},
	[POLICY] = {"policy", CELL_TEXT, false, AT(policy)},
	[NOTE] = {"note", CELL_LINES, false, AT(note)},
	[ACCOUNT] = {"account", CELL_TEXT, false, AT(account)},
	{NULL, CELL_TEXT, false, NOWHERE},
};

struct request {
	struct context *context;
	struct row row;
	GPtrArray *lines;	/* borrowed texts */
	bool draft;
	struct customer *customer;
	struct invoice *invoice;
};

static bool
take_own(int option, const char *argument, void *user)
{
	struct request *request = user;

	switch (option) {
	case 'l':
		g_ptr_array_add(request->lines, (char *)argument);
		return true;
	case 'd':
		request->draft = true;
		return true;
	case 'n':
		request->context->dry_run = true;
		return true;
	default:
		return false;
	}
}

/* ---- what the options leave open ---------------------------------------------- */

static int
read_lines(struct request *request)
{
	struct invoice *invoice = request->invoice;

	invoice->lines = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)invoice_line_free);
	for (guint i = 0; i < request->lines->len; i++) {
		g_autofree char *why = NULL;
		struct invoice_line *line = invoice_line_parse(
		    request->lines->pdata[i], invoice->currency, &why);

		if (!line)
			return usage_error(&cmd_invoice, "--line: %s", why);
		g_ptr_array_add(invoice->lines, line);
	}
	if (!invoice_sum(invoice) || invoice->amount <= 0)
		return usage_error(&cmd_invoice, "the sum of the lines is not "
		    "above zero, or too large");
	invoice->opening = invoice->open = invoice->amount;
	return EX_OK;
}

static int
set_due(struct request *request)
{
	struct invoice *invoice = request->invoice;
	const char *terms = request->row.cells[TERMS];
	int days = terms ? atoi(terms) : request->customer->terms_days;
	char due[DAY_SIZE];

	if (invoice->due && terms)
		return usage_error(&cmd_invoice, "--due and --terms exclude "
		    "each other");
	if (!invoice->due) {
		day_text(day_number(invoice->date) +
		    (days >= 0 ? days : TERMS_DAYS), due);
		invoice->due = g_strdup(due);
	}
	if (strcmp(invoice->due, invoice->date) < 0)
		return usage_error(&cmd_invoice, "--due: %s is before the "
		    "date %s", invoice->due, invoice->date);
	return EX_OK;
}

static int
check_choices(const struct request *request)
{
	const struct invoice *invoice = request->invoice;

	if (invoice->policy &&
	    !customer_policy_known(request->context, invoice->policy))
		return usage_error(&cmd_invoice, "--policy: '%s' is not in "
		    "the configuration", invoice->policy);
	if ((invoice->discount_bp > 0) != (invoice->discount_until != NULL))
		return usage_error(&cmd_invoice, "--discount-percent and "
		    "--discount-until go together");
	if (invoice->discount_until &&
	    strcmp(invoice->discount_until, invoice->date) < 0)
		return usage_error(&cmd_invoice, "--discount-until: %s is "
		    "before the date %s", invoice->discount_until,
		    invoice->date);
	return EX_OK;
}

/* Our account to pay to: the one named, else the first of the currency. */
static int
set_account(struct request *request)
{
	const struct config *config = request->context->config;
	struct invoice *invoice = request->invoice;
	const struct account *pay_to;

	if (invoice->account && !config_account(config, invoice->account))
		return usage_error(&cmd_invoice, "--account: '%s' is no "
		    "account of the configuration", invoice->account);
	pay_to = config_pay_account(config, invoice->currency);
	if (!invoice->account && pay_to &&
	    (!pay_to->currency ||
	    strcmp(pay_to->currency, invoice->currency) == 0))
		invoice->account = g_strdup(pay_to->name);
	return EX_OK;
}

static int
complete(struct request *request)
{
	const struct context *context = request->context;
	const struct customer *customer = request->customer;
	struct invoice *invoice = request->invoice;
	const char *discount = request->row.cells[DISCOUNT];
	int code;

	row_fill(&request->row, columns, invoice);
	invoice->customer = customer->id;
	invoice->state = request->draft ? INVOICE_DRAFT : INVOICE_OPEN;
	invoice->discount_bp = discount ? cell_percent(discount) : 0;
	if (!invoice->date)
		invoice->date = g_strdup(context->today);
	if (!invoice->currency)
		invoice->currency = g_strdup(customer->currency
		    ? customer->currency : context->config->currency);
	if (!invoice->currency)
		return usage_error(&cmd_invoice, "say --currency");
	if (customer->po_required && !invoice->po) {
		say_error(context, "%s wants a purchase order number on each "
		    "invoice: say --po", customer->name);
		return EX_DATAERR;
	}
	code = check_choices(request);
	if (code == EX_OK)
		code = read_lines(request);
	if (code == EX_OK)
		code = set_due(request);
	return code == EX_OK ? set_account(request) : code;
}

/* ---- number, reference, store ---------------------------------------------------- */

/* "2026-0007": the year's series; numbers that an import has brought are
 * counted over. */
static enum store_status
make_number(struct context *context, struct invoice *invoice)
{
	g_autofree char *series = g_strdup_printf("%.4s-", invoice->date);
	enum store_status status = STORE_OK;

	for (int i = 0; i < LONGEST_SERIES && !invoice->number; i++) {
		g_autofree char *number = NULL;
		struct invoice *taken = NULL;
		int64_t counter;

		status = store_invoice_next(context->store, series, &counter);
		if (status != STORE_OK)
			return status;
		number = g_strdup_printf("%s%04" G_GINT64_FORMAT, series,
		    counter);
		status = store_invoice_find(context->store, number, &taken);
		invoice_free(taken);
		if (status == STORE_NONE)
			invoice->number = g_steal_pointer(&number);
		else if (status != STORE_OK)
			return status;
	}
	return STORE_OK;
}

/* RF and check digits around the letters and digits of the number. */
static void
make_reference(struct invoice *invoice)
{
	g_autoptr(GString) core = g_string_new(NULL);

	for (const char *p = invoice->number; *p && core->len < 21; p++) {
		if (g_ascii_isalnum(*p))
			g_string_append_c(core, g_ascii_toupper(*p));
	}
	if (core->len)
		invoice->reference = reference_make_rf(core->str);
}

static enum store_status
put(struct request *request, GPtrArray *done)
{
	struct context *context = request->context;
	struct invoice *invoice = request->invoice;
	enum store_status status = make_number(context, invoice);
	g_auto(GStrv) keys = NULL;

	if (status != STORE_OK)
		return status;
	invoice->key = g_strdup(invoice->number);
	if (!invoice->reference)
		make_reference(invoice);
	keys = reference_invoice_keys(invoice->number, invoice->reference,
	    invoice->po);
	status = store_invoice_add(context->store, invoice,
	    (const char *const *)keys);
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_INVOICE, invoice->id,
		    "invoice-new", "Invoice %s for %s, due %s, made by %s.",
		    invoice->number, request->customer->name, invoice->due,
		    owner_name(context));
	if (status != STORE_OK || request->draft)
		return status;
	status = reconcile_invoice(context, invoice->id, done);
	return status == STORE_KNOWN || status == STORE_NONE ? STORE_OK
							     : status;
}

static void
report(const struct request *request, const GPtrArray *done)
{
	const struct context *context = request->context;
	const struct invoice *v = request->invoice;
	g_autofree char *amount = money_text(v->amount, v->currency);
	g_autofree char *tax = money_text(v->tax, v->currency);

	if (context->json) {
		print_json(invoice_json(request->context, v));
		return;
	}
	if (context->quiet)
		return;
	printf("%s %s for %s: %s (tax %s), due %s, reference %s.\n",
	    context->dry_run ? "Would make invoice" : "Invoice", v->number,
	    request->customer->name, amount, tax, v->due,
	    v->reference ? v->reference : "none");
	for (guint i = 0; i < done->len; i++) {
		g_autofree char *text = plan_words(done->pdata[i]);

		fputs(text, stdout);
	}
	if (context->dry_run)
		puts("Nothing was changed.");
	else if (request->draft)
		puts("It is a draft and goes nowhere.");
	else
		puts("It goes out with the next 'mailfilter run'.");
}

static int
make(struct request *request)
{
	struct context *context = request->context;
	g_autoptr(GPtrArray) done = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)plan_free);
	enum store_status status = store_begin(context->store);
	int code;

	if (status == STORE_OK)
		status = put(request, done);
	if (status == STORE_CONFLICT || status == STORE_KNOWN) {
		store_rollback(context->store);
		say_error(context, "there is an invoice %s already",
		    request->invoice->number);
		return EX_DATAERR;
	}
	if (status == STORE_OK && context->json && context->dry_run) {
		report(request, done);	/* while its customer can be read */
		return owner_finish(context, status);
	}
	code = owner_finish(context, status);
	if (code == EX_OK)
		report(request, done);
	return code;
}

static int
new_invoice(struct request *request)
{
	struct context *context = request->context;
	int code = context_config(context);

	if (code == EX_OK)
		code = context_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_customer(context, request->row.cells[CUSTOMER],
		    &request->customer);
	if (code == EX_OK)
		code = complete(request);
	return code == EX_OK ? make(request) : code;
}

int
invoice_run_new(struct context *context, int argc, char **argv)
{
	static const struct option extra[] = {
		{"line", required_argument, NULL, 'l'},
		{"draft", no_argument, NULL, 'd'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	struct request request = {
		.context = context, .lines = g_ptr_array_new(),
		.invoice = g_new0(struct invoice, 1),
	};
	int code = cells_from_options(&cmd_invoice, columns, extra, take_own,
	    argc, argv, &request.row, &request);

	if (code == EX_OK && optind < argc)
		code = usage_error(&cmd_invoice, "'%s' is too much here",
		    argv[optind]);
	if (code == EX_OK && !request.row.cells[CUSTOMER])
		code = usage_error(&cmd_invoice, "say which --customer");
	if (code == EX_OK && request.lines->len == 0)
		code = usage_error(&cmd_invoice, "say at least one --line "
		    "\"text;quantity;unit;price;tax\"");
	if (code == EX_OK)
		code = new_invoice(&request);
	row_clear(&request.row);
	g_ptr_array_unref(request.lines);
	customer_free(request.customer);
	invoice_free(request.invoice);
	return code;
}
