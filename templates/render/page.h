/*
 * page.h - the page engine: markup (mailfilter-template(7), PAGES) becomes a
 * tree, the tree strips of marks, the strips pages. Lengths are in points
 * (1/72 inch) here, in millimetres in the markup.
 */
#ifndef PAGE_H
#define PAGE_H

#include <cairo.h>
#include <glib.h>
#include <pango/pangocairo.h>
#include <stdbool.h>

#define PAGE_MM (72 / 25.4)

struct page_colour { double red, green, blue; };

enum page_align { PAGE_LEFT, PAGE_RIGHT, PAGE_CENTRE, PAGE_DECIMAL };

struct page_style {
	char *name;
	PangoFontDescription *font;
	double size, line;	/* of the type; from line to line */
	double above, below;	/* space around a paragraph */
	struct page_colour colour;
	enum page_align align;
	int track;		/* letter spacing in 1/1000 of the size */
};

struct page_node {
	const struct page_element *element;
	char *where;		/* FILE:LINE */
	char **names, **values;	/* attributes */
	GPtrArray *children;	/* struct page_node */
	GString *markup;	/* of a paragraph: for pango */
	PangoLayout *layout;	/* … once it was measured, or NULL */
	const struct page_style *style;	/* … and its style */
};

enum page_mark_kind {
	MARK_LINE, MARK_FILL, MARK_RULE, MARK_QR, MARK_IMAGE, MARK_CORNERS,
	MARK_NUMBER
};

struct page_mark {
	enum page_mark_kind kind;
	double x, y, width, height;	/* of a line of text: the baseline */
	struct page_colour colour;
	PangoLayout *layout;
	int line;
	const struct page_node *node;	/* for what is drawn from its attributes */
	const struct page_style *style;
};

/* What is never broken over two pages. */
struct page_strip {
	double height;
	GArray *marks;		/* struct page_mark */
	bool is_space;		/* nothing at the top of a page */
	bool keep;		/* with the next one */
	bool at_bottom;		/* of the last page, without margins */
	const struct page_table *table;	/* that it is a row of, or NULL */
	const char *sum;	/* up to this row, or NULL */
};

struct page_table {
	GPtrArray *head;	/* struct page_strip */
	const struct page_node *node;
	const struct page_style *carry_style;
	double *x, *width;	/* of the columns */
	int columns;
};

struct page {			/* one document */
	PangoContext *pango;
	struct page_node *root;
	double width, height, left, right, top, bottom;
	GPtrArray *styles;	/* struct page_style */
	GPtrArray *tables;	/* struct page_table */
	GPtrArray *made;	/* layouts made while drawing */
	GPtrArray *overlay;	/* GString, or NULL, for each page */
	GString *warning;	/* lines: what was left out */
	char *why;		/* the first error, FILE:LINE: what */
};

/* ---- page_parse.c ------------------------------------------------------------ */

enum page_type {
	PAGE_PAGE, PAGE_STYLE, PAGE_P, PAGE_SPACE, PAGE_RULE, PAGE_COLUMNS,
	PAGE_COLUMN, PAGE_TABLE, PAGE_HEAD, PAGE_ROW, PAGE_CELL, PAGE_KEEP,
	PAGE_AT, PAGE_HEADER, PAGE_FOOTER, PAGE_IMAGE, PAGE_QR, PAGE_BOTTOM,
	PAGE_NUMBER, PAGE_CORNERS, PAGE_FILL,
	PAGE_BLOCK
};
struct page_element {
	const char *name;
	enum page_type type;
	bool holds_text;
	const char *attributes;	/* " name name " */
};
/* The tree, or NULL and *why. The caller frees both. */
struct page_node *page_parse(const char *markup, char **why);
void page_node_free(struct page_node *node);
/* NULL: not given. */
const char *page_attribute(const struct page_node *node, const char *name);

/* ---- page_style.c -------------------------------------------------------------- */

/* The first error stays; returns false. */
G_GNUC_PRINTF(3, 4)
bool page_fail(struct page *page, const struct page_node *node,
    const char *format, ...);
