/*
 * batch.c - many messages in few children: a group of them shares a child and
 * all share one helper that turns HTML into text. What goes wrong with a
 * message goes wrong for its group; then it is read again alone.
 */
#include "child.h"
#include "reader.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define GROUP (CHILD_MESSAGES - 1)	/* messages of a child */
#define GROUP_BYTES (16 << 20)	/* all are looked at before the first is read */

struct batch {
	struct parser *parser;
	const int *fds;		/* of the group that is read */
	unsigned count;
	unsigned done;
	struct reading reading;	/* of the message that is read */
	GPtrArray *found;	/* GPtrArray: of those that are done */
};

static void
free_event(gpointer event)
{
	event_free(event);
}

static GPtrArray *
events_new(void)
{
	return g_ptr_array_new_with_free_func(free_event);
}

/* ---- the helper ------------------------------------------------------------ */

void
batch_end(struct parser *parser)
{
	if (parser->helper < 0)
		return;
	close(parser->helper);
	kill(parser->helper_pid, SIGKILL);
	waitpid(parser->helper_pid, NULL, 0);
	parser->helper = -1;
}

static bool
helper_start(struct parser *parser)
{
	if (parser->helper < 0 && parser->extract)
		parser->helper = child_helper_serve(parser->extract,
		    &parser->helper_pid);
	return parser->helper >= 0;
}

/* ---- one group ------------------------------------------------------------- */

static void
work_in_child(int fd, int out, int in, void *user)
{
	const struct batch *batch = user;

	message_work(&(struct message_work){batch->parser, fd + 1,
	    batch->count, out, in, fd});
}

static void
learn_template(struct parser *parser, const struct event *event)
{
	const char *bank = event_get(event, EVENT_BANK);

	if (bank)
		bank_prepare(parser->banks, bank,
		    event_get(event, EVENT_TEMPLATE));
}

/* Only HTML is asked for directly. */
static bool
take_frame(enum frame frame, const GString *bytes, GString *answer,
    int64_t deadline, void *user)
{
	struct batch *batch = user;
	struct reading *reading = &batch->reading;

	reading->fd = batch->fds[batch->done];
	return reading_serve(frame, bytes, answer, deadline, reading);
}

static bool
next_message(enum frame frame, void *user)
{
	struct batch *batch = user;
	struct reading *reading = &batch->reading;

	if (frame != FRAME_DONE || reading->events->len == 0)
		return false;
	for (guint i = 0; i < reading->events->len; i++)
		learn_template(batch->parser, reading->events->pdata[i]);
	g_ptr_array_add(batch->found, reading->events);
	reading->events = events_new();
	reading->questions = 0;
	return ++batch->done < batch->count;
}

/* How many of the group were read, from its first on. */
static unsigned
read_group(struct batch *batch)
{
	int all[CHILD_MESSAGES];
	struct child_work work = {work_in_child, take_frame, next_message,
	    batch->parser->timeout_ms, batch};
	bool whole;

	batch->done = 0;
	batch->reading.questions = 0;
	g_ptr_array_set_size(batch->reading.events, 0);
	if (!helper_start(batch->parser))
		return 0;
	parser_words(batch->parser);	/* once, not in each child */
	parser_labels(batch->parser);
	parser_phrases(batch->parser);
	all[0] = batch->parser->helper;
	for (unsigned i = 0; i < batch->count; i++)
		all[i + 1] = batch->fds[i];
	whole = child_run(&work, all, batch->count + 1,
	    child_deadline(batch->parser->timeout_ms)) == CHILD_DONE;
	if (!whole || batch->done < batch->count)
		batch_end(batch->parser);	/* it may still be at work for it */
	return batch->done;
}

/* ---- all -------------------------------------------------------------------- */

/* How many of the next messages go together. */
static unsigned
group_length(const int *fds, unsigned count)
{
	struct stat status;
	int64_t size = 0;
	unsigned n;

	for (n = 0; n < count && n < GROUP; n++) {
		if (fstat(fds[n], &status) == 0)
			size += status.st_size;
		if (n > 0 && size > GROUP_BYTES)
			break;
	}
	return n;
}

static void
free_events(gpointer events)
{
	g_ptr_array_unref(events);
}

void
parser_read_many(struct parser *parser, const int *fds, unsigned count,
    parser_events_fn *take, void *user)
{
	struct batch batch = {.parser = parser,
	    .reading = {.parser = parser, .events = events_new()}};
	g_autofree int *own = g_new(int, count + 1);
	unsigned index = 0;

	for (unsigned i = 0; i < count; i++)
		own[i] = lines_open(fds[i]);

	while (index < count) {
		batch.fds = own + index;
		batch.count = group_length(own + index, count - index);
		batch.done = 0;
		batch.found = g_ptr_array_new_with_free_func(free_events);
		if (batch.count > 1)
			read_group(&batch);
		for (guint i = 0; i < batch.found->len; i++)
			take(index++, batch.found->pdata[i], user);
		if (batch.done < batch.count || batch.found->len == 0) {
			bool retry;
			GPtrArray *alone =
			    parser_read(parser, fds[index], &retry);

			take(index++, alone, user);
			g_ptr_array_unref(alone);
		}
		g_ptr_array_unref(batch.found);
	}
	for (unsigned i = 0; i < count; i++)
		lines_close(own[i], fds[i]);
	g_ptr_array_unref(batch.reading.events);
}
