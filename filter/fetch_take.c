/*
 * fetch_take.c - one message of a mailbox: through the same door as a
 * delivered one, and only then is it recorded as read.
 *
 * A message that breaks the parser, that the server does not give, or on
 * which the connection breaks, is passed by and asked for again with each
 * later fetch, behind all that is new; the owner is told when it is given up.
 */
#include "fetch.h"
#include "intake.h"
#include "plan.h"
#include "print.h"

#include <stdio.h>
#include <string.h>

#define LOST_TRIES 3	/* connections that broke on it, then the rest goes on */
#define TRIES 10	/* then it is given up */
#define PARSER_SECONDS 300

static struct fetch_folder *
current(struct fetch *fetch)
{
	return fetch->folders->pdata[fetch->folder];
}

/* The parser trusts the mailbox's own server; its clock goes on. */
static struct parser *
parser_for(struct fetch *fetch)
{
	struct fetch_desk *desk = fetch->desk;

	if (desk->parser && desk->parser_of == fetch->mailbox &&
	    desk->context->now - desk->parser_now < PARSER_SECONDS)
		return desk->parser;
	parser_free(desk->parser);
	desk->parser = context_parser_of(desk->context, fetch->mailbox);
	if (desk->parser && !context_banks_known(desk->context, desk->parser))
		g_clear_pointer(&desk->parser, parser_free);
	desk->parser_of = fetch->mailbox;
	desk->parser_now = desk->context->now;
	return desk->parser;
}

/* ---- what is recorded ------------------------------------------------------ */

static bool
recorded(struct fetch *fetch, enum store_status status)
{
	fetch->uid = 0;
	if (status == STORE_OK || status == STORE_NONE ||
	    status == STORE_KNOWN)
		return true;
	return fetch_stop(fetch, store_failed(fetch->desk->context, status),
	    "store", NULL);
}

bool
fetch_message_done(struct fetch *fetch)
{
	const struct context *context = fetch->desk->context;

	if (fetch->maker)
		mail_maker_end(g_steal_pointer(&fetch->maker), NULL);
	if (context->dry_run || !fetch->uid)
		return recorded(fetch, STORE_OK);
	return recorded(fetch, store_mailbox_taken(context->store,
	    fetch->mailbox->name, current(fetch)->name, fetch->uid,
	    context->now));
}

static void G_GNUC_PRINTF(2, 3)
ask_owner(struct fetch *fetch, const char *format, ...)
{
	struct question question = {.code = (char *)(uintptr_t)"fetch",
	    .at = fetch->desk->context->now};
	va_list arguments;

	va_start(arguments, format);
	question.text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	say_error(fetch->desk->context, "%s", question.text);
	if (!fetch->desk->context->dry_run)
		store_question_add(fetch->desk->context->store, &question);
	g_free(question.text);
}

bool
fetch_message_large(struct fetch *fetch, int64_t size)
{
	struct fetch_folder *folder = current(fetch);

	g_array_append_val(folder->large, fetch->uid);
	ask_owner(fetch, "Message %" G_GINT64_FORMAT " of mailbox %s, folder "
	    "%s, has %" G_GINT64_FORMAT " MB, more than max-size, and was not "
	    "read. If it matters, save it and say 'mailfilter import FILE'.",
	    fetch->uid, fetch->mailbox->name, folder->name,
	    (size + (1 << 20) - 1) >> 20);
	return fetch_message_done(fetch);
}

