/*
 * learned.c - what is learned, from what, and that it is unlearned: links and
 * habits as tables, and random histories of decisions that leave exactly what
 * the decisions that stand would have taught by themselves.
 */
#include "store_lib.h"

#include "../../filter/learned.h"

/* ---- links --------------------------------------------------------------------- */

static const struct link_row {
	const char *parties;	/* "CUSTOMER:COUNT:OWN:SOURCE:LAST …" */
	enum learned_link link;	/* for customer 1 */
	int others;
	bool moved;
} link_rows[] = {
    {"", LEARNED_NO, 0, false},
    {"2:1:1:2:2026-01-01", LEARNED_NO, 1, false},
    {"1:1:1:2:2026-01-01", LEARNED_KNOWN, 0, false},
    {"1:1:0:2:2026-01-01", LEARNED_CANDIDATE, 0, false},
    {"1:2:0:2:2026-01-01", LEARNED_KNOWN, 0, false},
    {"1:0:0:1:", LEARNED_GIVEN, 0, false},
    {"1:0:0:0: 2:3:3:2:2026-01-01", LEARNED_GIVEN, 3, true},
    {"1:5:0:2:2026-01-01 2:1:0:2:2025-01-01", LEARNED_KNOWN, 1, false},
    {"1:5:0:2:2026-01-01 2:1:0:2:2026-01-02", LEARNED_KNOWN, 1, true},
    {"1:5:0:2:2026-01-01 2:1:0:2:2026-01-02 3:1:0:2:2026-01-03",
	LEARNED_NO, 2, true},
    {"1:5:5:2:2026-01-01 2:1:0:2:2026-01-02 3:1:0:2:2026-01-03",
	LEARNED_KNOWN, 2, true},
};

static GPtrArray *
parties_of(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

	for (char **word = words; *word; word++) {
		g_auto(GStrv) part = g_strsplit(*word, ":", -1);
		struct party *party;

		if (!**word)
			continue;
		party = g_new0(struct party, 1);
		party->customer = atoi(part[0]);
		party->count = atoi(part[1]);
		party->own = atoi(part[2]);
		party->source = (enum source)atoi(part[3]);
		g_strlcpy(party->last, part[4], sizeof(party->last));
		g_ptr_array_add(out, party);
	}
	return out;
}

static void
test_link(gconstpointer data)
{
	const struct link_row *row = data;
	g_autoptr(GPtrArray) parties = parties_of(row->parties);
	struct learned learned = {.payments = 0};

	learned_account(parties, 1, &learned);
	g_assert_cmpint(learned.account, ==, row->link);
	g_assert_cmpint(learned.account_others, ==, row->others);
	g_assert_cmpint(learned.account_moved, ==, row->moved);
	learned_by_name(parties, 1, &learned);
	g_assert_cmpint(learned.alias, ==, row->link);
}

/* ---- habits ---------------------------------------------------------------------- */

static void
test_habits(void)
{
	const struct habits sums = {.count = 4, .aged = 4, .age_sum = 80,
	    .age_square = 1608, .charges = 1, .several = 4, .steps = 3,
	    .backward = 0, .days = {0, 0, 0, 0, 3, 1}};
	const struct habits one = {.count = 1, .aged = 1, .age_sum = 20,
	    .age_square = 400, .charges = 1};
	struct learned learned = {.payments = 0}, few = {.payments = 0};

	learned_habits(&sums, &learned);
	g_assert_cmpint(learned.payments, ==, 4);
	g_assert_cmpint(learned.age_mean, ==, 200);
	g_assert_cmpint(learned.age_spread, ==, 16);
	g_assert_cmpint(learned.charges, ==, 25);
	g_assert_cmpint(learned.several, ==, 100);
	g_assert_cmpint(learned.in_order, ==, -1);
	g_assert_cmpint(learned.month_day, ==, 25);
	g_assert_cmpint(learned.month_share, ==, 100);
	g_assert_cmpint(learned_distance(&learned, "2026-01-01",
	    "2026-01-21"), ==, 0);
	g_assert_cmpint(learned_distance(&learned, "2026-01-01",
	    "2026-01-29"), ==, 50);
	g_assert_cmpint(learned_distance(&learned, NULL, "2026-01-29"), ==, -1);
	learned_habits(&one, &few);
	g_assert_cmpint(few.charges, ==, -1);
	g_assert_cmpint(learned_distance(&few, "2026-01-01", "2026-01-21"),
	    ==, -1);
}

/* ---- a world of decisions ------------------------------------------------------------ */

#define PAYMENTS 12
#define CUSTOMERS 3
#define INVOICES (PAYMENTS * CUSTOMERS)

struct world {
	struct scratch scratch;
	int64_t customers[CUSTOMERS], payments[PAYMENTS];
	int64_t invoices[PAYMENTS][CUSTOMERS];
};

