/*
 * bulk.c - a long run of writes in one transaction. Keys of invoices are kept
 * and written in their order, page after page instead of here and there; in
 * an empty table of invoices the indexes are made at the end, each in one
 * sorted pass; sums over lessons once for each customer. All of it is inside the transaction: a power cut leaves the
 * store as it was before.
 */
#include "internal.h"

#include <string.h>

#define KEPT_MAX 2000000	/* keys, about 80 MB */
#define LEARNED_EACH 500	/* customers whose lessons are summed at once */

struct kept {			/* a key of an invoice */
	uint64_t head;		/* its first eight bytes, as they sort */
	int64_t invoice;
	size_t at;		/* of the text */
};

struct bulk {
	GArray *keys;		/* struct kept */
	GByteArray *text;	/* of the keys, each with its zero */
	GPtrArray *indexes;	/* char *: how to make them again */
	GArray *learned;	/* int64_t: customers with new lessons */
};

void
bulk_free(struct bulk *bulk)
{
	if (!bulk)
		return;
	g_array_unref(bulk->keys);
	g_byte_array_unref(bulk->text);
	g_ptr_array_unref(bulk->indexes);
	g_array_unref(bulk->learned);
	g_free(bulk);
}

/* ---- keys ------------------------------------------------------------------ */

static uint64_t
head_of(const char *key)
{
	uint64_t head = 0;

	for (int i = 0; i < 8; i++) {
		head = head << 8 | (unsigned char)*key;
		key += *key != '\0';
	}
	return head;
}


static int
compare_keys(const void *a, const void *b, void *text)
{
	const struct kept *x = a, *y = b;
	int order;

	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	order = strcmp((const char *)text + x->at, (const char *)text + y->at);
	return order ? order : x->invoice < y->invoice ? -1 :
	    x->invoice > y->invoice;
}

static enum store_status
write_keys(struct store *store)
{
	struct bulk *bulk = store->bulk;
	const char *text = (const char *)bulk->text->data;
	sqlite3_stmt *stmt = statement(store,
	    "INSERT INTO invoice_key (key, invoice)"
	    " VALUES (:key, :invoice) ON CONFLICT DO NOTHING");
	enum store_status status = STORE_NONE;

	g_array_sort_with_data(bulk->keys, compare_keys, bulk->text->data);
	for (guint i = 0; status == STORE_NONE && i < bulk->keys->len; i++) {
		const struct kept *kept =
		    &g_array_index(bulk->keys, struct kept, i);

		if (stmt) {
			sqlite3_bind_text(stmt, 1, text + kept->at, -1,
			    SQLITE_STATIC);
			sqlite3_bind_int64(stmt, 2, kept->invoice);
		}
		status = run(store, stmt);
	}
	g_array_set_size(bulk->keys, 0);
	g_byte_array_set_size(bulk->text, 0);
	return status == STORE_NONE ? STORE_OK : status;
}

enum store_status
bulk_key(struct store *store, const char *key, int64_t invoice)
{
	struct bulk *bulk = store->bulk;
	struct kept kept = { head_of(key), invoice, bulk->text->len };

	if (!*key)
		return fail(store, STORE_INVALID, "an invoice has an empty key");
	g_array_append_val(bulk->keys, kept);
	g_byte_array_append(bulk->text, (const guint8 *)key,
	    (guint)strlen(key) + 1);
	return bulk->keys->len < KEPT_MAX ? STORE_OK : write_keys(store);
}

/* ---- lessons ----------------------------------------------------------------- */

void
bulk_learned(struct store *store, int64_t customer)
{
	g_array_append_val(store->bulk->learned, customer);
}

static int
compare_ids(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static enum store_status
sum_lessons(struct store *store)
{
	GArray *list = store->bulk->learned;
	int64_t *ids = (int64_t *)(void *)list->data;
	enum store_status status = STORE_OK;
	guint n = 0;

	g_array_sort(list, compare_ids);
	for (guint i = 0; i < list->len; i++)
		if (n == 0 || ids[i] != ids[n - 1])
			ids[n++] = ids[i];
	for (guint from = 0; !status && from < n; from += LEARNED_EACH)
		status = lesson_sum(store, ids + from,
		    MIN(LEARNED_EACH, n - from));
	return status;
}

/* ---- indexes ---------------------------------------------------------------- */

static void *
text_read(sqlite3_stmt *row)
{
	return column_string(row, 0);
}

/* What keeps a value unique has no text of its own and stays. */
static enum store_status
drop_indexes(struct store *store, GPtrArray *makers)
{
	g_autoptr(GPtrArray) names = NULL, texts = NULL;
	enum store_status status = read_list(store, statement(store,
	    "SELECT name FROM sqlite_schema WHERE type = 'index'"
	    " AND tbl_name = 'invoice' AND sql IS NOT NULL ORDER BY rowid"),
	    text_read, g_free, &names);

	if (!status)
		status = read_list(store, statement(store,
		    "SELECT sql FROM sqlite_schema WHERE type = 'index'"
		    " AND tbl_name = 'invoice' AND sql IS NOT NULL"
		    " ORDER BY rowid"), text_read, g_free, &texts);
	for (guint i = 0; !status && i < names->len; i++) {
		g_autofree char *sql = g_strdup_printf("DROP INDEX \"%s\"",
		    (const char *)names->pdata[i]);

		status = execute(store, sql);
		g_ptr_array_add(makers, g_strdup(texts->pdata[i]));
	}
	return status;
}

static enum store_status
make_indexes(struct store *store, const GPtrArray *makers)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; !status && i < makers->len; i++)
		status = execute(store, makers->pdata[i]);
	return status;
}

/* ---- beginning and end -------------------------------------------------------- */

enum store_status
store_bulk_begin(struct store *store)
{
	enum store_status status;

	if (!store->writing)
		return fail(store, STORE_INVALID, "%s: no transaction is "
		    "under way", store->path);
	if (store->bulk)
		return STORE_OK;
	store->bulk = g_new0(struct bulk, 1);
	store_together(store);
	store->bulk->keys = g_array_new(FALSE, FALSE, sizeof(struct kept));
	store->bulk->text = g_byte_array_new();
	store->bulk->indexes = g_ptr_array_new_with_free_func(g_free);
	store->bulk->learned = g_array_new(FALSE, FALSE, sizeof(int64_t));
	status = run(store, statement(store, "SELECT 1 FROM invoice LIMIT 1"));
	if (status == STORE_NONE)
		status = drop_indexes(store, store->bulk->indexes);
	store->doomed = status != STORE_OK;
	return status;
}

enum store_status
store_bulk_end(struct store *store)
{
	enum store_status status;

	if (!store->bulk)
		return STORE_OK;
	status = write_keys(store);
	if (!status)
		status = sum_lessons(store);
	if (!status)
		status = make_indexes(store, store->bulk->indexes);
	g_clear_pointer(&store->bulk, bulk_free);
	store->together = false;
	store->doomed |= status != STORE_OK;
	return status;
}
