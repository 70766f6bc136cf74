/*
 * answer_intent.c - from what a person's answer means to what is done: a row
 * an intent. What is not plain is asked; every hold ends.
 */
#include <string.h>

#include "answer.h"
#include "instalments.h"
#include "phrases.h"

#define QUOTED 300		/* characters of an answer that the owner sees */
#define PROMISE_DAYS 30		/* what is promised for later is asked about */
#define PROMISES 2		/* of one invoice that are simply believed */

struct reply {			/* one answer on the desk */
	struct context *context;
	const struct event *event;
	const struct about *about;
	struct plan *plan;
	const struct intent *intent;
	char *quoted;
	int32_t today;		/* the owner's */
};

/* intents: hold is the kind, days how long without a day of its own. */
struct intent {
	const char *name;
	enum hold_kind hold;
	int days;
	const char *sentence;
	enum store_status (*plan)(struct reply *reply);
};

/* ---- parts --------------------------------------------------------------------- */

static enum store_status
ask(struct reply *reply, const char *why)
{
	g_autofree char *code = g_strdup_printf("reply:%s",
	    reply->intent->name);

	return answer_ask(reply->context, reply->about, code,
	    g_strdup_printf("%s %s: \"%s\" %s%sPlease answer; reminders wait "
	    "meanwhile.", reply->about->customer->name,
	    reply->intent->sentence, reply->quoted, why ? why : "",
	    why ? " " : ""), reply->plan);
}

/* Only the journal, where it is plain what is to be done. */
static void
note(struct reply *reply)
{
	g_autofree char *code = g_strdup_printf("reply:%s",
	    reply->intent->name);
	g_autofree char *text = g_strdup_printf("%s %s: \"%s\"",
	    reply->about->customer->name, reply->intent->sentence,
	    reply->quoted);

	answer_note(reply->about, code, text, reply->plan);
}

static enum store_status
hold_until(struct reply *reply, int64_t until, const char *day)
{
	const char *amount = event_get(reply->event, EVENT_AMOUNT);
	struct said said = {.kind = reply->intent->hold, .origin = "reply",
	    .why = reply->intent->sentence, .day = day, .until = until};
	enum store_status status;

	if (!amount || !event_money(reply->event, &said.amount))
		said.amount = 0;
	status = answer_hold(reply->context, reply->about, &said,
	    reply->plan);
	return status == STORE_OK ? answer_recall(reply->context,
	    reply->about, reply->plan) : status;
}

static enum store_status
hold_days(struct reply *reply, int days)
{
	return hold_until(reply, reply->context->now +
	    (int64_t)days * DAY_SECONDS, NULL);
}

static enum store_status
hold_and_ask(struct reply *reply, int days, const char *why)
{
	enum store_status status = hold_days(reply, days);

	return status == STORE_OK ? ask(reply, why) : status;
}

static bool
is_trusted(const struct reply *reply)
{
	return reply->about->standing >= STANDING_THREAD;
}

static int32_t
day_of(const struct reply *reply, enum event_field field)
{
	const char *day = event_get(reply->event, field);

	return day ? day_number(day) : G_MININT32;
}

/* ---- intents ----------------------------------------------------------------------- */

/* How many holds of a kind were made for the first invoice, each by another
 * mail; asked: one of an inquiry of ours is among them. */
static enum store_status
count_holds(struct reply *reply, enum hold_kind kind, int *count, bool *asked)
{
	g_autoptr(GPtrArray) holds = NULL;
	int64_t last = -1;
	enum store_status status;

	*count = 0;
	*asked = false;
	if (reply->about->items->len == 0)
		return STORE_OK;
	status = store_hold_list(reply->context->store,
	    reply->about->customer->id, g_array_index(reply->about->items,
	    struct letter_item, 0).invoice, 0, &holds);
	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *one = holds->pdata[i];

		if (one->kind != kind || one->trust != TRUST_A)
			continue;
		*asked = *asked || g_strcmp0(one->origin, "inquiry") == 0;
		if (g_strcmp0(one->origin, "reply") == 0 &&
		    one->since != last) {
			last = one->since;
			++*count;
		}
	}
	return status;
}

static enum store_status plan_promise(struct reply *reply);

/* The money has its time to show, from the day that was named. The first time
 * nobody is asked: followup.c looks after the end. */
