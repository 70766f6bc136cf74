/*
 * store_letters.c - holds, letters and their moves, the story of an invoice.
 */
#include "store_lib.h"

typedef void test_case(struct store *store);

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
	/* a promise ends when it was looked after, not before */
	g_assert_cmpuint(holds(store, customer, one, 200), ==, 1);
	CALL(store, store_hold_followed(store, hold.id, 201));
	g_assert_cmpuint(holds(store, customer, one, 202), ==, 0);
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
		".r..x..", "p.s.x..", ".r.s.fu", ".....f.", ".......",
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

/* ---- charges ------------------------------------------------------------------- */

static guint
standing(struct store *store, int64_t invoice)
{
	g_autoptr(GPtrArray) list = NULL;

	CALL(store, store_charge_list(store, invoice, 0, 0, true, &list));
	return list->len;
}

/* They stand when the letter was sent, until they are paid or waived; before
 * that the letter may name others. */
static void
case_charges(struct store *store)
{
	int64_t customer = make_customer(store, "C1");
	int64_t invoice = make_invoice(store, customer, "I1", 500);
	struct letter letter = { .kind = LETTER_REMINDER,
		.customer = customer, .message_id = (char *)"a@x.example" };
	struct charge first = { .invoice = invoice, .amount = 5,
		.currency = (char *)"EUR", .text = (char *)"why" };
	struct charge second = { .invoice = invoice, .amount = 4000,
		.kind = CHARGE_COMPENSATION, .currency = (char *)"EUR",
		.text = (char *)"art. 6" };
	g_autoptr(GPtrArray) charges = g_ptr_array_new();

	CALL(store, store_letter_add(store, &letter));
	g_ptr_array_add(charges, &first);
	CALL(store, store_charge_set(store, letter.id, charges, 5));
	g_assert_cmpuint(standing(store, invoice), ==, 0);
	g_ptr_array_add(charges, &second);
	CALL(store, store_charge_set(store, letter.id, charges, 6));
	CALL(store, store_letter_move(store, letter.id, LETTER_RENDERED, NULL,
	    6));
	g_assert_cmpuint(standing(store, invoice), ==, 0);
	CALL(store, store_letter_move(store, letter.id, LETTER_SENDING, NULL,
	    6));
	g_assert_cmpuint(standing(store, invoice), ==, 2);
	CALL(store, store_letter_move(store, letter.id, LETTER_SENT, NULL, 6));
	CALL(store, store_charge_waive(store, first.id, 7));
	g_assert_cmpuint(standing(store, invoice), ==, 1);
	g_assert_cmpint(store_charge_waive(store, first.id, 8), ==,
	    STORE_NONE);
	g_assert_cmpint(store_charge_set(store, letter.id, charges, 8), ==,
	    STORE_INVALID);
	g_assert_cmpstr(charge_kind_name(second.kind), ==, "compensation");
	g_assert_cmpint(store_charge_pay(store, 99, 0), ==, STORE_NONE);
}

struct named_case {
	const char *name;
	test_case *run;
};

static const struct named_case cases[] = {
	{ "hold once", case_hold_once },
	{ "hold list", case_hold_list },
	{ "letter moves", case_letter_moves },
	{ "letter list", case_letter_list },
	{ "reminder last", case_reminder_last },
	{ "story", case_story },
	{ "charges", case_charges },
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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/letters/%s",
		    cases[i].name);

		g_test_add_data_func(path, &cases[i], test_one);
	}
	return g_test_run();
}
