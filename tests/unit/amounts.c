/*
 * amounts.c - what one payment means for one invoice, one row a meaning:
 *   "paid=88.26 open=121.00 tax=21.00 country=ES …" → "withholding 14.12 sure"
 * and that no meaning ever closes more than the balance.
 */
#include "../../filter/amounts.h"
#include "../../filter/currency.h"
#include "../../filter/tax.h"

#include <stdlib.h>
#include <string.h>

struct world {
	struct payment payment;
	struct invoice invoice;
	struct customer customer;
	struct config config;
	struct amount_case asked;
};

static const char *
value_of(char **words, const char *name)
{
	size_t n = strlen(name);

	for (; *words; words++)
		if (strncmp(*words, name, n) == 0 && (*words)[n] == '=')
			return *words + n + 1;
	return NULL;
}

static int64_t
money_of(char **words, const char *name, const char *currency)
{
	const char *text = value_of(words, name);
	int64_t minor = 0;

	if (text)
		g_assert_true(money_parse(text, currency, &minor));
	return minor;
}

static void
read_world(char **words, struct world *w)
{
	const char *currency = value_of(words, "cur");
	const char *rate = value_of(words, "rate");
	const char *disc = value_of(words, "disc");

	*w = (struct world){.config = {.discount_grace_days = 2,
	    .rounding_tolerance = 5, .fee_tolerance = 500,
	    .currency = (char *)"EUR"}};
	w->invoice.currency = w->payment.currency =
	    (char *)(currency ? currency : "EUR");
	w->invoice.open = money_of(words, "open", w->invoice.currency);
	w->invoice.amount = value_of(words, "amount")
	    ? money_of(words, "amount", w->invoice.currency)
	    : w->invoice.open;
	w->invoice.tax = money_of(words, "tax", w->invoice.currency);
	if (disc) {
		w->invoice.discount_bp = atoi(disc);
		w->invoice.discount_until = strchr(disc, '/') + 1;
	}
	w->customer.country = (char *)value_of(words, "country");
	w->customer.withholding_bp = rate ? atoi(rate) : 0;
	w->config.country = (char *)value_of(words, "own");
	w->payment.payer_account = (char *)value_of(words, "from");
	w->asked = (struct amount_case){.day = "2026-11-20",
	    .paid = money_of(words, "paid", w->invoice.currency),
	    .told = money_of(words, "told", w->invoice.currency),
	    .instructed = money_of(words, "instructed",
		w->invoice.currency),
	    .invoice = &w->invoice, .customer = &w->customer,
	    .config = &w->config, .deducts = value_of(words, "deducts"),
	    .rounds = value_of(words, "rounds"),
	    .way = charges_way(&w->payment, &w->customer, &w->config)};
}

