/*
 * letter.c - the outbox: letters, the invoices each speaks of, the moves from
 * state to state.
 */
#include "internal.h"

#define COLUMNS "l.id, l.kind, l.state, l.customer, l.payment, l.regards, " \
	"l.recipient, l.language, l.tone, l.message_id, l.term_days, " \
	"l.planned, l.sent, l.not_before, l.tries, l.why, l.mime_path, " \
	"l.instalments, l.instalment, l.answers, l.mass, l.confirmed"

static const struct field fields[] = {
	FIELD(letter, INT64, id), FIELD(letter, INT, kind),
	FIELD(letter, INT, state), FIELD(letter, ID, customer),
	FIELD(letter, ID, payment), FIELD(letter, ID, regards),
	FIELD(letter, TEXT, to), FIELD(letter, TEXT, language),
	FIELD(letter, TEXT, tone), FIELD(letter, TEXT, message_id),
	FIELD(letter, INT, term_days), FIELD(letter, INT64, planned),
	FIELD(letter, INT64, sent), FIELD(letter, INT64, not_before),
	FIELD(letter, INT, tries), FIELD(letter, TEXT, why),
	FIELD(letter, TEXT, mime_path), FIELD(letter, ID, instalments),
	FIELD(letter, INT, instalment), FIELD(letter, TEXT, answers),
	FIELD(letter, INT, mass), FIELD(letter, INT64, confirmed),
};
#define COUNT G_N_ELEMENTS(fields)

static const struct field item_fields[] = {
	FIELD(letter_item, ID, invoice), FIELD(letter_item, INT, step),
	FIELD(letter_item, INT64, balance),
};
#define ITEM_COUNT G_N_ELEMENTS(item_fields)

static const char *const kinds[] = {
	"invoice", "reminder", "receipt", "crossed", "copy", "statement",
	"inquiry", "offer", "agreement", "instalment", "digest",
	"credit-note"
};
static const char *const states[] = {
	"planned", "rendered", "sending", "sent", "recalled", "failed",
	"unknown"
};

#define TO(state) (1u << LETTER_##state)
static const unsigned moves[] = {
	[LETTER_PLANNED] = TO(RENDERED) | TO(RECALLED),
	[LETTER_RENDERED] = TO(SENDING) | TO(RECALLED) | TO(PLANNED),
	[LETTER_SENDING] = TO(SENT) | TO(RENDERED) | TO(FAILED) | TO(UNKNOWN),
	[LETTER_SENT] = TO(FAILED),	/* it came back */
	[LETTER_RECALLED] = 0,
	[LETTER_FAILED] = 0,
	[LETTER_UNKNOWN] = TO(SENT) | TO(FAILED) | TO(RENDERED),
};

const char *
letter_kind_name(enum letter_kind kind)
{
	return kind < G_N_ELEMENTS(kinds) ? kinds[kind] : "unknown";
}

bool
letter_kind_is_reminder(enum letter_kind kind)
{
	return (LETTER_REMINDERS >> kind & 1) != 0;
}

const char *
letter_state_name(enum letter_state state)
{
	return state < G_N_ELEMENTS(states) ? states[state] : "unknown";
}

void
letter_free(struct letter *letter)
{
	if (!letter)
		return;
	fields_free(fields, COUNT, letter);
	if (letter->items)
		g_ptr_array_unref(letter->items);
	g_free(letter);
}

static void *
letter_read(sqlite3_stmt *row)
{
	struct letter *letter = g_new0(struct letter, 1);

	fields_read(fields, COUNT, row, letter);
	return letter;
}

static void *
item_read(sqlite3_stmt *row)
{
	struct letter_item *item = g_new0(struct letter_item, 1);

	fields_read(item_fields, ITEM_COUNT, row, item);
	return item;
}

/* ---- adding ---------------------------------------------------------------- */

static enum store_status
add(struct store *store, struct letter *letter)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO letter (kind, state, customer, payment, regards,"
	    " recipient, language, tone, message_id, term_days, planned, sent,"
	    " not_before, tries, why, mime_path, instalments, instalment,"
	    " answers, mass, confirmed)"
	    " VALUES (:kind, :state,"
	    " :customer, :payment, :regards, :to, :language, :tone,"
	    " :message_id, :term_days, :planned, :sent, :not_before, :tries,"
	    " :why, :mime_path, :instalments, :instalment, :answers, :mass,"
	    " :confirmed)");
	enum store_status status;

	fields_bind(fields, COUNT, stmt, letter);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	letter->id = sqlite3_last_insert_rowid(store->db);
	for (guint i = 0; status == STORE_NONE && letter->items &&
	    i < letter->items->len; i++) {
		stmt = statement(store,
		    "INSERT INTO letter_item (letter, invoice, step, balance)"
		    " VALUES (:letter, :invoice, :step, :balance)");
		bind_int(stmt, ":letter", letter->id);
		fields_bind(item_fields, ITEM_COUNT, stmt,
		    letter->items->pdata[i]);
		status = run(store, stmt);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_letter_add(struct store *store, struct letter *letter)
{
	bool own;
	enum store_status status;

	if (!letter->message_id)
		return fail(store, STORE_INVALID,
		    "a letter needs its Message-ID when it is queued");
	status = verb_begin(store, &own);
	if (status)
		return status;
	return verb_end(store, own, add(store, letter));
}

/* ---- reading ----------------------------------------------------------------- */

static enum store_status
with_items(struct store *store, struct letter *letter)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT invoice, step, balance FROM letter_item"
	    " WHERE letter = :id ORDER BY invoice");

	bind_int(stmt, ":id", letter->id);
	return read_list(store, stmt, item_read, g_free, &letter->items);
}

