/*
 * invoice_make.c - from what a person wrote of an invoice to its document:
 * what the customer, the configuration and the day say is filled in, then it
 * is checked and computed.
 */
#include "customer.h"
#include "invoice_make.h"
#include "invoice_party.h"
#include "match.h"
#include "print.h"
#include "remind_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TERMS_DAYS 14		/* when nobody says */
#define LARGEST (20 << 20)	/* of a file of JSON, attachments in it */

/* On no paper: what of the source only we use. */
static const char *const ours[] = {
	"customer", "account", "policy", "terms_days", "memo", "number", "id",
	"send", "open",
};

void
making_init(struct making *making, struct context *context)
{
	*making = (struct making){.context = context};
	making->source = json_object();
	making->invoice = g_new0(struct invoice, 1);
}

void
making_release(struct making *making)
{
	json_decref(making->source);
	json_decref(making->document);
	g_free(making->read);
	customer_free(making->customer);
	invoice_free(making->invoice);
}

/* ---- reading ------------------------------------------------------------------- */

static char *
read_all(int fd, char **why)
{
	GString *text = g_string_new(NULL);
	char buffer[1 << 16];
	ssize_t got;

	while ((got = read(fd, buffer, sizeof buffer)) > 0 &&
	    text->len < LARGEST)
		g_string_append_len(text, buffer, got);
	if (got == 0)
		return g_string_free(text, FALSE);
	*why = g_strdup("standard input cannot be read, or is too long");
	g_string_free(text, TRUE);
	return NULL;
}

static char *
read_file(const char *file, char **why)
{
	g_autoptr(GError) error = NULL;
	char *text = NULL;

	if (strcmp(file, "-") == 0)
		return read_all(STDIN_FILENO, why);
	if (!g_file_get_contents(file, &text, NULL, &error))
		*why = g_strdup(error->message);
	return text;
}

bool
making_read(struct making *making, const char *file, char **why)
{
	g_autofree char *text = read_file(file, why);
	json_error_t error;
	json_t *json;

	if (!text)
		return false;
	json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (!json_is_object(json)) {
		*why = json ? g_strdup_printf("%s: there is no JSON object in "
		    "it", file) : g_strdup_printf("%s:%d: %s", file,
		    error.line, error.text);
		json_decref(json);
		return false;
	}
	json_decref(making->source);
	making->source = json;
	return true;
}

/* ---- days ------------------------------------------------------------------------ */

static void
default_text(json_t *object, const char *key, const char *text)
{
	if (!json_object_get(object, key))
		json_put(object, key, text);
}

static int
terms_of(const struct making *making)
{
	const json_t *own = json_object_get(making->source, "terms_days");
	const char *text = json_string_value(own);

	if (text)
		return atoi(text);
	if (json_is_integer(own))
		return (int)CLAMP(json_integer_value(own), 0, 3650);
	return making->customer->terms_days >= 0 ?
	    making->customer->terms_days : TERMS_DAYS;
}

static bool
is_day(const char *text)
{
	return text && day_number(text) != G_MININT32;
}

static char *
set_days(struct making *making, json_t *document)
{
	const char *date, *due;
	char day[DAY_SIZE];

	default_text(document, "date", making->context->today);
	date = document_text(document, "date");
	if (!is_day(date))
		return g_strdup_printf("date: '%s' is no day: write it like "
		    "2026-11-24", date ? date : "");
	if (!document_is_credit(document) &&
	    !json_object_get(document, "due")) {
		day_text(day_number(date) + terms_of(making), day);
		json_put(document, "due", day);
	}
	due = document_text(document, "due");
	if (json_object_get(document, "due") && !is_day(due))
		return g_strdup_printf("due: '%s' is no day: write it like "
		    "2026-12-08", due ? due : "");
	if (due && strcmp(due, date) < 0)
		return g_strdup_printf("due: %s is before the date %s", due,
		    date);
	return NULL;
}

