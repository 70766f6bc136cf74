/*
 * store_tamper.c - what somebody changed behind the store's back is reported
 * by store_check; a backup is whole.
 */
#include "store_desk.h"

#include <sys/stat.h>

struct tampering {
	const char *name, *sql, *says;
};

#define UNGUARD "DROP TRIGGER journal_kept; DROP TRIGGER journal_stays;" \
	" DROP TRIGGER allocation_kept; DROP TRIGGER allocation_stays;" \
	" DROP TRIGGER report_kept; DROP TRIGGER report_stays;"

static const struct tampering tamperings[] = {
	{ "journal edited", UNGUARD
	    "UPDATE journal SET text = 'paid' WHERE id = 3",
	    "entry 3 of the journal was changed" },
	{ "journal moment edited", UNGUARD
	    "UPDATE journal SET at = 7 WHERE id = 2", "entry 2 of the journal" },
	{ "journal middle deleted", UNGUARD
	    "DELETE FROM journal WHERE id = 3", "has no entry 3" },
	{ "journal first deleted", UNGUARD
	    "DELETE FROM journal WHERE id = 1", "has no entry 1" },
	{ "journal tail deleted", UNGUARD
	    "DELETE FROM journal WHERE id = 5", "once had 5 entries" },
	{ "journal emptied", UNGUARD "DELETE FROM journal",
	    "once had 5 entries" },
	{ "journal reordered", UNGUARD
	    "UPDATE journal SET id = 99 WHERE id = 2;"
	    "UPDATE journal SET id = 2 WHERE id = 3;"
	    "UPDATE journal SET id = 3 WHERE id = 99", "entry 2 of the journal" },
	{ "open balance", "UPDATE invoice SET open = 700", "open is not" },
	{ "announced", "UPDATE invoice SET announced = 5", "announced is not" },
	{ "state", "UPDATE invoice SET state = 2", "its state" },
	{ "unallocated", "UPDATE payment SET unallocated = 1",
	    "what is left" },
	{ "amount", "UPDATE payment SET amount = 5000", "best report" },
	{ "allocation amount", UNGUARD "UPDATE allocation SET amount = 1",
	    "what is left" },
	{ "allocation deleted", UNGUARD "DELETE FROM allocation",
	    "what is left" },
	{ "report deleted", UNGUARD "PRAGMA foreign_keys = OFF;"
	    " DELETE FROM report", "points to a row" },
	{ "report unlinked", "DELETE FROM report_payment", "no report" },
	{ "customer deleted", "PRAGMA foreign_keys = OFF;"
	    " DELETE FROM customer", "points to a row" },
};

static void
write_journal(struct store *store)
{
	struct journal_entry entry = { .subject = SUBJECT_INVOICE, .row = 1,
		.code = (char *)"settled", .evidence = (char *)"{}" };

	for (int i = 0; i < 5; i++) {
		g_autofree char *text = g_strdup_printf("entry %d", i);

		entry.text = text;
		entry.at = 100 + i;
		CALL(store, store_journal_add(store, &entry));
	}
}

static void
test_tampering(const void *data)
{
	const struct tampering *tampering = data;
	struct desk desk;
	g_autoptr(GPtrArray) problems = NULL;
	bool said = false;
	sqlite3 *db;

	desk_open(&desk);
	CALL(desk.store, allocate(desk.store, desk.payment, desk.invoice,
	    ALLOCATION_PAYMENT, 0, 600, NULL));
	write_journal(desk.store);
	assert_sound(desk.store);
	CALL(desk.store, store_commit(desk.store));
	g_assert_cmpint(sqlite3_open(desk.scratch.path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, tampering->sql, NULL, NULL, NULL),
	    ==, SQLITE_OK);
	sqlite3_close(db);
	CALL(desk.store, store_check(desk.store, &problems));
	for (guint i = 0; i < problems->len; i++)
		said |= strstr(problems->pdata[i], tampering->says) != NULL;
	g_assert_true(said);
	scratch_close(&desk.scratch);
}

