/*
 * learned.c - what lessons mean for a match: whose an account or a name is,
 * when and how a customer pays. Pure.
 */
#include "learned.h"

#include <string.h>

#define SENDER_MAX 3		/* customers one sender pays for: no one's own */
#define AGES_MIN 3
#define HABITS_MIN 4

struct tally {
	const struct party *own;	/* of the customer */
	int others;
	guint customers;	/* whom it was learned for */
	bool moved;
};

static struct tally
tally_of(const GPtrArray *parties, int64_t customer)
{
	struct tally tally = {.own = NULL};

	for (guint i = 0; i < parties->len; i++) {
		const struct party *party = parties->pdata[i];

		if (party->customer == customer)
			tally.own = party;
		else
			tally.others += party->count;
		tally.customers += party->count > 0;
	}
	for (guint i = 0; tally.own && i < parties->len; i++) {
		const struct party *party = parties->pdata[i];

		tally.moved |= party != tally.own &&
		    strcmp(party->last, tally.own->last) > 0;
	}
	return tally;
}

static enum learned_link
link_of(const struct tally *tally)
{
	const struct party *own = tally->own;

	if (!own)
		return LEARNED_NO;
	if (own->source != SOURCE_LEARNED)
		return LEARNED_GIVEN;
	if (tally->customers >= SENDER_MAX && !own->own)
		return LEARNED_NO;
	return own->own > 0 || own->count >= 2 ? LEARNED_KNOWN
					       : LEARNED_CANDIDATE;
}

void
learned_account(const GPtrArray *parties, int64_t customer,
    struct learned *out)
{
	struct tally tally = tally_of(parties, customer);

	out->account = link_of(&tally);
	out->account_count = tally.own ? tally.own->count : 0;
	out->account_others = tally.others;
	out->account_moved = tally.moved;
}

void
learned_by_name(const GPtrArray *parties, int64_t customer,
    struct learned *out)
{
	struct tally tally = tally_of(parties, customer);

	out->alias = link_of(&tally);
	out->alias_count = tally.own ? tally.own->count : 0;
	out->alias_others = tally.others;
	out->alias_moved = tally.moved;
}

/* ---- habits ------------------------------------------------------------------- */

static int64_t
root(int64_t square)
{
	int64_t low = 0, high = 20000;

	while (low < high) {
		int64_t middle = (low + high + 1) / 2;

		if (middle * middle <= square)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

static void
ages(const struct habits *sums, struct learned *out)
{
	int64_t n = sums->aged, spread;

	out->aged = sums->aged;
	if (n == 0)
		return;
	out->age_mean = (int)(10 * sums->age_sum / n);
	/* of few, the sample says less than it seems */
	spread = n < 2 ? 100 : root(100 * (n * sums->age_square -
	    sums->age_sum * sums->age_sum) / (n * (n - 1)));
	out->age_spread = (int)MAX(10, spread);
}

static void
month(const struct habits *sums, struct learned *out)
{
	const int parts = (int)G_N_ELEMENTS(sums->days);
	int best = 0, all = 0;

	for (int i = 0; i < parts; i++) {
		int two = sums->days[i] + sums->days[(i + 1) % parts];

		all += sums->days[i];
		if (two <= best)
			continue;
		best = two;
		out->month_day = 5 * (i + 1);
	}
	out->month_share = all ? 100 * best / all : 0;
}

static int
percent(int part, int of)
{
	return of < HABITS_MIN ? -1 : (int)((int64_t)100 * part / of);
}

void
learned_habits(const struct habits *sums, struct learned *out)
{
	int n = sums->count;

	out->payments = n;
	ages(sums, out);
	if (n >= HABITS_MIN)
		month(sums, out);
	out->charges = percent(sums->charges, n);
	out->rounds = percent(sums->rounded, n);
	out->discount = percent(sums->discount, n);
	out->late_discount = percent(sums->late_discount, n);
	out->several = percent(sums->several, n);
	out->parts = percent(sums->parts, n);
	out->misnamed = percent(sums->misnamed, n);
	out->unnamed = percent(sums->unnamed, n);
	out->in_order = percent(sums->steps - sums->backward, sums->steps);
}

int
learned_distance(const struct learned *learned, const char *invoiced,
    const char *paid)
{
	int32_t from = invoiced ? day_number(invoiced) : G_MININT32;
	int32_t to = paid ? day_number(paid) : G_MININT32;
	int64_t off;

	if (learned->aged < AGES_MIN || from == G_MININT32 ||
	    to == G_MININT32)
		return -1;
	off = (int64_t)10 * (to - from) - learned->age_mean;
	return (int)MIN(10000, ABS(off) * 10 / learned->age_spread);
}
