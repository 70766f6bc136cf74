/*
 * lines.c - messages whose lines end with a bare CR, as old systems kept
 * them: nothing in such a file is a line to anybody else, so a copy with LF is
 * read in its place.
 */
#include "reader.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LOOK 4096		/* bytes in which a first LF would be */
#define MOST (16 << 20)		/* longer ones are read as they are */

static bool
has_only_cr(int fd)
{
	char start[LOOK];
	ssize_t got = pread(fd, start, sizeof start, 0);

	return got > 0 && memchr(start, '\r', (size_t)got) &&
	    !memchr(start, '\n', (size_t)got);
}

static bool
copy_lines(int from, int to)
{
	char buffer[16384];
	off_t at = 0;
	ssize_t got;

	while ((got = pread(from, buffer, sizeof buffer, at)) > 0) {
		if (memchr(buffer, '\n', (size_t)got))
			return false;
		for (ssize_t i = 0; i < got; i++)
			if (buffer[i] == '\r')
				buffer[i] = '\n';
		if (at > MOST ||
		    write(to, buffer, (size_t)got) != got)
			return false;
		at += got;
	}
	return got == 0;
}

int
lines_open(int fd)
{
	int copy;

	if (!has_only_cr(fd))
		return fd;
	copy = memfd_create("mailfilter", MFD_CLOEXEC);
	if (copy < 0)
		return fd;
	if (copy_lines(fd, copy) && lseek(copy, 0, SEEK_SET) == 0)
		return copy;
	close(copy);
	return fd;
}

void
lines_close(int fd, int given)
{
	if (fd != given)
		close(fd);
}
