/*
 * renderer.c - talks with one mailfilter-render --serve: a letter in, its
 * message out (templates/render/serve.h). A helper that dies or stalls is
 * ended; when it had written letters before, the letter is tried once more
 * with a new one, because it may not have been this letter's fault.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "renderer.h"
#include "spawn.h"

#define HELPER "mailfilter-render"
#define GRACE_MS 1000
#define ANSWER_MAX ((gsize)48 << 20)
#define HEAD_MAX 64
#define WORDS_MAX ((gsize)16 << 10)	/* of stderr, the rest is dropped */

struct renderer {
	char *helper;
	int deadline_ms;
	struct spawn_child child;
	bool running;
	unsigned written;	/* letters since it was started */
	GByteArray *got;	/* of the answer */
	GString *words;		/* what it said on stderr */
};

struct talk {			/* one letter */
	const char *frame, *letter;
	gsize frame_left, letter_left;
	gint64 until;		/* monotonic microseconds */
	bool late;
};

struct renderer *
renderer_new(const char *helper, int deadline_ms)
{
	struct renderer *renderer = g_new0(struct renderer, 1);

	renderer->helper = g_strdup(helper);
	renderer->deadline_ms = deadline_ms;
	renderer->got = g_byte_array_new();
	renderer->words = g_string_new(NULL);
	return renderer;
}

/* Ends the helper; a sentence of how, the caller frees. */
static char *
end_helper(struct renderer *renderer, bool by_force)
{
	struct spawn_result result;
	char *story;

	if (by_force)
		kill(-renderer->child.pid, SIGKILL);
	spawn_close(&renderer->child, GRACE_MS, &result);
	renderer->running = false;
	if (by_force)
		result.end = SPAWN_TIMEOUT;
	g_string_append(renderer->words, result.err);
	g_free(result.err);
	g_strchomp(renderer->words->str);
	result.err = g_utf8_make_valid(renderer->words->str, -1);
	story = result.end == SPAWN_EXITED && result.code == 0 ?
	    g_strdup(HELPER " ended before its answer") :
	    spawn_story(HELPER, &result);
	spawn_release(&result);
	return story;
}

void
renderer_free(struct renderer *renderer)
{
	if (!renderer)
		return;
	if (renderer->running)
		g_free(end_helper(renderer, false));
	g_byte_array_unref(renderer->got);
	g_string_free(renderer->words, TRUE);
	g_free(renderer->helper);
	g_free(renderer);
}

static bool
start(struct renderer *renderer, char **why)
{
	const char *const argv[] = {renderer->helper, "--serve", NULL};
	int error;

	if (renderer->running)
		return true;
	if (!spawn_open(argv, &renderer->child, &error)) {
		*why = g_strdup_printf(HELPER " could not be started: %s",
		    g_strerror(error));
		return false;
	}
	fcntl(renderer->child.in, F_SETFL, O_WRONLY | O_NONBLOCK);
	renderer->running = true;
	renderer->written = 0;
	g_string_truncate(renderer->words, 0);
	return true;
}

/* ---- one letter ---------------------------------------------------------------- */

/* False when the helper does not listen any more. */
static bool
feed_some(int fd, const char **text, gsize *left)
{
	ssize_t n = write(fd, *text, *left);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	*text += n;
	*left -= (gsize)n;
	return true;
}

static bool
feed(struct renderer *renderer, struct talk *talk)
{
	int fd = renderer->child.in;

	return talk->frame_left ?
	    feed_some(fd, &talk->frame, &talk->frame_left) :
	    feed_some(fd, &talk->letter, &talk->letter_left);
}

static bool
listen_out(struct renderer *renderer)
{
	guint8 buffer[65536];
	ssize_t n = read(renderer->child.out, buffer, sizeof buffer);

	if (n < 0)
		return errno == EINTR;
	if (n == 0 || renderer->got->len + (gsize)n > ANSWER_MAX)
		return false;
	g_byte_array_append(renderer->got, buffer, (guint)n);
	return true;
}

static void
listen_err(struct renderer *renderer, struct pollfd *poll)
{
	char buffer[4096];
	ssize_t n = read(renderer->child.err, buffer, sizeof buffer);

	if (n <= 0)
		poll->fd = -1;
	else if (renderer->words->len < WORDS_MAX)
		g_string_append_len(renderer->words, buffer, n);
}

struct answer {
	bool good;
	gsize start, length, words;
};

