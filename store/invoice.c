/*
 * invoice.c - invoices: adding, finding, states. Balances are balance.c's.
 */
#include "internal.h"

#define COLUMNS "i.id, i.key, i.number, i.customer, i.type, i.state, " \
	"i.date, i.due, i.currency, i.amount, i.tax, i.opening, i.open, " \
	"i.announced, i.reference, i.po, i.discount_until, i.policy, i.note, " \
	"i.discount_bp, i.account, i.message_id, i.sent"

/* The first STATIC_COUNT after id are what "the same content" means. */
static const struct field fields[] = {
	FIELD(invoice, INT64, id), FIELD(invoice, TEXT, key),
	FIELD(invoice, TEXT, number), FIELD(invoice, ID, customer),
	FIELD(invoice, INT, type), FIELD(invoice, INT, state),
	FIELD(invoice, TEXT, date), FIELD(invoice, TEXT, due),
	FIELD(invoice, TEXT, currency), FIELD(invoice, INT64, amount),
	FIELD(invoice, INT64, tax), FIELD(invoice, INT64, opening),
	FIELD(invoice, INT64, open), FIELD(invoice, INT64, announced),
	FIELD(invoice, TEXT, reference), FIELD(invoice, TEXT, po),
	FIELD(invoice, TEXT, discount_until), FIELD(invoice, TEXT, policy),
	FIELD(invoice, TEXT, note), FIELD(invoice, INT, discount_bp),
	FIELD(invoice, TEXT, account), FIELD(invoice, TEXT, message_id),
	FIELD(invoice, INT64, sent),
};
#define COUNT G_N_ELEMENTS(fields)

static const struct field content[] = {
	FIELD(invoice, TEXT, key), FIELD(invoice, TEXT, number),
	FIELD(invoice, ID, customer), FIELD(invoice, INT, type),
	FIELD(invoice, TEXT, date), FIELD(invoice, TEXT, due),
	FIELD(invoice, TEXT, currency), FIELD(invoice, INT64, amount),
	FIELD(invoice, INT64, tax), FIELD(invoice, INT64, opening),
	FIELD(invoice, TEXT, reference), FIELD(invoice, TEXT, po),
	FIELD(invoice, TEXT, discount_until), FIELD(invoice, INT, discount_bp),
};

void
invoice_free(struct invoice *invoice)
{
	if (!invoice)
		return;
	fields_free(fields, COUNT, invoice);
	g_free(invoice->document);
	g_free(invoice);
}

static void *
invoice_read(sqlite3_stmt *row)
{
	struct invoice *invoice = g_new0(struct invoice, 1);

	fields_read(fields, COUNT, row, invoice);
	return invoice;
}

/* ---- adding ---------------------------------------------------------------- */

static enum store_status
add_key(struct store *store, int64_t invoice, const char *key)
{
	sqlite3_stmt *stmt;
	enum store_status status;

	if (store->bulk)
		return bulk_key(store, key, invoice);
	stmt = statement(store, "INSERT INTO invoice_key (key, invoice)"
	    " VALUES (:key, :invoice) ON CONFLICT DO NOTHING");
	bind_text(stmt, ":key", key);
	bind_int(stmt, ":invoice", invoice);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
keys_put(struct store *store, int64_t invoice, const char *const *keys)
{
	enum store_status status = STORE_OK;

	for (; !status && keys && *keys; keys++)
		status = add_key(store, invoice, *keys);
	return status;
}

/* STORE_KNOWN: its key or its number is there. */
static enum store_status
insert(struct store *store, struct invoice *invoice)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO invoice (key, number, customer, type, state, date,"
	    " due, currency, amount, tax, opening, open, announced, reference,"
	    " po, discount_until, policy, note, discount_bp, account,"
	    " message_id, sent) VALUES (:key, :number, :customer, :type,"
	    " :state, :date, :due, :currency, :amount, :tax, :opening,"
	    " :opening, 0, :reference, :po, :discount_until, :policy, :note,"
	    " :discount_bp, :account, :message_id, :sent)"
	    " ON CONFLICT DO NOTHING");
	enum store_status status;

	fields_bind(fields, COUNT, stmt, invoice);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	if (!sqlite3_changes(store->db))
		return STORE_KNOWN;
	invoice->id = sqlite3_last_insert_rowid(store->db);
	invoice->open = invoice->opening;
	invoice->announced = 0;
	touch(store, invoice->customer);
	return STORE_OK;
}

static enum store_status
by_text(struct store *store, const char *sql, const char *text,
    struct invoice **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store, sql);
	enum store_status status;

	bind_text(stmt, ":text", text);
	status = read_one(store, stmt, invoice_read, &found);
	if (!status)
		*out = found;
	return status;
}

