/*
 * transport_dir.c - letters as files in a folder, one a Message-ID. The same
 * letter once more is the same file, so that a crash at any moment leaves one
 * copy or none, and it can be told which.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake.h"
#include "outbox.h"

/* The Message-ID as a file name; what was changed is told apart by a hash. */
static char *
file_name(const struct letter *letter)
{
	const char *id = letter->message_id;
	size_t size = strlen(id);
	g_autofree char *bare = g_strndup(id + (*id == '<'),
	    size - (*id == '<') - (size > 1 && id[size - 1] == '>'));
	g_autofree char *name = g_strndup(bare, 160);
	g_autofree char *hash = NULL;

	g_strcanon(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789.@+=-", '_');
	if (name[0] == '.')
		name[0] = '_';
	if (strcmp(name, bare) == 0)
		return g_steal_pointer(&name);
	hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, bare, -1);
	return g_strdup_printf("%s-%.12s", name, hash);
}

static char *
file_path(struct context *context, const struct letter *letter)
{
	g_autofree char *name = file_name(letter);

	return g_strdup_printf("%s/%s.eml", context->config->folder, name);
}

/* SEND_OK: there already; SEND_LATER: not there; SEND_DOWN: something else
 * is in its place. */
static enum send_outcome
look(const char *path, GBytes *mime)
{
	g_autofree char *there = NULL;
	gsize size, wanted;
	const void *data;

	if (!g_file_get_contents(path, &there, &size, NULL))
		return SEND_LATER;
	if (mime == NULL)
		return SEND_OK;
	data = g_bytes_get_data(mime, &wanted);
	return size == wanted && memcmp(there, data, size) == 0 ? SEND_OK
	    : SEND_DOWN;
}

/* The kept file gets a second name, or, where that cannot be, a copy. */
static enum send_outcome
put(struct context *context, const struct letter *letter, GBytes *mime,
    const char *path, char **why)
{
	const char *folder = context->config->folder;
	g_autofree char *name = NULL;

	errno = 0;
	if (g_mkdir_with_parents(folder, 0700) == 0 && letter->mime_path &&
	    link(letter->mime_path, path) == 0)
		return SEND_OK;
	name = file_name(letter);
	if (errno != EEXIST && mail_keep_bytes(mime, folder, name))
		return SEND_OK;
	*why = g_strdup_printf("cannot write %s: %s", path, g_strerror(errno));
	return SEND_DOWN;
}

static void
dir_settle(struct context *context)
{
	(void)mail_sync_folder(context->config->folder);
}

static enum send_outcome
dir_send(struct context *context, const struct letter *letter, GBytes *mime,
    char **path, char **why)
{
	g_autofree char *file = file_path(context, letter);
	enum send_outcome outcome = look(file, mime);

	if (outcome == SEND_DOWN)
		*why = g_strdup_printf("%s is there already with other content",
		    file);
	if (outcome == SEND_LATER)
		outcome = put(context, letter, mime, file, why);
	if (outcome == SEND_OK)
		*path = g_steal_pointer(&file);
	return outcome;
}

static enum send_outcome
dir_landed(struct context *context, const struct letter *letter, GBytes *mime,
    char **path)
{
	g_autofree char *file = file_path(context, letter);
	enum send_outcome outcome = look(file, mime);

	if (outcome == SEND_OK)
		*path = g_steal_pointer(&file);
	return outcome == SEND_DOWN ? SEND_UNKNOWN : outcome;
}

const struct transport transport_dir = {
    .name = "dir",
    .send = dir_send,
    .together = 50,
    .settle = dir_settle,
    .landed = dir_landed,
};
