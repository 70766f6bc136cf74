/*
 * Where the files of a letter come from: the user's folder first, a sound
 * file before a broken one, English at the end; and what the check finds.
 */
#include "../../templates/letter.h"
#include "../../templates/templates.h"

#include <string.h>

#define OURS "templates"

/* A file that the user has, and what comes of it. */
struct row {
	const char *language;
	const char *file, *text;	/* NULL: the user has none */
	const char *warning;		/* part of it; NULL: none */
	const char *want;		/* part of the message */
};

static const struct row rows[] = {
    {"en", NULL, NULL, NULL, "Subject: Thank you! Please disregard our"},
    {"EN-gb", NULL, NULL, NULL, "Dear Anna Whitfield,"},
    {"es", NULL, NULL, NULL, "Muchas gracias por su pago"},
    {"es-MX", NULL, NULL, NULL, "Muchas gracias por su pago"},
    {"xx", NULL, NULL, "xx/crossed: not there, the letter is in English",
        "Dear Anna Whitfield,"},
    {"../..", NULL, NULL, NULL, "Dear Anna Whitfield,"},
    {"", NULL, NULL, NULL, "Dear Anna Whitfield,"},
    {"en", "en/crossed", "Subject: Mine {{first.number}}\n\nWord.\n", NULL,
        "Subject: Mine 2026-0112\r\n"},
    {"en", "en/crossed", "Subject: Mine\r\n\r\nWord\\\r\nWord.\r\n", NULL,
        "Word\r\nWord.\r\n"},
    {"en", "en/crossed", "Subject: Mine\n\n{{#open}}\n",
        "en/crossed: left out: line 3: a section is not closed: open",
        "Please disregard our"},
    {"en", "en/crossed", "Hello\n", "left out: line 1: no \"Subject:\"",
        "Please disregard our"},
    {"en", "en/crossed", "Subject: \xff\n", "not UTF-8",
        "Please disregard our"},
    {"en", "en/crossed", "Subject: a\x01\n\nb", "control characters",
        "Please disregard our"},
    {"en", "en/crossed", "Subject: a\n\n{{nothing}}b",
        "en/crossed: no value for \"nothing\"", "\r\nb\r\n"},
    {"en", "en/crossed", "Subject: a\n\n{{> nothing}}b",
        "en/crossed: no value for \"nothing\"", "\r\nb\r\n"},
    {"en", "en/crossed", "Subject: a\n\n{{> ../../../etc/passwd}}b",
        "no value for", "\r\nb\r\n"},
    {"en", "en/mine", "{{> mine}}", NULL, "Please disregard our"},
    {"en", "en/greeting", "{{> greeting}}", "your own templates are left out:"
        " en/crossed: partials inside of partials", "Please disregard our"},
    {"en", "en/crossed", "Subject: {{! none }}\n\nb", "your own templates are "
        "left out: headers.Subject: it is empty", "Please disregard our"},
    {"en", "en/greeting", "Hi {{customer.greet}},\n", NULL,
        "Hi Anna Whitfield,"},
    {"en", "en/greeting", "{{#x}}", "en/greeting: left out",
        "Dear Anna Whitfield,"},
    {"es", "es/greeting", "{{#x}}", "es/greeting: left out",
        "Buenos d"},
    {"xx", "xx/crossed", "Subject: Danke\n\n{{> greeting}}\n\nDanke!\n",
        "xx/greeting: not there, taken from English", "Subject: Danke"},
    {"en", "layout.html", "<html>{{{body}}}</html>\n", NULL, "\r\n<html><p>"},
    {"en", "en/layout.html", "<html>{{{body}}}</html>\n", NULL,
        "\r\n<html><p>"},
    {"en", "layout.html", "<html>{{/x}}</html>\n", "layout.html: left out",
        "<div class=3D\"letter\""},
};

struct home {
	char *path;		/* the user's folder */
};

