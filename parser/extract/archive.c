/*
 * archive.c - which files are in a file? The directory of a zip (PKWARE,
 * APPNOTE 4.3) is at its end; nothing else of it is believed but the place
 * of each member.
 */
#include "archive.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MEMBERS 500u		/* files in a zip */
#define DIRECTORY (1u << 20)	/* bytes of its directory */
#define END_SIZE 22		/* end of central directory, without comment */
#define ENTRY_SIZE 46
#define LOCAL_SIZE 30
#define FLAG_ENCRYPTED 1u

static unsigned
number(const unsigned char *at, int bytes)
{
	unsigned value = 0;

	while (bytes-- > 0)
		value = value << 8 | at[bytes];
	return value;
}

static bool
read_at(int fd, int64_t offset, unsigned char *into, size_t size)
{
	if (offset < 0 || lseek(fd, offset, SEEK_SET) != offset)
		return false;
	while (size > 0) {
		ssize_t got = read(fd, into, size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		into += got;
		size -= (size_t)got;
	}
	return true;
}

/* The directory's bytes; NULL: there is none, or it is too long. */
static GBytes *
read_directory(int fd, unsigned *count)
{
	int64_t size = lseek(fd, 0, SEEK_END);
	size_t tail = (size_t)MIN(size, 65535 + END_SIZE);
	g_autofree unsigned char *end = g_malloc(tail + 1);
	unsigned char *directory;
	unsigned length, start;

	if (size < END_SIZE || !read_at(fd, size - (int64_t)tail, end, tail))
		return NULL;
	for (size_t i = tail - END_SIZE + 1; i-- > 0;) {
		if (memcmp(end + i, "PK\005\006", 4) != 0)
			continue;
		*count = number(end + i + 10, 2);
		length = number(end + i + 12, 4);
		start = number(end + i + 16, 4);
		if (length > DIRECTORY || *count > MEMBERS)
			return NULL;
		directory = g_malloc(length + 1);
		if (read_at(fd, start, directory, length))
			return g_bytes_new_take(directory, length);
		g_free(directory);
		return NULL;
	}
	return NULL;
}

/* Behind the local header, whose lengths may be others than the directory's. */
static bool
find_start(int fd, int64_t header, struct member *member)
{
	unsigned char local[LOCAL_SIZE];

	if (!read_at(fd, header, local, sizeof local) ||
	    memcmp(local, "PK\003\004", 4) != 0)
		return false;
	member->start = header + LOCAL_SIZE + number(local + 26, 2) +
	    number(local + 28, 2);
	return true;
}

/* One entry of the directory; false: it is no zip that can be read. A folder
 * or an empty file is no member. */
static bool
add_entry(int fd, const unsigned char *entry, GArray *members, char **why)
{
	struct member member = {.crc = number(entry + 16, 4),
	    .packed = number(entry + 20, 4)};
	unsigned method = number(entry + 10, 2);

	if (member.packed == 0)
		return true;
	member.packing = method == 0 ? PACKED_STORED : PACKED_DEFLATED;
	if (number(entry + 8, 2) & FLAG_ENCRYPTED)
		*why = g_strdup("an archive with a password: unpack it");
	else if ((method != 0 && method != 8) || member.packed == UINT32_MAX)
		*why = g_strdup("an archive packed in a way that is not "
		    "known: unpack it");
	else if (!find_start(fd, number(entry + 42, 4), &member))
		*why = g_strdup("the archive is damaged");
	if (!*why)
		g_array_append_val(members, member);
	return !*why;
}

static void
list_zip(int fd, GArray *members, char **why)
{
	unsigned count = 0;
	GBytes *bytes = read_directory(fd, &count);
	const unsigned char *at;
	gsize left;

	if (!bytes) {
		*why = g_strdup("the archive is damaged, or holds too many "
		    "files");
		return;
	}
	at = g_bytes_get_data(bytes, &left);
	while (count-- > 0 && !*why) {
		size_t size = left < ENTRY_SIZE ? 0 : ENTRY_SIZE +
		    number(at + 28, 2) + number(at + 30, 2) +
		    number(at + 32, 2);

		if (size == 0 || size > left ||
		    memcmp(at, "PK\001\002", 4) != 0) {
			*why = g_strdup("the archive is damaged");
			break;
		}
		add_entry(fd, at, members, why);
		at += size;
		left -= size;
	}
	g_bytes_unref(bytes);
}

GArray *
archive_members(int fd, char **why)
{
	GArray *members = g_array_new(FALSE, TRUE, sizeof(struct member));
	struct member whole = {.packing = PACKED_NOT, .packed = -1};
	unsigned char magic[4] = {0};

	if (read_at(fd, 0, magic, sizeof magic) &&
	    memcmp(magic, "PK\003\004", 4) == 0) {
		list_zip(fd, members, why);
	} else {
		if (memcmp(magic, "\037\213", 2) == 0)
			whole.packing = PACKED_GZIP;
		g_array_append_val(members, whole);
	}
	if (!*why)
		return members;
	g_array_unref(members);
	return NULL;
}
