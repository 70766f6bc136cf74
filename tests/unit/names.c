/*
 * names.c - names of parties and account numbers as they are compared.
 */
#include "../../filter/match.h"

#include <string.h>

static const struct words_row {
	const char *name, *words;
} words_rows[] = {
    {"Acme Tools GmbH & Co. KG", "ACME TOOLS"},
    {"ACME TOOLS GMBH", "ACME TOOLS"},
    {"Jansen Bouw B.V.", "IANSEN BUV"},
    {"O'Brien & Sons Ltd.", "OBRIEN SONS"},
    {"Kowalski Transport Sp. z o.o.", "KOVALSKI TRANSPORT"},
    {"Novák s.r.o.", "NOVAK"},
    {"Nordlys A/S", "NORDLIS"},
    {"Herr Hans Muster", "HANS MUSTER"},
    {"J.Jansen", "I IANSEN"},
    {"AG", "AG"},
    {"S.A. Jones", "SA IONES"},
    {"Dupont S A", "DUPONT"},
    {"SARL Dupont", "DUPONT"},
    {"Gesellschaft mit beschränkter Haftung Zirkel", "ZIRKEL"},
    {"Общество с ограниченной ответственностью «Сирень»", "SIREN"},
    {"Casa Roble S. de R.L. de C.V.", "CASA ROBLE"},
    {"Kitsune 株式会社", "KITSUNE"},
    {"Jan van den Berg", "IAN VAN DEN BERG"},
    {"", ""},
    {NULL, ""},
};

static void
test_words(gconstpointer data)
{
	const struct words_row *row = data;
	g_auto(GStrv) words = name_words(row->name);
	g_autofree char *joined = g_strjoinv(" ", words);

	g_assert_cmpstr(joined, ==, row->words);
}

/* Two spellings of one name give the same words. */
static const struct same_row {
	const char *a, *b;
} same_rows[] = {
    {"Bäckerei Müller e.K.", "BAECKEREI MUELLER"},
    {"Bäckerei Müller e.K.", "Backerei Muller EK"},
    {"Ромашка ООО", "OOO ROMASHKA"},
    {"Иванов Сергей Юрьевич", "IVANOV SERGEY YUREVICH"},
    {"Щербаков", "SHCHERBAKOV"},
    {"Παπαδόπουλος ΑΕ", "PAPADOPOULOS AE"},
    {"Łukasz Żak", "LUKASZ ZAK"},
    {"Société Générale de Menuiserie SARL", "SOCIETE GENERALE DE MENUISERIE"},
    {"Jørgen Sørensen ApS", "JORGEN SORENSEN"},
    {"Straße GmbH", "STRASSE GMBH"},
};

static void
test_same(gconstpointer data)
{
	const struct same_row *row = data;
	g_auto(GStrv) a = name_words(row->a);
	g_auto(GStrv) b = name_words(row->b);
	g_autofree char *x = g_strjoinv(" ", a);
	g_autofree char *y = g_strjoinv(" ", b);

	g_assert_cmpstr(x, ==, y);
}

static const struct agreement_row {
	const char *payer, *customer;
	double from, to;
} agreement_rows[] = {
    {"ACME TOOLS", "Acme Tools GmbH", 1, 1},
    {"ACME TOOLS KOELN", "Acme Tools GmbH", 0.8, 0.95},
    {"J. Jansen", "Jan Jansen", 0.7, 0.8},
    {"Петров Иван", "Ivan Petrov", 1, 1},
    {"Jansen, J", "Jan Jansen", 0.7, 0.8},
    {"KONSTRUKTIONSGESELLSCHAFT MEIE", "Konstruktionsgesellschaft Meier",
	0.85, 0.95},
    {"Acme Holding", "Acme Tools", 0.2, 0.6},
    {"Beta Tools", "Acme Tools", 0.2, 0.6},
    {"Nobody Else", "Acme Tools", 0, 0},
    {"", "Acme Tools", 0, 0},
    {"Acme", "", 0, 0},
};

static void
test_agreement(gconstpointer data)
{
	const struct agreement_row *row = data;
	g_auto(GStrv) payer = name_words(row->payer);
	g_auto(GStrv) customer = name_words(row->customer);
	double got = name_agreement((const char *const *)payer, NULL,
	    (const char *const *)customer, NULL);

	g_test_message("'%s' as '%s': %.3f", row->payer, row->customer, got);
	g_assert_cmpfloat(got, >=, row->from - 1e-9);
	g_assert_cmpfloat(got, <=, row->to + 1e-9);
}

/* A rare word in common is worth more than a common one. */
static void
test_weights(void)
{
	const char *const customer[] = {"ZANTAR", "TRANSPORT", NULL};
	const char *const rare[] = {"ZANTAR", "LOGISTICS", NULL};
	const char *const common[] = {"BOLT", "TRANSPORT", NULL};
	const double weights[] = {7, 1}, common_weights[] = {7, 1};

	g_assert_cmpfloat(name_agreement(rare, common_weights, customer,
	    weights), >, name_agreement(common, common_weights, customer,
	    weights) + 0.4);
}

static const struct account_row {
	const char *text, *account;
} account_rows[] = {
    {"de89 3704 0044 0532 0130 00", "DE89370400440532013000"},
    {"NL91-ABNA-0417164300", "NL91ABNA0417164300"},
    {"123-45/0800", "123-45/0800"},
    {"000123-45 / 0800", "000123-45/0800"},
    {"  ", ""},
    {NULL, ""},
};

static void
test_account(gconstpointer data)
{
	const struct account_row *row = data;
	g_autofree char *got = account_normalise(row->text);

	g_assert_cmpstr(got, ==, row->account);
}

static void
test_company(void)
{
	g_assert_true(name_is_company("Acme Tools GmbH"));
	g_assert_true(name_is_company("ООО Ромашка"));
	g_assert_true(name_is_company("Novák s.r.o."));
	g_assert_false(name_is_company("Hans Muster"));
	g_assert_false(name_is_company(""));
}

#define ADD(name, rows, test) \
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) { \
		g_autofree char *path = \
		    g_strdup_printf("/names/" name "/%zu", i); \
		g_test_add_data_func(path, &rows[i], test); \
	}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("words", words_rows, test_words)
	ADD("same", same_rows, test_same)
	ADD("agreement", agreement_rows, test_agreement)
	ADD("account", account_rows, test_account)
	g_test_add_func("/names/weights", test_weights);
	g_test_add_func("/names/company", test_company);
	return g_test_run();
}
