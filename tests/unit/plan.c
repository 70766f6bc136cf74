/*
 * plan.c - plans: text, JSON, contradictions, and their execution with a
 * journal entry for each action.
 */
#include "../../filter/plan.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- contradictions --------------------------------------------------------- */

static struct action *
add_settle(struct plan *plan, int64_t payment, int64_t invoice)
{
	struct action *a = plan_add(plan, ACTION_SETTLE, "settle:reference",
	    "settle %d", (int)invoice);

	a->of.settle = g_new0(struct allocation, 1);
	a->of.settle->payment = a->payment = payment;
	a->of.settle->invoice = a->invoice = invoice;
	return a;
}

static void
add_hold(struct plan *plan, int64_t payment, int64_t invoice)
{
	struct action *a = plan_add(plan, ACTION_HOLD,
	    "held:possible-payment", "hold %d", (int)invoice);

	a->of.hold = g_new0(struct hold, 1);
	a->of.hold->kind = HOLD_POSSIBLE_PAYMENT;
	a->invoice = invoice;
	a->payment = payment;
}

static void
add_reminder(struct plan *plan, int64_t invoice)
{
	struct action *a = plan_add(plan, ACTION_LETTER, "letter:reminder",
	    "remind %d", (int)invoice);
	struct letter_item *item = g_new0(struct letter_item, 1);

	item->invoice = invoice;
	a->of.letter = g_new0(struct letter, 1);
	a->of.letter->kind = LETTER_REMINDER;
	a->of.letter->items = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(a->of.letter->items, item);
}

static const struct conflict_row {
	const char *actions;	/* s=settle, h=hold, r=reminder, R=reverse,
				 * c=recall; a digit is the invoice or row */
	const char *why;	/* begins with, or NULL */
} conflict_rows[] = {
    {"s1", NULL}, {"s1s2", NULL}, {"h1", NULL}, {"s1h2", NULL},
    {"s1r2", NULL}, {"R1R2", NULL}, {"c1c2", NULL}, {"", NULL},
    {"s1s1", "one payment is put on one invoice twice"},
    {"s1h1", "an invoice is settled and held"},
    {"h1s1", "an invoice is settled and held"},
    {"s1r1", "an invoice is settled and reminded"},
    {"r1s1", "an invoice is settled and reminded"},
    {"R1R1", "one allocation is reversed twice"},
    {"c1c1", "one letter is taken back twice"},
};

static void
test_conflict(gconstpointer data)
{
	const struct conflict_row *row = data;
	struct plan *plan = plan_new();
	g_autofree char *why = NULL;

	for (const char *p = row->actions; *p; p += 2) {
		int64_t id = p[1] - '0';

		if (*p == 's')
			add_settle(plan, 7, id);
		else if (*p == 'h')
			add_hold(plan, 7, id);
		else if (*p == 'r')
			add_reminder(plan, id);
		else if (*p == 'R')
			plan_add(plan, ACTION_REVERSE, "r", "reverse")
			    ->allocation = id;
		else
			plan_add(plan, ACTION_RECALL, "c", "recall")->letter =
			    id;
	}
	why = plan_conflict(plan);
	if (row->why) {
		g_assert_nonnull(why);
		g_assert_true(g_str_has_prefix(why, row->why));
	} else {
		g_assert_null(why);
	}
	plan_free(plan);
}

static void
test_print(void)
{
	struct plan *plan = plan_new();
	g_autofree char *text = NULL, *json_text = NULL;
	struct action *a = add_settle(plan, 7, 3);
	json_t *json;

	a->evidence = g_strdup("{\"class\":\"A\"}");
	plan_add(plan, ACTION_NOTE, "noted", "100 %% %s", "sure");
	text = plan_text(plan);
	g_assert_cmpstr(text, ==, "settle  settle:reference  settle 3\n"
	    "note  noted  100 % sure\n");
	json = plan_json(plan);
	json_text = json_dumps(json, JSON_COMPACT);
	g_assert_cmpstr(json_text, ==,
	    "[{\"action\":\"settle\",\"code\":\"settle:reference\","
	    "\"text\":\"settle 3\",\"invoice\":3,\"payment\":7,"
	    "\"evidence\":{\"class\":\"A\"}},"
	    "{\"action\":\"note\",\"code\":\"noted\","
	    "\"text\":\"100 % sure\"}]");
	json_decref(json);
	plan_free(plan);
}

