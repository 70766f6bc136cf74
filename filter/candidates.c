/*
 * candidates.c - reads from the store what a match looks at: invoices that
 * the text names, and the open invoices of whoever may have paid. Everything
 * is bounded: the cost of a payment does not grow with the ledger.
 */
#include "amounts.h"
#include "book.h"
#include "claimed.h"
#include "party.h"

#include <string.h>

#define KEY_INVOICES 20		/* of one key; more means it says nothing */
#define CUSTOMERS_MAX 8
#define POSSIBLE_QUESTIONS 10	/* open at a time, of unverified mail */
#define NAMED_MIN 0.5
#define PARTY_MIN 0.4

struct gather {
	struct book *book;
	struct store *store;
	struct facts *facts;
	GPtrArray *payers;	/* struct payer */
	GHashTable *named;	/* invoice id → struct named */
};

struct named {			/* an invoice that the text names */
	int64_t id;
	struct invoice *invoice;	/* owned until it is a candidate */
	double strength;
	enum number_reading reading;	/* of the strongest mention */
	uint64_t places;		/* … */
	bool structured, weak, introduced;
};

static void
named_free(void *data)
{
	struct named *named = data;

	invoice_free(named->invoice);
	g_free(named);
}

static void
candidate_free(void *data)
{
	struct candidate *candidate = data;

	if (candidate->invoice != &candidate->row)
		invoice_free(candidate->invoice);
	g_free(candidate);
}

/* ---- named invoices -------------------------------------------------------- */

/* Are there more runs of digits in the text than in the number itself? "100 1"
 * may be 1001, and may be 100. */
static bool
is_respelt(const struct mention *mention, const struct invoice *invoice)
{
	g_autoptr(GPtrArray) runs = token_split(invoice->number);
	int own = 0;

	for (guint i = 0; i < runs->len; i++)
		own += ((const struct token *)runs->pdata[i])->digits;
	return mention->key[0] != '#' && mention->key[0] != '@' &&
	    __builtin_popcountll(mention->places) > own;
}

/* What a number may be that stands in another one. */
enum inside {
	INSIDE_NOTHING,
	INSIDE_RESPELT,		/* unless it is a number itself */
	INSIDE_NUMBER		/* no more than a part of that */
};

static double
note_named(struct gather *gather, const struct mention *mention,
    GPtrArray *found, guint i, enum inside inside)
{
	struct invoice *invoice = found->pdata[i];
	double strength = reference_strength(mention, invoice);
	struct named *named =
	    g_hash_table_lookup(gather->named, &invoice->id);

	/* "2026" in "INV-2026-00012" is the year, not number 2026. */
	if (inside == INSIDE_NUMBER || (inside == INSIDE_RESPELT &&
		reference_reading(mention, invoice) != READ_WHOLE))
		strength *= 0.3;
	/* A key of very many invoices names none, but for the whole number. */
	if (found->len >= KEY_INVOICES && strength < 0.6)
		strength = MIN(strength, 0.3);
	if (!named) {
		named = g_new0(struct named, 1);
		named->id = invoice->id;
		named->weak = true;
		named->invoice = invoice;
		found->pdata[i] = NULL;
		g_hash_table_insert(gather->named, &named->id, named);
	}
	if (strength > named->strength) {
		named->strength = strength;
		named->places = mention->places;
		named->reading = reference_reading(mention, invoice);
		named->introduced = mention->introduced;
	}
	named->structured |= mention->structured && mention->key[0] == '#';
	named->weak &= mention->weak;
	return strength;
}

/* Are these runs all parts of known numbers that have more? */
static bool
is_part(uint64_t places, const GArray *known)
{
	uint64_t more = 0;

	for (guint i = 0; i < known->len; i++) {
		uint64_t whole = g_array_index(known, uint64_t, i);

		if (whole != places)
			more |= whole;
	}
	return places && !(places & ~more);
}

