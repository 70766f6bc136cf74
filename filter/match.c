/*
 * match.c - from facts to a decision: all hypotheses compete with each other
 * and with the null hypothesis, what cannot be told apart shares its
 * probability, and only what is probable, unique and safe is booked without a
 * person. Pure.
 */
#include "hypotheses.h"

#include <math.h>
#include <string.h>

#define AUTO_PROBABILITY 0.985	/* without a configuration … */
#define AUTO_ERRORS 0.001
#define SUGGEST_PROBABILITY 0.25
#define SUGGEST_ODDS (-2.0)
#define NAMED_FULL 0.95		/* what is named in full is asked about */
#define SAME_ODDS 3.0		/* as good as the best, when nothing is named */

const char *
decision_name(enum decision decision)
{
	static const char *const names[] = {
	    [DECISION_AUTO] = "auto",
	    [DECISION_SUGGEST] = "suggest",
	    [DECISION_NONE] = "none",
	    [DECISION_DUPLICATE] = "duplicate",
	};

	return names[decision];
}

static void
free_hypothesis(void *data)
{
	hypothesis_free(data);
}

static struct match *
new_match(void)
{
	struct match *match = g_new0(struct match, 1);

	match->decision = DECISION_NONE;
	match->hypotheses = g_ptr_array_new_with_free_func(free_hypothesis);
	match->reasons = g_ptr_array_new_with_free_func(g_free);
	return match;
}

void
match_free(struct match *match)
{
	if (!match)
		return;
	g_ptr_array_unref(match->hypotheses);
	g_ptr_array_unref(match->reasons);
	g_free(match);
}

static int
by_customer(const void *a, const void *b)
{
	const struct invoice *x =
	    (*(const struct candidate *const *)a)->invoice;
	const struct invoice *y =
	    (*(const struct candidate *const *)b)->invoice;
	int due;

	if (x->customer != y->customer)
		return x->customer < y->customer ? -1 : 1;
	due = g_strcmp0(x->due ? x->due : x->date, y->due ? y->due : y->date);
	if (due)
		return due;
	return x->id < y->id ? -1 : x->id > y->id;
}

static void
build(const struct case_file *file, GPtrArray *out)
{
	const GPtrArray *all = file->facts->candidates;
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	guint from = 0;

	for (guint i = 0; i < all->len; i++)
		g_ptr_array_add(sorted, all->pdata[i]);
	g_ptr_array_sort(sorted, by_customer);
	while (from < sorted->len) {
		const struct candidate *const *group =
		    (const struct candidate *const *)(sorted->pdata + from);
		guint n = 1;

		while (from + n < sorted->len && group[n]->invoice->customer ==
		    group[0]->invoice->customer)
			n++;
		hypotheses_add(file, group, n, out);
		from += n;
	}
}

/* ---- probabilities ----------------------------------------------------------- */

static struct hypothesis *
nth(const GPtrArray *list, guint i)
{
	return list->pdata[i];
}

static int
by_odds(const void *a, const void *b)
{
	const struct hypothesis *x = *(struct hypothesis *const *)a;
	const struct hypothesis *y = *(struct hypothesis *const *)b;

	if (x->odds != y->odds)
		return x->odds > y->odds ? -1 : 1;
	/* the older invoice first, so that the order is always the same */
	return by_customer(&x->lead, &y->lead);
}

static bool
same_shares(const struct hypothesis *a, const struct hypothesis *b)
{
	if (a->shares->len != b->shares->len)
		return false;
	for (guint i = 0; i < a->shares->len; i++) {
		const struct share *x =
		    &g_array_index(a->shares, struct share, i);
		bool found = false;

		for (guint j = 0; j < b->shares->len && !found; j++) {
			const struct share *y =
			    &g_array_index(b->shares, struct share, j);

			found = x->invoice == y->invoice &&
			    x->kind == y->kind && x->amount == y->amount &&
			    x->credit_note == y->credit_note;
		}
		if (!found)
			return false;
	}
	return true;
}

/* One explanation reached in two ways counts once, the better way. */
static void
drop_repeated(GPtrArray *list)
{
	for (guint i = 1; i < list->len; i++) {
		for (guint j = 0; j < i; j++) {
			if (!same_shares(nth(list, i), nth(list, j)))
				continue;
			g_ptr_array_remove_index(list, i--);
			break;
		}
	}
}

#define OLDEST_WINS 0.7		/* 1: of equal invoices any may be meant */

/* How much more probable it is that the payment is for these invoices or for
 * others that equal them. */
static double
alike(const struct hypothesis *one)
{
	return pow(MAX(1, one->ways), OLDEST_WINS);
}

static void
spread_probability(GPtrArray *list)
{
	double top = nth(list, 0)->odds, sum = exp(-top);

	for (guint i = 0; i < list->len; i++)
		sum += exp(nth(list, i)->odds - top) * alike(nth(list, i));
	for (guint i = 0; i < list->len; i++)
		nth(list, i)->own = nth(list, i)->probability =
		    exp(nth(list, i)->odds - top) / sum;
}

/* Same customer, same meaning, same money, and nothing says which one. Sums
 * of several are told apart by their parts (struct hypothesis, ways). */
static bool
interchangeable(const struct hypothesis *a, const struct hypothesis *b)
{
	return a->lead->invoice->customer == b->lead->invoice->customer &&
	    a->kind == b->kind && a->balance == b->balance &&
	    a->count == 1 && b->count == 1 && a->mention < 0.3 &&
	    b->mention < 0.3 &&
	    b->odds > a->odds - SAME_ODDS;
}

