/*
 * cmd_run.c - the whole round, for cron or a timer: fetch, match what is
 * unallocated, make the invoices that come again, plan reminders, send. A step that fails does not stop the
 * next; the first failure is the exit code.
 */
#include "command.h"

#include <getopt.h>
#include <string.h>

extern const struct command cmd_run;

static const char *const steps[] = {"fetch", "reconcile", "recurring run",
    "remind", "digest", "send"};

static bool
something_recurs(const struct context *context)
{
	g_autoptr(GPtrArray) rows = NULL;

	return store_recurring_list(context->store, true, &rows) != STORE_OK ||
	    rows->len > 0;
}

/* Without a mailbox there is nothing to be fetched. */
static bool
is_needed(const struct context *context, const char *step)
{
	if (strcmp(step, "fetch") == 0)
		return context->config->boxes->len > 0;
	return strcmp(step, "recurring run") != 0 || something_recurs(context);
}

static int
run_step(struct context *context, const char *name)
{
	g_auto(GStrv) argv = g_strsplit(name, " ", -1);
	const struct command *command = command_find(argv[0]);
	int code;

	g_assert(command);
	optind = 0;
	code = command->run(context, (int)g_strv_length(argv), argv);
	if (context->store)
		store_rollback(context->store);
	if (code != EX_OK)
		say_error(context, "run: '%s' ended with code %d", name, code);
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
	    {"dry-run", no_argument, NULL, 'n'},
	    {NULL, 0, NULL, 0},
	};
	int c, code, first;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c != 'n')
			return option_error(&cmd_run, c, argv);
		context->dry_run = true;
	}
	if (optind < argc)
		return usage_error(&cmd_run, "'%s' is too much here",
		    argv[optind]);
	first = context_config(context);
	if (first == EX_OK)
		first = context_store(context, STORE_WRITE);
	if (first != EX_OK)
		return first;
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		code = is_needed(context, steps[i])
		    ? run_step(context, steps[i]) : EX_OK;
		if (first == EX_OK)
			first = code;
	}
	return first;
}

const struct command cmd_run = {
	.name = "run",
	.usage = "[-n]",
	.summary = "the whole round for cron, from fetch to send",
	.options =
	    "  -n  show what each step would do, change nothing\n",
	.run = run,
};
