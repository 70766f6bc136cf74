/*
 * invoice_sums.c - do the figures of a read invoice add up? The rules of EN
 * 16931-1 in whole numbers. A tax may differ by what rounding makes of it: one
 * unit of the last digit, and half of one for each line, for those who round
 * line by line; half of the currency's unit where whole ones are written. A
 * line whose net is not its quantity times its price is odd, no more: no rule
 * forbids that.
 */
#include "invoice_terms.h"

#include <stdlib.h>
#include <string.h>

#define FIGURES 15u		/* digits of a quantity or a price */
#define NET_TOLERANCE 2
#define TAX_TOLERANCE 1
#define ODD_MAX 20u

__extension__ typedef __int128 wide;

struct sums {
	struct reading *reading;
	json_t *document, *totals;
	const char *currency;
	int digits;		/* of the currency */
	bool by_line;		/* each line says how it is taxed */
};

static wide
power(unsigned n)
{
	wide result = 1;

	while (n-- > 0)
		result *= 10;
	return result;
}

static const char *
text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* An amount of the document in minor units, 0 when it is not there. */
static wide
amount(const struct sums *sums, const json_t *object, const char *key)
{
	const char *text = text_at(object, key);
	int64_t minor = 0;

	if (text && !money_parse(text, sums->currency, &minor))
		terms_wrong(sums->reading, "%s: %.40s is too much", key, text);
	return minor;
}

static char *
shown(const struct sums *sums, wide minor)
{
	bool known = minor <= G_MAXINT64 / 2 && minor >= -G_MAXINT64 / 2;

	return known ? money_format((int64_t)minor, sums->currency) :
	    g_strdup("more than can be");
}

/* NULL: they agree. The caller frees. */
static char *
difference(const struct sums *sums, wide is, wide should, wide tolerance,
    const char *what, const char *which)
{
	g_autofree char *said = shown(sums, is), *right = shown(sums, should);

	if (is - should <= tolerance && should - is <= tolerance)
		return NULL;
	return g_strdup_printf("%s%s is %s in the file and %s by its own "
	    "figures", what, which, said, right);
}

static void
differ(const struct sums *sums, wide is, wide should, wide tolerance,
    const char *what, const char *which)
{
	g_autofree char *why = difference(sums, is, should, tolerance, what,
	    which);

	if (why)
		terms_wrong(sums->reading, "%s", why);
}

/* ---- a line -------------------------------------------------------------------- */

/* Whole number and digits behind the point; false: too many of them. */
static bool
figure(const char *text, wide *number, unsigned *places)
{
	bool minus = *text == '-';
	unsigned n = 0, behind = 0;
	bool point = false;

	*number = 0;
	for (text += minus; *text; text++) {
		if (*text == '.') {
			point = true;
			continue;
		}
		*number = *number * 10 + (*text - '0');
		n++;
		behind += point;
	}
	if (minus)
		*number = -*number;
	*places = behind;
	return n <= FIGURES;
}

static wide
divide(wide a, wide b)
{
	wide half = (b < 0 ? -b : b) / 2;

	if (b < 0) {
		a = -a;
		b = -b;
	}
	return a < 0 ? -((-a + half) / b) : (a + half) / b;
}

/* Quantity times price, in minor units; false: it cannot be said. */
static bool
product(const struct sums *sums, const json_t *line, wide *minor)
{
	const char *quantity = text_at(line, "quantity");
	const char *price = text_at(line, "price");
	const char *per = text_at(line, "price_quantity");
	wide a, b, c = 1;
	unsigned x, y, z = 0;

	if (!quantity || !price || !figure(quantity, &a, &x) ||
	    !figure(price, &b, &y) || (per && !figure(per, &c, &z)) ||
	    c == 0 || z > 4 || c > power(9))
		return false;
	*minor = divide(a * b * power((unsigned)sums->digits + z),
	    c * power(x + y));
	return true;
}

static wide
sum_of(const struct sums *sums, const json_t *owner, const char *list,
    const char *key)
{
	const json_t *array = json_object_get(owner, list), *one;
	size_t i;
	wide sum = 0;

	json_array_foreach(array, i, one)
		sum += amount(sums, one, key);
	return sum;
}

static void
check_line(const struct sums *sums, const json_t *line)
{
	const char *id = text_at(line, "id");
	g_autofree char *odd = NULL;
	wide should;

	if (!text_at(line, "net")) {
		terms_wrong(sums->reading, "line %.40s has no net amount",
		    id ? id : "?");
		return;
	}
	if (!product(sums, line, &should))
		return;
	should += sum_of(sums, line, "charges", "amount") -
	    sum_of(sums, line, "allowances", "amount");
	odd = difference(sums, amount(sums, line, "net"), should,
	    NET_TOLERANCE, "the net amount of line ", id ? id : "?");
	if (odd && json_array_size(sums->reading->odd) < ODD_MAX)
		json_array_append_new(sums->reading->odd, json_string(odd));
}

