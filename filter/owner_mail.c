/*
 * owner_mail.c - the owner answers his digest by mail: "ok 3", "3 = INV-17",
 * "hold ACME 2 weeks". It counts when the mail is proved to come from his
 * address and was sent to the digest's tag, which only we can make; each
 * number counts once. All that was said, and what came of it, is told in the
 * next digest, and can be taken back by answering that one.
 */
#include "digest.h"

#include <inttypes.h>
#include <string.h>

#include "amounts.h"
#include "lookup.h"
#include "outbox_internal.h"
#include "secret.h"
#include "words.h"

#define ANSWER_DAYS 30		/* how long a digest may be answered */

struct answer {			/* one mail of the owner */
	struct context *context;
	const struct letter *digest;
	const char *message_id;
	GPtrArray *items;	/* struct digest_item */
	GPtrArray *questions;	/* struct question: open ones */
	GString *summary;
};

struct outcome {		/* of one word */
	char *result;
	bool done;
	int64_t payment, hold;
};

static void G_GNUC_PRINTF(3, 4)
conclude(struct outcome *outcome, bool done, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_free(outcome->result);
	outcome->result = g_strdup_vprintf(format, arguments);
	outcome->done = done;
	va_end(arguments);
}

/* ---- is it his? ---------------------------------------------------------------- */

/* The tag stands in the address, or in the subject where addresses have none. */
static enum store_status
digest_of(struct context *context, const struct event *event,
    struct letter **out)
{
	const char *tag = event_get(event, EVENT_TAG);
	const char *subject = event_get(event, EVENT_SUBJECT);
	const char *open = subject ? strrchr(subject, '[') : NULL;
	const char *close = open ? strchr(open, ']') : NULL;
	g_autofree char *named = close ?
	    g_strndup(open + 1, (gsize)(close - open - 1)) : NULL;
	enum store_status status = STORE_NONE;

	if (tag)
		status = letter_of_tag(context, TAG_REPLY, tag, out);
	if (status == STORE_NONE && named)
		status = letter_of_tag(context, TAG_REPLY, named, out);
	if (status == STORE_OK && ((*out)->kind != LETTER_DIGEST ||
	    (*out)->planned + ANSWER_DAYS * DAY_SECONDS < context->now)) {
		letter_free(*out);
		*out = NULL;
		status = STORE_NONE;
	}
	return status;
}

static bool
is_his(const struct config *config, const struct event *event)
{
	const char *from = event_get(event, EVENT_FROM);

	return from && (g_ascii_strcasecmp(from, config->email) == 0 ||
	    g_ascii_strcasecmp(from, digest_address(config)) == 0);
}

/* ---- what a number means ---------------------------------------------------------- */

static const struct digest_item *
find_item(const struct answer *answer, int number)
{
	for (guint i = 0; i < answer->items->len; i++) {
		const struct digest_item *item = answer->items->pdata[i];

		if (item->number == number)
			return item;
	}
	return NULL;
}

static const struct question *
find_question(const struct answer *answer, int64_t id)
{
	for (guint i = 0; i < answer->questions->len; i++) {
		const struct question *one = answer->questions->pdata[i];

		if (one->id == id)
			return one;
	}
	return NULL;
}

/* ---- words about money -------------------------------------------------------------- */

static int
put_on_invoice(struct word *word, const struct said_word *said)
{
	struct context *context = word->context;
	struct invoice *invoice = NULL;
	struct part part = {.kind = ALLOCATION_PAYMENT};
	enum store_status status = store_invoice_find(context->store,
	    said->subject, &invoice);
	int code;

	if (status == STORE_NONE)
		return word_refuse(word, "there is no invoice %s",
		    said->subject);
	if (status != STORE_OK)
		return store_failed(context, status);
	part.invoice = invoice;
	part.amount = MIN(word->payment->unallocated,
	    invoice_balance(invoice));
	code = word_parts(word, &part, 1);
	invoice_free(invoice);
	return code;
}

/* EX_OK, EX_DATAERR with the reason in the outcome, or why it failed. */
static int
word_on_payment(struct context *context, int64_t id,
    const struct said_word *said, struct outcome *outcome)
{
	struct payment *payment = NULL;
	struct word word = {.context = context,
	    .said = g_string_new(NULL), .brief = g_string_new(NULL)};
	enum store_status status = store_payment_get(context->store, id,
	    &payment);
	int code = status == STORE_OK ? EX_OK : store_failed(context, status);

	word.payment = payment;
	if (code == EX_OK && said->kind == SAID_OK)
		code = word_accept(&word);
	else if (code == EX_OK && said->kind == SAID_NO)
		code = word_reject(&word);
	else if (code == EX_OK && said->kind == SAID_DONE)
		code = word_aside(&word, ASIDE_FOR_NOW);
	else if (code == EX_OK && said->kind == SAID_UNDO)
		code = word_undo(&word);
	else if (code == EX_OK)
		code = put_on_invoice(&word, said);
	if (code == EX_OK)
		conclude(outcome, true, "%s", g_strstrip(word.brief->len ?
		    word.brief->str : word.said->str));
	else if (code == EX_DATAERR)
		conclude(outcome, false, "%s", word.refused ? word.refused :
		    "it cannot be done");
	outcome->payment = code == EX_OK && said->kind != SAID_UNDO ? id : 0;
	word_release(&word);
	payment_free(payment);
	return code == EX_DATAERR ? EX_OK : code;
}

