/*
 * pay_by_square.c - the QR code of Slovak payments (PAY by square 1.1): the
 * fields of its one payment in their order, with tabs between. What a code
 * holds is this text compressed: mailfilter-render does that.
 */
#include "pay.h"

#include "match.h"

#include <string.h>

#include "../parser/parser.h"

#define PAYMENT_ORDER "1"

static const char *
lacks(const struct account *account)
{
	return reference_is_iban(account->iban) ? NULL : "an IBAN as iban";
}

static bool
is_usual(const struct account *account, const char *country,
    const char *currency)
{
	return !lacks(account) && strcmp(country, "SK") == 0 &&
	    strcmp(currency, "EUR") == 0;
}

static void
put(GString *out, const char *value)
{
	g_string_append_printf(out, "%s\t", value ? value : "");
}

/* A variable symbol, or a reference of another kind in its own field. */
static void
put_reference(GString *out, const struct pay *pay)
{
	g_autofree char *tight = pay_tight(pay->reference);
	bool symbol = *tight && strlen(tight) <= 10 &&
	    strspn(tight, "0123456789") == strlen(tight);

	put(out, symbol ? tight : NULL);
	put(out, NULL);			/* constant symbol */
	put(out, NULL);			/* specific symbol */
	put(out, !symbol && strlen(tight) <= 35 ? tight : NULL);
}

static char *
payload(const struct pay *pay)
{
	const struct account *account = pay->account;
	g_autofree char *amount = money_format(pay->amount, pay->currency);
	g_auto(GStrv) day = g_strsplit(pay->due ? pay->due : "", "-", -1);
	g_autofree char *due = g_strjoinv("", day);
	g_autofree char *note = pay_ascii(pay->number, 140, " -./:,+()");
	g_autofree char *holder = pay_line(account->holder, 70);
	GString *out = g_string_new(NULL);

	put(out, NULL);			/* of an invoice: not used by banks */
	put(out, "1");			/* payments */
	put(out, PAYMENT_ORDER);
	put(out, amount);
	put(out, pay->currency);
	put(out, due);
	put_reference(out, pay);
	put(out, note);
	put(out, "1");			/* accounts */
	put(out, account->iban);
	put(out, account->bic);
	put(out, "0");			/* no standing order */
	put(out, "0");			/* no direct debit */
	put(out, holder);
	put(out, NULL);			/* the holder's street */
	return g_string_free(out, FALSE);	/* and city, empty, without a tab */
}

const struct pay_way pay_by_square = {
    .name = "pay-by-square", .lacks = lacks, .is_usual = is_usual,
    .payload = payload, .ecc = "M", .size = 30};
