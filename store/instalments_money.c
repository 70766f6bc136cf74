/*
 * instalments_money.c - what was put on the invoices of an instalment plan
 * since it was made, read from the allocations each time, so that whatever is
 * undone there is undone here.
 */
#include "internal.h"

static const struct field fields[] = {
	FIELD(instalment_money, ID, allocation),
	FIELD(instalment_money, ID, payment),
	FIELD(instalment_money, ID, invoice),
	FIELD(instalment_money, INT64, amount),
	FIELD(instalment_money, TEXT, day),
	FIELD(instalment_money, BOOL, announced),
};
#define COUNT G_N_ELEMENTS(fields)

void
instalment_money_free(struct instalment_money *money)
{
	if (!money)
		return;
	fields_free(fields, COUNT, money);
	g_free(money);
}

static void *
money_read(sqlite3_stmt *row)
{
	struct instalment_money *money = g_new0(struct instalment_money, 1);

	fields_read(fields, COUNT, row, money);
	return money;
}

enum store_status
store_instalments_money(struct store *store, int64_t id, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT a.id, a.payment,"
	    " a.invoice, a.amount, p.booked, coalesce(p.state = 1, 0)"
	    " FROM instalment_plan plan CROSS JOIN instalment_invoice v"
	    " ON v.plan = plan.id CROSS JOIN allocation a"
	    " ON a.invoice = v.invoice LEFT JOIN payment p ON p.id = a.payment"
	    " WHERE plan.id = :id AND a.id > plan.after_allocation"
	    " AND a.reversed = 0 ORDER BY a.id");

	bind_int(stmt, ":id", id);
	return read_list(store, stmt, money_read,
	    (GDestroyNotify)instalment_money_free, out);
}

enum store_status
store_instalments_rested(struct store *store, int64_t invoice, int64_t now,
    int64_t *seconds)
{
	sqlite3_stmt *stmt = statement(store, "SELECT coalesce(sum("
	    "max(0, iif(p.ended, p.ended, :now) - p.accepted)), 0)"
	    " FROM instalment_invoice v CROSS JOIN instalment_plan p"
	    " ON p.id = v.plan WHERE v.invoice = :invoice AND p.accepted > 0");

	bind_int(stmt, ":invoice", invoice);
	bind_int(stmt, ":now", now);
	return run_int(store, stmt, seconds);
}
