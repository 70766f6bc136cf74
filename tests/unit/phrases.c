/*
 * phrases.c - codes in plain words: money, reasons, gates. Every amount kind
 * and every gate has words of its own.
 */
#include "../../filter/amounts.h"
#include "../../filter/phrases.h"

static const struct row {
	const char *why, *words;
} rows[] = {
    {"", ""},
    {"payer:account", "account"},
    {"reference:exact,amount:open-balance", "number and exact amount"},
    {"reference:exact, payer:name, amount:partial",
	"number, name and part of the amount"},
    {"class:unverified,payer:name", "name, but the message is not verified"},
    {"payer:name,amount:exchanged,told:1000.00 USD", "name, the amount before "
	"it was exchanged and the bank was told 1000.00 USD"},
    {"payer:name,dated:day", "name and the day of the invoice"},
    {"dated:month", "the month of the invoice"},
    {"dated:perhaps", "perhaps the time of the invoice"},
    {"a:code-of-tomorrow", "a:code-of-tomorrow"},
};

static void
test_row(gconstpointer data)
{
	const struct row *row = data;
	g_autofree char *words = why_words(row->why);

	g_assert_cmpstr(words, ==, row->words);
}

static void
test_money(void)
{
	g_autofree char *a = money_text(1240000, "CZK");
	g_autofree char *b = money_text(-123456789, "EUR");
	g_autofree char *c = money_text(5, "JPY");

	g_assert_cmpstr(a, ==, "12 400.00 CZK");
	g_assert_cmpstr(b, ==, "-1 234 567.89 EUR");
	g_assert_cmpstr(c, ==, "5 JPY");
}

static void
test_all_named(void)
{
	for (int kind = AMOUNT_EXACT; kind < AMOUNT_KINDS; kind++) {
		g_autofree char *code = g_strconcat("amount:",
		    amount_kind_name((enum amount_kind)kind), NULL);
		g_autofree char *words = why_words(code);

		g_assert_cmpstr(words, !=, code);
	}
	for (int gate = GATE_OPEN; gate <= GATE_RECIPIENT; gate++)
		g_assert_cmpstr(gate_words((enum gate)gate), !=, "unknown");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = g_strdup_printf("/phrases/why/%zu", i);

		g_test_add_data_func(name, &rows[i], test_row);
	}
	g_test_add_func("/phrases/money", test_money);
	g_test_add_func("/phrases/all", test_all_named);
	return g_test_run();
}
