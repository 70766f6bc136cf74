/*
 * learn_sample.c - a mail as learning needs it: the child decodes it, asks
 * the generic reader, and sends both as one JSON object.
 */
#include "auth.h"
#include "decode.h"
#include "frame.h"
#include "generic_text.h"
#include "reader.h"

#include <string.h>

static void
put(json_t *object, const char *key, const char *text)
{
	if (text && *text)
		json_object_set_new(object, key, json_string(text));
}

/* Who signed it, and whether the Content-Type is covered. */
static json_t *
signers_of(const struct header *header)
{
	json_t *list = json_array();
	const char *value;

	for (unsigned n = 0; (value = header_nth(header, "dkim-signature",
	    n)); n++) {
		g_autoptr(GHashTable) tags = dkim_parse(value);
		const char *d = tags ? g_hash_table_lookup(tags, "d") : NULL;
		g_autofree char *lower = d ? g_ascii_strdown(d, -1) : NULL;

		if (lower)
			json_array_append_new(list, json_pack("{s:s, s:b}",
			    "domain", lower, "content_type",
			    dkim_covers(tags, "content-type")));
	}
	return list;
}

/* The language with most of the known words. */
static const char *
language_of(const struct labels *labels, const struct generic_mail *mail,
    const char *body)
{
	unsigned count[LABELS_LANGUAGES] = {0};
	const char *best = NULL;
	unsigned most = 0;
	struct gtext *text;

	if (!labels || !body)
		return NULL;
	text = gtext_new(labels, mail, body);
	ghits_find(text);
	for (guint i = 0; i < text->hits->len; i++) {
		unsigned l = g_array_index(text->hits, struct ghit, i).language;

		if (text->languages >> l & 1 && ++count[l] > most) {
			most = count[l];
			best = labels_language(labels, l)->name;
		}
	}
	gtext_free(text);
	return best;
}

/* The name in front of the sender's address. */
static char *
display_name(const struct header *header)
{
	const char *value = header_get(header, "from");
	const char *angle = value ? strrchr(value, '<') : NULL;
	g_autofree char *raw = angle && angle > value ?
	    g_strndup(value, (gsize)(angle - value)) : NULL;
	bool odd;
	char *name;

	if (!raw)
		return NULL;
	name = rfc2047_decode(raw, &odd);
	g_strdelimit(name, "\"\n\r\t", ' ');
	return g_strstrip(name);
}

void
learn_sample_send(struct message *message, struct asker *asker)
{
	const char *at = message->from ? strrchr(message->from, '@') : NULL;
	const char *text = message->mime ? message->mime->text : NULL;
	g_autofree char *why = NULL, *name = display_name(message->header);
	const char *html = notice_html(message, asker, &why), *language;
	struct generic_mail mail = {.from = message->from,
	    .subject = message->subject, .text = text, .html_text = html};
	json_t *sample = json_object(), *events = json_array();
	const struct bank *bank;
	int64_t seconds;
	char day[DAY_SIZE];
	char *out;

	notice_read_generic(message, asker);
	for (guint i = 0; i < message->events->len; i++)
		json_array_append_new(events,
		    event_to_json(message->events->pdata[i]));
	language = language_of(message->parser->labels, &mail,
	    text && strlen(text) > 100 ? text : html ? html : text);
	put(sample, "from", message->from);
	put(sample, "domain", at ? at + 1 : NULL);
	put(sample, "name", name);
	put(sample, "subject", message->subject);
	put(sample, "text", text);
	put(sample, "html", html);
	put(sample, "language", language);
	if (at && (bank = bank_find_sender(message->parser->all_banks, at + 1)))
		put(sample, "bank", bank_name(bank));
	if (header_date(header_get(message->header, "date"), &seconds, day))
		put(sample, "day", day);
	json_object_set_new(sample, "signers", signers_of(message->header));
	json_object_set_new(sample, "events", events);
	out = json_dumps(sample, JSON_COMPACT);
	if (out)
		frame_write(asker->out, FRAME_SAMPLE, out, strlen(out));
	free(out);
	json_decref(sample);
}
