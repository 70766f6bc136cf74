/*
 * match.c - facts in, decision out, one row a rule. The expectation is the
 * decision and the parts of the best hypothesis, or why there is none.
 */
#include "match_case.h"

static const struct row {
	const char *name, *facts, *wanted;
} rows[] = {
    /* two families that agree */
    {"reference and amount", "pay=100.00 payer | A1 open=100.00 ref=1",
	"auto A1:payment:100.00"},
    {"account and amount", "pay=100.00 payer | A1 open=100.00 account",
	"auto A1:payment:100.00"},
    {"company name and amount",
	"pay=100.00 payer | A1 open=100.00 name=1 company",
	"auto A1:payment:100.00"},
    {"person's name and amount", "pay=100.00 payer | A1 open=100.00 name=1",
	"suggest A1:payment:100.00"},
    {"weak reference, sure payer",
	"pay=100.00 payer | A1 open=100.00 ref=0.5 account",
	"auto A1:payment:100.00"},
    {"part of a number, stranger", "pay=100.00 payer | A1 open=100.00 ref=0.8",
	"suggest A1:payment:100.00"},

    /* never on the amount alone */
    {"amount alone", "pay=100.00 payer | A1 open=100.00", "none unknown"},
    {"amount and a faint name", "pay=100.00 payer | A1 open=100.00 name=0.3",
	"none unknown"},
    {"nothing", "pay=100.00 payer", "none unknown"},

    /* uniqueness */
    {"two of one amount, none named",
	"pay=100.00 payer | A1 open=100.00 account due=2026-11-10 | "
	"A2 open=100.00 account due=2026-10-10",
	"suggest A2:payment:100.00"},
    {"two of one amount, one named",
	"pay=100.00 payer | A1 open=100.00 account ref=1 | "
	"A2 open=100.00 account",
	"auto A1:payment:100.00"},
    {"namesakes",
	"pay=100.00 payer | A1 open=100.00 name=1 company namesakes=1",
	"suggest A1:payment:100.00"},
    {"namesakes, but named",
	"pay=100.00 payer | A1 open=100.00 name=1 namesakes=1 ref=1",
	"auto A1:payment:100.00"},
    {"shared account", "pay=100.00 payer | A1 open=100.00 shared",
	"suggest A1:payment:100.00"},
    {"common amount, company name",
	"pay=100.00 payer | A1 open=100.00 name=1 company rivals=900",
	"suggest A1:payment:100.00"},

    /* contradictions */
    {"names another", "pay=100.00 payer | A1 open=100.00 account | "
	"B1 c=2 open=70.00 ref=1", "suggest A1:payment:100.00"},
    {"names a paid one", "pay=100.00 payer | A1 open=100.00 account | "
	"A0 paid ref=1", "suggest A1:payment:100.00"},
    {"named and sum right, but somebody else pays",
	"pay=100.00 payer | A1 open=100.00 ref=1 | B1 c=2 open=50.00 account",
	"suggest A1:payment:100.00"},
    {"a slip of the finger",
	"pay=100.00 payer | 20260417 open=100.00 account | "
	"20260471 c=2 open=70.00 ref=1",
	"auto 20260417:payment:100.00"},
    {"a slip to another of the same amount",
	"pay=100.00 payer | 20260417 open=100.00 account | "
	"20260471 c=2 open=100.00 ref=1",
	"suggest 20260417:payment:100.00"},
    {"one short number, two invoices",
	"pay=100.00 payer | A412 open=100.00 account ref=0.5 place=3 | "
	"B412 c=2 open=70.00 ref=0.5 place=3",
	"auto A412:payment:100.00"},
    {"six digits that nothing introduces, stranger",
	"pay=100.00 payer | 560001 open=100.00 ref=1 bare",
	"suggest 560001:payment:100.00"},
    {"six digits that nothing introduces, the customer",
	"pay=100.00 payer | 560001 open=100.00 ref=1 bare account",
	"auto 560001:payment:100.00"},
    {"six digits behind a word for invoice, stranger",
	"pay=100.00 payer | 560001 open=100.00 ref=1",
	"auto 560001:payment:100.00"},
    {"a day that is a number, stranger",
	"pay=100.00 payer | 20261120 open=100.00 ref=1 bare",
	"suggest 20261120:payment:100.00"},
    {"eight digits and no day, stranger",
	"pay=100.00 payer | 20260417-1 open=100.00 ref=1 bare",
	"auto 20260417-1:payment:100.00"},
    {"a word with a number, stranger",
	"pay=100.00 payer | COVID-19 open=100.00 ref=1 bare",
	"suggest COVID-19:payment:100.00"},
    {"letters and five digits, stranger",
	"pay=100.00 payer | KX-10571 open=100.00 ref=1 bare",
	"auto KX-10571:payment:100.00"},
    {"one number inside the other, both of this amount",
	"pay=100.00 payer | 1001 open=100.00 account ref=0.8 place=1 place=2 | "
	"100 open=100.00 account ref=0.4 place=1",
	"suggest 1001:payment:100.00"},
    {"one number inside the other, of another amount",
	"pay=100.00 payer | 1001 open=100.00 account ref=0.8 place=1 place=2 | "
	"100 open=70.00 account ref=0.6 place=1",
	"auto 1001:payment:100.00"},
    {"a company's name, but others' account",
	"pay=100.00 payer | A1 open=100.00 name=1 company others-account",
	"suggest A1:payment:100.00"},
    {"the account, but another customer's name",
	"pay=100.00 payer | A1 open=100.00 account others-name",
	"suggest A1:payment:100.00"},
    {"another customer's name, but the number",
	"pay=100.00 payer | A1 open=100.00 account others-name ref=1",
	"auto A1:payment:100.00"},
    {"a company's name without its form",
	"pay=100.00 payer | A1 open=100.00 name=1 company formless rarity=4",
	"suggest A1:payment:100.00"},
    {"a rare company's name without its form",
	"pay=100.00 payer | A1 open=100.00 name=1 company formless rarity=6",
	"auto A1:payment:100.00"},
    {"a company only told as the one for whom",
	"pay=100.00 payer | A1 open=100.00 name=1 company behalf",
	"suggest A1:payment:100.00"},
    {"once refused, never booked by itself",
	"pay=100.00 payer refused | A1 open=100.00 account ref=1",
	"suggest A1:payment:100.00"},
    {"rejected by the owner",
	"pay=100.00 payer | A1 open=100.00 account rejected", "none refused"},

    /* what the amount means */
    {"part", "pay=40.00 payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:40.00"},
    {"part, stranger", "pay=40.00 payer | A1 open=100.00 ref=1",
	"suggest A1:payment:40.00"},
    {"part, not named", "pay=40.00 payer | A1 open=100.00 account",
	"none unclear"},
    {"a cent", "pay=0.01 payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:0.01"},
    {"second part", "pay=60.00 payer | A1 open=60.00 amount=100.00 ref=1",
	"auto A1:payment:60.00"},
    {"announced counts as paid",
	"pay=60.00 payer | A1 open=100.00 announced=40.00 ref=1",
	"auto A1:payment:60.00"},
    {"too much", "pay=120.00 payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:100.00"},
    {"too much, another open one fits the rest",
	"pay=120.00 payer | A1 open=100.00 ref=1 account | "
	"A2 open=20.00 account",
	"suggest A1:payment:100.00 A2:payment:20.00"},
    {"too much, another open one does not fit",
	"pay=120.00 payer | A1 open=100.00 ref=1 account | "
	"A2 open=19.00 account",
	"auto A1:payment:100.00"},
    {"too much, and several times the balance",
	"pay=320.00 payer | A1 open=100.00 ref=1 account",
	"suggest A1:payment:100.00"},
    {"too much, and another open one is exactly that",
	"pay=120.00 payer | A1 open=100.00 ref=1 account | "
	"A2 open=120.00 account", "suggest A2:payment:120.00"},
    {"too much, and another less its discount is exactly that",
	"pay=147.00 payer | A1 open=100.00 ref=1 account | "
	"A2 open=150.00 account disc=200/2026-11-20",
	"suggest A2:payment:147.00 A2:discount:3.00"},
    {"too much, and two others together are exactly that",
	"pay=137.31 payer | A1 open=100.00 ref=1 account | "
	"A2 open=81.17 account | A3 open=56.14 account",
	"suggest A1:payment:100.00"},
    {"part, and another open one is exactly that",
	"pay=40.00 payer | A1 open=100.00 ref=1 account | "
	"A2 open=40.00 account", "suggest A1:payment:40.00"},
    {"one of two equal sums is a choice",
	"pay=150.00 payer | A1 open=100.00 account | A2 open=50.00 account | "
	"A3 open=50.00 account | A4 open=11.00 account",
	"suggest A1:payment:100.00 A2:payment:50.00"},
    {"fee", "pay=97.00 payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:97.00 A1:fee:3.00"},
    {"fee not above tolerance", "pay=94.00 payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:94.00"},
    {"a fee is no large part", "pay=7.00 payer | A1 open=10.00 ref=1 account",
	"auto A1:payment:7.00"},
    {"rounding", "pay=99.98 rounding payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:99.98 A1:rounding:0.02"},
    {"rounded up", "pay=100.02 rounding payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:100.00"},
    {"discount in time",
	"pay=98.00 payer | A1 open=100.00 ref=1 disc=200/2026-11-20",
	"auto A1:payment:98.00 A1:discount:2.00"},
    {"discount in the days of grace",
	"pay=98.00 payer | A1 open=100.00 ref=1 disc=200/2026-11-18",
	"auto A1:payment:98.00 A1:discount:2.00"},
    {"discount too late",
	"pay=88.00 payer | A1 open=100.00 ref=1 account disc=1200/2026-11-10",
	"suggest A1:payment:88.00"},
    {"discount rounds half up",
	"pay=0.98 payer | A1 open=1.01 ref=1 disc=250/2026-11-20",
	"auto A1:payment:0.98 A1:discount:0.03"},
    {"other currency", "pay=100.00 payer | A1 open=110.00 ref=1 account cur=USD",
	"suggest A1:payment:110.00"},
    {"other currency, no such rate",
	"pay=100.00 payer | A1 open=5000.00 ref=1 account cur=USD",
	"none unclear"},
    {"charges that the bank tells",
	"pay=91.20 charges=8.80 payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:91.20 A1:fee:8.80"},
    {"charges that the bank tells, no number",
	"pay=91.20 charges=8.80 payer | A1 open=100.00 account",
	"auto A1:payment:91.20 A1:fee:8.80"},
    {"charges of several", "pay=141.20 charges=8.80 payer | A1 open=100.00 "
	"ref=1 | A2 open=50.00 ref=1",
	"auto A1:payment:91.20 A1:fee:8.80 A2:payment:50.00"},
    {"the bank was told the balance",
	"pay=91.20 instructed=EUR100.00 payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:91.20 A1:fee:8.80"},
    {"the bank was told as much of another currency",
	"pay=91.20 instructed=USD100.00 payer | A1 open=100.00 ref=1 account",
	"auto A1:payment:91.20"},
    {"the bank was told the balance in another currency",
	"pay=101.00 instructed=USD110.00 payer | A1 open=110.00 account "
	"cur=USD | A2 open=120.00 account cur=USD",
	"suggest A1:payment:110.00"},
    {"other currency, what was to be paid is told",
	"pay=101.00 payer text=/OCMT/USD110,00/ | A1 open=110.00 account "
	"cur=USD | A2 open=120.00 account cur=USD",
	"suggest A1:payment:110.00"},

    /* several */
    {"all named", "pay=150.00 payer | A1 open=100.00 ref=1 | "
	"A2 open=50.00 ref=1", "auto A1:payment:100.00 A2:payment:50.00"},
    {"named, sum wrong", "pay=140.00 payer | A1 open=100.00 ref=1 | "
	"A2 open=50.00 ref=1", "suggest A1:payment:100.00 A2:payment:40.00"},
    {"named, sum more", "pay=160.00 payer | A1 open=100.00 ref=1 | "
	"A2 open=50.00 ref=1", "suggest A1:payment:100.00 A2:payment:50.00"},
    {"two of three named", "pay=150.00 payer | A1 open=100.00 ref=1 account | "
	"A2 open=50.00 ref=1 account | A3 open=25.00 ref=1 account",
	"suggest A1:payment:100.00 A2:payment:50.00"},
    {"named with discounts",
	"pay=148.00 payer | A1 open=100.00 ref=1 disc=200/2026-11-20 | "
	"A2 open=50.00 ref=1",
	"auto A1:payment:98.00 A1:discount:2.00 A2:payment:50.00"},
    {"last digits",
	"pay=150.00 payer text=2026-0012/013 | 2026-0012 open=100.00 ref=1 "
	"account | 2026-0013 open=50.00 account",
	"auto 2026-0012:payment:100.00 2026-0013:payment:50.00"},
    {"from one to another",
	"pay=175.00 payer text=2026-0012_to_0014 | 2026-0012 open=100.00 "
	"ref=1 account | 2026-0013 open=50.00 account | "
	"2026-0014 open=25.00 account",
	"auto 2026-0012:payment:100.00 2026-0013:payment:50.00 "
	"2026-0014:payment:25.00"},
    {"all open, none named", "pay=150.00 payer | A1 open=100.00 account | "
	"A2 open=50.00 account",
	"suggest A1:payment:100.00 A2:payment:50.00"},
    {"less a credit note", "pay=80.00 payer | A1 open=100.00 ref=1 account | "
	"N1 note open=20.00 ref=1 account",
	"auto A1:credit-note:20.00 A1:payment:80.00"},
    {"credit note not named",
	"pay=80.00 payer | A1 open=100.00 ref=1 account | "
	"N1 note open=20.00 account",
	"suggest A1:credit-note:20.00 A1:payment:80.00"},
    {"a credit note is not paid", "pay=20.00 payer | "
	"N1 note open=20.00 ref=1 account", "none unclear"},

    /* twice */
    {"paid twice", "pay=100.00 payer twice | A1 paid ref=1 account | "
	"A2 open=100.00 account", "none paid-twice"},
    {"the same words again, a few days later",
	"pay=100.00 payer again | A1 open=100.00 account",
	"suggest A1:payment:100.00"},
    {"paid already", "pay=100.00 payer | A1 paid ref=1", "none already-paid"},
    {"a return is no payment", "pay=-100.00 payer | A1 open=100.00 ref=1",
	"none amount:negative"},

    /* another purpose */
    {"a refund", "pay=100.00 payer text=Refund | A1 open=100.00 account",
	"suggest A1:payment:100.00"},
    {"a deposit", "pay=100.00 payer text=Anzahlung | A1 open=100.00 account",
	"suggest A1:payment:100.00"},
    {"a refund that names an invoice",
	"pay=100.00 payer text=Refund_for_A1 | A1 open=100.00 account ref=1",
	"auto A1:payment:100.00"},

    /* trust and time */
    {"unverified", "pay=100.00 payer possible | A1 open=100.00 ref=1 account",
	"suggest A1:payment:100.00"},
    {"announced", "pay=100.00 payer announced | A1 open=100.00 ref=1",
	"auto A1:payment:100.00"},
    {"money before the invoice",
	"pay=100.00 payer | A1 open=100.00 account date=2026-11-21",
	"suggest A1:payment:100.00"},
};

