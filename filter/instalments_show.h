/*
 * instalments_show.h - instalment plans as they are printed and exported, and
 * the part of the command that makes them.
 */
#ifndef INSTALMENTS_SHOW_H
#define INSTALMENTS_SHOW_H

#include "command.h"
#include "instalments.h"

extern const struct command cmd_instalments;

json_t *instalments_json(struct context *context,
    const struct instalments_case *one);
void instalments_print(struct context *context,
    const struct instalments_case *one);
/* "2026-001, 2026-003"; the caller frees. */
char *instalments_numbers(struct context *context,
    const struct instalment_plan *plan);

/* `instalments add` (instalments_add.c). */
int instalments_add(struct context *context, int argc, char **argv);
/* Executes the owner's plan in a transaction of its own; an exit code. */
int instalments_carry_out(struct context *context, const struct plan *plan);

#endif
