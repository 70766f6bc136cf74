/*
 * pipeline.h - what `deliver` and `filter` share: they end with 0 or 75,
 * inside a deadline, and say at most one line.
 */
#ifndef PIPELINE_H
#define PIPELINE_H

#include "intake.h"

/* Starts the deadline: past it the process prints its line and ends with 75.
 * SIGPIPE is ignored from here on. */
void pipeline_start(int seconds);

/* Reads stdin to its end and takes the message. EX_OK or EX_TEMPFAIL with
 * *why. mail is always to be released. */
int pipeline_take(struct context *context, struct mail *mail,
    struct verdict *verdict, const char **why);

/* Prints "4.3.0 mailfilter: WHY" on stderr; EX_TEMPFAIL. */
int pipeline_defer(const char *why);

#endif