/* An entry that was written again with a hash that fits it. */
static void
test_forged_entry(void)
{
	struct desk desk;
	g_autoptr(GPtrArray) entries = NULL, problems = NULL;
	g_autofree char *hash = NULL, *sql = NULL;
	struct journal_entry *entry;

	desk_open(&desk);
	write_journal(desk.store);
	CALL(desk.store, store_journal_list(desk.store, SUBJECT_NONE, 0,
	    &entries));
	entry = entries->pdata[2];
	g_free(entry->text);
	entry->text = g_strdup("all is well");
	hash = journal_hash(((struct journal_entry *)entries->pdata[1])->hash,
	    entry);
	sql = g_strdup_printf("DROP TRIGGER journal_kept; UPDATE journal"
	    " SET text = 'all is well', hash = '%s' WHERE id = 3", hash);
	CALL(desk.store, execute(desk.store, sql));
	CALL(desk.store, store_check(desk.store, &problems));
	g_assert_cmpuint(problems->len, ==, 1);
	g_assert_nonnull(strstr(problems->pdata[0], "entry 4"));
	store_rollback(desk.store);
	scratch_close(&desk.scratch);
}

/* What the chain itself cannot see shows against a head kept elsewhere. */
static void
test_head(void)
{
	struct desk desk;
	g_autofree char *empty = NULL, *before = NULL, *after = NULL;

	desk_open(&desk);
	CALL(desk.store, store_journal_head(desk.store, &empty));
	g_assert_cmpstr(empty, ==, "");
	write_journal(desk.store);
	CALL(desk.store, store_journal_head(desk.store, &before));
	g_assert_cmpuint(strlen(before), ==, 64);
	CALL(desk.store, execute(desk.store, "DROP TRIGGER journal_stays;"
	    " DELETE FROM journal WHERE id = 5;"
	    " UPDATE sqlite_sequence SET seq = 4"));
	assert_sound(desk.store);
	CALL(desk.store, store_journal_head(desk.store, &after));
	g_assert_cmpstr(before, !=, after);
	desk_close(&desk);
}

/* A page that somebody overwrote. */
static void
test_damage(void)
{
	struct desk desk;
	g_autoptr(GPtrArray) problems = NULL;
	struct stat info;
	FILE *file;

	desk_open(&desk);
	CALL(desk.store, store_commit(desk.store));
	g_assert_cmpint(stat(desk.scratch.path, &info), ==, 0);
	file = fopen(desk.scratch.path, "r+");
	for (long at = 4096L * 4; at < info.st_size; at += 4096L * 3) {
		fseek(file, at, SEEK_SET);
		fwrite("XXXXXXXXXXXXXXXX", 1, 16, file);
	}
	fclose(file);
	store_close(desk.store);
	CALL(desk.store, store_open(desk.scratch.path, STORE_READ, 100,
	    &desk.store));
	desk.scratch.store = desk.store;
	CALL(desk.store, store_check(desk.store, &problems));
	g_assert_cmpuint(problems->len, >, 0);
	scratch_close(&desk.scratch);
}

static void
test_backup(void)
{
	struct desk desk;
	g_autofree char *path = NULL, *first = NULL, *second = NULL;
	struct store *copy = NULL;
	struct stat info;

	desk_open(&desk);
	write_journal(desk.store);
	CALL(desk.store, store_commit(desk.store));
	path = g_build_filename(desk.scratch.folder, "copy.db", NULL);
	CALL(desk.store, store_backup(desk.store, path));
	g_assert_cmpint(stat(path, &info), ==, 0);
	g_assert_cmpint(info.st_mode & 0777, ==, 0600);
	g_assert_cmpint(store_backup(desk.store, path), ==, STORE_INVALID);
	g_assert_nonnull(strstr(store_error(desk.store), "there already"));
	CALL(copy, store_open(path, STORE_WRITE, 100, &copy));
	assert_sound(copy);
	first = ledger_text(desk.store);
	second = ledger_text(copy);
	g_assert_cmpstr(first, ==, second);
	g_assert_cmpuint(strlen(first), >, 10);
	store_close(copy);
	scratch_close(&desk.scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tamperings); i++) {
		g_autofree char *path = g_strdup_printf("/tampering/%s",
		    tamperings[i].name);

		g_test_add_data_func(path, &tamperings[i], test_tampering);
	}
	g_test_add_func("/tampering/forged entry", test_forged_entry);
	g_test_add_func("/tampering/head", test_head);
	g_test_add_func("/tampering/damage", test_damage);
	g_test_add_func("/backup/copy", test_backup);
	return g_test_run();
}
