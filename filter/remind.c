/*
 * remind.c - plans what is due now: for each customer at most one reminder,
 * about all invoices whose step is due and that no gate holds; invoices that
 * were not sent yet; calls for the owner where the policy ends.
 *
 * A missed run needs no memory of its own: what is due follows from the due
 * dates, the policy and the letters that left.
 */
#include "remind_internal.h"

#include <string.h>

struct due {			/* one invoice whose step has come */
	struct invoice *invoice;	/* borrowed */
	const struct policy *policy;
	const struct step *step;
};

struct run {			/* one call of remind_plan */
	struct context *context;
	struct plan *plan;
	GPtrArray *held;	/* struct held, or NULL */
	struct evidence evidence;
	GHashTable *escalated;	/* ids of invoices with a call task */
};

struct desk {			/* one customer on the desk */
	struct run *run;
	struct customer *customer;
	struct past past;
	const char *zone;
	int32_t today;
	GArray *due;		/* struct due: passed the guard */
};

void
held_free(struct held *held)
{
	if (!held)
		return;
	g_free(held->detail);
	g_free(held);
}

/* ---- letters ------------------------------------------------------------------ */

int
tone_rank(const char *tone)
{
	static const char *const tones[] = {"friendly", "understanding", "firm"};

	for (size_t i = 0; i < G_N_ELEMENTS(tones); i++)
		if (g_strcmp0(tone, tones[i]) == 0)
			return (int)i;
	return 0;
}

struct letter *
letter_new(struct context *context, enum letter_kind kind,
    const struct customer *customer, const char *what)
{
	struct letter *letter;

	if (!customer->email)
		return NULL;
	letter = g_new0(struct letter, 1);
	letter->kind = kind;
	letter->customer = customer->id;
	letter->to = g_strdup(customer->email);
	letter->language = g_strdup(customer->language ? customer->language :
	    context->config->language);
	letter->message_id = letter_message_id(context, kind, what);
	letter->planned = context->now;
	letter->items = g_ptr_array_new_with_free_func(g_free);
	return letter;
}

void
letter_add_item(struct letter *letter, int64_t invoice, int step,
    int64_t balance)
{
	struct letter_item *item = g_new0(struct letter_item, 1);

	item->invoice = invoice;
	item->step = step;
	item->balance = balance;
	g_ptr_array_add(letter->items, item);
}

struct action *
plan_letter(struct plan *plan, struct letter *letter, const char *text)
{
	g_autofree char *code =
	    g_strdup_printf("letter:%s", letter_kind_name(letter->kind));
	struct action *action =
	    plan_add(plan, ACTION_LETTER, code, "%s", text);

	action->customer = letter->customer;
	action->payment = letter->payment;
	if (letter->items->len == 1)
		action->invoice =
		    ((struct letter_item *)letter->items->pdata[0])->invoice;
	action->of.letter = letter;
	return action;
}

/* ---- what is held ------------------------------------------------------------- */

/* Did the journal say this last? Only what changed is written again. */
static enum store_status
is_news(struct run *run, int64_t invoice, const char *code, bool *news)
{
	g_autoptr(GPtrArray) entries = NULL;
	enum store_status status = store_journal_list(run->context->store,
	    SUBJECT_INVOICE, invoice, &entries);

	*news = true;
	for (guint i = status == STORE_OK ? entries->len : 0; i > 0; i--) {
		const struct journal_entry *entry = entries->pdata[i - 1];

		if (entry->subject == SUBJECT_LETTER)
			break;
		if (entry->subject != SUBJECT_INVOICE ||
		    entry->row != invoice ||
		    !g_str_has_prefix(entry->code, "held:"))
			continue;
		*news = strcmp(entry->code, code) != 0;
		break;
	}
	return status;
}

