/*
 * document_values.c - what letters and pages are told of a computed document:
 * facts, lines, sums and reasons, each with its label in the language. Amounts
 * and days stay typed, values.c writes them.
 */
#include "document.h"

#include "format.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

const char *
document_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

const char *
document_word(const struct document *document, const char *name)
{
	return document_text(document->words->words, name);
}

void
document_set(json_t *object, const char *name, const char *text)
{
	if (text && *text)
		json_object_set_new(object, name, json_string(text));
}

void
document_set_amount(const struct document *document, json_t *object, const char *name,
    const char *decimal)
{
	g_autofree char *padded = NULL;

	if (!decimal || !*decimal)
		return;
	padded = decimal_pad(decimal, document->digits);
	json_object_set_new(object, name, json_pack("{s:s, s:s}", "amount",
	    padded, "currency", document->currency));
}

void
document_set_negative(const struct document *document, json_t *object,
    const char *name, const char *decimal)
{
	g_autofree char *negative = *decimal == '-' ?
	    g_strdup(decimal + 1) : g_strconcat("-", decimal, NULL);

	if (*decimal)
		document_set_amount(document, object, name, negative);
}

void
document_set_trimmed(json_t *object, const char *name, const char *decimal)
{
	g_autofree char *trimmed = decimal_trim(decimal);

	document_set(object, name, trimmed);
}

bool
document_is_zero(const char *decimal)
{
	return !decimal[strspn(decimal, "-0.")];
}

/* ---- what stands at the top ------------------------------------------------ */

static json_t *
add_fact(const struct document *document, const char *label)
{
	json_t *facts = json_object_get(document->out, "facts");
	json_t *fact = json_object();

	document_set(fact, "label", document_word(document, label));
	json_array_append_new(facts, fact);
	return fact;
}

static void
add_period(const struct document *document)
{
	const json_t *period = json_object_get(document->json, "period");
	const char *from = document_text(period, "from");
	const char *until = document_text(period, "to");
	json_t *fact;

	if (!*from && !*until)
		return;
	fact = add_fact(document, "doc_period");
	document_set(fact, "from", from);
	document_set(fact, "until", until);
	json_object_set(document->out, "period", fact);
}

static void
add_preceding(const struct document *document)
{
	const json_t *list = json_object_get(document->json, "preceding");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		json_t *fact = add_fact(document, "doc_preceding");

		document_set(fact, "text", document_text(one, "number"));
		document_set(fact, "of", document_text(one, "date"));
	}
}

static void
add_facts(const struct document *document)
{
	static const struct {
		const char *name, *label, *as;
	} rows[] = {{"number", NULL, "text"}, {"date", "doc_date", "day"},
	    {"delivered", "doc_delivered", "day"},
	    {"tax_point", "doc_tax_point", "day"},
	    {"buyer_reference", "doc_buyer_reference", "text"},
	    {"po", "doc_po", "text"}, {"sales_order", "doc_sales_order", "text"},
	    {"contract", "doc_contract", "text"},
	    {"project", "doc_project", "text"}, {"tender", "doc_tender", "text"},
	    {"object", "doc_object", "text"},
	    {"despatch", "doc_despatch", "text"},
	    {"receipt", "doc_receipt", "text"},
	    {"accounting", "doc_accounting", "text"}};

	json_object_set_new(document->out, "facts", json_array());
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *text = document_text(document->json, rows[i].name);
		json_t *fact;

		if (!*text)
			continue;
		document_set(document->out, rows[i].name, text);
		fact = add_fact(document,
		    rows[i].label ? rows[i].label : "doc_number");
		document_set(fact, rows[i].as, text);
		if (!strcmp(rows[i].name, "date"))
			add_period(document);
	}
	add_preceding(document);
	document_set(document->out, "due", document_text(document->json, "due"));
	document_set(document->out, "currency", document->currency);
	document_set(document->out, "decimal_mark",
	    language_text(document->words->language, "decimal", "."));
}

