/*
 * party.c - who paid: customers whose account it is, and customers whose name
 * has the payer's rare words. Posting lists are cut, rare words come first,
 * so that the cost does not grow with the number of customers.
 */
#include "learned.h"
#include "party.h"

#include <math.h>
#include <string.h>

#define POSTINGS 64		/* customers looked at for one word */
#define NAMED_MAX 6		/* customers whose whole name is compared */
#define WORDS_MAX 10

/* A word and how many customers have it. */
struct word {
	char *text;
	GPtrArray *parties;
	double weight;
};

static void
word_free(void *data)
{
	struct word *word = data;

	g_free(word->text);
	g_ptr_array_unref(word->parties);
	g_free(word);
}

static enum store_status
word_get(struct store *store, GHashTable *words, const char *text,
    struct word **out)
{
	GPtrArray *parties = NULL;
	enum store_status status;
	struct word *word = g_hash_table_lookup(words, text);

	if (!word) {
		status = store_party_by_word(store, text, POSTINGS, &parties);
		if (status != STORE_OK && status != STORE_NONE)
			return status;
		word = g_new0(struct word, 1);
		word->text = g_strdup(text);
		word->parties = parties ? parties : g_ptr_array_new();
		word->weight = word->parties->len >= POSTINGS
		    ? 1.5
		    : log(1 + 2000.0 / MAX(0.5, word->parties->len));
		g_hash_table_insert(words, word->text, word);
	}
	*out = word;
	return STORE_OK;
}

static enum store_status
weigh_words(struct store *store, GHashTable *words, char **texts,
    double *weights)
{
	for (size_t i = 0; texts[i]; i++) {
		struct word *word;
		enum store_status status =
		    word_get(store, words, texts[i], &word);

		if (status != STORE_OK)
			return status;
		weights[i] = word->weight;
	}
	return STORE_OK;
}

enum store_status
payers_get(struct store *store, int64_t customer, GPtrArray *customers,
    GPtrArray *payers, struct payer **out)
{
	struct customer *row = NULL;
	enum store_status status;

	for (guint i = 0; i < payers->len; i++) {
		*out = payers->pdata[i];
		if ((*out)->customer->id == customer)
			return STORE_OK;
	}
	status = store_customer_get(store, customer, &row);
	if (status != STORE_OK)
		return status;
	g_ptr_array_add(customers, row);
	*out = g_new0(struct payer, 1);
	(*out)->customer = row;
	(*out)->company = name_is_company(row->name);
	g_ptr_array_add(payers, *out);
	return STORE_OK;
}

/* ---- by account -------------------------------------------------------------- */

static enum store_status
by_account(struct store *store, const char *account, GPtrArray *customers,
    GPtrArray *payers)
{
	g_autofree char *number = account_normalise(account);
	g_autoptr(GPtrArray) parties = NULL;
	enum store_status status;

	if (strlen(number) < 5)
		return STORE_OK;
	status = store_party_by_account(store, number, &parties);
	if (status != STORE_OK)
		return status == STORE_NONE ? STORE_OK : status;
	for (guint i = 0; i < parties->len && i < NAMED_MAX; i++) {
		const struct party *party = parties->pdata[i];
		struct payer *payer;

		status = payers_get(store, party->customer, customers, payers,
		    &payer);
		if (status != STORE_OK)
			return status;
		payer->account = true;
		payer->account_shared = parties->len > 1;
		learned_account(parties, party->customer, &payer->learned);
	}
	return STORE_OK;
}

/* ---- by name ------------------------------------------------------------------- */

struct hit {
	int64_t customer;
	double weight;
};

static int
heavier(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->customer < y->customer ? -1 : x->customer > y->customer;
}

static void
add_hits(GArray *hits, const struct word *word)
{
	for (guint i = 0; i < word->parties->len; i++) {
		const struct party *party = word->parties->pdata[i];
		guint j = 0;

		while (j < hits->len && g_array_index(hits, struct hit, j)
			.customer != party->customer)
			j++;
		if (j == hits->len) {
			struct hit hit = {party->customer, 0};

			g_array_append_val(hits, hit);
		}
		g_array_index(hits, struct hit, j).weight += word->weight;
	}
}

