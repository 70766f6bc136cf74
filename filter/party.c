/*
 * party.c - who paid: customers whose account it is, whose name agrees with
 * the payer's, or whose name stands in the text. All look-ups are bounded, so
 * that the cost does not grow with the number of customers.
 */
#include "learned.h"
#include "names.h"
#include "party.h"

#include <string.h>

#define ACCOUNTS_MAX 6		/* customers of one account */
#define NEAR 0.15		/* a name as good as another's */
#define FULL_NAME 0.95		/* nothing of a name is missing */
#define SURE 0.8		/* a name that needs no look at the text */

enum store_status
payers_get(struct book *book, int64_t customer, GPtrArray *customers,
    GPtrArray *payers, struct payer **out)
{
	struct client *known = NULL;
	enum store_status status;

	for (guint i = 0; i < payers->len; i++) {
		*out = payers->pdata[i];
		if ((*out)->customer->id == customer)
			return STORE_OK;
	}
	status = book_customer(book, customer, &known);
	if (status != STORE_OK)
		return status;
	g_ptr_array_add(customers, known->customer);
	*out = g_new0(struct payer, 1);
	(*out)->known = known;
	(*out)->customer = known->customer;
	(*out)->own = known->name;
	(*out)->company = known->company;
	g_ptr_array_add(payers, *out);
	return STORE_OK;
}

/* ---- by account -------------------------------------------------------------- */

static bool
add_owner(struct look *look, const struct party *party, bool masked,
    const GPtrArray *owners)
{
	struct payer *payer;

	look->status = payers_get(look->book, party->customer,
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
	look->status = store_party_by_account_tail(
	    book_store(look->book), tail, PARTY_POSTINGS, &list);
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
	if (list->len < PARTY_POSTINGS)
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
		enum store_status status = store_party_by_account(
		    book_store(look->book),
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

/* Is it this customer's name in full, and not only told as the one's for whom
 * it was paid? */
static bool
has_name(const struct payer *payer)
{
	return payer->name >= FULL_NAME && payer->name_full &&
	    !payer->name_form_differs && !payer->name_behalf;
}

/* The account is known, and only as that of others; the name is another's. */
static void
note_others(GPtrArray *payers)
{
	bool known = false, named = false;

	for (guint i = 0; i < payers->len; i++) {
		known |= ((struct payer *)payers->pdata[i])->account;
		named |= has_name(payers->pdata[i]);
	}
	for (guint i = 0; i < payers->len; i++) {
		struct payer *payer = payers->pdata[i];

		payer->account_other = known && !payer->account;
		payer->name_other = named && payer->name < 0.5;
	}
}

/* Nobody's account, and nobody's name. */
static bool
is_stranger(const GPtrArray *payers)
{
	for (guint i = 0; i < payers->len; i++) {
		const struct payer *payer = payers->pdata[i];

		if (payer->name >= SURE ||
		    (payer->account && !payer->account_shared))
			return false;
	}
	return true;
}

static void
gather_all(struct look *look, const struct payment *payment,
    const struct remittance *told)
{
	const char *account = payment->payer_account ? payment->payer_account
						     : told->payer_account;
	const char *name = payment->payer ? payment->payer : told->payer;

	if (account)
		by_account(look, account);
	if (look->status == STORE_OK && name)
		party_by_name(look, name, false);
	if (look->status == STORE_OK && told->behalf)
		party_by_name(look, told->behalf, true);
	if (look->status == STORE_OK && told->text && is_stranger(look->payers))
		party_by_text(look, told->text);
	if (look->status == STORE_OK && name)
		look->status = learned_find_name(look->book, name,
		    look->customers, look->payers);
}

enum store_status
payers_gather(struct book *book, const struct payment *payment,
    GPtrArray *customers, GPtrArray **out)
{
	struct look look = {.book = book, .customers = customers};
	struct remittance told;

	look.payers = g_ptr_array_new_with_free_func(g_free);
	look.words = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    party_word_free);
	look.status = store_customer_span(book_store(book), &look.span);
	remittance_read(payment->remittance, &told);
	if (look.status == STORE_OK)
		gather_all(&look, payment, &told);
	remittance_release(&told);
	g_hash_table_unref(look.words);
	if (look.status != STORE_OK) {
		g_ptr_array_unref(look.payers);
		return look.status;
	}
	note_others(look.payers);
	count_namesakes(look.payers);
	g_ptr_array_sort(look.payers, better);
	*out = look.payers;
	return STORE_OK;
}
