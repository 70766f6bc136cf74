/*
 * store_plans.c - no statement that a message causes reads a whole table: the
 * verbs are played, then SQLite is asked for the plan of every statement that
 * was prepared. And fifty processes at once, without one failure.
 */
#include "store_lib.h"

#include <sys/wait.h>

/* ---- everything that a message may ask --------------------------------------- */

static void
play_parties(struct store *store, int64_t customer)
{
	const char *const words[] = { "ada", "lovelace", NULL };
	struct customer *found = NULL;
	GPtrArray *list = NULL;
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));

	CALL(store, store_customer_add_account(store, customer, "DE1",
	    SOURCE_IMPORT));
	CALL(store, store_customer_set_words(store, customer, words));
	CALL(store, store_party_by_account(store, "DE1", &list));
	g_ptr_array_unref(list);
	CALL(store, store_party_by_word(store, "ada", 20, ids));
	CALL(store, store_customer_get(store, customer, &found));
	customer_free(found);
	CALL(store, store_customer_find(store, "c1", &found));
	customer_free(found);
	g_assert_cmpint(store_customer_find(store, "x@y.example", &found), ==,
	    STORE_NONE);
	CALL(store, store_customer_set_undelivered(store, customer, 5));
}

static void
play_invoices(struct store *store, int64_t customer, int64_t invoice)
{
	struct invoice_filter filter = { .customer = customer,
		.open_only = true };
	struct invoice *found = NULL;
	GPtrArray *list = NULL;
	int count = 0;

	CALL(store, store_invoice_find(store, "I1", &found));
	invoice_free(found);
	CALL(store, store_invoice_find_key(store, "I1", 10, &list));
	g_ptr_array_unref(list);
	CALL(store, store_invoice_find_open(store, customer, 10, &list));
	g_ptr_array_unref(list);
	CALL(store, store_invoice_find_due(store, "2026-11-10", "2026-11-20",
	    &list));
	g_ptr_array_unref(list);
	CALL(store, store_invoice_list(store, &filter, &list));
	g_ptr_array_unref(list);
	filter = (struct invoice_filter){ .open_only = true,
		.due_until = "2026-11-01" };
	CALL(store, store_invoice_list(store, &filter, &list));
	g_ptr_array_unref(list);
	CALL(store, store_invoice_count_open(store, "EUR", 500, &count));
	g_assert_cmpint(count, ==, 1);
	CALL(store, store_invoice_set_sent(store, invoice, "a@b.example", 5));
}

static void
play_money(struct store *store, int64_t invoice)
{
	struct report report = make_report(CHANNEL_NOTICE, TRUST_A, 500,
	    "2026-11-10", "m1");
	struct allocation allocation = { .invoice = invoice, .amount = 300,
		.by = (char *)"auto" };
	struct payment_filter filter = { .unallocated_only = true };
	struct suggestion suggestion = { .invoice = invoice, .amount = 200 };
	g_autoptr(GPtrArray) suggestions = g_ptr_array_new();
	struct payment *found = NULL;
	enum report_result result;
	GPtrArray *list = NULL;
	int64_t id;

	CALL(store, store_payment_report(store, &report, &result, &id));
	report = make_report(CHANNEL_STATEMENT, TRUST_S, 500, "2026-11-11",
	    "s#1");
	allocation.payment = id;
	CALL(store, store_allocation_add(store, &allocation));
	CALL(store, store_payment_report(store, &report, &result, &id));
	g_assert_cmpint(result, ==, REPORT_MERGED);
	CALL(store, store_payment_list(store, &filter, &list));
	g_ptr_array_unref(list);
	filter = (struct payment_filter){ .invoice = invoice };
	CALL(store, store_payment_list(store, &filter, &list));
	g_ptr_array_unref(list);
	CALL(store, store_payment_find_similar(store, id, 30, &list));
	g_ptr_array_unref(list);
	CALL(store, store_payment_get(store, id, &found));
	payment_free(found);
	g_assert_cmpint(store_payment_find(store, "none", &found), ==,
	    STORE_NONE);
	CALL(store, store_allocation_list(store, id, 0, true, &list));
	g_ptr_array_unref(list);
	CALL(store, store_allocation_list(store, 0, invoice, true, &list));
	g_ptr_array_unref(list);
	g_ptr_array_add(suggestions, &suggestion);
	CALL(store, store_suggestion_set(store, id, suggestions));
	CALL(store, store_suggestion_list(store, id, &list));
	g_ptr_array_unref(list);
	CALL(store, store_suggestion_reject(store, id, 9));
	CALL(store, store_allocation_reverse(store, allocation.id, "x", "y",
	    9));
	CALL(store, store_payment_set_aside(store, id, 9));
}

