/*
 * words.h - phrase lists of the languages that people answer in: data files
 * words/LANG.replies. Internal to parser/.
 *
 * A line is "KEY PHRASE"; "#" begins a comment. Keys: see words.c.
 */
#ifndef WORDS_H
#define WORDS_H

#include <glib.h>
#include <stdbool.h>

struct words;

/* Reads all *.replies of the folders (NULL or NULL-terminated). Never NULL;
 * bad lines go as "FILE:LINE: reason" into problems (may be NULL). */
struct words *words_load(const char *const *dirs, GPtrArray *problems);
void words_free(struct words *words);	/* NULL allowed */

/* Text as it is compared: case and accents folded, everything that is no
 * letter or digit a single space, a space at both ends. */
char *words_fold(const char *text);

/* Does a folded text begin, or end, with a phrase of a key, as whole words? */
bool words_begin(const struct words *words, const char *key,
    const char *folded);
bool words_end(const struct words *words, const char *key,
    const char *folded);
/* What a person's own text means: "paid-claim", "dispute", "promise", "stop"
 * or "other". Static. */
const char *words_intent(const struct words *words, const char *text);
/* The person's own text of an answer: quotes, what is quoted under a line
 * like "On ... wrote:", forwarded headers and the signature cut off. */
char *words_cut_quotes(const struct words *words, const char *text);

#endif
