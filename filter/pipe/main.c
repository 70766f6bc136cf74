/*
 * mailfilter-pipe - runs `mailfilter deliver|filter|gate ...` so that every outcome
 * reaches the mail server as 0 or 75: also a crash, a missing library or a
 * missing program. Linked statically, with nothing but libc.
 *
 * What the worker prints on stdout is passed on only when it ended with 0, so
 * a filter gives the whole message or nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFER 75
#define DEADLINE 10		/* seconds; mailfilter's own is 8 */
#define GATE_DEADLINE 560	/* it hands large mail on, 500 at most; below the
				 * 1000 after which Postfix bounces */

static volatile pid_t worker;
static volatile sig_atomic_t late;

static void
on_signal(int number)
{
	(void)number;
	late = 1;
	if (worker > 0)
		kill(-worker, SIGKILL);
}

/* The gate is not to be stopped while it gives a message back: whoever tries
 * again would make a second one. */
static void
catch_signals(bool gate)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGALRM, &action, NULL);
	if (gate)
		action.sa_handler = SIG_IGN;
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	alarm(gate ? GATE_DEADLINE : DEADLINE);
}

/* mailfilter is one folder up in the build tree, else where it was installed. */
static const char *
program_path(void)
{
	static char path[PATH_MAX + 16];
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX);
	char *slash;

	if (n <= 0)
		return BINDIR "/" NAME;
	path[n] = '\0';
	slash = strrchr(path, '/');
	*slash = '\0';
	if (!strcmp(path, LIBEXECDIR))
		return BINDIR "/" NAME;
	strcpy(slash, "/../mailfilter");
	return path;
}

static int
defer(const char *line)
{
	static const char unable[] =
	    "4.3.0 mailfilter: the program could not run";

	if (!line)
		line = unable;
	if (write(STDERR_FILENO, line, strlen(line)) < 0 ||
	    write(STDERR_FILENO, "\n", 1) < 0)
		return DEFER;
	return DEFER;
}

/* The line "4.3.0 ..." out of what the worker said, or NULL. */
static const char *
own_line(int said)
{
	static char text[4096];
	ssize_t n = pread(said, text, sizeof text - 1, 0);
	char *line;

	if (n <= 0)
		return NULL;
	text[n] = '\0';
	for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (!strncmp(line, "4.3.0 ", 6))
			return line;
	return NULL;
}

static bool
pass_on(int from)
{
	char buffer[65536];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(from, buffer, sizeof buffer, at)) > 0) {
		for (ssize_t done = 0, w; done < n; done += w) {
			w = write(STDOUT_FILENO, buffer + done,
			    (size_t)(n - done));
			if (w < 0 && errno == EINTR)
				w = 0;
			else if (w <= 0)
				return false;
		}
		at += n;
	}
	return n == 0;
}

static void
become_worker(char **argv, int out, int said)
{
	const char *program = program_path();

	setpgid(0, 0);
	signal(SIGPIPE, SIG_DFL);
	alarm(0);
	if (dup2(out, STDOUT_FILENO) < 0 || dup2(said, STDERR_FILENO) < 0)
		_exit(DEFER);
	argv[0] = (char *)(uintptr_t)program;
	execv(program, argv);
	_exit(127);
}

/* Large messages must not fill the memory: a file without a name if we can. */
static int
scratch(void)
{
	int fd = open("/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	return fd >= 0 ? fd : memfd_create("out", MFD_CLOEXEC);
}

int
main(int argc, char **argv)
{
	int status = 0, out = scratch(), said = memfd_create("said", MFD_CLOEXEC);
	pid_t ended;

	if (argc < 2 || out < 0 || said < 0)
		return defer(NULL);
	catch_signals(strcmp(argv[1], "gate") == 0);
	worker = fork();
	if (worker < 0)
		return defer(NULL);
	if (worker == 0)
		become_worker(argv, out, said);
	setpgid(worker, worker);
	do
		ended = waitpid(worker, &status, 0);
	while (ended < 0 && errno == EINTR);
	alarm(0);
	kill(-worker, SIGKILL);
	if (ended != worker || late || !WIFEXITED(status) ||
	    WEXITSTATUS(status) != 0)
		return defer(own_line(said));
	return pass_on(out) ? 0 : defer("4.3.0 mailfilter: the message could not be written");
}
