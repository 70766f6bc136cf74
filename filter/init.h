/*
 * init.h - parts of `init` that stand alone.
 */
#ifndef INIT_H
#define INIT_H

#include "context.h"

/* Imports the demonstration's customers and invoices into a fresh home. */
int init_demo(struct context *context);

#endif
