/*
 * smtp_login.c - the login: PLAIN or LOGIN with a password, XOAUTH2 or
 * OAUTHBEARER (RFC 7628) with a token, both from a command of the owner. What
 * is secret is said inside TLS only and wiped.
 */
#include <stdlib.h>
#include <string.h>

#include "smtp.h"

#define INLINE_MAX 500		/* of a command; longer secrets go alone */
#define REFUSED 535

/* Is a mechanism in the AUTH line of the server's answer to EHLO? */
static bool
offers(const char *answer, const char *mechanism)
{
	g_auto(GStrv) lines = g_strsplit(answer ? answer : "", "\n", -1);

	for (char **line = lines; *line; line++) {
		g_auto(GStrv) words = NULL;

		if (g_ascii_strncasecmp(*line, "AUTH", 4) != 0 ||
		    !strchr(" =", (*line)[4]))
			continue;
		words = g_strsplit_set(*line + 4, " =\t\r", -1);
		for (char **word = words; *word; word++)
			if (g_ascii_strcasecmp(*word, mechanism) == 0)
				return true;
	}
	return false;
}

void
smtp_offers(struct smtp_session *session)
{
	session->xoauth2 = offers(session->smtp->response, "XOAUTH2");
	session->oauthbearer = offers(session->smtp->response, "OAUTHBEARER");
}

/* ---- mechanisms: each gives the code of the last answer ------------------------ */

/* "PREFIX base64CRLF", sent and wiped. */
static int
say_secret(struct smtp_session *session, const char *prefix, const char *data,
    size_t size)
{
	char *text = g_base64_encode((const guchar *)data, size);
	char *line = g_strconcat(prefix, text, "\r\n", NULL);
	int code = smtp_say(session, line);

	password_free(text);
	password_free(line);
	return code;
}

/* With the command where the line may be so long (RFC 4954, 4), else when the
 * server asks for it. */
static int
say_first(struct smtp_session *session, const char *mechanism,
    const char *data, size_t size)
{
	g_autofree char *inline_form = g_strdup_printf("AUTH %s ", mechanism);
	g_autofree char *alone = g_strdup_printf("AUTH %s\r\n", mechanism);
	int code;

	if (strlen(inline_form) + (size + 2) / 3 * 4 <= INLINE_MAX)
		return say_secret(session, inline_form, data, size);
	code = smtp_say(session, alone);
	return code == 334 ? say_secret(session, "", data, size) : code;
}

static int
login_plain(struct smtp_session *session)
{
	const char *user = session->request->user, *secret = session->secret;
	size_t user_size = strlen(user), size = strlen(secret);
	size_t all = 1 + user_size + 1 + size;
	char *message = g_malloc0(all + 1);
	int code;

	memcpy(message + 1, user, user_size);
	memcpy(message + 1 + user_size + 1, secret, size);
	code = say_first(session, "PLAIN", message, all);
	explicit_bzero(message, all);
	g_free(message);
	return code;
}

static int
login_login(struct smtp_session *session)
{
	const char *user = session->request->user;
	int code = smtp_say(session, "AUTH LOGIN\r\n");

	if (code == 334)
		code = say_secret(session, "", user, strlen(user));
	if (code == 334)
		code = say_secret(session, "", session->secret,
		    strlen(session->secret));
	return code;
}

/* A refusal comes as a question with JSON in it; what ends it differs. */
static int
login_token(struct smtp_session *session)
{
	const struct request *request = session->request;
	bool bearer = request->auth == AUTH_OAUTHBEARER;
	g_autofree char *start = bearer ? g_strdup_printf(
	    "n,a=%s,\001host=%s\001port=%d", request->user, request->host,
	    request->port) : g_strdup_printf("user=%s", request->user);
	char *message = g_strconcat(start, "\001auth=Bearer ",
	    session->secret, "\001\001", NULL);
	int code = say_first(session, bearer ? "OAUTHBEARER" : "XOAUTH2",
	    message, strlen(message));

	password_free(message);
	if (code == 334)
		code = smtp_say(session, bearer ? "AQ==\r\n" : "\r\n");
	return code;
}

/* ---- which one, and with what ------------------------------------------------------ */

bool
smtp_secret(struct smtp_session *session, bool renew)
{
	const struct request *request = session->request;
	bool token = request->auth != AUTH_PASSWORD;
	g_autofree char *why = NULL;

	if (!request->user || (session->secret && !renew))
		return true;
	password_free(session->secret);
	free_resources();
	if (renew)
		g_setenv("MAILFILTER_RENEW", "1", TRUE);
	session->secret = password_get(token ? "smtp-token-command" :
	    "smtp-password-command", request->password_command ?
	    request->password_command : "", request->timeout, &why);
	g_unsetenv("MAILFILTER_RENEW");
	return session->secret || smtp_end(session, "down", "password", why);
}

/* The code of the answer; -1 with the result set where nothing can be tried. */
static int
try_login(struct smtp_session *session)
{
	int offered = session->smtp->auth;

	switch (session->request->auth) {
	case AUTH_XOAUTH2:
	case AUTH_OAUTHBEARER:
		if (session->request->auth == AUTH_XOAUTH2 ? session->xoauth2
		    : session->oauthbearer)
			return login_token(session);
		smtp_end(session, "down", "auth",
		    session->request->auth == AUTH_XOAUTH2 ?
		    "the mail server offers no AUTH XOAUTH2" :
		    "the mail server offers no AUTH OAUTHBEARER");
		return -1;
	case AUTH_PASSWORD:
		break;
	}
	if (offered & MAILSMTP_AUTH_PLAIN)
		return login_plain(session);
	if (offered & MAILSMTP_AUTH_LOGIN)
		return login_login(session);
	smtp_end(session, "down", "auth", "the mail server offers neither "
	    "AUTH PLAIN nor AUTH LOGIN");
	return -1;
}

bool
smtp_login(struct smtp_session *session, bool first, bool *again)
{
	int code;

	*again = false;
	if (session->request->user == NULL)
		return true;
	code = try_login(session);
	if (code < 0)
		return false;
	if (smtp_reply(session) == 235)
		return true;
	*again = first && code == REFUSED &&
	    session->request->auth != AUTH_PASSWORD;
	return smtp_end(session, "down", "auth", NULL);
}
