/*
 * invoice_page.c - one invoice as a page of a terminal: the parties, the lines
 * with their figures under each other, taxes, totals, how it is paid.
 */
#include "document.h"
#include "invoice_issue.h"
#include "invoice_page.h"
#include "lookup.h"
#include "print.h"

#include <stdio.h>
#include <string.h>

#define LABEL 16

/* ---- facts -------------------------------------------------------------------------- */

static void
say_fact(const struct context *context, const char *name, const char *text)
{
	g_autofree char *clean = NULL, *first = NULL;

	if (!text || !*text)
		return;
	clean = print_clean(text);
	first = g_strdup_printf("  %s%-*s%s ", paint(context, PAINT_DIM), LABEL,
	    name, paint(context, PAINT_NONE));
	print_hanging(LABEL + 3, first, clean);
}

static void
say_path(const struct context *context, const json_t *document,
    const char *name, const char *path)
{
	say_fact(context, name, document_text(document, path));
}

static void
say_heading(struct context *context, const struct invoice *invoice)
{
	bool late = invoice->state == INVOICE_OPEN && invoice->open > 0 &&
	    invoice->due && strcmp(invoice->due, context->today) < 0 &&
	    invoice->type != INVOICE_CREDIT_NOTE;
	g_autofree char *sent = moment_show(context, invoice->sent);

	printf("%s%s %s%s, %s%s%s%s%s\n", paint(context, PAINT_BOLD),
	    invoice->state == INVOICE_DRAFT ? "Draft" : invoice_words(invoice),
	    invoice->number, paint(context, PAINT_NONE),
	    paint(context, late ? PAINT_RED : PAINT_NONE),
	    late ? "overdue" : invoice_state_name(invoice->state),
	    paint(context, PAINT_NONE), *sent ? ", sent " : "", sent);
}

static void
say_party(const struct context *context, const json_t *document,
    const char *name, const char *key)
{
	static const char *const parts[] = {"name", "contact.name",
	    "address.street", "address.street2", "address.street3", NULL,
	    "address.country", "tax_id", "tax_number", "legal_id"};
	const json_t *party = json_object_get(document, key);
	const char *city = document_text(party, "address.city");
	const char *code = document_text(party, "address.postcode");
	g_autofree char *place = city || code ? g_strdup_printf("%s%s%s",
	    code ? code : "", city && code ? " " : "", city ? city : "") : NULL;
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		const char *text = parts[i] ? document_text(party, parts[i])
					    : place;

		if (text)
			g_string_append_printf(out, "%s%s",
			    out->len ? ", " : "", text);
	}
	say_fact(context, name, out->str);
	g_string_free(out, TRUE);
}

static void
say_days(const struct context *context, const struct invoice *invoice,
    const json_t *document)
{
	const char *from = document_text(document, "period.from");
	const char *to = document_text(document, "period.to");
	g_autofree char *period = g_strdup_printf("%s to %s", from ? from : "",
	    to ? to : "");

	say_fact(context, "date", invoice->date);
	say_fact(context, "due", invoice->due);
	if (from || to)
		say_fact(context, "period", period);
	say_path(context, document, "delivered", "delivered");
}

static void
say_references(const struct context *context, const struct invoice *invoice,
    const json_t *document)
{
	static const char *const rows[][2] = {
		{"buyer reference", "buyer_reference"}, {"contract", "contract"},
		{"project", "project"}, {"preceding", "preceding[0].number"},
		{"profile", "profile"}, {"note", "notes[0].text"},
		{"pay to", "payment.accounts[0].iban"},
		{"pay to", "payment.accounts[0].account"}, {"terms", "terms"},
	};

	say_fact(context, "po", invoice->po);
	say_fact(context, "reference", invoice->reference);
	say_fact(context, "policy", invoice->policy);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		say_path(context, document, rows[i][0], rows[i][1]);
}

/* ---- figures -------------------------------------------------------------------------- */

static char *
right(const char *text)
{
	g_autofree char *clean = print_clean(text ? text : "");

	return g_strconcat(">", clean, NULL);
}

static char *
tax_of(const json_t *line)
{
	const char *category = document_text(line, "category");
	const char *rate = document_text(line, "rate");

	if (rate && g_strcmp0(category, "S") == 0)
		return g_strdup_printf(">%s %%", rate);
	return g_strdup_printf(">%s", category ? category : "");
}

