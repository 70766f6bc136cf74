/*
 * import_einvoice.h - electronic invoices, as import takes them.
 */
#ifndef IMPORT_EINVOICE_H
#define IMPORT_EINVOICE_H

#include "customer.h"
#include "import_row.h"

#include <stdio.h>

/* Takes the electronic invoices of a file. *unknown: there is none in it, and
 * nothing was said. The exit code; everything else is said. */
int import_einvoice(struct import *import, int fd, bool *unknown);

/* Takes those that were found elsewhere: an array of what
 * parser_read_invoice() gives, with the message_id of the mail that they went
 * out with. */
int import_einvoices(struct import *import, const json_t *list);

/* ---- import_credits.c: credit notes and the invoices that they name ------------- */

struct credits;
struct credits *credits_new(void);
void credits_free(struct credits *credits);	/* NULL allowed */
/* Remembers a credit note that names an earlier invoice (BG-3). */
void credits_add(struct credits *credits, const struct invoice *invoice,
    const json_t *document);
/* Sets each off against those that it names, oldest first, as far as both are
 * open. After all files of an archive are in the store. */
enum store_status credits_set_off(struct credits *credits,
    struct context *context);
void credits_show(const struct credits *credits, FILE *out);

#endif
