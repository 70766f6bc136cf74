/*
 * paid.c - when invoices were paid, for the figures of how a customer pays:
 * from the allocations of today, and from imported history.
 */
#include "internal.h"

static enum store_status
each(struct store *store, sqlite3_stmt *stmt, store_paid *paid, void *data)
{
	enum store_status status;

	while ((status = step(store, stmt)) == STORE_OK) {
		const struct paid one = {
			.customer = sqlite3_column_int64(stmt, 0),
			.invoiced = (const char *)sqlite3_column_text(stmt, 1),
			.due = (const char *)sqlite3_column_text(stmt, 2),
			.day = (const char *)sqlite3_column_text(stmt, 3),
		};

		if (one.day)
			paid(&one, data);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

/* The day of an invoice is that of the last money on it; what was closed
 * without any (credit notes) was not paid. */
#define PAID "SELECT i.customer, i.date, i.due, (SELECT" \
	" max(coalesce(p.value, p.booked)) FROM allocation a CROSS JOIN" \
	" payment p ON p.id = a.payment WHERE a.invoice = i.id" \
	" AND a.reversed = 0 AND a.kind = 0 AND a.amount > 0)" \
	" FROM invoice i WHERE i.state = 2 AND i.type <> 1"

/* Rows of the history hang on the customer by their lessons; an invoice that
 * is here as well counts once. */
#define EARLIER "SELECT l.customer, l.invoiced, iif(c.terms_days >= 0," \
	" date(l.invoiced, c.terms_days || ' days'), NULL), l.day" \
	" FROM lesson l CROSS JOIN customer c ON c.id = l.customer" \
	" CROSS JOIN history h ON h.content = l.history" \
	" WHERE l.history IS NOT NULL AND NOT EXISTS (SELECT 1 FROM invoice i" \
	" WHERE i.number = h.invoice)"

enum store_status
store_paid_of(struct store *store, int64_t customer, store_paid *paid,
    void *data)
{
	sqlite3_stmt *stmt = statement(store,
	    PAID " AND i.customer = :customer");
	enum store_status status;

	bind_int(stmt, ":customer", customer);
	status = each(store, stmt, paid, data);
	if (status)
		return status;
	stmt = statement(store, EARLIER " AND l.customer = :customer");
	bind_int(stmt, ":customer", customer);
	return each(store, stmt, paid, data);
}

enum store_status
store_paid_all(struct store *store, store_paid *paid, void *data)
{
	enum store_status status = each(store, statement(store,
	    PAID " ORDER BY i.customer, i.due"), paid, data);

	return status ? status : each(store, statement(store,
	    EARLIER " ORDER BY l.customer, l.day"), paid, data);
}

enum store_status
store_owing_all(struct store *store, store_owing *owing, void *data)
{
	sqlite3_stmt *stmt = statement(store, "SELECT customer, currency, due,"
	    " open - announced FROM invoice WHERE state = 1 AND type <> 1"
	    " AND open > announced ORDER BY customer, currency, due");
	enum store_status status;

	while ((status = step(store, stmt)) == STORE_OK) {
		const struct owing one = {
			.customer = sqlite3_column_int64(stmt, 0),
			.currency = (const char *)sqlite3_column_text(stmt, 1),
			.due = (const char *)sqlite3_column_text(stmt, 2),
			.open = sqlite3_column_int64(stmt, 3),
		};

		owing(&one, data);
	}
	return status == STORE_NONE ? STORE_OK : status;
}
