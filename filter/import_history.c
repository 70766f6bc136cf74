/*
 * import_history.c - payments that a person has matched in earlier days.
 * They teach who pays, from which account and when (learned.h).
 */
#include "import_row.h"
#include "learned.h"

#include <stddef.h>

enum {
	INVOICE, CUSTOMER, INVOICED, PAID, AMOUNT, CURRENCY, PAYER,
	PAYER_ACCOUNT
};

#define AT(member) offsetof(struct history, member)

static const struct column columns[] = {
	[INVOICE] = {"invoice|number", CELL_TEXT, false, AT(invoice)},
	[CUSTOMER] = {"customer|customer_id", CELL_TEXT, true, AT(customer)},
	[INVOICED] = {"invoiced|invoice_date", CELL_DAY, false, AT(invoiced)},
	[PAID] = {"paid|paid_date|payment_date", CELL_DAY, true, AT(paid)},
	[AMOUNT] = {"amount", CELL_MONEY, true, NOWHERE},
	[CURRENCY] = {"currency", CELL_CURRENCY, false, AT(currency)},
	[PAYER] = {"payer|payer_name", CELL_LINES, false, AT(payer)},
	[PAYER_ACCOUNT] = {"payer_account|payer_iban", CELL_TEXT, false,
	    NOWHERE},
	{NULL, CELL_TEXT, false, NOWHERE},
};

/* Who paid from where: a person confirmed it by matching. */
static enum store_status
learn(struct import *import, const struct history *history)
{
	int64_t customer = 0;
	enum store_status status = row_customer(import, history->customer,
	    &customer);

	if (status == STORE_OK)
		status = learned_history(import->learner,
		    import->context->store, history, customer);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum row_result
record(struct import *import, const struct row *row,
    const struct history *history)
{
	struct store *store = import->context->store;
	enum store_status status = store_history_add(store, history);

	if (status == STORE_KNOWN)
		return ROW_KNOWN;
	if (status == STORE_INVALID || status == STORE_CONFLICT)
		return row_bad(import, row, "%s", store_error(store));
	if (status == STORE_OK)
		status = learn(import, history);
	return status == STORE_OK ? ROW_NEW : row_failed(import, status);
}

static void
history_clear(struct history *history)
{
	char **members[] = {
		&history->invoice, &history->customer, &history->invoiced,
		&history->paid, &history->currency, &history->payer,
		&history->payer_account,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		g_clear_pointer(members[i], g_free);
}

static enum row_result
take(struct import *import, const struct row *row)
{
	const struct config *config = import->context->config;
	struct history history = {0};
	enum row_result result;

	row_fill(row, columns, &history);
	if (row->cells[PAYER_ACCOUNT])
		history.payer_account = account_normalise(
		    row->cells[PAYER_ACCOUNT]);
	if (!history.currency && config)
		history.currency = g_strdup(config->currency);
	if (!history.currency)
		result = row_bad(import, row, "currency is missing");
	else if (!row_money(import, row, "amount", row->cells[AMOUNT],
	    history.currency, 0, &history.amount))
		result = ROW_BAD;
	else
		result = record(import, row, &history);
	history_clear(&history);
	return result;
}

const struct import_table import_history = {
	.type = "history", .one = "earlier payment", .many = "earlier payments",
	.changed = "changed",
	.columns = columns, .bulk = true, .take = take,
};
