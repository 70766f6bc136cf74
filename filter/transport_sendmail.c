/*
 * transport_sendmail.c - a sendmail-compatible program takes the letter. Its
 * exit code (sysexits.h) says what became of it; a program that died or hung
 * may have queued it already, and then nobody can tell.
 */
#include <string.h>

#include "outbox.h"
#include "spawn.h"

static const struct {
	int code;
	enum send_outcome outcome;
} codes[] = {
    {EX_OK, SEND_OK},
    {EX_TEMPFAIL, SEND_LATER},
    {EX_OSERR, SEND_LATER},
    /* the letter's own fault, or its address's */
    {EX_USAGE, SEND_REFUSED},
    {EX_DATAERR, SEND_REFUSED},
    {EX_NOUSER, SEND_REFUSED},
    {EX_NOHOST, SEND_REFUSED},
};

static enum send_outcome
outcome_of(const struct spawn_result *result)
{
	switch (result->end) {
	case SPAWN_FAILED:
		return SEND_DOWN;
	case SPAWN_SIGNALLED:
	case SPAWN_TIMEOUT:
	case SPAWN_OVERFLOW:
		return SEND_UNKNOWN;
	case SPAWN_EXITED:
		break;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (codes[i].code == result->code)
			return codes[i].outcome;
	/* Above 128 a shell says that what it ran died by a signal. Any other
	 * code, 1 and 127 among them, is the program's trouble: no customer's
	 * address is to be doubted for it. */
	return result->code > 128 ? SEND_UNKNOWN : SEND_DOWN;
}

/* The command's words, then -i -f BOUNCE -- RECIPIENT…; NULL: not usable. */
static GPtrArray *
command_line(struct context *context, const struct letter *letter, char **to)
{
	g_auto(GStrv) words = NULL;
	GPtrArray *argv;

	if (!g_shell_parse_argv(context->config->sendmail, NULL, &words, NULL))
		return NULL;
	argv = g_ptr_array_new_with_free_func(g_free);
	for (char **word = words; *word; word++)
		g_ptr_array_add(argv, g_strdup(*word));
	if (!g_strv_contains((const char *const *)words, "-i"))
		g_ptr_array_add(argv, g_strdup("-i"));
	g_ptr_array_add(argv, g_strdup("-f"));
	g_ptr_array_add(argv, letter_bounce(context, letter));
	g_ptr_array_add(argv, g_strdup("--"));
	for (; *to; to++)
		g_ptr_array_add(argv, g_strdup(*to));
	g_ptr_array_add(argv, NULL);
	return argv;
}

/* A sendmail program reads lines as this system ends them. */
static GBytes *
unix_lines(GBytes *mime)
{
	gsize size;
	const char *data = g_bytes_get_data(mime, &size);
	GByteArray *out = g_byte_array_sized_new((guint)size);

	for (gsize i = 0; i < size; i++)
		if (data[i] != '\r' || i + 1 == size || data[i + 1] != '\n')
			g_byte_array_append(out, (const guint8 *)data + i, 1);
	return g_byte_array_free_to_bytes(out);
}

static enum send_outcome
sendmail_send(struct context *context, const struct letter *letter,
    GBytes *mime, char **path, char **why)
{
	g_auto(GStrv) to = letter_recipients(context, letter);
	g_autoptr(GPtrArray) argv = command_line(context, letter, to);
	g_autoptr(GBytes) lines = unix_lines(mime);
	const GBytes *const input[] = {lines, NULL};
	struct spawn spawn = {.input = input,
	    .deadline_ms = context->config->send_timeout * 1000};
	struct spawn_result result;
	enum send_outcome outcome;

	(void)path;
	if (argv == NULL) {
		*why = g_strdup("the sendmail command of mailfilter.conf has an "
		    "unclosed quote or is empty");
		return SEND_DOWN;
	}
	if (to[0] == NULL) {
		*why = g_strdup("the letter has no recipient");
		return SEND_REFUSED;
	}
	spawn.argv = (const char *const *)argv->pdata;
	spawn_run(&spawn, &result);
	outcome = outcome_of(&result);
	if (outcome == SEND_OK && !result.input_read)
		outcome = SEND_UNKNOWN;
	if (outcome != SEND_OK)
		*why = spawn_story(argv->pdata[0], &result);
	spawn_release(&result);
	return outcome;
}

const struct transport transport_sendmail = {
    .name = "sendmail",
    .send = sendmail_send,
};
