/*
 * outbox_record.c - what became of a letter, in the store: its state, the
 * next try, the invoice's own mark, a question to the owner, the journal.
 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "outbox_internal.h"

#define HOUR 3600
#define DAY (24 * HOUR)
#define RETRY_FIRST 300
#define RETRY_MOST (6 * HOUR)
#define GIVE_UP_TRIES 20
#define GIVE_UP_AFTER (5 * DAY)
#define RECORD_TRIES 3

static const struct {
	enum letter_state state;
	const char *code;	/* for the journal */
	const char *text;	/* after the letter's name */
	const char *question;	/* code, or NULL */
} endings[] = {
    [SEND_OK] = {LETTER_SENT, "sent", "was handed over", NULL},
    [SEND_LATER] = {LETTER_RENDERED, "send:later", "has to wait", NULL},
    [SEND_REFUSED] = {LETTER_FAILED, "send:refused", "was refused",
        "letter-refused"},
    [SEND_UNKNOWN] = {LETTER_UNKNOWN, "send:unknown",
        "may have been sent or not", "letter-unknown"},
    [SEND_DOWN] = {LETTER_RENDERED, "send:down", "cannot leave now",
        "sending-down"},
};

void
outbox_line(struct outbox *outbox, const struct letter *letter,
    const char *outcome, const char *about, const char *why, char *path)
{
	struct send_line *line;

	if (outbox->lines == NULL) {
		g_free(path);
		return;
	}
	line = g_new0(struct send_line, 1);
	line->letter = letter->id;
	line->kind = letter->kind;
	line->outcome = outcome;
	line->about = g_strdup(about);
	line->why = g_strdup(why);
	line->path = path;
	g_ptr_array_add(outbox->lines, line);
}

void
send_line_free(struct send_line *line)
{
	if (line == NULL)
		return;
	g_free(line->about);
	g_free(line->why);
	g_free(line->path);
	g_free(line);
}

enum store_status
outbox_journal(struct outbox *outbox, const struct letter *letter,
    const char *code, const char *text)
{
	g_autofree char *evidence = NULL;
	json_t *object = json_pack("{s:s, s:s}", "message_id",
	    letter->message_id, "transport", outbox->transport->name);
	struct journal_entry entry = {.at = outbox->context->now,
	    .subject = SUBJECT_LETTER, .row = letter->id,
	    .code = (char *)(uintptr_t)code, .text = (char *)(uintptr_t)text};

	evidence = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	entry.evidence = evidence;
	return store_journal_add(outbox->context->store, &entry);
}

enum store_status
outbox_ask(struct context *context, const struct letter *letter,
    const char *code, char *text)
{
	struct question question = {.code = (char *)(uintptr_t)code,
	    .letter = letter ? letter->id : 0,
	    .customer = letter ? letter->customer : 0, .text = text,
	    .at = context->now};
	enum store_status status = store_question_add(context->store,
	    &question);

	g_free(text);
	return status == STORE_KNOWN ? STORE_OK : status;
}

enum store_status
outbox_answer(struct context *context, const char *code, int64_t letter)
{
	GPtrArray *open = NULL;
	enum store_status status = store_question_list(context->store, true,
	    &open);

	for (guint i = 0; status == STORE_OK && i < open->len; i++) {
		const struct question *question = open->pdata[i];

		if (strcmp(question->code, code) == 0 &&
		    (letter == 0 || question->letter == letter))
			status = store_question_answer(context->store,
			    question->id, context->now);
	}
	if (open)
		g_ptr_array_unref(open);
	return status;
}

/* Seconds until the next try: five minutes, doubled each time, six hours at
 * the most. */
static int64_t
patience(int tries)
{
	int64_t wait = RETRY_FIRST;

	while (tries-- > 1 && wait < RETRY_MOST)
		wait *= 2;
	return MIN(wait, RETRY_MOST);
}

