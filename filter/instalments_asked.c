/*
 * instalments_asked.c - who starts a plan, and who says yes: a customer asks
 * for instalments, a step of the policy offers them, a customer accepts.
 */
#include "instalments.h"

#include "amounts.h"
#include "phrases.h"

#include <string.h>

/* The first condition that does not hold, in words; the caller frees. */
static char *
first_failure(const GPtrArray *lines)
{
	for (guint i = 0; i < lines->len; i++) {
		const struct deserving_line *line = lines->pdata[i];

		if (!line->holds)
			return g_strdup_printf("the rule says \"%s\", and it "
			    "is: %s", line->text, line->figure);
	}
	return g_strdup("the rule holds");
}

/* Those of a letter's items that money is still to be paid on. */
static enum store_status
still_open(struct context *context, const struct letter_item *items, guint n,
    GArray *ids)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < n; i++) {
		struct invoice *one;

		status = store_invoice_get(context->store, items[i].invoice,
		    &one);
		if (status != STORE_OK)
			break;
		if (one->state == INVOICE_OPEN && invoice_balance(one) > 0 &&
		    one->type != INVOICE_CREDIT_NOTE)
			g_array_append_val(ids, one->id);
		invoice_free(one);
	}
	return status;
}

static enum store_status
propose(struct context *context, const struct customer *customer,
    const struct letter_item *items, guint n, const char *origin,
    struct instalment_plan **out, char **why)
{
	g_autoptr(GPtrArray) lines = NULL;
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool deserves = false;
	enum store_status status = instalments_deserve(context, customer,
	    &deserves, &lines);

	*out = NULL;
	if (status != STORE_OK)
		return status;
	if (!deserves) {
		*why = first_failure(lines);
		return STORE_OK;
	}
	status = still_open(context, items, n, ids);
	return status == STORE_OK ? instalments_propose_ids(context, customer,
	    ids, origin, out, why) : status;
}

static struct action *
offer(struct plan *plan, struct instalment_plan *instalments,
    const struct customer *customer)
{
	g_autofree char *parts = instalments_text(instalments);
	g_autofree char *text = g_strdup_printf("%s is offered to %s until %s",
	    parts, customer->name, instalments->expires);

	return instalments_act(plan, instalments, text);
}

enum store_status
instalments_asked(struct context *context, const struct customer *customer,
    const GArray *items, struct plan *plan, bool *answered, char **why)
{
	struct instalment_plan *instalments = NULL;
	g_autofree char *reason = NULL;
	enum store_status status = STORE_OK;

	*answered = false;
	if (!context->config ||
	    strcmp(context->config->instalments.asked, "offer") != 0)
		reason = g_strdup("you decide about instalments (section "
		    "instalments: asked)");
	else if (!recipient_is_safe(context->config, customer->email))
		reason = g_strdup("no letter can go to the customer");
	else
		status = propose(context, customer, (void *)items->data,
		    items->len, "reply", &instalments, &reason);
	if (instalments) {
		instalments_write(context, plan, offer(plan, instalments,
		    customer), LETTER_OFFER, instalments, customer);
		*answered = true;
	}
	if (why)
		*why = g_steal_pointer(&reason);
	return status;
}

enum store_status
instalments_of_step(struct context *context, struct plan *plan,
    const struct customer *customer, const struct letter *letter,
    struct action **of)
{
	struct instalment_plan *instalments = NULL;
	g_autofree char *why = NULL;
	g_autofree struct letter_item *items =
	    g_new0(struct letter_item, letter->items->len);
	enum store_status status;

	*of = NULL;
	for (guint i = 0; i < letter->items->len; i++)
		items[i] = *(struct letter_item *)letter->items->pdata[i];
	status = propose(context, customer, items, letter->items->len,
	    "policy", &instalments, &why);
	if (instalments)
		*of = offer(plan, instalments, customer);
	return status;
}

/* The plan moved to ACTIVE, with its letter. */
enum store_status
instalments_accepted(struct context *context, const struct letter *letter,
    struct plan *plan, bool *answered)
{
	struct instalments_case one;
	g_autofree char *parts = NULL, *text = NULL;
	enum store_status status;

	*answered = false;
	if (!letter->instalments)
		return STORE_OK;
	status = instalments_case_of(context, letter->instalments, &one);
	if (status != STORE_OK)
		return status;
	if (one.plan->state == INSTALMENTS_OFFERED &&
	    letter->customer == one.plan->customer &&
	    (!one.plan->expires ||
	    one.today <= day_number(one.plan->expires))) {
		struct instalment_plan *active =
		    g_steal_pointer(&one.plan);

		parts = instalments_text(active);
		text = g_strdup_printf("%s said yes to instalment plan %"
		    G_GINT64_FORMAT ": %s", one.customer->name, active->id,
		    parts);
		active->state = INSTALMENTS_ACTIVE;
		instalments_act(plan, active, text);
		instalments_write(context, plan, NULL, LETTER_AGREEMENT,
		    active, one.customer);
		*answered = true;
	}
	instalments_case_clear(&one);
	return STORE_OK;
}
