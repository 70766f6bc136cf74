/*
 * instalments_deserve.c - whether a customer deserves instalments: the figures
 * out of the store, and each condition's answer.
 */
#include "amounts.h"
#include "instalments.h"

#include <string.h>

static void
line_free(gpointer pointer)
{
	struct deserving_line *line = pointer;

	g_free(line->text);
	g_free(line->figure);
	g_free(line);
}

static enum store_status
read_open(struct context *context, const struct customer *customer,
    struct deserving_facts *facts)
{
	const struct invoice_filter filter = {.customer = customer->id,
	    .open_only = true};
	g_autoptr(GPtrArray) open = NULL;
	int32_t today = day_number(context->today);
	enum store_status status = store_invoice_list(context->store, &filter,
	    &open);

	for (guint i = 0; status == STORE_OK && i < open->len; i++) {
		const struct invoice *one = open->pdata[i];

		if (one->type == INVOICE_CREDIT_NOTE)
			continue;
		if (strcmp(one->currency, facts->currency) != 0)
			facts->comparable = false;
		facts->balance += invoice_balance(one);
		if (one->due && invoice_balance(one) > 0)
			facts->overdue = MAX(facts->overdue,
			    today - day_number(one->due));
	}
	return status;
}

/* In months of 30 days since the last one. */
static enum store_status
read_broken(struct context *context, const struct customer *customer,
    struct deserving_facts *facts)
{
	const struct instalments_filter filter = {.customer = customer->id,
	    .states = 1u << INSTALMENTS_BROKEN};
	g_autoptr(GPtrArray) plans = NULL;
	enum store_status status = store_instalments_list(context->store,
	    &filter, &plans);

	facts->broken_months = -1;
	for (guint i = 0; status == STORE_OK && i < plans->len; i++) {
		const struct instalment_plan *one = plans->pdata[i];
		int months = (int)((context->now - one->ended) /
		    (30 * DAY_SECONDS));

		if (facts->broken_months < 0 || months < facts->broken_months)
			facts->broken_months = MAX(months, 0);
	}
	return status;
}

static bool
answer(const struct config *config, const struct deserving_facts *facts,
    GPtrArray *lines)
{
	const GPtrArray *rules = config->instalments.deserving;
	bool all = true;

	for (guint i = 0; i < rules->len; i++) {
		const struct deserving *rule = rules->pdata[i];
		struct deserving_line *line =
		    g_new0(struct deserving_line, 1);

		line->text = g_strdup(rule->text);
		line->holds = deserving_holds(rule, facts, &line->figure);
		all = all && line->holds;
		g_ptr_array_add(lines, line);
	}
	return all;
}

enum store_status
instalments_deserve(struct context *context, const struct customer *customer,
    bool *deserves, GPtrArray **out)
{
	struct behaviour behaviour = {0};
	struct deserving_facts facts = {.behaviour = &behaviour,
	    .currency = context->config->currency, .comparable = true};
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(line_free);
	enum store_status status = behaviour_of(context, customer->id,
	    &behaviour);

	if (status == STORE_OK)
		status = read_open(context, customer, &facts);
	if (status == STORE_OK)
		status = read_broken(context, customer, &facts);
	if (status == STORE_OK)
		*deserves = answer(context->config, &facts, lines);
	if (status == STORE_OK && out)
		*out = g_steal_pointer(&lines);
	behaviour_clear(&behaviour);
	return status;
}
