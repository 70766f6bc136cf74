/*
 * context.h - what every command is given: where, when, how to speak.
 */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "config.h"
#include "../parser/parser.h"
#include "../store/store.h"

#include <sysexits.h>

#define DAY_SECONDS 86400

struct book;
struct renderer;

struct context {
	char *home;		/* absolute */
	char *config_path;
	bool config_named;	/* by --config: it must be there */
	struct config *config;	/* loaded on demand: context_config() */
	struct store *store;	/* opened on demand: context_store() */
	struct book *book;	/* context_book() */
	struct renderer *renderer;	/* of all letters: letter_mime() */
	enum store_access access;	/* how it was opened */
	int64_t now;		/* the clock, or --now, or MAILFILTER_NOW */
	char today[DAY_SIZE];	/* civil day of now, in the owner's time zone */
	bool now_is_set;	/* from outside */
	int wait_ms;		/* for the store's lock; 0: half a minute */
	bool json, dry_run, quiet, verbose;
	bool import_open;	/* import's transaction */
	const char *map, *account;	/* of CSV statements, as options say */
	bool pipeline;		/* under an MTA: say_error and say print
				 * nothing, the command prints its one line */
	bool colour;		/* stdout is a tty and NO_COLOR is unset */
};

/* For main: the clock, the places. text and the folders may be NULL. False:
 * *why holds the sentence, caller frees. A date alone means noon UTC. */
bool context_set_now(struct context *context, const char *text, char **why);
bool context_set_home(struct context *context, const char *home,
    const char *config, char **why);
void context_release(struct context *context);
/* A file below the home; the caller frees. */
char *context_path(const struct context *context, const char *name);

/* Each gives EX_OK or an exit code after having said why on stderr. They do
 * nothing when it is done already. */
int context_config(struct context *context);
int context_store(struct context *context, enum store_access access);
/* What matching has read (book.h); the store must be open. */
struct book *context_book(struct context *context);
/* Options for the parser out of the configuration (and without one); the
 * arrays inside belong to the context's static storage. */
struct parser *context_parser(struct context *context, bool generic);
/* The same for mail of a mailbox that is fetched: its own server vouches for
 * it, or nobody. */
struct parser *context_parser_of(struct context *context,
    const struct mailbox *mailbox);
/* Has each bank that an account names its file? Otherwise that bank's mail
 * would pass as anybody's: whoever takes mail has to wait. */
bool context_banks_known(const struct context *context,
    const struct parser *parser);
/* For a program that stays: the clock goes on, unless it was set. */
void context_tick(struct context *context);
/* Seconds since the epoch of an ISO 8601 date or moment ("2026-11-22",
 * "2026-11-22T09:00:00Z", "+01:00" too; no zone: UTC). */
bool moment_parse(const char *text, int64_t *moment);
/* "2026-11-22T09:00:00Z"; the caller frees. */
char *moment_text(int64_t moment);

/* Sentences on stderr, "mailfilter: ..." . say is silent with -q, say_more
 * speaks only with -v; errors come always, but none of them under an MTA
 * (pipeline). Never a secret. */
void say_error(const struct context *context, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
void say(const struct context *context, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
void say_more(const struct context *context, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/* Says what a failed store call means and gives the exit code. */
int store_failed(const struct context *context, enum store_status status);

/* Folders of data and helpers: beside the executable in the build tree, else
 * compiled in. data: "banks", "words", "templates", "demo", "mailfilter.conf.in"
 * …; helper: "mailfilter-extract" …. The caller frees. */
char *place_data(const char *name);
char *place_helper(const char *name);
/* A manual page, under its name in the tree ("mailfilter.conf.5"). */
char *place_page(const char *name);

/* Prints one JSON object as a line on stdout; takes the reference. */
void print_json(json_t *object);
/* Aligned columns for a person: rows of n cells; a cell that starts with '>'
 * is right-aligned (the mark is not printed). */
struct table;
struct table *table_new(const struct context *context, int columns,
    const char *const *headings);
void table_row(struct table *table, const char *const *cells);
void table_print(struct table *table);	/* and frees it */
/* The same for a list: without a row it says the sentence instead (nothing
 * with --json, whose lines are printed already). */
void table_end(struct table *table, const char *when_empty);

#endif
