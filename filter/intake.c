/*
 * intake.c - takes one message: known already? what does it say? what is it
 * worth? Then all its effects and its identity in one transaction.
 *
 * Mail that has no effect on the books leaves no trace in the store.
 */
#include <string.h>
#include <unistd.h>

#include "digest.h"
#include "drift.h"
#include "intake.h"
#include "lookup.h"
#include "match.h"
#include "remind.h"
#include "statement.h"

#define TRIES 3			/* of the same bytes, then quarantine */

struct intake {
	struct context *context;
	const struct mail *mail;
	struct verdict *verdict;
	GString *summary;
	GPtrArray *events;
	const char *why;
};

/* ---- worth ---------------------------------------------------------------- */

/* The one account of ours that a bank's mail can be about, or NULL. */
static const struct account *
account_of(const struct config *config, const struct event *event)
{
	const char *number = event_get(event, EVENT_ACCOUNT);
	const char *bank = event_get(event, EVENT_BANK);
	const struct account *only = NULL;

	if (number)
		return config_account(config, number);
	for (guint i = 0; bank && i < config->accounts->len; i++) {
		const struct account *a = g_ptr_array_index(config->accounts, i);
		if (g_strcmp0(a->bank, bank) != 0)
			continue;
		if (only)
			return NULL;
		only = a;
	}
	return only;
}

/* DESIGN, Words: class A is an authenticated notice of a configured bank,
 * read by its template, about an account of ours. */
static enum trust
trust_of(const struct config *config, struct event *event)
{
	const struct account *account = account_of(config, event);

	if (!account) {
		event_refuse(event, "account", "not one of ours");
		return TRUST_U;
	}
	event_set(event, EVENT_ACCOUNT, account->iban);
	if (!event_is_verified(event) ||
	    g_strcmp0(event_get(event, EVENT_READER), "template") != 0 ||
	    g_strcmp0(event_get(event, EVENT_BANK), account->bank) != 0)
		return TRUST_U;
	return TRUST_A;
}

/* ---- one event -------------------------------------------------------------- */

static void
summarise_plan(struct intake *in, const struct plan *plan)
{
	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = g_ptr_array_index(plan->actions, i);
		g_string_append_printf(in->summary, "; %s", a->code);
	}
}

