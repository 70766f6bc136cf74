/*
 * cmd_export.c - all facts as JSON Lines in a stable order, without ids of
 * the store and without times of processing: two stores that hold the same
 * facts export the same bytes. Tables and journals of the same.
 */
#include "export.h"
#include "instalments_show.h"
#include "lookup.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* ---- one record as a line ----------------------------------------------------- */

static void
add_line(GPtrArray *lines, const char *type, json_t *record)
{
	json_t *line = json_pack("{s:s}", "record", type);

	json_object_update(line, record);
	g_ptr_array_add(lines, json_dumps(line,
	    JSON_COMPACT | JSON_PRESERVE_ORDER));
	json_decref(line);
	json_decref(record);
}

static void
put_flag(json_t *json, const char *key, bool value)
{
	if (value)
		json_object_set_new(json, key, json_true());
}

static void
put_subjects(struct context *context, json_t *json, int64_t customer,
    int64_t invoice, int64_t payment)
{
	g_autofree char *c = customer_key(context, customer);
	g_autofree char *i = invoice_number(context, invoice);
	g_autofree char *p = payment_key(context, payment);

	json_put(json, "customer", c);
	json_put(json, "invoice", i);
	json_put(json, "payment", p);
}

static json_t *
export_customer(struct context *context, const void *record)
{
	const struct customer *customer = record;
	json_t *json = customer_json(customer);

	(void)context;
	json_object_del(json, "undelivered");
	put_flag(json, "undelivered", customer->undelivered != 0);
	return json;
}

static json_t *
export_invoice(struct context *context, const void *record)
{
	const struct invoice *invoice = record;
	struct invoice *full = NULL;
	json_t *json;

	if (store_invoice_get(context->store, invoice->id, &full) != STORE_OK)
		return json_object();
	json = invoice_json(context, full);
	json_object_del(json, "sent");
	json_object_del(json, "message_id");
	put_flag(json, "sent", full->sent != 0);
	invoice_free(full);
	return json;
}

static json_t *
export_payment(struct context *context, const void *record)
{
	const struct payment *payment = record;
	json_t *json = payment_json(payment);

	(void)context;
	json_object_del(json, "arrived");
	json_object_del(json, "set_aside");
	put_flag(json, "set_aside", payment->set_aside != 0);
	return json;
}

static json_t *
export_allocation(struct context *context, const void *record)
{
	const struct allocation *allocation = record;
	json_t *json = allocation_json(context, allocation);

	json_object_del(json, "at");
	json_object_del(json, "allocation");
	json_object_del(json, "reversed");
	put_flag(json, "reversed", allocation->reversed != 0);
	return json;
}

static json_t *
export_hold(struct context *context, const void *record)
{
	const struct hold *hold = record;
	json_t *json = json_pack("{s:s, s:s, s:i}", "kind",
	    hold_kind_name(hold->kind), "trust", trust_name(hold->trust),
	    "step", hold->step);

	put_subjects(context, json, hold->customer, hold->invoice,
	    hold->payment);
	json_put(json, "origin", hold->origin);
	put_flag(json, "released", hold->released != 0);
	return json;
}

static json_t *
export_plan(struct context *context, const void *record)
{
	static const char *const processing[] = {"plan", "made", "accepted",
	    "ended"};
	struct instalments_case one;
	json_t *json;

	if (instalments_case_read(context, record, &one) != STORE_OK)
		return json_object();
	json = instalments_json(context, &one);
	for (size_t i = 0; i < G_N_ELEMENTS(processing); i++)
		json_object_del(json, processing[i]);
	instalments_case_clear(&one);
	return json;
}

static json_t *
export_feed(struct context *context, const void *record)
{
	const struct feed *feed = record;
	json_t *json = json_object();

	(void)context;
	json_put(json, "account", feed->account);
	json_put(json, "through", feed->through);
	json_put(json, "closed", feed->closed);
	if (feed->closing_currency)
		json_put_money(json, "closing", feed->closing,
		    feed->closing_currency);
	json_put(json, "currency", feed->closing_currency);
	put_flag(json, "drift", feed->drift != 0);
	return json;
}

