/*
 * outbox_copies.c - the owner's own copy of each letter comes back where that
 * mailbox is read. When copies used to come and one is missing for a day, the
 * letters may not arrive either: the owner is asked, once for each of them.
 */
#include <inttypes.h>
#include <string.h>

#include "outbox_internal.h"
#include "phrases.h"

#define PATIENCE DAY_SECONDS
#define LOOK_BACK (7 * (int64_t)DAY_SECONDS)
#define CODE "copy-missing"

/* Up to which letter the owner was asked before. */
static enum store_status
asked_up_to(struct context *context, int64_t *letter)
{
	g_autoptr(GPtrArray) questions = NULL;
	enum store_status status = store_question_list(context->store, false,
	    &questions);

	*letter = 0;
	for (guint i = 0; status == STORE_OK && i < questions->len; i++) {
		const struct question *one = questions->pdata[i];

		if (strcmp(one->code, CODE) == 0)
			*letter = MAX(*letter, one->letter);
	}
	return status;
}

static bool
is_missing(const struct context *context, const struct letter *letter)
{
	return letter->confirmed == 0 && letter->sent &&
	    letter->sent + PATIENCE < context->now;
}

static enum store_status
ask(struct context *context, const struct letter *first,
    const struct letter *last, int count)
{
	g_autofree char *when = moment_text(first->sent);
	g_autofree char *others = count > 1 ? g_strdup_printf(
	    " and of %d more since,", count - 1) : g_strdup("");
	enum store_status status = store_begin(context->store);

	if (status == STORE_OK)
		status = outbox_ask(context, last, CODE, g_strdup_printf(
		    "No copy of the %s to %s, sent on %s,%s has come back to "
		    "%s, where copies came before. Perhaps that mailbox is not "
		    "read any more, or letters do not arrive: look into the log "
		    "of your mail server. 'mailfilter letter show %" PRId64
		    "' shows it.", letter_words(first->kind), first->to, when,
		    others, context->config->bcc, first->id));
	if (status == STORE_OK)
		return store_commit(context->store);
	store_rollback(context->store);
	return status;
}

enum store_status
outbox_copies(struct context *context)
{
	const struct letter_filter filter = {.states = 1u << LETTER_SENT,
	    .since = context->now - LOOK_BACK};
	g_autoptr(GPtrArray) letters = NULL;
	const struct letter *first = NULL, *last = NULL;
	enum store_status status;
	int64_t before = 0;
	bool seen = false;
	int count = 0;

	if (!context->config->bcc || context->dry_run)
		return STORE_OK;
	status = store_letter_list(context->store, &filter, &letters);
	if (status == STORE_OK && letters->len)
		status = asked_up_to(context, &before);
	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *letter = letters->pdata[i];

		seen = seen || letter->confirmed;
		if (!seen || letter->id <= before ||
		    !is_missing(context, letter))
			continue;
		first = first ? first : letter;
		last = letter;
		count++;
	}
	return last ? ask(context, first, last, count) : status;
}
