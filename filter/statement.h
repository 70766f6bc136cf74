/*
 * statement.h - a statement's frame and entries into the store: continuity
 * first, then each entry like any other report.
 */
#ifndef STATEMENT_H
#define STATEMENT_H

#include "context.h"

/* Takes the statement event at events[index] and the entries that follow it
 * with the same statement id, inside the caller's transaction. A break (not
 * our account, opening differs from the last closing, sums wrong) makes a
 * question to the owner and nothing of the statement settles: STORE_OK all
 * the same. Plans that were carried out are added to done (may be NULL). */
enum store_status statement_take(struct context *context, GPtrArray *events,
    guint index, enum trust trust, const char *source, GPtrArray *done);

/* NULL when statement_take would take this statement now, else what is wrong
 * with it; the caller frees. */
char *statement_break(struct context *context, const struct event *event,
    enum trust trust);

#endif
