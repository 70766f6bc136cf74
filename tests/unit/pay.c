/*
 * pay.c - ways to pay and references: what the configuration takes and
 * refuses, payloads by the rows of tables, references that are never the same.
 * tests/cmd/pay.t reads the payloads back with readers of its own.
 */
#include "../../filter/amounts.h"
#include "../../filter/match.h"
#include "../../filter/pay.h"
#include "../../filter/reference_make.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *dir;

static struct config *
load(const char *options, char **why)
{
	g_autofree char *path = g_build_filename(dir, "t.conf", NULL);
	g_autofree char *text = g_strdup_printf("owner {\n\temail = "
	    "\"a@b.example\"\n\tname = \"Lena Vogt\"\n}\naccount \"a\" {\n%s\n}\n",
	    options);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_assert_cmpint(chmod(path, 0600), ==, 0);
	return config_load(path, dir, why);
}

/* ---- options --------------------------------------------------------------- */

#define DE "iban = \"DE89370400440532013000\"\n"
#define CH "iban = \"CH9300762011623852957\"\ncurrency = CHF\n"
#define BR "iban = \"12345-6\"\ncurrency = BRL\n"
#define GB "iban = \"12345678\"\ncurrency = GBP\n"

static const struct {
	const char *options;
	const char *why;	/* a part of the sentence; NULL: it is good */
	int line;
} options[] = {
    {DE, NULL, 0},
    {DE "ways = {\"epc-qr\"}", NULL, 0},
    {DE "ways = {}", NULL, 0},
    {DE "ways = {\"none\"}", NULL, 0},
    {DE "ways = {\"none\", \"epc-qr\"}", "\"none\" stands alone", 6},
    {DE "ways = {\"giro\"}", "no way to pay \"giro\"; known are", 7},
    {DE "ways = {\"pix\"}", "ways: pix needs pix-key", 6},
    {DE "ways = {\"swiss-qr\"}", "swiss-qr needs a Swiss IBAN", 6},
    {DE "ways = {\"upi\"}", "upi needs upi-id", 6},
    {DE "ways = {\"link\"}", "link needs payment-link", 6},
    {GB "ways = {\"epc-qr\"}", "epc-qr needs an IBAN", 6},
    {"iban = \"GB33BUKB20201555555555\"\nways = {\"epc-qr\"}",
	"epc-qr needs bic", 6},
    {DE "reference = \"rf\"", NULL, 0},
    {DE "reference = \"xx\"", "no kind of reference \"xx\"", 7},
    {DE "reference = \"qrr\"", "reference: qrr needs qr-iban", 6},
    {DE "reference = \"fik\"", "reference: fik needs fik-creditor", 6},
    {DE "reference = \"fik\"\nfik-creditor = \"12345678\"", NULL, 0},
    {DE "reference = \"fik\"\nfik-creditor = \"123\"", "8 digits", 8},
    {CH "qr-iban = \"CH44 3199 9123 0008 8901 2\"", NULL, 0},
    {CH "qr-iban = \"CH9300762011623852957\"", "no QR-IBAN", 8},
    {CH "qr-iban = \"CH4431999123000889013\"", "check digits", 8},
    {CH "qr-iban = \"DE89370400440532013000\"", "no QR-IBAN", 8},
    {BR "pix-key = \"123e4567-e12b-12d1-a456-426655440000\"", NULL, 0},
    {BR "pix-key = \"+55 11 91234-5678\"", NULL, 0},
    {BR "pix-key = \"lena@vogt.example\"", NULL, 0},
    {BR "pix-key = \"529.982.247-25\"", NULL, 0},
    {BR "pix-key = \"1234\"", "is no Pix key", 8},
    {BR "pix-key = \"52998224725\"\nways = {\"pix\"}", "needs pix-city", 6},
    {"iban = \"9\"\ncurrency = INR\nupi-id = \"lena.vogt@okbank\"", NULL, 0},
    {"iban = \"9\"\ncurrency = INR\nupi-id = \"lena\"", "is no UPI id", 8},
    {"iban = \"9\"\nupi-id = \"lena@ok bank\"", "is no UPI id", 7},
    {GB "bank-code = \"20-41-33\"", NULL, 0},
    {GB "bank-code = \"20-41-3\"", "is no sort code", 8},
    {GB "bank-code = \"021000021\"", "is no Sort code such as 99-99-99", 6},
    {"iban = \"1\"\ncurrency = USD\nbank-code = \"021000021\"", NULL, 0},
    {"iban = \"1\"\ncurrency = USD\nbank-code = \"021000022\"",
	"the check digit", 6},
    {DE "bank-code = \"20-41-33\"", "no such code is known for", 6},
    {DE "payment-link = {\"Card: https://p.example/{number}\"}", NULL, 0},
    {DE "payment-link = {\"https://p.example/?a={amount}&c={currency}\"}",
	NULL, 0},
    {DE "payment-link = {\"https://p.example/{numbr}\"}",
	"there is no {numbr}; known are number,", 7},
    {DE "payment-link = {\"https://p.example/{number\"}", "not closed", 7},
    {DE "payment-link = {\"https://p.example/number}\"}", "without", 7},
    {DE "payment-link = {\"https://a{number}.example/\"}", "the host", 7},
    {DE "payment-link = {\"http://p.example/\"}", "https://", 7},
    {DE "payment-link = {\"javascript:alert(1)\"}", "https://", 7},
    {DE "payment-link = {\"https://p.example/a b\"}", "escape", 7},
};

