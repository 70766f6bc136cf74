/*
 * cssrules.c - the rules of <style> blocks, as far as they may hide text.
 */
#include "css.h"

#include <string.h>

#define BLOCKS 8		/* of @media inside @media that are looked at */

/* "\\68 " is an h (CSS Syntax, 4.3.7): what names are spelt with is written
 * out, all else is left out. Gives what stands behind. */
static const char *
take_escape(const char *p, GString *out)
{
	guint value = 0;
	int digits = 0;

	for (p++; digits < 6 && g_ascii_isxdigit(*p); p++, digits++)
		value = value * 16 + (guint)g_ascii_xdigit_value(*p);
	if (digits > 0 && g_ascii_isspace(*p))
		p++;
	else if (digits == 0 && *p)
		value = (guchar)*p++;
	if (value < 128 && (g_ascii_isalnum((char)value) || value == '-'))
		g_string_append_c(out, g_ascii_tolower((char)value));
	return p;
}

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
		} else if (*p == '\\') {
			p = take_escape(p, out) - 1;
		} else {
			g_string_append_c(out, g_ascii_isspace(*p) ? ' ' :
			    g_ascii_tolower(*p));
		}
	}
	return g_string_free(out, FALSE);
}

#define RULES_LIMIT 2000

struct rules {
	GPtrArray *selectors;	/* char *: last compounds */
	GArray *styles;		/* const struct style *: of each of them */
	GPtrArray *owned;	/* struct style */
	GHashTable *places;	/* by "tag", ".class", "#id" or "*": GArray of
				 * the indexes of selectors that ask for it */
	GArray *fitting;	/* indexes, while one element is looked at */
};

static void
free_style(gpointer style)
{
	style_free(style);
}

static void
free_array(gpointer array)
{
	g_array_free(array, TRUE);
}

struct rules *
rules_new(void)
{
	struct rules *rules = g_new0(struct rules, 1);

	rules->selectors = g_ptr_array_new_with_free_func(g_free);
	rules->styles = g_array_new(FALSE, FALSE, sizeof(struct style *));
	rules->owned = g_ptr_array_new_with_free_func(free_style);
	rules->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    free_array);
	rules->fitting = g_array_new(FALSE, FALSE, sizeof(unsigned));
	return rules;
}

void
rules_free(struct rules *rules)
{
	if (!rules)
		return;
	g_ptr_array_free(rules->selectors, TRUE);
	g_array_free(rules->styles, TRUE);
	g_ptr_array_free(rules->owned, TRUE);
	g_hash_table_destroy(rules->places);
	g_array_free(rules->fitting, TRUE);
	g_free(rules);
}

/* ---- selectors --------------------------------------------------------------- */

/* What comes and goes while somebody points at it, or is no element. */
static const char *const passing[] = {":", "before", "after", "first-line",
    "first-letter", "hover", "active", "focus", "visited", "target",
    "checked", "placeholder", "selection", NULL};

/* Past a bracket with what it encloses. */
static const char *
skip_bracket(const char *p)
{
	char open = *p, close = open == '(' ? ')' : ']';
	int depth = 0;

	for (; *p; p++) {
		depth += *p == open ? 1 : *p == close ? -1 : 0;
		if (depth == 0)
			return p + 1;
	}
	return p;
}

static const char *
take_pseudo(const char *p, GString *out)
{
	size_t n = p[1] == ':' ? 1 : strspn(p + 1,
	    "abcdefghijklmnopqrstuvwxyz-");

	for (const char *const *one = passing; *one; one++)
		if (g_str_has_prefix(p + 1, *one)) {
			g_string_append(out, ":never");
			break;
		}
	p += n + 1;
	return *p == '(' ? skip_bracket(p) : p;
}

/* Selectors of tags, classes and ids only: other conditions are taken as
 * met, because a person should see what is in doubt. */
static char *
plain_selectors(const char *selectors)
{
	GString *out = g_string_new(NULL);

	for (const char *p = selectors; *p;) {
		bool alone = out->len == 0 ||
		    strchr(" ,", out->str[out->len - 1]);

		if (alone && (*p == '[' || *p == ':'))
			g_string_append_c(out, '*');
		if (*p == '[' || *p == '(')
			p = skip_bracket(p);
		else if (*p == ':')
			p = take_pseudo(p, out);
		else if (strchr(">+~", *p))
			g_string_append_c(out, ' '), p++;
		else
			g_string_append_c(out, *p++);
	}
	return g_string_free(out, FALSE);
}

/* Under what a selector is found: its first class or id, else its tag. */
static char *
place_of(const char *selector)
{
	size_t tag = strcspn(selector, ".#");
	const char *name = selector + tag;

	if (!*name)
		return g_strdup(tag ? selector : "*");
	return g_strndup(name, 1 + strcspn(name + 1, ".#"));
}

static void
add_selector(struct rules *rules, const char *selector,
    const struct style *style)
{
	unsigned index = rules->selectors->len;
	g_autofree char *place = place_of(selector);
	GArray *there = g_hash_table_lookup(rules->places, place);

	if (!there) {
		there = g_array_new(FALSE, FALSE, sizeof(unsigned));
		g_hash_table_insert(rules->places, g_steal_pointer(&place),
		    there);
	}
	g_array_append_val(there, index);
	g_ptr_array_add(rules->selectors, g_strdup(selector));
	g_array_append_val(rules->styles, style);
}

