/*
 * outbox_mass.c - the limits of a run, and the circuit breaker: when far more
 * letters than usual would leave at once, it may be a wrong import or a wrong
 * clock. They wait, the owner is asked once, and only his word lets them go.
 * What a customer asked for himself and what was tried before is not counted.
 */
#include <inttypes.h>
#include <string.h>

#include "digest.h"
#include "lookup.h"
#include "outbox_internal.h"
#include "phrases.h"

#define USUAL_DAYS 30		/* looked at */
#define USUAL_TIMES 5		/* the busiest of those days */
#define LEAST 50		/* letters that are never a mass */
#define RUN_LIMIT 200

/* ---- limits ------------------------------------------------------------------- */

static enum store_status
apply_limit(struct outbox *outbox, int limit, int64_t seconds,
    const char *option, const char *time)
{
	int64_t sent = 0, left;
	enum store_status status = STORE_OK;

	if (limit == 0)
		return STORE_OK;
	if (seconds)
		status = store_letter_sent_since(outbox->context->store,
		    outbox->context->now - seconds, &sent);
	left = MAX(limit - sent, 0);
	if (status != STORE_OK || (outbox->limit_why && left >= outbox->limit))
		return status;
	outbox->limit = (int)left;
	g_free(outbox->limit_why);
	outbox->limit_why = g_strdup_printf("%s = %d letters in one %s",
	    option, limit, time);
	return STORE_OK;
}

enum store_status
outbox_limits(struct outbox *outbox)
{
	const struct config *config = outbox->context->config;
	enum store_status status = apply_limit(outbox, config->rate_limit
	    ? config->rate_limit : RUN_LIMIT, 0, "rate-limit", "run");

	if (status == STORE_OK)
		status = apply_limit(outbox, config->hour_limit, 3600,
		    "hour-limit", "hour");
	if (status == STORE_OK)
		status = apply_limit(outbox, config->day_limit, DAY_SECONDS,
		    "day-limit", "day");
	return status;
}

/* ---- what is a mass ------------------------------------------------------------- */

/* More than that at once is one. */
static enum store_status
usual(struct context *context, int64_t *most)
{
	const struct config *config = context->config;
	enum store_status status;

	if (config->ask_above) {
		*most = config->ask_above;
		return STORE_OK;
	}
	status = store_letter_busiest(context->store, context->now -
	    USUAL_DAYS * (int64_t)DAY_SECONDS, most);
	*most = MAX(*most * USUAL_TIMES, MAX(LEAST, config->rate_limit));
	return status;
}

static bool
counts(const struct context *context, const struct letter *letter)
{
	return letter->customer && letter->mass == MASS_NONE &&
	    !letter->answers && letter->tries == 0 &&
	    letter->not_before <= context->now;
}

/* Those of the list that could go now, as the guard sees them. */
static enum store_status
gather(struct outbox *outbox, const GPtrArray *letters, GPtrArray *going)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		struct verdict_on_letter verdict = {.kind = VERDICT_GO};

		if (!counts(outbox->context, letters->pdata[i]))
			continue;
		status = outbox_judge(outbox->context, letters->pdata[i],
		    &verdict);
		if (status == STORE_OK && verdict.kind == VERDICT_GO)
			g_ptr_array_add(going, letters->pdata[i]);
		verdict_on_letter_clear(&verdict);
	}
	return status;
}

static guint
count_if(const struct context *context, const GPtrArray *letters,
    enum letter_mass mass)
{
	guint count = 0;

	for (guint i = 0; i < letters->len; i++) {
		const struct letter *letter = letters->pdata[i];

		count += mass == MASS_NONE ? counts(context, letter)
		    : letter->mass == mass;
	}
	return count;
}

/* ---- asking ------------------------------------------------------------------------ */

static enum store_status
mark(struct context *context, GPtrArray *letters, enum letter_mass mass)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		struct letter *letter = letters->pdata[i];
		struct journal_entry entry = {.at = context->now,
		    .subject = SUBJECT_LETTER, .row = letter->id,
		    .code = (char *)(mass == MASS_ASKED ? "mass:asked"
		    : "mass:released"),
		    .text = (char *)(mass == MASS_ASKED ? "It is one of many "
		    "letters that would leave at once: the owner is asked first."
		    : "The owner let it go.")};

		status = store_letter_set_mass(context->store, letter->id,
		    mass);
		if (status == STORE_OK)
			status = store_journal_add(context->store, &entry);
		letter->mass = mass;
	}
	return status;
}

/* "412 reminders, 88 invoices": of those that are asked about. */
static char *
kinds_text(const GPtrArray *letters)
{
	int counted[LETTER_CREDIT_NOTE + 1] = {0};
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < letters->len; i++) {
		const struct letter *letter = letters->pdata[i];

		if (letter->mass == MASS_ASKED)
			counted[letter->kind]++;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(counted); i++)
		if (counted[i])
			g_string_append_printf(text, "%s%d × %s",
			    text->len ? ", " : "", counted[i],
			    letter_words((enum letter_kind)i));
	return g_string_free(text, FALSE);
}

/* The owner's mail goes at once, not with the next digest; when that of today
 * has left already the question has to wait for the next one. */
