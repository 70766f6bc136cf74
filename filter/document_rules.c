/*
 * document_rules.c - what EN 16931-1 asks of an invoice document besides its
 * figures: days, references, payment, what each tax category needs. Pure.
 */
#include "document_internal.h"
#include "match.h"

#include <string.h>

/* ---- type and references --------------------------------------------------------- */

static bool
check_type(struct work *work)
{
	json_t *root = work->root;
	const char *profile = text_of(root, "profile");
	const char *type = text_of(root, "type");
	const char *code;

	/* XRechnung has no 386: a deposit is a partial invoice there. */
	if (type && strcmp(type, "deposit") == 0 && profile &&
	    g_str_has_prefix(profile, "xrechnung") &&
	    !text_of(root, "type_code"))
		set_text(root, "type_code", "326");
	code = document_type_code(root);
	if (!type)
		set_text(root, "type", document_is_credit(root)
		    ? "credit-note" : strcmp(code, "386") == 0 ? "deposit"
		    : strcmp(code, "384") == 0 ? "corrected" : "invoice");
	else if ((strcmp(type, "credit-note") == 0) !=
	    document_is_credit(root))
		return fault(work, "type_code", "BT-3", "%s is %s of a credit "
		    "note, but type is %s; leave one of them out", code,
		    document_is_credit(root) ? "the code" : "no code", type);
	set_text(root, "type_code", code);
	return true;
}

static bool
check_preceding(struct work *work)
{
	const json_t *list = json_object_get(work->root, "preceding");
	const char *code = document_type_code(work->root);
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one) {
		g_autofree char *path = path_item("preceding", i);

		if (!text_of(one, "number"))
			return fault(work, path, "BT-25", "the number of the "
			    "earlier invoice is missing (BR-55)");
	}
	if (json_array_size(list) || json_object_get(work->root, "period"))
		return true;
	if (strcmp(code, "384") == 0 || strcmp(code, "381") == 0)
		return fault(work, "preceding", "BG-3", "a %s names the "
		    "invoice that it is about; enter [{\"number\":\"…\", "
		    "\"date\":\"…\"}]%s", strcmp(code, "384") == 0
		    ? "correction" : "credit note", strcmp(code, "384") == 0
		    ? "" : ", or the period that it is for");
	return true;
}

/* Texts that a group cannot do without. */
static bool
check_parts(struct work *work)
{
	static const struct {
		const char *list, *keys, *term, *wanted;
	} rows[] = {
		{"notes", "text", "BT-22", "enter \"text\" or leave the note "
		    "out"},
		{"discounts", "percent", "BT-20", "enter \"percent\" and "
		    "\"until\" or \"days\""},
		{"discounts", "until|days", "BT-20", "enter \"until\" (a day) "
		    "or \"days\""},
		{"deposits", "number", "BT-113", "enter the number of the "
		    "deposit invoice"},
		{"deposits", "amount", "BT-113", "enter what was paid, with "
		    "tax"},
		{"attachments", "id|name", "BT-122", "enter \"id\" (BR-52)"},
		{"attachments", "url|content", "BT-125", "enter \"content\" "
		    "(base64) or \"url\""},
	};

	for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
		size_t i;
		json_t *one;

		json_array_foreach(json_object_get(work->root, rows[r].list),
		    i, one) {
			g_autofree char *path = path_item(rows[r].list, i);
			g_auto(GStrv) keys = g_strsplit(rows[r].keys, "|", 2);
			g_autofree char *at = path_key(path, keys[0]);

			if (!has_any(one, rows[r].keys))
				return fault(work, at, rows[r].term, "it is "
				    "missing; %s", rows[r].wanted);
		}
	}
	return true;
}

static bool
check_attachments(struct work *work)
{
	size_t i;
	json_t *one;

	json_array_foreach(json_object_get(work->root, "attachments"), i,
	    one) {
		g_autofree char *path = path_item("attachments", i);
		bool content = text_of(one, "content") != NULL;

		if (!text_of(one, "id"))
			set_text(one, "id", text_of(one, "name"));
		if (content && !text_of(one, "mime"))
			return fault(work, path, "BT-125-1", "\"mime\" is "
			    "missing; enter application/pdf, image/png …");
		if (content && !text_of(one, "name"))
			return fault(work, path, "BT-125-2", "\"name\" is "
			    "missing; enter the name of the file");
	}
	return true;
}

/* ---- days --------------------------------------------------------------------------- */

/* Days of a document compare as texts do. */
static bool
check_period(struct work *work, const json_t *period, const char *path)
{
	const char *from = text_of(period, "from");
	const char *to = text_of(period, "to");

	return !from || !to || strcmp(from, to) <= 0 ||
	    fault(work, path, NULL, "it ends on %s, before it begins on %s; "
	    "enter \"to\" not before \"from\" (%s)", to, from,
	    *path == 'l' ? "BR-30" : "BR-29");
}

static bool
check_periods(struct work *work)
{
	const json_t *period = json_object_get(work->root, "period");
	size_t i;
	json_t *line;

	if (!check_period(work, period, "period"))
		return false;
	json_array_foreach(json_object_get(work->root, "lines"), i, line) {
		g_autofree char *path = path_item("lines", i);
		g_autofree char *at = path_key(path, "period");

		if (!check_period(work, json_object_get(line, "period"), at))
			return false;
	}
	return true;
}