static void
test_option(gconstpointer data)
{
	size_t row = GPOINTER_TO_SIZE(data);
	g_autofree char *why = NULL;
	struct config *config = load(options[row].options, &why);

	if (!options[row].why) {
		g_assert_cmpstr(why, ==, NULL);
	} else {
		g_autofree char *where = g_strdup_printf(":%d: ",
		    options[row].line);

		g_assert_nonnull(why);
		if (!strstr(why, options[row].why) || !strstr(why, where))
			g_test_fail_printf("%s", why);
	}
	config_free(config);
}

/* ---- ways ---------------------------------------------------------------------- */

static const struct {
	const char *options, *currency, *ways;
} usual[] = {
    {DE, "EUR", "epc-qr"},
    {DE, "USD", ""},
    {DE "ways = {}", "EUR", ""},
    {DE "ways = {\"spayd\", \"epc-qr\"}", "EUR", "spayd epc-qr"},
    {DE "payment-link = {\"https://p.example/{number}\"}", "EUR",
	"epc-qr link"},
    {DE "ways = {\"epc-qr\"}\npayment-link = {\"https://p.example/\"}",
	"EUR", "epc-qr"},
    {DE "payment-link = {\"A: https://p.example/a\", "
	"\"B: https://p.example/b\"}", "USD", "link link"},
    {CH, "CHF", "swiss-qr"},
    {CH, "EUR", "swiss-qr"},
    {"iban = \"CZ6508000000192000145399\"\ncurrency = CZK", "CZK", "spayd"},
    {"iban = \"CZ6508000000192000145399\"", "EUR", "epc-qr"},
    {"iban = \"SK3112000000198742637541\"", "EUR", "pay-by-square"},
    {BR "pix-key = \"52998224725\"\npix-city = \"São Paulo\"", "BRL", "pix"},
    {BR, "BRL", ""},
    {"iban = \"9\"\ncurrency = INR\nupi-id = \"lena@ok\"", "INR", "upi"},
    {GB, "GBP", ""},
};

static struct pay
payment(const struct config *config, const char *currency)
{
	struct pay pay = {.account = config->accounts->pdata[0],
	    .config = config, .amount = 185640, .currency = currency,
	    .reference = "RF4120260112", .number = "2026-0112",
	    .date = "2026-11-02", .due = "2026-11-16", .language = "de-CH",
	};
	static char text[][10] = {"Lena Vogt", "Lindenweg", "4", "8000",
	    "Zürich", "CH"};

	pay.creditor = (struct pay_party){text[0], text[1], text[2], text[3],
	    text[4], text[5]};
	return pay;
}

