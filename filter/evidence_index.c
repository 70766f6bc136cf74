/*
 * evidence_index.c - which of many loose payments are worth a look for an
 * invoice: by customer, invoice, amount and words of the payer's name.
 */
#include "remind_internal.h"

#include "amounts.h"

static char *
id_key(char of, int64_t id)
{
	return g_strdup_printf("%c%" G_GINT64_FORMAT, of, id);
}

static char *
amount_key(const char *currency, int64_t amount)
{
	return g_strdup_printf("%s%" G_GINT64_FORMAT, currency, amount);
}

static char *
word_key(const char *word)
{
	return g_strconcat("\"", word, NULL);
}

/* Takes the key. */
static void
index_add(struct evidence *evidence, char *key, guint place)
{
	GArray *places = g_hash_table_lookup(evidence->index, key);

	if (!places) {
		places = g_array_new(FALSE, FALSE, sizeof place);
		g_hash_table_insert(evidence->index, key, places);
	} else {
		g_free(key);
	}
	g_array_append_val(places, place);
}

void
evidence_index(struct evidence *evidence, const struct loose *loose, guint place)
{
	const struct payment *payment = loose->payment;

	index_add(evidence, amount_key(payment->currency,
	    payment->unallocated), place);
	for (guint i = 0; loose->suggestions && i < loose->suggestions->len;
	    i++) {
		const struct suggestion *one = loose->suggestions->pdata[i];

		index_add(evidence, id_key('i', one->invoice), place);
		index_add(evidence, id_key('c', one->customer), place);
	}
	for (guint i = 0; loose->parties && i < loose->parties->len; i++) {
		const struct party *party = loose->parties->pdata[i];

		index_add(evidence, id_key('c', party->customer), place);
	}
	for (char **word = loose->words; word && *word; word++)
		index_add(evidence, word_key(*word), place);
}

/* Adds the places of a key to those that are looked at. Takes the key. */
static void
index_find(const struct evidence *evidence, char *key, GArray *places)
{
	const GArray *found = g_hash_table_lookup(evidence->index, key);

	if (found)
		g_array_append_vals(places, found->data, found->len);
	g_free(key);
}

static gint
by_place(gconstpointer a, gconstpointer b)
{
	guint one = *(const guint *)a, other = *(const guint *)b;

	return (one > other) - (one < other);
}

GArray *
evidence_places(const struct evidence *evidence, const struct invoice *invoice,
    char **words)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(guint));

	index_find(evidence, id_key('i', invoice->id), places);
	index_find(evidence, id_key('c', invoice->customer), places);
	index_find(evidence, amount_key(invoice->currency,
	    invoice_balance(invoice)), places);
	index_find(evidence, amount_key(invoice->currency, invoice->open),
	    places);
	if (words && words[0])
		index_find(evidence, word_key(words[0]), places);
	g_array_sort(places, by_place);
	return places;
}
