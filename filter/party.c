/*
 * party.c - who paid: customers whose account it is, and customers whose name
 * agrees with the payer's. Posting lists are bounded: pairs of words and rare
 * words find customers, common words only weigh, so that the cost does not
 * grow with the number of customers.
 */
#include "learned.h"
#include "names.h"
#include "party.h"

#include <math.h>
#include <string.h>

#define POSTINGS 64		/* customers looked at for one key */
#define NAMED_MAX 6		/* customers whose whole name is compared */
#define WORDS_MAX 8		/* words of a payer's name that are looked up */
#define ACCOUNTS_MAX 6		/* customers of one account */
#define NEAR 0.15		/* a name as good as another's */

/* A key of the index and the customers that have it. */
struct word {
	char *text;
	GPtrArray *parties;	/* struct party */
	double weight;
};

struct look {			/* one payment's look-up */
	struct store *store;
	GHashTable *words;	/* text → struct word */
	GPtrArray *customers, *payers;
	enum store_status status;
};

static void
word_free(void *data)
{
	struct word *word = data;

	g_free(word->text);
	g_ptr_array_unref(word->parties);
	g_free(word);
}

static bool
is_common(const struct word *word)
{
	return word->parties->len >= POSTINGS;
}

/* NULL: the store failed (look->status). */
static struct word *
word_get(struct look *look, const char *text)
{
	struct word *word = g_hash_table_lookup(look->words, text);
	GPtrArray *parties = NULL;
	enum store_status status;

	if (word)
		return word;
	status = store_party_by_word(look->store, text, POSTINGS, &parties);
	if (status != STORE_OK && status != STORE_NONE) {
		look->status = status;
		return NULL;
	}
	word = g_new0(struct word, 1);
	word->text = g_strdup(text);
	word->parties = parties ? parties : g_ptr_array_new();
	word->weight = is_common(word)
	    ? 1.5
	    : log(1 + 2000.0 / MAX(0.5, word->parties->len));
	g_hash_table_insert(look->words, word->text, word);
	return word;
}

static double
weight_of(const char *text, void *data)
{
	const struct word *word = word_get(data, text);

	return word ? word->weight : 1;
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

static bool
add_owner(struct look *look, const struct party *party, bool masked,
    const GPtrArray *owners)
{
	struct payer *payer;

	look->status = payers_get(look->store, party->customer,
	    look->customers, look->payers, &payer);
	if (look->status != STORE_OK)
		return false;
	payer->account = true;
	payer->account_masked |= masked;
	for (guint i = 0; i < owners->len; i++)
		payer->account_shared |= party->customer !=
		    ((const struct party *)owners->pdata[i])->customer;
	learned_account(owners, party->customer, &payer->learned);
	return true;
}

static void
add_owners(struct look *look, const GPtrArray *parties, bool masked)
{
	for (guint i = 0; i < parties->len && i < ACCOUNTS_MAX; i++)
		if (!add_owner(look, parties->pdata[i], masked, parties))
			return;
}

/* Masked, or the domestic number of an IBAN: those that end alike. */
static void
by_tail(struct look *look, const char *number)
{
	g_autofree char *tail = account_tail(number);
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GPtrArray) fit = g_ptr_array_new();

	if (!tail)
		return;
	look->status = store_party_by_account_tail(look->store, tail,
	    POSTINGS, &list);
	if (look->status == STORE_NONE)
		look->status = STORE_OK;
	if (look->status != STORE_OK || !list)
		return;
	for (guint i = 0; i < list->len; i++) {
		struct party *party = list->pdata[i];

		if (account_same(number, party->account))
			g_ptr_array_add(fit, party);
	}
	/* too many end alike: which ones fit is not known */
	if (list->len < POSTINGS)
		add_owners(look, fit, account_is_masked(number));
}

