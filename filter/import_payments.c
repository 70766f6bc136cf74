/*
 * import_payments.c - the table of payments. Each row is one report; which
 * payment it is of is the store's to say, which invoice it is for is left to
 * `reconcile`.
 */
#include "import_row.h"
#include "match.h"

#include <stddef.h>
#include <string.h>

enum {
	ID, CHANNEL, DATE, VALUE, AMOUNT, CURRENCY, PAYER, PAYER_ACCOUNT,
	REMITTANCE, REFERENCE, END_TO_END, BANK_REFERENCE, ACCOUNT, CHARGES,
	INSTRUCTED, INSTRUCTED_CURRENCY, RATE
};

#define AT(member) offsetof(struct payment, member)

static const struct column columns[] = {
	[ID] = {"id|payment|key", CELL_TEXT, false, AT(key)},
	[CHANNEL] = {"channel", CELL_TEXT, false, NOWHERE},
	[DATE] = {"date|booked|booking_date", CELL_DAY, true, AT(booked)},
	[VALUE] = {"value|value_date", CELL_DAY, false, AT(value)},
	[AMOUNT] = {"amount", CELL_MONEY, true, NOWHERE},
	[CURRENCY] = {"currency", CELL_CURRENCY, false, AT(currency)},
	[PAYER] = {"payer|payer_name", CELL_LINES, false, AT(payer)},
	[PAYER_ACCOUNT] = {"payer_account|payer_iban", CELL_TEXT, false,
	    NOWHERE},
	[REMITTANCE] = {"remittance|text|purpose", CELL_LINES, false,
	    AT(remittance)},
	[REFERENCE] = {"reference", CELL_TEXT, false, AT(reference)},
	[END_TO_END] = {"end_to_end_id", CELL_TEXT, false, AT(end_to_end_id)},
	[BANK_REFERENCE] = {"bank_reference", CELL_TEXT, false,
	    AT(bank_reference)},
	[ACCOUNT] = {"account", CELL_TEXT, false, NOWHERE},
	[CHARGES] = {"charges", CELL_MONEY, false, NOWHERE},
	[INSTRUCTED] = {"instructed_amount", CELL_MONEY, false, NOWHERE},
	[INSTRUCTED_CURRENCY] = {"instructed_currency", CELL_CURRENCY, false,
	    AT(instructed_currency)},
	[RATE] = {"exchange_rate", CELL_TEXT, false, AT(exchange_rate)},
	{NULL, CELL_TEXT, false, NOWHERE},
};

/* The account that the row names, else the only one that we have. */
static const struct account *
account_of(const struct import *import, const char *text)
{
	const struct config *config = import->context->config;

	if (!config || !config->accounts)
		return NULL;
	if (text)
		return config_account(config, text);
	return config->accounts->len == 1 ? config->accounts->pdata[0] : NULL;
}

/* What the bank says about the way of the money. */
static bool
fill_told(struct import *import, const struct row *row,
    struct payment *payment)
{
	char *const *cell = row->cells;
	const char *in = payment->instructed_currency ?
	    payment->instructed_currency : payment->currency;

	if (!row_money(import, row, "charges", cell[CHARGES],
		payment->currency, 0, &payment->charges) ||
	    !row_money(import, row, "instructed_amount", cell[INSTRUCTED], in,
		0, &payment->instructed))
		return false;
	if (payment->charges < 0 || payment->instructed < 0) {
		row_bad(import, row, "charges and instructed_amount are not "
		    "below zero");
		return false;
	}
	if (cell[INSTRUCTED] && !payment->instructed_currency)
		payment->instructed_currency = g_strdup(in);
	return true;
}

static enum row_result
fill(struct import *import, const struct row *row, struct payment *payment)
{
	char *const *cell = row->cells;
	const struct account *account = account_of(import, cell[ACCOUNT]);
	const struct config *config = import->context->config;

	row_fill(row, columns, payment);
	if (cell[PAYER_ACCOUNT])
		payment->payer_account = account_normalise(
		    cell[PAYER_ACCOUNT]);
	remittance_complete(payment);
	if (account)
		payment->account = g_strdup(account->iban);
	else if (cell[ACCOUNT])
		payment->account = account_normalise(cell[ACCOUNT]);
	if (!payment->currency && account && account->currency)
		payment->currency = g_strdup(account->currency);
	if (!payment->currency && config)
		payment->currency = g_strdup(config->currency);
	if (!payment->currency)
		return row_bad(import, row, "currency is missing");
	if (!row_money(import, row, "amount", cell[AMOUNT], payment->currency,
	    0, &payment->amount))
		return ROW_BAD;
	if (payment->amount == 0)
		return row_bad(import, row, "amount: zero is no payment");
	return fill_told(import, row, payment) ? ROW_NEW : ROW_BAD;
}

static enum row_result
record(struct import *import, const struct row *row, struct report *report)
{
	struct store *store = import->context->store;
	enum report_result result = REPORT_NEW;
	int64_t id = 0;
	enum store_status status = store_payment_report(store, report, &result,
	    &id);

	if (status == STORE_INVALID || status == STORE_CONFLICT)
		return row_bad(import, row, "%s", store_error(store));
	if (status != STORE_OK && status != STORE_KNOWN)
		return row_failed(import, status);
	import->id = id;
	switch (result) {
	case REPORT_CONFLICT:
		return row_bad(import, row, "this payment is known with "
		    "another amount ('mailfilter conflicts' shows both)");
	case REPORT_DUPLICATE:
		return ROW_KNOWN;
	case REPORT_MERGED:
		return ROW_CHANGED;
	case REPORT_NEW:
		break;
	}
	import->unmatched++;
	return ROW_NEW;
}

/* A file is a notice's or a statement's word; a command is the owner's. */
static bool
read_channel(const struct import *import, const char *text,
    enum channel *channel, enum trust *trust)
{
	bool notice = text && strcmp(text, "notice") == 0;

	*channel = notice ? CHANNEL_NOTICE : CHANNEL_STATEMENT;
	*trust = notice ? TRUST_A : TRUST_S;
	if (import->owner) {
		*channel = CHANNEL_OWNER;
		*trust = TRUST_O;
	}
	return !text || notice || strcmp(text, "statement") == 0;
}

static enum row_result
take(struct import *import, const struct row *row)
{
	const char *channel = row->cells[CHANNEL];
	const struct account *account = account_of(import,
	    row->cells[ACCOUNT]);
	/* one table of two channels is two sources */
	g_autofree char *source = g_strdup_printf("%s%s#%u", import->document,
	    channel && strcmp(channel, "notice") == 0 ? ".notices" : "",
	    row->line);
	struct report report = {
		.settles = !account || !account->statement_settles,
		.source = source,
	};
	struct payment *payment = g_new0(struct payment, 1);
	enum row_result result;

	if (read_channel(import, channel, &report.channel, &payment->trust))
		result = fill(import, row, payment);
	else
		result = row_bad(import, row, "channel: '%s' is neither "
		    "notice nor statement", channel);
	payment->arrived = import->context->now;
	report.payment = *payment;
	if (result == ROW_NEW)
		result = record(import, row, &report);
	payment_free(payment);
	return result;
}

const struct import_table import_payments = {
	.type = "payments", .one = "payment", .many = "payments",
	.changed = "more reports of known payments",
	.columns = columns, .take = take,
};
