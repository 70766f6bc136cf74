/*
 * hypotheses.c - builds the explanations of a payment out of one customer's
 * invoices: one invoice, several that the text names, with credit notes, or
 * (to be asked about) a sum nobody named. Pure.
 */
#include "hypotheses.h"

#include <string.h>

#define NAMED_MIN 0.5		/* a mention that can stand for an invoice */
#define PARTY_MIN 0.8		/* a payer who needs no reference to be asked */
#define NAMED_MAX 10		/* … of which every choice is tried */
#define SUBSET_MAX 4		/* invoices of a sum that nobody named */
#define STEPS_MAX 20000
#define SOLUTIONS_MAX 3

bool
candidate_is_open(const struct candidate *candidate)
{
	return candidate->invoice->state == INVOICE_OPEN &&
	    invoice_balance(candidate->invoice) > 0;
}

double
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

	*out = (struct case_file){.facts = facts, .paid = payment->unallocated,
	    .day = payment->value ? payment->value : payment->booked,
	    .payer_known = payment->payer || payment->payer_account};
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];
		double party = candidate_party(c);

		out->named = MAX(out->named, c->mention);
		if (!candidate_is_open(c))
			out->named_closed = MAX(out->named_closed, c->mention);
		if (party > out->best_party) {
			out->best_party = party;
			out->best_customer = c->invoice->customer;
		}
	}
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

static struct hypothesis *
new_hypothesis(const struct candidate *lead, enum amount_kind kind)
{
	struct hypothesis *one = g_new0(struct hypothesis, 1);

	one->shares = g_array_new(FALSE, TRUE, sizeof(struct share));
	one->reasons = g_ptr_array_new_with_free_func(g_free);
	one->lead = lead;
	one->kind = (int)kind;
	one->mention = 1;
	one->party = 1;
	one->settles_fully = true;
	return one;
}

static void
meet(struct hypothesis *one, const struct candidate *c)
{
	one->mention = MIN(one->mention, c->mention);
	one->party = MIN(one->party, candidate_party(c));
	one->count++;
}

static void
add_share(struct hypothesis *one, const struct candidate *c, int64_t amount,
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
	one->odds = weigh(file, one, rivals);
	explain_hypothesis(one);
	g_ptr_array_add(out, one);
}

/* ---- one invoice --------------------------------------------------------- */

/* May the money be for this invoice at all when nobody names it? */
static bool
explains_unnamed(enum amount_kind kind)
{
	return kind == AMOUNT_EXACT || kind == AMOUNT_DISCOUNT ||
	    kind == AMOUNT_ROUNDING || kind == AMOUNT_LATE_DISCOUNT ||
	    kind == AMOUNT_FEE;
}

static void
add_single(const struct case_file *file, const struct candidate *c,
    GPtrArray *out)
{
	struct amount_fit fit = amount_fit(file->paid, file->day, c->invoice,
	    file->facts->config);
	struct hypothesis *one;

	if (c->mention < 0.3 && !explains_unnamed(fit.kind))
		return;
	if (c->mention < 0.3 && candidate_party(c) < 0.4)
		return;
	one = new_hypothesis(c, fit.kind);
	meet(one, c);
	one->balance = invoice_balance(c->invoice);
	add_share(one, c, fit.payment, ALLOCATION_PAYMENT);
	if (fit.other)
		add_share(one, c, fit.other, fit.other_kind);
	one->settles_fully = fit.payment + fit.other == one->balance;
	hypothesis_finish(file, one, c->amount_rivals, out);
}

static void
add_currency(const struct case_file *file, const struct candidate *c,
    GPtrArray *out)
{
	struct hypothesis *one;

	if (c->mention < 0.75)
		return;
	one = new_hypothesis(c, AMOUNT_CURRENCY);
	meet(one, c);
	one->balance = invoice_balance(c->invoice);
	one->settles_fully = false;
	add_share(one, c, one->balance, ALLOCATION_PAYMENT);
	hypothesis_finish(file, one, 1, out);
}

/* ---- several invoices ------------------------------------------------------- */

void
set_add(const struct case_file *file, struct set *set,
    const struct candidate *c)
{
	if (set->n == G_N_ELEMENTS(set->items))
		return;
	set->items[set->n++] = c;
	set->sum += invoice_balance(c->invoice);
	set->discounted += invoice_discounted(c->invoice, file->day,
	    file->facts->config);
}

