/*
 * hypotheses.c - whatever is open and paid, the shares of every explanation
 * add up: never more than the payment, never more than a balance, and all of
 * the payment unless something is over. Small ledgers made at random.
 */
#include "../../filter/amounts.h"
#include "../../filter/hypotheses.h"

#include <string.h>

#define CANDIDATES 9

struct world {
	struct payment payment;
	struct config config;
	struct customer customer;
	struct invoice invoices[CANDIDATES];
	struct candidate candidates[CANDIDATES];
	char numbers[CANDIDATES][16], dates[CANDIDATES][DAY_SIZE];
	struct facts facts;
};

static bool
one_in(int n)
{
	return g_test_rand_int_range(0, n) == 0;
}

static void
make_candidate(struct world *w, guint i)
{
	struct invoice *v = &w->invoices[i];
	struct candidate *c = &w->candidates[i];

	g_snprintf(w->numbers[i], sizeof(w->numbers[i]), "2026-%04u", 100 + i);
	day_text(day_number("2026-08-01") + 9 * (int32_t)i, w->dates[i]);
	*v = (struct invoice){.id = i + 1, .key = w->numbers[i],
	    .number = w->numbers[i], .customer = 1, .state = INVOICE_OPEN,
	    .currency = (char *)(one_in(12) ? "USD" : "EUR"),
	    .type = one_in(5) ? INVOICE_CREDIT_NOTE : INVOICE_PLAIN,
	    .date = w->dates[i], .due = w->dates[i]};
	v->amount = v->opening = one_in(3)
	    ? 1000 * g_test_rand_int_range(1, 9)
	    : g_test_rand_int_range(200, 9000);
	v->open = one_in(6) ? v->amount / 2 : v->amount;
	v->announced = one_in(8) ? v->open / 3 : 0;
	v->discount_bp = one_in(4) ? 300 : 0;
	v->discount_until = (char *)"2026-11-20";
	*c = (struct candidate){.invoice = v, .customer = &w->customer,
	    .account = true, .name = 1, .amount_rivals = 1,
	    .mention = one_in(3) ? 1 : one_in(4) ? 0.4 : 0};
	g_ptr_array_add(w->facts.candidates, c);
}

/* Mostly what some of the invoices come to, so that much is explained. */
static int64_t
make_amount(const struct world *w)
{
	int64_t sum = 0;

	for (guint i = 0; i < CANDIDATES; i++) {
		const struct invoice *v = &w->invoices[i];

		if (one_in(3))
			sum += v->type == INVOICE_CREDIT_NOTE
			    ? -invoice_balance(v) : invoice_balance(v);
	}
	if (one_in(4))
		sum += g_test_rand_int_range(-300, 300);
	return sum > 0 ? sum : g_test_rand_int_range(1, 20000);
}

static void
make_world(struct world *w)
{
	*w = (struct world){.config = {.auto_probability = 0.98,
	    .rounding_tolerance = 5, .fee_tolerance = 500,
	    .discount_grace_days = 2},
	    .customer = {.id = 1, .key = (char *)"C1",
	    .country = (char *)(one_in(2) ? "ES" : "US"),
	    .withholding_bp = one_in(3) ? 1500 : 0}};
	w->facts.candidates = g_ptr_array_new();
	w->facts.payment = &w->payment;
	w->facts.config = &w->config;
	w->facts.today = "2026-11-22";
	for (guint i = 0; i < CANDIDATES; i++)
		make_candidate(w, i);
	w->payment = (struct payment){.id = 1, .key = (char *)"P1",
	    .trust = TRUST_S, .state = PAYMENT_BOOKED,
	    .currency = (char *)"EUR", .booked = (char *)"2026-11-20",
	    .payer = (char *)"Payer One",
	    .remittance = (char *)"2026-0100/101 103-107"};
	w->payment.amount = w->payment.unallocated = make_amount(w);
}

static void
check_invoice(const struct world *w, const struct hypothesis *one, guint i)
{
	const struct invoice *v = &w->invoices[i];
	int64_t closed = 0, spent = 0;

	for (guint j = 0; j < one->shares->len; j++) {
		const struct share *share =
		    &g_array_index(one->shares, struct share, j);

		closed += share->invoice == v->id ? share->amount : 0;
		spent += share->credit_note == v->id ? share->amount : 0;
	}
	g_assert_cmpint(closed + spent, <=, invoice_balance(v));
	if (v->type == INVOICE_CREDIT_NOTE)
		g_assert_cmpint(closed, ==, 0);
}

