/*
 * sign.h - the parts of mailfilter-sign, the only program that uses the
 * owner's keys. It runs gpg or gpgsm, and neither has a network.
 *
 * Protocol. stdin: one line of JSON, a newline, then the message (CRLF) up to
 * the end of file:
 *   {"sign":"pgp|smime", "key":"0123ABCD… or an address", "home":"/…"?}
 * stdout: the message as multipart/signed (RFC 1847; RFC 3156 or RFC 8551).
 * Exit code 0, or 65 with a sentence on stderr.
 */
#ifndef SIGN_H
#define SIGN_H

#include <glib.h>
#include <stdbool.h>

enum scheme { SCHEME_PGP, SCHEME_SMIME };

/* ---- entity.c: bytes, no keys ---------------------------------------------- */

/* What a message is made of; borrowed of its bytes but for the strings. */
struct entity {
	GString *outer;		/* fields that stay outside, with their CRLFs */
	GString *signed_part;	/* MIME fields, empty line, body: no last CRLF */
};
/* False: *why. The body must be such that no mail server changes it: seven
 * bits, CRLF, no blank at the end of a line, no line that begins "From ". */
bool entity_read(const char *data, gsize size, struct entity *entity,
    char **why);
void entity_clear(struct entity *entity);
/* The signed message; signature is what the tool made, micalg its digest as
 * the Content-Type names it. */
GString *entity_join(const struct entity *entity, enum scheme scheme,
    const char *micalg, const GByteArray *signature);

#endif
