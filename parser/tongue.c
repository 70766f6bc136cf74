/*
 * tongue.c - keeps the lines of a language by key and compiles a key's
 * patterns when they are first asked for: most mails need few of them.
 */
#include "tongue.h"

#include <stdint.h>
#include <string.h>

#include "words.h"

struct key_lines {
	GPtrArray *raw;		/* char *, borrowed: what stands behind the key */
	GPtrArray *patterns;	/* struct idiom, once compiled */
};

struct tongue {
	char *name;
	GHashTable *keys;	/* char * to struct key_lines */
	GHashTable *sets;	/* char * to char * */
	GHashTable *common;	/* folded words, once asked for */
	const char *last_key;	/* of the line added last, and its lines */
	struct key_lines *last;
};

static const struct {
	const char *key;
	bool has_value;		/* a word in front of the patterns */
} known[] = {
	/* what is meant; with "?" behind it, what may be meant */
	{"paid-claim", false}, {"promise", false}, {"dispute", false},
	{"instalments", false}, {"stop", false}, {"copy", false},
	{"statement", false}, {"accept", false}, {"paid-claim?", false}, {"promise?", false},
	{"dispute?", false}, {"instalments?", false}, {"stop?", false},
	{"copy?", false}, {"statement?", false},
	/* what makes it doubtful, by intent */
	{"void-paid-claim", false}, {"void-promise", false},
	{"void-dispute", false}, {"void-instalments", false},
	{"void-stop", false}, {"void-copy", false},
	{"void-statement", false}, {"unpaid", false},
	/* of clauses */
	{"not", false}, {"ask", false}, {"if", false}, {"says", false},
	{"maybe", false}, {"cut", false}, {"and", false}, {"that", false},
	{"skip", false}, {"common", false}, {"set", true},
	/* of automatic answers */
	{"away", false}, {"left", false}, {"ticket", false},
	{"back", false},
	/* facts */
	{"method", true}, {"reference", false}, {"dated", false},
	/* days */
	{"day", true}, {"number", true}, {"weekday", true}, {"month", true},
	{"after", false}, {"ordinal", false}, {"order", false},
};

bool
tongue_knows_key(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (strcmp(known[i].key, key) == 0)
			return true;
	return false;
}

static bool
key_has_value(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (strcmp(known[i].key, key) == 0)
			return known[i].has_value;
	return false;
}

/* ---- life -------------------------------------------------------------------------- */

static void
free_pattern(gpointer pattern)
{
	idiom_free(pattern);
}

static void
free_lines(gpointer data)
{
	struct key_lines *lines = data;

	g_ptr_array_unref(lines->raw);
	if (lines->patterns)
		g_ptr_array_unref(lines->patterns);
	g_free(lines);
}

struct tongue *
tongue_new(const char *name)
{
	struct tongue *language = g_new0(struct tongue, 1);

	language->name = g_strdup(name);
	language->keys = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, free_lines);
	language->sets = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, g_free);
	return language;
}

void
tongue_free(struct tongue *language)
{
	if (!language)
		return;
	g_hash_table_unref(language->keys);
	g_hash_table_unref(language->sets);
	if (language->common)
		g_hash_table_unref(language->common);
	g_free(language->name);
	g_free(language);
}

const char *
tongue_name(const struct tongue *language)
{
	return language->name;
}

/* ---- lines ------------------------------------------------------------------------- */

/* "NAME word|word other" as one more set, or more of it. */
static void
add_set(struct tongue *language, const char *text)
{
	size_t length = strcspn(text, " \t");
	g_autofree char *name = g_strndup(text, length);
	const char *before = g_hash_table_lookup(language->sets, name);
	char *all = g_strconcat(before ? before : "", before ? " " : "",
	    text + length, NULL);

	g_strdelimit(all, "\t,", ' ');
	g_hash_table_replace(language->sets, g_steal_pointer(&name), all);
}

/* Most lines have the key of the line before. */
static struct key_lines *
lines_of(struct tongue *language, const char *key)
{
	struct key_lines *lines;

	if (language->last_key && strcmp(language->last_key, key) == 0)
		return language->last;
	lines = g_hash_table_lookup(language->keys, key);
	if (!lines) {
		lines = g_new0(struct key_lines, 1);
		lines->raw = g_ptr_array_new();
		g_hash_table_insert(language->keys, g_strdup(key), lines);
	}
	language->last_key = key;
	language->last = lines;
	return lines;
}

