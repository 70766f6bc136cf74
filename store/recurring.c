/*
 * recurring.c - invoices that come again by themselves: what is made, how
 * often, and which turn was made already. A turn is made once, whoever asks.
 */
#include "internal.h"

#define COLUMNS "id, key, customer, state, every, last_day, draft, period, " \
	"first, until, turn, document"

static const struct field fields[] = {
	FIELD(recurring, INT64, id), FIELD(recurring, TEXT, key),
	FIELD(recurring, ID, customer), FIELD(recurring, INT, state),
	FIELD(recurring, TEXT, every), FIELD(recurring, BOOL, last_day),
	FIELD(recurring, BOOL, draft), FIELD(recurring, INT, period),
	FIELD(recurring, TEXT, first), FIELD(recurring, TEXT, until),
	FIELD(recurring, INT, turn), FIELD(recurring, TEXT, document),
};
#define COUNT G_N_ELEMENTS(fields)

static const struct field made_fields[] = {
	FIELD(recurring_made, INT, turn), FIELD(recurring_made, TEXT, day),
	FIELD(recurring_made, ID, invoice),
	FIELD(recurring_made, TEXT, number),
};
#define MADE_COUNT G_N_ELEMENTS(made_fields)

void
recurring_free(struct recurring *recurring)
{
	if (!recurring)
		return;
	fields_free(fields, COUNT, recurring);
	g_free(recurring);
}

void
recurring_made_free(struct recurring_made *made)
{
	if (!made)
		return;
	fields_free(made_fields, MADE_COUNT, made);
	g_free(made);
}

static void *
recurring_read(sqlite3_stmt *row)
{
	struct recurring *recurring = g_new0(struct recurring, 1);

	fields_read(fields, COUNT, row, recurring);
	return recurring;
}

static void *
made_read(sqlite3_stmt *row)
{
	struct recurring_made *made = g_new0(struct recurring_made, 1);

	fields_read(made_fields, MADE_COUNT, row, made);
	return made;
}

/* ---- reading ---------------------------------------------------------------- */

enum store_status
store_recurring_find(struct store *store, const char *key,
    struct recurring **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM recurring WHERE key = :key");
	enum store_status status;

	bind_text(stmt, ":key", key);
	status = read_one(store, stmt, recurring_read, &found);
	if (status == STORE_NONE)
		return fail(store, STORE_NONE, "there is no recurring invoice "
		    "“%s”", key);
	if (!status)
		*out = found;
	return status;
}

enum store_status
store_recurring_list(struct store *store, bool active_only, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement_built(store, active_only ?
	    "SELECT " COLUMNS " FROM recurring WHERE state = 0 ORDER BY id" :
	    "SELECT " COLUMNS " FROM recurring ORDER BY id");

	return read_list(store, stmt, recurring_read,
	    (GDestroyNotify)recurring_free, out);
}

enum store_status
store_recurring_made(struct store *store, int64_t id, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT m.turn, m.day,"
	    " m.invoice, i.number FROM recurring_invoice m"
	    " LEFT JOIN invoice i ON i.id = m.invoice"
	    " WHERE m.recurring = :id ORDER BY m.turn");

	bind_int(stmt, ":id", id);
	return read_list(store, stmt, made_read,
	    (GDestroyNotify)recurring_made_free, out);
}

/* ---- writing ---------------------------------------------------------------- */

static enum store_status
put(struct store *store, struct recurring *recurring)
{
	sqlite3_stmt *stmt = recurring->id ? statement(store,
	    "UPDATE recurring SET customer = :customer, state = :state,"
	    " every = :every, last_day = :last_day, draft = :draft,"
	    " period = :period, first = :first, until = :until,"
	    " document = :document WHERE id = :id") : statement(store,
	    "INSERT INTO recurring (key, customer, state, every, last_day,"
	    " draft, period, first, until, turn, document) VALUES (:key,"
	    " :customer, :state, :every, :last_day, :draft, :period, :first,"
	    " :until, 0, :document) ON CONFLICT DO NOTHING");
	enum store_status status;

	fields_bind(fields, COUNT, stmt, recurring);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	if (!sqlite3_changes(store->db))
		return recurring->id ? STORE_NONE : STORE_KNOWN;
	if (!recurring->id)
		recurring->id = sqlite3_last_insert_rowid(store->db);
	return STORE_OK;
}

enum store_status
store_recurring_put(struct store *store, struct recurring *recurring)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, put(store, recurring));
}

static enum store_status
take(struct store *store, int64_t id, const struct recurring_made *made)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE recurring"
	    " SET turn = turn + 1 WHERE id = :id AND turn = :turn");
	enum store_status status;

	bind_int(stmt, ":id", id);
	bind_int(stmt, ":turn", made->turn);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	if (!sqlite3_changes(store->db))
		return fail(store, STORE_CONFLICT, "this turn was taken "
		    "already");
	stmt = statement(store, "INSERT INTO recurring_invoice (recurring,"
	    " turn, day, invoice) VALUES (:id, :turn, :day, :invoice)");
	bind_int(stmt, ":id", id);
	fields_bind(made_fields, MADE_COUNT, stmt, made);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_recurring_take(struct store *store, int64_t id,
    const struct recurring_made *made)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, take(store, id, made));
}