/* Full balances of all; what discounts leave is closed. */
struct hypothesis *
hypothesis_of_set(const struct case_file *file, const struct set *set,
    enum amount_kind kind)
{
	struct hypothesis *one = new_hypothesis(set->items[0], kind);
	bool discounted = set->sum != file->paid;

	for (guint i = 0; i < set->n; i++) {
		const struct candidate *c = set->items[i];
		int64_t balance = invoice_balance(c->invoice);
		int64_t pays = discounted ? invoice_discounted(c->invoice,
			file->day, file->facts->config) : balance;

		meet(one, c);
		one->balance += balance;
		add_share(one, c, pays, ALLOCATION_PAYMENT);
		if (pays < balance)
			add_share(one, c, balance - pays, ALLOCATION_DISCOUNT);
	}
	return one;
}

static void
add_set(const struct case_file *file, const struct set *set,
    enum amount_kind kind, GPtrArray *out)
{
	hypothesis_finish(file, hypothesis_of_set(file, set, kind), 1, out);
}

/* Named, but the sum is another: the oldest first, as far as it goes. Never
 * booked, only asked. */
static void
add_named_other(const struct case_file *file, const struct set *named,
    GPtrArray *out)
{
	struct hypothesis *one =
	    new_hypothesis(named->items[0], AMOUNT_NAMED_OTHER);
	int64_t left = file->paid;

	for (guint i = 0; i < named->n && left > 0; i++) {
		const struct candidate *c = named->items[i];
		int64_t balance = invoice_balance(c->invoice);
		int64_t part = MIN(left, balance);

		meet(one, c);
		one->balance += balance;
		add_share(one, c, part, ALLOCATION_PAYMENT);
		left -= part;
	}
	one->settles_fully = false;
	hypothesis_finish(file, one, 1, out);
}

/* Every choice of two or more of the named ones that makes the sum right; that
 * there are two is seen in the probabilities. */
static void
add_named(const struct case_file *file, const struct set *named,
    GPtrArray *out)
{
	guint before = out->len;

	if (named->n < 2)
		return;
	if (named->sum == file->paid || named->discounted == file->paid) {
		add_set(file, named, AMOUNT_SEVERAL, out);
		return;
	}
	for (unsigned mask = 3; named->n <= NAMED_MAX &&
	    mask < (1U << named->n); mask++) {
		struct set some = {.n = 0};

		for (guint i = 0; i < named->n; i++)
			if (mask & (1U << i))
				set_add(file, &some, named->items[i]);
		if (some.n > 1 && (some.sum == file->paid ||
			some.discounted == file->paid))
			add_set(file, &some, AMOUNT_SUBSET, out);
	}
	if (out->len == before)
		add_named_other(file, named, out);
}

/* ---- nobody named them ------------------------------------------------------ */

struct search {			/* for a sum of some open invoices */
	const struct case_file *file;
	const struct set *open;
	GPtrArray *out;
	int solutions, steps;
};

static void
try_subsets(struct search *search, const struct set *chosen, guint from)
{
	for (guint i = from; i < search->open->n; i++) {
		struct set more;

		if (++search->steps > STEPS_MAX ||
		    search->solutions >= SOLUTIONS_MAX)
			return;
		if (chosen->sum + invoice_balance(
			search->open->items[i]->invoice) > search->file->paid)
			continue;
		more = *chosen;
		set_add(search->file, &more, search->open->items[i]);
		if (more.n > 1 && more.sum == search->file->paid) {
			search->solutions++;
			add_set(search->file, &more, AMOUNT_SUBSET,
			    search->out);
		} else if (more.n < SUBSET_MAX) {
			try_subsets(search, &more, i + 1);
		}
	}
}

/* All that is open, or a few of it, oldest first, unless one alone fits. Never
 * booked, only asked: among many invoices some sum is right by chance. */
static void
add_unnamed(const struct case_file *file, const struct set *open,
    GPtrArray *out)
{
	struct search search = {.file = file, .open = open, .out = out};
	const struct set none = {.n = 0};

	if (open->n < 2)
		return;
	for (guint i = 0; i < open->n; i++)
		if (amount_fit(file->paid, file->day, open->items[i]->invoice,
			file->facts->config).kind <= AMOUNT_DISCOUNT)
			return;
	if (open->sum == file->paid)
		add_set(file, open, AMOUNT_ALL, out);
	else if (open->sum > file->paid)
		try_subsets(&search, &none, 0);
}