static enum store_status
plan_paid_claim(struct reply *reply)
{
	int32_t paid = day_of(reply, EVENT_PAID_ON);
	int32_t from = paid == G_MININT32 ? reply->today :
	    MIN(paid, reply->today);
	int lag = reply->context->config->bank_lag_days, count;
	int64_t until = answer_until(reply->context, from, lag);
	enum store_status status;
	bool asked;

	status = count_holds(reply, HOLD_PAID_CLAIM, &count, &asked);
	if (status != STORE_OK)
		return status;
	if (paid != G_MININT32 && paid > reply->today)
		return plan_promise(reply);
	until = MAX(until, answer_until(reply->context, reply->today, 1));
	if (asked)
		return hold_and_ask(reply, reply->intent->days,
		    "They had been asked for day, account and amount.");
	status = hold_until(reply, until, event_get(reply->event,
	    EVENT_PAID_ON));
	if (status != STORE_OK)
		return status;
	if (is_trusted(reply)) {
		note(reply);
		return STORE_OK;
	}
	return ask(reply, NULL);
}

/* Why a promise is not simply believed, or NULL. */
static const char *
bad_promise(const struct reply *reply, int32_t day, int before)
{
	if (!is_trusted(reply))
		return "It was not written from their address.";
	if (before >= PROMISES)
		return "They have promised so more than once before.";
	if (day == G_MININT32)
		return NULL;
	if (day < reply->today)
		return "The day is over already.";
	return day > reply->today + PROMISE_DAYS ?
	    "That is long from now." : NULL;
}

static enum store_status
plan_promise(struct reply *reply)
{
	int32_t day = day_of(reply, EVENT_UNTIL);
	int32_t paid = day_of(reply, EVENT_PAID_ON);
	int lag = reply->context->config->bank_lag_days, before;
	char text[DAY_SIZE];
	const char *why;
	bool asked;
	enum store_status status = count_holds(reply, HOLD_PROMISE, &before,
	    &asked);

	if (status != STORE_OK)
		return status;
	if (day == G_MININT32 && paid != G_MININT32 && paid > reply->today)
		day = paid;
	why = bad_promise(reply, day, before);
	if (day == G_MININT32 || day < reply->today)
		day = reply->today + (why ? 3 : reply->intent->days);
	day = MIN(day, reply->today + PROMISE_DAYS);
	day_text(day, text);
	status = hold_until(reply, answer_until(reply->context, day, lag),
	    text);
	if (status == STORE_OK && why)
		return ask(reply, why);
	note(reply);
	return status;
}

static enum store_status
plan_owner(struct reply *reply)
{
	return hold_and_ask(reply, reply->intent->days, NULL);
}

static enum store_status
plan_instalments(struct reply *reply)
{
	bool answered = false;
	g_autofree char *why = NULL, *sentence = NULL;
	enum store_status status = STORE_OK;

	if (reply->about->standing == STANDING_OWN)
		status = instalments_asked(reply->context,
		    reply->about->customer, reply->about->items, reply->plan,
		    &answered, &why);
	if (status != STORE_OK)
		return status;
	if (answered) {
		note(reply);
		return answer_recall(reply->context, reply->about,
		    reply->plan);
	}
	sentence = why ? g_strdup_printf("(%s.)", why) : NULL;
	return hold_and_ask(reply, reply->intent->days, sentence);
}

/* A letter answers; where none may, the owner does. */
static enum store_status
plan_letter_back(struct reply *reply,
    enum store_status (*write)(struct context *context,
    const struct event *event, const struct about *about, struct plan *plan,
    const char **why))
{
	const char *why = NULL;
	enum store_status status = hold_days(reply, reply->intent->days);

	if (status == STORE_OK)
		status = write(reply->context, reply->event, reply->about,
		    reply->plan, &why);
	if (status != STORE_OK)
		return status;
	if (why)
		return ask(reply, why);
	note(reply);
	return STORE_OK;
}

static enum store_status
plan_copy(struct reply *reply)
{
	return plan_letter_back(reply, answer_copy);
}

static enum store_status
plan_statement(struct reply *reply)
{
	return plan_letter_back(reply, answer_statement);
}

/* Perhaps they say yes to an offer of ours. */
static enum store_status
plan_other(struct reply *reply)
{
	return hold_and_ask(reply, reply->intent->days, NULL);
}

