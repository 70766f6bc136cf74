/*
 * cmd_invoice.c - invoices: the table of verbs, and list.
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

static const struct {
	const char *name;
	unsigned types;
} types[] = {
	{"invoice", 1u << INVOICE_PLAIN}, {"deposit", 1u << INVOICE_DEPOSIT},
	{"credit-note", 1u << INVOICE_CREDIT_NOTE},
};

static bool
take_type(const char *name, struct listing *listing)
{
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (strcmp(types[i].name, name) == 0)
			listing->filter.types |= types[i].types;
	return listing->filter.types != 0;
}

static int
read_list_options(int argc, char **argv, struct listing *listing)
{
	static const struct option options[] = {
		{"open", no_argument, NULL, 'o'},
		{"overdue", no_argument, NULL, 'd'},
		{"customer", required_argument, NULL, 'c'},
		{"draft", no_argument, NULL, 'r'},
		{"void", no_argument, NULL, 'v'},
		{"type", required_argument, NULL, 't'},
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
		else if (c == 'r')
			listing->filter.states |= 1u << INVOICE_DRAFT;
		else if (c == 'v')
			listing->filter.states |= 1u << INVOICE_VOID;
		else if (c == 't' && !take_type(optarg, listing))
			return usage_error(&cmd_invoice, "--type: '%s' is none "
			    "of invoice, deposit, credit-note", optarg);
		else if (c == 't')
			continue;
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

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"new", invoice_run_new}, {"list", run_list},
		{"show", invoice_run_show}, {"edit", invoice_run_edit},
		{"send", invoice_run_send}, {"void", invoice_run_void},
		{"credit", invoice_run_credit}, {"copy", invoice_run_copy},
		{NULL, NULL},
	};

	return verb_run(&cmd_invoice, verbs, context, argc, argv);
}

const struct command cmd_invoice = {
	.name = "invoice",
	.usage = "new --customer C --line LINE... [OPTION...] | edit DRAFT "
		 "[OPTION...] |\n         edit INVOICE [--policy NAME] [--memo "
		 "TEXT] | send [-n] INVOICE... |\n         list [--open] "
		 "[--overdue] [--draft] [--void] [--type TYPE] [--customer C] "
		 "|\n         show [--format F] [--output FILE] INVOICE | copy "
		 "[-n] INVOICE |\n         void [-n] INVOICE | credit [-n] "
		 "[--amount A | --line LINE...]\n         [--reason TEXT] "
		 "INVOICE | credit [-n] [--undo] INVOICE CREDIT-NOTE",
	.summary = "invoices: new, edit, send, list, show, copy, void, credit",
	.options =
	    "  --line \"text;quantity;unit;price;tax;key=value...\"   or "
	    "\"text;price\"; more\n           than once; tax is 21, or a "
	    "category: E, AE, K, G, O, Z; keys are\n           discount, "
	    "charge, period, description, note, id, per ...\n"
	    "  --allowance, --charge \"reason;amount or percent%;category;rate\""
	    "\n"
	    "  --due DAY | --terms DAYS  default: the customer's terms, else 14 "
	    "days\n"
	    "  --file DOCUMENT.json  all of it as JSON (- is standard input)\n"
	    "  --type invoice|credit-note|deposit|corrected --preceding NUMBER\n"
	    "  --date DAY --number N --currency EUR --po NUMBER --reference "
	    "TEXT\n  --buyer-reference TEXT --contract N --project N --object "
	    "ID --accounting TEXT\n  --period FROM..TO --delivered DAY "
	    "--tax-point DAY\n  --tax-currency CZK --exchange-rate 24.5\n"
	    "  --withholding \"IRPF 15\" --prepaid AMOUNT --rounding AMOUNT\n"
	    "  --deposit NUMBER  an earlier deposit invoice that this one "
	    "deducts\n"
	    "  --discount-percent 2 --discount-until DAY --policy NAME "
	    "--note TEXT\n  --account A --profile xrechnung|peppol|factur-x "
	    "--attach FILE\n"
	    "  --draft  keep it as a draft: no number, no mail\n"
	    "  --send   its mail waits at once, not only from the next run\n"
	    "  --format text|json|mail|html|pdf|factur-x|ubl|cii|xrechnung|"
	    "peppol\n"
	    "  -n       show what would be done, change nothing\n",
	.run = run,
};
