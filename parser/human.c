/*
 * human.c - mail that is no bank's: bounces, automatic answers (RFC 3834),
 * lists and other machines, and people who answer.
 */
#include "reader.h"

#include <string.h>

#define TEXT_LENGTH 2000	/* characters of an answer that are kept */

static bool
field_is(const struct header *header, const char *name, const char *prefix)
{
	const char *value = header_get(header, name);

	return value &&
	    g_ascii_strncasecmp(value, prefix, strlen(prefix)) == 0;
}

static bool
has_any(const struct header *header, const char *const *names)
{
	for (; *names; names++)
		if (header_get(header, *names))
			return true;
	return false;
}

/* Is the subject "Re: ...", in the languages that we know? */
static bool
is_answer_subject(const struct message *message)
{
	const char *colon =
	    message->subject ? strchr(message->subject, ':') : NULL;
	g_autofree char *prefix = NULL, *folded = NULL;

	if (!colon || colon - message->subject > 24)
		return false;
	prefix = g_strndup(message->subject,
	    (gsize)(colon - message->subject));
	folded = words_fold(prefix);
	return words_begin(message->words, "re", folded);
}

static bool
is_answer(const struct message *message)
{
	return header_get(message->header, "in-reply-to") ||
	    header_get(message->header, "references") ||
	    is_answer_subject(message);
}

static bool
is_auto_subject(const struct message *message)
{
	g_autofree char *folded =
	    words_fold(message->subject ? message->subject : "");

	return words_begin(message->words, "auto", folded);
}

static bool
is_auto_submitted(const struct header *header)
{
	return header_get(header, "auto-submitted") &&
	    !field_is(header, "auto-submitted", "no");
}

static bool
is_daemon(const char *from)
{
	return from && (g_ascii_strncasecmp(from, "mailer-daemon@", 14) == 0 ||
	    g_ascii_strncasecmp(from, "postmaster@", 11) == 0);
}

/* An automatic answer: said in the header, or automatic and an answer, or a
 * subject that only vacation programs write. */
static bool
is_auto_reply(const struct message *message)
{
	static const char *const fields[] = {"x-autoreply", "x-auto-reply",
	    "x-autorespond", "x-autoresponder", "x-autoreply-from",
	    "x-autoreply-domain", "x-mail-autoreply", "x-vacation", "x-away",
	    "x-ms-exchange-inbox-rules-loop", "x-auto-response-id",
	    "x-fc-machinegenerated", NULL};
	const struct header *header = message->header;

	if (is_daemon(message->from))
		return false;
	if (field_is(header, "auto-submitted", "auto-replied") ||
	    field_is(header, "precedence", "auto_reply") ||
	    field_is(header, "precedence", "auto-reply") ||
	    field_is(header, "x-precedence", "auto_reply") ||
	    field_is(header, "x-post-messageclass", "9") ||
	    field_is(header, "x-ms-exchange-generated-message-source",
	    "mailbox rules") || has_any(header, fields))
		return true;
	if (is_auto_submitted(header) ||
	    header_get(header, "x-auto-response-suppress"))
		return is_answer(message) || is_auto_subject(message);
	return is_auto_subject(message) && !header_get(header, "list-id");
}

static bool
is_nobody(const char *from)
{
	static const char *const nobodies[] = {"noreply@", "no-reply@",
	    "no_reply@", "donotreply@", "do-not-reply@"};

	for (size_t i = 0; from && i < G_N_ELEMENTS(nobodies); i++)
		if (g_ascii_strncasecmp(from, nobodies[i],
		    strlen(nobodies[i])) == 0)
			return true;
	return !from || is_daemon(from);
}

static bool
is_machine(const struct message *message)
{
	static const char *const lists[] = {"list-id", "list-post",
	    "list-unsubscribe", "feedback-id", "x-mailfilter-letter", NULL};
	const struct header *header = message->header;
	const char *path = header_get(header, "return-path");

	return is_auto_submitted(header) || has_any(header, lists) ||
	    field_is(header, "content-type", "multipart/report") ||
	    field_is(header, "precedence", "bulk") ||
	    field_is(header, "precedence", "list") ||
	    field_is(header, "precedence", "junk") ||
	    (path && strcmp(path, "<>") == 0) || is_nobody(message->from);
}

/* The day that the writer's own clock showed, else ours. */
static int32_t
day_written(const struct message *message)
{
	char day[DAY_SIZE];
	int64_t seconds;

	if (header_date(header_get(message->header, "date"), &seconds, day))
		return day_number(day);
	return (int32_t)(message->parser->now / 86400);
}

static void
set_day(struct event *event, enum event_field field, int32_t number)
{
	char day[DAY_SIZE];

	if (number == G_MININT32)
		return;
	day_text(number, day);
	event_set(event, field, day);
}

static void
set_meaning(struct event *event, const struct meaning *meaning)
{
	event_set(event, EVENT_INTENT, meaning->intent);
	event_set(event, EVENT_CERTAINTY, meaning->certainty);
	event_set(event, EVENT_INTENTS, meaning->intents);
	event_set(event, EVENT_LANGUAGE, meaning->language);
	event_set(event, EVENT_METHOD, meaning->method);
	event_set(event, EVENT_AMOUNT, meaning->amount);
	event_set(event, EVENT_CURRENCY, meaning->currency);
	set_day(event, EVENT_UNTIL, meaning->until);
	set_day(event, EVENT_PAID_ON, meaning->paid_on);
	for (guint i = 0; meaning->references &&
	    i < meaning->references->len; i++)
		event_add_reference(event, meaning->references->pdata[i]);
}

