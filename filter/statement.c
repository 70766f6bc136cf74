/*
 * statement.c - continuity of a statement, then its entries: DESIGN, Words,
 * class S. A statement that is not whole settles nothing. Reports of the day
 * (camt.052, camt.054, MT942) have no continuity and are announcements, class
 * A: the statement that follows confirms them, as a document of the same
 * channel that tells of the same transactions.
 */
#include <string.h>

#include "match.h"
#include "phrases.h"
#include "remind.h"
#include "statement.h"

struct statement {
	struct context *context;
	enum statement_origin origin;
	const char *source;
	GPtrArray *done;
	unsigned statements, entries;
	/* of the frame that is being read */
	struct event *frame;	/* NULL: not taken */
	char *why;
	const struct account *account;
	struct feed *feed;	/* as it was before, or NULL */
	enum trust trust;	/* of its entries */
	char last[DAY_SIZE];	/* latest booking day */
	/* of the file */
	bool any_gap;		/* the owner says that nothing is missing */
	char *gap_account, *gap_day, *gap;	/* the last break, or NULL */
};

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

static bool
covers(const struct event *frame, const char *coverage)
{
	const char *known = event_get(frame, EVENT_COVERAGE);

	return strcmp(known ? known : "statement", coverage) == 0;
}

/* Does it begin before the last one ended? Then nothing can be missing in
 * between, and what both tell is one transaction. */
static bool
overlaps(const struct event *event, const struct feed *feed)
{
	const char *opened = event_get(event, EVENT_OPENED);

	return opened && strcmp(opened, feed->closed) < 0;
}

static int64_t
sequence_of(const struct event *event)
{
	const char *digits = event_get(event, EVENT_SEQUENCE);

	return digits ? (int64_t)g_ascii_strtoull(digits, NULL, 10) %
	    INT32_MAX : 0;
}

/* The balances agree, yet the bank's own count has left numbers out: what is
 * missing adds up to nothing, as a payment and its return do. */
static char *
number_break(const struct event *event, const struct feed *feed)
{
	int64_t number = sequence_of(event);

	if (!feed->sequence || number <= feed->sequence + 1)
		return NULL;	/* the next one, or the count of a new year */
	return g_strdup_printf("its number is %" G_GINT64_FORMAT ", but the "
	    "last one, up to %s, was number %" G_GINT64_FORMAT ": a statement "
	    "is missing", number, feed->closed, feed->sequence);
}

/* NULL when the statement follows on what is known of its account. */
static char *
continuity_break(const struct event *event, const struct feed *feed)
{
	const char *opening = event_get(event, EVENT_OPENING);
	const char *currency = event_get(event, EVENT_CURRENCY);
	g_autofree char *known = NULL;
	int64_t amount;

	if (!opening || !event_get(event, EVENT_CLOSING) ||
	    !money_parse(opening, currency, &amount))
		return g_strdup("it has no opening and closing balance");
	if (!feed || !feed->closed)
		return NULL;
	if (!same_day_or_later(event_get(event, EVENT_CLOSED), feed->closed) ||
	    !g_strcmp0(event_get(event, EVENT_CLOSED), feed->closed) ||
	    overlaps(event, feed))
		return NULL;	/* known already, in part: entries decide */
	if (amount == feed->closing)
		return number_break(event, feed);
	known = money_text(feed->closing, currency);
	return g_strdup_printf("it opens with %s %s, but the last one "
	    "closed with %s on %s: a statement is missing; import that "
	    "one first",
	    opening, currency, known, feed->closed);
}

static enum store_status
ask_owner(struct context *context, const struct event *frame,
    const char *why)
{
	const char *id = event_get(frame, EVENT_STATEMENT_ID);
	const char *from = event_get(frame, EVENT_FROM);
	struct question question = {
		.code = g_strdup("statement-break"), .at = context->now };
	enum store_status status;

	question.text = g_strdup_printf("A statement (%.60s, attached to a "
	    "mail from %.80s) was not taken: %s. Nothing of it settles an "
	    "invoice. 'mailfilter import' takes a statement from a file.", id ? id : "without a number",
	    from ? from : "nobody", why);
	status = store_question_add(context->store, &question);
	g_free(question.code);
	g_free(question.text);
	return status == STORE_KNOWN ? STORE_OK : status;
}

