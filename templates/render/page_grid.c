/*
 * page_grid.c - the columns of a table: as wide as is said, as their cells
 * need (auto) or as is left (*); what stands behind the decimal mark.
 */
#include "page_grid.h"

#include <stdlib.h>
#include <string.h>

static int
span_of(const struct page_node *cell)
{
	const char *text = page_attribute(cell, "span");
	int span = text ? atoi(text) : 1;

	return span < 1 ? 1 : span;
}

/* Where a cell is: its style and alignment. */
struct page_place
grid_place(struct grid *grid, const struct page_node *row,
    const struct page_node *cell, int column)
{
	struct page_place place = grid->place;
	const char *style = page_attribute(row, "style");
	const char *own = page_attribute(cell, "style");
	const char *align = page_attribute(cell, "align");
	enum page_align chosen = grid->aligns[column];

	if (own || style)
		place.style = page_style_find(
		    grid->page, cell, own ? own : style);
	if (align)
		page_align(grid->page, cell, align, &chosen);
	place.align = (int)chosen;
	return place;
}

void
grid_cells(struct grid *grid, const struct page_node *row, grid_cell_fn *call,
    void *user)
{
	int column = 0;

	for (guint i = 0; i < row->children->len; i++) {
		const struct page_node *cell = row->children->pdata[i];
		int span = span_of(cell);

		if (cell->element->type != PAGE_CELL ||
		    column + span > grid->table->columns) {
			page_fail(grid->page, cell, "this is a cell too much");
			return;
		}
		call(grid, row, cell, column, span, user);
		column += span;
	}
}

/* Rows, in heads too, one after the other. */
static void
for_rows(struct grid *grid, grid_cell_fn *call, void *user)
{
	for (guint i = 0; i < grid->node->children->len; i++) {
		const struct page_node *row = grid->node->children->pdata[i];

		if (row->element->type == PAGE_ROW ||
		    row->element->type == PAGE_HEAD)
			grid_cells(grid, row, call, user);
	}
}

/* The width behind the decimal mark. */
double
grid_fraction(struct grid *grid, PangoLayout *layout)
{
	const char *mark = page_attribute(grid->node, "decimal");
	const char *text = pango_layout_get_text(layout);
	const char *found = mark && *mark ? g_strrstr(text, mark) : NULL;
	PangoRectangle at;
	int width;

	if (!found || found == text || !g_ascii_isdigit(found[-1]) ||
	    !g_ascii_isdigit(found[strlen(mark)]))
		return 0;
	pango_layout_index_to_pos(layout, (int)(found - text), &at);
	pango_layout_get_size(layout, &width, NULL);
	return (double)(width - at.x) / PANGO_SCALE;
}

/* How wide a cell would like to be. */
static double
cell_width(struct grid *grid, const struct page_node *row,
    const struct page_node *cell, int column)
{
	struct page_place place = grid_place(grid, row, cell, column);
	double widest = 0;

	for (guint i = 0; i < cell->children->len; i++) {
		struct page_node *child = cell->children->pdata[i];
		double width = 0;

		if (child->element->type == PAGE_P)
			width = page_text_width(grid->page, child, place);
		if (child->layout && place.align == PAGE_DECIMAL) {
			double fraction = grid_fraction(grid, child->layout);

			width += grid->fractions[column] - fraction;
		}
		widest = MAX(widest, width);
	}
	return widest;
}

static void
widen_fraction(struct grid *grid, const struct page_node *row,
    const struct page_node *cell, int column, int span, void *user)
{
	struct page_place place = grid_place(grid, row, cell, column);

	(void)user;
	if (span > 1 || place.align != PAGE_DECIMAL)
		return;
	for (guint i = 0; i < cell->children->len; i++) {
		struct page_node *child = cell->children->pdata[i];
		PangoLayout *layout = child->element->type == PAGE_P ?
		    page_text_layout(grid->page, child, place) : NULL;

		if (layout)
			grid->fractions[column] = MAX(grid->fractions[column],
			    grid_fraction(grid, layout));
	}
}

