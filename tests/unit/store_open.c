/*
 * store_open.c - opening under every bad condition: missing, not a store,
 * newer, damaged, locked, read-only, full; schema = migrations; facts that
 * are only ever added.
 */
#include "store_lib.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static sqlite3 *
raw_open(const char *path)
{
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	return db;
}

/* Behind the store's back. */
static void
raw(const char *path, const char *sql)
{
	sqlite3 *db = raw_open(path);
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		g_error("%s: %s", sql, why);
	sqlite3_close(db);
}

/* ---- conditions -------------------------------------------------------------- */

static void
no_file(struct scratch *scratch)
{
	g_unlink(scratch->path);
}

static void
empty_file(struct scratch *scratch)
{
	g_assert_true(g_file_set_contents(scratch->path, "", 0, NULL));
}

static void
text_file(struct scratch *scratch)
{
	g_autofree char *text = g_strnfill(5000, 'x');

	g_assert_true(g_file_set_contents(scratch->path, text, -1, NULL));
}

static void
other_database(struct scratch *scratch)
{
	g_unlink(scratch->path);
	raw(scratch->path, "CREATE TABLE t (a)");
}

static void
newer(struct scratch *scratch)
{
	raw(scratch->path, "PRAGMA user_version = 999");
}

/* Older than the first step: an empty store that only says what it is. */
static void
older(struct scratch *scratch)
{
	g_unlink(scratch->path);
	raw(scratch->path, "PRAGMA application_id = 1835428980");
}

static void
folder(struct scratch *scratch)
{
	g_unlink(scratch->path);
	g_assert_cmpint(g_mkdir(scratch->path, 0700), ==, 0);
}

static void
damaged(struct scratch *scratch)
{
	int fd = open(scratch->path, O_WRONLY);

	g_assert_cmpint(pwrite(fd, "garbage garbage!", 16, 100), ==, 16);
	close(fd);
}

static void
fine(struct scratch *scratch)
{
	(void)scratch;
}

struct condition {
	const char *name;
	void (*make)(struct scratch *scratch);
	enum store_access access;
	enum store_status status;
	const char *says;
};

static const struct condition conditions[] = {
	{ "read", fine, STORE_READ, STORE_OK, NULL },
	{ "write", fine, STORE_WRITE, STORE_OK, NULL },
	{ "create known", fine, STORE_CREATE, STORE_KNOWN, NULL },
	{ "create after a crash", empty_file, STORE_CREATE, STORE_OK, NULL },
	{ "missing read", no_file, STORE_READ, STORE_MISSING, "no store" },
	{ "missing write", no_file, STORE_WRITE, STORE_MISSING, "no store" },
	{ "empty", empty_file, STORE_WRITE, STORE_CORRUPT, "not a store" },
	{ "text", text_file, STORE_WRITE, STORE_CORRUPT, "not a store" },
	{ "text read", text_file, STORE_READ, STORE_CORRUPT, "not a store" },
	{ "other database", other_database, STORE_WRITE, STORE_CORRUPT,
	    "not a store" },
	{ "other database create", other_database, STORE_CREATE,
	    STORE_CORRUPT, "not a store" },
	{ "newer read", newer, STORE_READ, STORE_NEWER, "newer program" },
	{ "newer write", newer, STORE_WRITE, STORE_NEWER, "newer program" },
	{ "newer create", newer, STORE_CREATE, STORE_NEWER, "newer program" },
	{ "older write", older, STORE_WRITE, STORE_OK, NULL },
	{ "older read", older, STORE_READ, STORE_OK, NULL },
	{ "folder", folder, STORE_WRITE, STORE_CORRUPT, "not a file" },
	{ "damaged", damaged, STORE_WRITE, STORE_CORRUPT, "damaged" },
};

static void
test_condition(const void *data)
{
	const struct condition *condition = data;
	struct scratch scratch;
	struct store *store = NULL;

	scratch_open(&scratch);
	store_close(scratch.store);
	scratch.store = NULL;
	condition->make(&scratch);
	g_assert_cmpint(store_open(scratch.path, condition->access, 1000,
	    &store), ==, condition->status);
	if (condition->says) {
		g_assert_nonnull(strstr(store_error(store), condition->says));
		g_assert_nonnull(strstr(store_error(store), scratch.path));
		/* Nothing works on it, and nothing breaks. */
		g_assert_cmpint(store_begin(store), !=, STORE_OK);
	} else if (condition->access != STORE_READ)
		make_customer(store, "C1");
	store_close(store);
	g_rmdir(scratch.path);
	scratch_close(&scratch);
}

