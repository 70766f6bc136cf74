/*
 * bankread.c - one mail of a known bank: each of its templates is asked, in
 * the text part and in the HTML part. Two templates that answer differently,
 * or two parts that do, are a case for a person.
 */
#include "bankfile.h"

#include <string.h>

static void
free_answer(gpointer answer)
{
	answer_free(answer);
}

static void
free_event(gpointer event)
{
	event_free(event);
}

static int
compare_places(gconstpointer a, gconstpointer b)
{
	const struct answer *x = *(const struct answer *const *)a;
	const struct answer *y = *(const struct answer *const *)b;

	return (x->start > y->start) - (x->start < y->start);
}

static void
refuse_all(GPtrArray *events, const char *field, const char *why)
{
	for (guint i = 0; i < events->len; i++)
		event_refuse(events->pdata[i], field, why);
}

/* Do two events say the same, whatever template read them? */
static bool
same_facts(const struct event *a, const struct event *b)
{
	json_t *x = event_to_json(a), *y = event_to_json(b);
	bool same;

	json_object_del(x, "template");
	json_object_del(y, "template");
	same = json_equal(x, y);
	json_decref(x);
	json_decref(y);
	return same;
}

/* ---- several answers in one text ------------------------------------------- */

static bool
all_repeat(const GPtrArray *answers)
{
	for (guint i = 0; i < answers->len; i++) {
		const struct answer *answer = answers->pdata[i];

		if (!answer->template->repeat)
			return false;
	}
	return true;
}

static bool
has_free_text(const struct event *event)
{
	return event_get(event, EVENT_PAYER) ||
	    event_get(event, EVENT_REMITTANCE);
}

/* Many transactions in one mail: a payer's text could hold a line that looks
 * like one more, so what comes in there is a person's to confirm. */
static void
check_digest(GPtrArray *answers, GPtrArray *events)
{
	bool free_text = false;

	for (guint i = 0; i < events->len; i++)
		free_text = free_text || has_free_text(events->pdata[i]);
	for (guint i = 0; i < events->len; i++) {
		const struct answer *answer = answers->pdata[i];
		const struct answer *next = i + 1 < answers->len ?
		    answers->pdata[i + 1] : NULL;
		enum event_kind kind = event_kind(events->pdata[i]);

		if (next && next->start < answer->end)
			event_refuse(events->pdata[i], "template",
			    "two answer at one place");
		if (events->len > 1 && free_text &&
		    (kind == EVENT_CREDIT || kind == EVENT_RETURN))
			event_refuse(events->pdata[i], "amount",
			    "one of several beside free text");
	}
}

/* Which of several is shown: the first that is money, so that none is lost
 * beside something harmless. */
static guint
first_money(const GPtrArray *events)
{
	for (guint i = 0; i < events->len; i++)
		if (event_kind(events->pdata[i]) != EVENT_OTHER)
			return i;
	return 0;
}

/* Several templates: one event if they agree, else the first, refused. */
static void
keep_first(GPtrArray *answers, GPtrArray *events)
{
	guint kept = first_money(events);

	for (guint i = 0; i < events->len; i++) {
		const struct answer *first = answers->pdata[kept];
		const struct answer *other = answers->pdata[i];
		g_autofree char *why = g_strdup_printf("%s and %s answer",
		    first->template->name, other->template->name);

		if (!same_facts(events->pdata[kept], events->pdata[i]))
			event_refuse(events->pdata[kept], "template", why);
	}
	if (kept > 0)
		g_ptr_array_remove_range(events, 0, kept);
	if (events->len > 1)
		g_ptr_array_set_size(events, 1);
}

/* ---- one part -------------------------------------------------------------- */

/* What the mail says in one of its texts; *why is the nearest miss. */
static GPtrArray *
read_part(const struct bank *bank, const struct bank_mail *mail,
    const char *text, char **why)
{
	GPtrArray *events = g_ptr_array_new_with_free_func(free_event);
	g_autoptr(GPtrArray) answers =
	    g_ptr_array_new_with_free_func(free_answer);
	g_autoptr(GPtrArray) rows = NULL;
	struct page *page = page_new(text);
	bool whole = bankfile_complete((struct bank *)(uintptr_t)bank);
	unsigned best = 0;

	if (!whole && !*why)
		*why = g_strdup(bank->broken);
	for (guint i = 0; whole && i < bank->templates->len; i++) {
		struct template *t = bank->templates->pdata[i];
		g_autofree char *missed = NULL;
		unsigned found = template_read(bank, t, page, mail->subject,
		    answers, &missed);

		if (missed && (!*why || found > best || t->broken)) {
			g_free(*why);
			*why = g_strdup_printf("%s: %s", t->name, missed);
			best = t->broken ? G_MAXUINT : found;
		}
	}
	g_ptr_array_sort(answers, compare_places);
	rows = payout_take_rows(answers);
	for (guint i = 0; i < answers->len; i++)
		g_ptr_array_add(events, facts_event(bank, answers->pdata[i],
		    page, mail));
	if (all_repeat(answers))
		check_digest(answers, events);
	else
		keep_first(answers, events);
	payout_add_rows(bank, rows, page, mail, events);
	if (strlen(text) > PAGE_MAX)
		refuse_all(events, "text", "too long to read to its end");
	page_free(page);
	return events;
}

static bool
is_blank(const char *text)
{
	return !text || text[strspn(text, " \t\r\n")] == '\0';
}

static bool
same_events(const GPtrArray *a, const GPtrArray *b)
{
	if (a->len != b->len)
		return false;
	for (guint i = 0; i < a->len; i++)
		if (!same_facts(a->pdata[i], b->pdata[i]))
			return false;
	return true;
}

/* Both parts have to say the same; the text part's events are kept. */
static GPtrArray *
join_parts(GPtrArray *text, GPtrArray *html)
{
	GPtrArray *kept = text->len > 0 ? text : html;

	if (!same_events(text, html))
		refuse_all(kept, "text",
		    "differs from what the HTML part says");
	g_ptr_array_free(kept == text ? html : text, TRUE);
	return kept;
}

static void
add_drift(const struct bank *bank, const char *why, GPtrArray *events)
{
	struct event *event = event_new(EVENT_DRIFT);
	g_autofree char *sentence = g_strdup_printf(
	    "no template of %s answers (nearest: %s)", bank->name,
	    why ? why : "none");

	event_set(event, EVENT_BANK, bank->name);
	event_set(event, EVENT_WHY, sentence);
	g_ptr_array_add(events, event);
}

void
bank_read(const struct bank *bank, const struct bank_mail *mail,
    GPtrArray *events)
{
	bool with_html = !is_blank(mail->html_text);
	bool with_text = !is_blank(mail->text) &&
	    !(bank->html_only && with_html);
	const struct bank *other = bank_named_instead(bank, mail);
	g_autofree char *why = NULL;
	GPtrArray *found = NULL;

	if (other) {
		why = g_strdup_printf("the mail names %s", other->name);
		with_text = with_html = false;
	}
	if (with_text)
		found = read_part(bank, mail, mail->text, &why);
	if (with_html) {
		GPtrArray *html = read_part(bank, mail, mail->html_text, &why);

		found = found ? join_parts(found, html) : html;
	}
	if (!found || found->len == 0)
		add_drift(bank, why, events);
	for (guint i = 0; found && i < found->len; i++)
		g_ptr_array_add(events, g_steal_pointer(&found->pdata[i]));
	if (found)
		g_ptr_array_free(found, TRUE);
}
