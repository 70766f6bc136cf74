/*
 * row.c - stored reports: made from the caller's, written, looked up.
 */
#include "internal.h"

#include <string.h>

#define COLUMNS "r.id, r.key, r.given, r.channel, r.trust, r.settles, " \
	"r.standing, r.document, r.position, r.message_id, r.signature, " \
	"r.content, r.currency, r.amount, r.booked, r.value, r.account, " \
	"r.payer, r.payer_account, r.remittance, r.reference, " \
	"r.bank_reference, r.end_to_end_id, r.bank, r.arrived, r.charges, " \
	"r.instructed, r.instructed_currency, r.exchange_rate, rp.payment"

static const struct field fields[] = {
	FIELD(report_row, INT64, id), FIELD(report_row, TEXT, key),
	FIELD(report_row, BOOL, given), FIELD(report_row, INT, channel),
	FIELD(report_row, INT, trust), FIELD(report_row, BOOL, settles),
	FIELD(report_row, BOOL, standing), FIELD(report_row, TEXT, document),
	FIELD(report_row, INT64, position), FIELD(report_row, TEXT, message_id),
	FIELD(report_row, TEXT, signature), FIELD(report_row, TEXT, content),
	FIELD(report_row, TEXT, currency), FIELD(report_row, INT64, amount),
	FIELD(report_row, TEXT, booked), FIELD(report_row, TEXT, value),
	FIELD(report_row, TEXT, account), FIELD(report_row, TEXT, payer),
	FIELD(report_row, TEXT, payer_account),
	FIELD(report_row, TEXT, remittance), FIELD(report_row, TEXT, reference),
	FIELD(report_row, TEXT, bank_reference),
	FIELD(report_row, TEXT, end_to_end_id), FIELD(report_row, TEXT, bank),
	FIELD(report_row, INT64, arrived), FIELD(report_row, INT64, charges),
	FIELD(report_row, INT64, instructed),
	FIELD(report_row, TEXT, instructed_currency),
	FIELD(report_row, TEXT, exchange_rate),
	FIELD(report_row, INT64, payment),
};
#define COUNT G_N_ELEMENTS(fields)

void
report_row_free(struct report_row *row)
{
	if (!row)
		return;
	fields_free(fields, COUNT, row);
	g_free(row);
}

static void *
row_read(sqlite3_stmt *stmt)
{
	struct report_row *row = g_new0(struct report_row, 1);

	fields_read(fields, COUNT, stmt, row);
	return row;
}

/* "DOCUMENT#7" and "DOCUMENT:7" are the seventh of their document. */
static void
split_source(struct report_row *row, const char *source)
{
	const char *mark = strrchr(source, '#');
	char *end;

	if (!mark)
		mark = strrchr(source, ':');
	row->position = mark && g_ascii_isdigit(mark[1]) ?
	    g_ascii_strtoll(mark + 1, &end, 10) : 0;
	if (mark && g_ascii_isdigit(mark[1]) && !*end) {
		row->document = g_strndup(source, (gsize)(mark - source));
		return;
	}
	row->position = 0;
	row->document = g_strdup(source);
}

static void
hash_add(GChecksum *sum, const char *text)
{
	if (text)
		g_checksum_update(sum, (const guchar *)text, -1);
	g_checksum_update(sum, (const guchar *)"\n", 1);
}

static char *
content_hash(const struct payment *payment)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree char *amount = g_strdup_printf("%" PRId64, payment->amount);
	const char *const parts[] = {
		payment->currency, amount, payment->booked, payment->value,
		payment->account, payment->payer, payment->payer_account,
		payment->remittance, payment->reference,
		payment->bank_reference, payment->end_to_end_id
	};

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		hash_add(sum, parts[i]);
	return g_strndup(g_checksum_get_string(sum), 32);
}

/* The same for the same report whenever it comes, another for its twin. */
static char *
make_key(const struct report_row *row)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree char *position = g_strdup_printf("%" PRId64,
	    row->position);

	hash_add(sum, row->content);
	if (!row->bank_reference && !row->end_to_end_id) {
		hash_add(sum, row->document);
		hash_add(sum, position);
	}
	return g_strdup_printf("p%.11s", g_checksum_get_string(sum));
}

struct report_row *
report_row_new(const struct report *report)
{
	const struct payment *said = &report->payment;
	struct report_row *row = g_new0(struct report_row, 1);

	row->content = content_hash(said);
	row->given = said->key != NULL;
	row->channel = report->channel;
	row->trust = said->trust;
	row->settles = report->settles;
	split_source(row, report->source);
	row->message_id = g_strdup(report->message_id);
	row->signature = g_strdup(report->signature);
	row->currency = g_strdup(said->currency);
	row->amount = said->amount;
	row->booked = g_strdup(said->booked);
	row->value = g_strdup(said->value);
	row->account = g_strdup(said->account);
	row->payer = g_strdup(said->payer);
	row->payer_account = g_strdup(said->payer_account);
	row->remittance = g_strdup(said->remittance);
	row->reference = g_strdup(said->reference);
	row->bank_reference = g_strdup(id_known(said->bank_reference));
	row->end_to_end_id = g_strdup(id_known(said->end_to_end_id));
	row->bank = g_strdup(said->bank);
	row->key = said->key ? g_strdup(said->key) : make_key(row);
	row->arrived = said->arrived;
	row->charges = said->charges;
	row->instructed = said->instructed_currency ? said->instructed : 0;
	row->instructed_currency = row->instructed ?
	    g_strdup(said->instructed_currency) : NULL;
	row->exchange_rate = g_strdup(said->exchange_rate);
	return row;
}

