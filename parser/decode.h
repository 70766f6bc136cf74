/*
 * decode.h - transfer encodings and text habits of mail bodies. Internal to
 * parser/.
 */
#ifndef DECODE_H
#define DECODE_H

#include <glib.h>
#include <stdbool.h>

/* Base64 (RFC 2045, 6.8). *odd becomes true for a character outside of the
 * alphabet, data behind padding, or a last group that is cut: what is shown
 * then depends on the program that reads it. */
GString *decode_base64(const char *text, size_t length, bool *odd);

/* Quoted-printable (RFC 2045, 6.7); with underscore, the Q encoding of
 * RFC 2047. An equals sign that begins no escape stays as it is. */
GString *decode_quoted_printable(const char *text, size_t length,
    bool underscore);

/* Lines of text/plain; format=flowed (RFC 3676): joins what was broken. */
char *decode_flowed(const char *text, bool delsp);
/* CRLF and CR to LF, in place. */
void decode_newlines(char *text);

/* A header value with its encoded words (RFC 2047) as one line of UTF-8,
 * word by word. *odd becomes true where a word is malformed, holds a NUL or
 * names no charset that we read; such a word stays as it was written. */
char *rfc2047_decode(const char *value, bool *odd);

#endif
