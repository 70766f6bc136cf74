/*
 * outbox_letter.c - one letter: judge, render, then judge again and claim in
 * one transaction, hand over, record. Nothing slow happens while the store is
 * locked, and nothing that was rendered leaves when its facts have changed.
 */
#include <inttypes.h>
#include <string.h>

#include "letter_charges.h"
#include "outbox_internal.h"

#define RENDER_TRIES 3

enum next { NEXT_GO, NEXT_AGAIN, NEXT_DONE };

struct passage {		/* one letter on its way */
	struct outbox *outbox;
	struct letter *letter;
	struct verdict_on_letter verdict;
	char *values;		/* what was rendered, as JSON text */
	GBytes *mime;
};

static void
passage_release(struct passage *passage)
{
	letter_free(passage->letter);
	verdict_on_letter_clear(&passage->verdict);
	g_free(passage->values);
	g_clear_pointer(&passage->mime, g_bytes_unref);
}

/* The letter as it is now; NEXT_DONE when it waits no more. */
static enum store_status
look_again(struct passage *passage, enum next *next)
{
	struct letter *letter = NULL;
	enum store_status status;

	status = store_letter_get(passage->outbox->context->store,
	    passage->letter->id, &letter);
	if (status != STORE_OK)
		return status;
	letter_free(passage->letter);
	passage->letter = letter;
	*next = letter_waits(letter) ? NEXT_GO : NEXT_DONE;
	return STORE_OK;
}

/* The same words twice in a row say nothing new. */
static enum store_status
journal_once(struct passage *passage, const char *code, const char *text)
{
	struct store *store = passage->outbox->context->store;
	GPtrArray *entries = NULL;
	const struct journal_entry *last = NULL;
	enum store_status status;
	bool known;

	status = store_journal_list(store, SUBJECT_LETTER,
	    passage->letter->id, &entries);
	if (status != STORE_OK)
		return status;
	if (entries->len > 0)
		last = entries->pdata[entries->len - 1];
	known = last && strcmp(last->code, code) == 0 &&
	    strcmp(last->text, text) == 0;
	g_ptr_array_unref(entries);
	return known ? STORE_OK
	    : outbox_journal(passage->outbox, passage->letter, code, text);
}

/* Writes down a recall or a hold, inside the transaction. */
static enum store_status
apply_verdict(struct passage *passage)
{
	const struct verdict_on_letter *verdict = &passage->verdict;
	bool recall = verdict->kind == VERDICT_RECALL;
	struct context *context = passage->outbox->context;
	g_autofree char *code = g_strdup_printf("%s:%s",
	    recall ? "recalled" : "held", verdict->gate == GATE_OPEN ? "reason"
	    : gate_name(verdict->gate));
	g_autofree char *text = g_strdup_printf("The %s %s: %s.",
	    verdict->about, recall ? "was recalled" : "is held back",
	    verdict->why);
	enum store_status status = STORE_OK;

	if (recall)
		status = store_letter_move(context->store,
		    passage->letter->id, LETTER_RECALLED, verdict->why,
		    context->now);
	else if (verdict->not_before > context->now)
		status = store_letter_retry(context->store,
		    passage->letter->id, verdict->not_before);
	return status == STORE_OK ? journal_once(passage, code, text) : status;
}

static void
report_verdict(struct passage *passage)
{
	const struct verdict_on_letter *verdict = &passage->verdict;
	struct send_result *result = passage->outbox->result;
	bool recall = verdict->kind == VERDICT_RECALL;

	if (recall)
		result->recalled++;
	else
		result->held++;
	outbox_line(passage->outbox, passage->letter,
	    recall ? "recalled" : "held", verdict->about, verdict->why, NULL);
}

/* The values of this moment as text; NULL when they cannot be had. */
static enum store_status
values_now(struct passage *passage, json_t **values, char **text)
{
	enum store_status status = letter_values(passage->outbox->context,
	    passage->letter, values);

	if (status == STORE_OK)
		*text = json_dumps(*values, JSON_COMPACT | JSON_SORT_KEYS);
	return status;
}

/* Inside the transaction, after a good verdict: is what was rendered still
 * true? Then the letter is ours. */
static enum store_status
take(struct passage *passage, enum next *next)
{
	struct context *context = passage->outbox->context;
	g_autofree char *text = NULL;
	json_t *values = NULL;
	enum store_status status = values_now(passage, &values, &text);
	bool same;

	json_decref(values);
	if (status != STORE_OK)
		return status;
	same = strcmp(text, passage->values) == 0;
	*next = same ? NEXT_GO : NEXT_AGAIN;
	if (same)
		status = letter_charges_keep(context, passage->letter);
	return status != STORE_OK ? status : store_letter_move(context->store, passage->letter->id,
	    same ? LETTER_SENDING : LETTER_PLANNED,
	    same ? passage->outbox->transport->name : NULL, context->now);
}

/* One transaction: look, judge, and either put aside or, when claim is set,
 * take the letter. */
