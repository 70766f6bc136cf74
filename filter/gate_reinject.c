/*
 * gate_reinject.c - gives a message back to the mail server: a command that
 * is compatible with sendmail, or SMTP to a port that filters nothing.
 */
#include "gate.h"
#include "spawn.h"

#include <string.h>
#include <unistd.h>

static const char by_smtp[] = "smtp:";

/* "smtp:HOST:PORT" in its two parts; the host may be "[::1]". */
static bool
split_place(const char *how, char **host, char **port)
{
	const char *place = how + strlen(by_smtp);
	const char *colon = strrchr(place, ':');
	size_t length;
	char *end;
	guint64 number;

	if (!g_str_has_prefix(how, by_smtp) || !colon || colon == place)
		return false;
	number = g_ascii_strtoull(colon + 1, &end, 10);
	if (*end || number < 1 || number > 65535)
		return false;
	length = (size_t)(colon - place);
	if (place[0] == '[' && place[length - 1] == ']') {
		place++;
		length -= 2;
	}
	*host = g_strndup(place, length);
	*port = g_strdup(colon + 1);
	return true;
}

char *
gate_reinject_check(const char *how)
{
	g_autofree char *host = NULL, *port = NULL;
	g_auto(GStrv) words = NULL;

	if (!how)
		return NULL;
	if (g_str_has_prefix(how, by_smtp))
		return split_place(how, &host, &port) ? NULL : g_strdup_printf(
		    "\"%s\" is not smtp:HOST:PORT", how);
	if (!g_shell_parse_argv(how, NULL, &words, NULL))
		return g_strdup("the command has an unclosed quote or is empty");
	return NULL;
}

static GPtrArray *
arguments_new(void)
{
	return g_ptr_array_new_with_free_func(g_free);
}

static void
add(GPtrArray *argv, const char *word)
{
	g_ptr_array_add(argv, g_strdup(word));
}

static GPtrArray *
sendmail_command(const char *how, const struct envelope *envelope)
{
	g_auto(GStrv) words = NULL;
	GPtrArray *argv;

	if (!g_shell_parse_argv(how, NULL, &words, NULL))
		return NULL;
	argv = arguments_new();
	for (char **word = words; *word; word++)
		add(argv, *word);
	add(argv, "-f");
	add(argv, *envelope->sender ? envelope->sender : "<>");
	return argv;
}

static GPtrArray *
smtp_command(const char *how, int seconds, const struct envelope *envelope)
{
	g_autofree char *host = NULL, *port = NULL;
	GPtrArray *argv;

	if (!split_place(how, &host, &port))
		return NULL;
	argv = arguments_new();
	g_ptr_array_add(argv, place_helper("mailfilter-send"));
	add(argv, "relay");
	add(argv, host);
	add(argv, port);
	g_ptr_array_add(argv, g_strdup_printf("%d", seconds));
	add(argv, envelope->sender);
	return argv;
}

static enum reinjected
outcome_of(const struct spawn_result *result)
{
	switch (result->end) {
	case SPAWN_EXITED:
		if (result->code == EX_OK)
			return REINJECT_OK;
		/* a shell says so of what died, relay_main of a lost answer */
		return result->code > 128 || result->code == EX_SOFTWARE ?
		    REINJECT_UNKNOWN : REINJECT_NOT;
	case SPAWN_FAILED:
		return REINJECT_NOT;
	case SPAWN_SIGNALLED:
	case SPAWN_TIMEOUT:
	case SPAWN_OVERFLOW:
		break;
	}
	return REINJECT_UNKNOWN;
}

/* Without its words, which may be of the mail: an address, a header. */
static char *
story(const struct spawn_result *result)
{
	switch (result->end) {
	case SPAWN_EXITED:
		return g_strdup_printf("the re-injection ended with code %d",
		    result->code);
	case SPAWN_FAILED:
		return g_strdup_printf("the re-injection could not be started: "
		    "%s", g_strerror(result->code));
	case SPAWN_SIGNALLED:
		return g_strdup_printf("the re-injection died by signal %d",
		    result->code);
	case SPAWN_TIMEOUT:
	case SPAWN_OVERFLOW:
		break;
	}
	return g_strdup("the re-injection took too long");
}

enum reinjected
gate_reinject(const struct context *context, const struct mail *mail,
    const struct envelope *envelope, char **why)
{
	const struct config *config = context->config;
	const char *how = envelope->reinject ? envelope->reinject :
	    config ? config->reinject : GATE_SENDMAIL;
	int seconds = config ? config->reinject_timeout : GATE_SECONDS;
	g_autoptr(GPtrArray) argv = g_str_has_prefix(how, by_smtp) ?
	    smtp_command(how, seconds, envelope) :
	    sendmail_command(how, envelope);
	struct spawn spawn = {.input_fd = mail->fd,
	    .deadline_ms = (seconds + 2) * 1000};
	struct spawn_result result;
	enum reinjected outcome;

	*why = NULL;
	if (!argv || lseek(mail->fd, 0, SEEK_SET) != 0) {
		*why = g_strdup("the way of re-injection is not usable: run "
		    "'mailfilter check'");
		return REINJECT_NOT;
	}
	add(argv, "--");
	for (const char *const *to = envelope->to; *to; to++)
		add(argv, *to);
	g_ptr_array_add(argv, NULL);
	spawn.argv = (const char *const *)argv->pdata;
	spawn_run(&spawn, &result);
	outcome = outcome_of(&result);
	if (outcome != REINJECT_OK)
		*why = story(&result);
	spawn_release(&result);
	return outcome;
}
