/*
 * source.c - finds and reads the files of a language: the user's folder before
 * ours, the language before what all languages share, English at the end. A
 * file that is not sound is left out, with a warning, and the next is taken.
 */
#include "letter.h"
#include "mustache.h"

#include <string.h>

#define MAX_FILE (256 * 1024)
#define FALLBACK "en"
#define SUBJECT "Subject:"
#define COUNT "n_"		/* labels of counts */

struct source {
	bool kept;		/* lives to the end: templates_keep() */
	const char *const *dirs;
	char *language;		/* "de" */
	char *region;		/* "de-at", a folder that is there, or NULL */
	struct language *habits;	/* NULL: not asked for yet */
	GHashTable *read;	/* name -> text or "" for none */
	json_t *words;		/* NULL: not asked for yet */
	GString *warning;
};

G_GNUC_PRINTF(2, 3)
static void
warn(const struct source *source, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_string_append_vprintf(source->warning, format, arguments);
	g_string_append_c(source->warning, '\n');
	va_end(arguments);
}

/* A name stays inside of its folder. */
static bool
is_file_name(const char *name)
{
	return *name && *name != '.' &&
	    !name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")];
}

/* Line ends are "\n"; a backslash before one becomes the mark that keeps it. */
static char *
normalise(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++) {
		if (*text == '\r' && text[1] == '\n')
			continue;
		if (*text == '\\' &&
		    (text[1] == '\n' || (text[1] == '\r' && text[2] == '\n')))
			g_string_append(out, KEPT_BREAK);
		else
			g_string_append_c(out, *text);
	}
	return g_string_free(out, FALSE);
}

static bool
is_sound(const char *text, gsize length, bool is_letter, char **why)
{
	g_autofree char *plain = NULL;
	g_autoptr(GPtrArray) nodes = NULL;

	if (length > MAX_FILE)
		*why = g_strdup("the file is too long");
	else if (strlen(text) != length || !g_utf8_validate(text, -1, NULL))
		*why = g_strdup("the file is not UTF-8 text");
	else if (is_letter && !g_str_has_prefix(text, SUBJECT))
		*why = g_strdup("line 1: no \"Subject:\"");
	if (*why)
		return false;
	plain = g_strdelimit(g_strdup(text), "\t\r", ' ');
	if (!text_is_clean(plain, true)) {
		*why = g_strdup("the file holds control characters");
		return false;
	}
	nodes = mustache_parse(text, why);
	return nodes != NULL;
}

char *
source_load(const char *path, bool is_letter, char **why)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	gsize length;

	*why = NULL;
	if (!g_file_get_contents(path, &text, &length, &error)) {
		*why = g_strdup(error->message);
		return NULL;
	}
	return is_sound(text, length, is_letter, why) ? normalise(text) : NULL;
}

const char *
source_split(const char *letter, char **subject)
{
	const char *start = letter + strlen(SUBJECT);
	size_t length = strcspn(start, "\n");

	*subject = g_strstrip(g_strndup(start, length));
	return start + length;
}

/* The file dir/folder/name when it is there and sound, or NULL. */
static char *
read_one(struct source *source, const char *dir, const char *folder,
    const char *name, bool is_letter)
{
	g_autofree char *path = g_build_filename(dir, folder, name, NULL);
	g_autofree char *why = NULL;
	char *text;

	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return NULL;
	text = source_load(path, is_letter, &why);
	if (!text)
		warn(source, "%s: left out: %s", path, why);
	return text;
}

/* The first of them; in each of the folders the region's before its
 * language's. */
static char *
read_first(struct source *source, const char *folder, const char *name,
    bool is_letter)
{
	char *text = NULL;
	bool region = source->region && !strcmp(folder, source->language);

	for (const char *const *dir = source->dirs; *dir && !text; dir++) {
		if (region)
			text = read_one(source, *dir, source->region, name,
			    is_letter);
		if (!text)
			text = read_one(source, *dir, folder, name, is_letter);
	}
	return text;
}

/* A file of the language, as the language spells it. */
static char *
read_own(struct source *source, const char *name, bool is_letter)
{
	g_autofree char *text = read_first(
	    source, source->language, name, is_letter);

	return text ? spelling_template(source_habits(source), text) : NULL;
}

