/*
 * cmd_payment.c - payments: list, show, add by the owner's word, set aside
 * what is for no invoice.
 */
#include "cells_options.h"
#include "lookup.h"
#include "match.h"
#include "payment.h"
#include "print.h"
#include "review.h"

#include <stdio.h>
#include <string.h>

extern const struct command cmd_payment;

/* ---- list ------------------------------------------------------------------- */

struct listing {
	struct payment_filter filter;
	const char *customer, *invoice;
};

static int
read_list_options(int argc, char **argv, struct listing *listing)
{
	static const struct option options[] = {
		{"unmatched", no_argument, NULL, 'u'},
		{"customer", required_argument, NULL, 'c'},
		{"invoice", required_argument, NULL, 'i'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'u')
			listing->filter.unallocated_only = true;
		else if (c == 'c')
			listing->customer = optarg;
		else if (c == 'i')
			listing->invoice = optarg;
		else
			return option_error(&cmd_payment, c, argv);
	}
	if (optind < argc)
		return usage_error(&cmd_payment, "'%s' is too much here",
		    argv[optind]);
	return EX_OK;
}

static int
resolve(struct context *context, struct listing *listing)
{
	struct customer *customer = NULL;
	struct invoice *invoice = NULL;
	int code = EX_OK;

	if (listing->customer)
		code = find_customer(context, listing->customer, &customer);
	if (code == EX_OK && listing->invoice)
		code = find_invoice(context, listing->invoice, &invoice);
	if (customer)
		listing->filter.customer = customer->id;
	if (invoice)
		listing->filter.invoice = invoice->id;
	customer_free(customer);
	invoice_free(invoice);
	return code;
}

/* Where what is left of it stands, or how much that is. */
static char *
left_cell_text(const struct context *context, const struct payment *p)
{
	g_autofree char *left = money_text(p->unallocated, p->currency);
	struct customer *owner = NULL;

	if (p->set_aside)
		return g_strdup(">set aside");
	if (!p->unallocated)
		return g_strdup(">");
	if (p->amount > 0 && credit_owner(context->store, p->id, &owner) ==
	    STORE_OK && owner) {
		customer_free(owner);
		return g_strdup(">credit");
	}
	return g_strconcat(">", left, NULL);
}

static void
print_payment(const struct context *context, struct table *table,
    const struct payment *p)
{
	g_autofree char *amount = money_text(p->amount, p->currency);
	g_autofree char *amount_cell = g_strconcat(">", amount, NULL);
	g_autofree char *left_cell =
	    context->json ? NULL : left_cell_text(context, p);
	const char *cells[] = {
		p->key, p->booked, amount_cell, left_cell,
		payment_state_name(p->state), p->payer, p->remittance,
	};

	if (context->json)
		print_json(payment_json(p));
	else
		table_row(table, cells);
}

static int
run_list(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {
		"Key", "Date", ">Amount", ">Unmatched", "State", "Payer",
		"Text",
	};
	struct listing listing = {0};
	GPtrArray *list = NULL;
	struct table *table;
	enum store_status status;
	int code = read_list_options(argc, argv, &listing);

	if (code == EX_OK)
		code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = resolve(context, &listing);
	if (code != EX_OK)
		return code;
	status = store_payment_list(context->store, &listing.filter, &list);
	if (status != STORE_OK)
		return store_failed(context, status);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < list->len; i++)
		print_payment(context, table, list->pdata[i]);
	table_end(table, "There is no such payment.");
	g_ptr_array_unref(list);
	return EX_OK;
}

/* ---- show ------------------------------------------------------------------- */

