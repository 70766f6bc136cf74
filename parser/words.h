/*
 * words.h - what customers write: the words of the languages that people
 * answer in, data files words/LANG.replies and words/LANG.days, and what a
 * text means by them. Internal to parser/. The format of the files is
 * described in mailfilter-words(5).
 */
#ifndef WORDS_H
#define WORDS_H

#include <glib.h>
#include <stdbool.h>

struct language;
struct tokens;
struct words;

/* Reads all files of the folders (NULL or NULL-terminated). Never NULL; bad
 * lines go as "FILE:LINE: reason" into problems (may be NULL). */
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

/* The language of a name, or NULL. */
struct language *words_language(const struct words *words, const char *name);
/* The languages that a text may be written in, the likeliest first, and those
 * that have so many percent of its score. */
GPtrArray *words_languages(const struct words *words,
    const struct tokens *tokens, unsigned percent);

/* What a person's own text means. */
struct meaning {
	const char *intent;	/* static: see EVENT_INTENT */
	const char *certainty;	/* static: see EVENT_CERTAINTY; or NULL */
	char *intents;		/* see EVENT_INTENTS; or NULL */
	const char *language;	/* borrowed from words, or NULL */
	int32_t until, paid_on;	/* days (day_number()), or G_MININT32 */
	char *method, *amount, *currency;	/* or NULL */
	GPtrArray *references;	/* char * */
};

/* today: the day it was written on (day_number()). */
void words_read(const struct words *words, const char *text, int32_t today,
    struct meaning *meaning);
/* The same of an automatic answer: "out-of-office", "left", "ticket" or
 * "other"; until is the day of the return. */
void words_read_automatic(const struct words *words, const char *text,
    int32_t today, struct meaning *meaning);
void meaning_clear(struct meaning *meaning);

/* The person's own text of an answer: quotes, what is quoted under a line
 * like "On ... wrote:", forwarded headers, the signature and notices of law
 * cut off. */
char *words_cut_quotes(const struct words *words, const char *text);

#endif
