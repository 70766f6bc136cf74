/*
 * invoice.c - an e-invoice in either syntax of EN 16931: which of them it is,
 * its terms by the table of that syntax, what follows from them, and what of
 * it found no place.
 */
#include "invoice.h"
#include "invoice_terms.h"

#include <stdlib.h>
#include <string.h>

#define UNREAD_MAX 50u

static const struct syntax {
	const char *root, *name;
	const struct term *terms;
	const char *currency, *tax_currency;	/* paths */
	bool credit, old;
} syntaxes[] = {
#define CII "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/"
	{"Invoice", "ubl", invoice_ubl, "DocumentCurrencyCode",
	    "TaxCurrencyCode", false, false},
	{"CreditNote", "ubl", invoice_ubl, "DocumentCurrencyCode",
	    "TaxCurrencyCode", true, false},
	{"CrossIndustryInvoice", "cii", invoice_cii, CII
	    "InvoiceCurrencyCode", CII "TaxCurrencyCode", false, false},
	{"CrossIndustryDocument", "cii", invoice_cii, CII
	    "InvoiceCurrencyCode", CII "TaxCurrencyCode", false, true},
};

/* ---- what follows ------------------------------------------------------------ */

/* What is not subject to tax has no rate (BR-O-5), but XRechnung wants one. */
static void
drop_rates(json_t *document)
{
	static const char *const lists[] = {"taxes", "lines", "allowances",
	    "charges"};
	json_t *one;
	size_t i;

	for (size_t k = 0; k < G_N_ELEMENTS(lists); k++)
		json_array_foreach(json_object_get(document, lists[k]), i,
		    one)
			if (g_strcmp0(json_string_value(json_object_get(one,
			    "category")), "O") == 0 &&
			    g_strcmp0(json_string_value(json_object_get(one,
			    "rate")), "0") == 0)
				json_object_del(one, "rate");
}

/* Reasons of exemption by category (BT-120, BT-121). */
static void
set_exemptions(json_t *document)
{
	static const char *const keys[][2] = {{"reason", "reason"},
	    {"reason_code", "code"}};
	json_t *all = json_object(), *tax;
	size_t i;

	json_array_foreach(json_object_get(document, "taxes"), i, tax) {
		const char *category = json_string_value(json_object_get(tax,
		    "category"));
		json_t *one = json_object();

		for (size_t k = 0; k < G_N_ELEMENTS(keys); k++)
			if (json_object_get(tax, keys[k][0]))
				json_object_set(one, keys[k][1],
				    json_object_get(tax, keys[k][0]));
		if (category && json_object_size(one) > 0 &&
		    !json_object_get(all, category))
			json_object_set(all, category, one);
		json_decref(one);
	}
	if (json_object_size(all) > 0)
		json_object_set(document, "exemptions", all);
	json_decref(all);
}

/* BT-113 and BT-114 stand beside what they are computed into. */
static void
set_inputs(json_t *document)
{
	static const char *const keys[] = {"prepaid", "rounding"};
	json_t *totals = json_object_get(document, "totals");

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		const char *text = json_string_value(json_object_get(totals,
		    keys[i]));

		if (text && strspn(text, "0.") < strlen(text))
			json_object_set_new(document, keys[i],
			    json_string(text));
	}
}

/* A discount of nothing, "#SKONTO#TAGE=30#PROZENT=0.00#", is a term: the due
 * day, where none is said. What has no days is no discount of ours. */
static void
settle_terms(json_t *document)
{
	json_t *list = json_object_get(document, "discounts");
	const char *date = json_string_value(json_object_get(document,
	    "date"));

	for (size_t i = 0; i < json_array_size(list);) {
		const json_t *one = json_array_get(list, i);
		const char *days = json_string_value(json_object_get(one,
		    "days"));
		const char *percent = json_string_value(json_object_get(one,
		    "percent"));
		char due[DAY_SIZE] = "";

		if (days && percent && strcmp(percent, "0") != 0) {
			i++;
			continue;
		}
		if (days && percent && date && strlen(days) < 5)
			day_text(day_number(date) + atoi(days), due);
		if (*due && !json_object_get(document, "due"))
			json_object_set_new(document, "due",
			    json_string(due));
		json_array_remove(list, i);
	}
	if (list && json_array_size(list) == 0)
		json_object_del(document, "discounts");
}

/* Lines that only say something (of the profile EXTENDED) become notes. */
static void
move_remarks(json_t *document)
{
	static const char *const figures[] = {"net", "price", "quantity"};
	json_t *lines = json_object_get(document, "lines");
	json_t *notes = json_object_get(document, "notes");

	for (size_t i = 0; i < json_array_size(lines);) {
		json_t *line = json_array_get(lines, i);
		json_t *text = json_object_get(line, "note");
		bool is = true;

		for (size_t k = 0; k < G_N_ELEMENTS(figures); k++)
			is &= !json_object_get(line, figures[k]);
		if (!is) {
			i++;
			continue;
		}
		text = text ? text : json_object_get(line, "text");
		if (text && !notes) {
			notes = json_array();
			json_object_set_new(document, "notes", notes);
		}
		if (text)
			json_array_append_new(notes, json_pack("{s:O}",
			    "text", text));
		json_array_remove(lines, i);
	}
}