static int
show(struct context *context, const struct payment *payment)
{
	json_t *json = payment_json(payment);
	json_t *shares = json_array();
	GPtrArray *list = NULL;
	struct customer *owner = NULL;
	enum store_status status = store_allocation_list(context->store,
	    payment->id, 0, true, &list);

	if (status != STORE_OK) {
		json_decref(json);
		json_decref(shares);
		return store_failed(context, status);
	}
	for (guint i = 0; i < list->len; i++)
		json_array_append_new(shares,
		    allocation_json(context, list->pdata[i]));
	g_ptr_array_unref(list);
	if (credit_owner(context->store, payment->id, &owner) == STORE_OK &&
	    owner)
		json_put(json, "credit", owner->key);
	customer_free(owner);
	if (context->json) {
		json_object_set_new(json, "allocations", shares);
		print_json(json);
		return EX_OK;
	}
	print_fields(context, json);
	for (size_t i = 0; i < json_array_size(shares); i++) {
		const json_t *share = json_array_get(shares, i);

		printf("  %-16s %s %s on %s\n", i ? "" : "settles",
		    json_string_value(json_object_get(share, "amount")),
		    payment->currency,
		    json_string_value(json_object_get(share, "number")));
	}
	json_decref(shares);
	return EX_OK;
}

static int
run_show(struct context *context, int argc, char **argv)
{
	struct payment *payment = NULL;
	int code;

	if (argc != 2)
		return usage_error(&cmd_payment, "say which payment");
	code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = find_payment(context, argv[1], &payment);
	if (code == EX_OK)
		code = show(context, payment);
	payment_free(payment);
	return code;
}

/* ---- add ---------------------------------------------------------------------- */

struct request {
	struct context *context;
	struct row row;
	const char *invoice;	/* the owner says: it is for this one */
	GPtrArray *done;	/* struct plan */
	json_t *line;		/* the decision, as `reconcile` prints it */
	int bad;		/* exit code of what was said already */
};

static bool
take_own(int option, const char *argument, void *user)
{
	struct request *request = user;

	if (option == 'n')
		request->context->dry_run = true;
	else if (option == 'i')
		request->invoice = argument;
	return option == 'n' || option == 'i';
}

static void
print_done(const struct context *context, const GPtrArray *done)
{
	if (context->quiet || context->json)
		return;
	for (guint i = 0; i < done->len; i++) {
		g_autofree char *text = plan_words(done->pdata[i]);

		fputs(text, stdout);
	}
	if (context->dry_run)
		puts("Nothing was changed.");
}

/* The owner names the invoice: as much as both have goes on it. */
static int
settle(struct request *request, int64_t id)
{
	struct context *context = request->context;
	struct payment *payment = NULL;
	const char *const wanted[] = {request->invoice, NULL};
	enum store_status status = store_payment_get(context->store, id,
	    &payment);
	int code = status == STORE_OK ?
	    payment_assign_parts(context, payment, wanted) :
	    store_failed(context, status);

	payment_free(payment);
	return code;
}

static enum store_status
log_and_match(struct request *request, int64_t id)
{
	struct context *context = request->context;
	const char *currency = cell_of(&import_payments, &request->row,
	    "currency");
	enum store_status status = owner_note(context, SUBJECT_PAYMENT, id,
	    "payment-added", "%s%s%s entered by %s.",
	    cell_of(&import_payments, &request->row, "amount"),
	    currency ? " " : "", currency ? currency : "",
	    owner_name(context));

	if (status == STORE_OK && request->invoice) {
		request->bad = settle(request, id);
		return STORE_OK;
	}
	if (status == STORE_OK)
		status = reconcile_payment(context, id, &request->line,
		    request->done);
	return status == STORE_KNOWN ? STORE_OK : status;
}

/* Records it in the owner's name and matches it at once. */
static enum store_status
record(struct request *request)
{
	const struct import_options options = {0};
	struct import import = {
		.context = request->context, .options = &options,
		.file = "payment", .name = "payment", .document = (char *)"owner",
		.owner = true,
	};
	enum row_result result = import_payments.take(&import, &request->row);

	request->bad = result == ROW_BAD ? EX_DATAERR : EX_OK;
	switch (result) {
	case ROW_BAD:
		return STORE_OK;
	case ROW_FAILED:
		return import.status;
	case ROW_KNOWN:
		say_error(request->context, "this payment is entered already; "
		    "if there are two such payments, give this one an --id");
		request->bad = EX_DATAERR;
		return STORE_OK;
	default:
		return log_and_match(request, import.id);
	}
}

