/*
 * invoice_page.h - one invoice as a page of a terminal.
 */
#ifndef INVOICE_PAGE_H
#define INVOICE_PAGE_H

#include "context.h"

/* document may be NULL: only what its row tells. shares: the allocations as
 * JSON. */
void invoice_page(struct context *context, const struct invoice *invoice,
    const json_t *document, const json_t *shares);

#endif
