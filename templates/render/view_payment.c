/*
 * view_payment.c - how it can be paid, as the syntaxes write it: one group an
 * account, the card and the mandate in the first.
 */
#include "view.h"

#include <string.h>

static bool
is_one_of(const char *code, const char *const *codes)
{
	return g_strv_contains(codes, code);
}

static const char *const transfers[] = {"30", "58", NULL};
static const char *const cards[] = {"48", "54", "55", NULL};
static const char *const debits[] = {"59", NULL};

static const char *
means_code(const json_t *view, const json_t *payment)
{
	const json_t *accounts = json_object_get(payment, "accounts");
	const char *given = view_text(payment, "means");
	bool sepa = !strcmp(view_text(view, "currency"), "EUR");

	if (*given)
		return given;
	for (size_t i = 0; i < json_array_size(accounts); i++)
		sepa = sepa && *view_text(json_array_get(accounts, i), "iban");
	if (json_array_size(accounts))
		return sepa ? "58" : "30";
	if (*view_text(payment, "card.number"))
		return "48";
	return *view_text(payment, "mandate.reference") ? "59" : "1";
}

/* Peppol has 31 (an IBAN) for a transfer within Denmark, not 30. */
static const char *
danish_code(const json_t *view, const json_t *payment, const char *code)
{
	const json_t *account =
	    json_array_get(json_object_get(payment, "accounts"), 0);

	if (strcmp(code, "30") || !*view_text(account, "bic") ||
	    strcmp(view_text(view, "seller.address.country"), "DK") ||
	    strcmp(view_text(view, "buyer.address.country"), "DK"))
		return code;
	return *view_text(account, "iban") ? "31" : "42";
}

/* German rules (BR-DE-23 to -25): only what belongs to the code. */
static void
keep_one_way(json_t *payment, const char *code)
{
	if (!is_one_of(code, transfers) && (is_one_of(code, cards) ||
		is_one_of(code, debits)))
		json_object_del(payment, "accounts");
	if (is_one_of(code, transfers) || is_one_of(code, debits))
		json_object_del(payment, "card");
	if (is_one_of(code, transfers) || is_one_of(code, cards))
		json_object_del(payment, "mandate");
}

static json_t *
account_of(const json_t *account)
{
	const char *iban = view_text(account, "iban");
	const char *other = view_text(account, "account");
	json_t *out = json_object();

	if (*iban)
		view_set(out, "iban", iban);
	else
		view_set(out, "other", other);
	view_set(out, "id", *iban ? iban : other);
	view_set(out, "holder", view_text(account, "holder"));
	view_set(out, "bic", view_text(account, "bic"));
	return out;
}

/* No more of a card than its last four digits (BR-51). */
static json_t *
card_of(const json_t *card)
{
	const char *number = view_text(card, "number");
	size_t length = strlen(number);
	json_t *out = json_object();

	view_set(out, "number", length > 10 ? number + length - 4 : number);
	view_set(out, "holder", view_text(card, "holder"));
	return out;
}

static json_t *
one_means(const json_t *view, const json_t *payment, const char *code,
    bool first)
{
	json_t *means = json_object();
	json_t *card = json_object_get(payment, "card");
	json_t *mandate = json_object_get(payment, "mandate");

	view_set(means, "code", code);
	view_set(means, "reference", view_text(payment, "reference"));
	view_set(means, "text", view_text(payment, "means_text"));
	if (!first)
		return means;
	view_set(means, "due", view_text(view, "due"));
	if (*view_text(card, "number"))
		json_object_set_new(means, "card", card_of(card));
	if (mandate)
		json_object_set(means, "mandate", mandate);
	return means;
}

void
view_payment(json_t *view, const struct profile *profile)
{
	json_t *payment = json_object_get(view, "payment");
	bool ubl = !(profile->traits & PROFILE_CII);
	bool german = profile->traits & PROFILE_GERMAN ||
	    (profile->traits & PROFILE_NETWORK && both_german(view));
	const json_t *accounts;
	json_t *list;
	const char *code;

	/* The due date of a credit note stands in it. */
	if (!payment && ubl && is_credit_note(view) &&
	    *view_text(view, "due") && !(profile->traits & PROFILE_NETWORK))
		payment = view_object(view, "payment");
	if (!payment)
		return;
	code = means_code(view, payment);
	if (profile->traits & PROFILE_NETWORK)
		code = danish_code(view, payment, code);
	if (german)
		keep_one_way(payment, code);
	accounts = json_object_get(payment, "accounts");
	list = json_array();
	for (size_t i = 0; i == 0 || i < json_array_size(accounts); i++) {
		json_t *means = one_means(view, payment, code, i == 0);
		const json_t *account = json_array_get(accounts, i);

		/* UBL has room for the name of the means once */
		if (i > 0 && ubl)
			json_object_del(means, "text");
		if (account)
			json_object_set_new(means, "account",
			    account_of(account));
		json_array_append_new(list, means);
	}
	json_object_set_new(view, "_means", list);
}
