/*
 * invoice_key.c - whether a key is any invoice's: found out cheaply, because
 * most words of a text are nobody's.
 */
#include "internal.h"

enum store_status
store_invoice_key_taken(struct store *store, const char *key, bool *taken)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT 1 FROM invoice_key WHERE key = ?");
	enum store_status status;

	if (stmt)
		sqlite3_bind_text(stmt, 1, key, -1, SQLITE_STATIC);
	status = run(store, stmt);
	*taken = status == STORE_OK;
	return status == STORE_NONE ? STORE_OK : status;
}
