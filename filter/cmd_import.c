/*
 * cmd_import.c - the owner's tables, statements and mails into the store.
 */
#include "command.h"
#include "import.h"

#include <getopt.h>

extern const struct command cmd_import;

/* One more than the days, so that 0 says none. */
static bool
read_days(const char *text, int *days)
{
	guint64 number;

	if (!g_ascii_string_to_unsigned(text, 10, 0, 3650, &number, NULL))
		return false;
	*days = (int)number + 1;
	return true;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"type", required_argument, NULL, 't'},
		{"strict", no_argument, NULL, 's'},
		{"skip-bad", no_argument, NULL, 'b'},
		{"map", required_argument, NULL, 'm'},
		{"account", required_argument, NULL, 'a'},
		{"gap", no_argument, NULL, 'g'},
		{"terms", required_argument, NULL, 'd'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	struct import_options import = {.report = true};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 't')
			import.type = optarg;
		else if (c == 's')
			import.strict = true;
		else if (c == 'b')
			import.skip_bad = true;
		else if (c == 'm')
			context->map = optarg;
		else if (c == 'a')
			context->account = optarg;
		else if (c == 'g')
			import.any_gap = true;
		else if (c == 'd' && !read_days(optarg, &import.terms))
			return usage_error(&cmd_import, "--terms: '%s' is no "
			    "number of days from 0 to 3650", optarg);
		else if (c == 'n')
			context->dry_run = true;
		else if (c != 'd')
			return option_error(&cmd_import, c, argv);
	}
	if (import.type && !import_type_known(import.type))
		return usage_error(&cmd_import, "there is no type '%s'; there "
		    "are: %s", import.type, import_types());
	if (optind == argc)
		return usage_error(&cmd_import, "say which file");
	return import_files(context, &import,
	    (const char *const *)argv + optind);
}

const struct command cmd_import = {
	.name = "import",
	.usage = "[--type TYPE] [-n] [--strict] [--skip-bad] [--map NAME] "
	    "[--account NAME] [--gap] [--terms DAYS] FILE...",
	.summary = "take customers, invoices, payments, statements or mails in",
	.options =
	    "  --type TYPE  customers, invoices, payments, history, statement "
	    "or mail;\n               guessed when not given\n"
	    "  -n           check and report, change nothing\n"
	    "  --strict     unknown columns are errors\n"
	    "  --skip-bad   leave bad rows out instead of the whole file\n"
	    "  --map NAME   what the columns of a CSV statement mean\n"
	    "               (mailfilter help mailfilter-statement)\n"
	    "  --account NAME\n"
	    "               whose statement it is, when the file does not say\n"
	    "  --gap        take a statement although one before it is "
	    "missing\n"
	    "  --terms DAYS until an e-invoice is due that says nothing about "
	    "it\n",
	.run = run,
};
