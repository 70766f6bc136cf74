/*
 * statement.h - class S: a statement counts when it is whole and follows on
 * what is known of its account. Its events are taken one by one, as they are
 * read; inside the caller's transaction.
 */
#ifndef STATEMENT_H
#define STATEMENT_H

#include "context.h"

/* Who handed it over. */
enum statement_origin {
	ORIGIN_OWNER,		/* a file of the owner's */
	ORIGIN_BANK,		/* attached to verified mail of the bank */
	ORIGIN_UNKNOWN		/* attached to any other mail: never taken */
};

struct statement;

/* source: the document's identity; done takes the plans that were carried
 * out (may be emptied between events). Both must outlive it. */
struct statement *statement_new(struct context *context,
    enum statement_origin origin, const char *source, GPtrArray *done);

/* The owner says that nothing is missing before it, or cannot be had. */
void statement_any_gap(struct statement *statement);
/* A frame, or an entry of the frame before it. A frame that is not taken
 * leaves its entries without effect; the owner is asked when the statement
 * came by mail. */
enum store_status statement_take(struct statement *statement,
    struct event *event);
/* Why the last frame was not taken, NULL: it was. Borrowed. */
const char *statement_why(const struct statement *statement);
/* Was that because a statement before it is missing? */
bool statement_has_gap(const struct statement *statement);
/* If that was because a statement before it is missing, its account shows it
 * until the statements have come that far. For a caller that undid all that
 * was taken; statement_take() does so by itself for mail. */
enum store_status statement_show_gap(struct statement *statement);
/* After the last event: moves the account's feed on. */
enum store_status statement_end(struct statement *statement);
void statement_free(struct statement *statement);	/* NULL allowed */

#endif
