/*
 * demand_core.c - what EN 16931 itself demands of every invoice (its BR rules
 * that the totals do not settle): parties, tax numbers by category, ways to
 * pay, attachments, decimals.
 */
#include "demand.h"

#include <string.h>

#define EN "EN 16931"

static const struct wanted always[] = {
    {"number", "wants the invoice number"},
    {"date", "wants the date of issue: --date DAY"},
    {"currency", "wants the currency: --currency EUR"},
    {"seller.name", "wants your name: company in the section owner of the "
	"configuration"},
    {"seller.address.country",
	"wants the country of your address: country in the section owner "
	"of the configuration"},
    {"buyer.name", "wants the customer's name: mailfilter customer edit"},
    {"buyer.address.country",
	"wants the country of the customer's address: mailfilter customer "
	"edit ID --country DE"},
    {"totals.lines", "wants the sum of the lines"},
    {"totals.net", "wants the total without tax"},
    {"totals.gross", "wants the total with tax"},
    {"totals.tax", "wants the total of tax"},
    {"totals.due", "wants the amount due"},
    {NULL, NULL},
};

static const struct wanted representative[] = {
    {"representative.name", "wants the tax representative's name"},
    {"representative.address.country",
	"wants the country of the tax representative's address"},
    {"representative.tax_id",
	"wants the tax representative's VAT identifier"},
    {NULL, NULL},
};

static const struct wanted delivered[] = {
    {"delivery.address.country",
	"wants the country that the goods were delivered to"},
    {NULL, NULL},
};

static const struct wanted taxed_abroad[] = {
    {"tax_currency", "wants the currency of the tax: tax_currency"},
    {"totals.tax_accounting",
	"wants the tax in the currency of the tax: enter exchange_rate"},
    {NULL, NULL},
};

/* Which numbers a category wants: v the seller's VAT id (or that of the
 * representative), t also a tax number will do, b the buyer's VAT id, l the
 * buyer's VAT id or registration. */
static const struct {
	const char *category, *wants;
} numbers[] = {
    {"S", "vt"}, {"Z", "vt"}, {"E", "vt"}, {"L", "vt"}, {"M", "vt"},
    {"AE", "vtl"}, {"K", "vb"}, {"G", "v"}, {"B", "vt"},
};

static char *
demand_numbers(const json_t *view, const char *category, const char *wants)
{
	bool vat = *view_text(view, "seller.tax_id") ||
	    *view_text(view, "representative.tax_id");
	bool number = strchr(wants, 't') &&
	    *view_text(view, "seller.tax_number");
	bool buyer = *view_text(view, "buyer.tax_id");

	if (!vat && !number)
		return g_strdup_printf("seller.tax_id: %s wants your VAT "
		    "identifier%s in an invoice with tax category %s: tax-id "
		    "in the section owner of the configuration", EN,
		    strchr(wants, 't') ? " or tax number" : "", category);
	if (!buyer && (strchr(wants, 'b') || (strchr(wants, 'l') &&
		!*view_text(view, "buyer.legal_id"))))
		return g_strdup_printf("buyer.tax_id: %s wants the customer's "
		    "VAT identifier in an invoice with tax category %s: "
		    "mailfilter customer edit ID --tax-id NUMBER", EN,
		    category);
	return NULL;
}

/* Is any country named that is not Italy (BR-B-01)? */
static bool
abroad(const json_t *view)
{
	static const char *const paths[] = {"seller.address.country",
	    "buyer.address.country", "representative.address.country",
	    "delivery.address.country"};
	const json_t *lines = json_object_get(view, "lines");

	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		const char *country = view_text(view, paths[i]);

		if (*country && strcmp(country, "IT"))
			return true;
	}
	for (size_t i = 0; i < json_array_size(lines); i++) {
		const char *origin =
		    view_text(json_array_get(lines, i), "origin");

		if (*origin && strcmp(origin, "IT"))
			return true;
	}
	return false;
}

