/*
 * cmd_help.c - the overview, or one command.
 */
#include "command.h"

static int
run(struct context *context, int argc, char **argv)
{
	const struct command *command = NULL;

	if (argc > 1) {
		command = command_find(argv[1]);
		if (!command)
			return command_unknown(argv[1]);
	}
	command_help(context, command);
	return EX_OK;
}

extern const struct command cmd_help;
const struct command cmd_help = {
	.name = "help",
	.usage = "[COMMAND]",
	.summary = "the manual page, or one command's part of it",
	.run = run,
};