/* Millimetres ("12"), points ("9pt") or percent of whole, as points. */
double page_length(struct page *page, const struct page_node *node,
    const char *name, double whole, double otherwise);
bool page_colour(struct page *page, const struct page_node *node,
    const char *name, struct page_colour *colour);
/* Reads <style> into page->styles. */
void page_style_add(struct page *page, const struct page_node *node);
void page_style_free(void *style);
/* The style of this name; NULL: the first, an unknown one is an error. */
const struct page_style *page_style_find(struct page *page,
    const struct page_node *node, const char *name);
bool page_align(struct page *page, const struct page_node *node,
    const char *text, enum page_align *align);

/* ---- page_strip.c ----------------------------------------------------------------- */

struct page_strip *page_strip_new(double height);
void page_strip_free(void *strip);
void page_strip_add(struct page_strip *strip, struct page_mark mark);
/* Puts the strips, one below the other, into one at this place of it; its
 * height grows as it needs. */
void page_strip_put(struct page_strip *strip, GPtrArray *strips, double x,
    double y);
double page_strips_height(const GPtrArray *strips);

/* ---- what makes strips -------------------------------------------------------------- */

struct page_place {		/* where a block stands */
	double width;
	const struct page_style *style;	/* of what has none, or NULL */
	int align;		/* enum page_align, -1: that of the style */
};
/* page_block.c: the blocks inside of a node. The caller unrefs. */
GPtrArray *page_compose(struct page *page, const struct page_node *node,
    struct page_place place);
/* … and those that stand at a place of the first page; page_compose() leaves
 * them out there. */
GPtrArray *page_compose_fixed(struct page *page, const struct page_node *node,
    struct page_place place);
/* page_text.c: one strip a line. */
void page_compose_text(struct page *page, struct page_node *node,
    struct page_place place, GPtrArray *strips);
/* The width that a paragraph would like to have. */
double page_text_width(struct page *page, struct page_node *node,
    struct page_place place);
/* A line of text of the program's own, as a mark of a strip. */
void page_put_text(struct page *page, struct page_strip *strip,
    const struct page_style *style, const char *text, double x, double width,
    enum page_align align);
/* The layout of a paragraph, made once. */
PangoLayout *page_text_layout(struct page *page, struct page_node *node,
    struct page_place place);
/* page_table.c */
void page_compose_table(struct page *page, const struct page_node *node,
    struct page_place place, GPtrArray *strips);

/* ---- page_flow.c ----------------------------------------------------------------------- */

struct page_sheet { GPtrArray *strips; };	/* of one page, top to bottom */
/* struct page_sheet: the strips on pages with so much room, the first and the
 * others; what is made for them goes to owned. The caller unrefs. */
GPtrArray *page_flow(struct page *page, GPtrArray *strips, double first,
    double next, GPtrArray *owned);

/* ---- page_draw.c, page_qr.c, page_image.c ------------------------------------------------ */

/* The number is that of the page, of so many. */
void page_draw_strip(struct page *page, cairo_t *cairo,
    const struct page_strip *strip, double x, double y, int number,
    int count);
/* The side of a code in modules; 0: the text does not fit. */
int page_qr_modules(const struct page_node *node);
void page_qr_draw(struct page *page, int number,
    const struct page_node *node, double x, double y, double size);
/* PDF operators that are added to the page of this number, from 1. */
GString *page_overlay(struct page *page, int number);
/* A picture by its path, kept; NULL: *why. Borrowed. */
cairo_surface_t *page_image(const char *path, double *width, double *height,
    char **why);

/* ---- page.c ---------------------------------------------------------------------------------- */

/* Draws the markup as PDF. NULL: *why, with FILE:LINE. */
struct page_about {
	char *title, *author;	/* as <page> says them; set by page_write() */
	const char *created;	/* ISO 8601, given */
	GPtrArray *overlay;	/* GString, or NULL: operators for each page; set
				 * by page_write() */
};
GByteArray *page_write(const char *markup, struct page_about *about,
    GString *warning, char **why);
void page_about_release(struct page_about *about);

#endif
