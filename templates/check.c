/*
 * check.c - looks at every template before a letter needs it: does it
 * compile, does each name mean something, has each language each file?
 */
#include "letter.h"
#include "mustache.h"
#include "templates.h"

#include <string.h>

#define FALLBACK "en"

/* What a language consists of. */
static const struct {
	const char *name;
	bool is_letter;
} files[] = {{"invoice", true}, {"reminder.friendly", true},
    {"reminder.understanding", true}, {"reminder.firm", true},
    {"receipt", true}, {"crossed", true}, {"copy", true},
    {"statement", true}, {"inquiry", true}, {"offer", true},
    {"agreement", true}, {"instalment", true}, {"credit-note", true},
    {"digest", true}, {"greeting", false},
    {"reply", false}, {"charges", false}, {"terms", false},
    {"closing", false}, {"format", false}, {"salutation", false},
    {"units", false}, {"words", false}};

/* Files of lines "name: text". */
static const char *const tables[] = {
    "countries", "format", "salutation", "units", "words", NULL};

/* Names in format that a language may do without. */
static const char *const optional[] = {"symbol.", "plural.", "spell.",
    "article.", "grouping_sizes", "grouped_from", NULL};

struct check {
	const char *const *dirs;
	GPtrArray *lines;	/* what was found */
	json_t *words;		/* the English labels */
	const char *path;	/* of the file being looked at */
	bool is_layout;
};

G_GNUC_PRINTF(2, 3)
static void
found(struct check *check, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_ptr_array_add(check->lines, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

/* "line 3: reason" of a file becomes "FILE:3: reason". */
static void
found_broken(struct check *check, const char *why)
{
	const char *rest = why;
	guint64 line = 0;

	if (g_str_has_prefix(why, "line ")) {
		char *end;

		line = g_ascii_strtoull(why + strlen("line "), &end, 10);
		rest = end + strspn(end, ": ");
	}
	if (line)
		found(check, "%s:%u: %s", check->path, (unsigned)line, rest);
	else
		found(check, "%s: %s", check->path, why);
}

static void
check_name(struct check *check, const struct mustache_node *node)
{
	g_auto(GStrv) parts = g_strsplit(node->text, ".", -1);

	if (!strcmp(node->text, "."))
		return;
	if (parts[1] && !strcmp(parts[0], "word")) {
		if (!json_object_get(check->words, parts[1]))
			found(check, "%s:%u: no label \"%s\" in words",
			    check->path, node->line, parts[1]);
		return;
	}
	for (char **part = parts; *part; part++) {
		if (values_is_known(*part))
			continue;
		found(check, "%s:%u: \"%s\" is no name of a value",
		    check->path, node->line, node->text);
		return;
	}
}

/* Is a partial there, for both parts of the mail, in any of the folders? */
static bool
has_partial(const struct check *check, const char *language, const char *name)
{
	static const char *const pairs[][2] = {{"", ""}, {".txt", ".html"}};
	const char *const folders[] = {language, "", FALLBACK};
	int seen = 0;

	for (size_t pair = 0; pair < 2; pair++)
		for (size_t side = 0; side < 2; side++) {
			bool there = false;

			for (size_t i = 0; i < 3 * g_strv_length(
			    (char **)(size_t)check->dirs); i++) {
				g_autofree char *path = g_strconcat(
				    check->dirs[i / 3], "/", folders[i % 3],
				    "/", name, pairs[pair][side], NULL);
				there = there || g_file_test(
				    path, G_FILE_TEST_IS_REGULAR);
			}
			seen += there;
		}
	return seen >= 2;
}

static void
check_nodes(struct check *check, const char *language, const GPtrArray *nodes)
{
	for (guint i = 0; i < nodes->len; i++) {
		const struct mustache_node *node = g_ptr_array_index(nodes, i);

		if (node->kind == MUSTACHE_TEXT)
			continue;
		if (node->kind != MUSTACHE_PARTIAL)
			check_name(check, node);
		else if (!has_partial(check, language, node->text))
			found(check, "%s:%u: no file \"%s\"",
			    check->path, node->line, node->text);
		if (node->kind == MUSTACHE_RAW && !check->is_layout)
			found(check, "%s:%u: \"%s\" would not be escaped",
			    check->path, node->line, node->text);
		if (node->children)
			check_nodes(check, language, node->children);
	}
}

static void
check_file(struct check *check, const char *language, const char *path,
    bool is_letter)
{
	g_autofree char *why = NULL;
	g_autofree char *text = source_load(path, is_letter, &why);
	g_autoptr(GPtrArray) nodes = NULL;

	check->path = path;
	check->is_layout = g_str_has_suffix(path, "/layout.html") ||
	    g_str_has_suffix(path, ".page");
	if (text)
		nodes = mustache_parse(text, &why);
	if (nodes)
		check_nodes(check, language, nodes);
	else
		found_broken(check, why);
}

static bool
is_letter(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		if (files[i].is_letter && !strcmp(files[i].name, name))
			return true;
	return false;
}

static bool
is_template(const char *name, bool in_language)
{
	return *name != '.' && !g_str_has_suffix(name, "~") &&
	    (g_str_has_suffix(name, ".txt") ||
	        g_str_has_suffix(name, ".html") ||
	        g_str_has_suffix(name, ".page") ||
	        (in_language && !g_strv_contains(tables, name)));
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted names in a folder; never NULL. */
static GPtrArray *
names_in(const char *folder)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir)))
		g_ptr_array_add(names, g_strdup(name));
	if (dir)
		g_dir_close(dir);
	g_ptr_array_sort(names, by_name);
	return names;
}

