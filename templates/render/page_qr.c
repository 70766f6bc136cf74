/*
 * page_qr.c - QR codes (ISO/IEC 18004), 8-bit, with the cross of the Swiss
 * QR-bill (7 x 7 mm on 46 mm) where that is asked for. They are written as
 * PDF operators in whole modules: by cairo they took a third of a page's time.
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
put_modules(GString *out, const QRcode *code)
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
		g_string_append_printf(out, "%d %d %d %d re\n", column, row,
		    width, height);
	}
	g_string_append(out, "f Q\n");
}

/* From here on one unit is so long, from this place down. */
static void
put_place(GString *out, double unit, double x, double y)
{
	const double numbers[] = {unit, 0, 0, -unit, x, y};

	g_string_append(out, "q 0 0 0 rg ");
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		char text[G_ASCII_DTOSTR_BUF_SIZE];

		g_ascii_formatd(text, sizeof text, "%.5f", numbers[i]);
		g_string_append_printf(out, "%s ", text);
	}
	g_string_append(out, "cm\n");
}

void
page_qr_draw(struct page *page, int number, const struct page_node *node,
    double x, double y, double size)
{
	const char *mark = page_attribute(node, "mark");
	const QRcode *code = encode(node);
	GString *out = page_overlay(page, number);

	if (!code)
		return;
	y = page->height - y;
	put_place(out, size / code->width, x, y);
	put_modules(out, code);
	if (!mark || strcmp(mark, "swiss") != 0)
		return;
	/* 7 mm of 46: a black field in a white frame, in it the white cross */
	put_place(out, size / 46, x, y);
	g_string_append(out, "1 1 1 rg 19.5 19.5 7 7 re f\n"
	    "0 0 0 rg 20 20 6 6 re f\n"
	    "1 1 1 rg 22.4 21.08 1.2 3.84 re 21.08 22.4 3.84 1.2 re f Q\n");
}
