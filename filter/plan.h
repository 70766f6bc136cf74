/*
 * plan.h - what was decided, before anything is done. A plan can be printed
 * (-n), compared (tests), checked for conflicts and executed inside one
 * transaction of the store.
 */
#ifndef PLAN_H
#define PLAN_H

#include "context.h"

enum action_kind {
	ACTION_SETTLE,		/* put part of a payment on an invoice */
	ACTION_HOLD, ACTION_RELEASE,
	ACTION_ASK,		/* a question to the owner */
	ACTION_LETTER,		/* queue a letter */
	ACTION_RECALL,		/* take a waiting letter back */
	ACTION_MARK_UNDELIVERED,
	ACTION_CONFIRM,		/* a report confirmed a known payment */
	ACTION_REVERSE,		/* an allocation */
	ACTION_SET_ASIDE,	/* a payment: for no invoice */
	ACTION_TAKE_UP,		/* it is, after all */
	ACTION_ANSWERED,	/* a question to the owner is over */
	ACTION_FOLLOW,		/* the end of a hold was looked after */
	ACTION_SENT,		/* our own copy of a letter came: it had left */
	ACTION_CHARGE,		/* what a letter named: paid, or waived */
	ACTION_ENROL,		/* a customer, in an experiment */
	ACTION_INSTALMENTS,	/* add an instalment plan, or move it on */
	ACTION_NOTE		/* only the journal */
};

struct action {
	enum action_kind kind;
	char *code;		/* reason code for the journal: "settle:reference" */
	char *text;		/* one sentence for a person, with the numbers */
	char *evidence;		/* JSON object text, or NULL */
	int64_t customer, invoice, payment, letter, hold, allocation,
	    question;
	int64_t charge;		/* charge: paid with the payment, or (none)
				 * waived */
	GPtrArray *suggestions;	/* owned; ask: what to store beside it */
	bool named;		/* settle: by numbers in the text alone (learned.h) */
	union {			/* owned; by kind, or NULL */
		struct allocation *settle;
		struct hold *hold;
		struct question *ask;
		struct letter *letter;
		struct trial *trial;
		struct instalment_plan *instalments;
	} of;
	const struct action *about;	/* letter: of the plan that this action
					 * of the same plan adds, or NULL */
};

struct plan {
	GPtrArray *actions;	/* struct action */
};

struct plan *plan_new(void);
void plan_free(struct plan *plan);
/* Appends and returns an action to fill in; code is copied, text is built. */
struct action *plan_add(struct plan *plan, enum action_kind kind,
    const char *code, const char *format, ...) G_GNUC_PRINTF(4, 5);
/* Appends a question to the owner: code, text, moment and ids (0 absent) are
 * copied; the journal's entry is about the same. */
/* The code of a question about what stays open of an invoice: the next money
 * on that invoice makes an end of it. */
#define REST_OPEN "rest-open"
struct action *plan_ask(struct plan *plan, const struct question *question);
const char *action_kind_name(enum action_kind kind);

/* One line an action: "settle  settle:reference  text". */
char *plan_text(const struct plan *plan);
json_t *plan_json(const struct plan *plan);
/* NULL, or the sentence that says which two actions contradict. */
char *plan_conflict(const struct plan *plan);
/* Executes inside the caller's transaction and writes the journal. An action
 * that the store finds done already (STORE_KNOWN) is skipped, and so is the
 * question that goes with a hold that was. Settling ends what waited for the
 * payment: its holds, its questions, its suggestions. What the payments in it
 * teach is made anew (learned.h). */
enum store_status plan_apply(const struct plan *plan, struct store *store,
    int64_t now, const char *by);

#endif
