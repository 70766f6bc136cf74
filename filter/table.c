/*
 * table.c - tables for a person. Into a file or a pipe a row is one line,
 * however long; at a terminal rows fit its width: words go on below, and when
 * there is no room beside the others, the last column has lines of its own.
 */
#include "print.h"

#include <stdio.h>

#define GAP 2			/* between columns */
#define WORD 30			/* longer ones may be broken */
#define WORD_LEAST 12		/* … or these, when there is no other way */
#define INDENT 10		/* of what moves below, at most */
#define LAST_LEAST 24		/* the last one rather moves below */

struct table {
	const struct context *context;
	int columns;
	GPtrArray *cells;	/* row after row, the headings first */
};

struct shape {
	guint columns;
	int *widths, *least;
	bool *right;		/* numbers are never broken */
	int limit;		/* 0: none */
	int gap;
	bool below;		/* the last column */
};

struct table *
table_new(const struct context *context, int columns,
    const char *const *headings)
{
	struct table *table = g_new0(struct table, 1);

	table->context = context;
	table->columns = columns;
	table->cells = g_ptr_array_new_with_free_func(g_free);
	table_row(table, headings);
	return table;
}

void
table_row(struct table *table, const char *const *cells)
{
	for (int i = 0; i < table->columns; i++)
		g_ptr_array_add(table->cells,
		    print_clean(cells[i] ? cells[i] : ""));
}

/* ---- widths ------------------------------------------------------------------ */

static const char *
cell_text(const char *cell)
{
	return cell + (*cell == '>');
}

static int
sum_of(const struct shape *shape, const int *widths, guint n)
{
	int width = (int)(n - 1) * shape->gap;

	for (guint i = 0; i < n; i++)
		width += widths[i];
	return width;
}

/* The widest of the first n columns gives way, one by one, until they fit or
 * none is wider than it must be. */
static void
give_way(const struct shape *shape, guint n, int limit)
{
	while (sum_of(shape, shape->widths, n) > limit) {
		guint widest = n;

		for (guint i = 0; i < n; i++)
			if (shape->widths[i] > shape->least[i] &&
			    (widest == n || shape->widths[i] >
				shape->widths[widest]))
				widest = i;
		if (widest == n)
			return;
		shape->widths[widest]--;
	}
}

static void
shrink(const struct shape *shape, guint n, int limit)
{
	give_way(shape, n, limit);
	if (sum_of(shape, shape->widths, n) <= limit)
		return;
	for (guint i = 0; i < n; i++)
		if (!shape->right[i])
			shape->least[i] = MIN(shape->least[i], WORD_LEAST);
	give_way(shape, n, limit);
}

static void
fit(struct shape *shape)
{
	guint others = shape->columns - 1;
	int last = shape->widths[others];

	if (!shape->limit ||
	    sum_of(shape, shape->widths, shape->columns) <= shape->limit)
		return;
	last = MIN(last, LAST_LEAST);
	if (sum_of(shape, shape->least, others) + GAP + last > shape->limit)
		shape->gap = 1;
	shape->below = others > 0 && sum_of(shape, shape->least, others) +
	    shape->gap + last > shape->limit;
	if (shape->below)
		shape->gap = GAP;
	if (shape->below) {
		shrink(shape, others, shape->limit);
		return;
	}
	if (others > 0)
		shrink(shape, others, shape->limit - shape->gap - last);
	shape->widths[others] = shape->limit -
	    (others > 0 ? sum_of(shape, shape->widths, others) + shape->gap : 0);
}

/* A column is as wide as its widest cell; numbers stay so, words may be broken
 * between, and the longest of them in the middle. */
static void
measure(struct shape *shape, guint column, const char *cell)
{
	g_auto(GStrv) words = g_strsplit(cell_text(cell), " ", -1);
	int least = *cell == '>' ? text_width(cell_text(cell)) : 0;

	for (char **word = words; *word && *cell != '>'; word++)
		least = MAX(least, MIN(text_width(*word), WORD));
	shape->widths[column] =
	    MAX(shape->widths[column], text_width(cell_text(cell)));
	shape->least[column] = MAX(shape->least[column], least);
	shape->right[column] |= *cell == '>';
}

/* ---- rows -------------------------------------------------------------------- */

static void
print_cell(const char *cell, int width, bool right, int gap)
{
	int pad = MAX(width - text_width(cell), 0);

	if (right)
		printf("%*s", pad, "");
	fputs(cell, stdout);
	if (gap)
		printf("%*s", (right ? 0 : pad) + gap, "");
}

/* A column's text in lines; one line where nothing limits it. */
static GPtrArray *
cell_lines(const struct shape *shape, guint column, const char *cell)
{
	return text_lines(cell_text(cell),
	    shape->limit ? shape->widths[column] : 0);
}

static void
print_below(const struct shape *shape, const char *cell)
{
	int indent = MIN(shape->widths[0] + GAP, INDENT);
	g_autoptr(GPtrArray) lines =
	    text_lines(cell_text(cell), shape->limit - indent);

	for (guint i = 0; i < lines->len; i++)
		if (*(const char *)lines->pdata[i])
			printf("%*s%s\n", indent, "",
			    (const char *)lines->pdata[i]);
}

/* Line y of a row's cells, up to the last one that has such a line. */
static void
print_line(const struct shape *shape, const char *const *cells,
    const GPtrArray *all, guint y)
{
	guint n = all->len;

	while (y > 0 && n > 0 && y >= ((GPtrArray *)all->pdata[n - 1])->len)
		n--;
	for (guint i = 0; i < n; i++) {
		const GPtrArray *lines = all->pdata[i];

		print_cell(y < lines->len ? lines->pdata[y] : "",
		    shape->widths[i], *cells[i] == '>',
		    i == n - 1 ? 0 : shape->gap);
	}
	putchar('\n');
}

static void
print_row(const struct shape *shape, const char *const *cells)
{
	guint columns = shape->columns - (shape->below ? 1 : 0);
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)g_ptr_array_unref);
	guint height = 1;

	for (guint i = 0; i < columns; i++) {
		GPtrArray *lines = cell_lines(shape, i, cells[i]);

		height = MAX(height, lines->len);
		g_ptr_array_add(all, lines);
	}
	for (guint y = 0; y < height; y++)
		print_line(shape, cells, all, y);
	if (shape->below)
		print_below(shape, cells[columns]);
}

void
table_print(struct table *table)
{
	guint columns = (guint)table->columns;
	g_autofree int *widths = g_new0(int, columns);
	g_autofree int *least = g_new0(int, columns);
	g_autofree bool *right = g_new0(bool, columns);
	const char *const *cells = (const char *const *)table->cells->pdata;
	struct shape shape = {.columns = columns, .widths = widths,
	    .least = least, .right = right, .gap = GAP, .limit = print_columns()};

	for (guint i = 0; i < table->cells->len; i++)
		measure(&shape, i % columns, cells[i]);
	fit(&shape);
	for (guint i = 0; i < table->cells->len; i += columns) {
		if (i == 0)
			fputs(paint(table->context, PAINT_BOLD), stdout);
		print_row(&shape, cells + i);
		if (i == 0)
			fputs(paint(table->context, PAINT_NONE), stdout);
	}
	g_ptr_array_unref(table->cells);
	g_free(table);
}

void
table_end(struct table *table, const char *when_empty)
{
	bool empty = table->cells->len == (guint)table->columns;

	if (!empty && !table->context->json) {
		table_print(table);
		return;
	}
	if (empty && !table->context->json && !table->context->quiet)
		puts(when_empty);
	g_ptr_array_unref(table->cells);
	g_free(table);
}