static json_t *
export_payout(struct context *context, const void *record)
{
	const struct payout *payout = record;
	struct payment *payment = NULL;
	json_t *json = json_object();

	json_put(json, "account", payout->account);
	json_put(json, "batch", payout->batch);
	json_put(json, "booked", payout->booked);
	json_put_money(json, "amount", payout->amount, payout->currency);
	json_put(json, "currency", payout->currency);
	if (payout->payment && store_payment_get(context->store,
	    payout->payment, &payment) == STORE_OK)
		json_put(json, "payment", payment->key);
	payment_free(payment);
	return json;
}

static json_t *
export_item(struct context *context, const struct letter_item *item)
{
	struct invoice *invoice = NULL;
	json_t *json = json_object();

	if (store_invoice_get(context->store, item->invoice, &invoice) ==
	    STORE_OK) {
		json_put(json, "invoice", invoice->number);
		json_put_money(json, "balance", item->balance,
		    invoice->currency);
	}
	json_object_set_new(json, "step", json_integer(item->step));
	invoice_free(invoice);
	return json;
}

static json_t *
export_letter(struct context *context, const void *record)
{
	const struct letter *letter = record;
	json_t *items = json_array();
	json_t *json = json_pack("{s:s, s:s}", "kind",
	    letter_kind_name(letter->kind), "state",
	    letter_state_name(letter->state));

	put_subjects(context, json, letter->customer, 0, letter->payment);
	json_put(json, "to", letter->to);
	json_put(json, "tone", letter->tone);
	for (guint i = 0; letter->items && i < letter->items->len; i++)
		json_array_append_new(items,
		    export_item(context, letter->items->pdata[i]));
	json_object_set_new(json, "items", items);
	return json;
}

static json_t *
export_question(struct context *context, const void *record)
{
	const struct question *question = record;
	json_t *json = json_pack("{s:s}", "code", question->code);

	put_subjects(context, json, question->customer, question->invoice,
	    question->payment);
	put_flag(json, "answered", question->answered != 0);
	return json;
}

static void
print_csv(const GPtrArray *lines)
{
	g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)json_decref);
	g_autofree char *table = NULL;

	for (guint i = 0; i < lines->len; i++) {
		json_t *record = json_loads(lines->pdata[i], 0, NULL);

		json_object_del(record, "record");
		g_ptr_array_add(records, record);
	}
	table = export_csv(records);
	fputs(table, stdout);
}

/* ---- the kinds of records ------------------------------------------------------- */

static enum store_status
list_customers(struct store *store, GPtrArray **out)
{
	return store_customer_list(store, out);
}

static enum store_status
list_invoices(struct store *store, GPtrArray **out)
{
	const struct invoice_filter filter = {0};

	return store_invoice_list(store, &filter, out);
}

static enum store_status
list_payments(struct store *store, GPtrArray **out)
{
	const struct payment_filter filter = {0};

	return store_payment_list(store, &filter, out);
}

static enum store_status
list_allocations(struct store *store, GPtrArray **out)
{
	return store_allocation_list(store, 0, 0, false, out);
}

static enum store_status
list_holds(struct store *store, GPtrArray **out)
{
	return store_hold_list(store, 0, 0, 0, out);
}

static enum store_status
list_plans(struct store *store, GPtrArray **out)
{
	const struct instalments_filter filter = {0};

	return store_instalments_list(store, &filter, out);
}

static enum store_status
list_letters(struct store *store, GPtrArray **out)
{
	const struct letter_filter filter = {0};

	return store_letter_list(store, &filter, out);
}

static enum store_status
list_questions(struct store *store, GPtrArray **out)
{
	return store_question_list(store, false, out);
}