/* ---- other words ---------------------------------------------------------------------- */

static int
hold_them(struct answer *answer, const struct said_word *said,
    struct outcome *outcome)
{
	struct context *context = answer->context;
	struct customer *customer = NULL;
	struct invoice *invoice = NULL;
	struct hold hold = {.kind = HOLD_PAUSE, .trust = TRUST_O,
	    .why = (char *)"the owner said so by mail",
	    .origin = (char *)"owner", .since = context->now,
	    .until = context->now + said->days * (int64_t)DAY_SECONDS};
	enum store_status status = store_customer_find(context->store,
	    said->subject, &customer);
	const char *name = said->subject;

	if (status == STORE_OK) {
		hold.customer = customer->id;
		name = customer->name;
	} else if (status == STORE_NONE) {
		status = store_invoice_find(context->store, said->subject,
		    &invoice);
	}
	if (invoice) {
		hold.customer = invoice->customer;
		hold.invoice = invoice->id;
		name = invoice->number;
	}
	if (status == STORE_OK)
		status = store_hold_add(context->store, &hold);
	if (status == STORE_OK)
		status = owner_note(context, hold.invoice ? SUBJECT_INVOICE :
		    SUBJECT_CUSTOMER, hold.invoice ? hold.invoice :
		    hold.customer, "hold:pause", "%s waits for %d days: the "
		    "owner said so by mail", name, said->days);
	if (status == STORE_OK) {
		outcome->hold = hold.id;
		conclude(outcome, true, "no reminder to %s for %d days", name,
		    said->days);
	} else if (status == STORE_NONE) {
		conclude(outcome, false, "there is no customer and no invoice "
		    "\"%s\", or there are several", said->subject);
		status = STORE_OK;
	}
	customer_free(customer);
	invoice_free(invoice);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

static int
take_back(struct answer *answer, int64_t id, const struct said_word *said,
    struct outcome *outcome)
{
	struct context *context = answer->context;
	struct owner_word *before = NULL;
	enum store_status status = store_owner_word_get(context->store, id,
	    &before);
	int code = EX_OK;

	if (status == STORE_OK)
		status = store_owner_word_undo(context->store, id,
		    context->now);
	if (status == STORE_KNOWN) {
		conclude(outcome, false, "that was taken back before");
		status = STORE_OK;
	} else if (status == STORE_OK && before->hold) {
		status = store_hold_release(context->store, before->hold,
		    context->now);
		conclude(outcome, true, "the hold is released");
		status = status == STORE_KNOWN ? STORE_OK : status;
	} else if (status == STORE_OK && before->payment) {
		code = word_on_payment(context, before->payment, said,
		    outcome);
	}
	owner_word_free(before);
	return status == STORE_OK ? code : store_failed(context, status);
}

/* Many letters that wait: yes lets them go, no takes them back. */
static int
answer_mass(struct answer *answer, const struct said_word *said,
    struct outcome *outcome)
{
	bool yes = said->kind == SAID_OK;
	int64_t count = 0;
	enum store_status status = yes ? outbox_mass_release(answer->context,
	    &count) : outbox_mass_recall(answer->context, &count);

	conclude(outcome, true, "%" PRId64 " letters %s", count, yes ?
	    "may go now" : "were taken back");
	return status == STORE_OK ? EX_OK : store_failed(answer->context,
	    status);
}

static int
answer_question(struct answer *answer, const struct question *question,
    const struct said_word *said, struct outcome *outcome)
{
	struct context *context = answer->context;
	enum store_status status;

	if (strcmp(question->code, "mass") == 0 &&
	    (said->kind == SAID_OK || said->kind == SAID_NO))
		return answer_mass(answer, said, outcome);

	if (question->payment && said->kind != SAID_DONE)
		return word_on_payment(context, question->payment, said,
		    outcome);
	if (said->kind == SAID_INVOICE) {
		conclude(outcome, false, "this one is not about money");
		return EX_OK;
	}
	status = store_question_answer(context->store, question->id,
	    context->now);
	conclude(outcome, true, "noted as done");
	return status == STORE_OK || status == STORE_KNOWN ? EX_OK :
	    store_failed(context, status);
}

/* A number counts once, also when what it says is refused. */
static int
word_on_item(struct answer *answer, const struct said_word *said,
    struct outcome *outcome)
{
	struct context *context = answer->context;
	const struct digest_item *item = find_item(answer, said->number);
	const struct question *question;
	enum store_status status;

