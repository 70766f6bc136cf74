/*
 * gate.h - the content filter for other programs' outgoing mail: their
 * reminders pass the same guard as ours, everything else goes back into the
 * mail as it came.
 */
#ifndef GATE_H
#define GATE_H

#include "intake.h"

#define GATE_SENDMAIL "/usr/sbin/sendmail -G -i"
#define GATE_SECONDS 300	/* for the re-injection, when nobody says */

struct envelope {		/* all borrowed */
	const char *sender;	/* "": the null sender */
	const char *const *to;
	const char *queue_id;	/* of the mail server, or NULL */
	const char *reinject;	/* how, or NULL: as the configuration says */
};

/* ---- gate_reinject.c ------------------------------------------------------- */

enum reinjected {
	REINJECT_OK,		/* the mail server has taken it */
	REINJECT_NOT,		/* it certainly has not */
	REINJECT_UNKNOWN	/* nobody can tell */
};
/* Gives the message back, byte for byte. *why: a sentence without a word of
 * the mail, unless REINJECT_OK; the caller frees. */
enum reinjected gate_reinject(const struct context *context,
    const struct mail *mail, const struct envelope *envelope, char **why);
/* NULL, or what is wrong with a way of re-injection; the caller frees. */
char *gate_reinject_check(const char *how);

/* ---- gate_passed.c: what was given back already ---------------------------- */

/* One name for this content to these recipients; with the queue id when it is
 * asked for. The caller frees. */
char *gate_key(const struct mail *mail, const struct envelope *envelope,
    bool with_queue);
/* Was it given back under this queue id, and the mail server has not heard of
 * our success? Without a queue id nobody can tell: false. */
bool gate_has_passed(const struct context *context, const struct mail *mail,
    const struct envelope *envelope);
void gate_note_passed(const struct context *context, const struct mail *mail,
    const struct envelope *envelope);
/* Does it come back to us again and again? */
bool gate_goes_round(const struct context *context, const struct mail *mail,
    const struct envelope *envelope);

/* ---- gate_judge.c ------------------------------------------------------------ */

enum filter_word {		/* what becomes of a message */
	FILTER_PASS,		/* into the mail: also when nobody can judge */
	FILTER_KEPT,		/* held or dropped; the copy is durable */
	FILTER_DEFER		/* it should be kept, and that failed */
};
/* Judges in a process of its own: whatever happens there, within the deadline
 * there is an answer. *why of FILTER_DEFER: the caller frees. */
enum filter_word gate_judge(struct context *context, const struct mail *mail,
    const struct envelope *envelope, char **why);

#endif
