/*
 * template_preview.h - `template preview`, for cmd_template.c.
 */
#ifndef TEMPLATE_PREVIEW_H
#define TEMPLATE_PREVIEW_H

#include "command.h"

/* preview KIND [--tone T] [--language L] [--html | --message]; the exit
 * status. */
int template_preview(struct context *context, const struct command *command,
    int argc, char **argv);

#endif
