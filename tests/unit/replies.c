/*
 * replies.c - what customers write, in eight languages: every row of
 * tests/replies/LANG.rows ("INTENT [DAY] | TEXT", written on Sunday, 22
 * November 2026) and a matrix of how they were understood. With names of files
 * it prints the matrix of those alone.
 */
#include <string.h>

#include "../../parser/parser.h"
#include "../../parser/words.h"

#define TODAY "2026-11-22"

static struct words *words;

struct row {
	char *name, *file, *intent, *day, *text;
};

static const char *const intents[] = {"paid-claim", "promise", "dispute",
    "instalments", "stop", "copy", "statement", "other"};
#define INTENTS G_N_ELEMENTS(intents)

static size_t
index_of(const char *intent)
{
	for (size_t i = 0; i < INTENTS; i++)
		if (strcmp(intents[i], intent) == 0)
			return i;
	g_error("no intent: %s", intent);
}

/* ---- rows --------------------------------------------------------------------- */

static void
free_row(gpointer data)
{
	struct row *row = data;

	g_free(row->name);
	g_free(row->file);
	g_free(row->intent);
	g_free(row->day);
	g_free(row->text);
	g_free(row);
}

static struct row *
read_row(const char *line, const char *path, unsigned number)
{
	const char *bar = strstr(line, " | ");
	g_autofree char *head = bar ? g_strndup(line, (gsize)(bar - line)) :
	    NULL;
	g_auto(GStrv) parts = head ? g_strsplit(head, " ", -1) : NULL;
	g_autofree char *base = g_path_get_basename(path);
	struct row *row;

	if (!bar || *line == '#')
		return NULL;
	row = g_new0(struct row, 1);
	row->file = g_strdup(base);
	row->name = g_strdup_printf("/replies/%s/%u", base, number);
	row->intent = g_strdup(parts[0]);
	row->day = g_strdup(parts[1]);
	row->text = g_strcompress(bar + 3);
	return row;
}

static GPtrArray *
read_rows(const char *path)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		g_error("cannot read %s", path);
	lines = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; lines[i]; i++) {
		struct row *row = read_row(lines[i], path, i + 1);

		if (row)
			g_ptr_array_add(rows, row);
	}
	return rows;
}

static void
test_row(gconstpointer data)
{
	const struct row *row = data;
	struct meaning meaning;
	char day[DAY_SIZE] = "";

	words_read(words, row->text, day_number(TODAY), &meaning);
	g_test_message("%s: %s", row->text, meaning.intents);
	g_assert_cmpstr(meaning.intent, ==, row->intent);
	if (row->day) {
		int32_t number = strcmp(row->intent, "paid-claim") == 0 ?
		    meaning.paid_on : meaning.until;

		if (number != G_MININT32)
			day_text(number, day);
		g_assert_cmpstr(day, ==, row->day);
	}
	meaning_clear(&meaning);
}

/* ---- the matrix ---------------------------------------------------------------- */

/* Rows are what was meant, columns what was understood and sure. */
static void
print_matrix(GPtrArray *rows, const char *title, bool misses)
{
	unsigned count[INTENTS][INTENTS] = {{0}}, right = 0;

	for (guint i = 0; i < rows->len; i++) {
		const struct row *row = rows->pdata[i];
		struct meaning meaning;

		words_read(words, row->text, day_number(TODAY), &meaning);
		count[index_of(row->intent)][index_of(meaning.intent)]++;
		if (strcmp(row->intent, meaning.intent) == 0)
			right++;
		else if (misses)
			g_print("# %s is %s (%s, %s %s): %s\n", row->intent,
			    meaning.intent, meaning.certainty,
			    meaning.language, meaning.intents, row->text);
		meaning_clear(&meaning);
	}
	g_print("# %s: %u of %u\n#%12s", title, right, rows->len, "");
	for (size_t i = 0; i < INTENTS; i++)
		g_print(" %5.5s", intents[i]);
	g_print("\n");
	for (size_t i = 0; i < INTENTS; i++) {
		g_print("#%12s", intents[i]);
		for (size_t k = 0; k < INTENTS; k++)
			g_print(" %5u", count[i][k]);
		g_print("\n");
	}
}

int
main(int argc, char **argv)
{
	static const char *const dirs[] = {"parser/words", NULL};
	static const char *const languages[] = {"en", "es", "ru", "de", "fr",
	    "nl", "pt", "it"};
	g_autoptr(GPtrArray) kept =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	int code;

	words = words_load(dirs, problems);
	for (guint i = 0; i < problems->len; i++)
		g_print("# %s\n", (char *)problems->pdata[i]);
	if (argc > 1 && *argv[1] != '-') {
		for (int i = 1; i < argc; i++) {
			g_autoptr(GPtrArray) rows = read_rows(argv[i]);

			print_matrix(rows, argv[i], true);
		}
		return 0;
	}
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
		g_autofree char *path = g_strdup_printf(
		    "tests/replies/%s.rows", languages[i]);
		GPtrArray *rows = read_rows(path);

		g_ptr_array_add(kept, rows);
		print_matrix(rows, languages[i], false);
		for (guint k = 0; k < rows->len; k++)
			g_test_add_data_func(((struct row *)
			    rows->pdata[k])->name, rows->pdata[k], test_row);
	}
	g_assert_cmpuint(problems->len, ==, 0);
	code = g_test_run();
	words_free(words);
	return code;
}
