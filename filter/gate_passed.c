/*
 * gate_passed.c - remembers what was given back to the mail server, in case
 * that it does not hear of our success and delivers again: an empty file for
 * each, in a folder for each day, under a name made of content, recipients and
 * queue id. No write to the store: all outgoing mail comes through here.
 */
#include "gate.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAYS 7			/* longer than a mail server keeps trying */
#define MANY_HOPS 20		/* Received fields; servers give up at 50 or so */
#define HEADER 65536		/* of it is looked at */

char *
gate_key(const struct mail *mail, const struct envelope *envelope,
    bool with_queue)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	const char *queue = with_queue && envelope->queue_id ?
	    envelope->queue_id : "";

	g_checksum_update(sum, (const guchar *)mail->hash, -1);
	g_checksum_update(sum, (const guchar *)queue,
	    (gssize)strlen(queue) + 1);
	g_checksum_update(sum, (const guchar *)envelope->sender,
	    (gssize)strlen(envelope->sender) + 1);
	for (const char *const *to = envelope->to; *to; to++)
		g_checksum_update(sum, (const guchar *)*to,
		    (gssize)strlen(*to) + 1);
	return g_strdup(g_checksum_get_string(sum));
}

static char *
folder_of(const struct context *context, int days_ago)
{
	char day[DAY_SIZE];

	day_text((int32_t)(context->now / DAY_SECONDS) - days_ago, day);
	return g_build_filename(context->home, "gate", "passed", day, NULL);
}

static bool
is_noted(const struct context *context, const char *key, int days)
{
	for (int ago = -1; ago < days; ago++) {
		g_autofree char *folder = folder_of(context, ago);
		g_autofree char *path = g_build_filename(folder, key, NULL);

		if (access(path, F_OK) == 0)
			return true;
	}
	return false;
}

/* Removes the folder of a day that nobody asks about any more. */
static void
forget(const struct context *context, int days_ago)
{
	g_autofree char *folder = folder_of(context, days_ago);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		unlink(path);
	}
	if (dir)
		rmdir(folder);
}

static void
note(const struct context *context, const char *key)
{
	g_autofree char *folder = folder_of(context, 0);
	g_autofree char *path = g_build_filename(folder, key, NULL);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 && g_mkdir_with_parents(folder, 0700) == 0) {
		for (int ago = DAYS; ago < DAYS + 30; ago++)
			forget(context, ago);
		fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	}
	if (fd >= 0)
		close(fd);
}

bool
gate_has_passed(const struct context *context, const struct mail *mail,
    const struct envelope *envelope)
{
	g_autofree char *key = NULL;

	if (!envelope->queue_id)
		return false;
	key = gate_key(mail, envelope, true);
	return is_noted(context, key, DAYS);
}

/* ---- mail that goes round ---------------------------------------------------- */

static int
hops(const struct mail *mail)
{
	g_autofree char *head = g_malloc0(HEADER + 1);
	ssize_t n = pread(mail->fd, head, HEADER, 0);
	const char *line = n > 0 ? head : NULL;
	int count = 0;

	while (line && *line && *line != '\n' && *line != '\r') {
		count += g_ascii_strncasecmp(line, "received:", 9) == 0;
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return count;
}

bool
gate_goes_round(const struct context *context, const struct mail *mail,
    const struct envelope *envelope)
{
	g_autofree char *key = NULL;

	if (hops(mail) < MANY_HOPS)
		return false;
	key = gate_key(mail, envelope, false);
	return is_noted(context, key, 1);
}

void
gate_note_passed(const struct context *context, const struct mail *mail,
    const struct envelope *envelope)
{
	g_autofree char *key = envelope->queue_id ?
	    gate_key(mail, envelope, true) : NULL;
	g_autofree char *round = hops(mail) + 1 >= MANY_HOPS ?
	    gate_key(mail, envelope, false) : NULL;

	if (key)
		note(context, key);
	if (round)
		note(context, round);
}
