/*
 * levels.c - reads off the facts which level of each family of evidence a
 * hypothesis stands on. The levels say what is known and not what it is
 * worth: that is odds.c, fitted to measured worlds. Pure.
 */
#include "hypotheses.h"

#define FULL 0.95		/* a whole number, a whole name */
#define STRONG 0.75
#define HALF 0.5
#define WEAK 0.3
#define SURE 0.8
#define NAMED 0.85
#define RARE 4		/* one of 10,000 strangers has it */
#define SPREADS(n) ((n) * 10)	/* learned_distance */

/* ---- who paid ----------------------------------------------------------------- */

static enum level
party_by_name(const struct case_file *file, const struct candidate *c)
{
	if (c->name < 0.45) {
		if (c->learned.alias >= LEARNED_KNOWN)
			return PARTY_ALIAS;
		if (file->best_party >= SURE &&
		    file->best_customer != c->invoice->customer)
			return PARTY_ANOTHER;
		if (c->text_name >= SURE)
			return PARTY_IN_TEXT;
		if (c->account_other)
			return PARTY_OTHERS_ACCOUNT;
		return file->payer_known ? PARTY_STRANGER : PARTY_UNTOLD;
	}
	if (c->name < 0.65)
		return PARTY_NAME_FAINT;
	if (c->name < NAMED)
		return PARTY_NAME_SOME;
	if (c->name_behalf)
		return PARTY_BEHALF;
	if (c->namesakes > 0)
		return PARTY_NAMESAKES;
	if (c->name_form_differs)
		return PARTY_OTHER_FORM;
	if (!c->name_full || !c->name_complete)
		return PARTY_NAME_MOST;
	if (c->company)
		return PARTY_COMPANY;
	return c->name_rarity >= RARE ? PARTY_RARE : PARTY_PERSON;
}

static enum level
party_level(const struct case_file *file, const struct candidate *c)
{
	if (!c->account)
		return party_by_name(file, c);
	if (c->account_shared)
		return c->name >= NAMED && c->namesakes == 0
		    ? PARTY_SHARED_NAME : PARTY_SHARED;
	if (c->account_masked)
		return c->name >= NAMED ? PARTY_MASKED_NAME : PARTY_MASKED;
	if (c->name >= NAMED)
		return PARTY_ACCOUNT_NAME;
	return c->name >= HALF || !file->facts->payment->payer
	    ? PARTY_ACCOUNT : PARTY_ACCOUNT_OTHER_NAME;
}

/* ---- what the text names --------------------------------------------------------- */

bool
hypothesis_holds(const struct hypothesis *one, int64_t invoice)
{
	for (guint i = 0; i < one->shares->len; i++) {
		const struct share *share =
		    &g_array_index(one->shares, struct share, i);

		if (share->invoice == invoice || share->credit_note == invoice)
			return true;
	}
	return false;
}

bool
hypothesis_is_far(const struct hypothesis *one)
{
	return -one->difference > one->balance;
}

