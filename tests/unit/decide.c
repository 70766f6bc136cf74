/*
 * decide.c - decisions in, plans out, compared as text.
 */
#include "match_case.h"
#include "../../filter/words.h"

static const struct row {
	const char *name, *facts, *plan;
} rows[] = {
    {"settle", "pay=100.00 payer | A1 open=100.00 ref=1",
	"settle  settle:reference  100.00 EUR from Payer One pays A1\n"},
    {"settle by account", "pay=100.00 payer | A1 open=100.00 account",
	"settle  settle:account  100.00 EUR from Payer One pays A1\n"},
    {"settle by name", "pay=100.00 payer | A1 open=100.00 name=1 company",
	"settle  settle:name  100.00 EUR from Payer One pays A1\n"},
    {"announced", "pay=100.00 payer announced | A1 open=100.00 ref=1",
	"settle  settle:reference  100.00 EUR from Payer One is announced for "
	"A1\n"},
    {"discount", "pay=98.00 payer | A1 open=100.00 ref=1 disc=200/2026-11-20",
	"settle  settle:reference  98.00 EUR from Payer One pays A1\n"
	"settle  settle:discount  2.00 EUR of A1 is closed as discount\n"},
    {"credit note", "pay=80.00 payer | A1 open=100.00 ref=1 account | "
	"N1 note open=20.00 ref=1",
	"settle  settle:credit-note  20.00 EUR of A1 is closed as credit-note "
	"N1\n"
	"settle  settle:reference  80.00 EUR from Payer One pays A1\n"},
    {"too much", "pay=120.00 payer | A1 open=100.00 ref=1 account",
	"settle  settle:reference  100.00 EUR from Payer One pays A1\n"
	"ask  over-paid  20.00 EUR of what Payer One paid is more than was "
	"open: it stays on account\n"},
    {"perhaps charges: one question with the yes prepared, and no hold",
	"pay=985.00 payer | A1 open=1000.00 ref=1 account country=US",
	"settle  settle:reference  985.00 EUR from Payer One pays A1\n"
	"ask  rest-open  15.00 EUR of A1 stays open after what Payer One "
	"paid: it may be charges of a bank on the way. 'mailfilter reconcile "
	"--accept P7' closes it as fee, --reject leaves it open\n"},
    {"charges told: nothing to ask",
	"pay=985.00 charges=15.00 payer | A1 open=1000.00 ref=1 account "
	"country=US",
	"settle  settle:reference  985.00 EUR from Payer One pays A1\n"
	"settle  settle:fee  15.00 EUR of A1 is closed as fee\n"},
    {"a cent with the right number settles a cent and holds nothing",
	"pay=0.01 payer | A1 open=100.00 ref=1 account",
	"settle  settle:reference  0.01 EUR from Payer One pays A1\n"},

    /* class U: hold for two days and ask, whatever the probability */
    {"unverified", "pay=100.00 payer possible | A1 open=100.00 ref=1 account",
	"hold  held:possible-payment  no reminder of A1 for 2 days: unverified mail "
	"about 100.00 EUR from Payer One\n"
	"ask  possible-payment  100.00 EUR from Payer One may be for A1: "
	"number, account and exact amount, but the message is not verified\n"},
    {"unverified, one of many",
	"pay=100.00 payer possible enough | A1 open=100.00 ref=1 account",
	"hold  held:possible-payment  no reminder of A1 for 2 days: unverified mail "
	"about 100.00 EUR from Payer One\n"
	"ask  unverified-mail  More mail that is not verified tells of money "
	"for open invoices: 'mailfilter payment list' shows it. If it is your "
	"bank's, 'mailfilter bank learn' makes it count\n"},
    {"unverified and fits nothing", "pay=100.00 payer possible", ""},
    {"unverified cent",
	"pay=0.01 payer possible | A1 open=100.00 ref=1 account",
	"ask  possible-payment  0.01 EUR from Payer One may be for A1: "
	"number, account and part of the amount, but the message is not "
	"verified\n"},

    /* suggestions */
    {"suggested", "pay=100.00 payer | A1 open=100.00 name=1",
	"hold  held:possible-payment  no reminder of A1 for 5 days: 100.00 EUR "
	"from Payer One may be for it\n"
	"ask  suggested  100.00 EUR from Payer One may be for A1: "
	"name and exact amount\n"},
    {"asked before: no new hold",
	"pay=100.00 payer asked | A1 open=100.00 name=1",
	"ask  suggested  100.00 EUR from Payer One may be for A1: "
	"name and exact amount\n"},
    {"a suggested cent does not silence a reminder",
	"pay=0.01 payer | A1 open=100.00 ref=1",
	"ask  suggested  0.01 EUR from Payer One may be for A1: "
	"number and part of the amount\n"},
    {"suggested for two", "pay=150.00 payer | A1 open=100.00 account | "
	"A2 open=50.00 account",
	"hold  held:possible-payment  no reminder of A1 for 5 days: 150.00 EUR "
	"from Payer One may be for it\n"
	"hold  held:possible-payment  no reminder of A2 for 5 days: 150.00 EUR "
	"from Payer One may be for it\n"
	"ask  suggested  150.00 EUR from Payer One may be for A1 and A2: "
	"account and sum of all that is open\n"},

    /* nothing */
    {"paid twice", "pay=100.00 payer twice | A1 paid ref=1 account",
	"ask  paid-twice  100.00 EUR from Payer One pays what is paid already; "
	"it stays on account\n"},
    {"paid already", "pay=100.00 payer | A1 paid ref=1",
	"ask  already-paid  100.00 EUR from Payer One names what is paid "
	"already\n"},
    {"unknown", "pay=100.00",
	"ask  unmatched  100.00 EUR from an unnamed payer is from no known "
	"customer and names no invoice\n"},
};