static void
by_account(struct look *look, const char *account)
{
	g_autofree char *number = account_normalise(account);
	g_auto(GStrv) forms = account_forms(number);
	bool found = false;

	if (strlen(number) < 5)
		return;
	for (guint i = 0; forms[i] && !account_is_masked(number); i++) {
		g_autoptr(GPtrArray) parties = NULL;
		enum store_status status = store_party_by_account(look->store,
		    forms[i], &parties);

		if (status != STORE_OK && status != STORE_NONE) {
			look->status = status;
			return;
		}
		if (status == STORE_OK && parties->len) {
			add_owners(look, parties, false);
			found = true;
		}
	}
	if (!found && look->status == STORE_OK)
		by_tail(look, number);
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
add_hits(GHashTable *hits, const struct word *word, double weight)
{
	for (guint i = 0; i < word->parties->len; i++) {
		const struct party *party = word->parties->pdata[i];
		struct hit *hit = g_hash_table_lookup(hits, &party->customer);

		if (!hit) {
			hit = g_new0(struct hit, 1);
			hit->customer = party->customer;
			g_hash_table_insert(hits, &hit->customer, hit);
		}
		hit->weight += weight;
	}
}

struct search {			/* for customers of one payer's name */
	struct look *look;
	const struct name *name;
	GHashTable *hits;	/* customer → struct hit */
	bool complete;		/* nobody as good can have been missed */
};

/* Takes the key. Returns the word if not too many customers have it. */
static const struct word *
search_key(struct search *s, char *key, double weight)
{
	const struct word *word = word_get(s->look, key);

	g_free(key);
	if (!word || is_common(word))
		return NULL;
	add_hits(s->hits, word, weight > 0 ? weight : word->weight);
	return word;
}

/* Two words, and initials with words: few have them even where each word is
 * common. */
static void
search_pair(struct search *s, const struct name_word *a,
    const struct name_word *b)
{
	bool known = true;

	for (int i = 0; i < NAME_SPELLINGS && a->text[i]; i++)
		for (int j = 0; j < NAME_SPELLINGS && b->text[j]; j++)
			known &= search_key(s, name_key_pair(a->text[i],
			    b->text[j]), 6) != NULL;
	if (!s->name->company) {
		if (b->text[0][1])
			known &= search_key(s, name_key_initial(a->initial,
			    b->text[0]), 3) != NULL;
		if (a->text[0][1])
			known &= search_key(s, name_key_initial(b->initial,
			    a->text[0]), 3) != NULL;
	}
	s->complete |= known;
}

static void
search_words(struct search *s)
{
	const GPtrArray *words = s->name->words;
	guint n = MIN(words->len, WORDS_MAX);

	for (guint i = 0; i < n; i++) {
		const struct name_word *word = words->pdata[i];
		bool known = true;

		for (int k = 0; k < NAME_SPELLINGS && word->text[k]; k++)
			if (word->text[k][1])
				known &= search_key(s,
				    g_strdup(word->text[k]), 0) != NULL;
		s->complete |= known && !word->particle && word->text[0][1];
	}
	for (guint i = 0; i < n; i++) {
		const struct name_word *a = words->pdata[i];

		for (guint j = i + 1; j < n && j < i + 4; j++) {
			const struct name_word *b = words->pdata[j];

			if (!a->particle && !b->particle)
				search_pair(s, a, b);
		}
	}
	if (strlen(s->name->squeezed) >= 6)
		search_key(s, name_key_glued(s->name->squeezed), 8);
}

static void
compare_name(struct look *look, const struct name *name, struct payer *payer)
{
	struct name *own = name_read(payer->customer->name);
	struct name_verdict verdict;

	name_compare(name, own, weight_of, look, &verdict);
	if (verdict.agreement > payer->name) {
		payer->name = verdict.agreement;
		payer->name_full = verdict.full;
		payer->name_form_differs = verdict.other_form;
		payer->name_behalf = verdict.behalf;
	}
	name_free(own);
}

/* The heaviest customers become payers. */
static void
add_best(struct search *s)
{
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct hit));
	GHashTableIter iter;
	void *value;

	g_hash_table_iter_init(&iter, s->hits);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		g_array_append_val(list, *(struct hit *)value);
	g_array_sort(list, heavier);
	for (guint i = 0; i < list->len && i < NAMED_MAX &&
	    s->look->status == STORE_OK; i++) {
		struct payer *payer;

		s->look->status = payers_get(s->look->store,
		    g_array_index(list, struct hit, i).customer,
		    s->look->customers, s->look->payers, &payer);
	}
	/* those not looked at share less, but for a tie */
	if (list->len > NAMED_MAX &&
	    g_array_index(list, struct hit, NAMED_MAX).weight >=
		g_array_index(list, struct hit, 0).weight - 0.01)
		s->complete = false;
}

static void
by_name(struct look *look, const char *text)
{
	struct name *name = name_read(text);
	struct search search = {.look = look, .name = name};

	search.hits = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
	    g_free);
	search_words(&search);
	if (look->status == STORE_OK)
		add_best(&search);
	for (guint i = 0; look->status == STORE_OK && i < look->payers->len;
	    i++) {
		struct payer *payer = look->payers->pdata[i];

		compare_name(look, name, payer);
		payer->name_complete = search.complete;
	}
	g_hash_table_unref(search.hits);
	name_free(name);
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
			    other->name >= one->name - NEAR)
				one->namesakes++;
		}
	}
}

enum store_status
payers_gather(struct store *store, const struct payment *payment,
    GPtrArray *customers, GPtrArray **out)
{
	struct look look = {.store = store, .customers = customers};
	struct remittance told;
	const char *account, *name;

	look.payers = g_ptr_array_new_with_free_func(g_free);
	look.words = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    word_free);
	remittance_read(payment->remittance, &told);
	account = payment->payer_account ? payment->payer_account
					 : told.payer_account;
	name = payment->payer ? payment->payer : told.payer;
	if (account)
		by_account(&look, account);
	if (look.status == STORE_OK && name)
		by_name(&look, name);
	if (look.status == STORE_OK && name)
		look.status = learned_find_name(store, name, customers,
		    look.payers);
	remittance_release(&told);
	g_hash_table_unref(look.words);
	if (look.status != STORE_OK) {
		g_ptr_array_unref(look.payers);
		return look.status;
	}
	count_namesakes(look.payers);
	g_ptr_array_sort(look.payers, better);
	*out = look.payers;
	return STORE_OK;
}
