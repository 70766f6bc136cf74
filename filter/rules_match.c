/*
 * rules_match.c - what the owner's rule does to the match of a payment: whose
 * the money is, oldest first, never without a person, or not at all. A rule
 * never makes more of a message than it is worth, and never books against what
 * the text says of another customer. The decisions are pure.
 */
#include "hypotheses.h"
#include "party.h"
#include "phrases.h"
#include "rules.h"

#include <string.h>

#define NAMED_FULL 0.95
#define PARTY_SURE 0.95

/* ---- facts --------------------------------------------------------------------- */

/* The rule's customer is who paid, and nobody else is. */
static enum store_status
one_payer(struct book *book, struct facts *facts, GPtrArray *payers,
    const char *key)
{
	struct customer *found = NULL;
	struct payer *payer;
	enum store_status status = store_customer_find(book_store(book), key,
	    &found);

	if (status == STORE_OK && strcmp(found->key, key) == 0)
		facts->rule_customer = found->id;
	customer_free(found);
	if (!facts->rule_customer)
		return status == STORE_NONE ? STORE_OK : status;
	status = payers_get(book, facts->rule_customer, facts->customers,
	    payers, &payer);
	for (guint i = 0; status == STORE_OK && i < payers->len; i++) {
		struct payer *one = payers->pdata[i];

		one->account = one == payer;
		one->account_shared = false;
		one->namesakes = 0;
		if (one != payer)
			one->name = MIN(one->name, 0.5);
	}
	if (status == STORE_OK && g_ptr_array_find(payers, payer, NULL)) {
		guint at;

		g_ptr_array_find(payers, payer, &at);
		memmove(payers->pdata + 1, payers->pdata, at * sizeof(void *));
		payers->pdata[0] = payer;
	}
	return status;
}

enum store_status
rules_gather(struct book *book, struct facts *facts, GPtrArray *payers)
{
	const struct rule *rule = rules_find(facts->config, facts->payment);

	facts->rule = rule;
	if (!rule)
		return STORE_OK;
	if (rule->charges >= 0 || rule->discount_days >= 0) {
		facts->lent = g_new(struct config, 1);
		*facts->lent = *facts->config;
		if (rule->charges >= 0)
			facts->lent->fee_tolerance = rule->charges;
		if (rule->discount_days >= 0)
			facts->lent->discount_grace_days = rule->discount_days;
		facts->config = facts->lent;
	}
	return rule->customer ? one_payer(book, facts, payers,
	    rule->customer) : STORE_OK;
}

/* ---- oldest first ------------------------------------------------------------------ */

static void
add_reason(GPtrArray *reasons, const struct rule *rule)
{
	g_ptr_array_add(reasons, g_strconcat("rule:", rule->name, NULL));
}

static bool
is_surely(const struct candidate *c)
{
	return (c->account && !c->account_shared) ||
	    (c->name >= PARTY_SURE && c->namesakes == 0);
}

/* Whose invoices they are: the rule says so, or there is one customer only
 * who it can be. 0: nobody knows. */
static int64_t
whose(const struct facts *facts)
{
	int64_t customer = facts->rule_customer;

	if (facts->rule->customer)
		return customer;
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];

		if (!is_surely(c))
			continue;
		if (customer && customer != c->invoice->customer)
			return 0;
		customer = c->invoice->customer;
	}
	return customer;
}

static bool
may_be_paid(const struct case_file *file, const struct candidate *c,
    int64_t customer)
{
	return c->invoice->customer == customer && candidate_is_open(c) &&
	    c->invoice->type != INVOICE_CREDIT_NOTE && !c->rejected &&
	    strcmp(c->invoice->currency, file->facts->payment->currency) == 0 &&
	    !is_younger(c, file->day);
}

static int
older(const void *a, const void *b)
{
	const struct invoice *x =
	    (*(const struct candidate *const *)a)->invoice;
	const struct invoice *y =
	    (*(const struct candidate *const *)b)->invoice;
	int order = g_strcmp0(x->due ? x->due : x->date,
	    y->due ? y->due : y->date);

	return order ? order : x->id < y->id ? -1 : x->id > y->id;
}

