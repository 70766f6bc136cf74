/*
 * party_words.c - the index of customers' names as one payment's look-up sees
 * it. Each key is read once and at most so many customers of it; the book
 * keeps them over many payments.
 */
#include "names.h"
#include "party.h"

#include <math.h>
#include <string.h>

#define COMMON_WEIGHT 1.5
#define FAR 0.3

void
party_word_free(void *data)
{
	struct party_word *word = data;

	g_free(word->text);
	g_array_unref(word->customers);
	g_free(word);
}

bool
party_is_common(const struct party_word *word)
{
	return word->customers->len >= PARTY_POSTINGS;
}

static GArray *
read_customers(struct look *look, const char *text)
{
	GArray *list = NULL;

	if (look->status == STORE_OK)
		look->status = book_word(look->book, text, PARTY_POSTINGS,
		    &list);
	return look->status == STORE_OK ? g_array_ref(list)
					: g_array_new(FALSE, FALSE,
					      sizeof(int64_t));
}

struct party_word *
party_word_get(struct look *look, const char *text)
{
	struct party_word *word = g_hash_table_lookup(look->words, text);

	if (word)
		return word;
	word = g_new0(struct party_word, 1);
	word->text = g_strdup(text);
	word->customers = read_customers(look, text);
	word->weight = party_is_common(word)
	    ? COMMON_WEIGHT
	    : log(1 + 2000.0 / MAX(1, word->customers->len));
	g_hash_table_insert(look->words, word->text, word);
	return word;
}

double
party_weight(const char *text, void *data)
{
	return party_word_get(data, text)->weight;
}

double
party_rarity(struct look *look, const struct name *name)
{
	double span = (double)MAX(100, look->span), sum = 0;

	for (guint i = 0; i < name->words->len; i++) {
		const struct name_word *own = name->words->pdata[i];
		const struct party_word *word =
		    party_word_get(look, own->text[0]);

		/* a common word: one of twenty may have it */
		if (own->text[0][1])
			sum += party_is_common(word)
			    ? log10(20)
			    : log10(MAX(1, span / MAX(1,
				  word->customers->len)));
	}
	return sum;
}

/* ---- hits --------------------------------------------------------------------- */

struct hit {
	int64_t customer;
	double weight;
};

struct party_hits {
	GHashTable *table;	/* customer → struct hit */
};

struct party_hits *
party_hits_new(void)
{
	struct party_hits *hits = g_new0(struct party_hits, 1);

	hits->table = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
	    g_free);
	return hits;
}

void
party_hits_free(struct party_hits *hits)
{
	g_hash_table_unref(hits->table);
	g_free(hits);
}

bool
party_hit(struct look *look, struct party_hits *hits, char *key,
    double weight)
{
	const struct party_word *word = party_word_get(look, key);

	g_free(key);
	if (party_is_common(word))
		return false;
	for (guint i = 0; i < word->customers->len; i++) {
		int64_t *id = &g_array_index(word->customers, int64_t, i);
		struct hit *hit = g_hash_table_lookup(hits->table, id);

		if (!hit) {
			hit = g_new0(struct hit, 1);
			hit->customer = *id;
			g_hash_table_insert(hits->table, &hit->customer, hit);
		}
		hit->weight += weight > 0 ? weight : word->weight;
	}
	return true;
}

static int
heavier(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->customer < y->customer ? -1 : x->customer > y->customer;
}

bool
party_hits_take(struct look *look, const struct party_hits *hits, guint n)
{
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct hit));
	GHashTableIter iter;
	void *value;

	g_hash_table_iter_init(&iter, hits->table);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		g_array_append_val(list, *(struct hit *)value);
	g_array_sort(list, heavier);
	for (guint i = 0; i < list->len && i < n && look->status == STORE_OK;
	    i++) {
		struct payer *payer;

		/* has far less in common than the best */
		if (g_array_index(list, struct hit, i).weight <
		    FAR * g_array_index(list, struct hit, 0).weight)
			break;
		look->status = payers_get(look->book,
		    g_array_index(list, struct hit, i).customer,
		    look->customers, look->payers, &payer);
	}
	return list->len <= n ||
	    g_array_index(list, struct hit, n).weight <
	    g_array_index(list, struct hit, 0).weight - 0.01;
}
