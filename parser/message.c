/*
 * message.c - one message inside the child: looks at the raw bytes, closes
 * the sandbox, parses, and sends what it found as frames.
 */
#include "bounce.h"
#include "charset.h"
#include "child.h"
#include "decode.h"
#include "limits.h"
#include "prescan.h"
#include "reader.h"
#include "sandbox.h"

#include <string.h>

static void
free_event(gpointer event)
{
	event_free(event);
}

/* ---- before the sandbox closes -------------------------------------------- */

/* Is it mail at all, in our own terms? gmime takes any text for a message. */
static const char *
not_mail(const struct prescan *scan, const struct header *header)
{
	static const char *const fields[] = {"from", "to", "subject", "date",
	    "received", "return-path", "message-id", "delivered-to", "sender",
	    "cc"};

	if (scan->size == 0)
		return "empty";
	if (!header_begins(scan->header->str, scan->header->len))
		return "not a mail: it begins with no header field";
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (header_get(header, fields[i]))
			return NULL;
	return "not a mail: none of the fields that every mail has";
}

static const struct bank *
find_bank(const struct parser *parser, const struct header *header)
{
	const char *value;

	if (parser->generic || parser->outgoing)
		return NULL;
	for (unsigned n = 0; (value = header_nth(header, "from", n)); n++) {
		g_autoptr(GPtrArray) found = header_addresses(value);

		for (guint i = 0; i < found->len; i++) {
			const char *at = strrchr(found->pdata[i], '@');
			const struct bank *bank = at ?
			    bank_find_sender(parser->banks, at + 1) : NULL;

			if (bank)
				return bank;
		}
	}
	return NULL;
}

/* The address of From: strictly, else the last that can be seen. */
static char *
find_from(const struct header *header)
{
	const char *value = header_get(header, "from"), *why;
	char *address = value ? header_strict_mailbox(value, &why) : NULL;
	g_autoptr(GPtrArray) found = NULL;

	if (address || !value)
		return address;
	found = header_addresses(value);
	return found->len ? g_strdup(found->pdata[found->len - 1]) : NULL;
}

static void
open_message(struct message *message, struct parser *parser,
    const struct prescan *scan)
{
	const char *subject = header_get(message->header, "subject");

	message->parser = parser;
	message->events = g_ptr_array_new_with_free_func(free_event);
	for (guint i = 0; i < scan->charsets->len; i++)
		charset_warm(scan->charsets->pdata[i]);
	message->bank = find_bank(parser, message->header);
	message->from = find_from(message->header);
	if (subject)
		message->subject =
		    rfc2047_decode(subject, &message->subject_odd);
	if (!message->bank)
		message->words = parser_words(parser);
	if (parser->outgoing)
		parser_reminders(parser);
	else if (!message->bank && bounce_is_likely(message->header, message->from))
		message->phrases = parser_phrases(parser);
	mime_prepare();
}

/* ---- what all events of a message have --------------------------------------- */

void
message_describe(const struct message *message, struct event *event)
{
	const char *id = header_get(message->header, "message-id");
	g_autoptr(GPtrArray) ids = header_message_ids(id ? id : "");
	char day[DAY_SIZE];
	int64_t seconds;

	if (ids->len)
		event_set(event, EVENT_MESSAGE_ID, ids->pdata[0]);
	event_set(event, EVENT_FROM, message->from);
	event_set(event, EVENT_SUBJECT, message->subject);
	if (header_date(header_get(message->header, "date"), &seconds, day)) {
		int64_t days = seconds / 86400 - (seconds % 86400 < 0);
		int32_t of_day = (int32_t)(seconds - days * 86400);
		g_autofree char *text = NULL;

		day_text((int32_t)days, day);
		text = g_strdup_printf("%sT%02d:%02d:%02dZ", day,
		    of_day / 3600, of_day / 60 % 60, of_day % 60);
		event_set(event, EVENT_DATE, *day ? text : NULL);
	}
}

