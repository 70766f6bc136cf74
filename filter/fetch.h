/*
 * fetch.h - mail of an IMAP server through the clerk's door: the conductor of
 * one session of `mailfilter-send imap` (its frames are in send/imap.h).
 */
#ifndef FETCH_H
#define FETCH_H

#include "context.h"
#include "spawn.h"

/* What came, by kinds that a person tells apart. */
enum tally_kind {
	TALLY_NOTICE, TALLY_STATEMENT, TALLY_REPLY, TALLY_BOUNCE,
	TALLY_AUTOMATIC, TALLY_DRIFT, TALLY_OTHER, TALLY_UNREADABLE,
	TALLY_QUARANTINED,
	TALLY_KINDS
};

struct fetch_folder {
	const char *name;
	struct mailbox_state *state;	/* as it was stored; NULL: never read */
	char *since;
	int expected;		/* messages that the server has for us */
	int messages;		/* that came and were taken */
	int known, effective, moved;
	int kinds[TALLY_KINDS];
	GArray *large, *failed;	/* int64_t: their numbers */
	bool walked;
	char *refused;		/* why it cannot be read */
};

/* Shared by the sessions of one run of the command. */
struct fetch_desk {
	struct context *context;
	bool watch;
	const char *since;	/* day from which to read anew, or NULL */
	struct parser *parser;	/* of the mailbox below, at this time */
	const struct mailbox *parser_of;
	int64_t parser_now;
};

struct fetch {
	struct fetch_desk *desk;
	const struct mailbox *mailbox;
	char *server;		/* "user@host" */
	GPtrArray *folders;	/* struct fetch_folder */
	struct spawn_child child;
	bool running;
	GByteArray *buffer;	/* of the helper's output, not understood yet */
	size_t body_left;	/* bytes that belong to the last frame */
	guint folder;		/* of the message under way */
	int64_t uid;		/* 0: none */
	struct mail_maker *maker;
	bool idle, bye, opened;
	int64_t deadline;	/* monotonic: nothing heard until then is trouble */
	char *stage, *trouble;	/* why the session ended early */
	int code;		/* of the command: EX_OK, EX_TEMPFAIL … */
	struct progress *progress;
};

/* ---- fetch.c: the session -------------------------------------------------- */

struct fetch *fetch_new(struct fetch_desk *desk, const struct mailbox *mailbox);
void fetch_free(struct fetch *fetch);	/* NULL allowed */
/* Starts the helper. False: it is over already (code, trouble). */
bool fetch_start(struct fetch *fetch);
/* Reads once from child.out and does what can be done. False: it is over. */
bool fetch_read(struct fetch *fetch);
/* Ends the helper and knows how it ended. */
void fetch_finish(struct fetch *fetch);
/* All of it for one visit. */
void fetch_visit(struct fetch *fetch);
/* The session goes no further. False. */
bool fetch_stop(struct fetch *fetch, int code, const char *stage,
    const char *text);

/* ---- fetch_request.c ------------------------------------------------------- */

/* The line of the request; makes the folders. NULL never; fetch->code tells
 * whether the store could be read. The caller frees. */
char *fetch_request(struct fetch *fetch);
/* "keep", "delete", "move": in a dry run nothing is taken from the server
 * either. */
const char *fetch_after(const struct fetch *fetch);

/* ---- fetch_take.c: one message --------------------------------------------- */

/* It is all there: through the door, and recorded. False: the session ends. */
bool fetch_message_end(struct fetch *fetch);
/* It does not come: too large, gone, refused by the server, moved or lost with
 * the connection. */
bool fetch_message_large(struct fetch *fetch, int64_t size);
bool fetch_message_done(struct fetch *fetch);
bool fetch_message_failed(struct fetch *fetch, const char *text);
void fetch_message_lost(struct fetch *fetch);

/* ---- fetch_report.c ------------------------------------------------------------ */

/* Which kind a verdict's summary begins with. */
enum tally_kind tally_kind(const char *summary);
void fetch_report(const struct fetch *fetch);
/* The same when anything came, and the counts begin anew. */
void fetch_report_new(struct fetch *fetch);

/* ---- fetch_watch.c --------------------------------------------------------------- */

/* Stays, until SIGTERM or SIGINT. */
int fetch_watch(struct fetch_desk *desk, GPtrArray *mailboxes);

#endif
