/*
 * header.h - the raw header of a message, read by ourselves: gmime shows of a
 * field that is there twice another one than mail programs do. Internal to
 * parser/.
 */
#ifndef HEADER_H
#define HEADER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct header_field {
	char *name;	/* lower case */
	char *value;	/* unfolded (RFC 5322, 2.2.3), trimmed, raw bytes; NULs
			 * have become spaces */
};

struct header {
	GPtrArray *fields;	/* struct header_field, from the top */
	char *odd;		/* what is against the grammar, or NULL: a NUL, a
				 * bare CR, a line that is no field ... */
};

/* Never NULL. */
struct header *header_parse(const char *raw, size_t length);
void header_free(struct header *header);	/* NULL allowed */

/* Is the first line a header field at all? (RFC 5322, 3.6.8) */
bool header_begins(const char *raw, size_t length);

/* The first (topmost) field of a name given in lower case, borrowed, or NULL;
 * the n-th from 0; how many there are. */
const char *header_get(const struct header *header, const char *name);
const char *header_nth(const struct header *header, const char *name,
    unsigned n);
unsigned header_count(const struct header *header, const char *name);

/* The address of a From field that follows a strict grammar: one mailbox,
 * `local@domain`, `<...>` or `phrase <...>`; dot-atoms only, a domain of at
 * least two labels, ASCII; no comment, group, route or list. The result has
 * its domain in lower case; NULL with *why (static) otherwise. */
char *header_strict_mailbox(const char *value, const char **why);

/* All the addresses that a sloppy reader could see in an address field, in
 * lower case. Never NULL; the caller g_ptr_array_unref()s (char *). */
GPtrArray *header_addresses(const char *value);

/* The addresses that mail is really for in an address field: out of angle
 * brackets or standing alone, never out of names and comments. In lower case;
 * the caller g_ptr_array_unref()s (char *). */
GPtrArray *header_recipients(const char *value);

/* Whole message identifiers "<...>" of a field, in order (char *). */
GPtrArray *header_message_ids(const char *value);

/* A Date field (RFC 5322, 3.3 and the obsolete zones). seconds: since the
 * epoch; day: the civil day in its own zone. False when it is not valid. */
bool header_date(const char *value, int64_t *seconds, char day[11]);

#endif
