/*
 * bankreader.h - what bankfile.c (lines, keys of the bank) and banktemplate.c
 * (keys of its templates) share while one file is read.
 */
#ifndef BANKREADER_H
#define BANKREADER_H

#include "bankfile.h"

struct reader {
	struct bank *bank;
	struct template *template;	/* being read, or NULL */
	unsigned line;			/* where the key stands */
	char *why;			/* first fault, "FILE:LINE: reason" */
};

/* One key: reads its value (never empty) or fails. */
struct bank_key {
	const char *name;
	bool (*read)(struct reader *reader, const char *value);
};

extern const struct bank_key bank_template_keys[];	/* ends with NULL */

/* Notes a fault unless there is one already; always false. */
bool reader_fail(struct reader *reader, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
/* Keeps a copy; a second value is a fault. */
bool reader_set_once(struct reader *reader, char **where, const char *value);

/* Begins a template ("template NAME"). */
bool reader_template(struct reader *reader, const char *value);
/* Is each template complete? */
bool reader_end(struct reader *reader);

void template_free(gpointer template);

#endif
