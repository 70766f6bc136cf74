/*
 * serve.h - many letters from one process.
 */
#ifndef SERVE_H
#define SERVE_H

#include <glib.h>

/* Letters from stdin until its end, each "LENGTH\n" and so many bytes of
 * JSON; answers on stdout, each "ok LENGTH WARNINGS\n" or "bad LENGTH
 * WARNINGS\n" and so many bytes of the message (or of the reason) and of
 * lines of warning. The exit status. */
int serve(void);

/* From the bytes of a letter's JSON to its form. NULL: *why. The caller frees
 * all three. */
GBytes *letter_read_and_write(const char *text, gsize length, char **warning,
    char **why);

#endif