static char *
demand_categories(const json_t *view)
{
	char *why = NULL;

	for (size_t i = 0; !why && i < G_N_ELEMENTS(numbers); i++)
		if (view_has_category(view, numbers[i].category))
			why = demand_numbers(view, numbers[i].category,
			    numbers[i].wants);
	if (!why && view_has_category(view, "B") &&
	    (view_has_category(view, "S") || abroad(view)))
		why = g_strdup("lines: split payment (tax category B) is only "
		    "for invoices within Italy, and without category S: take "
		    "another category");
	if (!why && view_has_category(view, "O") &&
	    json_array_size(json_object_get(view, "taxes")) > 1)
		why = g_strdup("lines: tax category O (not subject to VAT) "
		    "stands alone in an invoice: take another category, or "
		    "send two invoices");
	if (!why && view_has_category(view, "K") &&
	    !*view_text(view, "delivered") &&
	    !*view_text(view, "period.from") && !*view_text(view, "period.to"))
		why = g_strdup("delivered: an intra-community supply (tax "
		    "category K) wants the day of delivery or the invoiced "
		    "period: --delivered DAY or --period FROM..TO");
	return why;
}

static char *
check_tax(const json_t *view, const json_t *tax, const char *path)
{
	(void)view;
	if (!strcmp(view_text(tax, "category"), "E") &&
	    !*view_text(tax, "reason") && !*view_text(tax, "reason_code"))
		return g_strdup_printf("%s.reason: " EN " wants to know why "
		    "there is no tax (category E): exemptions.E.reason or "
		    ".code (VATEX-EU-…)", path);
	return NULL;
}

static char *
check_line(const json_t *view, const json_t *line, const char *path)
{
	static const struct wanted fields[] = {
	    {"text", "wants the name of what is sold"},
	    {"quantity", "wants the quantity"},
	    {"unit", "wants the unit (C62 is a piece)"},
	    {"price", "wants the price"},
	    {"net", "wants the net amount"},
	    {"category", "wants the tax category (S, Z, E, AE, …)"},
	    {NULL, NULL}};
	g_autofree char *why = demand_fields(line, EN, fields);

	(void)view;
	if (why)
		return g_strdup_printf("%s.%s", path, why);
	if (*view_text(line, "price_quantity") && strcmp(
		view_text(line, "price_unit"), view_text(line, "unit")))
		return g_strdup_printf("%s.price_unit: \"%s\" is not the unit "
		    "of the quantity, \"%s\": " EN " wants one unit for both",
		    path, view_text(line, "price_unit"),
		    view_text(line, "unit"));
	return NULL;
}

static char *
check_attachment(const json_t *view, const json_t *file, const char *path)
{
	static const char *const kinds[] = {"application/pdf", "image/png",
	    "image/jpeg", "text/csv",
	    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	    "application/vnd.oasis.opendocument.spreadsheet", NULL};

	(void)view;
	if (!*view_text(file, "content"))
		return NULL;
	if (!*view_text(file, "name"))
		return g_strdup_printf("%s.name: wants the name of the file",
		    path);
	if (!g_strv_contains(kinds, view_text(file, "mime")))
		return g_strdup_printf("%s.mime: \"%s\" is no kind of file "
		    "that an e-invoice may hold: take PDF, PNG, JPEG, CSV, "
		    "XLSX or ODS", path, view_text(file, "mime"));
	return NULL;
}

static char *
check_means(const json_t *view, const json_t *means, const char *path)
{
	const char *code = view_text(means, "code");

	(void)view;
	(void)path;
	if ((strcmp(code, "30") && strcmp(code, "58")) ||
	    *view_text(means, "account.id"))
		return NULL;
	return g_strdup_printf("payment.accounts: means of payment %s (credit "
	    "transfer) wants an account: --account, or account in the "
	    "configuration", code);
}

/* Amounts have two decimals at most (BR-DEC), also where the currency has
 * three. */
static char *
long_amount(const json_t *object, const char *path, const char *const *keys)
{
	for (; *keys; keys++) {
		const char *text = view_text(object, *keys);
		decimal_wide value;

		if (*text && (!decimal_read(text, &value) ||
			value % (DECIMAL_ONE / 100)))
			return g_strdup_printf("%s.%s: \"%s\" is no amount "
			    "with two decimals, and " EN " has no place for "
			    "more: round it, or send no e-invoice", path,
			    *keys, text);
	}
	return NULL;
}