/* ---- frames ---------------------------------------------------------------------- */

static void
send_event(int out, const struct event *event)
{
	g_autoptr(GString) text = g_string_sized_new(1024);

	event_write(event, text);
	frame_write(out, FRAME_EVENT, text->str, text->len);
}

static void
send_unreadable(int out, const char *why, enum frame end)
{
	struct event *event = event_new(EVENT_UNREADABLE);

	event_set(event, EVENT_WHY, why);
	send_event(out, event);
	event_free(event);
	frame_write(out, end, NULL, 0);
}

/* Text out of HTML comes from the helper itself where one listens. */
static GString *
ask(struct asker *asker, char what, const char *bytes, size_t length,
    char **why)
{
	bool direct = what == FRAME_HTML && asker->helper >= 0;
	GString *answer = g_string_new(NULL);

	if (frame_write(direct ? asker->helper : asker->out,
	    (enum frame)what, bytes, length)) {
		enum frame frame =
		    frame_read(direct ? asker->helper : asker->in, answer);

		if (frame == FRAME_ANSWER)
			return answer;
		if (frame == FRAME_NO_ANSWER)
			*why = g_strdup(answer->str);
	}
	g_string_free(answer, TRUE);
	return NULL;
}

/* ---- the work --------------------------------------------------------------------- */

/* Looks at a message as far as it must be before the sandbox closes. NULL, or
 * why it cannot be read, and the frame that says so. */
static const char *
look_at(struct message *message, int fd, struct parser *parser,
    enum frame *end)
{
	struct prescan scan;
	const char *why;

	*end = FRAME_RETRY;
	if (!prescan_read(fd, &scan))
		return "the bytes cannot be read";
	message->fd = fd;
	message->start = scan.start;
	message->header = header_parse(scan.header->str, scan.header->len);
	why = not_mail(&scan, message->header);
	if (why)
		*end = FRAME_DONE;
	else if (scan.over)
		why = scan.over;
	else
		open_message(message, parser, &scan);
	prescan_release(&scan);
	return why;
}

static void
close_message(struct message *message)
{
	header_free(message->header);
	mime_free(message->mime);
	g_free(message->from);
	g_free(message->html_text);
	g_free(message->subject);
	g_ptr_array_unref(message->events);
}

static void
read_body(struct message *message, const struct message_work *work)
{
	struct asker asker = {ask, work->out, work->in, work->helper};

	message->mime = mime_read(message->fd, message->start,
	    message->parser->outgoing ? MIME_INVOICES :
	    message->bank ? MIME_STATEMENTS : MIME_NOTHING);
	if (message->parser->sampling)
		learn_sample_send(message, &asker);
	else if (message->parser->outgoing)
		outgoing_read(message, &asker);
	else if (message->bank)
		notice_read(message, &asker);
	else
		human_read(message, &asker);
	for (guint i = 0; !message->parser->sampling &&
	    i < message->events->len; i++)
		send_event(work->out, message->events->pdata[i]);
	frame_write(work->out, FRAME_DONE, NULL, 0);
	if (work->count > 1)	/* else the process ends right after this */
		close_message(message);
}

void
message_work(const struct message_work *work)
{
	g_autofree struct message *messages =
	    g_new0(struct message, work->count);
	g_autofree enum frame *ends = g_new0(enum frame, work->count);
	g_autofree const char **whys = g_new0(const char *, work->count);
	bool safe;

	for (unsigned i = 0; i < work->count; i++)
		whys[i] = look_at(&messages[i], work->fd + (int)i, work->parser,
		    &ends[i]);
	safe = sandbox_enter(MAX(work->out, work->helper));
	for (unsigned i = 0; i < work->count; i++)
		if (whys[i])
			send_unreadable(work->out, whys[i], ends[i]);
		else if (safe)
			read_body(&messages[i], work);
		else
			send_unreadable(work->out,
			    "the sandbox cannot be closed", FRAME_RETRY);
}