static enum store_status
one(struct store *store, sqlite3_stmt *stmt, struct letter **out)
{
	void *found = NULL;
	enum store_status status = read_one(store, stmt, letter_read, &found);

	if (!status)
		status = with_items(store, found);
	if (status)
		letter_free(found);
	else
		*out = found;
	return status;
}

enum store_status
store_letter_get(struct store *store, int64_t id, struct letter **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM letter l WHERE l.id = :id");

	bind_int(stmt, ":id", id);
	return one(store, stmt, out);
}

enum store_status
store_letter_find_message(struct store *store, const char *message_id,
    struct letter **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS
	    " FROM letter l WHERE l.message_id = :message_id");

	bind_text(stmt, ":message_id", message_id);
	return one(store, stmt, out);
}

static sqlite3_stmt *
list_statement(struct store *store, const struct letter_filter *filter)
{
	g_autofree char *sql = g_strconcat("SELECT " COLUMNS " FROM ",
	    filter->invoice ? "letter_item t CROSS JOIN letter l"
		" ON l.id = t.letter WHERE t.invoice = :invoice" :
		"letter l WHERE 1",
	    filter->customer ? " AND l.customer = :customer" : "",
	    filter->instalments ? " AND l.instalments = :instalments" : "",
	    filter->waiting_only ? " AND l.state < 2" : "",
	    filter->states ? " AND (:states >> l.state) & 1" : "",
	    filter->kinds ? " AND (:kinds >> l.kind) & 1" : "",
	    filter->since ? " AND max(l.planned, l.sent) >= :since" : "",
	    " ORDER BY l.id", filter->limit ? " LIMIT :limit" : "", NULL);

	return statement_built(store, sql);
}

enum store_status
store_letter_list(struct store *store, const struct letter_filter *filter,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = list_statement(store, filter);
	GPtrArray *letters = NULL;
	enum store_status status;

	if (filter->invoice)
		bind_int(stmt, ":invoice", filter->invoice);
	if (filter->customer)
		bind_int(stmt, ":customer", filter->customer);
	if (filter->instalments)
		bind_int(stmt, ":instalments", filter->instalments);
	if (filter->states)
		bind_int(stmt, ":states", filter->states);
	if (filter->kinds)
		bind_int(stmt, ":kinds", filter->kinds);
	if (filter->since)
		bind_int(stmt, ":since", filter->since);
	if (filter->limit)
		bind_int(stmt, ":limit", filter->limit);
	status = read_list(store, stmt, letter_read,
	    (GDestroyNotify)letter_free, &letters);
	for (guint i = 0; !status && i < letters->len; i++)
		status = with_items(store, letters->pdata[i]);
	if (!status)
		*out = letters;
	else if (letters)
		g_ptr_array_unref(letters);
	return status;
}

enum store_status
store_letter_answered(struct store *store, int64_t customer, int64_t since,
    int64_t *count)
{
	sqlite3_stmt *stmt = statement(store, "SELECT count(*) FROM letter"
	    " WHERE answers IS NOT NULL AND planned >= :since AND state <> 4"
	    " AND (:customer = 0 OR customer = :customer)");

	bind_int(stmt, ":since", since);
	bind_int(stmt, ":customer", customer);
	return run_int(store, stmt, count);
}

/* ---- moving ---------------------------------------------------------------- */

static enum store_status
move(struct store *store, int64_t id, enum letter_state state,
    const char *why, int64_t at)
{
	int64_t from = 0;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT state FROM letter WHERE id = :id");
	enum store_status status;

	bind_int(stmt, ":id", id);
	status = run_int(store, stmt, &from);
	if (status)
		return status;
	if (!(moves[from] & 1u << state))
		return fail(store, STORE_INVALID, "letter %" PRId64 " is %s "
		    "and cannot become %s", id,
		    letter_state_name((enum letter_state)from),
		    letter_state_name(state));
	stmt = statement(store,
	    "UPDATE letter SET state = :state, why = :why,"
	    " tries = tries + (:state = 2),"
	    " sent = iif(:state = 3, :at, sent) WHERE id = :id");
	bind_int(stmt, ":state", state);
	bind_text(stmt, ":why", why);
	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_letter_move(struct store *store, int64_t id, enum letter_state state,
    const char *why, int64_t at)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, move(store, id, state, why, at));
}

enum store_status
store_letter_set_path(struct store *store, int64_t id, const char *path)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE letter SET mime_path = :path WHERE id = :id");

	bind_text(stmt, ":path", path);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

enum store_status
store_letter_retry(struct store *store, int64_t id, int64_t not_before)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE letter SET not_before = :not_before WHERE id = :id");

	bind_int(stmt, ":not_before", not_before);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

enum store_status
store_reminder_last(struct store *store, int64_t invoice, int *last,
    int64_t *sent)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT t.step, l.sent FROM letter_item t CROSS JOIN letter l"
	    " ON l.id = t.letter WHERE t.invoice = :invoice AND l.kind = 1"
	    " AND l.state NOT IN (4, 5) ORDER BY t.step DESC, l.id DESC"
	    " LIMIT 1");
	enum store_status status;

	bind_int(stmt, ":invoice", invoice);
	status = step(store, stmt);
	if (status == STORE_NONE) {
		*last = 0;
		*sent = 0;
		return STORE_OK;
	}
	if (status)
		return status;
	*last = sqlite3_column_int(stmt, 0);
	*sent = sqlite3_column_int64(stmt, 1);
	sqlite3_reset(stmt);
	return STORE_OK;
}