static void
world_open(struct world *world)
{
	static const char *const payers[] = {"C0", "Holding One", "Factor Ltd",
	    "C1", "C2", "Uncle Bob"};

	scratch_open(&world->scratch);
	for (int i = 0; i < CUSTOMERS; i++) {
		g_autofree char *key = g_strdup_printf("C%d", i);

		world->customers[i] = make_customer(world->scratch.store, key);
	}
	for (int i = 0; i < PAYMENTS; i++) {
		g_autofree char *day = g_strdup_printf("20%d-11-%02d",
		    25 + i % 2, 2 * i + 1);
		g_autofree char *source = g_strdup_printf("m#%d", i);
		g_autofree char *account = g_strdup_printf("ACC%d", i % 4);
		struct report report = make_report(CHANNEL_STATEMENT, TRUST_S,
		    1000 + i, day, source);
		enum report_result result;

		report.payment.payer =
		    (char *)payers[i % (int)G_N_ELEMENTS(payers)];
		report.payment.payer_account = account;
		CALL(world->scratch.store, store_payment_report(
		    world->scratch.store, &report, &result,
		    &world->payments[i]));
		for (int c = 0; c < CUSTOMERS; c++) {
			g_autofree char *key = g_strdup_printf("I%d-%d", i, c);

			world->invoices[i][c] = make_invoice(
			    world->scratch.store, world->customers[c], key,
			    5000);
		}
	}
}

/* The owner puts some of a payment on an invoice of a customer. */
static void
accept(struct world *world, int payment, int customer)
{
	struct plan *plan = plan_new();
	struct action *a = plan_add(plan, ACTION_SETTLE, "settle:owner", "x");

	a->of.settle = g_new0(struct allocation, 1);
	a->of.settle->payment = a->payment = world->payments[payment];
	a->of.settle->invoice = a->invoice =
	    world->invoices[payment][customer];
	a->of.settle->amount = 400;
	a->of.settle->probability = 1;
	CALL(world->scratch.store, plan_apply(plan, world->scratch.store, 5,
	    "Ada"));
	plan_free(plan);
}

static void
undo(struct world *world, int payment)
{
	struct plan *plan = plan_new();
	g_autoptr(GPtrArray) list = NULL;

	CALL(world->scratch.store, store_allocation_list(world->scratch.store,
	    world->payments[payment], 0, true, &list));
	for (guint i = 0; i < list->len; i++) {
		const struct allocation *one = list->pdata[i];
		struct action *a = plan_add(plan, ACTION_REVERSE,
		    "reversed:owner", "x");

		a->allocation = one->id;
		a->payment = one->payment;
	}
	CALL(world->scratch.store, plan_apply(plan, world->scratch.store, 6,
	    "Ada"));
	plan_free(plan);
}

/* All that a match can be told. */
static char *
state_text(struct store *store)
{
	static const char *const queries[] = {
	    "SELECT * FROM customer_account ORDER BY 1, 2",
	    "SELECT * FROM customer_alias ORDER BY 1, 2",
	    "SELECT * FROM customer_habit ORDER BY 1, 2",
	    "SELECT customer, payment, day, account, alias, own, age, habits,"
	    " pending, forgot FROM lesson ORDER BY 1, 2"};
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
		sqlite3_stmt *stmt = statement(store, queries[i]);

		while (step(store, stmt) == STORE_OK) {
			for (int c = 0; c < sqlite3_column_count(stmt); c++) {
				g_autofree char *text = column_string(stmt, c);

				g_string_append_printf(out, "%s|",
				    text ? text : "-");
			}
			g_string_append_c(out, '\n');
		}
	}
	return g_string_free(out, FALSE);
}

/* What stands is played alone in a world of its own. */
static void
test_unlearned(gconstpointer data)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(GPOINTER_TO_UINT(data));
	bool stands[PAYMENTS][CUSTOMERS] = {{false}};
	struct world world, alone;
	g_autofree char *learned = NULL, *wanted = NULL, *nothing = NULL;

	world_open(&world);
	for (int i = 0; i < 40; i++) {
		int payment = g_rand_int_range(random, 0, PAYMENTS);
		int customer = g_rand_int_range(random, 0, CUSTOMERS);

		if (g_rand_boolean(random) && !stands[payment][customer] &&
		    stands[payment][0] + stands[payment][1] +
		    stands[payment][2] < 2) {
			accept(&world, payment, customer);
			stands[payment][customer] = true;
		} else {
			undo(&world, payment);
			memset(stands[payment], 0, sizeof(stands[payment]));
		}
	}
	world_open(&alone);
	for (int i = PAYMENTS - 1; i >= 0; i--)
		for (int c = 0; c < CUSTOMERS; c++)
			if (stands[i][c])
				accept(&alone, i, c);
	learned = state_text(world.scratch.store);
	wanted = state_text(alone.scratch.store);
	g_assert_cmpstr(learned, ==, wanted);
	assert_sound(world.scratch.store);
	for (int i = 0; i < PAYMENTS; i++)
		undo(&world, i);
	nothing = state_text(world.scratch.store);
	g_assert_cmpstr(nothing, ==, "");
	scratch_close(&world.scratch);
	scratch_close(&alone.scratch);
}

