/*
 * allocation.c - money on invoices. Allocations are added and reversed, never
 * edited.
 */
#include "internal.h"

#define COLUMNS "id, payment, invoice, credit_note, kind, amount, by, " \
	"probability, at, reversed"

static const struct field fields[] = {
	FIELD(allocation, INT64, id), FIELD(allocation, ID, payment),
	FIELD(allocation, ID, invoice), FIELD(allocation, ID, credit_note),
	FIELD(allocation, INT, kind), FIELD(allocation, INT64, amount),
	FIELD(allocation, TEXT, by), FIELD(allocation, REAL, probability),
	FIELD(allocation, INT64, at), FIELD(allocation, INT64, reversed),
};
#define COUNT G_N_ELEMENTS(fields)

static const char *const kinds[] = {
	"payment", "discount", "fee", "withholding", "rounding", "credit-note"
};

const char *
allocation_kind_name(enum allocation_kind kind)
{
	return kind < G_N_ELEMENTS(kinds) ? kinds[kind] : "unknown";
}

void
allocation_free(struct allocation *allocation)
{
	if (!allocation)
		return;
	fields_free(fields, COUNT, allocation);
	g_free(allocation);
}

static void *
allocation_read(sqlite3_stmt *row)
{
	struct allocation *allocation = g_new0(struct allocation, 1);

	fields_read(fields, COUNT, row, allocation);
	return allocation;
}

/* ---- adding ---------------------------------------------------------------- */

static enum store_status
check_invoice(struct store *store, int64_t id, int64_t amount,
    const char *currency)
{
	struct invoice *invoice = NULL;
	enum store_status status = store_invoice_get(store, id, &invoice);
	int64_t left;

	if (status)
		return status == STORE_NONE ? fail(store, STORE_INVALID,
		    "there is no invoice with the id %" PRId64, id) : status;
	left = invoice->open - invoice->announced;
	if (invoice->state != INVOICE_OPEN && invoice->state != INVOICE_PAID)
		status = fail(store, STORE_INVALID, "invoice %s is a draft or "
		    "void", invoice->number);
	else if (amount > left)
		status = fail(store, STORE_INVALID, "invoice %s has less open "
		    "(%" PRId64 " minor units) than %" PRId64,
		    invoice->number, left, amount);
	else if (currency && g_strcmp0(currency, invoice->currency))
		status = fail(store, STORE_INVALID, "invoice %s is in %s, the "
		    "payment in %s", invoice->number, invoice->currency,
		    currency);
	invoice_free(invoice);
	return status;
}

static enum store_status
check_payment(struct store *store, const struct allocation *allocation,
    char **currency)
{
	struct payment *payment = NULL;
	int64_t amount = allocation->amount;
	enum store_status status = store_payment_get(store,
	    allocation->payment, &payment);

	if (status)
		return status == STORE_NONE ? fail(store, STORE_INVALID,
		    "there is no payment with the id %" PRId64,
		    allocation->payment) : status;
	*currency = g_strdup(payment->currency);
	if (payment->state == PAYMENT_POSSIBLE)
		status = fail(store, STORE_INVALID, "payment %s is not "
		    "confirmed; it settles nothing", payment->key);
	else if (allocation->kind == ALLOCATION_PAYMENT &&
	    ((amount > 0) != (payment->amount > 0) ||
	    ABS(amount) > ABS(payment->unallocated)))
		status = fail(store, STORE_INVALID, "payment %s has %" PRId64
		    " minor units left, not %" PRId64, payment->key,
		    payment->unallocated, amount);
	payment_free(payment);
	return status;
}

static enum store_status
check_allocation(struct store *store, const struct allocation *allocation)
{
	g_autofree char *currency = NULL;
	enum store_status status = STORE_OK;

	if (allocation->amount == 0 || !allocation->by)
		return fail(store, STORE_INVALID,
		    "an allocation needs an amount and who made it");
	if (allocation->payment)
		status = check_payment(store, allocation, &currency);
	if (!status)
		status = check_invoice(store, allocation->invoice,
		    allocation->amount, currency);
	if (!status && allocation->credit_note)
		status = check_invoice(store, allocation->credit_note,
		    allocation->amount, currency);
	return status;
}

static enum store_status
balances(struct store *store, const struct allocation *allocation)
{
	enum store_status status = STORE_OK;

	if (allocation->payment)
		status = balance_payment(store, allocation->payment);
	if (!status)
		status = balance_invoice(store, allocation->invoice);
	if (!status && allocation->credit_note)
		status = balance_invoice(store, allocation->credit_note);
	return status;
}

static enum store_status
add(struct store *store, struct allocation *allocation)
{
	sqlite3_stmt *stmt;
	enum store_status status = check_allocation(store, allocation);

	if (status)
		return status;
	stmt = statement(store,
	    "INSERT INTO allocation (payment, invoice, credit_note, kind,"
	    " amount, by, probability, at, reversed) VALUES (:payment,"
	    " :invoice, :credit_note, :kind, :amount, :by, :probability, :at,"
	    " 0)");
	fields_bind(fields, COUNT, stmt, allocation);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	allocation->id = sqlite3_last_insert_rowid(store->db);
	allocation->reversed = 0;
	return balances(store, allocation);
}

enum store_status
store_allocation_add(struct store *store, struct allocation *allocation)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, add(store, allocation));
}

/* ---- reversing ----------------------------------------------------------------- */

static enum store_status
reverse(struct store *store, int64_t id, const char *why, const char *by,
    int64_t at)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM allocation WHERE id = :id");
	enum store_status status;

	bind_int(stmt, ":id", id);
	status = read_one(store, stmt, allocation_read, &found);
	if (status)
		return status;
	if (((struct allocation *)found)->reversed) {
		allocation_free(found);
		return STORE_KNOWN;
	}
	stmt = statement(store,
	    "UPDATE allocation SET reversed = :at, reversed_why = :why,"
	    " reversed_by = :by WHERE id = :id");
	bind_int(stmt, ":at", at);
	bind_text(stmt, ":why", why);
	bind_text(stmt, ":by", by);
	bind_int(stmt, ":id", id);
	status = run(store, stmt);
	if (status == STORE_NONE)
		status = balances(store, found);
	allocation_free(found);
	return status;
}

enum store_status
store_allocation_reverse(struct store *store, int64_t id, const char *why,
    const char *by, int64_t at)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, reverse(store, id, why, by, at));
}

enum store_status
store_allocation_list(struct store *store, int64_t payment, int64_t invoice,
    bool active_only, GPtrArray **out)
{
	g_autofree char *sql = g_strconcat("SELECT " COLUMNS
	    " FROM allocation WHERE 1",
	    payment ? " AND payment = :payment" : "",
	    invoice ? " AND invoice = :invoice" : "",
	    active_only ? " AND reversed = 0" : "", " ORDER BY id", NULL);
	sqlite3_stmt *stmt = statement_built(store, sql);

	if (payment)
		bind_int(stmt, ":payment", payment);
	if (invoice)
		bind_int(stmt, ":invoice", invoice);
	return read_list(store, stmt, allocation_read,
	    (GDestroyNotify)allocation_free, out);
}