static void
play_letters(struct store *store, int64_t customer, int64_t invoice)
{
	struct letter_item item = { .invoice = invoice, .step = 1 };
	struct letter letter = { .kind = LETTER_REMINDER,
		.customer = customer, .message_id = (char *)"l@b.example",
		.items = g_ptr_array_new() };
	struct letter_filter filter = { .invoice = invoice,
		.waiting_only = true };
	struct hold hold = { .kind = HOLD_PROMISE, .customer = customer,
		.invoice = invoice, .trust = TRUST_A, .since = 1 };
	struct letter *found = NULL;
	GPtrArray *list = NULL;
	int64_t sent;
	int last;

	g_ptr_array_add(letter.items, &item);
	CALL(store, store_letter_add(store, &letter));
	CALL(store, store_letter_list(store, &filter, &list));
	g_ptr_array_unref(list);
	filter = (struct letter_filter){ .waiting_only = true };
	CALL(store, store_letter_list(store, &filter, &list));
	g_ptr_array_unref(list);
	filter = (struct letter_filter){ .customer = customer,
		.kinds = 1u << LETTER_REMINDER, .since = 1 };
	CALL(store, store_letter_list(store, &filter, &list));
	g_ptr_array_unref(list);
	CALL(store, store_letter_find_message(store, "l@b.example", &found));
	letter_free(found);
	CALL(store, store_reminder_last(store, invoice, &last, &sent));
	CALL(store, store_letter_retry(store, letter.id, 5));
	CALL(store, store_letter_set_path(store, letter.id, "p"));
	CALL(store, store_letter_move(store, letter.id, LETTER_RECALLED, "paid",
	    5));
	CALL(store, store_hold_add(store, &hold));
	CALL(store, store_hold_list(store, customer, invoice, 5, &list));
	g_ptr_array_unref(list);
	CALL(store, store_hold_list(store, 0, invoice, 5, &list));
	g_ptr_array_unref(list);
	CALL(store, store_hold_release(store, hold.id, 5));
	g_assert_cmpint(store_hold_release_payment(store, 1, 5), ==,
	    STORE_NONE);
	g_ptr_array_unref(letter.items);
}

static void
play_charges(struct store *store, int64_t customer, int64_t invoice)
{
	struct letter letter = { .kind = LETTER_REMINDER,
		.customer = customer, .message_id = (char *)"c@b.example" };
	struct charge charge = { .invoice = invoice, .amount = 5,
		.currency = (char *)"EUR", .text = (char *)"why" };
	g_autoptr(GPtrArray) charges = g_ptr_array_new();
	GPtrArray *list = NULL;

	CALL(store, store_letter_add(store, &letter));
	g_ptr_array_add(charges, &charge);
	CALL(store, store_charge_set(store, letter.id, charges, 5));
	CALL(store, store_charge_list(store, invoice, 0, 0, true, &list));
	g_ptr_array_unref(list);
	CALL(store, store_charge_list(store, 0, letter.id, 0, false, &list));
	g_ptr_array_unref(list);
	CALL(store, store_charge_list(store, 0, 0, 1, false, &list));
	g_ptr_array_unref(list);
	CALL(store, store_charge_pay(store, charge.id, 0));
	CALL(store, store_charge_waive(store, charge.id, 6));
}

static void
play_mailbox(struct store *store)
{
	struct mailbox_state state = { .mailbox = (char *)"bank",
		.folder = (char *)"INBOX", .server = (char *)"a@x.example",
		.uidvalidity = 7, .at = 5 };
	struct mailbox_state *found = NULL;
	GArray *uids = NULL;
	int tries;

	CALL(store, store_mailbox_start(store, &state));
	CALL(store, store_mailbox_failed(store, "bank", "INBOX", 3, 5, &tries));
	CALL(store, store_mailbox_pass(store, "bank", "INBOX", 3, 5));
	CALL(store, store_mailbox_retries(store, "bank", "INBOX", &uids));
	g_array_unref(uids);
	CALL(store, store_mailbox_taken(store, "bank", "INBOX", 3, 5));
	CALL(store, store_mailbox_get(store, "bank", "INBOX", &found));
	mailbox_state_free(found);
}

static void
play_rest(struct store *store, int64_t invoice)
{
	struct question question = { .code = (char *)"unmatched",
		.invoice = invoice, .text = (char *)"look" };
	struct journal_entry entry = { .subject = SUBJECT_INVOICE,
		.row = invoice, .code = (char *)"note", .text = (char *)"t" };
	GPtrArray *list = NULL;
	struct feed *feed = NULL;
	int64_t count = 0;
	char *head = NULL;

	CALL(store, store_message_add(store, "abc", NULL, "ok", 5));
	CALL(store, store_message_find(store, "abc"));
	CALL(store, store_question_add(store, &question));
	CALL(store, store_question_count(store, question.code, &count));
	CALL(store, store_question_answer(store, question.id, 6));
	g_assert_cmpint(store_question_answer_payment(store, 1, 6), ==,
	    STORE_NONE);
	CALL(store, store_feed_heard(store, "A", 5));
	CALL(store, store_feed_statement(store, "A", "2026-11-10", "EUR", 5,
	    0, 5));
	CALL(store, store_feed_drift(store, "A", 5));
	CALL(store, store_feed_get(store, "A", &feed));
	feed_free(feed);
	CALL(store, store_journal_add(store, &entry));
	CALL(store, store_journal_head(store, &head));
	g_free(head);
	CALL(store, store_journal_list(store, SUBJECT_INVOICE, invoice, &list));
	g_ptr_array_unref(list);
	CALL(store, store_journal_list(store, SUBJECT_PAYMENT, 1, &list));
	g_ptr_array_unref(list);
	CALL(store, store_journal_list(store, SUBJECT_LETTER, 1, &list));
	g_ptr_array_unref(list);
}

