/*
 * answer_server.c - what servers answer: mail that came back, automatic
 * answers; and copies of our own letters. Nothing of it is ever answered.
 */
#include <string.h>

#include "answer.h"
#include "outbox.h"
#include "phrases.h"
#include "secret.h"

#define AWAY_DAYS 3		/* when no day is named */
#define AWAY_MOST 30
#define AWAY_FRESH 7		/* days in which a letter explains it */

/* ---- mail that came back ---------------------------------------------------------- */

/* By the tag in the address that it was sent to, or the mark in the header of
 * what came back; one that is there and not ours makes it a forgery. Without
 * any it counts where no tags are configured: our Message-ID is known only to
 * who had the letter. *sure: the tag says so, whatever the report leaves out. */
static enum store_status
letter_back(struct context *context, const struct event *event,
    struct about *about, bool *sure)
{
	static const struct {
		enum event_field field;
		enum tag_use use;
	} rows[] = {{EVENT_MARK, TAG_MARK}, {EVENT_TAG, TAG_BOUNCE}};
	bool tagged = strcmp(context->config->tag_delimiter, "none") != 0;
	enum store_status status = about_letter(context->store,
	    event_get(event, EVENT_ORIGINAL_MESSAGE_ID), about);

	*sure = false;
	for (size_t i = 0; (status == STORE_OK || status == STORE_NONE) &&
	    i < G_N_ELEMENTS(rows); i++) {
		struct letter *made = NULL;
		const char *tag = event_get(event, rows[i].field);

		if (!tag)
			continue;
		status = letter_of_tag(context, rows[i].use, tag, &made);
		if (status == STORE_OK && about->letter &&
		    made->id != about->letter->id)
			status = STORE_NONE;
		if (status == STORE_OK && !about->letter) {
			about_release(about);
			status = about_letter(context->store,
			    made->message_id, about);
		}
		letter_free(made);
		if (status != STORE_OK)
			return status;
		*sure = *sure || rows[i].use == TAG_BOUNCE;
		tagged = false;
	}
	return status == STORE_OK && tagged ? STORE_NONE : status;
}

static guint
count_addresses(const char *list)
{
	g_auto(GStrv) parts = g_strsplit(list ? list : "", ",", -1);
	guint count = 0;

	for (char **part = parts; *part; part++)
		count += *g_strstrip(*part) != '\0';
	return count;
}

/* What a report means: the letter did not arrive; or one of several did not;
 * or nobody can tell which. */
enum came { CAME_NOT_OURS, CAME_WHOLE, CAME_PART };

static enum came
what_came(const struct about *about, const char *recipient, bool sure)
{
	g_autofree char *whom = letter_addresses(about->letter,
	    about->customer);
	const struct customer to = {.copy = whom};
	const struct customer copy = {.copy = about->customer->copy};
	bool single = count_addresses(whom) == 1;

	if (recipient && address_is_theirs(&to, recipient))
		return single ? CAME_WHOLE : CAME_PART;
	if (recipient && address_is_theirs(&copy, recipient))
		return CAME_PART;
	/* It names none, or where their server sends it on to. */
	if (!sure)
		return CAME_NOT_OURS;
	return single && count_addresses(copy.copy) == 0 ? CAME_WHOLE :
	    CAME_PART;
}

static enum store_status
ask_address(struct context *context, struct about *about, const char *code,
    char *text, struct plan *plan)
{
	about->standing = STANDING_STRANGER;	/* one question is enough */
	return answer_ask(context, about, code, text, plan);
}

/* The letter reached somebody, so it stands; the bad address is told. */
static enum store_status
part_back(struct context *context, struct about *about,
    const char *recipient, const char *code, struct plan *plan)
{
	g_autofree char *text = g_strdup_printf("A copy of the %s to %s came "
	    "back from %s (%s).", letter_words(about->letter->kind),
	    about->customer->name, recipient ? recipient : "one of its "
	    "addresses", code);
	struct action *note = plan_add(plan, ACTION_NOTE, "bounce:part", "%s",
	    text);

	note->letter = about->letter->id;
	note->customer = about->customer->id;
	return ask_address(context, about, "undelivered:part",
	    g_strdup_printf("%s The others of %s have it. Please look at the "
	    "addresses: 'mailfilter customer show %s'.", text,
	    about->letter->to, about->customer->key), plan);
}

