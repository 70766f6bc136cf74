/*
 * page_block.c - the blocks of a page and what they are made of: columns,
 * pictures, codes, rules. Each becomes strips.
 */
#include "page.h"

#include <string.h>

#define MAX_COLUMNS 12
#define QUIET "4"		/* modules around a code, ISO/IEC 18004 */

static double
number_of(const struct page_node *node, const char *name,
    const char *otherwise)
{
	const char *text = page_attribute(node, name);

	return g_ascii_strtod(text && *text ? text : otherwise, NULL);
}

/* Where something of this width stands in a place. */
static double
x_of(struct page *page, const struct page_node *node, struct page_place place,
    double width)
{
	const char *text = page_attribute(node, "align");
	enum page_align align = place.align >= 0 ?
	    (enum page_align)place.align : PAGE_LEFT;

	if (text)
		page_align(page, node, text, &align);
	if (align == PAGE_LEFT)
		return 0;
	return align == PAGE_CENTRE ? (place.width - width) / 2 :
				      place.width - width;
}

static void
add_space(GPtrArray *strips, double height)
{
	struct page_strip *strip;

	if (height <= 0)
		return;
	strip = page_strip_new(height);
	strip->is_space = true;
	g_ptr_array_add(strips, strip);
}

static void
compose_space(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	(void)place;
	add_space(strips, page_length(page, node, "height", page->height,
	    4 * PAGE_MM));
}

static void
compose_rule(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	double weight = page_length(page, node, "weight", 0, 0.5);
	double height = page_length(page, node, "height", 0, 0);
	struct page_mark mark = {.kind = MARK_RULE, .node = node,
	    .width = height > 0 ? weight : page_length(page, node, "width",
	        place.width, place.width),
	    .height = height > 0 ? height : weight};
	struct page_strip *strip = page_strip_new(height > 0 ? 0 : weight);

	page_colour(page, node, "colour", &mark.colour);
	add_space(strips, page_length(page, node, "above", 0, 0));
	page_strip_add(strip, mark);
	strip->keep = true;
	g_ptr_array_add(strips, strip);
	add_space(strips, page_length(page, node, "below", 0, 0));
}

static void
compose_fill(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	struct page_mark mark = {.kind = MARK_FILL, .node = node,
	    .width = page_length(page, node, "width", place.width,
	        place.width),
	    .height = page_length(page, node, "height", 0, PAGE_MM)};
	struct page_strip *strip = page_strip_new(0);

	page_colour(page, node, "colour", &mark.colour);
	page_strip_add(strip, mark);
	strip->keep = true;
	g_ptr_array_add(strips, strip);
}

static void
compose_corners(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	struct page_mark mark = {.kind = MARK_CORNERS, .node = node,
	    .width = page_length(page, node, "width", place.width,
	        place.width),
	    .height = page_length(page, node, "height", 0, 10 * PAGE_MM)};
	struct page_strip *strip = page_strip_new(mark.height);

	page_strip_add(strip, mark);
	g_ptr_array_add(strips, strip);
}

static void
compose_qr(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	double size = page_length(page, node, "size", place.width,
	    30 * PAGE_MM), quiet;
	int modules = page_qr_modules(node);
	struct page_mark mark = {.kind = MARK_QR, .node = node};
	struct page_strip *strip;

	if (!modules) {
		g_string_append_printf(page->warning, "%s: qr: this text does "
		    "not fit into a code, it is left out\n", node->where);
		return;
	}
	quiet = number_of(node, "quiet", QUIET) * size / modules;
	mark.width = mark.height = size;
	mark.x = x_of(page, node, place, size + 2 * quiet) + quiet;
	mark.y = quiet;
	strip = page_strip_new(size + 2 * quiet);
	page_strip_add(strip, mark);
	g_ptr_array_add(strips, strip);
}

static void
compose_image(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	const char *file = page_attribute(node, "file");
	double width, height, scale;
	g_autofree char *why = NULL;
	struct page_strip *strip;

	if (!page_image(file ? file : "", &width, &height, &why)) {
		g_string_append_printf(page->warning,
		    "%s: the picture is left out: %s\n",
		    file ? file : node->where, why);
		return;
	}
	scale = page_length(page, node, "height", 0, 16 * PAGE_MM) / height;
	scale = MIN(scale, page_length(page, node, "width", place.width,
	    place.width) / width);
	strip = page_strip_new(height * scale);
	page_strip_add(strip, (struct page_mark){.kind = MARK_IMAGE,
	    .x = x_of(page, node, place, width * scale),
	    .width = width * scale, .height = height * scale, .node = node});
	g_ptr_array_add(strips, strip);
}

static void
compose_number(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	const struct page_style *style = page_style_find(page, node,
	    page_attribute(node, "style"));
	struct page_strip *strip;

	if (!style)
		return;
	strip = page_strip_new(style->line);
	page_strip_add(strip, (struct page_mark){.kind = MARK_NUMBER,
	    .width = place.width, .node = node, .style = style});
	g_ptr_array_add(strips, strip);
}

/* ---- blocks of blocks ---------------------------------------------------------- */

static struct page_place
inside(struct page *page, const struct page_node *node,
    struct page_place place)
{
	const char *style = page_attribute(node, "style");
	const char *align = page_attribute(node, "align");
	enum page_align chosen;

	if (style)
		place.style = page_style_find(page, node, style);
	if (align && page_align(page, node, align, &chosen))
		place.align = (int)chosen;
	return place;
}

