/*
 * statement.c - statements that are prepared when first needed and then kept,
 * parameters by name, failures as a status with a sentence. A NULL statement
 * is a failure that was noted already; it falls through to the next step.
 */
#include "internal.h"

#include <string.h>

enum store_status
fail(struct store *store, enum store_status status, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_free(store->error);
	store->error = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	store->failed = status;
	return status;
}

struct failure {
	int code;
	enum store_status status;
	const char *what;
};

static const struct failure failures[] = {
	{ SQLITE_BUSY, STORE_BUSY, "is in use by another program; try again later" },
	{ SQLITE_LOCKED, STORE_BUSY, "is in use by another program; try again later" },
	{ SQLITE_FULL, STORE_FULL, "cannot grow: the disk is full; make room" },
	{ SQLITE_IOERR, STORE_FULL, "cannot be read or written; look at the disk" },
	{ SQLITE_READONLY, STORE_FULL, "cannot be written; look at its permissions" },
	{ SQLITE_CANTOPEN, STORE_FULL, "cannot be opened; look at its permissions" },
	{ SQLITE_PERM, STORE_FULL, "cannot be opened; look at its permissions" },
	{ SQLITE_CORRUPT, STORE_CORRUPT, "is damaged; bring back a backup" },
	{ SQLITE_NOTADB, STORE_CORRUPT, "is not a store; is the path right?" },
	{ SQLITE_CONSTRAINT, STORE_INVALID, "refuses a value" },
	{ SQLITE_MISMATCH, STORE_INVALID, "refuses a value" },
	{ SQLITE_TOOBIG, STORE_INVALID, "refuses a value: too long" },
};

enum store_status
fail_sqlite(struct store *store, int rc)
{
	const char *detail = store->db ? sqlite3_errmsg(store->db) :
					 sqlite3_errstr(rc);

	for (size_t i = 0; i < G_N_ELEMENTS(failures); i++)
		if (failures[i].code == (rc & 0xff))
			return fail(store, failures[i].status, "%s %s (%s)",
			    store->path, failures[i].what, detail);
	return fail(store, STORE_CORRUPT, "%s failed: %s", store->path, detail);
}

static void
finalize(void *stmt)
{
	sqlite3_finalize(stmt);
}

/* A look at some of the text: all of it would cost more than the query. */
static guint
sql_hash(gconstpointer sql)
{
	const char *text = sql;
	size_t length = strlen(text), step = length / 24 + 1;
	guint hash = (guint)length;

	for (size_t i = 0; i < length; i += step)
		hash = hash * 33 + (guint)(unsigned char)text[i];
	return hash;
}

static sqlite3_stmt *
prepare(struct store *store, const char *sql)
{
	sqlite3_stmt *stmt;
	int rc = sqlite3_prepare_v3(store->db, sql, -1, 0, &stmt, NULL);

	if (rc == SQLITE_OK)
		return stmt;
	fail_sqlite(store, rc);
	return NULL;
}

/* The kept one, ready for use, or NULL. */
static sqlite3_stmt *
kept(GHashTable *table, const char *sql)
{
	sqlite3_stmt *stmt = g_hash_table_lookup(table, sql);

	if (stmt) {
		sqlite3_reset(stmt);
		sqlite3_clear_bindings(stmt);
	}
	return stmt;
}

sqlite3_stmt *
statement(struct store *store, const char *sql)
{
	sqlite3_stmt *stmt;

	if (!store->db)
		return NULL;
	if (!store->statements)
		store->statements = g_hash_table_new_full(NULL, NULL, NULL,
		    finalize);
	stmt = kept(store->statements, sql);
	if (!stmt && (stmt = prepare(store, sql)))
		g_hash_table_insert(store->statements, (char *)sql, stmt);
	return stmt;
}

sqlite3_stmt *
statement_built(struct store *store, const char *sql)
{
	sqlite3_stmt *stmt;

	if (!store->db)
		return NULL;
	if (!store->built)
		store->built = g_hash_table_new_full(sql_hash, g_str_equal,
		    g_free, finalize);
	stmt = kept(store->built, sql);
	if (!stmt && (stmt = prepare(store, sql)))
		g_hash_table_insert(store->built, g_strdup(sql), stmt);
	return stmt;
}

static int
parameter(sqlite3_stmt *stmt, const char *name)
{
	int index = sqlite3_bind_parameter_index(stmt, name);

	g_assert(index > 0);
	return index;
}

void
bind_int(sqlite3_stmt *stmt, const char *name, int64_t value)
{
	if (stmt)
		sqlite3_bind_int64(stmt, parameter(stmt, name), value);
}

void
bind_id(sqlite3_stmt *stmt, const char *name, int64_t id)
{
	if (stmt && id)
		sqlite3_bind_int64(stmt, parameter(stmt, name), id);
}

void
bind_text(sqlite3_stmt *stmt, const char *name, const char *text)
{
	if (stmt && text)
		sqlite3_bind_text(stmt, parameter(stmt, name), text, -1,
		    SQLITE_TRANSIENT);
}

enum store_status
step(struct store *store, sqlite3_stmt *stmt)
{
	int rc;

	if (!stmt)
		return store->failed;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		return STORE_OK;
	if (rc == SQLITE_DONE) {
		sqlite3_reset(stmt);
		return STORE_NONE;
	}
	fail_sqlite(store, rc);
	sqlite3_reset(stmt);
	return store->failed;
}

enum store_status
run(struct store *store, sqlite3_stmt *stmt)
{
	enum store_status status = step(store, stmt);

	if (stmt)
		sqlite3_reset(stmt);
	return status;
}

enum store_status
run_int(struct store *store, sqlite3_stmt *stmt, int64_t *value)
{
	enum store_status status = step(store, stmt);

	if (status == STORE_OK) {
		*value = sqlite3_column_int64(stmt, 0);
		sqlite3_reset(stmt);
	}
	return status;
}

enum store_status
execute(struct store *store, const char *sql)
{
	int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? STORE_OK : fail_sqlite(store, rc);
}

char *
column_string(sqlite3_stmt *stmt, int column)
{
	return g_strdup((const char *)sqlite3_column_text(stmt, column));
}

enum store_status
read_one(struct store *store, sqlite3_stmt *stmt, read_row *read, void **out)
{
	enum store_status status = step(store, stmt);

	if (status == STORE_OK) {
		*out = read(stmt);
		sqlite3_reset(stmt);
	}
	return status;
}

enum store_status
read_list(struct store *store, sqlite3_stmt *stmt, read_row *read,
    GDestroyNotify destroy, GPtrArray **out)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(destroy);
	enum store_status status;

	while ((status = step(store, stmt)) == STORE_OK)
		g_ptr_array_add(list, read(stmt));
	if (status != STORE_NONE) {
		g_ptr_array_unref(list);
		return status;
	}
	*out = list;
	return STORE_OK;
}
