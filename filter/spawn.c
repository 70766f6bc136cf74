/*
 * spawn.c - fork, exec, feed, listen, wait.
 *
 * The child gets a process group of its own, so that at the deadline all that
 * it started goes with it, and the parent-death signal, so that no helper is
 * left behind by a killed mailfilter. Between fork and exec only
 * async-signal-safe calls are made.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#include "spawn.h"

enum { END_READ, END_WRITE };

struct run {
	const struct spawn *spawn;
	pid_t pid;
	int in, out, err;	/* our ends, -1 when closed */
	size_t chunk, offset;	/* of the input: which, and how far */
	int64_t until;		/* monotonic microseconds, 0 none */
	GByteArray *got;
	GString *words;
	struct spawn_result *result;
};

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
close_pipe(int fd[2])
{
	close_fd(&fd[END_READ]);
	close_fd(&fd[END_WRITE]);
}

/* ---- the child's side ----------------------------------------------------- */

/* Moves a descriptor away from 0..9, so that the dup2 below cannot hit it. */
static int
aside(int fd)
{
	return fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 10);
}

static void
default_signals(void)
{
	struct sigaction action = {.sa_handler = SIG_DFL};
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		sigaction(number, &action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Never returns: becomes the program, or writes errno to `report`. */
static void
become(const struct spawn *spawn, int in, int out, int err, int report,
    pid_t parent)
{
	int error;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	in = aside(in);
	out = aside(out);
	err = aside(err);
	report = aside(report);
	if (in < 0)
		in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (in < 0 || err < 0 || report < 0 ||
	    (out < 0 && !spawn->own_stdout) || dup2(in, 0) < 0 ||
	    (out >= 0 && dup2(out, 1) < 0) || dup2(err, 2) < 0 ||
	    dup2(report, 3) < 0 || fcntl(3, F_SETFD, FD_CLOEXEC) < 0)
		_exit(127);
	close_range(4, ~0U, 0);
	default_signals();
	execvp(spawn->argv[0], (char *const *)(uintptr_t)spawn->argv);
	error = errno;
	if (write(3, &error, sizeof error) < 0)
		_exit(126);
	_exit(127);
}

/* ---- our side --------------------------------------------------------------- */

/* 0, or the errno of fork or exec. The pipe closes at a good exec. */
static int
start(struct run *run)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1},
	    report[2] = {-1, -1};
	const struct spawn *spawn = run->spawn;
	pid_t parent = getpid();
	int error = 0;
	ssize_t n;

	if ((spawn->input && pipe2(in, O_CLOEXEC)) ||
	    (!spawn->own_stdout && pipe2(out, O_CLOEXEC)) ||
	    pipe2(err, O_CLOEXEC) || pipe2(report, O_CLOEXEC) ||
	    (run->pid = fork()) < 0) {
		error = errno;
		close_pipe(in);
		close_pipe(out);
		close_pipe(err);
		close_pipe(report);
		return error;
	}
	if (run->pid == 0)
		become(spawn,
		    spawn->input ? in[END_READ]
		    : spawn->input_fd > 0 ? spawn->input_fd : -1,
		    out[END_WRITE], err[END_WRITE], report[END_WRITE], parent);
	setpgid(run->pid, run->pid);
	close_fd(&in[END_READ]);
	close_fd(&out[END_WRITE]);
	close_fd(&err[END_WRITE]);
	close_fd(&report[END_WRITE]);
	run->in = in[END_WRITE];
	run->out = out[END_READ];
	run->err = err[END_READ];
	do
		n = read(report[END_READ], &error, sizeof error);
	while (n < 0 && errno == EINTR);
	close_fd(&report[END_READ]);
	return n == (ssize_t)sizeof error ? error : 0;
}

