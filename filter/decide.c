/*
 * decide.c - what to do about a payment, given what it can be for. An
 * unauthenticated report never settles: it holds the next reminder for two
 * days, once for each invoice and step, and asks. What is sure is settled;
 * what is likely holds the reminder for a few days and asks; money that came
 * a second time is left on account. Pure.
 */
#include "amounts.h"
#include "lookup.h"
#include "phrases.h"

#include <math.h>
#include <string.h>

#define HOLD_POSSIBLE (2 * DAY_SECONDS)	/* unauthenticated: at most 48 hours */
#define HOLD_SUGGESTED (5 * DAY_SECONDS)	/* about until the next statement */

/* Less than a twentieth of the balance is no reason to hold its reminder: a
 * cent with the right number in its text must not silence it. */
static bool
covers(int64_t amount, int64_t balance)
{
	return amount >= balance / 20;
}

static char *
reasons_text(const struct hypothesis *one)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < one->reasons->len; i++)
		g_string_append_printf(out, "%s%s", i ? "," : "",
		    (const char *)one->reasons->pdata[i]);
	return g_string_free(out, FALSE);
}

/* The evidence of a decision, as the journal keeps it. */
static char *
evidence_text(const struct facts *facts, const struct match *match,
    const struct hypothesis *one)
{
	json_t *reasons = json_array();
	json_t *out = json_pack("{s:s, s:s, s:s}", "payment",
	    facts->payment->key, "class", trust_name(facts->payment->trust),
	    "decision", decision_name(match->decision));
	const GPtrArray *list = one ? one->reasons : match->reasons;
	char *text;

	for (guint i = 0; i < list->len; i++)
		json_array_append_new(reasons, json_string(list->pdata[i]));
	json_object_set_new(out, "rules", reasons);
	if (one) {
		char probability[32];

		g_ascii_formatd(probability, sizeof(probability), "%.4f",
		    one->probability);
		json_object_set_new(out, "probability",
		    json_string(probability));
	}
	text = json_dumps(out, JSON_COMPACT);
	json_decref(out);
	return text;
}

static const struct candidate *
candidate_of(const struct facts *facts, int64_t invoice)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];

		if (c->invoice->id == invoice)
			return c;
	}
	return NULL;
}

static const char *
payer_name(const struct payment *payment)
{
	if (payment->payer)
		return payment->payer;
	return payment->payer_account ? payment->payer_account
				      : "an unnamed payer";
}

/* ---- asking -------------------------------------------------------------------- */

static struct action *
add_question(struct plan *plan, const struct facts *facts, const char *code,
    int64_t customer, int64_t invoice, char *text, int64_t now)
{
	return plan_ask(plan, &(struct question){.code = (char *)code,
	    .text = text, .customer = customer, .invoice = invoice,
	    .payment = facts->payment->id, .at = now});
}

static void
suggestion_drop(void *data)
{
	suggestion_free(data);
}

/* All that was weighed, best first, for the owner to choose from. The parts of
 * one explanation are known by their probability: where two explanations have
 * the same, the later one is made less probable by the last bit. */
static GPtrArray *
make_suggestions(const struct facts *facts, const struct match *match)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(suggestion_drop);
	double below = 2;

	for (guint i = 0; i < match->hypotheses->len && i < 5; i++) {
		const struct hypothesis *one = match->hypotheses->pdata[i];

		/* shares of one hypothesis belong together: only the best one
		 * may have several */
		if (i > 0 && one->shares->len > 1)
			continue;
		below = MIN(one->probability, nextafter(below, 0));
		for (guint j = 0; j < one->shares->len; j++) {
			const struct share *share =
			    &g_array_index(one->shares, struct share, j);
			struct suggestion *s = g_new0(struct suggestion, 1);

			s->payment = facts->payment->id;
			s->invoice = share->invoice;
			s->customer = share->customer;
			s->amount = share->amount;
			s->kind = share->kind;
			s->probability = below;
			s->why = reasons_text(one);
			g_ptr_array_add(out, s);
		}
	}
	return out;
}

