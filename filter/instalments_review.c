/*
 * instalments_review.c - what has become of a plan, from the money on its
 * invoices: accepted by paying, expired, paid, reopened; and whether a letter
 * about it may still go.
 */
#include "instalments.h"

#include "phrases.h"

#include <string.h>

/* ---- one plan as it is now ------------------------------------------------------ */

void
instalments_case_clear(struct instalments_case *one)
{
	instalment_plan_free(one->plan);
	customer_free(one->customer);
	*one = (struct instalments_case){0};
}

enum store_status
instalments_case_of(struct context *context, int64_t id,
    struct instalments_case *out)
{
	g_autoptr(GPtrArray) money = NULL;
	char day[DAY_SIZE];
	enum store_status status;

	*out = (struct instalments_case){0};
	status = store_instalments_get(context->store, id, &out->plan);
	if (status == STORE_OK)
		status = store_customer_get(context->store,
		    out->plan->customer, &out->customer);
	if (status == STORE_OK)
		status = store_instalments_money(context->store, id, &money);
	if (status != STORE_OK) {
		instalments_case_clear(out);
		return status;
	}
	out->zone = context->config ?
	    customer_zone(context->config, out->customer) : NULL;
	calendar_local(context->now, out->zone, day, NULL);
	out->today = day_number(day);
	instalments_count(out->plan, money, &out->progress);
	return STORE_OK;
}

enum store_status
instalments_case_read(struct context *context,
    const struct instalment_plan *plan, struct instalments_case *out)
{
	return instalments_case_of(context, plan->id, out);
}

/* ---- its state ------------------------------------------------------------------ */

static const struct instalment *
part_of(const struct instalments_case *one, guint i)
{
	return one->plan->parts->pdata[i];
}

/* The customer's own money alone has reached the first part. */
static bool
began_to_pay(const struct instalments_case *one)
{
	return one->progress.covered - one->progress.forgiven >=
	    part_of(one, 0)->amount;
}

/* The state that it should be in, and why. */
static enum instalments_state
state_of(const struct instalments_case *one, const char **why)
{
	const struct instalments_progress *p = &one->progress;
	enum instalments_state state = one->plan->state;
	bool all = p->total <= p->paid;

	*why = NULL;
	if (state == INSTALMENTS_PAID) {
		*why = "money went back: the plan goes on";
		return all ? INSTALMENTS_PAID : INSTALMENTS_ACTIVE;
	}
	if (p->forgiven >= p->total) {
		*why = "its invoices are void";
		return INSTALMENTS_CANCELLED;
	}
	if (state == INSTALMENTS_ACTIVE) {
		*why = "all of it is paid";
		return all ? INSTALMENTS_PAID : state;
	}
	if (p->covered >= p->total) {
		*why = "all of it was paid at once";
		return INSTALMENTS_CANCELLED;
	}
	if (began_to_pay(one)) {
		*why = "the first instalment was paid";
		return INSTALMENTS_ACTIVE;
	}
	*why = "nobody said yes in time";
	return one->plan->expires &&
	    one->today > day_number(one->plan->expires) ?
	    INSTALMENTS_EXPIRED : state;
}

/* More is open than was agreed on: the owner decides, once. */
static enum store_status
ask_beyond(struct context *context, const struct instalments_case *one,
    struct plan *plan)
{
	const struct instalment_invoice *first = one->plan->invoices->pdata[0];
	g_autofree char *more = money_text(one->progress.beyond,
	    one->plan->currency);
	g_autofree char *text = NULL;
	bool was = true;
	enum store_status status = store_question_was(context->store,
	    "instalments-beyond", one->plan->customer, first->invoice, &was);

