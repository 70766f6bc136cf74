/*
 * generic.c - the way of a mail through the generic reader, for its plain and
 * its HTML part; and what is said when the two disagree.
 */
#include "generic_facts.h"

#include <string.h>

#define EVENTS_MAX 200		/* of one mail */

static void
free_move(gpointer data)
{
	struct gmove *move = data;

	g_array_unref(move->facts);
	g_free(move);
}

static void
free_event(gpointer event)
{
	event_free(event);
}

static void
read_facts(struct gtext *text, GPtrArray *events)
{
	struct gfacts facts = {.text = text};

	facts.facts = g_array_new(FALSE, TRUE, sizeof(struct gfact));
	facts.said = g_array_new(FALSE, TRUE, sizeof(struct gsaid));
	facts.cell_used = g_array_new(FALSE, TRUE, sizeof(bool));
	g_array_set_size(facts.cell_used, text->cells->len);
	facts.rows = g_ptr_array_new_with_free_func(free_move);
	facts.sentences = g_ptr_array_new_with_free_func(free_move);
	gfacts_tables(&facts);
	gfacts_labels(&facts);
	gfacts_sentences(&facts);
	gfacts_alerts(&facts);
	gevents_add(&facts, events);
	g_array_unref(facts.facts);
	g_array_unref(facts.said);
	g_array_unref(facts.cell_used);
	g_ptr_array_unref(facts.rows);
	g_ptr_array_unref(facts.sentences);
}

static GPtrArray *
read_part(const struct labels *labels, const struct generic_mail *mail,
    const char *body)
{
	GPtrArray *events = g_ptr_array_new_with_free_func(free_event);
	struct gtext *text;

	if (!body || !strpbrk(body, "0123456789\xef"))
		return events;
	text = gtext_new(labels, mail, body);
	gsentences_number(text);
	ghits_find(text);
	if (text->languages && text->amounts->len) {
		gamounts_read(text);
		read_facts(text, events);
	}
	gtext_free(text);
	return events;
}

/* Do both parts say the same of every movement? */
static bool
agree(const GPtrArray *a, const GPtrArray *b)
{
	if (a->len != b->len)
		return false;
	for (guint i = 0; i < a->len; i++)
		if (event_kind(a->pdata[i]) != event_kind(b->pdata[i]) ||
		    g_strcmp0(event_get(a->pdata[i], EVENT_AMOUNT),
		    event_get(b->pdata[i], EVENT_AMOUNT)) != 0 ||
		    g_strcmp0(event_get(a->pdata[i], EVENT_CURRENCY),
		    event_get(b->pdata[i], EVENT_CURRENCY)) != 0)
			return false;
	return true;
}

void
generic_read(const struct labels *labels, const struct generic_mail *mail,
    GPtrArray *events)
{
	g_autoptr(GPtrArray) plain = read_part(labels, mail, mail->text);
	g_autoptr(GPtrArray) html = read_part(labels, mail, mail->html_text);
	GPtrArray *best = plain->len ? plain : html;
	bool differ = plain->len && html->len && !agree(plain, html);

	for (guint i = 0; i < best->len && i < EVENTS_MAX; i++) {
		struct event *event = best->pdata[i];

		event_set(event, EVENT_READER, "generic");
		event_set(event, EVENT_TRUST, "unverified");
		if (differ)
			event_refuse(event, "html",
			    "it says something else than the plain text");
		g_ptr_array_add(events, event);
	}
	g_ptr_array_set_free_func(best, NULL);
	for (guint i = EVENTS_MAX; i < best->len; i++)
		event_free(best->pdata[i]);
}

static bool
says(const struct gtext *text, enum labels_key key)
{
	for (guint i = 0; i < text->hits->len; i++)
		if (HIT(text, i)->key == key)
			return true;
	return false;
}

/* A part without a word is idle too. */
static bool
part_is_idle(const struct labels *labels, const struct generic_mail *mail,
    const char *body, bool *known)
{
	struct gtext *text;
	bool idle;

	if (!body || !*body)
		return true;
	text = gtext_new(labels, mail, body);
	gsentences_number(text);
	ghits_find(text);
	*known |= text->languages != 0;
	idle = !says(text, PHRASE_CREDIT) && !says(text, PHRASE_RETURN) &&
	    (!text->amounts->len || says(text, PHRASE_OTP) ||
	    says(text, PHRASE_MARKETING));
	gtext_free(text);
	return idle;
}

bool
generic_is_idle(const struct labels *labels, const struct generic_mail *mail)
{
	bool known = false;

	return part_is_idle(labels, mail, mail->text, &known) &&
	    part_is_idle(labels, mail, mail->html_text, &known) && known;
}
