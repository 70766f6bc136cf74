/*
 * bounce.c - delivery status notifications: RFC 3464 reports, one event a
 * recipient, and what servers write that never heard of it (Exim, old qmail):
 * a mail from the mailer daemon that shows the header of the original.
 */
#include "reader.h"

#include <string.h>

/* "rfc822; user@host" or "<user@host>" as a plain address. */
static char *
plain_address(const char *value)
{
	const char *p = value ? strchr(value, ';') : NULL;
	g_autoptr(GPtrArray) found =
	    header_addresses(p ? p + 1 : value ? value : "");

	return found->len ? g_strdup(found->pdata[0]) : NULL;
}

/* The first "5.1.1" in a text; NULL when there is none. */
static char *
find_status(const char *text)
{
	for (const char *p = text; p && *p; p++) {
		size_t n = strspn(p, "0123456789.");

		if (n >= 5 && n <= 9 && strchr("245", p[0]) && p[1] == '.' &&
		    p[n - 1] != '.') {
			char *status = g_strndup(p, n);
			const char *dot = strchr(status + 2, '.');

			if (dot && dot[1] != '.' && dot > status + 2 &&
			    !strchr(dot + 1, '.'))
				return status;
			g_free(status);
		}
		if (n > 0)
			p += n - 1;
	}
	return NULL;
}

static const char *
action_of(const char *status)
{
	return !status || *status == '5' ? "failed" :
	    *status == '4' ? "delayed" : "delivered";
}

/* The line of a text that names the original's Message-ID; NULL: none. */
static const char *
find_original_id(const char *text)
{
	const char *p = text;

	while (p && g_ascii_strncasecmp(p, "message-id:", 11) != 0) {
		p = strchr(p, '\n');
		p = p ? p + 1 : NULL;
	}
	return p;
}

/* The Message-ID of the mail that came back: in its header, which the report
 * has as a part of its own or as text. */
static void
set_original(const struct message *message, struct event *event)
{
	const struct mime *mime = message->mime;
	const char *p =
	    find_original_id(mime->original ? mime->original : mime->text);
	g_autofree char *line = p ? g_strndup(p, strnlen(p, 1200)) : NULL;
	g_autoptr(GPtrArray) ids = header_message_ids(line ? line : "");

	if (ids->len)
		event_set(event, EVENT_ORIGINAL_MESSAGE_ID, ids->pdata[0]);
}

static void
add_bounce(struct message *message, const char *status, const char *action,
    const char *recipient)
{
	struct event *event = event_new(EVENT_BOUNCE);
	g_autofree char *lower =
	    g_ascii_strdown(action ? action : action_of(status), -1);

	lower[strcspn(lower, " \t(;")] = '\0';
	message_describe(message, event);
	event_set(event, EVENT_STATUS, status);
	event_set(event, EVENT_ACTION, lower);
	event_set(event, EVENT_RECIPIENT, recipient);
	set_original(message, event);
	g_ptr_array_add(message->events, event);
}

/* One group of fields of message/delivery-status. */
static void
read_group(struct message *message, const char *text)
{
	struct header *group = header_parse(text, strlen(text));
	const char *final = header_get(group, "final-recipient");
	const char *original = header_get(group, "original-recipient");
	const char *action = header_get(group, "action");
	const char *written = header_get(group, "status");
	g_autofree char *recipient = plain_address(original);
	g_autofree char *status = find_status(written);

	if (!recipient)
		recipient = plain_address(final);
	if (!status)
		status = find_status(header_get(group, "diagnostic-code"));
	if (final || original || action)
		add_bounce(message, status, action, recipient);
	header_free(group);
}

static void
read_report(struct message *message)
{
	g_auto(GStrv) groups = g_strsplit(message->mime->report, "\n\n", 200);

	for (char **group = groups; *group; group++) {
		const char *text = *group + strspn(*group, "\n");

		if (*text)
			read_group(message, text);
	}
}

static bool
is_from_daemon(const struct message *message)
{
	const char *path = header_get(message->header, "return-path");

	if (path && strcmp(path, "<>") == 0)
		return true;
	return message->from &&
	    (g_ascii_strncasecmp(message->from, "mailer-daemon@", 14) == 0 ||
	    g_ascii_strncasecmp(message->from, "postmaster@", 11) == 0);
}

/* The first "<user@host>" of a text: qmail and old sendmail write so. */
static char *
find_bracketed(const char *text, const char *end)
{
	for (const char *p = text; (p = strchr(p, '<')) && p < end; p++) {
		size_t n = strcspn(p, "> \n");

		if (p[n] == '>' && n > 3 && n < 320 && memchr(p, '@', n))
			return g_ascii_strdown(p + 1, (gssize)n - 1);
	}
	return NULL;
}

/* A daemon's mail without a report: does it name a failed recipient, or show
 * the header of an original? */
static void
read_daemon_mail(struct message *message)
{
	const char *text = message->mime->text ? message->mime->text : "";
	const char *original = find_original_id(text);
	g_autofree char *recipient =
	    plain_address(header_get(message->header, "x-failed-recipients"));
	g_autofree char *status = NULL, *before = NULL;

	if (!recipient && !original && !message->mime->original)
		return;
	if (!original)
		original = text + strlen(text);
	before = g_strndup(text, (gsize)(original - text));
	status = find_status(before);
	if (!recipient)
		recipient = find_bracketed(text, original);
	if (recipient || status)
		add_bounce(message, status ? status : "5.0.0", NULL, recipient);
}

bool
bounce_read(struct message *message)
{
	guint before = message->events->len;

	if (!message->mime)
		return false;
	if (message->mime->report)
		read_report(message);
	else if (is_from_daemon(message))
		read_daemon_mail(message);
	return message->events->len > before;
}
