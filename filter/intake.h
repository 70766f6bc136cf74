/*
 * intake.h - one message through the whole clerk: read, understand, record,
 * match, decide, in one transaction. `deliver`, `filter`, `import` and the
 * spool all come through here.
 */
#ifndef INTAKE_H
#define INTAKE_H

#include <sys/types.h>

#include "context.h"

/* ---- mail.c: the bytes -------------------------------------------------- */

struct mail {
	int fd;			/* seekable, at 0; -1 when released */
	uint64_t size;
	char hash[65];		/* hex SHA-256 of the content: without the
				 * trace fields that each hop adds, CRLF as LF */
};

/* Copies a descriptor to its end: small mails into memory, larger ones into
 * an unnamed file in folder. false: errno says why. */
bool mail_read(int from, const char *folder, struct mail *mail);
/* The same of a file, which is not a link when follow is false. */
bool mail_open(const char *path, bool follow, struct mail *mail);
/* The same of a mail that comes in pieces. mail_maker_end frees the maker and
 * fills *mail; with mail NULL it throws away what was there. After a failed
 * piece only that is sensible. */
struct mail_maker;
struct mail_maker *mail_maker_new(const char *folder);
bool mail_maker_add(struct mail_maker *maker, const char *bytes,
    size_t length);
bool mail_maker_end(struct mail_maker *maker, struct mail *mail);
/* From bytes (one message of an mbox). */
bool mail_from_bytes(const char *bytes, size_t length, struct mail *mail);
void mail_release(struct mail *mail);
/* Writes all of it, or all from an offset, to a descriptor. */
bool mail_write(const struct mail *mail, int to);
bool mail_write_from(const struct mail *mail, int to, off_t from);
/* A durable copy FOLDER/NAME.eml (written aside, synced, renamed). */
bool mail_keep(const struct mail *mail, const char *folder, const char *name);
/* The same of bytes; makes the folder when it is not there. */
bool mail_keep_bytes(GBytes *bytes, const char *folder, const char *name);
/* The names in it are on the disk. */
bool mail_sync_folder(const char *folder);

/* ---- intake.c ------------------------------------------------------------ */

struct verdict {
	bool known;		/* the store has read this content before */
	bool tried;		/* it broke the parser; that was counted */
	char *summary;		/* "credit; trust=A; decision=auto; ..." one line,
				 * printable ASCII, for X-Mailfilter and people */
	GPtrArray *plans;	/* struct plan: what was carried out */
};
void verdict_release(struct verdict *verdict);

/* Takes one message. EX_OK, or EX_TEMPFAIL with *why (static text without a
 * word of the mail). With context->dry_run nothing is kept. owner: the owner
 * handed it over (import): failed tries are not counted, only reported. */
int intake_message(struct context *context, struct parser *parser,
    const struct mail *mail, bool owner, struct verdict *verdict,
    const char **why);

/* Takes what `filter --keep` put aside while the store was away; called by
 * the commands that decide. Files that fail stay; with -n all stay. */
void intake_spool(struct context *context);

/* ---- answer.c: replies, bounces, automatic answers, our own copies --------- */

struct plan;
/* Adds what a reply, bounce or auto-reply means to the plan. */
enum store_status answer_plan(struct context *context,
    const struct event *event, struct plan *plan);
/* Would it mean anything? Most mail that answers nothing does not. */
bool answer_concerns(struct context *context, const struct event *event);

#endif