bool
hypothesis_same_words(const struct candidate *other,
    const struct hypothesis *one)
{
	return other->places && one->lead->places == other->places &&
	    other->mention <= one->mention;
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

static enum level
others_level(const struct hypothesis *one, const struct candidate *other)
{
	bool own = other->invoice->customer == one->lead->invoice->customer;
	bool open = candidate_is_open(other);

	if (other->mention < STRONG)
		return one->mention >= HALF ? OTHERS_ALSO_FAINT : OTHERS_FAINT;
	if (one->mention >= HALF)
		return !own ? OTHERS_ALSO_FOREIGN
		    : open ? OTHERS_ALSO_OWN : OTHERS_ALSO_PAID;
	if (own)
		return open ? OTHERS_OWN : OTHERS_PAID;
	return open ? OTHERS_FOREIGN : OTHERS_FOREIGN_PAID;
}

/* The strongest of the other invoices that the text names. *slips: something
 * is named, and a slip of the finger explains all of it. */
static enum level
others(const struct case_file *file, const struct hypothesis *one,
    bool *slips)
{
	const struct candidate *best = NULL;

	for (guint i = 0; i < file->mentions; i++) {
		const struct candidate *c = file->mentioned[i];

		if (c->mention < HALF || hypothesis_holds(one, c->invoice->id) ||
		    hypothesis_same_words(c, one))
			continue;
		if (hypothesis_is_slip(file, c, one))
			*slips = true;
		else if (!best || c->mention > best->mention)
			best = c;
	}
	if (best) {
		*slips = false;
		return others_level(one, best);
	}
	if (!file->facts->unread)
		return OTHERS_NONE;
	return one->mention >= HALF ? OTHERS_ALSO_UNREAD : OTHERS_UNREAD;
}

/* Read in a way that has a level of its own. */
static enum level
reading_level(enum number_reading reading)
{
	static const uint8_t levels[] = {
	    [READ_GLUED] = REFERENCE_GLUED, [READ_MISREAD] = REFERENCE_MISREAD,
	    [READ_OTHER] = REFERENCE_OTHER, [READ_LISTED] = REFERENCE_LISTED,
	    [READ_COUNTER] = REFERENCE_COUNTER, [READ_CUT] = REFERENCE_CUT,
	    [READ_SWAPPED] = REFERENCE_SWAPPED, [READ_TYPO] = REFERENCE_TYPO};

	return reading < G_N_ELEMENTS(levels) ? levels[reading] : LEVEL_NOTHING;
}

static enum level
reference_level(const struct hypothesis *one, bool slips)
{
	enum level level = reading_level(one->reading);

	if (one->mention < WEAK)
		return slips ? REFERENCE_SLIP : REFERENCE_NONE;
	if (level != LEVEL_NOTHING)
		return level;
	if (one->mention >= FULL)
		return one->reading == READ_STRUCTURED ||
			one->lead->reference_structured
		    ? REFERENCE_STRUCTURED : REFERENCE_WHOLE;
	return one->mention >= STRONG ? REFERENCE_PART
	    : one->mention >= HALF ? REFERENCE_FEW : REFERENCE_WEAK;
}

static enum level
amount_level(const struct hypothesis *one)
{
	if (one->mention < HALF)
		return (enum level)(AMOUNT_UNNAMED + one->kind);
	if (one->kind == AMOUNT_OVER && (one->elsewhere || one->sum_elsewhere))
		return NAMED_OVER_ELSEWHERE;
	if (one->kind == AMOUNT_OVER && hypothesis_is_far(one))
		return NAMED_OVER_FAR;
	if (one->kind == AMOUNT_PARTIAL && one->elsewhere)
		return NAMED_PART_ELSEWHERE;
	return (enum level)(AMOUNT_NAMED + one->kind);
}

/* ---- how easily chance makes the amount ------------------------------------------- */

static enum level
chance_level(double chance)
{
	return chance <= 0 ? CHANCE_UNTOLD
	    : chance < 0.001 ? CHANCE_NEVER
	    : chance < 0.01 ? CHANCE_RARE
	    : chance < 0.05 ? CHANCE_SOME
	    : chance < 0.2 ? CHANCE_OFTEN
	    : chance < 1 ? CHANCE_LIKELY : CHANCE_SURE;
}

static bool
is_sum(const struct hypothesis *one)
{
	return one->kind == AMOUNT_SUBSET || one->kind == AMOUNT_ALL ||
	    one->kind == AMOUNT_GROUP || one->kind == AMOUNT_COMPLETED ||
	    one->kind == AMOUNT_NETTED_GUESS;
}

static enum level
rivals_level(const struct hypothesis *one, int rivals)
{
	if (is_sum(one))
		return chance_level(one->chance);
	if (one->mention >= HALF)
		return LEVEL_NOTHING;
	if (one->lead->account && !one->lead->account_shared)
		return LEVEL_NOTHING;
	return rivals <= 1 ? RIVALS_ONE : rivals <= 4 ? RIVALS_FEW
	    : rivals <= 30 ? RIVALS_MANY : RIVALS_CROWD;
}

static enum level
day_level(const struct case_file *file, const struct hypothesis *one)
{
	const char *due = one->lead->invoice->due;
	int32_t paid = file->day ? day_number(file->day) : G_MININT32;
	int32_t expected = due ? day_number(due) : G_MININT32;
	int32_t late = paid - expected;

	int distance = learned_distance(&one->lead->learned,
	    one->lead->invoice->date, file->day);

	if (is_younger(one->lead, file->day))
		return DAY_BEFORE_INVOICE;
	if (distance >= 0)
		return distance <= SPREADS(1) ? DAY_USUAL
		    : distance <= SPREADS(3) ? DAY_POSSIBLE : DAY_UNUSUAL;
	if (paid == G_MININT32 || expected == G_MININT32)
		return LEVEL_NOTHING;
	return late < -25 ? DAY_EARLY : late <= 20 ? DAY_DUE
	    : late <= 60 ? DAY_LATE : late <= 120 ? DAY_VERY_LATE
	    : DAY_FORGOTTEN;
}

/* A number tells more than a day; sums are built of what is told (told.c). */
static enum level
dated_level(const struct hypothesis *one)
{
	static const enum level levels[] = {
	    [DATED_NOT] = LEVEL_NOTHING, [DATED_ANOTHER] = TOLD_ANOTHER,
	    [DATED_ABOUT] = TOLD_FAINT, [DATED_FAINT] = TOLD_FAINT,
	    [DATED_MONTH] = TOLD_MONTH,
	    [DATED_DAY] = TOLD_DAY};

	if (one->count > 1 ||
	    (one->mention >= HALF && one->dated == DATED_ANOTHER))
		return LEVEL_NOTHING;
	return levels[one->dated];
}

static enum level
purpose_level(const struct case_file *file, const struct hypothesis *one)
{
	if (one->mention >= HALF || file->named >= HALF)
		return LEVEL_NOTHING;
	if (file->purpose == PURPOSE_OTHER)
		return PURPOSE_IS_OTHER;
	if (file->prepaid)
		return PURPOSE_IS_AHEAD;
	if (file->purpose == PURPOSE_INVOICE)
		return PURPOSE_IS_INVOICE;
	return file->purpose == PURPOSE_UNSAID ? PURPOSE_IS_SILENT
					       : LEVEL_NOTHING;
}

void
levels_read(const struct case_file *file, struct hypothesis *one, int rivals)
{
	bool slips = false;
	const enum level levels[FAMILIES] = {
	    [FAMILY_OTHERS] = others(file, one, &slips),
	    [FAMILY_PARTY] = party_level(file, one->lead),
	    [FAMILY_REFERENCE] = reference_level(one, slips),
	    [FAMILY_AMOUNT] = amount_level(one),
	    [FAMILY_RIVALS] = rivals_level(one, rivals),
	    [FAMILY_PURPOSE] = purpose_level(file, one),
	    [FAMILY_DAY] = day_level(file, one),
	    [FAMILY_DATED] = dated_level(one),
	};

	for (int i = 0; i < FAMILIES; i++)
		one->levels[i] = (uint8_t)levels[i];
}
