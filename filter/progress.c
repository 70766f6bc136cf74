/*
 * progress.c - draws at most ten times a second, and nothing at all for work
 * that is done within half a second.
 */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#define BAR 24
#define FIRST_US 500000
#define EACH_US 100000

struct progress {
	char *label;
	size_t total;
	gint64 next;		/* microseconds: not drawn before */
	bool drawn;
};

struct progress *
progress_new(const struct context *context, const char *label, size_t total)
{
	struct progress *progress;

	if (context->quiet || context->json || !isatty(STDERR_FILENO))
		return NULL;
	progress = g_new0(struct progress, 1);
	progress->label = g_strdup(label);
	progress->total = MAX(total, 1);
	progress->next = g_get_monotonic_time() + FIRST_US;
	return progress;
}

void
progress_show(struct progress *progress, size_t done)
{
	gint64 now;
	size_t part;

	if (!progress || (done & 15))
		return;
	now = g_get_monotonic_time();
	if (now < progress->next)
		return;
	progress->next = now + EACH_US;
	progress->drawn = true;
	done = MIN(done, progress->total);
	part = done * BAR / progress->total;
	fprintf(stderr, "\r%s [", progress->label);
	for (size_t i = 0; i < BAR; i++)
		fputc(i < part ? '#' : '.', stderr);
	fprintf(stderr, "] %zu%%", done * 100 / progress->total);
}

void
progress_free(struct progress *progress)
{
	if (!progress)
		return;
	if (progress->drawn)
		fputs("\r\033[K", stderr);
	g_free(progress->label);
	g_free(progress);
}
