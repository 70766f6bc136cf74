/*
 * child.h - work on hostile bytes in a child that may die, and programs that
 * help it. Internal to parser/.
 */
#ifndef CHILD_H
#define CHILD_H

#include "frame.h"

#include <stdint.h>
#include <sys/types.h>

#define CHILD_MESSAGES 201	/* descriptors that a child can be given */

struct child_work {
	/* Runs in the child, which ends when it comes back: reads fd (and
	 * those that follow it), calls sandbox_enter() as soon as it can,
	 * writes frames to out, reads answers from in. */
	void (*work)(int fd, int out, int in, void *user);
	/* Runs in the parent for each frame of the child but the last. The
	 * answer to a question (FRAME_HTML ...) goes into answer; the result says
	 * whether it is one. deadline: of child_deadline(). */
	bool (*frame)(enum frame frame, const GString *bytes, GString *answer,
	    int64_t deadline, void *user);
	/* One message is done. True: the child goes on with another, and has
	 * timeout_ms for it. NULL: there is only one. */
	bool (*next)(enum frame frame, void *user);
	int timeout_ms;
	void *user;
};

enum child_end {
	CHILD_DONE,
	CHILD_LIMIT,	/* it said that the message is over a limit */
	CHILD_DIED,	/* killed, crashed, or spoke nonsense */
	CHILD_LATE	/* killed by us at the deadline */
};

/* A moment of the monotonic clock, so many milliseconds from now. */
int64_t child_deadline(int timeout_ms);

/* Forks, serves the child's frames, and has it gone when it returns. The
 * child finds the descriptors side by side, from the one that it is told. */
enum child_end child_run(const struct child_work *work, const int *fds,
    unsigned count, int64_t deadline);

#define CHILD_HELPER_UNKNOWN 66	/* its exit code: no statement of any format */

/* A helper program that runs: its pid and the ends of its pipes. */
struct child_helper {
	int pid, out, err;
};

/* Starts one, argv[0] is its path, input on its stdin; a deadline of 0 leaves
 * it to the caller to end it. child_helper_end() in any case. */
bool child_helper_start(struct child_helper *helper, const char *const *argv,
    int input, int64_t deadline);
/* Kills it or lets it end; its status as of waitpid(), -1: it never ran. */
int child_helper_end(struct child_helper *helper, bool killed);
/* What went wrong, from the helper's first line on stderr if it said so. */
void child_helper_explain(GString *out, const char *err, bool in_time,
    int status);

/* Runs a helper program, argv[0] is its path, input on its stdin. True when it
 * ended well in time; output (at most limit bytes) in out, else a sentence,
 * which is empty for CHILD_HELPER_UNKNOWN. */
bool child_run_helper(const char *const *argv, int input, GString *out,
    size_t limit, int64_t deadline);
/* Starts a helper program that answers one frame after the other on one
 * socket, until that is closed. Its process in *pid; -1 when it cannot be. */
int child_helper_serve(const char *path, pid_t *pid);
/* child_run_helper with bytes as input. */
bool child_helper_bytes(const char *const *argv, const GString *input,
    GString *out, size_t limit, int64_t deadline);

#endif
