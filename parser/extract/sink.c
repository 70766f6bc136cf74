/*
 * sink.c - what a format reads out of a file: sums and checks it on the first
 * pass, writes it on the second. What can be told from the file alone is told
 * here, for all formats: opening balance plus all booked entries is the
 * closing balance, in one currency, of an account that is named.
 */
#include "statement.h"

#include <stdarg.h>
#include <string.h>

#define STATEMENT_LIMIT 20000u	/* statements of one file */

struct known_balance {
	bool there, twice;
	int64_t minor;
	char currency[4], day[DAY_SIZE];
};

struct sink {
	statement_write_fn *write;
	void *user;
	const char *format;
	bool second, failed, disowned;
	GPtrArray *frames;	/* struct event: of all statements */
	guint next;		/* the frame to write next */
	struct event *frame;	/* of the statement being read; in frames */
	struct event *entry;	/* not written yet */
	enum coverage coverage;
	struct known_balance balance[2];
	int64_t sum;
};

static void
free_event(gpointer event)
{
	event_free(event);
}

struct sink *
sink_new(statement_write_fn *write, void *user)
{
	struct sink *sink = g_new0(struct sink, 1);

	sink->write = write;
	sink->user = user;
	sink->frames = g_ptr_array_new_with_free_func(free_event);
	return sink;
}

void
sink_free(struct sink *sink)
{
	if (!sink)
		return;
	event_free(sink->entry);
	g_ptr_array_unref(sink->frames);
	g_free(sink);
}

void
sink_next_file(struct sink *sink, const char *format)
{
	g_clear_pointer(&sink->entry, event_free);
	sink->format = format;
	sink->frame = NULL;
	sink->disowned = false;
}

void
sink_second_pass(struct sink *sink, unsigned first)
{
	sink_next_file(sink, sink->format);
	sink->second = true;
	sink->next = first;
}

const char *
sink_day(const struct sink *sink, unsigned statement)
{
	const struct event *frame = sink->frames->pdata[statement];
	const char *day = event_get(frame, EVENT_CLOSED);

	return day ? day : event_get(frame, EVENT_OPENED);
}

unsigned
sink_statements(const struct sink *sink)
{
	return sink->frames->len;
}

bool
sink_failed(const struct sink *sink)
{
	return sink->failed;
}

void
sink_disown(struct sink *sink)
{
	sink->disowned = true;
}

bool
sink_disowned(const struct sink *sink)
{
	return sink->disowned;
}

/* ---- writing ---------------------------------------------------------------------- */

static void
write_event(struct sink *sink, const struct event *event)
{
	GString *line = g_string_sized_new(1024);

	event_write(event, line);
	if (!sink->write(line->str, line->len, sink->user))
		sink->failed = true;
	g_string_free(line, TRUE);
}

static void
flush(struct sink *sink)
{
	static const enum event_field shared[] = {EVENT_ACCOUNT,
	    EVENT_STATEMENT_ID};

	if (!sink->entry)
		return;
	for (size_t i = 0; sink->second && i < G_N_ELEMENTS(shared); i++)
		event_set(sink->entry, shared[i],
		    event_get(sink->frame, shared[i]));
	if (sink->second && !sink->failed)
		write_event(sink, sink->entry);
	g_clear_pointer(&sink->entry, event_free);
}

/* ---- the frame --------------------------------------------------------------------- */

void
sink_begin(struct sink *sink, enum coverage coverage)
{
	static const char *const names[] = {"statement", "report", "list"};

	flush(sink);
	sink->frame = NULL;
	if (sink->second) {
		if (sink->next < sink->frames->len) {
			sink->frame = sink->frames->pdata[sink->next++];
			write_event(sink, sink->frame);
		}
		return;
	}
	if (sink->frames->len >= STATEMENT_LIMIT)
		return;
	sink->frame = event_new(EVENT_STATEMENT);
	g_ptr_array_add(sink->frames, sink->frame);
	sink->coverage = coverage;
	sink->sum = 0;
	memset(sink->balance, 0, sizeof sink->balance);
	event_set(sink->frame, EVENT_READER, "statement");
	event_set(sink->frame, EVENT_TEMPLATE, sink->format);
	event_set(sink->frame, EVENT_COVERAGE, names[coverage]);
}

void
sink_set(struct sink *sink, enum event_field field, const char *value)
{
	g_autoptr(GString) plain = NULL;

	if (sink->second || !sink->frame)
		return;
	if (field == EVENT_ACCOUNT && value) {
		plain = g_string_new(NULL);
		for (; *value; value++)
			if (!g_ascii_isspace(*value))
				g_string_append_c(plain, *value);
		value = plain->str;
	}
	event_set(sink->frame, field, value);
}