static const struct kind {
	const char *type, *many;
	enum store_status (*list)(struct store *store, GPtrArray **out);
	json_t *(*record)(struct context *context, const void *record);
} kinds[] = {
	{"customer", "customers", list_customers, export_customer},
	{"invoice", "invoices", list_invoices, export_invoice},
	{"payment", "payments", list_payments, export_payment},
	{"allocation", "allocations", list_allocations, export_allocation},
	{"hold", "holds", list_holds, export_hold},
	{"instalments", "instalment plans", list_plans, export_plan},
	{"letter", "letters", list_letters, export_letter},
	{"feed", "feeds", store_feed_list, export_feed},
	{"payout", "payouts", store_payout_list, export_payout},
	{"question", "questions", list_questions, export_question},
};

/* The records in a stable order: that of their lines. */
static int
export_kind(struct context *context, const struct kind *kind, bool csv)
{
	g_autoptr(GPtrArray) records = NULL;
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	enum store_status status = kind->list(context->store, &records);

	if (status != STORE_OK)
		return store_failed(context, status);
	for (guint i = 0; i < records->len; i++)
		add_line(lines, kind->type,
		    kind->record(context, records->pdata[i]));
	g_ptr_array_sort(lines, compare_strings);
	if (csv)
		print_csv(lines);
	for (guint i = 0; !csv && i < lines->len; i++)
		puts(lines->pdata[i]);
	return EX_OK;
}

static const struct kind *
find_kind(const char *many)
{
	for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++)
		if (strcmp(many, kinds[k].many) == 0)
			return &kinds[k];
	return NULL;
}

/* ---- the command ------------------------------------------------------------------ */

enum format { FORMAT_JSON, FORMAT_CSV, FORMAT_LEDGER, FORMAT_HLEDGER };

static int
read_options(int argc, char **argv, enum format *format)
{
	static const char *const names[] = {"json", "csv", "ledger",
	    "hledger"};
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		size_t i = 0;

		if (c != 'f')
			return option_error(&cmd_export, c, argv);
		while (i < G_N_ELEMENTS(names) && strcmp(optarg, names[i]))
			i++;
		if (i == G_N_ELEMENTS(names))
			return usage_error(&cmd_export, "--format: '%s' is "
			    "none of json, csv, ledger, hledger", optarg);
		*format = (enum format)i;
	}
	return EX_OK;
}

static int
check_names(int argc, char **argv, enum format format)
{
	for (int i = optind; i < argc; i++)
		if (!find_kind(argv[i]))
			return usage_error(&cmd_export, "there is no '%s' to "
			    "export", argv[i]);
	if (format >= FORMAT_LEDGER && optind < argc)
		return usage_error(&cmd_export, "a journal is of invoices and "
		    "payments together: '%s' is too much", argv[optind]);
	if (format == FORMAT_CSV && optind != argc - 1)
		return usage_error(&cmd_export, "a table has one kind of "
		    "rows: say which, such as 'export --format csv invoices'");
	return EX_OK;
}

static int
run(struct context *context, int argc, char **argv)
{
	enum format format = FORMAT_JSON;
	int code = read_options(argc, argv, &format);

	if (code == EX_OK)
		code = check_names(argc, argv, format);
	if (code == EX_OK)
		code = open_store(context, STORE_READ);
	if (code == EX_OK && format >= FORMAT_LEDGER)
		code = context_config(context);
	if (code == EX_OK && format >= FORMAT_LEDGER)
		return export_ledger(context, format == FORMAT_HLEDGER);
	for (int i = optind; i < argc && code == EX_OK; i++)
		code = export_kind(context, find_kind(argv[i]),
		    format == FORMAT_CSV);
	for (size_t k = 0; optind == argc && k < G_N_ELEMENTS(kinds) &&
	    code == EX_OK; k++)
		code = export_kind(context, &kinds[k], false);
	return code;
}

const struct command cmd_export = {
	.name = "export",
	.usage = "[--format json|csv|ledger|hledger] [customers|invoices|"
		 "payments|allocations|holds|\n         letters|feeds|payouts|"
		 "questions]...",
	.summary = "all facts: JSON Lines, tables, a journal for ledger",
	.options =
	    "  --format json     JSON Lines in a stable order (the default)\n"
	    "  --format csv      a table of one kind, such as invoices\n"
	    "  --format ledger   invoices and payments as double entries; "
	    "hledger too\n",
	.run = run,
};
