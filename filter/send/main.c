/*
 * main.c - mailfilter-send: letters to one SMTP server, or with the word
 * imap the mail of one IMAP server, or with relay a message back to the mail
 * server of this machine. Started by `mailfilter send` and
 * `mailfilter fetch`; send.h and imap.h have the protocols.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include "imap.h"

/* No secret may end in a core file or be read by another process. */
static void
keep_secrets(void)
{
	const struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
}

static void
limit(int resource, rlim_t most)
{
	struct rlimit now;

	if (getrlimit((__rlimit_resource_t)resource, &now) != 0)
		return;
	now.rlim_cur = MIN(most, now.rlim_max);
	setrlimit((__rlimit_resource_t)resource, &now);
}

void
limit_resources(void)
{
#if !defined(__SANITIZE_ADDRESS__)
	limit(RLIMIT_AS, (rlim_t)512 << 20);
#endif
	limit(RLIMIT_FSIZE, 1 << 20);
}

void
free_resources(void)
{
	limit(RLIMIT_AS, RLIM_INFINITY);
	limit(RLIMIT_FSIZE, RLIM_INFINITY);
}

static int
fail(const char *outcome, const char *stage, const char *text)
{
	result_write(&(struct result){.outcome = outcome, .stage = stage,
	    .text = text});
	return EX_OK;
}

static int
send_main(void)
{
	struct smtp_session *session = smtp_new();
	bool refused, framed = false;

	do {
		g_autofree char *why = NULL;
		struct request *request = request_read(stdin, &refused,
		    &framed, &why);

		if (request == NULL && why == NULL)
			break;
		result_watchdog(request ? request->timeout : 5);
		if (request)
			smtp_send(session, request);
		else
			fail(refused ? "refused" : "down", "request", why);
		if (framed)
			alarm(0);
		request_free(request);
	} while (framed);
	smtp_free(session);
	return EX_OK;
}

int
main(int argc, char **argv)
{
	bool imap = argc == 2 && strcmp(argv[1], "imap") == 0;

	signal(SIGPIPE, SIG_IGN);
	if (argc > 1 && strcmp(argv[1], "relay") == 0)
		return relay_main(argc - 2, argv + 2);
	if (argc > 1 && !imap) {
		fprintf(stderr, "%s: takes no arguments but 'imap' "
		    "and 'relay'; it is started by 'mailfilter send' and 'mailfilter fetch'\n",
		    argv[0]);
		return EX_USAGE;
	}
	keep_secrets();
	signal(SIGXFSZ, SIG_IGN);
	return imap ? imap_main() : send_main();
}