static enum store_status
gather_named(struct gather *gather, const char *const *references)
{
	g_autoptr(GPtrArray) mentions =
	    reference_mentions(gather->facts->payment, references,
	    gather->facts->config);
	g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	g_autoptr(GArray) respelt =
	    g_array_new(FALSE, FALSE, sizeof(uint64_t));
	uint64_t read = 0, numbers = 0;

	for (guint i = 0; i < mentions->len; i++) {
		const struct mention *mention = mentions->pdata[i];
		g_autoptr(GPtrArray) found = NULL;
		enum inside inside = is_part(mention->places, known)
		    ? INSIDE_NUMBER : is_part(mention->places, respelt)
		    ? INSIDE_RESPELT : INSIDE_NOTHING;
		bool plain = false;
		double best = 0;
		enum store_status status = store_invoice_find_key(
		    gather->store, mention->key, KEY_INVOICES, &found);

		if (mention_is_number(mention))
			numbers |= mention->places;
		if (status == STORE_NONE)
			continue;
		if (status != STORE_OK)
			return status;
		g_ptr_array_set_free_func(found, NULL);
		for (guint j = 0; j < found->len; j++) {
			bool other = is_respelt(mention, found->pdata[j]);
			double strength = note_named(gather, mention, found,
			    j, inside);

			plain |= !other && strength >= NAMED_MIN;
			best = MAX(best, strength);
		}
		if (best >= NAMED_MIN) {
			g_array_append_val(plain ? known : respelt,
			    mention->places);
			read |= mention->places;
		}
		for (guint j = 0; j < found->len; j++)
			invoice_free(found->pdata[j]);
	}
	gather->facts->unread = (numbers & ~read) != 0;
	return STORE_OK;
}

/* ---- candidates ------------------------------------------------------------- */

static struct candidate *
add_candidate(struct gather *gather, const struct invoice *invoice,
    const struct payer *payer)
{
	struct candidate *c = g_new0(struct candidate, 1);
	const struct named *named =
	    g_hash_table_lookup(gather->named, &invoice->id);

	c->row = *invoice;
	c->invoice = &c->row;
	c->amount_rivals = 1;
	if (named) {
		c->mention = named->strength;
		c->places = named->places;
		c->reading = named->reading;
		c->introduced = named->introduced;
		c->reference = named->strength >= NAMED_MIN;
		c->reference_structured = named->structured;
	}
	c->customer = payer->customer;
	c->account = payer->account;
	c->account_shared = payer->account_shared;
	c->account_masked = payer->account_masked;
	c->name = payer->name;
	c->name_full = payer->name_full;
	c->name_complete = payer->name_complete;
	c->name_form_differs = payer->name_form_differs;
	c->name_behalf = payer->name_behalf;
	c->name_rarity = payer->name_rarity;
	c->text_name = payer->text_name;
	c->account_other = payer->account_other;
	c->name_other = payer->name_other;
	c->name_formless = payer->name_formless;
	c->company = payer->company;
	c->namesakes = payer->namesakes;
	c->learned = payer->learned;
	g_ptr_array_add(gather->facts->candidates, c);
	return c;
}

/* All that is open of one customer, then what the text names and is not. */
static enum store_status
gather_open(struct gather *gather, struct payer *payer, GHashTable *have)
{
	const GPtrArray *open;
	enum store_status status = book_invoices(gather->book, payer->known);

	if (status != STORE_OK)
		return status == STORE_NONE ? STORE_OK : status;
	open = payer->known->open;
	gather->facts->crowded |= open->len >= OPEN_MAX;
	for (guint i = 0; i < open->len; i++) {
		struct invoice *invoice = open->pdata[i];

		if (g_hash_table_add(have, &invoice->id))
			add_candidate(gather, invoice, payer);
	}
	return learned_find_habits(gather->book, payer);
}

static enum store_status
gather_customer(struct gather *gather, struct payer *payer,
    GHashTable *have)
{
	GHashTableIter iter;
	void *value;
	enum store_status status = gather_open(gather, payer, have);

	if (status != STORE_OK)
		return status;
	g_hash_table_iter_init(&iter, gather->named);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct named *named = value;
		struct candidate *c;

		if (!named->invoice ||
		    named->invoice->customer != payer->customer->id ||
		    !g_hash_table_add(have, &named->id))
			continue;
		c = add_candidate(gather, named->invoice, payer);
		c->invoice = g_steal_pointer(&named->invoice);
	}
	return STORE_OK;
}

static int
stronger(const void *a, const void *b)
{
	const struct named *x = *(struct named *const *)a;
	const struct named *y = *(struct named *const *)b;

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Customers of named invoices, strongest first, and likely payers. */
static enum store_status
choose_customers(struct gather *gather, GPtrArray *chosen)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	GHashTableIter iter;
	void *value;

	g_hash_table_iter_init(&iter, gather->named);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		if (((struct named *)value)->strength >= 0.35)
			g_ptr_array_add(list, value);
	g_ptr_array_sort(list, stronger);
	for (guint i = 0; i < gather->payers->len &&
	    chosen->len < CUSTOMERS_MAX; i++) {
		struct payer *payer = gather->payers->pdata[i];

		if (payer->account || payer->name >= PARTY_MIN ||
		    payer->text_name > 0 ||
		    payer->learned.alias != LEARNED_NO)
			g_ptr_array_add(chosen, payer);
	}
	for (guint i = 0; i < list->len && i < 4 * CUSTOMERS_MAX &&
	    chosen->len < 2 * CUSTOMERS_MAX; i++) {
		const struct named *named = list->pdata[i];
		struct payer *payer;
		enum store_status status = payers_get(gather->book,
		    named->invoice->customer, gather->facts->customers,
		    gather->payers, &payer);

		if (status != STORE_OK)
			return status;
		if (!g_ptr_array_find(chosen, payer, NULL))
			g_ptr_array_add(chosen, payer);
	}
	return STORE_OK;
}

