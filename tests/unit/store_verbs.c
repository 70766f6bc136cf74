/*
 * store_verbs.c - the other verbs, one case each: customers, invoices, holds,
 * letters, suggestions, questions, feeds, messages, history, counts.
 */
#include "store_lib.h"

typedef void test_case(struct store *store);

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
	g_autoptr(GPtrArray) one = NULL, two = NULL, three = NULL;

	CALL(store, store_customer_add_account(store, ada, "DE1",
	    SOURCE_LEARNED));
	CALL(store, store_customer_add_account(store, ada, "DE1",
	    SOURCE_LEARNED));
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
	g_assert_cmpint(((struct party *)one->pdata[0])->count, ==, 2);
	g_assert_cmpint(((struct party *)one->pdata[0])->source, ==,
	    SOURCE_OWNER);
	CALL(store, store_customer_set_words(store, ada, words));
	CALL(store, store_customer_set_words(store, bob, words));
	CALL(store, store_customer_set_words(store, ada, fewer));
	CALL(store, store_party_by_word(store, "ada", 10, &two));
	g_assert_cmpuint(two->len, ==, 1);
	CALL(store, store_party_by_word(store, "love", 1, &three));
	g_assert_cmpuint(three->len, ==, 1);
}

/* ---- invoices --------------------------------------------------------------------- */

static void
case_invoice_add(struct store *store)
{
	static const char *const keys[] = { "20260001", "1", "1", NULL };
	struct invoice_line line = { .text = (char *)"work", .quantity = 1500,
		.price = 1000, .tax_bp = 1900, .net = 1500 };
	struct invoice invoice = { .key = (char *)"I1",
		.number = (char *)"2026-0001", .state = INVOICE_OPEN,
		.date = (char *)"2026-11-01", .due = (char *)"2026-11-15",
		.currency = (char *)"EUR", .amount = 1785, .tax = 285,
		.opening = 1785, .lines = g_ptr_array_new() };
	struct invoice *found = NULL;

	g_assert_cmpint(store_invoice_add(store, &invoice, keys), ==,
	    STORE_INVALID);	/* nobody's */
	invoice.customer = make_customer(store, "C1");
	g_ptr_array_add(invoice.lines, &line);
	CALL(store, store_invoice_add(store, &invoice, keys));
	g_assert_cmpint(store_invoice_add(store, &invoice, keys), ==,
	    STORE_KNOWN);
	CALL(store, store_invoice_find(store, "2026-0001", &found));
	g_assert_cmpstr(found->key, ==, "I1");
	g_assert_cmpint(found->open, ==, 1785);
	g_assert_cmpuint(found->lines->len, ==, 1);
	g_assert_cmpint(((struct invoice_line *)found->lines->pdata[0])->net,
	    ==, 1500);
	invoice_free(found);
	invoice.amount = 1786;
	g_assert_cmpint(store_invoice_add(store, &invoice, keys), ==,
	    STORE_CONFLICT);
	invoice.key = (char *)"I2";	/* the number is taken */
	g_assert_cmpint(store_invoice_add(store, &invoice, keys), ==,
	    STORE_CONFLICT);
	g_ptr_array_unref(invoice.lines);
	g_assert_cmpint(store_invoice_find(store, "I2", &found), ==,
	    STORE_NONE);
}

static void
case_invoice_atomic(struct store *store)
{
	struct invoice_line line = { .text = NULL };
	struct invoice invoice = { .key = (char *)"I1", .number = (char *)"1",
		.customer = make_customer(store, "C1"), .state = INVOICE_OPEN,
		.currency = (char *)"EUR", .amount = 5, .opening = 5,
		.lines = g_ptr_array_new() };
	struct invoice *found = NULL;

	g_ptr_array_add(invoice.lines, &line);
	g_assert_cmpint(store_invoice_add(store, &invoice, NULL), ==,
	    STORE_INVALID);
	g_assert_cmpint(store_invoice_find(store, "I1", &found), ==,
	    STORE_NONE);
	g_ptr_array_unref(invoice.lines);
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
	CALL(store, store_invoice_find_sent(store, "m@x.example", &found));
	g_assert_cmpint(found->id, ==, one);
	g_assert_cmpint(found->sent, ==, 7);
	invoice_free(found);
	g_assert_cmpint(store_invoice_set_policy(store, 99, "x"), ==,
	    STORE_NONE);
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

	CALL(store, store_invoice_next(store, "2026-", &counter));
	g_assert_cmpint(counter, ==, 1);
	CALL(store, store_invoice_next(store, "2026-", &counter));
	g_assert_cmpint(counter, ==, 2);
	CALL(store, store_invoice_next(store, "2027-", &counter));
	g_assert_cmpint(counter, ==, 1);
}

/* ---- holds ------------------------------------------------------------------------- */

static guint
holds(struct store *store, int64_t customer, int64_t invoice, int64_t at)
{
	g_autoptr(GPtrArray) list = NULL;

	CALL(store, store_hold_list(store, customer, invoice, at, &list));
	return list->len;
}