static char *
read_any(struct source *source, const char *name)
{
	char *text = read_own(source, name, false);

	if (!text)
		text = read_first(source, "", name, false);
	if (!text && strcmp(source->language, FALLBACK) != 0) {
		text = read_first(source, FALLBACK, name, false);
		if (text)
			warn(source, "%s/%s: not there, taken from English",
			    source->language, name);
	}
	return text;
}

const char *
source_read(struct source *source, const char *name, const char *extension)
{
	g_autofree char *file = g_strconcat(name, extension, NULL);
	char *text;

	if (!is_file_name(file))
		return NULL;
	text = g_hash_table_lookup(source->read, file);
	if (!text) {
		text = read_any(source, file);
		if (!text)
			text = g_strdup("");
		g_hash_table_insert(source->read, g_strdup(file), text);
	}
	return *text ? text : NULL;
}

/* The folder of the country's own habits, when there is one. */
static char *
find_region(const char *const *dirs, const char *language)
{
	g_autofree char *name = g_ascii_strdown(language, -1);

	g_strdelimit(name, "_", '-');
	if (!strchr(name, '-') || !is_file_name(name))
		return NULL;
	for (; *dirs; dirs++) {
		g_autofree char *path = g_build_filename(*dirs, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			return g_steal_pointer(&name);
	}
	return NULL;
}

static void
use_english(struct source *source)
{
	g_free(source->language);
	g_clear_pointer(&source->region, g_free);
	g_clear_pointer(&source->habits, language_free);
	source->language = g_strdup(FALLBACK);
}

/* dirs are borrowed. */
static struct source *
make_source(const char *const *dirs, const char *language, const char *letter,
    GString *warning)
{
	struct source *source = g_new0(struct source, 1);
	char *text;

	source->dirs = dirs;
	source->warning = warning;
	source->read = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, g_free);
	source->language = g_ascii_strdown(
	    language, (gssize)strcspn(language, "-_"));
	source->region = find_region(dirs, language);
	if (!is_file_name(source->language))
		use_english(source);
	if (!letter)
		return source;
	text = read_own(source, letter, true);
	if (!text && strcmp(source->language, FALLBACK) != 0) {
		warn(source, "%s/%s: not there, the letter is in English",
		    source->language, letter);
		use_english(source);
		text = read_own(source, letter, true);
	}
	if (text)
		g_hash_table_insert(source->read, g_strdup(letter), text);
	return source;
}

static void
destroy(void *data)
{
	struct source *source = data;

	if (source->kept)
		g_strfreev((char **)(size_t)source->dirs);
	g_hash_table_unref(source->read);
	json_decref(source->words);
	language_free(source->habits);
	g_free(source->region);
	g_free(source->language);
	g_free(source);
}

/* ---- many letters: what was read is kept -------------------------------------- */

#define MAX_KEPT 400	/* sources; more than languages times letters */

static GHashTable *kept;	/* folders, language, letter -> struct source */

void
templates_keep(void)
{
	if (!kept)
		kept = g_hash_table_new_full(
		    g_str_hash, g_str_equal, g_free, destroy);
}

struct source *
source_new(const char *const *dirs, const char *language, const char *letter,
    GString *warning)
{
	g_autofree char *folders = NULL, *key = NULL;
	struct source *source;

	if (!kept)
		return make_source(dirs, language, letter, warning);
	folders = g_strjoinv("\n", (char **)(size_t)dirs);
	key = g_strdup_printf("%s\n%s\n%s", folders, language,
	    letter ? letter : "");
	source = g_hash_table_lookup(kept, key);
	if (source) {
		source->warning = warning;
		return source;
	}
	if (g_hash_table_size(kept) >= MAX_KEPT)
		return make_source(dirs, language, letter, warning);
	source = make_source((const char *const *)g_strdupv(
	    (char **)(size_t)dirs), language, letter, warning);
	source->kept = true;
	g_hash_table_insert(kept, g_steal_pointer(&key), source);
	return source;
}

void
source_free(struct source *source)
{
	if (source && !source->kept)
		destroy(source);
}

const char *
source_language(const struct source *source)
{
	return source->language;
}

