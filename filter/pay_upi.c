/*
 * pay_upi.c - India's UPI: a link that any such app opens, and that is scanned
 * from its code alike (NPCI, UPI linking specification). Pure.
 */
#include "pay.h"

#include "match.h"

#include <string.h>

#include "../parser/parser.h"

static const char *
lacks(const struct account *account)
{
	return account->upi_id ? NULL : "upi-id";
}

static bool
is_usual(const struct account *account, const char *country,
    const char *currency)
{
	(void)country;
	return !lacks(account) && strcmp(currency, "INR") == 0;
}

static void
put(GString *out, const char *name, const char *value, const char *unescaped)
{
	g_autofree char *escaped = g_uri_escape_string(value, unescaped, FALSE);

	if (*value)
		g_string_append_printf(out, "%c%s=%s",
		    strchr(out->str, '?') ? '&' : '?', name, escaped);
}

static char *
payload(const struct pay *pay)
{
	g_autofree char *amount = money_format(pay->amount, pay->currency);
	g_autofree char *holder = pay_ascii(pay->account->holder, 50, " .-");
	g_autofree char *note = pay_ascii(pay->number, 50, " -/.");
	g_autofree char *reference = pay_tight(pay->reference);
	GString *out;

	if (strcmp(pay->currency, "INR") != 0)
		return NULL;
	out = g_string_new("upi://pay");
	put(out, "pa", pay->account->upi_id, "@");
	put(out, "pn", holder, NULL);
	put(out, "am", amount, NULL);
	put(out, "cu", pay->currency, NULL);
	put(out, "tn", *reference ? reference : note, NULL);
	if (strlen(reference) <= 35)
		put(out, "tr", reference, NULL);
	return g_string_free(out, FALSE);
}

const struct pay_way pay_upi = {
    .name = "upi", .lacks = lacks, .is_usual = is_usual,
    .payload = payload, .title = "UPI", .scheme = "upi", .ecc = "M", .size = 30};
