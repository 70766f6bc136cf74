/*
 * cmd_selftest.c - proves on this machine that the sandbox of the parser
 * holds: every forbidden thing is tried inside it.
 */
#include "command.h"
#include "print.h"
#include "spawn.h"

#include <stdio.h>
#include <string.h>

extern const struct command cmd_selftest;

/* The helper programs that read mail ask themselves. */
static void
ask_helper(json_t *result, const char *name)
{
	g_autofree char *path = place_helper(name);
	g_autofree char *what = g_strdup_printf("all that in %s", name);
	const char *const argv[] = {path, "selftest", NULL};
	const struct spawn spawn = {.argv = argv, .deadline_ms = 10000};
	struct spawn_result end;

	json_object_set_new(result, what,
	    json_boolean(spawn_run(&spawn, &end)));
	spawn_release(&end);
}

static int
run(struct context *context, int argc, char **argv)
{
	json_t *result;
	const char *name;
	json_t *denied;
	int code = EX_OK;

	if (argc > 2 || (argc == 2 && strcmp(argv[1], "sandbox") != 0))
		return usage_error(&cmd_selftest, "there is only: sandbox");
	fflush(stdout);
	result = parser_selftest();
	ask_helper(result, "mailfilter-extract");
	ask_helper(result, "mailfilter-dkim");
	json_object_foreach(result, name, denied) {
		bool good = json_is_true(denied);

		if (!good)
			code = EX_SOFTWARE;
		if (!context->json)
			printf("%-30s %s%s%s\n", name,
			    paint(context, good ? PAINT_GREEN : PAINT_RED),
			    good ? "denied" : "NOT DENIED",
			    paint(context, PAINT_NONE));
	}
	if (context->json)
		print_json(json_incref(result));
	json_decref(result);
	return code;
}

const struct command cmd_selftest = {
	.name = "selftest",
	.usage = "[sandbox]",
	.summary = "does the sandbox hold on this machine?",
	.run = run,
};
