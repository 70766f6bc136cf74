/*
 * question.c - words to the owner, and earlier matches made by hand.
 */
#include "internal.h"

#define COLUMNS "id, code, customer, invoice, payment, letter, text, at, " \
	"answered"

static const struct field fields[] = {
	FIELD(question, INT64, id), FIELD(question, TEXT, code),
	FIELD(question, ID, customer), FIELD(question, ID, invoice),
	FIELD(question, ID, payment), FIELD(question, ID, letter),
	FIELD(question, TEXT, text), FIELD(question, INT64, at),
	FIELD(question, INT64, answered),
};
#define COUNT G_N_ELEMENTS(fields)

static const struct field history_fields[] = {
	FIELD(history, TEXT, invoice), FIELD(history, TEXT, customer),
	FIELD(history, TEXT, invoiced), FIELD(history, TEXT, paid),
	FIELD(history, TEXT, currency), FIELD(history, TEXT, payer),
	FIELD(history, TEXT, payer_account), FIELD(history, INT64, amount),
};

void
question_free(struct question *question)
{
	if (!question)
		return;
	fields_free(fields, COUNT, question);
	g_free(question);
}

static void *
question_read(sqlite3_stmt *row)
{
	struct question *question = g_new0(struct question, 1);

	fields_read(fields, COUNT, row, question);
	return question;
}

enum store_status
store_question_add(struct store *store, struct question *question)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO question (code, customer, invoice, payment, letter,"
	    " text, at, answered) VALUES (:code, :customer, :invoice, :payment,"
	    " :letter, :text, :at, 0) ON CONFLICT DO NOTHING");
	enum store_status status;

	fields_bind(fields, COUNT, stmt, question);
	status = write_one(store, stmt);
	if (status == STORE_OK)
		question->id = sqlite3_last_insert_rowid(store->db);
	return status == STORE_NONE ? STORE_KNOWN : status;
}

enum store_status
store_question_find(struct store *store, const struct question *like,
    struct question **out)
{
	/* as the index of open questions has it */
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS
	    " FROM question WHERE code = :code"
	    " AND coalesce(customer, 0) = :of_customer"
	    " AND coalesce(invoice, 0) = :of_invoice AND answered = 0"
	    " ORDER BY id DESC LIMIT 1");
	void *found = NULL;
	enum store_status status;

	bind_text(stmt, ":code", like->code);
	bind_int(stmt, ":of_customer", like->customer);
	bind_int(stmt, ":of_invoice", like->invoice);
	status = read_one(store, stmt, question_read, &found);
	if (status == STORE_OK)
		*out = found;
	return status;
}

enum store_status
store_question_count(struct store *store, const char *code, int64_t *count)
{
	sqlite3_stmt *stmt = statement(store, "SELECT count(*) FROM question"
	    " WHERE code = :code AND answered = 0");

	bind_text(stmt, ":code", code);
	return run_int(store, stmt, count);
}

enum store_status
store_question_answer(struct store *store, int64_t id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE question"
	    " SET answered = :at WHERE id = :id AND answered = 0");

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

enum store_status
store_question_answer_payment(struct store *store, int64_t payment,
    int64_t at)
{
	sqlite3_stmt *stmt = statement(store, "UPDATE question"
	    " SET answered = :at WHERE payment = :payment AND answered = 0");

	bind_int(stmt, ":at", at);
	bind_int(stmt, ":payment", payment);
	return write_one(store, stmt);
}

enum store_status
store_question_answer_code(struct store *store, int64_t payment,
    const char *code, int64_t at)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE question SET answered = :at WHERE payment = :payment"
	    " AND code = :code AND answered = 0");

	bind_int(stmt, ":payment", payment);
	bind_text(stmt, ":code", code);
	bind_int(stmt, ":at", at);
	return write_one(store, stmt);
}

enum store_status
store_question_answer_invoice(struct store *store, int64_t customer,
    int64_t invoice, const char *code, int64_t at)
{
	/* as the index of open questions has it */
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE question SET answered = :at WHERE code = :code"
	    " AND coalesce(customer, 0) = :customer"
	    " AND coalesce(invoice, 0) = :invoice AND answered = 0");

	bind_int(stmt, ":customer", customer);
	bind_int(stmt, ":invoice", invoice);
	bind_text(stmt, ":code", code);
	bind_int(stmt, ":at", at);
	return write_one(store, stmt);
}

enum store_status
store_question_was(struct store *store, const char *code, int64_t customer,
    int64_t invoice, bool *was)
{
	sqlite3_stmt *stmt = statement(store, "SELECT 1 FROM question"
	    " WHERE customer = :customer AND code = :code AND"
	    " iif(:invoice IS NULL, answered = 0, invoice = :invoice) LIMIT 1");
	enum store_status status;

	bind_int(stmt, ":customer", customer);
	bind_text(stmt, ":code", code);
	bind_id(stmt, ":invoice", invoice);
	status = run(store, stmt);
	*was = status == STORE_OK;
	if (*was)
		sqlite3_reset(stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_question_list(struct store *store, bool open_only, GPtrArray **out)
{
	return read_list(store, statement(store, open_only ?
	    "SELECT " COLUMNS " FROM question WHERE answered = 0 ORDER BY id" :
	    "SELECT " COLUMNS " FROM question ORDER BY id"),
	    question_read, (GDestroyNotify)question_free, out);
}

char *
store_history_name(const struct history *history)
{
	return g_strdup_printf("%s|%s|%s|%s|%s|%s|%s|%" PRId64,
	    history->invoice ? history->invoice : "",
	    history->customer ? history->customer : "",
	    history->invoiced ? history->invoiced : "",
	    history->paid ? history->paid : "",
	    history->currency ? history->currency : "",
	    history->payer ? history->payer : "",
	    history->payer_account ? history->payer_account : "",
	    history->amount);
}

enum store_status
store_history_add(struct store *store, const struct history *history)
{
	g_autofree char *content = store_history_name(history);
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO history (content, invoice, customer, invoiced, paid,"
	    " currency, payer, payer_account, amount) VALUES (:content,"
	    " :invoice, :customer, :invoiced, :paid, :currency, :payer,"
	    " :payer_account, :amount) ON CONFLICT DO NOTHING");
	enum store_status status;

	fields_bind(history_fields, G_N_ELEMENTS(history_fields), stmt,
	    history);
	bind_text(stmt, ":content", content);
	status = write_one(store, stmt);
	return status == STORE_NONE ? STORE_KNOWN : status;
}
