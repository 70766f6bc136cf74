/*
 * decide_owner.c - plans for the owner's own word: a suggestion accepted, a
 * booking taken back. Pure.
 */
#include "match.h"
#include "phrases.h"

struct plan *
decide_accept(const struct payment *payment, const GPtrArray *suggestions,
    const char *const *numbers, const char *by)
{
	struct plan *plan = plan_new();
	double best = 0;

	for (guint i = 0; i < suggestions->len; i++) {
		const struct suggestion *s = suggestions->pdata[i];

		if (!s->rejected)
			best = MAX(best, s->probability);
	}
	for (guint i = 0; i < suggestions->len; i++) {
		const struct suggestion *s = suggestions->pdata[i];
		struct allocation *allocation;
		g_autofree char *money = NULL;
		struct action *a;

		/* the parts of the best one, which were stored first */
		if (s->rejected || !s->invoice || s->probability < best)
			continue;
		money = money_text(s->amount, payment->currency);
		a = plan_add(plan, ACTION_SETTLE, "settle:owner",
		    "%s is put on %s by %s", money, numbers[i], by);
		allocation = g_new0(struct allocation, 1);
		allocation->payment = a->payment = payment->id;
		allocation->invoice = a->invoice = s->invoice;
		allocation->kind = s->kind;
		allocation->amount = s->amount;
		allocation->probability = 1;
		a->customer = s->customer;
		a->of.settle = allocation;
	}
	return plan;
}

struct plan *
decide_undo(const struct payment *payment, const GPtrArray *allocations,
    const char *const *numbers, const char *by)
{
	struct plan *plan = plan_new();

	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];
		g_autofree char *money = NULL;
		struct action *a;

		if (one->reversed)
			continue;
		money = money_text(one->amount, payment->currency);
		a = plan_add(plan, ACTION_REVERSE, "reversed:owner",
		    "%s of payment %s is taken off %s by %s", money,
		    payment->key, numbers[i], by);
		a->allocation = one->id;
		a->payment = payment->id;
		a->invoice = one->invoice;
	}
	return plan;
}
