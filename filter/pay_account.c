/*
 * pay_account.c - the options of an account that say how it can be paid to:
 * what each may be, and whether all is there that they need together. Pure.
 */
#include "pay.h"

#include "match.h"
#include "reference_make.h"

#include <string.h>

#include "../parser/parser.h"

/* ---- codes of banks ------------------------------------------------------------ */

/* Shapes: 9 a digit, A a letter, X either. */
static const struct bank_code {
	const char *country, *currency, *title, *shape;
	const char *shown;	/* with the marks that people expect */
} bank_codes[] = {
    {"GB", "GBP", "Sort code", "999999", "99-99-99"},
    {"US", "USD", "Routing number (ABA)", "999999999", "999999999"},
    {"AU", "AUD", "BSB", "999999", "999-999"},
    {"CA", "CAD", "Transit number", "99999999", "99999-999"},
    {"IN", "INR", "IFSC", "AAAA0XXXXXX", "AAAA0XXXXXX"},
    {"NZ", "NZD", "Bank and branch", "999999", "99-9999"},
    {"ZA", "ZAR", "Branch code", "999999", "999999"},
};

static bool
has_shape(const char *text, const char *shape)
{
	for (; *text && *shape; text++, shape++)
		if (*shape == '9' ? !g_ascii_isdigit(*text)
		    : *shape == 'A' ? !g_ascii_isalpha(*text)
		    : *shape == 'X' ? !g_ascii_isalnum(*text)
		    : *text != *shape)
			return false;
	return !*text && !*shape;
}

/* The check digit of American routing numbers: weights 3, 7, 1. */
static bool
is_routing(const char *digits)
{
	static const int weights[] = {3, 7, 1};
	int sum = 0;

	for (int i = 0; i < 9; i++)
		sum += (digits[i] - '0') * weights[i % 3];
	return sum > 0 && sum % 10 == 0;
}

static const struct bank_code *
bank_code_of(const struct account *account)
{
	for (size_t i = 0; i < G_N_ELEMENTS(bank_codes); i++)
		if (g_strcmp0(account->currency, bank_codes[i].currency) == 0)
			return &bank_codes[i];
	return NULL;
}

static char *
with_marks(const char *code, const char *shown)
{
	GString *out = g_string_new(NULL);

	for (; *code; shown++)
		g_string_append_c(out, *shown == '-' ? '-' : *code++);
	return g_string_free(out, FALSE);
}

char *
pay_bank_code(const struct account *account, const char **title)
{
	const struct bank_code *row = bank_code_of(account);
	g_autofree char *code = NULL;

	if (account->bank_code && row) {
		*title = row->title;
		return with_marks(account->bank_code, row->shown);
	}
	if (!g_str_has_prefix(account->iban, "GB") ||
	    !reference_is_iban(account->iban))
		return NULL;
	*title = bank_codes[0].title;
	code = g_strndup(account->iban + 8, 6);
	return with_marks(code, bank_codes[0].shown);
}

const char *
pay_country(const struct account *account, const struct config *config)
{
	static char country[3];
	const struct bank_code *row = bank_code_of(account);

	if (reference_is_iban(account->iban)) {
		memcpy(country, account->iban, 2);
		return country;
	}
	if (account->bank_code && row)
		return row->country;
	if (account->pix_key)
		return "BR";
	if (account->upi_id)
		return "IN";
	return config->country ? config->country : "";
}

/* ---- one option -------------------------------------------------------------------- */

static char *
convert_way(const char *value, char **why)
{
	g_autofree char *names = pay_way_names();

	if (strcmp(value, "none") != 0 && !pay_way_find(value)) {
		*why = g_strdup_printf("there is no way to pay \"%s\"; known "
		    "are %s, none", value, names);
		return NULL;
	}
	return g_strdup(value);
}

static char *
convert_reference(const char *value, char **why)
{
	g_autofree char *names = reference_maker_names();

	if (!reference_maker(value)) {
		*why = g_strdup_printf("there is no kind of reference \"%s\"; "
		    "known are %s", value, names);
		return NULL;
	}
	return g_strdup(value);
}

