/*
 * keys.c - files of DKIM keys. Who can write such a file can forge every bank:
 * it must belong to us or to root, and nobody else may write it.
 */
#include "keys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIMIT_SIZE (256 << 10)
#define LIMIT_KEYS 200

static const char *
distrust(int fd)
{
	struct stat status;

	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		return "the file of keys is no plain file";
	if (status.st_uid != geteuid() && status.st_uid != 0)
		return "the file of keys is somebody else's";
	if (status.st_mode & (S_IWGRP | S_IWOTH))
		return "the file of keys can be written by others";
	if (status.st_size > LIMIT_SIZE)
		return "the file of keys is too long";
	return NULL;
}

/* The lines of a file that can be trusted; NULL with the reason. */
static char **
read_lines(const char *path, const char **why)
{
	g_autofree char *text = g_malloc0(LIMIT_SIZE + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	size_t length = 0;
	ssize_t got = 0;

	*why = fd < 0 ? "the file of keys cannot be read" : distrust(fd);
	while (!*why && length < LIMIT_SIZE && (got = read(fd, text + length,
	    LIMIT_SIZE - length)) > 0)
		length += (size_t)got;
	if (fd >= 0)
		close(fd);
	if (!*why && got < 0)
		*why = "the file of keys cannot be read";
	return *why ? NULL : g_strsplit(text, "\n", -1);
}

/* What stands behind the name that a line begins with, or NULL. */
static const char *
behind_name(const char *line, const char *name)
{
	size_t length = strcspn(line, " \t");

	if (length != strlen(name) ||
	    g_ascii_strncasecmp(line, name, length) != 0)
		return NULL;
	return line + length + strspn(line + length, " \t");
}

char *
keys_find(const char *path, const char *name, const char **why)
{
	g_auto(GStrv) lines = read_lines(path, why);
	char *found = NULL;

	for (char **line = lines; line && *line; line++) {
		const char *record = behind_name(*line, name);

		if (!record || !*record)
			continue;
		if (found) {
			g_free(found);
			*why = "there are two keys of one name";
			return NULL;
		}
		found = g_strdup(g_strchomp((char *)(uintptr_t)record));
	}
	if (lines && !found)
		*why = "there is no such key";
	return found;
}

/* ---- the cache ------------------------------------------------------------------ */

/* "EXPIRES RECORD": the record when it is fresh, else NULL. One that is fresh
 * for too long was written under a clock that was wrong. */
static const char *
fresh_record(const char *text, int64_t now)
{
	char *end;
	int64_t expires = g_ascii_strtoll(text, &end, 10);

	if (end == text || *end != ' ' || expires <= now ||
	    expires > now + KEYS_AGE || !end[1])
		return NULL;
	return end + 1;
}

char *
keys_recall(const char *path, const char *name, int64_t now)
{
	const char *why;
	g_auto(GStrv) lines = read_lines(path, &why);

	for (char **line = lines; line && *line; line++) {
		const char *rest = behind_name(*line, name);
		const char *record = rest ? fresh_record(rest, now) : NULL;

		if (record)
			return g_strdup(record);
	}
	return NULL;
}

/* The lines that stay: fresh ones of other names, the last so many. */
static void
add_others(GString *text, char **lines, const char *name, int64_t now)
{
	guint count = lines ? g_strv_length(lines) : 0;
	guint from = count > LIMIT_KEYS ? count - LIMIT_KEYS : 0;

	for (guint i = from; i < count; i++) {
		const char *space = strchr(lines[i], ' ');

		if (space && !behind_name(lines[i], name) &&
		    fresh_record(space + 1, now))
			g_string_append_printf(text, "%s\n", lines[i]);
	}
}

void
keys_remember(const char *path, const char *name, const char *record,
    int64_t ttl, int64_t now)
{
	const char *why;
	g_auto(GStrv) lines = read_lines(path, &why);
	g_autoptr(GString) text = g_string_new(NULL);

	if (ttl <= 0 || !*record || strpbrk(record, "\r\n"))
		return;
	add_others(text, lines, name, now);
	g_string_append_printf(text, "%s %" G_GINT64_FORMAT " %s\n", name,
	    now + MIN(ttl, KEYS_AGE), record);
	if (text->len <= LIMIT_SIZE)
		g_file_set_contents_full(path, text->str, (gssize)text->len,
		    G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
