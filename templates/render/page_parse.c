/*
 * page_parse.c - reads the markup of a page into a tree. What is written
 * outside of any paragraph but inside of a block becomes a paragraph.
 */
#include "page.h"

#include <string.h>

#define MAX_DEPTH 24

static const struct page_element elements[] = {
    {"page", PAGE_PAGE, false,
        " paper font left right top bottom first title author "},
    {"style", PAGE_STYLE, false,
        " name base font size line weight slant colour align above below"
        " track "},
    {"p", PAGE_P, true, " style align "},
    {"space", PAGE_SPACE, false, " height "},
    {"rule", PAGE_RULE, false, " colour weight dash width height above below "},
    {"columns", PAGE_COLUMNS, false, " gap keep "},
    {"column", PAGE_COLUMN, true, " width style align "},
    {"table", PAGE_TABLE, false,
        " columns gap pad style aligns decimal carry carry-style rule "},
    {"head", PAGE_HEAD, false, " style rule keep sum "},
    {"row", PAGE_ROW, false, " style sum rule keep above "},
    {"cell", PAGE_CELL, true, " span style align "},
    {"keep", PAGE_KEEP, true, " style next "},
    {"at", PAGE_AT, true, " x y width height style valign "},
    {"header", PAGE_HEADER, true, " from style "},
    {"footer", PAGE_FOOTER, true, " style "},
    {"image", PAGE_IMAGE, false, " file height width align "},
    {"qr", PAGE_QR, false, " data ecc size quiet mark align x y "},
    {"bottom", PAGE_BOTTOM, false, " height "},
    {"page-number", PAGE_NUMBER, false, " from style align "},
    {"corners", PAGE_CORNERS, false, " width height weight "},
    {"block", PAGE_BLOCK, true, " style align "},
    {"fill", PAGE_FILL, false, " width height colour "},
};

struct reader {
	GPtrArray *open;	/* struct page_node */
	struct page_node *root, *text;	/* text: the paragraph being filled */
	const char *where;	/* of the last element */
	int inlines;		/* open b, i, span */
	bool implied;		/* text is a paragraph that nobody opened */
};

const char *
page_attribute(const struct page_node *node, const char *name)
{
	for (int i = 0; node->names[i]; i++)
		if (!strcmp(node->names[i], name))
			return node->values[i];
	return NULL;
}

void
page_node_free(struct page_node *node)
{
	if (!node)
		return;
	g_free(node->where);
	g_strfreev(node->names);
	g_strfreev(node->values);
	g_ptr_array_unref(node->children);
	if (node->markup)
		g_string_free(node->markup, TRUE);
	g_clear_object(&node->layout);
	g_free(node);
}

static void
free_node(void *node)
{
	page_node_free(node);
}

static const struct page_element *
element_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(elements); i++)
		if (!strcmp(elements[i].name, name))
			return &elements[i];
	return NULL;
}

static struct page_node *
node_new(struct reader *reader, const struct page_element *element)
{
	struct page_node *node = g_new0(struct page_node, 1);

	node->element = element;
	node->where = g_strdup(reader->where ? reader->where : "page");
	node->names = g_new0(char *, 1);
	node->values = g_new0(char *, 1);
	node->children = g_ptr_array_new_with_free_func(free_node);
	if (element->type == PAGE_P)
		node->markup = g_string_new(NULL);
	if (reader->open->len) {
		struct page_node *parent = g_ptr_array_index(
		    reader->open, reader->open->len - 1);

		g_ptr_array_add(parent->children, node);
	} else {
		reader->root = node;
	}
	return node;
}

static bool
fail(struct reader *reader, GError **error, const char *what,
    const char *name)
{
	g_set_error(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
	    "%s: %s%s", reader->where ? reader->where : "page", what, name);
	return false;
}

/* Blanks at the end of a paragraph, or before a break, go. */
static void
strip_end(GString *markup)
{
	while (markup->len && markup->str[markup->len - 1] == ' ')
		g_string_truncate(markup, markup->len - 1);
}

static void
end_text(struct reader *reader)
{
	if (reader->text)
		strip_end(reader->text->markup);
	reader->text = NULL;
	reader->implied = false;
}

/* ---- what stands inside of a paragraph ------------------------------------- */

static const struct {
	const char *name, *open, *close;
} inlines[] = {{"b", "<b>", "</b>"}, {"i", "<i>", "</i>"},
    {"small", "<small>", "</small>"}, {"sup", "<sup>", "</sup>"},
    {"em", "<i>", "</i>"}, {"strong", "<b>", "</b>"},
    /* an address has no hyphen where a line ends */
    {"a", "<span insert_hyphens=\"false\">", "</span>"},
    {"span", "", ""}};

static int
inline_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(inlines); i++)
		if (!strcmp(inlines[i].name, name))
			return (int)i;
	return -1;
}

/* The paragraph that text goes to; NULL: there is no place for text. */
static struct page_node *
text_place(struct reader *reader)
{
	struct page_node *top = reader->open->len ? g_ptr_array_index(
	    reader->open, reader->open->len - 1) : NULL;

	if (reader->text)
		return reader->text;
	if (!top || !top->element->holds_text)
		return NULL;
	reader->text = node_new(reader, element_find("p"));
	reader->implied = true;
	return reader->text;
}

