/*
 * document_country.c - the rules that Peppol has for sellers of some
 * countries. Pure.
 */
#include "document_profile.h"

#include <string.h>

/* What must be there; with `buyer` only for a buyer of the same country.
 * `values`: separated by spaces, NULL any. */
static const struct {
	const char *country;
	bool buyer;
	const char *path, *values, *term, *rule, *wanted;
} musts[] = {
	{"NL", false, "seller.address.street", NULL, "BT-35", "NL-R-002",
	    "the street"},
	{"NL", false, "seller.address.city", NULL, "BT-37", "NL-R-002",
	    "the city"},
	{"NL", false, "seller.address.postcode", NULL, "BT-38", "NL-R-002",
	    "the postcode"},
	{"NL", false, "seller.legal_scheme", "0106 0190", "BT-30-1",
	    "NL-R-003", "a KVK number as legal_id with scheme 0106 (an OIN: "
	    "0190)"},
	{"NL", true, "buyer.address.street", NULL, "BT-50", "NL-R-004",
	    "the street"},
	{"NL", true, "buyer.address.city", NULL, "BT-52", "NL-R-004",
	    "the city"},
	{"NL", true, "buyer.address.postcode", NULL, "BT-53", "NL-R-004",
	    "the postcode"},
	{"NL", true, "buyer.legal_scheme", "0106 0190", "BT-47-1",
	    "NL-R-005", "a KVK number as legal_id with scheme 0106 (an OIN: "
	    "0190)"},
	{"NL", true, "payment.means", "30 48 49 57 58 59", "BT-81",
	    "NL-R-008", "payment means 30, 48, 49, 57, 58 or 59"},
	{"DK", false, "seller.legal_id", NULL, "BT-30", "DK-R-002",
	    "the CVR number as legal_id"},
	{"DK", false, "seller.legal_scheme", "0184", "BT-30-1", "DK-R-014",
	    "scheme 0184 for the CVR number"},
	{"DK", true, "payment.means", "1 10 31 42 48 49 50 58 59 93 97",
	    "BT-81", "DK-R-005", "payment means 1, 10, 31, 42, 48, 49, 50, "
	    "58, 59, 93 or 97"},
	{"IT", false, "seller.address.street", NULL, "BT-35", "IT-R-002",
	    "the street"},
	{"IT", false, "seller.address.city", NULL, "BT-37", "IT-R-003",
	    "the city"},
	{"IT", false, "seller.address.postcode", NULL, "BT-38", "IT-R-004",
	    "the postcode"},
	{"IS", false, "seller.legal_id", NULL, "BT-30", "IS-R-002",
	    "the kennitala as legal_id"},
	{"IS", false, "seller.address.street", NULL, "BT-35", "IS-R-003",
	    "the street"},
	{"IS", false, "seller.address.postcode", NULL, "BT-38", "IS-R-003",
	    "the postcode"},
	{"IS", true, "buyer.legal_id", NULL, "BT-47", "IS-R-004",
	    "the kennitala as legal_id"},
	{"IS", true, "buyer.address.street", NULL, "BT-50", "IS-R-005",
	    "the street"},
	{"IS", true, "buyer.address.postcode", NULL, "BT-53", "IS-R-005",
	    "the postcode"},
};

static bool
is_among(const char *value, const char *values)
{
	g_auto(GStrv) list = g_strsplit(values, " ", -1);

	return g_strv_contains((const char *const *)list, value);
}

static bool
check_country(struct work *work, unsigned rules)
{
	const char *seller = document_text(work->root,
	    "seller.address.country");
	const char *buyer = document_text(work->root,
	    "buyer.address.country");

	(void)rules;
	for (size_t i = 0; i < G_N_ELEMENTS(musts); i++) {
		const char *value = document_text(work->root, musts[i].path);

		if (g_strcmp0(musts[i].country, seller) != 0 ||
		    (musts[i].buyer && g_strcmp0(seller, buyer) != 0) ||
		    (value && (!musts[i].values ||
		    is_among(value, musts[i].values))))
			continue;
		return fault(work, musts[i].path, musts[i].term, "%s%s%s; "
		    "sellers of %s enter %s (%s)", value ? "'" : "",
		    value ? value : "it is missing", value
		    ? "' does not do" : "", seller, musts[i].wanted,
		    musts[i].rule);
	}
	return true;
}