static void
widen_auto(struct grid *grid, const struct page_node *row,
    const struct page_node *cell, int column, int span, void *user)
{
	double *width = &grid->table->width[column];

	(void)user;
	if (span == 1 && !strcmp(grid->widths[column], "auto"))
		*width = MAX(*width,
		    cell_width(grid, row, cell, column) + 0.1);
}

/* A heading over several columns: the last of them takes what it needs more. */
static void
widen_spanned(struct grid *grid, const struct page_node *row,
    const struct page_node *cell, int column, int span, void *user)
{
	double wanted = cell_width(grid, row, cell, column) + 0.1;
	double have = grid->gap * (span - 1);

	(void)user;
	for (int i = column; i < column + span; i++) {
		if (span == 1 || strcmp(grid->widths[i], "auto") != 0)
			return;
		have += grid->table->width[i];
	}
	if (wanted > have)
		grid->table->width[column + span - 1] += wanted - have;
}

static bool
said_width(struct grid *grid, const char *text, double *width, double *share)
{
	char *end;
	double value = g_ascii_strtod(text, &end);

	*width = *share = 0;
	if (!strcmp(text, "auto"))
		return true;
	if (!strcmp(end, "*"))
		*share = end == text ? 1 : value;
	else if (end != text && !*end)
		*width = value * PAGE_MM;
	else
		return page_fail(grid->page, grid->node,
		    "columns: \"%s\" is no width (12, * or auto)", text);
	return true;
}

static void
place_columns(struct grid *grid)
{
	struct page_table *table = grid->table;
	double shares[MAX_COLUMNS], total = 0, used;
	double left = grid->place.width - grid->gap * (table->columns - 1);
	double x = 0;

	for (int i = 0; i < table->columns; i++) {
		if (!said_width(grid, grid->widths[i], &table->width[i],
		    &shares[i]))
			return;
		total += shares[i];
	}
	for_rows(grid, widen_fraction, NULL);
	for_rows(grid, widen_auto, NULL);
	for_rows(grid, widen_spanned, NULL);
	used = 0;
	for (int i = 0; i < table->columns; i++)
		used += table->width[i];
	for (int i = 0; i < table->columns; i++) {
		if (total > 0 && shares[i] > 0)
			table->width[i] = MAX(left - used, left / 5) *
			    shares[i] / total;
		else if (total > 0 && used > left * 0.8)
			table->width[i] *= left * 0.8 / used;
		table->x[i] = x;
		x += table->width[i] + grid->gap;
	}
}

static void
read_aligns(struct grid *grid)
{
	const char *text = page_attribute(grid->node, "aligns");
	g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);

	for (int i = 0; words[i] && i < grid->table->columns; i++)
		if (*words[i])
			page_align(grid->page, grid->node, words[i],
			    &grid->aligns[i]);
}

bool
grid_read(struct grid *grid)
{
	const char *text = page_attribute(grid->node, "columns");
	struct page_table *table = grid->table;

	grid->widths = g_strsplit(text ? text : "", " ", -1);
	table->columns = (int)g_strv_length(grid->widths);
	if (!text || table->columns < 1 || table->columns > MAX_COLUMNS)
		return page_fail(grid->page, grid->node, "columns: one to %d "
		    "widths, with one blank between them", MAX_COLUMNS);
	table->x = g_new0(double, MAX_COLUMNS);
	table->width = g_new0(double, MAX_COLUMNS);
	grid->gap = page_length(grid->page, grid->node, "gap",
	    grid->place.width, 3 * PAGE_MM);
	grid->pad = page_length(grid->page, grid->node, "pad", 0, 1.1 * PAGE_MM);
	read_aligns(grid);
	place_columns(grid);
	return !grid->page->why;
}
