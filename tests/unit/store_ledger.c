/*
 * store_ledger.c - money stays whole: allocations and their refusals, random
 * histories with the sum property.
 */
#include "store_desk.h"

static void
assert_invoice(struct store *store, int64_t id, int64_t open,
    int64_t announced, enum invoice_state state)
{
	struct invoice *invoice = NULL;

	CALL(store, store_invoice_get(store, id, &invoice));
	g_assert_cmpint(invoice->open, ==, open);
	g_assert_cmpint(invoice->announced, ==, announced);
	g_assert_cmpint(invoice->state, ==, state);
	invoice_free(invoice);
}

static int64_t
left_of(struct store *store, int64_t id)
{
	struct payment *payment = NULL;
	int64_t left;

	CALL(store, store_payment_get(store, id, &payment));
	left = payment->unallocated;
	payment_free(payment);
	return left;
}

/* ---- allocations ----------------------------------------------------------------- */

static void
test_announced_then_booked(void)
{
	struct desk desk;
	int64_t id;

	desk_open(&desk);
	CALL(desk.store, allocate(desk.store, desk.payment, desk.invoice,
	    ALLOCATION_PAYMENT, 0, 600, &id));
	CALL(desk.store, allocate(desk.store, desk.payment, desk.invoice,
	    ALLOCATION_DISCOUNT, 0, 400, NULL));
	assert_invoice(desk.store, desk.invoice, 1000, 1000, INVOICE_OPEN);
	g_assert_cmpint(left_of(desk.store, desk.payment), ==, 0);
	g_assert_cmpint(pay(desk.store, TRUST_S, 600, "s#1"), ==,
	    desk.payment);
	assert_invoice(desk.store, desk.invoice, 0, 0, INVOICE_PAID);
	CALL(desk.store, store_allocation_reverse(desk.store, id, "wrong",
	    "Ada", 9));
	g_assert_cmpint(store_allocation_reverse(desk.store, id, "wrong",
	    "Ada", 9), ==, STORE_KNOWN);
	g_assert_cmpint(store_allocation_reverse(desk.store, 99, "wrong",
	    "Ada", 9), ==, STORE_NONE);
	assert_invoice(desk.store, desk.invoice, 600, 0, INVOICE_OPEN);
	g_assert_cmpint(left_of(desk.store, desk.payment), ==, 600);
	desk_close(&desk);
}

static void
test_return(void)
{
	struct desk desk;
	int64_t back;

	desk_open(&desk);
	pay(desk.store, TRUST_S, 600, "s#1");
	CALL(desk.store, allocate(desk.store, desk.payment, desk.invoice,
	    ALLOCATION_PAYMENT, 0, 600, NULL));
	back = pay(desk.store, TRUST_S, -600, "s#2");
	g_assert_cmpint(back, !=, desk.payment);
	g_assert_cmpint(left_of(desk.store, back), ==, -600);
	CALL(desk.store, allocate(desk.store, back, desk.invoice,
	    ALLOCATION_PAYMENT, 0, -600, NULL));
	assert_invoice(desk.store, desk.invoice, 1000, 0, INVOICE_OPEN);
	g_assert_cmpint(left_of(desk.store, back), ==, 0);
	desk_close(&desk);
}

static void
test_credit_note(void)
{
	struct desk desk;
	struct invoice note = { .key = (char *)"K1", .number = (char *)"K1",
		.type = INVOICE_CREDIT_NOTE, .state = INVOICE_OPEN,
		.currency = (char *)"EUR", .amount = 300, .opening = 300 };

	desk_open(&desk);
	note.customer = desk.customer;
	CALL(desk.store, store_invoice_add(desk.store, &note, NULL));
	CALL(desk.store, allocate(desk.store, 0, desk.invoice,
	    ALLOCATION_CREDIT_NOTE, note.id, 300, NULL));
	assert_invoice(desk.store, desk.invoice, 700, 0, INVOICE_OPEN);
	assert_invoice(desk.store, note.id, 0, 0, INVOICE_PAID);
	g_assert_cmpint(allocate(desk.store, 0, desk.invoice,
	    ALLOCATION_CREDIT_NOTE, note.id, 1, NULL), ==, STORE_INVALID);
	desk_close(&desk);
}

