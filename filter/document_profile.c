/*
 * document_profile.c - what the profiles of electronic invoices ask of a
 * complete document: EN 16931 in XML, XRechnung (BR-DE), Peppol BIS Billing 3.
 * What must be there is a table; the rest are checks in order. Pure.
 */
#include "document_internal.h"
#include "document_profile.h"

#include <string.h>

static const struct {
	const char *name;
	unsigned rules;
} profiles[] = {
	{"en16931", RULES_EN}, {"ubl", RULES_EN}, {"cii", RULES_EN | RULES_CII},
	{"factur-x", RULES_EN | RULES_CII}, {"zugferd", RULES_EN | RULES_CII},
	{"xrechnung", RULES_EN | RULES_DE},
	{"xrechnung-cii", RULES_EN | RULES_DE | RULES_CII},
	{"peppol", RULES_EN | RULES_PEPPOL},
};

static unsigned
rules_of(const char *profile)
{
	for (size_t i = 0; i < G_N_ELEMENTS(profiles); i++)
		if (strcmp(profiles[i].name, profile) == 0)
			return profiles[i].rules;
	return 0;
}

bool
document_profile_known(const char *profile)
{
	return profile && rules_of(profile) != 0;
}

/* ---- what must be there ------------------------------------------------------- */

/* Paths with | are alternatives; `when` is a group that must be there for the
 * row to count. */
static const struct {
	unsigned rules;
	const char *when, *paths, *term, *rule, *wanted;
} musts[] = {
	{RULES_DE, NULL, "buyer_reference", "BT-10", "BR-DE-15",
	    "enter the buyer's reference (Leitweg-ID) or set the customer's "
	    "buyer_reference"},
	{RULES_DE, NULL, "payment", "BG-16", "BR-DE-1",
	    "configure an account, or enter \"payment\""},
	{RULES_DE, NULL, "seller.contact.name", "BT-41", "BR-DE-5",
	    "set name in the section owner of the configuration"},
	{RULES_DE, NULL, "seller.contact.phone", "BT-42", "BR-DE-6",
	    "set phone in the section owner of the configuration"},
	{RULES_DE, NULL, "seller.contact.email", "BT-43", "BR-DE-7",
	    "set email in the section owner of the configuration"},
	{RULES_DE, NULL, "seller.address.city", "BT-37", "BR-DE-3",
	    "set city in the section owner of the configuration"},
	{RULES_DE, NULL, "seller.address.postcode", "BT-38", "BR-DE-4",
	    "set postcode in the section owner of the configuration"},
	{RULES_DE, NULL, "buyer.address.city", "BT-52", "BR-DE-8",
	    "set it with 'mailfilter customer edit --city'"},
	{RULES_DE, NULL, "buyer.address.postcode", "BT-53", "BR-DE-9",
	    "set it with 'mailfilter customer edit --postcode'"},
	{RULES_DE, "delivery.address", "delivery.address.city", "BT-77",
	    "BR-DE-10", "enter the city that is delivered to"},
	{RULES_DE, "delivery.address", "delivery.address.postcode", "BT-78",
	    "BR-DE-11", "enter the postcode that is delivered to"},
	{RULES_DE, "payment.mandate", "payment.mandate.creditor", "BT-90",
	    "BR-DE-30", "enter your creditor identifier"},
	{RULES_DE, "payment.mandate", "payment.mandate.account", "BT-91",
	    "BR-DE-31", "enter the account that is debited"},
	{RULES_DE | RULES_PEPPOL, NULL, "seller.endpoint", "BT-34",
	    "PEPPOL-EN16931-R020", "set endpoint and endpoint-scheme in the "
	    "section owner of the configuration"},
	{RULES_DE | RULES_PEPPOL, NULL, "buyer.endpoint", "BT-49",
	    "PEPPOL-EN16931-R010", "set it with 'mailfilter customer edit "
	    "--endpoint --endpoint-scheme'"},
	{RULES_PEPPOL, NULL, "buyer_reference|po", "BT-10 or BT-13",
	    "PEPPOL-EN16931-R003", "enter the buyer's reference or \"po\", "
	    "its order number"},
	{RULES_EN, NULL, "seller.tax_id|seller.legal_id|seller.ids", "BT-29 to "
	    "31", "BR-CO-26", "set tax-id or legal-id in the section owner of "
	    "the configuration"},
};

