/*
 * page_grid.h - the columns of a table. Only for page_grid.c and page_table.c.
 */
#ifndef PAGE_GRID_H
#define PAGE_GRID_H

#include "page.h"

#define MAX_COLUMNS 16

struct grid {
	struct page *page;
	const struct page_node *node;
	struct page_place place;
	struct page_table *table;
	char **widths;		/* as they are said */
	double gap, pad;
	enum page_align aligns[MAX_COLUMNS];
	double fractions[MAX_COLUMNS];	/* the widest behind the mark */
};

/* Where a cell stands, with its style and alignment. */
struct page_place grid_place(struct grid *grid, const struct page_node *row,
    const struct page_node *cell, int column);

typedef void grid_cell_fn(struct grid *grid, const struct page_node *row,
    const struct page_node *cell, int column, int span, void *user);
void grid_cells(struct grid *grid, const struct page_node *row,
    grid_cell_fn *call, void *user);
/* The width behind the decimal mark of a text. */
double grid_fraction(struct grid *grid, PangoLayout *layout);
/* Reads and places the columns; false: an error of the page. */
bool grid_read(struct grid *grid);

#endif
