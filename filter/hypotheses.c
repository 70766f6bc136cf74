/*
 * hypotheses.c - builds the explanations of a payment out of one customer's
 * invoices: one invoice, several that the text names, with credit notes, or
 * (to be asked about) a sum nobody named. Pure.
 */
#include "currency.h"
#include "hypotheses.h"

#include <string.h>

#define NAMED_MIN 0.5		/* a mention that can stand for an invoice */
#define PARTY_MIN 0.8		/* a payer who needs no reference to be asked */
#define HABIT 50		/* of 100 payments */
#define UNNAMED_CHANCE 0.005	/* a guess that needs no reference */

bool
candidate_is_open(const struct candidate *candidate)
{
	return candidate->invoice->state == INVOICE_OPEN &&
	    invoice_balance(candidate->invoice) > 0;
}

static double
candidate_party(const struct candidate *candidate)
{
	double account = !candidate->account ? 0
	    : candidate->account_shared	     ? 0.7
					     : 1;
	double name = candidate->name * 0.93;

	/* One account for two customers: the name says which. */
	if (candidate->account_shared && candidate->name >= 0.85 &&
	    candidate->namesakes == 0)
		return 0.95;
	return MAX(account, name);
}

void
case_read(const struct facts *facts, struct case_file *out)
{
	const struct payment *payment = facts->payment;

	*out = (struct case_file){.facts = facts, .paid = payment->unallocated - facts->claimed,
	    .day = payment->value ? payment->value : payment->booked,
	    .payer_known = payment->payer || payment->payer_account,
	    .prepaid = payment_is_prepaid(payment)};
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];
		double party = candidate_party(c);

		out->named = MAX(out->named, c->mention);
		if (c->mention >= NAMED_MIN &&
		    out->mentions < G_N_ELEMENTS(out->mentioned))
			out->mentioned[out->mentions++] = c;
		if (!candidate_is_open(c))
			out->named_closed = MAX(out->named_closed, c->mention);
		if (party > out->best_party) {
			out->best_party = party;
			out->best_customer = c->invoice->customer;
		}
	}
	if (out->named < NAMED_MIN && facts->candidates->len)
		out->purpose = payment_purpose(payment);
}

void
hypothesis_free(struct hypothesis *hypothesis)
{
	if (!hypothesis)
		return;
	g_array_unref(hypothesis->shares);
	g_ptr_array_unref(hypothesis->reasons);
	g_free(hypothesis);
}

struct hypothesis *
hypothesis_new(const struct candidate *lead, enum amount_kind kind)
{
	struct hypothesis *one = g_new0(struct hypothesis, 1);

	one->shares = g_array_new(FALSE, TRUE, sizeof(struct share));
	one->reasons = g_ptr_array_new_with_free_func(g_free);
	one->lead = lead;
	one->kind = (int)kind;
	one->mention = 1;
	one->party = 1;
	one->dated = DATED_DAY;
	one->ways = 1;
	one->certain = true;
	one->settles_fully = true;
	return one;
}

void
hypothesis_meet(struct hypothesis *one, const struct candidate *c)
{
	if (c->mention <= one->mention)
		one->reading = c->reading;
	one->mention = MIN(one->mention, c->mention);
	one->party = MIN(one->party, candidate_party(c));
	one->dated = MIN(one->dated, c->dated);
	one->count++;
}

void
hypothesis_share(struct hypothesis *one, const struct candidate *c, int64_t amount,
    enum allocation_kind kind)
{
	struct share share = {.invoice = c->invoice->id,
	    .customer = c->invoice->customer, .key = c->invoice->key,
	    .number = c->invoice->number, .amount = amount, .kind = kind};

	g_array_append_val(one->shares, share);
}

void
hypothesis_finish(const struct case_file *file, struct hypothesis *one, int rivals,
    GPtrArray *out)
{
	one->difference = one->balance - file->paid;
	one->odds = weigh(file, one, rivals);
	explain_hypothesis(one);
	g_ptr_array_add(out, one);
}

/* ---- one invoice --------------------------------------------------------- */

/* What the bank says it was told to pay, when it is this currency and nothing
 * of it is spent, else 0. */
static int64_t
instructed_in(const struct payment *payment, const char *currency)
{
	return payment->unallocated == payment->amount &&
	    g_strcmp0(payment->instructed_currency, currency) == 0
	    ? payment->instructed : 0;
}

/* What the payment is for one invoice. */
static struct amount_fit
fit_of(const struct case_file *file, const struct candidate *c)
{
	const struct facts *facts = file->facts;
	struct amount_case asked = {.paid = file->paid, .day = file->day,
	    .told = charges_told(facts->payment),
	    .instructed = instructed_in(facts->payment,
		c->invoice->currency),
	    .invoice = c->invoice, .customer = c->customer,
	    .config = facts->config,
	    .way = charges_way(facts->payment, c->customer, facts->config),
	    .deducts = c->learned.charges >= HABIT,
	    .rounds = c->learned.rounds >= HABIT};

	return amount_fit(&asked);
}