/* Customers who share words with the payer; lists of common words only narrow
 * what rare words found. */
static enum store_status
find_hits(struct store *store, GHashTable *words, char **texts, GArray *hits)
{
	for (int common = 0; common < 2; common++) {
		for (size_t i = 0; texts[i] && i < WORDS_MAX; i++) {
			struct word *word;
			enum store_status status =
			    word_get(store, words, texts[i], &word);

			if (status != STORE_OK)
				return status;
			if (texts[i][1] && (word->parties->len >= POSTINGS) ==
				(common == 1))
				add_hits(hits, word);
		}
	}
	g_array_sort(hits, heavier);
	return STORE_OK;
}

static enum store_status
compare_name(struct store *store, GHashTable *words, char **texts,
    const double *weights, struct payer *payer)
{
	g_auto(GStrv) own = name_words(payer->customer->name);
	g_autofree double *own_weights =
	    g_new0(double, g_strv_length(own) + 1);
	enum store_status status = weigh_words(store, words, own, own_weights);

	if (status == STORE_OK)
		payer->name = name_agreement((const char *const *)texts,
		    weights, (const char *const *)own, own_weights);
	return status;
}

static enum store_status
by_name(struct store *store, const char *name, GPtrArray *customers,
    GPtrArray *payers)
{
	g_auto(GStrv) texts = name_words(name);
	g_autofree double *weights = g_new0(double, g_strv_length(texts) + 1);
	g_autoptr(GHashTable) words =
	    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, word_free);
	g_autoptr(GArray) hits = g_array_new(FALSE, TRUE, sizeof(struct hit));
	enum store_status status = weigh_words(store, words, texts, weights);

	if (status == STORE_OK)
		status = find_hits(store, words, texts, hits);
	for (guint i = 0; status == STORE_OK && i < hits->len && i < NAMED_MAX;
	    i++) {
		struct payer *payer;

		status = payers_get(store,
		    g_array_index(hits, struct hit, i).customer, customers,
		    payers, &payer);
	}
	for (guint i = 0; status == STORE_OK && i < payers->len; i++)
		status = compare_name(store, words, texts, weights,
		    payers->pdata[i]);
	return status;
}

/* ---- together -------------------------------------------------------------------- */

static int
better(const void *a, const void *b)
{
	const struct payer *x = *(struct payer *const *)a;
	const struct payer *y = *(struct payer *const *)b;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	return x->customer->id < y->customer->id ? -1
						 : x->customer->id >
		y->customer->id;
}

static void
count_namesakes(GPtrArray *payers)
{
	for (guint i = 0; i < payers->len; i++) {
		struct payer *one = payers->pdata[i];

		one->rank = MAX(one->name,
		    one->account ? one->account_shared ? 1.1 : 1.2 : 0);
		one->namesakes = 0;
		for (guint j = 0; j < payers->len; j++) {
			const struct payer *other = payers->pdata[j];

			if (i != j && other->name >= 0.5 &&
			    other->name >= one->name - 0.15)
				one->namesakes++;
		}
	}
}

enum store_status
payers_gather(struct store *store, const struct payment *payment,
    GPtrArray *customers, GPtrArray **out)
{
	GPtrArray *payers = g_ptr_array_new_with_free_func(g_free);
	struct remittance told;
	const char *account, *name;
	enum store_status status = STORE_OK;

	remittance_read(payment->remittance, &told);
	account = payment->payer_account ? payment->payer_account
					 : told.payer_account;
	name = payment->payer ? payment->payer : told.payer;
	if (account)
		status = by_account(store, account, customers, payers);
	if (status == STORE_OK && name)
		status = by_name(store, name, customers, payers);
	if (status == STORE_OK && name)
		status = learned_find_name(store, name, customers, payers);
	remittance_release(&told);
	if (status != STORE_OK) {
		g_ptr_array_unref(payers);
		return status;
	}
	count_namesakes(payers);
	g_ptr_array_sort(payers, better);
	*out = payers;
	return STORE_OK;
}
