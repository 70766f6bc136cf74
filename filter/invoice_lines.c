/*
 * invoice_lines.c - lines, tax and sums of an invoice in integers. Pure.
 */
#include "amounts.h"
#include "import_row.h"
#include "invoice.h"

#include <stdlib.h>
#include <string.h>

/* "1.5" -> 1500; at most three decimals and nine digits before them. */
static bool
read_thousandths(const char *text, int64_t *out)
{
	const char *point = strchr(text, '.');
	size_t whole = point ? (size_t)(point - text) : strlen(text);
	size_t decimals = point ? strlen(point + 1) : 0;
	int64_t value = 0;

	if (whole == 0 || whole > 9 || decimals > 3 || (point && !decimals))
		return false;
	for (const char *p = text; *p; p++) {
		if (p == point)
			continue;
		if (!g_ascii_isdigit(*p))
			return false;
		value = value * 10 + (*p - '0');
	}
	for (size_t i = decimals; i < 3; i++)
		value *= 10;
	*out = value;
	return value > 0;
}

static char *
read_tax(const char *text, int *bp)
{
	g_autofree char *plain = g_strdup(text);
	size_t length = strlen(plain);
	char *why;

	if (length && plain[length - 1] == '%')
		plain[length - 1] = '\0';
	g_strstrip(plain);
	if (*plain == '\0')
		return NULL;
	why = cell_check(CELL_PERCENT, &plain);
	if (!why)
		*bp = cell_percent(plain);
	return why;
}

static char *
read_parts(struct invoice_line *line, char **parts, const char *currency)
{
	guint count = g_strv_length(parts);
	const char *price = parts[count == 2 ? 1 : 3];
	char *why;

	line->text = g_strdup(parts[0]);
	line->quantity = 1000;
	if (count == 5 && !read_thousandths(parts[1], &line->quantity))
		return g_strdup_printf("the quantity '%s' is no number above "
		    "zero with at most three decimals", parts[1]);
	if (count == 5 && *parts[2])
		line->unit = g_strdup(parts[2]);
	if (!money_parse(price, currency, &line->price))
		return g_strdup_printf("the price '%s' is no amount in %s "
		    "(%d decimals)", price, currency, money_digits(currency));
	why = count == 5 ? read_tax(parts[4], &line->tax_bp) : NULL;
	if (!why && !money_share(line->price, line->quantity, 1000,
	    &line->net))
		why = g_strdup("the line is too large");
	if (!why && !*parts[0])
		why = g_strdup("the line has no text");
	return why ? why : cell_check(CELL_TEXT, &line->text);
}

struct invoice_line *
invoice_line_parse(const char *text, const char *currency, char **why)
{
	g_auto(GStrv) parts = g_strsplit(text, ";", -1);
	guint count = g_strv_length(parts);
	struct invoice_line *line = g_new0(struct invoice_line, 1);

	for (char **part = parts; *part; part++)
		g_strstrip(*part);
	if (count != 2 && count != 5)
		*why = g_strdup_printf("'%s' is neither "
		    "\"text;quantity;unit;price;tax\" nor \"text;price\"",
		    text);
	else if (!g_utf8_validate(text, -1, NULL))
		*why = g_strdup("a line is not UTF-8 text");
	else
		*why = read_parts(line, parts, currency);
	if (!*why)
		return line;
	invoice_line_free(line);
	return NULL;
}

bool
invoice_rate_tax(const GPtrArray *lines, guint i, int64_t *tax, bool *first)
{
	const struct invoice_line *one = lines->pdata[i];
	int64_t net = 0;

	*first = true;
	for (guint j = 0; j < lines->len; j++) {
		const struct invoice_line *line = lines->pdata[j];

		if (line->tax_bp != one->tax_bp)
			continue;
		*first = *first && j >= i;
		if (__builtin_add_overflow(net, line->net, &net))
			return false;
	}
	return money_share(net, one->tax_bp, 10000, tax);
}

bool
invoice_sum(struct invoice *invoice)
{
	int64_t total = 0;

	invoice->tax = 0;
	for (guint i = 0; i < invoice->lines->len; i++) {
		const struct invoice_line *line = invoice->lines->pdata[i];
		int64_t tax;
		bool first;

		if (!invoice_rate_tax(invoice->lines, i, &tax, &first) ||
		    __builtin_add_overflow(invoice->tax, first ? tax : 0,
		    &invoice->tax) ||
		    __builtin_add_overflow(total, line->net, &total))
			return false;
	}
	return !__builtin_add_overflow(total, invoice->tax, &invoice->amount);
}
