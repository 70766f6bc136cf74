/*
 * command.h - the table of commands. A command is one file cmd_NAME.c that
 * exports one const struct command, one row in commands.c, one section of the
 * manual and one test.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include "context.h"

struct command {
	const char *name;
	const char *usage;	/* "[-n] FILE..." */
	const char *summary;	/* one line for the overview */
	const char *options;	/* text of --help below the usage, or NULL */
	int (*run)(struct context *context, int argc, char **argv);
	bool pipeline;		/* ends with 0 or 75 only, usage errors too,
				 * and says nothing but its own one line */
};

/* argv[0] is the command's own name; common options are already taken out.
 * A command reads its own with getopt_long (optind is reset, opterr is off;
 * begin the short options with ':' and hand '?' and ':' to option_error). */
extern const struct command *const commands[];	/* NULL at the end */
const struct command *command_find(const char *name);
/* "mailfilter NAME: text", the usage line, EX_USAGE. */
int usage_error(const struct command *command, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
/* The same for what getopt_long answered with '?' or ':'. */
int option_error(const struct command *command, int answer, char **argv);

/* "there is no command 'x'; did you mean 'y'?", EX_USAGE. */
int command_unknown(const char *name);
/* The word of a NULL-terminated list that was probably meant, or NULL. */
const char *nearest_word(const char *word, const char *const *words);
/* --help of one command; NULL: the overview. */
void command_help(const struct context *context,
    const struct command *command);

/* Commands with verbs ("invoice void"): a table of them ends with a NULL
 * name. verb_run finds argv[1], resets getopt and hands over argv + 1. */
struct verb {
	const char *name;
	int (*run)(struct context *context, int argc, char **argv);
};
int verb_run(const struct command *command, const struct verb *verbs,
    struct context *context, int argc, char **argv);

#endif
