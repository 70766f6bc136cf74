/*
 * charset.h - bytes in a named charset to UTF-8. Internal to parser/.
 *
 * glibc loads a module per charset; the sandboxed child can open no file, so
 * charset_warm() must have been called for a charset before.
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <glib.h>
#include <stdbool.h>

/* Makes a charset ready; unknown names do nothing. */
void charset_warm(const char *name);

/* UTF-8 without NULs of any bytes, never NULL, the caller frees. *odd becomes
 * true when the charset is unknown, or a byte is wrong in it or a NUL: these
 * show as U+FFFD. NULL or "" as name: UTF-8, or Windows-1252 when it is not.
 * *odd is left alone otherwise. */
char *charset_to_utf8(const char *name, const char *bytes, size_t length,
    bool *odd);
/* Is it one that we read? */
bool charset_is_known(const char *name);

#endif
