/*
 * told.c - what a bank says about the way of the money, as an event's fields.
 * Nothing here changes the amount: it is what the account's balance moved by.
 */
#include "told.h"

#include <string.h>

static bool
is_own_currency(const struct event *event, const char *currency)
{
	return g_strcmp0(event_get(event, EVENT_CURRENCY), currency) == 0;
}

void
told_charges(struct event *event, int64_t minor, const char *currency)
{
	g_autofree char *text = NULL;

	if (minor <= 0 || event_kind(event) != EVENT_CREDIT ||
	    !is_own_currency(event, currency))
		return;
	text = money_format(minor, currency);
	event_set(event, EVENT_CHARGES, text);
}

void
told_instructed(struct event *event, int64_t minor, const char *currency)
{
	g_autofree char *text = NULL;
	int64_t came;

	if (minor <= 0 || event_kind(event) != EVENT_CREDIT ||
	    (is_own_currency(event, currency) && event_money(event, &came) &&
	    came == minor))
		return;
	text = money_format(minor, currency);
	event_set(event, EVENT_INSTRUCTED_AMOUNT, text);
	event_set(event, EVENT_INSTRUCTED_CURRENCY, currency);
}

void
told_rate(struct event *event, const char *text)
{
	g_autofree char *plain = g_strstrip(g_strdup(text ? text : ""));
	size_t length;

	g_strdelimit(plain, ",", '.');
	length = strlen(plain);
	if (event_kind(event) != EVENT_CREDIT || length == 0 || length > 20 ||
	    strspn(plain, "0123456789.") != length ||
	    strchr(plain, '.') != strrchr(plain, '.'))
		return;
	if (plain[length - 1] == '.')
		plain[length - 1] = '\0';
	event_set(event, EVENT_EXCHANGE_RATE, plain);
}