static enum store_status
by_key(struct store *store, const char *key, struct invoice **out)
{
	return by_text(store,
	    "SELECT " COLUMNS " FROM invoice i WHERE i.key = :text", key, out);
}

static enum store_status
by_number(struct store *store, const char *number, struct invoice **out)
{
	return by_text(store, "SELECT " COLUMNS
	    " FROM invoice i WHERE i.number = :text", number, out);
}

/* The one that is there by key or number: is it the same? */
static enum store_status
meet(struct store *store, struct invoice *invoice)
{
	struct invoice *old = NULL;
	enum store_status status = by_key(store, invoice->key, &old);

	if (status == STORE_NONE)
		status = by_number(store, invoice->number, &old);
	if (status)
		return status;
	invoice->id = old->id;
	status = fields_equal(content, G_N_ELEMENTS(content), invoice, old) ?
	    STORE_KNOWN : fail(store, STORE_CONFLICT, "invoice %s (number %s) "
		"is there already with other content; void it and make a new "
		"one, or correct the file", old->key, old->number);
	invoice_free(old);
	return status;
}

static enum store_status
add(struct store *store, struct invoice *invoice, const char *const *keys)
{
	enum store_status status;

	if (invoice->state == INVOICE_OPEN && invoice->opening == 0)
		invoice->state = INVOICE_PAID;
	status = insert(store, invoice);
	if (status == STORE_KNOWN)
		return meet(store, invoice);
	if (!status)
		status = document_put(store, invoice->id, invoice->document);
	if (!status)
		status = keys_put(store, invoice->id, keys);
	return status;
}

enum store_status
store_invoice_add(struct store *store, struct invoice *invoice,
    const char *const *keys)
{
	bool own;
	enum store_status status;

	if (!invoice->key || !invoice->number || !invoice->currency)
		return fail(store, STORE_INVALID,
		    "an invoice needs an id, a number and a currency");
	status = verb_begin(store, &own);
	if (status)
		return status;
	return verb_end(store, own, add(store, invoice, keys));
}

/* ---- one invoice ----------------------------------------------------------- */

enum store_status
store_invoice_get(struct store *store, int64_t id, struct invoice **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM invoice i WHERE i.id = :id");
	enum store_status status;

	bind_int(stmt, ":id", id);
	status = read_one(store, stmt, invoice_read, &found);
	if (status)
		return status;
	status = document_get(store, found);
	if (status)
		invoice_free(found);
	else
		*out = found;
	return status;
}

enum store_status
store_invoice_find(struct store *store, const char *text,
    struct invoice **out)
{
	struct invoice *found = NULL;
	enum store_status status = by_key(store, text, &found);

	if (status == STORE_NONE)
		status = by_number(store, text, &found);
	if (status == STORE_NONE)
		return fail(store, STORE_NONE, "there is no invoice “%s”",
		    text);
	if (!status)
		status = document_get(store, found);
	if (status)
		invoice_free(found);
	else
		*out = found;
	return status;
}

/* ---- changing ----------------------------------------------------------------- */

static enum store_status
set_state(struct store *store, int64_t id, enum invoice_state state)
{
	struct invoice *invoice = NULL;
	sqlite3_stmt *stmt;
	enum store_status status = store_invoice_get(store, id, &invoice);

	if (status)
		return status;
	if (state == INVOICE_OPEN && invoice->open == 0)
		state = INVOICE_PAID;
	if (state == INVOICE_PAID && invoice->open != 0)
		status = fail(store, STORE_INVALID, "invoice %s still has an "
		    "open balance", invoice->number);
	else if (state > INVOICE_PAID && (invoice->announced ||
	    invoice->open != invoice->opening))
		status = fail(store, STORE_INVALID, "invoice %s has money on "
		    "it; undo the match first", invoice->number);
	touch(store, invoice->customer);
	invoice_free(invoice);
	if (status)
		return status;
	stmt = statement(store,
	    "UPDATE invoice SET state = :state WHERE id = :id");
	bind_int(stmt, ":state", state);
	bind_int(stmt, ":id", id);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_invoice_set_state(struct store *store, int64_t id,
    enum invoice_state state)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, set_state(store, id, state));
}

enum store_status
store_invoice_set_sent(struct store *store, int64_t id,
    const char *message_id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE invoice SET"
	    " message_id = :message_id, sent = :at WHERE id = :id");

	touch_all(store);
	bind_text(stmt, ":message_id", message_id);
	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

/* ---- look-ups for matching -------------------------------------------------- */