/* May the money be for this invoice at all when nobody names it? Not a guess
 * at one of many amounts. */
static bool
explains_unnamed(const struct amount_fit *fit)
{
	switch (fit->kind) {
	case AMOUNT_EXACT:
	case AMOUNT_DISCOUNT:
	case AMOUNT_ROUNDING:
	case AMOUNT_LATE_DISCOUNT:
	case AMOUNT_FEE:
	case AMOUNT_FEE_TOLD:
		return true;
	case AMOUNT_WITHHOLDING:
		return fit->on_file || fit->chance < UNNAMED_CHANCE;
	case AMOUNT_INSTALMENT:
		return fit->chance < UNNAMED_CHANCE;
	default:
		return false;
	}
}

/* Another open one, which the text does not name, that the money fits better
 * than a part or too much of this one. */
static bool
is_elsewhere(const struct case_file *file, const struct candidate *one,
    const struct set *open)
{
	for (guint i = 0; i < open->n; i++) {
		const struct candidate *c = open->items[i];
		struct amount_fit fit;

		if (c == one || c->mention >= NAMED_MIN)
			continue;
		fit = fit_of(file, c);
		if (fit.kind != AMOUNT_FEE && fit.kind != AMOUNT_ROUNDING &&
		    fit.kind != AMOUNT_INSTALMENT && explains_unnamed(&fit))
			return true;
	}
	return false;
}

static void
look_elsewhere(const struct case_file *file, struct hypothesis *one,
    const struct set *open)
{
	if (one->kind != AMOUNT_OVER && one->kind != AMOUNT_PARTIAL)
		return;
	one->elsewhere = is_elsewhere(file, one->lead, open);
	if (one->kind != AMOUNT_OVER)
		return;
	one->rest_fits = guesses_rest(file, open, one->lead);
	one->sum_elsewhere = !one->elsewhere &&
	    guesses_instead(file, open, one->lead);
}

static void
add_single(const struct case_file *file, const struct candidate *c,
    const struct set *open, GPtrArray *out)
{
	struct amount_fit fit = fit_of(file, c);
	struct hypothesis *one;

	if (c->mention < 0.3 && (!explains_unnamed(&fit) ||
		candidate_party(c) < 0.4 ||
		(file->prepaid && fit.kind != AMOUNT_EXACT)))
		return;
	one = hypothesis_new(c, fit.kind);
	hypothesis_meet(one, c);
	one->balance = invoice_balance(c->invoice);
	one->certain = fit.certain;
	one->on_file = fit.on_file;
	one->rest_kind = fit.rest_kind;
	one->chance = fit.chance;
	hypothesis_share(one, c, fit.payment, ALLOCATION_PAYMENT);
	if (fit.other)
		hypothesis_share(one, c, fit.other, fit.other_kind);
	one->settles_fully = fit.payment + fit.other == one->balance;
	look_elsewhere(file, one, open);
	hypothesis_finish(file, one, c->amount_rivals, out);
	if (fit.rest_kind && !fit.certain)
		g_ptr_array_add(one->reasons, g_strconcat("rest:",
		    allocation_kind_name(fit.rest_kind), NULL));
}

/* "/OCMT/USD110,00/": what the payer's bank was told to pay, which the payer
 * can write as well. */
static bool
is_told_in(const char *text, const char *currency, int64_t balance)
{
	const char *p = text ? strstr(text, "/OCMT/") : NULL;
	g_autofree char *amount = NULL;
	int64_t minor;

	if (!p || strncmp(p + 6, currency, 3) != 0)
		return false;
	amount = g_strndup(p + 9, strspn(p + 9, "0123456789.,"));
	g_strdelimit(amount, ",", '.');
	if (g_str_has_suffix(amount, "."))
		amount[strlen(amount) - 1] = '\0';
	return money_parse(amount, currency, &minor) && minor == balance;
}

/* A rate that no two currencies have had lately. */
static bool
is_absurd(int64_t paid, const char *from, int64_t balance, const char *to)
{
	int64_t rough;

	return currency_rough(paid, from, to, &rough) &&
	    (rough / 2 > balance || rough < balance / 2);
}

static void
add_currency(const struct case_file *file, const struct candidate *c,
    GPtrArray *out)
{
	const struct payment *payment = file->facts->payment;
	const char *currency = c->invoice->currency;
	int64_t balance = invoice_balance(c->invoice);
	int64_t instructed = instructed_in(payment, currency);
	bool told = instructed == balance ||
	    is_told_in(payment->remittance, currency, balance);
	struct hypothesis *one;

	if ((c->mention < 0.75 && !(told && candidate_party(c) >= PARTY_MIN)) ||
	    (!told && is_absurd(file->paid, payment->currency, balance,
		currency)))
		return;
	one = hypothesis_new(c, told ? AMOUNT_CURRENCY_TOLD : AMOUNT_CURRENCY);
	hypothesis_meet(one, c);
	one->balance = balance;
	one->settles_fully = false;
	one->certain = false;
	hypothesis_share(one, c, one->balance, ALLOCATION_PAYMENT);
	hypothesis_finish(file, one, 1, out);
	if (instructed > 0) {
		g_autofree char *amount = money_format(instructed, currency);

		g_ptr_array_add(one->reasons, g_strdup_printf("told:%s %s",
		    amount, currency));
	}
}

