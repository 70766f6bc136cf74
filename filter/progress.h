/*
 * progress.h - a bar on stderr for work that takes long, only at a terminal.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "context.h"

struct progress;
/* NULL when nobody watches; the other two allow that. */
struct progress *progress_new(const struct context *context,
    const char *label, size_t total);
void progress_show(struct progress *progress, size_t done);
void progress_free(struct progress *progress);	/* clears the line */

#endif
