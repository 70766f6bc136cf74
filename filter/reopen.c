/*
 * reopen.c - later, stronger evidence takes an automatic decision back. Money
 * that named nothing was put on an invoice by account and amount; then other
 * money names that very invoice, or another report of the same money tells
 * what it was for. Only what no person said is taken back, and only when both
 * payments find their place.
 */
#include "amounts.h"
#include "match.h"
#include "phrases.h"

#include <string.h>

#define NAMED 0.75		/* a mention that stands by itself */
#define UNNAMED 0.3

/* What is known of an invoice that is taken. */
struct holder {
	struct payment *payment;	/* owned: the money that is on it */
	GPtrArray *allocations;		/* struct allocation, all of them */
	int64_t amount;			/* their sum */
};

static void
holder_release(struct holder *holder)
{
	payment_free(holder->payment);
	if (holder->allocations)
		g_ptr_array_unref(holder->allocations);
}

/* Was all of it one payment's, on one invoice, without a person's word? */
static bool
is_automatic(const GPtrArray *allocations)
{
	const struct allocation *first;

	if (!allocations || allocations->len == 0)
		return false;
	first = allocations->pdata[0];
	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];

		if (strcmp(one->by, "auto") != 0 || one->credit_note ||
		    one->payment != first->payment ||
		    one->invoice != first->invoice)
			return false;
	}
	return true;
}

static int64_t
sum_of(const GPtrArray *allocations)
{
	int64_t sum = 0;

	for (guint i = 0; i < allocations->len; i++)
		sum += ((const struct allocation *)allocations->pdata[i])
			   ->amount;
	return sum;
}

/* STORE_NONE: the invoice is not held by automatic money alone. */
static enum store_status
holder_read(struct store *store, int64_t invoice, struct holder *out)
{
	g_autoptr(GPtrArray) of_payment = NULL;
	const struct allocation *first;
	enum store_status status = store_allocation_list(store, 0, invoice,
	    true, &out->allocations);

	if (status != STORE_OK)
		return status;
	if (!is_automatic(out->allocations))
		return STORE_NONE;
	first = out->allocations->pdata[0];
	status = store_allocation_list(store, first->payment, 0, true,
	    &of_payment);
	if (status != STORE_OK)
		return status;
	if (of_payment->len != out->allocations->len)
		return STORE_NONE;
	out->amount = sum_of(out->allocations);
	return store_payment_get(store, first->payment, &out->payment);
}

/* ---- as if it had not been done -------------------------------------------- */

static void
give_back(struct invoice *invoice, const struct payment *payment,
    int64_t amount)
{
	if (payment->state == PAYMENT_ANNOUNCED)
		invoice->announced -= amount;
	else
		invoice->open += amount;
	invoice->state = INVOICE_OPEN;
}

static struct candidate *
candidate_find(const struct facts *facts, int64_t invoice)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];

		if (c->invoice->id == invoice)
			return c;
	}
	return NULL;
}

/* Would this payment settle the invoice that it names, were it open? */
static bool
would_settle(struct facts *facts, struct candidate *c,
    const struct holder *holder)
{
	const struct invoice was = *c->invoice;
	bool twice = facts->paid_twice, settles;
	struct match *match;

	give_back(c->invoice, holder->payment, holder->amount);
	facts->paid_twice = false;
	match = match_payment(facts);
	settles = match->decision == DECISION_AUTO && ((struct hypothesis *)
	    match->hypotheses->pdata[0])->lead == c;
	match_free(match);
	*c->invoice = was;
	facts->paid_twice = twice;
	return settles;
}

/* Did the money that is on it name it? Then it stays; and it stays when there
 * is nothing else that it can be for. */
static enum store_status
can_move(struct context *context, const struct holder *holder,
    int64_t invoice, bool *out)
{
	struct facts facts;
	struct match *match;
	struct candidate *held;
	enum store_status status;

	*out = false;
	holder->payment->unallocated = holder->payment->amount;
	status = facts_gather(context_book(context), context->config,
	    context->today, holder->payment, NULL, &facts);
	if (status != STORE_OK)
		return status;
	held = candidate_find(&facts, invoice);
	if (!held || held->mention < UNNAMED) {
		match = match_payment(&facts);
		*out = match->decision == DECISION_AUTO ||
		    match->decision == DECISION_SUGGEST;
		match_free(match);
	}
	facts_release(&facts);
	return STORE_OK;
}

