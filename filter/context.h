/*
 * context.h - what every command is given: where, when, how to speak.
 */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "config.h"
#include "../parser/parser.h"
#include "../store/store.h"

#include <sysexits.h>

struct context {
	const char *program;	/* argv[0] of main, for finding helpers */
	char *home;		/* absolute */
	char *config_path;
	struct config *config;	/* loaded on demand: context_config() */
	struct store *store;	/* opened on demand: context_store() */
	enum store_access access;	/* how it was opened */
	int64_t now;		/* the clock, or --now, or MAILFILTER_NOW */
	char today[DAY_SIZE];	/* civil day of now, in the owner's time zone */
	bool now_is_set;	/* from outside */
	bool json, dry_run, quiet, verbose;
	bool pipeline;		/* under an MTA: say_error and say print
				 * nothing, the command prints its one line */
	bool colour;		/* stdout is a tty and NO_COLOR is unset */
};

/* Each gives EX_OK or an exit code after having said why on stderr. They do
 * nothing when it is done already. */
int context_config(struct context *context);
int context_store(struct context *context, enum store_access access);
/* Options for the parser out of the configuration (and without one); the
 * arrays inside belong to the context's static storage. */
struct parser *context_parser(struct context *context, bool generic);

/* Sentences on stderr, "mailfilter: ..." . say_v only with -v, neither with
 * -q but errors always. Never a secret, never a mail's content in deliver. */
void say_error(const struct context *context, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
void say(const struct context *context, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/* The one switch from a store status to an exit code. */
int status_exit(enum store_status status);
/* Says what a failed store call means and gives the exit code. */
int store_failed(const struct context *context, enum store_status status);

/* Folders of data and helpers: beside the executable in the build tree, else
 * compiled in. name: "banks", "words", "templates", "man", "policies" … The
 * caller frees. */
char *place_data(const struct context *context, const char *name);
char *place_helper(const struct context *context, const char *name);

/* Prints one JSON object as a line on stdout; takes the reference. */
void print_json(json_t *object);
/* Aligned columns for a person: rows of n cells; a cell that starts with '>'
 * is right-aligned (the mark is not printed). */
struct table;
struct table *table_new(const struct context *context, int columns,
    const char *const *headings);
void table_row(struct table *table, const char *const *cells);
void table_print(struct table *table);	/* and frees it */

#endif
