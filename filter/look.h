/*
 * look.h - how letters and pages look: the section documents of the
 * configuration, as templates are told.
 */
#ifndef LOOK_H
#define LOOK_H

#include "config.h"
#include "../store/store.h"

#include <jansson.h>

/* values.page: accent, logo, paper, font, footer. customer (or NULL): whose
 * country says what paper is usual when the owner leaves that open. */
void look_put(const struct config *config, const struct customer *customer,
    json_t *values);
/* Complains about a colour that is none, a logo that is not there. */
void look_check(const struct config *config);

#endif
