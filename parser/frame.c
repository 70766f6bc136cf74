/*
 * frame.c - frames over a pipe. The parent trusts no length that it is told:
 * nothing above LIMIT_FRAME is taken.
 */
#include "frame.h"
#include "limits.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define HEAD 5	/* a letter and four bytes, high byte first */

static bool
write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t done = write(fd, bytes, length);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		bytes += done;
		length -= (size_t)done;
	}
	return true;
}

bool
frame_write(int fd, enum frame frame, const char *bytes, size_t length)
{
	char head[HEAD] = {(char)frame, (char)(length >> 24 & 0xff),
	    (char)(length >> 16 & 0xff), (char)(length >> 8 & 0xff),
	    (char)(length & 0xff)};
	char small[4096];

	if (length <= sizeof small - HEAD) {	/* most of them: one write */
		memcpy(small, head, HEAD);
		if (length > 0)
			memcpy(small + HEAD, bytes, length);
		return write_all(fd, small, HEAD + length);
	}
	return length <= LIMIT_FRAME && write_all(fd, head, sizeof head) &&
	    write_all(fd, bytes, length);
}

static size_t
frame_length(const char *head)
{
	const unsigned char *p = (const unsigned char *)head;

	return (size_t)p[1] << 24 | (size_t)p[2] << 16 | (size_t)p[3] << 8 |
	    p[4];
}

static bool
read_all(int fd, char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t got = read(fd, bytes, length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		bytes += got;
		length -= (size_t)got;
	}
	return true;
}

enum frame
frame_read(int fd, GString *bytes)
{
	char head[HEAD];
	size_t length;

	if (!read_all(fd, head, sizeof head))
		return FRAME_NONE;
	length = frame_length(head);
	if (length > LIMIT_FRAME)
		return FRAME_NONE;
	g_string_set_size(bytes, length);
	if (!read_all(fd, bytes->str, length))
		return FRAME_NONE;
	return (enum frame)head[0];
}

enum frame
frame_take(GString *received, GString *bytes, bool *bad)
{
	enum frame frame;
	size_t length;

	if (received->len < HEAD)
		return FRAME_NONE;
	length = frame_length(received->str);
	frame = (enum frame)received->str[0];
	*bad = length > LIMIT_FRAME || !strchr("lehciksdr", received->str[0]);
	if (*bad || received->len < HEAD + length)
		return FRAME_NONE;
	g_string_truncate(bytes, 0);
	g_string_append_len(bytes, received->str + HEAD, (gssize)length);
	g_string_erase(received, 0, (gssize)(HEAD + length));
	return frame;
}
