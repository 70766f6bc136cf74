/*
 * tongue.h - one language's words for what customers write: the patterns
 * of its files words/LANG.replies and words/LANG.days by key, compiled when
 * they are asked for. Internal to parser/. The format: words.h.
 */
#ifndef TONGUE_H
#define TONGUE_H

#include "idiom.h"

struct tongue;

struct tongue *tongue_new(const char *name);
void tongue_free(struct tongue *language);	/* NULL allowed */
const char *tongue_name(const struct tongue *language);

/* Is it a key of patterns? */
bool tongue_knows_key(const char *key);
/* Keeps a line of a file for later; key and text have to stay as long as the
 * language. */
void tongue_add(struct tongue *language, const char *key,
    const char *text);
/* Compiles all that is kept: NULL, or why a line is bad (caller frees). */
char *tongue_check(struct tongue *language);

/* Patterns of a key (struct idiom), in the order of the file; borrowed. */
const GPtrArray *tongue_patterns(struct tongue *language, const char *key);
/* Is a folded word common in the language? */
bool tongue_has(struct tongue *language, const char *word);
/* Has it any? Else only subjects and marks of mails are known of it. */
bool tongue_is_known(struct tongue *language);

#endif
