/*
 * balance.c - open, announced and unallocated, computed again from the
 * allocations whenever one of them or the state of a payment changes. An
 * allocation settles when no payment is behind it or a booked one is.
 */
#include "internal.h"

static enum store_status
done(enum store_status status)
{
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
balance_payment(struct store *store, int64_t payment)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE payment SET unallocated = amount - (SELECT"
	    " coalesce(sum(a.amount), 0) FROM allocation a"
	    " WHERE a.payment = :id AND a.kind = 0 AND a.reversed = 0)"
	    " WHERE id = :id");

	bind_int(stmt, ":id", payment);
	return done(run(store, stmt));
}

/* What allocations take off an invoice, settled and announced; whose it is. */
static enum store_status
taken(struct store *store, int64_t invoice, int64_t *settled,
    int64_t *announced, int64_t *customer)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT coalesce(sum(iif(s, amount, 0)), 0),"
	    " coalesce(sum(iif(s, 0, amount)), 0),"
	    " (SELECT customer FROM invoice WHERE id = :id) FROM ("
	    "SELECT a.amount AS amount, coalesce(p.state, 2) = 2 AS s"
	    " FROM allocation a LEFT JOIN payment p ON p.id = a.payment"
	    " WHERE a.invoice = :id AND a.reversed = 0"
	    " UNION ALL "
	    "SELECT a.amount, coalesce(p.state, 2) = 2"
	    " FROM allocation a LEFT JOIN payment p ON p.id = a.payment"
	    " WHERE a.credit_note = :id AND a.reversed = 0)");
	enum store_status status;

	bind_int(stmt, ":id", invoice);
	status = step(store, stmt);
	if (status)
		return status;
	*settled = sqlite3_column_int64(stmt, 0);
	*announced = sqlite3_column_int64(stmt, 1);
	*customer = sqlite3_column_int64(stmt, 2);
	sqlite3_reset(stmt);
	return STORE_OK;
}

enum store_status
balance_invoice(struct store *store, int64_t invoice)
{
	int64_t settled = 0, announced = 0, customer = 0;
	sqlite3_stmt *stmt;
	enum store_status status = taken(store, invoice, &settled, &announced,
	    &customer);

	if (status)
		return status;
	touch(store, customer);
	stmt = statement(store,
	    "UPDATE invoice SET open = opening - :settled,"
	    " announced = :announced, state = CASE"
	    " WHEN state = 1 AND opening = :settled THEN 2"
	    " WHEN state = 2 AND opening <> :settled THEN 1"
	    " ELSE state END WHERE id = :id");
	bind_int(stmt, ":settled", settled);
	bind_int(stmt, ":announced", announced);
	bind_int(stmt, ":id", invoice);
	return done(run(store, stmt));
}

static void *
id_read(sqlite3_stmt *row)
{
	int64_t *id = g_new(int64_t, 1);

	*id = sqlite3_column_int64(row, 0);
	return id;
}

enum store_status
balance_payment_invoices(struct store *store, int64_t payment)
{
	g_autoptr(GPtrArray) ids = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT invoice FROM allocation WHERE payment = :id"
	    " AND reversed = 0 UNION SELECT credit_note FROM allocation"
	    " WHERE payment = :id AND reversed = 0"
	    " AND credit_note IS NOT NULL");
	enum store_status status;

	bind_int(stmt, ":id", payment);
	status = read_list(store, stmt, id_read, g_free, &ids);
	for (guint i = 0; !status && i < ids->len; i++)
		status = balance_invoice(store, *(int64_t *)ids->pdata[i]);
	return status;
}