/* What a customer writes is no bank's word, however much it looks like it. */
static enum store_status
is_customers(struct intake *in, const struct event *event, bool *theirs)
{
	const char *from = event_get(event, EVENT_FROM);
	struct customer *customer = NULL;
	enum store_status status = STORE_NONE;

	if (from && g_strcmp0(event_get(event, EVENT_READER), "generic") == 0)
		status = store_customer_find(in->context->store, from,
		    &customer);
	*theirs = status == STORE_OK;
	customer_free(customer);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
take_money(struct intake *in, struct event *event)
{
	enum trust trust = trust_of(in->context->config, event);
	guint before = in->verdict->plans->len, number = 0;
	g_autofree char *source = NULL;
	enum store_status status;
	bool theirs;

	status = is_customers(in, event, &theirs);
	if (status != STORE_OK || theirs) {
		g_string_append(in->summary, theirs ?
		    "; a customer's own word" : "");
		return status;
	}
	g_ptr_array_find(in->events, event, &number);
	source = g_strdup_printf("%s#%u", in->mail->hash, number);
	status = reconcile_event(in->context, event, trust, CHANNEL_NOTICE,
	    source, in->verdict->plans);
	if (status != STORE_OK && status != STORE_KNOWN)
		return status;
	g_string_append_printf(in->summary, "; trust=%s", trust_name(trust));
	for (guint i = before; i < in->verdict->plans->len; i++)
		summarise_plan(in, g_ptr_array_index(in->verdict->plans, i));
	return STORE_OK;
}

static enum store_status
carry_out(struct intake *in, struct plan *plan)
{
	enum store_status status = plan_apply(plan, in->context->store,
	    in->context->now, "auto");

	summarise_plan(in, plan);
	g_ptr_array_add(in->verdict->plans, plan);
	return status;
}

static enum store_status
take_answer(struct intake *in, struct event *event)
{
	struct plan *plan;
	bool taken;
	enum store_status status = owner_mail_take(in->context, event, &taken,
	    in->summary);

	if (status != STORE_OK || taken)
		return status;
	plan = plan_new();
	status = answer_plan(in->context, event, plan);

	if (status != STORE_OK) {
		plan_free(plan);
		return status;
	}
	return carry_out(in, plan);
}

/* A bank we know wrote something that no template reads, or that money came
 * and not how much: until somebody has looked, this feed proves nothing. A
 * forged one changes nothing. */
static enum store_status
take_drift(struct intake *in, struct event *event)
{
	struct context *context = in->context;
	const struct account *account = account_of(context->config, event);
	enum store_status status;
	struct plan *plan;

	if (!account || g_strcmp0(event_get(event, EVENT_TRUST), "verified"))
		return STORE_OK;
	plan = plan_new();
	status = drift_take(context, in->mail, account, in->events, event,
	    plan);
	if (status != STORE_OK) {
		plan_free(plan);
		return status;
	}
	return carry_out(in, plan);
}

static enum store_status
take_credit(struct intake *in, struct event *event)
{
	return event_get(event, EVENT_AMOUNT) ? take_money(in, event) :
	    take_drift(in, event);
}

/* One attached statement: its frame, and the entries up to the next one. */
static enum store_status
take_statement(struct intake *in, struct event *event)
{
	enum store_status status = STORE_OK;
	struct statement *statement;
	g_autofree char *source = NULL;
	guint index = 0;

	g_ptr_array_find(in->events, event, &index);
	source = g_strdup_printf("%s/%u", in->mail->hash, index);
	statement = statement_new(in->context, event_is_verified(event) ?
	    ORIGIN_BANK : ORIGIN_UNKNOWN, source, in->verdict->plans);
	for (guint i = index; i < in->events->len && status == STORE_OK; i++) {
		struct event *one = g_ptr_array_index(in->events, i);

		if (i > index && (event_kind(one) == EVENT_STATEMENT ||
		    !event_get(one, EVENT_STATEMENT_ID)))
			break;
		status = statement_take(statement, one);
	}
	if (status == STORE_OK)
		status = statement_end(statement);
	statement_free(statement);
	return status;
}

static const struct handler {
	enum event_kind kind;
	enum store_status (*take)(struct intake *in, struct event *event);
} handlers[] = {
	{ EVENT_CREDIT, take_credit },
	{ EVENT_DEBIT, take_money },
	{ EVENT_RETURN, take_money },
	{ EVENT_STATEMENT, take_statement },
	{ EVENT_REPLY, take_answer },
	{ EVENT_BOUNCE, take_answer },
	{ EVENT_AUTO_REPLY, take_answer },
	{ EVENT_OTHER, take_answer },
	{ EVENT_DRIFT, take_drift },
};

static const struct handler *
handler_of(const struct event *event)
{
	/* Entries belong to the statement that stands before them. */
	if (event_kind(event) != EVENT_STATEMENT &&
	    event_get(event, EVENT_STATEMENT_ID))
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(handlers); i++)
		if (handlers[i].kind == event_kind(event))
			return &handlers[i];
	return NULL;
}

/* ---- one message -------------------------------------------------------------- */

static int
failed(struct intake *in, enum store_status status)
{
	static const char *const reasons[] = {
		[STORE_BUSY] = "the store is locked by another program",
		[STORE_MISSING] = "there is no store: run 'mailfilter init'",
		[STORE_NEWER] = "the store was written by a newer mailfilter",
		[STORE_FULL] = "the store cannot be written (disk full or read-only)",
		[STORE_CORRUPT] = "the store is damaged: run 'mailfilter check'",
	};

	in->why = (size_t)status < G_N_ELEMENTS(reasons) && reasons[status]
	    ? reasons[status] : "the store refused a value: run 'mailfilter check'";
	return EX_TEMPFAIL;
}

static enum store_status
take_events(struct intake *in)
{
	enum store_status status = STORE_OK;
	const struct event *first = g_ptr_array_index(in->events, 0);

	for (guint i = 0; i < in->events->len && status == STORE_OK; i++) {
		struct event *event = g_ptr_array_index(in->events, i);
		const struct handler *handler = handler_of(event);
		if (!handler)
			continue;
		g_string_append_printf(in->summary, "%s%s",
		    in->summary->len ? "; " : "",
		    event_kind_name(event_kind(event)));
		status = handler->take(in, event);
	}
	if (status != STORE_OK)
		return status;
	return store_message_add(in->context->store, in->mail->hash,
	    event_get(first, EVENT_MESSAGE_ID), in->summary->str,
	    in->context->now);
}

