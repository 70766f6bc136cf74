/*
 * digest.c - what the owner's daily mail said, so that its numbers mean the
 * same when he answers; what he answered; what it tells about money.
 */
#include "internal.h"

static const struct field fields[] = {
	FIELD(digest, ID, letter), FIELD(digest, TEXT, day),
	FIELD(digest, INT64, since), FIELD(digest, INT64, until),
};

static const struct field item_fields[] = {
	FIELD(digest_item, INT, number), FIELD(digest_item, INT, subject),
	FIELD(digest_item, ID, row), FIELD(digest_item, INT64, used),
};

static const struct field word_fields[] = {
	FIELD(owner_word, INT64, id), FIELD(owner_word, ID, letter),
	FIELD(owner_word, TEXT, message_id), FIELD(owner_word, TEXT, text),
	FIELD(owner_word, TEXT, result),
	FIELD(owner_word, BOOL, done), FIELD(owner_word, ID, payment),
	FIELD(owner_word, ID, hold), FIELD(owner_word, INT64, at),
	FIELD(owner_word, INT64, undone),
};

static const struct field money_fields[] = {
	FIELD(matched_money, TEXT, payer), FIELD(matched_money, TEXT, customer),
	FIELD(matched_money, TEXT, number), FIELD(matched_money, TEXT, currency),
	FIELD(matched_money, INT64, amount), FIELD(matched_money, TEXT, booked),
};

void
digest_free(struct digest *digest)
{
	if (!digest)
		return;
	fields_free(fields, G_N_ELEMENTS(fields), digest);
	g_free(digest);
}

void
owner_word_free(struct owner_word *word)
{
	if (!word)
		return;
	fields_free(word_fields, G_N_ELEMENTS(word_fields), word);
	g_free(word);
}

void
matched_money_free(struct matched_money *money)
{
	if (!money)
		return;
	fields_free(money_fields, G_N_ELEMENTS(money_fields), money);
	g_free(money);
}

static void *
digest_read(sqlite3_stmt *row)
{
	struct digest *digest = g_new0(struct digest, 1);

	fields_read(fields, G_N_ELEMENTS(fields), row, digest);
	return digest;
}

static void *
item_read(sqlite3_stmt *row)
{
	struct digest_item *item = g_new0(struct digest_item, 1);

	fields_read(item_fields, G_N_ELEMENTS(item_fields), row, item);
	return item;
}

static void *
word_read(sqlite3_stmt *row)
{
	struct owner_word *word = g_new0(struct owner_word, 1);

	fields_read(word_fields, G_N_ELEMENTS(word_fields), row, word);
	return word;
}

static void *
money_read(sqlite3_stmt *row)
{
	struct matched_money *money = g_new0(struct matched_money, 1);

	fields_read(money_fields, G_N_ELEMENTS(money_fields), row, money);
	return money;
}

/* ---- the digests ------------------------------------------------------------- */

enum store_status
store_digest_add(struct store *store, const struct digest *digest,
    const GPtrArray *items)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO digest (letter, day, since, until) VALUES (:letter,"
	    " :day, :since, :until) ON CONFLICT DO NOTHING");
	enum store_status status;

	fields_bind(fields, G_N_ELEMENTS(fields), stmt, digest);
	status = write_one(store, stmt);
	for (guint i = 0; status == STORE_OK && i < items->len; i++) {
		stmt = statement(store,
		    "INSERT INTO digest_item (letter, number, subject, row,"
		    " used) VALUES (:letter, :number, :subject, :row, 0)");
		fields_bind(item_fields, G_N_ELEMENTS(item_fields), stmt,
		    items->pdata[i]);
		bind_int(stmt, ":letter", digest->letter);
		status = write_one(store, stmt);
	}
	return status == STORE_NONE ? STORE_KNOWN : status;
}

enum store_status
store_digest_last(struct store *store, struct digest **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT letter, day, since, until FROM digest"
	    " ORDER BY day DESC LIMIT 1");

	return read_one(store, stmt, digest_read, (void **)out);
}

enum store_status
store_digest_get(struct store *store, int64_t letter, struct digest **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT letter, day, since, until FROM digest"
	    " WHERE letter = :letter");

	bind_int(stmt, ":letter", letter);
	return read_one(store, stmt, digest_read, (void **)out);
}

enum store_status
store_digest_items(struct store *store, int64_t letter, GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT number, subject, row, used FROM digest_item"
	    " WHERE letter = :letter ORDER BY number");

	bind_int(stmt, ":letter", letter);
	return read_list(store, stmt, item_read, g_free, out);
}

enum store_status
store_digest_use(struct store *store, int64_t letter, int number, int64_t at)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE digest_item SET used = :at WHERE letter = :letter"
	    " AND number = :number AND used = 0");
	enum store_status status;

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":letter", letter);
	bind_int(stmt, ":number", number);
	status = write_one(store, stmt);
	return status == STORE_NONE ? STORE_KNOWN : status;
}

/* ---- what he answered ---------------------------------------------------------- */

enum store_status
store_owner_word_add(struct store *store, struct owner_word *word)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO owner_word (letter, message_id, text, result, done,"
	    " payment, hold, at, undone) VALUES (:letter, :message_id, :text,"
	    " :result, :done, :payment, :hold, :at, 0)");
	enum store_status status;

	fields_bind(word_fields, G_N_ELEMENTS(word_fields), stmt, word);
	status = write_one(store, stmt);
	if (status == STORE_OK)
		word->id = sqlite3_last_insert_rowid(store->db);
	return status;
}

enum store_status
store_owner_word_seen(struct store *store, const char *message_id)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT 1 FROM owner_word WHERE message_id = :message_id");

	bind_text(stmt, ":message_id", message_id);
	return run(store, stmt);
}

enum store_status
store_owner_word_get(struct store *store, int64_t id, struct owner_word **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT id, letter, message_id, text, result, done, payment, hold, at, undone"
	    " FROM owner_word WHERE id = :id");

	bind_int(stmt, ":id", id);
	return read_one(store, stmt, word_read, (void **)out);
}

enum store_status
store_owner_word_list(struct store *store, int64_t since, int64_t until,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT id, letter, message_id, text, result, done, payment, hold, at, undone"
	    " FROM owner_word WHERE at > :since AND at <= :until ORDER BY id");

	bind_int(stmt, ":since", since);
	bind_int(stmt, ":until", until);
	return read_list(store, stmt, word_read,
	    (GDestroyNotify)owner_word_free, out);
}

enum store_status
store_owner_word_undo(struct store *store, int64_t id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE owner_word SET undone = :at WHERE id = :id"
	    " AND undone = 0");
	enum store_status status;

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	status = write_one(store, stmt);
	return status == STORE_NONE ? STORE_KNOWN : status;
}

/* ---- what it tells --------------------------------------------------------------- */

enum store_status
store_money_matched(struct store *store, int64_t since, int64_t until,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT coalesce(p.payer, p.payer_account), c.name, i.number,"
	    " p.currency, a.amount, p.booked"
	    " FROM allocation a INDEXED BY allocation_at"
	    " JOIN payment p ON p.id = a.payment"
	    " JOIN invoice i ON i.id = a.invoice"
	    " JOIN customer c ON c.id = i.customer"
	    " WHERE a.at > :since AND a.at <= :until AND a.reversed = 0"
	    " AND a.kind = 0 AND a.amount > 0 ORDER BY a.id");

	bind_int(stmt, ":since", since);
	bind_int(stmt, ":until", until);
	return read_list(store, stmt, money_read,
	    (GDestroyNotify)matched_money_free, out);
}