static const struct row {
	const char *name, *facts, *wanted;
} rows[] = {
    {"exact", "paid=100.00 open=100.00", "open-balance"},
    {"part", "paid=37.00 open=100.00", "partial"},
    {"too much", "paid=137.00 open=100.00", "over"},

    {"charges told by the bank", "paid=91.20 open=100.00 told=8.80",
	"fee-told 8.80 sure"},
    {"charges told, a tenth and more", "paid=30.00 open=40.00 told=10.00",
	"fee-told 10.00 sure"},
    {"charges of a large sum", "paid=99700.00 open=100000.00 told=300.00",
	"fee-told 300.00 sure"},
    {"no charges are as high", "paid=920.00 open=1000.00 told=80.00",
	"partial"},
    {"nor more than a half", "paid=37.00 open=78.00 told=41.00", "partial"},
    {"the balance was instructed",
	"paid=91.20 open=100.00 instructed=100.00", "fee-told 8.80 sure"},
    {"a part was instructed", "paid=91.20 open=200.00 instructed=100.00",
	"partial"},
    {"the balance was instructed, far less came",
	"paid=50.00 open=200.00 instructed=200.00", "instalment"},
    {"nothing is missing", "paid=100.00 open=100.00 told=8.80 "
	"instructed=108.80", "open-balance"},
    {"more came than was open", "paid=101.00 open=100.00 told=1.00", "over"},
    {"charges told, but others", "paid=91.20 open=100.00 told=8.70 from="
	"DE89370400440532013000 own=DE", "partial"},
    {"within the tolerance", "paid=97.00 open=100.00 country=US own=DE",
	"fee 3.00 sure"},
    {"the tolerance in rupees",
	"paid=9700.00 open=10000.00 cur=INR country=IN own=DE",
	"fee 300.00 sure"},
    {"no charges inside SEPA", "paid=997.00 open=1000.00 country=FR own=DE",
	"partial"},
    {"the account tells the country", "paid=997.00 open=1000.00 country=US "
	"from=FR7630006000011234567890189 own=DE", "partial"},
    {"no charges inside a country",
	"paid=997.00 open=1000.00 cur=GBP country=GB own=GB", "partial"},
    {"pounds from a SEPA country",
	"paid=997.00 open=1000.00 cur=GBP country=GB own=DE", "fee 3.00 sure"},
    {"above it, from abroad", "paid=985.00 open=1000.00 country=US own=DE",
	"fee? 15.00"},
    {"above it, from nobody knows where", "paid=985.00 open=1000.00",
	"partial"},
    {"this payer deducts", "paid=985.00 open=1000.00 country=US own=DE "
	"deducts=1", "fee 15.00 sure"},
    {"not half a small one", "paid=4.00 open=8.00 country=US own=DE "
	"amount=21.00", "partial"},

    {"discount", "paid=98.00 open=100.00 disc=200/2026-11-20",
	"discount 2.00 sure"},
    {"discount and rounding", "paid=980.00 open=1000.03 "
	"disc=200/2026-11-20", "discount 20.03 sure"},
    {"discount too late", "paid=98.00 open=100.00 disc=200/2026-10-20",
	"late-discount? 2.00"},
    {"discount of a rest", "paid=49.00 open=50.00 amount=100.00 "
	"disc=200/2026-11-20 own=DE country=DE", "partial"},

    {"a cent", "paid=99.99 open=100.00", "rounding 0.01 sure"},
    {"a cent more", "paid=100.01 open=100.00", "rounding"},
    {"no large part of a small one", "paid=0.46 open=0.50 own=DE country=DE",
	"partial"},
    {"five Rappen", "paid=99.95 open=99.97 cur=CHF", "rounding 0.02 sure"},
    {"a krona", "paid=1234.00 open=1234.45 cur=SEK country=SE own=SE",
	"rounding 0.45 sure"},
    {"five forints", "paid=12345.00 open=12347.00 cur=HUF country=HU own=HU",
	"rounding 2.00 sure"},
    {"yen have no cents", "paid=12340 open=12345 cur=JPY country=JP own=JP",
	"rounding 5 sure"},
    {"dinars have fils", "paid=12.345 open=12.347 cur=KWD",
	"rounding 0.002 sure"},
    {"to whole units", "paid=412.00 open=412.37 own=DE country=DE",
	"rounding? 0.37"},
    {"up to whole units", "paid=413.00 open=412.37 own=DE country=DE",
	"rounding"},
    {"one who rounds to tens", "paid=410.00 open=412.37 rounds=1 own=DE "
	"country=DE", "rounding 2.37 sure"},
    {"one who does not", "paid=410.00 open=412.37 own=DE country=DE",
	"partial"},

    {"TDS 194J, tax told",
	"paid=10800.00 open=11800.00 tax=1800.00 cur=INR country=IN own=IN",
	"withholding 1000.00 sure"},
    {"TDS 194C, tax not told",
	"paid=11600.00 open=11800.00 cur=INR country=IN own=IN",
	"withholding? 200.00"},
    {"the rate is on file",
	"paid=11600.00 open=11800.00 cur=INR country=IN own=IN rate=200",
	"withholding 200.00 file"},
    {"IRPF", "paid=1060.00 open=1210.00 tax=210.00 country=ES own=ES",
	"withholding 150.00 sure"},
    {"IRPF, first years", "paid=1140.00 open=1210.00 country=ES own=ES",
	"withholding? 70.00"},
    {"IRPF printed already", "paid=1060.00 open=1060.00 country=ES own=ES",
	"open-balance"},
    {"ritenuta", "paid=1020.00 open=1220.00 country=IT own=IT",
	"withholding? 200.00"},
    {"retenção", "paid=1000.00 open=1230.00 tax=230.00 country=PT own=PT",
	"withholding 230.00 sure"},
    {"PCC", "paid=953.50 open=1000.00 cur=BRL country=BR own=BR",
	"withholding? 46.50"},
    {"tevkifat", "paid=1100.00 open=1200.00 tax=200.00 cur=TRY country=TR "
	"own=TR", "withholding 100.00 sure"},
    {"three percent", "paid=10400.00 open=10700.00 cur=THB country=TH own=TH",
	"withholding? 300.00"},
    {"thirty percent", "paid=700.00 open=1000.00 cur=USD country=US own=DE",
	"withholding? 300.00"},
    {"not of a rest", "paid=510.00 open=610.00 amount=1220.00 country=IT "
	"own=IT", "partial"},
    {"a country without one", "paid=800.00 open=1000.00 country=NL own=NL",
	"partial"},

    {"a half", "paid=617.28 open=1234.56 country=NL own=NL", "instalment"},
    {"a third in tens", "paid=410.00 open=1234.56 country=NL own=NL",
	"instalment"},
    {"the second third", "paid=411.52 open=823.04 amount=1234.56 country=NL "
	"own=NL", "instalment"},

    {"as large as money gets",
	"paid=99999999999999.98 open=99999999999999.99 tax=1.00 country=ES",
	"rounding 0.01 sure"},
};

