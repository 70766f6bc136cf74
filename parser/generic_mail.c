/*
 * generic_mail.c - a message for the generic reader: its parts and day, and
 * the vocabularies, which the child only has when it needs them.
 */
#include "frame.h"
#include "generic.h"
#include "reader.h"

#include <string.h>

#define SHORT_TEXT 300	/* bytes: a plain part that only points to the other */

/* From the parent, who may read files; NULL when it gives none. */
static const struct labels *
labels_of(struct message *message, struct asker *asker)
{
	struct parser *parser = message->parser;
	g_autofree char *why = NULL;
	GString *files;

	if (parser->labels)
		return parser->labels;
	files = asker->ask(asker, FRAME_LABELS, "", 0, &why);
	if (!files)
		return NULL;
	parser->labels = labels_parse(files->str, NULL);
	g_string_free(files, TRUE);
	return parser->labels;
}

static bool
has_figure(const char *text)
{
	return text && strpbrk(text, "0123456789\xef");
}

/* A plain part that says enough spares the work on the HTML part, unless both
 * have to be compared. */
static bool
wants_html(const struct message *message, guint found)
{
	const char *text = message->mime->text;

	return found || !has_figure(text) || strlen(text) < SHORT_TEXT;
}

static void
add_odd(const struct message *message, struct event *event)
{
	const GPtrArray *odd = message->mime->odd;

	for (guint i = 0; odd && i < odd->len; i++)
		event_refuse(event, "text", odd->pdata[i]);
	if (message->subject_odd)
		event_refuse(event, "subject", "its encoding is broken");
}

bool
notice_read_generic(struct message *message, struct asker *asker)
{
	char day[DAY_SIZE];
	int64_t seconds;
	g_autofree char *why = NULL;
	guint before = message->events->len;
	const struct labels *labels;
	struct generic_mail mail = {.from = message->from,
	    .subject = message->subject};

	if (!message->mime || (!has_figure(message->mime->text) &&
	    !has_figure(message->mime->html)))
		return false;
	labels = labels_of(message, asker);
	if (!labels)
		return false;
	if (header_date(header_get(message->header, "date"), &seconds, day))
		mail.date = day;
	mail.text = message->mime->text;
	generic_read(labels, &mail, message->events);
	if (message->mime->html &&
	    wants_html(message, message->events->len - before)) {
		g_ptr_array_set_size(message->events, (gint)before);
		mail.html_text = notice_html(message, asker, &why);
		generic_read(labels, &mail, message->events);
	}
	for (guint i = before; i < message->events->len; i++) {
		message_describe(message, message->events->pdata[i]);
		add_odd(message, message->events->pdata[i]);
	}
	return message->events->len > before;
}

bool
notice_is_idle(struct message *message, struct asker *asker)
{
	g_autofree char *why = NULL;
	const struct labels *labels = labels_of(message, asker);
	struct generic_mail mail = {.from = message->from,
	    .subject = message->subject};

	if (!labels || !message->mime)
		return false;
	mail.text = message->mime->text;
	mail.html_text = notice_html(message, asker, &why);
	return !why && !message->subject_odd &&
	    generic_is_idle(labels, &mail);
}
