/*
 * invoice_options.h - what `invoice new` and `invoice edit` are told by
 * options, as the JSON of an invoice.
 */
#ifndef INVOICE_OPTIONS_H
#define INVOICE_OPTIONS_H

#include "cells_options.h"
#include "invoice_make.h"

struct invoice_request {
	struct context *context;
	struct row row;
	GPtrArray *lines, *allowances, *charges, *deposits, *attachments;
	const char *file;	/* --file, or NULL */
	bool draft, send;
};

void invoice_request_init(struct invoice_request *request,
    struct context *context);
void invoice_request_clear(struct invoice_request *request);
/* Reads argv; EX_OK, or the code after having said what is wrong. optind
 * stands at the first operand. */
int invoice_request_read(struct invoice_request *request, int argc,
    char **argv);
/* Nothing was said but -n, --draft, --send? */
bool invoice_request_is_empty(const struct invoice_request *request);
/* What was said for an option of one value. */
char **invoice_request_cell(struct invoice_request *request,
    const char *name);
/* Lays what was said over a source; what is a list replaces it. EX_OK, or the
 * code after having said what is wrong. */
int invoice_request_apply(const struct invoice_request *request,
    json_t *source);

#endif
