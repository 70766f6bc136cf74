/*
 * review_talk.c - walks through the money that waits and carries out what is
 * said. No lock is held while a person thinks: each word is a transaction of
 * its own in which the case is built anew and compared with what was shown.
 */
#include "review_talk.h"

#include <string.h>

static void
said_free(void *data)
{
	struct said *said = data;

	before_release(&said->before);
	g_free(said->text);
	g_free(said);
}

/* ---- which cases -------------------------------------------------------------- */

/* Credit of a customer is nobody's question, unless an invoice turned up; nor
 * is unverified mail, unless it holds a reminder: it may be refused then. */
static enum store_status
is_waiting(struct context *context, const struct payment *payment,
    bool *waits, bool *suggested)
{
	g_autoptr(GPtrArray) list = NULL;
	struct customer *owner = NULL;
	enum store_status status;

	*waits = *suggested = false;
	if (payment->amount < 0)
		return STORE_OK;
	status = word_done(store_suggestion_list(context->store, payment->id,
	    &list));
	*suggested = list && list->len;
	if (status == STORE_OK && !*suggested)
		status = credit_owner(context->store, payment->id, &owner);
	*waits = *suggested ||
	    (!owner && payment->state != PAYMENT_POSSIBLE);
	customer_free(owner);
	return status;
}

/* Those with a suggestion first, then those that only hold a reminder, then
 * what fits nothing; each kind in order of arrival. */
static enum store_status
find_cases(struct talk *talk)
{
	const struct payment_filter filter = {.unallocated_only = true};
	g_autoptr(GPtrArray) payments = NULL;
	g_autoptr(GArray) held =
	    g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GArray) others =
	    g_array_new(FALSE, FALSE, sizeof(int64_t));
	enum store_status status = word_done(store_payment_list(
	    talk->context->store, &filter, &payments));

	for (guint i = 0; payments && i < payments->len &&
	    status == STORE_OK; i++) {
		const struct payment *p = payments->pdata[i];
		bool waits, suggested;

		status = is_waiting(talk->context, p, &waits, &suggested);
		if (status == STORE_OK && waits)
			g_array_append_val(!suggested ? others :
			    p->state == PAYMENT_POSSIBLE ? held : talk->ids,
			    p->id);
	}
	g_array_append_vals(talk->ids, held->data, held->len);
	g_array_append_vals(talk->ids, others->data, others->len);
	return status;
}

struct talk *
talk_open(struct context *context, int *code)
{
	struct talk *talk = g_new0(struct talk, 1);
	enum store_status status;

	talk->context = context;
	talk->ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	talk->looked_for = g_array_new(FALSE, FALSE, sizeof(int64_t));
	talk->said = g_ptr_array_new_with_free_func(said_free);
	status = find_cases(talk);
	if (status == STORE_OK)
		status = talk_move(talk, 0);
	*code = EX_OK;
	if (status == STORE_OK)
		return talk;
	*code = store_failed(context, status);
	talk_free(talk);
	return NULL;
}

void
talk_free(struct talk *talk)
{
	if (!talk)
		return;
	case_free(talk->shown);
	g_array_unref(talk->ids);
	g_array_unref(talk->looked_for);
	g_ptr_array_unref(talk->said);
	g_free(talk);
}

/* ---- walking --------------------------------------------------------------------- */

static int64_t
id_at(const struct talk *talk, guint at)
{
	return g_array_index(talk->ids, int64_t, at);
}

const char *
talk_said(const struct talk *talk)
{
	for (guint i = talk->said->len; i-- > 0; ) {
		const struct said *said = talk->said->pdata[i];

		if (said->at == talk->at)
			return said->text;
	}
	return NULL;
}

/* Builds the case at talk->at; NONE: it does not wait. */
static enum store_status
build(struct talk *talk)
{
	struct review_case *one = NULL;
	enum store_status status = case_build(talk->context,
	    id_at(talk, talk->at), talk->looked_for, &one);

	case_free(talk->shown);
	talk->shown = one;
	return status;
}

enum store_status
talk_move(struct talk *talk, int step)
{
	guint from = talk->at;

	if (step)
		g_array_set_size(talk->looked_for, 0);
	for (;;) {
		enum store_status status;

		if (step < 0 && talk->at == 0) {
			talk->at = from;
			step = 0;
		}
		talk->at += (guint)step;
		if (talk->at >= talk->ids->len) {
			talk->at = talk->ids->len;
			case_free(talk->shown);
			talk->shown = NULL;
			return STORE_OK;
		}
		status = build(talk);
		if (status != STORE_NONE || talk_said(talk))
			return word_done(status);
		step = step < 0 ? -1 : 1;
		if (step < 0 && talk->at == 0)
			step = 1;
	}
}

