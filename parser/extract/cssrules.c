/*
 * cssrules.c - the rules of <style> blocks, as far as they may hide text.
 */
#include "css.h"

#include <string.h>

char *
css_clean(const char *css)
{
	GString *out = g_string_new(NULL);

	for (const char *p = css; *p; p++) {
		if (p[0] == '/' && p[1] == '*') {
			const char *end = strstr(p + 2, "*/");

			if (!end)
				break;
			p = end + 1;
		} else if (*p != '\\') {
			g_string_append_c(out, g_ascii_isspace(*p) ? ' ' :
			    g_ascii_tolower(*p));
		}
	}
	return g_string_free(out, FALSE);
}

struct rules {
	GPtrArray *selectors, *declarations;	/* char *, same length */
};

struct rules *
rules_new(void)
{
	struct rules *rules = g_new0(struct rules, 1);

	rules->selectors = g_ptr_array_new_with_free_func(g_free);
	rules->declarations = g_ptr_array_new_with_free_func(g_free);
	return rules;
}

void
rules_free(struct rules *rules)
{
	if (!rules)
		return;
	g_ptr_array_free(rules->selectors, TRUE);
	g_ptr_array_free(rules->declarations, TRUE);
	g_free(rules);
}

/* Keeps the last compound of each selector of a rule, if the rule matters. */
static void
add_rule(struct rules *rules, const char *selectors, const char *body)
{
	g_auto(GStrv) list = g_strsplit(selectors, ",", -1);

	for (char **one = list; *one && rules->selectors->len < 2000; one++) {
		char *selector = g_strstrip(*one);
		char *last = strrchr(selector, ' ');

		if (!*selector)
			continue;
		g_ptr_array_add(rules->selectors,
		    g_strdup(last ? last + 1 : selector));
		g_ptr_array_add(rules->declarations, g_strdup(body));
	}
}

void
rules_add(struct rules *rules, const char *css)
{
	g_autofree char *clean = css_clean(css);
	char *p = clean, *open;

	while ((open = strchr(p, '{'))) {
		char *end = open + 1;
		bool at_rule;

		*open = '\0';
		g_strstrip(p);
		at_rule = *p == '@';
		for (int depth = 1; *end && depth > 0; end++)
			depth += *end == '{' ? 1 : *end == '}' ? -1 : 0;
		if (!at_rule && end > open + 1) {
			g_autofree char *body = g_strndup(open + 1,
			    (size_t)(end - open - 1));

			add_rule(rules, p, g_strdelimit(body, "{}", ';'));
		}
		p = end;
	}
}

static bool
has_word(const char *words, const char *word, size_t length)
{
	while (words && *words) {
		size_t n = strcspn(words, " \t\n\r\f");

		if (n == length && g_ascii_strncasecmp(words, word, n) == 0)
			return true;
		words += n;
		words += strspn(words, " \t\n\r\f");
	}
	return false;
}

/* tag.class#id in any combination; pseudo classes never fit. */
static bool
fits(const char *selector, const char *tag, const char *classes,
    const char *id)
{
	size_t n = strcspn(selector, ".#:[>+~");

	if (n > 0 && !(n == 1 && *selector == '*') &&
	    !(strlen(tag) == n && memcmp(selector, tag, n) == 0))
		return false;
	selector += n;
	while (*selector == '.' || *selector == '#') {
		const char *words = *selector == '.' ? classes : id;

		n = strcspn(selector + 1, ".#:[>+~");
		if (!has_word(words, selector + 1, n))
			return false;
		selector += n + 1;
	}
	return *selector == '\0';
}

void
rules_apply(const struct rules *rules, struct look *look, const char *tag,
    const char *classes, const char *id)
{
	for (guint i = 0; i < rules->selectors->len; i++)
		if (fits(rules->selectors->pdata[i], tag, classes, id))
			look_apply(look, rules->declarations->pdata[i]);
}
