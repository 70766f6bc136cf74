/*
 * gate_named.c - which invoices another program's reminder is about: numbers
 * that stand in it as whole tokens, of invoices whose customer it goes to.
 */
#include "gate.h"
#include "references.h"

#include <string.h>

#define RUNS_MAX 8		/* runs of characters in a number */
#define LOOKUPS_MAX 3000
#define BARE_DIGITS 6		/* fewer need a word for invoice before them */
#define KEY_MAX 40
#define FOUND_MAX 20

struct search {
	struct context *context;
	const char *const *to;
	struct marked marked;
	struct gate_named *out;
	GHashTable *tried;	/* keys that were looked up */
	GPtrArray *strange;	/* introduced numbers that nobody knows */
	int lookups;
};

/* ---- the recipient ------------------------------------------------------------ */

static bool
has_address(const char *list, const char *address)
{
	g_auto(GStrv) parts = g_strsplit(list ? list : "", ",", -1);

	for (char **part = parts; *part; part++)
		if (g_ascii_strcasecmp(g_strstrip(*part), address) == 0)
			return true;
	return false;
}

/* "anna+invoices@x" is anna@x. */
static char *
without_extension(const char *address)
{
	const char *at = strrchr(address, '@');
	const char *plus = strchr(address, '+');

	if (!at || !plus || plus > at || plus == address)
		return g_strdup(address);
	return g_strdup_printf("%.*s%s", (int)(plus - address), address, at);
}

static bool
goes_to(const struct customer *customer, const char *const *to)
{
	for (; *to; to++) {
		g_autofree char *plain = without_extension(*to);

		if (has_address(customer->email, *to) ||
		    has_address(customer->copy, *to) ||
		    has_address(customer->email, plain) ||
		    has_address(customer->copy, plain))
			return true;
	}
	return false;
}

/* ---- numbers -------------------------------------------------------------------- */

static bool
is_listed(const GPtrArray *invoices, int64_t id)
{
	for (guint i = 0; i < invoices->len; i++)
		if (((struct invoice *)invoices->pdata[i])->id == id)
			return true;
	return false;
}

static bool
is_the_number(const struct invoice *invoice, const char *key, bool introduced)
{
	g_autofree char *number = token_squeeze(invoice->number);
	g_autofree char *bare = NULL;

	if (strcmp(number, key) == 0)
		return true;
	bare = reference_bare_number(invoice->number);
	return introduced && strcmp(bare, key) == 0;
}

/* Takes the invoices of a number; *known: some invoice has it. */
static enum store_status
look_up(struct search *search, const char *key, bool introduced, bool *known)
{
	GPtrArray *found = NULL;
	enum store_status status;

	search->lookups++;
	status = store_invoice_find_key(search->context->store, key,
	    FOUND_MAX, &found);
	for (guint i = 0; status == STORE_OK && i < found->len; i++) {
		struct invoice *invoice = found->pdata[i];
		struct customer *customer = NULL;

		if (!is_the_number(invoice, key, introduced))
			continue;
		*known = true;
		if (invoice->type == INVOICE_CREDIT_NOTE ||
		    invoice->state == INVOICE_DRAFT ||
		    is_listed(search->out->invoices, invoice->id))
			continue;
		status = store_customer_get(search->context->store,
		    invoice->customer, &customer);
		if (status == STORE_OK && goes_to(customer, search->to)) {
			g_ptr_array_add(search->out->invoices, invoice);
			found->pdata[i] = NULL;
		}
		customer_free(customer);
	}
	for (guint i = 0; found && i < found->len; i++)
		if (found->pdata[i])
			invoice_free(found->pdata[i]);
	if (found) {
		g_ptr_array_set_free_func(found, NULL);
		g_ptr_array_unref(found);
	}
	return status == STORE_NONE ? STORE_OK : status;
}

struct window {			/* runs put together */
	GString *key;
	guint digits;
	bool letters, spread, introduced, other;
};

static void
extend(struct search *search, struct window *window, guint i, guint j)
{
	const struct token *t = marked_at(&search->marked, j);
	const struct mark *mark = &search->marked.marks[j];

	g_string_append(window->key, t->text);
	window->spread |= j > i && t->blank;
	if (!t->digits) {
		window->letters = true;
		return;
	}
	window->digits += (guint)strlen(t->text);
	window->introduced &= mark->introduced;
	window->other |= mark->other &&
	    (mark->word == G_MAXUINT || mark->word < i);
}

/* Can it be an invoice's number, and not an amount, a day, a telephone? */
static bool
may_be_number(const struct window *window)
{
	if (!window->digits || window->other || window->key->len < 2)
		return false;
	if (window->introduced)
		return true;
	if (window->spread)
		return false;
	return window->letters ? window->key->len >= 4 :
	    window->digits >= BARE_DIGITS;
}

static enum store_status
look_from(struct search *search, guint i)
{
	struct window window = {.key = g_string_new(NULL), .introduced = true};
	const GPtrArray *tokens = search->marked.tokens;
	enum store_status status = STORE_OK;

	for (guint j = i; status == STORE_OK && j < tokens->len &&
	    j < i + RUNS_MAX && search->lookups < LOOKUPS_MAX; j++) {
		bool known = false;

		if (j > i && marked_at(&search->marked, j)->gap > 2)
			break;
		extend(search, &window, i, j);
		if (window.key->len > KEY_MAX)
			break;
		if (!may_be_number(&window) ||
		    !marked_is_whole(&search->marked, i, j))
			continue;
		if (g_hash_table_add(search->tried, g_strdup(window.key->str)))
			status = look_up(search, window.key->str,
			    window.introduced, &known);
		else
			continue;
		if (!known && window.introduced && window.digits > 1)
			g_ptr_array_add(search->strange,
			    g_strdup(window.key->str));
	}
	g_string_free(window.key, TRUE);
	return status;
}

/* Letters as they are, figures as noughts: numbers of one series. */
static bool
is_alike(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b &&
		    !(g_ascii_isdigit(*a) && g_ascii_isdigit(*b)))
			return false;
	return *a == *b;
}

static bool
names_others(const struct search *search)
{
	for (guint i = 0; i < search->out->invoices->len; i++) {
		const struct invoice *one = search->out->invoices->pdata[i];
		g_autofree char *number = token_squeeze(one->number);

		for (guint j = 0; j < search->strange->len; j++)
			if (is_alike(number, search->strange->pdata[j]))
				return true;
	}
	return false;
}

enum store_status
gate_find_named(struct context *context, const char *text,
    const char *const *to, struct gate_named *out)
{
	struct search search = {.context = context, .to = to, .out = out,
	    .tried = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL), .strange = g_ptr_array_new_with_free_func(g_free)};
	g_auto(GStrv) own = reference_own_numbers(context->config);
	enum store_status status = STORE_OK;

	out->invoices = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)invoice_free);
	out->others = false;
	marked_read(&search.marked, text, 0, (const char *const *)own);
	for (guint i = 0; status == STORE_OK &&
	    i < search.marked.tokens->len; i++)
		status = look_from(&search, i);
	if (status == STORE_OK)
		out->others = names_others(&search);
	marked_release(&search.marked);
	g_hash_table_unref(search.tried);
	g_ptr_array_unref(search.strange);
	return status;
}

void
gate_named_release(struct gate_named *named)
{
	g_clear_pointer(&named->invoices, g_ptr_array_unref);
}
