/*
 * suggestion.c - what waits for the owner's yes or no.
 */
#include "internal.h"

#define COLUMNS "id, payment, invoice, customer, amount, kind, " \
	"probability, why, rejected"

static const struct field fields[] = {
	FIELD(suggestion, INT64, id), FIELD(suggestion, ID, payment),
	FIELD(suggestion, ID, invoice), FIELD(suggestion, ID, customer),
	FIELD(suggestion, INT64, amount), FIELD(suggestion, INT, kind),
	FIELD(suggestion, REAL, probability), FIELD(suggestion, TEXT, why),
	FIELD(suggestion, INT64, rejected),
};
#define COUNT G_N_ELEMENTS(fields)

void
suggestion_free(struct suggestion *suggestion)
{
	if (!suggestion)
		return;
	fields_free(fields, COUNT, suggestion);
	g_free(suggestion);
}

static void *
suggestion_read(sqlite3_stmt *row)
{
	struct suggestion *suggestion = g_new0(struct suggestion, 1);

	fields_read(fields, COUNT, row, suggestion);
	return suggestion;
}

static enum store_status
add(struct store *store, int64_t payment, struct suggestion *suggestion)
{
	enum store_status status = store_suggestion_rejected(store, payment,
	    suggestion->invoice);
	sqlite3_stmt *stmt;

	if (status != STORE_NONE)
		return status;
	suggestion->payment = payment;
	stmt = statement(store,
	    "INSERT INTO suggestion (payment, invoice, customer, amount, kind,"
	    " probability, why, rejected) VALUES (:payment, :invoice,"
	    " :customer, :amount, :kind, :probability, :why, 0)");
	fields_bind(fields, COUNT, stmt, suggestion);
	status = run(store, stmt);
	if (status == STORE_NONE) {
		suggestion->id = sqlite3_last_insert_rowid(store->db);
		status = STORE_OK;
	}
	return status;
}

static enum store_status
set(struct store *store, int64_t payment, GPtrArray *suggestions)
{
	sqlite3_stmt *stmt = statement(store,
	    "DELETE FROM suggestion WHERE payment = :payment"
	    " AND rejected = 0");
	enum store_status status;

	bind_int(stmt, ":payment", payment);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	status = STORE_OK;
	for (guint i = 0; !status && suggestions && i < suggestions->len; i++)
		status = add(store, payment, suggestions->pdata[i]);
	return status;
}

enum store_status
store_suggestion_set(struct store *store, int64_t payment,
    GPtrArray *suggestions)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, set(store, payment, suggestions));
}

enum store_status
store_suggestion_list(struct store *store, int64_t payment, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store, payment ?
	    "SELECT " COLUMNS " FROM suggestion WHERE payment = :payment"
	    " AND rejected = 0 ORDER BY probability DESC, id" :
	    "SELECT " COLUMNS " FROM suggestion WHERE rejected = 0"
	    " ORDER BY payment, probability DESC, id");

	if (payment)
		bind_int(stmt, ":payment", payment);
	return read_list(store, stmt, suggestion_read,
	    (GDestroyNotify)suggestion_free, out);
}

enum store_status
store_suggestion_rejected(struct store *store, int64_t payment,
    int64_t invoice)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT 1 FROM suggestion WHERE payment = :payment"
	    " AND invoice IS :invoice AND rejected <> 0");

	bind_int(stmt, ":payment", payment);
	bind_id(stmt, ":invoice", invoice);
	return run(store, stmt);
}

enum store_status
store_suggestion_refused(struct store *store, int64_t payment,
    GArray **invoices)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int64_t));
	sqlite3_stmt *stmt = statement(store, "SELECT DISTINCT invoice"
	    " FROM suggestion WHERE payment = :payment AND rejected <> 0"
	    " AND invoice IS NOT NULL ORDER BY invoice");
	enum store_status status;

	bind_int(stmt, ":payment", payment);
	while ((status = step(store, stmt)) == STORE_OK) {
		int64_t id = sqlite3_column_int64(stmt, 0);

		g_array_append_val(list, id);
	}
	if (status != STORE_NONE) {
		g_array_unref(list);
		return status;
	}
	*invoices = list;
	return STORE_OK;
}

enum store_status
store_suggestion_reject(struct store *store, int64_t payment, int64_t at)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE suggestion SET rejected = :at WHERE payment = :payment"
	    " AND rejected = 0");

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":payment", payment);
	return write_one(store, stmt);
}

enum store_status
store_suggestion_restore(struct store *store, int64_t payment, int64_t from)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE suggestion SET rejected = 0 WHERE payment = :payment"
	    " AND id >= :from AND rejected <> 0 AND why IS NOT 'undone'");

	bind_int(stmt, ":payment", payment);
	bind_int(stmt, ":from", from);
	return write_one(store, stmt);
}
