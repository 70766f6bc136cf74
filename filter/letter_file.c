/*
 * letter_file.c - a letter's message: made by mailfilter-render (one for the
 * whole run), kept in the home's letters/ under the letter's number, read
 * again after a crash and by `letter show`.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "intake.h"
#include "outbox.h"
#include "renderer.h"

/* What the owner has to mend is said; what falls back as it is meant to, only
 * to who asks. */
static void
tell(const struct context *context, const char *words)
{
	g_auto(GStrv) lines = g_strsplit(words, "\n", -1);

	for (char **line = lines; *line; line++) {
		if (strstr(*line, "left out"))
			say(context, "%s", *line);
		else
			say_more(context, "%s", *line);
	}
}

GBytes *
letter_write(struct context *context, json_t *letter, char **words, char **why)
{
	char *text = json_dumps(letter, JSON_COMPACT);
	GBytes *bytes;

	if (!context->renderer) {
		g_autofree char *helper = place_helper("mailfilter-render");

		context->renderer = renderer_new(helper, RENDERER_MS);
	}
	bytes = renderer_write(context->renderer, text, words, why);
	free(text);
	return bytes;
}

GBytes *
letter_mime(struct context *context, json_t *values, char **why)
{
	g_autofree char *words = NULL;
	GBytes *mime = letter_write(context, values, &words, why);

	if (mime && words)
		tell(context, words);
	return mime;
}

static char *
folder_of_letters(const struct context *context)
{
	return context_path(context, "letters");
}

static bool
cannot_keep(struct letter_keeping *keeping, char **why)
{
	*why = g_strdup_printf("cannot write %s: %s", keeping->path,
	    g_strerror(errno));
	return false;
}

bool
letter_keep_begin(struct context *context, const struct letter *letter,
    GBytes *mime, struct letter_keeping *keeping, char **why)
{
	g_autofree char *folder = folder_of_letters(context);
	gsize size;
	const char *data = g_bytes_get_data(mime, &size);
	ssize_t n = 0;

	keeping->path = g_strdup_printf("%s/%" PRId64 ".eml", folder,
	    letter->id);
	keeping->aside = g_strdup_printf("%s/.%" PRId64 ".XXXXXX", folder,
	    letter->id);
	if (g_mkdir_with_parents(folder, 0700) == 0)
		keeping->fd = g_mkstemp_full(keeping->aside,
		    O_WRONLY | O_CLOEXEC, 0600);
	if (keeping->fd < 0) {
		g_clear_pointer(&keeping->aside, g_free);
		return cannot_keep(keeping, why);
	}
	for (; size > 0; data += n, size -= (gsize)n)
		if ((n = write(keeping->fd, data, size)) <= 0)
			return cannot_keep(keeping, why);
	/* on its way, while the next one is made */
	(void)sync_file_range(keeping->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	return true;
}

bool
letter_keep_end(struct letter_keeping *keeping, char **why)
{
	if (fsync(keeping->fd) != 0 || rename(keeping->aside,
	    keeping->path) != 0)
		return cannot_keep(keeping, why);
	g_clear_pointer(&keeping->aside, g_free);
	close(keeping->fd);
	keeping->fd = -1;
	return true;
}

void
letter_keep_settle(const struct context *context)
{
	g_autofree char *folder = folder_of_letters(context);

	(void)mail_sync_folder(folder);
}

void
letter_keeping_clear(struct letter_keeping *keeping)
{
	if (keeping->fd >= 0)
		close(keeping->fd);
	keeping->fd = -1;
	if (keeping->aside)
		unlink(keeping->aside);
	g_clear_pointer(&keeping->aside, g_free);
	g_clear_pointer(&keeping->path, g_free);
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