/* The oldest stands for all that are interchangeable with the best. True when
 * there are several. */
static bool
merge_interchangeable(GPtrArray *list)
{
	struct hypothesis *top = nth(list, 0);
	double sum = top->probability;
	guint oldest = 0, same = 1;

	for (guint i = 1; i < list->len; i++) {
		if (!interchangeable(top, nth(list, i)))
			continue;
		same++;
		sum += nth(list, i)->probability;
		if (by_customer(&nth(list, i)->lead,
			&nth(list, oldest)->lead) < 0)
			oldest = i;
	}
	if (same == 1)
		return false;
	top = nth(list, oldest);
	memmove(list->pdata + 1, list->pdata, oldest * sizeof(void *));
	list->pdata[0] = top;
	top->probability = sum;
	g_ptr_array_add(top->reasons, g_strdup("several:oldest-first"));
	return true;
}

/* ---- the decision --------------------------------------------------------------- */

static enum certainty
pattern_of(const struct hypothesis *top, bool several)
{
	if (!several)
		return top->safe ? PATTERN_SAFE : PATTERN_ASKED;
	return top->levels[FAMILY_OTHERS] == OTHERS_NONE
	    ? PATTERN_SEVERAL : PATTERN_SEVERAL_TEXT;
}

/* Sure enough for the owner, who allows some bookings in a thousand to be
 * wrong? */
static bool
is_sure(const struct config *config, const struct match *match,
    const struct hypothesis *top)
{
	double limit = config && config->auto_probability > 0
	    ? config->auto_probability : AUTO_PROBABILITY;
	double errors = config && config->auto_errors > 0
	    ? config->auto_errors : AUTO_ERRORS;

	return top->safe && match->raw >= calibrate_cut(errors) &&
	    top->probability >= limit;
}

static void
judge(const struct case_file *file, struct match *match)
{
	struct hypothesis *top = nth(match->hypotheses, 0);

	if (is_sure(file->facts->config, match, top))
		match->decision = DECISION_AUTO;
	else if ((match->raw * alike(top) >= SUGGEST_PROBABILITY &&
		     top->odds > SUGGEST_ODDS) || top->mention >= NAMED_FULL)
		match->decision = DECISION_SUGGEST;
	/* Whoever wrote it, an unverified message settles nothing. */
	if (match->decision == DECISION_AUTO &&
	    file->facts->payment->state == PAYMENT_POSSIBLE) {
		match->decision = DECISION_SUGGEST;
		g_ptr_array_add(top->reasons, g_strdup("class:unverified"));
	}
}

static void
decide(const struct case_file *file, struct match *match)
{
	struct hypothesis *top;
	bool several;

	g_ptr_array_sort(match->hypotheses, by_odds);
	drop_repeated(match->hypotheses);
	spread_probability(match->hypotheses);
	several = merge_interchangeable(match->hypotheses);
	top = nth(match->hypotheses, 0);
	top->safe = !several && hypothesis_is_safe(file, top);
	match->raw = top->probability;
	match->pattern = (int)pattern_of(top, several || top->ways > 1);
	top->probability = calibrate((enum certainty)match->pattern, match->raw);
	judge(file, match);
	if (match->decision != DECISION_NONE)
		match->kind = top->shares->len > 1 || several ? MATCH_MANY
							      : MATCH_ONE;
}

static void
refuse(struct match *match, const char *why)
{
	g_ptr_array_add(match->reasons, g_strdup(why));
}

/* Has the owner said no to an invoice that is open, or taken it off? */
static bool
was_refused(const struct facts *facts)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];

		if (c->rejected && candidate_is_open(c))
			return true;
	}
	return false;
}

/* Are there several open ones, named in full, that the money pays exactly? */
static bool
pays_named(const struct case_file *file)
{
	g_autoptr(GPtrArray) list =
	    g_ptr_array_new_with_free_func(free_hypothesis);
	bool found = false;

	build(file, list);
	for (guint i = 0; i < list->len && !found; i++) {
		const struct hypothesis *one = nth(list, i);

		found = one->kind == AMOUNT_SEVERAL && one->count > 2 &&
		    one->mention >= 0.75;
	}
	return found;
}

/* An invoice that is settled already and paid once more by the same payer:
 * never put it on another one because the amount fits. */
static bool
is_paid_twice(const struct case_file *file)
{
	return file->facts->paid_twice && file->named_closed >= 0.5 &&
	    file->named_closed >= file->named && !pays_named(file);
}

struct match *
match_payment(const struct facts *facts)
{
	struct match *match = new_match();
	struct case_file file;

	case_read(facts, &file);
	if (file.paid <= 0) {
		refuse(match, "amount:negative");
		return match;
	}
	if (is_paid_twice(&file)) {
		refuse(match, "paid-twice");
		return match;
	}
	if (rules_decide(&file, match))
		return match;
	build(&file, match->hypotheses);
	if (match->hypotheses->len)
		decide(&file, match);
	rules_note(facts, match);
	if (match->decision == DECISION_NONE && file.named_closed >= 0.5)
		refuse(match, "already-paid");
	else if (match->decision == DECISION_NONE && file.prepaid &&
	    file.best_party >= 0.5)
		refuse(match, "prepaid");
	else if (match->decision == DECISION_NONE && was_refused(facts))
		refuse(match, "refused");
	else if (match->decision == DECISION_NONE)
		refuse(match, file.named >= 0.3 || file.best_party >= 0.5
			? "unclear" : "unknown");
	return match;
}
