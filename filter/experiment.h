/*
 * experiment.h - experiments with reminders: policies as arms (tone, timing,
 * number, offers and templates are a policy's), customers who take part.
 */
#ifndef EXPERIMENT_H
#define EXPERIMENT_H

#include "plan.h"

/* The experiment with this name, or NULL. */
const struct experiment *experiment_named(const struct config *config,
    const char *name);
/* The policy of an invoice whose customer takes part in an experiment, or
 * NULL. It is the invoice's for good, as long as the section is there. */
const char *experiment_policy(const struct config *config,
    const struct invoice *invoice, const struct customer *customer);

/* Lets a customer take part, when an experiment wants one whose invoice is
 * not due yet, and he is in none that goes on: the arm with the fewest of his
 * stratum. Sets the customer's trial, and plans to write it down. counts: of
 * this run, "experiment\narm\nstratum" -> int; kept by the caller. */
enum store_status experiment_enrol(struct context *context,
    struct customer *customer, const GPtrArray *invoices, int32_t today,
    GHashTable *counts, struct plan *plan);

#endif
