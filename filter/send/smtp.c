/*
 * smtp.c - one SMTP submission with libetpan: greeting, TLS, login, envelope,
 * message; and what each answer means for the letter.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libetpan/libetpan.h>

#include "send.h"

struct session {
	const struct request *request;
	const char *password;
	struct wire *wire;
	mailsmtp *smtp;
	struct result result;
	char *why;		/* owned text of the result */
};

/* Ends the session with an outcome; false, so that steps can return it. */
static bool
end(struct session *session, const char *outcome, const char *stage,
    const char *text)
{
	const char *trouble = session->wire ? wire_trouble(session->wire)
	    : NULL;

	if (text == NULL)
		text = trouble ? trouble : session->smtp->response;
	session->result.outcome = outcome;
	session->result.stage = stage;
	g_free(session->why);
	session->why = g_strdup(text ? text : "");
	return false;
}

/* The server's last reply: 0 when it gave none that could be read. */
static int
reply(struct session *session)
{
	int code = session->smtp->response_code;

	if (code < 200 || code > 599)
		code = 0;
	session->result.code = code;
	return code;
}

/* ---- connection, TLS, login: never the letter's fault --------------------- */

static bool
hello(struct session *session)
{
	session->smtp->response_code = 0;
	if (mailesmtp_ehlo(session->smtp) != MAILSMTP_NO_ERROR) {
		reply(session);
		return end(session, "down", "ehlo", NULL);
	}
	return true;
}

static bool
secure(struct session *session)
{
	const struct request *request = session->request;

	if (!wire_start_tls(session->wire, request->host, request->ca_file,
	    &session->why)) {
		g_autofree char *why = g_steal_pointer(&session->why);

		return end(session, "down", "tls", why);
	}
	return true;
}

static bool
start_tls(struct session *session)
{
	int r;

	if (!hello(session))
		return false;
	if (!(session->smtp->esmtp & MAILSMTP_ESMTP_STARTTLS))
		return end(session, "down", "tls", "the mail server offers no "
		    "STARTTLS, and nothing is sent in clear text");
	r = mailesmtp_starttls(session->smtp);
	if (r != MAILSMTP_NO_ERROR && reply(session) != 220)
		return end(session, "down", "tls", NULL);
	/* Whatever came along with the 220 was said by nobody certain; newer
	 * versions of libetpan make an error of it themselves. */
	if (r != MAILSMTP_NO_ERROR ||
	    session->smtp->stream->read_buffer_len != 0)
		return end(session, "down", "tls", "the mail server, or someone "
		    "in between, spoke before TLS had begun");
	return secure(session);
}

static bool
open_session(struct session *session)
{
	const struct request *request = session->request;
	mailstream *stream;

	session->wire = wire_connect(request->host, request->port,
	    request->tls == TLS_NONE, request->timeout, &session->why);
	if (session->wire == NULL) {
		g_autofree char *why = g_steal_pointer(&session->why);

		return end(session, "down", "connect", why);
	}
	if (request->tls == TLS_IMPLICIT && !secure(session))
		return false;
	stream = mailstream_new(wire_low(session->wire), 8192);
	if (mailsmtp_connect(session->smtp, stream) != MAILSMTP_NO_ERROR) {
		reply(session);
		return end(session, "down", "connect", NULL);
	}
	if (request->tls == TLS_STARTTLS && !start_tls(session))
		return false;
	return hello(session);
}

/* One line of the login and the code of its answer. libetpan's own login
 * needs plugins of libsasl and cuts long secrets. */
static int
say(struct session *session, const char *line)
{
	mailstream *stream = session->smtp->stream;
	char *answer;

	session->smtp->response_code = 0;
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
	session->smtp->response = session->smtp->line_buffer->str;
	return session->smtp->response_code;
}

/* "PREFIX base64CRLF", sent and wiped. */
static int
say_secret(struct session *session, const char *prefix, const char *data,
    size_t size)
{
	char *text = g_base64_encode((const guchar *)data, size);
	char *line = g_strconcat(prefix, text, "\r\n", NULL);
	int code = say(session, line);

	password_free(text);
	password_free(line);
	return code;
}

