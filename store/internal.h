/*
 * internal.h - what the files of store/ share: the handle, statements that
 * are prepared once, and tables that say which column is which member.
 */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "store.h"

#include <inttypes.h>
#include <stddef.h>

#include <sqlite3.h>

#define APPLICATION_ID 1835428980	/* "mflt" */

struct store {
	sqlite3 *db;
	char *path;
	char *error;			/* the last sentence, or NULL */
	enum store_status failed;	/* and what it belonged to */
	GHashTable *statements;		/* literal -> sqlite3_stmt */
	GHashTable *built;		/* SQL text -> sqlite3_stmt */
	enum store_access access;
	int wait_ms;
	int lock;			/* descriptor of the lock file, or -1 */
	bool writing;			/* between begin and commit */
	struct bulk *bulk;		/* bulk.c, or NULL */
	bool together;			/* store_together, or in bulk */
	int depth;			/* of verbs within verbs, together */
	int64_t changes;		/* before the outermost of these */
	bool doomed;			/* one of them failed half done */
	GHashTable *touched;		/* watch.c: ids of customers, or NULL */
	bool touched_all;
	bool looked;			/* for others' writes, in this transaction */
	int64_t data_version;		/* SQLite's, when it was looked at last */
	int64_t apart;			/* store_payment_apart */
};

/* ---- statement.c ---------------------------------------------------------- */

/* Keeps the sentence and gives the status back. */
enum store_status fail(struct store *store, enum store_status status,
    const char *format, ...) G_GNUC_PRINTF(3, 4);
/* The status and sentence of SQLite's last failure; rc its result code. */
enum store_status fail_sqlite(struct store *store, int rc);

/* The statement of this text, reset, without bindings; NULL on failure, which
 * everything below passes on. The text is a literal, known by its place: it
 * is not read again. */
sqlite3_stmt *statement(struct store *store, const char *sql);
/* The same for a text that is put together, known by what it says. */
sqlite3_stmt *statement_built(struct store *store, const char *sql);
void bind_int(sqlite3_stmt *stmt, const char *name, int64_t value);
void bind_id(sqlite3_stmt *stmt, const char *name, int64_t id); /* 0: NULL */
void bind_text(sqlite3_stmt *stmt, const char *name, const char *text);

/* STORE_OK: a row; STORE_NONE: no more rows (and the statement is reset). */
enum store_status step(struct store *store, sqlite3_stmt *stmt);
/* First row only; reset before return unless STORE_OK. */
enum store_status run(struct store *store, sqlite3_stmt *stmt);
/* The first column of the only row. */
enum store_status run_int(struct store *store, sqlite3_stmt *stmt,
    int64_t *value);
/* Any SQL without result. */
enum store_status execute(struct store *store, const char *sql);
char *column_string(sqlite3_stmt *stmt, int column);

/* ---- fields ------------------------------------------------------------- */

enum field_type { FIELD_TEXT, FIELD_INT, FIELD_INT64, FIELD_ID, FIELD_BOOL, FIELD_REAL };

