/*
 * camt.c - the frame of a statement (camt.053.001.02 and later): account,
 * balances, and what can be told from the file alone: opening balance plus
 * all booked entries is the closing balance, in one currency. What is wrong
 * stands on the statement's event as refused.
 */
#include "extract.h"
#include "camt.h"

#include <string.h>

#define ENTRY_LIMIT 200000u

struct balance {
	bool there, twice;
	int64_t minor;
	char *currency, *day;
};

struct statement {
	GString *out;
	bool interim;		/* a report or notification, no statement */
	struct event *frame;	/* of the statement being read */
	GPtrArray *events;	/* its entries */
	char *currency;
	struct balance opening, closing;
	int64_t sum;
	unsigned count, statements;
};

static void
free_event(gpointer event)
{
	event_free(event);
}

static void
balance_clear(struct balance *balance)
{
	g_free(balance->currency);
	g_free(balance->day);
	memset(balance, 0, sizeof(*balance));
}

static bool
on_root(void *user, const char *name, const char *namespace)
{
	struct statement *s = user;

	if (strcmp(name, "Document") != 0)
		return false;
	s->interim = strstr(namespace, ":camt.052.") != NULL ||
	    strstr(namespace, ":camt.054.") != NULL;
	return s->interim || strstr(namespace, ":camt.053.") != NULL;
}

static void
on_begin(void *user, const char *name)
{
	static const char *const records[] = {"Stmt", "Rpt", "Ntfctn", NULL};
	struct statement *s = user;

	if (!g_strv_contains(records, name))
		return;
	s->frame = event_new(EVENT_STATEMENT);
	s->events = g_ptr_array_new_with_free_func(free_event);
	s->sum = 0;
	s->count = 0;
	event_set(s->frame, EVENT_READER, "statement");
}

/* ---- parts of a statement -------------------------------------------------- */

static void
read_account(struct statement *s, const struct node *node)
{
	static const char *const paths[] = {"Id/IBAN", "Id/Othr/Id", "Id/BBAN",
	    "Id/PrtryAcct/Id"};
	g_autoptr(GString) plain = g_string_new(NULL);
	const char *id = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(paths) && !id; i++)
		id = node_text(node, paths[i]);
	for (; id && *id; id++)
		if (!g_ascii_isspace(*id))
			g_string_append_c(plain, *id);
	event_set(s->frame, EVENT_ACCOUNT, plain->str);
	g_free(s->currency);
	s->currency = g_strdup(node_text(node, "Ccy"));
}

/* OPBD opens, CLBD closes; PRCD (the previous closing) opens where there is
 * no OPBD. */
static void
read_balance(struct statement *s, const struct node *node)
{
	const char *type = node_text(node, "Tp/CdOrPrtry/Cd"), *currency;
	struct balance *balance;
	bool previous;

	if (!type)
		return;
	previous = strcmp(type, "PRCD") == 0;
	if (strcmp(type, "CLBD") == 0)
		balance = &s->closing;
	else if (strcmp(type, "OPBD") == 0 || (previous && !s->opening.there))
		balance = &s->opening;
	else
		return;
	balance->twice = balance->there && balance == &s->closing;
	g_free(balance->currency);
	g_free(balance->day);
	balance->there = camt_amount(node, &balance->minor, &currency);
	balance->currency = g_strdup(balance->there ? currency : NULL);
	balance->day = camt_day(node, "Dt");
}

/* Adds an entry to the sum; a booked one without an exact amount in the
 * statement's currency breaks it. */
static void
read_entry(struct statement *s, const struct node *node)
{
	const char *currency = NULL;
	int64_t minor = 0;

	if (!camt_is_booked(node))
		return;
	if (s->count++ >= ENTRY_LIMIT) {
		event_refuse(s->frame, "entries", "too many");
		return;
	}
	if (!camt_amount(node, &minor, &currency))
		event_refuse(s->frame, "amount",
		    "an entry has none that is exact");
	else if (s->opening.currency &&
	    strcmp(currency, s->opening.currency) != 0)
		event_refuse(s->frame, "currency",
		    "an entry is in another one than the balance");
	else if (__builtin_add_overflow(s->sum, minor, &s->sum))
		event_refuse(s->frame, "amount", "beyond all bounds");
	camt_entry(node, s->events);
}

