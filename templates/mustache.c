/*
 * mustache.c - nodes and values in, text out.
 *
 * Values are inert: what they hold is copied (escaped where wanted) and never
 * read as a template. Depth, work and output are bounded, so that no template
 * and no value can make it run away.
 */
#include "mustache.h"
#include "templates.h"

#include <string.h>

#define MAX_DEPTH 128		/* contexts on top of each other */
#define MAX_PARTIALS 32		/* partials inside of partials */
#define MAX_OUTPUT (1 << 20)
#define MAX_WORK 1000000	/* nodes rendered */

struct render {
	GString *out;
	const json_t *stack[MAX_DEPTH];
	int depth, partials;
	unsigned work;
	bool escape;
	mustache_partial_fn *partial;
	void *user;
	GPtrArray *missing;
	char **why;
};

static bool render_nodes(struct render *render, const GPtrArray *nodes);

static void
note_missing(struct render *render, const char *name)
{
	if (!render->missing)
		return;
	for (guint i = 0; i < render->missing->len; i++)
		if (!strcmp(g_ptr_array_index(render->missing, i), name))
			return;
	g_ptr_array_add(render->missing, g_strdup(name));
}

/* The value of a name: its first part from the innermost context that has
 * it, the others inside of that; NULL when there is none. */
static const json_t *
look_up(const struct render *render, const char *name)
{
	g_auto(GStrv) parts = NULL;
	const json_t *value = NULL;

	if (!strcmp(name, "."))
		return render->stack[render->depth - 1];
	parts = g_strsplit(name, ".", -1);
	for (int i = render->depth; i > 0 && !value; i--)
		value = json_object_get(render->stack[i - 1], parts[0]);
	for (char **part = parts + 1; value && part[-1] && *part; part++)
		value = json_object_get(value, *part);
	return value;
}

static bool
is_true(const json_t *value)
{
	if (!value || json_is_null(value) || json_is_false(value))
		return false;
	if (json_is_array(value))
		return json_array_size(value) > 0;
	if (json_is_string(value))
		return json_string_length(value) > 0;
	return true;
}

static void
append_escaped(GString *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&': g_string_append(out, "&amp;"); break;
		case '<': g_string_append(out, "&lt;"); break;
		case '>': g_string_append(out, "&gt;"); break;
		case '"': g_string_append(out, "&quot;"); break;
		case '\'': g_string_append(out, "&#39;"); break;
		default: g_string_append_c(out, *text); break;
		}
	}
}

static void
render_value(struct render *render, const char *name, bool escape)
{
	const json_t *value = look_up(render, name);
	const char *text = NULL;
	char *number = NULL;

	if (json_is_string(value))
		text = json_string_value(value);
	else if (json_is_number(value))
		text = number = json_dumps(value,
		    JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	else if (json_is_boolean(value))
		text = json_is_true(value) ? "true" : "false";
	else if (!json_is_null(value))
		note_missing(render, name);
	if (text && escape)
		append_escaped(render->out, text);
	else if (text)
		g_string_append(render->out, text);
	free(number);
}

static bool
fail(struct render *render, const char *what)
{
	*render->why = g_strdup(what);
	return false;
}

static bool
render_inside(struct render *render, const json_t *value,
    const GPtrArray *nodes)
{
	bool good;

	if (render->depth == MAX_DEPTH)
		return fail(render, "values inside of values too deep");
	render->stack[render->depth++] = value;
	good = render_nodes(render, nodes);
	render->depth--;
	return good;
}

static bool
render_section(struct render *render, const struct mustache_node *node)
{
	const json_t *value = look_up(render, node->text);
	bool good = true;

	if (!is_true(value))
		return true;
	if (!json_is_array(value))
		return render_inside(render, value, node->children);
	for (size_t i = 0; good && i < json_array_size(value); i++)
		good = render_inside(render, json_array_get(value, i),
		    node->children);
	return good;
}

/* The template with indent before each of its lines. */
static char *
indented(const char *template, const char *indent)
{
	GString *out = g_string_new(NULL);

	while (*template) {
		size_t length = strcspn(template, "\n");

		length += template[length] == '\n';
		g_string_append(out, indent);
		g_string_append_len(out, template, (gssize)length);
		template += length;
	}
	return g_string_free(out, FALSE);
}

static bool
render_partial(struct render *render, const struct mustache_node *node)
{
	const char *template = render->partial ?
	    render->partial(node->text, render->user) : NULL;
	g_autofree char *source = NULL, *why = NULL;
	g_autoptr(GPtrArray) nodes = NULL;
	bool good;

	if (!template) {
		note_missing(render, node->text);
		return true;
	}
	if (render->partials == MAX_PARTIALS)
		return fail(render, "partials inside of partials too deep");
	source = indented(template, node->indent ? node->indent : "");
	nodes = mustache_parse(source, &why);
	if (!nodes) {
		*render->why = g_strdup_printf("%s: %s", node->text, why);
		return false;
	}
	render->partials++;
	good = render_nodes(render, nodes);
	render->partials--;
	return good;
}

static bool
render_node(struct render *render, const struct mustache_node *node)
{
	switch (node->kind) {
	case MUSTACHE_TEXT:
		g_string_append(render->out, node->text);
		return true;
	case MUSTACHE_VALUE:
		render_value(render, node->text, render->escape);
		return true;
	case MUSTACHE_RAW:
		render_value(render, node->text, false);
		return true;
	case MUSTACHE_SECTION:
		return render_section(render, node);
	case MUSTACHE_INVERTED:
		return is_true(look_up(render, node->text)) ||
		    render_nodes(render, node->children);
	case MUSTACHE_PARTIAL:
		return render_partial(render, node);
	}
	return false;
}

static bool
render_nodes(struct render *render, const GPtrArray *nodes)
{
	for (guint i = 0; i < nodes->len; i++) {
		if (++render->work > MAX_WORK)
			return fail(render, "too much to write");
		if (!render_node(render, g_ptr_array_index(nodes, i)))
			return false;
		if (render->out->len > MAX_OUTPUT)
			return fail(render, "the result is too long");
	}
	return true;
}

char *
mustache_render(const char *template, const json_t *values, bool escape_html,
    mustache_partial_fn *partial, void *user, GPtrArray *missing, char **why)
{
	g_autoptr(GPtrArray) nodes = mustache_parse(template, why);
	struct render render = {.escape = escape_html, .partial = partial,
	    .user = user, .missing = missing, .why = why, .depth = 1};

	if (!nodes)
		return NULL;
	render.stack[0] = values;
	render.out = g_string_new(NULL);
	if (render_nodes(&render, nodes))
		return g_string_free(render.out, FALSE);
	g_string_free(render.out, TRUE);
	return NULL;
}
