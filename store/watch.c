/*
 * watch.c - of which customers something was written, for those who keep what
 * they have read. SQLite tells when another process has written.
 */
#include "internal.h"

void
store_watch(struct store *store, bool on)
{
	g_clear_pointer(&store->touched, g_hash_table_destroy);
	if (on)
		store->touched = g_hash_table_new_full(g_int64_hash,
		    g_int64_equal, g_free, NULL);
	store->touched_all = on;
	store->looked = false;
}

void
touch(struct store *store, int64_t customer)
{
	if (store->touched)
		g_hash_table_add(store->touched,
		    g_memdup2(&customer, sizeof customer));
}

void
touch_all(struct store *store)
{
	store->touched_all = true;
}

/* Inside a transaction nobody else writes: once is enough. */
static enum store_status
look(struct store *store)
{
	int64_t version = 0;
	enum store_status status;

	if (store->writing && store->looked)
		return STORE_OK;
	status = run_int(store, statement(store, "PRAGMA data_version"),
	    &version);
	if (status)
		return status == STORE_NONE ? STORE_CORRUPT : status;
	store->touched_all |= version != store->data_version;
	store->data_version = version;
	store->looked = store->writing;
	return STORE_OK;
}

enum store_status
store_changed(struct store *store,
    void (*changed)(int64_t customer, void *user), void *user, bool *all)
{
	GHashTableIter iter;
	void *id;
	enum store_status status = look(store);

	if (status)
		return status;
	*all = store->touched_all;
	store->touched_all = !store->touched;
	if (!store->touched)
		return STORE_OK;
	g_hash_table_iter_init(&iter, store->touched);
	while (g_hash_table_iter_next(&iter, &id, NULL)) {
		if (!*all)
			changed(*(int64_t *)id, user);
		g_hash_table_iter_remove(&iter);
	}
	return STORE_OK;
}