static int
login_plain(struct session *session)
{
	const char *user = session->request->user, *secret = session->password;
	size_t user_size = strlen(user), size = strlen(secret);
	size_t all = 1 + user_size + 1 + size;
	char *message = g_malloc0(all + 1);
	int code;

	memcpy(message + 1, user, user_size);
	memcpy(message + 1 + user_size + 1, secret, size);
	code = say_secret(session, "AUTH PLAIN ", message, all);
	explicit_bzero(message, all);
	g_free(message);
	return code;
}

static int
login_login(struct session *session)
{
	const char *user = session->request->user;
	int code = say(session, "AUTH LOGIN\r\n");

	if (code == 334)
		code = say_secret(session, "", user, strlen(user));
	if (code == 334)
		code = say_secret(session, "", session->password,
		    strlen(session->password));
	return code;
}

static bool
login(struct session *session)
{
	int offered = session->smtp->auth;

	if (session->request->user == NULL)
		return true;
	if (offered & MAILSMTP_AUTH_PLAIN)
		login_plain(session);
	else if (offered & MAILSMTP_AUTH_LOGIN)
		login_login(session);
	else
		return end(session, "down", "auth", "the mail server offers "
		    "neither AUTH PLAIN nor AUTH LOGIN");
	if (reply(session) != 235)
		return end(session, "down", "auth", NULL);
	return true;
}

/* ---- envelope and message --------------------------------------------------- */

/* Is it the address that the server does not know? By the enhanced status
 * code (RFC 3463) where there is one. */
static bool
is_mailbox_verdict(int code, const char *text)
{
	if (text && g_ascii_isdigit(text[0]) && text[1] == '.')
		return g_str_has_prefix(text, "5.1.") ||
		    g_str_has_prefix(text, "5.2.1");
	return code == 550 || code == 551 || code == 553;
}

static const char *
verdict(int code)
{
	return code >= 500 ? "refused" : "later";
}

static bool
sender(struct session *session)
{
	session->smtp->response_code = 0;
	if (mailesmtp_mail(session->smtp, session->request->from, 0,
	    session->request->envelope_id) == MAILSMTP_NO_ERROR)
		return true;
	reply(session);
	return end(session, "down", "mail", NULL);
}

static bool
recipients(struct session *session)
{
	char **to = session->request->to;
	int code;

	result_progress(PROGRESS_LETTER);
	for (int i = 0; to[i]; i++) {
		session->smtp->response_code = 0;
		if (mailesmtp_rcpt(session->smtp, to[i], 0, NULL) ==
		    MAILSMTP_NO_ERROR)
			continue;
		code = reply(session);
		if (i > 0 && code != 0 && code != 421)
			continue;
		session->result.mailbox = code >= 500 &&
		    is_mailbox_verdict(code, session->smtp->response);
		return end(session, verdict(code), "rcpt", NULL);
	}
	return true;
}

static bool
message(struct session *session)
{
	int code;

	session->smtp->response_code = 0;
	if (mailsmtp_data(session->smtp) != MAILSMTP_NO_ERROR)
		return end(session, verdict(reply(session)), "data", NULL);
	session->smtp->response_code = 0;
	session->smtp->response = NULL;
	wire_begin_data(session->wire);
	mailsmtp_data_message(session->smtp, session->request->message,
	    session->request->size);
	code = reply(session);
	if (code == 0 && !result_dot_is_out())
		return end(session, "later", "data", NULL);
	if (code == 0 || code / 100 == 3)
		return end(session, "unknown", "dot", NULL);
	if (code >= 400) {
		session->result.mailbox = code >= 500 &&
		    is_mailbox_verdict(code, session->smtp->response);
		return end(session, verdict(code), "dot", NULL);
	}
	end(session, "sent", "dot", session->smtp->response);
	return true;
}

void
smtp_send(const struct request *request, const char *password)
{
	struct session session = {.request = request, .password = password};

	session.smtp = mailsmtp_new(0, NULL);
	if (open_session(&session) && login(&session) && sender(&session) &&
	    recipients(&session))
		message(&session);
	session.result.text = session.why;
	result_write(&session.result);
	alarm(2);		/* for the farewell, which nobody waits for */
	mailsmtp_free(session.smtp);
	wire_free(session.wire);
	g_free(session.why);
}
