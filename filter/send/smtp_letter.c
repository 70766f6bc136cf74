/*
 * smtp_letter.c - envelope and message of one letter, and what each answer
 * means for it. Of several addresses the letter is written to, one that takes
 * it is enough; a copy's refusal is only told.
 */
#include <string.h>

#include "smtp.h"

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
has_eighth_bit(const struct request *request)
{
	for (size_t i = 0; i < request->size; i++)
		if ((unsigned char)request->message[i] > 127)
			return true;
	return false;
}

/* What the server has said that it does not take needs no try. */
static bool
fits(struct smtp_session *session)
{
	const struct request *request = session->request;
	int offered = session->smtp->esmtp;
	size_t most = offered & MAILSMTP_ESMTP_SIZE ?
	    session->smtp->smtp_max_msg_size : 0;
	g_autofree char *why = NULL;

	if (most && request->size + 2 > most) {
		why = g_strdup_printf("the letter has %zu kilobytes, and the "
		    "mail server takes %zu at the most; make its attachments "
		    "smaller", (request->size + 1025) / 1024, most / 1024);
		return smtp_end(session, "refused", "size", why);
	}
	if (has_eighth_bit(request) && !(offered & MAILSMTP_ESMTP_8BITMIME))
		return smtp_end(session, "refused", "8bit", "the letter has "
		    "8-bit text, and the mail server offers no 8BITMIME");
	return true;
}

/* RFC 1870, 3461, 6152: what the server understands of it. */
static bool
sender(struct smtp_session *session)
{
	const struct request *request = session->request;
	int offered = session->smtp->esmtp;
	g_autoptr(GString) line = g_string_new(NULL);

	g_string_printf(line, "MAIL FROM:<%s>", request->from);
	if (offered & MAILSMTP_ESMTP_DSN) {
		g_string_append(line, " RET=HDRS");
		if (request->envelope_id)
			g_string_append_printf(line, " ENVID=%s",
			    request->envelope_id);
	}
	if (offered & MAILSMTP_ESMTP_SIZE)
		g_string_append_printf(line, " SIZE=%zu", request->size + 2);
	if (has_eighth_bit(request))
		g_string_append(line, " BODY=8BITMIME");
	g_string_append(line, "\r\n");
	smtp_say(session, line->str);
	switch (smtp_reply(session)) {
	case 250:
		return true;
	case 552:
		return smtp_end(session, "refused", "size", NULL);
	default:
		return smtp_end(session, "down", "mail", NULL);
	}
}

/* RFC 3461, 4.2: the address for reports, as xtext. */
static char *
original(const char *address)
{
	GString *out = g_string_new(" ORCPT=rfc822;");

	for (const char *c = address; *c; c++)
		if (*c == '+' || *c == '=')
			g_string_append_printf(out, "+%02X", *c);
		else
			g_string_append_c(out, *c);
	return g_string_free(out, FALSE);
}

static int
recipient(struct smtp_session *session, const char *address)
{
	g_autofree char *orcpt = session->smtp->esmtp & MAILSMTP_ESMTP_DSN ?
	    original(address) : g_strdup("");
	g_autofree char *line = g_strdup_printf("RCPT TO:<%s>%s\r\n", address,
	    session->request->need > 1 || session->request->to[1] ? orcpt :
	    "");

	smtp_say(session, line);
	return smtp_reply(session);
}

static bool
recipients(struct smtp_session *session)
{
	const struct request *request = session->request;
	int taken = 0, code = 0;

	for (int i = 0; request->to[i]; i++) {
		bool main = i < request->need;

		code = recipient(session, request->to[i]);
		if (code / 100 == 2) {
			taken += main;
			continue;
		}
		/* Lost or busy, and nobody has it yet: all of it later. */
		if (code == 0 || code == 421 || (main && code < 500))
			return smtp_end(session, "later", "rcpt", NULL);
		g_ptr_array_add(session->refused, g_strdup_printf("%s: %d %s",
		    request->to[i], code, session->smtp->response ?
		    session->smtp->response : ""));
		session->result.mailbox = main && is_mailbox_verdict(code,
		    session->smtp->response);
		if (main && taken == 0 && i + 1 == request->need)
			return smtp_end(session, "refused", "rcpt", NULL);
	}
	session->result.mailbox = false;
	return true;
}

static bool
message(struct smtp_session *session)
{
	int code;

	if (smtp_say(session, "DATA\r\n") != 354)
		return smtp_end(session, verdict(smtp_reply(session)), "data",
		    NULL);
	session->smtp->response_code = 0;
	session->smtp->response = NULL;
	wire_begin_data(session->wire);
	mailsmtp_data_message(session->smtp, session->request->message,
	    session->request->size);
	code = smtp_reply(session);
	if (code == 0 || code / 100 == 3)
		session->open = false;
	if (code == 0 && !result_dot_is_out())
		return smtp_end(session, "later", "data", NULL);
	if (code == 0 || code / 100 == 3)
		return smtp_end(session, "unknown", "dot", NULL);
	if (code >= 400) {
		session->result.mailbox = code >= 500 &&
		    is_mailbox_verdict(code, session->smtp->response);
		return smtp_end(session, verdict(code), "dot", NULL);
	}
	smtp_end(session, "sent", "dot", session->smtp->response);
	return true;
}

bool
smtp_letter(struct smtp_session *session, bool reused, bool *stale)
{
	int code;

	*stale = false;
	if (!fits(session))
		return false;
	if (!sender(session)) {
		code = session->result.code;
		if (code == 0 || code == 421) {	/* it had enough of us */
			session->open = false;
			*stale = reused;
		}
		return false;
	}
	result_progress(PROGRESS_LETTER);
	return recipients(session) && message(session);
}
