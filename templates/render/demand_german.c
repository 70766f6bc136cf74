/*
 * demand_german.c - XRechnung 3.0 (BR-DE), and the same rules in the network
 * between two German parties (DE-R).
 */
#include "demand.h"

#include <string.h>

#define OWNER "the section owner of the configuration"
#define CUSTOMER "mailfilter customer edit ID"

static const struct wanted always[] = {
    {"buyer_reference", "wants a buyer reference (the Leitweg-ID of an "
	"authority, else what the customer tells you): --buyer-reference "
	"REFERENCE, or " CUSTOMER " --buyer-reference REFERENCE"},
    {"seller.contact.name", "wants a person to ask: name in " OWNER},
    {"seller.contact.phone", "wants your telephone number: phone in " OWNER},
    {"seller.contact.email", "wants your mail address: email in " OWNER},
    {"seller.address.city", "wants your city: city in " OWNER},
    {"seller.address.postcode", "wants your postcode: postcode in " OWNER},
    {"buyer.address.city",
	"wants the customer's city: " CUSTOMER " --city CITY"},
    {"buyer.address.postcode",
	"wants the customer's postcode: " CUSTOMER " --postcode CODE"},
    {NULL, NULL},
};

static const struct wanted addresses[] = {
    {"seller.endpoint",
	"wants your electronic address: endpoint in " OWNER},
    {"buyer.endpoint", "wants the customer's electronic address: "
	CUSTOMER " --endpoint ADDRESS, or a mail address"},
    {NULL, NULL},
};

static const struct wanted place[] = {
    {"delivery.address.city", "wants the city of the delivery"},
    {"delivery.address.postcode", "wants the postcode of the delivery"},
    {NULL, NULL},
};

static const struct wanted debit[] = {
    {"payment.mandate.creditor",
	"wants your creditor identifier for a direct debit"},
    {"payment.mandate.account",
	"wants the account that a direct debit is taken from"},
    {"payment.mandate.reference", "wants the reference of the mandate"},
    {NULL, NULL},
};

static bool
telephone(const char *text)
{
	int digits = 0;

	for (; *text; text++)
		digits += g_ascii_isdigit(*text);
	return digits >= 3;
}

/* One at sign, labels with dots between them (BR-DE-28); the network is
 * narrower (DE-R-028). */
static bool
mailbox(const char *text, bool narrow)
{
	return g_regex_match_simple(narrow ?
	    "^[a-zA-Z0-9!#$%&\"*+/=?^_`{|}~-]+"
	    "(\\.[a-zA-Z0-9!#$%&\"*+/=?^_`{|}~-]+)*"
	    "@([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\\.)+"
	    "[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$" :
	    "^[^@\\s]+@([^@.\\s]+\\.)+[^@.\\s]+$", text, 0, 0);
}

static char *
demand_contact(const json_t *view, const char *who)
{
	const char *phone = view_text(view, "seller.contact.phone");
	const char *mail = view_text(view, "seller.contact.email");

	if (!telephone(phone))
		return g_strdup_printf("seller.contact.phone: \"%s\" is no "
		    "telephone number, %s wants three digits at least: phone "
		    "in " OWNER, phone, who);
	if (!mailbox(mail, strstr(view_text(view, "_customization"),
		"peppol") != NULL))
		return g_strdup_printf("seller.contact.email: \"%s\" is no "
		    "mail address as %s wants it: email in " OWNER, mail, who);
	return NULL;
}

static char *
demand_type(const json_t *view, const char *who)
{
	static const char *const codes[] = {"326", "380", "384", "389", "381",
	    "875", "876", "877", NULL};
	const char *code = view_text(view, "_type");

	if (!g_strv_contains(codes, code))
		return g_strdup_printf("type_code: %s has no document of type "
		    "%s: take 380 (invoice), 381 (credit note), 384 "
		    "(corrected), 326 (partial) or 389, 875, 876, 877", who,
		    code);
	if (!strcmp(code, "384") &&
	    !json_array_size(json_object_get(view, "preceding")))
		return demand_say("preceding", who, "wants the number of the "
		    "invoice that this one corrects: --preceding NUMBER");
	return NULL;
}