/* RFC 3463: 5.x.x is for good, 4.x.x is not. Only a report about a letter of
 * ours to an address it went to counts. The owner is asked once for a
 * customer, however many letters come back. */
enum store_status
answer_bounce(struct context *context, const struct event *event,
    struct plan *plan)
{
	const char *code = event_get(event, EVENT_STATUS);
	const char *recipient = event_get(event, EVENT_RECIPIENT);
	struct about about;
	struct action *mark;
	bool sure;
	enum came came = CAME_NOT_OURS;
	enum store_status status = letter_back(context, event, &about, &sure);

	if (status == STORE_OK && code && code[0] == '5')
		came = what_came(&about, recipient, sure);
	if (came == CAME_PART)
		status = part_back(context, &about, recipient, code, plan);
	if (came != CAME_WHOLE)
		goto out;
	mark = plan_add(plan, ACTION_MARK_UNDELIVERED, "bounce",
	    "Mail to %s came back (%s).", about.customer->name, code);
	mark->customer = about.customer->id;
	mark->letter = about.letter->id;
	if (about.customer->undelivered)
		goto out;
	status = ask_address(context, &about, "undelivered", g_strdup_printf(
	    "Mail to %s <%s> came back for good (%s). Please find the right "
	    "address: 'mailfilter customer edit %s --email ADDRESS'.",
	    about.customer->name, about.letter->to, code,
	    about.customer->key), plan);
out:
	about_release(&about);
	return status == STORE_NONE ? STORE_OK : status;
}

/* ---- automatic answers --------------------------------------------------------------- */

/* The newest letter to them, when it is fresh: an automatic answer that names
 * no mail answers that. */
static enum store_status
was_written_to(struct context *context, const struct about *about, bool *was)
{
	const struct letter_filter filter = {.customer = about->customer->id,
	    .states = 1u << LETTER_SENT,
	    .since = context->now - AWAY_FRESH * DAY_SECONDS, .limit = 1};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &letters);

	*was = status == STORE_OK && letters->len > 0;
	return status;
}

static int64_t
back_again(const struct context *context, const struct event *event)
{
	const char *day = event_get(event, EVENT_UNTIL);
	int32_t today = day_number(context->today), until = today + AWAY_DAYS;

	if (day && day_number(day) != G_MININT32 && day_number(day) >= today)
		until = MIN(day_number(day), today + AWAY_MOST);
	return answer_until(context, until, 1);
}

enum store_status
answer_away(struct context *context, const struct event *event,
    const struct about *about, struct plan *plan)
{
	const struct said said = {.kind = HOLD_OUT_OF_OFFICE,
	    .why = "is out of the office", .origin = "auto-reply",
	    .day = event_get(event, EVENT_UNTIL),
	    .until = back_again(context, event)};
	bool ours = about->letter != NULL;
	enum store_status status = STORE_OK;

	if (about->standing < STANDING_THREAD)
		return STORE_OK;
	if (!ours)
		status = was_written_to(context, about, &ours);
	if (status == STORE_OK && ours)
		status = answer_hold(context, about, &said, plan);
	return status;
}

/* ---- our own copies ---------------------------------------------------------------------- */

static void
plan_sent(const struct letter *letter, struct plan *plan)
{
	bool known = letter->state == LETTER_SENT;
	struct action *action = plan_add(plan,
	    letter->state == LETTER_SENDING ? ACTION_NOTE : ACTION_SENT,
	    known ? "confirmed:own-copy" : "sent:own-copy",
	    "Our copy of the letter to %s has come: it was %s.",
	    letter->to ? letter->to : "nobody", known ? "delivered" : "sent");

	action->letter = letter->id;
	action->customer = letter->customer;
}

/* The mark is ours and the letter's own: it has left. A second copy says
 * nothing new. */
enum store_status
answer_own_copy(struct context *context, const struct event *event,
    struct plan *plan)
{
	struct letter *letter = NULL;
	enum store_status status = letter_of_tag(context, TAG_MARK,
	    event_get(event, EVENT_MARK), &letter);

	if (status == STORE_OK && g_strcmp0(letter->message_id,
	    event_get(event, EVENT_MESSAGE_ID)) == 0 &&
	    (letter->state == LETTER_UNKNOWN ||
	    letter->state == LETTER_SENDING ||
	    (letter->state == LETTER_SENT && letter->confirmed == 0)))
		plan_sent(letter, plan);
	letter_free(letter);
	return status == STORE_NONE ? STORE_OK : status;
}