char *
source_tag(const struct source *source)
{
	const char *dash = source->region ? strchr(source->region, '-') : NULL;
	g_autofree char *country = dash ? g_ascii_strup(dash, -1) : NULL;

	return g_strconcat(source->language, country, NULL);
}

/* ---- labels ------------------------------------------------------------------- */

/* Without these marks an amount or a day would be lost on its way. */
static const struct {
	const char *name, *marks[3];
} patterns[] = {{"money", {"@1", "@2"}}, {"money_code", {"@1", "@2"}},
    {"percent", {"@1"}}, {"day", {"@1", "@2", "@3"}}, {"time", {"@1", "@2"}}};

static const char *
missing_mark(const char *name, const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
		for (size_t j = 0; !strcmp(patterns[i].name, name) &&
		    j < G_N_ELEMENTS(patterns[i].marks) &&
		    patterns[i].marks[j]; j++)
			if (!strstr(text, patterns[i].marks[j]))
				return patterns[i].marks[j];
	return !strcmp(name, "decimal") && !*text ? "a mark" : NULL;
}

static void
add_words(const struct source *source, json_t *words, const char *path,
    const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++) {
		char *colon = strchr(*line, ':');
		const char *name, *lacking = NULL;

		if (!colon || **line == '#')
			continue;
		*colon = '\0';
		name = g_strstrip(*line);
		g_strstrip(colon + 1);
		if (g_str_has_suffix(path, "/format"))
			lacking = missing_mark(name, colon + 1);
		if (lacking)
			warn(source, "%s:%d: left out: %s without %s", path,
			    (int)(line - lines) + 1, name, lacking);
		else
			json_object_set_new(
			    words, name, json_string(colon + 1));
	}
}

static void
add_file(const struct source *source, json_t *words, const char *dir,
    const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(dir, folder, name, NULL);
	g_autofree char *why = NULL;
	g_autofree char *text = NULL;

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return;
	text = source_load(path, false, &why);
	if (text)
		add_words(source, words, path, text);
	else
		warn(source, "%s: left out: %s", path, why);
}

/* Ours first, so that the user's come over them. */
static json_t *
lines_of(const struct source *source, const char *language, const char *name)
{
	json_t *words = json_object();
	bool region = source->region && !strcmp(language, source->language);

	for (guint i = g_strv_length((char **)(size_t)source->dirs); i; i--) {
		add_file(source, words, source->dirs[i - 1], language, name);
		if (region)
			add_file(source, words, source->dirs[i - 1],
			    source->region, name);
	}
	return words;
}

json_t *
source_lines(const struct source *source, const char *name)
{
	return lines_of(source, source->language, name);
}

/* As the language spells them. */
static void
spell(struct source *source, json_t *words)
{
	const char *name;
	json_t *text;

	json_object_foreach(words, name, text) {
		g_autofree char *blanks = language_blanks(
		    json_string_value(text));
		g_autofree char *spelt = spelling_template(
		    source_habits(source), blanks);

		json_string_set(text, spelt);
	}
}

static json_t *
read_words(struct source *source)
{
	json_t *words = source_lines(source, "words");
	json_t *english, *text;
	const char *name;

	spell(source, words);
	if (!strcmp(source->language, FALLBACK))
		return words;
	english = lines_of(source, FALLBACK, "words");
	json_object_foreach(english, name, text) {
		if (json_object_get(words, name) ||
		    g_str_has_prefix(name, COUNT))
			continue;
		warn(source, "%s/words: no \"%s\", taken from English",
		    source->language, name);
		json_object_set(words, name, text);
	}
	json_decref(english);
	return words;
}

json_t *
source_words(struct source *source)
{
	if (!source->words)
		source->words = read_words(source);
	return json_incref(source->words);
}

const struct language *
source_habits(struct source *source)
{
	json_t *format, *salutation, *words;

	if (source->habits)
		return source->habits;
	format = source_lines(source, "format");
	salutation = source_lines(source, "salutation");
	words = source_lines(source, "words");
	if (!json_object_size(format)) {
		warn(source, "%s/format: not there, taken from English",
		    source->language);
		json_decref(format);
		format = lines_of(source, FALLBACK, "format");
	}
	source->habits = language_new(format, salutation, words);
	json_decref(format);
	json_decref(salutation);
	json_decref(words);
	return source->habits;
}