void
sink_balance(struct sink *sink, enum balance balance, int64_t minor,
    const char *currency, const char *day)
{
	struct known_balance *b = &sink->balance[balance];

	if (sink->second || !sink->frame)
		return;
	if (b->there && (b->minor != minor ||
	    g_strcmp0(b->currency, currency) != 0))
		b->twice = true;
	b->there = true;
	b->minor = minor;
	g_strlcpy(b->currency, currency, sizeof b->currency);
	g_strlcpy(b->day, day ? day : "", sizeof b->day);
}

void
sink_refuse(struct sink *sink, const char *field, const char *why)
{
	if (!sink->second && sink->frame)
		event_refuse(sink->frame, field, why);
}

/* ---- entries ------------------------------------------------------------------------ */

void
sink_count(struct sink *sink, int64_t minor, const char *currency)
{
	const char *known;

	if (sink->second || !sink->frame)
		return;
	known = event_get(sink->frame, EVENT_CURRENCY);
	if (!currency)
		event_refuse(sink->frame, "currency", "nowhere in the file");
	else if (!known)
		event_set(sink->frame, EVENT_CURRENCY, currency);
	else if (sink->coverage == COVERAGE_STATEMENT &&
	    strcmp(known, currency) != 0)
		event_refuse(sink->frame, "currency",
		    "an entry is in another one than the account");
	if (__builtin_add_overflow(sink->sum, minor, &sink->sum))
		event_refuse(sink->frame, "amount", "beyond all bounds");
}

struct event *
sink_part(struct sink *sink, enum event_kind kind, int64_t minor,
    const char *currency)
{
	g_autofree char *text = NULL;

	flush(sink);
	if (!sink->frame)
		return NULL;
	text = money_format(ABS(minor), currency ? currency : "EUR");
	sink->entry = event_new(kind);
	event_set(sink->entry, EVENT_READER, "statement");
	event_set(sink->entry, EVENT_CURRENCY, currency);
	event_set(sink->entry, EVENT_AMOUNT, text);
	if (minor == 0)
		event_refuse(sink->entry, "amount", "nothing");
	if (!currency)
		event_refuse(sink->entry, "currency", "nowhere in the file");
	return sink->entry;
}

struct event *
sink_entry(struct sink *sink, enum event_kind kind, int64_t minor,
    const char *currency)
{
	sink_count(sink, minor, currency);
	return sink_part(sink, kind, minor, currency);
}

/* ---- the end of a statement ----------------------------------------------------------- */

static void
set_balance(struct event *frame, const struct known_balance *balance,
    enum event_field amount, enum event_field day)
{
	g_autofree char *text = NULL;

	if (!balance->there)
		return;
	text = money_format(balance->minor, balance->currency);
	event_set(frame, amount, text);
	event_set(frame, day, balance->day);
}

static void
check_sum(struct sink *sink)
{
	const struct known_balance *opening = &sink->balance[BALANCE_OPENING];
	const struct known_balance *closing = &sink->balance[BALANCE_CLOSING];
	const char *currency = event_get(sink->frame, EVENT_CURRENCY);
	int64_t reached;

	if (!opening->there || !closing->there) {
		event_refuse(sink->frame, opening->there ? "closing" :
		    "opening", "there is no such balance");
	} else if (opening->twice || closing->twice) {
		event_refuse(sink->frame, opening->twice ? "opening" :
		    "closing", "twice");
	} else if (strcmp(opening->currency, closing->currency) != 0 ||
	    g_strcmp0(currency, opening->currency) != 0) {
		event_refuse(sink->frame, "currency",
		    "the balances are not in the account's");
	} else if (__builtin_add_overflow(opening->minor, sink->sum,
	    &reached) || reached != closing->minor) {
		g_autofree char *sum = money_format(sink->sum,
		    opening->currency);
		g_autofree char *why = g_strdup_printf("the opening balance "
		    "and the entries (%s) do not make it", sum);

		event_refuse(sink->frame, "closing", why);
	}
}

void
sink_end(struct sink *sink)
{
	struct event *frame = sink->frame;

	flush(sink);
	sink->frame = NULL;
	if (sink->second || !frame)
		return;
	sink->frame = frame;
	set_balance(frame, &sink->balance[0], EVENT_OPENING, EVENT_OPENED);
	set_balance(frame, &sink->balance[1], EVENT_CLOSING, EVENT_CLOSED);
	if (!event_get(frame, EVENT_CURRENCY) && sink->balance[0].there)
		event_set(frame, EVENT_CURRENCY, sink->balance[0].currency);
	if (!event_get(frame, EVENT_ACCOUNT))
		event_refuse(frame, "account", "the file does not say "
		    "whose it is: name it with --account");
	if (!event_get(frame, EVENT_STATEMENT_ID))
		event_refuse(frame, "statement_id", "there is none");
	if (sink->coverage == COVERAGE_STATEMENT)
		check_sum(sink);
	sink->frame = NULL;
}