static enum store_status
hold_back(struct desk *desk, const struct due *due, enum gate gate,
    int64_t until, const char *detail)
{
	struct run *run = desk->run;
	g_autofree char *code = g_strdup_printf("held:%s", gate_name(gate));
	bool news;
	enum store_status status = is_news(run, due->invoice->id, code, &news);

	if (status != STORE_OK)
		return status;
	if (news) {
		struct action *action = plan_add(run->plan, ACTION_NOTE, code,
		    "%s: no reminder (%s): %s", due->invoice->number,
		    due->step->text, detail);

		action->invoice = due->invoice->id;
		action->customer = desk->customer->id;
	}
	if (run->held) {
		struct held *held = g_new0(struct held, 1);

		held->invoice = due->invoice->id;
		held->customer = desk->customer->id;
		held->step = due->step->number;
		held->gate = gate;
		held->detail = g_strdup(detail);
		held->until = until;
		g_ptr_array_add(run->held, held);
	}
	return STORE_OK;
}

/* ---- which step, which gate --------------------------------------------------- */

/* Calls were made a task once; the owner's answer does not make another. */
static enum store_status
read_escalated(struct run *run)
{
	g_autoptr(GPtrArray) questions = NULL;
	enum store_status status =
	    store_question_list(run->context->store, false, &questions);

	run->escalated = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    g_free, NULL);
	for (guint i = 0; status == STORE_OK && i < questions->len; i++) {
		const struct question *one = questions->pdata[i];

		if (strcmp(one->code, "escalate") == 0)
			g_hash_table_add(run->escalated,
			    g_memdup2(&one->invoice, sizeof one->invoice));
	}
	return status;
}

static bool
find_step(struct desk *desk, struct invoice *invoice, struct due *out)
{
	const struct config *config = desk->run->context->config;
	struct progress progress;

	out->invoice = invoice;
	out->policy = invoice_policy(config, invoice, desk->customer);
	past_progress(&desk->past, invoice, desk->zone, &progress);
	out->step = step_due(out->policy, day_number(invoice->due),
	    desk->today, progress.last_step, progress.reminders);
	if (out->step && out->step->escalate &&
	    g_hash_table_contains(desk->run->escalated, &invoice->id))
		out->step = NULL;
	return out->step != NULL;
}

/* The gates that are the customer's, beside those of the invoice. */
static bool
is_too_soon(struct desk *desk, const struct due *due, char **detail,
    int64_t *until)
{
	int32_t last = past_last_day(&desk->past, due->policy, desk->zone);
	char day[DAY_SIZE], next[DAY_SIZE];

	*until = 0;
	if (!due->step->escalate && past_waits(&desk->past)) {
		*detail = g_strdup("another reminder to this customer waits "
		    "in the outbox");
		return true;
	}
	if (due->step->offset < 0 || last == G_MININT32 ||
	    last + due->policy->gap_days <= desk->today)
		return false;
	day_text(last, day);
	day_text(last + due->policy->gap_days, next);
	*until = calendar_moment(last + due->policy->gap_days, 0, desk->zone);
	*detail = g_strdup_printf("the last reminder left on %s, the next may "
	    "on %s", day, next);
	return true;
}

static enum store_status
consider(struct desk *desk, struct invoice *invoice)
{
	struct run *run = desk->run;
	const struct grounds grounds = {&run->evidence, &desk->past};
	struct guard_facts facts;
	struct due due;
	g_autofree char *detail = NULL;
	enum gate gate;
	int64_t until;
	enum store_status status;

	if (!find_step(desk, invoice, &due))
		return STORE_OK;
	status = guard_facts_read(run->context, &grounds, invoice,
	    desk->customer, due.step, &facts, &detail);
	if (status != STORE_OK)
		return status;
	gate = guard_check(&facts);
	until = facts.until;
	if (gate == GATE_OPEN && is_too_soon(desk, &due, &detail, &until))
		gate = GATE_CUSTOMER_CAP;
	if (gate != GATE_OPEN)
		return hold_back(desk, &due, gate, until, detail);
	g_array_append_val(desk->due, due);
	return STORE_OK;
}

/* ---- one letter a customer ------------------------------------------------------ */