/* Keeps the last compound of each selector of a rule, if the rule matters. */
static void
add_rule(struct rules *rules, const char *selectors, const char *body)
{
	struct style *style = style_new(body);
	g_autofree char *plain = NULL;
	g_auto(GStrv) list = NULL;

	if (style_is_idle(style)) {
		style_free(style);
		return;
	}
	g_ptr_array_add(rules->owned, style);
	plain = plain_selectors(selectors);
	list = g_strsplit(plain, ",", -1);
	for (char **one = list; *one && rules->selectors->len < RULES_LIMIT;
	    one++) {
		char *selector = g_strstrip(*one);
		char *last = strrchr(selector, ' ');

		if (last)
			selector = last + 1;
		/* What is left of other conditions never fits. */
		if (*selector && !strpbrk(selector, ":[>+~"))
			add_selector(rules, selector, style);
	}
}

/* ---- rules ------------------------------------------------------------------- */

/* Does a block of rules hold on a wide screen? */
static bool
is_for_us(const char *at_rule)
{
	if (g_str_has_prefix(at_rule, "@supports") ||
	    g_str_has_prefix(at_rule, "@layer") ||
	    g_str_has_prefix(at_rule, "@scope"))
		return true;
	if (!g_str_has_prefix(at_rule, "@media") ||
	    strstr(at_rule, "max-") || strstr(at_rule, "print"))
		return false;
	return !strchr(at_rule, '(') || strstr(at_rule, "min-width");
}

/* What stands in front of a block, without the statements before it. */
static char *
prelude(char *text)
{
	char *semicolon;

	while ((semicolon = strchr(text, ';')))
		text = semicolon + 1;
	g_strstrip(text);
	return g_str_has_prefix(text, "<!--") ? g_strchug(text + 4) : text;
}

static void
add_block(struct rules *rules, char *p, int depth)
{
	char *open;

	while ((open = strchr(p, '{'))) {
		char *end = open + 1;
		g_autofree char *body = NULL;

		*open = '\0';
		p = prelude(p);
		for (int inside = 1; *end && inside > 0; end++)
			inside += *end == '{' ? 1 : *end == '}' ? -1 : 0;
		body = g_strndup(open + 1, (size_t)(end - open - 1));
		if (*p != '@')
			add_rule(rules, p, g_strdelimit(body, "{}", ';'));
		else if (is_for_us(p) && depth < BLOCKS)
			add_block(rules, body, depth + 1);
		p = end;
	}
}

void
rules_add(struct rules *rules, const char *css)
{
	g_autofree char *clean = css_clean(css);

	add_block(rules, clean, 0);
}

/* ---- elements ---------------------------------------------------------------- */

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

/* tag.class#id in any combination. */
static bool
fits(const char *selector, const char *tag, const char *classes,
    const char *id)
{
	size_t n = strcspn(selector, ".#");

	if (n > 0 && !(n == 1 && *selector == '*') &&
	    !(strlen(tag) == n && memcmp(selector, tag, n) == 0))
		return false;
	selector += n;
	while (*selector) {
		const char *words = *selector == '.' ? classes : id;

		n = strcspn(selector + 1, ".#");
		if (!has_word(words, selector + 1, n))
			return false;
		selector += n + 1;
	}
	return true;
}

/* Notes the selectors of one place that fit, in their order. */
static void
add_fitting(struct rules *rules, const char *place, const char *tag,
    const char *classes, const char *id)
{
	const GArray *there = g_hash_table_lookup(rules->places, place);

	for (guint i = 0; there && i < there->len; i++) {
		unsigned index = g_array_index(there, unsigned, i);
		guint at = rules->fitting->len;

		if (!fits(rules->selectors->pdata[index], tag, classes, id))
			continue;
		while (at > 0 && g_array_index(rules->fitting, unsigned,
		    at - 1) > index)
			at--;
		if (at == 0 || g_array_index(rules->fitting, unsigned,
		    at - 1) != index)
			g_array_insert_val(rules->fitting, at, index);
	}
}

static void
add_words(struct rules *rules, char mark, const char *words, const char *tag,
    const char *classes, const char *id)
{
	while (words && *words) {
		size_t n = strcspn(words, " \t\n\r\f");
		g_autofree char *place = g_strdup_printf("%c%.*s", mark,
		    (int)n, words);

		for (char *p = place; *p; p++)
			*p = g_ascii_tolower(*p);
		add_fitting(rules, place, tag, classes, id);
		words += n;
		words += strspn(words, " \t\n\r\f");
	}
}

void
rules_apply(struct rules *rules, struct look *look, const char *tag,
    const char *classes, const char *id)
{
	if (rules->selectors->len == 0)
		return;
	g_array_set_size(rules->fitting, 0);
	add_fitting(rules, "*", tag, classes, id);
	add_fitting(rules, tag, tag, classes, id);
	add_words(rules, '.', classes, tag, classes, id);
	add_words(rules, '#', id, tag, classes, id);
	for (guint i = 0; i < rules->fitting->len; i++)
		style_apply(g_array_index(rules->styles, const struct style *,
		    g_array_index(rules->fitting, unsigned, i)), look);
}
