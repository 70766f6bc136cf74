/*
 * ledger.c - a payment is what its reports say together: the strongest has
 * the first word on every field, weaker ones fill what it leaves open, class
 * U none beside a better one. The result depends on the set of reports, not
 * on the order in which they came.
 */
#include "internal.h"

#include <string.h>

/* "KEY", else "KEY-2", "KEY-3": the first that no other payment has. */
static enum store_status
free_key(struct store *store, const char *wanted, int64_t id, char **out)
{
	enum store_status status;

	for (int i = 1;; i++) {
		g_autofree char *key = i == 1 ? g_strdup(wanted) :
		    g_strdup_printf("%s-%d", wanted, i);
		sqlite3_stmt *stmt = statement(store, "SELECT 1 FROM payment"
		    " WHERE key = :key AND id <> :id");

		bind_text(stmt, ":key", key);
		bind_int(stmt, ":id", id);
		status = run(store, stmt);
		if (status == STORE_NONE)
			*out = g_steal_pointer(&key);
		if (status != STORE_OK)
			return status == STORE_NONE ? STORE_OK : status;
	}
}

enum store_status
payment_create(struct store *store, const struct report_row *row,
    int64_t *id)
{
	g_autofree char *key = NULL;
	sqlite3_stmt *stmt;
	enum store_status status = free_key(store, row->key, 0, &key);

	if (status)
		return status;
	stmt = statement(store,
	    "INSERT INTO payment (key, trust, state, currency, amount,"
	    " unallocated, booked, arrived, set_aside) VALUES (:key, 0, 0,"
	    " :currency, :amount, :amount, :booked, :arrived, 0)");
	bind_text(stmt, ":key", key);
	bind_text(stmt, ":currency", row->currency);
	bind_int(stmt, ":amount", row->amount);
	bind_text(stmt, ":booked", row->booked);
	bind_int(stmt, ":arrived", row->arrived);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	*id = sqlite3_last_insert_rowid(store->db);
	return STORE_OK;
}

static const size_t filled[] = {
	offsetof(struct report_row, value),
	offsetof(struct report_row, account),
	offsetof(struct report_row, payer),
	offsetof(struct report_row, payer_account),
	offsetof(struct report_row, remittance),
	offsetof(struct report_row, reference),
	offsetof(struct report_row, bank_reference),
	offsetof(struct report_row, end_to_end_id),
	offsetof(struct report_row, bank),
};
static const char *const filled_names[] = {
	":value", ":account", ":payer", ":payer_account", ":remittance",
	":reference", ":bank_reference", ":end_to_end_id", ":bank"
};

static const char *
first_word(const GPtrArray *rows, guint count, size_t offset)
{
	for (guint i = 0; i < count; i++) {
		const char *text = *(char *const *)
		    ((const char *)rows->pdata[i] + offset);

		if (text && *text)
			return text;
	}
	return NULL;
}

/* What is told about the way of the money goes with one amount and stands in
 * one report; NULL: nothing is told. */
static const struct report_row *
telling(const GPtrArray *rows, guint count)
{
	const struct report_row *best = rows->pdata[0];

	for (guint i = 0; i < count; i++) {
		const struct report_row *row = rows->pdata[i];

		if ((row->charges || row->instructed) &&
		    row->amount == best->amount &&
		    strcmp(row->currency, best->currency) == 0)
			return row;
	}
	return NULL;
}

static void
bind_told(sqlite3_stmt *stmt, const struct report_row *told)
{
	bind_int(stmt, ":charges", told ? told->charges : 0);
	bind_int(stmt, ":instructed", told ? told->instructed : 0);
	bind_text(stmt, ":instructed_currency",
	    told ? told->instructed_currency : NULL);
	bind_text(stmt, ":exchange_rate", told ? told->exchange_rate : NULL);
}

static enum payment_state
state_of(const GPtrArray *rows)
{
	enum payment_state state = PAYMENT_POSSIBLE;

	for (guint i = 0; i < rows->len; i++) {
		const struct report_row *row = rows->pdata[i];

		if (row->trust > TRUST_A || (row->trust == TRUST_A &&
		    row->settles))
			return PAYMENT_BOOKED;
		if (row->trust == TRUST_A)
			state = PAYMENT_ANNOUNCED;
	}
	return state;
}

/* The strongest report whose key the caller gave, else the strongest. */
static const char *
key_of(const GPtrArray *rows, guint count)
{
	for (guint i = 0; i < count; i++) {
		const struct report_row *row = rows->pdata[i];

		if (row->given)
			return row->key;
	}
	return ((const struct report_row *)rows->pdata[0])->key;
}

/* How many have a say: class U only among themselves. */
static guint
heard(const GPtrArray *rows)
{
	guint count = 0;

	while (count < rows->len &&
	    ((const struct report_row *)rows->pdata[count])->trust > TRUST_U)
		count++;
	return count ? count : rows->len;
}

static enum store_status
update(struct store *store, int64_t id, const GPtrArray *rows)
{
	g_autofree char *key = NULL;
	const struct report_row *best = rows->pdata[0];
	guint count = heard(rows);
	int64_t arrived = best->arrived;
	sqlite3_stmt *stmt;
	enum store_status status = free_key(store, key_of(rows, count), id,
	    &key);

	if (status)
		return status;
	for (guint i = 0; i < count; i++)
		arrived = MIN(arrived,
		    ((const struct report_row *)rows->pdata[i])->arrived);
	stmt = statement(store,
	    "UPDATE payment SET key = :key, trust = :trust, state = :state,"
	    " currency = :currency, unallocated = unallocated + :amount"
	    " - amount, amount = :amount, booked = :booked, value = :value,"
	    " account = :account, payer = :payer,"
	    " payer_account = :payer_account, remittance = :remittance,"
	    " reference = :reference, bank_reference = :bank_reference,"
	    " end_to_end_id = :end_to_end_id, bank = :bank,"
	    " charges = :charges, instructed = :instructed,"
	    " instructed_currency = :instructed_currency,"
	    " exchange_rate = :exchange_rate,"
	    " arrived = :arrived WHERE id = :id");
	bind_text(stmt, ":key", key);
	bind_int(stmt, ":trust", best->trust);
	bind_int(stmt, ":state", state_of(rows));
	bind_text(stmt, ":currency", best->currency);
	bind_int(stmt, ":amount", best->amount);
	bind_text(stmt, ":booked", best->booked);
	for (size_t i = 0; i < G_N_ELEMENTS(filled); i++)
		bind_text(stmt, filled_names[i],
		    first_word(rows, count, filled[i]));
	bind_told(stmt, telling(rows, count));
	bind_int(stmt, ":arrived", arrived);
	bind_int(stmt, ":id", id);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
payment_forget_key(struct store *store, int64_t id)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE payment SET key = '~' || id WHERE id = :id");
	enum store_status status;

	bind_int(stmt, ":id", id);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
payment_refresh(struct store *store, int64_t id)
{
	g_autoptr(GPtrArray) rows = NULL;
	struct payment *before = NULL;
	enum store_status status = report_rows_of(store, id, &rows);

	if (status || rows->len == 0)
		return status;
	status = store_payment_get(store, id, &before);
	if (status)
		return status;
	g_ptr_array_sort(rows, report_compare);
	status = update(store, id, rows);
	if (!status && before->state != state_of(rows))
		status = balance_payment_invoices(store, id);
	payment_free(before);
	return status;
}