/* ---- credit notes ------------------------------------------------------------ */

/* Invoices less credit notes. The notes are spent on the invoices in order;
 * money closes the rest. */
static bool
add_netted(const struct case_file *file, const struct set *invoices,
    const struct set *notes, enum amount_kind kind, GPtrArray *out)
{
	struct hypothesis *one;
	guint note = 0;
	int64_t left = 0;

	if (!invoices->n || !notes->n ||
	    invoices->sum - notes->sum != file->paid)
		return false;
	one = new_hypothesis(invoices->items[0], kind);
	left = invoice_balance(notes->items[0]->invoice);
	for (guint i = 0; i < invoices->n; i++) {
		const struct candidate *c = invoices->items[i];
		int64_t want = invoice_balance(c->invoice);

		meet(one, c);
		one->balance += want;
		while (want > 0 && note < notes->n) {
			const struct invoice *cn = notes->items[note]->invoice;
			int64_t part = MIN(want, left);
			struct share *share;

			add_share(one, c, part, ALLOCATION_CREDIT_NOTE);
			share = &g_array_index(one->shares, struct share,
			    one->shares->len - 1);
			share->credit_note = cn->id;
			share->credit_key = cn->key;
			share->credit_number = cn->number;
			want -= part;
			left -= part;
			if (left == 0 && ++note < notes->n)
				left = invoice_balance(
				    notes->items[note]->invoice);
		}
		if (want > 0)
			add_share(one, c, want, ALLOCATION_PAYMENT);
	}
	one->count += (int)notes->n;
	hypothesis_finish(file, one, 1, out);
	return true;
}

static void
add_notes(const struct case_file *file, const struct set *named,
    const struct set *named_notes, const struct set *notes, GPtrArray *out)
{
	if (named_notes->n &&
	    add_netted(file, named, named_notes, AMOUNT_NETTED, out))
		return;
	for (guint i = 0; i < named->n; i++) {
		for (guint j = 0; j < notes->n; j++) {
			struct set left = {.n = 0}, right = {.n = 0};

			if (named->n == 1 && named_notes->n == 1 &&
			    notes->items[j] == named_notes->items[0])
				continue;
			set_add(file, &left, named->items[i]);
			set_add(file, &right, notes->items[j]);
			add_netted(file, &left, &right, AMOUNT_NETTED_GUESS,
			    out);
		}
	}
}

bool
is_younger(const struct candidate *candidate, const char *day)
{
	const char *date = candidate->invoice->date;

	return date && day && strcmp(date, day) > 0;
}

/* ---- all of one customer ------------------------------------------------------- */

void
hypotheses_add(const struct case_file *file,
    const struct candidate *const *group, guint n, GPtrArray *out)
{
	struct set named = {.n = 0}, open = {.n = 0};
	struct set notes = {.n = 0}, named_notes = {.n = 0};

	for (guint i = 0; i < n; i++) {
		const struct candidate *c = group[i];
		bool note = c->invoice->type == INVOICE_CREDIT_NOTE;

		if (!candidate_is_open(c) || c->rejected)
			continue;
		if (g_strcmp0(c->invoice->currency,
			file->facts->payment->currency) != 0) {
			if (!note)
				add_currency(file, c, out);
			continue;
		}
		/* money does not come before its invoice, but for a customer's
		 * money on account */
		if (c->mention < 0.3 && candidate_party(c) < PARTY_MIN &&
		    is_younger(c, file->day))
			continue;
		if (note) {
			set_add(file, &notes, c);
			if (c->mention >= NAMED_MIN)
				set_add(file, &named_notes, c);
			continue;
		}
		set_add(file, &open, c);
		if (c->mention >= NAMED_MIN)
			set_add(file, &named, c);
		add_single(file, c, out);
	}
	add_named(file, &named, out);
	if (named.n && open.n > named.n)
		lists_add(file, &open, out);
	if (notes.n)
		add_notes(file, &named, &named_notes, &notes, out);
	if (n && !named.n && file->named < NAMED_MIN &&
	    candidate_party(group[0]) >= PARTY_MIN && !file->facts->crowded)
		add_unnamed(file, &open, out);
}
