/*
 * bounce.c - delivery status notifications: RFC 3464 reports, one event a
 * recipient, and what servers write that never heard of it (Exim, old qmail):
 * a mail from the mailer daemon that shows the header of the original.
 */
#include "bounce.h"

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

static const char *
action_of(const char *status)
{
	return !status || *status == '5' ? "failed" :
	    *status == '4' ? "delayed" : "delivered";
}

/* The line of a text that has a field of the original's header; NULL: none. */
static const char *
find_original_field(const char *text, const char *field)
{
	const char *p = text;

	while (p && g_ascii_strncasecmp(p, field, strlen(field)) != 0) {
		p = strchr(p, '\n');
		p = p ? p + 1 : NULL;
	}
	return p;
}

/* The mark that our letter had. */
static void
set_mark(struct event *event, const char *text)
{
	static const char field[] = "x-mailfilter-letter:";
	const char *p = find_original_field(text, field);
	g_autofree char *value = p ? g_strndup(p + strlen(field),
	    strcspn(p + strlen(field), "\r\n")) : NULL;

	if (value)
		event_set(event, EVENT_MARK, g_strstrip(value));
}

/* The Message-ID of the mail that came back: in its header, which the report
 * has as a part of its own or as text. */
static void
set_original(const struct message *message, struct event *event)
{
	const struct mime *mime = message->mime;
	const char *text = mime->original ? mime->original : mime->text;
	const char *p = find_original_field(text, "message-id:");
	g_autofree char *line = p ? g_strndup(p, strnlen(p, 1200)) : NULL;
	g_autoptr(GPtrArray) ids = header_message_ids(line ? line : "");

	if (ids->len)
		event_set(event, EVENT_ORIGINAL_MESSAGE_ID, ids->pdata[0]);
	set_mark(event, text);
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
	origin_set_tag(message, event);
	g_ptr_array_add(message->events, event);
}

/* The reply of the other server, where it has a status, tells more than the
 * Status field, which is what the reporting server made of it. */
static char *
status_of_group(const struct message *message, const char *written,
    const char *diagnostic)
{
	char *status = status_of_field(written);
	g_autofree char *reply = diagnostic ? status_of_reply(diagnostic) : NULL;

	if (!reply && (!status || g_str_has_suffix(status, ".0.0")))
		reply = status_of_field(diagnostic);
	if (reply && (!status || (!g_str_has_suffix(reply, ".0.0") &&
	    *status != '2'))) {
		g_free(status);
		return g_steal_pointer(&reply);
	}
	if (!status && diagnostic)
		status = status_of_text(message->phrases, diagnostic);
	return status;
}

/* The recipient of the mail that came back, when it had one. */
static char *
only_recipient(const char *original)
{
	g_autoptr(GPtrArray) all = bounce_original_recipients(original);

	return all->len == 1 ? g_strdup(all->pdata[0]) : NULL;
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
	g_autofree char *status = status_of_group(message, written,
	    header_get(group, "diagnostic-code"));

	if (!recipient)
		recipient = plain_address(final);
	if (!recipient && message->mime->original)
		recipient = only_recipient(message->mime->original);
	if (final || original || action)
		add_bounce(message, status, action, recipient);
	header_free(group);
}

static void
read_report(struct message *message, const char *report)
{
	g_auto(GStrv) groups = g_strsplit(report, "\n\n", 200);

	for (char **group = groups; *group; group++) {
		const char *text = *group + strspn(*group, "\n");

		if (*text)
			read_group(message, text);
	}
}

static bool
is_daemon(const char *address)
{
	static const char *const names[] = {"mailer-daemon", "postmaster",
	    "mail-daemon", "mailerdaemon", "mdaemon", "mail.daemon",
	    "mailsystem", "mmdf"};

	for (size_t i = 0; address && i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strncasecmp(address, names[i],
		    strlen(names[i])) == 0)
			return true;
	return false;
}

/* Was it a machine that tells of our mail, as far as the header shows? */
bool
bounce_is_likely(const struct header *header, const char *from)
{
	const char *path = header_get(header, "return-path");
	const char *type = header_get(header, "content-type");
	const char *field = header_get(header, "from");

	if (type && strcasestr(type, "feedback-report"))
		return false;
	return (path && (strcmp(path, "<>") == 0 || is_daemon(path + 1))) ||
	    (type && strcasestr(type, "multipart/report")) ||
	    is_daemon(from) || (field && (strcasestr(field, "mailer-daemon") ||
	    strcasestr(field, "mail delivery"))) ||
	    header_get(header, "x-failed-recipients");
}

/* The addresses that the bounce itself went to or came from. */
static GPtrArray *
own_addresses(const struct message *message)
{
	static const char *const fields[] = {"to", "delivered-to", "from",
	    "x-original-to", "envelope-to"};
	GPtrArray *own = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *value = header_get(message->header, fields[i]);
		g_autoptr(GPtrArray) some = header_addresses(value ? value : "");

		for (guint j = 0; j < some->len; j++)
			g_ptr_array_add(own, g_strdup(some->pdata[j]));
	}
	return own;
}

/* Without the marks of a quotation. */
static char *
unquoted(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++)
		if (**line == '>')
			memmove(*line, *line + 1 + ((*line)[1] == ' '),
			    strlen(*line + 1 + ((*line)[1] == ' ')) + 1);
	return g_strjoinv("\n", lines);
}

/* The fields of a report that stands in the text. */
static const char *
find_fields(const char *text)
{
	const char *p = strcasestr(text, "\nfinal-recipient:");
	const char *q = strcasestr(text, "\noriginal-recipient:");

	return !p || (q && q < p) ? q : p;
}

static void
read_text(struct message *message)
{
	const struct mime *mime = message->mime;
	g_autofree char *text = unquoted(mime->text ? mime->text : "");
	const char *failed = header_get(message->header,
	    "x-failed-recipients");
	g_autoptr(GPtrArray) own = own_addresses(message), found = NULL;
	const char *report = find_fields(text);

	if (report) {
		read_report(message, report);
		return;
	}
	if (!failed && !mime->report && !mime->original && !phrases_has(message->phrases, "subject",
	    message->subject ? message->subject : ""))
		return;
	found = bounce_text_read(message->phrases, text, mime->original,
	    failed, own);
	for (guint i = 0; i < found->len; i++) {
		const struct bounced *bounced = found->pdata[i];

		add_bounce(message, bounced->status, NULL, bounced->recipient);
	}
}

bool
bounce_read(struct message *message)
{
	guint before = message->events->len;

	if (!message->mime || !message->phrases)
		return false;
	if (message->mime->report)
		read_report(message, message->mime->report);
	if (message->events->len == before)
		read_text(message);
	return message->events->len > before;
}
