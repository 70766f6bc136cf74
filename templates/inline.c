/*
 * inline.c - the rules of a page's first <style> become style attributes of
 * the elements that they are for, since some mail programs drop what stands in
 * the head. It knows selectors of one or two steps, each a name, a class or
 * both ("td", ".pay", "th.number", ".pay td"); a block with any other rule
 * stays where it is, beside what was moved.
 */
#include "letter.h"

#include <string.h>

struct step {
	char *element, *class;	/* NULL: any */
};

struct rule {
	struct step outer, inner;	/* outer is empty for one step */
	int weight;		/* as CSS counts it */
	char *text;		/* "a: b; c: d" */
};

struct open_element {
	char *name, *classes;
};

struct inliner {
	GPtrArray *rules;	/* struct rule, the lighter first */
	GPtrArray *open;	/* struct open_element */
	GString *out;
	bool complete;		/* every rule was understood */
};

/* ---- rules ---------------------------------------------------------------- */

static void
rule_free(void *data)
{
	struct rule *rule = data;

	g_free(rule->outer.element);
	g_free(rule->outer.class);
	g_free(rule->inner.element);
	g_free(rule->inner.class);
	g_free(rule->text);
	g_free(rule);
}

static bool
read_step(const char *text, struct step *step, int *weight)
{
	const char *dot = strchr(text, '.');
	size_t length = dot ? (size_t)(dot - text) : strlen(text);

	if (!*text || text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789"
	    "-.")] || (dot && (!dot[1] || strchr(dot + 1, '.'))))
		return false;
	if (length)
		step->element = g_strndup(text, length);
	if (dot)
		step->class = g_strdup(dot + 1);
	*weight += (length ? 1 : 0) + (dot ? 10 : 0);
	return true;
}

static void
add_rule(struct inliner *inliner, const char *selector, const char *text)
{
	g_autofree char *plain = g_strstrip(g_strdelimit(
	    g_strdup(selector), "\t\n", ' '));
	g_auto(GStrv) steps = g_strsplit(plain, " ", -1);
	struct rule *rule = g_new0(struct rule, 1);
	guint count = g_strv_length(steps);

	if (count < 1 || count > 2 ||
	    (count == 2 && !read_step(steps[0], &rule->outer,
	        &rule->weight)) ||
	    !read_step(steps[count - 1], &rule->inner, &rule->weight)) {
		rule_free(rule);
		inliner->complete = false;
		return;
	}
	rule->text = g_strdup(text);
	g_ptr_array_add(inliner->rules, rule);
}

static gint
by_weight(gconstpointer a, gconstpointer b)
{
	const struct rule *one = *(struct rule *const *)a;
	const struct rule *other = *(struct rule *const *)b;

	return one->weight - other->weight;
}

/* "a, b { c: d }" and so on; no comments, nothing nested. */
static void
read_rules(struct inliner *inliner, const char *css)
{
	g_auto(GStrv) blocks = g_strsplit(css, "}", -1);

	for (char **block = blocks; *block; block++) {
		char *open = strchr(*block, '{');
		g_auto(GStrv) selectors = NULL;

		if (!open) {
			if (*g_strstrip(*block))
				inliner->complete = false;
			continue;
		}
		*open = '\0';
		selectors = g_strsplit(*block, ",", -1);
		for (char **selector = selectors; *selector; selector++)
			add_rule(inliner, *selector, open + 1);
	}
	g_ptr_array_sort(inliner->rules, by_weight);
}

/* ---- what one element gets ---------------------------------------------------- */

static bool
has_class(const char *classes, const char *class)
{
	size_t length = strlen(class);
	const char *at = classes;

	while (at && (at = strstr(at, class)) != NULL) {
		if ((at == classes || at[-1] == ' ') &&
		    (!at[length] || at[length] == ' '))
			return true;
		at += length;
	}
	return false;
}

static bool
step_fits(const struct step *step, const char *name, const char *classes)
{
	return (!step->element || !strcmp(step->element, name)) &&
	    (!step->class || has_class(classes, step->class));
}

static bool
rule_fits(const struct inliner *inliner, const struct rule *rule,
    const char *name, const char *classes)
{
	if (!step_fits(&rule->inner, name, classes))
		return false;
	if (!rule->outer.element && !rule->outer.class)
		return true;
	for (guint i = 0; i < inliner->open->len; i++) {
		const struct open_element *open = inliner->open->pdata[i];

		if (step_fits(&rule->outer, open->name, open->classes))
			return true;
	}
	return false;
}

/* The declarations of text over those in the list; the last one counts. */
static void
add_declarations(GPtrArray *list, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, ";", -1);

	for (char **part = parts; *part; part++) {
		char *colon = strchr(*part, ':');
		g_autofree char *name = NULL, *start = NULL;

		if (!colon)
			continue;
		name = g_strstrip(g_strndup(*part, (size_t)(colon - *part)));
		start = g_strconcat(name, ":", NULL);
		for (guint i = 0; i < list->len; i++)
			if (g_str_has_prefix(list->pdata[i], start))
				g_ptr_array_remove_index(list, i--);
		g_strdelimit(colon + 1, "\n\t", ' ');
		g_ptr_array_add(list, g_strconcat(
		    start, g_strstrip(colon + 1), NULL));
	}
}

