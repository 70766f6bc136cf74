/*
 * charge.c - interest, compensation and fees that letters named. They are in
 * no balance: each stands beside its invoice until a payment includes it or
 * it is waived.
 */
#include "internal.h"

#define COLUMNS "c.id, c.letter, c.invoice, c.kind, c.currency, c.amount, " \
	"c.text, c.at, c.payment, c.waived"

static const struct field fields[] = {
	FIELD(charge, INT64, id), FIELD(charge, ID, letter),
	FIELD(charge, ID, invoice), FIELD(charge, INT, kind),
	FIELD(charge, TEXT, currency), FIELD(charge, INT64, amount),
	FIELD(charge, TEXT, text), FIELD(charge, INT64, at),
	FIELD(charge, ID, payment), FIELD(charge, INT64, waived),
};
#define COUNT G_N_ELEMENTS(fields)

const char *
charge_kind_name(enum charge_kind kind)
{
	static const char *const names[] = {"interest", "compensation", "fee"};

	return kind < G_N_ELEMENTS(names) ? names[kind] : "unknown";
}

void
charge_free(struct charge *charge)
{
	if (!charge)
		return;
	fields_free(fields, COUNT, charge);
	g_free(charge);
}

static void *
charge_read(sqlite3_stmt *row)
{
	struct charge *charge = g_new0(struct charge, 1);

	fields_read(fields, COUNT, row, charge);
	return charge;
}

/* ---- writing --------------------------------------------------------------- */

/* What money or the owner's word has touched is a fact. */
static enum store_status
forget(struct store *store, int64_t letter)
{
	sqlite3_stmt *stmt = statement(store, "SELECT 1 FROM charge"
	    " WHERE letter = :letter AND (payment IS NOT NULL OR waived <> 0)"
	    " LIMIT 1");
	enum store_status status;

	bind_int(stmt, ":letter", letter);
	status = run(store, stmt);
	if (status == STORE_OK)
		return fail(store, STORE_INVALID, "what this letter named is "
		    "paid or waived already");
	if (status != STORE_NONE)
		return status;
	stmt = statement(store, "DELETE FROM charge WHERE letter = :letter");
	bind_int(stmt, ":letter", letter);
	return run(store, stmt);
}

static enum store_status
set(struct store *store, int64_t letter, GPtrArray *charges, int64_t at)
{
	enum store_status status = forget(store, letter);

	for (guint i = 0; status == STORE_NONE && i < charges->len; i++) {
		struct charge *charge = charges->pdata[i];
		sqlite3_stmt *stmt = statement(store,
		    "INSERT INTO charge (letter, invoice, kind, currency,"
		    " amount, text, at, payment, waived) VALUES (:letter,"
		    " :invoice, :kind, :currency, :amount, :text, :at, NULL,"
		    " 0)");

		charge->letter = letter;
		charge->at = at;
		fields_bind(fields, COUNT, stmt, charge);
		status = run(store, stmt);
		charge->id = sqlite3_last_insert_rowid(store->db);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_charge_set(struct store *store, int64_t letter, GPtrArray *charges,
    int64_t at)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, set(store, letter, charges, at));
}

enum store_status
store_charge_pay(struct store *store, int64_t id, int64_t payment)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE charge"
	    " SET payment = :payment WHERE id = :id");

	if (payment)
		bind_int(stmt, ":payment", payment);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

enum store_status
store_charge_waive(struct store *store, int64_t id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE charge"
	    " SET waived = :at WHERE id = :id AND waived = 0");

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

/* ---- reading --------------------------------------------------------------- */

enum store_status
store_charge_list(struct store *store, int64_t invoice, int64_t letter,
    int64_t payment, bool standing, GPtrArray **out)
{
	g_autofree char *sql = g_strconcat("SELECT " COLUMNS " FROM charge c",
	    standing ? " CROSS JOIN letter l ON l.id = c.letter"
		" AND l.state IN (2, 3, 6)" : "", " WHERE 1",
	    invoice ? " AND c.invoice = :invoice" : "",
	    letter ? " AND c.letter = :letter" : "",
	    payment ? " AND c.payment = :payment" : "",
	    standing ? " AND c.payment IS NULL AND c.waived = 0" : "",
	    " ORDER BY c.id", NULL);
	sqlite3_stmt *stmt = statement_built(store, sql);

	if (invoice)
		bind_int(stmt, ":invoice", invoice);
	if (letter)
		bind_int(stmt, ":letter", letter);
	if (payment)
		bind_int(stmt, ":payment", payment);
	return read_list(store, stmt, charge_read,
	    (GDestroyNotify)charge_free, out);
}