/* In one transaction: was it here before, else all its effects. */
static int
take_message(struct intake *in)
{
	struct store *store = in->context->store;
	enum store_status status = store_begin(store);

	if (status != STORE_OK)
		return failed(in, status);
	status = store_message_find(store, in->mail->hash);
	if (status == STORE_OK) {
		in->verdict->known = true;
		g_string_assign(in->summary, "known");
	} else if (status == STORE_NONE) {
		status = take_events(in);
	}
	if (status == STORE_OK && !in->verdict->known &&
	    !in->context->dry_run)
		status = store_commit(store);
	else
		store_rollback(store);
	return status == STORE_OK ? EX_OK : failed(in, status);
}

/* ---- mail that breaks the parser ---------------------------------------------- */

/* Raw bytes aside, owner told, mail accepted: no message stops the mail. */
static int
quarantine(struct intake *in)
{
	struct context *context = in->context;
	g_autofree char *folder = g_build_filename(context->home, "quarantine", NULL);
	struct question question = { .code = g_strdup("quarantine"),
	    .at = context->now };
	enum store_status status;

	if (!mail_keep(in->mail, folder, in->mail->hash)) {
		in->why = "the quarantine folder cannot be written";
		return EX_TEMPFAIL;
	}
	question.text = g_strdup_printf("A message could not be read in %d "
	    "tries and was put aside: %s/%s.eml. Look at it with "
	    "'mailfilter quarantine show'.", TRIES, folder, in->mail->hash);
	status = store_begin(context->store);
	if (status == STORE_OK)
		status = store_question_add(context->store, &question);
	if (status == STORE_OK || status == STORE_KNOWN)
		status = store_message_add(context->store, in->mail->hash, NULL,
		    "quarantined", context->now);
	if (status == STORE_OK)
		status = store_commit(context->store);
	else
		store_rollback(context->store);
	g_free(question.code);
	g_free(question.text);
	g_string_assign(in->summary, "quarantined");
	return status == STORE_OK ? EX_OK : failed(in, status);
}

static int
count_failure(struct intake *in)
{
	int tries = 0;
	enum store_status status = store_message_failed(in->context->store,
	    in->mail->hash, in->context->now, &tries);

	if (status != STORE_OK)
		return failed(in, status);
	if (tries > TRIES)
		return quarantine(in);
	in->verdict->tried = true;
	in->why = "the message could not be read, try again";
	return EX_TEMPFAIL;
}

/* ---- the way through -------------------------------------------------------------- */

static bool
has_effects(struct context *context, const GPtrArray *events)
{
	for (guint i = 0; i < events->len; i++) {
		const struct event *event = g_ptr_array_index(events, i);

		if (handler_of(event) && answer_concerns(context, event))
			return true;
	}
	return false;
}

static int
understand(struct intake *in, struct parser *parser, bool owner)
{
	bool retry = false;

	if (store_message_find(in->context->store, in->mail->hash) == STORE_OK) {
		in->verdict->known = true;
		g_string_assign(in->summary, "known");
		return EX_OK;
	}
	lseek(in->mail->fd, 0, SEEK_SET);
	in->events = parser_read(parser, in->mail->fd, &retry);
	if (retry && !owner && !in->context->dry_run)
		return count_failure(in);
	if (!has_effects(in->context, in->events)) {
		g_string_assign(in->summary, event_kind_name(
		    event_kind(g_ptr_array_index(in->events, 0))));
		return EX_OK;
	}
	return take_message(in);
}

int
intake_message(struct context *context, struct parser *parser,
    const struct mail *mail, bool owner, struct verdict *verdict,
    const char **why)
{
	struct intake in = { .context = context, .mail = mail,
	    .verdict = verdict, .summary = g_string_new(NULL) };
	int code;

	memset(verdict, 0, sizeof *verdict);
	verdict->plans = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)plan_free);
	code = understand(&in, parser, owner);
	if (in.events)
		g_ptr_array_unref(in.events);
	verdict->summary = g_string_free(in.summary, FALSE);
	*why = in.why;
	return code;
}

void
verdict_release(struct verdict *verdict)
{
	g_free(verdict->summary);
	if (verdict->plans)
		g_ptr_array_unref(verdict->plans);
	memset(verdict, 0, sizeof *verdict);
}
