/*
 * einvoice.h - the invoice document as an electronic invoice: UBL 2.1 or CII
 * D16B, as EN 16931 and its national and network profiles want it.
 */
#ifndef RENDER_EINVOICE_H
#define RENDER_EINVOICE_H

#include <glib.h>
#include <jansson.h>

/*
 * The XML of the completed document (names and units: the invoice document in
 * mailfilter.1) in the profile's syntax: UTF-8, no DOCTYPE, the same bytes for
 * the same document. The profiles: "ubl" and "cii" (EN 16931-1 as it is, bound
 * by CEN/TS 16931-3-2 and -3-3; "en16931" is "ubl"), "xrechnung" (UBL) and "xrechnung-cii",
 * "peppol" (BIS Billing 3), "factur-x" (CII, profile EN 16931; "zugferd" is
 * another name of it).
 *
 * NULL when the profile is unknown, when it demands what the document does not
 * have, or when a text holds what XML cannot: *why is then a sentence that
 * names the field and what to enter (g_free it; otherwise it is NULL). The
 * document is never changed.
 */
GBytes *einvoice_write(const json_t *document, const char *profile,
    char **why);

/* The names of all profiles, NULL after the last. */
const char *const *einvoice_profiles(void);

/*
 * A file name for it, without a folder: "factur-x.xml" for factur-x, which its
 * standard fixes, else the invoice number with what no file name should hold
 * replaced, and ".xml". The caller frees it.
 */
char *einvoice_file_name(const json_t *document, const char *profile);

#endif