static void
test_no_path(void)
{
	struct store *store = NULL;

	g_assert_cmpint(store_open(NULL, STORE_WRITE, 0, &store), ==,
	    STORE_MISSING);
	store_close(NULL);
	g_assert_cmpstr(store_error(NULL), !=, NULL);
}

static void
test_modes(void)
{
	struct scratch scratch;
	struct stat info;
	int64_t value = 0;
	sqlite3_stmt *stmt;

	scratch_open(&scratch);
	g_assert_cmpint(stat(scratch.path, &info), ==, 0);
	g_assert_cmpint(info.st_mode & 0777, ==, 0600);
	stmt = statement(scratch.store, "PRAGMA journal_mode");
	g_assert_cmpint(step(scratch.store, stmt), ==, STORE_OK);
	g_assert_cmpstr((const char *)sqlite3_column_text(stmt, 0), ==,
	    "truncate");
	sqlite3_reset(stmt);
	CALL(scratch.store, run_int(scratch.store,
	    statement(scratch.store, "PRAGMA synchronous"), &value));
	g_assert_cmpint(value, ==, 2);
	CALL(scratch.store, run_int(scratch.store,
	    statement(scratch.store, "PRAGMA foreign_keys"), &value));
	g_assert_cmpint(value, ==, 1);
	scratch_close(&scratch);
}

/* ---- locks ------------------------------------------------------------------------ */

static void
test_flock_held(void)
{
	struct scratch scratch;
	struct store *other = NULL;
	const struct payment_filter all = { 0 };
	g_autoptr(GPtrArray) list = NULL;

	scratch_open(&scratch);
	CALL(other, store_open(scratch.path, STORE_WRITE, 50, &other));
	CALL(scratch.store, store_begin(scratch.store));
	g_assert_cmpint(store_begin(other), ==, STORE_BUSY);
	g_assert_nonnull(strstr(store_error(other), "in use"));
	CALL(other, store_payment_list(other, &all, &list));
	store_rollback(scratch.store);
	CALL(other, store_begin(other));
	g_assert_cmpint(store_begin(other), ==, STORE_INVALID);
	CALL(other, store_commit(other));
	g_assert_cmpint(store_commit(other), ==, STORE_INVALID);
	store_close(other);
	scratch_close(&scratch);
}

/* A foreign program that knows SQLite's locks but not ours. */
static void
test_sqlite_locked(void)
{
	struct scratch scratch;
	struct store *other = NULL;
	sqlite3 *db;

	scratch_open(&scratch);
	CALL(other, store_open(scratch.path, STORE_WRITE, 50, &other));
	db = raw_open(scratch.path);
	g_assert_cmpint(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
	    ==, SQLITE_OK);
	g_assert_cmpint(store_begin(other), ==, STORE_BUSY);
	sqlite3_close(db);
	CALL(other, store_begin(other));
	store_close(other);
	scratch_close(&scratch);
}

static void
test_newer_meanwhile(void)
{
	struct scratch scratch;
	g_autofree char *today = g_strdup_printf("PRAGMA user_version = %d",
	    schema_version());

	scratch_open(&scratch);
	raw(scratch.path, "PRAGMA user_version = 999");
	g_assert_cmpint(store_begin(scratch.store), ==, STORE_NEWER);
	g_assert_cmpint(store_feed_heard(scratch.store, "A", 1), ==,
	    STORE_NEWER);
	raw(scratch.path, today);
	CALL(scratch.store, store_feed_heard(scratch.store, "A", 1));
	scratch_close(&scratch);
}

static void
test_reader_writes(void)
{
	struct scratch scratch;
	struct store *reader = NULL;

	scratch_open(&scratch);
	CALL(reader, store_open(scratch.path, STORE_READ, 50, &reader));
	g_assert_cmpint(store_feed_heard(reader, "A", 1), ==, STORE_INVALID);
	store_close(reader);
	scratch_close(&scratch);
}