static void
check_folder(struct check *check, const char *folder, const char *language)
{
	g_autoptr(GPtrArray) names = names_in(folder);

	for (guint i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
		    is_template(name, *language != '\0'))
			check_file(check, language, path, is_letter(name));
	}
}

/* Every language that has a folder somewhere has every file somewhere. */
static void
check_complete(struct check *check, const char *language)
{
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		bool there = false;

		for (const char *const *dir = check->dirs; *dir; dir++) {
			g_autofree char *path = g_build_filename(
			    *dir, language, files[i].name, NULL);
			there = there ||
			    g_file_test(path, G_FILE_TEST_IS_REGULAR);
		}
		if (!there)
			found(check, "%s/%s: not there, English is used",
			    language, files[i].name);
	}
}

static bool
is_found(const struct check *check, const char *line)
{
	for (guint i = 0; i < check->lines->len; i++)
		if (!strcmp(check->lines->pdata[i], line))
			return true;
	return false;
}

static void
check_words(struct check *check, const char *language)
{
	g_autoptr(GString) warning = g_string_new(NULL);
	struct source *source = source_new(
	    check->dirs, language, NULL, warning);
	g_auto(GStrv) lines = NULL;

	json_decref(source_words(source));
	source_habits(source);
	lines = g_strsplit(warning->str, "\n", -1);
	for (char **line = lines; *line; line++)
		if (**line)
			if (!is_found(check, *line))
				found(check, "%s", *line);
	source_free(source);
}

/* The names that a file has in English and not in the language, but for those
 * that begin with one of these. */
static void
check_lines(struct check *check, const char *language, const char *file,
    const char *const *but)
{
	g_autoptr(GString) unused = g_string_new(NULL);
	struct source *ours = source_new(
	    check->dirs, language, NULL, unused);
	struct source *english = source_new(
	    check->dirs, FALLBACK, NULL, unused);
	json_t *lines = source_lines(ours, file), *text;
	json_t *wanted = source_lines(english, file);
	const char *name;

	json_object_foreach(wanted, name, text) {
		bool left_out = json_object_get(lines, name);

		for (size_t i = 0; but[i]; i++)
			left_out = left_out || g_str_has_prefix(name, but[i]);
		if (!left_out && json_object_size(lines))
			found(check, "%s/%s: no \"%s\"", language, file, name);
	}
	json_decref(lines);
	json_decref(wanted);
	source_free(ours);
	source_free(english);
}

/* Each count has a label for each plural of the language. */
static void
check_counts(struct check *check, const char *language)
{
	g_autoptr(GString) unused = g_string_new(NULL);
	struct source *source = source_new(
	    check->dirs, language, NULL, unused);
	g_auto(GStrv) plurals = g_strsplit(language_text(
	    source_habits(source), "plural", "other"), " ", -1);
	json_t *lines = source_lines(source, "words"), *text;
	const char *name;

	json_object_foreach(check->words, name, text) {
		g_autofree char *stem = g_str_has_suffix(name, ".other") ?
		    g_strndup(name, strlen(name) - strlen("other")) : NULL;

		for (char **plural = plurals; stem && *plural; plural++) {
			g_autofree char *key = g_strconcat(stem, *plural, NULL);

			if (!json_object_get(lines, key))
				found(check, "%s/words: no \"%s\"", language,
				    key);
		}
	}
	json_decref(lines);
	source_free(source);
}

static bool
is_language(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	size_t length = strlen(name);

	return (length == 2 || length == 3) &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyz") == length &&
	    g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* "de-at": what a country writes otherwise. */
static bool
is_region(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	const char *dash = strchr(name, '-');

	return dash && dash != name &&
	    !name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] &&
	    g_file_test(path, G_FILE_TEST_IS_DIR);
}

char **
templates_check(const char *const *dirs)
{
	struct check check = {dirs, g_ptr_array_new(), NULL, NULL, false};
	g_autoptr(GHashTable) seen = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, NULL);
	struct source *english;
	GString *unused = g_string_new(NULL);

	english = source_new(dirs, FALLBACK, NULL, unused);
	check.words = source_words(english);
	if (!json_object_size(check.words))
		found(&check, "%s/words: no labels found", FALLBACK);
	for (const char *const *dir = dirs; *dir; dir++) {
		g_autoptr(GPtrArray) names = names_in(*dir);

		check_folder(&check, *dir, "");
		for (guint i = 0; i < names->len; i++) {
			const char *name = g_ptr_array_index(names, i);
			g_autofree char *folder = g_build_filename(
			    *dir, name, NULL);

			if (is_language(*dir, name) || is_region(*dir, name))
				check_folder(&check, folder, name);
			if (!is_language(*dir, name))
				continue;
			if (!g_hash_table_add(seen, g_strdup(name)))
				continue;
			check_complete(&check, name);
			check_words(&check, name);
			check_lines(&check, name, "format", optional);
			check_counts(&check, name);
		}
	}
	source_free(english);
	g_string_free(unused, TRUE);
	json_decref(check.words);
	g_ptr_array_add(check.lines, NULL);
	return (char **)g_ptr_array_free(check.lines, FALSE);
}
