/*
 * read.c - bytes of a message in, events out: starts the child that reads
 * them, takes its events over, and runs the helper when the child asks.
 */
#include "bounce.h"
#include "child.h"
#include "csvmap.h"
#include "labels.h"
#include "limits.h"
#include "reader.h"
#include "reminders.h"

#include <string.h>
#include <unistd.h>

#define MAX_QUESTIONS (LIMIT_ATTACHMENTS + 2 + LIMIT_SIGNATURES)

/* ---- the parser --------------------------------------------------------------- */

static char **
copy_strings(const char *const *strings)
{
	return strings ? g_strdupv((char **)(uintptr_t)strings) :
	    g_new0(char *, 1);
}

static void
pick_banks(struct parser *parser, const char *const *names)
{
	parser->banks = g_ptr_array_new();
	for (guint i = 0; i < parser->all_banks->len; i++) {
		struct bank *bank = parser->all_banks->pdata[i];

		if (!names || g_strv_contains(names, bank_name(bank)))
			g_ptr_array_add(parser->banks, bank);
	}
}

static char **
statement_command(const struct parser_options *options)
{
	GPtrArray *words = g_ptr_array_new();

	g_ptr_array_add(words, g_strdup(options->extract));
	g_ptr_array_add(words, g_strdup("statement"));
	for (guint i = 0; options->map_dirs && options->map_dirs[i]; i++) {
		g_ptr_array_add(words, g_strdup("--maps"));
		g_ptr_array_add(words, g_strdup(options->map_dirs[i]));
	}
	if (options->map) {
		g_ptr_array_add(words, g_strdup("--map"));
		g_ptr_array_add(words, g_strdup(options->map));
	}
	if (options->account) {
		g_ptr_array_add(words, g_strdup("--account"));
		g_ptr_array_add(words, g_strdup(options->account));
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

struct parser *
parser_new(const struct parser_options *options, char **why)
{
	struct parser *parser = g_new0(struct parser, 1);

	parser->bank_dirs = copy_strings(options->bank_dirs);
	parser->words_dirs = copy_strings(options->words_dirs);
	parser->mailboxes = copy_strings(options->mailboxes);
	parser->map_dirs = copy_strings(options->map_dirs);
	parser->extract = g_strdup(options->extract);
	parser->statement_argv = statement_command(options);
	parser->authserv_id = g_strdup(options->authserv_id);
	parser->boundary = g_strdup(options->boundary);
	parser->dkim = g_strdup(options->dkim);
	parser->dkim_keys = g_strdup(options->dkim_keys);
	parser->dkim_cache = g_strdup(options->dkim_cache);
	parser->dkim_resolver = g_strdup(options->dkim_resolver);
	parser->now = options->now;
	parser->timeout_ms = options->timeout_ms;
	parser->generic = options->generic;
	parser->helper = -1;
	parser->all_banks = bank_load_dirs(
	    (const char *const *)parser->bank_dirs, why);
	if (!parser->all_banks) {
		parser_free(parser);
		return NULL;
	}
	pick_banks(parser, options->banks);
	return parser;
}

void
parser_free(struct parser *parser)
{
	if (!parser)
		return;
	batch_end(parser);
	words_free(parser->words);
	phrases_free(parser->phrases);
	reminders_free(parser->reminders);
	g_strfreev(parser->map_dirs);
	g_strfreev(parser->statement_argv);
	labels_free(parser->labels);
	g_strfreev(parser->bank_dirs);
	g_strfreev(parser->words_dirs);
	g_strfreev(parser->mailboxes);
	g_free(parser->extract);
	g_free(parser->authserv_id);
	g_free(parser->boundary);
	g_free(parser->dkim);
	g_free(parser->dkim_keys);
	g_free(parser->dkim_cache);
	g_free(parser->dkim_resolver);
	g_clear_pointer(&parser->banks, g_ptr_array_unref);
	g_clear_pointer(&parser->all_banks, g_ptr_array_unref);
	g_free(parser);
}

struct words *
parser_words(struct parser *parser)
{
	if (!parser->words)
		parser->words = words_load(
		    (const char *const *)parser->words_dirs, NULL);
	return parser->words;
}

/* Costs next to nothing, so each child inherits them if they can be had so. */
static void
map_labels(struct parser *parser)
{
	if (!parser->labels && !parser->labels_looked)
		parser->labels = labels_map(
		    (const char *const *)parser->words_dirs);
	parser->labels_looked = true;
}

struct labels *
parser_labels(struct parser *parser)
{
	map_labels(parser);
	if (!parser->labels)
		parser->labels = labels_load(
		    (const char *const *)parser->words_dirs, NULL);
	return parser->labels;
}

struct phrases *
parser_phrases(struct parser *parser)
{
	if (!parser->phrases)
		parser->phrases = phrases_load(
		    (const char *const *)parser->words_dirs, NULL);
	return parser->phrases;
}

struct reminders *
parser_reminders(struct parser *parser)
{
	if (!parser->reminders)
		parser->reminders = reminders_load(
		    (const char *const *)parser->words_dirs, NULL);
	return parser->reminders;
}

/* ---- reading a mail ------------------------------------------------------------ */

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

static void
set_unreadable(GPtrArray *events, const char *why)
{
	struct event *event = event_new(EVENT_UNREADABLE);

	g_ptr_array_set_size(events, 0);
	event_set(event, EVENT_WHY, why);
	g_ptr_array_add(events, event);
}

/* The first child that wants them makes its own; the next ones inherit. */
static bool
answer_labels(struct parser *parser, GString *out)
{
	GString *files = labels_files((const char *const *)parser->words_dirs,
	    NULL);

	parser->labels_wanted = true;
	g_string_append_len(out, files->str, (gssize)files->len);
	g_string_free(files, TRUE);
	return true;
}

static bool
answer(struct reading *reading, enum frame frame, const GString *bytes,
    GString *out, int64_t deadline)
{
	const char *const html[] = {reading->parser->extract, "html", NULL};
	const char *const invoice[] = {reading->parser->extract, "invoice",
	    NULL};

	if (++reading->questions > MAX_QUESTIONS ||
	    (frame != FRAME_DKIM && !reading->parser->extract)) {
		g_string_assign(out, "there is no helper for it");
		return false;
	}
	if (frame == FRAME_DKIM)
		return verify_answer(reading->parser, reading->fd, bytes->str,
		    out, deadline);
	return child_helper_bytes(frame == FRAME_HTML ? html :
	    frame == FRAME_INVOICE ? invoice : (const char *const *)reading->parser->statement_argv, bytes, out,
	    LIMIT_FRAME, deadline);
}

bool
reading_serve(enum frame frame, const GString *bytes, GString *out,
    int64_t deadline, void *user)
{
	struct reading *reading = user;

	if (frame == FRAME_LABELS)
		return answer_labels(reading->parser, out);
	if (frame == FRAME_SAMPLE) {
		json_decref(reading->sample);
		reading->sample = json_loadb(bytes->str, bytes->len, 0, NULL);
		return reading->sample != NULL;
	}
	if (frame != FRAME_EVENT)
		return answer(reading, frame, bytes, out, deadline);
	return notice_add_lines(reading->events, bytes->str, bytes->len);
}

static void
work_in_child(int fd, int out, int in, void *user)
{
	const struct reading *reading = user;

	message_work(&(struct message_work){reading->parser, fd, 1, out, in, -1});
}

GPtrArray *
parser_read(struct parser *parser, int given, bool *retry)
{
	int fd = lines_open(given);
	struct reading reading = {parser, events_new(), 0, fd, NULL};
	struct child_work work = {.work = work_in_child, .frame = reading_serve,
	    .user = &reading};
	enum child_end end;

	map_labels(parser);
	if (parser->labels_wanted)
		parser_labels(parser);
	end = child_run(&work, &fd, 1, child_deadline(parser->timeout_ms));
	lines_close(fd, given);
	lseek(given, 0, SEEK_SET);
	*retry = end != CHILD_DONE;
	if (end == CHILD_LATE)
		set_unreadable(reading.events, "reading it took too long");
	else if (end == CHILD_DIED)
		set_unreadable(reading.events, "reading it broke the reader");
	else if (reading.events->len == 0)
		set_unreadable(reading.events, "nothing came out of it");
	return reading.events;
}

GPtrArray *
parser_read_outgoing(struct parser *parser, int fd, bool *retry)
{
	GPtrArray *events;

	parser->outgoing = true;
	events = parser_read(parser, fd, retry);
	parser->outgoing = false;
	return events;
}

json_t *
parser_sample(struct parser *parser, int given, char **why)
{
	int fd = lines_open(given);
	struct reading reading = {parser, events_new(), 0, fd, NULL};
	struct child_work work = {.work = work_in_child, .frame = reading_serve,
	    .user = &reading};

	parser->sampling = true;
	child_run(&work, &fd, 1, child_deadline(parser->timeout_ms));
	parser->sampling = false;
	lines_close(fd, given);
	lseek(given, 0, SEEK_SET);
	if (!reading.sample)
		*why = g_strdup(reading.events->len ?
		    event_get(reading.events->pdata[0], EVENT_WHY) :
		    "it cannot be read");
	g_ptr_array_unref(reading.events);
	return reading.sample;
}

/* ---- what is known --------------------------------------------------------------- */

char **
parser_bank_names(const struct parser *parser)
{
	GPtrArray *names = g_ptr_array_new();

	for (guint i = 0; i < parser->all_banks->len; i++)
		g_ptr_array_add(names,
		    g_strdup(bank_name(parser->all_banks->pdata[i])));
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}

char **
parser_check(const struct parser *parser)
{
	GPtrArray *problems = g_ptr_array_new();

	bank_check_dirs((const char *const *)parser->bank_dirs, problems);
	words_free(words_load((const char *const *)parser->words_dirs,
	    problems));
	csvmap_load((const char *const *)parser->map_dirs, problems);
	csvmap_clear();
	phrases_free(phrases_load((const char *const *)parser->words_dirs,
	    problems));
	labels_free(labels_load((const char *const *)parser->words_dirs,
	    problems));
	reminders_free(reminders_load((const char *const *)parser->words_dirs,
	    problems));
	g_ptr_array_add(problems, NULL);
	return (char **)g_ptr_array_free(problems, FALSE);
}

json_t *
parser_bank_describe(const struct parser *parser, const char *name)
{
	for (guint i = 0; i < parser->all_banks->len; i++) {
		const struct bank *bank = parser->all_banks->pdata[i];

		if (strcmp(bank_name(bank), name) == 0)
			return bank_describe(bank);
	}
	return NULL;
}
