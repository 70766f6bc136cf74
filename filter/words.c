/*
 * words.c - the owner's word about a payment, carried out inside the caller's
 * transaction: the plan is made of what the store says now, and what hung on
 * the payment (holds, questions, suggestions, waiting letters) follows.
 */
#include "words.h"
#include "lookup.h"
#include "match.h"
#include "phrases.h"
#include "remind.h"

#include <string.h>

void
word_release(struct word *word)
{
	if (word->said)
		g_string_free(word->said, TRUE);
	if (word->brief)
		g_string_free(word->brief, TRUE);
	g_free(word->refused);
	word->said = word->brief = NULL;
	word->refused = NULL;
}

int
word_refuse(struct word *word, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_free(word->refused);
	word->refused = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return EX_DATAERR;
}

static void
drop_invoice(void *data)
{
	invoice_free(data);
}

/* NONE is as good as OK where nothing had to be there. */
enum store_status
word_done(enum store_status status)
{
	return status == STORE_NONE || status == STORE_KNOWN ? STORE_OK
							     : status;
}

/* ---- carrying out -------------------------------------------------------------- */

/* Not that reminders go on, when more was done. */
static void
tell_brief(struct word *word, const struct plan *plan)
{
	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = plan->actions->pdata[i];

		if (i > 0 && a->kind == ACTION_RELEASE)
			continue;
		g_string_append_printf(word->brief, "%s%s",
		    word->brief->len ? "; " : "", a->text);
	}
}

/* What the owner's word did. */
static void
tell(struct word *word, const struct plan *plan)
{
	if (!word->said) {
		word->said = g_string_new(NULL);
		word->brief = g_string_new(NULL);
	}
	tell_brief(word, plan);
	if (!word->context->json) {
		g_autofree char *text = plan_words(plan);

		g_string_append(word->said, text);
		return;
	}
	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = plan->actions->pdata[i];
		json_t *line = json_pack("{s:s, s:s, s:s, s:s}", "payment",
		    word->payment->key, "action", action_kind_name(a->kind),
		    "code", a->code, "text", a->text);
		char *text = json_dumps(line, JSON_COMPACT |
		    JSON_PRESERVE_ORDER);

		g_string_append_printf(word->said, "%s\n", text);
		g_free(text);
		json_decref(line);
	}
}

/* Takes the plan. money: letters follow what was put on invoices. */
int
word_carry_out(struct word *word, struct plan *plan, bool money)
{
	struct context *context = word->context;
	g_autofree char *conflict = plan_conflict(plan);
	struct plan *after = NULL;
	enum store_status status;

	if (conflict) {
		plan_free(plan);
		return word_refuse(word, "the word contradicts itself: %s",
		    conflict);
	}
	status = plan_apply(plan, context->store, context->now,
	    owner_name(context));
	if (status == STORE_OK && money) {
		after = plan_new();
		status = remind_after_payment(context, word->payment->id,
		    after);
		if (status == STORE_OK)
			status = plan_apply(after, context->store,
			    context->now, owner_name(context));
	}
	if (status == STORE_OK)
		tell(word, plan);
	plan_free(after);
	plan_free(plan);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* ---- putting on invoices --------------------------------------------------------- */

int
word_parts(struct word *word, const struct part *parts, size_t n)
{
	g_autofree char *why = parts_refusal(word->payment, parts, n, NULL);

	if (why)
		return word_refuse(word, "%s", why);
	return word_carry_out(word, decide_parts(word->payment, parts, n,
	    owner_name(word->context)), true);
}

/* ---- what was suggested ------------------------------------------------------------ */

/* The credit note of a part is not stored beside its suggestion: the match
 * knows it, as long as it explains the payment as before. */
static int64_t
find_credit_note(const struct match *match, const struct suggestion *s)
{
	const struct hypothesis *top =
	    match->hypotheses->len ? match->hypotheses->pdata[0] : NULL;

	for (guint i = 0; top && i < top->shares->len; i++) {
		const struct share *share =
		    &g_array_index(top->shares, struct share, i);

		if (share->kind == s->kind && share->invoice == s->invoice &&
		    share->amount == s->amount)
			return share->credit_note;
	}
	return 0;
}

static enum store_status
credit_note_of(struct word *word, const struct suggestion *s, int64_t *id)
{
	struct context *context = word->context;
	struct facts facts;
	struct match *match;
	enum store_status status = facts_gather(context_book(context),
	    context->config, context->today, word->payment, NULL, &facts);

	if (status != STORE_OK)
		return status;
	match = match_payment(&facts);
	*id = find_credit_note(match, s);
	match_free(match);
	facts_release(&facts);
	return STORE_OK;
}

static enum store_status
load(struct word *word, int64_t id, GPtrArray *documents,
    const struct invoice **out)
{
	struct invoice *invoice = NULL;
	enum store_status status =
	    store_invoice_get(word->context->store, id, &invoice);

	if (status != STORE_OK)
		return status;
	g_ptr_array_add(documents, invoice);
	*out = invoice;
	return STORE_OK;
}

static enum store_status
suggested_part(struct word *word, const struct suggestion *s,
    GPtrArray *documents, GArray *parts)
{
	struct part part = {.kind = s->kind, .amount = s->amount};
	int64_t note = 0;
	enum store_status status = load(word, s->invoice, documents,
	    &part.invoice);

	if (status == STORE_OK && s->kind == ALLOCATION_CREDIT_NOTE)
		status = credit_note_of(word, s, &note);
	if (status == STORE_OK && note)
		status = load(word, note, documents, &part.credit_note);
	if (status == STORE_OK)
		g_array_append_val(parts, part);
	return status;
}

int
word_accept(struct word *word)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GPtrArray) documents =
	    g_ptr_array_new_with_free_func(drop_invoice);
	g_autoptr(GArray) parts =
	    g_array_new(FALSE, FALSE, sizeof(struct part));
	enum store_status status = word_done(store_suggestion_list(
	    word->context->store, word->payment->id, &list));

	/* the parts of the best one, which were stored first */
	for (guint i = 0; status == STORE_OK && list && i < list->len; i++) {
		const struct suggestion *s = list->pdata[i];
		const struct suggestion *best = list->pdata[0];

		if (s->invoice && s->probability >= best->probability)
			status = suggested_part(word, s, documents, parts);
	}
	if (status != STORE_OK)
		return store_failed(word->context, status);
	if (parts->len == 0)
		return word_refuse(word, "nothing is suggested for payment '%s'; "
		    "'mailfilter explain' tells why", word->payment->key);
	return word_parts(word, (const struct part *)(void *)parts->data,
	    parts->len);
}