static void
test_usual(gconstpointer data)
{
	size_t row = GPOINTER_TO_SIZE(data);
	g_autofree char *why = NULL;
	g_autoptr(GString) names = g_string_new(NULL);
	struct config *config = load(usual[row].options, &why);
	struct pay pay = payment(config, usual[row].currency);
	json_t *ways = pay_ways(&pay, NULL, 0);

	g_assert_cmpstr(why, ==, NULL);
	for (size_t i = 0; i < json_array_size(ways); i++)
		g_string_append_printf(names, "%s%s", i ? " " : "",
		    json_string_value(json_object_get(json_array_get(ways, i),
		    "kind")));
	g_assert_cmpstr(names->str, ==, usual[row].ways);
	json_decref(ways);
	pay.amount = 0;
	ways = pay_ways(&pay, NULL, 0);
	g_assert_cmpuint(json_array_size(ways), ==, 0);
	json_decref(ways);
	config_free(config);
}

/* ---- payloads -------------------------------------------------------------------- */

static const struct {
	const char *options, *currency, *reference, *payload;
} payloads[] = {
    {DE "bic = \"COBADEFFXXX\"", "EUR", "RF4120260112",
	"BCD\n002\n1\nSCT\nCOBADEFFXXX\nLena Vogt\nDE89370400440532013000\n"
	"EUR1856.40\n\nRF4120260112"},
    {DE "holder = \"Gärtnerei\tSüß\nGmbH\"", "EUR", NULL,
	"BCD\n002\n1\nSCT\n\nGärtnerei Süß GmbH\nDE89370400440532013000\n"
	"EUR1856.40\n\n\n2026-0112"},
    {DE "holder = \"ООО Ветер\"", "EUR", "RF4120260112",
	"BCD\n002\n1\nSCT\n\nOOO Veter\nDE89370400440532013000\n"
	"EUR1856.40\n\nRF4120260112"},
    {"iban = \"BE68539007547034\"", "EUR", "+++002/0260/11213+++",
	"BCD\n002\n1\nSCT\n\nLena Vogt\nBE68539007547034\n"
	"EUR1856.40\n\n\n+++002/0260/11213+++"},
    {"iban = \"FI2112345600000785\"", "EUR", "202601126",
	"BCD\n002\n1\nSCT\n\nLena Vogt\nFI2112345600000785\n"
	"EUR1856.40\n\nRF18202601126"},
    {"iban = \"CZ6508000000192000145399\"", "EUR", "20260112",
	"BCD\n002\n1\nSCT\n\nLena Vogt\nCZ6508000000192000145399\n"
	"EUR1856.40\n\n\n/VS20260112/SS/KS"},
    {"iban = \"CZ6508000000192000145399\"\ncurrency = CZK", "CZK",
	"20260112", "SPD*1.0*ACC:CZ6508000000192000145399*AM:1856.40*CC:CZK"
	"*RN:LENA VOGT*DT:20261116*X-VS:20260112*MSG:2026-0112"},
    {"iban = \"CZ6508000000192000145399\"\nholder = \"Růže 50 % * s.r.o.\"\n"
	"currency = CZK", "CZK", "RF4120260112",
	"SPD*1.0*ACC:CZ6508000000192000145399*AM:1856.40*CC:CZK"
	"*RN:RUZE 50 %25 S.R.O.*DT:20261116*MSG:RF4120260112"},
    {"iban = \"SK3112000000198742637541\"", "EUR", "20260112",
	"\t1\t1\t1856.40\tEUR\t20261116\t20260112\t\t\t\t2026-0112\t1\t"
	"SK3112000000198742637541\t\t0\t0\tLena Vogt\t\t"},
    {BR "pix-key = \"52998224725\"\npix-city = \"São Paulo\"", "BRL",
	"RF4120260112", "00020126330014br.gov.bcb.pix0111529982247255204000053"
	"0398654071856.405802BR5909Lena Vogt6009Sao Paulo62160512RF412026011"
	"2630447C2"},
    {"iban = \"9\"\ncurrency = INR\nupi-id = \"lena@ok\"", "INR",
	"RF4120260112", "upi://pay?pa=lena@ok&pn=Lena%20Vogt&am=1856.40&cu=INR"
	"&tn=RF4120260112&tr=RF4120260112"},
    {DE "ways = {\"link\"}\npayment-link = {\"PayPal: "
	"https://p.example/{holder}/{amount}{currency}?n={number}&m="
	"{amount_minor}&l={currency_lower}&c={customer}&p={po}\"}", "EUR",
	"RF4120260112", "https://p.example/Lena%20Vogt/1856.40EUR?n=2026-0112"
	"&m=185640&l=eur&c=A%26B%3F%3D%23%25%20%C3%B6&p="},
    {CH, "CHF", "RF4120260112", "SPC\n0200\n1\nCH9300762011623852957\nS\n"
	"Lena Vogt\nLindenweg\n4\n8000\nZürich\nCH\n\n\n\n\n\n\n\n1856.40\nCHF"
	"\n\n\n\n\n\n\n\nSCOR\nRF4120260112\n2026-0112\nEPD"},
    {CH "qr-iban = \"CH4431999123000889012\"", "EUR",
	"000000000000000000202601122",
	"SPC\n0200\n1\nCH4431999123000889012\nS\n"
	"Lena Vogt\nLindenweg\n4\n8000\nZürich\nCH\n\n\n\n\n\n\n\n1856.40\nEUR"
	"\n\n\n\n\n\n\n\nQRR\n000000000000000000202601122\n2026-0112\nEPD"},
};