/* ---- their plans --------------------------------------------------------------- */

/* Scans of what a query made itself are small. */
static bool
is_scan(const char *detail)
{
	static const char *const own[] = {
		"SCAN CONSTANT ROW", "SCAN story", "SCAN s", "SCAN related",
		"SCAN (subquery", "SCAN sqlite_master"
	};

	if (!g_str_has_prefix(detail, "SCAN"))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
		if (g_str_has_prefix(detail, own[i]) &&
		    !g_ascii_isalnum(detail[strlen(own[i])]))
			return false;
	/* In the order of an index that ends early, or holds little. */
	return !strstr(detail, "letter_waiting") &&
	    !strstr(detail, "invoice_unsent") &&
	    !strstr(detail, "customer_policy") &&
	    !strstr(detail, "payment_unallocated") &&
	    g_strcmp0(detail, "SCAN journal") != 0;
}

static int
plan_scans(sqlite3 *db, const char *sql)
{
	g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", sql,
	    NULL);
	sqlite3_stmt *stmt = NULL;
	int scans = 0;

	if (sqlite3_prepare_v2(db, explain, -1, &stmt, NULL) != SQLITE_OK)
		return 0;	/* BEGIN and its like */
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(stmt, 3);

		if (!is_scan(detail))
			continue;
		g_test_message("%s: %s", detail, sql);
		scans++;
	}
	sqlite3_finalize(stmt);
	return scans;
}

static void
test_plans(void)
{
	struct scratch scratch;
	GHashTableIter iter;
	gpointer sql;
	int64_t customer, invoice;
	int looked_at = 0, scans = 0;

	scratch_open(&scratch);
	CALL(scratch.store, store_begin(scratch.store));
	customer = make_customer(scratch.store, "C1");
	invoice = make_invoice(scratch.store, customer, "I1", 500);
	play_parties(scratch.store, customer);
	play_invoices(scratch.store, customer, invoice);
	play_money(scratch.store, invoice);
	play_letters(scratch.store, customer, invoice);
	play_charges(scratch.store, customer, invoice);
	play_mailbox(scratch.store);
	play_rest(scratch.store, invoice);
	CALL(scratch.store, store_commit(scratch.store));
	for (int built = 0; built < 2; built++) {
		g_hash_table_iter_init(&iter, built ? scratch.store->built :
		    scratch.store->statements);
		while (g_hash_table_iter_next(&iter, &sql, NULL)) {
			scans += plan_scans(scratch.store->db, sql);
			looked_at++;
		}
	}
	g_assert_cmpint(looked_at, >, 60);
	g_assert_cmpint(scans, ==, 0);
	/* The test sees a scan when there is one. */
	g_assert_cmpint(plan_scans(scratch.store->db,
	    "SELECT 1 FROM invoice WHERE note = 'x'"), ==, 1);
	assert_sound(scratch.store);
	scratch_close(&scratch);
}

/* ---- many at once -------------------------------------------------------------- */

#define PROCESSES 50
#define WRITES 10

static void
write_some(const char *path, int process)
{
	for (int i = 0; i < WRITES; i++) {
		struct store *store = NULL;
		g_autofree char *source = g_strdup_printf("m%d.%d", process, i);
		struct report report = make_report(CHANNEL_NOTICE, TRUST_A,
		    500 + process, "2026-11-10", source);
		struct journal_entry entry = { .at = i, .code = (char *)"note",
			.text = source };
		enum report_result result;
		int64_t id;

		if (store_open(path, STORE_WRITE, 30000, &store) ||
		    store_begin(store) ||
		    store_payment_report(store, &report, &result, &id) ||
		    store_journal_add(store, &entry) || store_commit(store)) {
			g_printerr("%s\n", store_error(store));
			_exit(1);
		}
		store_close(store);
	}
	_exit(0);
}

static void
test_parallel(void)
{
	struct scratch scratch;
	g_autoptr(GPtrArray) entries = NULL;
	int status, failed = 0;

	scratch_open(&scratch);
	for (int i = 0; i < PROCESSES; i++)
		if (fork() == 0)
			write_some(scratch.path, i);
	for (int i = 0; i < PROCESSES; i++) {
		g_assert_cmpint(wait(&status), >, 0);
		failed += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	}
	g_assert_cmpint(failed, ==, 0);
	g_assert_cmpint(count_payments(scratch.store), ==,
	    PROCESSES * WRITES);
	CALL(scratch.store, store_journal_list(scratch.store, SUBJECT_NONE, 0,
	    &entries));
	g_assert_cmpuint(entries->len, ==, PROCESSES * WRITES);
	assert_sound(scratch.store);
	scratch_close(&scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plans/no scan", test_plans);
	g_test_add_func("/parallel/fifty processes", test_parallel);
	return g_test_run();
}