static struct hypothesis *
oldest_first(const struct case_file *file, int64_t customer)
{
	g_autoptr(GPtrArray) open = g_ptr_array_new();
	struct hypothesis *one = NULL;
	int64_t left = file->paid;

	for (guint i = 0; i < file->facts->candidates->len; i++) {
		struct candidate *c = file->facts->candidates->pdata[i];

		if (may_be_paid(file, c, customer))
			g_ptr_array_add(open, c);
	}
	g_ptr_array_sort(open, older);
	for (guint i = 0; i < open->len && left > 0; i++) {
		const struct candidate *c = open->pdata[i];
		int64_t balance = invoice_balance(c->invoice);
		int64_t part = MIN(balance, left);

		if (!one)
			one = hypothesis_new(c, AMOUNT_RULED);
		hypothesis_meet(one, c);
		hypothesis_share(one, c, part, ALLOCATION_PAYMENT);
		one->balance += balance;
		one->settles_fully &= part == balance;
		left -= part;
	}
	return one;
}

/* The text names in full what another customer owes. */
static bool
names_another(const struct facts *facts, int64_t customer)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];

		if (c->invoice->customer != customer &&
		    c->mention >= NAMED_FULL && candidate_is_open(c))
			return true;
	}
	return false;
}

static bool
decide_oldest(const struct case_file *file, struct match *match)
{
	const struct facts *facts = file->facts;
	int64_t customer = whose(facts);
	struct hypothesis *one = customer ? oldest_first(file, customer) :
	    NULL;

	if (!one)
		return false;
	one->probability = 1;
	one->safe = true;
	add_reason(one->reasons, facts->rule);
	g_ptr_array_add(one->reasons, g_strdup("amount:by-rule"));
	g_ptr_array_add(match->hypotheses, one);
	match->kind = one->shares->len > 1 ? MATCH_MANY : MATCH_ONE;
	match->decision = DECISION_AUTO;
	if (names_another(facts, customer)) {
		match->decision = DECISION_SUGGEST;
		one->probability = 0.5;
		g_ptr_array_add(one->reasons,
		    g_strdup("contradiction:names-another"));
	}
	if (facts->payment->state == PAYMENT_POSSIBLE) {
		match->decision = DECISION_SUGGEST;
		g_ptr_array_add(one->reasons, g_strdup("class:unverified"));
	}
	return true;
}

/* ---- the match ------------------------------------------------------------------------- */

bool
rules_decide(const struct case_file *file, struct match *match)
{
	const struct rule *rule = file->facts->rule;

	if (!rule)
		return false;
	if (rule->actions & RULE_IGNORE) {
		add_reason(match->reasons, rule);
		g_ptr_array_add(match->reasons, g_strdup("ignored"));
		return true;
	}
	return rule->actions & RULE_OLDEST && decide_oldest(file, match);
}

/* Did the rule's word have a part in this explanation? */
static bool
had_part(const struct facts *facts, const struct hypothesis *top)
{
	const struct rule *rule = facts->rule;

	return rule->actions & RULE_ASK ||
	    (facts->rule_customer &&
	    top->lead->invoice->customer == facts->rule_customer) ||
	    (rule->charges >= 0 && top->kind == AMOUNT_FEE) ||
	    (rule->discount_days >= 0 && top->kind == AMOUNT_DISCOUNT);
}

/* The account is not known: it is the rule that says whose it is. */
static void
drop_account(struct hypothesis *top)
{
	for (guint i = 0; i < top->reasons->len; i++)
		if (strcmp(top->reasons->pdata[i], "payer:account") == 0)
			g_ptr_array_remove_index(top->reasons, i--);
}

void
rules_note(const struct facts *facts, struct match *match)
{
	struct hypothesis *top;

	if (!facts->rule || match->decision == DECISION_NONE ||
	    match->hypotheses->len == 0)
		return;
	top = match->hypotheses->pdata[0];
	if (facts->rule_customer && top->lead->learned.account == LEARNED_NO)
		drop_account(top);
	if (had_part(facts, top))
		add_reason(top->reasons, facts->rule);
	if (facts->rule->actions & RULE_ASK &&
	    match->decision == DECISION_AUTO)
		match->decision = DECISION_SUGGEST;
}

/* ---- the plan --------------------------------------------------------------------------- */

bool
rules_set_aside(const struct facts *facts, struct plan *plan)
{
	const struct payment *p = facts->payment;
	g_autofree char *money = money_text(p->amount, p->currency);

	if (!facts->rule || !(facts->rule->actions & RULE_IGNORE))
		return false;
	/* What anybody can write must not take real money out of sight. */
	if (p->state == PAYMENT_POSSIBLE)
		return true;
	plan_add(plan, ACTION_SET_ASIDE, "set-aside:rule",
	    "%s from %s is left aside, as your rule “%s” says", money,
	    p->payer ? p->payer : p->payer_account ? p->payer_account :
	    "an unnamed payer", facts->rule->name)->payment = p->id;
	return true;
}
