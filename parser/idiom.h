/*
 * idiom.h - patterns of words in data files, found in tokens. Internal to
 * parser/. How they are written: words.h.
 */
#ifndef IDIOM_H
#define IDIOM_H

#include "tokens.h"

#define IDIOM_MOST 24		/* elements of one */

struct element;

struct idiom {
	struct element *element;
	unsigned count;
	char *value;		/* what the line says in front of it */
};

/* Where it was found, and which tokens are its own words. */
struct hit {
	unsigned first, end;
	unsigned own[IDIOM_MOST], owned;
	int slot[26];		/* of 'A' + i: the last value, or -1 */
};

/* How many tokens from at on are a slot's ("M", "@day")? 0: none. *value is
 * for one of a capital letter. */
typedef unsigned slot_fn(void *user, const char *slot, unsigned at,
    unsigned end, int *value);

struct search {
	const struct tokens *tokens;
	slot_fn *slot;
	void *user;
	bool over_marks;	/* gaps and neighbours may cross a comma */
};

/* Sets are char * of alternatives by name. NULL: *why says why, static. */
struct idiom *idiom_new(const char *text, const char *value,
    GHashTable *sets, const char **why);
void idiom_free(struct idiom *pattern);	/* NULL allowed */

/* Does it begin at a token, inside [first, end)? The longest way it can. */
bool idiom_at(const struct idiom *pattern, const struct search *search,
    unsigned first, unsigned at, unsigned end, struct hit *hit);

#endif