static enum store_status
list(struct store *store, sqlite3_stmt *stmt, GPtrArray **out)
{
	return read_list(store, stmt, invoice_read,
	    (GDestroyNotify)invoice_free, out);
}

enum store_status
store_invoice_find_key(struct store *store, const char *key, int limit,
    GPtrArray **out)
{
	sqlite3_stmt *stmt;
	bool taken;
	/* most words of a text are nobody's key: that is found out cheaply */
	enum store_status status = store_invoice_key_taken(store, key, &taken);

	if (status == STORE_OK && !taken)
		*out = g_ptr_array_new();
	if (status != STORE_OK || !taken)
		return status;
	stmt = statement(store,
	    "SELECT " COLUMNS " FROM invoice_key k CROSS JOIN invoice i"
	    " ON i.id = k.invoice WHERE k.key = :key AND i.state IN (1, 2)"
	    " ORDER BY k.invoice DESC LIMIT :limit");

	bind_text(stmt, ":key", key);
	bind_int(stmt, ":limit", limit);
	return list(store, stmt, out);
}

enum store_status
store_invoice_find_open(struct store *store, int64_t customer, int limit,
    GPtrArray **out)
{
	/* All of it stands in the index; a row each would be a page each. */
	sqlite3_stmt *stmt = statement(store,
	    "SELECT id, key, number, customer, type, state, date, due,"
	    " currency, amount, 0, opening, open, announced, reference, po,"
	    " discount_until, NULL, NULL, discount_bp, NULL, NULL, 0"
	    " FROM invoice INDEXED BY invoice_open"
	    " WHERE customer = :customer AND state = 1"
	    " ORDER BY due, id LIMIT :limit");

	bind_int(stmt, ":customer", customer);
	bind_int(stmt, ":limit", limit);
	return list(store, stmt, out);
}

enum store_status
store_invoice_find_due(struct store *store, const char *until,
    const char *until_with_policy, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM invoice i WHERE i.type <> :credit_note"
	    " AND i.id IN (SELECT id FROM invoice WHERE state = 1"
	    " AND due <= :until"
	    " UNION SELECT id FROM invoice INDEXED BY invoice_unsent"
	    " WHERE state = 1 AND sent = 0"
	    " UNION SELECT id FROM invoice WHERE state = 1"
	    " AND policy IS NOT NULL AND due <= :until_with_policy"
	    " UNION SELECT o.id FROM customer c CROSS JOIN invoice o"
	    " ON o.customer = c.id WHERE c.policy IS NOT NULL AND o.state = 1"
	    " AND o.due <= :until_with_policy)"
	    " ORDER BY i.due, i.id");

	bind_int(stmt, ":credit_note", INVOICE_CREDIT_NOTE);
	bind_text(stmt, ":until", until);
	bind_text(stmt, ":until_with_policy", until_with_policy);
	return list(store, stmt, out);
}

enum store_status
store_invoice_count_open(struct store *store, const char *currency,
    int64_t amount, int *count)
{
	int64_t number = 0;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT count(*) FROM (SELECT 1 FROM invoice"
	    " WHERE currency = :currency AND open = :amount AND state = 1"
	    " LIMIT 100)");
	enum store_status status;

	bind_text(stmt, ":currency", currency);
	bind_int(stmt, ":amount", amount);
	status = run_int(store, stmt, &number);
	if (!status)
		*count = (int)number;
	return status;
}

enum store_status
store_invoice_list(struct store *store, const struct invoice_filter *filter,
    GPtrArray **out)
{
	g_autofree char *sql = g_strconcat("SELECT " COLUMNS
	    " FROM invoice i WHERE 1",
	    filter->customer ? " AND i.customer = :customer" : "",
	    filter->open_only ? " AND i.state = 1" : "",
	    filter->states ? " AND (:states >> i.state) & 1" : "",
	    filter->types ? " AND (:types >> i.type) & 1" : "",
	    filter->due_until ? " AND i.due <= :due_until" : "",
	    filter->due_until ? " ORDER BY i.due, i.id" : " ORDER BY i.id",
	    filter->limit ? " LIMIT :limit" : "", NULL);
	sqlite3_stmt *stmt = statement_built(store, sql);

	if (filter->customer)
		bind_int(stmt, ":customer", filter->customer);
	if (filter->states)
		bind_int(stmt, ":states", filter->states);
	if (filter->types)
		bind_int(stmt, ":types", filter->types);
	if (filter->due_until)
		bind_text(stmt, ":due_until", filter->due_until);
	if (filter->limit)
		bind_int(stmt, ":limit", filter->limit);
	return list(store, stmt, out);
}
