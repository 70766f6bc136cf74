/*
 * weigh.c - how much speaks for a hypothesis: the log odds of its levels of
 * evidence (levels.c), as odds.c has them, against the null hypothesis that
 * the money is for none of the invoices; and the same in words. Pure.
 */
#include "hypotheses.h"

double
weigh(const struct case_file *file, struct hypothesis *one, int rivals)
{
	double odds = odds_prior;

	levels_read(file, one, rivals);
	for (int i = 0; i < FAMILIES; i++)
		odds += level_rows[one->levels[i]].odds;
	return odds;
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
	if (c->dated >= DATED_ABOUT && one->count == 1)
		reason(one, "dated", c->dated == DATED_DAY ? "day"
			: c->dated == DATED_MONTH ? "month" : "perhaps");
	reason(one, "amount", amount_kind_name((enum amount_kind)one->kind));
}