/* ---- several invoices ------------------------------------------------------- */

void
set_add(const struct case_file *file, struct set *set,
    const struct candidate *c)
{
	int64_t sum, less;

	if (set->n == SET_MAX || __builtin_add_overflow(set->sum,
		invoice_balance(c->invoice), &sum) ||
	    __builtin_add_overflow(set->discounted,
		invoice_discounted(c->invoice, file->day,
		    file->facts->config), &less))
		return;
	set->items[set->n++] = c;
	set->sum = sum;
	set->discounted = less;
}

bool
set_has(const struct set *set, const struct candidate *c)
{
	for (guint i = 0; i < set->n; i++)
		if (set->items[i] == c)
			return true;
	return false;
}

/* Full balances of all; what discounts leave is closed. */
struct hypothesis *
hypothesis_of_set(const struct case_file *file, const struct set *set,
    enum amount_kind kind)
{
	struct hypothesis *one = hypothesis_new(set->items[0], kind);
	bool discounted = set->sum != file->paid;

	for (guint i = 0; i < set->n; i++) {
		const struct candidate *c = set->items[i];
		int64_t balance = invoice_balance(c->invoice);
		int64_t pays = discounted ? invoice_discounted(c->invoice,
			file->day, file->facts->config) : balance;

		hypothesis_meet(one, c);
		one->balance += balance;
		hypothesis_share(one, c, pays, ALLOCATION_PAYMENT);
		if (pays < balance)
			hypothesis_share(one, c, balance - pays, ALLOCATION_DISCOUNT);
	}
	return one;
}

/* ---- all of one customer ------------------------------------------------------- */

bool
is_younger(const struct candidate *candidate, const char *day)
{
	const char *date = candidate->invoice->date;

	return date && day && strcmp(date, day) > 0;
}

/* What of one customer a payment may be for. */
struct sets {
	struct set open, named;		/* invoices */
	struct set notes, named_notes;	/* credit notes */
};

static void
sort_in(const struct case_file *file, const struct candidate *c,
    struct sets *sets)
{
	bool note = c->invoice->type == INVOICE_CREDIT_NOTE;

	/* money does not come before its invoice, but for a customer's money
	 * on account; nor is it less by a credit note that comes later */
	if (c->mention < 0.3 && is_younger(c, file->day) &&
	    (note || candidate_party(c) < PARTY_MIN))
		return;
	set_add(file, note ? &sets->notes : &sets->open, c);
	if (c->mention >= NAMED_MIN)
		set_add(file, note ? &sets->named_notes : &sets->named, c);
}

/* Nothing is named: what a payer whom we know may have meant. */
static void
add_unnamed(const struct case_file *file, const struct sets *sets,
    GPtrArray *out)
{
	const struct set *open = &sets->open;

	for (guint i = 0; i < open->n; i++)
		if (fit_of(file, open->items[i]).kind <= AMOUNT_DISCOUNT)
			return;
	if (file->prepaid)
		return;
	groups_add(file, open, out);
	guesses_add(file, open, out);
	notes_guess(file, open, &sets->notes, out);
}

void
hypotheses_add(const struct case_file *file,
    const struct candidate *const *group, guint n, GPtrArray *out)
{
	struct sets sets = {.open.n = 0};

	for (guint i = 0; i < n; i++) {
		const struct candidate *c = group[i];

		if (!candidate_is_open(c) || c->rejected)
			continue;
		if (g_strcmp0(c->invoice->currency,
			file->facts->payment->currency) == 0)
			sort_in(file, c, &sets);
		else if (c->invoice->type != INVOICE_CREDIT_NOTE)
			add_currency(file, c, out);
	}
	for (guint i = 0; i < sets.open.n; i++)
		add_single(file, sets.open.items[i], &sets.open, out);
	sums_add_named(file, &sets.named, out);
	guesses_complete(file, &sets.named, &sets.open, out);
	if (sets.named.n && sets.open.n > sets.named.n &&
	    sets.named.sum != file->paid &&
	    sets.named.discounted != file->paid)
		lists_add(file, &sets.open, out);
	if (sets.named.n && sets.notes.n)
		notes_add(file, &sets.named, &sets.named_notes, &sets.notes,
		    out);
	if (n && !sets.named.n && file->named < NAMED_MIN &&
	    candidate_party(group[0]) >= PARTY_MIN) {
		told_add(file, &sets.open, out);
		add_unnamed(file, &sets, out);
	}
}
