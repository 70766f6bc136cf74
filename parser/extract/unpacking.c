/*
 * unpacking.c - the bytes of one member as they were before it was packed.
 */
#include "archive.h"

#include <errno.h>
#include <unistd.h>

#define FREE_BYTES (64 << 20)	/* may come out of however little */
#define RATIO 100		/* beyond that, so many for each packed one */
#define RAW_DEFLATE (-MAX_WBITS)
#define WITH_GZIP_HEADER (MAX_WBITS + 16)

struct unpacking {
	int fd;
	struct member member;
	z_stream z;
	bool inflating, over;
	int64_t left;		/* packed bytes, -1: to the end of the file */
	int64_t in, out;
	uint32_t crc;
	unsigned char packed[65536];
};

struct unpacking *
unpacking_new(int fd, const struct member *member)
{
	struct unpacking *u = g_new0(struct unpacking, 1);

	u->fd = fd;
	u->member = *member;
	return u;
}

static void
stop(struct unpacking *u)
{
	if (u->inflating)
		inflateEnd(&u->z);
	u->inflating = false;
}

void
unpacking_free(struct unpacking *u)
{
	if (!u)
		return;
	stop(u);
	g_free(u);
}

bool
unpacking_rewind(struct unpacking *u)
{
	int bits = u->member.packing == PACKED_GZIP ? WITH_GZIP_HEADER :
	    RAW_DEFLATE;

	stop(u);
	u->over = false;
	u->in = u->out = 0;
	u->left = u->member.packed;
	u->crc = (uint32_t)crc32(0, NULL, 0);
	u->z = (z_stream){0};
	if (u->member.packing == PACKED_GZIP ||
	    u->member.packing == PACKED_DEFLATED)
		u->inflating = inflateInit2(&u->z, bits) == Z_OK;
	return lseek(u->fd, u->member.start, SEEK_SET) == u->member.start;
}

static gssize
read_packed(struct unpacking *u, void *into, size_t size)
{
	ssize_t got;

	if (u->left >= 0)
		size = MIN(size, (size_t)u->left);
	do
		got = size > 0 ? read(u->fd, into, size) : 0;
	while (got < 0 && errno == EINTR);
	if (got > 0 && u->left >= 0)
		u->left -= got;
	u->in += MAX(got, 0);
	return got;
}

/* Inflates until there is something; 0 at the end. */
static gssize
inflate_some(struct unpacking *u, char *into, size_t size, const char **why)
{
	u->z.next_out = (unsigned char *)into;
	u->z.avail_out = (uInt)size;
	while (!u->over && u->z.avail_out == size) {
		int rc;

		if (u->z.avail_in == 0) {
			gssize got = read_packed(u, u->packed,
			    sizeof u->packed);

			if (got <= 0) {
				*why = "the archive ends too early";
				return -1;
			}
			u->z.next_in = u->packed;
			u->z.avail_in = (uInt)got;
		}
		rc = inflate(&u->z, Z_NO_FLUSH);
		u->over = rc == Z_STREAM_END;
		if (rc != Z_OK && rc != Z_STREAM_END) {
			*why = "the archive is damaged";
			return -1;
		}
	}
	return (gssize)(size - u->z.avail_out);
}

static bool
is_bomb(const struct unpacking *u)
{
	return u->out > FREE_BYTES && u->out / RATIO > u->in;
}

gssize
unpacking_read(struct unpacking *u, char *into, size_t size,
    const char **why)
{
	bool zip = u->member.packing == PACKED_STORED ||
	    u->member.packing == PACKED_DEFLATED;
	gssize got = u->inflating ? inflate_some(u, into, size, why) :
	    read_packed(u, into, size);

	if (got < 0 && !*why)
		*why = "it cannot be read";
	if (got > 0) {
		u->out += got;
		if (zip)
			u->crc = (uint32_t)crc32(u->crc,
			    (unsigned char *)into, (uInt)got);
	}
	if (got == 0 && zip && u->crc != u->member.crc)
		*why = "the archive is damaged";
	if (u->inflating && is_bomb(u))
		*why = "too much comes out of the archive";
	return *why ? -1 : got;
}
