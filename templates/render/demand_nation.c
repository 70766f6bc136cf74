/*
 * demand_nation.c - rules that Peppol has for sellers of one country: a table
 * of fields and the form that each must have.
 */
#include "demand.h"

#include <string.h>

enum scope {
	ALL,		/* of every invoice of the country's sellers */
	HOME,		/* the customer lives in the same country */
	IF_THERE = 2	/* the form matters only when the field is there */
};

#define SELLER(field, what) \
	what ": " field " in the section owner of the configuration"
#define BUYER(field, what) what ": mailfilter customer edit ID " field

static const struct form {
	const char *country;
	unsigned scope;
	const char *path, *form, *say;
} forms[] = {
    {"NO", IF_THERE, "seller.tax_id", "^(?!NO)|^NO[0-9]{9}MVA$",
	SELLER("tax-id", "NO, nine digits and MVA")},
    {"DK", ALL, "seller.legal_id", ".", SELLER("legal-id", "CVR number")},
    {"DK", ALL, "seller.legal_scheme", "^0184$",
	SELLER("legal-scheme", "scheme 0184 of the CVR number")},
    {"IT", IF_THERE, "seller.tax_number", "^[A-Z0-9]{11,16}$",
	SELLER("tax-number", "eleven to sixteen letters and digits")},
    {"IT", ALL, "seller.address.street", ".", SELLER("street", "street")},
    {"IT", ALL, "seller.address.city", ".", SELLER("city", "city")},
    {"IT", ALL, "seller.address.postcode", ".",
	SELLER("postcode", "postcode")},
    {"SE", IF_THERE, "seller.tax_id", "^(?!SE)|^SE[0-9]{12}$",
	SELLER("tax-id", "SE and twelve digits")},
    {"SE", IF_THERE, "seller.legal_id", "^[0-9]{10}$",
	SELLER("legal-id", "ten digits")},
    {"IS", ALL, "seller.legal_id", ".", SELLER("legal-id", "kennitala")},
    {"IS", ALL, "seller.legal_scheme", "^0196$",
	SELLER("legal-scheme", "scheme 0196 of the kennitala")},
    {"IS", ALL, "seller.address.street", ".", SELLER("street", "street")},
    {"IS", ALL, "seller.address.postcode", ".",
	SELLER("postcode", "postcode")},
    {"IS", ALL, "_type", "^38[01]$",
	"invoice (380) or credit note (381): another type"},
    {"IS", HOME, "buyer.legal_id", ".", BUYER("--legal-id", "kennitala")},
    {"IS", HOME, "buyer.legal_scheme", "^0196$",
	BUYER("--legal-scheme", "scheme 0196 of the kennitala")},
    {"IS", HOME, "buyer.address.street", ".", BUYER("--street", "street")},
    {"IS", HOME, "buyer.address.postcode", ".",
	BUYER("--postcode", "postcode")},
    {"NL", ALL, "seller.address.street", ".", SELLER("street", "street")},
    {"NL", ALL, "seller.address.city", ".", SELLER("city", "city")},
    {"NL", ALL, "seller.address.postcode", ".",
	SELLER("postcode", "postcode")},
    {"NL", HOME, "buyer.address.street", ".", BUYER("--street", "street")},
    {"NL", HOME, "buyer.address.city", ".", BUYER("--city", "city")},
    {"NL", HOME, "buyer.address.postcode", ".",
	BUYER("--postcode", "postcode")},
    {"GR", ALL, "number", "^[0-9]{9}\\|[0-9]{2}/[0-9]{2}/[0-9]{4}\\|[0-9]+\\|"
	"(1\\.1|1\\.6|2\\.1|2\\.4|5\\.1|5\\.2)\\|[^|]+\\|[^|]+$",
	"six parts between bars (tax number|day|number|type|…|…)"},
    {"GR", ALL, "seller.tax_id", "^EL[0-9]{9}$",
	SELLER("tax-id", "EL and nine digits")},
    {"GR", ALL, "seller.endpoint", "^[0-9]{9}$",
	SELLER("endpoint", "tax number of nine digits")},
    {"GR", ALL, "seller.endpoint_scheme", "^9933$",
	SELLER("endpoint-scheme", "scheme 9933")},
    {"GR", HOME, "buyer.tax_id", "^EL[0-9]{9}$",
	BUYER("--tax-id", "EL and nine digits")},
    {"GR", HOME, "buyer.endpoint", "^[0-9]{9}$",
	BUYER("--endpoint", "tax number of nine digits")},
    {"GR", HOME, "buyer.endpoint_scheme", "^9933$",
	BUYER("--endpoint-scheme", "scheme 9933")},
};