/* A whole statement moves the feed on, never back, and only to the end of its
 * own day: one of last month proves nothing about today. What has no balances
 * proves no more than that the bank speaks. */
static enum store_status
move_feed(struct statement *s)
{
	struct context *context = s->context;
	const struct event *frame = s->frame;
	const char *closed = event_get(frame, EVENT_CLOSED);
	const char *currency = event_get(frame, EVENT_CURRENCY);
	bool whole = covers(frame, "statement");
	int64_t closing, spoke;

	if (!whole && !closed)
		closed = *s->last ? s->last : NULL;
	if (!closed)
		return STORE_OK;
	spoke = MIN(context->now, calendar_moment(day_number(closed) + 1, 0,
	    context->config->timezone));
	if (!whole || (s->feed && !same_day_or_later(closed,
	    s->feed->closed)) || !money_parse(event_get(frame,
	    EVENT_CLOSING), currency, &closing))
		return store_feed_heard(context->store, s->account->iban,
		    spoke);
	return store_feed_statement(context->store, s->account->iban, closed,
	    currency, closing, sequence_of(frame), spoke);
}

static void
forget_gap(struct statement *s)
{
	g_clear_pointer(&s->gap_account, g_free);
	g_clear_pointer(&s->gap_day, g_free);
	g_clear_pointer(&s->gap, g_free);
}

/* A break of the continuity, kept apart from all else that may be wrong: the
 * account shows it until the missing statement has come. */
static char *
what_is_missing(struct statement *s, const struct event *frame)
{
	char *why = covers(frame, "statement") && !s->any_gap ?
	    continuity_break(frame, s->feed) : NULL;
	const char *id = event_get(frame, EVENT_STATEMENT_ID);

	if (!why || !event_get(frame, EVENT_CLOSED))
		return why;
	forget_gap(s);
	s->gap_account = g_strdup(s->account->iban);
	s->gap_day = g_strdup(event_get(frame, EVENT_CLOSED));
	s->gap = g_strdup_printf("%.60s was not taken: %s", id ? id :
	    "the one after it", why);
	return why;
}

enum store_status
statement_show_gap(struct statement *s)
{
	return s->gap ? store_feed_missing(s->context->store, s->gap_account,
	    s->gap_day, s->gap) : STORE_OK;
}

/* Only the account's own bank knows what is on it: mail of a second bank of
 * ours, genuine as it is, may carry what anybody wrote. */
static char *
wrong_bank(const struct account *account, const char *bank)
{
	if (account->bank && g_strcmp0(account->bank, bank) == 0)
		return NULL;
	return g_strdup_printf("the mail is from %s, but account %s is at %s",
	    bank ? bank : "no bank", account->name,
	    account->bank ? account->bank : "a bank that the configuration "
	    "does not name");
}

/* The first reason against it, or NULL. */
static char *
what_is_wrong(struct statement *s, const struct event *frame)
{
	const char *number = event_get(frame, EVENT_ACCOUNT);
	const char *currency = event_get(frame, EVENT_CURRENCY);
	char *why = refused_text(frame);

	if (why)
		return why;
	if (!s->account)
		return g_strdup_printf("account %s is not one of ours; a "
		    "section account of the configuration names it, as "
		    "iban or among its aliases",
		    number ? number : "without a number");
	if (s->account->currency && currency &&
	    strcmp(s->account->currency, currency) != 0)
		return g_strdup_printf("it is in %s, the account in %s",
		    currency, s->account->currency);
	if (s->origin == ORIGIN_UNKNOWN)
		return g_strdup("its sender is not authenticated");
	if (s->origin == ORIGIN_BANK)
		why = wrong_bank(s->account, event_get(frame, EVENT_BANK));
	return why ? why : what_is_missing(s, frame);
}