static bool
check_discount(struct work *work, json_t *discount, const char *path)
{
	const char *date = text_of(work->root, "date");
	const char *due = text_of(work->root, "due");
	int64_t days = number_of(discount, "days", 0, -1);
	char until[DAY_SIZE];
	g_autofree char *text = NULL;

	if (number_of(discount, "percent", 4, 0) <= 0 ||
	    number_of(discount, "percent", 4, 0) >= 100 * RATE_SCALE)
		return fault(work, path, "BT-20", "%s is no discount; enter a "
		    "percentage between 0 and 100", text_of(discount,
		    "percent"));
	if (!text_of(discount, "until")) {
		day_text(day_number(date) + (int32_t)days, until);
		set_text(discount, "until", until);
	}
	if (strcmp(text_of(discount, "until"), date) < 0)
		return fault(work, path, "BT-20", "the discount ends on %s, "
		    "before the date %s; enter a later day",
		    text_of(discount, "until"), date);
	if (due && strcmp(text_of(discount, "until"), due) > 0)
		return fault(work, path, "BT-20", "the discount ends on %s, "
		    "after the due date %s; enter an earlier day",
		    text_of(discount, "until"), due);
	text = g_strdup_printf("%d", day_number(text_of(discount, "until")) -
	    day_number(date));
	if (days >= 0 && strcmp(text, text_of(discount, "days")) != 0)
		return fault(work, path, "BT-20", "%s days do not end on %s; "
		    "leave one of them out", text_of(discount, "days"),
		    text_of(discount, "until"));
	set_text(discount, "days", text);
	return true;
}

static bool
check_days(struct work *work)
{
	const char *date = text_of(work->root, "date");
	const char *due = text_of(work->root, "due");
	size_t i;
	json_t *one;

	if (!date)
		return fault(work, "date", "BT-2", "it is missing; enter the "
		    "day of the invoice like 2026-11-24 (BR-3)");
	if (due && strcmp(due, date) < 0)
		return fault(work, "due", "BT-9", "%s is before the date %s; "
		    "enter the same day or a later one", due, date);
	if (has_any(work->root, "tax_point") &&
	    has_any(work->root, "tax_point_code"))
		return fault(work, "tax_point_code", "BT-8", "there is a "
		    "tax_point too; enter one of them (BR-CO-3)");
	if (!check_periods(work))
		return false;
	json_array_foreach(json_object_get(work->root, "discounts"), i, one) {
		g_autofree char *path = path_item("discounts", i);

		if (!check_discount(work, one, path))
			return false;
	}
	return true;
}

/* ---- payment --------------------------------------------------------------------------- */

/* The first six and the last four digits of a card are the most that may be
 * shown (BR-51). */
static bool
check_card(struct work *work, const json_t *card)
{
	const char *number = text_of(card, "number");
	size_t digits = 0;

	for (const char *p = number ? number : ""; *p; p++)
		digits += g_ascii_isdigit(*p);
	if (card && !number)
		return fault(work, "payment.card.number", "BT-87", "it is "
		    "missing; enter the last four digits of the card");
	return digits <= 10 || fault(work, "payment.card.number", "BT-87",
	    "an invoice never shows a whole card number; enter its last four "
	    "digits only (BR-51)");
}

static const char *
usual_means(const struct work *work, const json_t *payment)
{
	const json_t *accounts = json_object_get(payment, "accounts");
	bool sepa = strcmp(work->currency, "EUR") == 0;

	if (has_any(payment, "mandate"))
		return "59";
	if (has_any(payment, "card"))
		return "48";
	for (size_t i = 0; i < json_array_size(accounts); i++)
		sepa = sepa && text_of(json_array_get(accounts, i), "iban");
	if (json_array_size(accounts))
		return sepa ? "58" : "30";
	return "1";
}

static bool
check_payment(struct work *work)
{
	json_t *payment = json_object_get(work->root, "payment");
	const json_t *accounts = json_object_get(payment, "accounts");
	const char *means;
	size_t i;
	json_t *account;

	if (!payment)
		return true;
	json_array_foreach(accounts, i, account) {
		g_autofree char *path = path_item("payment.accounts", i);

		if (!has_any(account, "iban|account"))
			return fault(work, path, "BT-84", "the account has no "
			    "number; enter \"iban\" or \"account\" (BR-50)");
	}
	if (!text_of(payment, "means"))
		set_text(payment, "means", usual_means(work, payment));
	means = text_of(payment, "means");
	if (!json_array_size(accounts) &&
	    (strcmp(means, "30") == 0 || strcmp(means, "58") == 0))
		return fault(work, "payment.accounts", "BG-17", "there is no "
		    "account to transfer to; enter one, or configure an "
		    "account (BR-61)");
	return check_card(work, json_object_get(payment, "card"));
}

/* ---- currencies ---------------------------------------------------------------------------- */

static bool
check_currencies(struct work *work)
{
	const char *tax = text_of(work->root, "tax_currency");
	const char *rate = text_of(work->root, "exchange_rate");

	if (tax && strcmp(tax, work->currency) == 0)
		return fault(work, "tax_currency", "BT-6", "it is the currency "
		    "of the invoice already; leave it out");
	if (tax && !rate)
		return fault(work, "exchange_rate", "BT-111", "it is missing; "
		    "enter how many %s one %s is (BR-53)", tax,
		    work->currency);
	if (rate && !tax)
		return fault(work, "tax_currency", "BT-6", "there is an "
		    "exchange_rate without it; enter the currency of the tax "
		    "or leave both out");
	return !rate || number_of(work->root, "exchange_rate", 8, 0) > 0 ||
	    fault(work, "exchange_rate", "BT-111", "%s is no rate; enter a "
	    "number above 0", rate);
}

bool
document_check_head(struct work *work)
{
	return check_parts(work) && check_attachments(work) &&
	    check_type(work) && check_days(work) &&
	    check_currencies(work) && check_payment(work) &&
	    check_preceding(work);
}