static void
add_title(const struct document *document)
{
	static const struct {
		const char *type, *flag;
	} types[] = {{"invoice", "is_invoice"},
	    {"credit-note", "is_credit_note"}, {"deposit", "is_deposit"},
	    {"corrected", "is_corrected"}};
	const char *type = document_text(document->json, "type");
	g_autofree char *label = g_strconcat("doc_title_",
	    *type ? type : "invoice", NULL);
	const char *title = document_word(document, label);

	document_set(document->out, "title", *title ? title :
	    document_word(document, "doc_title_invoice"));
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		json_object_set_new(document->out, types[i].flag, json_boolean(
		    !strcmp(types[i].type, *type ? type : "invoice")));
}

static void
add_parties(const struct document *document)
{
	static const char *const parties[] = {
	    "seller", "buyer", "payee", "representative", "delivery"};

	for (size_t i = 0; i < G_N_ELEMENTS(parties); i++) {
		const json_t *party = json_object_get(
		    document->json, parties[i]);

		if (party)
			json_object_set_new(document->out, parties[i],
			    document_party(party, document->home,
			    document->words));
	}
}

/* ---- the end of the page --------------------------------------------------------- */

/* The day until which a discount lasts; the caller frees; NULL: none. */
static char *
discount_day(const struct document *document, const json_t *discount)
{
	const char *until = document_text(discount, "until");
	const char *date = document_text(document->json, "date");
	const json_t *days = json_object_get(discount, "days");
	gint64 count = json_is_integer(days) ? json_integer_value(days) :
	    g_ascii_strtoll(document_text(discount, "days"), NULL, 10);
	GDate day;
	char text[11];

	if (*until)
		return g_strdup(until);
	if (count <= 0 || count > 3650 || !format_is_day(date))
		return NULL;
	g_date_clear(&day, 1);
	g_date_set_dmy(&day, (GDateDay)atoi(date + 8),
	    (GDateMonth)atoi(date + 5), (GDateYear)atoi(date));
	g_date_add_days(&day, (guint)count);
	g_date_strftime(text, sizeof text, "%Y-%m-%d", &day);
	return g_strdup(text);
}

static void
add_discounts(const struct document *document)
{
	const json_t *list = json_object_get(document->json, "discounts");
	const char *due = document_text(
	    json_object_get(document->json, "totals"), "due");
	json_t *out = json_array();

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *from = json_array_get(list, i);
		const char *base = document_text(from, "base");
		const char *percent = document_text(from, "percent");
		g_autofree char *padded = decimal_pad(*base ? base : due,
		    document->digits);
		g_autofree char *saved = decimal_percent(padded, percent);
		g_autofree char *pay = saved ?
		    decimal_subtract(due, saved) : NULL;
		g_autofree char *until = discount_day(document, from);
		json_t *one = json_object();

		document_set_trimmed(one, "percent", percent);
		document_set(one, "until", until);
		document_set_amount(document, one, "amount", saved);
		document_set_amount(document, one, "pay", pay);
		json_array_append_new(out, one);
	}
	json_object_set_new(document->out, "discounts", out);
}

static void
add_notes(const struct document *document)
{
	const json_t *list = json_object_get(document->json, "notes");
	json_t *out = json_array();

	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *one = json_object();

		document_set(one, "text", document_text(json_array_get(list, i), "text"));
		json_array_append_new(out, one);
	}
	json_object_set_new(document->out, "notes", out);
	document_set(document->out, "terms", document_text(document->json, "terms"));
	document_set(document->out, "reference", document_text(
	    json_object_get(document->json, "payment"), "reference"));
}

json_t *
document_values(const json_t *json, const struct document_words *words)
{
	const json_t *totals = json_object_get(json, "totals");
	const json_t *seller = json_object_get(json, "seller");
	struct document document = {.json = json, .words = words,
	    .currency = document_text(json, "currency"),
	    .home = document_text(json_object_get(seller, "address"), "country"),
	    .digits = decimal_digits(document_text(totals, "gross")),
	    .out = json_object()};

	add_title(&document);
	add_facts(&document);
	add_parties(&document);
	document_add_lines(&document);
	document_add_totals(&document);
	add_discounts(&document);
	add_notes(&document);
	return document.out;
}
