/*
 * store_bulk.c - what is written in bulk is what would have been written row
 * by row: the same rows, keys, indexes and sums of lessons. A verb that fails before it wrote
 * leaves the rest in order; one that fails half done takes all with it.
 */
#include "store_lib.h"

#define INVOICES 300

/* All of the schema and of the tables that bulk writes, as text. */
static char *
image(struct store *store)
{
	static const char *const sql[] = {
		"SELECT group_concat(sql, ';') FROM (SELECT sql"
		" FROM sqlite_schema ORDER BY name)",
		"SELECT group_concat(key || number || customer || open, ';')"
		" FROM (SELECT * FROM invoice ORDER BY id)",
		"SELECT group_concat(key || '=' || invoice, ';')"
		" FROM (SELECT * FROM invoice_key ORDER BY key, invoice)",
	};
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(sql); i++) {
		sqlite3_stmt *stmt = statement(store, sql[i]);

		CALL(store, step(store, stmt));
		g_string_append_printf(out, "%s\n",
		    (const char *)sqlite3_column_text(stmt, 0));
		sqlite3_reset(stmt);
	}
	return g_string_free(out, FALSE);
}

static enum store_status
add(struct store *store, int64_t customer, int n, const char *key)
{
	g_autofree char *name = g_strdup_printf("I%d", n * 7919 % 1000);
	g_autofree char *short_key = g_strdup_printf("%d", n % 10);
	const char *const keys[] = { name, short_key, "common-to-all", key,
		NULL };
	struct invoice invoice = {
		.key = name, .number = name, .customer = customer,
		.state = INVOICE_OPEN, .date = (char *)"2026-10-01",
		.due = (char *)"2026-10-31", .currency = (char *)"EUR",
		.amount = 100 + n, .opening = 100 + n
	};

	return store_invoice_add(store, &invoice, keys);
}

static char *
fill(int before, bool bulk)
{
	struct scratch scratch;
	char *text;
	int64_t customer;

	scratch_open(&scratch);
	customer = make_customer(scratch.store, "C1");
	for (int i = 0; i < before; i++)
		CALL(scratch.store, add(scratch.store, customer, i, NULL));
	CALL(scratch.store, store_begin(scratch.store));
	if (bulk)
		CALL(scratch.store, store_bulk_begin(scratch.store));
	for (int i = before; i < INVOICES; i++)
		CALL(scratch.store, add(scratch.store, customer, i, NULL));
	if (bulk)
		CALL(scratch.store, store_bulk_end(scratch.store));
	CALL(scratch.store, store_commit(scratch.store));
	text = image(scratch.store);
	scratch_close(&scratch);
	return text;
}

/* Into an empty store, whose indexes are made anew, and beside other rows. */
static void
test_same(gconstpointer before)
{
	g_autofree char *plain = fill(GPOINTER_TO_INT(before), false);
	g_autofree char *bulk = fill(GPOINTER_TO_INT(before), true);

	g_assert_nonnull(strstr(plain, "CREATE INDEX invoice_open"));
	g_assert_nonnull(strstr(plain, "common-to-all=300"));
	g_assert_cmpstr(bulk, ==, plain);
}

/* ---- lessons ---- */

#define LESSONS 400
#define PAYERS 5

/* Every third lesson has no day of its invoice, some are of the same day. */
static void
teach(struct store *store, const int64_t *customers, int n)
{
	int x = n * 7919 % 1009;
	g_autofree char *day = g_strdup_printf("%d-%02d-%02d", 2024 + x % 3,
	    1 + x % 12, 1 + x % 31 % 28);
	g_autofree char *invoiced = g_strdup_printf("2023-%02d-%02d",
	    1 + x * 5 % 12, 1 + x % 27);
	g_autofree char *account = g_strdup_printf("ACCOUNT%d", x % 7);
	g_autofree char *alias = g_strdup_printf("ALIAS %d", x % 4);
	struct lesson lesson = {
		.customer = customers[x % PAYERS], .day = day,
		.account = x % 4 ? account : NULL, .own = x % 2,
		.alias = x % 2 ? NULL : alias,
		.invoiced = x % 3 ? invoiced : NULL, .aged = x % 3 != 0,
		.age = x % 3 ? x % 90 - 10 : 0, .habits = x & 255
	};

	CALL(store, store_lesson_add(store, &lesson));
}