static char *
demand_payment(const json_t *view, const char *who)
{
	const json_t *list = json_object_get(view, "_means");
	const char *code = view_text(json_array_get(list, 0), "code");
	const char *payer = view_text(view, "payment.mandate.account");
	bool card = !strcmp(code, "48") || !strcmp(code, "54") ||
	    !strcmp(code, "55");

	if (!json_array_size(list))
		return demand_say("payment", who, "wants a way to pay: an "
		    "account in the configuration");
	if (card && !json_object_get(json_array_get(list, 0), "card"))
		return demand_say("payment.card.number", who, "wants the last "
		    "digits of the card for means of payment 48, 54 and 55");
	if (!strcmp(code, "59") || json_object_get(json_object_get(view,
		"payment"), "mandate")) {
		char *why = demand_fields(view, who, debit);

		if (why)
			return why;
	}
	if (!strcmp(code, "59") && !demand_iban(payer))
		return g_strdup_printf("payment.mandate.account: \"%s\" is no "
		    "IBAN, and means of payment 59 wants one", payer);
	for (size_t i = 0; !strcmp(code, "58") && i < json_array_size(list);
	    i++) {
		const char *id = view_text(json_array_get(list, i),
		    "account.id");

		if (!demand_iban(id))
			return g_strdup_printf("payment.accounts[%zu]: \"%s\" "
			    "is no IBAN, and means of payment 58 wants one: "
			    "take means 30", i, id);
	}
	return NULL;
}

/* A line of the terms that begins with # is a discount (BR-DE-18). */
static bool
skonto_line(const char *line)
{
	return g_regex_match_simple("^#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+"
	    "\\.[0-9]{2}(#BASISBETRAG=-?[0-9]+\\.[0-9]{2})?#$", line, 0, 0);
}

static char *
demand_terms(const json_t *view, const char *who)
{
	const char *terms = view_text(view, "terms");
	g_auto(GStrv) lines = g_strsplit(terms, "\n", -1);
	char **last = NULL;

	for (char **line = lines; *line; line++) {
		if (*g_strchug(*line) != '#')
			continue;
		last = line;
		if (!skonto_line(g_strchomp(*line)))
			return g_strdup_printf("terms: \"%s\" begins with #, "
			    "which %s takes for a discount: begin the line "
			    "with a word", *line, who);
	}
	for (char **line = last ? last + 1 : lines; last && *line; line++)
		if (line == last + 1 && *g_strstrip(*line))
			return demand_say("terms", who, "wants nothing after "
			    "the lines of discounts: put the text before");
	return last && !last[1] ? demand_say("terms", who,
	    "wants a line feed after a line of discounts") : NULL;
}

/* BR-TMP-2 and BR-DE-22. */
static char *
demand_files(const json_t *view, const char *who)
{
	const json_t *files = json_object_get(view, "attachments");
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

	for (size_t i = 0; i < json_array_size(files); i++) {
		const json_t *file = json_array_get(files, i);
		const char *url = view_text(file, "url");
		const char *name = view_text(file, "name");

		if (*url && !g_regex_match_simple("^[a-zA-Z][a-zA-Z0-9+.-]+:",
			url, 0, 0))
			return g_strdup_printf("attachments[%zu].url: \"%s\" "
			    "is no full address, %s wants https://…", i, url,
			    who);
		if (*view_text(file, "content") &&
		    !g_hash_table_add(names, (gpointer)name))
			return g_strdup_printf("attachments[%zu].name: \"%s\" "
			    "is there twice, %s wants another name", i, name,
			    who);
	}
	return NULL;
}

static char *
demand_tax_number(const json_t *view, const char *who)
{
	if (view_has_category(view, "O") ||
	    *view_text(view, "seller.tax_id") ||
	    *view_text(view, "seller.tax_number") ||
	    json_object_get(view, "representative"))
		return NULL;
	return demand_say("seller.tax_id", who, "wants your VAT identifier or "
	    "tax number: tax-id or tax-number in " OWNER);
}

char *
demand_german(const json_t *view, const char *who)
{
	typedef char *check(const json_t *, const char *);
	static check *const checks[] = {demand_contact, demand_type,
	    demand_payment, demand_terms, demand_files, demand_tax_number};
	char *why = demand_fields(view, who, always);

	if (!why && json_object_get(json_object_get(view, "delivery"),
		"address"))
		why = demand_fields(view, who, place);
	for (size_t i = 0; !why && i < G_N_ELEMENTS(checks); i++)
		why = checks[i](view, who);
	if (!why)
		why = demand_fields(view, who, addresses);
	return why;
}