/* ---- execution ---------------------------------------------------------------- */

struct home {
	char *folder, *path;
	struct store *store;
	int64_t customer, invoice, payment;
};

static void
home_make(struct home *home)
{
	struct customer customer = {.key = (char[]){"C1"},
	    .name = (char[]){"Anna Example"}, .terms_days = -1};
	struct invoice invoice = {.key = (char[]){"I1"},
	    .number = (char[]){"2026-0001"}, .state = INVOICE_OPEN,
	    .currency = (char[]){"EUR"}, .date = (char[]){"2026-11-01"},
	    .due = (char[]){"2026-11-15"}, .amount = 10000, .opening = 10000};
	const char *const keys[] = {"20260001", NULL};
	struct report report = {.channel = CHANNEL_STATEMENT, .settles = true,
	    .source = "a:1"};
	enum report_result result;

	home->folder = g_dir_make_tmp("plan.XXXXXX", NULL);
	home->path = g_build_filename(home->folder, "store.db", NULL);
	g_assert_cmpint(store_open(home->path, STORE_CREATE, 1000,
	    &home->store), ==, STORE_OK);
	g_assert_cmpint(store_begin(home->store), ==, STORE_OK);
	g_assert_cmpint(store_customer_put(home->store, &customer), ==,
	    STORE_OK);
	invoice.customer = home->customer = customer.id;
	g_assert_cmpint(store_invoice_add(home->store, &invoice, keys), ==,
	    STORE_OK);
	home->invoice = invoice.id;
	report.payment = (struct payment){.key = (char[]){"P1"},
	    .trust = TRUST_S, .currency = (char[]){"EUR"}, .amount = 10000,
	    .booked = (char[]){"2026-11-20"}, .arrived = 1};
	g_assert_cmpint(store_payment_report(home->store, &report, &result,
	    &home->payment), ==, STORE_OK);
}

static void
home_end(struct home *home)
{
	g_autofree char *lock = g_strconcat(home->path, ".lock", NULL);
	g_autofree char *journal = g_strconcat(home->path, "-journal", NULL);

	store_rollback(home->store);
	store_close(home->store);
	g_unlink(home->path);
	g_unlink(lock);
	g_unlink(journal);
	g_rmdir(home->folder);
	g_free(home->path);
	g_free(home->folder);
}

static guint
journal_length(struct home *home)
{
	g_autoptr(GPtrArray) list = NULL;

	if (store_journal_list(home->store, SUBJECT_NONE, 0, &list) !=
	    STORE_OK)
		return 0;
	return list->len;
}

static void
test_apply_settle(void)
{
	struct home home;
	struct plan *plan = plan_new();
	struct invoice *invoice = NULL;
	struct action *a;

	home_make(&home);
	a = add_settle(plan, home.payment, home.invoice);
	a->of.settle->amount = 10000;
	a->evidence = g_strdup("{\"class\":\"S\"}");
	g_assert_cmpint(plan_apply(plan, home.store, 100, "auto"), ==,
	    STORE_OK);
	g_assert_cmpint(store_invoice_get(home.store, home.invoice, &invoice),
	    ==, STORE_OK);
	g_assert_cmpint(invoice->open, ==, 0);
	g_assert_cmpint(invoice->state, ==, INVOICE_PAID);
	g_assert_cmpuint(journal_length(&home), ==, 1);
	invoice_free(invoice);
	plan_free(plan);
	home_end(&home);
}

