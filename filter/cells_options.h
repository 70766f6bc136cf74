/*
 * cells_options.h - the columns of an import table as options of a command:
 * "terms_days" is --terms-days, checked in the same way.
 */
#ifndef CELLS_OPTIONS_H
#define CELLS_OPTIONS_H

#include "command.h"
#include "import_row.h"

#include <getopt.h>

/* An option of the command's own; false: answer is a usage error. */
typedef bool own_option_fn(int option, const char *argument, void *user);

/* Reads argv with the columns' options and the own ones (values below 256;
 * extra may be NULL). EX_OK, or the code after having said what is wrong.
 * optind stands at the first operand. The caller row_clear()s. */
int cells_from_options(const struct command *command,
    const struct column *columns, const struct option *extra,
    own_option_fn *own, int argc, char **argv, struct row *row, void *user);

#endif