struct refusal {
	const char *name;
	int64_t payment, invoice, amount;	/* 1: the desk's own */
	enum allocation_kind kind;
	const char *by, *says;
	const char *before;	/* makes the case, with the store's leave */
};

static const struct refusal refusals[] = {
	{ "more than paid", 1, 1, 601, ALLOCATION_PAYMENT, "auto",
	    "600 minor units left", NULL },
	{ "more than open", 1, 1, 1001, ALLOCATION_DISCOUNT, "auto",
	    "less open", NULL },
	{ "nothing", 1, 1, 0, ALLOCATION_PAYMENT, "auto", "amount", NULL },
	{ "against the sign", 1, 1, -5, ALLOCATION_PAYMENT, "auto",
	    "600 minor units left", NULL },
	{ "nobody's", 1, 1, 5, ALLOCATION_PAYMENT, NULL, "who made it", NULL },
	{ "no payment", 77, 1, 5, ALLOCATION_PAYMENT, "auto", "no payment",
	    NULL },
	{ "no invoice", 1, 77, 5, ALLOCATION_PAYMENT, "auto", "no invoice",
	    NULL },
	{ "no money behind", 0, 1, 5, ALLOCATION_PAYMENT, "auto", "refuses",
	    NULL },
	{ "other currency", 1, 1, 5, ALLOCATION_PAYMENT, "auto",
	    "the payment in", "UPDATE invoice SET currency = 'CHF'" },
	{ "draft", 1, 1, 5, ALLOCATION_PAYMENT, "auto", "draft",
	    "UPDATE invoice SET state = 0" },
	{ "void", 1, 1, 5, ALLOCATION_PAYMENT, "auto", "void",
	    "UPDATE invoice SET state = 3" },
	{ "only possible", 1, 1, 5, ALLOCATION_PAYMENT, "auto",
	    "not confirmed", "UPDATE payment SET state = 0" },
};

static void
test_refusal(const void *data)
{
	const struct refusal *refusal = data;
	struct desk desk;
	struct allocation allocation = { .amount = refusal->amount,
		.kind = refusal->kind, .by = (char *)refusal->by };
	g_autoptr(GPtrArray) list = NULL;

	desk_open(&desk);
	if (refusal->before)
		CALL(desk.store, execute(desk.store, refusal->before));
	allocation.payment = refusal->payment == 1 ? desk.payment :
	    refusal->payment;
	allocation.invoice = refusal->invoice == 1 ? desk.invoice :
	    refusal->invoice;
	g_assert_cmpint(store_allocation_add(desk.store, &allocation), ==,
	    STORE_INVALID);
	g_assert_nonnull(strstr(store_error(desk.store), refusal->says));
	CALL(desk.store, store_allocation_list(desk.store, 0, 0, false,
	    &list));
	g_assert_cmpuint(list->len, ==, 0);
	desk_close(&desk);
}

/* Pressed money: allocated in full, the statement says less. */
static void
test_correction_too_late(void)
{
	struct desk desk;
	struct report report = make_report(CHANNEL_NOTICE, TRUST_A, 500,
	    "2026-11-10", "m7");
	enum report_result result;
	int64_t id;

	desk_open(&desk);
	report.payment.bank_reference = (char *)"FT7";
	CALL(desk.store, store_payment_report(desk.store, &report, &result,
	    &id));
	CALL(desk.store, allocate(desk.store, id, desk.invoice,
	    ALLOCATION_PAYMENT, 0, 500, NULL));
	report.channel = CHANNEL_STATEMENT;
	report.payment.trust = TRUST_S;
	report.payment.amount = 400;
	report.source = "s#7";
	CALL(desk.store, store_payment_report(desk.store, &report, &result,
	    &id));
	g_assert_cmpint(result, ==, REPORT_CONFLICT);
	assert_invoice(desk.store, desk.invoice, 1000, 500, INVOICE_OPEN);
	desk_close(&desk);
}

