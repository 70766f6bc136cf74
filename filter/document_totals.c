/*
 * document_totals.c - the taxes and totals of an invoice document (EN 16931-1,
 * BG-22 and BG-23; BR-CO-10 to BR-CO-17). Pure.
 */
#include "currency.h"
#include "document_internal.h"

#include <string.h>

struct totals {
	int64_t lines, allowances, charges, net, tax, gross;
	int64_t prepaid, rounding, due;
};

/* ---- what was given before ---------------------------------------------------- */

static bool
compare(struct work *work, const json_t *given, const json_t *counted,
    const char *name)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)given, key, value) {
		const char *text = json_string_value(value);
		const char *own = text_of(counted, key);
		g_autofree char *at = path_key(name, key);

		if (own ? strcmp(own, text) == 0
		    : strspn(text, "0.") == strlen(text))
			continue;
		return fault(work, at, NULL, "it is %s, but the lines, "
		    "allowances and charges make %s; leave it out or correct "
		    "them", text, own ? own : "none");
	}
	return true;
}

static const json_t *
find_tax(const json_t *taxes, const json_t *wanted)
{
	const char *rate = text_of(wanted, "rate");
	const char *category = text_of(wanted, "category");
	size_t i;
	json_t *tax;

	json_array_foreach(taxes, i, tax) {
		const char *own = text_of(tax, "rate");

		if (category && strcmp(text_of(tax, "category"), category) ==
		    0 && strcmp(own ? own : "0", rate ? rate : "0") == 0)
			return tax;
	}
	return NULL;
}

static bool
compare_taxes(struct work *work, const json_t *given, const json_t *counted)
{
	size_t i;
	json_t *one;

	json_array_foreach(given, i, one) {
		g_autofree char *path = path_item("taxes", i);
		const json_t *own = find_tax(counted, one);

		if (!own)
			return fault(work, path, "BG-23", "no line, allowance "
			    "or charge has this category and rate; leave "
			    "taxes out, they are computed");
		if (text_of(one, "rate") && !text_of(own, "rate"))
			json_object_del(one, "rate");
		if (!compare(work, one, own, path))
			return false;
	}
	return true;
}

/* ---- taxes ----------------------------------------------------------------------- */

static bool
count_tax(struct work *work, struct tax *tax, json_t *taxes, int64_t *sum)
{
	const json_t *exemption = json_object_get(json_object_get(work->root,
	    "exemptions"), tax->category);
	json_t *row = json_object();
	g_autofree char *rate = number_text(tax->rate, 4);

	json_array_append_new(taxes, row);
	set_text(row, "category", tax->category);
	if (tax->rate != NO_RATE)
		set_text(row, "rate", rate);
	tax->amount = 0;
	if (tax->rate > 0 && !mul_div(tax->base, tax->rate, 100 * RATE_SCALE,
	    &tax->amount))
		return false;
	set_amount(work, row, "base", tax->base);
	set_amount(work, row, "amount", tax->amount);
	if (text_of(exemption, "reason"))
		set_text(row, "reason", text_of(exemption, "reason"));
	if (text_of(exemption, "code"))
		set_text(row, "reason_code", text_of(exemption, "code"));
	return add_up(sum, tax->amount);
}

static bool
count_taxes(struct work *work, int64_t *sum)
{
	json_t *taxes = json_array();
	const json_t *given = json_object_get(work->root, "taxes");
	bool good = true;

	*sum = 0;
	for (guint i = 0; good && i < work->taxes->len; i++)
		good = count_tax(work, &g_array_index(work->taxes,
		    struct tax, i), taxes, sum);
	good = good && compare_taxes(work, given, taxes);
	json_object_set_new(work->root, "taxes", taxes);
	return good;
}

/* ---- sums ------------------------------------------------------------------------- */

static bool
sum_up(const struct work *work, const char *list, const char *key,
    int64_t *sum)
{
	size_t i;
	json_t *one;

	*sum = 0;
	json_array_foreach(json_object_get(work->root, list), i, one)
		if (!add_up(sum, number_of(one, key, work->digits, 0)))
			return false;
	return true;
}

/* A tax that the buyer keeps back and pays for the seller. */
static bool
count_withholding(struct work *work, int64_t net, int64_t *amount)
{
	json_t *one = json_object_get(work->root, "withholding");
	int64_t percent = number_of(one, "percent", 4, -1);
	g_autofree char *given = g_strdup(text_of(one, "amount"));

	*amount = number_of(one, "amount", work->digits, 0);
	if (!one)
		return true;
	if (percent < 0 && !given)
		return fault(work, "withholding.percent", "BT-113", "it is "
		    "missing; enter the percentage that the buyer withholds");
	if (!text_of(one, "name")) {
		g_autofree char *words = reason_words("withholding",
		    work->language);

		set_text(one, "name", words);
	}
	if (percent < 0)
		return true;
	net = number_of(one, "base", work->digits, net);
	if (!mul_div(net, percent, 100 * RATE_SCALE, amount))
		return false;
	set_amount(work, one, "base", net);
	set_amount(work, one, "amount", *amount);
	return !given || strcmp(given, text_of(one, "amount")) == 0 ||
	    fault(work, "withholding.amount", "BT-113", "it is %s, but %s %% "
	    "of %s are %s; leave it out", given, text_of(one, "percent"),
	    text_of(one, "base"), text_of(one, "amount"));
}

