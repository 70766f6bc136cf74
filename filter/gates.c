/*
 * gates.c - what must hold before money is booked without a person, beside
 * the probability: two independent families of evidence that agree, nobody
 * else it could be, and nothing that contradicts. A probability made of
 * likelihoods is overconfident at the top; these gates are not. Pure.
 */
#include "hypotheses.h"

#include <string.h>

#define STRONG 0.75		/* a reference that stands by itself */
#define FULL 0.95		/* a whole number or a structured reference */
#define WEAK 0.3
#define PARTY_SURE 0.8
#define PARTY_LIKELY 0.5
#define BARE_DIGITS 8		/* so many are met by chance nowhere */
#define RARE 4.5		/* one of 30,000 strangers has the name */
#define MARKED_DIGITS 4		/* … when letters or so are before them */

/* "100/1" may be number 1001, and may be a part of 100: what tells them apart
 * when both come to the amount? The whole of a reference does. */
static bool
may_be_inside(const struct case_file *file, const struct hypothesis *one)
{
	uint64_t own = one->lead->places;

	if (one->lead->reading == READ_STRUCTURED && one->mention >= FULL)
		return false;
	for (guint i = 0; i < file->facts->candidates->len; i++) {
		const struct candidate *c = file->facts->candidates->pdata[i];

		if (c->mention >= WEAK && c->places && c->places != own &&
		    !(c->places & ~own) && candidate_is_open(c) &&
		    !hypothesis_holds(one, c->invoice->id) &&
		    invoice_balance(c->invoice) == file->paid)
			return true;
	}
	return false;
}

/* The text names an invoice that this hypothesis does not pay. */
static bool
names_another(const struct case_file *file, const struct hypothesis *one)
{
	bool whole = one->kind == AMOUNT_EXACT || one->kind == AMOUNT_DISCOUNT;
	double limit = whole && one->mention >= FULL ? FULL : 0.5;

	for (guint i = 0; i < file->mentions; i++) {
		const struct candidate *c = file->mentioned[i];

		if (c->mention >= limit &&
		    !hypothesis_holds(one, c->invoice->id) &&
		    (c->mention >= one->mention || c->mention >= STRONG) &&
		    !hypothesis_same_words(c, one) && !hypothesis_is_slip(file, c, one))
			return true;
	}
	return false;
}

/* The payer is surely somebody else among our customers. */
static bool
paid_by_another(const struct case_file *file, const struct hypothesis *one)
{
	return file->best_party >= PARTY_SURE &&
	    file->best_customer != one->lead->invoice->customer &&
	    one->party < file->best_party - 0.1;
}

/* A stranger names it, and somebody whose name is like the payer's owes the
 * same: the number may be the slip. */
static bool
like_another(const struct case_file *file, const struct hypothesis *one)
{
	if (one->party >= PARTY_LIKELY)
		return false;
	for (guint i = 0; i < file->facts->candidates->len; i++) {
		const struct candidate *c = file->facts->candidates->pdata[i];

		if (c->name >= PARTY_LIKELY && candidate_is_open(c) &&
		    c->invoice->customer != one->lead->invoice->customer &&
		    invoice_balance(c->invoice) == file->paid)
			return true;
	}
	return false;
}

static bool
is_namesake(const struct hypothesis *one)
{
	return !(one->lead->account && !one->lead->account_shared) &&
	    one->lead->namesakes > 0;
}

/* "20261120" is a day before it is a number. */
static bool
is_day(const char *digits)
{
	g_autofree char *day = g_strdup_printf("%.4s-%.2s-%.2s", digits,
	    digits + 4, digits + 6);

	return strlen(digits) == 8 && (digits[0] == '1' || digits[0] == '2') &&
	    day_number(day) != G_MININT32;
}

/* May it stand in a stranger's text for a postal code, a month, a day, a name
 * of something? No word says that it is an invoice's. */
static bool
is_bare(const struct candidate *c)
{
	g_autofree char *number = token_squeeze(c->invoice->number);
	size_t digits = 0, others = 0;

	if (c->introduced || c->reading == READ_STRUCTURED ||
	    c->reference_structured)
		return false;
	for (const char *p = number; *p; p++)
		if (g_ascii_isdigit(*p))
			digits++;
		else
			others++;
	/* as it stands, not without its letters */
	if (others && c->mention > FULL)
		return digits < MARKED_DIGITS;
	return digits < BARE_DIGITS || is_day(c->invoice->number);
}

/* A company's name in full, nobody else's, and the payer's own. Without its
 * legal form a person may have it as well, when it is not rare. */
static bool
is_by_name(const struct candidate *c)
{
	return c->company && c->name >= FULL && !c->name_behalf &&
	    (!c->name_formless || c->name_rarity > RARE);
}

/* Exact sums need the reference or the party; a name alone only when it is a
 * company's, in full, and nobody else's. */
static bool
gate_exact(const struct hypothesis *one)
{
	if (one->mention >= FULL &&
	    (one->party >= PARTY_LIKELY || !is_bare(one->lead)))
		return true;
	if (one->mention >= STRONG && one->party >= PARTY_LIKELY)
		return true;
	if (one->mention >= 0.5 && one->party >= PARTY_SURE)
		return true;
	if (one->party < PARTY_SURE || is_namesake(one))
		return false;
	if (one->lead->account)
		return !one->lead->account_shared || one->party >= FULL;
	/* whose it is, how much, and the day of the invoice */
	if (one->lead->dated == DATED_DAY && one->lead->name_full &&
	    one->lead->name_complete && !one->lead->name_behalf)
		return true;
	return is_by_name(one->lead);
}

