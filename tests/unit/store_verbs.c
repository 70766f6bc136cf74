/*
 * store_verbs.c - the other verbs, one case each: customers, invoices,
 * suggestions, questions, feeds, messages, history, counts.
 */
#include "store_lib.h"

typedef void test_case(struct store *store);

/* ---- mailboxes --------------------------------------------------------------- */

#define BOX "bank", "INBOX"

/* What has to be asked for again, "17 19". */
static char *
retries(struct store *store)
{
	g_autoptr(GArray) uids = NULL;
	GString *text = g_string_new(NULL);

	CALL(store, store_mailbox_retries(store, BOX, &uids));
	for (guint i = 0; i < uids->len; i++)
		g_string_append_printf(text, "%s%d", i ? " " : "",
		    (int)g_array_index(uids, int64_t, i));
	return g_string_free(text, FALSE);
}

static void
mailbox_is(struct store *store, int64_t uid, int64_t at, const char *again)
{
	struct mailbox_state *state = NULL;
	g_autofree char *text = retries(store);

	CALL(store, store_mailbox_get(store, BOX, &state));
	g_assert_cmpint(state->uid, ==, uid);
	g_assert_cmpint(state->at, ==, at);
	g_assert_cmpstr(text, ==, again);
	mailbox_state_free(state);
}

static void
case_mailbox(struct store *store)
{
	struct mailbox_state state = { .mailbox = (char *)"bank",
		.folder = (char *)"INBOX", .server = (char *)"a@x.example",
		.uidvalidity = 7, .since = (char *)"2026-08-24", .at = 5 };
	struct mailbox_state *found = NULL;
	GPtrArray *list = NULL;
	int tries = 0;

	g_assert_cmpint(store_mailbox_get(store, BOX, &found), ==, STORE_NONE);
	g_assert_cmpint(store_mailbox_taken(store, BOX, 3, 6), ==, STORE_NONE);
	CALL(store, store_mailbox_start(store, &state));
	CALL(store, store_mailbox_taken(store, BOX, 17, 6));
	mailbox_is(store, 17, 6, "");
	CALL(store, store_mailbox_taken(store, BOX, 9, 7));
	mailbox_is(store, 17, 7, "");
	CALL(store, store_mailbox_failed(store, BOX, 19, 8, &tries));
	CALL(store, store_mailbox_failed(store, BOX, 19, 9, &tries));
	g_assert_cmpint(tries, ==, 2);
	mailbox_is(store, 17, 7, "");	/* it is not passed by yet */
	CALL(store, store_mailbox_pass(store, BOX, 19, 10));
	mailbox_is(store, 19, 10, "19");
	CALL(store, store_mailbox_start(store, &state));
	mailbox_is(store, 0, 5, "");	/* will be read anyway */
	CALL(store, store_mailbox_pass(store, BOX, 30, 11));
	mailbox_is(store, 30, 11, "19");
	CALL(store, store_mailbox_taken(store, BOX, 19, 12));
	mailbox_is(store, 30, 12, "");
	CALL(store, store_mailbox_failed(store, BOX, 30, 13, &tries));
	g_assert_cmpint(tries, ==, 1);
	state.uidvalidity = 8;
	state.uid = 99;
	CALL(store, store_mailbox_start(store, &state));
	mailbox_is(store, 99, 5, "");	/* another 30 */
	state.folder = (char *)"Other";
	CALL(store, store_mailbox_start(store, &state));
	CALL(store, store_mailbox_list(store, &list));
	g_assert_cmpuint(list->len, ==, 2);
	found = list->pdata[1];
	g_assert_cmpstr(found->folder, ==, "Other");
	g_assert_cmpstr(found->since, ==, "2026-08-24");
	g_ptr_array_unref(list);
	state.uidvalidity = -1;
	g_assert_cmpint(store_mailbox_start(store, &state), ==,
	    STORE_INVALID);
}

/* ---- messages, customers ---------------------------------------------------- */

static void
case_message(struct store *store)
{
	g_assert_cmpint(store_message_find(store, "h1"), ==, STORE_NONE);
	CALL(store, store_message_add(store, "h1", "x@y.example", "ok", 5));
	CALL(store, store_message_find(store, "h1"));
	g_assert_cmpint(store_message_add(store, "h1", NULL, "ok", 6), ==,
	    STORE_KNOWN);
	g_assert_cmpint(store_message_add(store, "", NULL, "ok", 6), ==,
	    STORE_INVALID);
}

