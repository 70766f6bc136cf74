/*
 * interest.c - interest for late payment: the time since the due date is cut
 * where the balance, the rate or (by the days of the year) the year changes,
 * and at monthly rests; each piece is one row that a person can check. Pure.
 */
#include "interest.h"

#include "../parser/parser.h"

#include <stdlib.h>
#include <string.h>

#define MILLION 1000000

struct counting {		/* one calculation */
	const struct debt *debt;
	struct interest *out;
	int64_t compound;	/* interest that was added to the debt */
};

static int
year_of(int32_t day)
{
	char text[DAY_SIZE];

	day_text(day, text);
	return atoi(text);
}

/* The same day of the month, so many months later; the last day of a shorter
 * month. */
static int32_t
months_later(int32_t day, int months)
{
	char text[DAY_SIZE], made[64];
	int year, month, of_month;
	int32_t found = G_MININT32;

	day_text(day, text);
	year = atoi(text);
	month = atoi(text + 5) - 1 + months;
	of_month = atoi(text + 8);
	year += month / 12;
	month = month % 12 + 1;
	for (; found == G_MININT32 && of_month > 0; of_month--) {
		g_snprintf(made, sizeof made, "%04d-%02d-%02d", year, month,
		    of_month);
		found = day_number(made);
	}
	return found;
}

/* ---- what holds on a day -------------------------------------------------------- */

static int64_t
balance_on(const struct counting *counting, int32_t day)
{
	const struct debt *debt = counting->debt;
	int64_t balance = debt->amount;

	for (guint i = 0; debt->changes && i < debt->changes->len; i++) {
		const struct change *change =
		    &g_array_index(debt->changes, struct change, i);

		if (change->day < day)
			balance -= change->amount;
	}
	return balance > 0 ? balance : 0;
}

/* False: not known. */
static bool
rate_on(const struct counting *counting, int32_t day, int32_t *rate)
{
	const struct debt *debt = counting->debt;
	const struct agreed *agreed = &debt->agreed;

	if (agreed->rate)
		*rate = agreed->rate;
	else if (!law_rate(debt->law,
	    debt->law->from_start ? debt->due + 1 : day, rate))
		return false;
	if (*rate == RATE_NONE || *rate < 0)
		*rate = 0;
	if (agreed->cap && *rate > agreed->cap)
		*rate = agreed->cap;
	return true;
}

static enum year_days
year_rule(const struct debt *debt)
{
	return debt->law && !debt->agreed.rate ? debt->law->year : YEAR_365;
}

static bool
has_rests(const struct debt *debt)
{
	return debt->law && debt->law->monthly && !debt->agreed.rate;
}

static int
year_length(const struct debt *debt, int32_t day)
{
	static const char first[] = "%04d-01-01";
	char this[32], next[32];

	if (year_rule(debt) != YEAR_ACTUAL)
		return year_rule(debt) == YEAR_360 ? 360 : 365;
	g_snprintf(this, sizeof this, first, year_of(day));
	g_snprintf(next, sizeof next, first, year_of(day) + 1);
	return day_number(next) - day_number(this);
}

/* ---- rows ------------------------------------------------------------------------ */

static int64_t
common(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* balance x rate x days / (million x year), halves up. */
static bool
share_of(struct interest_row *row)
{
	int64_t parts = (int64_t)row->rate * row->days;
	int64_t whole = (int64_t)MILLION * row->year;
	int64_t shared = common(parts, whole), product;

	if (parts == 0)
		return true;
	parts /= shared;
	whole /= shared;
	if (__builtin_mul_overflow(row->balance, parts, &product) ||
	    product > G_MAXINT64 - whole)
		return false;
	row->amount = (product + whole / 2) / whole;
	return true;
}

static bool
close_row(struct counting *counting, struct interest_row *row, int32_t last)
{
	row->to = last;
	row->days = last - row->from + 1;
	if (row->days <= 0 || row->balance == 0 || row->rate == 0)
		return true;
	if (!share_of(row))
		return false;
	g_array_append_val(counting->out->rows, *row);
	return !__builtin_add_overflow(counting->out->amount, row->amount,
	    &counting->out->amount);
}

static bool
same_piece(const struct interest_row *a, const struct interest_row *b)
{
	return a->balance == b->balance && a->rate == b->rate &&
	    a->year == b->year;
}

/* A rest: from the next day on what has run bears interest itself. */
static bool
ends_month(const struct debt *debt, int32_t day, int months)
{
	return has_rests(debt) && months_later(debt->due, months) == day;
}

static enum interest_result
walk(struct counting *counting)
{
	const struct debt *debt = counting->debt;
	struct interest_row row = {.from = debt->due + 1};
	int months = 1;

	for (int32_t day = debt->due + 1; day <= debt->until; day++) {
		struct interest_row next = {.from = day};

		if (!rate_on(counting, day, &next.rate))
			return INTEREST_UNKNOWN;
		next.balance = balance_on(counting, day);
		next.year = year_length(debt, day);
		if (next.balance > 0)
			next.balance += counting->compound;
		if (!same_piece(&row, &next)) {
			if (!close_row(counting, &row, day - 1))
				return INTEREST_TOO_MUCH;
			row = next;
		}
		if (ends_month(debt, day, months)) {
			if (!close_row(counting, &row, day))
				return INTEREST_TOO_MUCH;
			months++;
			counting->compound = counting->out->amount;
			row = (struct interest_row){.from = day + 1};
		}
	}
	return close_row(counting, &row, debt->until) ? INTEREST_SOME :
	    INTEREST_TOO_MUCH;
}

static void
put_cap(struct counting *counting)
{
	const struct debt *debt = counting->debt;
	int64_t most;

	if (!debt->agreed.most || __builtin_mul_overflow(debt->amount,
	    debt->agreed.most, &most) || counting->out->amount <=
	    most / MILLION)
		return;
	counting->out->amount = most / MILLION;
	counting->out->capped = true;
}

enum interest_result
interest_count(const struct debt *debt, struct interest *out)
{
	struct counting counting = {.debt = debt, .out = out};
	enum interest_result result;

	*out = (struct interest){.rows = g_array_new(FALSE, FALSE,
	    sizeof(struct interest_row))};
	if (!debt->agreed.rate && (!debt->law || !debt->law->rates))
		return INTEREST_NO_RATE;
	if (debt->until <= debt->due || debt->amount <= 0)
		return INTEREST_NONE;
	result = walk(&counting);
	if (result != INTEREST_SOME)
		return result;
	put_cap(&counting);
	return out->amount > 0 ? INTEREST_SOME : INTEREST_NONE;
}

void
interest_release(struct interest *interest)
{
	g_clear_pointer(&interest->rows, g_array_unref);
}