	if (status != STORE_OK || was)
		return status;
	text = g_strdup_printf("%s more is open of %s's invoices than "
	    "instalment plan %" G_GINT64_FORMAT " is about. Please look: "
	    "'mailfilter instalments show %" G_GINT64_FORMAT "'.", more,
	    one->customer->name, one->plan->id, one->plan->id);
	plan_ask(plan, &(struct question){.code =
	    (char *)"instalments-beyond", .text = text,
	    .customer = one->plan->customer, .invoice = first->invoice,
	    .at = context->now});
	return STORE_OK;
}

enum store_status
instalments_review(struct context *context,
    const struct instalments_case *one, struct plan *plan, bool *moved)
{
	const char *why;
	enum instalments_state state = state_of(one, &why);
	struct instalment_plan *changed = NULL;
	g_autofree char *text = NULL;
	enum store_status status;

	*moved = state != one->plan->state;
	if (!*moved)
		return one->plan->state == INSTALMENTS_ACTIVE &&
		    one->progress.beyond > 0 ?
		    ask_beyond(context, one, plan) : STORE_OK;
	status = store_instalments_get(context->store, one->plan->id,
	    &changed);
	if (status != STORE_OK)
		return status;
	changed->state = state;
	g_free(changed->why);
	changed->why = g_strdup(why);
	text = g_strdup_printf("instalment plan %" G_GINT64_FORMAT " of %s is "
	    "%s: %s", changed->id, one->customer->name,
	    instalments_state_name(state), why);
	instalments_act(plan, changed, text);
	if (one->plan->state == INSTALMENTS_OFFERED &&
	    state == INSTALMENTS_ACTIVE && context->config)
		instalments_write(context, plan, NULL, LETTER_AGREEMENT,
		    changed, one->customer);
	return STORE_OK;
}

/* ---- after money ------------------------------------------------------------------ */

/* Those of a plan's letters that wait about an instalment: the money may be
 * for it. What is still due is written anew by the next run. */
static enum store_status
recall(struct context *context, const struct instalments_case *one,
    struct plan *plan)
{
	const struct letter_filter filter = {.instalments = one->plan->id,
	    .kinds = 1u << LETTER_INSTALMENT, .waiting_only = true};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &letters);

	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *letter = letters->pdata[i];
		struct action *action = plan_add(plan, ACTION_RECALL,
		    "recalled:payment", "the reminder of instalment %d to %s "
		    "is recalled: money came", letter->instalment, letter->to);

		action->letter = letter->id;
		action->customer = letter->customer;
	}
	return status;
}

static enum store_status
after_one(struct context *context, int64_t id, struct plan *plan)
{
	struct instalments_case one;
	bool moved;
	enum store_status status = instalments_case_of(context, id, &one);

	if (status != STORE_OK)
		return status;
	status = recall(context, &one, plan);
	if (status == STORE_OK)
		status = instalments_review(context, &one, plan, &moved);
	instalments_case_clear(&one);
	return status;
}

enum store_status
instalments_after_money(struct context *context, const GArray *invoices,
    struct plan *plan)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash,
	    g_int64_equal, g_free, NULL);
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < invoices->len; i++) {
		const struct instalments_filter filter = {
		    .invoice = g_array_index(invoices, int64_t, i),
		    .states = INSTALMENTS_LIVE | 1u << INSTALMENTS_PAID};
		g_autoptr(GPtrArray) plans = NULL;

		status = store_instalments_list(context->store, &filter,
		    &plans);
		for (guint j = 0; status == STORE_OK && j < plans->len; j++) {
			const struct instalment_plan *one = plans->pdata[j];

			if (g_hash_table_add(seen, g_memdup2(&one->id,
			    sizeof one->id)))
				status = after_one(context, one->id, plan);
		}
	}
	return status;
}

enum store_status
instalments_rested(struct context *context, int64_t invoice, int32_t *days)
{
	int64_t seconds = 0;
	enum store_status status = store_instalments_rested(context->store,
	    invoice, context->now, &seconds);

	*days = (int32_t)(seconds / DAY_SECONDS);
	return status;
}
