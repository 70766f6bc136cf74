/*
 * pdf.h - a letter's page as PDF/A-3b.
 */
#ifndef PDF_H
#define PDF_H

#include <glib.h>
#include <jansson.h>

/* profile "": the page; "factur-x": with the document as XML inside. NULL:
 * *why; *warning as form_write(). */
GBytes *pdf_write(const json_t *letter, const char *profile, char **warning,
    char **why);

#endif
