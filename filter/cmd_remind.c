/*
 * cmd_remind.c - plans what is due and puts it into the outbox; says what goes
 * to whom, and what is held back by which gate and until when.
 */
#include "command.h"
#include "followup.h"
#include "intake.h"
#include "lookup.h"
#include "print.h"
#include "schedule.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

extern const struct command cmd_remind;

struct showing {			/* what is printed */
	struct context *context;
	const struct plan *plan;
	const GPtrArray *held;	/* struct held */
	GArray *ahead;		/* struct ahead, by day */
	int letters, calls;
};

/* ---- lines of JSON --------------------------------------------------------- */

/* The owner's own ids and the printed number. */
static void
name_invoice(struct showing *showing, json_t *out, int64_t id)
{
	struct invoice *invoice;

	if (!id || store_invoice_get(showing->context->store, id, &invoice) !=
	    STORE_OK)
		return;
	json_put(out, "invoice", invoice->key);
	json_put(out, "number", invoice->number);
	invoice_free(invoice);
}

static void
name_customer(struct showing *showing, json_t *out, int64_t id)
{
	struct customer *customer;

	if (!id || store_customer_get(showing->context->store, id, &customer) !=
	    STORE_OK)
		return;
	json_put(out, "customer", customer->key);
	customer_free(customer);
}

/* The step as the policy writes it. */
static void
put_step_words(struct showing *showing, json_t *out,
    const struct invoice *invoice, int number)
{
	const struct config *config = showing->context->config;
	const struct policy *policy;
	const struct step *step;
	struct customer *customer;

	if (store_customer_get(showing->context->store, invoice->customer,
	    &customer) != STORE_OK)
		return;
	policy = invoice_policy(config, invoice, customer);
	step = policy_step(policy, number);
	json_put(out, "policy", policy->name);
	json_put(out, "words", step ? step->text : NULL);
	customer_free(customer);
}

/* The new last day of a letter that goes today. */
static void
put_term(struct showing *showing, json_t *out, const struct letter *letter)
{
	char day[DAY_SIZE];

	if (letter->term_days <= 0)
		return;
	day_text(day_number(showing->context->today) + letter->term_days, day);
	json_object_set_new(out, "term_days", json_integer(letter->term_days));
	json_put(out, "term_day", day);
}

static json_t *
item_json(struct showing *showing, const struct letter_item *item)
{
	json_t *out = json_object();
	struct invoice *invoice;

	if (store_invoice_get(showing->context->store, item->invoice,
	    &invoice) != STORE_OK)
		return out;
	json_put(out, "invoice", invoice->key);
	json_put(out, "number", invoice->number);
	json_put_money(out, "balance", item->balance, invoice->currency);
	json_put(out, "currency", invoice->currency);
	json_put(out, "due", invoice->due);
	if (item->step)
		json_object_set_new(out, "step", json_integer(item->step));
	put_step_words(showing, out, invoice, item->step);
	invoice_free(invoice);
	return out;
}

static void
print_action_json(struct showing *showing, const struct action *action)
{
	json_t *out = json_object(), *items;
	const struct letter *letter =
	    action->kind == ACTION_LETTER ? action->of.letter : NULL;

	json_put(out, "action", action_kind_name(action->kind));
	json_put(out, "code", action->code);
	name_customer(showing, out, action->customer);
	if (letter) {
		json_put(out, "kind", letter_kind_name(letter->kind));
		json_put(out, "tone", letter->tone);
		json_put(out, "to", letter->to);
		json_put(out, "language", letter->language);
		put_term(showing, out, letter);
		items = json_array();
		for (guint i = 0; i < letter->items->len; i++)
			json_array_append_new(items,
			    item_json(showing, letter->items->pdata[i]));
		json_object_set_new(out, "invoices", items);
	} else {
		name_invoice(showing, out, action->invoice);
	}
	json_put(out, "text", action->text);
	print_json(out);
}

static void
print_held_json(struct showing *showing, const struct held *held)
{
	json_t *out = json_object();

	json_put(out, "action", "held");
	name_customer(showing, out, held->customer);
	name_invoice(showing, out, held->invoice);
	json_put(out, "gate", gate_name(held->gate));
	if (held->step)
		json_object_set_new(out, "step", json_integer(held->step));
	json_put(out, "detail", held->detail);
	json_put_moment(out, "until", held->until);
	print_json(out);
}

