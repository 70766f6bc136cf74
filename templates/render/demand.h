/*
 * demand.h - what the rules of a profile demand of a view: small checks that
 * give NULL or a sentence that names the field and what to enter.
 */
#ifndef RENDER_DEMAND_H
#define RENDER_DEMAND_H

#include "view.h"

/* A field that has to be there: its path, and what to say when it is not. */
struct wanted {
	const char *path, *say;
};

/* The first of the rows (the last has no path) that the view lacks. */
char *demand_fields(const json_t *view, const char *who,
    const struct wanted *rows);

/* BT by BT: EN 16931's own rules, XRechnung's, and the network's. */
char *demand_core(const json_t *view, const struct profile *profile);
char *demand_german(const json_t *view, const char *who);
char *demand_network(const json_t *view);
char *demand_nation(const json_t *view);

/* A sentence about one field: "path: who say". */
char *demand_say(const char *path, const char *who, const char *say);

/* For each object of a list: the first sentence that the check gives. */
typedef char *demand_item(const json_t *view, const json_t *item,
    const char *path);
char *demand_each(const json_t *view, const char *list, demand_item *check);

/* A line's period within that of the invoice. */
demand_item demand_period;

bool demand_iban(const char *iban);

#endif
