/*
 * payment.c - reading payments. How reports become payments is report.c.
 */
#include "internal.h"

#define PAYMENT_COLUMNS "p.id, p.key, p.trust, p.state, p.currency, " \
	"p.amount, p.unallocated, p.booked, p.value, p.account, p.payer, " \
	"p.payer_account, p.remittance, p.reference, p.bank_reference, " \
	"p.end_to_end_id, p.bank, p.arrived, p.set_aside, p.charges, " \
	"p.instructed, p.instructed_currency, p.exchange_rate"

static const struct field fields[] = {
	FIELD(payment, INT64, id), FIELD(payment, TEXT, key),
	FIELD(payment, INT, trust), FIELD(payment, INT, state),
	FIELD(payment, TEXT, currency), FIELD(payment, INT64, amount),
	FIELD(payment, INT64, unallocated), FIELD(payment, TEXT, booked),
	FIELD(payment, TEXT, value), FIELD(payment, TEXT, account),
	FIELD(payment, TEXT, payer), FIELD(payment, TEXT, payer_account),
	FIELD(payment, TEXT, remittance), FIELD(payment, TEXT, reference),
	FIELD(payment, TEXT, bank_reference),
	FIELD(payment, TEXT, end_to_end_id), FIELD(payment, TEXT, bank),
	FIELD(payment, INT64, arrived), FIELD(payment, INT64, set_aside),
	FIELD(payment, INT64, charges), FIELD(payment, INT64, instructed),
	FIELD(payment, TEXT, instructed_currency),
	FIELD(payment, TEXT, exchange_rate),
};
#define COUNT G_N_ELEMENTS(fields)

void
payment_free(struct payment *payment)
{
	if (!payment)
		return;
	fields_free(fields, COUNT, payment);
	g_free(payment);
}

static void *
payment_read(sqlite3_stmt *row)
{
	struct payment *payment = g_new0(struct payment, 1);

	fields_read(fields, COUNT, row, payment);
	return payment;
}

enum store_status
store_payment_get(struct store *store, int64_t id, struct payment **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " PAYMENT_COLUMNS " FROM payment p WHERE p.id = :id");
	enum store_status status;

	bind_int(stmt, ":id", id);
	status = read_one(store, stmt, payment_read, &found);
	if (!status)
		*out = found;
	return status;
}

enum store_status
store_payment_find(struct store *store, const char *key,
    struct payment **out)
{
	static const char *const finders[] = {
		"SELECT " PAYMENT_COLUMNS " FROM payment p WHERE p.key = :key",
		"SELECT " PAYMENT_COLUMNS " FROM report r"
		" CROSS JOIN report_payment rp ON rp.report = r.id"
		" CROSS JOIN payment p ON p.id = rp.payment"
		" WHERE r.key = :key ORDER BY p.id LIMIT 1",
	};
	enum store_status status = STORE_NONE;

	for (size_t i = 0; status == STORE_NONE && i < G_N_ELEMENTS(finders);
	    i++) {
		void *found = NULL;
		sqlite3_stmt *stmt = statement(store, finders[i]);

		bind_text(stmt, ":key", key);
		status = read_one(store, stmt, payment_read, &found);
		if (!status)
			*out = found;
	}
	if (status == STORE_NONE)
		return fail(store, STORE_NONE, "there is no payment “%s”",
		    key);
	return status;
}

enum store_status
store_payment_set_aside(struct store *store, int64_t id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE payment SET set_aside = :at WHERE id = :id");

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

enum store_status
store_payment_list(struct store *store, const struct payment_filter *filter,
    GPtrArray **out)
{
	g_autofree char *sql = g_strconcat("SELECT " PAYMENT_COLUMNS
	    " FROM payment p", filter->returns_in ?
		" INDEXED BY payment_amount" : "", " WHERE 1",
	    filter->unallocated_only ?
		" AND p.unallocated <> 0 AND p.set_aside = 0" : "",
	    filter->announced_only ?
		" AND p.state = 1 AND p.set_aside = 0" : "",
	    filter->returns_in ?
		" AND p.currency = :currency AND p.amount < 0" : "",
	    filter->invoice ? " AND p.id IN (SELECT a.payment"
		" FROM allocation a WHERE a.invoice = :invoice"
		" AND a.reversed = 0)" : "",
	    filter->customer ? " AND p.id IN (SELECT a.payment FROM invoice i"
		" JOIN allocation a ON a.invoice = i.id"
		" WHERE i.customer = :customer AND a.reversed = 0)" : "",
	    filter->since ? " AND p.arrived >= :since" : "",
	    " ORDER BY p.arrived, p.id", filter->limit ? " LIMIT :limit" : "",
	    NULL);
	sqlite3_stmt *stmt = statement_built(store, sql);

	if (filter->returns_in)
		bind_text(stmt, ":currency", filter->returns_in);
	if (filter->invoice)
		bind_int(stmt, ":invoice", filter->invoice);
	if (filter->customer)
		bind_int(stmt, ":customer", filter->customer);
	if (filter->since)
		bind_int(stmt, ":since", filter->since);
	if (filter->limit)
		bind_int(stmt, ":limit", filter->limit);
	return read_list(store, stmt, payment_read,
	    (GDestroyNotify)payment_free, out);
}

/* Of these parties: nothing that both name differs. */
static bool
similar(const struct payment *a, const struct payment *b)
{
	return text_compatible(a->payer, b->payer) &&
	    account_compatible(a->payer_account, b->payer_account) &&
	    account_compatible(a->account, b->account);
}

enum store_status
store_payment_find_similar(struct store *store, int64_t id, int days,
    GPtrArray **out)
{
	struct payment *payment = NULL;
	GPtrArray *list = NULL;
	sqlite3_stmt *stmt;
	enum store_status status = store_payment_get(store, id, &payment);

	if (status)
		return status;
	stmt = statement(store,
	    "SELECT " PAYMENT_COLUMNS " FROM payment p"
	    " WHERE p.currency = :currency AND p.amount = :amount"
	    " AND p.booked BETWEEN date(:booked, -:days || ' days')"
	    " AND date(:booked, :days || ' days') AND p.id <> :id"
	    " ORDER BY p.booked, p.id LIMIT 200");
	fields_bind(fields, COUNT, stmt, payment);
	bind_int(stmt, ":days", days);
	status = read_list(store, stmt, payment_read,
	    (GDestroyNotify)payment_free, &list);
	for (guint i = list ? list->len : 0; i > 0; i--)
		if (!similar(payment, list->pdata[i - 1]))
			g_ptr_array_remove_index(list, i - 1);
	payment_free(payment);
	if (!status)
		*out = list;
	return status;
}
