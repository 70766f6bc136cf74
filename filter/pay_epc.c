/*
 * pay_epc.c - the QR code of European credit transfers (EPC069-12, version
 * 002; "GiroCode" in Germany and Austria): eleven lines in UTF-8.
 */
#include "pay.h"

#include "match.h"
#include "names.h"

#include <string.h>

#include "../parser/parser.h"

#define NAME_MOST 70
#define NAME_SHORT 20		/* of a text that is too long otherwise */
#define TEXT_MOST 140
#define BYTES_MOST 331
#define CENTS_MOST INT64_C(99999999999)

static const char sepa[] = "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI "
    "GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK "
    "SM VA";

/* Outside of the EEA a transfer needs the bank's BIC. */
static const char outside[] = "AD AL CH GB GI MC MD ME MK RS SM VA";

static bool
is_in(const char *list, const char *iban)
{
	char country[3] = {iban[0], iban[1], 0};

	return strstr(list, country) != NULL;
}

static const char *
lacks(const struct account *account)
{
	if (!reference_is_iban(account->iban) ||
	    !is_in(sepa, account->iban))
		return "an IBAN of the SEPA area as iban";
	if (!account->holder)
		return "holder, or name in the section owner";
	return is_in(outside, account->iban) && !account->bic ? "bic" : NULL;
}

/* Where the country has a code of its own, that one is usual. */
static bool
is_usual(const struct account *account, const char *country,
    const char *currency)
{
	return !lacks(account) && strcmp(currency, "EUR") == 0 &&
	    !strstr("CH LI SK", country);
}

/* What stands in the reference's line: only ISO 11649 does. A Finnish
 * reference has such a form; others are told in the text. */
static char *
structured(const char *reference)
{
	const struct reference_kind *finnish = reference_kind("fi");
	g_autofree char *tight = pay_tight(reference);

	if (reference_is_rf(tight))
		return g_ascii_strup(tight, -1);
	if (strlen(tight) < 8 || !finnish->validate(tight))
		return NULL;
	return reference_make_rf(token_skip_zeros(tight));
}

static char *
holder_name(const struct account *account, size_t most)
{
	return translit_needed(account->holder)
	    ? pay_ascii(account->holder, most, " -'.,()/&+")
	    : pay_line(account->holder, most);
}

static bool
is_finnish(const struct account *account)
{
	return g_str_has_prefix(account->iban, "FI");
}

/* A variable symbol as Czech and Slovak banks write it into a transfer. */
static char *
text_of(const struct pay *pay)
{
	g_autofree char *tight = pay_tight(pay->reference);

	if (*tight && strlen(tight) <= 10 && is_in("CZ SK",
		pay->account->iban) && strspn(tight, "0123456789") ==
	    strlen(tight))
		return g_strdup_printf("/VS%s/SS/KS", tight);
	return pay_message(pay, TEXT_MOST);
}

static char *
compose(const struct pay *pay, size_t name_most)
{
	const struct account *account = pay->account;
	g_autofree char *name = holder_name(account, name_most);
	g_autofree char *amount = money_format(pay->amount, "EUR");
	g_autofree char *reference = NULL, *text = NULL;
	GString *out = g_string_new("BCD\n002\n1\nSCT\n");

	if (pay->reference && (is_finnish(account) ||
		reference_is_rf(pay->reference)))
		reference = structured(pay->reference);
	if (!reference)
		text = text_of(pay);
	g_string_append_printf(out, "%s\n%s\n%s\nEUR%s\n\n%s",
	    account->bic ? account->bic : "", name, account->iban, amount,
	    reference ? reference : "");
	if (text && *text)
		g_string_append_printf(out, "\n%s", text);
	while (out->str[out->len - 1] == '\n')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

static char *
payload(const struct pay *pay)
{
	char *text;

	if (strcmp(pay->currency, "EUR") != 0 || pay->amount > CENTS_MOST)
		return NULL;
	text = compose(pay, NAME_MOST);
	if (strlen(text) > BYTES_MOST) {
		g_free(text);
		text = compose(pay, NAME_SHORT);
	}
	if (strlen(text) > BYTES_MOST)
		g_clear_pointer(&text, g_free);
	return text;
}

const struct pay_way pay_epc = {
    .name = "epc-qr", .lacks = lacks, .is_usual = is_usual,
    .payload = payload, .ecc = "M", .size = 30};
