/*
 * letter_pay.c - what a letter says about paying: our account, what to quote,
 * and the ways that an app or a browser takes in at once, each for the very
 * amount that the letter asks for.
 */
#include "letter_values.h"

#include "amounts.h"
#include "match.h"
#include "pay.h"
#include "print.h"

#include <string.h>

/* A QR reference is taken by a QR-IBAN alone. */
static const char *
iban_of(const struct account *account, const char *reference)
{
	return account->qr_iban && reference && strlen(reference) == 27 &&
	    reference_is_qrr(reference) ? account->qr_iban : account->iban;
}

/* "19-2000145399/0800" beside a Czech or Slovak IBAN, the code of a bank. */
static void
put_domestic(const struct account *account, json_t *pay)
{
	g_auto(GStrv) forms = account_forms(account->iban);
	const char *title = NULL;
	g_autofree char *code = pay_bank_code(account, &title);

	for (char **form = forms; *form; form++)
		if (strchr(*form, '/') && strcmp(*form, account->iban)) {
			json_put(pay, "domestic", *form);
			break;
		}
	json_put(pay, "bank_code", code);
	json_put(pay, "bank_code_name", code ? title : NULL);
}

void
values_pay(const struct values *values, json_t *out)
{
	const struct invoice *first = values->invoices->pdata[0];
	const struct account *account =
	    invoice_account(values->context->config, first);
	g_autofree char *reference = values->invoices->len == 1
	    ? values_reference(first) : NULL;
	json_t *pay;

	if (!account)
		return;
	pay = json_object();
	json_put(pay, "holder", account->holder);
	json_put(pay, reference_is_iban(account->iban) ? "iban" : "account",
	    iban_of(account, reference));
	json_put(pay, "bic", account->bic);
	json_put(pay, "bank", account->bank_title);
	put_domestic(account, pay);
	json_put(pay, "reference", reference);
	json_object_set_new(out, "pay", pay);
}

/* ---- ways --------------------------------------------------------------------------- */

/* The instalment that the letter is about; NULL: none. An offer is not one. */
static const json_t *
part_of(const json_t *out)
{
	const json_t *part = json_object_get(out, "part");
	const json_t *plan = json_object_get(out, "plan");

	return part || json_object_get(plan, "until") ? part
	    : json_array_get(json_object_get(plan, "parts"), 0);
}

/* The amount that the letter asks for: its own, an instalment's, or the open
 * balance with a fee. NULL: in several currencies, or nothing. */
static const json_t *
asked_for(const json_t *out)
{
	const json_t *pay = json_object_get(out, "pay");
	const json_t *part = part_of(out);

	if (json_object_get(pay, "amount"))
		return json_object_get(pay, "amount");
	if (part)
		return json_object_get(part, json_object_get(part, "balance")
			? "balance" : "amount");
	return json_object_get(out, "total_balance");
}

static bool
money_of(const json_t *value, int64_t *minor, const char **currency)
{
	const char *amount = json_string_value(
	    json_object_get(value, "amount"));

	*currency = json_string_value(json_object_get(value, "currency"));
	return amount && *currency && money_parse(amount, *currency, minor);
}

static bool
add_fee(const json_t *out, struct pay *pay)
{
	const json_t *fee = json_object_get(out, "fee");
	const char *currency;
	int64_t more;

	if (!fee || json_object_get(json_object_get(out, "pay"), "amount"))
		return true;
	if (!money_of(fee, &more, &currency) ||
	    strcmp(currency, pay->currency) != 0)
		return false;
	pay->amount += more;
	return true;
}

/* A day that is over would be refused. */
static const char *
day_of(const struct values *values, const json_t *out)
{
	const struct invoice *first = values->invoices->pdata[0];
	const json_t *term = json_object_get(out, "term_day");
	const json_t *part = part_of(out);
	const char *day = values->invoices->len == 1 ? first->due : NULL;

	if (json_is_string(term))
		return json_string_value(term);
	if (part)
		day = json_string_value(json_object_get(part, "due"));
	return day && day_number(day) >= values->today ? day : NULL;
}