static void
test_payload(gconstpointer data)
{
	size_t row = GPOINTER_TO_SIZE(data);
	g_autofree char *why = NULL;
	struct config *config = load(payloads[row].options, &why);
	struct pay pay = payment(config, payloads[row].currency);
	json_t *ways, *way;

	g_assert_cmpstr(why, ==, NULL);
	pay.reference = payloads[row].reference;
	pay.debtor.name = (char *)"A&B?=#% ö";
	ways = pay_ways(&pay, NULL, 0);
	way = json_array_get(ways, 0);
	g_assert_cmpstr(json_string_value(json_object_get(way, "payload")), ==,
	    payloads[row].payload);
	json_decref(ways);
	config_free(config);
}

/* ---- whatever the texts hold ----------------------------------------------------- */

static guint
count(const char *text, char c)
{
	guint n = 0;

	for (; *text; text++)
		n += *text == c;
	return n;
}

static char *
any_text(GRand *chance)
{
	static const char *const pieces[] = {"a", "Z", "7", " ", "ü", "Ж", "\n",
	    "\t", "*", ":", "%", "/", "\\", "\xe2\x80\xae", "😀", "ł", "€", "&",
	    "|", "\x01", "\"", "<", "12", "GmbH"};
	GString *out = g_string_new(NULL);
	int n = g_rand_int_range(chance, 0, 160);

	for (int i = 0; i < n; i++)
		g_string_append(out, pieces[g_rand_int_range(chance, 0,
		    G_N_ELEMENTS(pieces))]);
	return g_string_free(out, FALSE);
}

/* What a reader relies on: lines, stars, tabs, lengths. */
static void
look_at_shape(const char *kind, const char *payload)
{
	g_assert_true(g_utf8_validate(payload, -1, NULL));
	for (const char *p = payload; *p; p++)
		g_assert_true(!g_ascii_iscntrl(*p) || *p == '\n' ||
		    *p == '\t');
	g_assert_null(strstr(payload, "\xe2\x80\xae"));
	if (strcmp(kind, "epc-qr") == 0) {
		g_assert_cmpuint(strlen(payload), <=, 331);
		g_assert_cmpuint(count(payload, '\n'), >=, 7);
		g_assert_cmpuint(count(payload, '\n'), <=, 10);
	} else if (strcmp(kind, "swiss-qr") == 0) {
		g_assert_cmpint(g_utf8_strlen(payload, -1), <=, 997);
		g_assert_cmpuint(count(payload, '\n'), ==, 30);
	} else if (strcmp(kind, "pay-by-square") == 0) {
		g_assert_cmpuint(count(payload, '\t'), ==, 18);
		g_assert_cmpuint(count(payload, '\n'), ==, 0);
	} else {
		g_assert_cmpuint(count(payload, '\n'), ==, 0);
	}
	if (strcmp(kind, "spayd") == 0)
		g_assert_cmpuint(count(payload, '*'), <=, 9);
}