/* "2 % within 10 days" has a day. */
static char *
set_discounts(json_t *document)
{
	const json_t *list = json_object_get(document, "discounts");
	const char *date = document_text(document, "date");
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one) {
		const json_t *days = json_object_get(one, "days");
		int count = json_is_integer(days) ?
		    (int)CLAMP(json_integer_value(days), 0, 3650) :
		    json_is_string(days) ? atoi(json_string_value(days)) : 0;
		const char *until = document_text(one, "until");
		char day[DAY_SIZE];

		if (!until && days) {
			day_text(day_number(date) + count, day);
			json_put(one, "until", day);
			until = document_text(one, "until");
		}
		if (until && is_day(until) && strcmp(until, date) < 0)
			return g_strdup_printf("discounts[%zu].until: %s is "
			    "before the date %s", i, until, date);
	}
	return NULL;
}

/* ---- parties and payment ------------------------------------------------------------ */

/* What was written goes over what is known, also inside of address and
 * contact. */
static void
lay_over(json_t *party, json_t *written)
{
	const char *key;
	json_t *value;

	json_object_foreach(written, key, value) {
		json_t *old = json_object_get(party, key);

		if (json_is_object(value) && json_is_object(old))
			lay_over(old, value);
		else
			json_object_set(party, key, value);
	}
}

static void
put_party(json_t *document, const char *key, json_t *party)
{
	json_t *written = json_object_get(document, key);

	if (json_is_object(written))
		lay_over(party, written);
	json_object_set_new(document, key, party);
}

/* Our account to pay to: the one named, else the first of the currency. */
static char *
choose_account(struct making *making, const char *currency,
    const struct account **out)
{
	const struct config *config = making->context->config;
	const char *named = document_text(making->source, "account");
	const struct account *account = named ? config_account(config, named)
	    : config_pay_account(config, currency);

	*out = account;
	if (named && !account)
		return g_strdup_printf("account: '%s' is no account of the "
		    "configuration", named);
	g_clear_pointer(&making->invoice->account, g_free);
	if (account && (named || !account->currency ||
	    strcmp(account->currency, currency) == 0))
		making->invoice->account = g_strdup(named ? named
		    : account->name);
	return NULL;
}

static bool
is_sepa_transfer(const struct account *account, const char *currency)
{
	return strcmp(currency, "EUR") == 0 && account->iban &&
	    reference_is_iban(account->iban);
}

#define CLEARING "97"	/* between partners (UNTDID 4461): set off */

static char *
set_payment(struct making *making, json_t *document)
{
	const char *currency = document_text(document, "currency");
	json_t *payment = json_object_get(document, "payment");
	const struct account *account;
	char *why = choose_account(making, currency, &account);
	json_t *one;

	if (!why && document_is_credit(document) && !making->foreign &&
	    !payment)
		json_object_set_new(document, "payment",
		    json_pack("{s:s}", "means", CLEARING));
	if (why || document_is_credit(document) || making->foreign ||
	    json_object_get(payment, "accounts") ||
	    json_object_get(payment, "card") ||
	    json_object_get(payment, "mandate"))
		return why;
	if (!account)
		return g_strdup("payment: there is no account to pay to: add a "
		    "section account to the configuration");
	if (!payment)
		json_object_set_new(document, "payment",
		    payment = json_object());
	default_text(payment, "means", is_sepa_transfer(account, currency) ?
	    "58" : "30");
	one = json_object();
	json_put(one, reference_is_iban(account->iban) ? "iban" : "account",
	    account->iban);
	json_put(one, "holder", account->holder);
	json_put(one, "bic", account->bic);
	json_object_set_new(payment, "accounts", json_pack("[o]", one));
	return NULL;
}

/* ---- what the customer asks for -------------------------------------------------------- */

static const struct {
	const char *name, *path, *words, *option;
} askable[] = {
	{"po", "po", "a purchase order number", "--po NUMBER"},
	{"buyer_reference", "buyer_reference", "a buyer reference",
	    "--buyer-reference TEXT"},
	{"contract", "contract", "a contract number", "--contract NUMBER"},
	{"project", "project", "a project number", "--project NUMBER"},
	{"period", "period", "the period that it is for", "--period A..B"},
	{"delivered", "delivered", "the day of delivery", "--delivered DAY"},
	{"accounting", "accounting", "a cost centre", "--accounting TEXT"},
	{"object", "object", "the object that it is about", "--object ID"},
	{"attachment", "attachments", "a supporting file", "--attach FILE"},
	{"note", "notes", "a note", "--note TEXT"},
};

bool
customer_may_require(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(askable); i++)
		if (strcmp(askable[i].name, name) == 0)
			return true;
	return false;
}