static enum store_status
link_payment(struct store *store, const struct report_row *row)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO report_payment (report, payment)"
	    " VALUES (:id, :payment)");
	enum store_status status;

	fields_bind(fields, COUNT, stmt, row);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
report_row_insert(struct store *store, struct report_row *row)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO report (key, given, channel, trust, settles,"
	    " standing, document, position, message_id, signature, content,"
	    " currency, amount, booked, value, account, payer, payer_account,"
	    " remittance, reference, bank_reference, end_to_end_id, bank,"
	    " arrived, charges, instructed, instructed_currency,"
	    " exchange_rate) VALUES (:key, :given, :channel, :trust, :settles,"
	    " :standing, :document, :position, :message_id, :signature,"
	    " :content, :currency, :amount, :booked, :value, :account, :payer,"
	    " :payer_account, :remittance, :reference, :bank_reference,"
	    " :end_to_end_id, :bank, :arrived, :charges,"
	    " :instructed, :instructed_currency, :exchange_rate)");
	enum store_status status;

	fields_bind(fields, COUNT, stmt, row);
	status = run(store, stmt);
	if (status != STORE_NONE)
		return status;
	row->id = sqlite3_last_insert_rowid(store->db);
	return link_payment(store, row);
}

static enum store_status
list(struct store *store, sqlite3_stmt *stmt, const struct report_row *row,
    GPtrArray **out)
{
	fields_bind(fields, COUNT, stmt, row);
	return read_list(store, stmt, row_read,
	    (GDestroyNotify)report_row_free, out);
}

enum store_status
report_rows_related(struct store *store, const struct report_row *row,
    GPtrArray **out)
{
	return list(store, statement(store,
	    "WITH related (id) AS ("
	    "SELECT id FROM report WHERE document = :document"
	    " AND position = :position"
	    " UNION SELECT id FROM report WHERE message_id = :message_id"
	    " UNION SELECT id FROM report WHERE signature = :signature"
	    " UNION SELECT id FROM report"
	    " WHERE bank_reference = :bank_reference"
	    " UNION SELECT id FROM report WHERE :given AND key = :key)"
	    " SELECT " COLUMNS " FROM related CROSS JOIN report r"
	    " ON r.id = related.id CROSS JOIN report_payment rp"
	    " ON rp.report = r.id ORDER BY r.id"), row, out);
}

enum store_status
report_rows_of(struct store *store, int64_t payment, GPtrArray **out)
{
	const struct report_row row = { .payment = payment };

	return list(store, statement(store,
	    "SELECT " COLUMNS " FROM report_payment rp CROSS JOIN report r"
	    " ON r.id = rp.report WHERE rp.payment = :payment"
	    " AND r.standing = 0 ORDER BY r.id"), &row, out);
}

/* Payments that only this document tells of can take nothing more from it:
 * a statement with a hundred thousand equal entries is not read for each of
 * them. For class U, which takes no place, they count. */
enum store_status
report_rows_near(struct store *store, const struct report_row *row,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "WITH related (payment) AS ("
	    "SELECT rp.payment FROM report r CROSS JOIN report_payment rp"
	    " ON rp.report = r.id WHERE r.currency = :currency"
	    " AND r.amount = :amount AND r.document < :other"
	    " AND r.booked BETWEEN date(:booked, '-10 days')"
	    " AND date(:booked, '10 days') AND r.standing = 0"
	    " UNION SELECT rp.payment FROM report r"
	    " CROSS JOIN report_payment rp"
	    " ON rp.report = r.id WHERE r.currency = :currency"
	    " AND r.amount = :amount AND r.document > :other"
	    " AND r.booked BETWEEN date(:booked, '-10 days')"
	    " AND date(:booked, '10 days') AND r.standing = 0)"
	    " SELECT " COLUMNS " FROM related CROSS JOIN report_payment rp"
	    " ON rp.payment = related.payment CROSS JOIN report r"
	    " ON r.id = rp.report WHERE r.standing = 0"
	    " ORDER BY rp.payment, r.id LIMIT 1000");

	bind_text(stmt, ":other", row->trust == TRUST_U ? "" : row->document);
	return list(store, stmt, row, out);
}

enum store_status
report_move(struct store *store, const struct report_move *move)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE report_payment"
	    " SET payment = :payment WHERE report = :report");
	enum store_status status;

	bind_int(stmt, ":payment", move->to);
	bind_int(stmt, ":report", move->report);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}