static const char *const line_amounts[] = {"net", NULL};
static const char *const shares[] = {"amount", NULL};
static const char *const tax_amounts[] = {"base", "amount", NULL};
static const char *const all_totals[] = {"lines", "allowances", "charges",
    "net", "tax", "tax_accounting", "gross", "prepaid", "rounding", "due",
    NULL};

static char *
share_amount(const json_t *view, const json_t *share, const char *path)
{
	(void)view;
	return long_amount(share, path, shares);
}

static char *
line_amount(const json_t *view, const json_t *line, const char *path)
{
	char *why = long_amount(line, path, line_amounts);

	(void)view;
	if (!why)
		why = demand_each(line, "allowances", share_amount);
	if (!why)
		why = demand_each(line, "charges", share_amount);
	return why;
}

static char *
tax_amount(const json_t *view, const json_t *tax, const char *path)
{
	(void)view;
	return long_amount(tax, path, tax_amounts);
}

/* BT-29; a creditor identifier is none. */
static bool
has_own_id(const json_t *view)
{
	const json_t *ids = json_object_get(json_object_get(view, "seller"),
	    "ids");

	for (size_t i = 0; i < json_array_size(ids); i++)
		if (strcmp(view_text(json_array_get(ids, i), "scheme"),
			"SEPA"))
			return true;
	return false;
}

static char *
demand_rest(const json_t *view)
{
	decimal_wide due;

	if (!view_decimal(json_object_get(view, "totals"), "due", &due))
		return g_strdup_printf("totals.due: \"%s\" is no amount",
		    view_text(view, "totals.due"));
	if (due > 0 && !*view_text(view, "due") && !*view_text(view, "terms"))
		return demand_say("due", EN, "wants the due date or the terms "
		    "of payment: --due DAY");
	if (!*view_text(view, "seller.tax_id") &&
	    !*view_text(view, "seller.legal_id") && !has_own_id(view))
		return demand_say("seller.legal_id", EN, "wants a VAT "
		    "identifier, a registration number or another identifier "
		    "of yours: legal-id in the section owner of the "
		    "configuration");
	if (*view_text(view, "tax_currency") ||
	    *view_text(view, "totals.tax_accounting"))
		return demand_fields(view, EN, taxed_abroad);
	return NULL;
}

/* The published rules of CII want IGIC above zero, those of UBL do not. */
static char *
island_rate(const json_t *view, const json_t *tax, const char *path)
{
	decimal_wide rate;

	(void)view;
	if (strcmp(view_text(tax, "category"), "L") ||
	    (view_decimal(tax, "rate", &rate) && rate > 0))
		return NULL;
	return g_strdup_printf("%s.rate: the rules of CII want a rate above 0 "
	    "for tax category L (IGIC): take category Z or E, or a profile "
	    "in UBL (ubl, xrechnung, peppol)", path);
}

char *
demand_core(const json_t *view, const struct profile *profile)
{
	static const struct {
		const char *list;
		demand_item *check;
	} lists[] = {{"lines", check_line}, {"taxes", check_tax},
	    {"attachments", check_attachment}, {"_means", check_means},
	    {"lines", line_amount}, {"taxes", tax_amount},
	    {"allowances", share_amount}, {"charges", share_amount}};
	char *why = demand_fields(view, EN, always);

	if (!why && !json_array_size(json_object_get(view, "lines")))
		why = demand_say("lines", EN, "wants a line: --line");
	if (!why && json_object_get(view, "representative"))
		why = demand_fields(view, EN, representative);
	if (!why && json_object_get(json_object_get(view, "delivery"),
		"address"))
		why = demand_fields(view, EN, delivered);
	for (size_t i = 0; !why && i < G_N_ELEMENTS(lists); i++)
		why = demand_each(view, lists[i].list, lists[i].check);
	if (!why && profile->traits & PROFILE_CII)
		why = demand_each(view, "taxes", island_rate);
	if (!why)
		why = demand_categories(view);
	if (!why)
		why = demand_rest(view);
	if (!why)
		why = long_amount(json_object_get(view, "totals"), "totals",
		    all_totals);
	return why;
}
