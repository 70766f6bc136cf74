/*
 * init.h - parts of `init` that stand alone.
 */
#ifndef INIT_H
#define INIT_H

#include "context.h"

/* The text of a configuration file with one option set to value (written as
 * given): its first line "key = ..." or "# key = ..." is replaced, a text
 * without one comes back unchanged. The caller frees. */
char *init_set_option(const char *text, const char *key, const char *value);

/* Imports the demonstration's customers and invoices into a fresh home. */
int init_demo(struct context *context);

#endif
