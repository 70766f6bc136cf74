/*
 * imap_login.c - connection, TLS, login. The name and the secret are said
 * only inside verified TLS (or to this very machine), and only after the
 * server has been heard anew: what was said before TLS is worth nothing.
 */
#include <string.h>

#include <libetpan/libetpan.h>

#include "imap.h"

static bool
failed(struct imap *imap, const char *stage, const char *why)
{
	imap->stage = stage;
	if (why) {
		g_free(imap->why);
		imap->why = g_strdup(why);
	}
	return false;
}

static bool
secure(struct imap *imap)
{
	g_autofree char *why = NULL;

	if (wire_start_tls(imap->wire, imap->request->host,
	    imap->request->ca_file, &why))
		return true;
	return failed(imap, "tls", why);
}

static bool
ask_capabilities(struct imap *imap, const char *stage)
{
	imap->capabilities = 0;
	if (imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL, "CAPABILITY") !=
	    IMAP_OK)
		return failed(imap, stage, NULL);
	return true;
}

static bool
start_tls(struct imap *imap)
{
	if (!ask_capabilities(imap, "tls"))
		return false;
	if (!(imap->capabilities & IMAP_STARTTLS))
		return failed(imap, "tls", "the mail server offers no "
		    "STARTTLS, and nothing is sent in clear text");
	if (imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL, "STARTTLS") !=
	    IMAP_OK)
		return failed(imap, "tls", NULL);
	/* Whatever came along with the OK was said by nobody certain. */
	if (imap->stream->read_buffer_len != 0)
		return failed(imap, "tls", "the mail server, or someone in "
		    "between, spoke before TLS had begun");
	return secure(imap);
}

static bool
connect_server(struct imap *imap)
{
	const struct imap_request *request = imap->request;
	g_autofree char *why = NULL;

	frame_watchdog(request->timeout + 1);
	imap->wire = wire_connect(request->host, request->port,
	    request->tls == TLS_NONE, request->timeout, &why);
	if (!imap->wire)
		return failed(imap, "connect", why);
	if (request->tls == TLS_IMPLICIT && !secure(imap))
		return false;
	imap->stream = mailstream_new(wire_low(imap->wire), 8192);
	if (imap_greeting(imap) != IMAP_OK)
		return failed(imap, "connect", NULL);
	return request->tls != TLS_STARTTLS || start_tls(imap);
}

/* ---- login -------------------------------------------------------------- */

/* "AUTHENTICATE MECHANISM" with its one message, in the command itself or
 * when the server asks for it. */
static enum imap_end
authenticate(struct imap *imap, const char *mechanism, const char *message,
    size_t size)
{
	char *secret = g_base64_encode((const guchar *)message, size);
	char *line = g_strconcat(secret, "\r\n", NULL);
	enum imap_end end;

	if (imap->capabilities & IMAP_SASL_IR) {
		end = imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL,
		    "AUTHENTICATE %s %s", mechanism, secret);
	} else {
		end = imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL,
		    "AUTHENTICATE %s", mechanism);
		if (end == IMAP_CONTINUE)
			end = imap_say(imap, line)
			    ? imap_hear(imap, NULL, NULL) : IMAP_BROKEN;
	}
	/* XOAUTH2 asks once more when it refuses: an empty line ends it. */
	if (end == IMAP_CONTINUE)
		end = imap_say(imap, "\r\n") ? imap_hear(imap, NULL, NULL)
		    : IMAP_BROKEN;
	password_free(secret);
	password_free(line);
	return end;
}

static enum imap_end
login_plain(struct imap *imap, const char *password)
{
	const char *user = imap->request->user;
	size_t user_size = strlen(user), size = strlen(password);
	size_t all = 1 + user_size + 1 + size;
	char *message = g_malloc0(all + 1);
	enum imap_end end;

	memcpy(message + 1, user, user_size);
	memcpy(message + 1 + user_size + 1, password, size);
	end = authenticate(imap, "PLAIN", message, all);
	explicit_bzero(message, all);
	g_free(message);
	return end;
}

static enum imap_end
login_oauth(struct imap *imap, const char *token)
{
	char *message = g_strconcat("user=", imap->request->user,
	    "\001auth=Bearer ", token, "\001\001", NULL);
	enum imap_end end = authenticate(imap, "XOAUTH2", message,
	    strlen(message));

	password_free(message);
	return end;
}

/* LOGIN with both words as literals: any character may stand in them. */
static enum imap_end
login_words(struct imap *imap, const char *password)
{
	const char *user = imap->request->user;
	char *secret = g_strconcat(password, "\r\n", NULL);
	g_autofree char *name = g_strdup_printf("%s {%zu}\r\n", user,
	    strlen(password));
	enum imap_end end = imap_command(imap, IMAP_ANSWER_MAX, NULL, NULL,
	    "LOGIN {%zu}", strlen(user));

	if (end == IMAP_CONTINUE)
		end = imap_say(imap, name) ? imap_hear(imap, NULL, NULL)
		    : IMAP_BROKEN;
	if (end == IMAP_CONTINUE)
		end = imap_say(imap, secret) ? imap_hear(imap, NULL, NULL)
		    : IMAP_BROKEN;
	password_free(secret);
	return end;
}

static bool
login(struct imap *imap, const char *password)
{
	enum imap_end end;

	if (imap->request->oauth) {
		if (!(imap->capabilities & IMAP_XOAUTH2))
			return failed(imap, "auth", "the mail server offers no "
			    "XOAUTH2");
		end = login_oauth(imap, password);
	} else if (imap->capabilities & IMAP_PLAIN) {
		end = login_plain(imap, password);
	} else if (imap->capabilities & IMAP_LOGINDISABLED) {
		return failed(imap, "auth", "the mail server offers no login "
		    "with a password");
	} else {
		end = login_words(imap, password);
	}
	if (end == IMAP_CONTINUE)
		end = imap_broken(imap, "the mail server's answer to the login "
		    "cannot be understood");
	return end == IMAP_OK || failed(imap, "auth", NULL);
}

bool
imap_open(struct imap *imap, const char *password)
{
	return connect_server(imap) && ask_capabilities(imap, "connect") &&
	    login(imap, password) && ask_capabilities(imap, "auth");
}
