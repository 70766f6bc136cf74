/*
 * review_search.c - what a person looks for in the dialogue: an invoice by its
 * number, by its customer's name or by an amount; a customer by name; and the
 * amounts of a split as they are typed.
 */
#include "review_talk.h"
#include "match.h"

#include <string.h>

#define FOUND_MAX 30		/* of a search */
#define OPEN_OF_ONE 10		/* of one customer that was found */
#define DIGITS_LEAST 3		/* of a number, before any part of one counts */

/* ---- amounts ------------------------------------------------------------------ */

bool
talk_amount(const char *text, const char *currency, int64_t *amount)
{
	GString *plain = g_string_new(NULL);
	bool point = strchr(text, '.') != NULL, good;

	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char_validated(text, -1);

		if (c == (gunichar)-1 || c == (gunichar)-2)
			break;
		if (g_unichar_isspace(c))
			continue;
		g_string_append_unichar(plain, c == ',' && !point ? '.' : c);
	}
	good = *text == '\0' && money_parse(plain->str, currency, amount);
	g_string_free(plain, TRUE);
	return good;
}

char *
talk_check(const struct talk *talk, const GArray *wanted, int64_t *rest)
{
	const struct case_option option = {.parts = (GArray *)
	    (uintptr_t)wanted};
	g_autoptr(GArray) parts = NULL;

	*rest = 0;
	if (!talk->shown)
		return g_strdup("it does not wait any more");
	parts = case_parts(talk->shown, &option);
	for (guint i = 0; i < parts->len; i++)
		if (!g_array_index(parts, struct part, i).invoice)
			return g_strdup("an invoice is not known");
	return parts_refusal(talk->shown->payment,
	    (const struct part *)(void *)parts->data, parts->len, rest);
}

/* ---- invoices -------------------------------------------------------------------- */

static void
add_invoice(struct talk *talk, json_t *out, int64_t id)
{
	struct invoice *invoice = NULL;
	g_autofree char *text = NULL;
	const json_t *one;
	size_t i;

	json_array_foreach(out, i, one)
		if (json_integer_value(json_object_get(one, "id")) == id)
			return;
	if (json_array_size(out) >= FOUND_MAX ||
	    store_invoice_get(talk->context->store, id, &invoice) != STORE_OK)
		return;
	if (invoice->type != INVOICE_CREDIT_NOTE) {
		text = show_invoice(talk->context, invoice);
		json_array_append_new(out, json_pack("{s:I, s:s, s:s}", "id",
		    (json_int_t)id, "text", text, "number",
		    invoice->number));
	}
	invoice_free(invoice);
}

/* Takes the ids, which may be NULL. */
static void
add_ids(struct talk *talk, json_t *out, GArray *ids)
{
	for (guint i = 0; ids && i < ids->len; i++)
		add_invoice(talk, out, g_array_index(ids, int64_t, i));
	if (ids)
		g_array_unref(ids);
}

static void
add_open_of(struct talk *talk, json_t *out, int64_t customer)
{
	g_autoptr(GPtrArray) open = NULL;

	if (store_invoice_find_open(talk->context->store, customer,
		OPEN_OF_ONE, &open) != STORE_OK)
		return;
	for (guint i = 0; i < open->len; i++)
		add_invoice(talk, out,
		    ((struct invoice *)open->pdata[i])->id);
}

/* Customers whose name has all the words: a name is found without its marks,
 * and in Latin letters where these look alike. */
static void
customers_by_words(struct talk *talk, const char *text, GArray *ids)
{
	g_auto(GStrv) words = name_words(text);
	g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof(int64_t));

	if (!*words || store_party_by_word(talk->context->store, *words,
		FOUND_MAX, first) != STORE_OK)
		return;
	for (guint i = 0; i < first->len; i++) {
		int64_t id = g_array_index(first, int64_t, i);
		struct customer *customer = NULL;
		bool all = store_customer_get(talk->context->store, id,
		    &customer) == STORE_OK;
		g_auto(GStrv) has = all ? name_words(customer->name) : NULL;

		for (char **word = words + 1; all && *word; word++)
			all = g_strv_contains((const char *const *)has,
			    *word);
		if (all)
			g_array_append_val(ids, id);
		customer_free(customer);
	}
}

static GArray *
customers_found(struct talk *talk, const char *text)
{
	GArray *ids = NULL;

	if (store_search_customer(talk->context->store, text, FOUND_MAX,
		&ids) != STORE_OK)
		ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	customers_by_words(talk, text, ids);
	return ids;
}

json_t *
talk_search(struct talk *talk, const char *text)
{
	struct store *store = talk->context->store;
	json_t *out = json_array();
	g_autofree char *plain = g_strstrip(g_strdup(text));
	struct invoice *exact = NULL;
	GArray *ids = NULL;
	int64_t amount;

	if (!*plain)
		return out;
	if (store_invoice_find(store, plain, &exact) == STORE_OK)
		add_invoice(talk, out, exact->id);
	invoice_free(exact);
	if (talk->shown && talk_amount(plain,
		talk->shown->payment->currency, &amount) &&
	    store_search_amount(store, talk->shown->payment->currency,
		amount, FOUND_MAX, &ids) == STORE_OK)
		add_ids(talk, out, ids);
	ids = NULL;
	if (g_utf8_strlen(plain, -1) >= DIGITS_LEAST &&
	    store_search_number(store, plain, FOUND_MAX, &ids) == STORE_OK)
		add_ids(talk, out, ids);
	ids = customers_found(talk, plain);
	for (guint i = 0; i < ids->len; i++)
		add_open_of(talk, out, g_array_index(ids, int64_t, i));
	g_array_unref(ids);
	return out;
}

json_t *
talk_customers(struct talk *talk, const char *text)
{
	g_autofree char *plain = g_strstrip(g_strdup(text));
	g_autoptr(GHashTable) seen =
	    g_hash_table_new(g_direct_hash, g_direct_equal);
	g_autoptr(GArray) ids = customers_found(talk, plain);
	json_t *out = json_array();

	for (guint i = 0; i < ids->len && *plain; i++) {
		int64_t id = g_array_index(ids, int64_t, i);
		struct customer *customer = NULL;
		g_autofree char *text_of = NULL, *clean = NULL;

		if (!g_hash_table_add(seen, GSIZE_TO_POINTER((gsize)id)) ||
		    store_customer_get(talk->context->store, id, &customer) !=
			STORE_OK)
			continue;
		text_of = g_strdup_printf("%s  %s", customer->key,
		    customer->name);
		clean = show_clean(text_of);
		json_array_append_new(out, json_pack("{s:I, s:s}", "id",
		    (json_int_t)id, "text", clean));
		customer_free(customer);
	}
	return out;
}

/* ---- looking at one ------------------------------------------------------------------ */

static bool
is_alone(const struct case_option *option, int64_t invoice)
{
	return option->parts->len == 1 && g_array_index(option->parts,
	    struct option_part, 0).invoice == invoice;
}

static int
option_of(const struct talk *talk, int64_t invoice)
{
	for (guint i = 0; talk->shown && i < talk->shown->options->len; i++)
		if (is_alone(talk->shown->options->pdata[i], invoice))
			return (int)i;
	return -1;
}

int
talk_look(struct talk *talk, int64_t invoice)
{
	int index = option_of(talk, invoice);

	if (index >= 0 || !talk->shown)
		return index;
	g_array_append_val(talk->looked_for, invoice);
	if (talk_move(talk, 0) != STORE_OK)
		return -1;
	return option_of(talk, invoice);
}