static void
nonblocking(int fd)
{
	if (fd >= 0)
		fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* Writes what the pipe takes; closes it at the end of the input or when the
 * child does not want more. */
static void
feed(struct run *run)
{
	const GBytes *const *input = run->spawn->input;
	const char *data;
	gsize size;
	ssize_t n;

	while (input[run->chunk]) {
		data = g_bytes_get_data((GBytes *)(uintptr_t)input[run->chunk],
		    &size);
		if (run->offset == size) {
			run->chunk++;
			run->offset = 0;
			continue;
		}
		n = write(run->in, data + run->offset, size - run->offset);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n < 0) {
			close_fd(&run->in);
			return;
		}
		run->offset += (size_t)n;
	}
	run->result->input_read = true;
	close_fd(&run->in);
}

/* False when the child wrote more than is kept. */
static bool
listen_out(struct run *run)
{
	size_t max = run->spawn->out_max ? run->spawn->out_max : SPAWN_OUT_MAX;
	guint8 buffer[16384];
	ssize_t n = read(run->out, buffer, sizeof buffer);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (n <= 0) {
		close_fd(&run->out);
		return true;
	}
	if (run->got->len + (size_t)n > max)
		return false;
	g_byte_array_append(run->got, buffer, (guint)n);
	return true;
}

static void
listen_err(struct run *run)
{
	char buffer[4096];
	ssize_t n = read(run->err, buffer, sizeof buffer);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0)
		close_fd(&run->err);
	else if (run->words->len < SPAWN_ERR_MAX)
		g_string_append_len(run->words, buffer, n);
}

/* Milliseconds left, -1 without a deadline. */
static int
left(const struct run *run)
{
	int64_t rest;

	if (run->until == 0)
		return -1;
	rest = run->until - g_get_monotonic_time();
	return rest <= 0 ? 0 : (int)(rest / 1000 + 1);
}

/* True when the child has ended; *status then says how. */
static bool
ended(const struct run *run, int *status)
{
	pid_t pid;

	do
		pid = waitpid(run->pid, status, WNOHANG);
	while (pid < 0 && errno == EINTR);
	return pid != 0;
}

/* What the pipes still hold after its end; not waiting for the end of file,
 * which a background child of it may keep away. */
static enum spawn_end
drain(struct run *run)
{
	struct pollfd fds[2];

	for (;;) {
		fds[0] = (struct pollfd){.fd = run->out, .events = POLLIN};
		fds[1] = (struct pollfd){.fd = run->err, .events = POLLIN};
		if (poll(fds, 2, 0) <= 0)
			return SPAWN_EXITED;
		if (run->err >= 0 && fds[1].revents)
			listen_err(run);
		if (run->out >= 0 && fds[0].revents && !listen_out(run))
			return SPAWN_OVERFLOW;
	}
}

/* Feeds and listens until the child's end or the deadline. */
static enum spawn_end
talk(struct run *run, int pidfd, int *status)
{
	struct pollfd fds[4];
	int wait;

	for (;;) {
		fds[0] = (struct pollfd){.fd = run->in, .events = POLLOUT};
		fds[1] = (struct pollfd){.fd = run->out, .events = POLLIN};
		fds[2] = (struct pollfd){.fd = run->err, .events = POLLIN};
		fds[3] = (struct pollfd){.fd = pidfd, .events = POLLIN};
		wait = left(run);
		if (wait == 0)
			return SPAWN_TIMEOUT;
		if (pidfd < 0 && (wait < 0 || wait > 5))
			wait = 5;	/* a kernel without pidfd_open */
		if (poll(fds, 4, wait) < 0 && errno != EINTR)
			return SPAWN_TIMEOUT;
		if (run->in >= 0 && fds[0].revents)
			feed(run);
		if (run->err >= 0 && fds[2].revents)
			listen_err(run);
		if (run->out >= 0 && fds[1].revents && !listen_out(run))
			return SPAWN_OVERFLOW;
		if ((pidfd < 0 || fds[3].revents) && ended(run, status))
			return drain(run);
	}
}

