/*
 * schedule.c - plays the days ahead of one invoice with the ladder, the gap,
 * the bank's lag and the days on which letters go; whether the bank is heard
 * and money comes nobody knows, so it takes the first and not the second.
 */
#include "schedule.h"

#include "remind_desk.h"

#define YEARS_AHEAD (3 * 366)

void
standing_of(struct context *context, const struct past *past,
    const struct invoice *invoice, const char *zone, int32_t today,
    struct standing *out)
{
	past_reached(past, invoice, zone, &out->reached);
	out->last_day = past_last_day(context, past, zone);
	out->from = today + 1;
}

void
standing_take(struct standing *standing, const struct step *step,
    int32_t due, int32_t day)
{
	standing->reached.last_step = step->number;
	standing->from = day + 1;
	if (step_is_note(step) || step->escalate)
		return;
	standing->last_day = day;
	if (day <= due)
		return;
	standing->reached.reminders++;
	if (step->term_days)
		standing->reached.term_end = MAX(standing->reached.term_end,
		    day + step->term_days);
}

/* Has money sent on the last day had its time to show? */
static bool
lag_is_over(const struct config *config, const struct invoice *invoice,
    const struct standing *standing, int32_t due, int32_t day)
{
	const struct account *account = invoice_account(config, invoice);
	int32_t last = MAX(due, standing->reached.term_end);

	return day > calendar_add_business_days(calendar_of_bank(
	    invoice->currency, account ? account->iban : NULL), last,
	    config->bank_lag_days);
}

static bool
may_go(const struct config *config, const struct invoice *invoice,
    const struct policy *policy, const struct schedule *schedule,
    const struct standing *standing, const struct step *step, int32_t day)
{
	if (!step->escalate &&
	    !calendar_may_write_on(config, schedule->days, day))
		return false;
	if (step_is_note(step))
		return true;
	if (standing->last_day != G_MININT32 &&
	    day < standing->last_day + policy->gap_days)
		return false;
	return lag_is_over(config, invoice, standing, schedule->due, day);
}

/* The first step above the one that was reached. */
static const struct step *
first_above(const struct policy *policy, int number)
{
	for (guint i = 0; i < policy->steps->len; i++) {
		const struct step *step = policy->steps->pdata[i];

		if (step->number > number)
			return step;
	}
	return NULL;
}

bool
schedule_next(const struct config *config, const struct invoice *invoice,
    const struct customer *customer, struct standing *standing,
    struct ahead *out)
{
	const struct policy *policy = invoice_policy(config, invoice, customer);
	const struct schedule schedule = {day_number(invoice->due),
	    customer_days(config, customer), config, 0};
	const struct step *step = first_above(policy,
	    standing->reached.last_step);
	int32_t day, end;

	if (!step)
		return false;
	day = MAX(standing->from, step_day(step, &schedule));
	for (end = day + YEARS_AHEAD; day < end; day++) {
		step = step_due(policy, &schedule, day,
		    standing->reached.last_step, standing->reached.reminders);
		if (!step || !may_go(config, invoice, policy, &schedule,
		    standing, step, day))
			continue;
		*out = (struct ahead){customer->id, invoice->id, day, step};
		standing_take(standing, step, schedule.due, day);
		return true;
	}
	return false;
}

enum store_status
schedule_ahead(struct context *context, const struct invoice *invoice,
    GArray **out)
{
	const struct config *config = context->config;
	struct customer *customer = NULL;
	struct past past;
	struct standing standing;
	struct ahead ahead;
	char today[DAY_SIZE];
	const char *zone;
	enum store_status status = store_customer_get(context->store,
	    invoice->customer, &customer);

	*out = g_array_new(FALSE, FALSE, sizeof(struct ahead));
	if (status != STORE_OK || !invoice_may_be_chased(invoice))
		goto out;
	status = past_gather(context, customer->id, &past);
	if (status != STORE_OK)
		goto out;
	zone = customer_zone(config, customer);
	calendar_local(context->now, zone, today, NULL);
	standing_of(context, &past, invoice, zone, day_number(today) - 1,
	    &standing);
	while (schedule_next(config, invoice, customer, &standing, &ahead))
		g_array_append_val(*out, ahead);
	past_release(&past);
out:
	if (status != STORE_OK)
		g_clear_pointer(out, g_array_unref);
	customer_free(customer);
	return status;
}

/* The step that is taken today, if one is. */
static const struct step *
taken_today(const struct desk *desk, const struct invoice *invoice)
{
	for (guint i = 0; i < desk->due->len; i++) {
		const struct due *due =
		    &g_array_index(desk->due, struct due, i);

		if (due->invoice == invoice && due->taken)
			return due->step;
	}
	return NULL;
}

static bool
is_held(const struct desk *desk, const struct invoice *invoice)
{
	const GPtrArray *held = desk->run->held;

	for (guint i = held ? held->len : 0; i > 0; i--) {
		const struct held *one = held->pdata[i - 1];

		if (one->customer != desk->customer->id)
			return false;
		if (one->invoice == invoice->id)
			return true;
	}
	return false;
}

void
desk_look_ahead(struct desk *desk, const GPtrArray *invoices)
{
	struct context *context = desk->run->context;

	for (guint i = 0; i < invoices->len; i++) {
		const struct invoice *invoice = invoices->pdata[i];
		const struct step *step = taken_today(desk, invoice);
		struct standing standing;
		struct ahead ahead;

		if (is_held(desk, invoice))
			continue;
		standing_of(context, &desk->past, invoice, desk->zone,
		    desk->today, &standing);
		if (step)
			standing_take(&standing, step,
			    day_number(invoice->due), desk->today);
		if (schedule_next(context->config, invoice, desk->customer,
		    &standing, &ahead))
			g_array_append_val(desk->run->ahead, ahead);
	}
}

char *
ahead_text(const struct step *step)
{
	if (step->escalate)
		return g_strdup_printf("step %d, a call for you",
		    step->number);
	return g_strdup_printf("step %d, %s %s%s", step->number, step->tone,
	    step_is_note(step) ? "note" : "reminder",
	    step->final ? " (the last)" : step->legal ? " (legal)" : "");
}
