/*
 * statement.c - continuity of a statement, then its entries: DESIGN, Words,
 * class S. A statement that is not whole settles nothing.
 */
#include <string.h>

#include "match.h"
#include "phrases.h"
#include "remind.h"
#include "statement.h"

/* "FIELD: why" lines of the event, joined; NULL when nothing was refused. */
static char *
refused_text(const struct event *event)
{
	const char *const *refused = event_refused(event);

	return refused[0] ? g_strjoinv("; ", (char **)refused) : NULL;
}

static bool
same_day_or_later(const char *day, const char *than)
{
	return !than || !day || strcmp(day, than) >= 0;
}

/* NULL when the statement follows on what is known of its account. */
static char *
continuity_break(const struct event *event, const struct account *account,
    const struct feed *feed)
{
	const char *opening = event_get(event, EVENT_OPENING);
	const char *currency = event_get(event, EVENT_CURRENCY);
	int64_t amount;

	if (!account)
		return g_strdup_printf("account %s is not one of ours",
		    event_get(event, EVENT_ACCOUNT));
	if (g_strcmp0(event_get(event, EVENT_COVERAGE), "report") == 0)
		return g_strdup("it is an interim report, no statement of "
		    "what is booked");
	if (!opening || !event_get(event, EVENT_CLOSING) ||
	    !money_parse(opening, currency, &amount))
		return g_strdup("it has no opening and closing balance");
	if (account->currency && g_strcmp0(account->currency, currency) != 0)
		return g_strdup_printf("it is in %s, the account in %s",
		    currency, account->currency);
	if (!feed || !feed->closed)
		return NULL;
	if (!same_day_or_later(event_get(event, EVENT_CLOSED), feed->closed))
		return NULL;	/* an older one, once more: entries decide */
	if (!g_strcmp0(event_get(event, EVENT_CLOSED), feed->closed))
		return NULL;
	if (amount != feed->closing) {
		g_autofree char *known = money_text(feed->closing, currency);
		return g_strdup_printf("it opens with %s %s, but the last one "
		    "closed with %s on %s: a statement is missing",
		    opening, currency, known, feed->closed);
	}
	return NULL;
}

static enum store_status
ask_owner(struct context *context, const char *source, const char *why)
{
	struct question question = {
		.code = g_strdup("statement-break"), .at = context->now };
	enum store_status status;

	question.text = g_strdup_printf("A statement (%.60s) was not taken: %s. "
	    "Nothing of it settles an invoice. Import the missing or corrected "
	    "statement with 'mailfilter import'.", source, why);
	status = store_question_add(context->store, &question);
	g_free(question.code);
	g_free(question.text);
	return status == STORE_KNOWN ? STORE_OK : status;
}

/* A whole statement moves the feed on, never back, and only to the end of its
 * own day: one of last month proves nothing about today. */
static enum store_status
move_feed(struct context *context, const struct event *event,
    const struct account *account, const struct feed *feed)
{
	const char *closed = event_get(event, EVENT_CLOSED);
	const char *currency = event_get(event, EVENT_CURRENCY);
	int64_t closing, spoke;

	if (!closed)
		return STORE_OK;
	spoke = MIN(context->now, calendar_moment(day_number(closed) + 1, 0,
	    context->config->timezone));
	if ((feed && !same_day_or_later(closed, feed->closed)) ||
	    !money_parse(event_get(event, EVENT_CLOSING), currency, &closing))
		return store_feed_heard(context->store, account->iban, spoke);
	return store_feed_statement(context->store, account->iban, closed,
	    currency, closing, spoke);
}

static enum store_status
take_entries(struct context *context, GPtrArray *events, guint index,
    const struct account *account, enum trust trust, const char *source,
    GPtrArray *done)
{
	const char *id = event_get(g_ptr_array_index(events, index),
	    EVENT_STATEMENT_ID);
	enum store_status status = STORE_OK;

	for (guint i = index + 1; i < events->len && status == STORE_OK; i++) {
		struct event *entry = g_ptr_array_index(events, i);
		g_autofree char *where = NULL;
		if (event_kind(entry) == EVENT_STATEMENT ||
		    g_strcmp0(event_get(entry, EVENT_STATEMENT_ID), id) != 0)
			break;
		event_set(entry, EVENT_ACCOUNT, account->iban);
		where = g_strdup_printf("%s#%u", source, i);
		/* An entry whose parts contradict is for a person. */
		status = reconcile_event(context, entry,
		    event_refused(entry)[0] ? TRUST_U : trust,
		    CHANNEL_STATEMENT, where, done);
		if (status == STORE_KNOWN)
			status = STORE_OK;
	}
	return status;
}

/* The first reason against it, or NULL. */
static char *
what_is_wrong(const struct event *event, const struct account *account,
    const struct feed *feed, enum trust trust)
{
	char *why = refused_text(event);

	if (!why)
		why = continuity_break(event, account, feed);
	if (!why && trust < TRUST_S)
		why = g_strdup("its sender is not authenticated");
	return why;
}

char *
statement_break(struct context *context, const struct event *event,
    enum trust trust)
{
	const struct account *account = config_account(context->config,
	    event_get(event, EVENT_ACCOUNT));
	struct feed *feed = NULL;
	char *why;

	if (account)
		store_feed_get(context->store, account->iban, &feed);
	why = what_is_wrong(event, account, feed, trust);
	feed_free(feed);
	return why;
}

enum store_status
statement_take(struct context *context, GPtrArray *events, guint index,
    enum trust trust, const char *source, GPtrArray *done)
{
	struct event *event = g_ptr_array_index(events, index);
	const struct account *account = config_account(context->config,
	    event_get(event, EVENT_ACCOUNT));
	struct feed *feed = NULL;
	g_autofree char *why = NULL;
	enum store_status status = STORE_NONE;

	if (account)
		status = store_feed_get(context->store, account->iban, &feed);
	if (status != STORE_OK && status != STORE_NONE)
		return status;
	why = what_is_wrong(event, account, feed, trust);
	if (why) {
		status = ask_owner(context, source, why);
	} else {
		status = take_entries(context, events, index, account, trust,
		    source, done);
		if (status == STORE_OK)
			status = move_feed(context, event, account, feed);
	}
	feed_free(feed);
	return status;
}
