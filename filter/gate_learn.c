/*
 * gate_learn.c - invoices that another program sends: an e-invoice of ours to
 * a customer on file is taken over, when its sums are right; everything else
 * about which there is a doubt is proposed to the owner, as a file to import.
 */
#include "document.h"
#include "einvoice.h"
#include "gate.h"
#include "match.h"

#include <string.h>

#define PREFIX "invoice-seen:"	/* of the question's code; its number follows */

struct lesson_mail {		/* one e-invoice */
	struct context *context;
	const struct event *event;
	json_t *document;	/* all of it, or NULL: too long */
	const char *const *to;
	struct customer *customer;	/* whose it is, or NULL */
	GString *doubts;
	GString *said;		/* or NULL */
};

static const char *
get(const struct lesson_mail *one, enum event_field field)
{
	return event_get(one->event, field);
}

static void
doubt(struct lesson_mail *one, const char *why)
{
	g_string_append_printf(one->doubts, "%s%s",
	    one->doubts->len ? "; " : "", why);
}

/* ---- who, to whom ------------------------------------------------------------- */

static bool
same_squeezed(const char *a, const char *b)
{
	g_autofree char *x = token_squeeze(a ? a : "");
	g_autofree char *y = token_squeeze(b ? b : "");

	return *x && strcmp(x, y) == 0;
}

/* Are we the seller (BT-27, BT-30, BT-31, BT-34), or is it our account
 * (BT-84)? */
static bool
is_ours(const struct lesson_mail *one)
{
	const struct config *config = one->context->config;
	const char *seller = get(one, EVENT_SELLER);
	const char *account = get(one, EVENT_ACCOUNT);

	return same_squeezed(get(one, EVENT_SELLER_ID), config->tax_id) ||
	    same_squeezed(seller, config->company) ||
	    same_squeezed(seller, config->name) ||
	    (one->document && einvoice_party_is_owner(config,
	    json_object_get(one->document, "seller"))) ||
	    (account && config_account(config, account));
}

/* All that names a customer must name the same one. */
static enum store_status
find_customer_of(struct lesson_mail *one)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	static const enum event_field fields[] = {EVENT_CONTACT,
	    EVENT_BUYER_ID, EVENT_PAYER};
	enum store_status status = STORE_OK;

	for (const char *const *to = one->to; *to; to++)
		g_ptr_array_add(names, (char *)(uintptr_t)*to);
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (get(one, fields[i]))
			g_ptr_array_add(names,
			    (char *)(uintptr_t)get(one, fields[i]));
	for (guint i = 0; i < names->len; i++) {
		struct customer *found = NULL;

		status = store_customer_find(one->context->store,
		    names->pdata[i], &found);
		if (status != STORE_OK && status != STORE_NONE)
			return status;
		if (found && one->customer && found->id != one->customer->id)
			doubt(one, "it names two customers");
		if (found && !one->customer)
			one->customer = g_steal_pointer(&found);
		customer_free(found);
	}
	if (!one->customer)
		doubt(one, "its buyer is no customer on file");
	return STORE_OK;
}

/* ---- what it says ----------------------------------------------------------------- */

/* UNTDID 1001 as EN 16931 allows it (BT-3). */
static bool
read_type(struct lesson_mail *one, enum invoice_type *type)
{
	const char *code = get(one, EVENT_TYPE);

	*type = INVOICE_PLAIN;
	if (!code || strcmp(code, "380") == 0)
		return true;
	if (strcmp(code, "389") == 0 || strcmp(code, "751") == 0)
		return false;	/* self-billed; for accounting only */
	if (strcmp(code, "381") == 0 || strcmp(code, "396") == 0)
		*type = INVOICE_CREDIT_NOTE;
	else if (strcmp(code, "386") == 0)
		*type = INVOICE_DEPOSIT;
	else if (strcmp(code, "384") == 0)
		doubt(one, "it corrects an earlier invoice");
	return true;
}

static char *
due_day(struct lesson_mail *one, enum invoice_type type)
{
	const char *date = get(one, EVENT_BOOKED), *due = get(one, EVENT_DUE);
	int terms = one->customer ? one->customer->terms_days : -1;
	char day[DAY_SIZE];

	if (due || !date)
		return g_strdup(due);
	if (type == INVOICE_CREDIT_NOTE)
		return g_strdup(date);
	if (terms < 0) {
		doubt(one, "it says no due date");
		return NULL;
	}
	day_text(day_number(date) + terms, day);
	return g_strdup(day);
}

