/*
 * smtp.c - SMTP submission with libetpan: greeting, TLS, login; one connection
 * for all the letters of a run.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "smtp.h"

#define LETTERS_MAX 500		/* through one connection */
#define LETTER_BYTES ((size_t)64 << 10)	/* that a server may say about one letter */

bool
smtp_end(struct smtp_session *session, const char *outcome, const char *stage,
    const char *text)
{
	const char *trouble = session->wire ? wire_trouble(session->wire)
	    : NULL;

	if (text == NULL)
		text = trouble ? trouble : session->smtp->response;
	session->result.outcome = outcome;
	session->result.stage = stage;
	char *copy = g_strdup(text ? text : "");
	g_free(session->why);
	session->why = copy;
	return false;
}

int
smtp_reply(struct smtp_session *session)
{
	int code = session->smtp->response_code;

	if (code < 200 || code > 599)
		code = 0;
	session->result.code = code;
	return code;
}

/* libetpan's own commands know neither all that we have to say nor how to
 * keep a secret out of their buffers. */
int
smtp_say(struct smtp_session *session, const char *line)
{
	mailstream *stream = session->smtp->stream;
	char *answer;

	session->smtp->response_code = 0;
	session->smtp->response = NULL;
	if (mailstream_write(stream, line, strlen(line)) < 0 ||
	    mailstream_flush(stream) < 0)
		return 0;
	do {
		answer = mailstream_read_line_remove_eol(stream,
		    session->smtp->line_buffer);
		if (answer == NULL)
			return 0;
	} while (strlen(answer) > 3 && answer[3] == '-');
	session->smtp->response_code = atoi(answer);
	session->smtp->response = answer + MIN(strlen(answer), 4);
	return session->smtp->response_code;
}

/* ---- connection, TLS: never the letter's fault ------------------------------ */

static bool
hello(struct smtp_session *session)
{
	session->smtp->response_code = 0;
	if (mailesmtp_ehlo(session->smtp) != MAILSMTP_NO_ERROR) {
		smtp_reply(session);
		return smtp_end(session, "down", "ehlo", NULL);
	}
	smtp_offers(session);
	return true;
}

static bool
secure(struct smtp_session *session)
{
	const struct request *request = session->request;
	g_autofree char *why = NULL;

	return wire_start_tls(session->wire, request->host, request->ca_file,
	    &why) || smtp_end(session, "down", "tls", why);
}

static bool
start_tls(struct smtp_session *session)
{
	int r;

	if (!hello(session))
		return false;
	if (!(session->smtp->esmtp & MAILSMTP_ESMTP_STARTTLS))
		return smtp_end(session, "down", "tls", "the mail server "
		    "offers no STARTTLS, and nothing is sent in clear text");
	r = mailesmtp_starttls(session->smtp);
	if (r != MAILSMTP_NO_ERROR && smtp_reply(session) != 220)
		return smtp_end(session, "down", "tls", NULL);
	/* Whatever came along with the 220 was said by nobody certain; newer
	 * versions of libetpan make an error of it themselves. */
	if (r != MAILSMTP_NO_ERROR ||
	    session->smtp->stream->read_buffer_len != 0)
		return smtp_end(session, "down", "tls", "the mail server, or "
		    "someone in between, spoke before TLS had begun");
	return secure(session);
}

static void
hang_up(struct smtp_session *session)
{
	if (session->smtp)
		mailsmtp_free(session->smtp);
	session->smtp = NULL;
	wire_free(session->wire);
	session->wire = NULL;
	session->open = false;
	session->letters = 0;
}

static bool
greet(struct smtp_session *session)
{
	const struct request *request = session->request;
	g_autofree char *why = NULL;
	mailstream *stream;

	session->smtp = mailsmtp_new(0, NULL);
	session->wire = wire_connect(request->host, request->port,
	    request->tls == TLS_NONE, request->timeout, &why);
	if (session->wire == NULL)
		return smtp_end(session, "down", "connect", why);
	if (request->tls == TLS_IMPLICIT && !secure(session))
		return false;
	stream = mailstream_new(wire_low(session->wire), 8192);
	if (mailsmtp_connect(session->smtp, stream) != MAILSMTP_NO_ERROR) {
		smtp_reply(session);
		return smtp_end(session, "down", "connect", NULL);
	}
	if (request->tls == TLS_STARTTLS && !start_tls(session))
		return false;
	return hello(session);
}

/* A refused token is renewed once, and tried through a connection of its
 * own. */
static bool
open_session(struct smtp_session *session)
{
	bool again = true;

	for (int i = 0; i < 2 && again && !session->open; i++) {
		hang_up(session);
		again = false;
		if (!smtp_secret(session, i > 0))
			return false;
		limit_resources();
		if (!greet(session))
			return false;
		session->open = smtp_login(session, i == 0, &again);
	}
	return session->open;
}

/* ---- letters --------------------------------------------------------------------- */

struct smtp_session *
smtp_new(void)
{
	return g_new0(struct smtp_session, 1);
}

/* Through the connection that is open, as long as the server keeps it. */
static void
deliver(struct smtp_session *session)
{
	bool stale;

	if (session->letters >= LETTERS_MAX)
		hang_up(session);
	if (session->open) {
		wire_allow(session->wire, session->request->timeout,
		    LETTER_BYTES);
		if (smtp_letter(session, true, &stale) || !stale)
			return;
	}
	if (open_session(session))
		smtp_letter(session, false, &stale);
}

/* The letter that was begun is given up; false: the connection is no good. */
static bool
forget(struct smtp_session *session)
{
	int code = session->result.code;

	if (!session->open || code == 0 || code == 421 ||
	    wire_trouble(session->wire))
		return false;
	wire_allow(session->wire, session->request->timeout, LETTER_BYTES);
	return smtp_say(session, "RSET\r\n") == 250;
}

void
smtp_send(struct smtp_session *session, const struct request *request)
{
	session->request = request;
	session->result = (struct result){0};
	session->refused = g_ptr_array_new_with_free_func(g_free);
	deliver(session);
	session->result.text = session->why;
	session->result.refused = session->refused;
	result_write(&session->result);
	g_clear_pointer(&session->refused, g_ptr_array_unref);
	session->letters++;
	if (!request->framed)
		return;
	alarm(2);		/* nobody waits for this */
	if (strcmp(session->result.outcome, "sent") != 0 && !forget(session))
		hang_up(session);
	alarm(0);
	session->request = NULL;
}

void
smtp_free(struct smtp_session *session)
{
	if (session == NULL)
		return;
	alarm(2);		/* for the farewell, which nobody waits for */
	hang_up(session);
	password_free(session->secret);
	g_free(session->why);
	g_free(session);
}