/* ---- taxes ----------------------------------------------------------------------- */

static bool
same_tax(const json_t *one, const json_t *tax)
{
	const char *a = text_at(one, "rate"), *b = text_at(tax, "rate");

	return g_strcmp0(text_at(one, "category"),
	    text_at(tax, "category")) == 0 &&
	    strcmp(a ? a : "0", b ? b : "0") == 0;
}

/* What of a list has this category and rate. */
static wide
taxed(const struct sums *sums, const json_t *tax, const char *list,
    const char *key, unsigned *count)
{
	const json_t *one;
	size_t i;
	wide sum = 0;

	json_array_foreach(json_object_get(sums->document, list), i, one)
		if (same_tax(one, tax)) {
			sum += amount(sums, one, key);
			(*count)++;
		}
	return sum;
}

static void
check_tax(const struct sums *sums, const json_t *tax)
{
	const char *rate = text_at(tax, "rate");
	const char *category = text_at(tax, "category");
	g_autofree char *name = g_strdup_printf("%s %s", category ? category :
	    "?", rate ? rate : "");
	wide base = amount(sums, tax, "base"), percent = 0, should;
	wide is = amount(sums, tax, "amount");
	wide unit = power((unsigned)sums->digits);
	unsigned places = 0, count = 0;

	should = taxed(sums, tax, "lines", "net", &count) +
	    taxed(sums, tax, "charges", "amount", &count) -
	    taxed(sums, tax, "allowances", "amount", &count);
	if (sums->by_line)
		differ(sums, base, should, 0, "the amount taxed by ",
		    g_strstrip(name));
	if (rate && !figure(rate, &percent, &places))
		return;
	differ(sums, is, divide(base * percent, power(places + 2)),
	    MAX(is % unit == 0 ? unit / 2 : 0, TAX_TOLERANCE + count / 2),
	    "the tax of ", g_strstrip(name));
}

/* ---- all of it ------------------------------------------------------------------- */

static void
check_totals(const struct sums *sums)
{
	const json_t *t = sums->totals, *d = sums->document;
	wide net = amount(sums, t, "net"), gross = amount(sums, t, "gross");

	if (json_object_get(d, "lines"))
		differ(sums, amount(sums, t, "lines"),
		    sum_of(sums, d, "lines", "net"), 0,
		    "the sum of the lines", "");	/* BR-CO-10 */
	if (json_object_get(t, "lines")) {
		differ(sums, amount(sums, t, "allowances"),
		    sum_of(sums, d, "allowances", "amount"), 0,
		    "the sum of allowances", "");	/* BR-CO-11 */
		differ(sums, amount(sums, t, "charges"),
		    sum_of(sums, d, "charges", "amount"), 0,
		    "the sum of charges", "");	/* BR-CO-12 */
		differ(sums, net, amount(sums, t, "lines") -
		    amount(sums, t, "allowances") +
		    amount(sums, t, "charges"), 0,
		    "the total without tax", "");	/* BR-CO-13 */
	}
	if (json_object_get(d, "taxes"))
		differ(sums, amount(sums, t, "tax"),
		    sum_of(sums, d, "taxes", "amount"), 0,
		    "the total tax", "");		/* BR-CO-14 */
	differ(sums, gross, net + amount(sums, t, "tax"), 0,
	    "the total with tax", "");		/* BR-CO-15 */
	differ(sums, amount(sums, t, "due"), gross -
	    amount(sums, t, "prepaid") + amount(sums, t, "rounding"), 0,
	    "the amount due", "");			/* BR-CO-16 */
}

void
invoice_sums(struct reading *reading)
{
	json_t *document = reading->document, *one;
	struct sums sums = {.reading = reading, .document = document,
	    .totals = json_object_get(document, "totals"),
	    .currency = reading->currency,
	    .digits = reading->currency ? money_digits(reading->currency) :
	    -1};
	size_t i;

	if (sums.digits < 0 || json_array_size(reading->wrong) > 0)
		return;		/* said already */
	if (!text_at(sums.totals, "gross") || !text_at(sums.totals, "due") ||
	    !text_at(sums.totals, "net")) {
		terms_wrong(reading, "it has no exact total");
		return;
	}
	sums.by_line = json_object_get(document, "lines") != NULL;
	json_array_foreach(json_object_get(document, "lines"), i, one) {
		sums.by_line &= text_at(one, "category") != NULL;
		check_line(&sums, one);
	}
	json_array_foreach(json_object_get(document, "taxes"), i, one)
		check_tax(&sums, one);
	check_totals(&sums);
}
