/*
 * cmd_fetch.c - get the mail of the IMAP mailboxes of the configuration.
 */
#include "command.h"
#include "fetch.h"
#include "intake.h"

#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

extern const struct command cmd_fetch;

static const struct mailbox *
mailbox_named(const struct config *config, const char *name)
{
	for (guint i = 0; i < config->boxes->len; i++) {
		const struct mailbox *mailbox = config->boxes->pdata[i];

		if (strcmp(mailbox->name, name) == 0)
			return mailbox;
	}
	return NULL;
}

/* Those that are named, or all. NULL: it was said why not. */
static GPtrArray *
choose(struct context *context, char **names, int *code)
{
	const struct config *config = context->config;
	GPtrArray *chosen = g_ptr_array_new();
	bool all = !*names;

	*code = EX_OK;
	if (!config->boxes->len) {
		say_error(context, "there is no section mailbox in %s; "
		    "'mailfilter help mailfilter.conf' describes it",
		    config->path);
		*code = EX_CONFIG;
	}
	for (; *names && *code == EX_OK; names++) {
		const struct mailbox *mailbox = mailbox_named(config, *names);

		if (!mailbox)
			*code = usage_error(&cmd_fetch,
			    "there is no mailbox '%s' in %s", *names,
			    config->path);
		else
			g_ptr_array_add(chosen, (gpointer)(uintptr_t)mailbox);
	}
	for (guint i = 0; all && i < config->boxes->len; i++)
		g_ptr_array_add(chosen, config->boxes->pdata[i]);
	if (*code == EX_OK)
		return chosen;
	g_ptr_array_unref(chosen);
	return NULL;
}

/* Two at a time would read every mail twice. -1: another one is at work;
 * -2: it cannot be known. */
static int
take_lock(struct context *context)
{
	g_autofree char *path = context_path(context, "fetch.lock");
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return -2;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
visit_all(struct fetch_desk *desk, GPtrArray *mailboxes)
{
	int first = EX_OK;

	for (guint i = 0; i < mailboxes->len; i++) {
		struct fetch *fetch = fetch_new(desk, mailboxes->pdata[i]);

		fetch_visit(fetch);
		fetch_report(fetch);
		if (first == EX_OK)
			first = fetch->code;
		fetch_free(fetch);
	}
	return first;
}

static int
fetch_all(struct fetch_desk *desk, char **names)
{
	struct context *context = desk->context;
	g_autoptr(GPtrArray) mailboxes = NULL;
	int code = context_config(context), lock = -2;

	if (code != EX_OK)
		return code;
	mailboxes = choose(context, names, &code);
	if (!mailboxes)
		return code;
	code = context_store(context, STORE_WRITE);
	if (code != EX_OK)
		return code;
	lock = context->dry_run ? -2 : take_lock(context);
	if (lock == -1) {
		say(context, "another fetch is at work here");
		return EX_OK;
	}
	signal(SIGPIPE, SIG_IGN);
	intake_spool(context);
	code = desk->watch ? fetch_watch(desk, mailboxes)
	    : visit_all(desk, mailboxes);
	parser_free(desk->parser);
	signal(SIGPIPE, SIG_DFL);
	if (lock >= 0)
		close(lock);
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
	    {"dry-run", no_argument, NULL, 'n'},
	    {"since", required_argument, NULL, 's'},
	    {"watch", no_argument, NULL, 'w'},
	    {"idle", no_argument, NULL, 'w'},
	    {NULL, 0, NULL, 0},
	};
	struct fetch_desk desk = {.context = context};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'n')
			context->dry_run = true;
		else if (c == 'w')
			desk.watch = true;
		else if (c == 's')
			desk.since = optarg;
		else
			return option_error(&cmd_fetch, c, argv);
	}
	if (desk.since && day_number(desk.since) == G_MININT32)
		return usage_error(&cmd_fetch, "--since: '%s' is no day such "
		    "as 2026-11-22", desk.since);
	if (desk.watch && (context->dry_run || desk.since))
		return usage_error(&cmd_fetch, "--watch goes with neither -n "
		    "nor --since");
	return fetch_all(&desk, argv + optind);
}

const struct command cmd_fetch = {
	.name = "fetch",
	.usage = "[-n] [--since DAY] [--watch] [MAILBOX...]",
	.summary = "get the mail of the IMAP mailboxes of the configuration",
	.options =
	    "  -n           show what would be taken, change nothing\n"
	    "  --since DAY  read all from this day on once more; what is known "
	    "counts once\n"
	    "  --watch      stay, and take mail as it comes\n",
	.run = run,
};
