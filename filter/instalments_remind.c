/*
 * instalments_remind.c - the reminders of instalments: a note before the day,
 * an understanding word after it, and the end of the plan when neither helped.
 * Each passes the guard as if the instalment were an invoice of its own.
 */
#include "instalments.h"

#include "amounts.h"
#include "phrases.h"

#include <string.h>

#define PAID_SECONDS (90 * (int64_t)DAY_SECONDS)

struct look {			/* one instalment that is to be paid next */
	struct context *context;
	const struct instalments_case *one;
	const struct evidence *evidence;
	const struct past *past;
	const struct instalment *part;
	const struct step *step;
	struct invoice *invoice;	/* that the shut gate is of; owned */
	int64_t until;
	char *why;
};

static void
look_clear(struct look *look)
{
	invoice_free(look->invoice);
	g_free(look->why);
}

/* ---- the guard -------------------------------------------------------------------- */

/* The invoice as the guard sees it: due with the instalment, and with what is
 * left of that to be paid. */
static void
stand_in(const struct look *look, struct invoice *invoice)
{
	const struct instalments_case *one = look->one;
	int number = look->part->number;

	g_free(invoice->due);
	invoice->due = g_strdup(look->part->due);
	invoice->open = instalments_left(one->plan, number,
	    one->progress.paid);
	invoice->announced = invoice->open - instalments_left(one->plan,
	    number, one->progress.covered);
}

static enum store_status
ask_guard(struct look *look, int64_t id, enum gate *gate)
{
	const struct grounds grounds = {look->evidence, look->past, true};
	struct invoice *invoice = NULL;
	struct guard_facts facts;
	char *why = NULL;
	enum store_status status = store_invoice_get(look->context->store, id,
	    &invoice);

	if (status != STORE_OK)
		return status;
	stand_in(look, invoice);
	status = guard_facts_read(look->context, &grounds, invoice,
	    look->one->customer, look->step, &facts, &why);
	if (status == STORE_OK) {
		*gate = guard_check(&facts);
		look_clear(look);
		look->invoice = g_steal_pointer(&invoice);
		look->why = g_steal_pointer(&why);
		look->until = facts.until;
	}
	invoice_free(invoice);
	g_free(why);
	return status;
}

/* The first gate that is shut for any of its invoices. */
static enum store_status
pass_guard(struct look *look, enum gate *gate)
{
	const GPtrArray *invoices = look->one->plan->invoices;
	enum store_status status = STORE_OK;
	bool any = false;

	*gate = GATE_OPEN;
	for (guint i = 0; status == STORE_OK && *gate == GATE_OPEN &&
	    i < invoices->len; i++) {
		const struct instalment_invoice *row = invoices->pdata[i];

		if (row->state != INVOICE_OPEN)
			continue;
		any = true;
		status = ask_guard(look, row->invoice, gate);
	}
	if (!any)
		*gate = GATE_PAID;
	return status;
}

/* ---- which reminder ---------------------------------------------------------------- */

/* The day on which the last word about an instalment left; 0 one waits;
 * G_MININT32 there was none. */
static enum store_status
last_word(struct context *context, const struct instalments_case *one,
    int number, const char *tone, int32_t *day)
{
	const struct letter_filter filter = {.instalments = one->plan->id,
	    .kinds = 1u << LETTER_INSTALMENT,
	    .states = ~(1u << LETTER_RECALLED | 1u << LETTER_FAILED)};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &letters);

	*day = G_MININT32;
	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *letter = letters->pdata[i];
		char text[DAY_SIZE];

		if (letter->instalment != number ||
		    g_strcmp0(letter->tone, tone) != 0)
			continue;
		calendar_local(letter->sent ? letter->sent : letter->planned,
		    one->zone, text, NULL);
		*day = letter->state == LETTER_SENT ||
		    letter->state == LETTER_UNKNOWN ? day_number(text) : 0;
	}
	return status;
}

/* The first part that neither money nor its announcement covers. */
static const struct instalment *
next_part(const struct instalments_case *one)
{
	guint i = (guint)one->progress.parts_covered;

	return i < one->plan->parts->len ? one->plan->parts->pdata[i] : NULL;
}

/* The note before an instalment is pointless right after the agreement. */
static bool
is_note_time(const struct context *context,
    const struct instalments_case *one, const struct instalment *part)
{
	int before = context->config->instalments.before_days;
	int32_t due = day_number(part->due);
	char day[DAY_SIZE];

	calendar_local(one->plan->accepted, one->zone, day, NULL);
	return before > 0 && one->today >= due - before && one->today < due &&
	    due - day_number(day) > before + 2;
}

struct word {			/* a reminder of an instalment */
	const char *tone;
	struct step step;
	char *text;
};

/* False: no day for a word about it. */
static bool
choose_word(const struct context *context,
    const struct instalments_case *one, const struct instalment *part,
    struct word *out)
{
	int after = context->config->instalments.after_days;
	bool late = one->today >= day_number(part->due) + after;

