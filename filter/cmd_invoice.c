/*
 * cmd_invoice.c - invoices: new (invoice_new.c), list, show, void.
 */
#include "invoice.h"
#include "lookup.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* ---- list ----------------------------------------------------------------- */

struct listing {
	struct invoice_filter filter;
	const char *customer;
	bool overdue;
};

static int
read_list_options(int argc, char **argv, struct listing *listing)
{
	static const struct option options[] = {
		{"open", no_argument, NULL, 'o'},
		{"overdue", no_argument, NULL, 'd'},
		{"customer", required_argument, NULL, 'c'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'o')
			listing->filter.open_only = true;
		else if (c == 'd')
			listing->overdue = true;
		else if (c == 'c')
			listing->customer = optarg;
		else
			return option_error(&cmd_invoice, c, argv);
	}
	if (optind < argc)
		return usage_error(&cmd_invoice, "'%s' is too much here",
		    argv[optind]);
	return EX_OK;
}

static bool
is_overdue(const struct context *context, const struct invoice *invoice)
{
	return invoice->state == INVOICE_OPEN && invoice->open > 0 &&
	    strcmp(invoice->due, context->today) < 0;
}

static void
print_invoice(struct context *context, struct table *table,
    GHashTable *customers, const struct invoice *v)
{
	const struct customer *customer = g_hash_table_lookup(customers,
	    &v->customer);
	bool overdue = is_overdue(context, v);
	g_autofree char *amount = money_text(v->amount, v->currency);
	g_autofree char *open = money_text(v->open, v->currency);
	g_autofree char *amount_cell = g_strconcat(">", amount, NULL);
	g_autofree char *open_cell = g_strconcat(">", v->open ? open : "",
	    NULL);
	g_autofree char *state = g_strconcat(
	    paint(context, overdue ? PAINT_RED : PAINT_NONE),
	    overdue ? "overdue" : v->announced && v->announced >= v->open
	    ? "announced" : invoice_state_name(v->state),
	    paint(context, PAINT_NONE), NULL);
	const char *cells[] = {
		v->number, customer ? customer->name : "", v->date, v->due,
		amount_cell, open_cell, state,
	};

	if (context->json)
		print_json(invoice_json(context, v));
	else
		table_row(table, cells);
}

static int
list_invoices(struct context *context, struct listing *listing)
{
	static const char *const headings[] = {
		"Number", "Customer", "Date", "Due", ">Amount", ">Open",
		"State",
	};
	GPtrArray *list = NULL;
	struct table *table;
	int code;
	g_autoptr(GHashTable) customers = customers_by_id(context, &code);
	enum store_status status;

	if (code != EX_OK)
		return code;
	status = store_invoice_list(context->store, &listing->filter, &list);
	if (status != STORE_OK)
		return store_failed(context, status);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < list->len; i++) {
		if (!listing->overdue || is_overdue(context, list->pdata[i]))
			print_invoice(context, table, customers,
			    list->pdata[i]);
	}
	table_end(table, "There is no such invoice.");
	g_ptr_array_unref(list);
	return EX_OK;
}

static int
run_list(struct context *context, int argc, char **argv)
{
	struct listing listing = {0};
	struct customer *customer = NULL;
	int code = read_list_options(argc, argv, &listing);

	if (code == EX_OK)
		code = open_store(context, STORE_READ);
	if (code == EX_OK && listing.customer)
		code = find_customer(context, listing.customer, &customer);
	if (customer)
		listing.filter.customer = customer->id;
	customer_free(customer);
	return code == EX_OK ? list_invoices(context, &listing) : code;
}

/* ---- show ----------------------------------------------------------------- */

static json_t *
allocations_of(struct context *context, const struct invoice *invoice)
{
	json_t *shares = json_array();
	GPtrArray *list = NULL;

	if (store_allocation_list(context->store, 0, invoice->id, true,
	    &list) != STORE_OK)
		return shares;
	for (guint i = 0; i < list->len; i++)
		json_array_append_new(shares,
		    allocation_json(context, list->pdata[i]));
	g_ptr_array_unref(list);
	return shares;
}

static void
show_text(const struct context *context, const struct invoice *invoice,
    json_t *json, const json_t *shares)
{
	json_t *lines = json_incref(json_object_get(json, "lines"));
	const json_t *item;
	size_t i;

	print_fields(context, json);
	json_array_foreach(lines, i, item) {
		g_autofree char *text = print_clean(json_string_value(
		    json_object_get(item, "text")));

		printf("  %-16s %s x %s at %s = %s\n", i ? "" : "lines",
		    json_string_value(json_object_get(item, "quantity")),
		    text, json_string_value(json_object_get(item, "price")),
		    json_string_value(json_object_get(item, "net")));
	}
	json_array_foreach(shares, i, item) {
		printf("  %-16s %s %s by %s (%s)\n", i ? "" : "settled",
		    json_string_value(json_object_get(item, "amount")),
		    invoice->currency,
		    json_string_value(json_object_get(item, "payment")),
		    json_string_value(json_object_get(item, "kind")));
	}
	json_decref(lines);
	if (!context->quiet)
		printf("'mailfilter explain %s' tells its story.\n",
		    invoice->number);
}

