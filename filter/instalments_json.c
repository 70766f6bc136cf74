/*
 * instalments_json.c - an instalment plan for a person and for programs: what
 * was agreed, what was paid of it.
 */
#include "instalments_show.h"

#include "lookup.h"
#include "phrases.h"
#include "print.h"

#include <stdio.h>

/* What the money says of a part. */
static const char *
part_state(const struct instalments_case *one, const struct instalment *part)
{
	bool over = day_number(part->due) < one->today;
	int64_t left = instalments_left(one->plan, part->number,
	    one->progress.paid);

	if (left == 0)
		return "paid";
	if (instalments_left(one->plan, part->number, one->progress.covered)
	    == 0)
		return "announced";
	if (left < part->amount)
		return over ? "overdue, part of it paid" : "part of it paid";
	return over ? "overdue" : "open";
}

static json_t *
part_json(const struct instalments_case *one, const struct instalment *part)
{
	json_t *out = json_pack("{s:i, s:s, s:s}", "number", part->number,
	    "due", part->due, "state", part_state(one, part));

	json_put_money(out, "amount", part->amount, one->plan->currency);
	json_put_money(out, "open", instalments_left(one->plan, part->number,
	    one->progress.paid), one->plan->currency);
	return out;
}

json_t *
instalments_json(struct context *context, const struct instalments_case *one)
{
	const struct instalment_plan *plan = one->plan;
	json_t *out = json_object(), *list = json_array();

	json_object_set_new(out, "plan", json_integer(plan->id));
	json_put(out, "customer", one->customer->key);
	json_put(out, "state", instalments_state_name(plan->state));
	json_put(out, "origin", plan->origin);
	json_put(out, "currency", plan->currency);
	json_put_money(out, "total", one->progress.total, plan->currency);
	json_put_money(out, "paid", one->progress.paid, plan->currency);
	for (guint i = 0; i < plan->invoices->len; i++) {
		const struct instalment_invoice *row =
		    plan->invoices->pdata[i];
		g_autofree char *number = invoice_number(context,
		    row->invoice);

		json_array_append_new(list, json_string(number));
	}
	json_object_set_new(out, "invoices", list);
	list = json_array();
	for (guint i = 0; i < plan->parts->len; i++)
		json_array_append_new(list, part_json(one,
		    plan->parts->pdata[i]));
	json_object_set_new(out, "instalments", list);
	json_put_moment(out, "made", plan->made);
	json_put_moment(out, "accepted", plan->accepted);
	json_put_moment(out, "ended", plan->ended);
	json_put(out, "expires", plan->expires);
	json_put(out, "why", plan->why);
	return out;
}

char *
instalments_numbers(struct context *context,
    const struct instalment_plan *plan)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < plan->invoices->len; i++) {
		const struct instalment_invoice *row =
		    plan->invoices->pdata[i];
		g_autofree char *number = invoice_number(context,
		    row->invoice);

		g_string_append_printf(out, "%s%s", i ? ", " : "", number);
	}
	return g_string_free(out, FALSE);
}

void
instalments_print(struct context *context,
    const struct instalments_case *one)
{
	static const char *const headings[] = {">Instalment", "Due", ">Amount",
	    "State"};
	const struct instalment_plan *plan = one->plan;
	g_autofree char *numbers = instalments_numbers(context, plan);
	g_autofree char *total = money_text(one->progress.total,
	    plan->currency);
	g_autofree char *paid = money_text(one->progress.paid, plan->currency);
	struct table *table;

	printf("Instalment plan %" G_GINT64_FORMAT " of %s: %s%s%s\n",
	    plan->id, one->customer->name, instalments_state_name(plan->state),
	    plan->why ? ", " : "", plan->why ? plan->why : "");
	printf("%s, of which %s is paid, for %s\n", total, paid, numbers);
	if (plan->state == INSTALMENTS_OFFERED && plan->expires)
		printf("The offer stands until %s.\n", plan->expires);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < plan->parts->len; i++) {
		const struct instalment *part = plan->parts->pdata[i];
		g_autofree char *number = g_strdup_printf(">%d", part->number);
		g_autofree char *money = money_text(part->amount,
		    plan->currency);
		g_autofree char *amount = g_strconcat(">", money, NULL);
		const char *cells[] = {number, part->due, amount,
		    part_state(one, part)};

		table_row(table, cells);
	}
	table_print(table);
}
