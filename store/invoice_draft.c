/*
 * invoice_draft.c - drafts: written anew as long as they are drafts, at last
 * as the invoice that goes out.
 */
#include "internal.h"

static const struct field fields[] = {
	FIELD(invoice, INT64, id), FIELD(invoice, TEXT, key),
	FIELD(invoice, TEXT, number), FIELD(invoice, ID, customer),
	FIELD(invoice, INT, type), FIELD(invoice, INT, state),
	FIELD(invoice, TEXT, date), FIELD(invoice, TEXT, due),
	FIELD(invoice, TEXT, currency), FIELD(invoice, INT64, amount),
	FIELD(invoice, INT64, tax), FIELD(invoice, INT64, opening),
	FIELD(invoice, TEXT, reference), FIELD(invoice, TEXT, po),
	FIELD(invoice, TEXT, discount_until), FIELD(invoice, TEXT, policy),
	FIELD(invoice, TEXT, note), FIELD(invoice, INT, discount_bp),
	FIELD(invoice, TEXT, account),
};

/* STORE_CONFLICT: another one has its key or number. */
static enum store_status
check_free(struct store *store, const struct invoice *invoice)
{
	sqlite3_stmt *stmt = statement(store, "SELECT 1 FROM invoice"
	    " WHERE (key = :key OR number = :number) AND id <> :id");
	enum store_status status;

	bind_text(stmt, ":key", invoice->key);
	bind_text(stmt, ":number", invoice->number);
	bind_int(stmt, ":id", invoice->id);
	status = run(store, stmt);
	if (status == STORE_OK)
		return fail(store, STORE_CONFLICT, "there is an invoice %s "
		    "already", invoice->number);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
write_row(struct store *store, const struct invoice *invoice)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE invoice SET key = :key,"
	    " number = :number, customer = :customer, type = :type,"
	    " state = :state, date = :date, due = :due,"
	    " currency = :currency, amount = :amount, tax = :tax,"
	    " opening = :opening, open = :opening, announced = 0,"
	    " reference = :reference, po = :po,"
	    " discount_until = :discount_until, policy = :policy,"
	    " note = :note, discount_bp = :discount_bp, account = :account"
	    " WHERE id = :id AND state = 0");
	enum store_status status;

	fields_bind(fields, G_N_ELEMENTS(fields), stmt, invoice);
	status = run(store, stmt);
	if (status == STORE_NONE && !sqlite3_changes(store->db))
		return fail(store, STORE_INVALID, "%s is no draft (any more)",
		    invoice->number);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
write_keys(struct store *store, const struct invoice *invoice,
    const char *const *keys)
{
	sqlite3_stmt *stmt = statement(store,
	    "DELETE FROM invoice_key WHERE invoice = :id");
	enum store_status status;

	bind_int(stmt, ":id", invoice->id);
	status = run(store, stmt);
	return status == STORE_NONE ? keys_put(store, invoice->id, keys)
				    : status;
}

static enum store_status
rewrite(struct store *store, struct invoice *invoice, const char *const *keys)
{
	enum store_status status = check_free(store, invoice);

	if (invoice->state == INVOICE_OPEN && invoice->opening == 0)
		invoice->state = INVOICE_PAID;
	if (!status)
		status = write_row(store, invoice);
	if (!status)
		status = write_keys(store, invoice, keys);
	if (!status)
		status = document_put(store, invoice->id, invoice->document);
	invoice->open = invoice->opening;
	touch(store, invoice->customer);
	return status;
}

enum store_status
store_invoice_rewrite(struct store *store, struct invoice *invoice,
    const char *const *keys)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, rewrite(store, invoice, keys));
}

static void *
number_read(sqlite3_stmt *row)
{
	return column_string(row, 0);
}

enum store_status
store_invoice_deducting(struct store *store, int64_t customer,
    const char *deposit, int64_t but, char **number)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store, "SELECT i.number FROM invoice i"
	    " JOIN invoice_document d ON d.invoice = i.id"
	    " JOIN json_each(d.document, '$.deposits') e"
	    " WHERE i.customer = :customer AND i.state IN (1, 2)"
	    " AND i.id <> :but"
	    " AND json_extract(e.value, '$.number') = :deposit LIMIT 1");
	enum store_status status;

	bind_int(stmt, ":customer", customer);
	bind_int(stmt, ":but", but);
	bind_text(stmt, ":deposit", deposit);
	status = read_one(store, stmt, number_read, &found);
	if (!status)
		*number = found;
	return status;
}
