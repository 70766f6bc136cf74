/*
 * extract.h - mailfilter-extract: HTML and XML from hostile hands become
 * plain text and events. The program shuts itself in before it reads a byte:
 * no file, no network, no other program, bounded memory and time.
 */
#ifndef EXTRACT_H
#define EXTRACT_H

#include <glib.h>
#include <stdbool.h>

#define EXTRACT_HTML_LIMIT (4u * 1024u * 1024u)	/* bytes of input */
#define EXTRACT_SECONDS 8u

/* Loads what decoding of a charset needs (NULL: of the usual ones), because
 * the sandbox opens no file. */
void charset_preload(const char *charset);
/* UTF-8 of the bytes, what does not decode as U+FFFD. charset NULL: UTF-8 if
 * they are that, else what a <meta> in the first bytes says, else
 * windows-1252. The caller frees. */
char *charset_decode(const char *bytes, gsize length, const char *charset);

/* Allows so much CPU time (0: without a limit); the clock on the wall bounds
 * it, too, unless the caller has to do that. False: the sandbox could not be
 * set up. */
bool sandbox_enter(unsigned seconds, bool wall);
/* Tries what must not work; how many of these worked all the same. */
int sandbox_test(void);

/* Visible text of HTML (UTF-8): block elements and table rows are lines,
 * cells are separated by a tab. The caller frees. */
char *html_text(const char *html);

#endif