struct field {
	const char *name;	/* of the parameter, ":key" */
	enum field_type type;
	size_t offset;
};
#define FIELD(structure, kind, member) \
	{ ":" #member, FIELD_##kind, offsetof(struct structure, member) }

/* Columns of the row in the table's order, from the first one on. */
void fields_read(const struct field *fields, size_t count, sqlite3_stmt *row,
    void *object);
/* Binds those that the statement names. */
void fields_bind(const struct field *fields, size_t count, sqlite3_stmt *stmt,
    const void *object);
bool fields_equal(const struct field *fields, size_t count, const void *a,
    const void *b);
void fields_free(const struct field *fields, size_t count, void *object);

/* How a row of an entity becomes a structure. */
typedef void *read_row(sqlite3_stmt *row);
enum store_status read_one(struct store *store, sqlite3_stmt *stmt,
    read_row *read, void **out);
enum store_status read_list(struct store *store, sqlite3_stmt *stmt,
    read_row *read, GDestroyNotify destroy, GPtrArray **out);

/* ---- transactions (open.c) ------------------------------------------------ */

/* A verb's own transaction, or a savepoint inside the caller's. */
enum store_status verb_begin(struct store *store, bool *own);
/* Keeps what was done when status is OK, KNOWN, NONE or CONFLICT. */
enum store_status verb_end(struct store *store, bool own,
    enum store_status status);
/* The same for a verb that writes by one statement, its last: that leaves
 * nothing behind when it fails, so that no savepoint is needed. */
enum store_status verb_begin_one(struct store *store, bool *own);
enum store_status verb_end_one(struct store *store, bool own,
    enum store_status status);
/* One statement that writes, as a verb of its own. STORE_NONE when it
 * changed no row. */
enum store_status write_one(struct store *store, sqlite3_stmt *stmt);

/* lock.c */
enum store_status lock_take(struct store *store);
void lock_release(struct store *store);
const char *filesystem_refused(long type);	/* its name, or NULL */
enum store_status filesystem_check(struct store *store);
enum store_status folder_sync(struct store *store);

/* migrate.c */
int schema_version(void);
enum store_status schema_create(struct store *store);
enum store_status schema_migrate(struct store *store, int from);
/* A database made by all migrations only: for the test. */
enum store_status schema_replay(struct store *store);

/* ---- long runs of writes (bulk.c) ----------------------------------------- */

/* Takes a key of an invoice to be written with the others, in order. */
enum store_status bulk_key(struct store *store, const char *key,
    int64_t invoice);
/* The sums over a customer's lessons are made at the end. */
void bulk_learned(struct store *store, int64_t customer);
void bulk_free(struct bulk *bulk);	/* NULL allowed */

/* lesson_sum.c: all sums over these customers' lessons anew, none of which
 * was dropped since they were made last. */
enum store_status lesson_sum(struct store *store, const int64_t *customers,
    guint n);

/* ---- who keeps what was read (watch.c) ------------------------------------- */

void touch(struct store *store, int64_t customer);
void touch_all(struct store *store);

/* ---- balances (balance.c) ------------------------------------------------- */

enum store_status balance_payment(struct store *store, int64_t payment);
enum store_status balance_invoice(struct store *store, int64_t invoice);
/* All that a payment's allocations touch. */
enum store_status balance_payment_invoices(struct store *store,
    int64_t payment);

/* ---- reports (report.c, compare.c) ---------------------------------------- */

struct report_row {		/* a stored report */
	int64_t id;
	char *key;
	bool given;		/* key came from the caller */
	enum channel channel;
	enum trust trust;
	bool settles;
	bool standing;		/* in conflict: counts for nothing */
	char *document;
	int64_t position;
	char *message_id, *signature, *content;
	char *currency;
	int64_t amount;
	char *booked, *value, *account, *payer, *payer_account, *remittance,
	    *reference, *bank_reference, *end_to_end_id, *bank;
	int64_t arrived;
	int64_t charges, instructed;
	char *instructed_currency, *exchange_rate;
	int64_t payment;
};

/* compare.c: pure */
bool account_compatible(const char *a, const char *b);
bool text_compatible(const char *a, const char *b);
/* 0: not the same transaction; else the better the higher. */
int report_agreement(const struct report_row *a, const struct report_row *b);
/* Two documents of one channel that tell of the same transaction? */
bool report_overlap(const struct report_row *a, const struct report_row *b);
bool report_same_content(const struct report_row *a,
    const struct report_row *b);
/* Order in which reports have a say, strongest first. */
int report_compare(const void *a, const void *b);
char *text_folded(const char *text);
const char *id_known(const char *id);	/* NULL for NOTPROVIDED and its like */

/* journal.c: hex SHA-256 over the previous hash and all of the entry. */
char *journal_hash(const char *previous, const struct journal_entry *entry);

/* row.c: report rows from what the caller says and from the store */
struct report_row *report_row_new(const struct report *report);
void report_row_free(struct report_row *row);
enum store_status report_row_insert(struct store *store,
    struct report_row *row);
/* Every report with this one's source, Message-ID, signature, id or key. */
enum store_status report_rows_related(struct store *store,
    const struct report_row *row, GPtrArray **out);
/* Of a payment, those in conflict left out. */
enum store_status report_rows_of(struct store *store, int64_t payment,
    GPtrArray **out);
/* Of all payments of this amount around this day, by payment. */
enum store_status report_rows_near(struct store *store,
    const struct report_row *row, GPtrArray **out);

struct report_move {		/* a report that belongs to another payment */
	int64_t report, from, to;
};
enum store_status report_move(struct store *store,
    const struct report_move *move);

/* pairing.c: where a new report goes among near ones (report_rows_near), and
 * which of those move. Payment 0: a new one. False: undecided. */
bool pairing_place(const GPtrArray *near, struct report_row *row,
    GArray *moves);

/* ledger.c: a payment is what its reports say together */
enum store_status payment_create(struct store *store,
    const struct report_row *row, int64_t *id);
enum store_status payment_refresh(struct store *store, int64_t id);
/* Gives its key free, before several payments exchange theirs. */
enum store_status payment_forget_key(struct store *store, int64_t id);

/* ---- invoice_document.c ------------------------------------------------------ */

enum store_status document_put(struct store *store, int64_t invoice,
    const char *document);		/* NULL: nothing is done */
/* invoice.c: adds keys that find an invoice; NULL: none. */
enum store_status keys_put(struct store *store, int64_t invoice,
    const char *const *keys);
/* Fills invoice->document. */
enum store_status document_get(struct store *store, struct invoice *invoice);

#endif
