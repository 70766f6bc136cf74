/*
 * invoice.h - electronic invoices, as documents and as events.
 */
#ifndef EXTRACT_INVOICE_H
#define EXTRACT_INVOICE_H

#include "../parser.h"

/* Reads UBL 2 (Invoice, CreditNote), UN/CEFACT CII XML or ZUGFeRD 1, the
 * semantic model of EN 16931-1, whole: {"syntax":"ubl|cii", "document":{…}, "wrong":[what
 * cannot be taken or does not add up, as sentences], "odd":[what is strange],
 * "unread":[paths of elements that have no place in the document]}. NULL: it is neither (*why
 * NULL), or damaged (*why; the caller frees). */
json_t *invoice_read(const char *bytes, size_t length, char **why);

/* Is what begins so an e-invoice? MEANING_OPEN: more bytes could tell. */
enum meaning { MEANING_OTHER, MEANING_INVOICE, MEANING_OPEN };
enum meaning invoice_meaning(const char *bytes, size_t length);

/* The event of what invoice_read() gave; the caller frees. What is wrong is
 * noted as refused. */
struct event *invoice_event(const json_t *found);

/* The first e-invoice that is embedded in a PDF (Factur-X, ZUGFeRD, XRechnung),
 * unpacked; NULL: there is none. At most limit bytes; the caller frees. */
GString *invoice_in_pdf(const char *bytes, size_t length, size_t limit);

#endif
