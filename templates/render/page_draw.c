/*
 * page_draw.c - draws marks onto a page.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

static void
set_colour(cairo_t *cairo, struct page_colour colour)
{
	cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
}

static void
draw_line(cairo_t *cairo, const struct page_mark *mark, double x, double y)
{
	set_colour(cairo, mark->colour);
	cairo_move_to(cairo, x, y);
	pango_cairo_show_layout_line(cairo,
	    pango_layout_get_line_readonly(mark->layout, mark->line));
}

static void
draw_rule(cairo_t *cairo, const struct page_mark *mark, double x, double y)
{
	static const double dashes[] = {2, 2};
	const char *dash = page_attribute(mark->node, "dash");

	set_colour(cairo, mark->colour);
	if (!dash || strcmp(dash, "yes") != 0) {
		cairo_rectangle(cairo, x, y, mark->width, mark->height);
		cairo_fill(cairo);
		return;
	}
	cairo_save(cairo);
	cairo_set_dash(cairo, dashes, 2, 0);
	cairo_set_line_width(cairo, MIN(mark->width, mark->height));
	cairo_move_to(cairo, x, y);
	if (mark->width > mark->height)
		cairo_line_to(cairo, x + mark->width, y);
	else
		cairo_line_to(cairo, x, y + mark->height);
	cairo_stroke(cairo);
	cairo_restore(cairo);
}

/* The corners of a field that is filled in by hand: 3 mm each way. */
static void
draw_corners(cairo_t *cairo, const struct page_mark *mark, double x, double y)
{
	double arm = 3 * PAGE_MM, right = x + mark->width;
	double below = y + mark->height;
	const double points[4][3][2] = {
	    {{x, y + arm}, {x, y}, {x + arm, y}},
	    {{right - arm, y}, {right, y}, {right, y + arm}},
	    {{right, below - arm}, {right, below}, {right - arm, below}},
	    {{x + arm, below}, {x, below}, {x, below - arm}}};

	set_colour(cairo, mark->colour);
	cairo_set_line_width(cairo, 0.75);
	for (int i = 0; i < 4; i++) {
		cairo_move_to(cairo, points[i][0][0], points[i][0][1]);
		cairo_line_to(cairo, points[i][1][0], points[i][1][1]);
		cairo_line_to(cairo, points[i][2][0], points[i][2][1]);
	}
	cairo_stroke(cairo);
}

static void
draw_image(cairo_t *cairo, const struct page_mark *mark, double x, double y)
{
	double width, height;
	g_autofree char *why = NULL;
	cairo_surface_t *image = page_image(
	    page_attribute(mark->node, "file"), &width, &height, &why);

	if (!image)
		return;
	cairo_save(cairo);
	cairo_translate(cairo, x, y);
	cairo_scale(cairo, mark->width / width, mark->height / height);
	cairo_set_source_surface(cairo, image, 0, 0);
	/* the other filters ask viewers to smooth it, which PDF/A forbids */
	cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST);
	cairo_paint(cairo);
	cairo_restore(cairo);
}

static void
draw_number(struct page *page, cairo_t *cairo, const struct page_mark *mark,
    double x, double y, int number, int count)
{
	const char *from = page_attribute(mark->node, "from");
	g_autofree char *text = g_strdup_printf("%d/%d", number, count);
	const char *said = page_attribute(mark->node, "align");
	enum page_align align = PAGE_RIGHT;
	struct page_strip *strip;

	if (number < (from ? atoi(from) : 1))
		return;
	if (said)
		page_align(page, mark->node, said, &align);
	strip = page_strip_new(0);
	page_put_text(page, strip, mark->style, text, x, mark->width, align);
	page_draw_strip(page, cairo, strip, 0, y, number, count);
	page_strip_free(strip);
}

void
page_draw_strip(struct page *page, cairo_t *cairo,
    const struct page_strip *strip, double left, double top, int number,
    int count)
{
	for (guint i = 0; i < strip->marks->len; i++) {
		const struct page_mark *mark = &g_array_index(
		    strip->marks, struct page_mark, i);
		double x = left + mark->x, y = top + mark->y;

		switch (mark->kind) {
		case MARK_LINE: draw_line(cairo, mark, x, y); break;
		case MARK_FILL:
		case MARK_RULE: draw_rule(cairo, mark, x, y); break;
		case MARK_CORNERS: draw_corners(cairo, mark, x, y); break;
		case MARK_IMAGE: draw_image(cairo, mark, x, y); break;
		case MARK_QR:
			page_qr_draw(page, number, mark->node, x, y,
			    mark->width);
			break;
		case MARK_NUMBER:
			draw_number(page, cairo, mark, x, y, number, count);
			break;
		}
	}
}