static char *
check_required(const struct making *making, const json_t *document,
    const json_t *billing)
{
	const char *list = billing_text(billing, "required");
	g_auto(GStrv) names = g_strsplit(list ? list : "", ",", -1);

	for (size_t i = 0; i < G_N_ELEMENTS(askable); i++) {
		bool asked = g_strv_contains((const char *const *)names,
		    askable[i].name) || (i == 0 &&
		    making->customer->po_required);

		if (asked && !json_object_get(document, askable[i].path))
			return g_strdup_printf("%s: %s wants %s on each "
			    "invoice: say %s", askable[i].path,
			    making->customer->name, askable[i].words,
			    askable[i].option);
	}
	return NULL;
}

static void
put_billing(const struct making *making, json_t *document,
    const json_t *billing)
{
	static const char *const keys[] = {"buyer_reference", "contract",
	    "project", "accounting"};
	const char *profile = billing_text(billing, "format");

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		default_text(document, keys[i], billing_text(billing, keys[i]));
	if (!profile)
		profile = making->context->config->profile;
	if (profile && document_profile_known(profile))
		default_text(document, "profile", profile);
}

/* ---- all of it ---------------------------------------------------------------------------- */

static json_t *
begin_document(struct making *making)
{
	const struct config *config = making->context->config;
	const struct customer *customer = making->customer;
	json_t *document = json_deep_copy(making->source);

	making->language = customer->language ? customer->language :
	    config->language;
	for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
		json_object_del(document, ours[i]);
	if (!json_object_get(document, "type_code"))
		default_text(document, "type", "invoice");
	default_text(document, "language", making->language);
	default_text(document, "currency", customer->currency ?
	    customer->currency : config->currency);
	return document;
}

static char *
fill(struct making *making, json_t *document)
{
	json_t *billing = customer_billing(making->customer);
	char *why = NULL;

	put_party(document, "seller", party_seller(making->context->config));
	put_party(document, "buyer", party_buyer(making->customer));
	put_billing(making, document, billing);
	if (money_digits(document_text(document, "currency")) < 0)
		why = g_strdup("currency: enter an ISO 4217 code, such as EUR");
	if (!why)
		why = set_days(making, document);
	if (!why)
		why = set_discounts(document);
	if (!why)
		why = set_payment(making, document);
	if (!why)
		why = making_defaults(making, document);
	if (!why && !making->draft && !making->foreign)
		why = check_required(making, document, billing);
	if (!why)
		why = making_deposits(making, document);
	json_decref(billing);
	return why;
}

static char *
check_sums(const struct making *making, const json_t *document)
{
	int64_t gross = 0, due = 0;

	document_amount(document, "totals", "gross", &gross);
	document_amount(document, "totals", "due", &due);
	if (gross <= 0)
		return g_strdup("lines: the sum is not above zero; what is "
		    "given back is a credit note ('mailfilter invoice "
		    "credit')");
	if (due < 0)
		return g_strdup("prepaid: more was paid before than the "
		    "invoice is about");
	(void)making;
	return NULL;
}

static char *
fill_row(struct making *making)
{
	struct invoice *invoice = making->invoice;
	const char *policy = document_text(making->source, "policy");
	g_autofree char *number = NULL;

	if (policy && !customer_policy_known(making->context, policy))
		return g_strdup_printf("policy: '%s' is not in the "
		    "configuration", policy);
	g_free(invoice->policy);
	invoice->policy = g_strdup(policy);
	invoice->customer = making->customer->id;
	number = g_strdup(invoice->number);
	if (!document_to_invoice(making->document, invoice))
		return g_strdup("totals: an amount is too large");
	g_free(invoice->number);	/* a draft's stays */
	invoice->number = g_steal_pointer(&number);
	if (!invoice->due)
		invoice->due = g_strdup(invoice->date);
	return NULL;
}

char *
making_complete(struct making *making)
{
	json_t *document = begin_document(making);
	char *why = fill(making, document);

	json_decref(making->document);
	making->document = document;
	if (!why)
		why = document_complete(document);
	if (!why)
		why = check_sums(making, document);
	if (!why)
		why = fill_row(making);
	if (!why && !making->foreign && making->invoice->opening &&
	    !json_object_get(document, "terms")) {
		g_autofree char *terms = invoice_terms(making);

		json_put(document, "terms", terms);
	}
	return why;
}
