/*
 * manual.h - manual pages as plain text, on machines without man(1) too, and
 * by the section.
 */
#ifndef MANUAL_H
#define MANUAL_H

#include <glib.h>
#include <stdbool.h>

/* The lines of a page (mdoc(7)) that belong to a subsection of COMMANDS or to
 * a section (case does not count), its heading left out; NULL when there is
 * none. The caller frees. */
char *manual_section(const char *page, const char *name);
/* Plain text, filled to a width. bold and plain stand around headings (""
 * without colour). The caller frees. */
char *manual_render(const char *mdoc, const char *bold, const char *plain);

#endif