/* "ok 123 45", "bad 17 0" */
static bool
read_head(const char *head, struct answer *answer)
{
	g_auto(GStrv) words = g_strsplit(head, " ", 4);
	guint64 length, more;

	if (g_strv_length(words) != 3 ||
	    (strcmp(words[0], "ok") && strcmp(words[0], "bad")) ||
	    !g_ascii_string_to_unsigned(words[1], 10, 0, ANSWER_MAX, &length,
	        NULL) ||
	    !g_ascii_string_to_unsigned(words[2], 10, 0, ANSWER_MAX, &more,
	        NULL))
		return false;
	*answer = (struct answer){!strcmp(words[0], "ok"), strlen(head) + 1,
	    (gsize)length, (gsize)more};
	return true;
}

enum progress { PART, WHOLE, NONSENSE };

static enum progress
look(const struct renderer *renderer, struct answer *answer)
{
	const char *data = (const char *)renderer->got->data;
	gsize got = renderer->got->len;
	const char *end = got ? memchr(data, '\n', MIN(got, HEAD_MAX)) : NULL;
	g_autofree char *head = NULL;

	if (!end)
		return got < HEAD_MAX ? PART : NONSENSE;
	head = g_strndup(data, (gsize)(end - data));
	if (!read_head(head, answer))
		return NONSENSE;
	return got < answer->start + answer->length + answer->words ? PART :
	    WHOLE;
}

/* Feeds and listens until the answer is there; false: it never will be. */
static bool
converse(struct renderer *renderer, struct talk *talk, struct answer *answer)
{
	struct pollfd fds[3] = {{.fd = renderer->child.out, .events = POLLIN},
	    {.fd = renderer->child.in, .events = POLLOUT},
	    {.fd = renderer->child.err, .events = POLLIN}};

	enum progress progress;

	while ((progress = look(renderer, answer)) == PART) {
		gint64 left = talk->until - g_get_monotonic_time();

		talk->late = left <= 0;
		if (talk->late)
			return false;
		if (!talk->frame_left && !talk->letter_left)
			fds[1].fd = -1;
		if (poll(fds, 3, (int)(left / 1000 + 1)) < 0 && errno != EINTR)
			return false;
		if (fds[2].fd >= 0 && fds[2].revents)
			listen_err(renderer, &fds[2]);
		if (fds[1].fd >= 0 && fds[1].revents && !feed(renderer, talk))
			fds[1].fd = -1;
		if (fds[0].revents && !listen_out(renderer))
			return false;
	}
	return progress == WHOLE;
}

static GBytes *
take_answer(struct renderer *renderer, const struct answer *answer,
    char **words, char **why)
{
	const char *data = (const char *)renderer->got->data + answer->start;
	GBytes *message = NULL;

	renderer->written++;
	if (answer->words)
		*words = g_strchomp(g_strndup(
		    data + answer->length, answer->words));
	if (!answer->good)
		*why = g_strndup(data, answer->length);
	else if (!answer->length)
		*why = g_strdup(HELPER " made an empty message");
	else
		message = g_bytes_new(data, answer->length);
	return message;
}

/* *again: it may have been another letter's fault. */
static GBytes *
try_letter(struct renderer *renderer, const char *letter, char **words,
    char **why, bool *again)
{
	g_autofree char *frame = g_strdup_printf("%zu\n", strlen(letter));
	struct talk talk = {.frame = frame, .letter = letter,
	    .frame_left = strlen(frame), .letter_left = strlen(letter)};
	struct answer answer = {0};

	*again = false;
	if (!start(renderer, why))
		return NULL;
	g_byte_array_set_size(renderer->got, 0);
	talk.until = g_get_monotonic_time() + (gint64)renderer->deadline_ms * 1000;
	if (converse(renderer, &talk, &answer))
		return take_answer(renderer, &answer, words, why);
	*again = renderer->written > 0 && !talk.late;
	*why = end_helper(renderer, talk.late);
	return NULL;
}

GBytes *
renderer_write(struct renderer *renderer, const char *letter, char **words,
    char **why)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	GBytes *message;
	bool again;

	*words = *why = NULL;
	sigaction(SIGPIPE, &ignore, &before);
	message = try_letter(renderer, letter, words, why, &again);
	if (again) {
		g_clear_pointer(why, g_free);
		message = try_letter(renderer, letter, words, why, &again);
	}
	sigaction(SIGPIPE, &before, NULL);
	return message;
}