static char *
describe(const struct match *match)
{
	GString *out = g_string_new(decision_name(match->decision));
	const struct hypothesis *top;

	if (match->decision == DECISION_NONE) {
		for (guint i = 0; i < match->reasons->len; i++)
			g_string_append_printf(out, " %s",
			    (const char *)match->reasons->pdata[i]);
		return g_string_free(out, FALSE);
	}
	top = match->hypotheses->pdata[0];
	for (guint i = 0; i < top->shares->len; i++) {
		const struct share *s =
		    &g_array_index(top->shares, struct share, i);
		g_autofree char *money = money_format(s->amount, "EUR");

		g_string_append_printf(out, " %s:%s:%s", s->number,
		    allocation_kind_name(s->kind), money);
	}
	return g_string_free(out, FALSE);
}

static void
test_row(gconstpointer data)
{
	const struct row *row = data;
	struct match_case one;
	struct match *match;
	g_autofree char *got = NULL;

	case_read_line(&one, row->facts);
	match = match_payment(&one.facts);
	got = describe(match);
	for (guint i = 0; i < match->hypotheses->len; i++) {
		const struct hypothesis *h = match->hypotheses->pdata[i];
		g_autofree char *why = NULL;

		g_ptr_array_add(h->reasons, NULL);
		why = g_strjoinv(" ", (char **)h->reasons->pdata);
		g_ptr_array_remove_index(h->reasons, h->reasons->len - 1);
		g_test_message("%.4f %s", h->probability, why);
	}
	g_assert_cmpstr(got, ==, row->wanted);
	match_free(match);
	case_clear(&one);
}