static bool
start_inline(struct reader *reader, const char *name, GError **error)
{
	struct page_node *place = text_place(reader);
	int found = inline_find(name);

	if (!place)
		return fail(reader, error, "no place for text: ", name);
	if (found < 0) {
		strip_end(place->markup);
		g_string_append_c(place->markup, '\n');
		return true;
	}
	g_string_append(place->markup, inlines[found].open);
	reader->inlines++;
	return true;
}

/* ---- elements ------------------------------------------------------------------ */

static bool
take_attributes(struct reader *reader, struct page_node *node,
    const char **names, const char **values, GError **error)
{
	guint count = g_strv_length((char **)(size_t)names), to = 0;

	g_strfreev(node->names);
	g_strfreev(node->values);
	node->names = g_new0(char *, count + 1);
	node->values = g_new0(char *, count + 1);
	for (guint i = 0; i < count; i++) {
		g_autofree char *word = g_strdup_printf(" %s ", names[i]);

		if (!strcmp(names[i], "l"))
			continue;
		if (!strstr(node->element->attributes, word))
			return fail(reader, error, "no such attribute: ",
			    names[i]);
		node->names[to] = g_strdup(names[i]);
		node->values[to++] = g_strdup(values[i]);
	}
	return true;
}

static void
note_where(struct reader *reader, struct page_node *node, const char **names,
    const char **values)
{
	for (int i = 0; names[i]; i++)
		if (!strcmp(names[i], "l")) {
			g_free(node->where);
			node->where = g_strdup(values[i]);
			reader->where = node->where;
		}
}

static void
start_element(GMarkupParseContext *context, const char *name,
    const char **names, const char **values, void *user, GError **error)
{
	struct reader *reader = user;
	const struct page_element *element = element_find(name);
	struct page_node *node;

	(void)context;
	if (!strcmp(name, "br") || inline_find(name) >= 0) {
		start_inline(reader, name, error);
		return;
	}
	if (reader->implied && !reader->inlines)
		end_text(reader);
	if (!element || reader->text || reader->open->len >= MAX_DEPTH ||
	    (reader->open->len == 0) != (element->type == PAGE_PAGE)) {
		for (int i = 0; names[i]; i++)
			if (!strcmp(names[i], "l"))
				reader->where = values[i];
		fail(reader, error, !element ? "no such element: " :
		    "not allowed here: ", name);
		return;
	}
	node = node_new(reader, element);
	note_where(reader, node, names, values);
	if (!take_attributes(reader, node, names, values, error))
		return;
	g_ptr_array_add(reader->open, node);
	if (element->type == PAGE_P)
		reader->text = node;
}

static void
end_element(GMarkupParseContext *context, const char *name, void *user,
    GError **error)
{
	struct reader *reader = user;
	int found = inline_find(name);

	(void)context;
	(void)error;
	if (!strcmp(name, "br"))
		return;
	if (found >= 0) {
		g_string_append(reader->text->markup, inlines[found].close);
		reader->inlines--;
		return;
	}
	end_text(reader);
	g_ptr_array_set_size(reader->open, (int)reader->open->len - 1);
}

/* Blanks of the markup become one; a blank that does not break stays. */
static void
take_text(GMarkupParseContext *context, const char *text, gsize length,
    void *user, GError **error)
{
	struct reader *reader = user;
	g_autofree char *copy = g_strndup(text, length), *escaped = NULL;
	struct page_node *place;
	GString *out;

	(void)context;
	if (!copy[strspn(copy, " \t\n")] && !reader->text)
		return;
	place = text_place(reader);
	if (!place) {
		fail(reader, error, "no place for text: ", copy);
		return;
	}
	out = place->markup;
	escaped = g_markup_escape_text(copy, -1);
	for (const char *at = escaped; *at; at++) {
		bool blank = strchr(" \t\n", *at) != NULL;

		if (!blank)
			g_string_append_c(out, *at);
		else if (out->len && !strchr(" \n", out->str[out->len - 1]))
			g_string_append_c(out, ' ');
	}
}

static const GMarkupParser parser = {
    start_element, end_element, take_text, NULL, NULL};

struct page_node *
page_parse(const char *markup, char **why)
{
	struct reader reader = {.open = g_ptr_array_new()};
	g_autoptr(GError) error = NULL;
	GMarkupParseContext *context = g_markup_parse_context_new(
	    &parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reader, NULL);

	if (!g_markup_parse_context_parse(context, markup, -1, &error) ||
	    !g_markup_parse_context_end_parse(context, &error)) {
		bool ours = g_error_matches(error, G_MARKUP_ERROR,
		    G_MARKUP_ERROR_INVALID_CONTENT) &&
		    strchr(error->message, ':');

		*why = ours ? g_strdup(error->message) : g_strdup_printf(
		    "%s: near here: %s", reader.where ? reader.where : "page",
		    error->message);
		page_node_free(reader.root);
		reader.root = NULL;
	}
	g_markup_parse_context_free(context);
	g_ptr_array_unref(reader.open);
	return reader.root;
}
