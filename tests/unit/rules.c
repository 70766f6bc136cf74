/*
 * rules.c - the owner's rules: wildcards over all kinds of text, which rule
 * applies to a payment, which never can, and that hostile text costs little.
 */
#include "../../filter/match.h"
#include "../../filter/rules.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* ---- patterns --------------------------------------------------------------------- */

static const struct pattern_row {
	const char *pattern, *text;
	bool matches;
} pattern_rows[] = {
    {"ACME", "Acme", true},
    {"ACME", "Acme Tools", false},
    {"ACME*", "Acme Tools", true},
    {"ACME*", "The Acme", false},
    {"*acme*", "THE ACME CO", true},
    {"*", "", true},
    {"*", "anything", true},
    {"?", "", false},
    {"?", "é", true},
    {"?", "é", true},
    {"?", "ab", false},
    {"a?c*", "abc", true},
    {"a?c*", "ac", false},
    {"*rent*2026*", "Rent for 11/2026, thanks", true},
    {"*rent*2026*", "2026 rent", false},
    {"Müller*", "MUELLER GMBH", true},
    {"Müller*", "Muller GmbH", true},
    {"Mueller*", "Müller GmbH", true},
    {"Muller*", "Müller", true},
    {"Strasse", "Straße", true},
    {"Jorgen*", "Jørgen Sørensen", true},
    {"Łukasz", "lukasz", true},
    {"Ромашка*", "РОМАШКА ООО", true},
    {"*ромашк*", "Оплата Ромашка", true},
    {"Παπά*", "ΠΑΠΑΔΟΠΟΥΛΟΣ", true},
    {"acme  tools", "ACME\n TOOLS ", true},
    {" acme ", "acme", true},
    {"a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaa", false},
    {"a*b*c", "abbbcc", true},
    {"a**b", "ab", true},
    {"50%", "50%", true},
    {"[a]", "a", false},
    {"a.c", "abc", false},
    {"DE*4000", "DE89370400440532013000", false},
    {"DE*3000", "DE89370400440532013000", true},
    {"*\xff*", "ab", false},
};

static void
test_pattern(gconstpointer data)
{
	const struct pattern_row *row = data;
	struct pattern *pattern = pattern_new(row->pattern);
	struct haystack *text = haystack_new(row->text);

	g_assert_cmpint(pattern_matches(pattern, text), ==, row->matches);
	g_assert_cmpstr(pattern_text(pattern), ==, row->pattern);
	haystack_free(text);
	pattern_free(pattern);
}

static const struct cover_row {
	const char *wide, *narrow;
	bool covers;
} cover_rows[] = {
    {"*", "acme", true}, {"*", "*", true}, {"ACME*", "acme tools*", true},
    {"ACME*", "acme", true}, {"acme", "ACME*", false},
    {"a?c", "abc", true}, {"a?c", "a*c", false}, {"a?c", "a?c", true},
    {"a?c", "a??c", false}, {"*a*", "*ba*", true}, {"*ab*", "*a*", false},
    {"a*", "*", false}, {"?", "*", false}, {"*b", "a*b", true},
};

/* Told of two patterns, and not refuted by any short text. */
static void
test_cover(gconstpointer data)
{
	const struct cover_row *row = data;
	struct pattern *wide = pattern_new(row->wide);
	struct pattern *narrow = pattern_new(row->narrow);
	static const char letters[] = "abcx";

	g_assert_cmpint(pattern_covers(wide, narrow), ==, row->covers);
	for (unsigned n = 0; n < 1024 && row->covers; n++) {
		char text[6] = {0};
		struct haystack *any;

		for (unsigned i = 0; i < n % 6; i++)
			text[i] = letters[n >> (2 * i) & 3];
		any = haystack_new(text);
		if (pattern_matches(narrow, any))
			g_assert_true(pattern_matches(wide, any));
		haystack_free(any);
	}
	pattern_free(wide);
	pattern_free(narrow);
}

/* ---- which rule applies --------------------------------------------------------------- */

static const char head[] = "owner { email = \"a@b.example\" }\n"
    "account \"main\" { iban = \"DE89370400440532013000\" }\n"
    "account \"other\" { iban = \"FR1420041010050500013M02606\"\n"
    "	currency = \"CHF\" }\n";

static struct config *
load(const char *rules, char **why)
{
	g_autofree char *text = g_strconcat(head, rules, NULL);
	g_autofree char *path = NULL;
	struct config *config;
	int fd = g_file_open_tmp("rules.XXXXXX", &path, NULL);

	g_assert_cmpint(fd, >=, 0);
	close(fd);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	config = config_load(path, "/home", why);
	g_unlink(path);
	return config;
}