static void
case_hold_once(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	int64_t invoice = make_invoice(store, customer, "I1", 500);
	struct hold hold = { .kind = HOLD_POSSIBLE_PAYMENT,
		.customer = customer, .invoice = invoice, .trust = TRUST_U,
		.step = 1, .since = 100, .until = 200 };

	CALL(store, store_hold_add(store, &hold));
	for (int i = 0; i < 100; i++) {
		hold.since = hold.until = 300 + i;
		g_assert_cmpint(store_hold_add(store, &hold), ==, STORE_KNOWN);
	}
	CALL(store, store_hold_release(store, hold.id, 150));
	g_assert_cmpint(store_hold_add(store, &hold), ==, STORE_KNOWN);
	hold.step = 2;
	CALL(store, store_hold_add(store, &hold));
	hold.trust = TRUST_A;
	CALL(store, store_hold_add(store, &hold));
	g_assert_cmpint(store_hold_add(store, &hold), ==, STORE_KNOWN);
}

static void
case_hold_list(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	int64_t one = make_invoice(store, customer, "I1", 500);
	int64_t two = make_invoice(store, customer, "I2", 500);
	struct hold hold = { .kind = HOLD_PROMISE, .customer = customer,
		.invoice = one, .trust = TRUST_A, .since = 100, .until = 200 };
	enum hold_kind kind;

	CALL(store, store_hold_add(store, &hold));
	g_assert_cmpuint(holds(store, customer, one, 99), ==, 0);
	g_assert_cmpuint(holds(store, customer, one, 100), ==, 1);
	g_assert_cmpuint(holds(store, 0, one, 199), ==, 1);
	g_assert_cmpuint(holds(store, customer, one, 200), ==, 0);
	g_assert_cmpuint(holds(store, customer, two, 150), ==, 0);
	g_assert_cmpuint(holds(store, 0, 0, 0), ==, 1);
	hold.invoice = 0;
	hold.until = 0;
	CALL(store, store_hold_add(store, &hold));
	g_assert_cmpuint(holds(store, customer, two, 150), ==, 1);
	g_assert_cmpuint(holds(store, 0, two, 150000), ==, 1);
	CALL(store, store_hold_release(store, hold.id, 160));
	g_assert_cmpuint(holds(store, customer, two, 159), ==, 1);
	g_assert_cmpuint(holds(store, customer, two, 160), ==, 0);
	g_assert_cmpint(store_hold_release(store, hold.id, 170), ==,
	    STORE_NONE);
	g_assert_true(hold_kind_parse("out-of-office", &kind));
	g_assert_cmpstr(hold_kind_name(kind), ==, "out-of-office");
	g_assert_false(hold_kind_parse("other", &kind));
}

/* ---- letters ------------------------------------------------------------------------- */

static int64_t
make_letter(struct store *store, int64_t customer, int64_t invoice,
    const char *message_id, int number)
{
	struct letter_item item = { .invoice = invoice, .step = number,
		.balance = 500 };
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	struct letter letter = { .kind = LETTER_REMINDER,
		.customer = customer, .message_id = (char *)message_id,
		.to = (char *)"ada@x.example", .planned = 10, .items = items };

	g_ptr_array_add(items, &item);
	CALL(store, store_letter_add(store, &letter));
	return letter.id;
}

static void
case_letter_moves(struct store *store)
{
	/* planned rendered sending sent recalled failed unknown */
	static const char *const allowed[] = {
		".r..x..", "p.s.x..", ".r.s.fu", ".......", ".......",
		".......", ".r.s.f."
	};
	int64_t customer = make_customer(store, "C1");
	int64_t invoice = make_invoice(store, customer, "I1", 500);
	int64_t id = make_letter(store, customer, invoice, "a@x.example", 1);
	int looked_at = 0;

	for (int from = 0; from < 7; from++)
		for (int to = 0; to < 7; to++, looked_at++) {
			g_autofree char *sql = g_strdup_printf(
			    "UPDATE letter SET state = %d", from);
			enum store_status status;

			CALL(store, execute(store, sql));
			status = store_letter_move(store, id,
			    (enum letter_state)to, "why", 50);
			g_assert_cmpint(status, ==, allowed[from][to] == '.' ?
			    STORE_INVALID : STORE_OK);
		}
	g_assert_cmpint(looked_at, ==, 49);
	g_assert_cmpint(store_letter_move(store, 99, LETTER_SENT, NULL, 5), ==,
	    STORE_NONE);
}

static void
send_letter(struct store *store, int64_t id, int64_t at)
{
	CALL(store, store_letter_move(store, id, LETTER_RENDERED, NULL, at));
	CALL(store, store_letter_move(store, id, LETTER_SENDING, NULL, at));
	CALL(store, store_letter_move(store, id, LETTER_SENT, NULL, at));
}