static bool
check_deposits(struct work *work)
{
	size_t i;
	json_t *one;

	json_array_foreach(json_object_get(work->root, "deposits"), i, one) {
		g_autofree char *path = path_item("deposits", i);
		int64_t amount = number_of(one, "amount", work->digits, 0);
		int64_t tax = number_of(one, "tax", work->digits, 0);

		if (amount < 0 || tax < 0 || tax > amount)
			return fault(work, path, "BT-113", "amount %s with tax "
			    "%s cannot be; enter what was paid, and the tax "
			    "in it", text_of(one, "amount"), tax
			    ? text_of(one, "tax") : "0");
	}
	return true;
}

static bool
count(struct work *work, struct totals *t)
{
	int64_t deposits, withheld;

	t->prepaid = number_of(work->root, "prepaid", work->digits, 0);
	t->rounding = number_of(work->root, "rounding", work->digits, 0);
	t->net = 0;
	if (!count_taxes(work, &t->tax) ||
	    !sum_up(work, "lines", "net", &t->lines) ||
	    !sum_up(work, "allowances", "amount", &t->allowances) ||
	    !sum_up(work, "charges", "amount", &t->charges) ||
	    !add_up(&t->net, t->lines) || !add_up(&t->net, -t->allowances) ||
	    !add_up(&t->net, t->charges))
		return false;
	t->gross = t->net;
	if (!add_up(&t->gross, t->tax) || !check_deposits(work) ||
	    !sum_up(work, "deposits", "amount", &deposits) ||
	    !count_withholding(work, t->net, &withheld) ||
	    !add_up(&t->prepaid, deposits) ||
	    !add_up(&t->prepaid, withheld))
		return false;
	t->due = t->gross;
	return add_up(&t->due, -t->prepaid) && add_up(&t->due, t->rounding);
}

/* ---- what cannot be asked for ---------------------------------------------------- */

static bool
check_result(struct work *work, const struct totals *t)
{
	int64_t most = 5 * currency_unit(work->currency);
	g_autofree char *due = amount_text(t->due, work->digits);
	g_autofree char *prepaid = amount_text(t->prepaid, work->digits);
	bool credit = document_is_credit(work->root);

	if (t->rounding > most || t->rounding < -most)
		return fault(work, "rounding", "BT-114", "%s is no rounding; "
		    "enter what was added to make a round sum",
		    text_of(work->root, "rounding"));
	if (t->gross < 0)
		return fault(work, "totals.gross", "BT-112", "the sum is "
		    "negative (%s); %s", due, credit ? "a credit note has "
		    "positive amounts: enter positive quantities"
		    : "enter type credit-note and positive quantities");
	if (t->gross == 0)
		return fault(work, "totals.gross", "BT-112", "there is nothing "
		    "to pay: the sum of the lines with tax is 0; correct "
		    "quantities or prices");
	if (t->due < 0)
		return fault(work, "totals.due", "BT-115", "it is negative "
		    "(%s): deposits, prepaid and withholding (%s) are more "
		    "than the sum; correct them, or write a credit note for "
		    "what is too much", due, prepaid);
	return credit || t->due == 0 || has_any(work->root, "due|terms") ||
	    fault(work, "due", "BT-9", "it is missing; enter the day until "
	    "which to pay (BR-CO-25)");
}

static void
put(const struct work *work, json_t *totals, const char *key,
    int64_t amount, bool wanted)
{
	if (wanted)
		set_amount(work, totals, key, amount);
}

/* BT-111: the tax in the currency of the tax, by the rate. */
static bool
put_accounting(struct work *work, json_t *totals, int64_t tax)
{
	const char *currency = text_of(work->root, "tax_currency");
	int64_t rate = number_of(work->root, "exchange_rate", 8, 0);
	int digits = MIN(money_digits(currency), 2);
	int down = 8 + work->digits - digits;
	int64_t amount;
	g_autofree char *text = NULL;

	if (!currency)
		return true;
	if (!mul_div(tax, rate, power_of_ten(down), &amount))
		return false;
	text = amount_text(amount, digits);
	set_text(totals, "tax_accounting", text);
	return true;
}

bool
document_count_totals(struct work *work)
{
	struct totals t;
	const json_t *root = work->root;
	json_t *totals;
	bool good;

	if (!count(work, &t) || !check_result(work, &t))
		return false;
	totals = json_object();
	set_amount(work, totals, "lines", t.lines);
	put(work, totals, "allowances", t.allowances, has_any(root,
	    "allowances"));
	put(work, totals, "charges", t.charges, has_any(root, "charges"));
	set_amount(work, totals, "net", t.net);
	set_amount(work, totals, "tax", t.tax);
	good = put_accounting(work, totals, t.tax);
	set_amount(work, totals, "gross", t.gross);
	put(work, totals, "prepaid", t.prepaid, t.prepaid != 0);
	put(work, totals, "rounding", t.rounding, t.rounding != 0);
	set_amount(work, totals, "due", t.due);
	good = good && compare(work, json_object_get(root, "totals"), totals,
	    "totals");
	json_object_set_new(work->root, "totals", totals);
	return good;
}