/* ---- putting away ------------------------------------------------------------------ */

static enum store_status
answer_questions(struct word *word)
{
	return word_done(store_question_answer_payment(word->context->store,
	    word->payment->id, word->context->now));
}

int
word_reject(struct word *word)
{
	enum store_status status = store_suggestion_reject(
	    word->context->store, word->payment->id, word->context->now);

	if (status == STORE_NONE)
		return word_refuse(word, "nothing is suggested for payment '%s'; "
		    "'mailfilter explain' tells why", word->payment->key);
	if (status == STORE_OK)
		status = answer_questions(word);
	if (status != STORE_OK)
		return store_failed(word->context, status);
	return word_carry_out(word, decide_reject(word->payment,
	    owner_name(word->context)), false);
}

int
word_aside(struct word *word, enum aside aside)
{
	enum store_status status;

	if (word->payment->set_aside)
		return word_refuse(word, "payment '%s' is set aside already",
		    word->payment->key);
	if (word->payment->unallocated == 0)
		return word_refuse(word, "nothing is left of payment '%s'",
		    word->payment->key);
	status = answer_questions(word);
	if (status != STORE_OK)
		return store_failed(word->context, status);
	return word_carry_out(word, decide_aside(word->payment, aside,
	    owner_name(word->context)), false);
}

static int
credit_refusal(struct word *word, const struct customer *customer)
{
	const struct payment *payment = word->payment;
	struct customer *owner = NULL;
	enum store_status status;
	bool same;

	if (payment->amount < 0 || payment->unallocated <= 0)
		return word_refuse(word, "nothing is left of payment '%s'",
		    payment->key);
	if (payment->state == PAYMENT_POSSIBLE || payment->set_aside)
		return word_refuse(word, "payment '%s' is %s", payment->key,
		    payment->set_aside ? "set aside" : "not confirmed");
	status = credit_owner(word->context->store, payment->id, &owner);
	if (status != STORE_OK)
		return store_failed(word->context, status);
	same = owner && owner->id == customer->id;
	customer_free(owner);
	return same ? word_refuse(word, "what is left of payment '%s' is "
	    "credit of %s already", payment->key, customer->name) : EX_OK;
}

int
word_credit(struct word *word, const struct customer *customer)
{
	struct plan *plan;
	int code = credit_refusal(word, customer);
	enum store_status status;

	if (code != EX_OK)
		return code;
	status = word_done(store_suggestion_reject(word->context->store,
	    word->payment->id, word->context->now));
	if (status == STORE_OK)
		status = answer_questions(word);
	if (status != STORE_OK)
		return store_failed(word->context, status);
	plan = plan_new();
	decide_credit(plan, word->payment, customer,
	    owner_name(word->context));
	return word_carry_out(word, plan, false);
}
