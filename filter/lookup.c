/*
 * lookup.c - what the commands on customers, invoices, payments share.
 */
#include "lookup.h"

#include <pwd.h>
#include <stdarg.h>
#include <unistd.h>

int
open_store(struct context *context, enum store_access access_wanted)
{
	int code = EX_OK;

	if (context->config_named || access(context->config_path, F_OK) == 0)
		code = context_config(context);
	return code == EX_OK ? context_store(context, access_wanted) : code;
}

static int
found(const struct context *context, enum store_status status,
    const char *what, const char *text)
{
	if (status == STORE_OK)
		return EX_OK;
	if (status != STORE_NONE)
		return store_failed(context, status);
	say_error(context, "there is no %s '%s'; 'mailfilter %s list' shows "
	    "all", what, text, what);
	return EX_NOINPUT;
}

int
find_customer(struct context *context, const char *text,
    struct customer **out)
{
	return found(context, store_customer_find(context->store, text, out),
	    "customer", text);
}

int
find_invoice(struct context *context, const char *text, struct invoice **out)
{
	struct invoice *first = NULL;
	enum store_status status = store_invoice_find(context->store, text,
	    &first);

	if (status == STORE_OK)		/* once more, with its lines */
		status = store_invoice_get(context->store, first->id, out);
	invoice_free(first);
	return found(context, status, "invoice", text);
}

int
find_payment(struct context *context, const char *text, struct payment **out)
{
	return found(context, store_payment_find(context->store, text, out),
	    "payment", text);
}

enum store_status
letter_by_text(struct context *context, const char *text, struct letter **out)
{
	gint64 id;

	if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL))
		return store_letter_get(context->store, id, out);
	return store_letter_find_message(context->store, text, out);
}

GHashTable *
customers_by_id(struct context *context, int *code)
{
	GHashTable *table = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    NULL, (GDestroyNotify)customer_free);
	GPtrArray *list = NULL;
	enum store_status status = store_customer_list(context->store, &list);

	*code = status == STORE_OK ? EX_OK : store_failed(context, status);
	if (status != STORE_OK)
		return table;
	g_ptr_array_set_free_func(list, NULL);
	for (guint i = 0; i < list->len; i++) {
		struct customer *customer = list->pdata[i];

		g_hash_table_insert(table, &customer->id, customer);
	}
	g_ptr_array_unref(list);
	return table;
}

char *
customer_key(struct context *context, int64_t id)
{
	struct customer *customer = NULL;
	char *key;

	if (!id || store_customer_get(context->store, id, &customer) !=
	    STORE_OK)
		return g_strdup("");
	key = g_strdup(customer->key);
	customer_free(customer);
	return key;
}

char *
invoice_number(struct context *context, int64_t id)
{
	struct invoice *invoice = NULL;
	char *number;

	if (!id || store_invoice_get(context->store, id, &invoice) != STORE_OK)
		return g_strdup("");
	number = g_strdup(invoice->number);
	invoice_free(invoice);
	return number;
}

char *
payment_key(struct context *context, int64_t id)
{
	struct payment *payment = NULL;
	char *key;

	if (!id || store_payment_get(context->store, id, &payment) != STORE_OK)
		return g_strdup("");
	key = g_strdup(payment->key);
	payment_free(payment);
	return key;
}

/* ---- the owner's word ------------------------------------------------------ */

const char *
owner_name(const struct context *context)
{
	const struct passwd *user;

	if (context->config && context->config->name)
		return context->config->name;
	user = getpwuid(geteuid());
	return user ? user->pw_name : "owner";
}

enum store_status
owner_note(struct context *context, enum subject subject, int64_t row,
    const char *code, const char *format, ...)
{
	g_autofree char *text = NULL, *evidence = NULL;
	json_t *by = json_pack("{s:s}", "by", owner_name(context));
	struct journal_entry entry = {
		.at = context->now, .subject = subject, .row = row,
	};
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	evidence = json_dumps(by, JSON_COMPACT);
	json_decref(by);
	entry.code = (char *)code;
	entry.text = text;
	entry.evidence = evidence;
	return store_journal_add(context->store, &entry);
}

int
owner_finish(struct context *context, enum store_status status)
{
	int code = EX_OK;

	if (status == STORE_OK && !context->dry_run)
		status = store_commit(context->store);
	if (status != STORE_OK && status != STORE_KNOWN)
		code = store_failed(context, status);
	if (status != STORE_OK || context->dry_run)
		store_rollback(context->store);
	return code;
}