static void
case_customer_put(struct store *store)
{
	struct customer customer = { .key = (char *)"C1",
		.name = (char *)"Ada", .email = (char *)"ada@x.example",
		.terms_days = 14 };
	struct customer *found = NULL;
	int64_t id;

	CALL(store, store_customer_put(store, &customer));
	id = customer.id;
	g_assert_cmpint(store_customer_put(store, &customer), ==, STORE_KNOWN);
	CALL(store, store_customer_set_undelivered(store, id, 77));
	customer.terms_days = 30;
	CALL(store, store_customer_put(store, &customer));
	g_assert_cmpint(customer.id, ==, id);
	CALL(store, store_customer_get(store, id, &found));
	g_assert_cmpint(found->terms_days, ==, 30);
	g_assert_cmpint(found->undelivered, ==, 77);
	customer_free(found);
	customer.email = (char *)"new@x.example";
	CALL(store, store_customer_put(store, &customer));
	CALL(store, store_customer_get(store, id, &found));
	g_assert_cmpint(found->undelivered, ==, 0);
	customer_free(found);
	customer.currency = (char *)"euro";
	g_assert_cmpint(store_customer_put(store, &customer), ==,
	    STORE_INVALID);
	g_assert_cmpint(store_customer_get(store, 99, &found), ==, STORE_NONE);
}

static void
find_is(struct store *store, const char *text, const char *key)
{
	struct customer *found = NULL;
	enum store_status status = store_customer_find(store, text, &found);

	g_assert_cmpint(status, ==, key ? STORE_OK : STORE_NONE);
	if (key)
		g_assert_cmpstr(found->key, ==, key);
	else
		g_assert_nonnull(strstr(store_error(store), text));
	customer_free(found);
}

static void
case_customer_find(struct store *store)
{
	struct customer one = { .key = (char *)"C1", .name =
		(char *)"Jürgen Groß", .email = (char *)"jg@x.example",
		.terms_days = -1 };
	struct customer two = { .key = (char *)"c1", .name = (char *)"Ada",
		.email = (char *)"ada@x.example", .terms_days = -1 };
	struct customer three = { .key = (char *)"C3", .name = (char *)"ADA",
		.terms_days = -1 };

	CALL(store, store_customer_put(store, &one));
	find_is(store, "c1", "C1");
	find_is(store, "JÜRGEN GROSS", "C1");
	find_is(store, "JG@x.example", "C1");
	CALL(store, store_customer_put(store, &two));
	find_is(store, "c1", "c1");
	find_is(store, "C1", "C1");
	find_is(store, "ada", "c1");
	CALL(store, store_customer_put(store, &three));
	find_is(store, "ada", NULL);
	find_is(store, "nobody", NULL);
}

static void
case_party(struct store *store)
{
	static const char *const words[] = { "ada", "love", "ada", NULL };
	static const char *const fewer[] = { "love", NULL };
	int64_t ada = make_customer(store, "C1"), bob = make_customer(store,
	    "C2");
	g_autoptr(GPtrArray) one = NULL;
	g_autoptr(GArray) two = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GArray) three = g_array_new(FALSE, FALSE, sizeof(int64_t));

	g_assert_cmpint(store_customer_add_account(store, ada, "DE1",
	    SOURCE_LEARNED), ==, STORE_INVALID);
	CALL(store, store_customer_add_account(store, ada, "DE1",
	    SOURCE_IMPORT));
	CALL(store, store_customer_add_account(store, ada, "DE1",
	    SOURCE_OWNER));
	g_assert_cmpint(store_customer_add_account(store, ada, "DE1",
	    SOURCE_IMPORT), ==, STORE_KNOWN);
	CALL(store, store_customer_add_account(store, bob, "DE1",
	    SOURCE_IMPORT));
	g_assert_cmpint(store_customer_add_account(store, 99, "DE1",
	    SOURCE_IMPORT), ==, STORE_INVALID);
	CALL(store, store_party_by_account(store, "DE1", &one));
	g_assert_cmpuint(one->len, ==, 2);
	g_assert_cmpint(((struct party *)one->pdata[0])->count, ==, 0);
	g_assert_cmpint(((struct party *)one->pdata[0])->source, ==,
	    SOURCE_OWNER);
	CALL(store, store_customer_set_words(store, ada, words));
	CALL(store, store_customer_set_words(store, bob, words));
	CALL(store, store_customer_set_words(store, ada, fewer));
	CALL(store, store_party_by_word(store, "ada", 10, two));
	g_assert_cmpuint(two->len, ==, 1);
	CALL(store, store_party_by_word(store, "love", 1, three));
	g_assert_cmpuint(three->len, ==, 1);
}

