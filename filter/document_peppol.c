/*
 * document_peppol.c - the rules of Peppol BIS Billing 3 for a complete invoice
 * document, and those of them that XRechnung has taken over. Pure.
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
		"0219", "0220", "0242", "0244", "0245", "0246", "0248", NULL};
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

/* Ten digits, the last after Luhn. */
static bool
swedish_is_right(const char *id)
{
	int sum = 0;

	if (strlen(id) != 10 || strspn(id, "0123456789") != 10)
		return false;
	for (int i = 0; i < 10; i++) {
		int digit = (id[i] - '0') * (i % 2 ? 1 : 2);

		sum += digit > 9 ? digit - 9 : digit;
	}
	return sum % 10 == 0;
}

static bool
id_is_right(const char *scheme, const char *id)
{
	static const struct {
		const char *scheme, *country;
		size_t length;		/* 0: as the country has it */
	} rows[] = {
		{"0192", "NO", 9}, {"0208", "BE", 10}, {"0184", "DK", 0},
		{"0151", "AU", 11}, {"0211", "IT", 0},
	};

	if (strcmp(scheme, "0088") == 0)
		return gln_is_right(id);
	if (strcmp(scheme, "0007") == 0)
		return swedish_is_right(id);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].scheme, scheme) == 0)
			return (!rows[i].length ||
			    strlen(id) == rows[i].length) &&
			    tax_id_check(rows[i].country, id, NULL, NULL) ==
			    TAX_ID_GOOD;
	return true;
}

static bool
check_id(struct work *work, const char *path, const char *term,
    const char *id, const char *scheme)
{
	return !id || !scheme || id_is_right(scheme, id) || fault(work, path,
	    term, "'%s' is wrong for scheme %s (%s): its length or its check "
	    "digit; enter it again (PEPPOL-COMMON-R040 to R050)", id, scheme,
	    code_name(CODES_ICD, scheme));
}

static bool
check_party(struct work *work, const char *name)
{
	const json_t *party = json_object_get(work->root, name);
	g_autofree char *endpoint = path_key(name, "endpoint");
	g_autofree char *legal = path_key(name, "legal_id");
	g_autofree char *list = path_key(name, "ids");
	size_t i;
	json_t *one;

	json_array_foreach(json_object_get(party, "ids"), i, one) {
		g_autofree char *item = path_item(list, i);

		if (!check_id(work, item, "BT-29/46", text_of(one, "id"),
		    text_of(one, "scheme")))
			return false;
	}
	return check_id(work, endpoint, "BT-34/49", text_of(party,
	    "endpoint"), text_of(party, "endpoint_scheme")) &&
	    check_id(work, legal, "BT-30/47", text_of(party, "legal_id"),
	    text_of(party, "legal_scheme"));
}

static bool
check_ids(struct work *work, unsigned rules)
{
	(void)rules;
	return check_party(work, "seller") && check_party(work, "buyer");
}

/* ---- what XRechnung has too ------------------------------------------------------- */

static bool
check_mandate(struct work *work, unsigned rules)
{
	const char *means = document_text(work->root, "payment.means");

	(void)rules;
	return !means || (strcmp(means, "49") != 0 && strcmp(means, "59") !=
	    0) || document_text(work->root, "payment.mandate.reference") ||
	    fault(work, "payment.mandate.reference", "BT-89", "it is missing; "
	    "enter the mandate's reference, or other payment means "
	    "(PEPPOL-EN16931-R061)");
}

/* What whole units (yen) are rounded to may be two hundredths off, no more. */
static bool
check_slack(struct work *work, const char *path, int64_t exact,
    int64_t amount)
{
	int64_t scale = power_of_ten(2 - work->digits);

	return (exact - amount * scale <= 1 && amount * scale - exact <= 1) ||
	    fault(work, path, "BT-131", "the amount is not whole in %s; enter "
	    "prices and percentages that make whole amounts "
	    "(PEPPOL-EN16931-R120, R040)", text_of(work->root, "currency"));
}

static bool
check_whole_shares(struct work *work, const json_t *object,
    const char *path)
{
	static const char *const lists[] = {"allowances", "charges"};

	for (size_t l = 0; l < G_N_ELEMENTS(lists); l++) {
		g_autofree char *list = path_key(path, lists[l]);
		size_t i;
		json_t *one;

		json_array_foreach(json_object_get(object, lists[l]), i,
		    one) {
			g_autofree char *at = path_item(list, i);
			int64_t percent = number_of(one, "percent", 4, -1);
			int64_t exact = 0;

			if (percent >= 0 && (!mul_div(number_of(one, "base",
			    2, 0), percent, 100 * RATE_SCALE, &exact) ||
			    !check_slack(work, at, exact, number_of(one,
			    "amount", work->digits, 0))))
				return false;
		}
	}
	return true;
}

static bool
check_whole(struct work *work, unsigned rules)
{
	size_t i;
	json_t *line;

	(void)rules;
	work->digits = money_digits(text_of(work->root, "currency"));
	if (work->digits >= 2)
		return true;
	json_array_foreach(json_object_get(work->root, "lines"), i, line) {
		g_autofree char *path = path_item("lines", i);
		int64_t quantity = number_of(line, "quantity", 6, 0);
		int64_t price = number_of(line, "price", 6, 0);
		int64_t per = number_of(line, "price_quantity", 6, 1000000);
		int64_t exact, whole;

		if (!line_amount(quantity, price, per, 2, &exact) ||
		    !line_amount(quantity, price, per, work->digits, &whole)
		    || !check_slack(work, path, exact, whole) ||
		    !check_whole_shares(work, line, path))
			return false;
	}
	return check_whole_shares(work, work->root, "");
}

bool
document_check_network(struct work *work, unsigned rules)
{
	return check_bases(work, rules) && check_periods(work, rules) &&
	    check_mandate(work, rules) && check_whole(work, rules);
}

bool
document_check_peppol(struct work *work, unsigned rules)
{
	static bool (*const checks[])(struct work *, unsigned) = {
		check_type, check_scheme, check_notes, check_ids,
		document_check_country,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
		if (!checks[i](work, rules))
			return false;
	return true;
}
