/*
 * einvoice_buyer.c - who is meant by the parties of an electronic invoice:
 * the owner, a customer on file, or a new one. Strong marks (tax id, legal id,
 * endpoint, our own number of the customer, his reference) must all name the
 * same; a name or an address alone is asked for only where there is none.
 */
#include "einvoice.h"

#include "customer.h"
#include "document.h"
#include "import_row.h"
#include "invoice_party.h"
#include "match.h"
#include "names.h"

#include <string.h>

#define MANY (-1)		/* several customers have this */
#define ALIKE 0.8		/* two names that may be of one party */

struct buyers {
	GHashTable *marks;	/* "tax:DE123" -> struct mark */
	GHashTable *keys;	/* taken */
};

struct mark {
	int64_t customer;	/* or MANY */
	char *name, *tax;	/* of the customer; tax may be NULL */
};

static void
mark_free(gpointer pointer)
{
	struct mark *mark = pointer;

	g_free(mark->name);
	g_free(mark->tax);
	g_free(mark);
}

/* ---- the owner ----------------------------------------------------------------- */

static bool
same(const char *a, const char *b)
{
	g_autofree char *x = token_squeeze(a ? a : "");
	g_autofree char *y = token_squeeze(b ? b : "");

	return *x && strcmp(x, y) == 0;
}

/* Any of the numbers that both may have, whichever of them holds it. */
static bool
same_number(const json_t *us, const json_t *party)
{
	static const char *const numbers[] = {"tax_id", "tax_number",
	    "legal_id"};

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		for (size_t k = 0; k < G_N_ELEMENTS(numbers); k++)
			if (same(document_text(party, numbers[i]),
			    document_text(us, numbers[k])))
				return true;
	return false;
}

static bool
same_address(const char *a, const char *b)
{
	return a && b && g_ascii_strcasecmp(a, b) == 0;
}

bool
einvoice_party_is_owner(const struct config *config, const json_t *party)
{
	json_t *us = party_seller(config);
	const char *name = document_text(party, "name");
	const char *endpoint = document_text(party, "endpoint");
	bool is = same_number(us, party) ||
	    same(document_text(party, "tax_id"), config->tax_id) ||
	    same(document_text(party, "tax_number"), config->tax_id) ||
	    same_address(endpoint, document_text(us, "endpoint")) ||
	    same_address(endpoint, config->email) ||
	    same(name, config->company) || same(name, config->name) ||
	    same(document_text(party, "trading_name"), config->company);

	json_decref(us);
	return is;
}

/* "tax:DE123": as it is compared. "" after the colon: nothing to compare. */
static char *
mark_key(const char *kind, const char *text)
{
	bool address = strcmp(kind, "mail") == 0 ||
	    strcmp(kind, "endpoint") == 0;
	g_autofree char *plain = address ?
	    g_ascii_strdown(text ? text : "", -1) :
	    token_squeeze(text ? text : "");

	return *plain ? g_strdup_printf("%s:%s", kind, plain) : NULL;
}

/* ---- customers on file ----------------------------------------------------------- */

static void
add_mark(struct buyers *buyers, const char *kind, const char *text,
    const struct customer *customer)
{
	g_autofree char *key = mark_key(kind, text);
	struct mark *mark;

	if (!key)
		return;
	mark = g_hash_table_lookup(buyers->marks, key);
	if (mark) {
		if (mark->customer != customer->id)
			mark->customer = MANY;
		return;
	}
	mark = g_new0(struct mark, 1);
	mark->customer = customer->id;
	mark->name = g_strdup(customer->name);
	mark->tax = g_strdup(customer->tax_id);
	g_hash_table_insert(buyers->marks, g_steal_pointer(&key), mark);
}

/* What is kept as JSON of a customer: its own numbers. */
static void
add_party(struct buyers *buyers, const struct customer *customer)
{
	json_t *party = customer->party ?
	    json_loads(customer->party, 0, NULL) : NULL;
	json_t *billing = customer->billing ?
	    json_loads(customer->billing, 0, NULL) : NULL;
	const json_t *ids = json_object_get(party, "ids"), *one;
	size_t i;

	add_mark(buyers, "tax", document_text(party, "tax_id"), customer);
	add_mark(buyers, "tax", document_text(party, "tax_number"), customer);
	add_mark(buyers, "legal", document_text(party, "legal_id"), customer);
	add_mark(buyers, "endpoint", document_text(party, "endpoint"),
	    customer);
	json_array_foreach(ids, i, one)
		add_mark(buyers, "id", document_text(one, "id"), customer);
	add_mark(buyers, "reference", document_text(billing,
	    "buyer_reference"), customer);
	json_decref(party);
	json_decref(billing);
}

