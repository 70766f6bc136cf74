/*
 * page_table.c - the rows of tables: cells on one baseline, figures with their
 * decimal marks below each other, long rows broken by lines.
 */
#include "page_grid.h"

#include <string.h>

#define LONG_ROW 120		/* points: a row that may be broken */

struct row {			/* of what each cell is made */
	GPtrArray *cells[MAX_COLUMNS];
	double x[MAX_COLUMNS];
	int count;
};

/* Figures stand with their mark below each other. */
static void
shift_decimals(struct grid *grid, GPtrArray *strips, int column)
{
	for (guint i = 0; i < strips->len; i++) {
		const struct page_strip *strip = strips->pdata[i];

		for (guint j = 0; j < strip->marks->len; j++) {
			struct page_mark *mark = &g_array_index(
			    strip->marks, struct page_mark, j);

			if (mark->layout)
				mark->x -= grid->fractions[column] -
				    grid_fraction(grid, mark->layout);
		}
	}
}

static void
compose_cell(struct grid *grid, const struct page_node *row,
    const struct page_node *cell, int column, int span, void *user)
{
	struct row *made = user;
	struct page_place place = grid_place(grid, row, cell, column);
	int last = column + span - 1;
	GPtrArray *strips;

	place.width = grid->table->x[last] + grid->table->width[last] -
	    grid->table->x[column];
	strips = page_compose(grid->page, cell, place);
	if (place.align == PAGE_DECIMAL && span == 1)
		shift_decimals(grid, strips, column);
	made->cells[made->count] = strips;
	made->x[made->count++] = grid->table->x[column];
}

static void
add_rule(struct grid *grid, struct page_strip *strip, double y,
    const char *colour, double weight)
{
	struct page_mark mark = {.kind = MARK_RULE, .y = y,
	    .width = grid->place.width, .height = weight,
	    .node = grid->node, .colour = {0.82, 0.82, 0.82}};

	(void)colour;
	page_strip_add(strip, mark);
}

/* Where the first line of a cell stands; 0: it has none. */
static double
first_baseline(const GPtrArray *strips)
{
	double y = 0;

	for (guint i = 0; i < strips->len; i++) {
		const struct page_strip *strip = strips->pdata[i];

		if (strip->marks->len) {
			const struct page_mark *mark = &g_array_index(
			    strip->marks, struct page_mark, 0);

			return mark->kind == MARK_LINE ? y + mark->y : 0;
		}
		y += strip->height;
	}
	return 0;
}

/* Cells of small and of large type stand on one line. */
static void
align_baselines(const struct row *row)
{
	double lowest = 0;

	for (int i = 0; i < row->count; i++)
		lowest = MAX(lowest, first_baseline(row->cells[i]));
	for (int i = 0; i < row->count; i++) {
		double own = first_baseline(row->cells[i]);

		if (own > 0 && own < lowest)
			g_ptr_array_insert(row->cells[i], 0,
			    page_strip_new(lowest - own));
	}
}

/* A row as one strip, with space above and below. */
static struct page_strip *
whole_row(struct grid *grid, const struct row *row)
{
	struct page_strip *strip = page_strip_new(0);

	align_baselines(row);
	for (int i = 0; i < row->count; i++)
		page_strip_put(strip, row->cells[i], row->x[i], grid->pad);
	strip->height += grid->pad;
	return strip;
}

static double
row_height(const struct row *row)
{
	double height = 0;

	for (int i = 0; i < row->count; i++)
		height = MAX(height, page_strips_height(row->cells[i]));
	return height;
}

/* What of a cell begins between two heights, put into a strip. */
static void
put_part(struct page_strip *strip, GPtrArray *cell, double x, double from,
    double until, double pad)
{
	double y = 0;

	for (guint i = 0; i < cell->len; i++) {
		struct page_strip *one = cell->pdata[i];
		double middle = y + one->height / 2;

		if (middle >= from && middle < until) {
			g_autoptr(GPtrArray) list = g_ptr_array_new();

			g_ptr_array_add(list, one);
			page_strip_put(strip, list, x, pad + y - from);
		}
		y += one->height;
	}
}

/* A long row, a strip for each line of its highest cell; the first three and
 * the last three stay together. */
