/*
 * What a language's files say of counts and articles: plural categories, and
 * words that grow short before some days.
 */
#include "../../templates/letter.h"

#include <string.h>

struct count {
	const char *language, *name;
	int64_t number;
	const char *want;
};

static const struct count counts[] = {
    {"en", "invoices", 1, "1 invoice"}, {"en", "invoices", 0, "0 invoices"},
    {"en", "days", 1234, "1,234 days"}, {"en", "nothing", 2, "2"},
    {"fr", "days", 0, "0 jour"}, {"fr", "days", 1, "1 jour"},
    {"fr", "days", 2, "2 jours"}, {"pt", "days", 0, "0 dia"},
    {"pt-PT", "days", 0, "0 dias"}, {"pt-PT", "instalments", 3,
        "3 prestações"}, {"en-US", "instalments", 3, "3 installments"},
    {"de", "late", 1, "seit 1 Tag überfällig"},
    {"de", "late", 2, "seit 2 Tagen überfällig"},
    {"ru", "invoices", 1, "1 счёт"}, {"ru", "invoices", 2, "2 счёта"},
    {"ru", "invoices", 5, "5 счетов"}, {"ru", "invoices", 11, "11 счетов"},
    {"ru", "invoices", 12, "12 счетов"}, {"ru", "invoices", 14, "14 счетов"},
    {"ru", "invoices", 21, "21 счёт"}, {"ru", "invoices", 22, "22 счёта"},
    {"ru", "invoices", 111, "111 счетов"}, {"ru", "invoices", 0, "0 счетов"},
    {"ru", "invoices", 1001, "1\u00a0001 счёт"},
};

static struct source *
read_language(const char *language, GString *warning)
{
	static const char *const dirs[] = {"templates", NULL};

	return source_new(dirs, language, NULL, warning);
}

static void
test_count(const void *data)
{
	const struct count *row = data;
	g_autoptr(GString) warning = g_string_new(NULL);
	struct source *source = read_language(row->language, warning);
	g_autofree char *got = language_count(
	    source_habits(source), row->name, row->number);

	g_assert_cmpstr(got, ==, row->want);
	source_free(source);
}

struct condition {
	const char *text;
	int64_t number;
	bool good, fits;
};

static const struct condition conditions[] = {
    {"n = 1", 1, true, true}, {"n = 1", 2, true, false},
    {"n = 0,1", 0, true, true}, {"n = 2..4", 4, true, true},
    {"n = 2..4", 5, true, false}, {"n != 2..4", 5, true, true},
    {"n % 10 = 1 and n % 100 != 11", 11, true, false},
    {"n % 10 = 1 and n % 100 != 11", 21, true, true},
    {"n = 1 or n % 10 = 5..9,0", 30, true, true},
    {"n=1", -1, true, true}, {"", 1, false, false}, {"n", 1, false, false},
    {"n % 0 = 1", 1, false, false}, {"n = 1 x", 1, false, false},
    {"n = ", 1, false, false}, {"i = 1", 1, false, false},
};

static void
test_condition(const void *data)
{
	const struct condition *row = data;
	bool good, fits = plural_fits(row->text, row->number, &good);

	g_assert_true(good == row->good);
	g_assert_true(fits == row->fits);
}

static const struct {
	const char *language, *text, *want;
} texts[] = {
    {"it", "del \x1d" "8 marzo", "dell’8 marzo"},
    {"it", "scade il\n\x1d" "11 marzo", "scade l’11 marzo"},
    {"it", "Il \x1d" "8 marzo", "L’8 marzo"},
    {"it", "vigil \x1d" "8 marzo", "vigil 8 marzo"},
    {"it", "(\x1d" "8 marzo)", "(8 marzo)"},
    {"it", "il 9 marzo", "il 9 marzo"},
    {"de", "am \x1d" "8. März", "am 8. März"},
};

static void
test_articles(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GString) warning = g_string_new(NULL);
		struct source *source = read_language(
		    texts[i].language, warning);
		g_autofree char *got = spelling_articles(
		    source_habits(source), texts[i].text);

		g_assert_cmpstr(got, ==, texts[i].want);
		source_free(source);
	}
}

/* Words are spelt, tags are not. */
static void
test_spelling(void)
{
	g_autoptr(GString) warning = g_string_new(NULL);
	struct source *source = read_language("en-US", warning);
	g_autofree char *got = spelling_template(source_habits(source),
	    "{{#instalments}}instalment{{/instalments}} {{instalment");

	g_assert_cmpstr(got, ==,
	    "{{#instalments}}installment{{/instalments}} {{instalment");
	source_free(source);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
		g_autofree char *name = g_strdup_printf(
		    "/language/count/%zu", i);
		g_test_add_data_func(name, &counts[i], test_count);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(conditions); i++) {
		g_autofree char *name = g_strdup_printf(
		    "/language/plural/%zu", i);
		g_test_add_data_func(name, &conditions[i], test_condition);
	}
	g_test_add_func("/language/articles", test_articles);
	g_test_add_func("/language/spelling", test_spelling);
	return g_test_run();
}
