/*
 * letter_mass.c - letters that leave in a mass: which of them wait for the
 * owner, how many left lately; and those whose own copy came back.
 */
#include "internal.h"

enum store_status
store_letter_set_mass(struct store *store, int64_t id, enum letter_mass mass)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE letter SET mass = :mass WHERE id = :id");

	bind_int(stmt, ":mass", mass);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

enum store_status
store_letter_confirm(struct store *store, int64_t id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE letter"
	    " SET confirmed = :at WHERE id = :id AND confirmed = 0");
	enum store_status status;

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	status = write_one(store, stmt);
	return status == STORE_NONE ? STORE_KNOWN : status;
}

enum store_status
store_letter_sent_since(struct store *store, int64_t since, int64_t *count)
{
	sqlite3_stmt *stmt = statement(store, "SELECT count(*) FROM letter"
	    " WHERE sent > 0 AND sent >= :since AND customer IS NOT NULL");

	bind_int(stmt, ":since", since);
	return run_int(store, stmt, count);
}

enum store_status
store_letter_busiest(struct store *store, int64_t since, int64_t *count)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM letter"
	    " WHERE sent > 0 AND sent >= :since AND customer IS NOT NULL"
	    " GROUP BY sent / 86400)");

	bind_int(stmt, ":since", since);
	return run_int(store, stmt, count);
}
