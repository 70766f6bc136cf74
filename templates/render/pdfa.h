/*
 * pdfa.h - a PDF of cairo becomes PDF/A-3b (ISO 19005-3).
 */
#ifndef PDFA_H
#define PDFA_H

#include <glib.h>

struct pdfa {			/* all borrowed */
	const char *title, *author, *created;	/* ISO 8601 */
	const char *language;	/* BCP 47 */
	const GPtrArray *overlay;	/* GString, or NULL: for each page */
	GBytes *invoice;	/* embedded as factur-x.xml, or NULL */
};

/* The same pages with metadata, colour profile and what is embedded; the
 * same bytes for the same input. NULL: *why (the caller frees both). */
GBytes *pdfa_write(const GByteArray *pdf, const struct pdfa *about,
    char **why);

/* xmp.c: the metadata packet (ISO 16684-1); the caller frees. */
char *xmp_write(const struct pdfa *about);
/* icc.c: an sRGB profile (IEC 61966-2-1) of ours, made once; borrowed. */
GBytes *icc_srgb(void);

#endif