static int
run_show(struct context *context, int argc, char **argv)
{
	struct invoice *invoice = NULL;
	json_t *json, *shares;
	int code;

	if (argc != 2)
		return usage_error(&cmd_invoice, "say which invoice");
	code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = find_invoice(context, argv[1], &invoice);
	if (code != EX_OK)
		return code;
	json = invoice_json(context, invoice);
	shares = allocations_of(context, invoice);
	if (context->json) {
		json_object_set(json, "allocations", shares);
		print_json(json);
	} else {
		show_text(context, invoice, json, shares);
	}
	json_decref(shares);
	invoice_free(invoice);
	return EX_OK;
}

/* ---- void ----------------------------------------------------------------- */

/* NULL, or why this invoice cannot be taken back. */
static char *
void_refusal(struct context *context, const struct invoice *invoice)
{
	GPtrArray *list = NULL;
	guint count;

	if (invoice->state == INVOICE_VOID)
		return g_strdup("it is void already");
	if (store_allocation_list(context->store, 0, invoice->id, true,
	    &list) != STORE_OK)
		return g_strdup(store_error(context->store));
	count = list->len;
	g_ptr_array_unref(list);
	if (!count && invoice->open != invoice->opening)
		return g_strdup("it was set off against an invoice; "
		    "'mailfilter invoice credit --undo' takes that back first");
	return count ? g_strdup("money is on it; 'mailfilter reconcile "
	    "--undo' takes that off first") : NULL;
}

static enum store_status
recall_letters(struct context *context, const struct invoice *invoice)
{
	const struct letter_filter filter = {.invoice = invoice->id,
	    .waiting_only = true};
	GPtrArray *list = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &list);

	if (status != STORE_OK)
		return status;
	for (guint i = 0; i < list->len && status == STORE_OK; i++) {
		const struct letter *letter = list->pdata[i];

		status = store_letter_move(context->store, letter->id,
		    LETTER_RECALLED, "invoice-void", context->now);
	}
	g_ptr_array_unref(list);
	return status;
}

static int
void_invoice(struct context *context, const struct invoice *invoice)
{
	g_autofree char *why = NULL;
	enum store_status status = store_begin(context->store);
	int code;

	if (status == STORE_OK)
		why = void_refusal(context, invoice);
	if (why) {
		store_rollback(context->store);
		say_error(context, "invoice %s cannot be made void: %s",
		    invoice->number, why);
		return EX_DATAERR;
	}
	if (status == STORE_OK)
		status = store_invoice_set_state(context->store, invoice->id,
		    INVOICE_VOID);
	if (status == STORE_OK)
		status = recall_letters(context, invoice);
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_INVOICE, invoice->id,
		    "invoice-void", "Invoice %s was made void by %s.",
		    invoice->number, owner_name(context));
	code = owner_finish(context, status);
	if (code == EX_OK && !context->quiet && !context->json)
		printf("Invoice %s %s void.\n", invoice->number,
		    context->dry_run ? "would be" : "is");
	return code;
}

static int
run_void(struct context *context, int argc, char **argv)
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
	code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_invoice(context, argv[optind], &invoice);
	if (code == EX_OK)
		code = void_invoice(context, invoice);
	invoice_free(invoice);
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"new", invoice_run_new}, {"list", run_list},
		{"show", run_show}, {"void", run_void},
		{"credit", invoice_run_credit}, {"edit", invoice_run_edit},
		{NULL, NULL},
	};

	return verb_run(&cmd_invoice, verbs, context, argc, argv);
}

const struct command cmd_invoice = {
	.name = "invoice",
	.usage = "new --customer C --line LINE... [OPTION...] | list [--open] "
		 "[--overdue]\n         [--customer C] | show INVOICE | void "
		 "[-n] INVOICE |\n         credit [-n] [--undo] INVOICE "
		 "CREDIT-NOTE | edit [-n] --policy NAME INVOICE",
	.summary = "invoices: new, list, show, edit, void, credit",
	.options =
	    "  --line \"text;quantity;unit;price;tax\"   or \"text;price\"; more "
	    "than once\n"
	    "  --due DAY | --terms DAYS  default: the customer's terms, else 14 "
	    "days\n"
	    "  --date DAY --number N --currency EUR --po NUMBER --reference "
	    "TEXT\n  --discount-percent 2 --discount-until DAY --policy NAME "
	    "--note TEXT\n  --account A\n"
	    "  --draft  do not send it\n"
	    "  -n       show what would be done, change nothing\n",
	.run = run,
};