static bool
is_there(const json_t *document, const char *path)
{
	g_auto(GStrv) steps = g_strsplit(path, ".", -1);

	for (char **step = steps; *step; step++)
		document = json_object_get(document, *step);
	return document != NULL;
}

static bool
check_must(struct work *work, size_t i)
{
	g_auto(GStrv) paths = g_strsplit(musts[i].paths, "|", -1);

	if (musts[i].when && !is_there(work->root, musts[i].when))
		return true;
	for (char **path = paths; *path; path++)
		if (is_there(work->root, *path))
			return true;
	return fault(work, paths[0], musts[i].term, "it is missing; %s (%s)",
	    musts[i].wanted, musts[i].rule);
}

/* ---- EN 16931 in XML ------------------------------------------------------------- */

/* No amount of EN 16931 has three decimals (BR-DEC). */
static bool
check_decimals(struct work *work, unsigned rules)
{
	const char *key;
	json_t *value;

	(void)rules;
	json_object_foreach(json_object_get(work->root, "totals"), key,
	    value) {
		const char *text = json_string_value(value);
		const char *point = text ? strchr(text, '.') : NULL;

		if (point && strlen(point) > 3)
			return fault(work, "profile", "BT-24", "electronic "
			    "invoices have amounts with two decimals, here "
			    "are three (%s); make the invoice with this "
			    "profile, then it is rounded so (BR-DEC)",
			    document_text(work->root, "currency"));
	}
	return true;
}

/* The official check of BR-CO-17 rounds the rate before it multiplies. */
static bool
check_rates(struct work *work, unsigned rules)
{
	size_t i;
	json_t *tax;

	json_array_foreach(json_object_get(work->root, "taxes"), i, tax) {
		int64_t rate = number_of(tax, "rate", 4, 0);
		g_autofree char *path = path_item("taxes", i);

		/* The official rules of CII ask more of IGIC and IPSI than
		 * the standard. */
		if ((rules & RULES_CII) && rate == 0 &&
		    strchr("LM", *text_of(tax, "category")))
			return fault(work, path, "BT-119", "electronic "
			    "invoices in CII have category %s with a rate "
			    "above 0; enter category Z or E, or a profile in "
			    "UBL (BR-AF-5, BR-AG-5)", text_of(tax,
			    "category"));
		if (rate > 0 && rate < RATE_SCALE / 2)
			return fault(work, path, "BT-119", "electronic "
			    "invoices are refused with a rate below 0.5, here "
			    "is %s; make it without profile (BR-CO-17)",
			    text_of(tax, "rate"));
	}
	return true;
}

/* ---- XRechnung ----------------------------------------------------------------------- */

static bool
check_german_type(struct work *work, unsigned rules)
{
	static const char *const types[] = {"326", "380", "384", "389", "381",
		"875", "876", "877", NULL};
	const char *code = document_type_code(work->root);

	(void)rules;
	return g_strv_contains(types, code) || fault(work, "type_code",
	    "BT-3", "XRechnung knows no document type %s; enter 380 "
	    "(invoice), 326 (partial invoice, deposit), 381 (credit note) or "
	    "384 (correction) (BR-DE-17)", code);
}

/* Each kind of payment has its own group and no other. */
static bool
check_german_payment(struct work *work, unsigned rules)
{
	static const struct {
		const char *means, *group, *others, *rule;
	} rows[] = {
		{"30", "accounts", "card|mandate", "BR-DE-23"},
		{"58", "accounts", "card|mandate", "BR-DE-23"},
		{"48", "card", "accounts|mandate", "BR-DE-24"},
		{"54", "card", "accounts|mandate", "BR-DE-24"},
		{"55", "card", "accounts|mandate", "BR-DE-24"},
		{"59", "mandate", "accounts|card", "BR-DE-25"},
	};
	const json_t *payment = json_object_get(work->root, "payment");
	const char *means = text_of(payment, "means");

	(void)rules;
	for (size_t i = 0; means && i < G_N_ELEMENTS(rows); i++) {
		if (strcmp(rows[i].means, means) != 0)
			continue;
		if (!has_any(payment, rows[i].group))
			return fault(work, "payment", "BG-16", "payment means "
			    "%s needs \"%s\"; enter it (%s)", means,
			    rows[i].group, rows[i].rule);
		if (has_any(payment, rows[i].others))
			return fault(work, "payment", "BG-16", "payment means "
			    "%s goes with \"%s\" alone; leave the other ways "
			    "out (%s)", means, rows[i].group, rows[i].rule);
	}
	return true;
}

