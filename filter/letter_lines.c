/*
 * letter_lines.c - the lines of an invoice as its letter shows them, with the
 * sums of each tax rate.
 */
#include "letter_values.h"

#include "invoice.h"
#include "print.h"

static json_t *
line_values(const struct invoice_line *line, const char *currency)
{
	json_t *out = json_object();
	g_autofree char *quantity = decimal_text(line->quantity, 1000);
	g_autofree char *percent = decimal_text(line->tax_bp, 100);

	json_put(out, "text", line->text);
	json_put(out, "quantity", quantity);
	json_put(out, "unit", line->unit);
	values_money(out, "price", line->price, currency);
	values_money(out, "net", line->net, currency);
	json_put(out, "tax_percent", percent);
	return out;
}

/* The rates are only shown when they add up to the invoice's own tax. */
static void
put_taxes(const struct invoice *invoice, json_t *out)
{
	json_t *taxes = json_array();
	int64_t sum = 0;

	for (guint i = 0; i < invoice->lines->len; i++) {
		const struct invoice_line *line = invoice->lines->pdata[i];
		g_autofree char *percent = decimal_text(line->tax_bp, 100);
		int64_t tax;
		bool first;
		json_t *one;

		if (!invoice_rate_tax(invoice->lines, i, &tax, &first) ||
		    !first)
			continue;
		one = json_object();
		json_put(one, "percent", percent);
		values_money(one, "amount", tax, invoice->currency);
		json_array_append_new(taxes, one);
		sum += tax;
	}
	if (sum == invoice->tax && json_array_size(taxes) > 0)
		json_object_set(out, "taxes", taxes);
	json_decref(taxes);
}

void
values_lines(const struct invoice *invoice, json_t *out)
{
	json_t *lines = json_array();

	for (guint i = 0; invoice->lines && i < invoice->lines->len; i++)
		json_array_append_new(lines, line_values(
		    invoice->lines->pdata[i], invoice->currency));
	if (json_array_size(lines) > 0)
		json_object_set(out, "lines", lines);
	json_decref(lines);
	values_money(out, "net", invoice->amount - invoice->tax,
	    invoice->currency);
	values_money(out, "tax", invoice->tax, invoice->currency);
	values_money(out, "amount", invoice->amount, invoice->currency);
	if (invoice->lines)
		put_taxes(invoice, out);
}