static void
check_hypothesis(const struct world *w, const struct hypothesis *one)
{
	int64_t paid = 0;
	bool foreign = one->kind == AMOUNT_CURRENCY ||
	    one->kind == AMOUNT_CURRENCY_TOLD;

	g_assert_cmpuint(one->shares->len, >, 0);
	for (guint j = 0; j < one->shares->len; j++) {
		const struct share *share =
		    &g_array_index(one->shares, struct share, j);

		g_assert_cmpint(share->amount, >, 0);
		g_assert_true((share->kind == ALLOCATION_CREDIT_NOTE) ==
		    (share->credit_note != 0));
		if (share->kind == ALLOCATION_PAYMENT)
			paid += share->amount;
	}
	for (guint i = 0; i < CANDIDATES; i++)
		check_invoice(w, one, i);
	if (foreign)
		return;
	g_assert_cmpint(paid, <=, w->payment.unallocated);
	/* money is left only where more came than was open */
	if (one->kind != AMOUNT_OVER && one->kind != AMOUNT_ROUNDING &&
	    one->kind != AMOUNT_NAMED_OTHER)
		g_assert_cmpint(paid, ==, w->payment.unallocated);
	g_assert_cmpint(one->ways, >=, 1);
	g_assert_true(one->chance >= 0);
}

static void
test_shares(void)
{
	int seen[AMOUNT_KINDS] = {0}, kinds = 0;

	for (int round = 0; round < 6000; round++) {
		struct world w;
		struct match *match;

		make_world(&w);
		if (round % 2)
			for (guint i = 0; i < CANDIDATES; i++)
				w.candidates[i].mention = 0;
		match = match_payment(&w.facts);
		for (guint i = 0; i < match->hypotheses->len; i++) {
			const struct hypothesis *one =
			    match->hypotheses->pdata[i];

			check_hypothesis(&w, one);
			seen[one->kind]++;
		}
		match_free(match);
		g_ptr_array_unref(w.facts.candidates);
	}
	for (int i = 0; i < AMOUNT_KINDS; i++)
		kinds += seen[i] > 0;
	g_assert_cmpint(kinds, >=, 15);
}

/* A hundred open invoices, and the money is the sum of some. */
static void
test_many(void)
{
	struct facts facts = {.today = "2026-11-22"};
	struct customer customer = {.id = 1, .key = (char *)"C1"};
	struct payment payment = {.id = 1, .key = (char *)"P1",
	    .currency = (char *)"EUR", .booked = (char *)"2026-11-20",
	    .payer = (char *)"Payer One", .state = PAYMENT_BOOKED};
	struct invoice invoices[100];
	struct candidate candidates[100];
	char days[100][DAY_SIZE];
	const struct hypothesis *top;
	struct match *match;

	facts.payment = &payment;
	facts.candidates = g_ptr_array_new();
	for (guint i = 0; i < 100; i++) {
		day_text(day_number("2026-01-01") + 3 * (int32_t)i, days[i]);
		invoices[i] = (struct invoice){.id = i + 1, .customer = 1,
		    .key = days[i], .number = days[i], .date = days[i],
		    .due = days[i], .currency = (char *)"EUR",
		    .state = INVOICE_OPEN, .open = 100003 + i * i * 997,
		    .amount = 100003 + i * i * 997};
		candidates[i] = (struct candidate){.invoice = &invoices[i],
		    .customer = &customer, .account = true, .name = 1,
		    .amount_rivals = 1};
		g_ptr_array_add(facts.candidates, &candidates[i]);
		if (i < 37)
			payment.amount += invoices[i].open;
	}
	payment.unallocated = payment.amount;
	match = match_payment(&facts);
	g_assert_cmpuint(match->hypotheses->len, >, 0);
	top = match->hypotheses->pdata[0];
	g_assert_cmpint(top->kind, ==, AMOUNT_GROUP);
	g_assert_cmpint(top->count, ==, 37);
	g_assert_cmpint(match->decision, ==, DECISION_SUGGEST);
	match_free(match);
	g_ptr_array_unref(facts.candidates);
}

static const struct prepaid_row {
	const char *text;
	bool prepaid;
} prepaid[] = {
    {"Anzahlung Angebot 4711", true}, {"acompte devis 12", true},
    {"DEPOSIT QUOTE 6085", true}, {"Voorschot offerte 5162", true},
    {"Аванс по договору 14", true}, {"предоплата 50%", true},
    {"zálohová platba", true}, {"ennakkomaksu tarjous", true},
    {"προκαταβολή", true}, {"SINAL ORCAMENTO Q462", true},
    {"預付 訂金", true}, {"Rechnung 2026-0012", false},
    {"invoice 12 advanced materials", false}, {"betaling", false},
    {"заказ 12", false}, {"", false},
};

static void
test_prepaid(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(prepaid); i++) {
		struct payment payment = {
		    .remittance = (char *)prepaid[i].text};

		if (payment_is_prepaid(&payment) != prepaid[i].prepaid)
			g_test_message("%s", prepaid[i].text);
		g_assert_true(payment_is_prepaid(&payment) ==
		    prepaid[i].prepaid);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/hypotheses/shares-add-up", test_shares);
	g_test_add_func("/hypotheses/a-hundred-open", test_many);
	g_test_add_func("/hypotheses/prepaid", test_prepaid);
	return g_test_run();
}
