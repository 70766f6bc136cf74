/*
 * cmd_filter.c - message on stdin, the same message on stdout with one
 * X-Mailfilter field in front: all of it or nothing.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "pipeline.h"

/* Behind an mbox "From " line, with the line end that the message uses. */
static bool
write_with_field(const struct mail *mail, const char *summary)
{
	char start[1024];
	g_autofree char *field = NULL;
	ssize_t n = pread(mail->fd, start, sizeof start, 0);
	const char *end = n > 0 ? memchr(start, '\n', (size_t)n) : NULL;
	bool crlf = end && end > start && end[-1] == '\r';
	off_t head = 0;

	if (end && n > 5 && !memcmp(start, "From ", 5))
		head = end - start + 1;
	field = g_strdup_printf("X-Mailfilter: %s%s", summary,
	    crlf ? "\r\n" : "\n");
	if (head && write(STDOUT_FILENO, start, (size_t)head) != head)
		return false;
	if (write(STDOUT_FILENO, field, strlen(field)) !=
	    (ssize_t)strlen(field))
		return false;
	return mail_write_from(mail, STDOUT_FILENO, head);
}

/* The store is away: a durable copy for later, the message unchanged. */
static int
keep(struct context *context, const struct mail *mail, const char *why)
{
	g_autofree char *spool = context->home
	    ? g_build_filename(context->home, "spool", NULL) : NULL;

	if (mail->fd < 0 || !spool || !mail_keep(mail, spool, mail->hash))
		return pipeline_defer(why);
	return mail_write(mail, STDOUT_FILENO) ? EX_OK
	    : pipeline_defer("the message could not be written");
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "keep", no_argument, NULL, 'k' },
		{ "no-keep", no_argument, NULL, 'K' },
		{ NULL, 0, NULL, 0 }
	};
	struct mail mail = { .fd = -1 };
	struct verdict verdict;
	const char *why = NULL;
	bool keeping = false;
	int option, code;

	pipeline_start(8);
	while ((option = getopt_long(argc, argv, "+n", options, NULL)) != -1) {
		if (option == 'n')
			context->dry_run = true;
		else if (option == 'k' || option == 'K')
			keeping = option == 'k';
		else
			return pipeline_defer("filter was called with an "
			    "unknown option");
	}
	code = pipeline_take(context, &mail, &verdict, &why);
	if (code != EX_OK)
		code = keeping ? keep(context, &mail, why) : pipeline_defer(why);
	else if (!write_with_field(&mail, verdict.summary))
		code = pipeline_defer("the message could not be written");
	mail_release(&mail);
	verdict_release(&verdict);
	return code;
}

const struct command cmd_filter = {
	.name = "filter",
	.usage = "[-n] [--keep]",
	.summary = "copy a message through, with one X-Mailfilter field in front",
	.options = "  -n      change nothing in the store\n"
		   "  --keep  when the store is away, put a copy into the spool and\n"
		   "          pass the message through unchanged\n",
	.run = run,
	.pipeline = true,
};
