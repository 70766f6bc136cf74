/*
 * page_strip.c - strips: what has a height and is not broken over two pages.
 */
#include "page.h"

struct page_strip *
page_strip_new(double height)
{
	struct page_strip *strip = g_new0(struct page_strip, 1);

	strip->height = height;
	strip->marks = g_array_new(FALSE, FALSE, sizeof(struct page_mark));
	return strip;
}

void
page_strip_free(void *data)
{
	struct page_strip *strip = data;

	g_array_unref(strip->marks);
	g_free(strip);
}

void
page_strip_add(struct page_strip *strip, struct page_mark mark)
{
	g_array_append_val(strip->marks, mark);
}

void
page_strip_put(struct page_strip *strip, GPtrArray *strips, double x, double y)
{
	for (guint i = 0; i < strips->len; i++) {
		const struct page_strip *from = strips->pdata[i];

		for (guint j = 0; j < from->marks->len; j++) {
			struct page_mark mark = g_array_index(
			    from->marks, struct page_mark, j);

			mark.x += x;
			mark.y += y;
			page_strip_add(strip, mark);
		}
		y += from->height;
	}
	strip->height = MAX(strip->height, y);
}

double
page_strips_height(const GPtrArray *strips)
{
	double height = 0;

	for (guint i = 0; i < strips->len; i++)
		height += ((const struct page_strip *)strips->pdata[i])->height;
	return height;
}
