/*
 * hold.c - reasons why no reminder goes out.
 */
#include "internal.h"

#define COLUMNS "id, kind, customer, invoice, payment, trust, step, why, " \
	"origin, since, until, released, day, amount, letter, followed"

/* In force at :at. One that waits for somebody's word (a claim, a dispute, a
 * wish to be left alone) does not end before its end was looked after. */
#define IN_FORCE "since <= :at AND (until = 0 OR until > :at" \
	" OR followed = 0 AND kind IN (1, 2, 3, 4, 9) AND trust IN (1, 2))" \
	" AND (released = 0 OR released > :at)"

static const struct field fields[] = {
	FIELD(hold, INT64, id), FIELD(hold, INT, kind),
	FIELD(hold, ID, customer), FIELD(hold, ID, invoice),
	FIELD(hold, ID, payment), FIELD(hold, INT, trust),
	FIELD(hold, INT, step), FIELD(hold, TEXT, why),
	FIELD(hold, TEXT, origin), FIELD(hold, INT64, since),
	FIELD(hold, INT64, until), FIELD(hold, INT64, released),
	FIELD(hold, TEXT, day), FIELD(hold, INT64, amount),
	FIELD(hold, ID, letter), FIELD(hold, INT64, followed),
};
#define COUNT G_N_ELEMENTS(fields)

static const char *const kinds[] = {
	"possible-payment", "paid-claim", "promise", "dispute", "instalments",
	"pause", "undelivered", "stale-feed", "out-of-office", "stop"
};

const char *
hold_kind_name(enum hold_kind kind)
{
	return kind < G_N_ELEMENTS(kinds) ? kinds[kind] : "unknown";
}

bool
hold_kind_parse(const char *text, enum hold_kind *kind)
{
	for (size_t i = 0; text && i < G_N_ELEMENTS(kinds); i++)
		if (!g_ascii_strcasecmp(text, kinds[i])) {
			*kind = (enum hold_kind)i;
			return true;
		}
	return false;
}

void
hold_free(struct hold *hold)
{
	if (!hold)
		return;
	fields_free(fields, COUNT, hold);
	g_free(hold);
}

static void *
hold_read(sqlite3_stmt *row)
{
	struct hold *hold = g_new0(struct hold, 1);

	fields_read(fields, COUNT, row, hold);
	return hold;
}

/* The same hold in force, or a class U one that was used up. */
static enum store_status
known(struct store *store, const struct hold *hold)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT 1 FROM hold WHERE customer = :customer"
	    " AND invoice IS :invoice AND (:trust = 0 AND trust = 0"
	    " AND step = :step OR kind = :kind AND payment IS :payment"
	    " AND until = :until AND trust = :trust AND released = 0)"
	    " LIMIT 1");

	fields_bind(fields, COUNT, stmt, hold);
	return run(store, stmt);
}

static enum store_status
add(struct store *store, struct hold *hold)
{
	sqlite3_stmt *stmt;
	enum store_status status = known(store, hold);

	if (status != STORE_NONE)
		return status == STORE_OK ? STORE_KNOWN : status;
	stmt = statement(store,
	    "INSERT INTO hold (kind, customer, invoice, payment, trust, step,"
	    " why, origin, since, until, released, day, amount, letter,"
	    " followed) VALUES (:kind, :customer, :invoice, :payment, :trust,"
	    " :step, :why, :origin, :since, :until, 0, :day, :amount,"
	    " :letter, 0)");
	fields_bind(fields, COUNT, stmt, hold);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	hold->id = sqlite3_last_insert_rowid(store->db);
	hold->released = hold->followed = 0;
	return STORE_OK;
}

enum store_status
store_hold_add(struct store *store, struct hold *hold)
{
	bool own;
	enum store_status status = verb_begin_one(store, &own);

	if (status)
		return status;
	return verb_end_one(store, own, add(store, hold));
}

enum store_status
store_hold_release(struct store *store, int64_t id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE hold"
	    " SET released = :at WHERE id = :id AND released = 0");

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

enum store_status
store_hold_release_payment(struct store *store, int64_t payment, int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE hold"
	    " SET released = :at WHERE payment = :payment AND released = 0");

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":payment", payment);
	return write_one(store, stmt);
}

enum store_status
store_hold_list(struct store *store, int64_t customer, int64_t invoice,
    int64_t at, GPtrArray **out)
{
	g_autofree char *sql = g_strconcat("SELECT " COLUMNS
	    " FROM hold WHERE 1",
	    customer ? " AND customer = :customer" : "",
	    invoice ? " AND customer = (SELECT i.customer FROM invoice i"
		" WHERE i.id = :invoice)"
		" AND (invoice = :invoice OR invoice IS NULL)" : "",
	    at ? " AND " IN_FORCE : "",
	    " ORDER BY id", NULL);
	sqlite3_stmt *stmt = statement_built(store, sql);

	if (customer)
		bind_int(stmt, ":customer", customer);
	if (invoice)
		bind_int(stmt, ":invoice", invoice);
	if (at)
		bind_int(stmt, ":at", at);
	return read_list(store, stmt, hold_read, (GDestroyNotify)hold_free,
	    out);
}

enum store_status
store_hold_ended(struct store *store, int64_t at, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS " FROM hold"
	    " WHERE followed = 0 AND released = 0 AND until > 0"
	    " AND until <= :at ORDER BY id");

	bind_int(stmt, ":at", at);
	return read_list(store, stmt, hold_read, (GDestroyNotify)hold_free,
	    out);
}

enum store_status
store_hold_followed(struct store *store, int64_t id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE hold"
	    " SET followed = :at WHERE id = :id AND followed = 0");

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}
