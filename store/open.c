/*
 * open.c - opening, creating, transactions. journal_mode=TRUNCATE with
 * synchronous=FULL loses nothing at a power cut and stays readable on a full
 * disk; neither is stored in the file, so both are set and verified here.
 */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *
store_error(const struct store *store)
{
	if (!store)
		return "no store";
	return store->error ? store->error : "no error";
}

/* Sets a pragma whose answer must be `wanted`. */
static enum store_status
pragma_verified(struct store *store, const char *sql, const char *wanted)
{
	sqlite3_stmt *stmt = statement(store, sql);
	enum store_status status = step(store, stmt);
	const char *answer;

	if (status != STORE_OK)
		return status == STORE_NONE ? fail(store, STORE_CORRUPT,
		    "%s: no answer to %s", store->path, sql) : status;
	answer = (const char *)sqlite3_column_text(stmt, 0);
	if (g_ascii_strcasecmp(answer ? answer : "", wanted))
		status = fail(store, STORE_FULL, "%s: %s gives %s, not %s",
		    store->path, sql, answer ? answer : "nothing", wanted);
	sqlite3_reset(stmt);
	return status;
}

static enum store_status
version_read(struct store *store, int64_t *version)
{
	enum store_status status = run_int(store,
	    statement(store, "PRAGMA user_version"), version);

	if (status)
		return status;
	if (*version > schema_version())
		return fail(store, STORE_NEWER, "%s was written by a newer "
		    "program (schema %d, this one knows %d); install that one",
		    store->path, (int)*version, schema_version());
	return STORE_OK;
}

/* The cache is filled by long imports only. Temporary data in memory: the
 * savepoint of each verb would else write its pages to a file. */
static enum store_status
configure_writing(struct store *store)
{
	enum store_status status;

	if (sqlite3_db_readonly(store->db, "main") > 0)
		return fail(store, STORE_FULL, "%s cannot be written; look at "
		    "its permissions", store->path);
	status = pragma_verified(store, "PRAGMA journal_mode = TRUNCATE",
	    "truncate");
	if (!status)
		status = execute(store, "PRAGMA synchronous = FULL;"
		    " PRAGMA cache_size = -196608; PRAGMA temp_store = MEMORY");
	if (!status)
		status = pragma_verified(store, "PRAGMA synchronous", "2");
	if (!status)
		status = pragma_verified(store, "PRAGMA foreign_keys", "1");
	return status;
}

