/*
 * document_sums.c - the sums of a document in the order in which one adds
 * them up: from the lines to what is to be paid.
 */
#include "document.h"

#include "format.h"

#include <glib.h>
#include <string.h>

static char *
written_amount(const struct document *document, const char *decimal)
{
	g_autofree char *padded = decimal_pad(decimal, document->digits);

	return format_money(padded, document->currency,
	    document->words->language);
}

/* ---- sums ---------------------------------------------------------------------- */

struct document_sums {
	const struct document *document;
	const json_t *totals;
	json_t *rows;
};

static json_t *
add_sum(const struct document_sums *sums, const char *label,
    const char *amount)
{
	json_t *row = json_object();

	document_set(row, "label", label);
	document_set_amount(sums->document, row, "amount", amount);
	json_array_append_new(sums->rows, row);
	return row;
}

static void
add_deduction(const struct document_sums *sums, const char *label,
    const char *amount)
{
	document_set_negative(sums->document, add_sum(sums, label, NULL), "amount",
	    amount);
}

static void
add_document_changes(const struct document_sums *sums)
{
	const struct document *document = sums->document;
	json_t *holder = json_object(), *changes, *change;
	size_t i;

	document_add_changes(document, holder, document->json);
	changes = json_object_get(holder, "changes");
	if (json_array_size(changes))
		add_sum(sums, document_word(document, "doc_lines"),
		    document_text(sums->totals, "lines"));
	json_array_foreach(changes, i, change)
		json_array_append(sums->rows, change);
	json_decref(holder);
}

/* "VAT 19 %", "VAT 19 % on €1,560.00" */
static char *
tax_label(const struct document *document, const json_t *tax, bool with_base)
{
	g_autofree char *rate = decimal_trim(document_text(tax, "rate"));
	g_autofree char *percent = format_percent(*rate ? rate : "0",
	    document->words->language);
	g_autofree char *base = written_amount(document, document_text(tax, "base"));

	return format_fill(document_word(document,
	    with_base ? "doc_tax_on" : "doc_tax_of"), (const char *const[]){
	    document_word(document, "tax"), percent, base}, 3);
}

/* Reasons why there is no tax, each once. */
static void
add_reason(const struct document *document, const json_t *tax)
{
	json_t *reasons = json_object_get(document->out, "reasons"), *one;
	const char *reason = document_text(tax, "reason");
	size_t i;

	json_array_foreach(reasons, i, one)
		if (!strcmp(document_text(one, "text"), reason))
			return;
	if (*reason)
		json_array_append_new(reasons,
		    json_pack("{s:s}", "text", reason));
}

static void
add_taxes(const struct document_sums *sums)
{
	const struct document *document = sums->document;
	const json_t *taxes = json_object_get(document->json, "taxes");
	bool taxed = !document_is_zero(document_text(sums->totals, "tax"));
	json_t *out = json_array();

	json_object_set_new(document->out, "reasons", json_array());
	for (size_t i = 0; i < json_array_size(taxes); i++) {
		const json_t *tax = json_array_get(taxes, i);
		g_autofree char *label = tax_label(document, tax,
		    json_array_size(taxes) > 1);
		json_t *row = json_object();

		if (!i && taxed)
			add_sum(sums, document_word(document, "doc_net"),
			    document_text(sums->totals, "net"));
		document_set(row, "label", label);
		document_set_trimmed(row, "percent", document_text(tax, "rate"));
		document_set(row, "category", document_text(tax, "category"));
		document_set_amount(document, row, "base", document_text(tax, "base"));
		document_set_amount(document, row, "amount", document_text(tax, "amount"));
		document_set(row, "reason", document_text(tax, "reason"));
		add_reason(document, tax);
		json_array_append(out, row);
		if (taxed)
			json_array_append(sums->rows, row);
		json_decref(row);
	}
	json_object_set_new(document->out, "taxes", out);
	json_object_set_new(document->out, "is_taxed", json_boolean(taxed));
	json_object_set_new(document->out, "has_rates", json_boolean(
	    taxed && json_array_size(taxes) > 1));
}

/* Takes one part of what was paid before off; the rest is *left. */
static void
take_off(const struct document_sums *sums, const char *label,
    const char *amount, char **left)
{
	char *rest;

	if (!*amount || document_is_zero(amount))
		return;
	add_deduction(sums, label, amount);
	rest = decimal_subtract(*left, amount);
	if (!rest)
		return;
	g_free(*left);
	*left = rest;
}

