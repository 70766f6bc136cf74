/*
 * cmd_gate.c - a mail server's content filter: outgoing message on stdin; it
 * is given back, or kept. Ends with 0 or 75.
 */
#include "command.h"
#include "gate.h"
#include "pipeline.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SECONDS_TO_READ 120	/* a large message from a slow disk */

/* A home that cannot be written must not keep the mail from passing. */
static bool
read_message(const struct context *context, struct mail *mail)
{
	g_autofree char *spool = context_path(context, "spool");
	const char *folder = g_access(spool, W_OK) == 0 ? spool : "/var/tmp";

	return mail_read(STDIN_FILENO, folder, mail);
}

/* From here on only our own deadline counts: whoever ends us in the middle
 * makes a second copy of the mail. */
static void
stop_listening(void)
{
	alarm(0);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN);
}

static int
give_back(struct context *context, const struct mail *mail,
    const struct envelope *envelope)
{
	g_autofree char *why = NULL;

	if (gate_goes_round(context, mail, envelope))
		return pipeline_defer("the message comes back again and again: "
		    "the re-injection must not pass the gate");
	if (gate_reinject(context, mail, envelope, &why) != REINJECT_OK)
		return pipeline_defer(why);
	gate_note_passed(context, mail, envelope);
	return EX_OK;
}

static int
filter(struct context *context, const struct mail *mail,
    const struct envelope *envelope)
{
	g_autofree char *why = NULL;

	stop_listening();
	if (!context->dry_run &&
	    gate_has_passed(context, mail, envelope))
		return EX_OK;
	switch (gate_judge(context, mail, envelope, &why)) {
	case FILTER_KEPT:
		return EX_OK;
	case FILTER_DEFER:
		return pipeline_defer(why);
	case FILTER_PASS:
		break;
	}
	if (context->dry_run)
		return EX_OK;
	return give_back(context, mail, envelope);
}

static bool
read_options(struct context *context, int argc, char **argv,
    struct envelope *envelope)
{
	static const struct option options[] = {
		{"reinject", required_argument, NULL, 'r'},
		{"queue-id", required_argument, NULL, 'q'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, "+nf:", options, NULL)) != -1) {
		if (c == 'n')
			context->dry_run = true;
		else if (c == 'f')
			envelope->sender = optarg;
		else if (c == 'r')
			envelope->reinject = optarg;
		else if (c == 'q')
			envelope->queue_id = *optarg ? optarg : NULL;
		else
			return false;
	}
	envelope->to = (const char *const *)(argv + optind);
	if (envelope->sender && strcmp(envelope->sender, "<>") == 0)
		envelope->sender = "";
	return true;
}

static int
run(struct context *context, int argc, char **argv)
{
	struct envelope envelope = {0};
	struct mail mail = {.fd = -1};
	g_autofree char *why = NULL;
	int code;

	pipeline_start(SECONDS_TO_READ);
	if (!read_options(context, argc, argv, &envelope))
		return pipeline_defer("gate was called with an unknown option");
	if (!envelope.sender || !envelope.to[0])
		return pipeline_defer("gate was called without -f SENDER or "
		    "without a recipient");
	why = gate_reinject_check(envelope.reinject);
	if (why)
		return pipeline_defer("gate was called with a --reinject that "
		    "is no command and not smtp:HOST:PORT");
	if (!read_message(context, &mail))
		return pipeline_defer("the message could not be read from the "
		    "mail server");
	context_config(context);	/* a broken one: all mail passes */
	code = filter(context, &mail, &envelope);
	mail_release(&mail);
	return code;
}

const struct command cmd_gate = {
	.name = "gate",
	.usage = "[-n] [--reinject HOW] [--queue-id ID] -f SENDER RECIPIENT...",
	.summary = "guard other programs' reminders (content filter)",
	.options = "  -n              show what would be done with the message, do "
		   "nothing\n"
		   "  --reinject HOW  a sendmail command, or smtp:HOST:PORT\n"
		   "  --queue-id ID   of the mail server: a second try is "
		   "recognised\n"
		   "  -f SENDER       the envelope sender, '' or '<>' for none\n",
	.run = run,
	.pipeline = true,
};
