/*
 * gated.c - reminders of other programs that the gate has kept.
 */
#include "internal.h"

#define COLUMNS "id, name, state, code, why, customer, sender, recipients, " \
	"subject, message_id, at, until, decided, by"

static const struct field fields[] = {
	FIELD(gated, INT64, id), FIELD(gated, TEXT, name),
	FIELD(gated, INT, state), FIELD(gated, TEXT, code),
	FIELD(gated, TEXT, why), FIELD(gated, ID, customer),
	FIELD(gated, TEXT, sender), FIELD(gated, TEXT, recipients),
	FIELD(gated, TEXT, subject), FIELD(gated, TEXT, message_id),
	FIELD(gated, INT64, at), FIELD(gated, INT64, until),
	FIELD(gated, INT64, decided), FIELD(gated, TEXT, by),
};
#define COUNT G_N_ELEMENTS(fields)

const char *
gated_state_name(enum gated_state state)
{
	static const char *const names[] = {"held", "dropped", "sending",
	    "released"};

	return state < G_N_ELEMENTS(names) ? names[state] : "unknown";
}

void
gated_free(struct gated *gated)
{
	if (!gated)
		return;
	fields_free(fields, COUNT, gated);
	g_clear_pointer(&gated->invoices, g_array_unref);
	g_free(gated);
}

static void *
gated_read(sqlite3_stmt *row)
{
	struct gated *gated = g_new0(struct gated, 1);

	fields_read(fields, COUNT, row, gated);
	return gated;
}

static enum store_status
read_invoices(struct store *store, struct gated *gated)
{
	sqlite3_stmt *stmt = statement(store, "SELECT invoice FROM"
	    " gated_invoice WHERE gated = :gated ORDER BY invoice");
	enum store_status status;

	gated->invoices = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bind_int(stmt, ":gated", gated->id);
	while ((status = step(store, stmt)) == STORE_OK) {
		int64_t id = sqlite3_column_int64(stmt, 0);

		g_array_append_val(gated->invoices, id);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
add_invoices(struct store *store, const struct gated *gated)
{
	enum store_status status = STORE_NONE;

	for (guint i = 0; status == STORE_NONE && gated->invoices &&
	    i < gated->invoices->len; i++) {
		sqlite3_stmt *stmt = statement(store, "INSERT INTO"
		    " gated_invoice (gated, invoice) VALUES (:gated, :invoice)"
		    " ON CONFLICT DO NOTHING");

		bind_int(stmt, ":gated", gated->id);
		bind_int(stmt, ":invoice",
		    g_array_index(gated->invoices, int64_t, i));
		status = run(store, stmt);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
add(struct store *store, struct gated *gated)
{
	sqlite3_stmt *stmt = statement(store, "INSERT INTO gated (name, state,"
	    " code, why, customer, sender, recipients, subject, message_id, at,"
	    " until, decided, by) VALUES (:name, :state, :code, :why,"
	    " :customer, :sender, :recipients, :subject, :message_id, :at,"
	    " :until, :decided, :by) ON CONFLICT DO NOTHING");
	enum store_status status;

	fields_bind(fields, COUNT, stmt, gated);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	if (sqlite3_changes(store->db) == 0)
		return STORE_KNOWN;
	gated->id = sqlite3_last_insert_rowid(store->db);
	return add_invoices(store, gated);
}

enum store_status
store_gated_add(struct store *store, struct gated *gated)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, add(store, gated));
}

static enum store_status
one(struct store *store, sqlite3_stmt *stmt, struct gated **out)
{
	struct gated *gated = NULL;
	enum store_status status = read_one(store, stmt, gated_read,
	    (void **)&gated);

	if (status == STORE_OK)
		status = read_invoices(store, gated);
	if (status == STORE_OK)
		*out = gated;
	else
		gated_free(gated);
	return status;
}

enum store_status
store_gated_get(struct store *store, int64_t id, struct gated **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS
	    " FROM gated WHERE id = :id");

	bind_int(stmt, ":id", id);
	return one(store, stmt, out);
}

enum store_status
store_gated_find(struct store *store, const char *name, struct gated **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS
	    " FROM gated WHERE name = :name");

	bind_text(stmt, ":name", name);
	return one(store, stmt, out);
}

enum store_status
store_gated_list(struct store *store, bool waiting, GPtrArray **out)
{
	GPtrArray *list = NULL;
	enum store_status status = read_list(store, statement(store, waiting ?
	    "SELECT " COLUMNS " FROM gated WHERE state IN (0, 2) ORDER BY id" :
	    "SELECT " COLUMNS " FROM gated ORDER BY id"), gated_read,
	    (GDestroyNotify)gated_free, &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++)
		status = read_invoices(store, list->pdata[i]);
	if (status == STORE_OK)
		*out = list;
	else if (list)
		g_ptr_array_unref(list);
	return status;
}

enum store_status
store_gated_move(struct store *store, int64_t id, enum gated_state state,
    const char *code, const char *why, const char *by, int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE gated SET state = :state,"
	    " code = coalesce(:code, code), why = coalesce(:why, why),"
	    " by = :by, decided = CASE :state WHEN 0 THEN 0 ELSE :at END"
	    " WHERE id = :id AND CASE :state WHEN 0 THEN state = 2"
	    " WHEN 1 THEN state IN (0, 2) WHEN 2 THEN state IN (0, 1)"
	    " ELSE state = 2 END");

	bind_int(stmt, ":id", id);
	bind_int(stmt, ":state", (int64_t)state);
	bind_text(stmt, ":code", code);
	bind_text(stmt, ":why", why);
	bind_text(stmt, ":by", by);
	bind_int(stmt, ":at", at);
	return write_one(store, stmt);
}

enum store_status
store_gated_count(struct store *store, int64_t since,
    int64_t counts[GATED_RELEASED + 1])
{
	sqlite3_stmt *stmt = statement(store, "SELECT state, count(*)"
	    " FROM gated WHERE at >= :since GROUP BY state");
	enum store_status status;

	for (int i = 0; i <= GATED_RELEASED; i++)
		counts[i] = 0;
	bind_int(stmt, ":since", since);
	while ((status = step(store, stmt)) == STORE_OK)
		counts[sqlite3_column_int(stmt, 0)] =
		    sqlite3_column_int64(stmt, 1);
	return status == STORE_NONE ? STORE_OK : status;
}