/* ---- taking back ------------------------------------------------------------- */

static struct plan *
take_back(const struct payment *payment, const GPtrArray *allocations,
    const char *number, const char *why)
{
	struct plan *plan = plan_new();

	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];
		g_autofree char *money =
		    money_text(one->amount, payment->currency);
		struct action *a = plan_add(plan, ACTION_REVERSE,
		    "reversed:stronger-evidence",
		    "%s of payment %s is taken off %s: %s", money,
		    payment->key, number, why);

		a->allocation = one->id;
		a->payment = payment->id;
		a->invoice = one->invoice;
	}
	return plan;
}

struct plan *
reopen_for(struct context *context, struct facts *facts, int64_t *other,
    enum store_status *status)
{
	struct plan *plan = NULL;

	*other = 0;
	*status = STORE_OK;
	for (guint i = 0; i < facts->candidates->len && !plan &&
	    facts->payment->state != PAYMENT_POSSIBLE; i++) {
		struct candidate *c = facts->candidates->pdata[i];
		struct holder holder = {NULL, NULL, 0};
		bool moves = false;

		if (c->mention < NAMED || invoice_balance(c->invoice) > 0 ||
		    c->invoice->type == INVOICE_CREDIT_NOTE)
			continue;
		*status = holder_read(context->store, c->invoice->id, &holder);
		if (*status == STORE_OK && would_settle(facts, c, &holder))
			*status = can_move(context, &holder, c->invoice->id,
			    &moves);
		if (*status == STORE_OK && moves) {
			g_autofree char *why = g_strdup_printf("it named no "
			    "invoice, and payment %s names this one",
			    facts->payment->key);

			*other = holder.payment->id;
			plan = take_back(holder.payment, holder.allocations,
			    c->invoice->number, why);
		}
		holder_release(&holder);
		if (*status != STORE_OK && *status != STORE_NONE)
			return NULL;
		*status = STORE_OK;
	}
	return plan;
}

/* ---- another report of the same money ------------------------------------------- */

/* Makes the facts as they were before the payment was put anywhere. Its
 * invoices that nothing leads to any more are not among the candidates. */
static void
forget_own(struct facts *facts, const struct payment *payment,
    const GPtrArray *allocations)
{
	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];
		struct candidate *c = candidate_find(facts, one->invoice);

		if (c)
			give_back(c->invoice, payment, one->amount);
	}
	facts->paid_twice = false;
}

/* Is it now booked, and by name, on what it was not booked on before? */
static bool
names_other(const struct facts *facts, const struct match *match,
    const GPtrArray *allocations)
{
	const struct hypothesis *top;

	if (match->decision != DECISION_AUTO)
		return false;
	top = match->hypotheses->pdata[0];
	if (top->mention < NAMED)
		return false;
	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];
		const struct candidate *c =
		    candidate_find(facts, one->invoice);

		if (c && (c->mention >= UNNAMED || top->lead == c))
			return false;
	}
	return true;
}

struct plan *
reopen_own(struct context *context, struct payment *payment,
    enum store_status *status)
{
	g_autoptr(GPtrArray) allocations = NULL;
	const struct allocation *first;
	struct plan *plan = NULL;
	struct facts facts;
	struct match *match;

	*status = store_allocation_list(context->store, payment->id, 0, true,
	    &allocations);
	if (*status != STORE_OK || !is_automatic(allocations))
		return NULL;
	first = allocations->pdata[0];
	payment->unallocated = payment->amount;
	*status = facts_gather(context_book(context), context->config,
	    context->today, payment, NULL, &facts);
	if (*status != STORE_OK)
		return NULL;
	forget_own(&facts, payment, allocations);
	match = match_payment(&facts);
	if (names_other(&facts, match, allocations)) {
		struct invoice *invoice = NULL;

		*status = store_invoice_get(context->store, first->invoice,
		    &invoice);
		if (*status == STORE_OK)
			plan = take_back(payment, allocations,
			    invoice->number, "a better report names another");
		invoice_free(invoice);
	}
	match_free(match);
	facts_release(&facts);
	return plan;
}
