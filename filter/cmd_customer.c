/*
 * cmd_customer.c - customers: add, list, show, edit, forget, and the
 * statement of account (customer_statement.c). What may be said about
 * one is the import table's columns.
 */
#include "cells_options.h"
#include "customer.h"
#include "customer_statement.h"
#include "lookup.h"
#include "print.h"
#include "words.h"

#include <getopt.h>
#include <stdio.h>

extern const struct command cmd_customer;

/* ---- add, edit ------------------------------------------------------------ */

static bool
take_own(int option, const char *argument, void *user)
{
	struct context *context = user;

	(void)argument;
	context->dry_run = context->dry_run || option == 'n';
	return option == 'n';
}

/* The customer's key from its name: "Acme Ltd" -> "acme-ltd". */
static char *
key_from_name(const char *name)
{
	g_autofree char *plain = g_utf8_strdown(name, -1);
	GString *key = g_string_new(NULL);

	for (const char *p = plain; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isalnum(c))
			g_string_append_unichar(key, c);
		else if (key->len && key->str[key->len - 1] != '-')
			g_string_append_c(key, '-');
	}
	while (key->len && key->str[key->len - 1] == '-')
		g_string_truncate(key, key->len - 1);
	return g_string_free(key, FALSE);
}

static int
put_row(struct context *context, const struct row *row, const char *code)
{
	const struct import_options options = {0};
	struct import import = {
		.context = context, .options = &options, .file = "customer",
		.name = "customer", .owner = true,
	};
	enum store_status status = store_begin(context->store);
	enum row_result result;

	if (status != STORE_OK)
		return store_failed(context, status);
	result = import_customers.take(&import, row);
	if (result == ROW_BAD) {
		store_rollback(context->store);
		return EX_DATAERR;
	}
	status = result == ROW_FAILED ? import.status
	    : owner_note(context, SUBJECT_CUSTOMER, import.id, code,
	    "%s: %s %s by the owner.", cell_of(&import_customers, row, "id"),
	    cell_of(&import_customers, row, "name"),
	    result == ROW_NEW ? "added" : "changed");
	return owner_finish(context, status);
}

static void
report(const struct context *context, const char *verb, const char *done,
    const char *name, const char *key)
{
	if (context->json)
		print_json(json_pack("{s:s, s:s}", "id", key, "name", name));
	else if (!context->quiet && context->dry_run)
		printf("Would %s customer %s (%s).\n", verb, name, key);
	else if (!context->quiet)
		printf("%s customer %s (%s).\n", done, name, key);
}

static int
add_row(struct context *context, struct row *row)
{
	struct customer *known = NULL;
	char **key = cell_at(&import_customers, row, "id");
	const char *name = cell_of(&import_customers, row, "name");
	int code;

	if (!*key)
		*key = key_from_name(name);
	if (!**key)
		return usage_error(&cmd_customer, "'%s' has no letter for a "
		    "key: say --id KEY", name);
	if (customer_find_key(context, *key, &known) == STORE_OK) {
		say_error(context, "there is a customer '%s' already (%s); "
		    "'mailfilter customer edit' changes it, --id gives "
		    "another key", *key, known->name);
		customer_free(known);
		return EX_DATAERR;
	}
	code = put_row(context, row, "customer-added");
	if (code == EX_OK)
		report(context, "add", "Added", name, *key);
	return code;
}

static int
run_add(struct context *context, int argc, char **argv)
{
	struct row row = {0};
	char **name = cell_at(&import_customers, &row, "name");
	int code = cells_from_options(&cmd_customer, import_customers.columns,
	    NULL, take_own, argc, argv, &row, context);

	if (code == EX_OK && optind < argc && !*name) {
		g_autofree char *why = NULL;

		*name = g_strstrip(g_strdup(argv[optind++]));
		why = g_utf8_validate(*name, -1, NULL)
		    ? cell_check(CELL_TEXT, name) : g_strdup("not UTF-8 text");
		if (why)
			code = usage_error(&cmd_customer, "the name: %s", why);
		else if (!**name)
			g_clear_pointer(name, g_free);
	}
	if (code == EX_OK && optind < argc)
		code = usage_error(&cmd_customer, "'%s' is too much here (a "
		    "name with spaces stands in quotes)", argv[optind]);
	if (code == EX_OK && !*name)
		code = usage_error(&cmd_customer, "say the customer's name");
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = add_row(context, &row);
	row_clear(&row);
	return code;
}

static int
edit_row(struct context *context, struct row *row, const char *text)
{
	struct customer *customer = NULL;
	int code = find_customer(context, text, &customer);

	if (code == EX_OK) {
		char **key = cell_at(&import_customers, row, "id");
		char **name = cell_at(&import_customers, row, "name");

		g_free(*key);
		*key = g_strdup(customer->key);
		if (!*name)
			*name = g_strdup(customer->name);
		code = put_row(context, row, "customer-edited");
		if (code == EX_OK)
			report(context, "change", "Changed", *name, *key);
	}
	customer_free(customer);
	return code;
}

static bool
is_empty(const struct row *row)
{
	for (size_t i = 0; i < G_N_ELEMENTS(row->cells); i++)
		if (row->cells[i])
			return false;
	return true;
}

static int
run_edit(struct context *context, int argc, char **argv)
{
	struct row row = {0};
	int code = cells_from_options(&cmd_customer, import_customers.columns,
	    NULL, take_own, argc, argv, &row, context);

	if (code == EX_OK && (optind != argc - 1 || is_empty(&row)))
		code = usage_error(&cmd_customer, "say which customer, and "
		    "what to change");
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = edit_row(context, &row, argv[optind]);
	row_clear(&row);
	return code;
}

