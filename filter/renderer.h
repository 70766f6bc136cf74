/*
 * renderer.h - one mailfilter-render for all letters of a run.
 */
#ifndef RENDERER_H
#define RENDERER_H

#include <glib.h>

struct renderer;

#define RENDERER_MS 30000	/* for one letter */

/* helper: the program, with --serve a letter after another. Nothing is
 * started before the first letter; one that takes longer is given up. */
struct renderer *renderer_new(const char *helper, int deadline_ms);
void renderer_free(struct renderer *renderer);

/* What the letter (its JSON) becomes, in the form that it asks for. words
 * gets lines of warning, or NULL. NULL: *why, a sentence. A helper that
 * crashes or stalls over a letter takes no other letter with it: the next has
 * a new one. The caller frees all three. */
GBytes *renderer_write(struct renderer *renderer, const char *letter,
    char **words, char **why);

#endif
