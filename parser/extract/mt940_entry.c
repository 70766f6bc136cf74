/*
 * mt940_entry.c - a statement line and what the bank says about it as an
 * event: kind, days, references, the other side and the payer's text.
 */
#include "mt940.h"
#include "symbols.h"

#include <string.h>

static void
set_reference(struct event *event, const char *text)
{
	if (text && strpbrk(text, "0123456789"))
		event_add_reference(event, text);
}

static void
set_ids(struct event *event, const struct mt940_line *line,
    const struct mt940_info *info)
{
	char *const *key = info->key;
	const char *end = key[MT940_END_TO_END];

	if (end && !g_str_has_prefix(end, "NOTPROVIDED") &&
	    !g_str_has_prefix(end, "NOT PROVIDED") &&
	    !g_str_has_prefix(end, "NONREF")) {
		event_set(event, EVENT_END_TO_END_ID, end);
		event_add_reference(event, end);
	}
	event_set(event, EVENT_REFERENCE, key[MT940_REFERENCE]);
	set_reference(event, key[MT940_REFERENCE]);
	set_reference(event, key[MT940_NUMBER]);
	event_set(event, EVENT_BANK_REFERENCE, *line->bank ? line->bank :
	    key[MT940_BANK]);
}

/* Text for an entry without :86:, or with nothing but the bank's word. */
static char *
other_text(const struct mt940_line *line, const struct mt940_info *info)
{
	if (info->key[MT940_TYPE])
		return g_strdup(info->key[MT940_TYPE]);
	return g_strstrip(g_strjoin(" ", *line->name ? "" : line->customer,
	    mt940_is_account(line->more) ? "" : line->more, NULL));
}

static void
set_other_side(struct event *event, const struct mt940_line *line,
    const struct mt940_info *info)
{
	char *const *key = info->key;
	const char *name = key[MT940_NAME], *account = key[MT940_ACCOUNT];

	if (!account && mt940_is_account(line->more))
		account = line->more;
	if (!name)
		name = *line->name ? line->name : key[MT940_ULTIMATE];
	if (!account && *line->name)
		account = line->customer;	/* in front of its owner */
	event_set(event, EVENT_PAYER, name);
	event_set(event, EVENT_PAYER_ACCOUNT, account);
	if (g_strcmp0(account, line->customer) != 0)
		set_reference(event, line->customer);
}

static void
set_text(struct event *event, const struct mt940_line *line,
    const struct mt940_info *info)
{
	const char *text = info->key[MT940_TEXT];
	const char *note = info->key[MT940_NOTE];
	g_autofree char *other = text ? NULL : other_text(line, info);
	g_autofree char *both = NULL;

	if (!text)
		text = note ? note : other;
	else if (note)
		text = both = g_strconcat(text, " MTLG: ", note, NULL);
	event_set(event, EVENT_REMITTANCE, text);
}

void
mt940_entry_fill(struct event *event, const struct mt940_line *line,
    const struct mt940_info *info)
{
	if (!event)
		return;
	event_set(event, EVENT_VALUE, line->value);
	event_set(event, EVENT_BOOKED, line->booked);
	set_text(event, line, info);
	set_ids(event, line, info);
	set_other_side(event, line, info);
	symbols_read(event, info->key[MT940_TEXT]);
	symbols_read(event, info->key[MT940_END_TO_END]);
	symbols_read(event, line->customer);
}

enum event_kind
mt940_entry_kind(const struct mt940_line *line,
    const struct mt940_info *info)
{
	if (line->credit != line->reversal)
		return EVENT_CREDIT;
	return line->reversal || strcmp(line->type, "NRTI") == 0 ||
	    mt940_info_is_return(info) ? EVENT_RETURN : EVENT_DEBIT;
}