/* "2026-0009 and 2026-0010" */
static char *
invoices_text(const struct hypothesis *one)
{
	GString *out = g_string_new(NULL);
	int64_t last = 0;

	for (guint i = 0; i < one->shares->len; i++) {
		const struct share *share =
		    &g_array_index(one->shares, struct share, i);

		if (share->invoice == last)
			continue;
		if (out->len)
			g_string_append(out,
			    i + 1 < one->shares->len ? ", " : " and ");
		g_string_append(out, share->number);
		last = share->invoice;
	}
	return g_string_free(out, FALSE);
}

/* Whoever can write a mail must not fill the owner's screen: what is beyond
 * the first few questions is one more. */
static struct action *
ask_in_general(struct plan *plan, const struct facts *facts, int64_t now)
{
	struct action *a = plan_ask(plan, &(struct question){
	    .code = (char *)"unverified-mail", .text = (char *)"More mail that "
	    "is not verified tells of money for open invoices: 'mailfilter "
	    "payment list' shows it. If it is your bank's, 'mailfilter bank "
	    "learn' makes it count", .at = now});

	a->payment = facts->payment->id;	/* of the suggestions */
	return a;
}

/* … and of a suggestion, with what is suggested. */
static char *
suggestion_evidence(const struct facts *facts, const struct match *match,
    const struct hypothesis *one)
{
	g_autofree char *evidence = evidence_text(facts, match, one);
	json_t *out = json_loads(evidence, 0, NULL), *numbers = json_array();
	char *text;

	for (guint i = 0; i < one->shares->len; i++) {
		const struct share *share =
		    &g_array_index(one->shares, struct share, i);

		json_array_append_new(numbers, json_string(share->number));
	}
	json_object_set_new(out, "invoices", numbers);
	text = json_dumps(out, JSON_COMPACT);
	json_decref(out);
	return text;
}

static void
ask_about(struct plan *plan, const struct facts *facts,
    const struct match *match, int64_t now)
{
	const struct payment *p = facts->payment;
	const struct hypothesis *top = match->hypotheses->pdata[0];
	g_autofree char *money = money_text(p->unallocated, p->currency);
	g_autofree char *invoices = invoices_text(top);
	g_autofree char *why = reasons_words(top->reasons);
	bool possible = p->state == PAYMENT_POSSIBLE;
	g_autofree char *text = g_strdup_printf(
	    "%s from %s may be for %s: %s", money, payer_name(p), invoices,
	    why);
	const struct share *first =
	    &g_array_index(top->shares, struct share, 0);
	struct action *a = facts->enough ? ask_in_general(plan, facts, now) :
	    add_question(plan, facts, possible ? "possible-payment" :
	    "suggested", first->customer, first->invoice, text, now);

	a->evidence = suggestion_evidence(facts, match, top);
	a->suggestions = make_suggestions(facts, match);
}

/* ---- holding --------------------------------------------------------------------- */

static void
hold_reminder(struct plan *plan, const struct facts *facts,
    const struct match *match, const struct share *share, int64_t now)
{
	const struct payment *p = facts->payment;
	const struct candidate *c = candidate_of(facts, share->invoice);
	bool possible = p->state == PAYMENT_POSSIBLE;
	g_autofree char *money = money_text(p->unallocated, p->currency);
	g_autofree char *why = g_strdup_printf("%s%s from %s%s",
	    possible ? "unverified mail about " : "", money,
	    payer_name(p), possible ? "" : " may be for it");
	struct action *a = plan_add(plan, ACTION_HOLD, "held:possible-payment",
	    "no reminder of %s for %d days: %s", share->number,
	    possible ? 2 : 5, why);
	struct hold *h = g_new0(struct hold, 1);

	h->kind = HOLD_POSSIBLE_PAYMENT;
	h->customer = a->customer = share->customer;
	h->invoice = a->invoice = share->invoice;
	h->payment = a->payment = p->id;
	h->trust = p->trust;
	h->step = c ? c->step : 0;
	h->why = g_steal_pointer(&why);
	h->origin = g_strdup("match");
	h->since = now;
	h->until = now + (possible ? HOLD_POSSIBLE : HOLD_SUGGESTED);
	a->of.hold = h;
	a->evidence = evidence_text(facts, match, match->hypotheses->pdata[0]);
}

