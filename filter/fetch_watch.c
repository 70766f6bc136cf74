/*
 * fetch_watch.c - stays and takes mail as it comes: one session for each
 * mailbox, a new one when it ends, later and later while a server is away.
 */
#include "fetch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <time.h>

#define FIRST_PAUSE 1			/* second */
#define LONGEST_PAUSE (15 * 60)
#define SECOND ((int64_t)1000000)

struct watch {
	struct fetch *fetch;
	int pause;		/* seconds until the next try */
	int64_t next;		/* monotonic: not before */
};

static volatile sig_atomic_t stopped;

static void
stop(int number)
{
	(void)number;
	stopped = 1;
}

/* SIGTERM and SIGINT only come while we wait; *waiting is the mask for it. */
static void
catch_signals(sigset_t *waiting)
{
	struct sigaction action = {.sa_handler = stop};
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGINT);
	sigprocmask(SIG_BLOCK, &blocked, waiting);
	sigdelset(waiting, SIGTERM);
	sigdelset(waiting, SIGINT);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	stopped = 0;
}

/* The session is over: tell, and plan the next one. */
static void
rest(struct watch *watch)
{
	struct fetch *fetch = watch->fetch;

	fetch_finish(fetch);
	if (fetch->trouble)
		fetch_report(fetch);
	if (fetch->bye)
		watch->pause = 0;
	else if (fetch->opened || watch->pause == 0)
		watch->pause = FIRST_PAUSE;
	else
		watch->pause = MIN(2 * watch->pause, LONGEST_PAUSE);
	watch->next = g_get_monotonic_time() + watch->pause * SECOND;
}

/* A session reports when all is read, and begins to count anew. */
static void
read_one(struct watch *watch)
{
	struct fetch *fetch = watch->fetch;
	bool before = fetch->idle;

	if (!fetch_read(fetch)) {
		rest(watch);
	} else if (fetch->idle && !before) {
		fetch_report_new(fetch);
	}
}

static int64_t
due(const struct watch *watch)
{
	return watch->fetch->running ? watch->fetch->deadline : watch->next;
}

static void
turn(struct watch *watches, guint count, const sigset_t *waiting)
{
	g_autofree struct pollfd *fds = g_new0(struct pollfd, count);
	int64_t first = G_MAXINT64, left;
	struct timespec wait;

	for (guint i = 0; i < count; i++) {
		fds[i] = (struct pollfd){.events = POLLIN, .fd =
		    watches[i].fetch->running ? watches[i].fetch->child.out
		    : -1};
		first = MIN(first, due(&watches[i]));
	}
	left = MAX(first - g_get_monotonic_time(), 0);
	wait.tv_sec = left / SECOND;
	wait.tv_nsec = left % SECOND * 1000;
	if (ppoll(fds, count, &wait, waiting) < 0)
		return;
	context_tick(watches[0].fetch->desk->context);
	for (guint i = 0; i < count; i++) {
		struct watch *watch = &watches[i];

		if (fds[i].revents) {
			read_one(watch);
		} else if (due(watch) > g_get_monotonic_time()) {
			continue;
		} else if (watch->fetch->running) {
			fetch_stop(watch->fetch, EX_TEMPFAIL, "timeout",
			    "mailfilter-send did not answer in time");
			rest(watch);
		} else if (!fetch_start(watch->fetch)) {
			rest(watch);
		}
	}
}

int
fetch_watch(struct fetch_desk *desk, GPtrArray *mailboxes)
{
	g_autofree struct watch *watches = g_new0(struct watch, mailboxes->len);
	sigset_t waiting;

	catch_signals(&waiting);
	for (guint i = 0; i < mailboxes->len; i++)
		watches[i].fetch = fetch_new(desk, mailboxes->pdata[i]);
	while (!stopped)
		turn(watches, mailboxes->len, &waiting);
	for (guint i = 0; i < mailboxes->len; i++) {
		watches[i].fetch->uid = 0;	/* we left, not the server */
		fetch_free(watches[i].fetch);
	}
	return EX_OK;
}