static void
write_much(struct store *store, int *written)
{
	g_autofree char *text = g_strnfill(20000, 'x');
	struct journal_entry entry = { .at = 1, .code = (char *)"note",
		.text = text };
	enum store_status status;

	while (!(status = store_journal_add(store, &entry)) && *written < 500)
		++*written;
	g_assert_cmpint(status, ==, STORE_FULL);
	g_assert_nonnull(strstr(store_error(store), "disk"));
}

static void
read_back(struct store *store, int written)
{
	g_autoptr(GPtrArray) entries = NULL;

	CALL(store, store_journal_list(store, SUBJECT_NONE, 0, &entries));
	g_assert_cmpuint(entries->len, ==, (guint)written);
}

/* RLIMIT_FSIZE stands for the full disk. */
static void
test_full(void)
{
	struct scratch scratch;
	struct store *reader = NULL;
	struct rlimit old, small;
	int written = 0;

	scratch_open(&scratch);
	signal(SIGXFSZ, SIG_IGN);
	g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &old), ==, 0);
	small = old;
	small.rlim_cur = 600000;
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
	write_much(scratch.store, &written);
	g_assert_cmpint(written, >, 0);
	read_back(scratch.store, written);
	CALL(reader, store_open(scratch.path, STORE_READ, 50, &reader));
	read_back(reader, written);
	store_close(reader);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &old), ==, 0);
	assert_sound(scratch.store);
	CALL(scratch.store, store_feed_heard(scratch.store, "A", 1));
	scratch_close(&scratch);
}

/* root writes everywhere, so another user tries. */
static void
as_nobody(const char *path)
{
	struct store *store = NULL;
	g_autoptr(GPtrArray) list = NULL;

	if (getuid() == 0 && (setgid(65534) || setuid(65534)))
		_exit(9);
	if (store_open(path, STORE_WRITE, 50, &store) != STORE_FULL)
		_exit(1);
	store_close(store);
	if (store_open(path, STORE_READ, 50, &store) != STORE_OK)
		_exit(2);
	if (store_feed_list(store, &list) != STORE_OK || list->len != 1)
		_exit(3);
	store_close(store);
	_exit(0);
}

static void
test_read_only(void)
{
	struct scratch scratch;
	pid_t child;
	int status = 0;

	scratch_open(&scratch);
	CALL(scratch.store, store_feed_heard(scratch.store, "A", 1));
	g_chmod(scratch.folder, 0555);
	g_chmod(scratch.path, 0444);
	child = fork();
	if (child == 0)
		as_nobody(scratch.path);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status));
	g_assert_cmpint(WEXITSTATUS(status), ==, 0);
	g_chmod(scratch.folder, 0700);
	scratch_close(&scratch);
}

static void
test_filesystems(void)
{
	g_assert_cmpstr(filesystem_refused(0x6969), ==, "NFS");
	g_assert_cmpstr(filesystem_refused((long)0xff534d42), ==, "CIFS");
	g_assert_cmpstr(filesystem_refused((long)(int)0xfe534d42), ==, "SMB2");
	g_assert_cmpstr(filesystem_refused(0x65735546), ==, "FUSE");
	g_assert_null(filesystem_refused(0xef53));	/* ext4 */
	g_assert_null(filesystem_refused(0x01021994));	/* tmpfs */
}

/* ---- the schema ------------------------------------------------------------------ */

static char *
schema_of(struct store *store)
{
	GString *text = g_string_new(NULL);
	sqlite3_stmt *stmt = statement(store,
	    "SELECT sql FROM sqlite_schema ORDER BY type, name");
	int64_t version = 0;

	while (step(store, stmt) == STORE_OK) {
		const char *sql = (const char *)sqlite3_column_text(stmt, 0);

		g_string_append_printf(text, "%s\n", sql ? sql : "-");
	}
	CALL(store, run_int(store, statement(store, "PRAGMA user_version"),
	    &version));
	g_string_append_printf(text, "version %d\n", (int)version);
	return g_string_free(text, FALSE);
}

