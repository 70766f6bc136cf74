/*
 * dkim.h - the parts of mailfilter-dkim, which verifies one DKIM signature
 * (RFC 6376, RFC 8463) of one message. Apart from mailfilter-extract because
 * libopendkim brings a whole crypto library along, and because this is the
 * only reader of mail that may have to ask the network (for the key).
 */
#ifndef VERIFY_DKIM_H
#define VERIFY_DKIM_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define DKIM_SECONDS 3		/* all of it, the name server included */
#define DKIM_RECORD 4096	/* bytes of a key record, libopendkim's limit */

enum dkim_end { DKIM_PASS, DKIM_FAIL, DKIM_LATER };

/* ---- sandbox.c ------------------------------------------------------------------ */

/* Limits of memory, time and files; first thing. */
bool sandbox_limit(void);
/* From now on: read, write, allocate; with network also sockets of IPv4 and
 * IPv6. May be called with network first and without it later. */
bool sandbox_enter(bool network);
/* How many forbidden things could be done. */
int sandbox_test(void);

/* ---- dns.c ------------------------------------------------------------------------ */

/* Before the sandbox closes. resolver: "192.0.2.1" or "192.0.2.1:53"; "-" is
 * what the machine uses (resolv.conf). */
bool dns_prepare(const char *resolver);
/* The one key record of a name. DKIM_FAIL: there is none, DKIM_LATER: nobody
 * answered; both with a sentence in *why. */
enum dkim_end dns_key(const char *name, char record[DKIM_RECORD],
    unsigned *ttl, const char **why);

/* ---- verify.c --------------------------------------------------------------------- */

/* Makes libopendkim ready, before the sandbox closes; now is its clock. */
bool verify_prepare(time_t now);
/* The index-th DKIM-Signature field of the message on fd, with this key. */
enum dkim_end verify_message(int fd, unsigned index, const char *record,
    const char **why);

#endif