/* ---- invoices --------------------------------------------------------------------- */

static void
case_invoice_add(struct store *store)
{
	static const char *const keys[] = { "20260001", "1", "1", NULL };
	struct invoice invoice = { .key = (char *)"I1",
		.number = (char *)"2026-0001", .state = INVOICE_OPEN,
		.date = (char *)"2026-11-01", .due = (char *)"2026-11-15",
		.currency = (char *)"EUR", .amount = 1785, .tax = 285,
		.opening = 1785, .document = (char *)"{\"lines\":[]}" };
	struct invoice *found = NULL;

	g_assert_cmpint(store_invoice_add(store, &invoice, keys), ==,
	    STORE_INVALID);	/* nobody's */
	invoice.customer = make_customer(store, "C1");
	CALL(store, store_invoice_add(store, &invoice, keys));
	g_assert_cmpint(store_invoice_add(store, &invoice, keys), ==,
	    STORE_KNOWN);
	CALL(store, store_invoice_find(store, "2026-0001", &found));
	g_assert_cmpstr(found->key, ==, "I1");
	g_assert_cmpint(found->open, ==, 1785);
	g_assert_cmpstr(found->document, ==, "{\"lines\":[]}");
	invoice_free(found);
	invoice.amount = 1786;
	g_assert_cmpint(store_invoice_add(store, &invoice, keys), ==,
	    STORE_CONFLICT);
	invoice.key = (char *)"I2";	/* the number is taken */
	g_assert_cmpint(store_invoice_add(store, &invoice, keys), ==,
	    STORE_CONFLICT);
	g_assert_cmpint(store_invoice_find(store, "I2", &found), ==,
	    STORE_NONE);
}

static void
case_invoice_atomic(struct store *store)
{
	struct invoice invoice = { .key = (char *)"I1", .number = (char *)"1",
		.customer = make_customer(store, "C1"), .state = INVOICE_OPEN,
		.currency = (char *)"EUR", .amount = 5, .opening = 5,
		.document = (char *)"no object" };
	struct invoice *found = NULL;

	g_assert_cmpint(store_invoice_add(store, &invoice, NULL), ==,
	    STORE_INVALID);
	g_assert_cmpint(store_invoice_find(store, "I1", &found), ==,
	    STORE_NONE);
	make_customer(store, "C2");	/* the transaction goes on */
}

static void
case_invoice_find(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	int64_t one = make_invoice(store, customer, "I1", 500);
	int64_t two = make_invoice(store, customer, "I2", 500);
	g_autoptr(GPtrArray) open = NULL, by_key = NULL, limited = NULL;
	struct invoice *found = NULL;
	int count = 0;

	CALL(store, store_invoice_find_open(store, customer, 9, &open));
	g_assert_cmpuint(open->len, ==, 2);
	CALL(store, store_invoice_count_open(store, "EUR", 500, &count));
	g_assert_cmpint(count, ==, 2);
	CALL(store, store_invoice_count_open(store, "CHF", 500, &count));
	g_assert_cmpint(count, ==, 0);
	CALL(store, store_invoice_set_state(store, two, INVOICE_VOID));
	CALL(store, store_invoice_find_key(store, "I2", 9, &by_key));
	g_assert_cmpuint(by_key->len, ==, 0);
	CALL(store, store_invoice_find_open(store, customer, 9, &limited));
	g_assert_cmpuint(limited->len, ==, 1);
	g_assert_cmpint(store_invoice_set_state(store, one, INVOICE_PAID), ==,
	    STORE_INVALID);
	CALL(store, store_invoice_set_sent(store, one, "m@x.example", 7));
	CALL(store, store_invoice_get(store, one, &found));
	g_assert_cmpint(found->sent, ==, 7);
	invoice_free(found);
}