static bool
at_home(const json_t *view, const char *country)
{
	return !strcmp(view_text(view, "buyer.address.country"), country);
}

static char *
check_forms(const json_t *view, const char *country)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		const struct form *form = &forms[i];
		const char *text = view_text(view, form->path);

		if (strcmp(form->country, country) ||
		    (form->scope == HOME && !at_home(view, country)) ||
		    (form->scope == IF_THERE && !*text))
			continue;
		if (!g_regex_match_simple(form->form, text, 0, 0))
			return g_strdup_printf("%s: Peppol wants of a seller "
			    "in %s %s", form->path, country, form->say);
	}
	return NULL;
}

/* Means of payment that two parties of the country may use. */
static const struct {
	const char *country;
	const char *const codes[12];
} means[] = {
    {"DK", {"1", "10", "31", "42", "48", "49", "50", "58", "59", "93", "97"}},
    {"NL", {"30", "48", "49", "57", "58", "59"}},
};

static char *
check_means(const json_t *view, const char *country)
{
	const json_t *first = json_array_get(json_object_get(view, "_means"),
	    0);
	const char *code = view_text(first, "code");

	for (size_t i = 0; *code && i < G_N_ELEMENTS(means); i++) {
		g_autofree char *all = NULL;

		if (strcmp(means[i].country, country) ||
		    !at_home(view, country) ||
		    (*country == 'D' && is_credit_note(view)) ||
		    g_strv_contains(means[i].codes, code))
			continue;
		all = g_strjoinv(", ", (char **)means[i].codes);
		return g_strdup_printf("payment.means: Peppol wants within %s "
		    "one of %s, not %s", country, all, code);
	}
	if (!strcmp(country, "NL") && !*code)
		return g_strdup("payment: Peppol wants of a seller in NL a "
		    "way to pay: account in the configuration");
	if (!strcmp(country, "SE") && (!strcmp(code, "50") ||
		!strcmp(code, "56") || (!strcmp(code, "31") &&
		    at_home(view, country))))
		return g_strdup("payment.means: Peppol wants of a seller in "
		    "SE 30, with SE:BANKGIRO or SE:PLUSGIRO as bic of the "
		    "account");
	return NULL;
}

/* Account numbers of the ways to pay that a country has of its own. */
static const struct {
	const char *country, *code, *account, *reference, *bic;
} ways[] = {
    {"DK", "31", ".", "", "."},
    {"DK", "42", ".", "", "."},
    {"DK", "50", "^[0-9]{7,8}$", "^(01#|(04|15)#[0-9]{16}$)", ""},
    {"DK", "93", "^.{8}$", "^(73#|7[15]#.{15,16}$)", ""},
    {"IS", "9", "^[0-9]{12}$", "", ""},
    {"IS", "42", "^[0-9]{12}$", "", ""},
};

static char *
check_way(const json_t *view, const char *country)
{
	const json_t *first = json_array_get(json_object_get(view, "_means"),
	    0);
	const char *code = view_text(first, "code");

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		if (strcmp(ways[i].country, country) ||
		    strcmp(ways[i].code, code) ||
		    (*country == 'D' && !at_home(view, country)))
			continue;
		if (!g_regex_match_simple(ways[i].account,
			view_text(first, "account.id"), 0, 0) ||
		    !g_regex_match_simple(ways[i].bic,
			view_text(first, "account.bic"), 0, 0))
			return g_strdup_printf("payment.accounts: Peppol "
			    "wants for means of payment %s in %s a national "
			    "account number and the number of the bank as bic",
			    code, country);
		if (!g_regex_match_simple(ways[i].reference,
			view_text(first, "reference"), 0, 0))
			return g_strdup_printf("payment.reference: Peppol "
			    "wants for means of payment %s in %s a reference "
			    "that begins with its kind of card (71#…)", code,
			    country);
	}
	if (!strcmp(country, "DK") && !strcmp(code, "49") &&
	    at_home(view, country) &&
	    !*view_text(view, "payment.mandate.account"))
		return g_strdup("payment.mandate.account: Peppol wants it in "
		    "DK for a direct debit");
	return NULL;
}