static struct invoice *
read_invoice(struct lesson_mail *one, enum invoice_type type)
{
	struct invoice *invoice = g_new0(struct invoice, 1);
	const char *currency = get(one, EVENT_CURRENCY);

	invoice->key = g_strdup(get(one, EVENT_NUMBER));
	invoice->number = g_strdup(get(one, EVENT_NUMBER));
	invoice->customer = one->customer ? one->customer->id : 0;
	invoice->type = type;
	invoice->date = g_strdup(get(one, EVENT_BOOKED));
	invoice->due = due_day(one, type);
	invoice->currency = g_strdup(currency);
	invoice->reference = g_strdup(get(one, EVENT_REFERENCE));
	invoice->po = g_strdup(get(one, EVENT_PO));
	invoice->message_id = g_strdup(get(one, EVENT_MESSAGE_ID));
	invoice->sent = one->context->now;
	invoice->document = g_strdup(get(one, EVENT_DOCUMENT));
	if (one->document && invoice->date)
		einvoice_fill_discount(one->document, invoice);
	if (!currency || !get(one, EVENT_AMOUNT) ||
	    !money_parse(get(one, EVENT_AMOUNT), currency, &invoice->amount) ||
	    !money_parse(get(one, EVENT_OPEN) ? get(one, EVENT_OPEN) :
	    get(one, EVENT_AMOUNT), currency, &invoice->opening) ||
	    invoice->opening > invoice->amount || invoice->amount <= 0)
		doubt(one, "its total cannot be read");
	if (get(one, EVENT_TAX))
		money_parse(get(one, EVENT_TAX), currency ? currency : "EUR",
		    &invoice->tax);
	if (!invoice->date || (invoice->due && strcmp(invoice->due,
	    invoice->date) < 0))
		doubt(one, "its days cannot be right");
	invoice->open = invoice->opening;
	invoice->state = invoice->opening ? INVOICE_OPEN : INVOICE_PAID;
	return invoice;
}

/* ---- to the owner --------------------------------------------------------------------- */

static void
put(json_t *json, const char *key, const char *value)
{
	if (value)
		json_object_set_new(json, key, json_string(value));
}

static bool
write_json(const char *path, json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);
	g_autofree char *line = g_strconcat(text, "\n", NULL);
	bool good = g_file_set_contents(path, line, -1, NULL);

	free(text);
	json_decref(json);
	return good;
}

/* Writes what `import` takes; NULL: it cannot be written. The caller frees. */
static char *
propose(struct lesson_mail *one, const struct invoice *invoice)
{
	static const char *const types[] = {"invoice", "credit-note",
	    "deposit"};
	g_autofree char *folder = context_path(one->context, "gate/invoices");
	g_autofree char *name = g_strcanon(g_strdup(invoice->number),
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-",
	    '-');
	g_autofree char *path = g_strdup_printf("%s/%s.json", folder, name);
	g_autofree char *buyer = g_strdup_printf("%s/%s.customer.json",
	    folder, name);
	const char *who = get(one, EVENT_CONTACT) ? get(one, EVENT_CONTACT) :
	    one->to[0];
	json_t *json = json_object(), *customer;

	g_mkdir_with_parents(folder, 0700);
	put(json, "number", invoice->number);
	put(json, "customer", one->customer ? one->customer->key : who);
	put(json, "type", types[invoice->type]);
	put(json, "date", invoice->date);
	put(json, "due", invoice->due);
	put(json, "currency", invoice->currency);
	put(json, "amount", get(one, EVENT_AMOUNT));
	put(json, "open", get(one, EVENT_OPEN));
	put(json, "tax", get(one, EVENT_TAX));
	put(json, "reference", invoice->reference);
	put(json, "po", invoice->po);
	if (!write_json(path, json))
		return NULL;
	if (one->customer)
		return g_strdup_printf("mailfilter import '%s'", path);
	customer = json_object();
	put(customer, "id", who);
	put(customer, "name", get(one, EVENT_PAYER) ? get(one, EVENT_PAYER) :
	    who);
	put(customer, "email", who);
	put(customer, "country", get(one, EVENT_COUNTRY));
	put(customer, "tax_id", get(one, EVENT_BUYER_ID));
	put(customer, "currency", invoice->currency);
	if (!write_json(buyer, customer))
		return NULL;
	return g_strdup_printf("mailfilter import '%s' '%s'", buyer, path);
}

