/*
 * main.c - mailfilter-send: one letter to one SMTP server, or with the word
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

void
limit_resources(void)
{
#if !defined(__SANITIZE_ADDRESS__)
	const struct rlimit memory = {(rlim_t)512 << 20, (rlim_t)512 << 20};

	setrlimit(RLIMIT_AS, &memory);
#endif
	const struct rlimit file = {1 << 20, 1 << 20};

	setrlimit(RLIMIT_FSIZE, &file);
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
	struct request *request;
	g_autofree char *why = NULL;
	char *password = NULL;
	bool refused;

	request = request_read(STDIN_FILENO, &refused, &why);
	if (request == NULL)
		return fail(refused ? "refused" : "down", "request", why);
	result_watchdog(request->timeout);
	if (request->user) {
		password = password_get("smtp-password-command",
		    request->password_command ? request->password_command : "",
		    request->timeout, &why);
		if (password == NULL) {
			request_free(request);
			return fail("down", "password", why);
		}
	}
	limit_resources();
	smtp_send(request, password);
	password_free(password);
	request_free(request);
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
