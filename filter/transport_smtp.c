/*
 * transport_smtp.c - asks mailfilter-send, which alone has the connection and
 * the password, and reads a line for each letter. One helper serves a run, so
 * that all its letters go through one connection. The protocol is in
 * send/send.h.
 */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "outbox.h"
#include "spawn.h"

/* More than the helper's own limit; it ends by itself. */
#define GRACE_MS 5000
#define FAREWELL_MS 3000
#define ANSWER_MAX 65536

/* The helper of this run; pid 0: none. */
static struct spawn_child helper;

static int
count_primary(struct context *context, const struct letter *letter)
{
	struct customer *customer = NULL;
	g_autofree char *whom = NULL;
	g_auto(GStrv) parts = NULL;
	int count = 0;

	if (letter->customer)
		store_customer_get(context->store, letter->customer,
		    &customer);
	whom = letter_addresses(letter, customer);
	customer_free(customer);
	parts = g_strsplit(whom, ",", -1);
	for (char **part = parts; *part; part++)
		count += *g_strstrip(*part) != '\0';
	return count;
}

/* The helper's first line; NULL without a server. */
static char *
request(struct context *context, const struct letter *letter, char **to,
    gsize size)
{
	const struct config *config = context->config;
	g_autofree char *id = g_strdup_printf("L%" PRId64, letter->id);
	g_autofree char *bounce = letter_bounce(context, letter);
	json_t *recipients, *object;
	char *dump, *line;

	if (config->smtp_host == NULL)
		return NULL;
	recipients = json_array();
	for (; *to; to++)
		json_array_append_new(recipients, json_string(*to));
	object = json_pack("{s:s, s:i, s:s, s:i, s:s, s:o, s:i, s:s, s:I, s:s}",
	    "host", config->smtp_host, "port", config->smtp_port,
	    "tls", config->smtp_tls, "timeout", config->send_timeout,
	    "from", bounce, "to", recipients, "need", count_primary(context, letter),
	    "envelope_id", id, "size", (json_int_t)size,
	    "auth", config->smtp_auth);
	if (config->smtp_ca_file)
		json_object_set_new(object, "ca_file",
		    json_string(config->smtp_ca_file));
	if (config->smtp_user)
		json_object_set_new(object, "user",
		    json_string(config->smtp_user));
	if (smtp_secret_command(config))
		json_object_set_new(object, "password_command",
		    json_string(smtp_secret_command(config)));
	dump = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	line = g_strconcat(dump, "\n", NULL);
	free(dump);
	return line;
}

static enum send_outcome
outcome_parse(const char *name)
{
	static const enum send_outcome outcomes[] = {SEND_OK, SEND_LATER,
	    SEND_REFUSED, SEND_DOWN};

	for (size_t i = 0; i < G_N_ELEMENTS(outcomes); i++)
		if (g_strcmp0(name, send_outcome_name(outcomes[i])) == 0)
			return outcomes[i];
	return SEND_UNKNOWN;
}

/* RFC 3463, X.7.X, before the letter itself was seen: policy, relaying,
 * authentication. The server does not want us; it says nothing about the
 * customer's address. */
static bool
is_policy(const json_t *line)
{
	const char *stage = json_string_value(json_object_get(line, "stage"));
	const char *text = json_string_value(json_object_get(line, "text"));

	return g_strcmp0(stage, "rcpt") == 0 && text &&
	    g_str_has_prefix(text, "5.7.");
}

/* "a@b.example: 550 …; …": copies that were refused, or NULL. */
static char *
refused_copies(const json_t *line)
{
	const json_t *list = json_object_get(line, "refused"), *one;
	GString *text = NULL;
	size_t i;

	json_array_foreach(list, i, one) {
		if (!text)
			text = g_string_new(NULL);
		g_string_append_printf(text, "%s%s", text->len ? "; " : "",
		    json_is_string(one) ? json_string_value(one) : "?");
	}
	return text ? g_string_free(text, FALSE) : NULL;
}

/* The helper's line as outcome and sentence. */
static enum send_outcome
understand(json_t *line, char **why)
{
	enum send_outcome outcome = outcome_parse(json_string_value(
	    json_object_get(line, "outcome")));
	int code = (int)json_integer_value(json_object_get(line, "code"));
	g_autofree char *said = code ? g_strdup_printf("the mail server said "
	    "%d ", code) : g_strdup("");

	if (outcome == SEND_REFUSED && is_policy(line))
		outcome = SEND_DOWN;
	*why = outcome == SEND_OK ? refused_copies(line) : g_strdup_printf(
	    "%s%s%s", json_is_true(json_object_get(line, "mailbox"))
	    ? "the address is not known there: " : "", said,
	    json_string_value(json_object_get(line, "text")));
	return outcome;
}

