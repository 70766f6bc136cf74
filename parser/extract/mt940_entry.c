/*
 * mt940_entry.c - a statement line and what the bank says about it as an
 * event: kind, days, references, the other side and the payer's text.
 */
#include "mt940.h"
#include "symbols.h"
#include "told.h"

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

/* "EUR100,5": a currency and an amount with a comma, as SWIFT writes them. */
static bool
read_money(const char *text, char currency[4], int64_t *minor)
{
	g_autofree char *plain = NULL;
	size_t length;

	if (strlen(text) < 4)
		return false;
	g_strlcpy(currency, text, 4);
	length = strspn(text + 3, "0123456789,");
	plain = g_strndup(text + 3, length);
	g_strdelimit(plain, ",", '.');
	if (g_str_has_suffix(plain, "."))
		plain[length - 1] = '\0';
	return money_parse(plain, currency, minor);
}

/* The codes of SWIFT in the bank's own part of :61:, else in :86:. */
static const char *
code_of(const struct mt940_line *line, const struct mt940_info *info,
    const char *code, enum mt940_key key)
{
	const char *p = strstr(line->more, code);

	return p ? p + strlen(code) : info->key[key];
}

static void
set_told(struct event *event, const struct mt940_line *line,
    const struct mt940_info *info)
{
	const char *charges = code_of(line, info, "/CHGS/", MT940_CHARGES);
	const char *instructed = code_of(line, info, "/OCMT/",
	    MT940_INSTRUCTED);
	const char *rate = code_of(line, info, "/EXCH/", MT940_RATE);
	g_autofree char *plain = rate ?
	    g_strndup(rate, strspn(rate, "0123456789,.")) : NULL;
	char currency[4];
	int64_t minor;

	if (charges && read_money(charges, currency, &minor))
		told_charges(event, minor, currency);
	if (instructed && read_money(instructed, currency, &minor))
		told_instructed(event, minor, currency);
	told_rate(event, plain);
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
	set_told(event, line, info);
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