static void
print_ahead_json(struct showing *showing, const struct ahead *ahead)
{
	json_t *out = json_object();
	char day[DAY_SIZE];

	day_text(ahead->day, day);
	json_put(out, "action", "next");
	name_customer(showing, out, ahead->customer);
	name_invoice(showing, out, ahead->invoice);
	json_put(out, "day", day);
	json_object_set_new(out, "step", json_integer(ahead->step->number));
	json_put(out, "tone", ahead->step->tone);
	json_put(out, "words", ahead->step->text);
	print_json(out);
}

/* ---- for a person ------------------------------------------------------------- */

/* How wide the columns of a letter's invoices are. */
static void
measure(struct showing *showing, const struct letter *letter, int *number,
    int *money)
{
	for (guint i = 0; i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];
		struct invoice *invoice;
		g_autofree char *text = NULL;

		if (store_invoice_get(showing->context->store, item->invoice,
		    &invoice) != STORE_OK)
			continue;
		text = money_text(item->balance, invoice->currency);
		*number = MAX(*number, text_width(invoice->number));
		*money = MAX(*money, text_width(text));
		invoice_free(invoice);
	}
}

static void
print_item(struct showing *showing, const struct letter_item *item,
    int number, int money)
{
	struct invoice *invoice;
	g_autofree char *text = NULL;

	if (store_invoice_get(showing->context->store, item->invoice,
	    &invoice) != STORE_OK)
		return;
	text = money_text(item->balance, invoice->currency);
	printf("    %s%*s  %*s%s  due %s", invoice->number,
	    number - text_width(invoice->number), "",
	    money - text_width(text), "", text,
	    invoice->due ? invoice->due : "at once");
	if (item->step)
		printf("  (step %d)", item->step);
	printf("\n");
	invoice_free(invoice);
}

static void
print_letter(struct showing *showing, const struct letter *letter)
{
	g_autofree char *to = print_clean(letter->to);
	int number = 0, money = 0;

	printf("%s%s%s%s%s to %s", paint(showing->context, PAINT_GREEN),
	    letter->tone ? letter->tone : "", letter->tone ? " " : "",
	    letter_kind_name(letter->kind),
	    paint(showing->context, PAINT_NONE), to);
	if (letter->term_days > 0)
		printf(", to be paid within %d day%s", letter->term_days,
		    letter->term_days == 1 ? "" : "s");
	printf("\n");
	measure(showing, letter, &number, &money);
	for (guint i = 0; i < letter->items->len; i++)
		print_item(showing, letter->items->pdata[i], number, money);
}

static void
show_held(struct showing *showing, struct table *table,
    const struct held *held)
{
	g_autofree char *number = invoice_number(showing->context,
	    held->invoice);
	g_autofree char *until = moment_show(showing->context, held->until);
	const char *why = held->detail ? held->detail : gate_words(held->gate);
	const char *cells[] = {number, gate_name(held->gate), until, why};

	if (g_str_has_suffix(until, " 00:00"))
		until[strlen(until) - strlen(" 00:00")] = '\0';
	table_row(table, cells);
}

/* Which invoices get no letter today, until when and why. */
static void
print_held(struct showing *showing)
{
	static const char *const headings[] = {"Held back", "Gate", "Until", "Why"};
	struct table *table = table_new(showing->context,
	    G_N_ELEMENTS(headings), headings);

	for (guint i = 0; i < showing->held->len; i++)
		show_held(showing, table, showing->held->pdata[i]);
	table_print(table);
}

#define AHEAD_SHOWN 15

/* What comes next, the soonest first. */
static void
print_ahead(struct showing *showing)
{
	static const char *const headings[] = {"Next", "Invoice", "What"};
	struct table *table = table_new(showing->context,
	    G_N_ELEMENTS(headings), headings);
	guint shown = MIN(showing->ahead->len, AHEAD_SHOWN);

	for (guint i = 0; i < shown; i++) {
		const struct ahead *ahead =
		    &g_array_index(showing->ahead, struct ahead, i);
		g_autofree char *number = invoice_number(showing->context,
		    ahead->invoice);
		g_autofree char *what = ahead_text(ahead->step);
		char day[DAY_SIZE];
		const char *cells[] = {day, number, what};

		day_text(ahead->day, day);
		table_row(table, cells);
	}
	table_print(table);
	if (shown < showing->ahead->len)
		printf("and %u later\n", showing->ahead->len - shown);
}

static void
print_action(struct showing *showing, const struct action *action)
{
	if (action->kind == ACTION_LETTER) {
		print_letter(showing, action->of.letter);
		showing->letters++;
	} else if (action->kind == ACTION_ASK) {
		g_autofree char *text = print_clean(action->text);

		printf("%scall%s  %s\n", paint(showing->context, PAINT_BOLD),
		    paint(showing->context, PAINT_NONE), text);
		showing->calls++;
	}
}