static enum store_status
open_database(struct store *store)
{
	int rc;

	/* Counting each allocation takes a lock; nobody asks for the sum. Once
	 * the library is in use this is refused, and of no matter. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = sqlite3_open_v2(store->path, &store->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
	    SQLITE_OPEN_EXRESCODE, NULL);

	if (rc != SQLITE_OK)
		return fail_sqlite(store, rc);
	sqlite3_busy_timeout(store->db, store->wait_ms);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	return store->access == STORE_READ ? STORE_OK :
	    configure_writing(store);
}

/* Steps of older stores; another process may have done them meanwhile. */
static enum store_status
migrate(struct store *store)
{
	int64_t version = 0;
	enum store_status status = STORE_OK;

	if (store->access == STORE_READ)
		status = configure_writing(store);
	if (!status)
		status = lock_take(store);
	if (status)
		return status;
	status = execute(store, "BEGIN IMMEDIATE");
	if (!status)
		status = version_read(store, &version);
	if (!status)
		status = schema_migrate(store, (int)version);
	if (!status)
		status = execute(store, "COMMIT");
	else if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	lock_release(store);
	return status;
}

static enum store_status
verify(struct store *store)
{
	int64_t application = 0, version = 0;
	enum store_status status = run_int(store,
	    statement(store, "PRAGMA application_id"), &application);

	if (status)
		return status;
	if (application != APPLICATION_ID)
		return fail(store, STORE_CORRUPT, "%s is not a store of this "
		    "program; is the path right?", store->path);
	status = version_read(store, &version);
	if (!status && version < schema_version())
		status = migrate(store);
	return status;
}

static enum store_status
open_existing(struct store *store)
{
	struct stat info;
	enum store_status status;

	if (stat(store->path, &info) < 0 &&
	    (errno == ENOENT || errno == ENOTDIR))
		return fail(store, STORE_MISSING, "%s: there is no store (%s)",
		    store->path, strerror(errno));
	if (stat(store->path, &info) < 0)
		return fail(store, STORE_FULL, "%s cannot be read (%s)",
		    store->path, strerror(errno));
	if (!S_ISREG(info.st_mode))
		return fail(store, STORE_CORRUPT, "%s is not a file",
		    store->path);
	status = filesystem_check(store);
	if (!status)
		status = open_database(store);
	return status ? status : verify(store);
}

/* Fills an empty file; a crash before the commit leaves it empty. */
static enum store_status
fill(struct store *store)
{
	int64_t tables = 0;
	enum store_status status = lock_take(store);

	if (status)
		return status;
	status = open_database(store);
	if (!status)
		status = execute(store, "BEGIN IMMEDIATE");
	if (!status)
		status = run_int(store, statement(store,
		    "SELECT count(*) FROM sqlite_schema"), &tables);
	if (!status && !tables)
		status = schema_create(store);
	if (!status)
		status = execute(store, "COMMIT");
	lock_release(store);
	if (!status && tables)
		status = verify(store);
	else if (!status)
		status = folder_sync(store);
	return !status && tables ? STORE_KNOWN : status;
}

static enum store_status
create(struct store *store)
{
	enum store_status status = filesystem_check(store);
	struct stat info;
	int fd;

	if (status)
		return status;
	fd = open(store->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return fail(store, STORE_FULL, "%s cannot be made (%s); look "
		    "at the permissions of the folder and at the disk",
		    store->path, strerror(errno));
	if (fstat(fd, &info) < 0)
		info.st_size = 0;
	close(fd);
	if (info.st_size == 0)
		return fill(store);
	status = open_existing(store);
	return status ? status : STORE_KNOWN;
}

/* Without a database every verb answers with the failure of opening. */
static void
shut(struct store *store)
{
	g_clear_pointer(&store->statements, g_hash_table_destroy);
	g_clear_pointer(&store->built, g_hash_table_destroy);
	sqlite3_close_v2(store->db);
	store->db = NULL;
}

enum store_status
store_open(const char *path, enum store_access access, int wait_ms,
    struct store **out)
{
	struct store *store;
	enum store_status status;

	if (!path)
		return STORE_MISSING;
	store = g_new0(struct store, 1);
	store->path = g_strdup(path);
	store->access = access;
	store->wait_ms = MAX(wait_ms, 0);
	store->lock = -1;
	*out = store;
	status = access == STORE_CREATE ? create(store) : open_existing(store);
	if (status != STORE_OK && status != STORE_KNOWN)
		shut(store);
	return status;
}

void
store_close(struct store *store)
{
	if (!store)
		return;
	store_rollback(store);
	shut(store);
	if (store->lock >= 0)
		close(store->lock);
	if (store->touched)
		g_hash_table_unref(store->touched);
	g_free(store->path);
	g_free(store->error);
	g_free(store);
}

/* ---- transactions -------------------------------------------------------- */

enum store_status
store_begin(struct store *store)
{
	int64_t version = 0;
	enum store_status status;

	if (!store->db)
		return store->failed;
	if (store->access == STORE_READ)
		return fail(store, STORE_INVALID, "%s was opened for reading "
		    "only", store->path);
	if (store->writing)
		return fail(store, STORE_INVALID, "%s: a transaction is under "
		    "way already", store->path);
	status = lock_take(store);
	if (status)
		return status;
	status = run(store, statement(store, "BEGIN IMMEDIATE"));
	store->writing = status == STORE_NONE;
	store->looked = false;
	if (store->writing)
		status = version_read(store, &version);
	if (!status && version < schema_version())
		status = fail(store, STORE_CORRUPT, "%s has an older schema "
		    "than when it was opened; open it again", store->path);
	if (!status)
		return STORE_OK;
	if (store->writing)
		store_rollback(store);
	else
		lock_release(store);
	return status;
}

enum store_status
store_commit(struct store *store)
{
	enum store_status status;

	if (!store->writing)
		return fail(store, STORE_INVALID, "%s: no transaction is "
		    "under way", store->path);
	if (sqlite3_get_autocommit(store->db) || store->doomed) {
		store_rollback(store);
		return store->failed ? store->failed : fail(store, STORE_FULL,
		    "%s: the transaction was taken back", store->path);
	}
	status = store_bulk_end(store);
	if (status) {
		store_rollback(store);
		return status;
	}
	status = run(store, statement(store, "COMMIT"));
	if (status != STORE_NONE) {
		store_rollback(store);
		return status;
	}
	store->writing = store->together = false;
	lock_release(store);
	return STORE_OK;
}

void
store_together(struct store *store)
{
	store->together = store->writing;
	store->depth = 0;
}

void
store_rollback(struct store *store)
{
	if (!store || !store->writing)
		return;
	store->writing = store->doomed = store->together = false;
	touch_all(store);
	g_clear_pointer(&store->bulk, bulk_free);
	store->depth = 0;
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	lock_release(store);
}

enum store_status
verb_begin(struct store *store, bool *own)
{
	enum store_status status;

	*own = !store->writing;
	if (*own)
		return store_begin(store);
	if (store->together) {
		if (store->depth++ == 0)
			store->changes = sqlite3_total_changes64(store->db);
		return STORE_OK;
	}
	status = run(store, statement(store, "SAVEPOINT verb"));
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
verb_end(struct store *store, bool own, enum store_status status)
{
	bool keep = status <= STORE_CONFLICT;
	enum store_status end;

	if (own && keep) {
		end = store_commit(store);
		return end ? end : status;
	}
	if (own) {
		store_rollback(store);
		return status;
	}
	if (store->together) {
		store->depth--;
		store->doomed |= !keep && store->changes !=
		    sqlite3_total_changes64(store->db);
		return status;
	}
	if (sqlite3_get_autocommit(store->db))
		return keep ? store->failed : status;
	if (!keep)
		sqlite3_exec(store->db, "ROLLBACK TO verb", NULL, NULL, NULL);
	end = run(store, statement(store, "RELEASE verb"));
	return !keep || end == STORE_NONE ? status : end;
}

enum store_status
verb_begin_one(struct store *store, bool *own)
{
	*own = !store->writing;
	return *own ? store_begin(store) : STORE_OK;
}

enum store_status
verb_end_one(struct store *store, bool own, enum store_status status)
{
	return own ? verb_end(store, true, status) : status;
}

enum store_status
write_one(struct store *store, sqlite3_stmt *stmt)
{
	bool own = !store->writing;
	enum store_status status;

	if (!stmt)
		return store->failed;
	if (own && (status = store_begin(store)))
		return status;
	status = run(store, stmt);
	if (status == STORE_NONE && sqlite3_changes(store->db) > 0)
		status = STORE_OK;
	return own ? verb_end(store, true, status) : status;
}
