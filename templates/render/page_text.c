/*
 * page_text.c - paragraphs: one strip a line, the lines on an even grid, the
 * first two and the last two of a paragraph never apart.
 */
#include "page.h"

#include <string.h>

/* Does a number below zero begin at this '-'? Left-aligned text is words, in
 * which only a digit or a common currency sign makes it one. */
static bool
begins_number(const char *text, const char *at, bool figures)
{
	static const char *const signs[] = {"€", "£", "$", "¥", "₽"};
	bool begins = at == text || strchr(" \n>(", at[-1]) ||
	    (at - text >= 2 && !strncmp(at - 2, "\u00a0", 2));
	bool digit = g_ascii_isdigit(at[1]);

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		digit = digit || g_str_has_prefix(at + 1, signs[i]);
	return begins && (digit ||
	    (figures && at[1] && !strchr(" \n-<", at[1])));
}

/* U+2212 */
static char *
real_minus(const char *markup, bool figures)
{
	GString *out = g_string_new(NULL);

	for (const char *at = markup; *at; at++)
		if (*at == '-' && begins_number(markup, at, figures))
			g_string_append(out, "\u2212");
		else
			g_string_append_c(out, *at);
	return g_string_free(out, FALSE);
}

/* A blank that does not break becomes one that must not: fonts are embedded
 * once more for what is not in the usual 8-bit set, so this saves one a style,
 * and who copies the text gets plain blanks. */
static void
plain_blanks(char *text, PangoAttrList *attributes)
{
	char *at = text;

	while ((at = strstr(at, "\u00a0")) != NULL) {
		PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);

		*at = ' ';
		memmove(at + 1, at + 2, strlen(at + 2) + 1);
		pango_attr_list_update(attributes, (int)(at - text), 1, 0);
		whole->start_index = (guint)(at - text);
		whole->end_index = whole->start_index + 2;
		pango_attr_list_insert(attributes, whole);
		at++;
	}
}

static void
add_attributes(PangoLayout *layout, const struct page_style *style,
    PangoAttrList *attributes)
{
	pango_attr_list_insert(attributes,
	    pango_attr_font_features_new("tnum=1, lnum=1, liga=0"));
	if (style->track)
		pango_attr_list_insert(attributes,
		    pango_attr_letter_spacing_new((int)(
		    style->size * style->track * PANGO_SCALE / 1000)));
	pango_layout_set_attributes(layout, attributes);
}

static PangoLayout *
layout_new(struct page *page, const struct page_style *style)
{
	PangoLayout *layout = pango_layout_new(page->pango);

	pango_layout_set_font_description(layout, style->font);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	return layout;
}

/* The style of a paragraph in its place, and how it is aligned. */
static const struct page_style *
style_of(struct page *page, struct page_node *node, struct page_place place,
    enum page_align *align)
{
	const char *own = page_attribute(node, "align");
	const char *name = page_attribute(node, "style");
	const struct page_style *style = !name && place.style ? place.style :
	    page_style_find(page, node, name);

	if (!style)
		return NULL;
	*align = place.align >= 0 ? (enum page_align)place.align :
				    style->align;
	if (name && place.align < 0)
		*align = style->align;
	if (own)
		page_align(page, node, own, align);
	return style;
}

/* The text and its attributes; what has neither tags nor entities needs no
 * parser. */
static char *
read_markup(const char *markup, PangoAttrList **attributes)
{
	char *text = NULL;

	if (!strpbrk(markup, "<&")) {
		*attributes = pango_attr_list_new();
		text = g_strdup(markup);
	} else if (!pango_parse_markup(
	    markup, -1, 0, attributes, &text, NULL, NULL)) {
		return NULL;
	}
	plain_blanks(text, *attributes);
	return text;
}

PangoLayout *
page_text_layout(struct page *page, struct page_node *node,
    struct page_place place)
{
	enum page_align align;
	const struct page_style *style = style_of(page, node, place, &align);
	PangoAttrList *attributes = NULL;
	g_autofree char *text = NULL, *markup = NULL;

	if (node->layout || !style)
		return node->layout;
	markup = real_minus(node->markup->str, align != PAGE_LEFT);
	text = read_markup(markup, &attributes);
	if (!text) {
		page_fail(page, node, "this text cannot be set");
		return NULL;
	}
	node->style = style;
	node->layout = layout_new(page, style);
	pango_layout_set_text(node->layout, text, -1);
	add_attributes(node->layout, style, attributes);
	pango_attr_list_unref(attributes);
	return node->layout;
}

double
page_text_width(struct page *page, struct page_node *node,
    struct page_place place)
{
	PangoLayout *layout = page_text_layout(page, node, place);
	int width = 0;

	if (layout)
		pango_layout_get_size(layout, &width, NULL);
	return (double)width / PANGO_SCALE;
}

static double
line_x(PangoLayout *layout, int line, double width, enum page_align align)
{
	PangoRectangle logical;
	double rest;

	pango_layout_line_get_extents(
	    pango_layout_get_line_readonly(layout, line), NULL, &logical);
	rest = width - (double)logical.width / PANGO_SCALE;
	if (align == PAGE_RIGHT || align == PAGE_DECIMAL)
		return rest;
	return align == PAGE_CENTRE ? rest / 2 : 0;
}

/* The baseline stands so that capitals are in the middle of the line. */
static double
baseline(const struct page_style *style)
{
	return style->line / 2 + style->size * 0.357;
}

static void
add_space(GPtrArray *strips, double height)
{
	struct page_strip *space;

	if (height <= 0)
		return;
	space = page_strip_new(height);
	space->is_space = true;
	g_ptr_array_add(strips, space);
}

void
page_compose_text(struct page *page, struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	PangoLayout *layout = page_text_layout(page, node, place);
	const struct page_style *style;
	enum page_align align;
	int count;

	if (!layout || !*pango_layout_get_text(layout))
		return;
	style = style_of(page, node, place, &align);
	if (page_text_width(page, node, place) > place.width)
		pango_layout_set_width(layout,
		    (int)(place.width * PANGO_SCALE));
	count = pango_layout_get_line_count(layout);
	add_space(strips, style->above);
	for (int i = 0; i < count; i++) {
		struct page_strip *strip = page_strip_new(style->line);

		page_strip_add(strip, (struct page_mark){MARK_LINE,
		    line_x(layout, i, place.width, align), baseline(style),
		    0, 0, style->colour, layout, i, node, style});
		strip->keep = count > 1 && (i == 0 || i == count - 2);
		g_ptr_array_add(strips, strip);
	}
	add_space(strips, style->below);
}

void
page_put_text(struct page *page, struct page_strip *strip,
    const struct page_style *style, const char *text, double x, double width,
    enum page_align align)
{
	PangoLayout *layout = layout_new(page, style);
	PangoAttrList *attributes = pango_attr_list_new();
	g_autofree char *plain = g_strdup(text);

	plain_blanks(plain, attributes);
	pango_layout_set_text(layout, plain, -1);
	add_attributes(layout, style, attributes);
	pango_attr_list_unref(attributes);
	g_ptr_array_add(page->made, layout);
	page_strip_add(strip, (struct page_mark){MARK_LINE,
	    x + line_x(layout, 0, width, align), baseline(style), 0, 0,
	    style->colour, layout, 0, NULL, style});
	strip->height = MAX(strip->height, style->line);
}
