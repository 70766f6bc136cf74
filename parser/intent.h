/*
 * intent.h - what intent.c finds in a text and meaning.c makes a meaning of.
 * Internal to parser/.
 */
#ifndef INTENT_H
#define INTENT_H

#include "tongue.h"
#include "when.h"

enum intent {			/* the one that holds most first */
	INTENT_DISPUTE, INTENT_PAID, INTENT_PROMISE, INTENT_INSTALMENTS,
	INTENT_STOP, INTENT_COPY, INTENT_STATEMENT,
	INTENTS
};

enum strength {
	STRENGTH_NONE,
	STRENGTH_DENIED,	/* "we have not paid" */
	STRENGTH_HINT,		/* asked, or under a condition */
	STRENGTH_DOUBT,
	STRENGTH_SURE
};

struct said {			/* of one intent: the strongest place */
	enum strength strength;
	bool denied;		/* somewhere */
	unsigned first, end, clause_first, clause_end;
	struct sentence sentence;
};

struct reading_text {		/* a text in one language */
	struct tongue *language;
	struct tokens *tokens;
	GArray *whens;		/* struct when */
	unsigned char *border;	/* in front of each token, and at the end */
	struct said said[INTENTS];
	unsigned judged;	/* phrases looked at so far */
};

const char *intent_name(enum intent intent);
/* Fills said; changes the tokens: what is only polite is blotted out. */
void intent_find(struct reading_text *text);
/* Is a pattern of a key in [first, end)? */
bool intent_has(const struct reading_text *text, const char *key,
    unsigned first, unsigned end);
/* Is it the day of an invoice ("vom 3. Mai"), not of its payment? */
bool when_is_dated(const struct reading_text *text, const struct when *when);

#endif
