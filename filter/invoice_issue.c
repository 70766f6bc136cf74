/*
 * invoice_issue.c - the moment in which an invoice becomes one: its number is
 * taken, everything on it stands from then on, what finds its payment is kept,
 * and money that waited for it is looked at. All in the caller's transaction,
 * so that an error gives the number back.
 */
#include "invoice_issue.h"
#include "invoice_number.h"
#include "lookup.h"
#include "match.h"
#include "print.h"
#include "reference_make.h"
#include "remind_internal.h"

#include <string.h>

/* ---- numbers -------------------------------------------------------------------- */

static const char *
pattern_of(const struct making *making)
{
	const struct config *config = making->context->config;
	const char *type = document_text(making->document, "type");
	const char *own = NULL;

	if (document_is_credit(making->document))
		own = config->number_credit;
	else if (g_strcmp0(type, "deposit") == 0)
		own = config->number_deposit;
	else if (g_strcmp0(type, "corrected") == 0)
		own = config->number_corrected;
	return own ? own : config->number_invoice;
}

/* A new series goes on where the numbers that are known already end. */
static enum store_status
first_of(struct store *store, const char *series, int width, int64_t *first)
{
	g_autofree char *prefix = g_strndup(series, strcspn(series, "{"));
	g_autoptr(GPtrArray) numbers = NULL;
	struct series *known = NULL;
	enum store_status status = store_series_get(store, series, &known);

	*first = 1;
	series_free(known);
	if (status != STORE_NONE)
		return status;
	status = store_invoice_numbers(store, prefix, &numbers);
	for (guint i = 0; status == STORE_OK && i < numbers->len; i++)
		*first = MAX(*first, series_counter(series, width,
		    numbers->pdata[i]) + 1);
	return status;
}

static enum store_status
is_taken(struct store *store, const char *number, bool *taken)
{
	struct invoice *other = NULL;
	enum store_status status = store_invoice_find(store, number, &other);

	invoice_free(other);
	*taken = status == STORE_OK;
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
next_number(struct making *making, char **number)
{
	struct store *store = making->context->store;
	const struct config *config = making->context->config;
	const struct series_facts facts = {
		document_text(making->document, "date"), making->customer->key};
	int width = 1;
	g_autofree char *series = series_of(pattern_of(making),
	    config->number_reset, &facts, &width);
	int64_t counter, first;
	bool taken = true;
	enum store_status status = first_of(store, series, width, &first);

	while (status == STORE_OK && taken) {
		g_free(*number);
		*number = NULL;
		status = store_series_next(store, series, first, &counter);
		if (status != STORE_OK)
			return status;
		*number = series_number(series, width, facts.date, counter);
		status = is_taken(store, *number, &taken);
	}
	return status;
}

static enum store_status
set_number(struct making *making)
{
	struct invoice *invoice = making->invoice;
	const char *own = document_text(making->source, "number");
	g_autofree char *number = g_strdup(own);
	enum store_status status = STORE_OK;

	if (!number)
		status = next_number(making, &number);
	if (status != STORE_OK)
		return status;
	g_free(invoice->number);
	g_free(invoice->key);
	invoice->number = g_steal_pointer(&number);
	invoice->key = g_strdup(making->key ? making->key : invoice->number);
	json_object_set_new(making->document, "number",
	    json_string(invoice->number));
	return STORE_OK;
}

/* ---- reference -------------------------------------------------------------------- */

/* A Swiss QR reference is paid to the QR-IBAN alone. */
static void
set_qr_iban(const struct account *account, const char *reference,
    json_t *payment)
{
	json_t *first = json_array_get(json_object_get(payment, "accounts"), 0);

	if (account && account->qr_iban && reference &&
	    strlen(reference) == 27 && reference_is_qrr(reference) && first &&
	    g_strcmp0(document_text(first, "iban"), account->iban) == 0)
		json_put(first, "iban", account->qr_iban);
}

/* What the customer is asked to quote: as written, else of our own. */
static enum store_status
set_reference(struct making *making)
{
	const struct config *config = making->context->config;
	struct invoice *invoice = making->invoice;
	const struct account *account = invoice_account(config, invoice);
	json_t *payment = json_object_get(making->document, "payment");
	const char *own = document_text(payment, "reference");
	enum store_status status = STORE_OK;

	g_clear_pointer(&invoice->reference, g_free);
	if (own || making->foreign)
		invoice->reference = g_strdup(own);
	else
		status = reference_issue(making->context->store, config,
		    account, invoice->number, &invoice->reference);
	if (!own && payment && invoice->reference)
		json_put(payment, "reference", invoice->reference);
	set_qr_iban(account, invoice->reference, payment);
	return status;
}

/* ---- into the store ------------------------------------------------------------------ */

static void
set_document(struct invoice *invoice, const json_t *document)
{
	char *text = json_dumps(document, JSON_COMPACT);

	g_free(invoice->document);
	invoice->document = g_strdup(text);
	free(text);
}

static enum store_status
write_row(struct making *making, const char *const *keys, char **why)
{
	struct store *store = making->context->store;
	struct invoice *invoice = making->invoice;
	enum store_status status = invoice->id ?
	    store_invoice_rewrite(store, invoice, keys) :
	    store_invoice_add(store, invoice, keys);

	if (status == STORE_KNOWN && making->foreign)
		return status;
	if (status == STORE_CONFLICT || status == STORE_KNOWN)
		*why = g_strdup_printf("number: there is an invoice %s "
		    "already", invoice->number);
	else if (status == STORE_INVALID)
		*why = g_strdup(store_error(store));
	return *why ? STORE_INVALID : status;
}

const char *
invoice_words(const struct invoice *invoice)
{
	return invoice->type == INVOICE_CREDIT_NOTE ? "Credit note" :
	    invoice->type == INVOICE_DEPOSIT ? "Deposit invoice" : "Invoice";
}

enum store_status
invoice_write(struct making *making, char **why)
{
	struct invoice *invoice = making->invoice;
	g_auto(GStrv) keys = NULL;
	enum store_status status = set_number(making);

	if (status == STORE_OK)
		status = set_reference(making);
	if (status != STORE_OK)
		return status;
	set_document(invoice, making->document);
	invoice->state = INVOICE_OPEN;
	keys = reference_invoice_keys(invoice->number, invoice->reference,
	    invoice->po);
	return write_row(making, (const char *const *)keys, why);
}

enum store_status
invoice_issue(struct making *making, GPtrArray *done, char **why)
{
	struct context *context = making->context;
	struct invoice *invoice = making->invoice;
	const char *what = invoice->id ? "invoice-issued" : "invoice-new";
	enum store_status status = invoice_write(making, why);

	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_INVOICE, invoice->id,
		    what, "%s %s for %s, due %s, made by %s.",
		    invoice_words(invoice), invoice->number,
		    making->customer->name, invoice->due, owner_name(context));
	if (status == STORE_OK && invoice->state == INVOICE_OPEN &&
	    invoice->type != INVOICE_CREDIT_NOTE)
		status = reconcile_invoice(context, invoice->id, done);
	return status == STORE_KNOWN || status == STORE_NONE ? STORE_OK
							     : status;
}

