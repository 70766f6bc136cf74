/*
 * page_qr.c - QR codes (ISO/IEC 18004), 8-bit, drawn as bars, with the cross
 * of the Swiss QR-bill (7 x 7 mm on 46 mm) where that is asked for.
 */
#include "page.h"

#include <qrencode.h>
#include <string.h>

#define LINE_END "\uE00A"	/* as in the template's values */
/* With the cross: versions 14 to 20 have no alignment pattern in the middle,
 * so that it hides none, and readers that are less clever find their way. */
#define CROSSED_VERSION 14

static QRecLevel
level_of(const char *ecc)
{
	switch (ecc ? *ecc : 'M') {
	case 'L': return QR_ECLEVEL_L;
	case 'Q': return QR_ECLEVEL_Q;
	case 'H': return QR_ECLEVEL_H;
	default: return QR_ECLEVEL_M;
	}
}

/* The last code is kept: it is measured first, then drawn. Borrowed. */
static QRcode *
encode(const struct page_node *node)
{
	static char *kept;
	static QRcode *code;
	const char *data = page_attribute(node, "data");
	const char *ecc = page_attribute(node, "ecc");
	const char *mark = page_attribute(node, "mark");
	g_autofree char *key = g_strconcat(ecc ? ecc : "M", mark ? "+" : "-",
	    data, NULL);
	GString *text;

	if (kept && !strcmp(kept, key))
		return code;
	g_free(kept);
	kept = g_steal_pointer(&key);
	QRcode_free(code);
	text = g_string_new(data ? data : "");
	g_string_replace(text, LINE_END, "\n", 0);
	code = text->len ? QRcode_encodeData((int)text->len,
	    (const unsigned char *)text->str, mark ? CROSSED_VERSION : 0,
	    level_of(ecc)) : NULL;
	g_string_free(text, TRUE);
	return code;
}

int
page_qr_modules(const struct page_node *node)
{
	const QRcode *code = encode(node);

	return code ? code->width : 0;
}

/* How far right, and then how far down, dark modules go from here. */
static int
dark_right(const unsigned char *data, int side, int row, int column)
{
	int end = column;

	while (end < side && (data[row * side + end] & 1))
		end++;
	return end - column;
}

static int
dark_down(const unsigned char *data, int side, int row, int column, int width)
{
	int end = row + 1;

	while (end < side && dark_right(data, side, end, column) >= width)
		end++;
	return end - row;
}

/* Dark modules that touch become one rectangle, the larger of two. */
static void
draw_bars(cairo_t *cairo, const QRcode *code, double x, double y,
    double module)
{
	int side = code->width;
	g_autofree unsigned char *left = g_memdup2(
	    code->data, (gsize)side * (gsize)side);

	for (int at = 0; at < side * side; at++) {
		int row = at / side, column = at % side, width, height, down;

		if (!(left[at] & 1))
			continue;
		width = dark_right(left, side, row, column);
		height = dark_down(left, side, row, column, width);
		down = dark_down(left, side, row, column, 1);
		if (down > width * height) {
			height = down;
			width = 1;
		}
		for (int i = 0; i < height; i++)
			memset(left + (row + i) * side + column, 0,
			    (size_t)width);
		cairo_rectangle(cairo, x + column * module, y + row * module,
		    width * module, height * module);
	}
	cairo_fill(cairo);
}

/* 7 mm of 46: a black field in a white frame, in it the white cross. */
static void
draw_cross(cairo_t *cairo, double x, double y, double size)
{
	double unit = size / 46, left = x + 19.5 * unit, top = y + 19.5 * unit;
	double field = 6 * unit, inner = left + 0.5 * unit;
	double upper = top + 0.5 * unit;

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_rectangle(cairo, left, top, 7 * unit, 7 * unit);
	cairo_fill(cairo);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_rectangle(cairo, inner, upper, field, field);
	cairo_fill(cairo);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_rectangle(cairo, inner + field * 0.4, upper + field * 0.18,
	    field * 0.2, field * 0.64);
	cairo_rectangle(cairo, inner + field * 0.18, upper + field * 0.4,
	    field * 0.64, field * 0.2);
	cairo_fill(cairo);
}

void
page_qr_draw(cairo_t *cairo, const struct page_node *node, double x, double y,
    double size)
{
	const char *mark = page_attribute(node, "mark");
	const QRcode *code = encode(node);

	if (!code)
		return;
	cairo_set_source_rgb(cairo, 0, 0, 0);
	draw_bars(cairo, code, x, y, size / code->width);
	if (mark && !strcmp(mark, "swiss"))
		draw_cross(cairo, x, y, size);
}
