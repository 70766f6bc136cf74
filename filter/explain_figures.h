/*
 * explain_figures.h - what `explain` tells beside the journal.
 */
#ifndef EXPLAIN_FIGURES_H
#define EXPLAIN_FIGURES_H

#include "context.h"

/* How a customer pays, or (invoice not 0) the one of that invoice. */
int explain_figures(struct context *context, int64_t customer,
    int64_t invoice);
/* An instalment plan as it is now. */
int explain_plan(struct context *context, int64_t id);

#endif
