/*
 * language.h - one language's words for what customers write: the patterns
 * of its files words/LANG.replies and words/LANG.days by key, compiled when
 * they are asked for. Internal to parser/. The format: words.h.
 */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include "pattern.h"

struct language;

struct language *language_new(const char *name);
void language_free(struct language *language);	/* NULL allowed */
const char *language_name(const struct language *language);

/* Is it a key of patterns? */
bool language_knows_key(const char *key);
/* Keeps a line of a file for later. */
void language_add(struct language *language, const char *key,
    const char *text);
/* Compiles all that is kept: NULL, or why a line is bad (caller frees). */
char *language_check(struct language *language);

/* Patterns of a key (struct pattern), in the order of the file; borrowed. */
const GPtrArray *language_patterns(struct language *language, const char *key);
/* Is a folded word common in the language? */
bool language_has(struct language *language, const char *word);

#endif