static char *
learned(struct store *store)
{
	static const char *const tables[] = {
		"customer_account", "customer_alias", "customer_habit"
	};
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autofree char *sql = g_strdup_printf("SELECT * FROM %s",
		    tables[i]);
		sqlite3_stmt *stmt = statement_built(store, sql);

		while (step(store, stmt) == STORE_OK) {
			for (int k = 0; k < sqlite3_column_count(stmt); k++)
				g_string_append_printf(out, "%s|", (const char *)
				    sqlite3_column_text(stmt, k));
			g_string_append_c(out, '\n');
		}
	}
	return g_string_free(out, FALSE);
}

static char *
study(int before, bool bulk)
{
	struct scratch scratch;
	int64_t customers[PAYERS];
	char *text;

	scratch_open(&scratch);
	for (int i = 0; i < PAYERS; i++) {
		g_autofree char *key = g_strdup_printf("C%d", i);

		customers[i] = make_customer(scratch.store, key);
	}
	for (int i = 0; i < before; i++)
		teach(scratch.store, customers, i);
	CALL(scratch.store, store_begin(scratch.store));
	if (bulk)
		CALL(scratch.store, store_bulk_begin(scratch.store));
	for (int i = before; i < LESSONS; i++)
		teach(scratch.store, customers, i);
	CALL(scratch.store, store_commit(scratch.store));
	text = learned(scratch.store);
	scratch_close(&scratch);
	return text;
}

static void
test_lessons(gconstpointer before)
{
	g_autofree char *plain = study(GPOINTER_TO_INT(before), false);
	g_autofree char *bulk = study(GPOINTER_TO_INT(before), true);

	g_assert_nonnull(strstr(plain, "ACCOUNT6|5|"));
	g_assert_nonnull(strstr(plain, "|2026|"));
	g_assert_cmpstr(bulk, ==, plain);
}

/* Together, without bulk: what is written stands, unless a verb fails. */
static void
test_together(void)
{
	struct scratch scratch;
	g_autoptr(GPtrArray) found = NULL;
	int64_t customer;

	scratch_open(&scratch);
	customer = make_customer(scratch.store, "C1");
	CALL(scratch.store, store_begin(scratch.store));
	store_together(scratch.store);
	CALL(scratch.store, add(scratch.store, customer, 1, NULL));
	CALL(scratch.store, store_commit(scratch.store));
	CALL(scratch.store, store_begin(scratch.store));
	store_together(scratch.store);
	g_assert_cmpint(add(scratch.store, customer, 2, ""), ==, STORE_INVALID);
	g_assert_cmpint(store_commit(scratch.store), ==, STORE_INVALID);
	CALL(scratch.store, store_begin(scratch.store));
	g_assert_cmpint(add(scratch.store, customer, 3, ""), ==, STORE_INVALID);
	CALL(scratch.store, store_commit(scratch.store));
	CALL(scratch.store, store_invoice_find_key(scratch.store,
	    "common-to-all", 9, &found));
	g_assert_cmpint(found->len, ==, 1);
	scratch_close(&scratch);
}

static void
test_ends_with_commit(void)
{
	struct scratch scratch;
	g_autoptr(GPtrArray) found = NULL;
	g_autoptr(GPtrArray) problems = NULL;
	int64_t customer;

	scratch_open(&scratch);
	customer = make_customer(scratch.store, "C1");
	g_assert_cmpint(store_bulk_begin(scratch.store), ==, STORE_INVALID);
	CALL(scratch.store, store_bulk_end(scratch.store));
	CALL(scratch.store, store_begin(scratch.store));
	CALL(scratch.store, store_bulk_begin(scratch.store));
	CALL(scratch.store, add(scratch.store, customer, 1, NULL));
	g_assert_cmpint(add(scratch.store, customer, 1, NULL), ==,
	    STORE_KNOWN);
	g_assert_cmpint(add(scratch.store, customer, 1001, NULL), ==,
	    STORE_CONFLICT);
	CALL(scratch.store, store_commit(scratch.store));
	CALL(scratch.store, store_invoice_find_key(scratch.store,
	    "common-to-all", 9, &found));
	g_assert_cmpuint(found->len, ==, 1);
	CALL(scratch.store, store_check(scratch.store, &problems));
	g_assert_cmpuint(problems->len, ==, 0);
	scratch_close(&scratch);
}

