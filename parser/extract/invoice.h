/*
 * invoice.h - e-invoices that are seen going out, as events.
 */
#ifndef EXTRACT_INVOICE_H
#define EXTRACT_INVOICE_H

#include "../parser.h"

/* Reads UBL 2 (Invoice, CreditNote) or UN/CEFACT CII XML: the semantic model
 * of EN 16931-1. NULL: it is neither, or not well-formed. What does not add up
 * is noted as refused. */
struct event *invoice_read(const char *bytes, size_t length);

/* The first e-invoice that is embedded in a PDF (Factur-X, ZUGFeRD, XRechnung),
 * unpacked; NULL: there is none. At most limit bytes; the caller frees. */
GString *invoice_in_pdf(const char *bytes, size_t length, size_t limit);

#endif
