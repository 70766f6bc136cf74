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
 * A command reads its own with getopt_long (optind is reset). */
extern const struct command *const commands[];	/* NULL at the end */
const struct command *command_find(const char *name);
/* "mailfilter NAME: text", the usage line, EX_USAGE. */
int usage_error(const struct command *command, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

#endif