static char *
describe(const struct world *w, const struct amount_fit *fit)
{
	int64_t rest = w->invoice.open - w->asked.paid;
	g_autofree char *closed = money_format(fit->other,
	    w->invoice.currency);
	g_autofree char *missing = money_format(rest, w->invoice.currency);

	if (fit->other)
		return g_strdup_printf("%s %s %s", amount_kind_name(fit->kind),
		    closed, fit->on_file ? "file"
			: fit->certain ? "sure" : "guessed");
	if (fit->rest_kind)
		return g_strdup_printf("%s? %s", amount_kind_name(fit->kind),
		    missing);
	return g_strdup(amount_kind_name(fit->kind));
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_auto(GStrv) words = g_strsplit(row->facts, " ", -1);
	g_autofree char *got = NULL;
	struct amount_fit fit;
	struct world w;

	read_world(words, &w);
	fit = amount_fit(&w.asked);
	got = describe(&w, &fit);
	g_assert_cmpstr(got, ==, row->wanted);
}

/* Whatever is paid, no more than the payment is put on the invoice and no
 * more than its balance is closed. */
static void
test_bounds(void)
{
	static const char *const countries[] = {"ES", "IN", "BR", "TR", "US",
	    "DE", "SE", "JP", NULL};
	int kinds[AMOUNT_KINDS] = {0};

	for (int round = 0; round < 20000; round++) {
		int64_t amount = g_test_rand_int_range(1, 200000);
		struct invoice invoice = {.currency = (char *)"EUR",
		    .amount = amount, .open = amount,
		    .tax = g_test_rand_int_range(0, 3) ? 0 : amount / 6,
		    .discount_bp = g_test_rand_int_range(0, 2) * 300,
		    .discount_until = (char *)"2026-11-20"};
		struct customer customer = {.country =
		    (char *)countries[g_test_rand_int_range(0, 8)],
		    .withholding_bp = g_test_rand_int_range(0, 2) * 1500};
		struct config config = {.rounding_tolerance = 5,
		    .fee_tolerance = 500};
		struct amount_case asked = {.day = "2026-11-20",
		    .paid = amount * g_test_rand_int_range(1, 130) / 100 + 1,
		    .invoice = &invoice, .customer = &customer,
		    .config = &config, .rounds = round % 2 == 0,
		    .way = (enum way)g_test_rand_int_range(0, 3)};
		struct amount_fit fit = amount_fit(&asked);

		g_assert_cmpint(fit.payment, >, 0);
		g_assert_cmpint(fit.payment, <=, asked.paid);
		g_assert_cmpint(fit.other, >=, 0);
		g_assert_cmpint(fit.payment + fit.other, <=, amount);
		if (fit.other)
			g_assert_true(fit.certain);
		kinds[fit.kind]++;
	}
	g_assert_cmpint(kinds[AMOUNT_WITHHOLDING], >, 50);
	g_assert_cmpint(kinds[AMOUNT_FEE], >, 50);
	g_assert_cmpint(kinds[AMOUNT_OVER], >, 50);
}

/* A country has one row of usual rates; all rates can be. */
static void
test_tables(void)
{
	static const char *const countries[] = {"ES", "IT", "PT", "IN", "TR",
	    "CO", "MX", "BR", "TH", "PH", "PK", "KE", "US"};
	int64_t worth;

	for (size_t i = 0; i < G_N_ELEMENTS(countries); i++) {
		const struct tax_row *row = tax_withheld(countries[i], NULL);

		g_assert_nonnull(row);
		for (; row; row = tax_withheld(countries[i], row)) {
			g_assert_cmpint(row->rates[0], >, 0);
			for (int j = 0; j < TAX_RATES_MAX; j++)
				g_assert_cmpint(row->rates[j], <=, 10000);
		}
	}
	g_assert_null(tax_withheld("XX", NULL));
	g_assert_null(tax_withheld(NULL, NULL));
	g_assert_cmpint(tax_usual("DE")[0], ==, 1900);
	g_assert_cmpint(tax_usual("XX")[0], ==, 0);
	g_assert_true(currency_rough(10000, "USD", "JPY", &worth));
	g_assert_cmpint(worth, >, 10000);
	g_assert_cmpint(worth, <, 20000);
	g_assert_false(currency_rough(10000, "USD", "XXX", &worth));
	g_assert_false(currency_rough(INT64_MAX, "USD", "JPY", &worth));
	g_assert_cmpint(currency_unit("KWD"), ==, 1000);
	g_assert_cmpint(currency_unit("JPY"), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
		    g_strdup_printf("/amounts/%s", rows[i].name);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	g_test_add_func("/amounts/never-more-than-there-is", test_bounds);
	g_test_add_func("/amounts/tables", test_tables);
	return g_test_run();
}