static void
case_invoice_list(struct store *store)
{
	const struct invoice_filter due = { .open_only = true,
		.due_until = "2026-10-31", .limit = 5 };
	const struct invoice_filter early = { .due_until = "2026-10-30" };
	const struct invoice_filter other = { .customer = 77 };
	g_autoptr(GPtrArray) one = NULL, two = NULL, three = NULL;

	make_invoice(store, make_customer(store, "C1"), "I1", 500);
	CALL(store, store_invoice_list(store, &due, &one));
	g_assert_cmpuint(one->len, ==, 1);
	CALL(store, store_invoice_list(store, &early, &two));
	g_assert_cmpuint(two->len, ==, 0);
	CALL(store, store_invoice_list(store, &other, &three));
	g_assert_cmpuint(three->len, ==, 0);
}

static void
case_invoice_next(struct store *store)
{
	int64_t counter = 0;

	struct series *series = NULL;
	GPtrArray *numbers = NULL;

	CALL(store, store_series_next(store, "2026-{N}", 1, &counter));
	g_assert_cmpint(counter, ==, 1);
	CALL(store, store_series_next(store, "2026-{N}", 9, &counter));
	g_assert_cmpint(counter, ==, 2);
	CALL(store, store_series_next(store, "2027-{N}", 7, &counter));
	g_assert_cmpint(counter, ==, 7);
	CALL(store, store_series_get(store, "2027-{N}", &series));
	g_assert_cmpint(series->first, ==, 7);
	series_free(series);
	make_invoice(store, make_customer(store, "C1"), "2026-7", 100);
	CALL(store, store_invoice_numbers(store, "2026-", &numbers));
	g_assert_cmpuint(numbers->len, ==, 1);
	g_ptr_array_unref(numbers);
	CALL(store, store_invoice_numbers(store, "2027-", &numbers));
	g_assert_cmpuint(numbers->len, ==, 0);
	g_ptr_array_unref(numbers);
}

/* ---- words to the owner ------------------------------------------------------------ */

static void
case_suggestion(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	struct report report = make_report(CHANNEL_NOTICE, TRUST_A, 500,
	    "2026-11-10", "m1");
	struct suggestion suggestion = { .customer = customer, .amount = 500,
		.probability = 0.5, .why = (char *)"amount" };
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	g_autoptr(GPtrArray) one = NULL, two = NULL, three = NULL;
	enum report_result result;
	int64_t payment;

	suggestion.invoice = make_invoice(store, customer, "I1", 500);
	CALL(store, store_payment_report(store, &report, &result, &payment));
	g_ptr_array_add(list, &suggestion);
	CALL(store, store_suggestion_set(store, payment, list));
	CALL(store, store_suggestion_set(store, payment, list));
	CALL(store, store_suggestion_list(store, payment, &one));
	g_assert_cmpuint(one->len, ==, 1);
	CALL(store, store_suggestion_reject(store, payment, 9));
	CALL(store, store_suggestion_rejected(store, payment,
	    suggestion.invoice));
	g_assert_cmpint(store_suggestion_rejected(store, payment, 77), ==,
	    STORE_NONE);
	CALL(store, store_suggestion_set(store, payment, list));
	CALL(store, store_suggestion_list(store, payment, &two));
	g_assert_cmpuint(two->len, ==, 0);
	CALL(store, store_suggestion_list(store, 0, &three));
	g_assert_cmpuint(three->len, ==, 0);
}

static void
case_question(struct store *store)
{
	struct question question = { .code = (char *)"drift",
		.text = (char *)"look", .at = 5 };
	struct history history = { .invoice = (char *)"I1", .amount = 5 };
	g_autoptr(GPtrArray) open = NULL, all = NULL;

	CALL(store, store_question_add(store, &question));
	g_assert_cmpint(store_question_add(store, &question), ==, STORE_KNOWN);
	CALL(store, store_question_answer(store, question.id, 6));
	CALL(store, store_question_list(store, true, &open));
	g_assert_cmpuint(open->len, ==, 0);
	CALL(store, store_question_add(store, &question));
	CALL(store, store_question_list(store, false, &all));
	g_assert_cmpuint(all->len, ==, 2);
	CALL(store, store_history_add(store, &history));
	g_assert_cmpint(store_history_add(store, &history), ==, STORE_KNOWN);
}