static void
hold_and_ask(struct plan *plan, const struct facts *facts,
    const struct match *match, int64_t now)
{
	const struct hypothesis *top = match->hypotheses->pdata[0];
	int64_t last = 0;

	for (guint i = 0; i < top->shares->len && !facts->asked; i++) {
		const struct share *share =
		    &g_array_index(top->shares, struct share, i);
		const struct candidate *c =
		    candidate_of(facts, share->invoice);

		if (share->invoice == last || !c ||
		    share->kind != ALLOCATION_PAYMENT ||
		    !covers(share->amount,
			invoice_balance(c->invoice)))
			continue;
		last = share->invoice;
		hold_reminder(plan, facts, match, share, now);
	}
	ask_about(plan, facts, match, now);
}

/* ---- settling ---------------------------------------------------------------------- */

static const char *
settle_code(const struct share *share, const struct hypothesis *one)
{
	static const char *const codes[] = {
	    [ALLOCATION_DISCOUNT] = "settle:discount",
	    [ALLOCATION_FEE] = "settle:fee",
	    [ALLOCATION_WITHHOLDING] = "settle:withholding",
	    [ALLOCATION_ROUNDING] = "settle:rounding",
	    [ALLOCATION_CREDIT_NOTE] = "settle:credit-note",
	};

	if (share->kind != ALLOCATION_PAYMENT)
		return codes[share->kind];
	if (one->kind == AMOUNT_RULED)
		return "settle:rule";
	return one->mention >= 0.5 ? "settle:reference"
	    : one->lead->account   ? "settle:account"
				   : "settle:name";
}

/* Does the text name all of it in full, so that neither payer nor habit was
 * needed? */
static bool
names_all(const struct hypothesis *one)
{
	return one->mention >= 0.95 && one->kind != AMOUNT_RULED;
}

static void
settle_share(struct plan *plan, const struct facts *facts,
    const struct match *match, const struct share *share)
{
	const struct payment *p = facts->payment;
	const struct hypothesis *one = match->hypotheses->pdata[0];
	g_autofree char *money = money_text(share->amount, p->currency);
	struct allocation *allocation = g_new0(struct allocation, 1);
	bool announced = p->state == PAYMENT_ANNOUNCED;
	struct action *a;

	if (share->kind == ALLOCATION_PAYMENT)
		a = plan_add(plan, ACTION_SETTLE, settle_code(share, one),
		    "%s from %s %s %s", money, payer_name(p),
		    announced ? "is announced for" : "pays",
		    share->number);
	else
		a = plan_add(plan, ACTION_SETTLE, settle_code(share, one),
		    "%s of %s is closed as %s%s%s", money, share->number,
		    allocation_kind_name(share->kind),
		    share->credit_note ? " " : "",
		    share->credit_note ? share->credit_number : "");
	allocation->payment = a->payment = p->id;
	allocation->invoice = a->invoice = share->invoice;
	allocation->credit_note = share->credit_note;
	allocation->kind = share->kind;
	allocation->amount = share->amount;
	allocation->probability = one->probability;
	a->customer = share->customer;
	a->of.settle = allocation;
	a->named = names_all(one);
	a->evidence = evidence_text(facts, match, one);
}

/* What was paid is booked, and what is missing may be no debt: one question,
 * with the yes prepared. Nothing waits for the answer. */
static void
ask_rest(struct plan *plan, const struct facts *facts,
    const struct match *match, int64_t now)
{
	static const char *const says[] = {
	    [ALLOCATION_DISCOUNT] = "a discount taken too late",
	    [ALLOCATION_FEE] = "charges of a bank on the way",
	    [ALLOCATION_WITHHOLDING] = "a tax that the payer keeps back",
	    [ALLOCATION_ROUNDING] = "rounding",
	};
	const struct payment *p = facts->payment;
	const struct hypothesis *top = match->hypotheses->pdata[0];
	const struct invoice *invoice = top->lead->invoice;
	g_autofree char *money = money_text(top->difference, p->currency);
	g_autofree char *text = g_strdup_printf("%s of %s stays open after "
	    "what %s paid: it may be %s. 'mailfilter reconcile --accept %s' "
	    "closes it as %s, --reject leaves it open", money,
	    invoice->number, payer_name(p), says[top->rest_kind], p->key,
	    allocation_kind_name(top->rest_kind));
	struct action *a = add_question(plan, facts, REST_OPEN,
	    invoice->customer, invoice->id, text, now);
	struct suggestion *s = g_new0(struct suggestion, 1);

	s->payment = p->id;
	s->invoice = invoice->id;
	s->customer = invoice->customer;
	s->amount = top->difference;
	s->kind = top->rest_kind;
	s->probability = 0.5;
	s->why = reasons_text(top);
	a->suggestions = g_ptr_array_new_with_free_func(suggestion_drop);
	g_ptr_array_add(a->suggestions, s);
	a->evidence = evidence_text(facts, match, top);
}

