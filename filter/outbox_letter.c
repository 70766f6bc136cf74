/*
 * outbox_letter.c - letters on their way: judge, render, then judge again and
 * claim in one transaction, hand over, record. Nothing slow happens while the
 * store is locked, and nothing that was rendered leaves when its facts have
 * changed. Letters into a folder go together, since after a crash the folder
 * tells which of them are there; all others go one by one.
 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "letter_charges.h"
#include "outbox_internal.h"

#define RENDER_TRIES 3

enum next {
	NEXT_LOOK,		/* to be judged before anything is made of it */
	NEXT_RENDER, NEXT_CLAIM, NEXT_SEND,
	NEXT_DONE
};

struct passage {		/* one letter on its way */
	struct letter *letter;
	struct verdict_on_letter verdict;
	char *values;		/* what was rendered, as JSON text */
	GBytes *mime;
	struct letter_keeping keeping;
	enum next next;
	bool told;		/* the verdict is in the report */
};

struct journey {		/* the letters that go together */
	struct outbox *outbox;
	struct passage *passages;
	guint count;
};

static void
passage_release(struct passage *passage)
{
	letter_free(passage->letter);
	verdict_on_letter_clear(&passage->verdict);
	g_free(passage->values);
	g_clear_pointer(&passage->mime, g_bytes_unref);
	letter_keeping_clear(&passage->keeping);
}

/* The letter as it is now; NEXT_DONE when it waits no more. */
static enum store_status
look_again(struct outbox *outbox, struct passage *passage)
{
	struct letter *letter = NULL;
	enum store_status status = store_letter_get(outbox->context->store,
	    passage->letter->id, &letter);

	if (status != STORE_OK)
		return status;
	letter_free(passage->letter);
	passage->letter = letter;
	if (!letter_waits(letter))
		passage->next = NEXT_DONE;
	return STORE_OK;
}

/* The same words twice in a row say nothing new. */
static enum store_status
journal_once(struct outbox *outbox, const struct letter *letter,
    const char *code, const char *text)
{
	GPtrArray *entries = NULL;
	const struct journal_entry *last = NULL;
	enum store_status status = store_journal_list(outbox->context->store,
	    SUBJECT_LETTER, letter->id, &entries);
	bool known;

	if (status != STORE_OK)
		return status;
	if (entries->len > 0)
		last = entries->pdata[entries->len - 1];
	known = last && strcmp(last->code, code) == 0 &&
	    strcmp(last->text, text) == 0;
	g_ptr_array_unref(entries);
	return known ? STORE_OK : outbox_journal(outbox, letter, code, text);
}

/* Writes down a recall or a hold, inside the transaction. */
static enum store_status
apply_verdict(struct outbox *outbox, const struct passage *passage)
{
	const struct verdict_on_letter *verdict = &passage->verdict;
	bool recall = verdict->kind == VERDICT_RECALL;
	struct context *context = outbox->context;
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
	return status == STORE_OK ? journal_once(outbox, passage->letter, code,
	    text) : status;
}

static void
report_verdict(struct outbox *outbox, struct passage *passage)
{
	const struct verdict_on_letter *verdict = &passage->verdict;
	bool recall = verdict->kind == VERDICT_RECALL;

	if (passage->told || passage->next != NEXT_DONE ||
	    verdict->kind == VERDICT_GO || !verdict->about)
		return;
	passage->told = true;
	if (recall)
		outbox->result->recalled++;
	else
		outbox->result->held++;
	outbox_line(outbox, passage->letter, recall ? "recalled" : "held",
	    verdict->about, verdict->why, NULL);
}

/* The values of this moment as text; NULL when they cannot be had. */
static enum store_status
values_now(struct outbox *outbox, const struct passage *passage,
    json_t **values, char **text)
{
	enum store_status status = letter_values(outbox->context,
	    passage->letter, values);

	if (status == STORE_OK)
		*text = json_dumps(*values, JSON_COMPACT | JSON_SORT_KEYS);
	return status;
}