/* The profile MINIMUM says what is due, but not what was paid; ZUGFeRD 1 BASIC
 * neither. */
static void
infer_totals(struct reading *reading)
{
	json_t *totals = json_object_get(reading->document, "totals");
	json_t *prepaid = json_object_get(totals, "prepaid");
	const char *gross = json_string_value(json_object_get(totals,
	    "gross"));
	const char *due = json_string_value(json_object_get(totals, "due"));
	g_autofree char *text = NULL;
	int64_t all, left;

	if (gross && !due && !prepaid)
		json_object_set_new(totals, "due", json_string(gross));
	if (!gross || !due || prepaid || json_object_get(totals, "lines") ||
	    !money_parse(gross, reading->currency, &all) ||
	    !money_parse(due, reading->currency, &left) || left >= all)
		return;
	text = money_format(all - left, reading->currency);
	json_object_set_new(totals, "prepaid", json_string(text));
}

/* ---- what found no place --------------------------------------------------------- */

/* Structure, or known without being read. */
static const char *const silent[] = {"ChargeIndicator", "Indicator",
    "DocumentTypeCode", "TypeCode", "UBLVersionID", "ProfileID", "NetworkID",
    "DocumentCurrencyCode", "InvoiceCurrencyCode", "TaxCurrencyCode", NULL};

static bool
is_structure(const struct invoice_node *parent, const char *name)
{
	static const char *const pairs[][2] = {{"TaxScheme", "ID"},
	    {"BusinessProcessSpecifiedDocumentContextParameter", "ID"},
	    {"SpecifiedProcuringProject", "Name"}};

	for (size_t i = 0; parent && i < G_N_ELEMENTS(pairs); i++)
		if (strcmp(parent->name, pairs[i][0]) == 0 &&
		    strcmp(name, pairs[i][1]) == 0)
			return true;
	return false;
}

static char *
path_of(const struct invoice_node *node)
{
	GString *path = g_string_new(node->name);

	for (node = node->parent; node && node->parent; node = node->parent) {
		g_string_prepend_c(path, '/');
		g_string_prepend(path, node->name);
	}
	return g_string_free(path, FALSE);
}

/* Texts that a rule wants and that say nothing. */
static const char *const words[] = {"NA", "Foretaksregisteret", NULL};

static void
list_unread(const struct invoice_node *node, json_t *list)
{
	g_autofree char *path = NULL;
	json_t *one;
	size_t i;

	for (const struct invoice_node *child = node->first; child;
	    child = child->next)
		list_unread(child, list);
	if (node->taken || !*node->text ||
	    g_strv_contains(silent, node->name) ||
	    is_structure(node->parent, node->name) ||
	    g_strv_contains(words, node->text) ||
	    json_array_size(list) >= UNREAD_MAX)
		return;
	path = path_of(node);
	json_array_foreach(list, i, one)
		if (strcmp(json_string_value(one), path) == 0)
			return;
	json_array_append_new(list, json_string(path));
}

/* ---- all of it ---------------------------------------------------------------------- */

static json_t *
read_tree(const struct syntax *syntax, struct invoice_node *root)
{
	struct reading r = {.document = json_object(),
	    .wrong = json_array(), .odd = json_array(),
	    .credit = syntax->credit,
	    .currency = g_strdup(invoice_first(root, syntax->currency)),
	    .tax_currency = g_strdup(invoice_first(root,
	    syntax->tax_currency))};
	json_t *unread = json_array();

	terms_read(&r, r.document, syntax->terms, root);
	if (!json_object_get(r.document, "type"))
		json_object_set_new(r.document, "type", json_string(
		    syntax->credit ? "credit-note" : "invoice"));
	drop_rates(r.document);
	set_exemptions(r.document);
	move_remarks(r.document);
	settle_terms(r.document);
	if (r.currency)
		infer_totals(&r);
	set_inputs(r.document);
	if (!json_object_get(r.document, "number"))
		terms_wrong(&r, "it has no number");
	if (!json_object_get(r.document, "date"))
		terms_wrong(&r, "it has no date");
	invoice_sums(&r);
	list_unread(root, unread);
	g_free(r.currency);
	g_free(r.tax_currency);
	return json_pack("{s:s, s:o, s:o, s:o, s:o}", "syntax", syntax->name,
	    "document", r.document, "wrong", r.wrong, "odd", r.odd, "unread",
	    unread);
}

static const struct syntax *
syntax_of(const struct invoice_node *root)
{
	for (size_t i = 0; i < G_N_ELEMENTS(syntaxes); i++)
		if (strcmp(root->name, syntaxes[i].root) == 0)
			return &syntaxes[i];
	return NULL;
}

json_t *
invoice_read(const char *bytes, size_t length, char **why)
{
	struct invoice_tree *tree = invoice_tree_read(bytes, length, why);
	const struct syntax *syntax;
	json_t *found;

	if (!tree)
		return NULL;
	syntax = syntax_of(invoice_tree_root(tree));
	if (syntax && syntax->old)
		invoice_rename(invoice_tree_root(tree));
	found = syntax ? read_tree(syntax, invoice_tree_root(tree)) : NULL;
	invoice_tree_free(tree);
	return found;
}