void
buyers_add(struct buyers *buyers, const struct customer *customer)
{
	g_hash_table_add(buyers->keys, g_strdup(customer->key));
	add_mark(buyers, "id", customer->key, customer);
	add_mark(buyers, "tax", customer->tax_id, customer);
	add_mark(buyers, "name", customer->name, customer);
	add_mark(buyers, "mail", customer->email, customer);
	add_party(buyers, customer);
}

enum store_status
buyers_new(struct context *context, struct buyers **out)
{
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_customer_list(context->store, &list);

	*out = NULL;
	if (status != STORE_OK)
		return status;
	*out = g_new0(struct buyers, 1);
	(*out)->marks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    mark_free);
	(*out)->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	for (guint i = 0; i < list->len; i++)
		buyers_add(*out, list->pdata[i]);
	return STORE_OK;
}

void
buyers_free(struct buyers *buyers)
{
	if (!buyers)
		return;
	g_hash_table_unref(buyers->marks);
	g_hash_table_unref(buyers->keys);
	g_free(buyers);
}

/* ---- which one -------------------------------------------------------------------- */

struct search {
	const struct buyers *buyers;
	const struct mark *found;
	const char *by;		/* in words */
	bool many;		/* something names several */
	char *why;
};

static void
look_for(struct search *search, const char *kind, const char *text,
    const char *words)
{
	g_autofree char *key = mark_key(kind, text);
	const struct mark *mark = key ? g_hash_table_lookup(
	    search->buyers->marks, key) : NULL;

	if (!mark || search->why)
		return;
	if (mark->customer == MANY) {
		search->many = true;
	} else if (!search->found) {
		search->found = mark;
		search->by = words;
	} else if (search->found->customer != mark->customer) {
		search->why = g_strdup_printf("its buyer has the %s of "
		    "customer %s and the %s of customer %s: correct what is "
		    "on file of one of them", search->by, search->found->name,
		    words, mark->name);
	}
}

static void
look_for_strong(struct search *search, const json_t *buyer,
    const char *reference)
{
	const json_t *ids = json_object_get(buyer, "ids"), *one;
	const char *scheme = document_text(buyer, "endpoint_scheme");
	bool mail = scheme && strcmp(scheme, "EM") == 0;
	size_t i;

	look_for(search, "tax", document_text(buyer, "tax_id"), "tax id");
	look_for(search, "legal", document_text(buyer, "legal_id"),
	    "legal id");
	json_array_foreach(ids, i, one)
		look_for(search, "id", document_text(one, "id"), "number");
	if (!mail)
		look_for(search, "endpoint", document_text(buyer, "endpoint"),
		    "endpoint");
	look_for(search, "reference", reference, "reference");
}

static const char *
mail_of(const json_t *buyer)
{
	const char *mail = document_text(buyer, "contact.email");
	const char *scheme = document_text(buyer, "endpoint_scheme");

	return mail ? mail : scheme && strcmp(scheme, "EM") == 0 ?
	    document_text(buyer, "endpoint") : NULL;
}

static bool
alike(const char *a, const char *b)
{
	struct name *x = name_read(a), *y = name_read(b);
	struct name_verdict verdict = {0};

	name_compare(x, y, NULL, NULL, &verdict);
	name_free(x);
	name_free(y);
	return verdict.agreement >= ALIKE && !verdict.other_form;
}

/* Nothing strong: the name and the address, which must not contradict each
 * other, nor the tax id. */
static void
look_for_weak(struct search *search, const json_t *buyer)
{
	const char *name = document_text(buyer, "name");
	const char *tax = document_text(buyer, "tax_id");
	const struct mark *found;
	bool named;

	look_for(search, "name", name, "name");
	look_for(search, "name", document_text(buyer, "trading_name"),
	    "trading name");
	named = search->found != NULL;
	look_for(search, "mail", mail_of(buyer), "e-mail address");
	found = search->found;
	if (!found || search->why)
		return;
	if (tax && found->tax && !same(tax, found->tax))
		search->why = g_strdup_printf("its buyer has the %s of "
		    "customer %s, but another tax id (%s, on file is %s): "
		    "correct the one on file, or add him as another customer",
		    search->by, found->name, tax, found->tax);
	else if (!named && name && !alike(name, found->name))
		search->why = g_strdup_printf("its buyer %s has the e-mail "
		    "address of customer %s: enter his tax id or his name on "
		    "file, or add him as another customer", name,
		    found->name);
}