/* GIRO accounts of Sweden are digits, seven or eight, or two to eight. */
static char *
swedish_giro(const json_t *view, const json_t *one, const char *path)
{
	const char *bic = view_text(one, "account.bic");
	const char *id = view_text(one, "account.id");
	const char *form = !strcmp(bic, "SE:BANKGIRO") ? "^[0-9]{7,8}$" :
	    !strcmp(bic, "SE:PLUSGIRO") ? "^[0-9]{2,8}$" : "";

	(void)view;
	(void)path;
	return g_regex_match_simple(form, id, 0, 0) ? NULL : g_strdup_printf(
	    "payment.accounts: \"%s\" is no account of %s: digits only", id,
	    bic);
}

static char *
swedish_rate(const json_t *view, const json_t *tax, const char *path)
{
	decimal_wide rate;

	(void)view;
	if (strcmp(view_text(tax, "category"), "S") ||
	    !view_decimal(tax, "rate", &rate) || rate == 25 * DECIMAL_ONE ||
	    rate == 12 * DECIMAL_ONE || rate == 6 * DECIMAL_ONE)
		return NULL;
	return g_strdup_printf("%s.rate: Peppol knows the rates 25, 12 and 6 "
	    "of sellers in SE, not %s", path, view_text(tax, "rate"));
}

static char *
check_swedish(const json_t *view)
{
	char *why = demand_each(view, "_means", swedish_giro);
	g_autofree char *tax = g_utf8_strup(
	    view_text(view, "seller.tax_number"), -1);

	if (!why && g_str_has_prefix(view_text(view, "seller.tax_id"), "SE"))
		why = demand_each(view, "taxes", swedish_rate);
	if (!why && *tax && *view_text(view, "seller.legal_id") &&
	    strcmp(tax, "GODKÄND FÖR F-SKATT"))
		why = g_strdup("seller.tax_number: Peppol wants of a seller "
		    "in SE \"Godkänd för F-skatt\" there, or nothing");
	return why;
}

static char *
order_line(const json_t *view, const json_t *line, const char *path)
{
	(void)path;
	return *view_text(line, "po_line") && !*view_text(view, "po") ?
	    g_strdup("po: Peppol wants of a seller in NL the order number "
		"when a line names a line of it: --po NUMBER") : NULL;
}

static char *
dutch_id(const json_t *view, const char *who)
{
	g_autofree char *id = g_strconcat(who, ".legal_id", NULL);
	g_autofree char *scheme = g_strconcat(who, ".legal_scheme", NULL);
	const char *text = view_text(view, scheme);

	return *view_text(view, id) && strcmp(text, "0106") &&
	    strcmp(text, "0190") ? g_strdup_printf("%s: Peppol wants of a "
		"seller in NL a KVK number (0106) or an OIN (0190), not \"%s\"",
		scheme, text) : NULL;
}

static char *
check_dutch(const json_t *view)
{
	char *why = dutch_id(view, "seller");

	if (!why && at_home(view, "NL"))
		why = dutch_id(view, "buyer");
	if (!why && is_credit_note(view) &&
	    !json_array_size(json_object_get(view, "preceding")))
		why = g_strdup("preceding: Peppol wants of a seller in NL the "
		    "number of the invoice that a credit note is for: "
		    "--preceding NUMBER");
	if (!why)
		why = demand_each(view, "lines", order_line);
	return why;
}

static char *
schemed(const json_t *view, const char *who)
{
	const json_t *ids = json_object_get(json_object_get(view, who), "ids");

	for (size_t i = 0; i < json_array_size(ids); i++)
		if (!*view_text(json_array_get(ids, i), "scheme"))
			return g_strdup_printf("%s.ids[%zu].scheme: Peppol "
			    "wants the scheme of an identifier within DK",
			    who, i);
	return NULL;
}

static char *
danish_class(const json_t *view, const json_t *line, const char *path)
{
	static const char *const versions[] = {"19.05.01", "19.0501",
	    "26.08.01", "26.0801", NULL};
	const json_t *classes = json_object_get(line, "classes");
	bool any = false, known = false;

	(void)view;
	for (size_t i = 0; i < json_array_size(classes); i++) {
		const json_t *one = json_array_get(classes, i);

		any |= !strcmp(view_text(one, "scheme"), "TST");
		known |= g_strv_contains(versions, view_text(one, "version"));
	}
	return any && !known ? g_strdup_printf("%s.classes: Peppol wants of a "
	    "seller in DK version 26.0801 or 19.0501 of UNSPSC", path) : NULL;
}

