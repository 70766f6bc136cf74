/*
 * letter_sign.c - has mailfilter-sign sign a letter, where the configuration
 * names a key. What cannot be signed does not leave: it waits.
 */
#include <stdlib.h>
#include <string.h>

#include "outbox.h"
#include "spawn.h"

#define SIGN_MS 30000

static char *
request(const struct config *config)
{
	json_t *object = json_pack("{s:s, s:s}", "sign", config->sign, "key",
	    config->sign_key);
	char *dump, *line;

	if (config->sign_home)
		json_object_set_new(object, "home",
		    json_string(config->sign_home));
	dump = json_dumps(object, JSON_COMPACT);
	line = g_strconcat(dump, "\n", NULL);
	free(dump);
	json_decref(object);
	return line;
}

GBytes *
letter_sign(struct context *context, GBytes *mime, char **why)
{
	g_autofree char *helper = place_helper("mailfilter-sign");
	g_autofree char *line = NULL;
	const char *argv[] = {helper, NULL};
	g_autoptr(GBytes) head = NULL;
	struct spawn_result result;
	GBytes *out = NULL;

	if (strcmp(context->config->sign, "none") == 0)
		return g_bytes_ref(mime);
	line = request(context->config);
	head = g_bytes_new(line, strlen(line));
	const GBytes *const input[] = {head, mime, NULL};
	struct spawn spawn = {.argv = argv, .input = input,
	    .deadline_ms = SIGN_MS};

	if (spawn_run(&spawn, &result) && g_bytes_get_size(result.out) >
	    g_bytes_get_size(mime))
		out = g_bytes_ref(result.out);
	else if (result.end == SPAWN_EXITED && *result.err)
		*why = g_strdup_printf("it could not be signed: %s",
		    result.err);
	else
		*why = spawn_story("mailfilter-sign", &result);
	spawn_release(&result);
	return out;
}
