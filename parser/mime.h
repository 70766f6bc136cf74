/*
 * mime.h - the body of a message: what a person reads, attached statements,
 * delivery reports. Internal to parser/; mime.c is the only file there that
 * knows gmime.
 */
#ifndef MIME_H
#define MIME_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct mime_statement {
	char *name;		/* of the file, as the mail says, or NULL */
	GString *bytes;
	const char *odd;	/* why they may not be what was sent, or NULL */
};

struct mime {
	char *text;		/* all text/plain that is shown, or NULL */
	char *html;		/* all text/html that is shown, UTF-8, or NULL */
	GPtrArray *odd;		/* const char *: why the text may not be what
				 * another program shows */
	GPtrArray *statements;	/* struct mime_statement: attached files that
				 * may be one, or an e-invoice, as wanted */
	bool is_report;		/* multipart/report; report-type=delivery-status */
	char *report;		/* message/delivery-status, or NULL */
	char *original;		/* header of the message a report is about */
};

/* Opens what gmime needs open: before the sandbox closes. */
void mime_prepare(void);

/* Reads the message that begins at an offset of a descriptor. Attachments are
 * streamed over, not kept. NULL when gmime sees no message. */
enum mime_want { MIME_NOTHING, MIME_STATEMENTS, MIME_INVOICES };
struct mime *mime_read(int fd, int64_t start, enum mime_want want);
void mime_free(struct mime *mime);	/* NULL allowed */

#endif
