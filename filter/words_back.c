/*
 * words_back.c - the owner takes a word back: all that stands of a payment
 * (`reconcile --undo`), or only the last word (the dialogue).
 */
#include "words.h"
#include "lookup.h"
#include "match.h"

#include <string.h>

static void
drop_suggestion(void *data)
{
	suggestion_free(data);
}

/* ---- all that stands --------------------------------------------------------------- */

/* What was undone is not to be booked again by itself. */
static enum store_status
remember_undone(struct word *word, const GPtrArray *allocations)
{
	struct store *store = word->context->store;
	g_autoptr(GPtrArray) undone =
	    g_ptr_array_new_with_free_func(drop_suggestion);
	enum store_status status;

	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *a = allocations->pdata[i];
		struct suggestion *s = g_new0(struct suggestion, 1);

		s->payment = word->payment->id;
		s->invoice = a->invoice;
		s->amount = a->amount;
		s->kind = a->kind;
		s->why = g_strdup("undone");
		g_ptr_array_add(undone, s);
	}
	status = store_suggestion_set(store, word->payment->id, undone);
	if (status == STORE_OK)
		status = store_suggestion_reject(store, word->payment->id,
		    word->context->now);
	return word_done(status);
}

static enum store_status
undo_bookings(struct word *word, struct plan **plan)
{
	struct context *context = word->context;
	g_autoptr(GPtrArray) list = NULL;
	g_auto(GStrv) numbers = NULL;
	enum store_status status = word_done(store_allocation_list(context->store,
	    word->payment->id, 0, true, &list));

	if (status != STORE_OK || !list || list->len == 0) {
		*plan = plan_new();
		return status;
	}
	numbers = g_new0(char *, list->len + 1);
	for (guint i = 0; i < list->len; i++)
		numbers[i] = invoice_number(context,
		    ((struct allocation *)list->pdata[i])->invoice);
	*plan = decide_undo(word->payment, list, (const char *const *)numbers,
	    owner_name(context));
	return remember_undone(word, list);
}

/* The owner said no to what was suggested, and has not taken that back. */
static bool
was_rejected(struct store *store, int64_t payment)
{
	struct journal_entry *entry = NULL;
	bool rejected = store_journal_last(store, payment, "rejected:",
	    &entry) == STORE_OK && strcmp(entry->code, "rejected:owner") == 0;

	journal_entry_free(entry);
	return rejected;
}

static enum store_status
undo_rest(struct word *word, struct plan *plan)
{
	struct context *context = word->context;
	const char *by = owner_name(context);
	struct customer *customer = NULL;
	enum store_status status = credit_owner(context->store,
	    word->payment->id, &customer);

	if (word->payment->set_aside)
		decide_take_back(plan, word->payment, "aside", by);
	if (customer)
		decide_take_back(plan, word->payment, "credit", by);
	customer_free(customer);
	if (status != STORE_OK || plan->actions->len ||
	    !was_rejected(context->store, word->payment->id))
		return status;
	status = store_suggestion_restore(context->store, word->payment->id,
	    0);
	if (status == STORE_OK)
		decide_take_back(plan, word->payment, "rejected", by);
	return word_done(status);
}

int
word_undo(struct word *word)
{
	struct plan *plan = NULL;
	enum store_status status = undo_bookings(word, &plan);

	if (status == STORE_OK)
		status = undo_rest(word, plan);
	if (status == STORE_OK && plan->actions->len)
		return word_carry_out(word, plan, false);
	plan_free(plan);
	if (status != STORE_OK)
		return store_failed(word->context, status);
	return word_refuse(word, "payment '%s' is on no invoice, and nothing else "
	    "was said of it", word->payment->key);
}

/* ---- the last word ---------------------------------------------------------------------- */

enum store_status
before_take(struct store *store, const struct payment *payment,
    struct before *before)
{
	g_autoptr(GPtrArray) list = NULL, open = NULL;
	struct customer *customer = NULL;
	enum store_status status = word_done(store_allocation_list(store,
	    payment->id, 0, true, &list));

	*before = (struct before){.payment = payment->id,
	    .set_aside = payment->set_aside};
	before->allocations = g_array_new(FALSE, FALSE, sizeof(int64_t));
	for (guint i = 0; list && i < list->len; i++)
		g_array_append_val(before->allocations,
		    ((struct allocation *)list->pdata[i])->id);
	if (status == STORE_OK)
		status = word_done(store_suggestion_list(store, payment->id,
		    &open));
	before->first = G_MAXINT64;
	for (guint i = 0; open && i < open->len; i++)
		before->first = MIN(before->first,
		    ((struct suggestion *)open->pdata[i])->id);
	if (status == STORE_OK)
		status = credit_owner(store, payment->id, &customer);
	before->credit = customer ? customer->id : 0;
	customer_free(customer);
	return status;
}

