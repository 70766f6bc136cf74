/*
 * child.c - forks the child that parses, serves its frames with a deadline,
 * and sees to it that it is gone: by SIGKILL when it is late.
 */
#include "child.h"
#include "limits.h"
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FD_OUT 3	/* the child's descriptors, all others are closed */
#define FD_IN 4
#define FD_MESSAGE 5	/* the first of its messages */
#define FD_FREE 256	/* above: room to move them */

int64_t
child_deadline(int timeout_ms)
{
	return g_get_monotonic_time() + (int64_t)timeout_ms * 1000;
}

static int
left_ms(int64_t deadline)
{
	int64_t left = (deadline - g_get_monotonic_time()) / 1000;

	return left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left + 1;
}

/* ---- the child's side --------------------------------------------------------- */

/* These descriptors at known places and nothing else open: not the store, not
 * the terminal. */
static bool
settle_descriptors(const int *fds, int count)
{
	int from[2 + CHILD_MESSAGES];

	for (int i = 0; i < count; i++) {
		from[i] = fcntl(fds[i], F_DUPFD, FD_FREE);
		if (from[i] < 0)
			return false;
	}
	for (int i = 0; i < count; i++)
		if (dup2(from[i], FD_OUT + i) < 0)
			return false;
	close(0);
	close(1);
	close(2);
	return close_range((unsigned)(FD_OUT + count), ~0U, 0) == 0;
}

static _Noreturn void
be_child(const struct child_work *work, const int *fds, int count,
    int64_t deadline)
{
	if (!settle_descriptors(fds, count))
		_exit(1);
	signal(SIGPIPE, SIG_DFL);
	sandbox_limit(left_ms(deadline) / 1000 + 1);
	work->work(FD_MESSAGE, FD_OUT, FD_IN, work->user);
	_exit(0);
}

/* ---- the parent's side -------------------------------------------------------- */

struct talk {
	const struct child_work *work;
	int from, to;		/* the child */
	int64_t deadline;
	GString *received, *frame, *answer;
	enum child_end end;
	bool over;
};

static void
end_talk(struct talk *talk, enum child_end end)
{
	talk->end = end;
	talk->over = true;
}

static void
serve(struct talk *talk, enum frame frame)
{
	bool good;

	if (frame == FRAME_DONE || frame == FRAME_RETRY) {
		if (talk->work->next && talk->work->next(frame,
		    talk->work->user))
			talk->deadline = child_deadline(talk->work->timeout_ms);
		else
			end_talk(talk, frame == FRAME_DONE ? CHILD_DONE :
			    CHILD_LIMIT);
		return;
	}
	g_string_truncate(talk->answer, 0);
	good = talk->work->frame(frame, talk->frame, talk->answer,
	    talk->deadline, talk->work->user);
	if (frame == FRAME_EVENT || frame == FRAME_SAMPLE) {
		if (!good)
			end_talk(talk, CHILD_DIED);
		return;
	}
	/* The child waits for this and reads it at once. */
	if (!frame_write(talk->to, good ? FRAME_ANSWER : FRAME_NO_ANSWER,
	    talk->answer->str, talk->answer->len))
		end_talk(talk, CHILD_DIED);
}

static void
serve_all(struct talk *talk)
{
	bool bad = false;
	enum frame frame;

	while (!talk->over &&
	    (frame = frame_take(talk->received, talk->frame, &bad)))
		serve(talk, frame);
	if (bad)
		end_talk(talk, CHILD_DIED);
}

static void
listen_once(struct talk *talk)
{
	struct pollfd wait = {talk->from, POLLIN, 0};
	char buffer[16384];
	ssize_t got;

	switch (poll(&wait, 1, left_ms(talk->deadline))) {
	case -1:
		if (errno != EINTR)
			end_talk(talk, CHILD_DIED);
		return;
	case 0:
		end_talk(talk, CHILD_LATE);
		return;
	default:
		break;
	}
	got = read(talk->from, buffer, sizeof buffer);
	if (got > 0)
		g_string_append_len(talk->received, buffer, got);
	else if (got == 0 || errno != EINTR)
		end_talk(talk, CHILD_DIED);
	serve_all(talk);
}

static enum child_end
talk_to_child(const struct child_work *work, int from, int to,
    int64_t deadline)
{
	struct talk talk = {.work = work, .from = from, .to = to,
	    .deadline = deadline};

	talk.received = g_string_new(NULL);
	talk.frame = g_string_new(NULL);
	talk.answer = g_string_new(NULL);
	while (!talk.over) {
		if (g_get_monotonic_time() > talk.deadline)
			end_talk(&talk, CHILD_LATE);
		else
			listen_once(&talk);
	}
	g_string_free(talk.received, TRUE);
	g_string_free(talk.frame, TRUE);
	g_string_free(talk.answer, TRUE);
	return talk.end;
}

/* Ends the child, whatever it does, and takes its status. */
static int
reap(pid_t pid)
{
	int status = 0;

	kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* A reader that is gone must be an error of write(), not our death. */
static void
ignore_sigpipe(struct sigaction *before)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigaction(SIGPIPE, &ignore, before);
}

enum child_end
child_run(const struct child_work *work, const int *fds, unsigned count,
    int64_t deadline)
{
	struct sigaction before;
	int up[2], down[2], all[2 + CHILD_MESSAGES];
	enum child_end end;
	pid_t pid;

	g_assert(count <= CHILD_MESSAGES);
	if (pipe2(up, O_CLOEXEC) != 0)
		return CHILD_DIED;
	if (pipe2(down, O_CLOEXEC) != 0) {
		close(up[0]);
		close(up[1]);
		return CHILD_DIED;
	}
	all[0] = up[1];
	all[1] = down[0];
	memcpy(all + 2, fds, count * sizeof *fds);
	pid = fork();
	if (pid == 0)
		be_child(work, all, (int)count + 2, deadline);
	close(up[1]);
	close(down[0]);
	ignore_sigpipe(&before);
	end = pid < 0 ? CHILD_DIED :
	    talk_to_child(work, up[0], down[1], deadline);
	close(up[0]);
	close(down[1]);
	if (pid > 0)
		reap(pid);
	sigaction(SIGPIPE, &before, NULL);
	return end;
}
