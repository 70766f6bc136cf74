/*
 * language.c - the lines of a language's files, looked up by name. What is not
 * said there is written plainly: no language is built in.
 */
#include "language.h"

#include "format.h"

#include <glib.h>
#include <string.h>

struct language {
	GHashTable *format, *titles, *words;
};

char *
language_blanks(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++) {
		if (*text == '_')
			g_string_append(out, "\u00a0");
		else if (*text == '^')
			g_string_append(out, "\u202f");
		else
			g_string_append_c(out, *text);
	}
	return g_string_free(out, FALSE);
}

static GHashTable *
table_of(const json_t *lines, bool blanks, bool fold)
{
	GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, g_free);
	const char *name;
	json_t *text;

	json_object_foreach((json_t *)(size_t)lines, name, text) {
		const char *line = json_string_value(text);

		if (line)
			g_hash_table_insert(table,
			    fold ? g_utf8_strdown(name, -1) : g_strdup(name),
			    blanks ? language_blanks(line) : g_strdup(line));
	}
	return table;
}

struct language *
language_new(const json_t *format, const json_t *salutation,
    const json_t *words)
{
	struct language *language = g_new0(struct language, 1);

	language->format = table_of(format, true, false);
	language->titles = table_of(salutation, false, true);
	language->words = table_of(words, true, false);
	return language;
}

void
language_free(struct language *language)
{
	if (!language)
		return;
	g_hash_table_unref(language->format);
	g_hash_table_unref(language->titles);
	g_hash_table_unref(language->words);
	g_free(language);
}

const char *
language_text(const struct language *language, const char *name,
    const char *otherwise)
{
	const char *text = g_hash_table_lookup(language->format, name);

	return text ? text : otherwise;
}

const char *
language_title(const struct language *language, const char *name)
{
	return g_hash_table_lookup(language->titles, name);
}

/* The categories stand in their order; the last takes what is left. */
char *
language_category(const struct language *language, int64_t number)
{
	g_auto(GStrv) names = g_strsplit(
	    language_text(language, "plural", "other"), " ", -1);
	char **name = names;

	for (; *name && name[1]; name++) {
		g_autofree char *key = g_strconcat("plural.", *name, NULL);
		const char *condition = language_text(language, key, NULL);
		bool good;

		if (condition && plural_fits(condition, number, &good))
			break;
	}
	return g_strdup(*name ? *name : "other");
}

char *
language_count(const struct language *language, const char *name,
    int64_t number)
{
	g_autofree char *category = language_category(language, number);
	g_autofree char *key = g_strdup_printf("n_%s.%s", name, category);
	g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, number);
	g_autofree char *written = format_decimal(digits, language);
	const char *pattern = g_hash_table_lookup(language->words, key);
	g_autofree char *spelt = spelling_template(
	    language, pattern ? pattern : "@1");

	return format_fill(spelt, (const char *const[]){written}, 1);
}
