/*
 * payout.c - a payout's mail may list the payments that it is made of. Each
 * row is an event beside that of the payout: a credit or a return with its
 * own fee. Rows hold what payers wrote, so they count only when payments less
 * refunds less fees are the payout: a row that somebody made up breaks that.
 */
#include "bankfile.h"

static void
free_answer(gpointer answer)
{
	answer_free(answer);
}

static void
free_event(gpointer event)
{
	event_free(event);
}

GPtrArray *
payout_take_rows(GPtrArray *answers)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(free_answer);
	GPtrArray *rest = g_ptr_array_new();
	bool payout = false;

	while (answers->len > 0) {
		struct answer *answer = g_ptr_array_steal_index(answers, 0);

		payout = payout || answer->template->payout;
		g_ptr_array_add(answer->template->row ? rows : rest, answer);
	}
	for (guint i = 0; i < rest->len; i++)
		g_ptr_array_add(answers, rest->pdata[i]);
	g_ptr_array_free(rest, TRUE);
	if (!payout || answers->len != 1)
		g_ptr_array_set_size(rows, 0);
	return rows;
}

/* What is said once, for all rows, in the payout. */
static void
inherit(struct event *row, const struct event *payout)
{
	static const enum event_field shared[] = {EVENT_BATCH, EVENT_BOOKED,
	    EVENT_ACCOUNT};

	for (size_t i = 0; i < G_N_ELEMENTS(shared); i++)
		if (!event_get(row, shared[i]))
			event_set(row, shared[i],
			    event_get(payout, shared[i]));
}

static bool
same_currency(const struct event *row, const struct event *payout)
{
	return g_strcmp0(event_get(row, EVENT_CURRENCY),
	    event_get(payout, EVENT_CURRENCY)) == 0;
}

struct sums {
	int64_t payments, refunds, fees;
	bool whole;	/* every row has an amount in the payout's currency */
};

/* Amounts are bounded by the 24 characters of a field, rows by 200. */
static struct sums
add_up(const GPtrArray *rows, const struct event *payout)
{
	struct sums sums = {.whole = true};

	for (guint i = 0; i < rows->len; i++) {
		const struct event *row = rows->pdata[i];
		int64_t amount = event_minor(row, EVENT_AMOUNT);
		int64_t *sum = event_kind(row) == EVENT_CREDIT ?
		    &sums.payments : &sums.refunds;

		if (amount < 0 || !same_currency(row, payout) ||
		    __builtin_add_overflow(*sum, amount, sum) ||
		    __builtin_add_overflow(sums.fees,
		    MAX(event_minor(row, EVENT_FEE), 0), &sums.fees))
			sums.whole = false;
	}
	return sums;
}

/* Why the rows are not the payout, or NULL. */
static const char *
judge(const struct sums *sums, const struct event *payout)
{
	int64_t fee = event_minor(payout, EVENT_FEE);
	int64_t fees = sums->fees > 0 ? sums->fees : MAX(fee, 0);
	int64_t left;

	if (!sums->whole)
		return "a payment of the payout has no sum";
	if (sums->fees > 0 && fee >= 0 && fee != sums->fees)
		return "the fees of the payments are not the payout's";
	if (__builtin_sub_overflow(sums->payments, sums->refunds, &left) ||
	    __builtin_sub_overflow(left, fees, &left) ||
	    left != event_minor(payout, EVENT_AMOUNT))
		return "the payments less refunds and fees are not the payout";
	return NULL;
}

static bool
overlaps(const GPtrArray *answers, guint i)
{
	const struct answer *answer = answers->pdata[i];
	const struct answer *next = i + 1 < answers->len ?
	    answers->pdata[i + 1] : NULL;

	return next && next->start < answer->end;
}

/* The fee of a payout that names it for its payments only. */
static void
set_fee(struct event *payout, int64_t fees)
{
	g_autofree char *plain =
	    money_format(fees, event_get(payout, EVENT_CURRENCY));

	if (fees > 0 && !event_get(payout, EVENT_FEE))
		event_set(payout, EVENT_FEE, plain);
}

void
payout_add_rows(const struct bank *bank, const GPtrArray *rows,
    const struct page *page, const struct bank_mail *mail, GPtrArray *events)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_event);
	struct event *payout = events->len > 0 ? events->pdata[0] : NULL;
	const char *why;
	struct sums sums;

	if (!payout || rows->len == 0)
		return;
	for (guint i = 0; i < rows->len; i++) {
		struct event *row = facts_event(bank, rows->pdata[i], page,
		    mail);

		inherit(row, payout);
		if (overlaps(rows, i))
			event_refuse(row, "template", "two answer at one place");
		g_ptr_array_add(list, row);
	}
	sums = add_up(list, payout);
	why = judge(&sums, payout);
	if (!why)
		set_fee(payout, sums.fees);
	for (guint i = 0; i < list->len; i++) {
		if (why)
			event_refuse(list->pdata[i], "amount", why);
		g_ptr_array_add(events, g_steal_pointer(&list->pdata[i]));
	}
}
