/*
 * whendays.c - days in words, in eight languages: every cell of
 * tests/replies/days.rows, said on Sunday, 22 November 2026.
 */
#include <string.h>

#include "../../parser/parser.h"
#include "../../parser/when.h"
#include "../../parser/words.h"

static struct words *words;
static const char *const languages[] = {"en", "de", "fr", "es", "it", "pt",
    "nl", "ru"};

struct cell {
	char *language, *text, *expected, *name;
	bool future;
};

static char *
span_text(const struct day_span *span)
{
	char from[DAY_SIZE], to[DAY_SIZE];

	if (span->from == G_MININT32)
		return g_strdup("none");
	day_text(span->from, from);
	day_text(span->to, to);
	return g_strdup_printf("%s %s", from, to);
}

static void
test_cell(gconstpointer data)
{
	const struct cell *cell = data;
	struct tongue *language = words_language(words, cell->language);
	struct tokens *tokens = tokens_read(cell->text);
	GArray *whens = when_find(language, tokens, day_number("2026-11-22"));
	const struct when *when = whens->len ?
	    &g_array_index(whens, struct when, 0) : NULL;
	g_autofree char *found = !when ? g_strdup("none") :
	    span_text(cell->future ? &when->future : &when->past);

	g_test_message("%s: %s", cell->language, cell->text);
	g_assert_cmpstr(found, ==, cell->expected);
	g_array_unref(whens);
	tokens_free(tokens);
}

static void
add_line(const char *line, unsigned number)
{
	g_auto(GStrv) parts = g_strsplit(line, " | ", -1);

	g_assert_cmpuint(g_strv_length(parts), ==, 9);
	for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
		struct cell *cell = g_new0(struct cell, 1);

		cell->language = g_strdup(languages[i]);
		cell->text = g_strdup(parts[i + 1]);
		cell->expected = g_strdup(parts[0] + 2);
		cell->future = *parts[0] == '+';
		cell->name = g_strdup_printf("/days/%u/%s", number,
		    languages[i]);
		g_test_add_data_func(cell->name, cell, test_cell);
	}
}

int
main(int argc, char **argv)
{
	static const char *const dirs[] = {"parser/words", NULL};
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	int code;

	words = words_load(dirs, NULL);
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	if (!g_file_get_contents("tests/replies/days.rows", &text, NULL, NULL))
		g_error("no tests/replies/days.rows");
	lines = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; lines[i]; i++)
		if (*lines[i] == '+' || *lines[i] == '-')
			add_line(lines[i], i + 1);
	code = g_test_run();
	words_free(words);
	return code;
}