/* Upper case, without what people put between. */
static char *
squeezed(const char *value, const char *between)
{
	GString *out = g_string_new(NULL);

	for (; *value; value++)
		if (!g_ascii_isspace(*value) && !strchr(between, *value))
			g_string_append_c(out, g_ascii_toupper(*value));
	return g_string_free(out, FALSE);
}

/* Swiss banks have numbers from 30000 to 31999 for accounts that are paid to
 * with a QR reference only. */
static char *
convert_qr_iban(const char *value, char **why)
{
	g_autofree char *iban = squeezed(value, "");

	if (!reference_is_iban(iban))
		*why = g_strdup_printf("\"%s\" is no IBAN (wrong length or "
		    "check digits)", value);
	else if ((!g_str_has_prefix(iban, "CH") &&
	    !g_str_has_prefix(iban, "LI")) || iban[4] != '3' ||
	    (iban[5] != '0' && iban[5] != '1'))
		*why = g_strdup_printf("\"%s\" is no QR-IBAN: those are "
		    "Swiss and have a bank number from 30000 to 31999", value);
	return *why ? NULL : g_steal_pointer(&iban);
}

static bool
is_uuid(const char *text)
{
	return strlen(text) == 36 && g_uuid_string_is_valid(text);
}

/* CPF, CNPJ, "+55" and a number, an address, or the bank's random key. */
static char *
convert_pix_key(const char *value, char **why)
{
	g_autofree char *plain = squeezed(value, ".-/()");
	size_t digits = strspn(plain, "0123456789");

	if (strchr(value, '@') && value[0] != '@' && strlen(value) <= 77 &&
	    !strchr(value, ' '))
		return g_ascii_strdown(value, -1);
	if (is_uuid(value))
		return g_ascii_strdown(value, -1);
	if (plain[0] == '+' && strlen(plain) >= 12 && strlen(plain) <= 14 &&
	    strspn(plain + 1, "0123456789") == strlen(plain) - 1)
		return g_steal_pointer(&plain);
	if (!plain[digits] && (digits == 11 || digits == 14))
		return g_steal_pointer(&plain);
	*why = g_strdup_printf("\"%s\" is no Pix key: a CPF (11 digits), a "
	    "CNPJ (14), a telephone with +55, an e-mail address or a random "
	    "key with four \"-\"", value);
	return NULL;
}

static char *
convert_upi_id(const char *value, char **why)
{
	const char *at = strchr(value, '@');
	bool good = at && at - value >= 2 && strlen(at) >= 3 &&
	    strlen(value) <= 255;

	for (const char *p = value; *p && good; p++)
		good = p == at || (p < at ? g_ascii_isalnum(*p) ||
		    strchr(".-_", *p) : g_ascii_isalnum(*p));
	if (good)
		return g_strdup(value);
	*why = g_strdup_printf("\"%s\" is no UPI id such as name@bank", value);
	return NULL;
}

static char *
convert_bank_code(const char *value, char **why)
{
	g_autofree char *code = squeezed(value, "-/.");

	for (size_t i = 0; i < G_N_ELEMENTS(bank_codes); i++)
		if (has_shape(code, bank_codes[i].shape))
			return g_steal_pointer(&code);
	*why = g_strdup_printf("\"%s\" is no sort code (6 digits), routing "
	    "number (9), BSB, transit number or IFSC", value);
	return NULL;
}

static char *
convert_creditor(const char *value, char **why)
{
	g_autofree char *digits = squeezed(value, "+<>");

	if (has_shape(digits, "99999999") || has_shape(digits, "9999999"))
		return g_steal_pointer(&digits);
	*why = g_strdup_printf("\"%s\" is no creditor number of 8 digits",
	    value);
	return NULL;
}

static char *
convert_link(const char *value, char **why)
{
	*why = pay_link_check(value);
	return *why ? NULL : g_strdup(value);
}

static char *
convert_city(const char *value, char **why)
{
	g_autofree char *city = pay_ascii(value, 15, " ");

	if (*city)
		return g_steal_pointer(&city);
	*why = g_strdup("say the city in letters");
	return NULL;
}

