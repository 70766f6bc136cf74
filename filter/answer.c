/*
 * answer.c - what customers and their servers answer: whose it is, and the
 * hold that it asks for. Every hold expires, and the owner is told.
 */
#include <string.h>

#include "intake.h"
#include "match.h"
#include "remind.h"

#define QUOTED 300		/* characters of a reply that the owner sees */
#define STRANGER_DAYS 2		/* what anybody's word is worth */

/* What a reply's intent holds, and for how many days at most. */
static const struct intent {
	const char *name;
	enum hold_kind hold;
	int days;
	const char *sentence;
} intents[] = {
	{ "paid-claim", HOLD_PAID_CLAIM, 7, "says that it is paid" },
	{ "promise", HOLD_PROMISE, 10, "promises to pay" },
	{ "dispute", HOLD_DISPUTE, 30, "does not agree with the invoice" },
	{ "instalments", HOLD_INSTALMENTS, 10, "asks for instalments" },
	{ "stop", HOLD_PAUSE, 14, "wants no more mail" },
	{ "other", HOLD_PAUSE, 3, "wrote" },
};

struct about {			/* whose answer it is */
	struct letter *letter;	/* or NULL */
	struct customer *customer;
	GArray *items;		/* struct letter_item */
	enum trust trust;	/* A: answers a Message-ID that we sent them */
	bool stranger;		/* writes from an address that is not theirs */
};

static void
about_release(struct about *about)
{
	letter_free(about->letter);
	customer_free(about->customer);
	if (about->items)
		g_array_unref(about->items);
}