/* What an entry is worth: a list of the owner's is the owner's statement, one
 * that comes by mail has no continuity that could be checked. */
static enum trust
worth(const struct statement *s, const struct event *frame)
{
	if (covers(frame, "statement"))
		return TRUST_S;
	return covers(frame, "list") && s->origin == ORIGIN_OWNER ? TRUST_S
								  : TRUST_A;
}

static void
forget_frame(struct statement *s)
{
	g_clear_pointer(&s->frame, event_free);
	g_clear_pointer(&s->feed, feed_free);
	g_clear_pointer(&s->why, g_free);
	s->account = NULL;
	s->last[0] = '\0';
}

enum store_status
statement_end(struct statement *statement)
{
	enum store_status status = STORE_OK;

	if (statement->frame)
		status = move_feed(statement);
	forget_frame(statement);
	return status;
}

static struct event *
event_copy(const struct event *event)
{
	json_t *json = event_to_json(event);
	struct event *copy = event_from_json(json);

	json_decref(json);
	return copy;
}

static enum store_status
take_frame(struct statement *s, const struct event *frame)
{
	enum store_status status = statement_end(s);

	if (status != STORE_OK)
		return status;
	s->statements++;
	s->account = config_account(s->context->config,
	    event_get(frame, EVENT_ACCOUNT));
	if (s->account)
		status = store_feed_get(s->context->store, s->account->iban,
		    &s->feed);
	if (status != STORE_OK && status != STORE_NONE)
		return status;
	s->why = what_is_wrong(s, frame);
	if (!s->why) {
		s->frame = event_copy(frame);
		s->trust = worth(s, frame);
		return STORE_OK;
	}
	if (s->origin == ORIGIN_OWNER)
		return STORE_OK;	/* whoever imports it says so */
	status = ask_owner(s->context, frame, s->why);
	return status == STORE_OK ? statement_show_gap(s) : status;
}

static enum store_status
take_entry(struct statement *s, struct event *entry)
{
	g_autofree char *where = NULL;
	const char *booked = event_get(entry, EVENT_BOOKED), *format;
	enum store_status status;

	if (!s->frame)
		return STORE_OK;
	if (booked && strcmp(booked, s->last) > 0)
		g_strlcpy(s->last, booked, sizeof s->last);
	event_set(entry, EVENT_ACCOUNT, s->account->iban);
	format = event_get(s->frame, EVENT_TEMPLATE);
	where = g_strdup_printf("%s%s%s/%u#%u", format ? format : "",
	    format ? "!" : "", s->source, s->statements, s->entries);
	/* An entry whose parts contradict is for a person. */
	status = reconcile_event(s->context, entry,
	    event_refused(entry)[0] ? TRUST_U : s->trust, CHANNEL_STATEMENT,
	    where, s->done);
	return status == STORE_KNOWN ? STORE_OK : status;
}

struct statement *
statement_new(struct context *context, enum statement_origin origin,
    const char *source, GPtrArray *done)
{
	struct statement *statement = g_new0(struct statement, 1);

	statement->context = context;
	statement->origin = origin;
	statement->source = source;
	statement->done = done;
	return statement;
}

bool
statement_has_gap(const struct statement *statement)
{
	return statement->gap;
}

void
statement_any_gap(struct statement *statement)
{
	statement->any_gap = true;
}

enum store_status
statement_take(struct statement *statement, struct event *event)
{
	if (event_kind(event) == EVENT_STATEMENT)
		return take_frame(statement, event);
	statement->entries++;
	return take_entry(statement, event);
}

const char *
statement_why(const struct statement *statement)
{
	return statement->why;
}

void
statement_free(struct statement *statement)
{
	if (!statement)
		return;
	forget_frame(statement);
	forget_gap(statement);
	g_free(statement);
}
