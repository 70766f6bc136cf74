/*
 * payout.c - what payment providers have sent to the bank: each waits for the
 * bank's own report of that money, which is no customer's payment.
 */
#include "internal.h"

#define COLUMNS "id, account, batch, currency, amount, booked, payment, at"

static const struct field fields[] = {
	FIELD(payout, INT64, id), FIELD(payout, TEXT, account),
	FIELD(payout, TEXT, batch), FIELD(payout, TEXT, currency),
	FIELD(payout, INT64, amount), FIELD(payout, TEXT, booked),
	FIELD(payout, ID, payment), FIELD(payout, INT64, at),
};
#define COUNT G_N_ELEMENTS(fields)

void
payout_free(struct payout *payout)
{
	if (!payout)
		return;
	fields_free(fields, COUNT, payout);
	g_free(payout);
}

static void *
payout_read(sqlite3_stmt *row)
{
	struct payout *payout = g_new0(struct payout, 1);

	fields_read(fields, COUNT, row, payout);
	return payout;
}

static enum store_status
add(struct store *store, struct payout *payout)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO payout (account, batch, currency, amount, booked, at)"
	    " VALUES (:account, :batch, :currency, :amount, :booked, :at)"
	    " ON CONFLICT (account, batch) DO NOTHING");
	enum store_status status;

	fields_bind(fields, COUNT, stmt, payout);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	if (!sqlite3_changes(store->db))
		return STORE_KNOWN;
	payout->id = sqlite3_last_insert_rowid(store->db);
	payout->payment = 0;
	return STORE_OK;
}

enum store_status
store_payout_add(struct store *store, struct payout *payout)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, add(store, payout));
}

enum store_status
store_payout_find(struct store *store, const struct payout *like, int before,
    int after, struct payout **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM payout WHERE account = :account"
	    " AND currency = :currency AND amount = :amount"
	    " AND payment IS NULL"
	    " AND booked BETWEEN date(:booked, -:before || ' days')"
	    " AND date(:booked, :after || ' days')"
	    " ORDER BY booked, id LIMIT 1");
	void *found = NULL;
	enum store_status status;

	fields_bind(fields, COUNT, stmt, like);
	bind_int(stmt, ":before", before);
	bind_int(stmt, ":after", after);
	status = read_one(store, stmt, payout_read, &found);
	if (!status)
		*out = found;
	return status;
}

enum store_status
store_payout_list(struct store *store, GPtrArray **out)
{
	return read_list(store, statement(store, "SELECT " COLUMNS
	    " FROM payout ORDER BY id"), payout_read,
	    (GDestroyNotify)payout_free, out);
}

enum store_status
store_payout_arrived(struct store *store, int64_t id, int64_t payment)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE payout"
	    " SET payment = :payment WHERE id = :id AND payment IS NULL");

	bind_int(stmt, ":payment", payment);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}