/* A Dutch credit note names its invoice, a Dutch order line its order. */
static bool
check_dutch(struct work *work, unsigned rules)
{
	size_t i;
	json_t *line;

	(void)rules;
	if (g_strcmp0(document_text(work->root, "seller.address.country"),
	    "NL") != 0)
		return true;
	if (document_is_credit(work->root) &&
	    !json_object_get(work->root, "preceding"))
		return fault(work, "preceding", "BG-3", "it is missing; sellers "
		    "of NL enter the invoice that is credited (NL-R-001)");
	json_array_foreach(json_object_get(work->root, "lines"), i, line)
		if (has_any(line, "po_line") &&
		    !json_object_get(work->root, "po"))
			return fault(work, "po", "BT-13", "it is missing, but "
			    "lines name order lines; enter the order number "
			    "(NL-R-009)");
	return json_object_get(work->root, "payment") ||
	    document_is_credit(work->root) || fault(work, "payment",
	    "BG-16", "it is missing; configure an account (NL-R-007)");
}

/* Rates of Sweden, however many decimals they are written with. */
static bool
check_swedish_rates(struct work *work)
{
	static const char *const rates[] = {"25", "12", "6", NULL};
	size_t i;
	json_t *tax;

	json_array_foreach(json_object_get(work->root, "taxes"), i, tax) {
		g_autofree char *path = path_item("taxes", i);
		const char *rate = text_of(tax, "rate");

		if (g_strcmp0(text_of(tax, "category"), "S") == 0 &&
		    !g_strv_contains(rates, rate))
			return fault(work, path, "BT-119", "sellers of SE have "
			    "the rates 25, 12 and 6, here is %s (SE-R-006)",
			    rate);
	}
	return true;
}

static bool
check_nordic(struct work *work, unsigned rules)
{
	const char *country = document_text(work->root,
	    "seller.address.country");
	const char *tax = document_text(work->root, "seller.tax_id");
	const char *legal = document_text(work->root, "seller.legal_id");
	const char *number = document_text(work->root, "seller.tax_number");

	(void)rules;
	if (g_strcmp0(country, "NO") == 0 && tax &&
	    (strlen(tax) != 14 || !g_str_has_suffix(tax, "MVA")))
		return fault(work, "seller.tax_id", "BT-31", "'%s' is no "
		    "Norwegian VAT id; enter NO, nine digits, MVA (NO-R-001)",
		    tax);
	if (g_strcmp0(country, "SE") != 0)
		return true;
	if (legal && (strlen(legal) != 10 ||
	    strspn(legal, "0123456789") != 10))
		return fault(work, "seller.legal_id", "BT-30", "'%s' is no "
		    "Swedish organisation number; enter ten digits "
		    "(SE-R-004)", legal);
	if (number && g_ascii_strcasecmp(number, "Godkänd för F-skatt") != 0)
		return fault(work, "seller.tax_number", "BT-32", "sellers of "
		    "SE enter \"Godkänd för F-skatt\" here (SE-R-005)");
	return check_swedish_rates(work);
}

static bool
check_italian(struct work *work, unsigned rules)
{
	const char *number = document_text(work->root, "seller.tax_number");
	size_t length = number ? strlen(number) : 0;

	(void)rules;
	if (!number || g_strcmp0(document_text(work->root,
	    "seller.address.country"), "IT") != 0)
		return true;
	return (length >= 11 && length <= 16 && strspn(number,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length) ||
	    fault(work, "seller.tax_number", "BT-32", "'%s' is no codice "
	    "fiscale; sellers of IT enter 11 to 16 capitals and digits "
	    "(IT-R-001)", number);
}

/* The number of a Greek invoice is made of six parts. */
static bool
check_greek(struct work *work, unsigned rules)
{
	const char *number = text_of(work->root, "number");
	g_auto(GStrv) parts = number ? g_strsplit(number, "|", -1) : NULL;

	(void)rules;
	return g_strcmp0(document_text(work->root, "seller.address.country"),
	    "GR") != 0 || !number || g_strv_length(parts) == 6 ||
	    fault(work, "number", "BT-1", "'%s' has not the six parts that "
	    "sellers of GR enter: tax number|day|branch|type|series|number "
	    "(GR-R-001)", number);
}

bool
document_check_country(struct work *work, unsigned rules)
{
	return check_country(work, rules) && check_dutch(work, rules) &&
	    check_nordic(work, rules) && check_italian(work, rules) &&
	    check_greek(work, rules);
}