/* Nothing was written by the verb that failed: the others count. */
static void
test_refused(void)
{
	struct scratch scratch;
	struct invoice *found = NULL;
	int64_t customer;

	scratch_open(&scratch);
	customer = make_customer(scratch.store, "C1");
	CALL(scratch.store, store_begin(scratch.store));
	CALL(scratch.store, store_bulk_begin(scratch.store));
	CALL(scratch.store, add(scratch.store, customer, 1, NULL));
	g_assert_cmpint(add(scratch.store, customer + 77, 2, NULL), ==,
	    STORE_INVALID);
	CALL(scratch.store, add(scratch.store, customer, 3, NULL));
	CALL(scratch.store, store_commit(scratch.store));
	CALL(scratch.store, store_invoice_find(scratch.store, "I757", &found));
	invoice_free(found);
	scratch_close(&scratch);
}

/* The invoice was written, a key of it was not: nothing of all that stays,
 * and the next transaction is as good as any. */
static void
test_half_done(void)
{
	struct scratch scratch;
	g_autofree char *before = NULL;
	g_autofree char *after = NULL;
	int64_t customer;

	scratch_open(&scratch);
	customer = make_customer(scratch.store, "C1");
	before = image(scratch.store);
	CALL(scratch.store, store_begin(scratch.store));
	CALL(scratch.store, store_bulk_begin(scratch.store));
	CALL(scratch.store, add(scratch.store, customer, 1, NULL));
	g_assert_cmpint(add(scratch.store, customer, 2, ""), ==,
	    STORE_INVALID);
	CALL(scratch.store, add(scratch.store, customer, 3, NULL));
	g_assert_cmpint(store_commit(scratch.store), ==, STORE_INVALID);
	after = image(scratch.store);
	g_assert_cmpstr(after, ==, before);
	CALL(scratch.store, store_begin(scratch.store));
	CALL(scratch.store, add(scratch.store, customer, 4, NULL));
	CALL(scratch.store, store_commit(scratch.store));
	scratch_close(&scratch);
}

/* A rollback brings the indexes back with the rest. */
static void
test_rolled_back(void)
{
	struct scratch scratch;
	g_autofree char *before = NULL;
	g_autofree char *after = NULL;
	int64_t customer;

	scratch_open(&scratch);
	customer = make_customer(scratch.store, "C1");
	before = image(scratch.store);
	CALL(scratch.store, store_begin(scratch.store));
	CALL(scratch.store, store_bulk_begin(scratch.store));
	CALL(scratch.store, add(scratch.store, customer, 1, NULL));
	store_rollback(scratch.store);
	after = image(scratch.store);
	g_assert_cmpstr(after, ==, before);
	scratch_close(&scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/bulk/into an empty store", GINT_TO_POINTER(0),
	    test_same);
	g_test_add_data_func("/bulk/beside other invoices",
	    GINT_TO_POINTER(50), test_same);
	g_test_add_data_func("/bulk/the first lessons", GINT_TO_POINTER(0),
	    test_lessons);
	g_test_add_data_func("/bulk/lessons after others",
	    GINT_TO_POINTER(100), test_lessons);
	g_test_add_func("/bulk/together", test_together);
	g_test_add_func("/bulk/ends with the transaction",
	    test_ends_with_commit);
	g_test_add_func("/bulk/a refused row", test_refused);
	g_test_add_func("/bulk/a row half written", test_half_done);
	g_test_add_func("/bulk/rolled back", test_rolled_back);
	return g_test_run();
}
