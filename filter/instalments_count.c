/*
 * instalments_count.c - how far a plan is: the money on its invoices against
 * its parts, in their order. Pure.
 */
#include "instalments.h"

/* Money that went back takes away what was paid, never more: what was paid
 * before the plan is not the plan's. */
static void
add(int64_t *sum, int64_t amount)
{
	*sum = MAX(0, *sum + amount);
}

/* A void invoice is owed by nobody. */
static int64_t
forgiven(const struct instalment_plan *plan, const GPtrArray *money)
{
	int64_t sum = 0;

	for (guint i = 0; i < plan->invoices->len; i++) {
		const struct instalment_invoice *one =
		    plan->invoices->pdata[i];
		int64_t left = one->base;

		if (one->state != INVOICE_VOID)
			continue;
		for (guint j = 0; j < money->len; j++) {
			const struct instalment_money *part = money->pdata[j];

			if (part->invoice == one->invoice)
				left -= part->amount;
		}
		sum += MAX(0, left);
	}
	return sum;
}

/* What is to be paid on its invoices, more than the plan knows of. */
static int64_t
beyond(const struct instalment_plan *plan,
    const struct instalments_progress *progress)
{
	int64_t open = 0;

	for (guint i = 0; i < plan->invoices->len; i++) {
		const struct instalment_invoice *one =
		    plan->invoices->pdata[i];

		if (one->state != INVOICE_VOID)
			open += one->open - one->announced;
	}
	return MAX(0, open - (progress->total - progress->covered));
}

void
instalments_count(const struct instalment_plan *plan, const GPtrArray *money,
    struct instalments_progress *out)
{
	int64_t until = 0, free_of = forgiven(plan, money);

	*out = (struct instalments_progress){0};
	for (guint i = 0; i < money->len; i++) {
		const struct instalment_money *one = money->pdata[i];

		add(&out->covered, one->amount);
		if (!one->announced)
			add(&out->paid, one->amount);
	}
	for (guint i = 0; i < plan->parts->len; i++)
		out->total += ((struct instalment *)plan->parts->pdata[i])
				  ->amount;
	out->paid = MIN(out->total, out->paid + free_of);
	out->covered = MIN(out->total, out->covered + free_of);
	out->forgiven = free_of;
	for (guint i = 0; i < plan->parts->len; i++) {
		until += ((struct instalment *)plan->parts->pdata[i])->amount;
		out->parts_paid += until <= out->paid;
		out->parts_covered += until <= out->covered;
	}
	out->beyond = beyond(plan, out);
}

int64_t
instalments_left(const struct instalment_plan *plan, int number, int64_t money)
{
	int64_t before = 0, amount = 0;

	for (int i = 0; i < number && i < (int)plan->parts->len; i++) {
		before += amount;
		amount = ((struct instalment *)plan->parts->pdata[i])->amount;
	}
	return CLAMP(before + amount - money, 0, amount);
}

int64_t
instalments_overdue(const struct instalment_plan *plan, int32_t today,
    int64_t money)
{
	int64_t due = 0;

	for (guint i = 0; i < plan->parts->len; i++) {
		const struct instalment *part = plan->parts->pdata[i];

		if (day_number(part->due) < today)
			due += part->amount;
	}
	return MAX(0, due - money);
}
