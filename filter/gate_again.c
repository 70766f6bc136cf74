/*
 * gate_again.c - reminders that are held are looked at again: dropped when the
 * money came, given back into the mail when it was not theirs, and asked about
 * when their time is over.
 */
#include "gate.h"
#include "lookup.h"
#include "remind.h"

#include <inttypes.h>
#include <string.h>

/* ---- back into the mail --------------------------------------------------------- */

static enum store_status
move(struct context *context, const struct gated *gated,
    enum gated_state state, const char *code, const char *why,
    const char *by, const char *journal)
{
	enum store_status status = store_begin(context->store);

	if (status != STORE_OK)
		return status;
	status = store_gated_move(context->store, gated->id, state, NULL, why,
	    by, context->now);
	if (status == STORE_OK && journal)
		status = gate_journal(context, gated, code, journal);
	if (status == STORE_OK && journal)
		status = gate_answered(context, gated);
	if (status == STORE_OK)
		return store_commit(context->store);
	store_rollback(context->store);
	return status;
}

/* What became of the attempt. */
static int
record(struct context *context, const struct gated *gated,
    enum reinjected outcome, const char *why, const char *by)
{
	enum store_status status;

	if (outcome == REINJECT_OK) {
		status = move(context, gated, GATED_RELEASED, "gate:released",
		    NULL, by, "A reminder of another program that was held "
		    "went out.");
		return status == STORE_OK ? EX_OK : store_failed(context,
		    status);
	}
	if (outcome == REINJECT_NOT)
		status = move(context, gated, GATED_HELD, "gate:held", NULL,
		    by, NULL);
	else
		status = STORE_OK;	/* stays on its way: the owner says */
	say_error(context, "reminder %" PRId64 " could not be given back: %s%s",
	    gated->id, why, outcome == REINJECT_NOT ? "" : "; nobody can tell "
	    "whether it went out: look into the log of the mail server, then "
	    "'mailfilter gated release' or 'gated drop'");
	return status == STORE_OK ? EX_TEMPFAIL : store_failed(context, status);
}

int
gate_release(struct context *context, const struct gated *gated,
    const char *by)
{
	g_autofree char *path = gate_path(context, gated);
	g_auto(GStrv) to = g_strsplit(gated->recipients, "\n", -1);
	const struct envelope envelope = {.sender = gated->sender,
	    .to = (const char *const *)to};
	g_autofree char *why = NULL;
	struct mail mail = {.fd = -1};
	enum reinjected outcome;
	enum store_status status;

	if (!mail_open(path, false, &mail)) {
		say_error(context, "%s cannot be read", path);
		return EX_NOINPUT;
	}
	status = move(context, gated, GATED_SENDING, NULL, NULL, by, NULL);
	/* else another process was quicker */
	if (status != STORE_OK &&
	    !(status == STORE_NONE && gated->state == GATED_SENDING)) {
		mail_release(&mail);
		return status == STORE_NONE ? EX_OK :
		    store_failed(context, status);
	}
	outcome = gate_reinject(context, &mail, &envelope, &why);
	mail_release(&mail);
	return record(context, gated, outcome, why, by);
}

/* ---- once more ------------------------------------------------------------------- */

static enum store_status
named_by(struct context *context, const struct gated *gated,
    struct gate_named *named)
{
	enum store_status status = STORE_OK;

	named->invoices = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)invoice_free);
	named->others = false;
	for (guint i = 0; status == STORE_OK && i < gated->invoices->len;
	    i++) {
		struct invoice *invoice = NULL;

		status = store_invoice_get(context->store,
		    g_array_index(gated->invoices, int64_t, i), &invoice);
		if (status == STORE_OK)
			g_ptr_array_add(named->invoices, invoice);
	}
	return status;
}

static int
drop(struct context *context, const struct gated *gated, const char *why)
{
	g_autofree char *text = g_strdup_printf("A reminder of another program "
	    "that was held was dropped: %s.", why);
	enum store_status status = move(context, gated, GATED_DROPPED,
	    "gate:dropped", why, "auto", text);

	say(context, "dropped: another program's reminder %" PRId64 ": %s",
	    gated->id, why);
	return status == STORE_OK || status == STORE_NONE ? EX_OK :
	    store_failed(context, status);
}

/* Killed while it was given back: nobody knows whether it left. */
static int
ask_about(struct context *context, const struct gated *gated)
{
	g_autofree char *text = g_strdup_printf("Another program's reminder was "
	    "being sent when the program was stopped; whether it left, the log "
	    "of the mail server tells. 'mailfilter gated release %" PRId64
	    "' sends it, 'gated drop %" PRId64 "' does not.", gated->id,
	    gated->id);
	struct question question = {.code = (char *)(uintptr_t)"gate-unknown",
	    .customer = gated->customer, .text = text, .at = context->now};
	enum store_status status = store_question_add(context->store,
	    &question);

	return status == STORE_OK || status == STORE_KNOWN ? EX_OK :
	    store_failed(context, status);
}

/* Other invoices that it names and that are not on file speak for it. */
static int
look_again(struct context *context, const struct gated *gated)
{
	struct gate_named named = {0};
	struct gate_finding finding = {0};
	enum store_status status = named_by(context, gated, &named);
	int code = EX_OK;

	if (status == STORE_OK)
		status = gate_look(context, &named, &finding);
	if (status != STORE_OK)
		code = store_failed(context, status);
	else if (finding.verdict == GATED_DROP &&
	    strcmp(gated->code, "others") != 0)
		code = drop(context, gated, finding.why);
	else if (gated->until <= context->now)
		code = drop(context, gated, "its time was over; it would speak "
		    "of days that are past");
	else if (finding.verdict == GATED_PASS)
		code = gate_release(context, gated, "auto");
	gate_finding_release(&finding);
	gate_named_release(&named);
	return code;
}

int
gate_again(struct context *context)
{
	GPtrArray *list = NULL;
	enum store_status status = store_gated_list(context->store, true,
	    &list);
	int first = EX_OK;

	if (status == STORE_OK && !context->dry_run)
		status = gate_learned(context);
	if (status != STORE_OK) {
		g_clear_pointer(&list, g_ptr_array_unref);
		return store_failed(context, status);
	}
	for (guint i = 0; i < list->len && !context->dry_run; i++) {
		const struct gated *gated = list->pdata[i];
		int code = gated->state == GATED_HELD ?
		    look_again(context, gated) : ask_about(context, gated);

		if (first == EX_OK)
			first = code;
	}
	g_ptr_array_unref(list);
	return first;
}
