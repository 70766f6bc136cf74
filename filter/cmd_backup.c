/*
 * cmd_backup.c - a consistent copy of the store while it is in use.
 */
#include "command.h"
#include "lookup.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

extern const struct command cmd_backup;

static int
run(struct context *context, int argc, char **argv)
{
	g_autofree char *folder = NULL;
	enum store_status status;
	mode_t mask;
	int code;

	if (argc == 2 && argv[1][0] == '-')
		return usage_error(&cmd_backup, "there is no option '%s'",
		    argv[1]);
	if (argc != 2)
		return usage_error(&cmd_backup, "say into which file");
	if (access(argv[1], F_OK) == 0) {
		say_error(context, "%s is there already; a backup never "
		    "replaces a file", argv[1]);
		return EX_CANTCREAT;
	}
	folder = g_path_get_dirname(argv[1]);
	if (access(folder, W_OK | X_OK) != 0) {
		say_error(context, "%s cannot be made: the folder %s: %s",
		    argv[1], folder, g_strerror(errno));
		return EX_CANTCREAT;
	}
	code = open_store(context, STORE_READ);
	if (code != EX_OK)
		return code;
	mask = umask(077);
	status = store_backup(context->store, argv[1]);
	umask(mask);
	if (status != STORE_OK)
		return store_failed(context, status);
	if (!context->quiet && !context->json)
		printf("Copied the store to %s. To use it, put it in the "
		       "place of %s/store.db.\n", argv[1], context->home);
	return EX_OK;
}

const struct command cmd_backup = {
	.name = "backup",
	.usage = "FILE",
	.summary = "a consistent copy of the store while it is in use",
	.run = run,
};
