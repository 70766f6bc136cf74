/*
 * party_data.c - accounts written in two ways, payers who pay for everybody,
 * and the table of legal forms.
 */
#include "../../filter/match.h"
#include "../../filter/names.h"

#include <string.h>

static const struct account_pair {
	const char *a, *b;
	bool same;
} accounts[] = {
    {"NL12****3456", "NL12ABNA0417123456", true},
    {"XX3456", "NL12ABNA0417123456", true},
    {"DE…3000", "DE89370400440532013000", true},
    {"DE..3001", "DE89370400440532013000", false},
    {"***3000", "DE89370400440532013000", true},
    {"NL13****3456", "NL12ABNA0417123456", false},
    {"0532013000", "DE89370400440532013000", true},
    {"370400440532013000", "DE89370400440532013000", true},
    {"00532013000", "DE89370400440532013000", true},
    {"60-16-13 31926819", "GB29NWBK60161331926819", true},
    {"31926819", "GB29NWBK60161331926819", true},
    {"31926818", "GB29NWBK60161331926819", false},
    {"13000", "DE89370400440532013000", false},
    {"•••• 6819", "GB29NWBK60161331926819", true},
};

static void
test_accounts(gconstpointer data)
{
	const struct account_pair *row = data;
	g_autofree char *a = account_normalise(row->a);
	g_autofree char *b = account_normalise(row->b);

	g_test_message("%s %s", a, b);
	g_assert_cmpint(account_same(a, b), ==, row->same);
	g_assert_cmpint(account_same(b, a), ==, row->same);
}

static void
test_czech(void)
{
	g_auto(GStrv) forms = account_forms("19-2000145399/0800");
	g_auto(GStrv) back = account_forms("CZ6508000000192000145399");

	g_assert_true(g_strv_contains((const char *const *)forms,
	    "CZ6508000000192000145399"));
	g_assert_true(g_strv_contains((const char *const *)back,
	    "19-2000145399/0800"));
}

static const struct service_row {
	const char *name;
	enum name_service kind;
} services[] = {
    {"Stripe Payments Europe", SERVICE_PAYMENT},
    {"PAYPAL (EUROPE) S.A R.L.", SERVICE_PAYMENT},
    {"Nordstern Factoring GmbH", SERVICE_FACTOR},
    {"Kanzlei Inkasso Nord", SERVICE_COLLECTION},
    {"The Cake Factory Ltd", SERVICE_NONE},
    {"Oscar Wise", SERVICE_NONE}, {"Quarzwerk GmbH", SERVICE_NONE},
    {"", SERVICE_NONE},
};

static void
test_service(gconstpointer data)
{
	const struct service_row *row = data;

	g_assert_cmpint(name_is_service(row->name), ==, row->kind);
}

/* Each form stands behind a name and comes off; at least 60 countries. */
static void
test_forms(void)
{
	g_autoptr(GHashTable) countries = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	guint forms = 0;

	for (guint i = 0; i < legal_rows_n; i++) {
		g_auto(GStrv) list = g_strsplit(legal_rows[i].forms, "|", 0);
		g_auto(GStrv) where =
		    g_strsplit(legal_rows[i].countries, " ", 0);

		for (guint j = 0; where[j]; j++)
			g_hash_table_add(countries, g_strdup(where[j]));
		for (guint j = 0; list[j]; j++, forms++) {
			g_autofree char *name =
			    g_strdup_printf("Zirkel %s", list[j]);
			g_auto(GStrv) words = name_words(name);

			if (!name_is_company(name) || !words[0] ||
			    words[1] || strcmp(words[0], "ZIRKEL") != 0)
				g_error("%s: %s %s", name, words[0],
				    words[0] ? words[1] : "");
		}
	}
	g_test_message("%u forms, %u countries", forms,
	    g_hash_table_size(countries));
	g_assert_cmpuint(forms, >=, 300);
	g_assert_cmpuint(g_hash_table_size(countries), >=, 60);
}

#define ADD(name, rows, test) \
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) { \
		g_autofree char *path = \
		    g_strdup_printf("/party/" name "/%zu", i); \
		g_test_add_data_func(path, &rows[i], test); \
	}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("account", accounts, test_accounts)
	ADD("service", services, test_service)
	g_test_add_func("/party/czech", test_czech);
	g_test_add_func("/party/forms", test_forms);
	return g_test_run();
}
