/*
 * selftest.c - does the sandbox hold on this machine? Each forbidden thing is
 * tried in a child of its own that has entered it.
 */
#include "parser.h"
#include "sandbox.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t tester;		/* the process that asks */

/* Each is true when the forbidden thing could be done. */

static bool
try_read_file(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static bool
try_write_file(void)
{
	return open("mailfilter-selftest", O_WRONLY | O_CREAT | O_CLOEXEC,
	    0600) >= 0;
}

static bool
try_connect(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0)
		return false;
	connect(fd, (const struct sockaddr *)&to, sizeof to);
	return true;
}

static bool
try_exec(void)
{
	char *argv[] = {(char *)"true", NULL};

	execv("/bin/true", argv);
	return false;		/* told apart by the exit code 0 */
}

static bool
try_fork(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	return child > 0;
}

static bool
try_kill(void)
{
	return kill(tester, 0) == 0;
}

static bool
try_write_elsewhere(void)
{
	return write(STDERR_FILENO, "", 0) == 0;
}

static const struct {
	const char *name;
	bool (*try)(void);
} attempts[] = {
	{"reading a file", try_read_file},
	{"writing a file", try_write_file},
	{"opening a network connection", try_connect},
	{"running a program", try_exec},
	{"starting a process", try_fork},
	{"signalling another process", try_kill},
	{"writing to another descriptor", try_write_elsewhere},
};

/* The child ends with 1 when it was refused, with a signal when it was
 * killed; with anything else it got through. */
static bool
is_denied(bool (*try)(void))
{
	int status = 0;
	pid_t child;

	tester = getpid();
	child = fork();

	if (child == 0) {
		sandbox_limit(5);
		if (!sandbox_enter(STDOUT_FILENO))
			_exit(2);
		_exit(try() ? 3 : 1);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return false;
	return WIFSIGNALED(status) ||
	    (WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

json_t *
parser_selftest(void)
{
	json_t *result = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(attempts); i++)
		json_object_set_new(result, attempts[i].name,
		    json_boolean(is_denied(attempts[i].try)));
	return result;
}
