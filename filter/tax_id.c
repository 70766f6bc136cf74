/*
 * tax_id.c - which rule a tax id has to follow: a table of countries, and what
 * the rules share. Pure.
 */
#include "tax_id_internal.h"

#include <string.h>

/* ---- what rules share ----------------------------------------------------------- */

bool
id_digits(const char *id, size_t n)
{
	size_t length = strlen(id);

	return length > 0 && strspn(id, "0123456789") == length &&
	    (n == 0 || n == length);
}

int
id_sum(const char *id, const signed char *weights, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (id[i] - '0') * weights[i];
	return sum;
}

int
id_modulo(const char *id, size_t n, int modulus)
{
	gint64 rest = 0;

	for (size_t i = 0; i < n; i++)
		rest = (rest * 10 + (id[i] - '0')) % modulus;
	return (int)rest;
}

int
id_number(const char *id, size_t n)
{
	return id_modulo(id, n, 1000000000);
}

bool
id_luhn(const char *id, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int digit = (id[n - 1 - i] - '0') * (i % 2 ? 2 : 1);

		sum += digit > 9 ? digit - 9 : digit;
	}
	return sum % 10 == 0;
}

bool
id_mod11_10(const char *id, size_t n)
{
	int check = 5;

	for (size_t i = 0; i < n; i++)
		check = ((check ? check : 10) * 2 % 11 + (id[i] - '0')) % 10;
	return check == 1;
}

bool
id_is_day(int year, int month, int day)
{
	return g_date_valid_dmy((GDateDay)day, (GDateMonth)month,
	    (GDateYear)year);
}

/* ---- countries ---------------------------------------------------------------------- */

static const struct country {
	const char *code, *prefix;	/* prefix: written before a VAT id */
	const char *(*rule)(const char *id);
	bool before;			/* … always, when in order */
} countries[] = {
	{"AT", "AT", id_austria, true}, {"BE", "BE", id_belgium, true},
	{"BG", "BG", id_bulgaria, true}, {"CY", "CY", id_cyprus, true},
	{"CZ", "CZ", id_czechia, true}, {"DE", "DE", id_germany, true},
	{"DK", "DK", id_denmark, true}, {"EE", "EE", id_estonia, true},
	{"ES", "ES", id_spain, true}, {"FI", "FI", id_finland, true},
	{"FR", "FR", id_france, true}, {"MC", "FR", id_france, true},
	{"GR", "EL", id_greece, true}, {"EL", "EL", id_greece, true},
	{"HR", "HR", id_croatia, true}, {"HU", "HU", id_hungary, true},
	{"IE", "IE", id_ireland, true}, {"IT", "IT", id_italy, true},
	{"LT", "LT", id_lithuania, true}, {"LU", "LU", id_luxembourg, true},
	{"LV", "LV", id_latvia, true}, {"MT", "MT", id_malta, true},
	{"NL", "NL", id_netherlands, true}, {"PL", "PL", id_poland, true},
	{"PT", "PT", id_portugal, true}, {"RO", "RO", id_romania, true},
	{"SE", "SE", id_sweden, true}, {"SI", "SI", id_slovenia, true},
	{"SK", "SK", id_slovakia, true}, {"GB", "GB", id_britain, true},
	{"IM", "GB", id_britain, true}, {"XI", "XI", id_britain, true},
	{"NO", "NO", id_norway, true}, {"CH", "CH", id_switzerland, true},
	{"LI", "CH", id_switzerland, true},
	{"BR", "BR", id_brazil, false}, {"RU", "RU", id_russia, false},
	{"IN", "IN", id_india, false}, {"AU", "AU", id_australia, false},
	{"US", "US", id_america, false},
};

static const struct country *
find(const char *code)
{
	for (size_t i = 0; code && i < G_N_ELEMENTS(countries); i++)
		if (g_ascii_strcasecmp(countries[i].code, code) == 0)
			return &countries[i];
	return NULL;
}

/* Capitals without what people put between. */
static char *
squeeze(const char *text)
{
	GString *out = g_string_new(NULL);

	for (const char *p = text; *p; p++)
		if (!strchr(" -./:\t", *p))
			g_string_append_c(out, g_ascii_toupper(*p));
	return g_string_free(out, FALSE);
}

/* Italians write their codice fiscale, Norwegians and Swiss the word for VAT:
 * what is no VAT id gets no country. */
static char *
normal_form(const struct country *country, const char *id)
{
	bool personal = country->rule == id_italy && strlen(id) == 16;
	bool tail = country->rule == id_norway &&
	    !g_str_has_suffix(id, "MVA");

	if (country->rule == id_switzerland &&
	    g_str_has_prefix(id, "E"))
		return g_strconcat("CH", id, NULL);
	return g_strconcat(country->before && !personal ? country->prefix
	    : "", country->rule == id_belgium && strlen(id) == 9 ? "0" : "",
	    id, tail ? "MVA" : "", NULL);
}

enum tax_id_status
tax_id_check(const char *code, const char *text, char **normalised,
    char **why)
{
	const struct country *country = find(code);
	g_autofree char *id = squeeze(text);
	const char *bare = id, *wrong;

	if (normalised)
		*normalised = NULL;
	if (why)
		*why = NULL;
	if (!country)
		return TAX_ID_UNKNOWN;
	if (g_str_has_prefix(id, country->prefix) ||
	    g_str_has_prefix(id, country->code))
		bare += 2;
	else if (country->rule == id_greece && (g_str_has_prefix(id, "GR") ||
	    g_str_has_prefix(id, "EL")))
		bare += 2;
	wrong = country->rule(bare);
	if (wrong && bare != id && !country->rule(id)) {
		bare = id;
		wrong = NULL;
	}
	if (!wrong && normalised)
		*normalised = normal_form(country, bare);
	if (wrong && why)
		*why = g_strdup(wrong);
	return wrong ? TAX_ID_BAD : TAX_ID_GOOD;
}

bool
tax_id_is_vat(const char *text)
{
	g_autofree char *id = squeeze(text);
	char code[3] = {0};

	if (strlen(id) < 4)
		return false;
	memcpy(code, id, 2);
	for (size_t i = 0; i < G_N_ELEMENTS(countries); i++)
		if (countries[i].before &&
		    strcmp(countries[i].prefix, code) == 0)
			return tax_id_check(code, id, NULL, NULL) ==
			    TAX_ID_GOOD;
	return false;
}