static enum store_status
add_item(struct store *store, struct about *about, int64_t invoice)
{
	struct letter_item item = { .invoice = invoice };
	int64_t sent;
	enum store_status status = store_reminder_last(store, invoice,
	    &item.step, &sent);

	if (status == STORE_OK || status == STORE_NONE)
		g_array_append_val(about->items, item);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
add_open_items(struct store *store, struct about *about)
{
	g_autoptr(GPtrArray) open = NULL;
	enum store_status status = store_invoice_find_open(store,
	    about->customer->id, 50, &open);

	for (guint i = 0; status == STORE_OK && i < open->len; i++) {
		const struct invoice *invoice = open->pdata[i];

		status = add_item(store, about, invoice->id);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
about_letter(struct store *store, const char *message_id, struct about *about)
{
	enum store_status status;

	if (!message_id)
		return STORE_NONE;
	status = store_letter_find_message(store, message_id, &about->letter);
	if (status != STORE_OK)
		return status;
	about->trust = TRUST_A;
	for (guint i = 0; i < about->letter->items->len; i++)
		g_array_append_val(about->items, *(struct letter_item *)
		    g_ptr_array_index(about->letter->items, i));
	return store_customer_get(store, about->letter->customer,
	    &about->customer);
}

/* An invoice number in the subject, as whole token. */
static enum store_status
about_subject(struct store *store, const char *subject, struct about *about)
{
	const struct payment text = { .remittance = (char *)subject };
	g_autoptr(GPtrArray) mentions =
	    reference_mentions(&text, NULL, NULL);
	enum store_status status = STORE_NONE;

	for (guint i = 0; i < mentions->len && status == STORE_NONE; i++) {
		const struct mention *m = mentions->pdata[i];
		g_autoptr(GPtrArray) found = NULL;
		const struct invoice *invoice;

		status = store_invoice_find_key(store, m->key, 2, &found);
		if (status != STORE_OK || found->len != 1) {
			status = status == STORE_OK ? STORE_NONE : status;
			continue;
		}
		invoice = found->pdata[0];
		status = add_item(store, about, invoice->id);
		if (status == STORE_OK)
			status = store_customer_get(store, invoice->customer,
			    &about->customer);
	}
	return status;
}

/* Who only names a number of an invoice may be anybody. */
static bool
is_stranger(const struct customer *customer, const char *from)
{
	const char *const known[] = { customer->email, customer->copy };

	for (size_t i = 0; from && i < G_N_ELEMENTS(known); i++) {
		g_auto(GStrv) parts = g_strsplit(known[i] ? known[i] : "",
		    ",", -1);
		for (char **part = parts; *part; part++)
			if (!g_ascii_strcasecmp(g_strstrip(*part), from))
				return false;
	}
	return true;
}

static enum store_status
find_whose(struct store *store, const struct event *event, struct about *about)
{
	const char *from = event_get(event, EVENT_FROM);
	const char *subject = event_get(event, EVENT_SUBJECT);
	enum store_status status;

	memset(about, 0, sizeof *about);
	about->trust = TRUST_U;
	about->items = g_array_new(FALSE, TRUE, sizeof(struct letter_item));
	status = about_letter(store, event_get(event, EVENT_IN_REPLY_TO), about);
	if (status == STORE_NONE && subject)
		status = about_subject(store, subject, about);
	if (status == STORE_NONE && from) {
		status = store_customer_find(store, from, &about->customer);
		if (status == STORE_OK)
			status = add_open_items(store, about);
	}
	about->stranger = about->customer && !about->letter &&
	    is_stranger(about->customer, from);
	return status;
}

static void
add_hold(struct plan *plan, const struct about *about,
    const struct letter_item *item, enum hold_kind kind, int64_t now,
    int64_t until, const char *why)
{
	struct action *action = plan_add(plan, ACTION_HOLD,
	    hold_kind_name(kind), "Hold: %s %s.", about->customer->name, why);
	struct hold *hold = g_new0(struct hold, 1);

	hold->kind = kind;
	hold->customer = action->customer = about->customer->id;
	hold->invoice = action->invoice = item->invoice;
	hold->step = item->step;
	hold->trust = about->trust;
	hold->since = now;
	hold->until = until;
	hold->why = g_strdup(why);
	hold->origin = g_strdup("reply");
	action->of.hold = hold;
}

static void
add_question(struct plan *plan, const struct about *about, const char *code,
    int64_t now, char *text)
{
	struct question question = {
		.code = (char *)code, .text = text, .at = now,
		.customer = about->customer->id,
		.letter = about->letter ? about->letter->id : 0,
	};

	if (about->items->len == 1)
		question.invoice =
		    g_array_index(about->items, struct letter_item, 0).invoice;
	plan_ask(plan, &question);
	g_free(text);
}

static const struct intent *
intent_of(const struct event *event)
{
	const char *name = event_get(event, EVENT_INTENT);
	size_t last = G_N_ELEMENTS(intents) - 1;

	for (size_t i = 0; i < last; i++)
		if (!g_strcmp0(name, intents[i].name))
			return &intents[i];
	return &intents[last];
}

/* When a hold ends: the day the writer named, kept inside the bound. */
static int64_t
until_of(const struct event *event, int64_t now, int days)
{
	const char *day = event_get(event, EVENT_UNTIL);
	int64_t bound = now + (int64_t)days * 3 * DAY_SECONDS;
	int64_t until = now + (int64_t)days * DAY_SECONDS;

	if (day && day_number(day) != G_MININT32) {
		until = ((int64_t)day_number(day) + 2) * DAY_SECONDS;
		if (until < now)
			until = now + DAY_SECONDS;
	}
	return MIN(until, bound);
}

static void
plan_reply(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan)
{
	const struct intent *intent = intent_of(event);
	const char *text = event_get(event, EVENT_TEXT);
	g_autofree char *start = text ? g_utf8_substring(text, 0,
	    MIN(QUOTED, g_utf8_strlen(text, -1))) : g_strdup("");
	g_autofree char *code = g_strdup_printf("reply:%s", intent->name);
	int64_t until = until_of(event, context->now, intent->days);

	if (about->stranger)
		until = MIN(until, context->now +
		    (int64_t)STRANGER_DAYS * DAY_SECONDS);
	for (guint i = 0; i < about->items->len; i++)
		add_hold(plan, about,
		    &g_array_index(about->items, struct letter_item, i),
		    intent->hold, context->now, until, intent->sentence);
	add_question(plan, about, code, context->now,
	    g_strdup_printf("%s %s: \"%s\" Please answer; reminders wait "
	    "meanwhile.", about->customer->name, intent->sentence,
	    start));
}

static void
plan_auto_reply(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan)
{
	int64_t until = until_of(event, context->now, 3);

	if (!about->letter)
		return;
	for (guint i = 0; i < about->items->len; i++)
		add_hold(plan, about,
		    &g_array_index(about->items, struct letter_item, i),
		    HOLD_OUT_OF_OFFICE, context->now, until,
		    "is out of the office");
}

/* RFC 3463: 5.x.x is for good, 4.x.x is not. Only a report about a letter of
 * ours, by its Message-ID, to the address it went to, counts: anybody can
 * write one. The owner is asked once for a customer, however many letters
 * come back. */
static void
plan_bounce(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan)
{
	const char *status = event_get(event, EVENT_STATUS);
	const char *recipient = event_get(event, EVENT_RECIPIENT);
	struct action *mark;

	if (!about->letter || !status || status[0] != '5' || !recipient ||
	    !about->letter->to ||
	    g_ascii_strcasecmp(recipient, about->letter->to) != 0)
		return;
	mark = plan_add(plan, ACTION_MARK_UNDELIVERED, "bounce",
	    "Mail to %s came back (%s).", about->customer->name, status);
	mark->customer = about->customer->id;
	mark->letter = about->letter->id;
	if (about->customer->undelivered)
		return;
	add_question(plan, about, "undelivered", context->now,
	    g_strdup_printf("Mail to %s <%s> came back for good (%s). Please "
	    "find the right address: 'mailfilter customer edit %s --email "
	    "ADDRESS'.", about->customer->name, about->letter->to, status,
	    about->customer->key));
}

enum store_status
answer_plan(struct context *context, const struct event *event,
    struct plan *plan)
{
	struct about about;
	enum store_status status;

	if (event_kind(event) == EVENT_BOUNCE) {
		memset(&about, 0, sizeof about);
		about.items = g_array_new(FALSE, TRUE,
		    sizeof(struct letter_item));
		status = about_letter(context->store,
		    event_get(event, EVENT_ORIGINAL_MESSAGE_ID), &about);
	} else {
		status = find_whose(context->store, event, &about);
	}
	if (status == STORE_OK && about.customer) {
		if (event_kind(event) == EVENT_BOUNCE)
			plan_bounce(context, event, &about, plan);
		else if (event_kind(event) == EVENT_AUTO_REPLY)
			plan_auto_reply(context, event, &about, plan);
		else
			plan_reply(context, event, &about, plan);
	}
	about_release(&about);
	return status == STORE_NONE ? STORE_OK : status;
}
