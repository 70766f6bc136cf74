/*
 * invoice_series.c - numbers of invoices: counters without gaps, and what was
 * counted so far.
 */
#include "internal.h"

static const struct field fields[] = {
	FIELD(series, TEXT, series), FIELD(series, INT64, first),
	FIELD(series, INT64, counter),
};
#define COUNT G_N_ELEMENTS(fields)

void
series_free(struct series *series)
{
	if (!series)
		return;
	fields_free(fields, COUNT, series);
	g_free(series);
}

static void *
series_read(sqlite3_stmt *row)
{
	struct series *series = g_new0(struct series, 1);

	fields_read(fields, COUNT, row, series);
	return series;
}

enum store_status
store_series_get(struct store *store, const char *series, struct series **out)
{
	void *found = NULL;
	sqlite3_stmt *stmt = statement(store, "SELECT series, first, counter"
	    " FROM invoice_series WHERE series = :series");
	enum store_status status;

	bind_text(stmt, ":series", series);
	status = read_one(store, stmt, series_read, &found);
	if (!status)
		*out = found;
	return status;
}

enum store_status
store_series_list(struct store *store, GPtrArray **out)
{
	return read_list(store, statement(store, "SELECT series, first,"
	    " counter FROM invoice_series ORDER BY series"), series_read,
	    (GDestroyNotify)series_free, out);
}

enum store_status
store_series_next(struct store *store, const char *series, int64_t first,
    int64_t *counter)
{
	bool own;
	sqlite3_stmt *stmt;
	enum store_status status = verb_begin(store, &own);

	if (status)
		return status;
	stmt = statement(store,
	    "INSERT INTO invoice_series (series, counter, first)"
	    " VALUES (:series, :first, :first)"
	    " ON CONFLICT (series) DO UPDATE SET counter = counter + 1"
	    " RETURNING counter");
	bind_text(stmt, ":series", series);
	bind_int(stmt, ":first", first);
	return verb_end(store, own, run_int(store, stmt, counter));
}

static void *
number_read(sqlite3_stmt *row)
{
	return column_string(row, 0);
}

enum store_status
store_invoice_numbers(struct store *store, const char *prefix,
    GPtrArray **out)
{
	sqlite3_stmt *stmt = statement(store, "SELECT number FROM invoice"
	    " WHERE number >= :prefix AND substr(number, 1, length(:prefix))"
	    " = :prefix AND number < :prefix || char(1114111) ORDER BY number");

	bind_text(stmt, ":prefix", prefix);
	return read_list(store, stmt, number_read, g_free, out);
}