/* The widths of columns; those that say none share what is left. */
static void
share_width(struct page *page, const struct page_node *node, double whole,
    double gap, double *widths)
{
	double left = whole - gap * (node->children->len - 1);
	double given = left;
	int open = 0;

	for (guint i = 0; i < node->children->len; i++) {
		widths[i] = page_length(page, node->children->pdata[i],
		    "width", given, -1);
		if (widths[i] < 0)
			open++;
		else
			left -= widths[i];
	}
	for (guint i = 0; i < node->children->len; i++)
		if (widths[i] < 0)
			widths[i] = MAX(left / open, 10);
}

static void
compose_columns(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	double gap = page_length(page, node, "gap", place.width, 6 * PAGE_MM);
	double widths[MAX_COLUMNS], x = 0;
	const char *keep = page_attribute(node, "keep");
	struct page_strip *strip;

	if (!node->children->len || node->children->len > MAX_COLUMNS) {
		page_fail(page, node, "so many columns cannot be set");
		return;
	}
	strip = page_strip_new(0);
	strip->keep = keep && !strcmp(keep, "next");
	share_width(page, node, place.width, gap, widths);
	for (guint i = 0; i < node->children->len; i++) {
		const struct page_node *column = node->children->pdata[i];
		struct page_place own = inside(page, column, place);
		g_autoptr(GPtrArray) made = NULL;

		own.width = widths[i];
		made = page_compose(page, column, own);
		page_strip_put(strip, made, x, 0);
		x += widths[i] + gap;
	}
	g_ptr_array_add(strips, strip);
}

static void
compose_block(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	GPtrArray *made = page_compose(
	    page, node, inside(page, node, place));

	g_ptr_array_extend_and_steal(strips, made);
}

static void
compose_keep(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	g_autoptr(GPtrArray) made = page_compose(
	    page, node, inside(page, node, place));
	const char *next = page_attribute(node, "next");
	struct page_strip *strip;

	if (!made->len)
		return;
	strip = page_strip_new(0);
	page_strip_put(strip, made, 0, 0);
	strip->keep = next && !strcmp(next, "yes");
	g_ptr_array_add(strips, strip);
}

/* What stands at a place of its own takes none of the others'. */
static void
compose_at(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	struct page_place own = inside(page, node, place);
	double y = page_length(page, node, "y", page->height, 0);
	double height = page_length(page, node, "height", page->height, 0);
	const char *valign = page_attribute(node, "valign");
	g_autoptr(GPtrArray) made = NULL;
	struct page_strip *strip = page_strip_new(0);

	own.width = page_length(page, node, "width", place.width, place.width);
	made = page_compose(page, node, own);
	if (valign && !strcmp(valign, "bottom"))
		y += MAX(height - page_strips_height(made), 0);
	page_strip_put(strip, made,
	    page_length(page, node, "x", place.width, 0), y);
	strip->height = 0;
	strip->keep = true;
	g_ptr_array_add(strips, strip);
}

static void
compose_bottom(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	struct page_strip *strip = page_strip_new(0);
	g_autoptr(GPtrArray) made = NULL;

	place.width = page->width;
	made = page_compose(page, node, place);
	page_strip_put(strip, made, 0, 0);
	strip->height = page_length(page, node, "height", page->height,
	    strip->height);
	strip->at_bottom = true;
	g_ptr_array_add(strips, strip);
}

GPtrArray *
page_compose(struct page *page, const struct page_node *node,
    struct page_place place)
{
	typedef void compose_fn(struct page *, const struct page_node *,
	    struct page_place, GPtrArray *);
	static compose_fn *const makers[] = {[PAGE_SPACE] = compose_space,
	    [PAGE_RULE] = compose_rule, [PAGE_FILL] = compose_fill,
	    [PAGE_CORNERS] = compose_corners, [PAGE_QR] = compose_qr,
	    [PAGE_IMAGE] = compose_image, [PAGE_NUMBER] = compose_number,
	    [PAGE_COLUMNS] = compose_columns, [PAGE_KEEP] = compose_keep,
	    [PAGE_BLOCK] = compose_block,
	    [PAGE_AT] = compose_at, [PAGE_BOTTOM] = compose_bottom,
	    [PAGE_TABLE] = page_compose_table};
	GPtrArray *strips = g_ptr_array_new_with_free_func(page_strip_free);

	for (guint i = 0; i < node->children->len && !page->why; i++) {
		struct page_node *child = node->children->pdata[i];
		enum page_type type = child->element->type;

		if (type == PAGE_AT && node->element->type == PAGE_PAGE)
			continue;
		if (type == PAGE_P)
			page_compose_text(page, child, place, strips);
		else if (type < G_N_ELEMENTS(makers) && makers[type])
			makers[type](page, child, place, strips);
		else if (node->element->type != PAGE_PAGE)
			page_fail(page, child, "not allowed here");
	}
	return strips;
}

GPtrArray *
page_compose_fixed(struct page *page, const struct page_node *node,
    struct page_place place)
{
	GPtrArray *strips = g_ptr_array_new_with_free_func(page_strip_free);

	for (guint i = 0; i < node->children->len && !page->why; i++) {
		const struct page_node *child = node->children->pdata[i];

		if (child->element->type == PAGE_AT)
			compose_at(page, child, place, strips);
	}
	return strips;
}
