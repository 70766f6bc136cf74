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

void
naming_free(struct naming *named)
{
	if (!named)
		return;
	g_free(named->name);
	g_free(named->example);
	g_free(named);
}

static enum store_status
read_named(struct store *store, sqlite3_stmt *stmt, GPtrArray **out)
{
	enum store_status status;

	*out = g_ptr_array_new_with_free_func((GDestroyNotify)naming_free);
	while ((status = step(store, stmt)) == STORE_OK) {
		struct naming *one = g_new0(struct naming, 1);

		one->name = g_strdup((const char *)
		    sqlite3_column_text(stmt, 0));
		one->count = sqlite3_column_int64(stmt, 1);
		one->example = g_strdup((const char *)
		    sqlite3_column_text(stmt, 2));
		g_ptr_array_add(*out, one);
	}
	if (status == STORE_NONE)
		return STORE_OK;
	g_clear_pointer(out, g_ptr_array_unref);
	return status;
}

enum store_status
store_named_policies(struct store *store, GPtrArray **out)
{
	return read_named(store, statement(store,
	    "SELECT policy, sum(n), min(example) FROM ("
	    "SELECT policy, count(*) AS n, min(key) AS example FROM customer"
	    " WHERE policy IS NOT NULL GROUP BY policy UNION ALL"
	    " SELECT policy, count(*), min(number) FROM invoice"
	    " WHERE state = 1 AND policy IS NOT NULL GROUP BY policy)"
	    " GROUP BY policy ORDER BY policy"), out);
}

enum store_status
store_named_countries(struct store *store, GPtrArray **out)
{
	return read_named(store, statement(store,
	    "SELECT country, count(*), min(key) FROM customer"
	    " WHERE country IS NOT NULL GROUP BY country ORDER BY country"),
	    out);
}
