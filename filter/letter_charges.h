/*
 * letter_charges.h - interest, compensation and the fee that a reminder names:
 * counted from the facts of this moment, written down when it leaves.
 */
#ifndef LETTER_CHARGES_H
#define LETTER_CHARGES_H

#include "interest.h"
#include "letter_values.h"

struct named {			/* one amount that a letter names */
	struct charge charge;
	const struct invoice *invoice;	/* borrowed from the values */
	struct interest interest;	/* of interest: how it was counted */
	char *law;		/* by what, or NULL: as agreed */
};

/* What the letter names (struct named), by its steps, its customer and the
 * law. *trouble: NULL, or the sentence that says what could not be counted
 * (the caller frees both). */
enum store_status charges_gather(const struct values *values, GPtrArray **out,
    char **trouble);

/* Inside the transaction that claims a letter: keeps what it names, with the
 * calculation in the journal; what could not be counted is asked about. */
enum store_status letter_charges_keep(struct context *context,
    const struct letter *letter);

#endif
