/*
 * letter_file.c - a letter's message: made by mailfilter-render, kept in the
 * home's letters/ under the letter's number, read again after a crash and by
 * `letter show`.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "intake.h"
#include "outbox.h"
#include "spawn.h"

#define RENDER_MS 30000

GBytes *
letter_mime(struct context *context, json_t *values, char **why)
{
	g_autofree char *helper = place_helper("mailfilter-render");
	const char *argv[] = {helper, NULL};
	char *text = json_dumps(values, JSON_COMPACT);
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	const GBytes *const input[] = {bytes, NULL};
	struct spawn spawn = {.argv = argv, .input = input,
	    .deadline_ms = RENDER_MS};
	struct spawn_result result;
	GBytes *mime = NULL;

	free(text);
	if (!spawn_run(&spawn, &result))
		*why = spawn_story("mailfilter-render", &result);
	else if (g_bytes_get_size(result.out) == 0)
		*why = g_strdup("mailfilter-render made an empty message");
	else
		mime = g_bytes_ref(result.out);
	if (mime && *result.err)
		say_more(context, "%s", result.err);
	spawn_release(&result);
	return mime;
}

bool
letter_keep(struct context *context, const struct letter *letter,
    GBytes *mime, char **path, char **why)
{
	g_autofree char *folder = context_path(context, "letters");
	g_autofree char *name = g_strdup_printf("%" PRId64, letter->id);
	bool good = mail_keep_bytes(mime, folder, name);

	if (good)
		*path = g_strdup_printf("%s/%s.eml", folder, name);
	else
		*why = g_strdup_printf("cannot write into %s: %s", folder,
		    g_strerror(errno));
	return good;
}

GBytes *
letter_kept(const struct letter *letter)
{
	char *data;
	gsize size;

	if (letter->mime_path == NULL ||
	    !g_file_get_contents(letter->mime_path, &data, &size, NULL))
		return NULL;
	return g_bytes_new_take(data, size);
}
