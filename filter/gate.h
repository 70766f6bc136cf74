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

/* ---- gate_named.c: which invoices a reminder is about ------------------------ */

struct gate_named {
	GPtrArray *invoices;	/* struct invoice: known, of a customer to whom
				 * it goes; no drafts, no credit notes */
	bool others;		/* a number like theirs is named, and unknown */
};
/* By whole numbers in the text (references.h). */
enum store_status gate_find_named(struct context *context, const char *text,
    const char *const *to, struct gate_named *out);
void gate_named_release(struct gate_named *named);

/* ---- gate_guard.c: may it go? -------------------------------------------------- */

enum gate_verdict { GATED_PASS, GATED_KEEP, GATED_DROP };
struct gate_finding {
	enum gate_verdict verdict;
	char *code;		/* "paid", "possible-payment", "mixed" ...; NULL: passes */
	char *why;		/* sentences about each invoice that is no debt */
	int64_t until;		/* when it may be another, 0 unknown */
	int64_t customer;
	char *numbers;		/* "2026-001, 2026-002" */
};
/* At the context's moment, by the guard; inside the caller's transaction. */
enum store_status gate_look(struct context *context,
    const struct gate_named *named, struct gate_finding *out);
void gate_finding_release(struct gate_finding *finding);

/* ---- gate_keep.c: held and dropped ----------------------------------------------- */

struct gated;
/* Keeps it: a durable copy, then all that says so, in the transaction of the
 * caller, who commits. */
enum store_status gate_keep(struct context *context, const struct mail *mail,
    const struct envelope *envelope, const struct event *event,
    const struct gate_named *named, const struct gate_finding *finding);
/* Notes in the journal of each invoice what became of it. */
enum store_status gate_journal(struct context *context,
    const struct gated *gated, const char *code, const char *text);
/* Its question is answered. */
enum store_status gate_answered(struct context *context,
    const struct gated *gated);
/* The copy; the caller frees. */
char *gate_path(const struct context *context, const struct gated *gated);

/* ---- gate_again.c ------------------------------------------------------------------ */

/* Gives a kept reminder back into the mail. EX_OK, or what was said. At most
 * once: after a crash in between nobody sends it again by guess. */
int gate_release(struct context *context, const struct gated *gated,
    const char *by);
/* Looks at all that are held again: drops, releases, asks. */
int gate_again(struct context *context);

/* ---- gate_learn.c ------------------------------------------------------------------ */

/* Invoices in our own outgoing mail, inside the caller's transaction. said:
 * lines for a person, or NULL. */
enum store_status gate_learn(struct context *context, const GPtrArray *events,
    const char *const *to, GString *said);
/* Questions about invoices that are on file by now are answered. */
enum store_status gate_learned(struct context *context);

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