static bool
check_contact(struct work *work, unsigned rules)
{
	const char *phone = document_text(work->root, "seller.contact.phone");
	const char *email = document_text(work->root, "seller.contact.email");
	const char *at = email ? strchr(email, '@') : NULL;
	int digits = 0;

	(void)rules;
	for (const char *p = phone ? phone : ""; *p; p++)
		digits += g_ascii_isdigit(*p) != 0;
	if (digits < 3)
		return fault(work, "seller.contact.phone", "BT-42", "'%s' is no "
		    "telephone number; set phone in the section owner of the "
		    "configuration (BR-DE-27)", phone);
	return (at && at - email >= 2 && strlen(at) > 2 &&
	    !strchr(at + 1, '@') && !strchr(email, ' ') &&
	    *email != '.' && !g_str_has_suffix(email, ".") &&
	    at[-1] != '.' && at[1] != '.') ||
	    fault(work, "seller.contact.email", "BT-43", "'%s' is no e-mail "
	    "address; set email in the section owner of the configuration "
	    "(BR-DE-28)", email);
}

/* "#" begins what XRechnung reads by machine; the writer makes those. */
static bool
check_terms(struct work *work, unsigned rules)
{
	const char *terms = text_of(work->root, "terms");

	(void)rules;
	return !terms || (*terms != '#' && !strstr(terms, "\n#")) ||
	    fault(work, "terms", "BT-20", "a line begins with #, which "
	    "XRechnung keeps for discounts; enter them as \"discounts\" "
	    "(BR-DE-18)");
}

static bool
check_attachments(struct work *work, unsigned rules)
{
	g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	size_t i;
	json_t *one;

	(void)rules;
	json_array_foreach(json_object_get(work->root, "attachments"), i,
	    one) {
		g_autofree char *path = path_item("attachments", i);
		const char *name = text_of(one, "name");
		const char *url = text_of(one, "url");

		if (name && !g_hash_table_add(names, g_utf8_casefold(name,
		    -1)))
			return fault(work, path, "BT-125", "two attachments "
			    "are called '%s'; give them different names "
			    "(BR-DE-22)", name);
		if (url && !strstr(url, "://"))
			return fault(work, path, "BT-124", "'%s' is no absolute "
			    "address; enter it with https:// (BR-TMP-2)",
			    url);
	}
	return true;
}

/* ---- in order --------------------------------------------------------------------------- */

static const struct {
	unsigned rules;
	bool (*check)(struct work *work, unsigned rules);
} checks[] = {
	{RULES_EN, check_decimals},
	{RULES_EN, check_rates},
	{RULES_DE, check_german_type},
	{RULES_DE, check_german_payment},
	{RULES_DE, check_contact},
	{RULES_DE, check_terms},
	{RULES_DE, check_attachments},
	{RULES_DE | RULES_PEPPOL, document_check_network},
	{RULES_PEPPOL, document_check_peppol},
};

char *
document_check_profile(const json_t *document, const char *profile)
{
	struct work work = {.root = (json_t *)(uintptr_t)document};
	unsigned rules = profile ? rules_of(profile) : 0;
	const char *seller = document_text(document,
	    "seller.address.country");
	const char *buyer = document_text(document, "buyer.address.country");

	if (!rules) {
		fault(&work, "profile", "BT-24", "'%s' is no profile; enter "
		    "en16931, ubl, cii, xrechnung, xrechnung-cii, peppol or "
		    "factur-x", profile ? profile : "");
		return work.why;
	}
	/* Between Germans, Peppol asks what XRechnung asks (DE-R-*). */
	if ((rules & RULES_PEPPOL) && g_strcmp0(seller, "DE") == 0 &&
	    g_strcmp0(buyer, "DE") == 0)
		rules |= RULES_DE;
	for (size_t i = 0; i < G_N_ELEMENTS(musts); i++)
		if ((musts[i].rules & rules) && !check_must(&work, i))
			return work.why;
	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
		if ((checks[i].rules & rules) &&
		    !checks[i].check(&work, rules))
			return work.why;
	return NULL;
}