/* ---- talking with the helper ------------------------------------------------ */

/* Has it ended by itself, after an error that concerned the whole way? */
static bool
is_gone(void)
{
	struct pollfd fd = {.fd = helper.out, .events = POLLIN};

	return helper.pid > 0 && poll(&fd, 1, 0) > 0;
}

static void
dismiss(struct spawn_result *result, int patience)
{
	if (helper.pid > 0)
		spawn_close(&helper, patience, result);
	helper.pid = 0;
}

/* Written, all of it? It reads as long as it lives. */
static bool
tell(const char *data, gsize size)
{
	for (ssize_t n; size > 0; data += n, size -= (gsize)n)
		if ((n = write(helper.in, data, size)) < 0 &&
		    (n = errno == EINTR ? 0 : -1) < 0)
			return false;
	return true;
}

/* One line of it, or NULL at its end or the deadline. */
static json_t *
hear(int64_t until)
{
	g_autoptr(GString) text = g_string_new(NULL);
	json_error_t error;
	char buffer[4096];
	ssize_t n;

	while (!strchr(text->str, '\n') && text->len < ANSWER_MAX) {
		struct pollfd fd = {.fd = helper.out, .events = POLLIN};
		int64_t left = (until - g_get_monotonic_time()) / 1000;

		if (left <= 0 || (poll(&fd, 1, (int)left) < 0 &&
		    errno != EINTR))
			return NULL;
		n = fd.revents ? read(helper.out, buffer, sizeof buffer) : -2;
		if (n == 0 || n == -1)
			return NULL;
		if (n > 0)
			g_string_append_len(text, buffer, n);
	}
	json_t *line = json_loads(text->str, 0, &error);
	if (json_is_object(line))
		return line;
	json_decref(line);
	return NULL;
}

/* Without a line it died, perhaps after the server had taken the letter. */
static enum send_outcome
converse(const char *line, GBytes *mime, int64_t until, char **why)
{
	struct spawn_result result;
	enum send_outcome outcome = SEND_UNKNOWN;
	gsize size;
	const char *data = g_bytes_get_data(mime, &size);
	bool told = tell(line, strlen(line)) && tell(data, size);
	json_t *answer = hear(until);

	if (answer) {
		outcome = understand(answer, why);
		json_decref(answer);
	} else {
		dismiss(&result, 200);
		*why = spawn_story("mailfilter-send", &result);
		spawn_release(&result);
		return told ? SEND_UNKNOWN : SEND_LATER;
	}
	return outcome;
}

static void
smtp_finish(struct context *context)
{
	struct spawn_result result;

	(void)context;
	if (helper.pid <= 0)
		return;
	dismiss(&result, FAREWELL_MS);
	spawn_release(&result);
}

static enum send_outcome
smtp_send(struct context *context, const struct letter *letter, GBytes *mime,
    char **path, char **why)
{
	g_auto(GStrv) to = letter_recipients(context, letter);
	g_autofree char *program = place_helper("mailfilter-send");
	g_autofree char *line = request(context, letter, to,
	    g_bytes_get_size(mime));
	const char *argv[] = {program, NULL};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	enum send_outcome outcome;
	int error;

	(void)path;
	if (line == NULL) {
		*why = g_strdup("transport = smtp needs smtp-host in "
		    "mailfilter.conf");
		return SEND_DOWN;
	}
	if (is_gone())
		smtp_finish(context);
	if (helper.pid <= 0 && !spawn_open(argv, &helper, &error)) {
		helper.pid = 0;
		*why = g_strdup_printf("mailfilter-send could not be started: "
		    "%s", g_strerror(error));
		return SEND_DOWN;
	}
	sigaction(SIGPIPE, &ignore, &before);
	outcome = converse(line, mime, g_get_monotonic_time() +
	    ((int64_t)context->config->send_timeout * 1000 + GRACE_MS) * 1000,
	    why);
	sigaction(SIGPIPE, &before, NULL);
	return outcome;
}

const struct transport transport_smtp = {
    .name = "smtp",
    .send = smtp_send,
    .finish = smtp_finish,
};
