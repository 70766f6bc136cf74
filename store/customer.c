/*
 * customer.c - who owes: master data, payment accounts, words of the name.
 */
#include "internal.h"

#define COLUMNS "id, key, name, contact, salutation, email, copy, language, " \
	"country, currency, timezone, policy, address, tax_id, terms_days, " \
	"po_required, undelivered, withholding_bp, business, party, billing"

static const struct field fields[] = {
	FIELD(customer, INT64, id), FIELD(customer, TEXT, key),
	FIELD(customer, TEXT, name), FIELD(customer, TEXT, contact),
	FIELD(customer, TEXT, salutation), FIELD(customer, TEXT, email),
	FIELD(customer, TEXT, copy), FIELD(customer, TEXT, language),
	FIELD(customer, TEXT, country), FIELD(customer, TEXT, currency),
	FIELD(customer, TEXT, timezone), FIELD(customer, TEXT, policy),
	FIELD(customer, TEXT, address), FIELD(customer, TEXT, tax_id),
	FIELD(customer, INT, terms_days), FIELD(customer, BOOL, po_required),
	FIELD(customer, INT64, undelivered),
	FIELD(customer, INT, withholding_bp), FIELD(customer, BOOL, business),
	FIELD(customer, TEXT, party), FIELD(customer, TEXT, billing),
};
#define COUNT G_N_ELEMENTS(fields)

void
customer_free(struct customer *customer)
{
	if (!customer)
		return;
	fields_free(fields, COUNT, customer);
	trial_free(customer->trial);
	g_free(customer);
}

static void *
customer_read(sqlite3_stmt *row)
{
	struct customer *customer = g_new0(struct customer, 1);

	fields_read(fields, COUNT, row, customer);
	return customer;
}

static void
bind_folded(sqlite3_stmt *stmt, const char *name, const char *text)
{
	g_autofree char *folded = text ? text_folded(text) : NULL;

	bind_text(stmt, name, folded);
}

