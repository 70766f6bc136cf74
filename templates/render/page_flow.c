/*
 * page_flow.c - puts strips on pages: heads of tables again on each, rows and
 * lines that belong together on one, the footer below, the last block at the
 * very bottom.
 */
#include "page.h"

#include <string.h>

struct flow {
	struct page *page;
	GPtrArray *sheets;	/* struct page_sheet */
	GPtrArray *header;	/* from the second page on */
	double room;		/* left on the sheet */
	double first, next;	/* heights of the first and other sheets */
	const char *sum;	/* of the rows so far */
};

static void
sheet_free(void *data)
{
	struct page_sheet *sheet = data;

	g_ptr_array_unref(sheet->strips);
	g_free(sheet);
}

static struct page_sheet *
sheet_last(const struct flow *flow)
{
	return flow->sheets->pdata[flow->sheets->len - 1];
}

static void
new_sheet(struct flow *flow)
{
	struct page_sheet *sheet = g_new0(struct page_sheet, 1);

	sheet->strips = g_ptr_array_new();
	flow->room = flow->sheets->len ? flow->next : flow->first;
	g_ptr_array_add(flow->sheets, sheet);
}

static void
put(struct flow *flow, struct page_strip *strip)
{
	g_ptr_array_add(sheet_last(flow)->strips, strip);
	flow->room -= strip->height;
}

static double
carry_height(const struct flow *flow, const struct page_table *table)
{
	const char *label = table ?
	    page_attribute(table->node, "carry") : NULL;

	return label && *label && flow->sum && table->carry_style ?
	    table->carry_style->line * 1.6 : 0;
}

/* "Carried over 1,234.00", in the table's columns. */
static struct page_strip *
carry_strip(struct flow *flow, const struct page_table *table)
{
	const char *label = page_attribute(table->node, "carry");
	double whole = table->x[table->columns - 1] +
	    table->width[table->columns - 1];
	struct page_strip *strip;

	if (!label || !*label || !flow->sum || !table->carry_style)
		return NULL;
	strip = page_strip_new(carry_height(flow, table));
	page_put_text(flow->page, strip, table->carry_style, label, 0, whole,
	    PAGE_LEFT);
	page_put_text(flow->page, strip, table->carry_style, flow->sum, 0,
	    whole, PAGE_RIGHT);
	for (guint i = 0; i < strip->marks->len; i++)
		g_array_index(strip->marks, struct page_mark, i).y +=
		    table->carry_style->line * 0.3;
	return strip;
}

/* A new page, in the middle of a table or not. */
static void
turn(struct flow *flow, const struct page_table *table, bool inside,
    GPtrArray *owned)
{
	struct page_strip *carry = inside ? carry_strip(flow, table) : NULL;

	if (carry) {
		put(flow, carry);
		g_ptr_array_add(owned, carry);
	}
	new_sheet(flow);
	if (!table || !inside)
		return;
	for (guint i = 0; i < table->head->len; i++)
		put(flow, table->head->pdata[i]);
	carry = carry_strip(flow, table);
	if (carry) {
		put(flow, carry);
		g_ptr_array_add(owned, carry);
	}
}

/* The height of a strip and of all that stays with it. */
static double
together(const GPtrArray *strips, guint at)
{
	double height = 0;
	const struct page_strip *strip;

	do {
		strip = strips->pdata[at++];
		height += strip->height;
	} while ((strip->keep || strip->is_space) && at < strips->len);
	return height;
}

static bool
is_empty(const struct flow *flow)
{
	return !sheet_last(flow)->strips->len;
}

static void
place(struct flow *flow, GPtrArray *strips, guint at, GPtrArray *owned)
{
	struct page_strip *strip = strips->pdata[at];
	const struct page_table *before = at ?
	    ((struct page_strip *)strips->pdata[at - 1])->table : NULL;
	bool inside = strip->table && strip->table == before;
	double needs = strip->is_space ? strip->height : together(strips, at);
	bool held = at && ((struct page_strip *)strips->pdata[at - 1])->keep;

	if (!strip->table)
		flow->sum = NULL;
	needs += carry_height(flow, strip->table);
	if (strip->is_space && is_empty(flow))
		return;
	if (needs > flow->next)		/* it never fits: line by line */
		needs = strip->height, held = false;
	if (needs > flow->room + 0.01 && !is_empty(flow) && !held) {
		turn(flow, strip->table, inside, owned);
		if (strip->is_space)
			return;
	}
	put(flow, strip);
	if (strip->sum && *strip->sum)
		flow->sum = strip->sum;
}

/* The block for the very bottom goes onto the last page, or onto one more. */
static void
place_bottom(struct flow *flow, struct page_strip *strip)
{
	const GPtrArray *strips = sheet_last(flow)->strips;
	double rest = flow->page->bottom;

	for (guint i = strips->len; i > 0; i--) {
		const struct page_strip *last = strips->pdata[i - 1];

		if (!last->is_space)
			break;
		rest += last->height;
	}
	if (strip->height + 3 * PAGE_MM - rest > flow->room + 0.01)
		new_sheet(flow);
	g_ptr_array_add(sheet_last(flow)->strips, strip);
	flow->room = 0;
}

GPtrArray *
page_flow(struct page *page, GPtrArray *strips, double first, double next,
    GPtrArray *owned)
{
	struct flow flow = {.page = page, .first = first, .next = next,
	    .sheets = g_ptr_array_new_with_free_func(sheet_free)};

	new_sheet(&flow);
	for (guint i = 0; i < strips->len; i++) {
		struct page_strip *strip = strips->pdata[i];

		if (strip->at_bottom)
			place_bottom(&flow, strip);
		else
			place(&flow, strips, i, owned);
	}
	return flow.sheets;
}
