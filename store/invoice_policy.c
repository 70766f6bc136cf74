/*
 * invoice_policy.c - the reminder policy that an invoice has of its own.
 */
#include "internal.h"

enum store_status
store_invoice_set_policy(struct store *store, int64_t id, const char *policy)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE invoice SET"
	    " policy = :policy WHERE id = :id");

	touch_all(store);
	bind_text(stmt, ":policy", policy);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}
