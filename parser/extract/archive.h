/*
 * archive.h - a file that is packed: gzip, or a zip of several. Everything is
 * bounded: members, sizes, and how much may come out of how little.
 */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <zlib.h>

enum packing { PACKED_NOT, PACKED_GZIP, PACKED_STORED, PACKED_DEFLATED };

struct member {			/* a file, or the part of a zip that is one */
	enum packing packing;
	int64_t start;		/* its first packed byte */
	int64_t packed;		/* how many; -1: to the end */
	uint32_t crc;		/* of a zip's member */
};

/* The files in what stands at a descriptor: one element, if it is no zip.
 * NULL: *why, caller frees. The array (struct member) is the caller's. */
GArray *archive_members(int fd, char **why);

/* ---- unpacking: a stream of bytes out of a member ----------------------------- */

struct unpacking;

struct unpacking *unpacking_new(int fd, const struct member *member);
void unpacking_free(struct unpacking *unpacking);
/* From the first byte again; false: it cannot be sought in. */
bool unpacking_rewind(struct unpacking *unpacking);
/* Like read(): 0 at the end, -1 with a reason in *why (static text). */
gssize unpacking_read(struct unpacking *unpacking, char *into, size_t size,
    const char **why);

#endif