/* One more try failed. From `patience` failures on the others go on. */
static bool
try_later(struct fetch *fetch, int patience, const char *text)
{
	const struct context *context = fetch->desk->context;
	struct fetch_folder *folder = current(fetch);
	enum store_status status;
	int tries = 0;

	if (fetch->maker)
		mail_maker_end(g_steal_pointer(&fetch->maker), NULL);
	g_array_append_val(folder->failed, fetch->uid);
	if (context->dry_run)
		return recorded(fetch, STORE_OK);
	status = store_mailbox_failed(context->store, fetch->mailbox->name,
	    folder->name, fetch->uid, context->now, &tries);
	if (status == STORE_OK && tries >= TRIES) {
		ask_owner(fetch, "Message %" G_GINT64_FORMAT " of mailbox %s, "
		    "folder %s, could not be read in %d tries and was given "
		    "up: %s. Look at it with your mail program.", fetch->uid,
		    fetch->mailbox->name, folder->name, tries, text);
		return fetch_message_done(fetch);
	}
	if (status == STORE_OK && tries >= patience)
		status = store_mailbox_pass(context->store,
		    fetch->mailbox->name, folder->name, fetch->uid,
		    context->now);
	return recorded(fetch, status);
}

bool
fetch_message_failed(struct fetch *fetch, const char *text)
{
	say_error(fetch->desk->context, "mailbox %s, folder %s, message %"
	    G_GINT64_FORMAT ": %s; it is asked for again next time",
	    fetch->mailbox->name, current(fetch)->name, fetch->uid, text);
	return try_later(fetch, 1, text);
}

void
fetch_message_lost(struct fetch *fetch)
{
	if (fetch->uid && fetch->code == EX_TEMPFAIL)
		try_later(fetch, LOST_TRIES, "the connection broke on it");
	if (fetch->maker)
		mail_maker_end(g_steal_pointer(&fetch->maker), NULL);
	fetch->uid = 0;
}

/* ---- through the door --------------------------------------------------------- */

static void
show(const struct fetch *fetch, const struct fetch_folder *folder,
    const struct verdict *verdict)
{
	const struct context *context = fetch->desk->context;

	if ((!context->dry_run && !context->verbose) || context->json ||
	    context->quiet)
		return;
	printf("%s/%s %" G_GINT64_FORMAT ": %s\n", fetch->mailbox->name,
	    folder->name, fetch->uid, verdict->summary);
	for (guint i = 0; i < verdict->plans->len; i++) {
		g_autofree char *text = plan_words(verdict->plans->pdata[i]);

		fputs(text, stdout);
	}
}

static void
count(struct fetch *fetch, const struct verdict *verdict)
{
	struct fetch_folder *folder = current(fetch);

	folder->messages++;
	if (verdict->known)
		folder->known++;
	else
		folder->kinds[tally_kind(verdict->summary)]++;
	folder->effective += !verdict->known && verdict->plans->len > 0;
	show(fetch, folder, verdict);
}

static bool
take(struct fetch *fetch, const struct mail *mail, struct parser *parser)
{
	struct verdict verdict;
	const char *why = NULL;
	int code = intake_message(fetch->desk->context, parser, mail, false,
	    &verdict, &why);
	bool good = true;

	if (code == EX_OK) {
		count(fetch, &verdict);
		if (fetch->desk->context->dry_run ||
		    fetch->mailbox->after == AFTER_KEEP)
			good = fetch_message_done(fetch);
	} else if (verdict.tried) {
		good = fetch_message_failed(fetch, why);
	} else {
		say_error(fetch->desk->context, "%s", why);
		fetch->uid = 0;
		good = fetch_stop(fetch, code, "store", why);
	}
	verdict_release(&verdict);
	return good;
}

bool
fetch_message_end(struct fetch *fetch)
{
	struct parser *parser = parser_for(fetch);
	struct mail mail;
	bool good;

	if (!mail_maker_end(g_steal_pointer(&fetch->maker), &mail)) {
		fetch->uid = 0;
		return fetch_stop(fetch, EX_TEMPFAIL, "home",
		    "the message cannot be kept while it is read");
	}
	if (!parser) {
		mail_release(&mail);
		fetch->uid = 0;
		return fetch_stop(fetch, EX_CONFIG, "banks",
		    "the banks' files cannot be read: run "
		    "'mailfilter check'");
	}
	good = take(fetch, &mail, parser);
	mail_release(&mail);
	return good;
}
