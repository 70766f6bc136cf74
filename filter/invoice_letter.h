/*
 * invoice_letter.h - the document of an invoice for its letters: as it was
 * issued; of a draft as it would be; of an invoice that another program has
 * issued as far as its row tells.
 */
#ifndef INVOICE_LETTER_H
#define INVOICE_LETTER_H

#include "context.h"

/* The complete document, or NULL; *why (caller frees) says what is missing.
 * The caller owns it. */
json_t *invoice_document(struct context *context,
    const struct invoice *invoice, char **why);
/* What goes with the mail, as the renderer names it: ["pdf", "xml:peppol"]. */
json_t *invoice_attach(struct context *context,
    const struct customer *customer, const json_t *document);

#endif