static void
case_reminder_last(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	int64_t invoice = make_invoice(store, customer, "I1", 500), id, sent;
	int last;

	CALL(store, store_reminder_last(store, invoice, &last, &sent));
	g_assert_cmpint(last, ==, 0);
	id = make_letter(store, customer, invoice, "a@x.example", 1);
	CALL(store, store_reminder_last(store, invoice, &last, &sent));
	g_assert_cmpint(last, ==, 1);
	g_assert_cmpint(sent, ==, 0);
	send_letter(store, id, 70);
	id = make_letter(store, customer, invoice, "b@x.example", 2);
	CALL(store, store_letter_move(store, id, LETTER_RECALLED, "paid", 80));
	CALL(store, store_reminder_last(store, invoice, &last, &sent));
	g_assert_cmpint(last, ==, 1);
	g_assert_cmpint(sent, ==, 70);
}

static void
case_letter_list(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	int64_t invoice = make_invoice(store, customer, "I1", 500);
	int64_t id = make_letter(store, customer, invoice, "a@x.example", 1);
	const struct letter_filter waiting = { .invoice = invoice,
		.waiting_only = true };
	const struct letter_filter sent = { .customer = customer,
		.states = 1u << LETTER_SENT, .kinds = 1u << LETTER_REMINDER,
		.since = 60, .limit = 3 };
	const struct letter_filter late = { .since = 71 };
	struct letter duplicate = { .customer = customer,
		.message_id = (char *)"a@x.example" };
	g_autoptr(GPtrArray) one = NULL, two = NULL, three = NULL;
	struct letter *found = NULL;

	CALL(store, store_letter_list(store, &waiting, &one));
	g_assert_cmpuint(one->len, ==, 1);
	g_assert_cmpuint(((struct letter *)one->pdata[0])->items->len, ==, 1);
	g_assert_cmpint(store_letter_add(store, &duplicate), ==,
	    STORE_INVALID);
	send_letter(store, id, 70);
	CALL(store, store_letter_list(store, &sent, &two));
	g_assert_cmpuint(two->len, ==, 1);
	CALL(store, store_letter_list(store, &late, &three));
	g_assert_cmpuint(three->len, ==, 0);
	CALL(store, store_letter_find_message(store, "a@x.example", &found));
	g_assert_cmpint(found->id, ==, id);
	g_assert_cmpint(found->tries, ==, 1);
	g_assert_cmpint(found->sent, ==, 70);
	g_assert_cmpstr(found->to, ==, "ada@x.example");
	letter_free(found);
	g_assert_cmpint(store_letter_get(store, 99, &found), ==, STORE_NONE);
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
	    60));
	CALL(store, store_feed_statement(store, "A", "2026-11-08", "EUR", 80,
	    61));
	CALL(store, store_feed_drift(store, "A", 70));
	CALL(store, store_feed_drift(store, "A", 75));
	CALL(store, store_feed_get(store, "A", &feed));
	g_assert_cmpint(feed->heard, ==, 61);
	g_assert_cmpint(feed->closing, ==, 100);
	g_assert_cmpstr(feed->through, ==, "2026-11-10");
	g_assert_cmpint(feed->drift, ==, 70);
	feed_free(feed);
	CALL(store, store_feed_drift(store, "A", 0));
	CALL(store, store_feed_list(store, &list));
	g_assert_cmpint(((struct feed *)list->pdata[0])->drift, ==, 0);
}

static void
case_story(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	int64_t invoice = make_invoice(store, customer, "I1", 500);
	struct report report = make_report(CHANNEL_NOTICE, TRUST_A, 500,
	    "2026-11-10", "m1");
	struct allocation allocation = { .invoice = invoice, .amount = 500,
		.by = (char *)"auto" };
	struct journal_entry entry = { .code = (char *)"c",
		.text = (char *)"t" };
	g_autoptr(GPtrArray) story = NULL, other = NULL;
	enum report_result result;

	CALL(store, store_payment_report(store, &report, &result,
	    &allocation.payment));
	CALL(store, store_allocation_add(store, &allocation));
	entry.subject = SUBJECT_PAYMENT;
	entry.row = allocation.payment;
	CALL(store, store_journal_add(store, &entry));
	entry.subject = SUBJECT_LETTER;
	entry.row = make_letter(store, customer, invoice, "a@x.example", 1);
	CALL(store, store_journal_add(store, &entry));
	entry.subject = SUBJECT_ACCOUNT;
	CALL(store, store_journal_add(store, &entry));
	CALL(store, store_journal_list(store, SUBJECT_INVOICE, invoice,
	    &story));
	g_assert_cmpuint(story->len, ==, 2);
	CALL(store, store_journal_list(store, SUBJECT_INVOICE, 77, &other));
	g_assert_cmpuint(other->len, ==, 0);
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
	{ "hold once", case_hold_once },
	{ "hold list", case_hold_list },
	{ "letter moves", case_letter_moves },
	{ "letter list", case_letter_list },
	{ "reminder last", case_reminder_last },
	{ "suggestion", case_suggestion },
	{ "question, history", case_question },
	{ "feed", case_feed },
	{ "story", case_story },
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
