/*
 * parse_files.c - many files on several processors: each worker reads a run
 * of them and keeps what it prints, so that the output is in their order.
 */
#include "parse_files.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define FILES_EACH 100		/* fewer are not worth a worker */
#define WORKERS 16

struct worker {
	pid_t pid;		/* 0: not started */
	int out;		/* what it has printed */
	int first, count;	/* its files */
};

static int
count_workers(int count)
{
	cpu_set_t set;
	int processors = sched_getaffinity(0, sizeof set, &set) == 0 ?
	    CPU_COUNT(&set) : 1;

	return CLAMP(MIN(processors, count / FILES_EACH), 1, WORKERS);
}

static void
start(struct worker *worker, parse_run_fn *run, void *user)
{
	worker->out = memfd_create("parse", MFD_CLOEXEC);
	if (worker->out < 0)
		return;
	fflush(stdout);
	worker->pid = fork();
	if (worker->pid == 0) {
		int code = EX_OSERR;

		if (dup2(worker->out, STDOUT_FILENO) >= 0)
			code = run(worker->first, worker->count, user);
		_exit(fflush(stdout) == 0 ? code : EX_IOERR);
	}
}

static bool
copy_out(int fd)
{
	char buffer[65536];
	ssize_t got;

	lseek(fd, 0, SEEK_SET);
	while ((got = read(fd, buffer, sizeof buffer)) > 0)
		if (fwrite(buffer, 1, (size_t)got, stdout) != (size_t)got)
			return false;
	return got == 0;
}

/* What the worker made of its files; all again when it did not come through. */
static int
finish(struct worker *worker, parse_run_fn *run, void *user)
{
	int status = -1, code = EX_OK;

	if (worker->pid > 0)
		while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
			;
	if (worker->pid <= 0 || !WIFEXITED(status) ||
	    WEXITSTATUS(status) == EX_OSERR)
		code = run(worker->first, worker->count, user);
	else if (!copy_out(worker->out))
		code = EX_IOERR;
	else
		code = WEXITSTATUS(status);
	if (worker->out >= 0)
		close(worker->out);
	return code;
}

int
parse_files(int count, parse_run_fn *run, void *user)
{
	struct worker workers[WORKERS] = {0};
	int n = count_workers(count), code;

	for (int i = 0; i < n; i++) {
		workers[i].first = count * i / n;
		workers[i].count = count * (i + 1) / n - workers[i].first;
	}
	for (int i = 1; i < n; i++)
		start(&workers[i], run, user);
	code = run(workers[0].first, workers[0].count, user);
	for (int i = 1; i < n; i++) {
		int one = finish(&workers[i], run, user);

		code = code == EX_OK ? one : code;
	}
	return code;
}