static void
add_deposits(const struct document_sums *sums, char **left)
{
	const struct document *document = sums->document;
	const json_t *list = json_object_get(document->json, "deposits");
	json_t *out = json_array();

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		g_autofree char *day = format_day(document_text(one, "date"),
		    document->words->language);
		g_autofree char *label = format_fill(document_word(document,
		    *day ? "doc_deposit_of" : "doc_deposit"),
		    (const char *const[]){document_text(one, "number"),
		    day + (*day == *ELISION_MARK)}, 2);
		json_t *row = json_object();

		take_off(sums, label, document_text(one, "amount"), left);
		document_set(row, "label", label);
		document_set(row, "number", document_text(one, "number"));
		document_set(row, "date", document_text(one, "date"));
		document_set_amount(document, row, "amount", document_text(one, "amount"));
		document_set_amount(document, row, "tax", document_text(one, "tax"));
		json_array_append_new(out, row);
	}
	json_object_set_new(document->out, "deposits", out);
}

static void
add_withholding(const struct document_sums *sums, char **left)
{
	const struct document *document = sums->document;
	const json_t *from = json_object_get(document->json, "withholding");
	const char *amount = document_text(from, "amount");
	g_autofree char *rate = decimal_trim(document_text(from, "percent"));
	g_autofree char *percent = NULL, *label = NULL;
	const char *name = document_text(from, "name");
	json_t *out;

	if (!*amount || document_is_zero(amount))
		return;
	percent = format_percent(rate, document->words->language);
	label = format_fill(document_word(document, "doc_tax_of"),
	    (const char *const[]){*name ? name :
	    document_word(document, "taken_withholding"), percent}, 2);
	take_off(sums, label, amount, left);
	out = json_object();
	document_set(out, "label", label);
	document_set(out, "name", name);
	document_set(out, "percent", rate);
	document_set_amount(document, out, "base", document_text(from, "base"));
	document_set_amount(document, out, "amount", amount);
	json_object_set_new(document->out, "withholding", out);
}

/* What is left to be paid, when it is not all. */
static void
add_due(const struct document_sums *sums)
{
	const struct document *document = sums->document;
	const char *gross = document_text(sums->totals, "gross");
	const char *due = document_text(sums->totals, "due");
	bool credit = json_is_true(
	    json_object_get(document->out, "is_credit_note"));
	json_t *row;

	row = add_sum(sums, document_word(document,
	    credit ? "doc_credit_amount" : "doc_gross"), gross);
	if (!strcmp(due, gross)) {
		json_object_set_new(row, "is_total", json_true());
		return;
	}
	{
		char *left = g_strdup(document_text(sums->totals, "prepaid"));

		add_deposits(sums, &left);
		add_withholding(sums, &left);
		take_off(sums, document_word(document, "doc_prepaid"), left, &left);
		g_free(left);
	}
	if (!document_is_zero(document_text(sums->totals, "rounding")))
		add_sum(sums, document_word(document, "doc_rounding"),
		    document_text(sums->totals, "rounding"));
	row = add_sum(sums, document_word(document, "doc_due_amount"), due);
	json_object_set_new(row, "is_total", json_true());
}

/* The tax once more, in the money of the one who levies it. */
static void
add_accounting(const struct document_sums *sums)
{
	const struct document *document = sums->document;
	const char *amount = document_text(sums->totals, "tax_accounting");
	const char *currency = document_text(document->json, "tax_currency");
	const struct language *language = document->words->language;
	g_autofree char *rate = decimal_trim(
	    document_text(document->json, "exchange_rate"));
	g_autofree char *number = NULL, *written = NULL, *tax = NULL;
	g_autofree char *exchange = NULL, *text = NULL;

	if (!*amount || !*currency)
		return;
	written = format_money(amount, currency, language);
	tax = format_fill(document_word(document, "doc_tax_in"),
	    (const char *const[]){document_word(document, "tax"), currency, written},
	    3);
	number = format_decimal(rate, language);
	exchange = *rate ? format_fill(document_word(document, "doc_exchange_rate"),
	    (const char *const[]){document->currency, number, currency}, 3) :
	    g_strdup("");
	text = g_strconcat(tax, *exchange ? " " : "", exchange, NULL);
	document_set(document->out, "accounting_tax", text);
}

void
document_add_totals(const struct document *document)
{
	static const char *const names[] = {"lines", "allowances", "charges",
	    "net", "tax", "gross", "prepaid", "rounding", "due"};
	struct document_sums sums = {document,
	    json_object_get(document->json, "totals"), json_array()};
	json_t *out = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		document_set_amount(document, out, names[i],
		    document_text(sums.totals, names[i]));
	json_object_set_new(document->out, "totals", out);
	add_document_changes(&sums);
	add_taxes(&sums);
	add_due(&sums);
	add_accounting(&sums);
	json_object_set_new(document->out, "sums", sums.rows);
}