static void
test_any_text(void)
{
	static const char *const all[] = {"epc-qr", "swiss-qr", "spayd",
	    "pay-by-square", "link", NULL};
	g_autofree char *why = NULL;
	struct config *config = load("iban = \"CH9300762011623852957\"\n"
	    "bic = \"EXMPCHZZXXX\"\nways = {\"epc-qr\", \"swiss-qr\", "
	    "\"spayd\", \"pay-by-square\", \"link\"}\npayment-link = "
	    "{\"https://p.example/{number}/{customer}\"}", &why);
	struct account *account = config->accounts->pdata[0];
	GRand *chance = g_rand_new_with_seed(7);

	for (int i = 0; i < 2000; i++) {
		char *texts[7];
		struct pay pay = payment(config, "EUR");
		json_t *ways;

		for (size_t j = 0; j < G_N_ELEMENTS(texts); j++)
			texts[j] = any_text(chance);
		g_free(account->holder);
		account->holder = g_strconcat("A", texts[0], NULL);
		pay.number = texts[1];
		pay.reference = i % 2 ? texts[2] : NULL;
		pay.creditor.street = pay.debtor.street = texts[3];
		pay.creditor.building = pay.debtor.building = texts[4];
		pay.creditor.city = pay.debtor.city = texts[5];
		pay.debtor.name = texts[6];
		pay.debtor.country = pay.creditor.country;
		pay.debtor.postcode = pay.creditor.postcode;
		pay.amount = g_rand_int_range(chance, 1, 1 << 30);
		ways = pay_ways(&pay, NULL, 0);
		for (size_t j = 0; j < json_array_size(ways); j++) {
			const json_t *way = json_array_get(ways, j);
			const char *kind = json_string_value(
			    json_object_get(way, "kind"));

			g_assert_true(g_strv_contains(all, kind));
			look_at_shape(kind, json_string_value(
			    json_object_get(way, "payload")));
		}
		g_assert_cmpuint(json_array_size(ways), >=, 4);
		json_decref(ways);
		for (size_t j = 0; j < G_N_ELEMENTS(texts); j++)
			g_free(texts[j]);
	}
	g_rand_free(chance);
	config_free(config);
}

/* Swico's billing information, and none where there is no room for it. */
static void
test_billing(void)
{
	g_autofree char *why = NULL;
	struct config *config = load(CH, &why);
	struct pay pay = payment(config, "CHF");
	json_t *document = json_pack("{s:{s:s}, s:[{s:s, s:s}, {s:s, s:s}],"
	    " s:[{s:s, s:s}]}", "seller", "tax_id", "CHE-123.456.788 MWST",
	    "taxes", "rate", "8.1", "base", "1000.00", "rate", "2.6", "base",
	    "50.00", "discounts", "percent", "2", "until", "2026-11-12");
	json_t *ways;
	const char *payload;

	pay.document = document;
	pay.number = "2026/01";
	pay.po = "A\\B";
	ways = pay_ways(&pay, NULL, 0);
	payload = json_string_value(json_object_get(json_array_get(ways, 0),
	    "payload"));
	g_assert_cmpstr(strstr(payload, "EPD"), ==, "EPD\n"
	    "//S1/10/2026\\/01/11/261102/20/A\\\\B/30/123456788"
	    "/32/8.1:1000.00;2.6:50.00/40/2:10;0:14");
	json_decref(ways);
	pay.po = "a purchase order with so long a name that nothing has room";
	pay.number = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21";
	ways = pay_ways(&pay, NULL, 0);
	payload = json_string_value(json_object_get(json_array_get(ways, 0),
	    "payload"));
	g_assert_cmpstr(strstr(payload, "EPD"), ==, "EPD");
	json_decref(ways);
	json_decref(document);
	config_free(config);
}

/* ---- references -------------------------------------------------------------------- */

static const struct {
	const char *kind, *number, *reference;
} references[] = {
    {"rf", "2026-0112", "RF4120260112"},
    {"rf", "17", "RF3000000017"},
    {"rf", "INV-2026/17", "RF43INV202617"},
    {"rf", "СЧ-317/26", "RF4600C31726"},
    {"ogm", "2026-0112", "+++102/0260/11247+++"},
    {"vs", "2026-0112", "20260112"},
    {"vs", "17", "100017"},
    {"kid", "2026-0112", "10202601125"},
    {"viite", "2026-0112", "10202601129"},
};

static void
test_reference(gconstpointer data)
{
	size_t row = GPOINTER_TO_SIZE(data);
	g_autofree char *made = reference_make(
	    reference_maker(references[row].kind), NULL,
	    references[row].number, 0);

	g_assert_cmpstr(made, ==, references[row].reference);
}

