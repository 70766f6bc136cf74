/*
 * money_event.c - an event of the parser as the store's report of a payment:
 * the sign of a return, the day, the account's rule of settlement, and one
 * reference out of the many names that countries have for it.
 */
#include "money_event.h"
#include "lookup.h"
#include "match.h"
#include "print.h"

#include <string.h>

/* Fields that are taken as they are. */
static const struct {
	enum event_field field;
	size_t offset;
} plain[] = {
    {EVENT_VALUE, G_STRUCT_OFFSET(struct payment, value)},
    {EVENT_PAYER, G_STRUCT_OFFSET(struct payment, payer)},
    {EVENT_REMITTANCE, G_STRUCT_OFFSET(struct payment, remittance)},
    {EVENT_BANK_REFERENCE, G_STRUCT_OFFSET(struct payment, bank_reference)},
    {EVENT_END_TO_END_ID, G_STRUCT_OFFSET(struct payment, end_to_end_id)},
    {EVENT_BANK, G_STRUCT_OFFSET(struct payment, bank)},
    {EVENT_EXCHANGE_RATE, G_STRUCT_OFFSET(struct payment, exchange_rate)},
};

/* The booking day, else the value day, else the day of the mail. */
static char *
booked_day(const struct context *context, const struct event *event)
{
	static const enum event_field fields[] = {
	    EVENT_BOOKED, EVENT_VALUE, EVENT_DATE};

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *text = event_get(event, fields[i]);
		g_autofree char *day = g_strndup(text ? text : "", 10);

		if (day_number(day) != G_MININT32)
			return g_steal_pointer(&day);
	}
	return g_strdup(context->today);
}

/* The structured reference, else the variable symbol, else the first of what
 * a template calls one. */
static const char *
best_reference(const struct event *event)
{
	if (event_get(event, EVENT_REFERENCE))
		return event_get(event, EVENT_REFERENCE);
	if (event_get(event, EVENT_VARIABLE_SYMBOL))
		return event_get(event, EVENT_VARIABLE_SYMBOL);
	return event_references(event)[0];
}

/* What banks on the way kept, and what the payer's bank was told to pay. A
 * provider's fee is none of it: the amount is before that. */
static void
take_told(const struct event *event, struct payment *p)
{
	const char *charges = event_get(event, EVENT_CHARGES);
	const char *amount = event_get(event, EVENT_INSTRUCTED_AMOUNT);
	const char *currency = event_get(event, EVENT_INSTRUCTED_CURRENCY);

	if (!charges || !money_parse(charges, p->currency, &p->charges))
		p->charges = 0;
	if (amount && currency &&
	    money_parse(amount, currency, &p->instructed))
		p->instructed_currency = g_strdup(currency);
	else
		p->instructed = 0;
}

bool
money_event_report(const struct context *context, const struct event *event,
    enum trust trust, enum channel channel, const char *source,
    struct report *report)
{
	struct payment *p = &report->payment;
	const char *number = event_get(event, EVENT_ACCOUNT);
	const char *payer = event_get(event, EVENT_PAYER_ACCOUNT);
	const struct account *account =
	    number ? config_account(context->config, number) : NULL;

	*report = (struct report){.channel = channel, .source = source};
	if (!event_money(event, &p->amount) || p->amount == 0)
		return false;
	if (event_kind(event) == EVENT_RETURN)
		p->amount = -p->amount;
	report->settles = account && !account->statement_settles;
	report->message_id = event_get(event, EVENT_MESSAGE_ID);
	report->signature = event_get(event, EVENT_SIGNATURE);
	p->trust = trust;
	p->currency = g_strdup(event_get(event, EVENT_CURRENCY));
	p->booked = booked_day(context, event);
	p->account = account ? g_strdup(account->iban)
	    : number	     ? account_normalise(number)
			     : NULL;
	p->payer_account = payer ? account_normalise(payer) : NULL;
	p->reference = g_strdup(best_reference(event));
	p->arrived = context->now;
	for (size_t i = 0; i < G_N_ELEMENTS(plain); i++)
		G_STRUCT_MEMBER(char *, p, plain[i].offset) =
		    g_strdup(event_get(event, plain[i].field));
	take_told(event, p);
	remittance_complete(p);
	return true;
}

void
money_event_release(struct report *report)
{
	struct payment *p = &report->payment;
	char **owned[] = {&p->currency, &p->booked, &p->value, &p->account,
	    &p->payer, &p->payer_account, &p->remittance, &p->reference,
	    &p->bank_reference, &p->end_to_end_id, &p->bank,
	    &p->instructed_currency, &p->exchange_rate};

	for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
		g_clear_pointer(owned[i], g_free);
}

char *
money_event_evidence(const struct event *event, const struct report *report)
{
	static const char *const channels[] = {"notice", "statement", "owner"};
	json_t *out = json_object();
	char *text;

	json_put(out, "class", trust_name(report->payment.trust));
	json_put(out, "channel", channels[report->channel]);
	json_put(out, "source", report->source);
	json_put(out, "message_id", report->message_id);
	json_put(out, "bank", event_get(event, EVENT_BANK));
	json_put(out, "template", event_get(event, EVENT_TEMPLATE));
	text = json_dumps(out, JSON_COMPACT);
	json_decref(out);
	return text;
}
