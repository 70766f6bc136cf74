/*
 * helper.c - runs the helpers of libexec on bytes: input through an
 * anonymous file, output through a pipe with a deadline. The helper has its
 * own sandbox; here it gets an empty environment and is gone at the end.
 */
#include "child.h"
#include "limits.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void
be_helper(const char *const *argv, int input, int out, int err,
    int64_t deadline)
{
	char *environment[] = {NULL};

	if (dup2(input, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 ||
	    lseek(0, 0, SEEK_SET) < 0)
		_exit(126);
	close_range(3, ~0U, 0);
	/* One that closes its pipes and stays dies of this. */
	alarm(!deadline ? 0 : (unsigned)MAX((deadline -
	    g_get_monotonic_time()) / 1000000, 0) + 1);
	execve(argv[0], (char *const *)(uintptr_t)argv, environment);
	_exit(127);
}

/* Reads both pipes to their ends. False when it is late or too much. */
static bool
read_pipes(int out_fd, int err_fd, GString *out, GString *err, size_t limit,
    int64_t deadline)
{
	struct pollfd wait[2] = {{out_fd, POLLIN, 0}, {err_fd, POLLIN, 0}};
	GString *into[2] = {out, err};
	char buffer[16384];

	while (wait[0].fd >= 0 || wait[1].fd >= 0) {
		int64_t left = (deadline - g_get_monotonic_time()) / 1000;
		int ready;

		if (left <= 0)
			return false;
		ready = poll(wait, 2, (int)MIN(left + 1, 3600000));
		if (ready == 0 || (ready < 0 && errno != EINTR))
			return false;
		for (int i = 0; i < 2; i++) {
			ssize_t got;

			if (ready < 0 || wait[i].fd < 0 || !wait[i].revents)
				continue;
			got = read(wait[i].fd, buffer, sizeof buffer);
			if (got <= 0)
				wait[i].fd = -1;
			else if (into[i]->len + (size_t)got > limit)
				return false;
			else
				g_string_append_len(into[i], buffer, got);
		}
	}
	return true;
}

/* What went wrong, from the helper itself if it said so. */
void
child_helper_explain(GString *out, const char *err, bool in_time, int status)
{
	static const char program[] = "mailfilter-extract: ";
	g_autofree char *line = NULL;

	if (g_str_has_prefix(err, program))
		err += strlen(program);
	line = g_strndup(err, strcspn(err, "\n"));
	g_string_truncate(out, 0);
	if (!in_time)
		g_string_assign(out, "the helper took too long or gave too "
		    "much");
	else if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		g_string_assign(out, "the helper cannot be run");
	else if (*line)
		g_string_assign(out, line);
	else
		g_string_assign(out, "the helper failed");
}

bool
child_helper_start(struct child_helper *helper, const char *const *argv,
    int input, int64_t deadline)
{
	int out[2] = {-1, -1}, err[2] = {-1, -1};

	*helper = (struct child_helper){-1, -1, -1};
	if (pipe2(out, O_CLOEXEC) != 0)
		return false;
	if (pipe2(err, O_CLOEXEC) != 0) {
		close(out[0]);
		close(out[1]);
		return false;
	}
	helper->pid = fork();
	if (helper->pid == 0)
		be_helper(argv, input, out[1], err[1], deadline);
	close(out[1]);
	close(err[1]);
	helper->out = out[0];
	helper->err = err[0];
	return helper->pid > 0;
}

int
child_helper_end(struct child_helper *helper, bool killed)
{
	int status = -1;

	if (helper->pid > 0 && killed)
		kill(helper->pid, SIGKILL);
	while (helper->pid > 0 && waitpid(helper->pid, &status, 0) < 0 &&
	    errno == EINTR)
		;
	if (helper->out >= 0)
		close(helper->out);
	if (helper->err >= 0)
		close(helper->err);
	return status;
}

bool
child_run_helper(const char *const *argv, int input, GString *out,
    size_t limit, int64_t deadline)
{
	g_autoptr(GString) err = g_string_new(NULL);
	struct child_helper helper;
	bool in_time;
	int status;

	g_string_truncate(out, 0);
	in_time = child_helper_start(&helper, argv, input, deadline) &&
	    read_pipes(helper.out, helper.err, out, err, limit, deadline);
	status = child_helper_end(&helper, !in_time);
	if (in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (in_time && WIFEXITED(status) &&
	    WEXITSTATUS(status) == CHILD_HELPER_UNKNOWN) {
		g_string_truncate(out, 0);
		return false;
	}
	child_helper_explain(out, err->str, in_time, status);
	return false;
}

static _Noreturn void
be_server(const char *path, int socket)
{
	char *argv[] = {(char *)(uintptr_t)path, (char *)"serve", NULL};
	char *environment[] = {NULL};

	if (dup2(socket, 0) < 0 || dup2(socket, 1) < 0)
		_exit(126);
	close_range(3, ~0U, 0);
	execve(path, argv, environment);
	_exit(127);
}

int
child_helper_serve(const char *path, pid_t *pid)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return -1;
	*pid = fork();
	if (*pid == 0)
		be_server(path, pair[1]);
	close(pair[1]);
	if (*pid > 0)
		return pair[0];
	close(pair[0]);
	return -1;
}

bool
child_helper_bytes(const char *const *argv, const GString *input,
    GString *out, size_t limit, int64_t deadline)
{
	int fd = memfd_create("mailfilter", MFD_CLOEXEC);
	size_t done = 0;
	bool good;

	while (fd >= 0 && done < input->len) {
		ssize_t n = write(fd, input->str + done, input->len - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	if (fd < 0 || done < input->len) {
		if (fd >= 0)
			close(fd);
		g_string_assign(out, "no memory for the helper's input");
		return false;
	}
	good = child_run_helper(argv, fd, out, limit, deadline);
	close(fd);
	return good;
}