/* As it was written; a mere piece (C62) needs no unit. */
static const char *
unit_of(const json_t *line)
{
	const char *text = document_text(line, "unit_text");

	if (!text)
		text = document_text(line, "unit");
	return text && strcmp(text, "C62") != 0 ? text : "";
}

static void
print_lines(const struct context *context, const json_t *document)
{
	static const char *const headings[] = {
		"Text", ">Quantity", "Unit", ">Price", ">Tax", ">Net",
	};
	const json_t *lines = json_object_get(document, "lines"), *line;
	struct table *table = table_new(context, G_N_ELEMENTS(headings),
	    headings);
	size_t i;

	json_array_foreach(lines, i, line) {
		const char *unit = unit_of(line);
		g_autofree char *text = print_clean(document_text(line,
		    "text") ? document_text(line, "text") : "");
		g_autofree char *quantity = right(document_text(line,
		    "quantity"));
		g_autofree char *price = right(document_text(line, "price"));
		g_autofree char *tax = tax_of(line);
		g_autofree char *net = right(document_text(line, "net"));
		const char *cells[] = {text, quantity, unit, price, tax, net};

		table_row(table, cells);
	}
	table_print(table);
}

static void
add_sum(struct table *table, const char *name, int64_t minor,
    const char *currency)
{
	g_autofree char *money = money_text(minor, currency);
	g_autofree char *cell = g_strconcat(">", money, NULL);
	const char *cells[] = {name, cell};

	table_row(table, cells);
}

static void
add_taxes(struct table *table, const json_t *document, const char *currency)
{
	const json_t *taxes = json_object_get(document, "taxes"), *tax;
	size_t i;

	json_array_foreach(taxes, i, tax) {
		const char *rate = document_text(tax, "rate");
		const char *category = document_text(tax, "category");
		g_autofree char *name = rate && g_strcmp0(category, "S") == 0 ?
		    g_strdup_printf("tax %s %%", rate) :
		    g_strdup_printf("tax %s", category ? category : "");
		int64_t amount;

		if (document_text(tax, "amount") && money_parse(
		    document_text(tax, "amount"), currency, &amount))
			add_sum(table, name, amount, currency);
	}
}

static void
add_total(struct table *table, const json_t *document, const char *name,
    const char *key, const char *currency, bool always)
{
	int64_t amount;

	if (document_amount(document, "totals", key, &amount) &&
	    (amount || always))
		add_sum(table, name, amount, currency);
}

static void
print_sums(const struct context *context, const struct invoice *invoice,
    const json_t *document)
{
	static const char *const headings[] = {"", ">"};
	struct table *table = table_new(context, 2, headings);
	const char *currency = invoice->currency;

	add_total(table, document, "allowances", "allowances", currency, false);
	add_total(table, document, "charges", "charges", currency, false);
	add_total(table, document, "net", "net", currency, true);
	add_taxes(table, document, currency);
	add_sum(table, "total", invoice->amount, currency);
	add_total(table, document, "paid before", "prepaid", currency, false);
	add_total(table, document, "rounding", "rounding", currency, false);
	if (invoice->opening != invoice->amount)
		add_sum(table, "to pay", invoice->opening, currency);
	if (invoice->announced)
		add_sum(table, "announced", invoice->announced, currency);
	add_sum(table, "open", invoice->open, currency);
	table_print(table);
}

static void
print_shares(const struct context *context, const struct invoice *invoice,
    const json_t *shares)
{
	const json_t *item;
	size_t i;

	json_array_foreach(shares, i, item) {
		g_autofree char *text = g_strdup_printf("%s %s by %s (%s)",
		    json_string_value(json_object_get(item, "amount")),
		    invoice->currency,
		    json_string_value(json_object_get(item, "payment")),
		    json_string_value(json_object_get(item, "kind")));

		say_fact(context, i ? "" : "settled", text);
	}
}

void
invoice_page(struct context *context, const struct invoice *invoice,
    const json_t *document, const json_t *shares)
{
	g_autofree char *customer = customer_key(context, invoice->customer);

	say_heading(context, invoice);
	if (document) {
		say_party(context, document, "from", "seller");
		say_party(context, document, "to", "buyer");
	}
	say_fact(context, "customer", customer);
	say_days(context, invoice, document);
	say_references(context, invoice, document);
	if (document)
		print_lines(context, document);
	print_sums(context, invoice, document);
	print_shares(context, invoice, shares);
}
