/*
 * smtp.h - one SMTP connection and the letters that go through it.
 */
#ifndef SMTP_H
#define SMTP_H

#include <libetpan/libetpan.h>

#include "send.h"

struct smtp_session {
	const struct request *request;	/* the letter under way */
	char *secret;		/* password or token, or NULL: not asked yet */
	struct wire *wire;
	mailsmtp *smtp;
	bool open;		/* greeted, secured and logged in */
	int letters;		/* that this connection has taken */
	bool xoauth2, oauthbearer;	/* what the server offers */
	struct result result;
	char *why;		/* owned text of the result */
	GPtrArray *refused;	/* recipients that were, as sentences */
};

/* Ends a step with an outcome; text NULL: what went wrong, else the server's
 * words. Always false, so that steps can return it. */
bool smtp_end(struct smtp_session *session, const char *outcome,
    const char *stage, const char *text);
/* The server's last reply: 0 when it gave none that could be read. */
int smtp_reply(struct smtp_session *session);
/* One line (with its CRLF) and the code of its answer, 0 none. */
int smtp_say(struct smtp_session *session, const char *line);

/* smtp_login.c: asks the owner's command for the secret; renew: the one that
 * we have was refused. The result is set on failure. */
bool smtp_secret(struct smtp_session *session, bool renew);
/* Says it. *again: a token was refused for the first time. */
bool smtp_login(struct smtp_session *session, bool first, bool *again);
/* What EHLO offers beside what libetpan knows. */
void smtp_offers(struct smtp_session *session);

/* smtp_letter.c: envelope and message through an open connection. *stale: one
 * that was used before was closed before the letter began, so that a new one
 * may be tried. */
bool smtp_letter(struct smtp_session *session, bool reused, bool *stale);

#endif
