/* landmark.c - words without which a pattern cannot match: said to be missing
 * only when they are, whatever groups, choices and quantifiers stand around. */
#include "../../parser/bankfile.h"

static const struct landmark_case {
	const char *pattern, *text;
	bool missing;
} cases[] = {
    {"{amount} has been credited", "INR 5 HAS BEEN CREDITED", false},
    {"{amount} has been credited", "INR 5 has been debited", true},
    {"credited(?: to your account)?", "credited", false},
    {"paid (?:from|to) account", "paid to my account", false},
    {"paid|received", "received", false},
    {"(?:paid|received) money", "received money", false},
    {"(?:paid|received) money", "received coins", true},
    {"accounts?", "account", false},
    {"accounts*", "account", false},
    {"accounts{0,1}", "account", false},
    {"account{amount}", "accoun 5", false},
    {"[a-z]{4} []word] x", "abcd ] x", false},
    {"[^\\n]word", "xword", false},
    {"[^\\n]word", "xwor", true},
    {"\\bword\\b", "a word", false},
    {"\\nword", "word", false},
    {"ref no: {bank_reference}", "ref no: 5", false},
    {"(?<payer>[)]) word", "x", true},
    {"(\\() word", "x", true},
    {"(a(b)c) word (d", "word", false},
    {"z\xc5\xafstatek se", "zustatek se", false},
    {"uctu\xcc\x8a", "uctu", false},
    {"", "anything", false},
    {"word\\", "word", false},
    {"[word", "x", false},
};

static void
test_landmark(gconstpointer data)
{
	const struct landmark_case *c = data;

	g_assert_true(landmark_missing(c->pattern, c->text) == c->missing);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/landmark/%zu", i);

		g_test_add_data_func(path, &cases[i], test_landmark);
	}
	return g_test_run();
}
