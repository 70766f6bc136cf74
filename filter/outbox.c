/*
 * outbox.c - one run of `send`: one sender at a time, first what a dead one
 * left in between, then every letter that waits, within the limits.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "outbox_internal.h"

#define FAILURES_IN_A_ROW 5
#define TOGETHER 50		/* at most, whatever a transport says */
#define PLACEHOLDER "owner@example.com"

/* Held for the whole run and given back by the kernel in any case: whoever
 * has it knows that a letter in `sending` belongs to nobody alive. */
static int
lock(struct context *context, int *fd)
{
	g_autofree char *path = context_path(context, "outbox.lock");

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0) {
		say_error(context, "cannot open %s: %s", path,
		    g_strerror(errno));
		return EX_TEMPFAIL;
	}
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return EX_OK;
	close(*fd);
	*fd = -1;
	say_error(context, "another 'mailfilter send' is at work; nothing was "
	    "sent");
	return EX_TEMPFAIL;
}

/* A letter that a killed sender left behind: the transport that had it may
 * know (a file is there or not), else only the owner can tell. */
static enum store_status
recover_one(struct outbox *outbox, const struct letter *letter)
{
	const struct transport *transport = transport_find(letter->why);
	struct verdict_on_letter verdict = {.kind = VERDICT_GO};
	g_autoptr(GBytes) mime = letter_kept(letter);
	enum send_outcome outcome = SEND_UNKNOWN;
	char *path = NULL;
	enum store_status status;

	status = outbox_judge(outbox->context, letter, &verdict);
	if (transport && transport->landed)
		outcome = transport->landed(outbox->context, letter, mime,
		    &path);
#ifdef BREAK_RESEND		/* tests/long/break-send.long: must be noticed */
	outcome = SEND_LATER;
#endif
	if (status == STORE_OK && outbox->context->dry_run) {
		outbox_line(outbox, letter, send_outcome_name(outcome),
		    verdict.about, "left behind by an interrupted run", path);
	} else if (status == STORE_OK) {
		struct handed one = {.letter = letter,
		    .about = verdict.about, .outcome = outcome, .path = path,
		    .again = outcome == SEND_LATER,
		    .why = outcome == SEND_OK ? NULL : g_strdup("the program "
		    "was interrupted while sending")};

		status = outbox_record(outbox, &one, 1);
	}
	verdict_on_letter_clear(&verdict);
	return status;
}

static enum store_status
recover(struct outbox *outbox)
{
	struct letter_filter filter = {.states = 1u << LETTER_SENDING};
	GPtrArray *letters = NULL;
	enum store_status status;

	status = store_letter_list(outbox->context->store, &filter, &letters);
	for (guint i = 0; status == STORE_OK && i < letters->len; i++)
		status = recover_one(outbox, letters->pdata[i]);
	if (letters)
		g_ptr_array_unref(letters);
	outbox->failures = 0;
	outbox->stop = false;
	return status;
}

/* Not its time yet, or enough for this run? planned: how many are to go
 * before it and did not yet. */
static bool
has_to_wait(struct outbox *outbox, const struct letter *letter, guint planned)
{
	const struct context *context = outbox->context;
	g_autofree char *why = NULL;

	if (letter->mass == MASS_ASKED && letter->customer) {
		why = g_strdup("it is one of many: you are asked first");
	} else if (letter->not_before > context->now) {
		g_autofree char *when = moment_text(letter->not_before);

		why = g_strdup_printf("not before %s", when);
	} else if (outbox->attempts + (int)planned >= outbox->limit &&
	    letter->customer) {
		why = g_strdup(outbox->limit_why);
	} else if (outbox->stop) {
		why = g_strdup("sending has stopped in this run");
	}
	if (why == NULL)
		return false;
	g_autofree char *about = g_strdup_printf("%s to %s",
	    letter_kind_name(letter->kind), letter->to);
	outbox->result->waiting++;
	outbox_line(outbox, letter, "waiting", about, why, NULL);
	return true;
}

/* So many failures in a row are no accident of single letters. */
static enum store_status
break_circuit(struct outbox *outbox)
{
	struct store *store = outbox->context->store;
	enum store_status status;

	if (outbox->stop || outbox->failures < FAILURES_IN_A_ROW)
		return STORE_OK;
	outbox->stop = true;
	outbox->result->down = true;
	status = store_begin(store);
	if (status != STORE_OK)
		return status;
	status = outbox_ask(outbox->context, NULL, "sending-down", g_strdup_printf(
	    "Sending stopped after %d failures in a row; 'mailfilter letter "
	    "list' shows them.", FAILURES_IN_A_ROW));
	if (status == STORE_OK)
		return store_commit(store);
	store_rollback(store);
	return status;
}

static enum store_status
send_some(struct outbox *outbox, const int64_t *ids, guint count)
{
	enum store_status status = count ? outbox_letters(outbox, ids, count)
	    : STORE_OK;

	return status == STORE_OK ? break_circuit(outbox) : status;
}

static enum store_status
send_all(struct outbox *outbox)
{
	struct letter_filter filter = {.waiting_only = true};
	GPtrArray *letters = NULL;
	int64_t ids[TOGETHER];
	guint count = 0, most = (guint)CLAMP(outbox->transport->together, 1,
	    TOGETHER);
	enum store_status status;

	status = store_letter_list(outbox->context->store, &filter, &letters);
	if (status == STORE_OK)
		status = outbox_mass(outbox, letters);
	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *letter = letters->pdata[i];

		if (has_to_wait(outbox, letter, count))
			continue;
		ids[count++] = letter->id;
		if (count < most)
			continue;
		status = send_some(outbox, ids, count);
		count = 0;
	}
	if (status == STORE_OK)
		status = send_some(outbox, ids, count);
	if (letters)
		g_ptr_array_unref(letters);
	return status;
}

/* init writes an address that is nobody's; no customer may see it. */
static int
check_sender(const struct context *context)
{
	const struct config *config = context->config;

	if (strcmp(config->email, PLACEHOLDER) != 0 ||
	    strcmp(config->transport, "dir") == 0 ||
	    strcmp(config->transport, "off") == 0)
		return EX_OK;
	say_error(context, "%s: owner: email is still %s; put your own in "
	    "before anything is sent", config->path, PLACEHOLDER);
	return EX_CONFIG;
}

int
outbox_send(struct context *context, bool release,
    struct send_result *result, GPtrArray *lines)
{
	struct outbox outbox = {.context = context, .result = result,
	    .lines = lines, .release = release};
	g_autofree char *trouble = NULL;
	enum store_status status;
	int fd = -1, code;

	memset(result, 0, sizeof *result);
	code = context_config(context);
	if (code == EX_OK)
		code = check_sender(context);
	if (code == EX_OK)
		code = context_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = lock(context, &fd);
	if (code != EX_OK)
		return code;
	outbox.transport = transport_find(context->config->transport);
	g_assert(outbox.transport);
	status = clock_check(context, &trouble);
	if (trouble)
		say_error(context, "%s", trouble);
	if (status == STORE_OK && !trouble)
		status = recover(&outbox);
	if (status == STORE_OK && !trouble)
		status = outbox_copies(context);
	if (status == STORE_OK && !trouble)
		status = outbox_limits(&outbox);
	if (status == STORE_OK && !trouble)
		status = send_all(&outbox);
	if (status != STORE_OK)
		code = store_failed(context, status);
	else if (result->down || trouble)
		code = EX_TEMPFAIL;
	if (outbox.transport->finish)
		outbox.transport->finish(context);
	g_free(outbox.limit_why);
	close(fd);
	return code;
}