static void
write_file(const struct home *home, const char *file, const char *text)
{
	g_autofree char *path = g_build_filename(home->path, file, NULL);
	g_autofree char *folder = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
home_init(struct home *home)
{
	home->path = g_dir_make_tmp("mf-templates.XXXXXX", NULL);
	g_assert_nonnull(home->path);
}

static void
home_release(struct home *home)
{
	const char *const command[] = {"rm", "-rf", home->path, NULL};

	g_assert_true(g_spawn_sync(NULL, (char **)(size_t)command, NULL,
	    G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
	g_free(home->path);
}

static json_t *
crossed(const struct home *home, const char *language)
{
	json_t *sample = json_load_file(OURS "/sample.json", 0, NULL);
	json_t *letter = json_deep_copy(json_object_get(
	    json_object_get(sample, "letters"), "crossed"));

	json_object_set_new(letter, "language", json_string(language));
	json_object_set_new(
	    letter, "dirs", json_pack("[ss]", home->path, OURS));
	json_decref(sample);
	return letter;
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autofree char *warning = NULL, *why = NULL, *text = NULL;
	g_autoptr(GBytes) message = NULL;
	struct home home;
	json_t *letter;
	const char *bytes;
	gsize size;

	home_init(&home);
	if (row->file)
		write_file(&home, row->file, row->text);
	letter = crossed(&home, row->language);
	message = letter_render(letter, &warning, &why);
	g_assert_cmpstr(why, ==, NULL);
	if (!row->warning)
		g_assert_cmpstr(warning, ==, NULL);
	else if (!warning || !strstr(warning, row->warning))
		g_assert_cmpstr(warning, ==, row->warning);
	bytes = g_bytes_get_data(message, &size);
	text = g_strndup(bytes, size);
	if (!strstr(text, row->want))
		g_assert_cmpstr(text, ==, row->want);
	json_decref(letter);
	home_release(&home);
}

/* The labels: the user's over ours, English for what a language lacks. */
static void
test_words(void)
{
	g_autoptr(GString) warning = g_string_new(NULL);
	struct home home;
	struct source *source;
	json_t *words;

	home_init(&home);
	write_file(&home, "en/words", "# mine\niban: My IBAN\n\nnew: x: y\n");
	write_file(&home, "xx/words", "iban: Konto\n");
	source = source_new((const char *const[]){home.path, OURS, NULL}, "en",
	    NULL, warning);
	words = source_words(source);
	g_assert_cmpstr(json_string_value(json_object_get(words, "iban")), ==,
	    "My IBAN");
	g_assert_cmpstr(json_string_value(json_object_get(words, "new")), ==,
	    "x: y");
	g_assert_cmpstr(json_string_value(json_object_get(words, "bank")), ==,
	    "Bank");
	g_assert_cmpstr(warning->str, ==, "");
	json_decref(words);
	source_free(source);
	source = source_new((const char *const[]){home.path, OURS, NULL}, "xx",
	    NULL, warning);
	words = source_words(source);
	g_assert_cmpstr(json_string_value(json_object_get(words, "iban")), ==,
	    "Konto");
	g_assert_cmpstr(json_string_value(json_object_get(words, "bank")), ==,
	    "Bank");
	g_assert_nonnull(strstr(
	    warning->str, "xx/words: no \"bank\", taken from English\n"));
	json_decref(words);
	source_free(source);
	home_release(&home);
}

static void
test_no_templates(void)
{
	g_autofree char *warning = NULL, *why = NULL;
	struct home home;
	json_t *letter;

	home_init(&home);
	letter = crossed(&home, "en");
	json_object_set_new(letter, "dirs", json_pack("[s]", home.path));
	g_assert_null(letter_render(letter, &warning, &why));
	g_assert_cmpstr(why, ==, "no template \"crossed\" in en");
	json_decref(letter);
	home_release(&home);
}

/* ---- the check ------------------------------------------------------------------- */

struct finding {
	const char *file, *text;
	const char *want;	/* end of the one line; NULL: nothing */
};

static const struct finding findings[] = {
    {NULL, NULL, NULL},
    {"en/crossed", "Subject: {{regards.day}}\n\n{{> closing}}\n", NULL},
    {"en/crossed", "Subject: x\n\n{{regard.day}}\n",
        "en/crossed:3: \"regard.day\" is no name of a value"},
    {"es/receipt", "Subject: x\n{{#many}}{{word.nothing}}{{/many}}\n",
        "es/receipt:2: no label \"nothing\" in words"},
    {"en/crossed", "Subject: x\n\n{{> closin}}\n",
        "en/crossed:3: no file \"closin\""},
    {"en/crossed", "Subject: x\n\n{{{owner.name}}}\n",
        "en/crossed:3: \"owner.name\" would not be escaped"},
    {"en/crossed", "x\n", "en/crossed:1: no \"Subject:\""},
    {"en/mine", "{{#x}}", "en/mine:1: a section is not closed: x"},
    {"pay.txt", "{{pay.ibann}}",
        "pay.txt:1: \"pay.ibann\" is no name of a value"},
    {"en/crossed~", "x\n", NULL},
    {"README", "x\n", NULL},
};

static void
test_finding(const void *data)
{
	const struct finding *row = data;
	g_auto(GStrv) lines = NULL;
	struct home home;

	home_init(&home);
	if (row->file)
		write_file(&home, row->file, row->text);
	lines = templates_check((const char *const[]){home.path, OURS, NULL});
	if (!row->want) {
		g_assert_cmpstr(lines[0], ==, NULL);
	} else {
		g_assert_nonnull(lines[0]);
		g_assert_true(g_str_has_suffix(lines[0], row->want));
		g_assert_cmpstr(lines[1], ==, NULL);
	}
	home_release(&home);
}

/* A new language with one file: every other one is named. */
static void
test_incomplete(void)
{
	g_auto(GStrv) lines = NULL;
	g_autofree char *all = NULL;
	struct home home;

	home_init(&home);
	write_file(&home, "xx/words", "iban: IBAN\n");
	lines = templates_check((const char *const[]){home.path, OURS, NULL});
	all = g_strjoinv("\n", lines);
	g_assert_nonnull(strstr(all, "xx/reminder.firm: not there, English"));
	g_assert_nonnull(strstr(all, "xx/words: no \"bank\""));
	g_assert_null(strstr(all, "xx/words: no \"iban\""));
	home_release(&home);
}

#define ADD(table, function) \
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) { \
		g_autofree char *name = g_strdup_printf( \
		    "/templates/" #table "/%zu", i); \
		g_test_add_data_func(name, &table[i], function); \
	}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD(rows, test_row)
	ADD(findings, test_finding)
	g_test_add_func("/templates/words", test_words);
	g_test_add_func("/templates/no templates", test_no_templates);
	g_test_add_func("/templates/incomplete language", test_incomplete);
	return g_test_run();
}
