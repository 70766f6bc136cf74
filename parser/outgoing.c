/*
 * outgoing.c - mail of our own that goes out: a reminder that another program
 * wrote, an invoice, or neither. Exactly one event for the text; one more for
 * each attached e-invoice.
 */
#include "reader.h"
#include "reminders.h"

#include <string.h>

#define TEXT_BYTES 7800		/* of what is handed on */
#define SHORT 80		/* a plain text that only says "see HTML" */

/* What the mail shows, without what it quotes. */
static char *
own_text(struct message *message, struct asker *asker)
{
	const char *plain = message->mime ? message->mime->text : NULL;
	g_autofree char *why = NULL;
	const char *html = notice_html(message, asker, &why);
	g_autofree char *own =
	    words_cut_quotes(message->words, plain ? plain : "");
	g_autofree char *shown =
	    words_cut_quotes(message->words, html ? html : "");

	if (!html || strlen(own) >= SHORT)
		return g_steal_pointer(&own);
	return g_strconcat(own, "\n", shown, NULL);
}

/* An answer, or handed on, by a person: no program's reminder. */
static bool
is_persons(const struct message *message)
{
	const char *colon =
	    message->subject ? strchr(message->subject, ':') : NULL;
	g_autofree char *prefix = NULL, *folded = NULL;

	if (!colon || colon - message->subject > 12)
		return false;
	prefix = g_strndup(message->subject,
	    (gsize)(colon - message->subject));
	folded = words_fold(prefix);
	return words_begin(message->words, "re", folded) ||
	    human_is_handed_on(message);
}

/* An attached file that is no e-invoice is nothing. */
static void
read_invoices(struct message *message, struct asker *asker)
{
	const GPtrArray *files = message->mime ? message->mime->statements :
	    NULL;

	for (guint i = 0; files && i < files->len; i++) {
		const struct mime_statement *file = files->pdata[i];
		g_autofree char *why = NULL;
		GString *line = asker->ask(asker, FRAME_INVOICE,
		    file->bytes->str, file->bytes->len, &why);

		if (line && notice_add_lines(message->events, line->str,
		    line->len))
			message_describe(message, message->events->pdata[
			    message->events->len - 1]);
		if (line)
			g_string_free(line, TRUE);
	}
}

void
outgoing_read(struct message *message, struct asker *asker)
{
	const char *subject = message->subject ? message->subject : "";
	g_autofree char *text = own_text(message, asker), *why = NULL;
	g_autofree char *start = NULL, *valid = NULL;
	struct event *event;
	bool is = !is_persons(message) && reminders_recognise(
	    parser_reminders(message->parser), subject, text, &why);

	event = event_new(is ? EVENT_REMINDER : EVENT_OTHER);
	message_describe(message, event);
	start = g_strndup(text, TEXT_BYTES);
	valid = g_utf8_make_valid(start, -1);
	event_set(event, EVENT_TEXT, valid);
	if (is)
		event_set(event, EVENT_WHY, why);
	g_ptr_array_add(message->events, event);
	read_invoices(message, asker);
}
