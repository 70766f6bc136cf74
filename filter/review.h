/*
 * review.h - decisions shown to a person, and the person's answers.
 */
#ifndef REVIEW_H
#define REVIEW_H

#include "context.h"

/* One line a payment and a line of sums. lines: decisions (json_t). */
void review_print(const struct context *context, const GPtrArray *payments,
    const GPtrArray *lines);
/* Shows each open suggestion on the terminal and asks. */
int review_ask(struct context *context);

/* A payment by its key, else by its id; says what is wrong. */
int review_find(struct context *context, const char *text,
    struct payment **out);
/* Inside the caller's transaction; each says what it did. */
int review_accept(struct context *context, const struct payment *payment);
int review_reject(struct context *context, const struct payment *payment);
int review_undo(struct context *context, const struct payment *payment);

#endif