/* ---- a word ------------------------------------------------------------------------ */

static int
credit(struct word *word, const struct talk *talk,
    const struct saying *saying)
{
	struct customer *customer = NULL;
	struct payment *now = NULL;
	struct store *store = talk->context->store;
	const struct payment *before = word->payment;
	int64_t id = saying->customer;
	enum store_status status;
	int code;

	if (!id && saying->option < talk->shown->options->len)
		id = ((struct case_option *)
		    talk->shown->options->pdata[saying->option])->customer;
	if (!id)
		return word_refuse(word, "say whose credit it is");
	status = store_customer_get(store, id, &customer);
	if (status == STORE_OK)		/* what is left after the first word */
		status = store_payment_get(store, before->id, &now);
	word->payment = now;
	code = status == STORE_OK ? word_credit(word, customer)
				  : store_failed(talk->context, status);
	word->payment = before;
	payment_free(now);
	customer_free(customer);
	return code;
}

static int
accept(struct word *word, const struct talk *talk, guint index)
{
	g_autoptr(GArray) parts = NULL;

	if (index >= talk->shown->options->len)
		return word_refuse(word, "choose what it is for");
	parts = case_parts(talk->shown, talk->shown->options->pdata[index]);
	return word_parts(word, (const struct part *)(void *)parts->data,
	    parts->len);
}

static int
split(struct word *word, const struct talk *talk, const GArray *wanted)
{
	const struct case_option option = {.parts = (GArray *)
	    (uintptr_t)wanted};
	g_autoptr(GArray) parts = case_parts(talk->shown, &option);

	for (guint i = 0; i < parts->len; i++)
		if (!g_array_index(parts, struct part, i).invoice)
			return word_refuse(word, "an invoice is not known");
	return word_parts(word, (const struct part *)(void *)parts->data,
	    parts->len);
}

static int
carry_out(struct word *word, const struct talk *talk,
    const struct saying *saying)
{
	int code = EX_OK;

	switch (saying->word) {
	case TALK_ACCEPT:
		return accept(word, talk, saying->option);
	case TALK_SPLIT:
		return split(word, talk, saying->parts);
	case TALK_REJECT:
		return word_reject(word);
	case TALK_NO_INVOICE:
		return word_aside(word, ASIDE_NO_INVOICE);
	case TALK_FOR_NOW:
		return word_aside(word, ASIDE_FOR_NOW);
	case TALK_ACCEPT_CREDIT:
		code = accept(word, talk, saying->option);
		break;
	case TALK_CREDIT:
		break;
	}
	return code == EX_OK ? credit(word, talk, saying) : code;
}

/* Is the case as it was shown? Afterwards the one that is shown is fresh. */
static enum store_status
refresh(struct talk *talk, bool *same)
{
	g_autofree char *mark = g_strdup(talk->shown->mark);
	enum store_status status = build(talk);

	*same = status == STORE_OK && strcmp(mark, talk->shown->mark) == 0;
	return word_done(status);
}

static char *
failure(const struct talk *talk)
{
	return g_strdup_printf("Nothing was done: %s.",
	    store_error(talk->context->store));
}

static void
remember(struct talk *talk, struct word *word, struct before *before)
{
	struct said *said = g_new0(struct said, 1);

	said->at = talk->at;
	said->text = show_clean(word->brief->str);
	said->before = *before;
	before->allocations = NULL;
	g_ptr_array_add(talk->said, said);
}

static enum store_status
close_word(struct talk *talk, bool keep)
{
	if (keep && !talk->context->dry_run)
		return store_commit(talk->context->store);
	store_rollback(talk->context->store);
	return STORE_OK;
}

