/*
 * review.h - decisions shown to a person, and the person's answers.
 */
#ifndef REVIEW_H
#define REVIEW_H

#include "words.h"

/* One line a payment and a line of sums. lines: decisions (json_t). */
void review_print(const struct context *context, const GPtrArray *payments,
    const GPtrArray *lines);
/* Asks about all that waits: on a screen of the terminal, or line by line where
 * there is none (plainly: always so). Ends at the end of stdin. */
int review_ask(struct context *context, bool plainly);

/* A payment by its key, else by its id; says what is wrong. */
int review_find(struct context *context, const char *text,
    struct payment **out);
/* One word about a payment inside the caller's transaction: says what it did,
 * or why not. */
typedef int word_fn(struct word *word);
int review_word(struct context *context, const char *text,
    word_fn *say_word);

#endif
