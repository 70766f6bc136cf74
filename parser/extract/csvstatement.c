/*
 * csvstatement.c - the rows of one account and currency become a statement.
 * Some banks write their newest row first, some last.
 */
#include "csv.h"
#include "told.h"

#include <string.h>

bool
csv_has_word(const GPtrArray *words, const char *text)
{
	g_autofree char *folded = csvmap_fold(text ? text : "");

	return g_ptr_array_find_with_equal_func((GPtrArray *)(uintptr_t)words,
	    folded, g_str_equal, NULL);
}

static void
reverse(GPtrArray *rows)
{
	for (guint i = 0, j = rows->len; i + 1 < j; i++) {
		gpointer row = rows->pdata[i];

		rows->pdata[i] = rows->pdata[--j];
		rows->pdata[j] = row;
	}
}

/* From the oldest row on: does each balance follow from the one before? */
static bool
is_chain(const GPtrArray *rows, int64_t *opening, int64_t *closing)
{
	int64_t sum = 0;
	bool known = false;

	for (guint i = 0; i < rows->len; i++) {
		const struct csv_row *row = rows->pdata[i];

		sum += row->moved;
		if (!row->has_balance)
			continue;
		if (known && *opening + sum != row->balance)
			return false;
		*opening = row->balance - sum;
		known = true;
	}
	*closing = *opening + sum;
	return known;
}

static void
put_balances(struct sink *sink, const struct csv_group *group)
{
	const GPtrArray *rows = group->rows;
	const struct csv_row *first = rows->pdata[0];
	const struct csv_row *last = rows->pdata[rows->len - 1];
	int64_t opening = 0, closing = 0;

	if (!is_chain(rows, &opening, &closing)) {
		sink_refuse(sink, "balance", "the balances do not follow "
		    "from one row to the next");
		return;
	}
	sink_balance(sink, BALANCE_OPENING, opening, group->currency,
	    first->day);
	sink_balance(sink, BALANCE_CLOSING, closing, group->currency,
	    last->day);
}

/* What the bank says about the way of the money. */
static void
put_told(struct event *event, const struct csvmap *map,
    const struct csv_row *row, const char *currency)
{
	const char *charges = row->cells[CSV_CHARGES];
	const char *amount = row->cells[CSV_INSTRUCTED_AMOUNT];
	const char *code = row->cells[CSV_INSTRUCTED_CURRENCY];
	g_autofree char *in = g_ascii_strup(code ? code : currency, -1);
	int64_t minor;

	if (charges && csv_amount(map, charges, currency, &minor))
		told_charges(event, ABS(minor), currency);
	if (amount && money_digits(in) >= 0 &&
	    csv_amount(map, amount, in, &minor))
		told_instructed(event, ABS(minor), in);
	told_rate(event, row->cells[CSV_EXCHANGE_RATE]);
}

static void
put_row(struct sink *sink, const struct csvmap *map, const struct csv_row *row,
    const char *currency)
{
	static const enum event_field fields[CSV_COLUMNS] = {
		[CSV_PAYER] = EVENT_PAYER,
		[CSV_PAYER_ACCOUNT] = EVENT_PAYER_ACCOUNT,
		[CSV_REMITTANCE] = EVENT_REMITTANCE,
		[CSV_REFERENCE] = EVENT_REFERENCE,
		[CSV_BANK_REFERENCE] = EVENT_BANK_REFERENCE,
		[CSV_END_TO_END_ID] = EVENT_END_TO_END_ID,
		[CSV_VARIABLE_SYMBOL] = EVENT_VARIABLE_SYMBOL,
		[CSV_CONSTANT_SYMBOL] = EVENT_CONSTANT_SYMBOL,
		[CSV_SPECIFIC_SYMBOL] = EVENT_SPECIFIC_SYMBOL,
	};
	enum event_kind kind = row->amount >= 0 ? EVENT_CREDIT :
	    csv_has_word(map->returned, row->cells[CSV_TYPE]) ? EVENT_RETURN :
	    EVENT_DEBIT;
	struct event *event;
	char value[DAY_SIZE];

	sink_count(sink, row->moved, currency);
	event = sink_part(sink, kind, row->amount, currency);
	if (!event)
		return;
	event_set(event, EVENT_BOOKED, row->day);
	if (row->cells[CSV_VALUE] &&
	    csv_day(map, row->cells[CSV_VALUE], value))
		event_set(event, EVENT_VALUE, value);
	for (int i = 0; i < CSV_COLUMNS; i++)
		if (fields[i] && g_strcmp0(row->cells[i], "NOTPROVIDED"))
			event_set(event, fields[i], row->cells[i]);
	if (row->cells[CSV_REFERENCE])
		event_add_reference(event, row->cells[CSV_REFERENCE]);
	if (row->fee != 0) {
		g_autofree char *text = money_format(row->fee, currency);

		event_set(event, EVENT_FEE, text);
	}
	put_told(event, map, row, currency);
}

/* The same rows have the same name, other rows of those days another one. What
 * the bank tells beside them is not in it. */
static char *
name_of(const struct csv_group *group)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	const struct csv_row *last = group->rows->pdata[group->rows->len - 1];
	char *name;

	for (guint i = 0; i < group->rows->len; i++) {
		const struct csv_row *row = group->rows->pdata[i];

		for (int c = 0; c < CSV_CHARGES; c++) {
			const char *cell = row->cells[c] ? row->cells[c] : "";

			g_checksum_update(sum, (const guchar *)cell,
			    (gssize)strlen(cell) + 1);
		}
	}
	name = g_strdup_printf("csv-%s-%.12s", last->day,
	    g_checksum_get_string(sum));
	g_checksum_free(sum);
	return name;
}

void
csv_statement(struct sink *sink, const struct csvmap *map, struct csv_group *group)
{
	bool balances = csvmap_has(map, CSV_BALANCE);
	const struct csv_row *first = group->rows->pdata[0];
	const struct csv_row *last = group->rows->pdata[group->rows->len - 1];
	int64_t opening, closing;
	g_autofree char *name = NULL;
	int order = strcmp(first->day, last->day);

	if (order > 0 || (order == 0 && balances &&
	    !is_chain(group->rows, &opening, &closing)))
		reverse(group->rows);
	name = name_of(group);
	sink_begin(sink, balances ? COVERAGE_STATEMENT : COVERAGE_LIST);
	sink_set(sink, EVENT_ACCOUNT, group->account);
	sink_set(sink, EVENT_STATEMENT_ID, name);
	sink_set(sink, EVENT_CURRENCY, group->currency);
	sink_set(sink, EVENT_TEMPLATE, map->name);
	if (balances)
		put_balances(sink, group);
	for (guint i = 0; i < group->rows->len; i++)
		put_row(sink, map, group->rows->pdata[i], group->currency);
	sink_end(sink);
}
