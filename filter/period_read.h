/*
 * period_read.h - shared by the readers of periods (pure, inside period.c and
 * period_shapes.c).
 */
#ifndef PERIOD_READ_H
#define PERIOD_READ_H

#include "period.h"

struct said {			/* one reading of some words */
	int year;		/* 0: not told */
	int month, day;		/* day 0: the whole month */
	int months;		/* how many, from month on */
	int week;		/* of that year, 0: none */
	guint item, from, upto;	/* its tokens */
	bool introduced, loose, plain;
};

struct reader {
	GPtrArray *tokens;	/* struct token */
	char *const *skip;
	GArray *said;		/* struct said */
	guint items;
	int this_year;		/* of the payment */
};

/* Adds what the words from token i on say and returns how many tokens that
 * are, 0: nothing. */
guint shape_read(struct reader *reader, guint i);

const struct token *reader_at(const struct reader *reader, guint i);

#endif
