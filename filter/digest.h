/*
 * digest.h - the owner's daily mail, and what he answers to it.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "remind.h"

/* digest.c: is it time? STORE_NONE: no. Else *since and the civil day. */
enum store_status digest_due(struct context *context, int64_t *since,
    char day[DAY_SIZE]);
/* Queues the digest of that day, inside the caller's transaction. What its
 * numbers mean is kept with it. */
enum store_status digest_queue(struct context *context, int64_t since,
    const char *day);
/* Where it goes. Borrowed. */
const char *digest_address(const struct config *config);

/* digest_values.c: what it tells of the time after `since` up to now. items
 * (struct digest_item): the numbers that it has, or, when there are some,
 * those that it keeps. */
enum store_status digest_values(struct context *context, int64_t since,
    GPtrArray *items, json_t **out);
/* Everything mailfilter-render needs for one that was queued. */
enum store_status digest_letter_values(struct context *context,
    const struct letter *letter, json_t **out);

/* owner_mail.c: is a mail the owner's answer to a digest of ours, sent from
 * his proved address, with the digest's tag? Then his words are carried out
 * inside the caller's transaction, each once, and told in the next digest.
 * *taken: it was one. summary gets a line a word. */
enum store_status owner_mail_take(struct context *context,
    const struct event *event, bool *taken, GString *summary);

/* owner_words.c: reads "ok 3, 4 no 5 6 = INV-17 hold ACME 2 weeks". */
enum said_kind {
	SAID_OK, SAID_NO, SAID_DONE, SAID_UNDO, SAID_INVOICE, SAID_HOLD,
	SAID_NOTHING		/* not understood */
};
struct said_word {
	enum said_kind kind;
	int number;		/* of the digest, or 0 */
	char *subject;		/* invoice number, or whom to hold, or text */
	int days;		/* how long to hold */
	char *text;		/* as he wrote it */
};
void said_word_free(struct said_word *word);
/* The caller unrefs; never NULL. */
GPtrArray *owner_words_read(const char *text);

#endif