static void
describe(GString *text, const struct due *due)
{
	int64_t balance = due->invoice->open - due->invoice->announced;
	g_autofree char *money = money_format(balance, due->invoice->currency);

	g_string_append_printf(text, "; %s, %s %s, due %s (%s)",
	    due->invoice->number, money, due->invoice->currency,
	    due->invoice->due, due->step->text);
}

/* The tone is the mildest of what each invoice permits, the new term the
 * longest. */
static void
add_due(struct letter *letter, const struct due *due)
{
	const struct step *step = due->step;

	letter_add_item(letter, due->invoice->id, step->number,
	    due->invoice->open - due->invoice->announced);
	if (!letter->tone || tone_rank(step->tone) < tone_rank(letter->tone)) {
		g_free(letter->tone);
		letter->tone = g_strdup(step->tone);
	}
	letter->term_days = MAX(letter->term_days, step->term_days);
}

static void
escalate(struct desk *desk, const struct due *due)
{
	const struct invoice *invoice = due->invoice;
	g_autofree char *money = money_format(
	    invoice->open - invoice->announced, invoice->currency);
	struct action *action = plan_add(desk->run->plan, ACTION_ASK,
	    "escalate", "Call %s about %s: %s %s is open, due since %s, and "
	    "the reminders went unanswered.", desk->customer->name,
	    invoice->number, money, invoice->currency, invoice->due);
	struct question *ask = g_new0(struct question, 1);

	ask->code = g_strdup("escalate");
	ask->customer = action->customer = desk->customer->id;
	ask->invoice = action->invoice = invoice->id;
	ask->text = g_strdup(action->text);
	ask->at = desk->run->context->now;
	action->of.ask = ask;
}

/* Notes before the due date do not ride on a letter about overdue invoices:
 * they wait for a day of their own. */
static bool
has_overdue(const GArray *due)
{
	for (guint i = 0; i < due->len; i++) {
		const struct due *one = &g_array_index(due, struct due, i);

		if (one->step->offset >= 0 && !one->step->escalate)
			return true;
	}
	return false;
}

static enum store_status
write_reminder(struct desk *desk)
{
	struct context *context = desk->run->context;
	struct letter *letter = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	bool overdue = has_overdue(desk->due);
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < desk->due->len; i++) {
		const struct due *due =
		    &g_array_index(desk->due, struct due, i);

		if (due->step->escalate) {
			escalate(desk, due);
		} else if (overdue && due->step->offset < 0) {
			status = hold_back(desk, due, GATE_CUSTOMER_CAP, 0,
			    "a reminder of overdue invoices goes first");
		} else {
			if (!letter)
				letter = letter_new(context, LETTER_REMINDER,
				    desk->customer, due->invoice->number);
			add_due(letter, due);
			describe(text, due);
		}
	}
	if (letter) {
		g_string_prepend(text, letter->to);
		g_string_prepend(text, " reminder to ");
		g_string_prepend(text, letter->tone);
		plan_letter(desk->run->plan, letter, text->str);
	}
	return status;
}

/* ---- invoices that were not sent ------------------------------------------------ */

static enum store_status
was_written(struct run *run, int64_t invoice, bool *was)
{
	const struct letter_filter filter = {.invoice = invoice,
	    .kinds = 1u << LETTER_INVOICE, .states = ~(1u << LETTER_RECALLED),
	    .limit = 1};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status =
	    store_letter_list(run->context->store, &filter, &letters);

	*was = status == STORE_OK && letters->len > 0;
	return status;
}

