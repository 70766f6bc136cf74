/*
 * reader.h - what read.c (the parent) and message.c (the child) share.
 * Internal to parser/.
 */
#ifndef READER_H
#define READER_H

#include "bank.h"
#include "frame.h"
#include "header.h"
#include "labels.h"
#include "mime.h"
#include "words.h"

struct parser {			/* a copy of struct parser_options, and banks */
	char **bank_dirs, **words_dirs, **mailboxes;	/* never NULL */
	char **map_dirs;
	char **statement_argv;	/* of the helper that reads statements */
	char *extract, *authserv_id, *boundary;
	char *dkim, *dkim_keys, *dkim_cache, *dkim_resolver;
	int64_t now;
	int timeout_ms;
	bool generic;
	bool sampling;		/* mails are read to be learned from */
	bool outgoing;		/* mails are our own that go out */
	struct words *words;	/* when somebody has asked for them */
	struct labels *labels;	/* the same */
	bool labels_looked;	/* for their index */
	bool labels_wanted;	/* a child had to ask for them */
	struct phrases *phrases;	/* of bounces: the same */
	struct reminders *reminders;	/* of reminders: the same */
	int helper;		/* socket of a serving helper, or -1 */
	pid_t helper_pid;
	GPtrArray *all_banks;	/* owns them */
	GPtrArray *banks;	/* those configured; borrowed */
};

/* A message in the child, once its header is read. */
struct message {
	int fd;
	int64_t start;		/* of the message in it */
	struct parser *parser;
	const struct bank *bank;	/* that it says it comes from, or NULL */
	struct header *header;
	struct words *words;	/* NULL for a bank's mail */
	struct phrases *phrases;	/* NULL when it cannot be a bounce */
	struct mime *mime;	/* NULL when gmime sees nothing */
	char *from;		/* address, or NULL */
	char *html_text;	/* what the HTML part shows, once asked for */
	char *subject;		/* decoded, or NULL */
	bool subject_odd;
	GPtrArray *events;	/* struct event: what is found */
};

/* The phrase lists, the words of bank mails, the phrases of bounces, read when
 * they are asked for the first time. */
struct words *parser_words(struct parser *parser);
struct labels *parser_labels(struct parser *parser);
struct phrases *parser_phrases(struct parser *parser);
struct reminders *parser_reminders(struct parser *parser);
/* read.c: one message in the parent; reading_serve(), of struct child_work,
 * takes its events over and answers what its child asks. */
struct reading {
	struct parser *parser;
	GPtrArray *events;
	unsigned questions;
	int fd;
	json_t *sample;		/* instead of events, or NULL */
};
bool reading_serve(enum frame frame, const GString *bytes, GString *answer,
    int64_t deadline, void *reading);
/* lines.c: the same descriptor, or one of a copy where lines that end with a
 * bare CR end with LF; lines_close() closes only that. */
int lines_open(int fd);
void lines_close(int fd, int given);
/* batch.c: the serving helper, if one was started, ends. */
void batch_end(struct parser *parser);

/* message.c: the child's whole work: frames go to out, answers come from in.
 * helper is a socket of a helper that answers at once, or -1. */
struct message_work {
	struct parser *parser;
	int fd;			/* the first message; the others follow */
	unsigned count;
	int out, in, helper;
};
void message_work(const struct message_work *work);

/* notice.c: a bank's mail. ask turns bytes into the helper's answer, or gives
 * NULL with a sentence in why. */
struct asker {
	GString *(*ask)(struct asker *asker, char what, const char *bytes,
	    size_t length, char **why);
	int out, in, helper;
};
void notice_read(struct message *message, struct asker *asker);
/* Adds events out of JSON Lines; false when a line is none. */
bool notice_add_lines(GPtrArray *events, const char *text, size_t length);

/* verify.c: the answer to FRAME_DKIM, "OFFSET INDEX NAME": true when that
 * signature of the message on fd is good, else a sentence in out. */
bool verify_answer(const struct parser *parser, int fd, const char *question,
    GString *out, int64_t deadline);
/* What the HTML part shows, borrowed; NULL when there is none or it cannot be
 * had: then *why says so (the caller frees). */
const char *notice_html(struct message *message, struct asker *asker,
    char **why);
/* learn_sample.c: sends the mail as parser_sample() gives it. */
void learn_sample_send(struct message *message, struct asker *asker);
/* generic_mail.c: adds what the generic reader finds; false: nothing. */
bool notice_read_generic(struct message *message, struct asker *asker);
/* Does it speak of no money that came, as far as its words are known? */
bool notice_is_idle(struct message *message, struct asker *asker);

/* origin.c: what a person's mail answers, the tag in an address of ours that
 * it was sent to, and whether its sender is proved. */
void origin_describe(const struct message *message, struct event *event);
/* Only the tag; for bounces. */
void origin_set_tag(const struct message *message, struct event *event);
/* Does the subject, as our List-Unsubscribe wrote it, end a letter's
 * reminders? Then the tag in it is the event's. */
bool origin_is_unsubscribe(const struct message *message);
void origin_set_subject_tag(const struct message *message,
    struct event *event);
/* Was it sent to a bounce address of ours? */
bool origin_is_bounce(const struct message *message);

/* human.c: everybody else's mail. Adds exactly one event, or several for a
 * bounce of several recipients, and for the notices of an unknown bank. */
void human_read(struct message *message, struct asker *asker);
/* Was it handed on by a person ("Fwd: ...")? */
bool human_is_handed_on(const struct message *message);
/* outgoing.c: our own mail. */
void outgoing_read(struct message *message, struct asker *asker);
/* bounce.c: could it be one, by its header? Reads one: false when it is none. */
bool bounce_is_likely(const struct header *header, const char *from);
bool bounce_read(struct message *message);

/* Message-ID, From, Subject and Date of the mail, for each of its events. */
void message_describe(const struct message *message, struct event *event);

#endif