enum store_status
invoice_keep_draft(struct making *making, char **why)
{
	struct context *context = making->context;
	struct invoice *invoice = making->invoice;
	bool is_new = invoice->id == 0;
	int64_t counter = 0;
	enum store_status status = STORE_OK;

	if (is_new) {
		status = store_series_next(context->store, "draft-{N}", 1,
		    &counter);
		invoice->key = g_strdup_printf("draft-%" G_GINT64_FORMAT,
		    counter);
		invoice->number = g_strdup(invoice->key);
	}
	invoice->state = INVOICE_DRAFT;
	set_document(invoice, making->source);
	if (status == STORE_OK)
		status = write_row(making, NULL, why);
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_INVOICE, invoice->id,
		    is_new ? "invoice-draft" : "invoice-edited",
		    "%s for %s was %s by %s.", invoice->number,
		    making->customer->name, is_new ? "drafted" : "changed",
		    owner_name(context));
	return status;
}

/* ---- its mail -------------------------------------------------------------------------- */

/* Does its mail wait, or did it go? */
static enum store_status
was_written(struct store *store, const struct invoice *invoice, bool *was)
{
	const struct letter_filter filter = {.invoice = invoice->id,
	    .kinds = 1u << LETTER_INVOICE | 1u << LETTER_CREDIT_NOTE,
	    .states = ~(1u << LETTER_RECALLED | 1u << LETTER_FAILED),
	    .limit = 1};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(store, &filter, &letters);

	*was = status == STORE_OK && (letters->len > 0 || invoice->sent);
	return status;
}

bool
invoice_goes_at_once(const struct invoice *invoice)
{
	return invoice->type == INVOICE_CREDIT_NOTE || invoice->opening == 0;
}

enum store_status
invoice_queue(struct context *context, const struct customer *customer,
    const struct invoice *invoice)
{
	enum letter_kind kind = invoice->type == INVOICE_CREDIT_NOTE ?
	    LETTER_CREDIT_NOTE : LETTER_INVOICE;
	g_autofree char *text = NULL, *money = NULL;
	struct plan *plan;
	struct letter *letter;
	bool was;
	enum store_status status = was_written(context->store, invoice, &was);

	if (status != STORE_OK || was)
		return status == STORE_OK ? STORE_KNOWN : status;
	letter = letter_new(context, kind, customer, invoice->number);
	if (!letter)
		return STORE_NONE;
	letter_add_item(letter, invoice->id, 0, invoice->open);
	money = money_text(invoice->amount, invoice->currency);
	text = g_strdup_printf("%s %s of %s to %s is planned",
	    kind == LETTER_CREDIT_NOTE ? "credit note" : "invoice",
	    invoice->number, money, letter->to);
	plan = plan_new();
	plan_letter(plan, letter, text);
	status = plan_apply(plan, context->store, context->now,
	    owner_name(context));
	plan_free(plan);
	return status;
}