/* The text that a person sees: where there is only HTML, what that shows. */
static const char *
shown_text(struct message *message, struct asker *asker)
{
	const char *text = message->mime ? message->mime->text : NULL;
	g_autofree char *why = NULL;

	if (text && text[strspn(text, " \t\r\n")] != '\0')
		return text;
	return notice_html(message, asker, &why);
}

/* What the person wrote now, at most so many characters of it. */
static char *
own_text(struct message *message, struct asker *asker)
{
	const char *text = shown_text(message, asker);
	g_autofree char *own = NULL;

	if (!text)
		return g_strdup("");
	own = words_cut_quotes(message->words, text);
	return g_utf8_substring(own, 0,
	    MIN(TEXT_LENGTH, g_utf8_strlen(own, -1)));
}

static bool
is_of_address(char c)
{
	return g_ascii_isalnum(c) || strchr(".-_+%", c);
}

/* The first address in a text that is not the sender's; NULL. */
static char *
other_address(const char *text, const char *from)
{
	for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
		const char *start = at, *end = at + 1;
		g_autofree char *address = NULL;

		while (start > text && at - start < 64 && start[-1] &&
		    is_of_address(start[-1]))
			start--;
		while (*end && is_of_address(*end) && end - at < 200)
			end++;
		while (end > at && !g_ascii_isalnum(end[-1]))
			end--;
		address = g_strndup(start, (gsize)(end - start));
		if (start < at && strchr(address, '.') &&
		    g_ascii_strcasecmp(address, from ? from : "") != 0)
			return g_steal_pointer(&address);
	}
	return NULL;
}

/* Subjects of automatic answers say as much as their text. */
static void
read_automatic(const struct message *message, const char *text,
    struct event *event, struct meaning *meaning)
{
	g_autofree char *all = g_strdup_printf("%s\n\n%s",
	    message->subject ? message->subject : "", text);
	g_autofree char *contact = NULL;

	words_read_automatic(message->words, all, day_written(message),
	    meaning);
	if (strcmp(meaning->intent, "left") != 0)
		return;
	contact = other_address(text, message->from);
	event_set(event, EVENT_CONTACT, contact);
}

static struct event *
add_event(struct message *message, enum event_kind kind)
{
	struct event *event = event_new(kind);

	message_describe(message, event);
	g_ptr_array_add(message->events, event);
	return event;
}

/* Handed on by a person: "Fwd: ...". */
bool
human_is_handed_on(const struct message *message)
{
	static const char *const marks[] = {"fw", "fwd", "wg", "tr", "rv", "i",
	    "vs", "vb", "enc", "pd", "ilt", "p\u0159ep", "doorst", NULL};
	const char *colon =
	    message->subject ? strchr(message->subject, ':') : NULL;
	g_autofree char *mark = NULL;

	if (!colon || colon - message->subject > 12)
		return false;
	mark = g_utf8_strdown(message->subject, colon - message->subject);
	return g_strv_contains(marks, g_strstrip(mark));
}

/* May a machine's mail that answers nobody be a bank's notice? Banks call
 * theirs automatic or bulk, and some let you unsubscribe; a mailing list's and
 * our own letters are none. */
static bool
may_be_notice(const struct message *message)
{
	static const char *const others[] = {"list-id", "list-post",
	    "x-mailfilter-letter", NULL};

	return message->parser->generic || (!is_answer(message) &&
	    !human_is_handed_on(message) && !is_daemon(message->from) && !has_any(message->header, others) &&
	    !field_is(message->header, "precedence", "list"));
}

void
human_read(struct message *message, struct asker *asker)
{
	struct event *event;
	struct meaning meaning;
	g_autofree char *text = NULL;

	if (bounce_read(message))
		return;
	if (origin_is_unsubscribe(message)) {
		event = add_event(message, EVENT_REPLY);
		event_set(event, EVENT_INTENT, "unsubscribe");
		origin_set_subject_tag(message, event);
		return;
	}
	if (header_get(message->header, "x-mailfilter-letter")) {
		event = add_event(message, EVENT_OTHER);
		event_set(event, EVENT_MARK,
		    header_get(message->header, "x-mailfilter-letter"));
		return;
	}
	if (is_auto_reply(message)) {
		event = add_event(message, EVENT_AUTO_REPLY);
	} else if (may_be_notice(message) &&
	    notice_read_generic(message, asker)) {
		return;
	} else if (is_machine(message)) {
		add_event(message, EVENT_OTHER);
		return;
	} else {
		event = add_event(message, is_answer(message) ? EVENT_REPLY :
		    EVENT_OTHER);
	}
	origin_describe(message, event);
	text = own_text(message, asker);
	event_set(event, EVENT_TEXT, text);
	if (event_kind(event) == EVENT_AUTO_REPLY)
		read_automatic(message, text, event, &meaning);
	else
		words_read(message->words, text, day_written(message),
		    &meaning);
	set_meaning(event, &meaning);
	meaning_clear(&meaning);
}