static void
print_all(struct showing *showing)
{
	const GPtrArray *actions = showing->plan->actions;
	bool json = showing->context->json;

	if (showing->context->quiet && !json)
		return;
	for (guint i = 0; i < actions->len; i++) {
		const struct action *action = actions->pdata[i];

		if (action->kind == ACTION_NOTE)
			continue;
		if (json)
			print_action_json(showing, action);
		else
			print_action(showing, action);
	}
	for (guint i = 0; json && i < showing->held->len; i++)
		print_held_json(showing, showing->held->pdata[i]);
	for (guint i = 0; json && i < showing->ahead->len; i++)
		print_ahead_json(showing,
		    &g_array_index(showing->ahead, struct ahead, i));
	if (!json && showing->held->len)
		print_held(showing);
	if (!json && showing->ahead->len)
		print_ahead(showing);
	if (!json)
		printf("%s%d letter%s, %d call%s for you, %u held back.\n",
		    showing->context->dry_run ? "Would be: " : "",
		    showing->letters, showing->letters == 1 ? "" : "s",
		    showing->calls, showing->calls == 1 ? "" : "s",
		    showing->held->len);
}

/* ---- one round ------------------------------------------------------------------ */

static enum store_status
plan_and_apply(struct context *context, struct plan *plan, GPtrArray *held,
    GArray *ahead, char **trouble)
{
	enum store_status status = clock_check(context, trouble);
	struct plan *before;

	if (status != STORE_OK || *trouble)
		return status;
	before = plan_new();
	status = followup_plan(context, before);
	if (status == STORE_OK)
		status = plan_apply(before, context->store, context->now,
		    "auto");
	if (status == STORE_OK)
		status = remind_plan_ahead(context, plan, held,
		    context->dry_run ? ahead : NULL);
	if (status == STORE_OK)
		*trouble = plan_conflict(plan);
	if (status == STORE_OK && !*trouble && !context->dry_run)
		status = plan_apply(plan, context->store, context->now,
		    "auto");
	for (guint i = 0; i < before->actions->len; i++)
		g_ptr_array_insert(plan->actions, (int)i,
		    before->actions->pdata[i]);
	g_ptr_array_set_free_func(before->actions, NULL);
	plan_free(before);
	return status;
}

static gint
by_day(gconstpointer a, gconstpointer b)
{
	const struct ahead *one = a, *other = b;

	return one->day != other->day ? (one->day > other->day) -
	    (one->day < other->day) : (one->invoice > other->invoice) -
	    (one->invoice < other->invoice);
}

/* Ends the transaction, then says what is now so. */
static int
round_in_transaction(struct context *context)
{
	struct plan *plan = plan_new();
	g_autoptr(GPtrArray) held =
	    g_ptr_array_new_with_free_func((GDestroyNotify)held_free);
	g_autoptr(GArray) ahead =
	    g_array_new(FALSE, FALSE, sizeof(struct ahead));
	struct showing showing = {.context = context, .plan = plan,
	    .held = held, .ahead = ahead};
	g_autofree char *trouble = NULL;
	enum store_status status =
	    plan_and_apply(context, plan, held, ahead, &trouble);
	int code = EX_TEMPFAIL;

	if (trouble) {
		say_error(context, "%s", trouble);
		store_rollback(context->store);
	} else {
		code = owner_finish(context, status);
	}
	g_array_sort(ahead, by_day);
	if (code == EX_OK)
		print_all(&showing);
	plan_free(plan);
	return code;
}

/* One round in a transaction of its own; prints what it did or would do. */
static int
remind_round(struct context *context)
{
	enum store_status status;
	int code = context_config(context);

	if (code == EX_OK)
		code = context_store(context, STORE_WRITE);
	if (code != EX_OK)
		return code;
	intake_spool(context);
	if (!calendar_zone_known(context->config->timezone))
		say(context, "this machine has no data of the time zone %s: "
		    "UTC is used", context->config->timezone);
	status = store_begin(context->store);
	if (status != STORE_OK)
		return store_failed(context, status);
	return round_in_transaction(context);
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
	    {"dry-run", no_argument, NULL, 'n'}, {NULL, 0, NULL, 0}};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c != 'n')
			return option_error(&cmd_remind, c, argv);
		context->dry_run = true;
	}
	if (optind < argc)
		return usage_error(&cmd_remind, "'%s' is too much here",
		    argv[optind]);
	return remind_round(context);
}

const struct command cmd_remind = {
	.name = "remind",
	.usage = "[-n]",
	.summary = "plan the reminders and invoices that are due",
	.options =
	    "  -n  only say what would be written and what is held back\n",
	.run = run,
};
