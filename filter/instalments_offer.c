/*
 * instalments_offer.c - a plan before it is agreed: on which invoices, in what
 * parts; and the actions and letters that go with a plan.
 */
#include "instalments.h"

#include "amounts.h"
#include "phrases.h"

#include <string.h>

char *
instalments_text(const struct instalment_plan *plan)
{
	const struct instalment *first = plan->parts->pdata[0];
	const struct instalment *last =
	    plan->parts->pdata[plan->parts->len - 1];
	g_autofree char *one = money_text(first->amount, plan->currency);
	g_autofree char *other = money_text(last->amount, plan->currency);

	if (plan->parts->len == 1)
		return g_strdup_printf("%s on %s", one, first->due);
	if (first->amount == last->amount)
		return g_strdup_printf("%u instalments of %s, the first on %s, "
		    "the last on %s", plan->parts->len, one, first->due,
		    last->due);
	return g_strdup_printf("%u instalments, %s on %s to %s on %s",
	    plan->parts->len, one, first->due, other, last->due);
}

/* ---- proposing ------------------------------------------------------------------ */

/* NULL, or why not these. */
static char *
refusal(struct context *context, const struct customer *customer,
    const GPtrArray *invoices)
{
	for (guint i = 0; i < invoices->len; i++) {
		const struct invoice *one = invoices->pdata[i];
		const struct invoice *first = invoices->pdata[0];
		const struct instalments_filter filter = {
		    .invoice = one->id, .states = INSTALMENTS_LIVE};
		g_autoptr(GPtrArray) plans = NULL;

		if (one->customer != customer->id)
			return g_strdup_printf("invoice %s is another "
			    "customer's", one->number);
		if (one->state != INVOICE_OPEN ||
		    one->type == INVOICE_CREDIT_NOTE ||
		    invoice_balance(one) <= 0)
			return g_strdup_printf("nothing of invoice %s is to be "
			    "paid", one->number);
		if (strcmp(one->currency, first->currency) != 0)
			return g_strdup_printf("invoice %s is in %s, %s in %s: "
			    "one plan has one currency", one->number,
			    one->currency, first->number, first->currency);
		if (store_instalments_list(context->store, &filter, &plans) ==
		    STORE_OK && plans->len > 0)
			return g_strdup_printf("invoice %s is in instalment "
			    "plan %" G_GINT64_FORMAT " already", one->number,
			    ((struct instalment_plan *)plans->pdata[0])->id);
	}
	return invoices->len ? NULL : g_strdup("nothing is open");
}

static struct instalment_plan *
plan_on(const struct customer *customer, const GPtrArray *invoices,
    const char *origin, int64_t now)
{
	struct instalment_plan *plan = g_new0(struct instalment_plan, 1);
	const struct invoice *first = invoices->pdata[0];

	plan->customer = customer->id;
	plan->currency = g_strdup(first->currency);
	plan->origin = g_strdup(origin);
	plan->made = now;
	plan->invoices = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < invoices->len; i++) {
		const struct invoice *one = invoices->pdata[i];
		struct instalment_invoice *row =
		    g_new0(struct instalment_invoice, 1);

		row->invoice = one->id;
		row->base = invoice_balance(one);
		row->open = one->open;
		row->announced = one->announced;
		row->state = one->state;
		g_ptr_array_add(plan->invoices, row);
	}
	return plan;
}

static int64_t
minimum_in(const struct config *config, const char *currency)
{
	int64_t minimum = config->instalments.minimum_part;
	int more = money_digits(currency) - money_digits(config->currency);

	for (; more > 0; more--)
		minimum *= 10;
	for (; more < 0; more++)
		minimum /= 10;
	return minimum;
}

struct instalment_plan *
instalments_propose(struct context *context, const struct customer *customer,
    GPtrArray *invoices, const char *origin, char **why)
{
	const struct instalment_terms *terms = &context->config->instalments;
	int32_t today = day_number(context->today);
	struct instalment_plan *plan;
	char day[DAY_SIZE];
	int64_t total = 0;

	*why = refusal(context, customer, invoices);
	if (*why)
		return NULL;
	plan = plan_on(customer, invoices, origin, context->now);
	for (guint i = 0; i < plan->invoices->len; i++)
		total += ((struct instalment_invoice *)
		    plan->invoices->pdata[i])->base;
	plan->parts = instalments_parts(total, terms->parts,
	    minimum_in(context->config, plan->currency),
	    today + terms->first_days, terms->every);
	day_text(today + terms->valid_days, day);
	plan->expires = g_strdup(day);
	if (plan->parts->len > 1)
		return plan;
	instalment_plan_free(plan);
	*why = g_strdup("it is too little to be divided");
	return NULL;
}

enum store_status
instalments_propose_ids(struct context *context,
    const struct customer *customer, const GArray *ids, const char *origin,
    struct instalment_plan **out, char **why)
{
	g_autoptr(GPtrArray) invoices = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)invoice_free);

	*out = NULL;
	for (guint i = 0; i < ids->len; i++) {
		struct invoice *one;
		enum store_status status = store_invoice_get(context->store,
		    g_array_index(ids, int64_t, i), &one);

		if (status != STORE_OK)
			return status;
		g_ptr_array_add(invoices, one);
	}
	*out = instalments_propose(context, customer, invoices, origin, why);
	return STORE_OK;
}

