/*
 * document_shares.c - allowances and charges of an invoice document, of lines
 * and of the whole (EN 16931-1, BG-20, 21, 27, 28). Pure.
 */
#include "document_internal.h"

#include <string.h>

/* A percentage makes the amount; an amount that was given may be a little off,
 * as other programs round (Peppol R040 allows two hundredths from the exact
 * one). */
static bool
count_amount(struct work *work, json_t *share, int64_t base,
    const char *path, int64_t *amount)
{
	int64_t percent = number_of(share, "percent", 4, -1);
	int64_t counted;
	g_autofree char *text = NULL;

	if (percent < 0 && !text_of(share, "amount"))
		return fault(work, path, "BT-92/99", "there is no amount; enter "
		    "\"amount\" or \"percent\"");
	*amount = number_of(share, "amount", work->digits, 0);
	if (percent < 0)
		return true;
	base = number_of(share, "base", work->digits, base);
	if (!mul_div(base, percent, 100 * RATE_SCALE, &counted))
		return fault(work, path, "BT-92/99", "its amount is too large");
	text = amount_text(counted, work->digits);
	if (text_of(share, "amount") && (*amount - counted > 1 ||
	    counted - *amount > 1))
		return fault(work, path, "BT-92/99", "the amount is %s, but %s %% "
		    "of the base make %s; leave the amount or the percentage "
		    "out", text_of(share, "amount"), text_of(share,
		    "percent"), text);
	if (!text_of(share, "amount"))
		*amount = counted;
	set_amount(work, share, "base", base);
	return true;
}

static bool
check_reason(struct work *work, json_t *share, bool charge,
    const char *path)
{
	const char *code = text_of(share, "reason_code");
	enum code_list list = charge ? CODES_CHARGE : CODES_ALLOWANCE;
	g_autofree char *at = path_key(path, "reason_code");
	g_autofree char *words = NULL;

	if (code && !code_name(list, code))
		return fault(work, at, "BT-98/105", "'%s' is no reason of UNTDID "
		    "%s; enter %s, or only a reason", code, charge ? "7161"
		    : "5189", charge ? "FC (freight), PC (packing), ABL "
		    "(additional packaging) …" : "95 (discount), 100 (special "
		    "rebate), 104 (standard) …");
	if (text_of(share, "reason"))
		return true;
	words = code && g_str_has_prefix(work->language, "en")
	    ? g_strdup(code_name(list, code))
	    : reason_words(charge ? "charge" : "allowance", work->language);
	set_text(share, "reason", words);
	return true;
}

bool
share_complete(struct work *work, json_t *share, bool charge, int64_t base,
    const char *path, int64_t *amount)
{
	if (!count_amount(work, share, base, path, amount) ||
	    !check_reason(work, share, charge, path))
		return false;
	set_amount(work, share, "amount", *amount);
	return true;
}

/* ---- of the whole document --------------------------------------------------------- */

static void
set_tax(json_t *share, const struct tax *tax)
{
	g_autofree char *rate = number_text(tax->rate, 4);

	set_text(share, "category", tax->category);
	if (tax->rate >= 0)
		set_text(share, "rate", rate);
}

/* The only tax of the lines that a share can mean, or NULL. */
static const struct tax *
only_tax(const struct work *work, const json_t *share)
{
	const char *category = text_of(share, "category");
	int64_t rate = number_of(share, "rate", 4, -1);
	const struct tax *only = NULL;

	for (guint i = 0; i < work->taxes->len; i++) {
		const struct tax *tax = &g_array_index(work->taxes,
		    struct tax, i);

		if ((category && strcmp(category, tax->category) != 0) ||
		    (rate >= 0 && rate != tax->rate))
			continue;
		if (only)
			return NULL;
		only = tax;
	}
	return only;
}

/* A percentage of the whole becomes one allowance for each tax. */
static void
spread(struct work *work, json_t *list, size_t i)
{
	json_t *whole = json_incref(json_array_get(list, i));

	json_array_remove(list, i);
	for (guint t = 0; t < work->taxes->len; t++) {
		const struct tax *tax = &g_array_index(work->taxes,
		    struct tax, t);
		json_t *part = json_copy(whole);

		set_tax(part, tax);
		json_array_insert_new(list, i + t, part);
	}
	json_decref(whole);
}

static bool
settle_tax(struct work *work, json_t *list, size_t i, const char *path)
{
	json_t *share = json_array_get(list, i);
	const struct tax *only;
	g_autofree char *at = path_key(path, "category");

	if (text_of(share, "category") && (text_of(share, "rate") ||
	    strcmp(text_of(share, "category"), "O") == 0))
		return true;
	only = only_tax(work, share);
	if (only)
		set_tax(share, only);
	else if (!has_any(share, "category|rate|amount|base") &&
	    text_of(share, "percent"))
		spread(work, list, i);
	else if (!text_of(share, "category") && !text_of(share, "rate"))
		return fault(work, at, "BT-95/102", "it is missing; the lines "
		    "have several taxes, enter the category and the rate "
		    "that this belongs to (BR-%s)", g_str_has_prefix(path,
		    "charges") ? "37" : "32");
	return true;
}

/* What a percentage is taken of: the lines with the same tax. */
static int64_t
base_of(struct work *work, const json_t *share, int64_t rate)
{
	for (guint i = 0; i < work->taxes->len; i++) {
		const struct tax *tax = &g_array_index(work->taxes,
		    struct tax, i);

		if (tax->rate == rate && strcmp(tax->category,
		    text_of(share, "category")) == 0)
			return tax->lines;
	}
	return 0;
}

static bool
count_share(struct work *work, json_t *share, bool charge, const char *path)
{
	int64_t rate, amount;
	struct tax *tax;

	if (!category_check(work, share, path, "BT-95/102", &rate) ||
	    !share_complete(work, share, charge, base_of(work, share, rate),
	    path, &amount))
		return false;
	tax = tax_of(work, text_of(share, "category"), rate);
	return add_up(&tax->base, charge ? amount : -amount) ||
	    fault(work, path, "BT-92/99", "its amount is too large");
}

static bool
count_list(struct work *work, const char *name, bool charge)
{
	json_t *list = json_object_get(work->root, name);

	for (size_t i = 0; i < json_array_size(list); i++) {
		g_autofree char *path = path_item(name, i);

		if (!settle_tax(work, list, i, path) ||
		    !count_share(work, json_array_get(list, i), charge,
		    path))
			return false;
	}
	return true;
}

bool
document_count_shares(struct work *work)
{
	return count_list(work, "allowances", false) &&
	    count_list(work, "charges", true);
}