void
before_release(struct before *before)
{
	if (before->allocations)
		g_array_unref(before->allocations);
	before->allocations = NULL;
}

static bool
was_there(const struct before *before, int64_t allocation)
{
	for (guint i = 0; i < before->allocations->len; i++)
		if (g_array_index(before->allocations, int64_t, i) ==
		    allocation)
			return true;
	return false;
}

/* What was booked since. */
static enum store_status
restore_bookings(struct word *word, const struct before *before,
    struct plan **plan)
{
	struct context *context = word->context;
	g_autoptr(GPtrArray) list = NULL;
	g_auto(GStrv) numbers = NULL;
	enum store_status status = word_done(store_allocation_list(
	    context->store, before->payment, 0, true, &list));

	for (guint i = 0; list && i < list->len; )
		if (was_there(before,
			((struct allocation *)list->pdata[i])->id))
			g_ptr_array_remove_index(list, i);
		else
			i++;
	numbers = g_new0(char *, (list ? list->len : 0) + 1);
	for (guint i = 0; list && i < list->len; i++)
		numbers[i] = invoice_number(context,
		    ((struct allocation *)list->pdata[i])->invoice);
	*plan = list ? decide_undo(word->payment, list,
			   (const char *const *)numbers, owner_name(context))
		     : plan_new();
	return status;
}

/* Whose credit it was, if anybody's. */
static enum store_status
restore_credit(struct word *word, const struct before *before,
    struct plan *plan)
{
	struct store *store = word->context->store;
	const char *by = owner_name(word->context);
	struct customer *now = NULL, *then = NULL;
	enum store_status status = credit_owner(store, before->payment, &now);

	if (status == STORE_OK && (now ? now->id : 0) != before->credit) {
		if (before->credit)
			status = store_customer_get(store, before->credit,
			    &then);
		if (then)
			decide_credit(plan, word->payment, then, by);
		else if (status == STORE_OK)
			decide_take_back(plan, word->payment, "credit", by);
	}
	customer_free(now);
	customer_free(then);
	return status;
}

static enum store_status
restore_rest(struct word *word, const struct before *before,
    struct plan *plan)
{
	const char *by = owner_name(word->context);
	enum store_status status;

	if (word->payment->set_aside && !before->set_aside)
		decide_take_back(plan, word->payment, "aside", by);
	status = restore_credit(word, before, plan);
	if (status != STORE_OK)
		return status;
	status = store_suggestion_restore(word->context->store,
	    before->payment, before->first);
	if (status == STORE_OK && plan->actions->len == 0)
		decide_take_back(plan, word->payment, "rejected", by);
	return word_done(status);
}

int
word_restore(struct word *word, const struct before *before)
{
	struct plan *plan = NULL;
	int code;
	enum store_status status = restore_bookings(word, before, &plan);

	if (status == STORE_OK)
		status = restore_rest(word, before, plan);
	if (status != STORE_OK || plan->actions->len == 0) {
		plan_free(plan);
		if (status != STORE_OK)
			return store_failed(word->context, status);
		return word_refuse(word, "what was said of payment '%s' was "
		    "taken back already", word->payment->key);
	}
	code = word_carry_out(word, plan, false);
	if (code != EX_OK)
		return code;
	status = word_ask_again(word->context, before->payment);
	return status == STORE_OK ? EX_OK : store_failed(word->context,
	    status);
}

/* ---- asking again -------------------------------------------------------------------------- */

enum store_status
word_ask_again(struct context *context, int64_t id)
{
	struct payment *payment = NULL;
	struct facts facts;
	struct match *match;
	struct plan *plan;
	enum store_status status =
	    store_payment_get(context->store, id, &payment);

	if (status != STORE_OK || payment->unallocated <= 0 ||
	    payment->set_aside) {
		payment_free(payment);
		return status;
	}
	status = facts_gather(context_book(context), context->config,
	    context->today, payment, NULL, &facts);
	if (status != STORE_OK) {
		payment_free(payment);
		return status;
	}
	match = match_payment(&facts);
	if (match->decision == DECISION_AUTO)
		match->decision = DECISION_SUGGEST;
	status = facts_gather_steps(context->store, &facts, match);
	if (status == STORE_OK) {
		plan = decide_payment(&facts, match, context->now);
		status = plan_apply(plan, context->store, context->now,
		    owner_name(context));
		plan_free(plan);
	}
	match_free(match);
	facts_release(&facts);
	payment_free(payment);
	return status;
}