	if (!item) {
		conclude(outcome, false, "the digest has no number %d",
		    said->number);
		return EX_OK;
	}
	status = store_digest_use(context->store, answer->digest->id,
	    said->number, context->now);
	if (status == STORE_KNOWN) {
		conclude(outcome, false, "number %d was answered before",
		    said->number);
		return EX_OK;
	}
	if (status != STORE_OK)
		return store_failed(context, status);
	if ((item->subject == DIGEST_WORD) != (said->kind == SAID_UNDO)) {
		conclude(outcome, false, "number %d is not of that kind",
		    said->number);
		return EX_OK;
	}
	if (item->subject == DIGEST_WORD)
		return take_back(answer, item->row, said, outcome);
	question = find_question(answer, item->row);
	if (question)
		return answer_question(answer, question, said, outcome);
	conclude(outcome, false, "that is settled already");
	return EX_OK;
}

/* ---- all of them --------------------------------------------------------------------------- */

static enum store_status
carry_out(struct answer *answer, const struct said_word *said)
{
	struct context *context = answer->context;
	struct outcome outcome = {0};
	struct owner_word word = {.letter = answer->digest->id,
	    .message_id = (char *)(uintptr_t)answer->message_id,
	    .text = said->text, .at = context->now};
	enum store_status status;
	int code = EX_OK;

	if (said->kind == SAID_NOTHING)
		conclude(&outcome, false, "was not understood");
	else if (said->kind == SAID_HOLD)
		code = hold_them(answer, said, &outcome);
	else
		code = word_on_item(answer, said, &outcome);
	if (code != EX_OK) {
		g_free(outcome.result);
		return STORE_BUSY;
	}
	word.result = outcome.result;
	word.done = outcome.done;
	word.payment = outcome.payment;
	word.hold = outcome.hold;
	status = store_owner_word_add(context->store, &word);
	if (answer->summary)
		g_string_append_printf(answer->summary, "; owner: %s",
		    outcome.done ? "done" : "refused");
	g_free(outcome.result);
	return status;
}

static enum store_status
carry_out_all(struct answer *answer, const char *text)
{
	g_autoptr(GPtrArray) words = owner_words_read(text);
	struct store *store = answer->context->store;
	enum store_status status = store_digest_items(store,
	    answer->digest->id, &answer->items);

	if (status == STORE_OK)
		status = store_question_list(store, true, &answer->questions);
	for (guint i = 0; status == STORE_OK && i < words->len; i++)
		status = carry_out(answer, words->pdata[i]);
	g_clear_pointer(&answer->items, g_ptr_array_unref);
	g_clear_pointer(&answer->questions, g_ptr_array_unref);
	return status;
}

/* Somebody has the tag and not his address' proof: he should know. */
static enum store_status
note_unproved(struct answer *answer, const struct event *event)
{
	struct owner_word word = {.letter = answer->digest->id,
	    .message_id = (char *)(uintptr_t)answer->message_id,
	    .text = (char *)(uintptr_t)event_get(event, EVENT_SUBJECT),
	    .result = (char *)"an answer in your name was not carried out: "
	    "your mail server did not prove that it came from your address",
	    .at = answer->context->now};

	if (!word.text)
		word.text = (char *)"?";
	return store_owner_word_add(answer->context->store, &word);
}

enum store_status
owner_mail_take(struct context *context, const struct event *event,
    bool *taken, GString *summary)
{
	struct letter *digest = NULL;
	struct answer answer = {.context = context, .summary = summary,
	    .message_id = event_get(event, EVENT_MESSAGE_ID)};
	enum store_status status;

	*taken = false;
	if (event_kind(event) != EVENT_REPLY ||
	    !is_his(context->config, event))
		return STORE_OK;
	status = digest_of(context, event, &digest);
	if (status != STORE_OK)
		return status == STORE_NONE ? STORE_OK : status;
	*taken = true;
	answer.digest = digest;
	if (answer.message_id)
		status = store_owner_word_seen(context->store,
		    answer.message_id);
	else
		status = STORE_NONE;
	if (status == STORE_NONE)
		status = g_strcmp0(event_get(event, EVENT_SENDER), "proved") ?
		    note_unproved(&answer, event) :
		    carry_out_all(&answer, event_get(event, EVENT_TEXT));
	letter_free(digest);
	return status;
}