/* ---- list, show ------------------------------------------------------------- */

static int
run_list(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {
		"Key", "Name", "Contact", "E-mail", "Language",
	};
	GPtrArray *list = NULL;
	struct table *table;
	enum store_status status;
	int code = open_store(context, STORE_READ);

	if (argc > 1)
		return usage_error(&cmd_customer, "'%s' is too much here",
		    argv[1]);
	if (code != EX_OK)
		return code;
	status = store_customer_list(context->store, &list);
	if (status != STORE_OK)
		return store_failed(context, status);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < list->len; i++) {
		const struct customer *c = list->pdata[i];
		const char *cells[] = {
			c->key, c->name, c->contact, c->email, c->language,
		};

		if (context->json)
			print_json(customer_json(c));
		else
			table_row(table, cells);
	}
	table_end(table, "There is no customer yet: 'mailfilter import "
	    "customers.csv' or 'mailfilter customer add'.");
	g_ptr_array_unref(list);
	return EX_OK;
}

static enum store_status
print_open(struct context *context, const struct customer *customer)
{
	struct invoice_filter filter = {.customer = customer->id,
	    .open_only = true};
	GPtrArray *list = NULL;
	enum store_status status = store_invoice_list(context->store, &filter,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct invoice *v = list->pdata[i];
		g_autofree char *open = money_text(v->open, v->currency);

		printf("  %-16s %s of %s, due %s\n", i ? "" : "open", open,
		    v->number, v->due);
	}
	if (status == STORE_OK)
		g_ptr_array_unref(list);
	return status;
}

/* [{"payment","amount","currency"}] */
static json_t *
credit_json(const GPtrArray *list)
{
	json_t *out = json_array();

	for (guint i = 0; i < list->len; i++) {
		const struct payment *p = list->pdata[i];
		json_t *one = json_object();

		json_put(one, "payment", p->key);
		json_put_money(one, "amount", p->unallocated, p->currency);
		json_put(one, "currency", p->currency);
		json_array_append_new(out, one);
	}
	return out;
}

static void
print_credit(const GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++) {
		const struct payment *p = list->pdata[i];
		g_autofree char *money = money_text(p->unallocated,
		    p->currency);

		printf("  %-16s %s of payment %s\n", i ? "" : "credit",
		    money, p->key);
	}
}

static int
show(struct context *context, const struct customer *customer)
{
	json_t *json = customer_json(customer);
	json_t *learned = NULL;
	g_autoptr(GPtrArray) credit = NULL;
	enum store_status status = customer_learned_json(context,
	    customer->id, &learned);

	if (status == STORE_OK)
		status = credit_list(context->store, customer->id, &credit);
	if (status != STORE_OK) {
		json_decref(learned);
		json_decref(json);
		return store_failed(context, status);
	}
	if (context->json) {
		json_object_set_new(json, "learned", learned);
		json_object_set_new(json, "credit", credit_json(credit));
		print_json(json);
		return EX_OK;
	}
	print_fields(context, json);
	customer_learned_print(learned);
	json_decref(learned);
	print_credit(credit);
	status = print_open(context, customer);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

static int
run_show(struct context *context, int argc, char **argv)
{
	struct customer *customer = NULL;
	int code;

	if (argc != 2)
		return usage_error(&cmd_customer, "say which customer");
	code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = find_customer(context, argv[1], &customer);
	if (code == EX_OK)
		code = show(context, customer);
	customer_free(customer);
	return code;
}

static int
run_forget(struct context *context, int argc, char **argv)
{
	struct customer *customer = NULL;
	int code, c;

	while ((c = getopt(argc, argv, ":n")) != -1) {
		if (c != 'n')
			return option_error(&cmd_customer, c, argv);
		context->dry_run = true;
	}
	if (optind != argc - 2)
		return usage_error(&cmd_customer, "say which customer, and "
		    "what to forget: an account, a name, or habits");
	code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_customer(context, argv[optind], &customer);
	if (code == EX_OK)
		code = customer_forget(context, customer, argv[optind + 1]);
	customer_free(customer);
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"add", run_add}, {"list", run_list}, {"show", run_show},
		{"edit", run_edit}, {"forget", run_forget},
		{"statement", customer_run_statement}, {NULL, NULL},
	};

	return verb_run(&cmd_customer, verbs, context, argc, argv);
}

const struct command cmd_customer = {
	.name = "customer",
	.usage = "add NAME [OPTION...] | edit CUSTOMER OPTION... | list | "
		 "show CUSTOMER | forget [-n] CUSTOMER ACCOUNT|NAME|habits |\n"
		 "         statement [-n] [--send | --format text|html|pdf] "
		 "[--output FILE] CUSTOMER",
	.summary = "customers: add, list, show, edit, forget, statement",
	.options =
	    "  --id KEY --contact NAME --email ADDRESS --copy ADDRESSES "
	    "--language en\n  --country ES --currency EUR --timezone "
	    "Europe/Madrid --terms-days 14\n  --po-required[=no] "
	    "--business[=no] --policy NAME --address TEXT --tax-id ID\n"
	    "  --salutation TEXT\n  --iban ACCOUNT    "
	    "an account that the customer pays from (more than once)\n"
	    "  -n                check only, change nothing\n",
	.run = run,
};