static char *
style_of(const struct inliner *inliner, const char *name, const char *classes,
    const char *own)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < inliner->rules->len; i++) {
		const struct rule *rule = inliner->rules->pdata[i];

		if (rule_fits(inliner, rule, name, classes))
			add_declarations(list, rule->text);
	}
	if (own)
		add_declarations(list, own);
	g_ptr_array_add(list, NULL);
	return g_strdelimit(
	    g_strjoinv(";", (char **)list->pdata), "\"", '\'');
}

/* ---- elements -------------------------------------------------------------------- */

static bool
is_void(const char *name)
{
	static const char *const names[] = {"area", "base", "br", "col", "hr",
	    "img", "input", "link", "meta", "wbr", NULL};

	return g_strv_contains(names, name);
}

/* The end of a tag: its '>' outside of quotes, or NULL. */
static const char *
tag_end(const char *at)
{
	char quote = '\0';

	for (; *at; at++) {
		if (quote)
			quote = *at == quote ? '\0' : quote;
		else if (*at == '"' || *at == '\'')
			quote = *at;
		else if (*at == '>')
			return at;
	}
	return NULL;
}

/* The value of name="…" in a tag and where the whole attribute stands. */
static char *
attribute(const char *tag, const char *name, const char **start,
    const char **end)
{
	g_autofree char *key = g_strconcat(" ", name, "=\"", NULL);
	const char *at = strstr(tag, key), *quote;

	if (!at)
		return NULL;
	quote = strchr(at + strlen(key), '"');
	if (!quote)
		return NULL;
	*start = at;
	*end = quote + 1;
	at += strlen(key);
	return g_strndup(at, (size_t)(quote - at));
}

static void
close_element(struct inliner *inliner, const char *name)
{
	for (guint i = inliner->open->len; i; i--) {
		const struct open_element *open = inliner->open->pdata[i - 1];

		if (strcmp(open->name, name) != 0)
			continue;
		g_ptr_array_set_size(inliner->open, (int)i - 1);
		return;
	}
}

static void
open_free(void *data)
{
	struct open_element *open = data;

	g_free(open->name);
	g_free(open->classes);
	g_free(open);
}

/* <tag … style="what it had"> with the style that the rules say. */
static void
write_tag(struct inliner *inliner, const char *name, const char *tag)
{
	const char *start = NULL, *end = NULL, *from, *to;
	g_autofree char *classes = attribute(tag, "class", &from, &to);
	g_autofree char *own = attribute(tag, "style", &start, &end);
	g_autofree char *style = style_of(inliner, name, classes, own);
	size_t last = strlen(tag) - 1;

	if (own)
		g_string_append_printf(inliner->out, "%.*s%.*s",
		    (int)(start - tag), tag,
		    (int)(tag + last - end), end);
	else
		g_string_append_len(inliner->out, tag, (gssize)last);
	if (*style)
		g_string_append_printf(inliner->out, " style=\"%s\"", style);
	g_string_append_c(inliner->out, '>');
}

static void
take_tag(struct inliner *inliner, const char *at, const char *end)
{
	g_autofree char *tag = g_strndup(at, (size_t)(end + 1 - at));
	size_t length = strcspn(tag + 1, " \t\n/>");
	g_autofree char *name = g_ascii_strdown(tag + 1, (gssize)length);
	struct open_element *open;
	const char *from, *to;

	write_tag(inliner, name, tag);
	if (is_void(name))
		return;
	open = g_new(struct open_element, 1);
	*open = (struct open_element){g_strdup(name),
	    attribute(tag, "class", &from, &to)};
	g_ptr_array_add(inliner->open, open);
}

/* One piece of the page; where the next begins. */
static const char *
take_piece(struct inliner *inliner, const char *at)
{
	const char *end = NULL, *next;

	if (g_str_has_prefix(at, "<!--"))
		end = strstr(at, "-->");
	else if (*at == '<' && (g_ascii_isalpha(at[1]) || at[1] == '/'))
		end = tag_end(at);
	if (end && g_ascii_isalpha(at[1])) {
		take_tag(inliner, at, end);
		return end + 1;
	}
	if (end && at[1] == '/') {
		g_autofree char *name = g_ascii_strdown(
		    at + 2, (gssize)strcspn(at + 2, " >"));

		close_element(inliner, name);
	}
	next = end ? end + 1 : at + 1 + strcspn(at + 1, "<");
	g_string_append_len(inliner->out, at, next - at);
	return next;
}

char *
inline_styles(const char *page)
{
	const char *start = strstr(page, "<style>"), *css, *end;
	struct inliner inliner = {.complete = true};
	g_autofree char *text = NULL;

	end = start ? strstr(start, "</style>") : NULL;
	if (!end)
		return g_strdup(page);
	css = start + strlen("<style>");
	text = g_strndup(css, (size_t)(end - css));
	inliner.rules = g_ptr_array_new_with_free_func(rule_free);
	inliner.open = g_ptr_array_new_with_free_func(open_free);
	read_rules(&inliner, text);
	end += strlen("</style>");
	inliner.out = g_string_new_len(page, start - page);
	if (!inliner.complete)
		g_string_append_len(inliner.out, start, end - start);
	else if (*end == '\n')
		end++;
	while (*end)
		end = take_piece(&inliner, end);
	g_ptr_array_unref(inliner.rules);
	g_ptr_array_unref(inliner.open);
	return g_string_free(inliner.out, FALSE);
}
