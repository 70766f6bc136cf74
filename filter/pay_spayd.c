/*
 * pay_spayd.c - the QR code of Czech (and Slovak) payments: SPAYD 1.0, keys and
 * values in the few characters that such a code packs tightly. Pure.
 */
#include "pay.h"

#include "match.h"

#include <string.h>

#include "../parser/parser.h"

#define AMOUNT_MOST INT64_C(999999999)	/* ten characters */

static const char *
lacks(const struct account *account)
{
	return reference_is_iban(account->iban) ? NULL : "an IBAN as iban";
}

static bool
is_usual(const struct account *account, const char *country,
    const char *currency)
{
	return !lacks(account) && strcmp(country, "CZ") == 0 &&
	    strcmp(currency, "CZK") == 0;
}

static void
put(GString *out, const char *key, const char *value)
{
	if (value && *value)
		g_string_append_printf(out, "*%s:%s", key, value);
}

/* Upper case; "*" would end the value, and ":" is safe. */
static void
put_text(GString *out, const char *key, const char *text, size_t most)
{
	g_autofree char *plain = pay_ascii(text, most, " $%+-./:");
	g_autofree char *upper = g_ascii_strup(plain, -1);
	g_auto(GStrv) parts = g_strsplit(upper, "%", -1);
	g_autofree char *safe = g_strjoinv("%25", parts);

	put(out, key, safe);
}

static bool
is_symbol(const char *text)
{
	return text && *text && strlen(text) <= 10 &&
	    strspn(text, "0123456789") == strlen(text);
}

static void
put_reference(GString *out, const struct pay *pay)
{
	g_autofree char *tight = pay_tight(pay->reference);
	g_autofree char *text = pay_message(pay, 60);
	bool symbol = is_symbol(tight);

	if (symbol)
		put(out, "X-VS", tight);
	put_text(out, "MSG", symbol ? pay->number : text, 60);
}

static char *
payload(const struct pay *pay)
{
	const struct account *account = pay->account;
	g_autofree char *amount = money_format(pay->amount, pay->currency);
	g_auto(GStrv) day = g_strsplit(pay->due ? pay->due : "", "-", -1);
	g_autofree char *due = g_strjoinv("", day);
	GString *out;

	if (pay->amount > AMOUNT_MOST)
		return NULL;
	out = g_string_new("SPD*1.0");
	g_string_append_printf(out, "*ACC:%s%s%s", account->iban,
	    account->bic ? "+" : "", account->bic ? account->bic : "");
	put(out, "AM", amount);
	put(out, "CC", pay->currency);
	put_text(out, "RN", account->holder, 35);
	put(out, "DT", due);
	put_reference(out, pay);
	return g_string_free(out, FALSE);
}

const struct pay_way pay_spayd = {
    .name = "spayd", .lacks = lacks, .is_usual = is_usual,
    .payload = payload, .ecc = "M", .size = 30};
