/* What the owner answers to his digest, one row an answer. */
#include "../../filter/digest.h"

static const struct {
	const char *text, *said;
} rows[] = {
	{"", ""},
	{"ok 3", "ok 3"},
	{"OK 3.", "ok 3"},
	{"ok 3, 4 and 7", "ok 3|ok 4|ok 7"},
	{"ok 3 no 4", "ok 3|no 4"},
	{"ok [3] nein 4\nja 5", "ok 3|no 4|ok 5"},
	{"3 = INV-17", "3=INV-17"},
	{"3=INV-17, ok 4", "3=INV-17|ok 4"},
	{"ok 1 2 = 2026-5", "ok 1|2=2026-5"},
	{"ok 1, 2 = 2026-5", "ok 1|2=2026-5"},
	{"hold ACME 2 weeks", "hold ACME 14"},
	{"hold \"Acme Tools Ltd\" 10 days. Thanks",
	    "hold Acme Tools Ltd 10|? Thanks"},
	{"warten Müller GmbH 1 Monat", "hold Müller GmbH 30"},
	{"подождать ООО Ромашка 3 недели", "hold ООО Ромашка 21"},
	{"hold ACME", "? hold ACME"},
	{"hold ACME 900 weeks", "? hold ACME 900 weeks"},
	{"undo 2", "undo 2"},
	{"done 2 erledigt 3", "done 2|done 3"},
	{"да 1 нет 2 готово 3", "ok 1|no 2|done 3"},
	{"não 1 sim 2", "no 1|ok 2"},
	{"no, thank you", "? no, thank you"},
	{"Please ok 3 now", "? Please|ok 3|? now"},
	{"ok 0 ok -1 ok 99999", "? ok 0 ok -1 ok 99999"},
	{"= = =", "? = = ="},
	{"3 =", "? 3 ="},
};

static char *
show(const struct said_word *word)
{
	static const char *const names[] = {"ok", "no", "done", "undo"};

	switch (word->kind) {
	case SAID_INVOICE:
		return g_strdup_printf("%d=%s", word->number, word->subject);
	case SAID_HOLD:
		return g_strdup_printf("hold %s %d", word->subject,
		    word->days);
	case SAID_NOTHING:
		return g_strdup_printf("? %s", word->text);
	default:
		return g_strdup_printf("%s %d", names[word->kind],
		    word->number);
	}
}

static void
test_row(const void *data)
{
	size_t row = GPOINTER_TO_SIZE(data);
	g_autoptr(GPtrArray) said = owner_words_read(rows[row].text);
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < said->len; i++) {
		g_autofree char *one = show(said->pdata[i]);

		g_string_append_printf(all, "%s%s", i ? "|" : "", one);
	}
	g_assert_cmpstr(all->str, ==, rows[row].said);
}

/* Whatever he writes, no word is lost and none is made up. */
static void
test_random(void)
{
	static const char *const pieces[] = {"ok", "no", "3", "=", "INV-1",
	    "hold", "2", "weeks", "undo", "and", ",", "x", "\n", "„", "é"};

	for (int i = 0; i < 20000; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(GPtrArray) said = NULL;

		for (int n = g_random_int_range(0, 12); n > 0; n--)
			g_string_append_printf(text, "%s ",
			    pieces[g_random_int_range(0,
			    G_N_ELEMENTS(pieces))]);
		said = owner_words_read(text->str);
		for (guint k = 0; k < said->len; k++) {
			const struct said_word *word = said->pdata[k];

			g_assert_nonnull(word->text);
			g_assert_true((word->kind == SAID_HOLD ||
			    word->kind == SAID_NOTHING) ==
			    (word->number == 0));
			g_assert_true(word->kind != SAID_HOLD ||
			    (word->days > 0 && *word->subject));
		}
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/owner/%zu", i);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_row);
	}
	g_test_add_func("/owner/random", test_random);
	return g_test_run();
}