static enum store_status
write_customer(struct store *store, struct customer *customer,
    const char *sql)
{
	sqlite3_stmt *stmt = statement(store, sql);
	enum store_status status;

	fields_bind(fields, COUNT, stmt, customer);
	bind_folded(stmt, ":key_folded", customer->key);
	bind_folded(stmt, ":name_folded", customer->name);
	bind_folded(stmt, ":email_folded", customer->email);
	touch_all(store);
	status = run(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
by_key(struct store *store, const char *key, struct customer **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM customer WHERE key = :key");
	enum store_status status;

	bind_text(stmt, ":key", key);
	status = read_one(store, stmt, customer_read, &found);
	if (!status)
		*out = found;
	return status;
}

static enum store_status
put(struct store *store, struct customer *customer)
{
	struct customer *old = NULL;
	enum store_status status = by_key(store, customer->key, &old);

	if (status == STORE_NONE) {
		status = write_customer(store, customer, "INSERT INTO customer"
		    " (key, name, contact, salutation, email, copy, language,"
		    " country, currency, timezone, policy, address, tax_id,"
		    " terms_days, po_required, undelivered, withholding_bp,"
		    " business, party, billing, key_folded, name_folded, email_folded) VALUES (:key, :name, :contact,"
		    " :salutation, :email, :copy, :language, :country,"
		    " :currency, :timezone, :policy, :address, :tax_id,"
		    " :terms_days, :po_required, :undelivered,"
		    " :withholding_bp, :business, :party, :billing, :key_folded, :name_folded,"
		    " :email_folded)");
		if (!status)
			customer->id = sqlite3_last_insert_rowid(store->db);
		return status;
	}
	if (status)
		return status;
	customer->id = old->id;
	/* A new address was never undeliverable; the same one still is. */
	customer->undelivered = g_strcmp0(customer->email, old->email) ?
	    0 : old->undelivered;
	if (fields_equal(fields, COUNT, customer, old))
		status = STORE_KNOWN;
	else
		status = write_customer(store, customer, "UPDATE customer SET"
		    " key = :key, name = :name, contact = :contact,"
		    " salutation = :salutation, email = :email, copy = :copy,"
		    " language = :language, country = :country,"
		    " currency = :currency, timezone = :timezone,"
		    " policy = :policy, address = :address, tax_id = :tax_id,"
		    " terms_days = :terms_days, po_required = :po_required,"
		    " undelivered = :undelivered,"
		    " withholding_bp = :withholding_bp,"
		    " business = :business, party = :party,"
		    " billing = :billing,"
		    " key_folded = :key_folded,"
		    " name_folded = :name_folded,"
		    " email_folded = :email_folded WHERE id = :id");
	customer_free(old);
	return status;
}

enum store_status
store_customer_put(struct store *store, struct customer *customer)
{
	bool own;
	enum store_status status;

	if (!customer->key || !customer->name)
		return fail(store, STORE_INVALID,
		    "a customer needs an id and a name");
	status = verb_begin(store, &own);
	if (status)
		return status;
	return verb_end(store, own, put(store, customer));
}

enum store_status
store_customer_get(struct store *store, int64_t id, struct customer **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM customer WHERE id = :id");
	enum store_status status;

	bind_int(stmt, ":id", id);
	status = read_one(store, stmt, customer_read, &found);
	if (!status)
		*out = found;
	if (!status && store_trial_of(store, id, &(*out)->trial) > STORE_NONE)
		status = store->failed;
	return status;
}

/* In this order; a name or an address of two customers finds nobody. */
static const char *const finders[] = {
	"SELECT " COLUMNS " FROM customer WHERE key = :exact",
	"SELECT " COLUMNS " FROM customer WHERE key_folded = :text LIMIT 2",
	"SELECT " COLUMNS " FROM customer WHERE name_folded = :text LIMIT 2",
	"SELECT " COLUMNS " FROM customer WHERE email_folded = :text LIMIT 2",
};

enum store_status
store_customer_find(struct store *store, const char *text,
    struct customer **out)
{
	g_autofree char *folded = text_folded(text);

	for (size_t i = 0; i < G_N_ELEMENTS(finders); i++) {
		g_autoptr(GPtrArray) found = NULL;
		sqlite3_stmt *stmt = statement(store, finders[i]);
		enum store_status status;

		bind_text(stmt, i == 0 ? ":exact" : ":text",
		    i == 0 ? text : folded);
		status = read_list(store, stmt, customer_read,
		    (GDestroyNotify)customer_free, &found);
		if (status)
			return status;
		if (found->len > 1)
			return fail(store, STORE_NONE, "“%s” is said of several "
			    "customers; name one by its id", text);
		if (found->len == 1) {
			*out = g_ptr_array_steal_index(found, 0);
			return STORE_OK;
		}
	}
	return fail(store, STORE_NONE, "there is no customer “%s”", text);
}

enum store_status
store_customer_find_domain(struct store *store, const char *domain,
    int limit, GPtrArray **out)
{
	g_autofree char *folded = text_folded(domain);
	sqlite3_stmt *stmt = statement(store, "SELECT " COLUMNS
	    " FROM customer WHERE"
	    " substr(email_folded, instr(email_folded, '@') + 1) = :domain"
	    " ORDER BY id LIMIT :limit");

	bind_text(stmt, ":domain", folded);
	bind_int(stmt, ":limit", limit);
	return read_list(store, stmt, customer_read,
	    (GDestroyNotify)customer_free, out);
}

enum store_status
store_customer_list(struct store *store, GPtrArray **out)
{
	return read_list(store, statement(store,
	    "SELECT " COLUMNS " FROM customer ORDER BY id"),
	    customer_read, (GDestroyNotify)customer_free, out);
}

enum store_status
store_customer_set_undelivered(struct store *store, int64_t id, int64_t at)
{
	sqlite3_stmt *stmt = statement(store,
	    "UPDATE customer SET undelivered = :at WHERE id = :id");

	touch(store, id);
	bind_int(stmt, ":at", at);
	bind_int(stmt, ":id", id);
	return write_one(store, stmt);
}

/* ---- what leads to a customer --------------------------------------------- */

enum store_status
store_customer_add_account(struct store *store, int64_t customer,
    const char *account, enum source source)
{
	sqlite3_stmt *stmt;
	enum store_status status;

	if (source == SOURCE_LEARNED)
		return fail(store, STORE_INVALID,
		    "what is learned comes with its lesson");
	stmt = statement(store,
	    "INSERT INTO customer_account (account, customer, source, count,"
	    " own) VALUES (:account, :customer, :source, 0, 0)"
	    " ON CONFLICT (account, customer) DO UPDATE"
	    " SET source = :source WHERE :source < source");
	bind_text(stmt, ":account", account);
	bind_int(stmt, ":customer", customer);
	bind_int(stmt, ":source", source);
	status = write_one(store, stmt);
	return status == STORE_NONE ? STORE_KNOWN : status;
}

static enum store_status
set_words(struct store *store, int64_t customer, const char *const *words)
{
	sqlite3_stmt *stmt = statement(store,
	    "DELETE FROM customer_word WHERE customer = :customer");
	enum store_status status;

	touch_all(store);
	bind_int(stmt, ":customer", customer);
	status = run(store, stmt);
	for (; status == STORE_NONE && words && *words; words++) {
		stmt = statement(store,
		    "INSERT INTO customer_word (word, customer)"
		    " VALUES (:word, :customer) ON CONFLICT DO NOTHING");
		bind_text(stmt, ":word", *words);
		bind_int(stmt, ":customer", customer);
		status = run(store, stmt);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_customer_set_words(struct store *store, int64_t customer,
    const char *const *words)
{
	bool own;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	return verb_end(store, own, set_words(store, customer, words));
}

enum store_status
store_customer_words_kept(struct store *store)
{
	int64_t missing;
	enum store_status status = run_int(store, statement(store,
	    "SELECT EXISTS (SELECT 1 FROM customer)"
	    " AND NOT EXISTS (SELECT 1 FROM customer_word)"), &missing);

	return status == STORE_OK && missing ? STORE_NONE : status;
}

static void *
party_read(sqlite3_stmt *row)
{
	struct party *party = g_new0(struct party, 1);
	const char *last = (const char *)sqlite3_column_text(row, 4);

	party->customer = sqlite3_column_int64(row, 0);
	party->count = sqlite3_column_int(row, 1);
	party->source = (enum source)sqlite3_column_int(row, 2);
	party->own = sqlite3_column_int(row, 3);
	g_strlcpy(party->last, last ? last : "", sizeof(party->last));
	if (sqlite3_column_count(row) > 5)
		party->account = column_string(row, 5);
	return party;
}

static void
party_free(void *data)
{
	struct party *party = data;

	g_free(party->account);
	g_free(party);
}

enum store_status
store_party_by_account_tail(struct store *store, const char *tail, int limit,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT customer, count, source, own, last, account"
	    " FROM customer_account WHERE substr(account, -4) = :tail"
	    " ORDER BY account, customer LIMIT :limit");

	bind_text(stmt, ":tail", tail);
	bind_int(stmt, ":limit", limit);
	return read_list(store, stmt, party_read, party_free, out);
}

enum store_status
store_party_by_account(struct store *store, const char *account,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT customer, count, source, own, last FROM customer_account"
	    " WHERE account = :account ORDER BY customer");

	bind_text(stmt, ":account", account);
	return read_list(store, stmt, party_read, party_free, out);
}

enum store_status
store_party_by_alias(struct store *store, const char *alias, int limit,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT customer, count, 2, 0, last FROM customer_alias"
	    " WHERE alias = :alias ORDER BY customer LIMIT :limit");

	bind_text(stmt, ":alias", alias);
	bind_int(stmt, ":limit", limit);
	return read_list(store, stmt, party_read, party_free, out);
}

enum store_status
store_party_by_word(struct store *store, const char *word, int limit,
    GArray *out)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT customer FROM customer_word WHERE word = :word"
	    " LIMIT :limit");
	enum store_status status;

	bind_text(stmt, ":word", word);
	bind_int(stmt, ":limit", limit);
	while ((status = step(store, stmt)) == STORE_OK) {
		int64_t id = sqlite3_column_int64(stmt, 0);

		g_array_append_val(out, id);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_customer_span(struct store *store, int64_t *span)
{
	return run_int(store, statement(store,
	    "SELECT coalesce(max(id), 0) FROM customer"), span);
}
