/*
 * plan.c - a plan in memory: built, printed, compared, and looked through for
 * actions that contradict each other. Pure; apply.c executes it.
 */
#include "plan.h"

#include <string.h>

static const char *const kind_names[] = {
    [ACTION_SETTLE] = "settle",
    [ACTION_HOLD] = "hold",
    [ACTION_RELEASE] = "release",
    [ACTION_ASK] = "ask",
    [ACTION_LETTER] = "letter",
    [ACTION_RECALL] = "recall",
    [ACTION_MARK_UNDELIVERED] = "mark-undelivered",
    [ACTION_CONFIRM] = "confirm",
    [ACTION_REVERSE] = "reverse",
    [ACTION_SET_ASIDE] = "set-aside",
    [ACTION_TAKE_UP] = "take-up",
    [ACTION_ANSWERED] = "answered",
    [ACTION_FOLLOW] = "follow",
    [ACTION_SENT] = "sent",
    [ACTION_CHARGE] = "charge",
    [ACTION_ENROL] = "enrol",
    [ACTION_INSTALMENTS] = "instalments",
    [ACTION_NOTE] = "note",
};

const char *
action_kind_name(enum action_kind kind)
{
	return kind_names[kind];
}

static void
action_free(void *data)
{
	struct action *action = data;

	switch (action->kind) {
	case ACTION_SETTLE:
		allocation_free(action->of.settle);
		break;
	case ACTION_HOLD:
		hold_free(action->of.hold);
		break;
	case ACTION_ASK:
		question_free(action->of.ask);
		break;
	case ACTION_LETTER:
		letter_free(action->of.letter);
		break;
	case ACTION_ENROL:
		trial_free(action->of.trial);
		break;
	case ACTION_INSTALMENTS:
		instalment_plan_free(action->of.instalments);
		break;
	default:
		break;
	}
	g_free(action->code);
	g_free(action->text);
	g_free(action->evidence);
	if (action->suggestions)
		g_ptr_array_unref(action->suggestions);
	g_free(action);
}

struct plan *
plan_new(void)
{
	struct plan *plan = g_new0(struct plan, 1);

	plan->actions = g_ptr_array_new_with_free_func(action_free);
	return plan;
}

void
plan_free(struct plan *plan)
{
	if (!plan)
		return;
	g_ptr_array_unref(plan->actions);
	g_free(plan);
}

struct action *
plan_add(struct plan *plan, enum action_kind kind, const char *code,
    const char *format, ...)
{
	struct action *action = g_new0(struct action, 1);
	va_list arguments;

	action->kind = kind;
	action->code = g_strdup(code);
	va_start(arguments, format);
	action->text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_ptr_array_add(plan->actions, action);
	return action;
}

struct action *
plan_ask(struct plan *plan, const struct question *question)
{
	struct action *action = plan_add(plan, ACTION_ASK, question->code,
	    "%s", question->text);

	action->customer = question->customer;
	action->invoice = question->invoice;
	action->payment = question->payment;
	action->of.ask = g_memdup2(question, sizeof *question);
	action->of.ask->code = g_strdup(question->code);
	action->of.ask->text = g_strdup(question->text);
	return action;
}

char *
plan_text(const struct plan *plan)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = plan->actions->pdata[i];

		g_string_append_printf(out, "%s  %s  %s\n",
		    kind_names[a->kind], a->code, a->text);
	}
	return g_string_free(out, FALSE);
}

static void
set_id(json_t *object, const char *name, int64_t id)
{
	if (id)
		json_object_set_new(object, name, json_integer(id));
}

json_t *
plan_json(const struct plan *plan)
{
	json_t *out = json_array();

	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = plan->actions->pdata[i];
		json_t *one = json_pack("{s:s, s:s, s:s}", "action",
		    kind_names[a->kind], "code", a->code, "text", a->text);

		set_id(one, "customer", a->customer);
		set_id(one, "invoice", a->invoice);
		set_id(one, "payment", a->payment);
		set_id(one, "letter", a->letter);
		if (a->evidence) {
			json_t *evidence = json_loads(a->evidence, 0, NULL);

			if (evidence)
				json_object_set_new(one, "evidence", evidence);
		}
		json_array_append_new(out, one);
	}
	return out;
}

static bool
recalled_twice(const struct action *a, const struct action *b)
{
	return a->kind == ACTION_RECALL && b->kind == ACTION_RECALL &&
	    a->letter == b->letter;
}

static bool
reversed_twice(const struct action *a, const struct action *b)
{
	return a->kind == ACTION_REVERSE && b->kind == ACTION_REVERSE &&
	    a->allocation == b->allocation;
}

static bool
settled_twice(const struct action *a, const struct action *b)
{
	return a->kind == ACTION_SETTLE && b->kind == ACTION_SETTLE &&
	    a->of.settle && b->of.settle &&
	    a->of.settle->payment == b->of.settle->payment &&
	    a->of.settle->invoice == b->of.settle->invoice &&
	    a->of.settle->kind == b->of.settle->kind &&
	    a->of.settle->credit_note == b->of.settle->credit_note;
}

static bool
reminds_what_it_settles(const struct action *a, const struct action *b)
{
	if (a->kind != ACTION_SETTLE || b->kind != ACTION_LETTER ||
	    !b->of.letter || b->of.letter->kind != LETTER_REMINDER ||
	    !b->of.letter->items)
		return false;
	for (guint i = 0; i < b->of.letter->items->len; i++) {
		const struct letter_item *item =
		    b->of.letter->items->pdata[i];

		if (item->invoice == a->invoice)
			return true;
	}
	return false;
}

static bool
holds_what_it_settles(const struct action *a, const struct action *b)
{
	return a->kind == ACTION_SETTLE && b->kind == ACTION_HOLD &&
	    b->of.hold && b->of.hold->kind == HOLD_POSSIBLE_PAYMENT &&
	    a->invoice == b->invoice && a->payment == b->payment;
}

static const struct rule {
	bool (*contradict)(const struct action *a, const struct action *b);
	const char *why;
} rules[] = {
    {recalled_twice, "one letter is taken back twice"},
    {reversed_twice, "one allocation is reversed twice"},
    {settled_twice, "one payment is put on one invoice twice"},
    {reminds_what_it_settles, "an invoice is settled and reminded"},
    {holds_what_it_settles, "an invoice is settled and held for one payment"},
};

/* Each rule begins with one of these: a plan of many notes and letters has
 * next to nothing to compare. */
static bool
may_contradict(const struct action *a)
{
	return a->kind == ACTION_RECALL || a->kind == ACTION_REVERSE ||
	    a->kind == ACTION_SETTLE;
}

char *
plan_conflict(const struct plan *plan)
{
	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = plan->actions->pdata[i];

		for (guint j = 0; may_contradict(a) && j < plan->actions->len;
		    j++) {
			const struct action *b = plan->actions->pdata[j];

			if (i == j)
				continue;
			for (size_t r = 0; r < G_N_ELEMENTS(rules); r++)
				if (rules[r].contradict(a, b))
					return g_strdup_printf(
					    "%s: '%s' and '%s'", rules[r].why,
					    a->text, b->text);
		}
	}
	return NULL;
}
