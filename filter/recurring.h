/*
 * recurring.h - invoices that come again by themselves: making those that are
 * due, and the command `recurring`.
 */
#ifndef RECURRING_H
#define RECURRING_H

#include "command.h"
#include "recurrence.h"

extern const struct command cmd_recurring;

struct recurring_done {		/* what became of one turn */
	char *key;
	int32_t day;
	char *number;		/* of the invoice or draft, or NULL: */
	char *why;		/* … what has to be mended */
	bool queued;		/* its mail waits */
};

/* The day on which its next turn is made. INT32_MAX: there is none. */
enum store_status recurring_next(struct context *context,
    const struct recurring *recurring, int32_t *day);
/* Makes every turn that is due (none in a dry run), each in a transaction of
 * its own; a turn that cannot be made asks the owner and stops only its own
 * row. done: struct recurring_done, the caller unrefs. */
enum store_status recurring_run(struct context *context, GPtrArray **done);

int recurring_run_add(struct context *context, int argc, char **argv);
int recurring_run_edit(struct context *context, int argc, char **argv);

#endif
