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

/* period_counted.c: some of these shapes. */
guint shape_eastern(struct reader *reader, guint i);
guint shape_number_word(struct reader *reader, guint i);
guint shape_word_number(struct reader *reader, guint i);

/* period_shapes.c: token i, NULL behind the last. */
const struct token *reader_at(const struct reader *reader, guint i);
/* The number of a run of at most so many digits, -1: it is none. */
int reader_number(const struct reader *reader, guint i, size_t most);
/* Does it go together with the one before? */
bool reader_near(const struct reader *reader, guint i);
/* Is it glued, or joined by a sign of numbers, to the one before? */
bool reader_tied(const struct reader *reader, guint i);
/* A year of four digits, or of two (brief) that are near; 0: it is none. */
int reader_year(const struct reader *reader, guint i, bool brief);
/* The year behind token i, with "de" or "of" between, and in *n how many
 * tokens that are; 0: none. */
int reader_year_behind(const struct reader *reader, guint i, guint *n);
/* Is it one of the words of period_word()? */
bool reader_word(const struct reader *reader, guint i, unsigned kinds);
/* Adds a reading of n tokens from i on. */
void reader_add_day(struct reader *reader, int year, int month, int day,
    guint i, guint n);
void reader_add_months(struct reader *reader, int year, int month, int months,
    guint i, guint n, bool loose);

#endif