/* Where it was kept is written down, whatever becomes of it now. */
static enum store_status
note_rendered(struct outbox *outbox, struct passage *passage)
{
	struct store *store = outbox->context->store;
	struct letter *letter = passage->letter;
	enum store_status status = STORE_OK;

	if (g_strcmp0(letter->mime_path, passage->keeping.path) != 0)
		status = store_letter_set_path(store, letter->id,
		    passage->keeping.path);
	g_free(letter->mime_path);
	letter->mime_path = g_strdup(passage->keeping.path);
	if (status == STORE_OK && letter->state == LETTER_PLANNED)
		status = store_letter_move(store, letter->id, LETTER_RENDERED,
		    NULL, outbox->context->now);
	return status;
}

/* After a good verdict: is what was rendered still true? Then it is ours. */
static enum store_status
take(struct outbox *outbox, struct passage *passage)
{
	struct context *context = outbox->context;
	g_autofree char *text = NULL;
	json_t *values = NULL;
	enum store_status status = values_now(outbox, passage, &values, &text);
	bool same;

	json_decref(values);
	if (status != STORE_OK)
		return status;
	same = strcmp(text, passage->values) == 0;
	passage->next = same ? NEXT_SEND : NEXT_RENDER;
	if (same)
		status = letter_charges_keep(context, passage->letter);
	return status != STORE_OK ? status : store_letter_move(context->store,
	    passage->letter->id, same ? LETTER_SENDING : LETTER_PLANNED,
	    same ? outbox->transport->name : NULL, context->now);
}

/* Inside the transaction: look, judge, and either put aside or go on. */
static enum store_status
judge_one(struct outbox *outbox, struct passage *passage)
{
	bool claim = passage->next == NEXT_CLAIM;
	enum store_status status = look_again(outbox, passage);

	if (status != STORE_OK || passage->next == NEXT_DONE)
		return status;
	if (claim)
		status = note_rendered(outbox, passage);
	verdict_on_letter_clear(&passage->verdict);
	if (status == STORE_OK)
		status = outbox_judge(outbox->context, passage->letter,
		    &passage->verdict);
	if (status != STORE_OK)
		return status;
	if (passage->verdict.kind != VERDICT_GO) {
		passage->next = NEXT_DONE;
		return apply_verdict(outbox, passage);
	}
	passage->next = NEXT_RENDER;
	return claim ? take(outbox, passage) : STORE_OK;
}

/* One transaction: judges all those that stand at this point. */
static enum store_status
judge(struct journey *journey, enum next at)
{
	struct context *context = journey->outbox->context;
	enum store_status status = store_begin(context->store);

	if (status != STORE_OK)
		return status;
	for (guint i = 0; status == STORE_OK && i < journey->count; i++)
		if (journey->passages[i].next == at)
			status = judge_one(journey->outbox,
			    &journey->passages[i]);
	if (status == STORE_OK && !context->dry_run)
		status = store_commit(context->store);
	else
		store_rollback(context->store);
	for (guint i = 0; status == STORE_OK && i < journey->count; i++)
		report_verdict(journey->outbox, &journey->passages[i]);
	return status;
}

/* A letter that cannot be made: the owner is asked, the letter stays. */
static enum store_status
broken(struct outbox *outbox, struct passage *passage, const char *why)
{
	const char *about = passage->verdict.about;
	struct store *store = outbox->context->store;
	enum store_status status = store_begin(store);

	passage->next = NEXT_DONE;
	if (status == STORE_OK)
		status = outbox_ask(outbox->context, passage->letter,
		    "letter-broken", g_strdup_printf("The %s could not be "
		    "made: %s.", about, why));
	if (status == STORE_OK)
		status = store_commit(store);
	else
		store_rollback(store);
	outbox->result->broken++;
	outbox_line(outbox, passage->letter, "broken", about, why, NULL);
	return status;
}

static enum store_status
render_one(struct outbox *outbox, struct passage *passage)
{
	struct context *context = outbox->context;
	g_autofree char *why = NULL;
	g_autoptr(GBytes) mime = NULL;
	json_t *values = NULL;
	enum store_status status;

	g_clear_pointer(&passage->values, g_free);
	g_clear_pointer(&passage->mime, g_bytes_unref);
	letter_keeping_clear(&passage->keeping);
	status = values_now(outbox, passage, &values, &passage->values);
	if (status != STORE_OK)
		return status;
	mime = letter_mime(context, values, &why);
	json_decref(values);
	if (mime)
		passage->mime = letter_sign(context, mime, &why);
	if (passage->mime == NULL || !letter_keep_begin(context,
	    passage->letter, passage->mime, &passage->keeping, &why))
		return broken(outbox, passage, why);
	passage->next = NEXT_CLAIM;
	return STORE_OK;
}

