/*
 * answer.h - what the files about answers share: whose an answer is, and what
 * its meaning asks for.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "intake.h"
#include "remind_internal.h"

/* What the writer's word is worth, from nothing upwards. */
enum standing {
	STANDING_STRANGER,	/* only names a number of an invoice, or the
				 * sender is disproved: holds for two days */
	STANDING_COMPANY,	/* another address of the customer's domain */
	STANDING_THREAD,	/* answers a letter of ours from elsewhere */
	STANDING_OWN		/* an address of the customer of record */
};

struct about {			/* whose answer it is */
	struct letter *letter;	/* that is answered, or NULL */
	struct customer *customer;
	GArray *items;		/* struct letter_item: the invoices meant */
	bool named;		/* the text names them */
	enum standing standing;
	bool proved;		/* the sender's domain vouches for it */
};

/* answer_whose.c: by tag, by the thread, by numbers, by the sender. STORE_NONE:
 * nobody's. The caller about_release()s in every case. */
enum store_status about_find(struct context *context,
    const struct event *event, struct about *about);
/* By one Message-ID of ours alone. */
enum store_status about_letter(struct store *store, const char *message_id,
    struct about *about);
void about_release(struct about *about);
/* Is it one of the addresses of record? */
bool address_is_theirs(const struct customer *customer, const char *address);
/* Is it an address that we send from or read at? */
bool address_is_ours(const struct config *config, const char *address);

/* answer_hold.c: the actions that follow an answer. The hold of one invoice
 * (item NULL: of the customer), with what the writer said; nothing when one of
 * its kind lasts as long already. */
struct said {
	enum hold_kind kind;
	const char *why, *origin;
	const char *day;	/* named, or NULL */
	int64_t amount;		/* named, or 0 */
	int64_t until;
};
enum store_status answer_hold(struct context *context,
    const struct about *about, const struct said *said, struct plan *plan);
/* Asks the owner; takes the text. What was asked before under the code and
 * not answered becomes part of the text. */
enum store_status answer_ask(struct context *context,
    const struct about *about, const char *code, char *text,
    struct plan *plan);
/* An entry of the journal about the invoice, or the customer. */
void answer_note(const struct about *about, const char *code,
    const char *text, struct plan *plan);
/* Takes waiting reminders back that speak of what is held from now on. */
enum store_status answer_recall(struct context *context,
    const struct about *about, struct plan *plan);
/* The end of the count-th business day after a day, for the owner. */
int64_t answer_until(const struct context *context, int32_t day, int count);

/* answer_intent.c: what a person's answer asks for. */
enum store_status answer_person(struct context *context,
    const struct event *event, const struct about *about, struct plan *plan);

/* answer_letters.c: the letters that answer by themselves. *why (static): why
 * none may, or NULL when one is planned. */
enum store_status answer_copy(struct context *context,
    const struct event *event, const struct about *about, struct plan *plan,
    const char **why);
enum store_status answer_statement(struct context *context,
    const struct event *event, const struct about *about, struct plan *plan,
    const char **why);

/* answer_unsubscribe.c: the link in a reminder was used. */
enum store_status answer_unsubscribe(struct context *context,
    const struct event *event, struct plan *plan);

/* answer_server.c: bounces, automatic answers, our own copies. */
enum store_status answer_bounce(struct context *context,
    const struct event *event, struct plan *plan);
enum store_status answer_away(struct context *context,
    const struct event *event, const struct about *about, struct plan *plan);
enum store_status answer_own_copy(struct context *context,
    const struct event *event, struct plan *plan);

#endif
