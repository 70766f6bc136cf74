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
	int limit;		/* of them in this run */
	char *limit_why;	/* which limit that is */
	bool release;		/* the owner said yes to a mass of letters */
	int failures;		/* in a row */
	bool stop;		/* hand over no more in this run */
};

/* Adds a line; about and why are copied, path is taken. */
void outbox_line(struct outbox *outbox, const struct letter *letter,
    const char *outcome, const char *about, const char *why, char *path);

/* outbox_letter.c: letters from the queue to the other side, together as far
 * as the transport allows. */
enum store_status outbox_letters(struct outbox *outbox, const int64_t *ids,
    guint count);

/* outbox_mass.c: when so many letters would leave at once that it may be a
 * mistake, they wait and the owner is asked, once. Marks them, inside a
 * transaction of its own; letters (struct letter) are those that wait, and
 * are marked too. */
enum store_status outbox_mass(struct outbox *outbox, GPtrArray *letters);
/* The owner's word about all that wait so, inside the caller's transaction;
 * *count letters were let go, or taken back. */
enum store_status outbox_mass_release(struct context *context,
    int64_t *count);
enum store_status outbox_mass_recall(struct context *context, int64_t *count);
/* How many letters this run may hand over: limits of the run, the hour and
 * the day. */
enum store_status outbox_limits(struct outbox *outbox);

/* outbox_copies.c: asks the owner about letters whose own copy is missing. */
enum store_status outbox_copies(struct context *context);

/* outbox_record.c: writes down what became of letters that are `sending`, in
 * one transaction of their own. */
struct handed {
	const struct letter *letter;
	const char *about;
	enum send_outcome outcome;
	char *why, *path;	/* may be NULL; outbox_record frees both */
	bool again;		/* without waiting (after a crash) */
};
enum store_status outbox_record(struct outbox *outbox, struct handed *list,
    guint count);
/* Inside the caller's transaction. */
enum store_status outbox_journal(struct outbox *outbox,
    const struct letter *letter, const char *code, const char *text);
enum store_status outbox_ask(struct context *context,
    const struct letter *letter, const char *code, char *text);
/* An invoice's mail was sent: so are the invoices in it. */
enum store_status outbox_mark_sent(struct context *context,
    const struct letter *letter);
/* Answers the open questions of a code, about a letter (0: any). */
enum store_status outbox_answer(struct context *context, const char *code,
    int64_t letter);

#endif