	if (!late && !is_note_time(context, one, part))
		return false;
	out->tone = late ? "understanding" : "friendly";
	out->text = g_strdup_printf("instalment %d of %u, due %s",
	    part->number, one->plan->parts->len, part->due);
	out->step = (struct step){.number = part->number, .text = out->text,
	    .offset = late ? after : -1, .tone = (char *)out->tone};
	return true;
}

/* ---- writing ------------------------------------------------------------------------ */

static void
write_letter(struct run *run, const struct look *look,
    const struct word *word)
{
	const struct instalments_case *one = look->one;
	struct letter *letter = letter_new(run->context, LETTER_INSTALMENT,
	    one->customer, word->step.text);
	g_autofree char *text = NULL, *money = NULL;

	if (!letter)
		return;
	letter->instalments = one->plan->id;
	letter->instalment = look->part->number;
	letter->tone = g_strdup(word->tone);
	if (word->step.offset > 0)	/* before the plan is given up */
		letter->term_days =
		    MAX(run->context->config->instalments.grace_days - 3, 1);
	for (guint i = 0; i < one->plan->invoices->len; i++) {
		const struct instalment_invoice *row =
		    one->plan->invoices->pdata[i];

		if (row->state == INVOICE_OPEN)
			letter_add_item(letter, row->invoice, 0,
			    row->open - row->announced);
	}
	money = money_text(instalments_left(one->plan, look->part->number,
	    one->progress.covered), one->plan->currency);
	text = g_strdup_printf("%s reminder to %s is planned: %s of %s",
	    word->tone, letter->to, money, word->text);
	plan_letter(run->plan, letter, text);
}

static enum store_status
hold_back(struct run *run, const struct look *look, enum gate gate)
{
	struct desk desk = {.run = run, .customer = look->one->customer};
	const struct due due = {.invoice = look->invoice,
	    .step = look->step};

	return look->invoice ? desk_hold_back(&desk, &due, gate, look->until,
	    look->why ? look->why : gate_words(gate)) : STORE_OK;
}

static enum store_status
remind(struct run *run, struct look *look, const struct word *word,
    GHashTable *written)
{
	int64_t id = look->one->plan->customer;
	enum gate gate;
	enum store_status status = pass_guard(look, &gate);

	if (status != STORE_OK)
		return status;
	if (gate == GATE_OPEN && (past_waits(look->past) ||
	    g_hash_table_contains(written, &id))) {
		gate = GATE_CUSTOMER_CAP;
		g_free(look->why);
		look->why = g_strdup("another reminder to this customer waits "
		    "in the outbox");
	}
	if (gate != GATE_OPEN)
		return hold_back(run, look, gate);
	write_letter(run, look, word);
	g_hash_table_add(written, g_memdup2(&id, sizeof id));
	return STORE_OK;
}

/* ---- the end of a broken plan -------------------------------------------------------- */

static void
end_plan(struct run *run, const struct look *look)
{
	const struct instalments_case *one = look->one;
	const struct instalment_invoice *first = one->plan->invoices->pdata[0];
	struct instalment_plan *broken = NULL;
	g_autofree char *money = money_text(instalments_left(one->plan,
	    look->part->number, one->progress.covered), one->plan->currency);
	g_autofree char *text = g_strdup_printf("instalment plan %"
	    G_GINT64_FORMAT " of %s is broken: %s of instalment %d, due %s, "
	    "did not come", one->plan->id, one->customer->name, money,
	    look->part->number, look->part->due);
	g_autofree char *ask = g_strdup_printf("%c%s. The reminders of its "
	    "invoices go on where they stood; 'mailfilter instalments accept "
	    "%" G_GINT64_FORMAT "' gives it another chance.", 'I', text + 1,
	    one->plan->id);

	if (store_instalments_get(run->context->store, one->plan->id,
	    &broken) != STORE_OK)
		return;
	broken->state = INSTALMENTS_BROKEN;
	g_free(broken->why);
	broken->why = g_strdup_printf("instalment %d was not paid",
	    look->part->number);
	instalments_act(run->plan, broken, text);
	plan_ask(run->plan, &(struct question){.code =
	    (char *)"instalments-broken", .text = ask,
	    .customer = one->plan->customer, .invoice = first->invoice,
	    .at = run->context->now});
}

/* No doubt about money stands against it; that no letter can go does not. */
static bool
is_doubt(enum gate gate)
{
	return gate >= GATE_PAID && gate <= GATE_HOLD;
}

static enum store_status
maybe_end(struct run *run, struct look *look, int32_t reminded)
{
	int grace = run->context->config->instalments.grace_days;
	enum gate gate;
	enum store_status status;

	if (look->one->today < reminded + grace)
		return STORE_OK;
	status = pass_guard(look, &gate);
	if (status != STORE_OK)
		return status;
	if (is_doubt(gate))
		return hold_back(run, look, gate);
	end_plan(run, look);
	return STORE_OK;
}

/* ---- one plan, all plans --------------------------------------------------------------- */