static char *
numbers_of(const struct values *values)
{
	GString *numbers = g_string_new(NULL);

	for (guint i = 0; i < values->invoices->len; i++) {
		const struct invoice *one = values->invoices->pdata[i];

		if (invoice_balance(one) > 0)
			g_string_append_printf(numbers, "%s%s",
			    numbers->len ? " " : "", one->number);
	}
	return g_string_free(numbers, FALSE);
}

static void
read_owner(const struct account *account, const struct config *config,
    struct pay_party *out)
{
	if (!config->postcode || !config->city) {
		pay_party_read_lines(out, account->holder, config->address,
		    config->country);
		return;
	}
	*out = (struct pay_party){.name = g_strdup(account->holder),
	    .street = g_strdup(config->street),
	    .postcode = g_strdup(config->postcode),
	    .city = g_strdup(config->city),
	    .country = g_strdup(config->country)};
}

static void
read_parties(const struct values *values, struct pay *pay)
{
	const struct config *config = pay->config;
	const struct customer *customer = values->customer;
	json_t *party = customer->party ? json_loads(customer->party, 0, NULL)
					: NULL;

	pay_party_read(&pay->creditor,
	    json_object_get(pay->document, "seller"));
	if (!pay_party_is_whole(&pay->creditor)) {
		pay_party_release(&pay->creditor);
		read_owner(pay->account, config, &pay->creditor);
	}
	pay_party_read(&pay->debtor, pay->document
		? json_object_get(pay->document, "buyer") : party);
	if (!pay_party_is_whole(&pay->debtor)) {
		pay_party_release(&pay->debtor);
		pay_party_read_lines(&pay->debtor, customer->name,
		    customer->address, customer->country);
	}
	json_decref(party);
}

/* The early payer's day and amount, of a single invoice. */
static int64_t
early_of(const struct values *values, const json_t *out, const char **until)
{
	const json_t *discount = json_object_get(json_array_get(
	    json_object_get(out, "invoices"), 0), "discount");
	const char *currency;
	int64_t amount = 0;

	*until = json_string_value(json_object_get(discount, "until"));
	if (values->invoices->len != 1 || !*until || !money_of(json_object_get(
		discount, "pay"), &amount, &currency))
		return 0;
	return amount;
}

static void
put_ways(const struct values *values, struct pay *pay, json_t *out)
{
	const struct invoice *first = values->invoices->pdata[0];
	json_t *document = values->invoices->len == 1 && first->document
	    ? json_loads(first->document, 0, NULL) : NULL;
	const char *until;
	int64_t less = early_of(values, out, &until);
	json_t *ways;

	pay->document = document;
	read_parties(values, pay);
	ways = pay_ways(pay, until, less);
	if (json_array_size(ways))
		json_object_set(json_object_get(out, "pay"), "ways", ways);
	json_decref(ways);
	pay_party_release(&pay->creditor);
	pay_party_release(&pay->debtor);
	json_decref(document);
}

void
values_ways(const struct values *values, json_t *out)
{
	const json_t *shown = json_object_get(out, "pay");
	const struct invoice *first = values->invoices->len
	    ? values->invoices->pdata[0] : NULL;
	g_autofree char *numbers = numbers_of(values);
	struct pay pay = {.config = values->context->config};

	if (!shown || !first || first->type == INVOICE_CREDIT_NOTE ||
	    !money_of(asked_for(out), &pay.amount, &pay.currency) ||
	    !add_fee(out, &pay) || pay.amount <= 0)
		return;
	pay.account = invoice_account(pay.config, first);
	pay.reference = json_string_value(json_object_get(shown, "reference"));
	pay.number = numbers;
	pay.due = day_of(values, out);
	pay.email = values->customer->email;
	pay.language = values->letter->language;
	if (values->invoices->len == 1) {
		pay.date = first->date;
		pay.po = first->po;
	}
	put_ways(values, &pay, out);
}