/* Probabilities are shares of one, whatever competes. */
static void
test_probabilities(void)
{
	struct match_case one;
	struct match *match;
	double sum = 0;

	case_read_line(&one, "pay=100.00 payer | A1 open=100.00 account | "
	    "A2 open=100.00 account | B1 c=2 open=100.00 ref=1");
	match = match_payment(&one.facts);
	g_assert_cmpuint(match->hypotheses->len, ==, 3);
	for (guint i = 1; i < match->hypotheses->len; i++)
		sum += ((struct hypothesis *)match->hypotheses->pdata[i])
		    ->probability;
	g_assert_cmpfloat(sum, >, 0);
	g_assert_cmpfloat(sum, <, 1);
	match_free(match);
	case_clear(&one);
}

static void
test_json(void)
{
	struct match_case one;
	struct match *match;
	json_t *json;
	g_autofree char *text = NULL;

	case_read_line(&one, "pay=80.00 payer | A1 open=100.00 ref=1 account | "
	    "N1 note open=20.00 ref=1 account");
	match = match_payment(&one.facts);
	json = match_json(&one.facts, match, false);
	json_object_del(json, "probability");
	json_object_del(json, "candidates");
	text = json_dumps(json, JSON_COMPACT);
	g_assert_cmpstr(text, ==,
	    "{\"payment\":\"P7\",\"decision\":\"auto\",\"customer\":\"C1\","
	    "\"allocations\":["
	    "{\"invoice\":\"I-A1\",\"number\":\"A1\",\"amount\":\"20.00\","
	    "\"kind\":\"credit-note\"},"
	    "{\"invoice\":\"I-N1\",\"number\":\"N1\",\"amount\":\"-20.00\","
	    "\"kind\":\"credit-note\"},"
	    "{\"invoice\":\"I-A1\",\"number\":\"A1\",\"amount\":\"80.00\","
	    "\"kind\":\"payment\"}],"
	    "\"reasons\":[\"reference:exact\",\"payer:account\","
	    "\"amount:netted\"]}");
	json_decref(json);
	match_free(match);
	case_clear(&one);
}

static const struct slip_row {
	const char *written, *number;
	bool slip;
} slip_rows[] = {
    {"20260417", "20260471", true}, {"INV-2026-0417", "INV20260418", true},
    {"2026041", "20260417", true}, {"202604", "20260417", true},
    {"20260", "20260417", false}, {"20260417", "20260417", false},
    {"20260417", "2026041", false}, {"20261714", "20260417", false},
    {"124", "142", false}, {"", "1", false},
};

static void
test_slip(gconstpointer data)
{
	const struct slip_row *row = data;

	g_assert_cmpint(reference_is_slip(row->written, row->number), ==,
	    row->slip);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name =
		    g_strdup_printf("/match/%s", rows[i].name);

		g_test_add_data_func(name, &rows[i], test_row);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(slip_rows); i++) {
		g_autofree char *name = g_strdup_printf("/match/slip/%zu", i);

		g_test_add_data_func(name, &slip_rows[i], test_slip);
	}
	g_test_add_func("/match/probabilities", test_probabilities);
	g_test_add_func("/match/json", test_json);
	return g_test_run();
}