/* In the transaction: *note and TALK_REFUSED, or the word is carried out. */
static enum talk_end
say_it(struct talk *talk, const struct saying *saying, char **note)
{
	struct word word = {.context = talk->context,
	    .payment = talk->shown->payment};
	struct before before = {0};
	enum store_status status = before_take(talk->context->store,
	    word.payment, &before);
	bool good = status == STORE_OK &&
	    carry_out(&word, talk, saying) == EX_OK;

	status = close_word(talk, good);
	good = good && status == STORE_OK;
	if (good) {
		remember(talk, &word, &before);
		*note = g_strconcat(talk->context->dry_run ?
		    "Would be: " : "Done: ", word.brief->str, NULL);
	} else {
		*note = word.refused ? g_strdup_printf("Not done: %s.",
		    word.refused) : failure(talk);
	}
	before_release(&before);
	word_release(&word);
	return good ? TALK_DONE : TALK_REFUSED;
}

enum talk_end
talk_say(struct talk *talk, const struct saying *saying, char **note)
{
	enum store_status status;
	enum talk_end end;
	bool same = false;

	*note = NULL;
	if (!talk->shown) {
		*note = g_strdup("There is nothing to be said of it any more; "
		    "'u' takes the last word back.");
		return TALK_REFUSED;
	}
	context_tick(talk->context);
	status = store_begin(talk->context->store);
	if (status == STORE_OK)
		status = refresh(talk, &same);
	if (status != STORE_OK || !same) {
		store_rollback(talk->context->store);
		*note = status != STORE_OK ? failure(talk) : g_strdup(
		    "This has changed meanwhile: look once more. Nothing was "
		    "done.");
		if (!talk->shown && status == STORE_OK)
			talk_move(talk, 1);
		return TALK_CHANGED;
	}
	end = say_it(talk, saying, note);
	if (end != TALK_DONE)
		return end;
	do		/* to the next one without a word */
		status = talk_move(talk, 1);
	while (status == STORE_OK && talk->at < talk->ids->len &&
	    talk_said(talk));
	return status == STORE_OK ? TALK_DONE : TALK_CHANGED;
}

/* ---- taking back -------------------------------------------------------------------- */

/* *gone: it stands no more, whether by this or already. */
static bool
take_back(struct talk *talk, const struct said *last, bool *gone,
    char **note)
{
	struct word word = {.context = talk->context};
	struct payment *payment = NULL;
	enum store_status status = store_begin(talk->context->store);
	bool good = false;

	if (status == STORE_OK)
		status = store_payment_get(talk->context->store,
		    last->before.payment, &payment);
	word.payment = payment;
	if (status == STORE_OK)
		good = word_restore(&word, &last->before) == EX_OK;
	status = close_word(talk, good);
	good = good && status == STORE_OK;
	*gone = good || word.refused;
	if (good)
		*note = g_strconcat("Taken back: ", last->text, NULL);
	else
		*note = word.refused ? g_strdup_printf("Not done: %s.",
		    word.refused) : failure(talk);
	word_release(&word);
	payment_free(payment);
	return good;
}

enum talk_end
talk_undo(struct talk *talk, char **note)
{
	const struct said *last = talk->said->len ?
	    talk->said->pdata[talk->said->len - 1] : NULL;
	bool good = true, gone = true;

	if (!last) {
		*note = g_strdup("Nothing was said yet.");
		return TALK_REFUSED;
	}
	context_tick(talk->context);
	if (talk->context->dry_run)
		*note = g_strconcat("Taken back: ", last->text, NULL);
	else
		good = take_back(talk, last, &gone, note);
	if (!gone)
		return TALK_REFUSED;
	talk->at = last->at;
	g_ptr_array_set_size(talk->said, (int)talk->said->len - 1);
	g_array_set_size(talk->looked_for, 0);
	talk_move(talk, 0);
	return good ? TALK_DONE : TALK_REFUSED;
}

char *
talk_summary(const struct talk *talk)
{
	GString *out = g_string_new(NULL);
	guint waiting = talk->ids->len;

	for (guint i = 0; i < talk->said->len; i++) {
		const struct said *said = talk->said->pdata[i];
		bool first = true;

		for (guint j = 0; j < i && first; j++)
			first = ((struct said *)talk->said->pdata[j])->at !=
			    said->at;
		waiting -= first;
		g_string_append_printf(out, "  %s\n", said->text);
	}
	g_string_prepend(out, talk->said->len == 0 ? "Nothing was said.\n" :
	    talk->context->dry_run ? "You would have said:\n" :
	    "You have said:\n");
	if (waiting)
		g_string_append_printf(out, "%u of %u wait%s still.\n",
		    waiting, talk->ids->len, waiting == 1 ? "s" : "");
	return g_string_free(out, FALSE);
}