static bool
cannot_write(const struct run *run, const struct customer *customer)
{
	return customer->undelivered || !recipient_is_safe(
	    run->context->config, customer->email);
}

static enum store_status
serve_part(struct run *run, struct look *look, struct word *word,
    GHashTable *written)
{
	const struct instalments_case *one = look->one;
	bool late = word->step.offset > 0;
	int32_t day;
	enum store_status status = last_word(run->context, one,
	    look->part->number, word->tone, &day);

	look->step = &word->step;
	if (status != STORE_OK || day == 0)
		return status;
	if (late && day == G_MININT32 && cannot_write(run, one->customer))
		return maybe_end(run, look, day_number(look->part->due) +
		    run->context->config->instalments.after_days);
	if (day == G_MININT32)
		return remind(run, look, word, written);
	return late ? maybe_end(run, look, day) : STORE_OK;
}

static enum store_status
serve(struct run *run, const struct instalments_case *one,
    GHashTable *written)
{
	struct look look = {.context = run->context, .one = one,
	    .evidence = &run->evidence, .part = next_part(one)};
	struct past past = {0};
	struct word word = {0};
	enum store_status status;

	if (!look.part || !choose_word(run->context, one, look.part, &word))
		return STORE_OK;
	status = past_gather(run->context, one->plan->customer, &past);
	look.past = &past;
	if (status == STORE_OK)
		status = serve_part(run, &look, &word, written);
	past_release(&past);
	look_clear(&look);
	g_free(word.text);
	return status;
}

static enum store_status
run_list(struct run *run, const struct instalments_filter *filter,
    GHashTable *written)
{
	g_autoptr(GPtrArray) plans = NULL;
	enum store_status status = store_instalments_list(run->context->store,
	    filter, &plans);

	for (guint i = 0; status == STORE_OK && i < plans->len; i++) {
		struct instalments_case one;
		bool moved = false;

		status = instalments_case_read(run->context, plans->pdata[i],
		    &one);
		if (status != STORE_OK)
			break;
		status = instalments_review(run->context, &one, run->plan,
		    &moved);
		if (status == STORE_OK && !moved &&
		    one.plan->state == INSTALMENTS_ACTIVE)
			status = serve(run, &one, written);
		instalments_case_clear(&one);
	}
	return status;
}

enum store_status
instalments_run(struct run *run, GHashTable *written)
{
	const struct instalments_filter live = {.states = INSTALMENTS_LIVE};
	const struct instalments_filter paid = {
	    .states = 1u << INSTALMENTS_PAID,
	    .ended_since = run->context->now - PAID_SECONDS};
	enum store_status status = run_list(run, &live, written);

	return status == STORE_OK ? run_list(run, &paid, written) : status;
}

/* ---- right before a letter leaves -------------------------------------------------------- */

static enum store_status
judge_part(struct context *context, const struct instalments_case *one,
    const struct letter *letter, enum gate *gate, int64_t *until, char **why)
{
	struct evidence evidence = {0};
	struct past past = {0};
	bool note = g_strcmp0(letter->tone, "friendly") == 0;
	const struct step step = {.number = letter->instalment,
	    .text = (char *)"instalment", .offset = note ? -1 : 1,
	    .tone = letter->tone};
	struct look look = {.context = context, .one = one,
	    .evidence = &evidence, .past = &past, .step = &step,
	    .part = one->plan->parts->pdata[letter->instalment - 1]};
	enum store_status status = evidence_gather(context, &evidence);

	if (status == STORE_OK)
		status = past_gather(context, one->plan->customer, &past);
	if (status == STORE_OK)
		status = pass_guard(&look, gate);
	if (status == STORE_OK && note && *gate == GATE_OPEN &&
	    one->today >= day_number(look.part->due)) {
		*gate = GATE_PAID;
		look.why = g_strdup("its day has come: the note is over");
	}
	*until = look.until;
	*why = g_steal_pointer(&look.why);
	look_clear(&look);
	past_release(&past);
	evidence_release(&evidence);
	return status;
}

enum store_status
instalments_judge(struct context *context, const struct letter *letter,
    enum gate *gate, bool *recall, int64_t *until, char **why)
{
	enum instalments_state wanted = letter->kind == LETTER_OFFER ?
	    INSTALMENTS_OFFERED : INSTALMENTS_ACTIVE;
	struct instalments_case one;
	enum store_status status = instalments_case_of(context,
	    letter->instalments, &one);

	*gate = GATE_OPEN;
	*recall = false;
	*until = 0;
	*why = NULL;
	if (status != STORE_OK)
		return status;
	if (one.plan->state != wanted) {
		*recall = true;
		*why = g_strdup_printf("instalment plan %" G_GINT64_FORMAT
		    " is %s", one.plan->id,
		    instalments_state_name(one.plan->state));
	} else if (letter->kind == LETTER_INSTALMENT) {
		status = judge_part(context, &one, letter, gate, until, why);
	} else if (one.progress.covered >= one.progress.total) {
		*recall = true;
		*why = g_strdup("all of it is paid");
	}
	instalments_case_clear(&one);
	return status;
}