static const struct intent intents[] = {
	{"paid-claim", HOLD_PAID_CLAIM, 14, "says that it is paid",
	    plan_paid_claim},
	{"promise", HOLD_PROMISE, 7, "promises to pay", plan_promise},
	{"dispute", HOLD_DISPUTE, 30, "does not agree with the invoice",
	    plan_owner},
	{"instalments", HOLD_INSTALMENTS, 10, "asks for instalments",
	    plan_instalments},
	{"copy", HOLD_PAUSE, 5, "asks for the invoice again", plan_copy},
	{"statement", HOLD_PAUSE, 5, "asks what is open", plan_statement},
	{"stop", HOLD_STOP, 30, "wants no more mail", plan_owner},
	{"other", HOLD_PAUSE, 3, "wrote", plan_other},
};

static const struct intent *
intent_of(const char *name)
{
	size_t last = G_N_ELEMENTS(intents) - 1;

	for (size_t i = 0; i < last; i++)
		if (!g_strcmp0(name, intents[i].name))
			return &intents[i];
	return &intents[last];
}

/* ---- doubt ------------------------------------------------------------------------- */

/* "says that it is paid (perhaps), does not agree with the invoice" */
static char *
all_said(const struct event *event)
{
	const char *list = event_get(event, EVENT_INTENTS);
	g_auto(GStrv) names = g_strsplit(list ? list : "", " ", -1);
	g_autoptr(GString) out = g_string_new(NULL);

	for (char **name = names; *name; name++) {
		bool perhaps = g_str_has_suffix(*name, "?");

		if (perhaps)
			(*name)[strlen(*name) - 1] = '\0';
		if (**name)
			g_string_append_printf(out, "%s%s%s", out->len ? ", "
			    : "", intent_of(*name)->sentence,
			    perhaps ? " (perhaps)" : "");
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* What may be meant holds, for a short time; the owner is told what it may
 * be. */
static enum store_status
plan_doubt(struct reply *reply)
{
	g_autofree char *said = all_said(reply->event);
	g_autofree char *why = *said ? g_strdup_printf(
	    "It may mean: %s %s.", reply->about->customer->name, said) : NULL;

	return hold_and_ask(reply, 5, why);
}

/* Several things at once: what holds most holds, the owner reads the rest. */
static enum store_status
plan_mixed(struct reply *reply)
{
	g_autofree char *said = all_said(reply->event);
	g_autofree char *why = g_strdup_printf("It says: %s %s.",
	    reply->about->customer->name, said);
	enum store_status status = reply->intent->plan(reply);

	return status == STORE_OK ? ask(reply, why) : status;
}

/* A plain yes to an offer of instalments is no intent of its own. */
static enum store_status
accepts_offer(struct reply *reply, bool *answered)
{
	const struct about *about = reply->about;

	*answered = false;
	if (!about->letter || about->letter->kind != LETTER_OFFER ||
	    about->standing != STANDING_OWN ||
	    g_strcmp0(event_get(reply->event, EVENT_INTENT), "accept") != 0)
		return STORE_OK;
	return instalments_accepted(reply->context, about->letter,
	    reply->plan, answered);
}

enum store_status
answer_person(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan)
{
	const char *text = event_get(event, EVENT_TEXT);
	const char *certainty = event_get(event, EVENT_CERTAINTY);
	struct reply reply = {.context = context, .event = event,
	    .about = about, .plan = plan,
	    .intent = intent_of(event_get(event, EVENT_INTENT)),
	    .today = day_number(context->today)};
	enum store_status status;
	bool answered;

	reply.quoted = text ? g_utf8_substring(text, 0,
	    MIN(QUOTED, g_utf8_strlen(text, -1))) : g_strdup("");
	status = accepts_offer(&reply, &answered);
	if (status != STORE_OK || answered)
		note(&reply);
	else if (g_strcmp0(certainty, "doubt") == 0)
		status = plan_doubt(&reply);
	else if (g_strcmp0(certainty, "mixed") == 0)
		status = plan_mixed(&reply);
	else if (about->standing == STANDING_COMPANY)
		status = hold_and_ask(&reply, MIN(reply.intent->days, 7),
		    "It is another address of their domain.");
	else
		status = reply.intent->plan(&reply);
	g_free(reply.quoted);
	return status;
}