/* The same unverified hold again: neither hold nor question nor entry. */
static void
test_apply_hold_once(void)
{
	struct home home;
	g_autoptr(GPtrArray) questions = NULL;

	home_make(&home);
	for (int i = 0; i < 3; i++) {
		struct plan *plan = plan_new();
		struct action *a;

		add_hold(plan, home.payment, home.invoice);
		a = plan->actions->pdata[0];
		a->customer = a->of.hold->customer = home.customer;
		a->of.hold->invoice = home.invoice;
		a->of.hold->payment = home.payment;
		a->of.hold->trust = TRUST_U;
		a->of.hold->since = 100;
		a->of.hold->until = 200;
		a = plan_add(plan, ACTION_ASK, "possible-payment", "look %d",
		    i);
		a->payment = home.payment;
		a->invoice = home.invoice;
		a->of.ask = g_new0(struct question, 1);
		a->of.ask->code = g_strdup_printf("possible-%d", i);
		a->of.ask->text = g_strdup(a->text);
		a->of.ask->payment = home.payment;
		a->of.ask->invoice = home.invoice;
		g_assert_cmpint(plan_apply(plan, home.store, 100, "auto"), ==,
		    STORE_OK);
		plan_free(plan);
	}
	g_assert_cmpint(store_question_list(home.store, true, &questions), ==,
	    STORE_OK);
	g_assert_cmpuint(questions->len, ==, 1);
	g_assert_cmpuint(journal_length(&home), ==, 2);
	home_end(&home);
}

/* Settling ends the holds and questions that waited for the payment. */
static void
test_apply_releases(void)
{
	struct home home;
	struct plan *plan = plan_new();
	struct action *a;
	g_autoptr(GPtrArray) holds = NULL;

	home_make(&home);
	add_hold(plan, home.payment, home.invoice);
	a = plan->actions->pdata[0];
	a->of.hold->customer = home.customer;
	a->of.hold->invoice = home.invoice;
	a->of.hold->payment = home.payment;
	a->of.hold->trust = TRUST_S;
	a->of.hold->since = 100;
	a->of.hold->until = 200;
	g_assert_cmpint(plan_apply(plan, home.store, 100, "auto"), ==,
	    STORE_OK);
	plan_free(plan);
	plan = plan_new();
	add_settle(plan, home.payment, home.invoice)->of.settle->amount = 100;
	g_assert_cmpint(plan_apply(plan, home.store, 110, "auto"), ==,
	    STORE_OK);
	plan_free(plan);
	if (store_hold_list(home.store, home.customer, home.invoice, 120,
		&holds) == STORE_OK)
		g_assert_cmpuint(holds->len, ==, 0);
	home_end(&home);
}

/* A refused action stops the plan with the store's status. */
static void
test_apply_refused(void)
{
	struct home home;
	struct plan *plan = plan_new();

	home_make(&home);
	add_settle(plan, home.payment, home.invoice)->of.settle->amount =
	    10001;
	g_assert_cmpint(plan_apply(plan, home.store, 100, "auto"), ==,
	    STORE_INVALID);
	g_assert_cmpuint(journal_length(&home), ==, 0);
	plan_free(plan);
	home_end(&home);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(conflict_rows); i++) {
		g_autofree char *name = g_strdup_printf("/plan/conflict/%zu-%s",
		    i, conflict_rows[i].actions);

		g_test_add_data_func(name, &conflict_rows[i], test_conflict);
	}
	g_test_add_func("/plan/print", test_print);
	g_test_add_func("/plan/apply/settle", test_apply_settle);
	g_test_add_func("/plan/apply/hold-once", test_apply_hold_once);
	g_test_add_func("/plan/apply/releases", test_apply_releases);
	g_test_add_func("/plan/apply/refused", test_apply_refused);
	return g_test_run();
}
