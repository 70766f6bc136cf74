/*
 * dated.c - which invoices of a likely payer the text tells by a day, a month
 * or another period. It tells them apart from each other, and is never a
 * reference: a day is very often the payment's own, a month as well. Pure.
 */
#include "amounts.h"
#include "period.h"

#include <string.h>

#define NAME_MIN 0.6
#define NAMED 0.95		/* what is named in full needs no day */
#define OWN_DAYS 1		/* a day this near to the payment is its own */
#define DUE_DAYS 3		/* … and who pays when it is due says so */
#define ARREARS 10		/* days after a month in which it is billed */
#define LATE 5

struct group {			/* open invoices of one likely customer */
	struct candidate **items;
	guint n;
	const GArray *periods;	/* struct period */
	int32_t paid;		/* the day */
};

static const struct period *
nth_period(const GArray *periods, guint i)
{
	return &g_array_index(periods, struct period, i);
}

static bool
is_day(const struct period *period)
{
	return period->first == period->last;
}

static bool
holds(const struct period *period, const char *day)
{
	int32_t n = day ? day_number(day) : G_MININT32;

	return n != G_MININT32 && n >= period->first && n <= period->last;
}

static bool
is_open(const struct candidate *c)
{
	return c->invoice->state == INVOICE_OPEN &&
	    c->invoice->type != INVOICE_CREDIT_NOTE;
}

static bool
any_dated(const struct group *group, const struct period *period)
{
	for (guint i = 0; i < group->n; i++)
		if (is_open(group->items[i]) &&
		    holds(period, group->items[i]->invoice->date))
			return true;
	return false;
}

/* Is the period the only one of its kind (days, or longer ones)? */
static bool
is_only(const struct group *group, const struct period *period)
{
	for (guint i = 0; i < group->periods->len; i++) {
		const struct period *other = nth_period(group->periods, i);

		if (other->item != period->item &&
		    is_day(other) == is_day(period))
			return false;
	}
	return true;
}

/* The day or the month of the payment itself. */
static bool
is_payments_own(const struct group *group, const struct period *period)
{
	if (period->introduced || !is_only(group, period))
		return false;
	return group->paid >= period->first - OWN_DAYS * is_day(period) &&
	    group->paid <= period->last + OWN_DAYS * is_day(period);
}

/* Services of October are billed on 1 October or on 1 November. When both are
 * open and the payment comes in time for the younger, who knows? */
static bool
may_be_arrears(const struct group *group, const struct period *period,
    const struct candidate *c)
{
	int32_t due = c->invoice->due ? day_number(c->invoice->due)
				      : G_MAXINT32;

	if (is_day(period) || group->paid <= due + LATE)
		return false;
	for (guint i = 0; i < group->n; i++) {
		const struct invoice *other = group->items[i]->invoice;
		int32_t date = day_number(other->date);

		if (is_open(group->items[i]) && date > period->last &&
		    date <= period->last + ARREARS && date <= group->paid &&
		    invoice_balance(other) == invoice_balance(c->invoice) &&
		    other->due && day_number(other->due) + LATE >= group->paid)
			return true;
	}
	return false;
}

static enum dated
dated_in(const struct group *group, const struct period *period, bool one_way,
    const struct candidate *c)
{
	if (!holds(period, c->invoice->date))
		return DATED_NOT;
	if (!one_way || (period->loose && !period->introduced) ||
	    is_payments_own(group, period) ||
	    may_be_arrears(group, period, c))
		return DATED_FAINT;
	return is_day(period) ? DATED_DAY : DATED_MONTH;
}

/* No invoice is dated then: due, or billed right after. */
static bool
is_about(const struct group *group, const struct period *period,
    const struct candidate *c)
{
	struct period after = {.first = period->last + 1,
	    .last = period->last + ARREARS};

	if (is_day(period))
		return holds(period, c->invoice->due) && !period->loose &&
		    ABS(group->paid - period->first) > DUE_DAYS;
	return holds(&after, c->invoice->date) ||
	    holds(period, c->invoice->due);
}