static char *
danish_duty(const json_t *view, const json_t *one, const char *path)
{
	const char *reason = view_text(one, "reason");
	size_t length = strlen(reason);

	(void)view;
	if (strcmp(view_text(one, "reason_code"), "ZZZ") ||
	    g_regex_match_simple("^[0-9]{4}$", reason, 0, 0) ||
	    (strchr(reason, '#') && *reason != '#' &&
		reason[length - 1] != '#'))
		return NULL;
	return g_strdup_printf("%s.reason: Peppol wants within DK for code "
	    "ZZZ four digits of a duty, or a text with # in it", path);
}

static char *
check_danish(const json_t *view)
{
	static const char *const keys[] = {"allowances", "charges"};
	const json_t *lines = json_object_get(view, "lines");
	char *why = NULL;
	decimal_wide due;

	if (!at_home(view, "DK"))
		return NULL;
	if (is_credit_note(view) && view_decimal(json_object_get(view,
		"totals"), "due", &due) && due < 0)
		return g_strdup("totals.due: Peppol wants no credit note "
		    "below zero within DK: send an invoice");
	if (!(why = schemed(view, "seller")))
		why = schemed(view, "buyer");
	if (!why)
		why = demand_each(view, "lines", danish_class);
	for (size_t k = 0; !why && k < G_N_ELEMENTS(keys); k++) {
		why = demand_each(view, keys[k], danish_duty);
		for (size_t i = 0; !why && i < json_array_size(lines); i++)
			why = demand_each(json_array_get(lines, i), keys[k],
			    danish_duty);
	}
	return why;
}

/* Greek tax numbers: nine digits, the last from powers of two. */
static bool
greek_number(const char *text)
{
	int sum = 0;

	if (strlen(text) < 9)
		return false;
	for (int i = 0; i < 8; i++)
		sum += (text[i] - '0') << (8 - i);
	return sum % 11 % 10 == text[8] - '0';
}

static int
described(const json_t *view, const char *what)
{
	const json_t *files = json_object_get(view, "attachments");
	int count = 0;

	for (size_t i = 0; i < json_array_size(files); i++)
		count += !strcmp(view_text(json_array_get(files, i),
		    "description"), what);
	return count;
}

static char *
check_greek(const json_t *view)
{
	const char *number = view_text(view, "number");
	const char *date = view_text(view, "date");
	const char *tax = view_text(view, "seller.tax_id");
	g_autofree char *day = g_strdup_printf("|%.2s/%.2s/%.4s|", date + 8,
	    date + 5, date);

	if (!greek_number(tax + 2) || strncmp(number, tax + 2, 9) ||
	    !g_str_has_prefix(number + 9, day))
		return g_strdup("number: Peppol wants of a seller in GR your "
		    "tax number and the day of issue in the number");
	if (!greek_number(view_text(view, "seller.endpoint")))
		return g_strdup("seller.endpoint: Peppol wants of a seller in "
		    "GR a valid tax number");
	if (at_home(view, "GR") &&
	    (!greek_number(view_text(view, "buyer.tax_id") + 2) ||
		!greek_number(view_text(view, "buyer.endpoint"))))
		return g_strdup("buyer.tax_id: Peppol wants within GR valid "
		    "tax numbers as VAT identifier and endpoint");
	if (described(view, "##M.AR.K##") != 1 ||
	    described(view, "##INVOICE|URL##") != 1)
		return g_strdup("attachments: Peppol wants of a seller in GR "
		    "the MARK (description ##M.AR.K##, its number as id) and "
		    "the invoice's address (description ##INVOICE|URL##)");
	return NULL;
}

char *
demand_nation(const json_t *view)
{
	static const struct {
		const char *country;
		char *(*check)(const json_t *view);
	} own[] = {{"SE", check_swedish}, {"NL", check_dutch},
	    {"DK", check_danish}, {"GR", check_greek}};
	const char *country = view_text(view, "seller.address.country");
	char *why = check_forms(view, country);

	if (!why)
		why = check_means(view, country);
	if (!why)
		why = check_way(view, country);
	for (size_t i = 0; !why && i < G_N_ELEMENTS(own); i++)
		if (!strcmp(own[i].country, country))
			why = own[i].check(view);
	return why;
}
