/*
 * mailbox.c - how far each folder of a fetched mailbox was read, and which of
 * its messages have to be asked for again.
 */
#include "internal.h"

#define COLUMNS "mailbox, folder, server, uidvalidity, uid, since, at"

static const struct field fields[] = {
	FIELD(mailbox_state, TEXT, mailbox), FIELD(mailbox_state, TEXT, folder),
	FIELD(mailbox_state, TEXT, server),
	FIELD(mailbox_state, INT64, uidvalidity),
	FIELD(mailbox_state, INT64, uid), FIELD(mailbox_state, TEXT, since),
	FIELD(mailbox_state, INT64, at),
};
#define COUNT G_N_ELEMENTS(fields)

void
mailbox_state_free(struct mailbox_state *state)
{
	if (!state)
		return;
	fields_free(fields, COUNT, state);
	g_free(state);
}

static void *
state_read(sqlite3_stmt *row)
{
	struct mailbox_state *state = g_new0(struct mailbox_state, 1);

	fields_read(fields, COUNT, row, state);
	return state;
}

static sqlite3_stmt *
of_folder(struct store *store, const char *sql, const char *mailbox,
    const char *folder)
{
	sqlite3_stmt *stmt = statement(store, sql);

	bind_text(stmt, ":mailbox", mailbox);
	bind_text(stmt, ":folder", folder);
	return stmt;
}

enum store_status
store_mailbox_get(struct store *store, const char *mailbox,
    const char *folder, struct mailbox_state **out)
{
	void *found = NULL;
	enum store_status status = read_one(store, of_folder(store,
	    "SELECT " COLUMNS " FROM mailbox"
	    " WHERE mailbox = :mailbox AND folder = :folder", mailbox, folder),
	    state_read, &found);

	if (!status)
		*out = found;
	return status;
}

enum store_status
store_mailbox_list(struct store *store, GPtrArray **out)
{
	return read_list(store, statement(store,
	    "SELECT " COLUMNS " FROM mailbox ORDER BY mailbox, folder"),
	    state_read, (GDestroyNotify)mailbox_state_free, out);
}

static enum store_status
start(struct store *store, const struct mailbox_state *state)
{
	sqlite3_stmt *stmt = of_folder(store,
	    "DELETE FROM mailbox_retry WHERE mailbox = :mailbox"
	    " AND folder = :folder AND NOT EXISTS (SELECT 1 FROM mailbox"
	    " WHERE mailbox = :mailbox AND folder = :folder"
	    " AND server = :server AND uidvalidity = :uidvalidity)",
	    state->mailbox, state->folder);
	enum store_status status;

	bind_text(stmt, ":server", state->server);
	bind_int(stmt, ":uidvalidity", state->uidvalidity);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	stmt = statement(store,
	    "INSERT INTO mailbox (" COLUMNS ") VALUES (:mailbox, :folder,"
	    " :server, :uidvalidity, :uid, :since, :at)"
	    " ON CONFLICT (mailbox, folder) DO UPDATE SET server = :server,"
	    " uidvalidity = :uidvalidity, uid = :uid, since = :since,"
	    " at = :at");
	if (stmt)
		fields_bind(fields, COUNT, stmt, state);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_mailbox_start(struct store *store, const struct mailbox_state *state)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, start(store, state));
}

/* "never back": two programs may read one folder at a time. */
enum store_status
store_mailbox_pass(struct store *store, const char *mailbox,
    const char *folder, int64_t uid, int64_t at)
{
	sqlite3_stmt *stmt = of_folder(store,
	    "UPDATE mailbox SET uid = max(uid, :uid), at = :at"
	    " WHERE mailbox = :mailbox AND folder = :folder", mailbox, folder);

	bind_int(stmt, ":uid", uid);
	bind_int(stmt, ":at", at);
	return write_one(store, stmt);
}

static enum store_status
taken(struct store *store, const char *mailbox, const char *folder,
    int64_t uid, int64_t at)
{
	sqlite3_stmt *stmt = of_folder(store,
	    "DELETE FROM mailbox_retry WHERE mailbox = :mailbox"
	    " AND folder = :folder AND uid = :uid", mailbox, folder);
	enum store_status status;

	bind_int(stmt, ":uid", uid);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	return store_mailbox_pass(store, mailbox, folder, uid, at);
}

enum store_status
store_mailbox_taken(struct store *store, const char *mailbox,
    const char *folder, int64_t uid, int64_t at)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, taken(store, mailbox, folder, uid, at));
}

static enum store_status
failed(struct store *store, const char *mailbox, const char *folder,
    int64_t uid, int64_t at, int *tries)
{
	int64_t count = 0;
	enum store_status status;
	sqlite3_stmt *stmt = of_folder(store,
	    "INSERT INTO mailbox_retry (mailbox, folder, uid, tries, at)"
	    " VALUES (:mailbox, :folder, :uid, 1, :at)"
	    " ON CONFLICT (mailbox, folder, uid) DO UPDATE"
	    " SET tries = tries + 1, at = :at RETURNING tries",
	    mailbox, folder);

	bind_int(stmt, ":uid", uid);
	bind_int(stmt, ":at", at);
	status = run_int(store, stmt, &count);
	if (!status)
		*tries = (int)count;
	return status;
}

enum store_status
store_mailbox_failed(struct store *store, const char *mailbox,
    const char *folder, int64_t uid, int64_t at, int *tries)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, failed(store, mailbox, folder, uid, at,
	    tries));
}

enum store_status
store_mailbox_retries(struct store *store, const char *mailbox,
    const char *folder, GArray **uids)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int64_t));
	sqlite3_stmt *stmt = of_folder(store,
	    "SELECT uid FROM mailbox_retry WHERE mailbox = :mailbox"
	    " AND folder = :folder AND uid <= (SELECT uid FROM mailbox"
	    " WHERE mailbox = :mailbox AND folder = :folder) ORDER BY uid",
	    mailbox, folder);
	enum store_status status;

	while ((status = step(store, stmt)) == STORE_OK) {
		int64_t uid = sqlite3_column_int64(stmt, 0);

		g_array_append_val(list, uid);
	}
	if (status != STORE_NONE) {
		g_array_unref(list);
		return status;
	}
	*uids = list;
	return STORE_OK;
}