static void
on_child(void *user, const struct node *node)
{
	struct statement *s = user;

	if (!s->frame)
		return;
	if (strcmp(node->name, "Id") == 0)
		event_set(s->frame, EVENT_STATEMENT_ID, node->text->str);
	else if (strcmp(node->name, "Acct") == 0)
		read_account(s, node);
	else if (strcmp(node->name, "Bal") == 0)
		read_balance(s, node);
	else if (strcmp(node->name, "Ntry") == 0)
		read_entry(s, node);
}

/* ---- the end of a statement ------------------------------------------------ */

static void
set_balance(struct event *frame, const struct balance *balance,
    enum event_field amount, enum event_field day)
{
	g_autofree char *text = NULL;

	if (!balance->there)
		return;
	text = money_format(balance->minor, balance->currency);
	event_set(frame, amount, text);
	event_set(frame, day, balance->day);
}

static void
check_sum(struct statement *s)
{
	const struct balance *opening = &s->opening, *closing = &s->closing;
	int64_t reached;

	if (s->interim) {
		event_refuse(s->frame, "statement",
		    "an interim report, no statement of what is booked");
	} else if (!opening->there || !closing->there) {
		event_refuse(s->frame, opening->there ? "closing" : "opening",
		    "there is no such balance");
	} else if (closing->twice) {
		event_refuse(s->frame, "closing", "twice");
	} else if (strcmp(opening->currency, closing->currency) != 0 ||
	    (s->currency && strcmp(s->currency, opening->currency) != 0)) {
		event_refuse(s->frame, "currency",
		    "the balances are not in the account's");
	} else if (__builtin_add_overflow(opening->minor, s->sum, &reached) ||
	    reached != closing->minor) {
		g_autofree char *sum = money_format(s->sum, opening->currency);
		g_autofree char *why = g_strdup_printf("the opening balance "
		    "and the entries (%s) do not make it", sum);

		event_refuse(s->frame, "closing", why);
	}
}

static void
write_event(struct statement *s, const struct event *event)
{
	json_t *json = event_to_json(event);
	char *line = json_dumps(json, JSON_COMPACT);

	g_string_append(s->out, line);
	g_string_append_c(s->out, '\n');
	free(line);
	json_decref(json);
}

static void
write_entries(struct statement *s)
{
	static const enum event_field shared[] = {EVENT_ACCOUNT,
	    EVENT_STATEMENT_ID};

	for (guint i = 0; i < s->events->len; i++) {
		struct event *event = s->events->pdata[i];

		for (size_t f = 0; f < G_N_ELEMENTS(shared); f++)
			event_set(event, shared[f],
			    event_get(s->frame, shared[f]));
		write_event(s, event);
	}
}

static void
on_end(void *user)
{
	struct statement *s = user;

	if (!s->frame)
		return;
	set_balance(s->frame, &s->opening, EVENT_OPENING, EVENT_OPENED);
	set_balance(s->frame, &s->closing, EVENT_CLOSING, EVENT_CLOSED);
	event_set(s->frame, EVENT_CURRENCY, s->opening.there ?
	    s->opening.currency : s->currency);
	if (!event_get(s->frame, EVENT_ACCOUNT))
		event_refuse(s->frame, "account", "there is none");
	if (!event_get(s->frame, EVENT_STATEMENT_ID))
		event_refuse(s->frame, "statement_id", "there is none");
	check_sum(s);
	write_event(s, s->frame);
	write_entries(s);
	s->statements++;
	g_clear_pointer(&s->frame, event_free);
	g_ptr_array_free(g_steal_pointer(&s->events), TRUE);
	g_clear_pointer(&s->currency, g_free);
	balance_clear(&s->opening);
	balance_clear(&s->closing);
}

char *
camt_events(const char *xml, gsize length, GString *out)
{
	static const struct node_reader reader = {on_root, on_begin, on_end,
	    on_child};
	struct statement s = {.out = out};
	char *why = node_read(xml, length, &reader, &s);

	if (!why && s.statements == 0)
		why = g_strdup("it holds no statement");
	event_free(s.frame);
	if (s.events)
		g_ptr_array_free(s.events, TRUE);
	g_free(s.currency);
	balance_clear(&s.opening);
	balance_clear(&s.closing);
	return why;
}
