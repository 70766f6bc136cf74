/*
 * generic_table.c - tables: a line of labels, and rows of values below it.
 */
#include "generic_facts.h"

#include <string.h>

#define COLUMNS 16

struct column {
	int key;		/* -1: a label that we do not know */
	uint32_t label, label_end;	/* tokens */
	uint32_t left, right;	/* bytes from the start of its line */
	uint32_t number;
};

static uint32_t
line_start(const struct gtext *text, uint32_t line)
{
	return TOKEN(text, CELL(text, LINE(text, line)->first)->first)->start;
}

static void
place(const struct gtext *text, uint32_t cell, uint32_t *left,
    uint32_t *right)
{
	const struct gcell *c = CELL(text, cell);
	uint32_t start = line_start(text, c->line);

	*left = TOKEN(text, c->first)->start - start;
	*right = TOKEN(text, c->end - 1)->end - start;
}

/* A line of labels, at least two known, an amount among them, no figures.
 * How many columns, or 0. */
static unsigned
read_header(const struct gtext *text, uint32_t line, struct column *columns)
{
	const struct gline *l = LINE(text, line);
	unsigned known = 0, amounts = 0, count = 0;

	if (l->end - l->first < 2 || l->end - l->first > COLUMNS)
		return 0;
	for (uint32_t cell = l->first; cell < l->end; cell++, count++) {
		struct column *c = &columns[count];
		bool weak = false;

		for (uint32_t i = CELL(text, cell)->first;
		    i < CELL(text, cell)->end; i++)
			if (TOKEN(text, i)->kind == LEX_NUMBER ||
			    gtext_is_sign(text, i, ':'))
				return 0;
		c->key = glabel_bare(text, cell, &weak);
		c->label = CELL(text, cell)->first;
		c->label_end = CELL(text, cell)->end;
		c->number = CELL(text, cell)->column;
		place(text, cell, &c->left, &c->right);
		known += c->key >= 0 && !weak;
		amounts += glabel_is_amount(c->key);
	}
	return known >= 2 && amounts >= 1 ? count : 0;
}

/* The column that a cell stands under, or NULL. */
static const struct column *
column_of(const struct gtext *text, uint32_t cell,
    const struct column *columns, unsigned count, bool aligned)
{
	const struct column *best = NULL;
	uint32_t left, right, most = 0;

	place(text, cell, &left, &right);
	for (unsigned i = 0; i < count; i++) {
		const struct column *c = &columns[i];
		uint32_t from = MAX(left, c->left), to = MIN(right, c->right);

		if (!aligned && c->number == CELL(text, cell)->column)
			return c;
		if (aligned && to > from && to - from > most) {
			most = to - from;
			best = c;
		}
	}
	return best;
}

static void
add_cell(struct gfacts *facts, struct gmove *move, uint32_t cell,
    const struct column *column)
{
	struct gtext *text = facts->text;
	const struct gcell *c = CELL(text, cell);
	struct gfact *fact;

	g_array_index(facts->cell_used, bool, cell) = true;
	if (!column || column->key < 0 ||
	    ghits_is_never((enum labels_key)column->key)) {
		for (struct gamount *a = gamounts_in(text, c->first, c->end);
		    a && a < AMOUNT(text, text->amounts->len) &&
		    a->first < c->end; a++)
			a->never = true;
		return;
	}
	gmove_add(move, column->key, c->first, c->end);
	fact = FACT(move->facts, move->facts->len - 1);
	glabel_unit(text, column->label, column->label_end, fact->unit);
	if (!glabel_is_amount(column->key) && column->key != LABEL_TYPE)
		gfacts_mask(text, c->first, c->end);
}

static bool
has_amount(const struct gtext *text, const struct gmove *move)
{
	for (guint i = 0; i < move->facts->len; i++) {
		const struct gfact *f = FACT(move->facts, i);

		if (glabel_is_amount(f->key) &&
		    gvalue_amount(text, f->first, f->end))
			return true;
	}
	return false;
}

/* One line as a row; false when it is none. */
static bool
read_row(struct gfacts *facts, uint32_t line, const struct column *columns,
    unsigned count)
{
	struct gtext *text = facts->text;
	const struct gline *l = LINE(text, line);
	bool aligned = !CELL(text, l->end - 1)->tabbed, weak;
	uint32_t cells = l->end - l->first;
	struct gmove *move;

	if (cells < 2 || cells > count ||
	    CELL(text, l->first)->first >= text->end)
		return false;
	weak = false;
	if (ghits_is_never((enum labels_key)MAX(glabel_of(text,
	    CELL(text, l->first)->first, CELL(text, l->first)->end, &weak),
	    0)))
		return false;	/* a sum below the rows */
	move = gmove_new(facts->rows, CELL(text, l->first)->first,
	    CELL(text, l->end - 1)->end);
	for (uint32_t cell = l->first; cell < l->end; cell++)
		add_cell(facts, move, cell, cells == count ?
		    &columns[cell - l->first] :
		    column_of(text, cell, columns, count, aligned));
	if (has_amount(text, move))
		return true;
	g_ptr_array_set_size(facts->rows, (gint)facts->rows->len - 1);
	return false;
}

/* Does a line begin with a label? Then what is above is no heading: "type |
 * credit" and "amount | 5" are two labels and their values. */
static bool
is_label(const struct gtext *text, uint32_t line)
{
	bool weak;

	return glabel_bare(text, LINE(text, line)->first, &weak) >= 0 && !weak;
}

/* Its words are labels: "Paid out" above a column says of no row that it is. */
static void
use_header(struct gfacts *facts, uint32_t line)
{
	struct gtext *text = facts->text;

	for (uint32_t c = LINE(text, line)->first; c < LINE(text, line)->end;
	    c++) {
		g_array_index(facts->cell_used, bool, c) = true;
		for (uint32_t i = CELL(text, c)->first; i < CELL(text, c)->end;
		    i++)
			TOKEN(text, i)->label = true;
	}
}

void
gfacts_tables(struct gfacts *facts)
{
	struct gtext *text = facts->text;
	struct column columns[COLUMNS];

	for (uint32_t line = 1; line + 1 < text->lines->len; line++) {
		unsigned count = CELL(text, LINE(text, line)->first)->first <
		    text->body ? 0 : read_header(text, line, columns);
		uint32_t row = line + 1;

		if (count == 0 || is_label(text, row) ||
		    !read_row(facts, row, columns, count))
			continue;
		use_header(facts, line);
		for (row++; row < text->lines->len && read_row(facts, row,
		    columns, count); row++)
			continue;
		line = row - 1;
	}
}
