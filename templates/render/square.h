/*
 * square.h - PAY by square, the codes of Slovak banks (version 1.1.0 of the
 * Slovak Banking Association's standard).
 */
#ifndef RENDER_SQUARE_H
#define RENDER_SQUARE_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

/* From the fields, tabs between, to what the code holds (capitals and digits).
 * NULL: they are too long. The caller frees. */
char *square_write(const char *fields);
/* Does so with the payloads of a letter's ways to pay, in place. */
void square_complete(const json_t *letter);

#endif