static bool
has_waited_enough(const struct context *context, const struct letter *letter)
{
	return letter->tries >= GIVE_UP_TRIES &&
	    context->now - letter->planned >= GIVE_UP_AFTER;
}

static char *
question_text(const struct letter *letter, enum send_outcome outcome,
    const char *about, const char *why)
{
	switch (outcome) {
	case SEND_UNKNOWN:
		return g_strdup_printf("Nobody can tell whether the %s was "
		    "sent: %s. Look for %s where sent mail is kept, or ask the "
		    "customer; then: mailfilter letter resolve %" PRId64
		    " sent, failed or retry.", about, why, letter->message_id,
		    letter->id);
	case SEND_REFUSED:
		return g_strdup_printf("The %s was refused: %s. Correct the "
		    "customer's address; until then nothing more goes there.",
		    about, why);
	default:
		return g_strdup_printf("Nothing can be sent: %s. Letters wait "
		    "until 'mailfilter send' finds the way open.", why);
	}
}

enum store_status
outbox_mark_sent(struct context *context, const struct letter *letter)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && letter->items &&
	    letter->kind == LETTER_INVOICE && i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];

		status = store_invoice_set_sent(context->store, item->invoice,
		    letter->message_id, context->now);
	}
	return status;
}

/* Money that came while a reminder was between claim and record found it
 * neither waiting nor sent: what crossed is found now. */
static enum store_status
look_for_crossing(struct context *context, int64_t invoice)
{
	const struct payment_filter filter = {.invoice = invoice};
	g_autoptr(GPtrArray) payments = NULL;
	enum store_status status = store_payment_list(context->store, &filter,
	    &payments);

	for (guint i = 0; status == STORE_OK && i < payments->len; i++) {
		const struct payment *payment = payments->pdata[i];
		struct plan *plan = plan_new();

		status = remind_after_payment(context, payment->id, plan);
		if (status == STORE_OK)
			status = plan_apply(plan, context->store, context->now,
			    "auto");
		plan_free(plan);
	}
	return status;
}

static enum store_status
after_reminder(struct outbox *outbox, const struct letter *letter)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && letter->items &&
	    i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];

		status = look_for_crossing(outbox->context, item->invoice);
	}
	return status;
}

/* What else an outcome changes, beside the letter's own state. */
static enum store_status
consequences(struct outbox *outbox, const struct letter *letter,
    enum send_outcome outcome, const char *path, bool again)
{
	struct context *context = outbox->context;
	enum store_status status = STORE_OK;

	switch (outcome) {
	case SEND_OK:
		if (path)
			status = store_letter_set_path(context->store,
			    letter->id, path);
		if (status == STORE_OK)
			status = outbox_mark_sent(context, letter);
		if (status == STORE_OK &&
		    letter_kind_is_reminder(letter->kind))
			status = after_reminder(outbox, letter);
		if (status == STORE_OK && !again)
			status = outbox_answer(context, "sending-down", 0);
		return status;
	case SEND_LATER:
		return again ? STORE_OK : store_letter_retry(context->store,
		    letter->id, context->now + patience(letter->tries));
	case SEND_REFUSED:
		return store_customer_set_undelivered(context->store,
		    letter->customer, context->now);
	case SEND_UNKNOWN:
	case SEND_DOWN:
		break;
	}
	return STORE_OK;
}

/* Inside the transaction. */
static enum store_status
record_one(struct outbox *outbox, const struct handed *one)
{
	const char *why = one->why;
	g_autofree char *text = g_strdup_printf("The %s %s%s%s.", one->about,
	    endings[one->outcome].text, why ? ": " : "", why ? why : "");
	struct context *context = outbox->context;
	enum store_status status = store_letter_move(context->store,
	    one->letter->id, endings[one->outcome].state, why, context->now);

	if (status == STORE_OK)
		status = consequences(outbox, one->letter, one->outcome,
		    one->path, one->again);
	if (status == STORE_OK && endings[one->outcome].question)
		status = outbox_ask(context, one->outcome == SEND_DOWN ? NULL
		    : one->letter, endings[one->outcome].question,
		    question_text(one->letter, one->outcome, one->about, why));
	if (status == STORE_OK && one->outcome == SEND_OK && why)
		status = outbox_ask(context, one->letter, "undelivered:part",
		    g_strdup_printf("The %s was taken, but not for %s. Please "
		    "look at the addresses of the customer.", one->about,
		    why));
	if (status == STORE_OK && !one->again)
		status = outbox_journal(outbox, one->letter,
		    endings[one->outcome].code, text);
	return status;
}

