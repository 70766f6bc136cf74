/*
 * weigh.c - how much speaks for a hypothesis: log odds of independent
 * families of evidence (payer, reference, amount, day) against the null
 * hypothesis that the money is for none of the invoices. The figures are
 * judgement, held against measured cases; the gates in gates.c do not trust
 * the product alone. Pure.
 */
#include "hypotheses.h"

#include <math.h>

#define PRIOR (-4.5)

/* Steps from strong to weak: the first whose limit is reached counts. */
struct step_row {
	double from, odds;
};

static double
look_up(const struct step_row *rows, size_t n, double value)
{
	for (size_t i = 0; i < n; i++)
		if (value >= rows[i].from)
			return rows[i].odds;
	return 0;
}

static double
party_odds(const struct case_file *file, const struct hypothesis *one)
{
	static const struct step_row company[] = {
	    {0.95, 4.5}, {0.9, 4.4}, {0.8, 3.2}, {0.6, 1.5}, {0.45, 0}};
	static const struct step_row person[] = {
	    {0.95, 4.5}, {0.8, 3.2}, {0.6, 1.5}, {0.45, 0}};

	if (one->party < 0.45)
		return file->payer_known ? -1.5 : -0.5;
	return one->lead->company
	    ? look_up(company, G_N_ELEMENTS(company), one->party)
	    : look_up(person, G_N_ELEMENTS(person), one->party);
}

/* A digit wrong, two swapped, or the end cut off: the number of the other one
 * is what a slip makes of ours. Only for a payer and an amount that leave no
 * doubt, and an amount that is not the other's. */
bool
hypothesis_is_slip(const struct case_file *file, const struct candidate *other,
    const struct hypothesis *one)
{
	return one->kind == AMOUNT_EXACT && one->count == 1 &&
	    one->lead->account && !one->lead->account_shared &&
	    invoice_balance(other->invoice) != file->paid &&
	    other->invoice->customer != one->lead->invoice->customer &&
	    reference_is_slip(other->invoice->number,
		one->lead->invoice->number);
}

/* Everything that the text names is a slip for this one. */
static bool
only_slips(const struct case_file *file, const struct hypothesis *one)
{
	for (guint i = 0; i < file->facts->candidates->len; i++) {
		const struct candidate *c = file->facts->candidates->pdata[i];

		if (c->mention >= 0.75 && !hypothesis_is_slip(file, c, one))
			return false;
	}
	return true;
}

static double
reference_odds(const struct case_file *file, const struct hypothesis *one)
{
	static const struct step_row rows[] = {
	    {0.95, 6.5}, {0.75, 5}, {0.5, 3.5}, {0.3, 2}};

	if (one->mention >= 0.3)
		return look_up(rows, G_N_ELEMENTS(rows), one->mention);
	if (file->named < 0.75)
		return 0;
	/* the text names something else */
	return only_slips(file, one) ? 2 : -3;
}

/* A sum that was looked for: the rarer such sums are by chance, the more it
 * says. */
static double
searched_odds(const struct hypothesis *one, double habit)
{
	return MIN(5, habit - log(MAX(one->chance, 0.001)));
}

static double
amount_odds(const struct hypothesis *one, int rivals)
{
	switch ((enum amount_kind)one->kind) {
	case AMOUNT_EXACT:
		return 5 - 0.35 * log(MAX(1, rivals));
	case AMOUNT_DISCOUNT:
		return 4;
	case AMOUNT_ROUNDING:
		return 3;
	case AMOUNT_FEE:
	case AMOUNT_LATE_DISCOUNT:
		return 1.5;
	case AMOUNT_PARTIAL:
		return -1;
	case AMOUNT_OVER:
		return -1.5;
	case AMOUNT_SEVERAL:
	case AMOUNT_LISTED:
	case AMOUNT_NETTED:
		return 4 + 1.5 * one->count;
	case AMOUNT_NAMED_OTHER:
		return one->count - 2;
	case AMOUNT_NETTED_GUESS:
		return searched_odds(one, one->mention >= 0.5 ? 0 : -2);
	case AMOUNT_ALL:
		return 5;
	case AMOUNT_SUBSET:
		return one->mention >= 0.5 ? 3 + one->count
		    : searched_odds(one, -1.5);
	case AMOUNT_CURRENCY:
	case AMOUNT_RULED:
	case AMOUNT_KINDS:
		return 0;
	case AMOUNT_WITHHOLDING:
		return one->certain ? 3 : 1;
	case AMOUNT_INSTALMENT:
		return 0.5;
	case AMOUNT_FEE_TOLD:
	case AMOUNT_CURRENCY_TOLD:
		return 4;
	case AMOUNT_GROUP:
		return searched_odds(one, -0.5);
	case AMOUNT_OLDEST:
		return 1;
	case AMOUNT_COMPLETED:
		return searched_odds(one, -1.5);
	}
	return 0;
}

/* Money far from the due day speaks a little against it. */
static double
day_odds(const struct case_file *file, const struct hypothesis *one)
{
	const char *due = one->lead->invoice->due;
	int32_t paid = file->day ? day_number(file->day) : G_MININT32;
	int32_t expected = due ? day_number(due) : G_MININT32;

	if (paid == G_MININT32 || expected == G_MININT32)
		return 0;
	return -0.02 * MIN(100, MAX(0, abs(paid - expected) - 20));
}

double
weigh(const struct case_file *file, const struct hypothesis *one, int rivals)
{
	return PRIOR + party_odds(file, one) + reference_odds(file, one) +
	    amount_odds(one, rivals) + day_odds(file, one);
}

/* ---- the same in words ------------------------------------------------------ */

static void
reason(struct hypothesis *one, const char *family, const char *what)
{
	g_ptr_array_add(one->reasons, g_strconcat(family, ":", what, NULL));
}

void
explain_hypothesis(struct hypothesis *one)
{
	const struct candidate *c = one->lead;

	if (c->reference_structured && one->mention >= 0.95)
		reason(one, "reference", "structured");
	else if (one->mention >= 0.95)
		reason(one, "reference", "exact");
	else if (one->mention >= 0.75)
		reason(one, "reference", "partial");
	else if (one->mention >= 0.3)
		reason(one, "reference", "weak");
	if (c->account)
		reason(one, "payer", c->account_shared ? "shared-account"
						       : "account");
	if (c->name >= 0.85)
		reason(one, "payer", "name");
	else if (c->name >= 0.5)
		reason(one, "payer", "similar-name");
	reason(one, "amount", amount_kind_name((enum amount_kind)one->kind));
}
