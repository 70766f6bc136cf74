/*
 * book.c - what matching has read of customers, kept over many payments: a
 * run of thousands meets the same customers and words again and again. The
 * store tells of whom something was written; only that is read anew.
 */
#include "book.h"
#include "names.h"

#define INVOICES_MAX 700000	/* kept; then all is given back */
#define CUSTOMERS_MAX 100000
#define PARTIES_MAX 500000

struct book {
	struct store *store;
	GHashTable *customers;	/* id → struct client */
	GHashTable *words;	/* text → GArray of ids */
	GPtrArray *old;		/* struct client, in use but not true any more */
	guint users, invoices, parties;
};

static void
client_free(void *data)
{
	struct client *known = data;

	customer_free(known->customer);
	name_free(known->name);
	if (known->open)
		g_ptr_array_unref(known->open);
	g_free(known);
}

static void
ids_free(void *data)
{
	g_array_unref(data);
}

struct book *
book_new(struct store *store)
{
	struct book *book = g_new0(struct book, 1);

	book->store = store;
	book->customers = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    NULL, NULL);
	book->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    ids_free);
	book->old = g_ptr_array_new_with_free_func(client_free);
	store_watch(store, true);
	return book;
}

struct store *
book_store(const struct book *book)
{
	return book->store;
}

/* Takes a customer out; whoever uses it keeps it until the end. */
static void
retire(struct book *book, struct client *known)
{
	if (known->open)
		book->invoices -= known->open->len;
	g_hash_table_remove(book->customers, &known->customer->id);
	g_ptr_array_add(book->old, known);
}

static void
forget(int64_t customer, void *user)
{
	struct book *book = user;
	struct client *known = g_hash_table_lookup(book->customers, &customer);

	if (known)
		retire(book, known);
}

/* Words are used only while facts are gathered, customers longer. */
static void
forget_all(struct book *book)
{
	GHashTableIter iter;
	void *known;

	g_hash_table_iter_init(&iter, book->customers);
	while (g_hash_table_iter_next(&iter, NULL, &known)) {
		g_ptr_array_add(book->old, known);
		g_hash_table_iter_remove(&iter);
	}
	g_hash_table_remove_all(book->words);
	book->invoices = book->parties = 0;
}

void
book_free(struct book *book)
{
	if (!book)
		return;
	store_watch(book->store, false);
	forget_all(book);
	g_hash_table_unref(book->customers);
	g_hash_table_unref(book->words);
	g_ptr_array_unref(book->old);
	g_free(book);
}

enum store_status
book_open(struct book *book)
{
	bool all = false;
	enum store_status status = store_changed(book->store, forget, book,
	    &all);

	if (status != STORE_OK)
		return status;
	if (all || book->invoices > INVOICES_MAX ||
	    book->parties > PARTIES_MAX ||
	    g_hash_table_size(book->customers) > CUSTOMERS_MAX)
		forget_all(book);
	if (book->users++ == 0)
		g_ptr_array_set_size(book->old, 0);
	return STORE_OK;
}

void
book_close(struct book *book)
{
	book->users--;
}

enum store_status
book_customer(struct book *book, int64_t id, struct client **out)
{
	struct customer *customer = NULL;
	enum store_status status;

	*out = g_hash_table_lookup(book->customers, &id);
	if (*out)
		return STORE_OK;
	status = store_customer_get(book->store, id, &customer);
	if (status != STORE_OK)
		return status;
	*out = g_new0(struct client, 1);
	(*out)->customer = customer;
	(*out)->name = name_read(customer->name);
	(*out)->company = (*out)->name->company;
	g_hash_table_insert(book->customers, &customer->id, *out);
	return STORE_OK;
}

enum store_status
book_invoices(struct book *book, struct client *known)
{
	enum store_status status;

	if (known->open)
		return STORE_OK;
	status = store_invoice_find_open(book->store, known->customer->id,
	    OPEN_MAX, &known->open);
	if (status == STORE_OK)
		book->invoices += known->open->len;
	return status;
}

enum store_status
book_habits(struct book *book, struct client *known)
{
	if (!known->habits_read)
		known->habits_status = store_habits_get(book->store,
		    known->customer->id, &known->habits);
	known->habits_read = known->habits_status == STORE_OK ||
	    known->habits_status == STORE_NONE;
	return known->habits_status;
}

enum store_status
book_word(struct book *book, const char *word, int limit, GArray **out)
{
	GArray *list = g_hash_table_lookup(book->words, word);
	enum store_status status;

	if (!list) {
		list = g_array_new(FALSE, FALSE, sizeof(int64_t));
		status = store_party_by_word(book->store, word, limit, list);
		if (status != STORE_OK) {
			g_array_unref(list);
			return status;
		}
		book->parties += list->len + 1;
		g_hash_table_insert(book->words, g_strdup(word), list);
	}
	*out = list;
	return STORE_OK;
}