static enum store_status
ask(struct lesson_mail *one, const struct invoice *invoice, const char *known)
{
	g_autofree char *command = known || one->said ? NULL :
	    propose(one, invoice);
	g_autofree char *code = g_strconcat(PREFIX, invoice->number, NULL);
	g_autofree char *text = g_strdup_printf("Invoice %s of %s %s went out "
	    "to %s and was not taken over: %s. %s%s", invoice->number,
	    get(one, EVENT_AMOUNT) ? get(one, EVENT_AMOUNT) : "?",
	    invoice->currency ? invoice->currency : "", one->to[0],
	    known ? known : one->doubts->str,
	    command ? "Look at it, then: " : "Look at it.",
	    command ? command : "");
	struct question question = {.code = code, .text = text,
	    .customer = one->customer ? one->customer->id : 0,
	    .at = one->context->now};
	enum store_status status = store_question_add(one->context->store,
	    &question);

	return status == STORE_KNOWN ? STORE_OK : status;
}

/* ---- taken over ----------------------------------------------------------------------- */

static enum store_status
add(struct lesson_mail *one, struct invoice *invoice)
{
	g_auto(GStrv) keys = reference_invoice_keys(invoice->number,
	    invoice->reference, invoice->po);
	struct store *store = one->context->store;
	g_autofree char *text = g_strdup_printf("Taken over from the e-invoice "
	    "that went out to %s.", one->to[0]);
	struct journal_entry entry = {.at = one->context->now,
	    .subject = SUBJECT_INVOICE, .text = text,
	    .code = (char *)(uintptr_t)"gate:invoice"};
	enum store_status status = store_invoice_add(store, invoice,
	    (const char *const *)keys);

	if (status != STORE_OK)
		return status == STORE_KNOWN ? STORE_OK : status;
	entry.row = invoice->id;
	return store_journal_add(store, &entry);
}

/* The same number again: a copy, or something is wrong. */
static enum store_status
compare(struct lesson_mail *one, const struct invoice *now)
{
	struct invoice *then = NULL;
	enum store_status status = store_invoice_find(one->context->store,
	    now->number, &then);

	if (status != STORE_OK)
		return status;
	if (then->amount != now->amount ||
	    g_strcmp0(then->currency, now->currency) != 0)
		status = ask(one, now, "its number is on file with another "
		    "amount");
	invoice_free(then);
	return status;
}

static enum store_status
learn_one(struct lesson_mail *one)
{
	struct invoice *invoice = NULL;
	enum invoice_type type;
	enum store_status status;

	if (!read_type(one, &type))
		return STORE_OK;
	if (!is_ours(one))
		doubt(one, "its seller is not you, as far as the section owner "
		    "of the configuration says");
	if (*event_refused(one->event))
		doubt(one, event_refused(one->event)[0]);
	status = find_customer_of(one);
	if (status != STORE_OK)
		return status;
	invoice = read_invoice(one, type);
	status = compare(one, invoice);
	if (status == STORE_NONE) {
		status = one->doubts->len ? ask(one, invoice, NULL) :
		    add(one, invoice);
		if (one->said)
			g_string_append_printf(one->said, "%s: invoice %s%s%s\n",
			    one->doubts->len ? "ask" : "learn", invoice->number,
			    one->doubts->len ? ": " : "", one->doubts->str);
	}
	invoice_free(invoice);
	return status;
}

enum store_status
gate_learn(struct context *context, const GPtrArray *events,
    const char *const *to, GString *said)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < events->len; i++) {
		struct lesson_mail one = {.context = context,
		    .event = events->pdata[i], .to = to, .said = said};

		if (event_kind(one.event) != EVENT_INVOICE)
			continue;
		one.doubts = g_string_new(NULL);
		one.document = get(&one, EVENT_DOCUMENT) ?
		    json_loads(get(&one, EVENT_DOCUMENT), 0, NULL) : NULL;
		status = learn_one(&one);
		json_decref(one.document);
		customer_free(one.customer);
		g_string_free(one.doubts, TRUE);
	}
	return status;
}

/* ---- afterwards ------------------------------------------------------------------------- */

enum store_status
gate_learned(struct context *context)
{
	GPtrArray *list = NULL;
	enum store_status status = store_question_list(context->store, true,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct question *question = list->pdata[i];
		struct invoice *invoice = NULL;

		if (!g_str_has_prefix(question->code, PREFIX))
			continue;
		status = store_invoice_find(context->store,
		    question->code + strlen(PREFIX), &invoice);
		if (status == STORE_OK)
			status = store_question_answer(context->store,
			    question->id, context->now);
		else if (status == STORE_NONE)
			status = STORE_OK;
		invoice_free(invoice);
	}
	if (list)
		g_ptr_array_unref(list);
	return status;
}