/* ---- random histories -------------------------------------------------------- */

#define HISTORIES 20
#define EVENTS 60

struct history_world {
	struct store *store;
	GRand *rand;
	int64_t invoices[5], in;
	int serial;
};

static void
random_report(struct history_world *world)
{
	static const enum trust classes[] = { TRUST_U, TRUST_A, TRUST_S };
	enum trust trust = classes[g_rand_int_range(world->rand, 0, 3)];
	int64_t amount = 100 * g_rand_int_range(world->rand, 1, 6);
	g_autofree char *source = g_strdup_printf("d%d#1", world->serial++);

	if (g_rand_int_range(world->rand, 0, 8) == 0)
		amount = -amount;
	pay(world->store, trust, amount, source);
}

static void
random_allocation(struct history_world *world)
{
	int64_t payment = g_rand_int_range(world->rand, 1, 30);
	int64_t invoice = world->invoices[g_rand_int_range(world->rand, 0, 5)];
	int64_t amount = 50 * g_rand_int_range(world->rand, -4, 10);

	allocate(world->store, payment, invoice,
	    g_rand_int_range(world->rand, 0, 4) ? ALLOCATION_PAYMENT :
	    ALLOCATION_FEE, 0, amount, NULL);
}

static void
random_event(struct history_world *world)
{
	switch (g_rand_int_range(world->rand, 0, 5)) {
	case 0:
	case 1:
		random_report(world);
		break;
	case 2:
	case 3:
		random_allocation(world);
		break;
	default:
		store_allocation_reverse(world->store,
		    g_rand_int_range(world->rand, 1, 20), "x", "y", 9);
	}
}

/* Money in = allocated + left, counted here and not by the store. */
static int64_t
assert_sum(struct store *store)
{
	const struct payment_filter all = { 0 };
	g_autoptr(GPtrArray) payments = NULL, allocations = NULL;
	int64_t in = 0, used = 0, left = 0;

	CALL(store, store_payment_list(store, &all, &payments));
	CALL(store, store_allocation_list(store, 0, 0, true, &allocations));
	for (guint i = 0; i < payments->len; i++) {
		in += ((struct payment *)payments->pdata[i])->amount;
		left += ((struct payment *)payments->pdata[i])->unallocated;
	}
	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];

		if (one->kind == ALLOCATION_PAYMENT)
			used += one->amount;
	}
	g_assert_cmpint(in, ==, used + left);
	return used;
}

static void
test_histories(void)
{
	struct desk desk;
	struct history_world world = { 0 };
	int allocated = 0;

	scratch_open(&desk.scratch);
	world.store = desk.scratch.store;
	world.rand = g_rand_new_with_seed(57);
	for (int i = 0; i < HISTORIES; i++) {
		CALL(world.store, store_begin(world.store));
		for (int k = 0; k < 5; k++) {
			g_autofree char *key = g_strdup_printf("I%d", k);

			world.invoices[k] = make_invoice(world.store,
			    make_customer(world.store, "C1"), key, 500);
		}
		for (int k = 0; k < EVENTS; k++) {
			random_event(&world);
			allocated += assert_sum(world.store) != 0;
		}
		assert_sound(world.store);
		store_rollback(world.store);
	}
	g_assert_cmpint(allocated, >, HISTORIES);
	g_rand_free(world.rand);
	scratch_close(&desk.scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/allocation/announced, then booked",
	    test_announced_then_booked);
	g_test_add_func("/allocation/return", test_return);
	g_test_add_func("/allocation/credit note", test_credit_note);
	g_test_add_func("/allocation/correction too late",
	    test_correction_too_late);
	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *path = g_strdup_printf("/allocation/%s",
		    refusals[i].name);

		g_test_add_data_func(path, &refusals[i], test_refusal);
	}
	g_test_add_func("/ledger/random histories", test_histories);
	return g_test_run();
}