void
tongue_add(struct tongue *language, const char *key, const char *text)
{
	text += strspn(text, " \t");
	if (strcmp(key, "set") == 0)
		add_set(language, text);
	else
		g_ptr_array_add(lines_of(language, key)->raw,
		    (char *)(uintptr_t)text);
}

/* One line into patterns, one for each comma; why the last bad one is bad. */
static const char *
compile_line(struct tongue *language, const char *line, bool has_value,
    GPtrArray *patterns)
{
	size_t length = has_value ? strcspn(line, " \t") : 0;
	g_autofree char *value = has_value ? g_strndup(line, length) : NULL;
	g_auto(GStrv) all = g_strsplit(line + length, ",", -1);
	const char *bad = NULL;

	for (char **one = all; *one; one++) {
		const char *why;
		struct idiom *pattern = idiom_new(g_strstrip(*one), value,
		    language->sets, &why);

		if (pattern)
			g_ptr_array_add(patterns, pattern);
		else
			bad = why;
	}
	return bad;
}

static char *
compile(struct tongue *language, const char *key, struct key_lines *lines)
{
	char *bad = NULL;

	lines->patterns = g_ptr_array_new_with_free_func(free_pattern);
	for (guint i = 0; i < lines->raw->len; i++) {
		const char *why = compile_line(language,
		    lines->raw->pdata[i], key_has_value(key),
		    lines->patterns);

		if (why && !bad)
			bad = g_strdup_printf("%s %s: %s", key,
			    (char *)lines->raw->pdata[i], why);
	}
	return bad;
}

char *
tongue_check(struct tongue *language)
{
	GHashTableIter iter;
	gpointer key, value;
	char *bad = NULL;

	g_hash_table_iter_init(&iter, language->keys);
	while (!bad && g_hash_table_iter_next(&iter, &key, &value)) {
		struct key_lines *lines = value;

		g_clear_pointer(&lines->patterns, g_ptr_array_unref);
		bad = compile(language, key, lines);
	}
	return bad;
}

const GPtrArray *
tongue_patterns(struct tongue *language, const char *key)
{
	static GPtrArray *none;
	struct key_lines *lines = g_hash_table_lookup(language->keys, key);

	if (!lines) {
		if (!none)
			none = g_ptr_array_new();
		return none;
	}
	if (!lines->patterns)
		g_free(compile(language, key, lines));
	return lines->patterns;
}

/* The words of the sets tell a language as well: most of them are no one
 * else's. */
static void
add_set_words(GHashTable *common, GHashTable *sets)
{
	GHashTableIter iter;
	gpointer words;

	g_hash_table_iter_init(&iter, sets);
	while (g_hash_table_iter_next(&iter, NULL, &words)) {
		g_auto(GStrv) all = g_strsplit_set(words, " \t,|", -1);

		for (char **word = all; *word; word++)
			if (**word && **word != '<' && !strchr(*word, '*'))
				g_hash_table_add(common, g_strstrip(
				    words_fold(*word + (**word == '='))));
	}
}

/* ---- which language ---------------------------------------------------------------- */

static GHashTable *
common_words(struct tongue *language)
{
	const struct key_lines *lines =
	    g_hash_table_lookup(language->keys, "common");

	if (language->common)
		return language->common;
	language->common = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, NULL);
	for (guint i = 0; lines && i < lines->raw->len; i++) {
		g_auto(GStrv) words =
		    g_strsplit_set(lines->raw->pdata[i], " \t,", -1);

		for (char **word = words; *word; word++)
			if (**word)
				g_hash_table_add(language->common,
				    g_strstrip(words_fold(*word)));
	}
	if (lines)
		add_set_words(language->common, language->sets);
	return language->common;
}

bool
tongue_has(struct tongue *language, const char *word)
{
	return g_hash_table_contains(common_words(language), word);
}

bool
tongue_is_known(struct tongue *language)
{
	return g_hash_table_size(common_words(language)) > 0;
}
