/*
 * search.c - what a person looks for by a part of it: ids of open invoices and
 * of customers. These read whole tables; no message causes them.
 */
#include "internal.h"

#include <string.h>

/* "%part%" for LIKE; the escape character is a backslash. */
static char *
pattern_of(const char *part)
{
	GString *out = g_string_new("%");

	for (; *part; part++) {
		if (strchr("%_\\", *part))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *part);
	}
	g_string_append_c(out, '%');
	return g_string_free(out, FALSE);
}

static enum store_status
read_ids(struct store *store, sqlite3_stmt *stmt, GArray **out)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	enum store_status status;

	while ((status = step(store, stmt)) == STORE_OK) {
		int64_t id = sqlite3_column_int64(stmt, 0);

		g_array_append_val(ids, id);
	}
	if (status == STORE_NONE) {
		*out = ids;
		return STORE_OK;
	}
	g_array_unref(ids);
	return status;
}

enum store_status
store_search_number(struct store *store, const char *part, int limit,
    GArray **ids)
{
	g_autofree char *pattern = pattern_of(part);
	sqlite3_stmt *stmt = statement(store,
	    "SELECT id FROM invoice WHERE state = 1 AND (number LIKE :pattern"
	    " ESCAPE '\\' OR reference LIKE :pattern ESCAPE '\\')"
	    " ORDER BY due, id LIMIT :limit");

	bind_text(stmt, ":pattern", pattern);
	bind_int(stmt, ":limit", limit);
	return read_ids(store, stmt, ids);
}

enum store_status
store_search_amount(struct store *store, const char *currency,
    int64_t amount, int limit, GArray **ids)
{
	sqlite3_stmt *stmt = statement(store,
	    "SELECT id FROM invoice WHERE state = 1 AND currency = :currency"
	    " AND open = :amount ORDER BY due, id LIMIT :limit");

	bind_text(stmt, ":currency", currency);
	bind_int(stmt, ":amount", amount);
	bind_int(stmt, ":limit", limit);
	return read_ids(store, stmt, ids);
}

enum store_status
store_search_customer(struct store *store, const char *part, int limit,
    GArray **ids)
{
	g_autofree char *folded = text_folded(part);
	g_autofree char *pattern = pattern_of(folded);
	sqlite3_stmt *stmt = statement(store,
	    "SELECT id FROM customer WHERE name_folded LIKE :pattern"
	    " ESCAPE '\\' OR key_folded = :folded ORDER BY name_folded, id"
	    " LIMIT :limit");

	bind_text(stmt, ":pattern", pattern);
	bind_text(stmt, ":folded", folded);
	bind_int(stmt, ":limit", limit);
	return read_ids(store, stmt, ids);
}
