/*
 * labels.c - the vocabularies: what lines are understood, what is said about
 * bad ones, and how words are cut and folded.
 */
#include "../../parser/labels.h"

#include <string.h>

struct row {
	const char *name, *text, *want;
};

/* ---- lines -------------------------------------------------------------------- */

static const struct row lines[] = {
	{"comment", "# amount\n\n", ""},
	{"label", "amount Amount credited\n", ""},
	{"no value", "amount\n", "xx:1: nothing behind the key"},
	{"unknown key", "# x\namuont Amount\n", "xx:2: unknown key"},
	{"no word", "amount :\n", "xx:1: no word in it"},
	{"habits", "decimal , .\ngrouping . space '\ndates dmy ymd\n"
	    "home CZK\n", ""},
	{"decimal", "decimal ;\n", "xx:1: no mark that can stand there"},
	{"grouping", "grouping . _\n", "xx:1: no mark that can stand there"},
	{"dates", "dates ydm\n", "xx:1: not dmy, mdy or ymd"},
	{"home", "home XXY\n", "xx:1: no currency of ISO 4217"},
	{"two homes", "home CZK\nhome EUR\n", "xx:2: another home currency"},
	{"currency", "currency EUR \u20ac euro\n", ""},
	{"no currency", "currency EUU \u20ac\n",
	    "xx:1: no currency of ISO 4217"},
	{"hint", "hint MXN clabe interbancaria\n", ""},
	{"sentence", "sentence credit received {amount} from {payer}\n", ""},
	{"kind", "sentence amount received {amount}\n",
	    "xx:1: a sentence is of one of the kinds from credit to advice"},
	{"slot", "sentence credit received {amonut}\n",
	    "xx:1: no such slot"},
	{"brace", "sentence credit received {amount\n",
	    "xx:1: a { without its }"},
	{"slots", "sentence credit from {payer} {_} got {amount}\n",
	    "xx:1: two slots of text without a word between them"},
	{"only slots", "sentence credit {amount} {account}\n",
	    "xx:1: no word in it"},
};

static void
test_lines(gconstpointer data)
{
	const struct row *row = data;
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct labels *labels = labels_load_text("xx", row->text, problems);
	g_autofree char *all = NULL;

	g_ptr_array_add(problems, NULL);
	all = g_strjoinv("|", (char **)problems->pdata);
	g_assert_cmpstr(all, ==, row->want);
	labels_free(labels);
}

/* ---- words -------------------------------------------------------------------- */

static const struct row texts[] = {
	{"case", "Amount DUE", "amount due"},
	{"accents", "Č\u00e1stka \u00dcberweisung \u0142\u00f3d\u017a ISI\u011e\u0131",
	    "castka uberweisung lodz isigi"},
	{"combining", "C\u030ca\u0301stka", "castka"},
	{"apostrophe", "l\u2019importo", "l <'> importo"},
	{"figures", "XX9988 12", "xx 9988 12"},
	{"money", "R$ 5 \u20ac", "r ($) 5 (\u20ac)"},
	{"wide", "\uff21\uff22 \uff11\uff12", "ab 12"},
	{"alone", "\u632f\u8fbc\u91d1\u984d", "\u632f \u8fbc \u91d1 \u984d"},
	{"blanks", "a\u00a0b\tc\nd", "a b TAB c LINE d"},
	{"cyrillic", "\u0417\u0430\u0447\u0451\u0442",
	    "\u0437\u0430\u0447\u0435\u0442"},
};

static void
test_words(gconstpointer data)
{
	const struct row *row = data;
	g_autoptr(GString) got = g_string_new(NULL);
	struct lex_token token;
	uint32_t at = 0;

	for (lex_next(row->text, &at, &token); token.kind != LEX_END;
	    lex_next(row->text, &at, &token)) {
		if (got->len)
			g_string_append_c(got, ' ');
		if (token.kind == LEX_TAB || token.kind == LEX_LINE)
			g_string_append(got, token.kind == LEX_TAB ? "TAB" :
			    "LINE");
		else if (token.kind == LEX_SIGN)
			g_string_append_printf(got, "<%c>", (char)token.c);
		else
			g_string_append_printf(got,
			    token.kind == LEX_MONEY ? "(%.*s)" : "%.*s",
			    (int)token.length, token.folded);
	}
	g_assert_cmpstr(got->str, ==, row->want);
}

/* ---- looking up --------------------------------------------------------------- */

/* The keys of all phrases that begin at the first word of a text. */
static const struct row finds[] = {
	{"one", "amount", "amount:1"},
	{"longer", "Amount of fee", "amount:1 fee:3"},
	{"none", "fee amount", ""},
	{"currency", "EUR", "currency:1"},
	{"sign", "MX$", "currency:2"},
	{"blank", "korun \u010desk\u00fdch", "currency:2"},
	{"sentence", "you received money", "sentence:2"},
};

static void
test_finds(gconstpointer data)
{
	const struct row *row = data;
	struct labels *labels = labels_load_text("xx", "amount Amount\n"
	    "fee amount of fee\ncurrency EUR \u20ac\ncurrency MXN MX$\n"
	    "currency CZK korun_českých\n"
	    "sentence credit {payer} you received {amount}\n", NULL);
	g_autoptr(GString) got = g_string_new(NULL);
	unsigned node = LABELS_ROOT, depth = 0;
	struct lex_token token;
	uint32_t at = 0;

	for (lex_next(row->text, &at, &token); token.kind != LEX_END && node;
	    lex_next(row->text, &at, &token)) {
		node = labels_step(labels, node,
		    labels_word(labels, token.folded, token.length));
		depth++;
		for (const struct labels_entry *e = node ?
		    labels_first(labels, node) : NULL; e;
		    e = labels_next(labels, e))
			g_string_append_printf(got, "%s%s:%u",
			    got->len ? " " : "",
			    labels_key_name((enum labels_key)e->key), depth);
	}
	g_assert_cmpstr(got->str, ==, row->want);
	labels_free(labels);
}

/* The files of the project are without a fault. */
static void
test_files(void)
{
	g_autofree char *dir = g_build_filename(g_get_current_dir(), "parser",
	    "words", NULL);
	const char *dirs[] = {dir, NULL};
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct labels *labels = labels_load(dirs, problems);

	for (guint i = 0; i < problems->len; i++)
		g_test_message("%s", (char *)problems->pdata[i]);
	g_assert_cmpuint(problems->len, ==, 0);
	g_assert_cmpuint(labels_count_languages(labels), >, 0);
	labels_free(labels);
}

static void
add(const char *group, const struct row *rows, size_t count,
    GTestDataFunc test)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *path = g_strdup_printf("/labels/%s/%s",
		    group, rows[i].name);

		g_test_add_data_func(path, &rows[i], test);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("lines", lines, G_N_ELEMENTS(lines), test_lines);
	add("words", texts, G_N_ELEMENTS(texts), test_words);
	add("finds", finds, G_N_ELEMENTS(finds), test_finds);
	g_test_add_func("/labels/files", test_files);
	return g_test_run();
}