/* Talks, kills what must be killed, and tells how it ended. */
static void
conduct(struct run *run)
{
	struct spawn_result *result = run->result;
	int status = 0, pidfd = pidfd_open(run->pid, 0);

	nonblocking(run->in);
	nonblocking(run->out);
	nonblocking(run->err);
	result->end = talk(run, pidfd, &status);
	close_fd(&pidfd);
	if (result->end == SPAWN_TIMEOUT || result->end == SPAWN_OVERFLOW) {
		kill(-run->pid, SIGKILL);
		while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
			continue;
	} else if (WIFSIGNALED(status)) {
		result->end = SPAWN_SIGNALLED;
		result->code = WTERMSIG(status);
	} else {
		result->code = WEXITSTATUS(status);
	}
}

/* What it said, as the caller gets it. */
static void
finish(struct run *run)
{
	close_fd(&run->in);
	close_fd(&run->out);
	close_fd(&run->err);
	run->result->out = g_byte_array_free_to_bytes(run->got);
	g_strchomp(run->words->str);
	run->result->err = g_utf8_make_valid(run->words->str, -1);
	g_string_free(run->words, TRUE);
}

bool
spawn_run(const struct spawn *spawn, struct spawn_result *result)
{
	struct run run = {.spawn = spawn, .in = -1, .out = -1, .err = -1,
	    .result = result, .got = g_byte_array_new(),
	    .words = g_string_new(NULL)};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	int error;

	*result = (struct spawn_result){.end = SPAWN_FAILED};
	if (spawn->deadline_ms > 0)
		run.until = g_get_monotonic_time() +
		    (int64_t)spawn->deadline_ms * 1000;
	sigaction(SIGPIPE, &ignore, &before);
	error = start(&run);
	if (error) {
		result->code = error;
		if (run.pid > 0)
			waitpid(run.pid, NULL, 0);
	} else {
		conduct(&run);
	}
	sigaction(SIGPIPE, &before, NULL);
	finish(&run);
	return result->end == SPAWN_EXITED && result->code == 0;
}

bool
spawn_open(const char *const *argv, struct spawn_child *child, int *error)
{
	static const GBytes *const nothing[] = {NULL};
	struct spawn spawn = {.argv = argv, .input = nothing};
	struct run run = {.spawn = &spawn, .in = -1, .out = -1, .err = -1};

	*error = start(&run);
	*child = (struct spawn_child){run.pid, run.in, run.out, run.err};
	if (*error == 0)
		return true;
	if (run.pid > 0)
		waitpid(run.pid, NULL, 0);
	close_fd(&child->in);
	close_fd(&child->out);
	close_fd(&child->err);
	return false;
}

void
spawn_close(struct spawn_child *child, int patience_ms,
    struct spawn_result *result)
{
	static const char *const none[] = {NULL};
	struct spawn spawn = {.argv = none};
	struct run run = {.spawn = &spawn, .pid = child->pid, .in = -1,
	    .out = -1, .err = child->err, .result = result,
	    .got = g_byte_array_new(), .words = g_string_new(NULL),
	    .until = g_get_monotonic_time() + (int64_t)patience_ms * 1000 + 1};

	*result = (struct spawn_result){.end = SPAWN_FAILED};
	close_fd(&child->in);
	close_fd(&child->out);
	conduct(&run);
	finish(&run);
	*child = (struct spawn_child){-1, -1, -1, -1};
}

void
spawn_release(struct spawn_result *result)
{
	g_clear_pointer(&result->out, g_bytes_unref);
	g_clear_pointer(&result->err, g_free);
}

char *
spawn_story(const char *program, const struct spawn_result *result)
{
	const char *words = result->err ? result->err : "";
	const char *colon = words[0] ? ": " : "";

	switch (result->end) {
	case SPAWN_EXITED:
		return g_strdup_printf("%s ended with code %d%s%s", program,
		    result->code, colon, words);
	case SPAWN_SIGNALLED:
		return g_strdup_printf("%s was ended by signal %d%s%s",
		    program, result->code, colon, words);
	case SPAWN_TIMEOUT:
		return g_strdup_printf("%s did not end in time%s%s", program,
		    colon, words);
	case SPAWN_OVERFLOW:
		return g_strdup_printf("%s wrote more than is allowed%s%s",
		    program, colon, words);
	case SPAWN_FAILED:
		break;
	}
	return g_strdup_printf("%s could not be started: %s", program,
	    g_strerror(result->code));
}
