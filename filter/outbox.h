/*
 * outbox.h - from a letter that waits to a letter that was sent, and the ways
 * by which letters leave.
 */
#ifndef OUTBOX_H
#define OUTBOX_H

#include "remind.h"

/* ---- transport.c: the table ----------------------------------------------- */

enum send_outcome {
	SEND_OK,		/* it is with the other side */
	SEND_LATER,		/* it certainly is not; trying again may help */
	SEND_REFUSED,		/* it is not and never will be */
	SEND_UNKNOWN,		/* nobody can tell */
	SEND_DOWN		/* it is not, and no other letter would be: the
				 * way itself is closed */
};

/* A transport is one const struct (transport_dir.c …). */
struct transport {
	const char *name;	/* as in mailfilter.conf */
	/* Hands one message over. *why (a sentence; with SEND_OK which copies
	 * were refused, or untouched) and *path (where it can be looked at, or
	 * untouched): caller frees. */
	enum send_outcome (*send)(struct context *context,
	    const struct letter *letter, GBytes *mime, char **path,
	    char **why);
	int together;		/* letters that may be under way at once, 0: one.
				 * Only where landed tells about each. */
	/* After some were sent: makes what was done last. May be NULL. */
	void (*settle)(struct context *context);
	void (*finish)(struct context *context);	/* of a run; or NULL */
	/* After a crash in between: SEND_OK it had left, SEND_LATER it had
	 * not. NULL: nobody can tell. */
	enum send_outcome (*landed)(struct context *context,
	    const struct letter *letter, GBytes *mime, char **path);
};
const struct transport *transport_find(const char *name);	/* or NULL */
const char *send_outcome_name(enum send_outcome outcome);

/* Envelope: the sender's bounce address, with the letter's tag where tags
 * are configured (the caller frees); the letter's recipient, those who get a
 * copy of the customer's mail, and the owner's own copy. */
char *letter_bounce(const struct context *context,
    const struct letter *letter);
/* Whom it is to: the customer's address and its further ones, separated by
 * commas. The caller frees. */
char *letter_addresses(const struct letter *letter,
    const struct customer *customer);
char **letter_recipients(struct context *context,
    const struct letter *letter);	/* g_strfreev */

/* ---- letter_file.c: the message as it was rendered --------------------------- */

/* letter_form.c: writes the values (taken) in one form, such as "pdf", to a
 * file (NULL: standard output); about names it where that fails. The exit
 * code. */
int letter_form(struct context *context, json_t *values, const char *form,
    const char *about, const char *output);

/* What mailfilter-render makes of it, in the form that it asks for; its lines
 * of warning are said, or go to *words (or NULL, the caller frees). NULL:
 * *why. */
GBytes *letter_mime(struct context *context, json_t *values, char **why);
/* letter_sign.c: the same signed, where a key is configured. NULL: *why. */
GBytes *letter_sign(struct context *context, GBytes *mime, char **why);
GBytes *letter_write(struct context *context, json_t *letter, char **words,
    char **why);
/* Keeps it in the home's letters/ until the next rendering, in two moves, so
 * that many can be on their way to the disk at once: begin writes, end has it
 * on the disk under keeping->path, settle makes all those names last. */
struct letter_keeping {
	int fd;			/* -1: not begun, or ended */
	char *path, *aside;
};
bool letter_keep_begin(struct context *context, const struct letter *letter,
    GBytes *mime, struct letter_keeping *keeping, char **why);
bool letter_keep_end(struct letter_keeping *keeping, char **why);
void letter_keep_settle(const struct context *context);
void letter_keeping_clear(struct letter_keeping *keeping);
/* What was kept, or NULL. */
GBytes *letter_kept(const struct letter *letter);

/* ---- outbox_judge.c: may it leave now? ------------------------------------------ */

enum verdict_kind {
	VERDICT_GO,
	VERDICT_RECALL,		/* it has lost its reason */
	VERDICT_HOLD		/* not now */
};
struct verdict_on_letter {
	enum verdict_kind kind;
	enum gate gate;		/* which one is shut, or GATE_OPEN */
	int64_t not_before;	/* hold: when to look again, 0 next run */
	char *why;		/* sentence */
	char *about;		/* "reminder about 2026-001 to anna@…" */
};
/* From the facts of this moment; call it inside the transaction that claims
 * the letter. The caller verdict_on_letter_clear()s. */
enum store_status outbox_judge(struct context *context,
    const struct letter *letter, struct verdict_on_letter *out);
void verdict_on_letter_clear(struct verdict_on_letter *verdict);

/* ---- outbox.c --------------------------------------------------------------------- */

struct send_result {
	int sent, later, refused, unknown, recalled, held, waiting, broken;
	bool down;		/* stopped: the way is closed */
};
struct send_line {		/* what became of one letter */
	int64_t letter;
	enum letter_kind kind;
	const char *outcome;	/* sent, later, refused, unknown, down, recalled,
				 * held, waiting, broken; with -n: would-send … */
	char *about, *why, *path;	/* why, path may be NULL */
};
void send_line_free(struct send_line *line);

/* Every letter that waits, within the limits of run, hour and day; when more
 * than usual would leave at once they wait for the owner's word, which
 * `release` gives. Guards, renders, guards again and claims in one
 * transaction, hands over, records. One sender at a time; letters that a dead
 * one left in between are asked after, never sent again by guess. With
 * context->dry_run only looks. EX_OK; EX_TEMPFAIL when the way is closed or
 * another sender is at work; else why nothing could be done. lines: struct
 * send_line, may be NULL. */
int outbox_send(struct context *context, bool release,
    struct send_result *result, GPtrArray *lines);

#endif
