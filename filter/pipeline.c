/*
 * pipeline.c - the delivery agent's side: a deadline of our own, exit 0 or 75
 * (Postfix bounces on every other code, pipe(8)), and one line without a word
 * of the mail in it.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline.h"

static void
out_of_time(int signal_number)
{
	static const char line[] =
	    "4.3.0 mailfilter: out of time, try again later\n";

	(void)signal_number;
	if (write(STDERR_FILENO, line, sizeof line - 1) < 0)
		_exit(EX_TEMPFAIL);
	_exit(EX_TEMPFAIL);
}

void
pipeline_start(int seconds)
{
	struct sigaction late = { .sa_handler = out_of_time };

	sigaction(SIGALRM, &late, NULL);
	sigaction(SIGTERM, &late, NULL);
	sigaction(SIGHUP, &late, NULL);
	signal(SIGPIPE, SIG_IGN);
	alarm((unsigned)seconds);
}

int
pipeline_defer(const char *why)
{
	fprintf(stderr, "4.3.0 mailfilter: %s\n", why);
	return EX_TEMPFAIL;
}

int
pipeline_take(struct context *context, struct mail *mail,
    struct verdict *verdict, const char **why)
{
	g_autofree char *spool = g_build_filename(
	    context->home ? context->home : "/tmp", "spool", NULL);
	struct parser *parser;
	bool configured = context_config(context) == EX_OK;
	int code;

	memset(verdict, 0, sizeof *verdict);
	if (configured)
		pipeline_start(context->config->deadline);
	*why = "the message could not be read from the mail server";
	if (!mail_read(STDIN_FILENO, spool, mail))
		return EX_TEMPFAIL;
	*why = "the configuration cannot be read: run 'mailfilter check'";
	if (!configured)
		return EX_TEMPFAIL;
	*why = "the store cannot be opened: run 'mailfilter check'";
	if (context_store(context, STORE_WRITE) != EX_OK)
		return EX_TEMPFAIL;
	*why = "the banks' files cannot be read: run 'mailfilter check'";
	parser = context_parser(context, false);
	if (!parser)
		return EX_TEMPFAIL;
	if (!context_banks_known(context, parser)) {
		*why = "a bank of the configuration has no file: run "
		    "'mailfilter check'";
		parser_free(parser);
		return EX_TEMPFAIL;
	}
	code = intake_message(context, parser, mail, false, verdict, why);
	parser_free(parser);
	if (code == EX_OK)
		intake_spool(context);
	return code == EX_OK ? EX_OK : EX_TEMPFAIL;
}
