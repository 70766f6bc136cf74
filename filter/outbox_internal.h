/*
 * outbox_internal.h - what the files of the outbox share.
 */
#ifndef OUTBOX_INTERNAL_H
#define OUTBOX_INTERNAL_H

#include "outbox.h"

struct outbox {			/* one run of `send` */
	struct context *context;
	const struct transport *transport;
	struct send_result *result;
	GPtrArray *lines;	/* or NULL */
	int attempts;		/* letters handed to the transport */
	int failures;		/* in a row */
	bool stop;		/* hand over no more in this run */
};

/* Adds a line; about and why are copied, path is taken. */
void outbox_line(struct outbox *outbox, const struct letter *letter,
    const char *outcome, const char *about, const char *why, char *path);

/* outbox_letter.c: one letter from the queue to the other side. */
enum store_status outbox_letter(struct outbox *outbox, int64_t id);

/* outbox_record.c: writes down what became of a letter that is `sending`, in
 * a transaction of its own. again: without waiting (after a crash). */
enum store_status outbox_record(struct outbox *outbox,
    const struct letter *letter, const char *about,
    enum send_outcome outcome, const char *why, char *path, bool again);
/* Inside the caller's transaction. */
enum store_status outbox_journal(struct outbox *outbox,
    const struct letter *letter, const char *code, const char *text);
enum store_status outbox_ask(struct outbox *outbox,
    const struct letter *letter, const char *code, char *text);
/* An invoice's mail was sent: so are the invoices in it. */
enum store_status outbox_mark_sent(struct context *context,
    const struct letter *letter);
/* Answers the open questions of a code, about a letter (0: any). */
enum store_status outbox_answer(struct context *context, const char *code,
    int64_t letter);

#endif