enum store_status
buyers_find(const struct buyers *buyers, const json_t *buyer,
    const char *reference, int64_t *customer, char **why)
{
	struct search search = {.buyers = buyers};

	*why = NULL;
	look_for_strong(&search, buyer, reference);
	if (!search.found && !search.why) {
		search.many = false;
		look_for_weak(&search, buyer);
	}
	if (!search.found && !search.why && search.many)
		search.why = g_strdup("what it says of its buyer fits several "
		    "customers: enter the tax id of the right one");
	*why = search.why;
	if (search.why)
		return STORE_CONFLICT;
	if (!search.found)
		return STORE_NONE;
	*customer = search.found->customer;
	return STORE_OK;
}

/* ---- a new one ----------------------------------------------------------------------- */

/* The address as it stands on a letter. */
static char *
address_text(const json_t *buyer)
{
	static const char *const lines[] = {"address.street",
	    "address.street2", "address.street3"};
	const char *code = document_text(buyer, "address.postcode");
	const char *city = document_text(buyer, "address.city");
	const char *region = document_text(buyer, "address.region");
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		if (document_text(buyer, lines[i]))
			g_string_append_printf(text, "%s\n",
			    document_text(buyer, lines[i]));
	g_string_append_printf(text, "%s%s%s", code ? code : "",
	    code && city ? " " : "", city ? city : "");
	if (region)
		g_string_append_printf(text, "\n%s", region);
	return g_strstrip(g_string_free(text, FALSE));
}

/* NULL and "" are no value, nor is what a column of that kind may not have. */
static char *
checked(enum cell_kind kind, const char *text)
{
	g_autofree char *value = g_strdup(text ? text : ""), *why = NULL;

	why = *value ? cell_check(kind, &value) : g_strdup("empty");
	return why ? NULL : g_steal_pointer(&value);
}

/* Our number of him, his name, or what else is not taken. */
static char *
new_key(const struct buyers *buyers, const json_t *buyer, const char *mail)
{
	const char *const names[] = {
		document_text(buyer, "ids[0].scheme") ? NULL :
		    document_text(buyer, "ids[0].id"),
		document_text(buyer, "name"), document_text(buyer, "tax_id"),
		mail,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (names[i] && !g_hash_table_contains(buyers->keys, names[i]))
			return g_strdup(names[i]);
	return NULL;
}

static char *
how_to_add(const json_t *buyer, const char *what)
{
	const char *name = document_text(buyer, "name");
	const char *tax = document_text(buyer, "tax_id");
	g_autofree char *quoted = g_shell_quote(name ? name : "NAME");

	return g_strdup_printf("its buyer %s is no customer on file, and %s: "
	    "add him with 'mailfilter customer add --name %s --email ADDRESS%s"
	    "%s', then import it again", name ? name : "(without a name)",
	    what, quoted, tax ? " --tax-id " : "", tax ? tax : "");
}

struct customer *
buyers_make(const struct buyers *buyers, const json_t *document, char **why)
{
	const json_t *buyer = json_object_get(document, "buyer");
	g_autofree char *name = checked(CELL_TEXT, document_text(buyer,
	    "name")), *mail = checked(CELL_EMAIL, mail_of(buyer));
	struct customer *customer;

	*why = NULL;
	if (!name || !mail) {
		*why = how_to_add(buyer, !name ? "it has no name that can be "
		    "used" : mail_of(buyer) ? "its e-mail address is none" :
		    "the invoice has no e-mail address of him");
		return NULL;
	}
	customer = g_new0(struct customer, 1);
	customer->key = new_key(buyers, buyer, mail);
	customer->name = g_steal_pointer(&name);
	customer->email = g_steal_pointer(&mail);
	customer->contact = checked(CELL_TEXT, document_text(buyer,
	    "contact.name"));
	customer->country = checked(CELL_COUNTRY, document_text(buyer,
	    "address.country"));
	customer->currency = checked(CELL_CURRENCY, document_text(document,
	    "currency"));
	customer->tax_id = checked(CELL_TEXT, document_text(buyer, "tax_id"));
	customer->address = address_text(buyer);
	if (!*customer->address)
		g_clear_pointer(&customer->address, g_free);
	customer->business = document_text(buyer, "tax_id") ||
	    document_text(buyer, "legal_id");
	customer->terms_days = -1;
	customer->party = json_dumps(buyer, JSON_COMPACT | JSON_SORT_KEYS);
	return customer;
}
