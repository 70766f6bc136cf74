/*
 * spelling.c - habits of a language that its templates need not care for:
 * blanks before marks, letters that a country does not use, short articles.
 */
#include "language.h"

#include <glib.h>
#include <string.h>

#define MAX_RULES 64

/* "[from] [to]"; false: it is no rule. */
static bool
read_rule(const char *rule, char **from, char **to)
{
	g_auto(GStrv) sides = g_strsplit(rule, "] [", 2);

	if (*rule != '[' || !g_str_has_suffix(rule, "]") || !sides[0] ||
	    !sides[1] || !sides[0][1])
		return false;
	*from = g_strdup(sides[0] + 1);
	*to = g_strndup(sides[1], strlen(sides[1]) - 1);
	return true;
}

/* The rule NAME.NUMBER, from 1. */
static bool
find_rule(const struct language *language, const char *name, int number,
    char **from, char **to)
{
	g_autofree char *key = g_strdup_printf("%s.%d", name, number);
	const char *rule = language_text(language, key, NULL);

	return rule && read_rule(rule, from, to);
}

static void
apply_rules(const struct language *language, GString *text)
{
	char *from, *to;

	for (int i = 1; i <= MAX_RULES &&
	    find_rule(language, "spell", i, &from, &to); i++) {
		g_string_replace(text, from, to, 0);
		g_free(from);
		g_free(to);
	}
}

/* Tags stay as they are. */
char *
spelling_template(const struct language *language, const char *text)
{
	GString *out = g_string_new(NULL);

	while (*text) {
		const char *tag = strstr(text, "{{");
		const char *end = tag ? strstr(tag, "}}") : NULL;
		g_autoptr(GString) words = g_string_new_len(text,
		    tag ? tag - text : (gssize)strlen(text));

		apply_rules(language, words);
		g_string_append_len(out, words->str, (gssize)words->len);
		if (!tag)
			break;
		text = end ? end + 2 : tag + strlen(tag);
		g_string_append_len(out, tag, text - tag);
	}
	return g_string_free(out, FALSE);
}

/* Ends what is written in this word, and is it a word of its own? */
static bool
ends_in_word(const GString *out, const char *word)
{
	size_t length = strlen(word);

	return g_str_has_suffix(out->str, word) && (out->len == length ||
	    g_ascii_isspace(out->str[out->len - length - 1]));
}

/* "… del " -> "… dell’" when the rule says so. */
static void
shorten(const struct language *language, GString *out)
{
	char *from, *to;
	gsize blank = out->len && strchr(" \n", out->str[out->len - 1]);

	if (!blank)
		return;
	g_string_truncate(out, out->len - 1);
	for (int i = 1; i <= MAX_RULES &&
	    find_rule(language, "article", i, &from, &to); i++) {
		bool fits = ends_in_word(out, from);

		if (fits) {
			g_string_truncate(out, out->len - strlen(from));
			g_string_append(out, to);
		}
		g_free(from);
		g_free(to);
		if (fits)
			return;
	}
	g_string_append_c(out, ' ');
}

char *
spelling_articles(const struct language *language, const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++)
		if (*text == *ELISION_MARK)
			shorten(language, out);
		else
			g_string_append_c(out, *text);
	return g_string_free(out, FALSE);
}