static void
read_item(const struct group *group, guint from, guint upto)
{
	int ways = 0;

	for (guint i = from; i < upto; i++)
		ways += any_dated(group, nth_period(group->periods, i));
	for (guint i = from; i < upto; i++) {
		const struct period *period = nth_period(group->periods, i);

		for (guint k = 0; k < group->n; k++) {
			struct candidate *c = group->items[k];
			enum dated dated = DATED_NOT;

			if (!is_open(c))
				continue;
			if (ways)
				dated = dated_in(group, period, ways == 1, c);
			else if (is_about(group, period, c))
				dated = DATED_ABOUT;
			c->dated = MAX(c->dated, dated);
		}
	}
}

/* What the text tells of others it does not tell of these. */
static void
settle(const struct group *group)
{
	bool any = false;

	for (guint i = 0; i < group->n; i++)
		any |= group->items[i]->dated > DATED_NOT;
	for (guint i = 0; any && i < group->n; i++)
		if (group->items[i]->dated == DATED_NOT)
			group->items[i]->dated = DATED_ANOTHER;
}

static void
read_group(const struct group *group)
{
	const GArray *periods = group->periods;
	guint from = 0;

	while (from < periods->len) {
		guint upto = from + 1;

		while (upto < periods->len && nth_period(periods, upto)->item ==
		    nth_period(periods, from)->item)
			upto++;
		read_item(group, from, upto);
		from = upto;
	}
	settle(group);
}

/* ---- the text --------------------------------------------------------------------- */

static bool
is_likely(const struct candidate *c)
{
	return c->account || c->name >= NAME_MIN ||
	    c->learned.alias >= LEARNED_KNOWN;
}

/* Words that are names of those who may have paid. */
static char **
names_of(const struct facts *facts)
{
	g_autoptr(GString) all = g_string_new(facts->payment->payer);
	g_autofree char *folded = NULL;

	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];

		if (c->customer && (i == 0 || c->customer !=
			((struct candidate *)facts->candidates->pdata[i - 1])
			    ->customer))
			g_string_append_printf(all, " %s", c->customer->name);
	}
	folded = token_fold(all->str);
	return g_strsplit_set(folded, " ,.-/&'\"()", -1);
}

/* Of the ways in which the lines of a text can be put together the one that
 * says most. */
static GArray *
read_text(const struct facts *facts, int32_t day)
{
	g_autoptr(GPtrArray) ways =
	    remittance_joined(facts->payment->remittance);
	g_auto(GStrv) names = names_of(facts);
	GArray *best = NULL;

	for (guint i = 0; i < ways->len; i++) {
		struct remittance remittance;
		GArray *found;

		remittance_read(ways->pdata[i], &remittance);
		found = periods_read(remittance.text, day, names);
		remittance_release(&remittance);
		if (best && best->len >= found->len) {
			g_array_unref(found);
			continue;
		}
		if (best)
			g_array_unref(best);
		best = found;
	}
	return best;
}

/* Digits that are read as a number of ours are no month. */
static void
drop_plain(GArray *periods)
{
	for (guint i = periods->len; i-- > 0;)
		if (nth_period(periods, i)->plain)
			g_array_remove_index(periods, i);
}

void
dated_complete(struct facts *facts)
{
	const struct payment *payment = facts->payment;
	const char *when = payment->value ? payment->value : payment->booked;
	struct candidate **all = (struct candidate **)facts->candidates->pdata;
	guint n = facts->candidates->len, likely = 0;
	double named = 0;
	int32_t day = when ? day_number(when) : G_MININT32;
	g_autoptr(GArray) periods = NULL;

	for (guint i = 0; i < n; i++) {
		named = MAX(named, is_open(all[i]) ? all[i]->mention : 0);
		likely += is_likely(all[i]);
	}
	if (!likely || named >= NAMED || day == G_MININT32 ||
	    !payment->remittance)
		return;
	periods = read_text(facts, day);
	if (named >= 0.5)
		drop_plain(periods);
	for (guint from = 0, upto; periods->len && from < n; from = upto) {
		struct group group = {all + from, 0, periods, day};

		for (upto = from; upto < n && all[upto]->invoice->customer ==
		    all[from]->invoice->customer; upto++)
			group.n++;
		if (is_likely(all[from]))
			read_group(&group);
	}
}