static bool
gate_close(const struct hypothesis *one)
{
	return one->mention >= STRONG && one->party >= 0.6;
}

static bool
gate_partial(const struct hypothesis *one)
{
	return one->mention >= STRONG && one->party >= PARTY_SURE;
}

static bool
gate_over(const struct hypothesis *one)
{
	return one->party >= PARTY_SURE && one->mention >= FULL;
}

static bool
gate_named(const struct hypothesis *one)
{
	return one->mention >= 0.5 &&
	    (one->mention >= STRONG || one->party >= PARTY_LIKELY);
}

static bool
gate_netted(const struct hypothesis *one)
{
	return one->mention >= 0.5 &&
	    (one->mention >= FULL || one->party >= PARTY_LIKELY);
}

/* A note that nobody named, but no other way to come to this amount. */
static bool
gate_netted_guess(const struct hypothesis *one)
{
	return one->mention >= STRONG && one->party >= PARTY_SURE &&
	    one->chance < 0.01 && one->ways == 1;
}

/* Several, each surely told by its day or month. */
static bool
gate_dated(const struct hypothesis *one)
{
	return one->dated >= DATED_MONTH && gate_exact(one);
}

static bool
gate_never(const struct hypothesis *one)
{
	(void)one;
	return false;
}

static bool (*const gates[])(const struct hypothesis *one) = {
    [AMOUNT_EXACT] = gate_exact,
    [AMOUNT_DISCOUNT] = gate_exact,
    [AMOUNT_ROUNDING] = gate_close,
    [AMOUNT_FEE] = gate_close,
    [AMOUNT_LATE_DISCOUNT] = gate_never,
    [AMOUNT_PARTIAL] = gate_partial,
    [AMOUNT_OVER] = gate_over,
    [AMOUNT_SEVERAL] = gate_named,
    [AMOUNT_LISTED] = gate_partial,
    [AMOUNT_NAMED_OTHER] = gate_never,
    [AMOUNT_NETTED] = gate_netted,
    [AMOUNT_NETTED_GUESS] = gate_netted_guess,
    [AMOUNT_ALL] = gate_never,
    [AMOUNT_SUBSET] = gate_never,
    [AMOUNT_CURRENCY] = gate_never,
    [AMOUNT_WITHHOLDING] = gate_partial,
    [AMOUNT_INSTALMENT] = gate_partial,
    [AMOUNT_FEE_TOLD] = gate_exact,
    [AMOUNT_CURRENCY_TOLD] = gate_never,
    [AMOUNT_GROUP] = gate_never,
    [AMOUNT_COMPLETED] = gate_never,
    [AMOUNT_OLDEST] = gate_never,
    [AMOUNT_DATED] = gate_dated,
    [AMOUNT_RULED] = gate_never,
};

/* The account is others', or the name is another's: too little without a
 * number. */
static bool
is_of_others(const struct hypothesis *one)
{
	return one->mention < STRONG && (one->lead->name_other ||
	    (one->lead->account_other && !one->lead->account));
}

/* Only perhaps told by a day or month, and another one equals it. */
static bool
may_be_equal(const struct case_file *file, const struct hypothesis *one)
{
	const GPtrArray *all = file->facts->candidates;

	if (one->count > 1 || one->mention >= 0.5 ||
	    (one->dated != DATED_ABOUT && one->dated != DATED_FAINT))
		return false;
	for (guint i = 0; i < all->len; i++) {
		const struct candidate *c = all->pdata[i];

		if (c != one->lead && candidate_is_open(c) && !c->rejected &&
		    c->invoice->customer == one->lead->invoice->customer &&
		    invoice_balance(c->invoice) == one->balance)
			return true;
	}
	return false;
}

static void
refuse(struct hypothesis *one, const char *why)
{
	g_ptr_array_add(one->reasons, g_strdup(why));
}

bool
hypothesis_is_safe(const struct case_file *file, struct hypothesis *one)
{
	if (!gates[one->kind](one))
		return false;
	if (file->facts->refused) {
		refuse(one, "contradiction:you-said-no");
		return false;
	}
	if (names_another(file, one) || may_be_inside(file, one)) {
		refuse(one, "contradiction:names-another");
		return false;
	}
	if (one->kind == AMOUNT_OVER && one->rest_fits) {
		refuse(one, "contradiction:rest-may-be-another");
		return false;
	}
	if (one->mention < 0.5 && file->named < 0.5 &&
	    (file->purpose == PURPOSE_OTHER || file->prepaid)) {
		refuse(one, "contradiction:another-purpose");
		return false;
	}
	if (one->elsewhere || one->sum_elsewhere) {
		refuse(one, "contradiction:another-fits");
		return false;
	}
	if (one->kind == AMOUNT_OVER && hypothesis_is_far(one)) {
		refuse(one, "contradiction:far-more");
		return false;
	}
	if (one->lead->repeated ||
	    (file->facts->told_again && one->mention < 0.5)) {
		refuse(one, "contradiction:paid-lately");
		return false;
	}
	if (may_be_equal(file, one)) {
		refuse(one, "contradiction:another-fits");
		return false;
	}
	if (paid_by_another(file, one) || like_another(file, one) ||
	    is_of_others(one)) {
		refuse(one, "contradiction:payer-is-another");
		return false;
	}
	if (one->mention < 0.3 && is_younger(one->lead, file->day)) {
		refuse(one, "contradiction:invoice-is-younger");
		return false;
	}
	if (one->mention < 0.3 && is_namesake(one)) {
		refuse(one, "contradiction:namesakes");
		return false;
	}
	return true;
}