static const struct {
	const char *option;
	char *(*convert)(const char *value, char **why);
} options[] = {
    {"ways", convert_way}, {"reference", convert_reference},
    {"qr-iban", convert_qr_iban}, {"pix-key", convert_pix_key},
    {"pix-city", convert_city}, {"upi-id", convert_upi_id},
    {"bank-code", convert_bank_code}, {"payment-link", convert_link},
    {"fik-creditor", convert_creditor},
};

char *
pay_option_convert(const char *option, const char *value, char **why)
{
	*why = NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
		if (strcmp(options[i].option, option) == 0)
			return options[i].convert(value, why);
	*why = g_strdup("of an unknown type");
	return NULL;
}

/* ---- all of them ----------------------------------------------------------------------- */

static char *
check_bank_code(const struct account *account)
{
	const struct bank_code *row = bank_code_of(account);

	if (!account->bank_code)
		return NULL;
	if (!row)
		return g_strdup_printf("bank-code: no such code is known for "
		    "currency %s", account->currency);
	if (!has_shape(account->bank_code, row->shape))
		return g_strdup_printf("bank-code: \"%s\" is no %s such as "
		    "%s", account->bank_code, row->title, row->shown);
	if (strcmp(row->country, "US") == 0 && !is_routing(account->bank_code))
		return g_strdup_printf("bank-code: the check digit of \"%s\" "
		    "is wrong", account->bank_code);
	return NULL;
}

static char *
check_ways(const struct account *account)
{
	for (char **name = account->ways; name && *name; name++) {
		const struct pay_way *way = pay_way_find(*name);
		const char *lacks = way ? way->lacks(account) : NULL;

		if (!way && account->ways[1])
			return g_strdup("ways: \"none\" stands alone");
		if (lacks)
			return g_strdup_printf("ways: %s needs %s", *name,
			    lacks);
	}
	return NULL;
}

char *
pay_account_check(const struct account *account, const struct config *config)
{
	const struct reference_maker *maker =
	    reference_maker_of(account, config);
	const char *lacks = maker->lacks ? maker->lacks(account) : NULL;
	char *why = check_bank_code(account);

	if (!why)
		why = check_ways(account);
	if (!why && lacks && account->reference)
		why = g_strdup_printf("reference: %s needs %s", maker->name,
		    lacks);
	return why;
}

/* Is the owner's address known in parts, or are they seen in its lines? */
static bool
has_address(const struct config *config)
{
	struct pay_party party;
	bool whole;

	if (config->postcode && config->city)
		return true;
	pay_party_read_lines(&party, "", config->address, config->country);
	whole = party.postcode && party.city;
	pay_party_release(&party);
	return whole;
}

static bool
account_is_czech(const struct account *account, const struct config *config)
{
	const char *country = pay_country(account, config);

	return strchr(account->iban, '/') && (strcmp(country, "CZ") == 0 ||
	    strcmp(country, "SK") == 0);
}

/* A number as its bank writes it is not what a banking app can scan. */
static char *
iban_hint(const struct account *account, const struct config *config)
{
	g_auto(GStrv) forms = account_forms(account->iban);

	for (char **form = forms; *form &&
	    account_is_czech(account, config); form++)
		if (g_str_has_prefix(*form, pay_country(account, config)))
			return g_strdup_printf("no banking app can scan its "
			    "invoices, and nobody abroad can pay them; write "
			    "iban = \"%s\"", *form);
	return g_strdup_printf("\"%s\" is no IBAN (wrong length or check "
	    "digits), so no banking app can scan its invoices; correct iban",
	    account->iban);
}

char *
pay_account_hint(const struct account *account, const struct config *config)
{
	if (account->provider)
		return NULL;
	if (!account->holder)
		return g_strdup("invoices cannot say whom to pay; add holder, "
		    "or name to the section owner");
	if (!reference_is_iban(account->iban) && (account_is_czech(account,
	    config) || g_strcmp0(account->currency, "EUR") == 0))
		return iban_hint(account, config);
	if (pay_swiss.is_usual(account, pay_country(account, config),
		account->currency) && !has_address(config))
		return g_strdup("Swiss invoices need the address for their QR "
		    "code; add street, postcode and city to the section "
		    "owner");
	return NULL;
}