static enum store_status
write_invoice(struct desk *desk, const struct invoice *invoice)
{
	struct run *run = desk->run;
	struct guard_facts facts;
	const struct grounds grounds = {&run->evidence, &desk->past};
	g_autofree char *detail = NULL, *text = NULL, *money = NULL;
	struct letter *letter;
	bool was;
	enum store_status status = was_written(run, invoice->id, &was);

	if (status != STORE_OK || was)
		return status;
	status = guard_facts_read(run->context, &grounds, invoice,
	    desk->customer, NULL, &facts, &detail);
	if (status != STORE_OK)
		return status;
	if (guard_check(&facts) != GATE_OPEN) {
		const struct step none = {.text = (char *)"invoice"};
		const struct due due = {(struct invoice *)invoice, NULL, &none};

		return hold_back(desk, &due, guard_check(&facts), 0, detail);
	}
	letter = letter_new(run->context, LETTER_INVOICE, desk->customer,
	    invoice->number);
	letter_add_item(letter, invoice->id, 0, invoice->open);
	money = money_format(invoice->amount, invoice->currency);
	text = g_strdup_printf("invoice %s of %s %s to %s", invoice->number,
	    money, invoice->currency, letter->to);
	plan_letter(run->plan, letter, text);
	return STORE_OK;
}

/* ---- all customers --------------------------------------------------------------- */

static enum store_status
serve(struct desk *desk, const GPtrArray *invoices)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < invoices->len; i++) {
		struct invoice *invoice = invoices->pdata[i];

		if (invoice->sent == 0)
			status = write_invoice(desk, invoice);
		else
			status = consider(desk, invoice);
	}
	return status == STORE_OK ? write_reminder(desk) : status;
}

static enum store_status
serve_customer(struct run *run, int64_t customer, const GPtrArray *invoices)
{
	struct desk desk = {.run = run};
	char day[DAY_SIZE];
	enum store_status status = store_customer_get(run->context->store,
	    customer, &desk.customer);

	if (status != STORE_OK)
		return status;
	desk.zone = customer_zone(run->context->config, desk.customer);
	calendar_local(run->context->now, desk.zone, day, NULL);
	desk.today = day_number(day);
	desk.due = g_array_new(FALSE, FALSE, sizeof(struct due));
	status = past_gather(run->context, customer, &desk.past);
	if (status == STORE_OK)
		status = serve(&desk, invoices);
	past_release(&desk.past);
	g_array_unref(desk.due);
	customer_free(desk.customer);
	return status;
}

static bool
may_be_chased(const struct invoice *invoice)
{
	return invoice->state == INVOICE_OPEN &&
	    invoice->type != INVOICE_CREDIT_NOTE && invoice->due &&
	    day_number(invoice->due) != G_MININT32;
}

/* Customers in the order of their oldest due date. */
static enum store_status
serve_all(struct run *run)
{
	const struct invoice_filter filter = {.open_only = true};
	g_autoptr(GPtrArray) invoices = NULL, order = NULL;
	g_autoptr(GHashTable) desks = NULL;
	enum store_status status =
	    store_invoice_list(run->context->store, &filter, &invoices);

	desks = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
	    (GDestroyNotify)g_ptr_array_unref);
	order = g_ptr_array_new();
	for (guint i = 0; status == STORE_OK && i < invoices->len; i++) {
		struct invoice *invoice = invoices->pdata[i];
		GPtrArray *theirs;

		if (!may_be_chased(invoice))
			continue;
		theirs = g_hash_table_lookup(desks, &invoice->customer);
		if (!theirs) {
			theirs = g_ptr_array_new();
			g_hash_table_insert(desks, &invoice->customer, theirs);
			g_ptr_array_add(order, &invoice->customer);
		}
		g_ptr_array_add(theirs, invoice);
	}
	for (guint i = 0; status == STORE_OK && i < order->len; i++)
		status = serve_customer(run, *(int64_t *)order->pdata[i],
		    g_hash_table_lookup(desks, order->pdata[i]));
	return status;
}

enum store_status
remind_plan(struct context *context, struct plan *plan, GPtrArray *held)
{
	struct run run = {.context = context, .plan = plan, .held = held};
	g_autofree char *trouble = NULL;
	enum store_status status = clock_check(context, &trouble);

	if (status != STORE_OK || trouble)
		return status;
	status = evidence_gather(context, &run.evidence);
	if (status == STORE_OK)
		status = read_escalated(&run);
	if (status == STORE_OK)
		status = serve_all(&run);
	evidence_release(&run.evidence);
	g_clear_pointer(&run.escalated, g_hash_table_unref);
	return status;
}