static const char rules[] =
    "rule \"rent\" { text = \"*Miete*\" amount = \"800-900.50\"\n"
    "	do = ignore }\n"
    "rule \"acme\" { payer = \"ACME*\" do = oldest-first }\n"
    "rule \"nl\" { payer-account = \"NL91 ABNA 0417 1643 00\"\n"
    "	do = { \"customer C7\", \"oldest-first\" } }\n"
    "rule \"big\" { amount = \"10000-\" do = ask }\n"
    "rule \"small\" { amount = \"-0.50\" do = ask }\n"
    "rule \"francs\" { currency = chf amount = \"5.00\"\n"
    "	do = \"charges 3.50\" }\n"
    "rule \"second\" { account = other do = ask }\n"
    "rule \"czech\" { payer-account = \"*/0800\" do = ask }\n";

static const struct find_row {
	const char *payer, *account, *text, *own, *currency;
	int64_t amount;
	const char *rule;
} find_rows[] = {
    {"Acme Ltd", NULL, "miete", NULL, "EUR", 85000, "rent"},
    {"Acme Ltd", NULL, "miete", NULL, "EUR", 90051, "acme"},
    {"Acme Ltd", NULL, "miete", NULL, "EUR", 79999, "acme"},
    {"Acme Ltd", NULL, "miete", NULL, "USD", 85000, "acme"},
    {NULL, NULL, "MIETE", NULL, "EUR", 80000, "rent"},
    {"Jan", "NL91 ABNA 0417 1643 00", NULL, NULL, "EUR", 100, "nl"},
    {"Jan", "NL91ABNA0417164301", NULL, NULL, "EUR", 100, NULL},
    {NULL, NULL, "/NAME/ACME LTD/REMI/x", NULL, "EUR", 100, "acme"},
    {NULL, NULL, NULL, NULL, "EUR", 1000000, "big"},
    {NULL, NULL, NULL, NULL, "EUR", 50, "small"},
    {NULL, NULL, NULL, NULL, "EUR", 51, NULL},
    {NULL, NULL, NULL, NULL, "CHF", 500, "francs"},
    {NULL, NULL, NULL, NULL, "EUR", 500, NULL},
    {NULL, NULL, NULL, "FR1420041010050500013M02606", "EUR", 500, "second"},
    {NULL, NULL, NULL, "DE89370400440532013000", "EUR", 500, NULL},
    {NULL, "19-2000145399/0800", NULL, NULL, "EUR", 500, "czech"},
};

static void
test_find(gconstpointer data)
{
	const struct find_row *row = data;
	g_autofree char *why = NULL;
	struct config *config = load(rules, &why);
	struct payment payment = {.payer = (char *)row->payer,
	    .payer_account = (char *)row->account,
	    .remittance = (char *)row->text, .account = (char *)row->own,
	    .currency = (char *)row->currency, .amount = row->amount,
	    .unallocated = row->amount};
	const struct rule *found;

	g_assert_cmpstr(why, ==, NULL);
	found = rules_find(config, &payment);
	g_assert_cmpstr(found ? found->name : NULL, ==, row->rule);
	config_free(config);
}

static void
test_words(void)
{
	g_autofree char *why = NULL;
	struct config *config = load(rules, &why);
	const struct rule *nl, *francs;

	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpuint(config->rules->len, ==, 8);
	nl = config->rules->pdata[2];
	g_assert_cmpuint(nl->actions, ==, RULE_OLDEST);
	g_assert_cmpstr(nl->customer, ==, "C7");
	g_assert_cmpint(nl->charges, ==, -1);
	francs = config->rules->pdata[5];
	g_assert_cmpint(francs->charges, ==, 350);
	g_assert_cmpint(francs->from, ==, 500);
	g_assert_cmpint(francs->to, ==, 500);
	config_free(config);
}

/* ---- what the file may not say ----------------------------------------------------------- */

static const struct bad_row {
	const char *rules;
	int line;		/* of it, or 0: of the end of the section */
	const char *why;
} bad_rows[] = {
    {"rule \"a\" {\n	payer = \"x\"\n}\n", 3, "do is missing"},
    {"rule \"a\" {\n	do = ask\n}\n", 3, "no condition"},
    {"rule \"a\" { payer = \"x\"\n	do = settle }\n", 2,
	"\"settle\" is not one of"},
    {"rule \"a\" { payer = \"x\"\n	do = \"customer \" }\n", 2, "say which"},
    {"rule \"a\" { payer = \"\"\n	do = ask }\n", 1, "payer: is empty"},
    {"rule \"a\" { payer = \"x\"\n	do = { ignore, ask } }\n", 2,
	"what is ignored"},
    {"rule \"a\" { payer = \"x\"\n	do = { oldest-first, ask } }\n", 2,
	"oldest-first books"},
    {"rule \"a\" { amount = \"ten\"\n	do = ask }\n", 1,
	"\"ten\" is not an amount in EUR"},
    {"rule \"a\" { amount = \"-\"\n	do = ask }\n", 1, "is not an amount"},
    {"rule \"a\" { amount = \"20-10\"\n	do = ask }\n", 1, "never met"},
    {"rule \"a\" { amount = \"10-20-30\"\n	do = ask }\n", 1,
	"is not an amount"},
    {"rule \"a\" { amount = \"1.005\"\n	do = ask }\n", 1,
	"is not an amount in EUR"},
    {"rule \"a\" { payer = \"x\"\n	do = \"charges many\" }\n", 2,
	"\"many\" is not an amount"},
    {"rule \"a\" { payer = \"x\"\n	do = \"discount-days 999\" }\n", 2,
	"0 to 365"},
    {"rule \"a\" {\n	account = \"savings\"\n	do = ask }\n", 2,
	"none of the accounts is \"savings\""},
    {"rule \"a\" { payer-account = \"D&E\"\n	do = ask }\n", 1,
	"is not an account"},
    {"rule \"a\" { payer = \"x\"\n	payer = \"y\"\n	do = ask }\n", 2,
	"there twice"},
    {"rule \"a\" { payer = \"x\" do = ask }\nrule \"a\" { payer = \"y\"\n"
	"	do = ask }\n", 2, "there twice"},
    {"rule \"a,b\" { payer = \"x\"\n	do = ask }\n", 2, "comma"},
    {"rule \"a\" { colour = \"x\"\n	do = ask }\n", 1, "colour"},
    {"rule \"a\" { currency = XXQ\n	do = ask }\n", 1, "ISO 4217"},
};

