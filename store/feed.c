/*
 * feed.c - our bank accounts as sources of evidence: when each last spoke.
 */
#include "internal.h"

#define COLUMNS "account, heard, through, drift, closing_currency, " \
	"closing, closed, coalesce(sequence, 0), missing"
#define TABLES "feed LEFT JOIN feed_statement USING (account)"

static const struct field fields[] = {
	FIELD(feed, TEXT, account), FIELD(feed, INT64, heard),
	FIELD(feed, TEXT, through), FIELD(feed, INT64, drift),
	FIELD(feed, TEXT, closing_currency), FIELD(feed, INT64, closing),
	FIELD(feed, TEXT, closed), FIELD(feed, INT64, sequence),
	FIELD(feed, TEXT, missing),
};
#define COUNT G_N_ELEMENTS(fields)

void
feed_free(struct feed *feed)
{
	if (!feed)
		return;
	fields_free(fields, COUNT, feed);
	g_free(feed);
}

static void *
feed_read(sqlite3_stmt *row)
{
	struct feed *feed = g_new0(struct feed, 1);

	fields_read(fields, COUNT, row, feed);
	return feed;
}

enum store_status
store_feed_heard(struct store *store, const char *account, int64_t at)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO feed (account, heard, drift, closing)"
	    " VALUES (:account, :at, 0, 0) ON CONFLICT (account) DO UPDATE"
	    " SET heard = max(heard, :at)");

	bind_text(stmt, ":account", account);
	bind_int(stmt, ":at", at);
	return write_one(store, stmt);
}

/* Only the latest statement's number counts, and what was missing has come
 * when the statements reach that far. */
static enum store_status
number_statement(struct store *store, const char *account,
    const char *closed, int64_t sequence)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO feed_statement (account, sequence)"
	    " SELECT account, :sequence FROM feed WHERE account = :account"
	    " AND closed = :closed ON CONFLICT (account) DO UPDATE"
	    " SET sequence = :sequence,"
	    " missing = iif(missing_day > :closed, missing, NULL)");
	enum store_status status;

	bind_text(stmt, ":account", account);
	bind_text(stmt, ":closed", closed);
	bind_int(stmt, ":sequence", sequence);
	status = write_one(store, stmt);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
store_feed_missing(struct store *store, const char *account, const char *day,
    const char *why)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO feed_statement (account, sequence, missing,"
	    " missing_day) VALUES (:account, 0, :why, :day)"
	    " ON CONFLICT (account) DO UPDATE SET missing = :why,"
	    " missing_day = :day");

	bind_text(stmt, ":account", account);
	bind_text(stmt, ":day", day);
	bind_text(stmt, ":why", why);
	return write_one(store, stmt);
}

enum store_status
store_feed_statement(struct store *store, const char *account,
    const char *closed, const char *currency, int64_t closing,
    int64_t sequence, int64_t at)
{
	enum store_status status;
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO feed (account, heard, through, drift,"
	    " closing_currency, closing, closed) VALUES (:account, :at,"
	    " :closed, 0, :currency, :closing, :closed)"
	    " ON CONFLICT (account) DO UPDATE SET heard = max(heard, :at),"
	    " closing_currency = iif(:closed >= coalesce(closed, ''),"
	    " :currency, closing_currency),"
	    " closing = iif(:closed >= coalesce(closed, ''), :closing,"
	    " closing), through = max(coalesce(through, ''), :closed),"
	    " closed = max(coalesce(closed, ''), :closed)");

	bind_text(stmt, ":account", account);
	bind_text(stmt, ":closed", closed);
	bind_text(stmt, ":currency", currency);
	bind_int(stmt, ":closing", closing);
	bind_int(stmt, ":at", at);
	status = write_one(store, stmt);
	return status == STORE_OK ? number_statement(store, account, closed,
	    sequence) : status;
}

enum store_status
store_feed_drift(struct store *store, const char *account, int64_t since)
{
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO feed (account, heard, drift, closing)"
	    " VALUES (:account, 0, :since, 0) ON CONFLICT (account) DO UPDATE"
	    " SET drift = iif(:since = 0 OR drift = 0 OR drift < heard,"
	    " :since, min(drift, :since))");

	bind_text(stmt, ":account", account);
	bind_int(stmt, ":since", since);
	return write_one(store, stmt);
}

enum store_status
store_feed_get(struct store *store, const char *account, struct feed **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store,
	    "SELECT " COLUMNS " FROM " TABLES " WHERE account = :account");
	enum store_status status;

	bind_text(stmt, ":account", account);
	status = read_one(store, stmt, feed_read, &found);
	if (!status)
		*out = found;
	return status;
}

enum store_status
store_feed_list(struct store *store, GPtrArray **out)
{
	return read_list(store, statement(store,
	    "SELECT " COLUMNS " FROM " TABLES " ORDER BY account"),
	    feed_read, (GDestroyNotify)feed_free, out);
}