static enum store_status
tell_owner(struct context *context)
{
	struct digest *last = NULL;
	char day[DAY_SIZE];
	int minute;
	int64_t since = context->now - DAY_SECONDS;
	enum store_status status = store_digest_last(context->store, &last);
	bool taken;

	calendar_local(context->now, context->config->timezone, day, &minute);
	taken = status == STORE_OK && g_strcmp0(last->day, day) >= 0;
	if (status == STORE_OK)
		since = last->until;
	digest_free(last);
	if (status != STORE_OK && status != STORE_NONE)
		return status;
	return taken ? STORE_OK : digest_queue(context, since, day);
}

static enum store_status
ask(struct outbox *outbox, GPtrArray *letters, GPtrArray *going, int64_t most)
{
	struct context *context = outbox->context;
	g_autofree char *kinds = NULL;
	enum store_status status = mark(context, going, MASS_ASKED);

	kinds = kinds_text(letters);
	if (status == STORE_OK)
		status = outbox_answer(context, "mass", 0);
	if (status == STORE_OK)
		status = outbox_ask(context, NULL, "mass", g_strdup_printf(
		    "%u letters would leave at once (%s); more than %" PRId64
		    " are not usual here, so none of them has left. Let them "
		    "go: \"ok\" and this number, or 'mailfilter send --yes'. "
		    "Take them back: \"no\" and this number, or 'mailfilter "
		    "letter recall --mass'. Look at them: 'mailfilter letter "
		    "list --waiting'.", count_if(context, letters, MASS_ASKED),
		    kinds, most));
	return status == STORE_OK ? tell_owner(context) : status;
}

/* What was queued meanwhile for the owner goes in this run. */
static enum store_status
add_digest(struct context *context, GPtrArray *letters)
{
	const struct letter_filter filter = {.waiting_only = true,
	    .kinds = 1u << LETTER_DIGEST};
	g_autoptr(GPtrArray) digests = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &digests);
	const struct letter *last = letters->pdata[letters->len - 1];

	for (guint i = 0; status == STORE_OK && i < digests->len; )
		if (((struct letter *)digests->pdata[i])->id > last->id)
			g_ptr_array_add(letters,
			    g_ptr_array_steal_index(digests, i));
		else
			i++;
	return status;
}

/* Those that could go are found without a lock; then one transaction, of which
 * nothing stays in a dry run. */
static enum store_status
hold_mass(struct outbox *outbox, GPtrArray *letters, int64_t most)
{
	struct context *context = outbox->context;
	g_autoptr(GPtrArray) going = g_ptr_array_new();
	enum store_status status = gather(outbox, letters, going);

	if (status != STORE_OK || going->len <= most)
		return status;
	status = store_begin(context->store);
	if (status != STORE_OK)
		return status;
	status = outbox->release ? mark(context, going, MASS_RELEASED)
	    : ask(outbox, letters, going, most);
	if (status != STORE_OK || context->dry_run) {
		store_rollback(context->store);
		return status;
	}
	status = store_commit(context->store);
	return status == STORE_OK ? add_digest(context, letters) : status;
}

/* ---- the owner's word ------------------------------------------------------------------ */

static enum store_status
asked_about(struct context *context, GPtrArray **out)
{
	const struct letter_filter filter = {.waiting_only = true};
	enum store_status status = store_letter_list(context->store, &filter,
	    out);

	for (guint i = 0; status == STORE_OK && i < (*out)->len; )
		if (((struct letter *)(*out)->pdata[i])->mass == MASS_ASKED)
			i++;
		else
			g_ptr_array_remove_index(*out, i);
	return status;
}

enum store_status
outbox_mass_release(struct context *context, int64_t *count)
{
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = asked_about(context, &letters);

	if (status == STORE_OK)
		status = mark(context, letters, MASS_RELEASED);
	*count = status == STORE_OK ? letters->len : 0;
	return status == STORE_OK ? outbox_answer(context, "mass", 0) : status;
}

enum store_status
outbox_mass_recall(struct context *context, int64_t *count)
{
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = asked_about(context, &letters);

	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *letter = letters->pdata[i];

		status = store_letter_move(context->store, letter->id,
		    LETTER_RECALLED, "recalled by the owner", context->now);
		if (status == STORE_OK)
			status = owner_note(context, SUBJECT_LETTER,
			    letter->id, "recalled:owner", "The %s to %s: "
			    "recalled by the owner.",
			    letter_words(letter->kind), letter->to);
	}
	*count = status == STORE_OK ? letters->len : 0;
	return status == STORE_OK ? outbox_answer(context, "mass", 0) : status;
}

/* Also when none of them waits any more: the question is over. */
static enum store_status
release(struct outbox *outbox, GPtrArray *letters)
{
	struct context *context = outbox->context;
	enum store_status status = store_begin(context->store);
	int64_t count;

	if (status != STORE_OK)
		return status;
	status = outbox_mass_release(context, &count);
	if (status == STORE_OK && !context->dry_run)
		status = store_commit(context->store);
	else
		store_rollback(context->store);
	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		struct letter *letter = letters->pdata[i];

		if (letter->mass == MASS_ASKED)
			letter->mass = MASS_RELEASED;
	}
	return status;
}

enum store_status
outbox_mass(struct outbox *outbox, GPtrArray *letters)
{
	struct context *context = outbox->context;
	int64_t most = 0, open = 0;
	enum store_status status = usual(context, &most);

	if (status == STORE_OK)
		status = store_question_count(context->store, "mass", &open);
	if (status == STORE_OK && open && (outbox->release ||
	    count_if(context, letters, MASS_ASKED) == 0))
		status = release(outbox, letters);
	if (status == STORE_OK &&
	    count_if(context, letters, MASS_NONE) > most)
		status = hold_mass(outbox, letters, most);
	return status;
}
