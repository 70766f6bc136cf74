/*
 * invoice_finish.c - one transaction for an invoice that is made: checked,
 * numbered, kept, queued; then what is said of it.
 */
#include "invoice_finish.h"
#include "lookup.h"
#include "plan.h"
#include "print.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool
access_is_missing(const char *file)
{
	return strcmp(file, "-") != 0 && access(file, R_OK) != 0;
}

int
making_open(struct making *making, const struct invoice *draft)
{
	struct context *context = making->context;
	struct invoice *row = making->invoice;
	enum store_status status;

	json_decref(making->source);
	making->source = draft->document ? json_loads(draft->document, 0, NULL)
					 : NULL;
	if (!making->source) {
		making->source = json_object();
		say_error(context, "%s has no document to go on with",
		    draft->number);
		return EX_DATAERR;
	}
	making->read = g_strdup(draft->document);
	row->id = draft->id;
	row->key = g_strdup(draft->key);
	row->number = g_strdup(draft->number);
	status = store_customer_get(context->store, draft->customer,
	    &making->customer);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* ---- the transaction ------------------------------------------------------------ */

struct outcome {
	GPtrArray *done;	/* struct plan: of money that waited */
	char *why;
	bool send;
	enum store_status queued;
};

/* Has somebody else changed or issued the draft since it was read? */
static char *
check_draft(const struct making *making)
{
	struct invoice *now = NULL;
	bool same;

	if (!making->invoice->id)
		return NULL;
	if (store_invoice_get(making->context->store, making->invoice->id,
	    &now) != STORE_OK)
		return g_strdup(store_error(making->context->store));
	same = now->state == INVOICE_DRAFT &&
	    g_strcmp0(now->document, making->read) == 0;
	invoice_free(now);
	return same ? NULL : g_strdup_printf("%s was changed or issued "
	    "meanwhile: look at it again", making->invoice->number);
}

static enum store_status
carry_out(struct making *making, bool send, struct outcome *outcome)
{
	enum store_status status;

	outcome->why = check_draft(making);
	if (!outcome->why)
		outcome->why = making_complete(making);
	if (outcome->why)
		return STORE_INVALID;
	if (making->draft)
		return invoice_keep_draft(making, &outcome->why);
	status = invoice_issue(making, outcome->done, &outcome->why);
	outcome->send = send || invoice_goes_at_once(making->invoice);
	if (status != STORE_OK || !outcome->send)
		return status;
	outcome->queued = invoice_queue(making->context, making->customer,
	    making->invoice);
	return outcome->queued == STORE_NONE || outcome->queued == STORE_KNOWN
	    ? STORE_OK : outcome->queued;
}

/* ---- what is said ----------------------------------------------------------------- */

static void
say_next(const struct making *making, const struct outcome *outcome)
{
	const struct context *context = making->context;

	if (context->dry_run)
		puts("Nothing was changed.");
	else if (making->draft)
		printf("It is a draft and goes nowhere until 'mailfilter "
		    "invoice send %s'.\n", making->invoice->number);
	else if (outcome->send && outcome->queued == STORE_NONE)
		printf("%s has no e-mail address: nothing can be sent "
		    "('mailfilter customer edit %s --email ADDRESS').\n",
		    making->customer->name, making->customer->key);
	else if (outcome->send)
		puts("Its mail waits for 'mailfilter send' or the next run.");
	else
		puts("It goes out with the next 'mailfilter run'.");
}

static void
say_made(const struct making *making, const struct outcome *outcome)
{
	const struct context *context = making->context;
	const struct invoice *v = making->invoice;
	g_autofree char *amount = money_text(v->amount, v->currency);
	g_autofree char *tax = money_text(v->tax, v->currency);
	g_autofree char *left = money_text(v->opening, v->currency);

	printf("%s %s for %s: %s (tax %s)", context->dry_run ?
	    "Would make invoice" : making->draft ? "Draft" : invoice_words(v),
	    v->number, making->customer->name, amount, tax);
	if (v->opening != v->amount)
		printf(", to pay %s", left);
	if (v->type != INVOICE_CREDIT_NOTE)
		printf(", due %s", v->due);
	printf(", reference %s.\n", v->reference ? v->reference : "none");
	for (guint i = 0; i < outcome->done->len; i++) {
		g_autofree char *text = plan_words(outcome->done->pdata[i]);

		fputs(text, stdout);
	}
	say_next(making, outcome);
}

/* A draft that the customer could not use is said at once, and so is a tax
 * that may have been forgotten. */
static void
warn(struct making *making)
{
	g_autofree char *why = NULL;

	if (making->untaxed)
		say(making->context, "warning: lines without a tax are taken "
		    "as zero rated (Z): say the rate or a category in --line, "
		    "or tax in the section documents of the configuration");
	if (!making->draft || making->context->quiet)
		return;
	making->draft = false;
	why = making_complete(making);
	making->draft = true;
	if (why)
		say(making->context, "warning: it cannot be sent yet: %s", why);
}

int
invoice_finish(struct making *making, bool send)
{
	struct context *context = making->context;
	struct outcome outcome = {.queued = STORE_OK,
	    .done = g_ptr_array_new_with_free_func((GDestroyNotify)plan_free)};
	enum store_status status = store_begin(context->store);
	json_t *json = NULL;
	int code;

	if (status == STORE_OK)
		status = carry_out(making, send, &outcome);
	if (status == STORE_OK && context->json)
		json = invoice_json(context, making->invoice);
	if (status == STORE_OK)
		warn(making);
	if (outcome.why) {
		store_rollback(context->store);
		say_error(context, "%s", outcome.why);
		code = EX_DATAERR;
	} else {
		code = owner_finish(context, status);
	}
	if (code == EX_OK && json)
		print_json(json_incref(json));
	else if (code == EX_OK && !context->quiet)
		say_made(making, &outcome);
	json_decref(json);
	g_free(outcome.why);
	g_ptr_array_unref(outcome.done);
	return code;
}