static void
case_feed(struct store *store)
{
	struct feed *feed = NULL;
	g_autoptr(GPtrArray) list = NULL;

	g_assert_cmpint(store_feed_get(store, "A", &feed), ==, STORE_NONE);
	CALL(store, store_feed_heard(store, "A", 50));
	CALL(store, store_feed_heard(store, "A", 40));
	CALL(store, store_feed_statement(store, "A", "2026-11-10", "EUR", 100,
	    12, 60));
	CALL(store, store_feed_missing(store, "A", "2026-11-14", "13"));
	CALL(store, store_feed_statement(store, "A", "2026-11-11", "EUR", 110,
	    13, 60));
	CALL(store, store_feed_statement(store, "A", "2026-11-08", "EUR", 80,
	    10, 61));
	CALL(store, store_feed_drift(store, "A", 70));
	CALL(store, store_feed_drift(store, "A", 75));
	CALL(store, store_feed_get(store, "A", &feed));
	g_assert_cmpint(feed->heard, ==, 61);
	g_assert_cmpint(feed->closing, ==, 110);
	g_assert_cmpint(feed->sequence, ==, 13);
	g_assert_cmpstr(feed->missing, ==, "13");
	g_assert_cmpstr(feed->through, ==, "2026-11-11");
	g_assert_cmpint(feed->drift, ==, 70);
	feed_free(feed);
	CALL(store, store_feed_drift(store, "A", 0));
	CALL(store, store_feed_statement(store, "A", "2026-11-14", "EUR", 110,
	    15, 61));
	CALL(store, store_feed_list(store, &list));
	g_assert_null(((struct feed *)list->pdata[0])->missing);
	g_assert_cmpint(((struct feed *)list->pdata[0])->drift, ==, 0);
}

static void
case_count(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	struct store_counts counts;

	make_invoice(store, customer, "I1", 500);
	CALL(store, store_count(store, "2026-11-01", 5, &counts));
	g_assert_cmpint(counts.customers, ==, 1);
	g_assert_cmpint(counts.open, ==, 1);
	g_assert_cmpint(counts.overdue, ==, 1);
	g_assert_cmpint(counts.payments, ==, 0);
	CALL(store, store_count(store, "2026-10-31", 5, &counts));
	g_assert_cmpint(counts.overdue, ==, 0);
}

struct named_case {
	const char *name;
	test_case *run;
};

static const struct named_case cases[] = {
	{ "message", case_message },
	{ "customer put", case_customer_put },
	{ "customer find", case_customer_find },
	{ "party", case_party },
	{ "invoice add", case_invoice_add },
	{ "invoice atomic", case_invoice_atomic },
	{ "invoice find", case_invoice_find },
	{ "invoice list", case_invoice_list },
	{ "invoice next", case_invoice_next },
	{ "suggestion", case_suggestion },
	{ "question, history", case_question },
	{ "feed", case_feed },
	{ "mailbox", case_mailbox },
	{ "count", case_count },
};

static void
test_one(const void *data)
{
	const struct named_case *one = data;
	struct scratch scratch;

	scratch_open(&scratch);
	CALL(scratch.store, store_begin(scratch.store));
	one->run(scratch.store);
	assert_sound(scratch.store);
	CALL(scratch.store, store_commit(scratch.store));
	scratch_close(&scratch);
}

/* The count of failures survives what made them. */
static void
test_failed(void)
{
	struct scratch scratch;
	int tries = 0;

	scratch_open(&scratch);
	for (int i = 1; i <= 3; i++) {
		CALL(scratch.store, store_message_failed(scratch.store, "h1",
		    i, &tries));
		g_assert_cmpint(tries, ==, i);
	}
	CALL(scratch.store, store_message_add(scratch.store, "h1", NULL,
	    "quarantined", 5));
	CALL(scratch.store, store_message_failed(scratch.store, "h1", 6,
	    &tries));
	g_assert_cmpint(tries, ==, 1);
	scratch_close(&scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/verbs/%s",
		    cases[i].name);

		g_test_add_data_func(path, &cases[i], test_one);
	}
	g_test_add_func("/verbs/message failed", test_failed);
	return g_test_run();
}
