/* bytes.h - bytes as a descriptor that can seek, for the tests of the parser. */
#ifndef BYTES_H
#define BYTES_H

#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static inline int
bytes_fd(const char *bytes, size_t length)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	g_assert_cmpint(fd, >=, 0);
	while (length > 0) {
		ssize_t done = write(fd, bytes, length);

		g_assert_cmpint(done, >, 0);
		bytes += done;
		length -= (size_t)done;
	}
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* "before", n times "middle", "after" */
static inline GString *
bytes_repeat(const char *before, const char *middle, unsigned n,
    const char *after)
{
	GString *all = g_string_new(before);

	for (unsigned i = 0; i < n; i++)
		g_string_append(all, middle);
	g_string_append(all, after);
	return all;
}

#endif
