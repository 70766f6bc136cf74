/*
 * message.c - which messages were read already, and how often reading one
 * failed.
 */
#include "internal.h"

enum store_status
store_message_find(struct store *store, const char *hash)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT 1 FROM message WHERE hash = :hash");

	bind_text(stmt, ":hash", hash);
	return run(store, stmt);
}

static enum store_status
add(struct store *store, const char *hash, const char *message_id,
    const char *verdict, int64_t at)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO message (hash, message_id, verdict, at)"
	    " VALUES (:hash, :message_id, :verdict, :at)"
	    " ON CONFLICT (hash) DO NOTHING");
	enum store_status status;

	bind_text(stmt, ":hash", hash);
	bind_text(stmt, ":message_id", message_id);
	bind_text(stmt, ":verdict", verdict ? verdict : "");
	bind_int(stmt, ":at", at);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	if (!sqlite3_changes(store->db))
		return STORE_KNOWN;
	stmt = statement(store, "DELETE FROM message_try WHERE hash = :hash");
	bind_text(stmt, ":hash", hash);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_message_add(struct store *store, const char *hash,
    const char *message_id, const char *verdict, int64_t at)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, add(store, hash, message_id, verdict, at));
}

enum store_status
store_message_failed(struct store *store, const char *hash, int64_t at,
    int *tries)
{
	int64_t count = 0;
	sqlite3_stmt *stmt;
	enum store_status status = store_begin(store);

	if (status)
		return status;
	stmt = statement(store,
	    "INSERT INTO message_try (hash, tries, at) VALUES (:hash, 1, :at)"
	    " ON CONFLICT (hash) DO UPDATE SET tries = tries + 1, at = :at"
	    " RETURNING tries");
	bind_text(stmt, ":hash", hash);
	bind_int(stmt, ":at", at);
	status = verb_end(store, true, run_int(store, stmt, &count));
	if (!status)
		*tries = (int)count;
	return status;
}

static enum store_status
release(struct store *store, const char *hash)
{
	sqlite3_stmt *stmt = statement(store,
	    "DELETE FROM message WHERE hash = :hash"
	    " AND verdict = 'quarantined'");
	enum store_status status;

	bind_text(stmt, ":hash", hash);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	return sqlite3_changes(store->db) ? STORE_OK : STORE_NONE;
}

enum store_status
store_message_release(struct store *store, const char *hash)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, release(store, hash));
}