static const char *const kinds[] = {"rf", "qrr", "ogm", "vs", "kid", "viite",
    "ee", "ocr", "fik", "si12", "hr01"};

/* As an issue does it: the first that is free. */
static void
issue(GHashTable *taken, const struct reference_maker *maker,
    const struct account *account, const char *number)
{
	for (unsigned attempt = 0; attempt < 100; attempt++) {
		char *made = reference_make(maker, account, number, attempt);

		g_assert_true(reference_kind(maker->kind)->validate(made));
		if (g_hash_table_add(taken, made))
			return;
	}
	g_error("%s: no reference for %s", maker->name, number);
}

/* A series of many numbers, a second one with the same digits, and numbers
 * that are the same without their marks. */
static void
test_collision(gconstpointer data)
{
	const struct reference_maker *maker = reference_maker(data);
	struct account account = {.fik_creditor = (char *)"12345678"};
	GHashTable *taken = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, NULL);
	static const char *const odd[] = {"2026-1/2", "20261-2", "202-612",
	    "A1", "A-1", "1A", "№ 1", "ÄÖ", "", "-", "123456789012345678901234",
	    "X123456789012345678901234", "2026-1/2/X1"};

	for (unsigned i = 1; i <= 100000; i++) {
		g_autofree char *number = g_strdup_printf("2026-%04u", i);
		g_autofree char *other = g_strdup_printf("B-2026-%04u", i);
		g_autofree char *first = reference_make(maker, &account,
		    number, 0);

		g_assert_true(g_hash_table_add(taken, g_steal_pointer(&first)));
		if (i % 20 == 0)
			issue(taken, maker, &account, other);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++)
		issue(taken, maker, &account, odd[i]);
	g_hash_table_unref(taken);
}

/* ---- addresses ------------------------------------------------------------------------ */

static const struct {
	const char *address, *street, *building, *postcode, *city;
} addresses[] = {
    {"Lindenweg 4\n80999 München\nGermany", "Lindenweg", "4", "80999",
	"München"},
    {"Hof Süd\nLindenweg 4a\nCH-8000 Zürich", "Lindenweg", "4a", "8000",
	"Zürich"},
    {"Rue du Lac\n1201 Genève", "Rue du Lac", NULL, "1201", "Genève"},
    {"Keizersgracht 12\n1016 AB Amsterdam", "Keizersgracht", "12", "1016 AB",
	"Amsterdam"},
    {"Ulice 5/3\n110 00 Praha 1", "Ulice", "5/3", "110 00", "Praha 1"},
    {"somewhere", NULL, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static void
test_address(gconstpointer data)
{
	size_t row = GPOINTER_TO_SIZE(data);
	struct pay_party party;

	pay_party_read_lines(&party, "A", addresses[row].address, "CH");
	g_assert_cmpstr(party.street, ==, addresses[row].street);
	g_assert_cmpstr(party.building, ==, addresses[row].building);
	g_assert_cmpstr(party.postcode, ==, addresses[row].postcode);
	g_assert_cmpstr(party.city, ==, addresses[row].city);
	pay_party_release(&party);
}

static void
add_rows(const char *name, size_t count, GTestDataFunc test)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *path = g_strdup_printf("/pay/%s/%zu", name, i);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test);
	}
}

int
main(int argc, char **argv)
{
	int code;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("pay.XXXXXX", NULL);
	add_rows("option", G_N_ELEMENTS(options), test_option);
	add_rows("usual", G_N_ELEMENTS(usual), test_usual);
	add_rows("payload", G_N_ELEMENTS(payloads), test_payload);
	add_rows("reference", G_N_ELEMENTS(references), test_reference);
	add_rows("address", G_N_ELEMENTS(addresses), test_address);
	g_test_add_func("/pay/billing", test_billing);
	g_test_add_func("/pay/any-text", test_any_text);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *path = g_strdup_printf("/pay/collision/%s",
		    kinds[i]);

		g_test_add_data_func(path, kinds[i], test_collision);
	}
	code = g_test_run();
	{
		g_autofree char *path = g_build_filename(dir, "t.conf", NULL);

		g_unlink(path);
		g_rmdir(dir);
	}
	return code;
}
