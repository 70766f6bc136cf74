/*
 * gate_keep.c - a reminder that is held or dropped: the copy first, durable,
 * then the row, the journal and the question to the owner.
 */
#include "gate.h"
#include "print.h"
#include "remind.h"

#include <inttypes.h>
#include <string.h>

char *
gate_path(const struct context *context, const struct gated *gated)
{
	return g_strdup_printf("%s/gate/%s.eml", context->home, gated->name);
}

enum store_status
gate_journal(struct context *context, const struct gated *gated,
    const char *code, const char *text)
{
	enum store_status status = STORE_OK;
	g_autofree char *evidence = g_strdup_printf("{\"gated\":%" PRId64 "}",
	    gated->id);

	for (guint i = 0; status == STORE_OK && gated->invoices &&
	    i < gated->invoices->len; i++) {
		struct journal_entry entry = {.at = context->now,
		    .subject = SUBJECT_INVOICE,
		    .row = g_array_index(gated->invoices, int64_t, i),
		    .code = (char *)(uintptr_t)code,
		    .text = (char *)(uintptr_t)text, .evidence = evidence};

		status = store_journal_add(context->store, &entry);
	}
	return status;
}

static int64_t
first_invoice(const struct gated *gated)
{
	return gated->invoices && gated->invoices->len ?
	    g_array_index(gated->invoices, int64_t, 0) : 0;
}

enum store_status
gate_answered(struct context *context, const struct gated *gated)
{
	static const char *const codes[] = {"gate-held", "gate-dropped"};
	enum store_status status = STORE_OK;

	for (size_t i = 0; i < G_N_ELEMENTS(codes) &&
	    (status == STORE_OK || status == STORE_NONE); i++)
		status = store_question_answer_invoice(context->store,
		    gated->customer, first_invoice(gated), codes[i],
		    context->now);
	if (status == STORE_OK || status == STORE_NONE)
		status = store_question_answer_invoice(context->store,
		    gated->customer, 0, "gate-unknown", context->now);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
ask(struct context *context, const struct gated *gated, const char *numbers)
{
	bool held = gated->state == GATED_HELD;
	g_autofree char *text = g_strdup_printf("Another program's reminder "
	    "about %s was %s: %s. %s 'mailfilter gated release %" PRId64 "'%s.",
	    numbers, held ? "held" : "not sent", gated->why,
	    held ? "It is looked at again; to send it now:" :
	    "To send it all the same:", gated->id,
	    held ? ", never: 'gated drop' with the same number" : "");
	struct question question = {
	    .code = (char *)(uintptr_t)(held ? "gate-held" : "gate-dropped"),
	    .customer = gated->customer, .invoice = first_invoice(gated),
	    .text = text, .at = context->now};
	enum store_status status = store_question_add(context->store,
	    &question);

	return status == STORE_KNOWN ? STORE_OK : status;
}

static void
fill(struct context *context, struct gated *gated,
    const struct envelope *envelope, const struct event *event,
    const struct gate_named *named, const struct gate_finding *finding)
{
	int64_t days = context->config->gate_days;

	gated->state = finding->verdict == GATED_DROP ? GATED_DROPPED :
	    GATED_HELD;
	gated->code = g_strdup(finding->code);
	gated->why = g_strdup(finding->why);
	gated->customer = finding->customer;
	gated->sender = g_strdup(envelope->sender);
	gated->recipients = g_strjoinv("\n",
	    (char **)(uintptr_t)envelope->to);
	gated->subject = g_strdup(event_get(event, EVENT_SUBJECT));
	gated->message_id = g_strdup(event_get(event, EVENT_MESSAGE_ID));
	gated->at = context->now;
	gated->until = context->now + days * DAY_SECONDS;
	gated->invoices = g_array_new(FALSE, FALSE, sizeof(int64_t));
	if (gated->state == GATED_DROPPED) {
		gated->decided = context->now;
		gated->by = g_strdup("auto");
	}
	for (guint i = 0; i < named->invoices->len; i++)
		g_array_append_val(gated->invoices,
		    ((struct invoice *)named->invoices->pdata[i])->id);
}

enum store_status
gate_keep(struct context *context, const struct mail *mail,
    const struct envelope *envelope, const struct event *event,
    const struct gate_named *named, const struct gate_finding *finding)
{
	g_autofree char *folder = context_path(context, "gate");
	g_autofree char *text = NULL;
	struct gated *gated = g_new0(struct gated, 1);
	bool held;
	enum store_status status;

	gated->name = gate_key(mail, envelope, false);
	fill(context, gated, envelope, event, named, finding);
	held = gated->state == GATED_HELD;
	text = g_strdup_printf("A reminder of another program to %s was %s: "
	    "%s.", envelope->to[0], held ? "held" : "dropped", gated->why);
	if (g_mkdir_with_parents(folder, 0700) != 0 ||
	    !mail_keep(mail, folder, gated->name))
		status = STORE_FULL;
	else
		status = store_gated_add(context->store, gated);
	if (status == STORE_OK)
		status = gate_journal(context, gated,
		    held ? "gate:held" : "gate:dropped", text);
	if (status == STORE_OK)
		status = ask(context, gated, finding->numbers);
	gated_free(gated);
	return status;
}