/* ---- actions -------------------------------------------------------------------- */

struct action *
instalments_act(struct plan *plan, struct instalment_plan *instalments,
    const char *text)
{
	g_autofree char *code = g_strdup_printf("instalments:%s",
	    instalments_state_name(instalments->state));
	struct action *action = plan_add(plan, ACTION_INSTALMENTS, code, "%s",
	    text);

	action->customer = instalments->customer;
	if (instalments->invoices->len == 1)
		action->invoice = ((struct instalment_invoice *)
		    instalments->invoices->pdata[0])->invoice;
	action->of.instalments = instalments;
	return action;
}

void
instalments_write(struct context *context, struct plan *plan,
    const struct action *of, enum letter_kind kind,
    const struct instalment_plan *instalments,
    const struct customer *customer)
{
	g_autofree char *what = g_strdup_printf("plan%" G_GINT64_FORMAT,
	    instalments->id);
	struct letter *letter = customer->undelivered ? NULL :
	    letter_new(context, kind, customer, what);
	g_autofree char *text = NULL, *parts = instalments_text(instalments);
	struct action *action;

	if (!letter)
		return;
	letter->instalments = instalments->id;
	for (guint i = 0; i < instalments->invoices->len; i++) {
		const struct instalment_invoice *one =
		    instalments->invoices->pdata[i];

		letter_add_item(letter, one->invoice, 0,
		    one->open - one->announced);
	}
	text = g_strdup_printf("%s to %s is planned: %s",
	    letter_words(kind), letter->to, parts);
	action = plan_letter(plan, letter, text);
	action->about = of;
}

/* ---- executing ------------------------------------------------------------------- */

static char *
origin_of(const struct instalment_plan *plan)
{
	return g_strdup_printf("instalment plan %" G_GINT64_FORMAT, plan->id);
}

static enum store_status
release(struct store *store, const struct instalment_plan *plan, int64_t now)
{
	g_autofree char *origin = origin_of(plan);
	g_autoptr(GPtrArray) holds = NULL;
	enum store_status status = store_hold_list(store, plan->customer, 0,
	    now, &holds);

	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *hold = holds->pdata[i];

		if (hold->kind == HOLD_INSTALMENTS &&
		    g_strcmp0(hold->origin, origin) == 0)
			status = store_hold_release(store, hold->id, now);
	}
	return status;
}

static enum store_status
rest(struct store *store, const struct instalment_plan *plan, int64_t until,
    int64_t now)
{
	g_autofree char *origin = origin_of(plan);
	g_autofree char *parts = instalments_text(plan);
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < plan->invoices->len; i++) {
		struct hold hold = {.kind = HOLD_INSTALMENTS,
		    .customer = plan->customer, .trust = TRUST_O,
		    .why = parts, .origin = origin, .since = now,
		    .until = until, .invoice = ((struct instalment_invoice *)
		    plan->invoices->pdata[i])->invoice};

		status = store_hold_add(store, &hold);
		if (status == STORE_OK)	/* the plan looks after its end */
			status = store_hold_followed(store, hold.id, now);
		status = status == STORE_KNOWN ? STORE_OK : status;
	}
	return status;
}

/* Under each of its invoices, whose story it belongs to. */
static enum store_status
write_journal(struct store *store, const struct action *action, int64_t now)
{
	const struct instalment_plan *plan = action->of.instalments;
	g_autofree char *evidence = g_strdup_printf("{\"instalments\":%"
	    G_GINT64_FORMAT "}", plan->id);
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < plan->invoices->len; i++) {
		const struct journal_entry entry = {.at = now,
		    .subject = SUBJECT_INVOICE,
		    .row = ((struct instalment_invoice *)
		    plan->invoices->pdata[i])->invoice, .code = action->code,
		    .text = action->text, .evidence = evidence};

		status = store_journal_add(store, &entry);
	}
	return status;
}

/* An offer that was asked for rests the reminders while it stands; one that
 * came with a reminder does not: that was the step. */
enum store_status
instalments_apply(struct store *store, const struct action *action,
    int64_t now)
{
	struct instalment_plan *plan = action->of.instalments;
	enum store_status status = plan->id ? store_instalments_move(store,
	    plan->id, plan->state, plan->why, now) :
	    store_instalments_add(store, plan);

	if (status == STORE_OK)
		status = release(store, plan, now);
	if (status == STORE_OK && plan->state == INSTALMENTS_ACTIVE)
		status = rest(store, plan, 0, now);
	else if (status == STORE_OK && plan->state == INSTALMENTS_OFFERED &&
	    strcmp(plan->origin, "policy") != 0)
		status = rest(store, plan, ((int64_t)day_number(
		    plan->expires) + 1) * DAY_SECONDS, now);
	return status == STORE_OK ? write_journal(store, action, now) : status;
}