static void
broken_row(struct grid *grid, const struct row *row, GPtrArray *out)
{
	double height = row_height(row), step, from = 0;
	const GPtrArray *highest = row->cells[0];

	for (int i = 1; i < row->count; i++)
		if (page_strips_height(row->cells[i]) >
		    page_strips_height(highest))
			highest = row->cells[i];
	for (guint line = 0; line < highest->len; line++) {
		struct page_strip *strip = page_strip_new(0);
		bool first = line == 0, last = line + 1 == highest->len;

		step = ((struct page_strip *)highest->pdata[line])->height;
		for (int i = 0; i < row->count; i++)
			put_part(strip, row->cells[i], row->x[i], from,
			    last ? height + 1 : from + step,
			    first ? grid->pad : 0);
		strip->height = step + (first ? grid->pad : 0) +
		    (last ? grid->pad : 0);
		strip->keep = !last && (line < 2 || line + 4 > highest->len);
		g_ptr_array_add(out, strip);
		from += step;
	}
}

static void
row_rules(struct grid *grid, const struct page_node *node, GPtrArray *out,
    guint first)
{
	const char *own = page_attribute(node, "rule");
	const char *rule = own ? own : page_attribute(grid->node, "rule");
	struct page_strip *top, *bottom;

	if (!rule || first == out->len)
		return;
	top = out->pdata[first];
	bottom = out->pdata[out->len - 1];
	if (strstr(rule, "above"))
		add_rule(grid, top, 0, NULL, 0.5);
	if (strstr(rule, "below"))
		add_rule(grid, bottom, bottom->height - 0.5, NULL, 0.5);
}

static void
compose_row(struct grid *grid, const struct page_node *node, GPtrArray *out)
{
	struct row row = {.count = 0};
	const char *sum = page_attribute(node, "sum");
	const char *keep = page_attribute(node, "keep");
	guint first = out->len;

	grid_cells(grid, node, compose_cell, &row);
	if (row_height(&row) > LONG_ROW)
		broken_row(grid, &row, out);
	else
		g_ptr_array_add(out, whole_row(grid, &row));
	for (guint i = first; i < out->len; i++) {
		struct page_strip *strip = out->pdata[i];

		strip->table = grid->table;
		if (i + 1 == out->len)
			strip->sum = sum;
	}
	if (keep && !strcmp(keep, "next") && out->len > first)
		((struct page_strip *)out->pdata[out->len - 1])->keep = true;
	row_rules(grid, node, out, first);
	for (int i = 0; i < row.count; i++)
		g_ptr_array_unref(row.cells[i]);
}

/* A head stays with two rows, the last row with the one before it. */
static void
keep_ends(GPtrArray *strips, guint first)
{
	if (strips->len - first > 1)
		((struct page_strip *)strips->pdata[first])->keep = true;
	if (strips->len - first > 2)
		((struct page_strip *)strips->pdata[strips->len - 2])->keep =
		    true;
}

static void
compose_rows(struct grid *grid, GPtrArray *strips)
{
	guint first = strips->len;

	for (guint i = 0; i < grid->node->children->len; i++) {
		const struct page_node *row = grid->node->children->pdata[i];
		enum page_type type = row->element->type;

		if (type == PAGE_HEAD)
			compose_row(grid, row, grid->table->head);
		else if (type == PAGE_ROW)
			compose_row(grid, row, strips);
		else
			page_fail(grid->page, row, "this is no row");
	}
	keep_ends(strips, first);
}

/* The head in front of the first row. */
static void
put_head(const struct page_table *table, GPtrArray *strips)
{
	for (guint i = 0; i < table->head->len; i++) {
		g_autoptr(GPtrArray) one = g_ptr_array_new();
		struct page_strip *copy = page_strip_new(0);

		g_ptr_array_add(one, table->head->pdata[i]);
		page_strip_put(copy, one, 0, 0);
		copy->keep = true;
		g_ptr_array_add(strips, copy);
	}
}

void
page_compose_table(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips)
{
	struct grid grid = {.page = page, .node = node, .place = place};
	const char *style = page_attribute(node, "style");
	const char *carry = page_attribute(node, "carry-style");
	g_autoptr(GPtrArray) rows = NULL;

	grid.table = g_new0(struct page_table, 1);
	grid.table->node = node;
	grid.table->head = g_ptr_array_new_with_free_func(page_strip_free);
	g_ptr_array_add(page->tables, grid.table);
	if (style)
		grid.place.style = page_style_find(page, node, style);
	grid.table->carry_style = carry ? page_style_find(page, node, carry) :
	    grid.place.style;
	if (grid_read(&grid)) {
		rows = g_ptr_array_new();
		compose_rows(&grid, rows);
		put_head(grid.table, strips);
		for (guint i = 0; i < rows->len; i++)
			g_ptr_array_add(strips, rows->pdata[i]);
	}
	g_strfreev(grid.widths);
}