#define NOW 1795338000		/* 2026-11-22 */

static void
test_row(gconstpointer data)
{
	const struct row *row = data;
	struct match_case one;
	struct match *match;
	struct plan *plan;
	g_autofree char *got = NULL, *conflict = NULL;

	case_read_line(&one, row->facts);
	match = match_payment(&one.facts);
	plan = decide_payment(&one.facts, match, NOW);
	got = plan_text(plan);
	conflict = plan_conflict(plan);
	g_assert_cmpstr(got, ==, row->plan);
	g_assert_null(conflict);
	plan_free(plan);
	match_free(match);
	case_clear(&one);
}

static struct plan *
plan_of(struct match_case *one, const char *facts)
{
	struct match *match;
	struct plan *plan;

	case_read_line(one, facts);
	match = match_payment(&one->facts);
	plan = decide_payment(&one->facts, match, NOW);
	match_free(match);
	return plan;
}

/* What a hold of class U carries: two days, once for an invoice and step. */
static void
test_hold(void)
{
	struct match_case one;
	struct plan *plan = plan_of(&one,
	    "pay=100.00 possible | A1 open=100.00 ref=1 step=3");
	const struct action *a = plan->actions->pdata[0];

	g_assert_cmpint(a->kind, ==, ACTION_HOLD);
	g_assert_cmpint(a->of.hold->trust, ==, TRUST_U);
	g_assert_cmpint(a->of.hold->step, ==, 3);
	g_assert_cmpint(a->of.hold->until - a->of.hold->since, ==, 48 * 3600);
	g_assert_cmpint(a->of.hold->invoice, ==, 1);
	g_assert_cmpint(a->of.hold->payment, ==, 7);
	g_assert_nonnull(strstr(a->evidence, "\"class\":\"U\""));
	plan_free(plan);
	case_clear(&one);
}

/* Evidence names the class, the rules and the payment (R37). */
static void
test_evidence(void)
{
	struct match_case one;
	struct plan *plan =
	    plan_of(&one, "pay=100.00 payer | A1 open=100.00 ref=1");
	const struct action *a = plan->actions->pdata[0];
	json_t *evidence = json_loads(a->evidence, 0, NULL);

	g_assert_cmpstr(json_string_value(json_object_get(evidence, "class")),
	    ==, "S");
	g_assert_cmpstr(
	    json_string_value(json_object_get(evidence, "payment")), ==, "P7");
	g_assert_cmpuint(json_array_size(json_object_get(evidence, "rules")),
	    ==, 2);
	g_assert_nonnull(json_object_get(evidence, "probability"));
	json_decref(evidence);
	plan_free(plan);
	case_clear(&one);
}

static void
free_allocation(void *data)
{
	allocation_free(data);
}

static GPtrArray *
two_allocations(void)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(free_allocation);

	for (int i = 0; i < 2; i++) {
		struct allocation *a = g_new0(struct allocation, 1);

		a->id = 40 + i;
		a->payment = 7;
		a->invoice = i + 1;
		a->amount = 5000;
		a->reversed = i;
		g_ptr_array_add(list, a);
	}
	return list;
}

static void
test_undo(void)
{
	struct payment payment = {.id = 7, .key = (char[]){"P7"},
	    .currency = (char[]){"EUR"}, .amount = 10000};
	g_autoptr(GPtrArray) list = two_allocations();
	struct plan *plan = decide_undo(&payment, list,
	    (const char *const[]){"A1", "A2"}, "anna");
	g_autofree char *text = plan_text(plan);

	g_assert_cmpstr(text, ==, "reverse  reversed:owner  50.00 EUR of "
	    "payment P7 is taken off A1 by anna\n");
	plan_free(plan);
}

static void
test_return(void)
{
	struct payment back = {.id = 9, .key = (char[]){"R1"},
	    .currency = (char[]){"EUR"}, .amount = -5000, .trust = TRUST_S,
	    .state = PAYMENT_BOOKED, .payer = (char[]){"Anna"}};
	struct payment original = {.id = 7, .key = (char[]){"P7"},
	    .amount = 5000};
	g_autoptr(GPtrArray) list = two_allocations();
	struct returned returned = {.payment = &back, .original = &original,
	    .allocations = list};
	struct plan *plan;
	g_autofree char *text = NULL, *lost = NULL;

	g_ptr_array_remove_index(list, 1);
	plan = decide_return(&returned, NOW);
	text = plan_text(plan);
	g_assert_cmpstr(text, ==,
	    "reverse  reversed:returned  50.00 EUR of payment P7 went back\n"
	    "set-aside  set-aside:returned  payment P7 went back and pays "
	    "nothing\n"
	    "set-aside  set-aside:return  payment R1 undid P7\n"
	    "ask  returned  50.00 EUR went back to Anna: its invoice is open "
	    "again\n");
	plan_free(plan);
	/* an unverified message reverses nothing */
	back.state = PAYMENT_POSSIBLE;
	plan = decide_return(&returned, NOW);
	lost = plan_text(plan);
	g_assert_cmpstr(lost, ==, "ask  returned  50.00 EUR went back to Anna: "
	    "look which payment this undoes\n");
	plan_free(plan);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name =
		    g_strdup_printf("/decide/%s", rows[i].name);

		g_test_add_data_func(name, &rows[i], test_row);
	}
	g_test_add_func("/decide/hold", test_hold);
	g_test_add_func("/decide/evidence", test_evidence);
	g_test_add_func("/decide/undo", test_undo);
	g_test_add_func("/decide/return", test_return);
	return g_test_run();
}