static enum store_status
gather_candidates(struct gather *gather)
{
	g_autoptr(GPtrArray) chosen = g_ptr_array_new();
	g_autoptr(GHashTable) have =
	    g_hash_table_new(g_int64_hash, g_int64_equal);
	enum store_status status = choose_customers(gather, chosen);

	for (guint i = 0; status == STORE_OK && i < chosen->len; i++)
		status = gather_customer(gather, chosen->pdata[i], have);
	return status;
}

/* ---- rivals, money that came twice, what the owner said ----------------------- */

static enum store_status
gather_rivals(struct gather *gather)
{
	const struct payment *p = gather->facts->payment;
	int count = -1;

	for (guint i = 0; i < gather->facts->candidates->len; i++) {
		struct candidate *c = gather->facts->candidates->pdata[i];
		enum store_status status;

		if (invoice_balance(c->invoice) != p->unallocated ||
		    strcmp(c->invoice->currency, p->currency) != 0)
			continue;
		if (count < 0) {
			status = store_invoice_count_open(gather->store,
			    p->currency, p->unallocated, &count);
			if (status != STORE_OK)
				return status;
		}
		/* an account of one customer is not met by chance */
		if (!c->account || c->account_shared)
			c->amount_rivals = MAX(1, count);
	}
	return STORE_OK;
}

enum store_status
facts_gather(struct book *book, const struct config *config,
    const char *today, const struct payment *payment,
    const char *const *references, struct facts *out)
{
	struct gather gather = {.book = book, .store = book_store(book),
	    .facts = out};
	enum store_status status = book_open(book);

	if (status != STORE_OK)
		return status;
	*out = (struct facts){.payment = payment, .config = config,
	    .today = today, .book = book};
	out->candidates = g_ptr_array_new_with_free_func(candidate_free);
	out->customers = g_ptr_array_new();
	gather.named = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
	    named_free);
	status = gather_named(&gather, references);
	if (status == STORE_OK)
		status = payers_gather(book, payment, out->customers,
		    &gather.payers);
	if (status == STORE_OK)
		status = rules_gather(book, out, gather.payers);
	if (status == STORE_OK)
		status = gather_candidates(&gather);
	if (status == STORE_OK)
		reference_complete(out);
	if (status == STORE_OK)
		status = gather_rivals(&gather);
	if (status == STORE_OK)
		status = candidates_twice(gather.store, out);
	if (status == STORE_OK)
		status = lately_gather(gather.store, out);
	if (status == STORE_OK)
		status = candidates_answers(gather.store, out);
	if (status == STORE_OK)
		status = claimed_gather(gather.store, out);
	if (gather.payers)
		g_ptr_array_unref(gather.payers);
	g_hash_table_unref(gather.named);
	if (status != STORE_OK)
		facts_release(out);
	return status;
}

void
facts_release(struct facts *facts)
{
	if (facts->candidates)
		g_ptr_array_unref(facts->candidates);
	if (facts->customers)
		g_ptr_array_unref(facts->customers);
	g_free(facts->lent);
	facts->candidates = facts->customers = NULL;
	facts->lent = NULL;
	if (facts->book)
		book_close(facts->book);
	facts->book = NULL;
}

enum store_status
facts_gather_steps(struct store *store, struct facts *facts,
    const struct match *match)
{
	const struct hypothesis *top;
	int64_t open = 0;

	if (match->decision == DECISION_NONE || match->hypotheses->len == 0)
		return STORE_OK;
	if (facts->payment->state == PAYMENT_POSSIBLE) {
		enum store_status status = store_question_count(store,
		    "possible-payment", &open);

		if (status != STORE_OK)
			return status;
		facts->enough = open >= POSSIBLE_QUESTIONS;
	}
	top = match->hypotheses->pdata[0];
	for (guint i = 0; i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];

		for (guint j = 0; j < top->shares->len; j++) {
			int64_t sent = 0;
			enum store_status status;

			if (g_array_index(top->shares, struct share, j)
				.invoice != c->invoice->id)
				continue;
			status = store_reminder_last(store, c->invoice->id,
			    &c->step, &sent);
			if (status != STORE_OK && status != STORE_NONE)
				return status;
			c->step++;
			break;
		}
	}
	return STORE_OK;
}
