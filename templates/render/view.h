/*
 * view.h - the steps that make the view of a document, each a change in place
 * of one copy; the order is that of einvoice_view.c.
 */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "decimal.h"
#include "syntax.h"

typedef void view_step(json_t *view, const struct profile *profile);

view_step view_document, view_notes, view_parties, view_delivery,
    view_payment, view_lines, view_allowances, view_taxes;

/* Percent, base, reason and category of allowances ("charges": charge). */
void view_allowance(json_t *allowance, bool charge,
    const struct profile *profile);
/* The rate as the category wants it: none for O, zero where there is no tax. */
void view_rate(json_t *object);

bool view_has_category(const json_t *view, const char *category);

/* Sets object.key unless it has a text already; "" is no text. */
void view_default(json_t *object, const char *key, const char *text);
void view_set(json_t *object, const char *key, const char *text);
/* The object at a key, made when there is none. */
json_t *view_object(json_t *object, const char *key);
bool view_decimal(const json_t *object, const char *key, decimal_wide *value);

#endif
