/*
 * period.h - days, months and other periods that a text names ("October",
 * "10/2026", "Q3", "KW 42", "of 5 November"). Pure, inside the matcher only.
 */
#ifndef PERIOD_H
#define PERIOD_H

#include "references.h"

struct period {
	int32_t first, last;	/* days (day_number), the same for a day */
	guint item;		/* of the same words; several periods of one
				 * item are several ways to read it */
	bool introduced;	/* behind a word for invoice, or "dated" */
	bool loose;		/* its characters may well be something else:
				 * "5/11", "10/26" */
	bool plain;		/* digits only */
};

/* What a text names, in its order. day: of the payment; years that are not
 * told are the last ones up to then. skip: words that are no months here
 * because somebody is called that (folded, NULL-terminated, or NULL). */
GArray *periods_read(const char *text, int32_t day, char *const *skip);

/* ---- period_words.c ---------------------------------------------------------- */

/* The months that a folded word may be, bit 0 is January; *full: it is no
 * abbreviation, and may stand alone. */
unsigned period_month(const char *folded, bool *full);

enum period_word {
	PERIOD_MONTH = 1, PERIOD_QUARTER = 2, PERIOD_HALF = 4, PERIOD_WEEK = 8,
	PERIOD_DATED = 16,	/* "dated": the day of a document */
	PERIOD_ORDINAL = 32,	/* behind a number: "1st", "5th" */
	PERIOD_OF = 64,		/* between day, month and year */
	PERIOD_NEVER = 128	/* the day of something else: a birthday */
};
unsigned period_word(const char *folded);	/* 0: none of these */

/* period_months.c: of a language, months parted by commas, forms of one by
 * blanks. */
struct month_row {
	const char *language, *full, *brief;
};
extern const struct month_row period_months[];

#endif
