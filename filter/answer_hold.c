/*
 * answer_hold.c - the actions that follow an answer: holds, words to the
 * owner, waiting reminders that are taken back.
 */
#include <string.h>

#include "answer.h"

#define STRANGER_SECONDS (48 * 3600)	/* what anybody's word is worth */
#define EARLIER 1000		/* characters of what was asked before */

int64_t
answer_until(const struct context *context, int32_t day, int count)
{
	const struct holidays *bank =
	    calendar_of_bank(context->config->currency, NULL);

	return calendar_moment(calendar_add_business_days(bank, day, count) +
	    1, 0, context->config->timezone) - 1;
}

/* ---- holds ------------------------------------------------------------------- */

/* Is there a hold of the same kind that lasts as long already? */
static enum store_status
is_covered(struct context *context, const struct about *about,
    int64_t invoice, const struct said *said, int64_t until, bool *covered)
{
	g_autoptr(GPtrArray) holds = NULL;
	enum store_status status = store_hold_list(context->store,
	    about->customer->id, invoice, context->now, &holds);

	*covered = false;
	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *one = holds->pdata[i];

		if (one->kind == said->kind && one->invoice == invoice &&
		    one->trust != TRUST_U && (one->until == 0 ||
		    one->until >= until))
			*covered = true;
	}
	return status;
}

static void
add_hold(struct context *context, const struct about *about,
    const struct letter_item *item, const struct said *said, int64_t until,
    struct plan *plan)
{
	g_autofree char *code = g_strdup_printf("held:%s",
	    hold_kind_name(said->kind));
	g_autofree char *when = calendar_text(until,
	    context->config->timezone);
	struct action *action = plan_add(plan, ACTION_HOLD, code,
	    "Hold until %s: %s %s.", when, about->customer->name, said->why);
	struct hold *hold = g_new0(struct hold, 1);

	hold->kind = said->kind;
	hold->customer = action->customer = about->customer->id;
	hold->invoice = action->invoice = item ? item->invoice : 0;
	hold->step = item ? item->step : 0;
	hold->trust = about->standing == STANDING_STRANGER ? TRUST_U : TRUST_A;
	hold->since = context->now;
	hold->until = until;
	hold->why = g_strdup(said->why);
	hold->origin = g_strdup(said->origin);
	hold->day = g_strdup(said->day);
	hold->amount = said->amount;
	hold->letter = about->letter ? about->letter->id : 0;
	action->of.hold = hold;
}

static enum store_status
hold_one(struct context *context, const struct about *about,
    const struct letter_item *item, const struct said *said,
    struct plan *plan)
{
	int64_t until = said->until;
	bool stranger = about->standing == STANDING_STRANGER, covered = false;
	enum store_status status = STORE_OK;

	if (stranger)
		until = MIN(until, context->now + STRANGER_SECONDS);
	else
		status = is_covered(context, about, item ? item->invoice : 0,
		    said, until, &covered);
	if (status == STORE_OK && !covered)
		add_hold(context, about, item, said, until, plan);
	return status;
}

/* Of the invoices meant only what is open needs one. */
static enum store_status
is_open(struct context *context, int64_t id, bool *open)
{
	struct invoice *invoice = NULL;
	enum store_status status = store_invoice_get(context->store, id,
	    &invoice);

	*open = status == STORE_OK && invoice->state == INVOICE_OPEN;
	invoice_free(invoice);
	return status;
}

enum store_status
answer_hold(struct context *context, const struct about *about,
    const struct said *said, struct plan *plan)
{
	enum store_status status = STORE_OK;

	if (said->kind == HOLD_STOP && about->standing != STANDING_STRANGER)
		return hold_one(context, about, NULL, said, plan);
	for (guint i = 0; status == STORE_OK && i < about->items->len; i++) {
		const struct letter_item *item = &g_array_index(about->items,
		    struct letter_item, i);
		bool open;

		status = is_open(context, item->invoice, &open);
		if (status == STORE_OK && open)
			status = hold_one(context, about, item, said, plan);
	}
	return status;
}

/* ---- words --------------------------------------------------------------------- */

static int64_t
only_invoice(const struct about *about)
{
	return about->items->len != 1 ? 0 :
	    g_array_index(about->items, struct letter_item, 0).invoice;
}

void
answer_note(const struct about *about, const char *code, const char *text,
    struct plan *plan)
{
	struct action *action = plan_add(plan, ACTION_NOTE, code, "%s", text);

	action->customer = about->customer->id;
	action->invoice = only_invoice(about);
}

/* The owner has not answered yet: the new word does not hide the old one. A
 * stranger's words are not gathered. */
static enum store_status
with_earlier(struct context *context, const struct about *about,
    struct question *question, struct plan *plan)
{
	struct question *open = NULL;
	g_autofree char *start = NULL;
	struct action *action;
	char *both;
	enum store_status status = store_question_find(context->store,
	    question, &open);

	if (status != STORE_OK)
		return status == STORE_NONE ? STORE_OK : status;
	if (about->standing != STANDING_STRANGER &&
	    strcmp(open->text, question->text) != 0) {
		start = g_utf8_substring(open->text, 0, MIN(EARLIER,
		    g_utf8_strlen(open->text, -1)));
		both = g_strdup_printf("%s And before: %s", question->text,
		    start);
		g_free(question->text);
		question->text = both;
		action = plan_add(plan, ACTION_ANSWERED, "asked-again",
		    "What %s wrote is asked about anew.",
		    about->customer->name);
		action->customer = about->customer->id;
		action->invoice = question->invoice;
		action->question = open->id;
	}
	question_free(open);
	return STORE_OK;
}

enum store_status
answer_ask(struct context *context, const struct about *about,
    const char *code, char *text, struct plan *plan)
{
	struct question question = {.code = (char *)code, .text = text,
	    .at = context->now, .customer = about->customer->id,
	    .invoice = only_invoice(about),
	    .letter = about->letter ? about->letter->id : 0};
	enum store_status status = with_earlier(context, about, &question,
	    plan);

	if (status == STORE_OK)
		plan_ask(plan, &question);
	g_free(question.text);
	return status;
}

/* ---- reminders that wait --------------------------------------------------------- */

static bool
speaks_of(const struct letter *letter, const struct about *about)
{
	for (guint i = 0; i < about->items->len; i++)
		if (letter_item_of(letter, g_array_index(about->items,
		    struct letter_item, i).invoice))
			return true;
	return false;
}

enum store_status
answer_recall(struct context *context, const struct about *about,
    struct plan *plan)
{
	const struct letter_filter filter = {.customer = about->customer->id,
	    .kinds = LETTER_REMINDERS, .waiting_only = true};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status;

	if (about->standing < STANDING_THREAD)
		return STORE_OK;
	status = store_letter_list(context->store, &filter, &letters);
	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *one = letters->pdata[i];
		struct action *action;

		if (!speaks_of(one, about))
			continue;
		action = plan_add(plan, ACTION_RECALL, "recalled:hold",
		    "the reminder to %s is recalled: they have written",
		    one->to);
		action->letter = one->id;
		action->customer = one->customer;
	}
	return status;
}
