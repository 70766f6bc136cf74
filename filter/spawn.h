/*
 * spawn.h - run a helper program and hear it out: bytes in, bytes out, a
 * deadline, nothing inherited but the three standard descriptors.
 *
 * Stands alone (GLib and libc), so that helper programs can link it too.
 */
#ifndef SPAWN_H
#define SPAWN_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct spawn {
	const char *const *argv;	/* argv[0] is looked for in PATH unless
					 * it has a slash; no shell ever */
	const GBytes *const *input;	/* NULL-terminated, written to stdin one
					 * after another; NULL: input_fd */
	int input_fd;		/* used when input is NULL: this descriptor, read
				 * from its present offset; 0 or less: /dev/null */
	int deadline_ms;	/* for all of it; then it is killed with all its
				 * children. 0: none */
	size_t out_max;		/* bytes of stdout kept; more: SPAWN_OVERFLOW.
				 * 0: SPAWN_OUT_MAX */
	bool own_stdout;	/* its stdout is ours instead (out stays empty) */
};
#define SPAWN_OUT_MAX ((size_t)16 << 20)
#define SPAWN_ERR_MAX ((size_t)16 << 10)	/* of stderr, the rest is dropped */

enum spawn_end {
	SPAWN_EXITED,		/* by itself: code */
	SPAWN_SIGNALLED,	/* by a signal: code is its number */
	SPAWN_TIMEOUT,		/* killed at the deadline */
	SPAWN_OVERFLOW,		/* killed: wrote more than out_max */
	SPAWN_FAILED		/* could not be started: code is errno */
};

struct spawn_result {
	enum spawn_end end;
	int code;
	bool input_read;	/* it took all of its input */
	GBytes *out;		/* stdout, never NULL (its data is when empty) */
	char *err;		/* stderr as valid UTF-8 without the last newline */
};

/* Runs it and waits for its end. True when it ended with exit code 0. *result
 * is always filled; spawn_release() it. The child dies with this process. */
bool spawn_run(const struct spawn *spawn, struct spawn_result *result);
void spawn_release(struct spawn_result *result);

/* A helper to talk with: both pipes stay open. The ends are -1 when closed. */
struct spawn_child {
	int pid;
	int in, out;		/* its stdin and its stdout */
	int err;		/* its stderr: read at the end */
};
/* Starts it; false: *error is errno. */
bool spawn_open(const char *const *argv, struct spawn_child *child,
    int *error);
/* Closes the pipes, gives it so many milliseconds to end, then kills it.
 * *result is filled but for out; spawn_release() it. */
void spawn_close(struct spawn_child *child, int patience_ms,
    struct spawn_result *result);

/* What happened, as a sentence without full stop: "mailfilter-render ended
 * with code 3: its last words". The caller frees. */
char *spawn_story(const char *program, const struct spawn_result *result);

#endif