/* All are written before the first is waited for. */
static enum store_status
render(struct journey *journey)
{
	struct outbox *outbox = journey->outbox;
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < journey->count; i++)
		if (journey->passages[i].next == NEXT_RENDER)
			status = render_one(outbox, &journey->passages[i]);
	for (guint i = 0; status == STORE_OK && i < journey->count; i++) {
		struct passage *passage = &journey->passages[i];
		g_autofree char *why = NULL;

		if (passage->next == NEXT_CLAIM &&
		    !letter_keep_end(&passage->keeping, &why))
			status = broken(outbox, passage, why);
	}
	if (status == STORE_OK)
		letter_keep_settle(outbox->context);
	return status;
}

/* Those that were claimed go out; when the way turns out to be closed the
 * rest of them goes back. */
static enum store_status
hand_over(struct journey *journey)
{
	struct outbox *outbox = journey->outbox;
	const struct transport *transport = outbox->transport;
	g_autofree struct handed *list = g_new0(struct handed,
	    journey->count);
	guint count = 0;
	bool down = false;

	for (guint i = 0; i < journey->count; i++) {
		struct passage *passage = &journey->passages[i];
		struct handed *one = &list[count];

		if (passage->next != NEXT_SEND)
			continue;
		passage->next = NEXT_DONE;
		count++;
		one->letter = passage->letter;
		one->about = passage->verdict.about;
		one->outcome = SEND_LATER;
		one->again = down;
		if (down) {
			outbox->result->waiting++;
			outbox_line(outbox, passage->letter, "waiting",
			    one->about, "sending has stopped in this run",
			    NULL);
			continue;
		}
		passage->letter->tries++;	/* as the claim counted it */
		outbox->attempts += passage->letter->customer != 0;
		one->outcome = transport->send(outbox->context,
		    passage->letter, passage->mime, &one->path, &one->why);
		down = one->outcome == SEND_DOWN;
	}
	if (count && transport->settle)
		transport->settle(outbox->context);
	return count ? outbox_record(outbox, list, count) : STORE_OK;
}

static void
would_send(struct journey *journey)
{
	for (guint i = 0; i < journey->count; i++) {
		struct passage *passage = &journey->passages[i];

		if (passage->next == NEXT_DONE)
			continue;
		journey->outbox->attempts++;
		outbox_line(journey->outbox, passage->letter, "would-send",
		    passage->verdict.about, NULL, NULL);
		journey->outbox->result->sent++;
	}
}

/* Until the facts keep still from rendering to claiming. */
static enum store_status
walk(struct journey *journey)
{
	enum store_status status = judge(journey, NEXT_LOOK);

	if (status != STORE_OK)
		return status;
	if (journey->outbox->context->dry_run) {
		would_send(journey);
		return STORE_OK;
	}
	for (int i = 0; status == STORE_OK && i < RENDER_TRIES; i++) {
		status = render(journey);
		if (status == STORE_OK)
			status = judge(journey, NEXT_CLAIM);
		if (status == STORE_OK)
			status = hand_over(journey);
	}
	for (guint i = 0; status == STORE_OK && i < journey->count; i++) {
		const struct passage *passage = &journey->passages[i];

		if (passage->next == NEXT_DONE)
			continue;
		journey->outbox->result->waiting++;
		outbox_line(journey->outbox, passage->letter, "waiting",
		    passage->verdict.about, "its facts keep changing", NULL);
	}
	return status;
}

enum store_status
outbox_letters(struct outbox *outbox, const int64_t *ids, guint count)
{
	g_autofree struct passage *passages = g_new0(struct passage, count);
	struct journey journey = {.outbox = outbox, .passages = passages};
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < count; i++) {
		struct passage *passage = &passages[journey.count];

		status = store_letter_get(outbox->context->store, ids[i],
		    &passage->letter);
		passage->keeping.fd = -1;
		if (status == STORE_OK && letter_waits(passage->letter))
			journey.count++;
		else
			g_clear_pointer(&passage->letter, letter_free);
	}
	if (status == STORE_OK && journey.count)
		status = walk(&journey);
	for (guint i = 0; i < journey.count; i++)
		passage_release(&passages[i]);
	return status;
}
