/*
 * template_preview.h - letters with sample values: to look at, and to try what
 * is in the home's folder of templates.
 */
#ifndef TEMPLATE_PREVIEW_H
#define TEMPLATE_PREVIEW_H

#include "command.h"
#include "template_files.h"

/* preview KIND [--tone T] [--language L] [--format F] [--output FILE]; the exit
 * status. */
int template_preview(struct context *context, const struct command *command,
    int argc, char **argv);

/* Makes a letter of each kind in each form with the home's templates: what was
 * left out of them and why, a line each. The caller unrefs. */
GPtrArray *template_try_all(struct context *context,
    const struct template_folders *folders);

#endif