static void
test_bad(gconstpointer data)
{
	const struct bad_row *row = data;
	g_autofree char *why = NULL;
	struct config *config = load(row->rules, &why);
	g_autofree char *place = g_strdup_printf(":%d: ", row->line + 4);

	g_assert_null(config);
	g_assert_nonnull(why);
	if (!strstr(why, row->why) || !strstr(why, place))
		g_error("%s: not “%s” at%s", why, row->why, place);
}

/* ---- shadows ----------------------------------------------------------------------------- */

static const struct shadow_row {
	const char *earlier, *later;
	bool shadows;
} shadow_rows[] = {
    {"payer = \"*\"", "payer = \"acme\"", true},
    {"payer = \"acme*\"", "payer = \"Acme Ltd\" text = \"x\"", true},
    {"payer = \"acme*\" text = \"x\"", "payer = \"Acme Ltd\"", false},
    {"payer = \"acme\"", "payer = \"acme*\"", false},
    {"amount = \"10-20\"", "amount = \"12-15\"", true},
    {"amount = \"10-20\"", "amount = \"12-25\"", false},
    {"amount = \"10-\"", "amount = \"12.00\"", true},
    {"amount = \"10-\"", "payer = \"x\"", false},
    {"currency = EUR", "amount = \"12.00\"", true},
    {"currency = EUR", "payer = \"x\"", false},
    {"currency = CHF", "amount = \"12.00\"", false},
    {"account = main", "account = main payer = \"x\"", true},
    {"account = main", "account = other payer = \"x\"", false},
    {"payer-account = \"DE*\"", "payer-account = \"DE12*\"", true},
    {"payer = \"a*\"", "text = \"a*\"", false},
};

static void
test_shadow(gconstpointer data)
{
	const struct shadow_row *row = data;
	g_autofree char *text = g_strdup_printf("rule \"1\" { %s do = ask }\n"
	    "rule \"2\" { %s do = ask }\n", row->earlier, row->later);
	g_autofree char *why = NULL;
	struct config *config = load(text, &why);

	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpint(rule_shadows(config->rules->pdata[0],
	    config->rules->pdata[1]), ==, row->shadows);
	config_free(config);
}

/* ---- a thousand rules, and text made to be slow ---------------------------------------------- */

static void
test_thousand(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *why = NULL, *long_text = g_strnfill(5000, 'a');
	struct config *config;
	struct payment payment = {.currency = (char *)"EUR", .amount = 100,
	    .remittance = long_text, .payer = long_text};
	const struct rule *found;

	for (int i = 0; i < 1000; i++)
		g_string_append_printf(text, "rule \"%d\" { text = "
		    "\"*a*a*a*a*a*a*a*a?a*b%d\" do = ask }\n", i, i);
	config = load(text->str, &why);
	g_assert_cmpstr(why, ==, NULL);
	g_assert_null(rules_find(config, &payment));
	payment.remittance = (char *)"aaaaaaaaaaaaaaaaaaaaab999";
	found = rules_find(config, &payment);
	g_assert_nonnull(found);
	g_assert_cmpstr(found->name, ==, "999");
	config_free(config);
}

#define ADD(name, rows, test) \
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) { \
		g_autofree char *path = g_strdup_printf("/rules/" name \
		    "/%zu", i); \
		g_test_add_data_func(path, &rows[i], test); \
	}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("pattern", pattern_rows, test_pattern);
	ADD("cover", cover_rows, test_cover);
	ADD("find", find_rows, test_find);
	ADD("bad", bad_rows, test_bad);
	ADD("shadow", shadow_rows, test_shadow);
	g_test_add_func("/rules/words", test_words);
	g_test_add_func("/rules/thousand", test_thousand);
	return g_test_run();
}