static void
test_migrations(void)
{
	struct scratch scratch;
	struct store replayed = { .path = (char *)":memory:", .lock = -1 };
	g_autofree char *fresh = NULL, *replay = NULL;

	scratch_open(&scratch);
	fresh = schema_of(scratch.store);
	g_assert_cmpint(sqlite3_open(":memory:", &replayed.db), ==, SQLITE_OK);
	CALL(&replayed, schema_replay(&replayed));
	replay = schema_of(&replayed);
	g_assert_cmpstr(fresh, ==, replay);
	g_assert_nonnull(strstr(fresh, "CREATE TABLE journal"));
	g_hash_table_destroy(replayed.statements);
	sqlite3_close(replayed.db);
	scratch_close(&scratch);
}

static void
fill_all(struct store *store)
{
	struct report report = make_report(CHANNEL_NOTICE, TRUST_O, 500,
	    "2026-11-10", "m1");
	struct allocation allocation = { .amount = 200, .by = (char *)"auto",
		.at = 7 };
	struct journal_entry entry = { .at = 1, .code = (char *)"note",
		.text = (char *)"text" };
	enum report_result result;

	CALL(store, store_payment_report(store, &report, &result,
	    &allocation.payment));
	allocation.invoice = make_invoice(store, make_customer(store, "C1"),
	    "I1", 500);
	CALL(store, store_allocation_add(store, &allocation));
	CALL(store, store_allocation_add(store, &allocation));
	CALL(store, store_allocation_reverse(store, allocation.id, "wrong",
	    "Ada", 8));
	for (int i = 0; i < 4; i++)
		CALL(store, store_journal_add(store, &entry));
}

static const char *const forbidden[] = {
	"UPDATE report SET amount = 1", "DELETE FROM report",
	"UPDATE report SET booked = '2026-01-01'",
	"UPDATE allocation SET amount = 1", "DELETE FROM allocation",
	"UPDATE allocation SET reversed = 0",
	"UPDATE allocation SET invoice = 7, reversed = 9",
	"UPDATE allocation SET reversed = 9 WHERE reversed <> 0",
	"UPDATE allocation SET reversed_why = 'other' WHERE reversed <> 0",
	"UPDATE journal SET text = 'x'", "DELETE FROM journal",
	"DELETE FROM journal WHERE id = 4",
	"INSERT INTO payment (key, trust, state, currency, amount,"
	" unallocated, booked, arrived, set_aside) VALUES ('x', 2, 2, 'EUR',"
	" 100, 101, '2026-01-01', 0, 0)",
	"INSERT INTO payment (key, trust, state, currency, amount,"
	" unallocated, booked, arrived, set_aside) VALUES ('x', 2, 2, 'euro',"
	" 100, 100, '2026-01-01', 0, 0)",
	"UPDATE invoice SET open = -1", "UPDATE invoice SET announced = 501",
	"UPDATE invoice SET amount = 1.5",
	"INSERT INTO report_payment VALUES (99, 1)",
};

static void
test_forbidden(const void *data)
{
	struct scratch scratch;
	sqlite3 *db;

	scratch_open(&scratch);
	fill_all(scratch.store);
	db = raw_open(scratch.path);
	sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
	g_assert_cmpint(sqlite3_exec(db, data, NULL, NULL, NULL) & 0xff, ==,
	    SQLITE_CONSTRAINT);
	sqlite3_close(db);
	assert_sound(scratch.store);
	scratch_close(&scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(conditions); i++) {
		g_autofree char *path = g_strdup_printf("/open/%s",
		    conditions[i].name);

		g_test_add_data_func(path, &conditions[i], test_condition);
	}
	g_test_add_func("/open/no path", test_no_path);
	g_test_add_func("/open/modes", test_modes);
	g_test_add_func("/open/flock held", test_flock_held);
	g_test_add_func("/open/sqlite locked", test_sqlite_locked);
	g_test_add_func("/open/newer meanwhile", test_newer_meanwhile);
	g_test_add_func("/open/reader writes", test_reader_writes);
	g_test_add_func("/open/full", test_full);
	g_test_add_func("/open/read-only", test_read_only);
	g_test_add_func("/open/file systems", test_filesystems);
	g_test_add_func("/schema/migrations", test_migrations);
	for (size_t i = 0; i < G_N_ELEMENTS(forbidden); i++) {
		g_autofree char *path = g_strdup_printf("/schema/forbidden %zu",
		    i);

		g_test_add_data_func(path, forbidden[i], test_forbidden);
	}
	return g_test_run();
}