/* ---- what confirms, and what does not --------------------------------------------------- */

static int
count_of(struct world *world, const char *account)
{
	g_autoptr(GPtrArray) list = NULL;

	CALL(world->scratch.store, store_party_by_account(world->scratch.store,
	    account, &list));
	return (int)list->len;
}

static void
book(struct world *world, int payment, bool named)
{
	struct plan *plan = plan_new();
	struct action *a = plan_add(plan, ACTION_SETTLE, "settle:reference",
	    "x");

	a->of.settle = g_new0(struct allocation, 1);
	a->of.settle->payment = a->payment = world->payments[payment];
	a->of.settle->invoice = a->invoice = world->invoices[payment][0];
	a->of.settle->amount = 400;
	a->named = named;
	CALL(world->scratch.store, plan_apply(plan, world->scratch.store, 5,
	    "auto"));
	plan_free(plan);
}

static void
test_confirmed(void)
{
	struct world world;
	struct report report;
	enum report_result result;
	int64_t payment;
	struct plan *plan = plan_new();

	world_open(&world);
	book(&world, 1, false);
	g_assert_cmpint(count_of(&world, "ACC1"), ==, 0);
	book(&world, 3, true);
	g_assert_cmpint(count_of(&world, "ACC3"), ==, 1);
	/* an announcement counts once a statement has it */
	report = make_report(CHANNEL_NOTICE, TRUST_A, 777, "2026-11-20", "n1");
	report.payment.payer_account = (char *)"ACC9";
	report.payment.end_to_end_id = (char *)"E2E-9";
	CALL(world.scratch.store, store_payment_report(world.scratch.store,
	    &report, &result, &payment));
	world.payments[0] = payment;
	book(&world, 0, true);
	g_assert_cmpint(count_of(&world, "ACC9"), ==, 0);
	report.channel = CHANNEL_STATEMENT;
	report.payment.trust = TRUST_S;
	report.source = "s#1";
	CALL(world.scratch.store, store_payment_report(world.scratch.store,
	    &report, &result, &payment));
	g_assert_cmpint(result, ==, REPORT_MERGED);
	plan_add(plan, ACTION_CONFIRM, "payment:confirmed", "x")->payment =
	    payment;
	CALL(world.scratch.store, plan_apply(plan, world.scratch.store, 7,
	    "auto"));
	plan_free(plan);
	g_assert_cmpint(count_of(&world, "ACC9"), ==, 1);
	/* a factor's account means nobody */
	accept(&world, 2, 1);
	g_assert_cmpint(count_of(&world, "ACC2"), ==, 0);
	scratch_close(&world.scratch);
}

static void
test_forgotten(void)
{
	struct world world;
	struct store *store;

	world_open(&world);
	store = world.scratch.store;
	accept(&world, 0, 0);
	g_assert_cmpint(count_of(&world, "ACC0"), ==, 1);
	CALL(store, store_lesson_forget(store, world.customers[0],
	    LESSON_ACCOUNT, "ACC0"));
	g_assert_cmpint(count_of(&world, "ACC0"), ==, 0);
	g_assert_cmpint(store_lesson_forget(store, world.customers[0],
	    LESSON_ACCOUNT, "ACC0"), ==, STORE_NONE);
	assert_sound(store);
	accept(&world, 4, 0);
	g_assert_cmpint(count_of(&world, "ACC0"), ==, 1);
	CALL(store, store_lesson_forget(store, world.customers[0],
	    LESSON_HABITS, NULL));
	undo(&world, 0);
	undo(&world, 4);
	assert_sound(store);
	scratch_close(&world.scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(link_rows); i++) {
		g_autofree char *path = g_strdup_printf("/learned/link/%zu", i);

		g_test_add_data_func(path, &link_rows[i], test_link);
	}
	for (unsigned i = 1; i <= 12; i++) {
		g_autofree char *path = g_strdup_printf(
		    "/learned/unlearned/%u", i);

		g_test_add_data_func(path, GUINT_TO_POINTER(i),
		    test_unlearned);
	}
	g_test_add_func("/learned/habits", test_habits);
	g_test_add_func("/learned/confirmed", test_confirmed);
	g_test_add_func("/learned/forgotten", test_forgotten);
	return g_test_run();
}
