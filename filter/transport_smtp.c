/*
 * transport_smtp.c - asks mailfilter-send, which alone has the connection and
 * the password, and reads its one line. The protocol is in send/send.h.
 */
#include <inttypes.h>
#include <string.h>

#include "outbox.h"
#include "spawn.h"

/* More than the helper's own limit; it ends by itself. */
#define GRACE_MS 5000

/* The helper's first line; NULL without a server. */
static char *
request(struct context *context, const struct letter *letter, char **to)
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
	object = json_pack("{s:s, s:i, s:s, s:i, s:s, s:o, s:s}",
	    "host", config->smtp_host, "port", config->smtp_port,
	    "tls", config->smtp_tls, "timeout", config->send_timeout,
	    "from", bounce, "to", recipients,
	    "envelope_id", id);
	if (config->smtp_ca_file)
		json_object_set_new(object, "ca_file",
		    json_string(config->smtp_ca_file));
	if (config->smtp_user)
		json_object_set_new(object, "user",
		    json_string(config->smtp_user));
	if (config->smtp_password_command)
		json_object_set_new(object, "password_command",
		    json_string(config->smtp_password_command));
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

/* The helper's line as outcome and sentence. Without one it died, perhaps
 * after the server had taken the letter. */
static enum send_outcome
understand(const struct spawn_result *result, char **why)
{
	json_error_t error;
	gsize size;
	const char *data = g_bytes_get_data(result->out, &size);
	json_t *line = size ? json_loadb(data, size, 0, &error) : NULL;
	enum send_outcome outcome;
	int code;

	if (!json_is_object(line)) {
		json_decref(line);
		*why = spawn_story("mailfilter-send", result);
		return result->end == SPAWN_FAILED ? SEND_DOWN : SEND_UNKNOWN;
	}
	outcome = outcome_parse(json_string_value(
	    json_object_get(line, "outcome")));
	if (outcome == SEND_REFUSED && is_policy(line))
		outcome = SEND_DOWN;
	code = (int)json_integer_value(json_object_get(line, "code"));
	if (outcome != SEND_OK) {
		g_autofree char *said = code
		    ? g_strdup_printf("the mail server said %d ", code)
		    : g_strdup("");

		*why = g_strdup_printf("%s%s%s",
		    json_is_true(json_object_get(line, "mailbox"))
		    ? "the address is not known there: " : "", said,
		    json_string_value(json_object_get(line, "text")));
	}
	json_decref(line);
	return outcome;
}

static enum send_outcome
smtp_send(struct context *context, const struct letter *letter, GBytes *mime,
    char **path, char **why)
{
	g_auto(GStrv) to = letter_recipients(context, letter);
	g_autofree char *helper = place_helper("mailfilter-send");
	g_autofree char *line = request(context, letter, to);
	const char *argv[] = {helper, NULL};
	g_autoptr(GBytes) head = NULL;
	struct spawn_result result;
	enum send_outcome outcome;

	(void)path;
	if (line == NULL) {
		*why = g_strdup("transport = smtp needs smtp-host in "
		    "mailfilter.conf");
		return SEND_DOWN;
	}
	head = g_bytes_new(line, strlen(line));
	const GBytes *const input[] = {head, mime, NULL};
	struct spawn spawn = {.argv = argv, .input = input,
	    .deadline_ms = context->config->send_timeout * 1000 + GRACE_MS};

	spawn_run(&spawn, &result);
	outcome = understand(&result, why);
	spawn_release(&result);
	return outcome;
}

const struct transport transport_smtp = {
    .name = "smtp",
    .send = smtp_send,
};