static int
add(struct request *request)
{
	struct context *context = request->context;
	enum store_status status = store_begin(context->store);
	int code;

	if (status == STORE_OK)
		status = record(request);
	if (status == STORE_OK && request->bad) {
		store_rollback(context->store);
		return request->bad;
	}
	code = owner_finish(context, status);
	if (code == EX_OK && context->json && request->line)
		print_json(json_incref(request->line));
	if (code == EX_OK)
		print_done(context, request->done);
	return code;
}

static int
run_add(struct context *context, int argc, char **argv)
{
	static const struct option extra[] = {
		{"invoice", required_argument, NULL, 'i'},
		{"dry-run", no_argument, NULL, 'n'}, {NULL, 0, NULL, 0},
	};
	struct request request = {
		.context = context,
		.done = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)plan_free),
	};
	char **date = cell_at(&import_payments, &request.row, "date");
	int code = cells_from_options(&cmd_payment, import_payments.columns,
	    extra, take_own, argc, argv, &request.row, &request);

	if (code == EX_OK && optind < argc)
		code = usage_error(&cmd_payment, "'%s' is too much here",
		    argv[optind]);
	if (code == EX_OK && !cell_of(&import_payments, &request.row,
	    "amount"))
		code = usage_error(&cmd_payment, "say --amount, and best "
		    "--invoice or --reference");
	if (code == EX_OK)
		code = context_config(context);
	if (code == EX_OK)
		code = context_store(context, STORE_WRITE);
	if (code == EX_OK && !*date)
		*date = g_strdup(context->today);
	if (code == EX_OK && strcmp(*date, context->today) > 0)
		code = usage_error(&cmd_payment, "--date: %s is still to come",
		    *date);
	if (code == EX_OK)
		code = add(&request);
	row_clear(&request.row);
	json_decref(request.line);
	g_ptr_array_unref(request.done);
	return code;
}

/* ---- set-aside ------------------------------------------------------------------ */

static int
say_aside(struct word *word)
{
	int code = word_aside(word, ASIDE_NO_INVOICE);

	if (word->said)
		g_string_truncate(word->said, 0);
	return code;
}

static int
set_aside(struct context *context, const char *text)
{
	enum store_status status = store_begin(context->store);
	int code;

	if (status != STORE_OK)
		return store_failed(context, status);
	code = review_word(context, text, say_aside);
	if (code != EX_OK)
		store_rollback(context->store);
	else
		code = owner_finish(context, STORE_OK);
	if (code == EX_OK && !context->quiet && !context->json)
		printf("Payment %s %s set aside: it is for no invoice.\n",
		    text, context->dry_run ? "would be" : "is");
	return code;
}

static int
run_set_aside(struct context *context, int argc, char **argv)
{
	int code, c;

	while ((c = getopt(argc, argv, ":n")) != -1) {
		if (c != 'n')
			return option_error(&cmd_payment, c, argv);
		context->dry_run = true;
	}
	if (optind != argc - 1)
		return usage_error(&cmd_payment, "say which payment");
	code = open_store(context, STORE_WRITE);
	return code == EX_OK ? set_aside(context, argv[optind]) : code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"list", run_list}, {"show", run_show}, {"add", run_add},
		{"assign", payment_assign}, {"set-aside", run_set_aside},
		{NULL, NULL},
	};

	return verb_run(&cmd_payment, verbs, context, argc, argv);
}

const struct command cmd_payment = {
	.name = "payment",
	.usage = "list [--unmatched] [--customer C] [--invoice I] | show "
		 "PAYMENT |\n         add --amount AMOUNT [OPTION...] | "
		 "set-aside [-n] PAYMENT |\n         "
		 "assign [-n] PAYMENT INVOICE[=AMOUNT]...",
	.summary = "payments: list, show, add by hand, assign, set aside",
	.options =
	    "  --amount 499.00 --currency EUR --date DAY --payer NAME "
	    "--payer-account IBAN\n  --reference TEXT --remittance TEXT "
	    "--account OURS --id KEY\n"
	    "  --invoice I  the money is for this invoice; else it is matched\n"
	    "  INVOICE=AMOUNT  this much of the payment goes on it; without an "
	    "amount,\n                  as much as both have\n"
	    "  -n  show what would be done, change nothing\n",
	.run = run,
};
