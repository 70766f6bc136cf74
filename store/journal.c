/*
 * journal.c - what was decided, when, on what evidence. Each entry's hash
 * covers the one before, so that an edit shows; the head's hash, kept outside,
 * shows a removed end as well.
 */
#include "internal.h"

#include <string.h>

#define COLUMNS "j.id, j.at, j.subject, j.row, j.code, j.text, j.evidence, " \
	"j.hash"

static const struct field fields[] = {
	FIELD(journal_entry, INT64, id), FIELD(journal_entry, INT64, at),
	FIELD(journal_entry, INT, subject), FIELD(journal_entry, INT64, row),
	FIELD(journal_entry, TEXT, code), FIELD(journal_entry, TEXT, text),
	FIELD(journal_entry, TEXT, evidence), FIELD(journal_entry, TEXT, hash),
};
#define COUNT G_N_ELEMENTS(fields)

void
journal_entry_free(struct journal_entry *entry)
{
	if (!entry)
		return;
	fields_free(fields, COUNT, entry);
	g_free(entry);
}

static void *
entry_read(sqlite3_stmt *row)
{
	struct journal_entry *entry = g_new0(struct journal_entry, 1);

	fields_read(fields, COUNT, row, entry);
	return entry;
}

/* Length before each text, so that no two entries are written alike. */
static void
hash_text(GChecksum *sum, const char *text)
{
	g_autofree char *length = g_strdup_printf("|%d:",
	    text ? (int)strlen(text) : -1);

	g_checksum_update(sum, (const guchar *)length, -1);
	if (text)
		g_checksum_update(sum, (const guchar *)text, -1);
}

char *
journal_hash(const char *previous, const struct journal_entry *entry)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree char *numbers = g_strdup_printf("%" PRId64 "|%" PRId64
	    "|%d|%" PRId64, entry->id, entry->at, (int)entry->subject,
	    entry->row);

	hash_text(sum, previous);
	hash_text(sum, numbers);
	hash_text(sum, entry->code);
	hash_text(sum, entry->text);
	hash_text(sum, entry->evidence);
	return g_strdup(g_checksum_get_string(sum));
}

/* The last entry's id and hash; 0 and "" when there is none. */
static enum store_status
last(struct store *store, int64_t *id, char **hash)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1");
	enum store_status status = step(store, stmt);

	if (status == STORE_NONE) {
		*id = 0;
		*hash = g_strdup("");
		return STORE_OK;
	}
	if (status)
		return status;
	*id = sqlite3_column_int64(stmt, 0);
	*hash = column_string(stmt, 1);
	sqlite3_reset(stmt);
	return STORE_OK;
}

static enum store_status
add(struct store *store, const struct journal_entry *entry)
{
	g_autofree char *previous = NULL;
	g_autofree char *hash = NULL;
	struct journal_entry next = *entry;
	sqlite3_stmt *stmt;
	enum store_status status = last(store, &next.id, &previous);

	if (status)
		return status;
	next.id++;
	next.hash = hash = journal_hash(previous, &next);
	stmt = statement(store,
	    "INSERT INTO journal (id, at, subject, row, code, text, evidence,"
	    " hash) VALUES (:id, :at, :subject, :row, :code, :text, :evidence,"
	    " :hash)");
	fields_bind(fields, COUNT, stmt, &next);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_journal_add(struct store *store, const struct journal_entry *entry)
{
	bool own;
	enum store_status status = verb_begin_one(store, &own);

	if (status)
		return status;
	return verb_end_one(store, own, add(store, entry));
}

/* An invoice's story has its payments and letters in it, and so on. */
static const char *const stories[] = {
	[SUBJECT_NONE] = "",
	[SUBJECT_CUSTOMER] =
	    " UNION SELECT 2, id FROM invoice WHERE customer = :row"
	    " UNION SELECT 4, id FROM letter WHERE customer = :row",
	[SUBJECT_INVOICE] =
	    " UNION SELECT 3, payment FROM allocation"
	    " WHERE invoice = :row AND payment IS NOT NULL"
	    " UNION SELECT 4, letter FROM letter_item WHERE invoice = :row",
	[SUBJECT_PAYMENT] =
	    " UNION SELECT 2, invoice FROM allocation WHERE payment = :row"
	    " UNION SELECT 4, id FROM letter WHERE payment = :row",
	[SUBJECT_LETTER] =
	    " UNION SELECT 2, invoice FROM letter_item WHERE letter = :row",
	[SUBJECT_ACCOUNT] = "",
};

enum store_status
store_journal_list(struct store *store, enum subject subject, int64_t row,
    GPtrArray **out)
{
	g_autofree char *sql = NULL;
	sqlite3_stmt *stmt;

	if (subject == SUBJECT_NONE)
		return read_list(store, statement(store,
		    "SELECT " COLUMNS " FROM journal j ORDER BY j.id"),
		    entry_read, (GDestroyNotify)journal_entry_free, out);
	sql = g_strconcat("WITH story (subject, row) AS (SELECT :subject, :row",
	    stories[subject], ") SELECT " COLUMNS " FROM story s CROSS JOIN"
	    " journal j ON j.subject = s.subject AND j.row = s.row"
	    " ORDER BY j.id", NULL);
	stmt = statement_built(store, sql);
	bind_int(stmt, ":subject", subject);
	bind_int(stmt, ":row", row);
	return read_list(store, stmt, entry_read,
	    (GDestroyNotify)journal_entry_free, out);
}

enum store_status
store_journal_last(struct store *store, int64_t payment, const char *code,
    struct journal_entry **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM journal j WHERE j.subject = :subject"
	    " AND j.row = :row AND substr(j.code, 1, length(:code)) = :code"
	    " ORDER BY j.id DESC LIMIT 1");
	enum store_status status;

	bind_int(stmt, ":subject", SUBJECT_PAYMENT);
	bind_int(stmt, ":row", payment);
	bind_text(stmt, ":code", code);
	status = read_one(store, stmt, entry_read, &found);
	if (!status)
		*out = found;
	return status;
}

/* Of the payment: what a count needs, without its texts. */
enum store_status
store_journal_payments(struct store *store, const char *since,
    store_told *told, void *data)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS ", p.id, p.state, p.amount, p.unallocated,"
	    " p.set_aside FROM payment p LEFT JOIN journal j"
	    " ON j.subject = :subject AND j.row = p.id"
	    " WHERE p.amount > 0 AND p.booked >= :since ORDER BY p.id, j.id");
	enum store_status status;

	bind_int(stmt, ":subject", SUBJECT_PAYMENT);
	bind_text(stmt, ":since", since);
	while ((status = step(store, stmt)) == STORE_OK) {
		const struct payment payment = {
			.id = sqlite3_column_int64(stmt, COUNT),
			.state = (enum payment_state)sqlite3_column_int(stmt,
			    COUNT + 1),
			.amount = sqlite3_column_int64(stmt, COUNT + 2),
			.unallocated = sqlite3_column_int64(stmt, COUNT + 3),
			.set_aside = sqlite3_column_int64(stmt, COUNT + 4),
		};
		struct journal_entry *entry =
		    sqlite3_column_type(stmt, 0) == SQLITE_NULL ? NULL
		    : entry_read(stmt);

		told(&payment, entry, data);
		journal_entry_free(entry);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_journal_head(struct store *store, char **hash)
{
	int64_t id;

	return last(store, &id, hash);
}