static bool
leaves_rest(const struct hypothesis *one)
{
	return !one->certain && one->rest_kind != ALLOCATION_PAYMENT &&
	    one->count == 1 && one->difference > 0;
}

static void
settle(struct plan *plan, const struct facts *facts,
    const struct match *match, int64_t now)
{
	const struct payment *p = facts->payment;
	const struct hypothesis *top = match->hypotheses->pdata[0];
	int64_t left = p->unallocated - facts->claimed;

	for (guint i = 0; i < top->shares->len; i++) {
		const struct share *share =
		    &g_array_index(top->shares, struct share, i);

		settle_share(plan, facts, match, share);
		if (share->kind == ALLOCATION_PAYMENT)
			left -= share->amount;
	}
	if (left > 0 && (top->kind == AMOUNT_OVER ||
	    top->kind == AMOUNT_RULED)) {
		g_autofree char *money = money_text(left, p->currency);
		g_autofree char *text = g_strdup_printf(
		    "%s of what %s paid is more than was open: it stays "
		    "on account", money, payer_name(p));

		add_question(plan, facts, "over-paid",
		    top->lead->invoice->customer, 0, text, now);
	}
	if (leaves_rest(top))
		ask_rest(plan, facts, match, now);
}

/* ---- nothing matches ----------------------------------------------------------------- */

static void
ask_what(struct plan *plan, const struct facts *facts,
    const struct match *match, int64_t now)
{
	static const struct {
		const char *reason, *code, *says;
	} texts[] = {
	    {"paid-twice", "paid-twice",
		"pays what is paid already; it stays on account"},
	    {"already-paid", "already-paid", "names what is paid already"},
	    {"prepaid", "prepaid",
		"is paid in advance; it stays on account until there is an "
		"invoice for it"},
	    {"refused", "unmatched",
		"fits only what you have refused or taken back"},
	    {"unclear", "unmatched", "fits no open invoice"},
	    {"unknown", "unmatched",
		"is from no known customer and names no invoice"},
	};
	const struct payment *p = facts->payment;
	g_autofree char *money = money_text(p->unallocated, p->currency);
	const char *reason =
	    match->reasons->len ? match->reasons->pdata[0] : "";

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *text = NULL;

		if (strcmp(reason, texts[i].reason) != 0)
			continue;
		text = g_strdup_printf("%s from %s %s", money, payer_name(p),
		    texts[i].says);
		add_question(plan, facts, texts[i].code, 0, 0, text, now)
		    ->evidence = evidence_text(facts, match, NULL);
		return;
	}
}

struct plan *
decide_payment(const struct facts *facts, const struct match *match,
    int64_t now)
{
	const struct payment *p = facts->payment;
	struct plan *plan = plan_new();
	bool decided = match->decision == DECISION_AUTO ||
	    match->decision == DECISION_SUGGEST;

	if (p->unallocated <= 0 || match->decision == DECISION_DUPLICATE)
		return plan;
	if (rules_set_aside(facts, plan))
		return plan;
	if (p->state == PAYMENT_POSSIBLE) {
		/* A message that anybody can write and that fits nothing is
		 * worth no question. */
		if (decided)
			hold_and_ask(plan, facts, match, now);
	} else if (match->decision == DECISION_AUTO) {
		settle(plan, facts, match, now);
	} else if (decided) {
		hold_and_ask(plan, facts, match, now);
	} else {
		ask_what(plan, facts, match, now);
	}
	return plan;
}
