/*
 * document_peppol.c - the rules of Peppol BIS Billing 3 for a complete invoice
 * document, and those that it has for sellers of some countries. Pure.
 */
#include "document_profile.h"
#include "tax_id.h"

#include <string.h>

/* ---- the network's ------------------------------------------------------------- */

static bool
check_type(struct work *work, unsigned rules)
{
	static const char *const types[] = {"71", "80", "82", "84", "102",
		"218", "219", "326", "331", "380", "382", "383", "384", "386",
		"388", "393", "395", "553", "575", "623", "780", "817", "870",
		"875", "876", "877", "381", "396", "81", "83", "532", NULL};
	const char *code = document_type_code(work->root);

	if (!g_strv_contains(types, code))
		return fault(work, "type_code", "BT-3", "Peppol knows no "
		    "document type %s; enter 380 (invoice), 386 (deposit) or "
		    "381 (credit note) (PEPPOL-EN16931-P0100)", code);
	return (rules & RULES_DE) || (strcmp(code, "326") != 0 &&
	    strcmp(code, "384") != 0) || fault(work, "type_code", "BT-3",
	    "Peppol has document type %s between Germans only; enter type "
	    "invoice or credit-note (PEPPOL-EN16931-P0112)", code);
}

/* The schemes that the network does not carry. */
static bool
check_scheme(struct work *work, unsigned rules)
{
	static const char *const others[] = {"EM", "AN", "AQ", "AS", "AU",
		NULL};
	static const char *const parties[] = {"seller", "buyer"};

	(void)rules;
	for (size_t i = 0; i < G_N_ELEMENTS(parties); i++) {
		g_autofree char *path = path_key(parties[i],
		    "endpoint_scheme");
		const char *scheme = document_text(work->root, path);

		if (scheme && g_strv_contains(others, scheme))
			return fault(work, path, "BT-34-1/49-1", "Peppol does "
			    "not carry scheme %s; enter the party's Peppol "
			    "id (\"0088\" and a GLN, \"9930\" and a German VAT "
			    "id, \"0208\" and a Belgian number …) "
			    "(PEPPOL-EN16931-CL008)", scheme);
	}
	return true;
}

static bool
check_notes(struct work *work, unsigned rules)
{
	size_t notes = json_array_size(json_object_get(work->root, "notes"));

	return notes <= 1 || (rules & RULES_DE) || fault(work, "notes",
	    "BG-1", "Peppol carries one note, here are %zu; make one of them "
	    "(PEPPOL-EN16931-R002)", notes);
}

static bool
check_base(struct work *work, const json_t *list, const char *path)
{
	size_t i;
	json_t *share;

	json_array_foreach(list, i, share) {
		g_autofree char *item = path_item(path, i);
		g_autofree char *at = path_key(item, "percent");

		if (has_any(share, "base") && !has_any(share, "percent"))
			return fault(work, at, "BT-94/101", "there is a base "
			    "without a percentage; enter both or the amount "
			    "alone (PEPPOL-EN16931-R042)");
	}
	return true;
}

static bool
check_bases(struct work *work, unsigned rules)
{
	static const char *const lists[] = {"allowances", "charges"};

	(void)rules;
	for (size_t l = 0; l < G_N_ELEMENTS(lists); l++) {
		size_t i;
		json_t *line;

		if (!check_base(work, json_object_get(work->root, lists[l]),
		    lists[l]))
			return false;
		json_array_foreach(json_object_get(work->root, "lines"), i,
		    line) {
			g_autofree char *item = path_item("lines", i);
			g_autofree char *path = path_key(item, lists[l]);

			if (!check_base(work, json_object_get(line, lists[l]),
			    path))
				return false;
		}
	}
	return true;
}

/* The period of a line lies inside that of the invoice. */
static bool
check_periods(struct work *work, unsigned rules)
{
	const json_t *whole = json_object_get(work->root, "period");
	const char *from = text_of(whole, "from");
	const char *to = text_of(whole, "to");
	size_t i;
	json_t *line;

	(void)rules;
	json_array_foreach(json_object_get(work->root, "lines"), i, line) {
		const json_t *own = json_object_get(line, "period");
		g_autofree char *item = path_item("lines", i);
		g_autofree char *at = path_key(item, "period");

		if ((from && text_of(own, "from") &&
		    strcmp(text_of(own, "from"), from) < 0) ||
		    (to && text_of(own, "to") &&
		    strcmp(text_of(own, "to"), to) > 0))
			return fault(work, at, "BG-26", "it is not inside the "
			    "invoice's period (%s to %s); widen that "
			    "(PEPPOL-EN16931-R110, R111)", from ? from : "…",
			    to ? to : "…");
	}
	return true;
}

/* ---- identifiers with check digits ----------------------------------------------- */

static bool
gln_is_right(const char *id)
{
	size_t length = strlen(id);
	int sum = 0;

	if (length == 0 || strspn(id, "0123456789") != length)
		return false;
	for (size_t i = 0; i < length; i++)
		sum += (id[length - 1 - i] - '0') * (i % 2 ? 3 : 1);
	return sum % 10 == 0;
}

static bool
id_is_right(const char *scheme, const char *id)
{
	static const struct { const char *scheme, *country; } rows[] = {
		{"0192", "NO"}, {"0208", "BE"}, {"0184", "DK"},
		{"0151", "AU"}, {"0211", "IT"},
	};

	if (strcmp(scheme, "0088") == 0)
		return gln_is_right(id);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].scheme, scheme) == 0)
			return tax_id_check(rows[i].country, id, NULL,
			    NULL) == TAX_ID_GOOD;
	return true;
}

static bool
check_id(struct work *work, const char *party, const char *key,
    const char *term)
{
	g_autofree char *path = path_key(party, key);
	g_autofree char *scheme = g_strconcat(path, "_scheme", NULL);
	const char *id = document_text(work->root, path);
	const char *code;

	if (strcmp(key, "legal_id") == 0) {
		g_free(scheme);
		scheme = path_key(party, "legal_scheme");
	}
	code = document_text(work->root, scheme);
	return !id || !code || id_is_right(code, id) || fault(work, path,
	    term, "'%s' is wrong for scheme %s (%s): its length or its check "
	    "digit; enter it again (PEPPOL-COMMON-R040 to R050)", id, code,
	    code_name(CODES_ICD, code));
}

static bool
check_ids(struct work *work, unsigned rules)
{
	(void)rules;
	return check_id(work, "seller", "endpoint", "BT-34") &&
	    check_id(work, "buyer", "endpoint", "BT-49") &&
	    check_id(work, "seller", "legal_id", "BT-30") &&
	    check_id(work, "buyer", "legal_id", "BT-47");
}

/* ---- by the seller's country -------------------------------------------------------- */

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
	return !number || g_ascii_strcasecmp(number,
	    "Godkänd för F-skatt") == 0 || fault(work, "seller.tax_number",
	    "BT-32", "sellers of SE enter \"Godkänd för F-skatt\" here "
	    "(SE-R-005)");
}

bool
document_check_peppol(struct work *work, unsigned rules)
{
	static bool (*const checks[])(struct work *, unsigned) = {
		check_type, check_scheme, check_notes, check_bases,
		check_periods, check_ids, check_country, check_dutch,
		check_nordic,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
		if (!checks[i](work, rules))
			return false;
	return true;
}