static enum store_status
record(struct outbox *outbox, const struct handed *list, guint count)
{
	struct store *store = outbox->context->store;
	enum store_status status = store_begin(store);

	if (status != STORE_OK)
		return status;
	for (guint i = 0; status == STORE_OK && i < count; i++)
		status = record_one(outbox, &list[i]);
	if (status == STORE_OK)
		return store_commit(store);
	store_rollback(store);
	return status;
}

/* Counts it for the summary. */
static void
count(struct outbox *outbox, enum send_outcome outcome)
{
	struct send_result *result = outbox->result;

	switch (outcome) {
	case SEND_OK:
		result->sent++;
		outbox->failures = 0;
		return;
	case SEND_LATER:
		result->later++;
		break;
	case SEND_REFUSED:
		result->refused++;
		break;
	case SEND_UNKNOWN:
		result->unknown++;
		break;
	case SEND_DOWN:
		result->down = true;
		outbox->stop = true;
		break;
	}
	outbox->failures++;
}

/* Has our own copy of the letter come back to us? Then it has left. */
static bool
copy_has_come(struct outbox *outbox, const struct letter *letter)
{
	g_autoptr(GPtrArray) entries = NULL;

	if (store_journal_list(outbox->context->store, SUBJECT_LETTER,
	    letter->id, &entries) != STORE_OK)
		return false;
	for (guint i = 0; i < entries->len; i++) {
		const struct journal_entry *one = entries->pdata[i];

		if (strcmp(one->code, "sent:own-copy") == 0)
			return true;
	}
	return false;
}

/* What is known beside the transport's word. */
static void
amend(struct outbox *outbox, struct handed *one)
{
	char *why = NULL;

	if (one->outcome == SEND_UNKNOWN && copy_has_come(outbox,
	    one->letter)) {
		one->outcome = SEND_OK;
		g_clear_pointer(&one->why, g_free);
	}
	if (one->outcome != SEND_LATER || one->again ||
	    !has_waited_enough(outbox->context, one->letter))
		return;
	one->outcome = SEND_REFUSED;
	why = g_strdup_printf("given up after %d tries: %s",
	    one->letter->tries, one->why);
	g_free(one->why);
	one->why = why;
}

/* After it was written down. */
static void
conclude(struct outbox *outbox, struct handed *one)
{
	const struct letter *letter = one->letter;

	if (one->again && one->outcome == SEND_LATER)
		return;
	/* One copy is enough: the folder's own. */
	if (one->outcome == SEND_OK && one->path && letter->mime_path &&
	    strcmp(one->path, letter->mime_path) != 0)
		unlink(letter->mime_path);
	count(outbox, one->outcome);
	outbox_line(outbox, letter, send_outcome_name(one->outcome),
	    one->about, one->why, g_steal_pointer(&one->path));
}

enum store_status
outbox_record(struct outbox *outbox, struct handed *list, guint count)
{
	enum store_status status = STORE_BUSY;

	for (guint i = 0; i < count; i++)
		amend(outbox, &list[i]);
	for (int i = 0; i < RECORD_TRIES && status == STORE_BUSY; i++)
		status = record(outbox, list, count);
	for (guint i = 0; i < count; i++) {
		if (status == STORE_OK)
			conclude(outbox, &list[i]);
		g_free(list[i].why);
		g_free(list[i].path);
	}
	return status;
}