static enum store_status
judge(struct passage *passage, bool claim, enum next *next)
{
	struct context *context = passage->outbox->context;
	enum store_status status = store_begin(context->store);

	if (status != STORE_OK)
		return status;
	status = look_again(passage, next);
	if (status != STORE_OK || *next == NEXT_DONE)
		goto undo;
	verdict_on_letter_clear(&passage->verdict);
	status = outbox_judge(context, passage->letter, &passage->verdict);
	if (status != STORE_OK)
		goto undo;
	if (passage->verdict.kind != VERDICT_GO) {
		*next = NEXT_DONE;
		status = apply_verdict(passage);
	} else if (claim) {
		status = take(passage, next);
	}
	if (status == STORE_OK && context->dry_run)
		store_rollback(context->store);
	else if (status == STORE_OK)
		status = store_commit(context->store);
	if (status == STORE_OK && passage->verdict.kind != VERDICT_GO)
		report_verdict(passage);
	if (status == STORE_OK)
		return status;
undo:
	store_rollback(context->store);
	return status;
}

/* A letter that cannot be made: the owner is asked, the letter stays. */
static enum store_status
broken(struct passage *passage, const char *why)
{
	struct outbox *outbox = passage->outbox;
	const char *about = passage->verdict.about;
	struct store *store = outbox->context->store;
	enum store_status status = store_begin(store);

	if (status == STORE_OK)
		status = outbox_ask(outbox, passage->letter, "letter-broken",
		    g_strdup_printf("The %s could not be made: %s.", about,
		    why));
	if (status == STORE_OK)
		status = store_commit(store);
	else
		store_rollback(store);
	outbox->result->broken++;
	outbox_line(outbox, passage->letter, "broken", about, why, NULL);
	return status;
}

static enum store_status
note_rendered(struct passage *passage, const char *path)
{
	struct context *context = passage->outbox->context;
	enum store_status status = store_begin(context->store);
	enum next next = NEXT_DONE;

	if (status != STORE_OK)
		return status;
	status = look_again(passage, &next);
	if (status == STORE_OK && next == NEXT_GO)
		status = store_letter_set_path(context->store,
		    passage->letter->id, path);
	if (status == STORE_OK && passage->letter->state == LETTER_PLANNED)
		status = store_letter_move(context->store,
		    passage->letter->id, LETTER_RENDERED, NULL, context->now);
	if (status == STORE_OK)
		return store_commit(context->store);
	store_rollback(context->store);
	return status;
}

/* planned (or rendered earlier, with the facts of then) → rendered. */
static enum store_status
render(struct passage *passage, enum next *next)
{
	struct context *context = passage->outbox->context;
	g_autofree char *path = NULL;
	g_autofree char *why = NULL;
	json_t *values = NULL;
	enum store_status status;

	g_clear_pointer(&passage->values, g_free);
	g_clear_pointer(&passage->mime, g_bytes_unref);
	status = values_now(passage, &values, &passage->values);
	if (status != STORE_OK)
		return status;
	passage->mime = letter_mime(context, values, &why);
	json_decref(values);
	if (passage->mime == NULL || !letter_keep(context, passage->letter,
	    passage->mime, &path, &why)) {
		*next = NEXT_DONE;
		return broken(passage, why);
	}
	*next = NEXT_GO;
	return note_rendered(passage, path);
}

static enum store_status
hand_over(struct passage *passage)
{
	struct outbox *outbox = passage->outbox;
	g_autofree char *why = NULL;
	char *path = NULL;
	enum send_outcome outcome;

	passage->letter->tries++;	/* as the claim counted it */
	outbox->attempts++;
	outcome = outbox->transport->send(outbox->context, passage->letter,
	    passage->mime, &path, &why);
	return outbox_record(outbox, passage->letter, passage->verdict.about,
	    outcome, why, path, false);
}

/* Until the facts keep still from rendering to claiming. */
static enum store_status
walk(struct passage *passage)
{
	struct outbox *outbox = passage->outbox;
	enum next next = NEXT_AGAIN;
	enum store_status status;

	status = judge(passage, false, &next);
	if (status != STORE_OK || next == NEXT_DONE)
		return status;
	if (outbox->context->dry_run) {
		outbox->attempts++;
		outbox_line(outbox, passage->letter, "would-send",
		    passage->verdict.about, NULL, NULL);
		outbox->result->sent++;
		return STORE_OK;
	}
	for (int i = 0; i < RENDER_TRIES; i++) {
		status = render(passage, &next);
		if (status == STORE_OK && next == NEXT_GO)
			status = judge(passage, true, &next);
		if (status != STORE_OK || next == NEXT_DONE)
			return status;
		if (next == NEXT_GO)
			return hand_over(passage);
	}
	outbox->result->waiting++;
	outbox_line(outbox, passage->letter, "waiting", passage->verdict.about,
	    "its facts keep changing", NULL);
	return STORE_OK;
}

enum store_status
outbox_letter(struct outbox *outbox, int64_t id)
{
	struct passage passage = {.outbox = outbox};
	enum store_status status;

	status = store_letter_get(outbox->context->store, id,
	    &passage.letter);
	if (status == STORE_OK && letter_waits(passage.letter))
		status = walk(&passage);
	passage_release(&passage);
	return status;
}
