/*
 * gate_judge.c - judges one message in a process of its own. What is not
 * judged in time, or breaks the judge, passes; only what was about to be kept
 * when the judge died is tried again: nobody can tell whether it was.
 */
#include "gate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT_MS 3000		/* for the store */
#define SECONDS 8		/* when no configuration says */

/* What the judge says through the pipe, a letter each. */
enum said { SAID_PASS = 'p', SAID_KEEPING = 'c', SAID_KEPT = 'k',
    SAID_FAILED = 'f' };

struct judge {
	struct context *context;
	const struct mail *mail;
	const struct envelope *envelope;
	GPtrArray *events;
	int out;		/* to the parent; -1: a dry run */
	GString *text;		/* of a dry run */
};

static void
say_to_parent(const struct judge *judge, enum said said)
{
	char letter = (char)said;

	if (judge->out >= 0 && write(judge->out, &letter, 1) != 1)
		_exit(1);
}

/* ---- is it about something? ------------------------------------------------ */

/* Kept before, or given back by our own word: that stands. */
static bool
is_known(const struct judge *judge, enum said *said)
{
	g_autofree char *name = gate_key(judge->mail, judge->envelope, false);
	struct gated *gated = NULL;

	if (store_gated_find(judge->context->store, name, &gated) != STORE_OK)
		return false;
	*said = gated->state == GATED_HELD || gated->state == GATED_DROPPED ?
	    SAID_KEPT : SAID_PASS;
	gated_free(gated);
	return true;
}

/* A letter of ours has passed the guard already. */
static bool
is_ours(const struct judge *judge, const struct event *event)
{
	const char *id = event_get(event, EVENT_MESSAGE_ID);
	struct letter *letter = NULL;
	bool ours = id && store_letter_find_message(judge->context->store, id,
	    &letter) == STORE_OK;

	letter_free(letter);
	return ours;
}

static char *
all_text(const struct event *event)
{
	const char *subject = event_get(event, EVENT_SUBJECT);
	const char *text = event_get(event, EVENT_TEXT);

	return g_strdup_printf("%s\n%s", subject ? subject : "",
	    text ? text : "");
}

/* ---- a reminder ---------------------------------------------------------------- */

/* Once more under the store's lock: it is judged by what holds then. */
static enum store_status
keep(struct judge *judge, const struct event *event,
    const struct gate_named *named, enum said *said)
{
	struct context *context = judge->context;
	struct gate_finding finding = {0};
	enum store_status status = store_begin(context->store);

	if (status == STORE_OK)
		status = gate_look(context, named, &finding);
	*said = finding.verdict == GATED_PASS ? SAID_PASS : SAID_KEPT;
	if (status == STORE_OK && *said == SAID_KEPT)
		status = gate_keep(context, judge->mail, judge->envelope,
		    event, named, &finding);
	if (status == STORE_OK && *said == SAID_KEPT)
		status = store_commit(context->store);
	else
		store_rollback(context->store);
	gate_finding_release(&finding);
	return status == STORE_KNOWN ? STORE_OK : status;
}

static void
describe(struct judge *judge, const struct gate_finding *finding)
{
	static const char *const words[] = {[GATED_PASS] = "pass",
	    [GATED_KEEP] = "hold", [GATED_DROP] = "drop"};

	g_string_append_printf(judge->text, "%s: reminder about %s%s%s\n",
	    words[finding->verdict], finding->numbers,
	    finding->why ? ": " : "", finding->why ? finding->why : "");
}

static enum said
judge_named(struct judge *judge, const struct event *event,
    const struct gate_named *named)
{
	struct gate_finding finding = {0};
	enum said said = SAID_PASS;
	bool pass;

	if (gate_look(judge->context, named, &finding) != STORE_OK) {
		gate_finding_release(&finding);
		return SAID_PASS;
	}
	if (judge->text)
		describe(judge, &finding);
	pass = judge->text || finding.verdict == GATED_PASS;
	gate_finding_release(&finding);
	if (pass)
		return SAID_PASS;
	say_to_parent(judge, SAID_KEEPING);
	if (context_store(judge->context, STORE_WRITE) != EX_OK ||
	    keep(judge, event, named, &said) != STORE_OK)
		return SAID_FAILED;
	return said;
}

static enum said
judge_reminder(struct judge *judge, const struct event *event)
{
	g_autofree char *text = all_text(event);
	struct gate_named named = {0};
	enum said said = SAID_PASS;

	if (is_ours(judge, event))
		return SAID_PASS;
	if (gate_find_named(judge->context, text, judge->envelope->to,
	    &named) == STORE_OK && named.invoices->len > 0)
		said = judge_named(judge, event, &named);
	gate_named_release(&named);
	return said;
}

