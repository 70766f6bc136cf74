/*
 * prescan.h - a first look at the raw bytes of a message, before anything
 * parses them: are they within limits.h, where is the header, which charsets
 * are named. Internal to parser/.
 */
#ifndef PRESCAN_H
#define PRESCAN_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct prescan {
	const char *over;	/* which limit is exceeded (static), or NULL */
	int64_t size;		/* of the whole input */
	int64_t start;		/* of the message: behind an mbox From line */
	GString *header;	/* the raw header, without the empty line */
	GPtrArray *charsets;	/* char *: names, lower case, each once */
};

/* Reads the descriptor from its beginning by pread() or, when it is none that
 * can seek, fails: false with errno. Memory does not grow with the message. */
bool prescan_read(int fd, struct prescan *out);
void prescan_release(struct prescan *scan);

#endif
