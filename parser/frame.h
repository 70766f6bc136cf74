/*
 * frame.h - what goes over the pipes between the sandboxed child and its
 * parent: a letter, a length, bytes. Internal to parser/.
 */
#ifndef FRAME_H
#define FRAME_H

#include <glib.h>
#include <stdbool.h>

enum frame {
	FRAME_NONE = 0,
	FRAME_EVENT = 'e',	/* child: one event as JSON */
	FRAME_LABELS = 'l',	/* child: please give me the vocabularies */
	FRAME_HTML = 'h',	/* child: please turn this into text */
	FRAME_STATEMENT = 'c',	/* child: please turn this into events */
	FRAME_SAMPLE = 's',	/* child: a mail as learning needs it */
	FRAME_INVOICE = 'i',	/* child: is this an e-invoice? */
	FRAME_DKIM = 'k',	/* child: is this DKIM signature good? */
	FRAME_DONE = 'd',	/* child: that was all */
	FRAME_RETRY = 'r',	/* child: that was all, and it was a limit */
	FRAME_ANSWER = 'a',	/* parent: here it is */
	FRAME_NO_ANSWER = 'n'	/* parent: it could not be done, and why */
};

/* Writes a whole frame. False when the other side is gone. */
bool frame_write(int fd, enum frame frame, const char *bytes, size_t length);

/* Waits for a whole frame (the child's side). FRAME_NONE when there is none. */
enum frame frame_read(int fd, GString *bytes);

/* Takes the first whole frame off the start of what was received (the
 * parent's side). FRAME_NONE: not yet; *bad when it can be none ever. */
enum frame frame_take(GString *received, GString *bytes, bool *bad);

#endif
