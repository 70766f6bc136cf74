/*
 * einvoice.h - the e-invoice as XML, from the computed document.
 */
#ifndef EINVOICE_H
#define EINVOICE_H

#include <glib.h>
#include <jansson.h>

/* The document in a profile: cii, ubl, xrechnung, xrechnung-cii, peppol,
 * factur-x (the CII that stands inside of a PDF). NULL: *why (caller frees)
 * names the field and what to enter. */
GBytes *einvoice_write(const json_t *document, const char *profile,
    char **why);

#endif
