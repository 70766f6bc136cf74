/*
 * cmd_deliver.c - Postfix pipe(8) transport, procmail and maildrop copies:
 * message on stdin, nothing on stdout, 0 or 75.
 */
#include <getopt.h>
#include <stdio.h>

#include "command.h"
#include "pipeline.h"
#include "plan.h"
#include "phrases.h"

static void
print_plans(const struct verdict *verdict)
{
	printf("%s\n", verdict->summary);
	for (guint i = 0; i < verdict->plans->len; i++) {
		g_autofree char *text = plan_words(verdict->plans->pdata[i]);
		fputs(text, stdout);
	}
}

static int
run(struct context *context, int argc, char **argv)
{
	struct mail mail = { .fd = -1 };
	struct verdict verdict;
	const char *why = NULL;
	int option, code;

	pipeline_start(8);
	while ((option = getopt(argc, argv, "+nf:")) != -1) {
		if (option == 'n')
			context->dry_run = true;
		else if (option != 'f')
			return pipeline_defer("deliver was called with an "
			    "unknown option");
	}
	code = pipeline_take(context, &mail, &verdict, &why);
	if (code != EX_OK)
		code = pipeline_defer(why);
	else if (context->dry_run)
		print_plans(&verdict);
	mail_release(&mail);
	verdict_release(&verdict);
	return code;
}

const struct command cmd_deliver = {
	.name = "deliver",
	.usage = "[-n] [-f SENDER] [RECIPIENT...]",
	.summary = "take one message from a mail server (pipe transport)",
	.options = "  -n         show what would be done, change nothing\n"
		   "  -f SENDER  the envelope sender\n",
	.run = run,
	.pipeline = true,
};