/* ---- invoices --------------------------------------------------------------------- */

static bool
has_invoice(const GPtrArray *events)
{
	for (guint i = 0; i < events->len; i++)
		if (event_kind(events->pdata[i]) == EVENT_INVOICE)
			return true;
	return false;
}

/* What cannot be learned now is no reason to keep the mail from going. */
static void
learn(struct judge *judge)
{
	struct context *context = judge->context;
	enum store_status status;

	if (!has_invoice(judge->events) ||
	    context_store(context, STORE_WRITE) != EX_OK ||
	    store_begin(context->store) != STORE_OK)
		return;
	status = gate_learn(context, judge->events, judge->envelope->to,
	    judge->text);
	if (status == STORE_OK && !judge->text)
		store_commit(context->store);
	else
		store_rollback(context->store);
}

/* ---- one message ------------------------------------------------------------------ */

static GPtrArray *
read_events(struct judge *judge)
{
	struct parser *parser = context_parser(judge->context, false);
	GPtrArray *events;
	bool retry = false;

	if (!parser)
		return NULL;
	lseek(judge->mail->fd, 0, SEEK_SET);
	events = parser_read_outgoing(parser, judge->mail->fd, &retry);
	parser_free(parser);
	return events;
}

static enum said
judge_message(struct judge *judge)
{
	struct context *context = judge->context;
	const struct event *first;
	enum said said;

	context->wait_ms = WAIT_MS;
	if (context_config(context) != EX_OK ||
	    context_store(context, STORE_READ) != EX_OK)
		return SAID_PASS;
	if (!judge->text && is_known(judge, &said))
		return said;
	judge->events = read_events(judge);
	if (!judge->events || judge->events->len == 0)
		return SAID_PASS;
	first = judge->events->pdata[0];
	said = event_kind(first) == EVENT_REMINDER ?
	    judge_reminder(judge, first) : SAID_PASS;
	learn(judge);
	return said;
}

/* ---- the process -------------------------------------------------------------------- */

static _Noreturn void
be_judge(struct judge *judge, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	/* silent: what a library says would be the mail server's to read */
	if (!freopen("/dev/null", "w", stderr))
		_exit(1);
	setpgid(0, 0);
	say_to_parent(judge, judge_message(judge));
	_exit(0);
}

/* Listens until the judge has spoken, is gone or is late. */
static enum said
listen_to(int from, int seconds)
{
	int64_t until = g_get_monotonic_time() + seconds * G_USEC_PER_SEC;
	enum said last = SAID_PASS;
	char letter;

	for (;;) {
		struct pollfd one = {from, POLLIN, 0};
		int64_t left = (until - g_get_monotonic_time()) / 1000;
		int ready = left > 0 ? poll(&one, 1, (int)left) : 0;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0 || read(from, &letter, 1) != 1)
			return last == SAID_KEEPING ? SAID_FAILED : SAID_PASS;
		last = (enum said)letter;
		if (last != SAID_KEEPING)
			return last;
	}
}

static enum filter_word
answer(enum said said, char **why)
{
	if (said == SAID_KEPT)
		return FILTER_KEPT;
	if (said != SAID_FAILED)
		return FILTER_PASS;
	*why = g_strdup("a reminder that must wait cannot be kept: run "
	    "'mailfilter check'");
	return FILTER_DEFER;
}

static enum filter_word
dry_run(struct judge *judge)
{
	judge->text = g_string_new(NULL);
	judge_message(judge);
	fputs(judge->text->len ? judge->text->str : "pass\n", stdout);
	g_string_free(judge->text, TRUE);
	if (judge->events)
		g_ptr_array_unref(judge->events);
	return FILTER_PASS;
}

enum filter_word
gate_judge(struct context *context, const struct mail *mail,
    const struct envelope *envelope, char **why)
{
	struct judge judge = {.context = context, .mail = mail,
	    .envelope = envelope, .out = -1};
	pid_t parent = getpid(), child;
	int ends[2];
	enum said said;

	*why = NULL;
	if (context->dry_run)
		return dry_run(&judge);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return FILTER_PASS;
	child = fork();
	if (child == 0) {
		close(ends[0]);
		judge.out = ends[1];
		be_judge(&judge, parent);
	}
	close(ends[1]);
	said = child > 0 ? listen_to(ends[0],
	    context->config ? context->config->deadline : SECONDS) : SAID_PASS;
	close(ends[0]);
	if (child > 0) {
		kill(-child, SIGKILL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	return answer(said, why);
}
