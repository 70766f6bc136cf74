/*
 * notice.c - a mail that says it comes from one of our banks: is it true, and
 * what does it say? The answer to the first goes into trust and refused of
 * every event, so that nobody downstream has to ask again.
 */
#include "auth.h"
#include "frame.h"
#include "limits.h"
#include "reader.h"

#include <string.h>

struct verdict {
	GPtrArray *reasons;	/* char *: empty when it is trusted */
	char *signature;
};

static bool
is_aligned(const void *bank, const char *d)
{
	return bank_is_dkim_domain(bank, d);
}

struct verifier {
	const struct message *message;
	struct asker *asker;
};

/* Our own look at a signature, by the helper that the parent runs. */
static char *
verify(void *user, unsigned index, const char *name)
{
	const struct verifier *verifier = user;
	g_autofree char *question = g_strdup_printf("%" G_GINT64_FORMAT
	    " %u %s", verifier->message->start, index, name);
	g_autofree char *why = NULL;
	GString *answer = verifier->asker->ask(verifier->asker, FRAME_DKIM,
	    question, strlen(question), &why);

	if (!answer)
		return why ? g_steal_pointer(&why) :
		    g_strdup("it could not be verified");
	g_string_free(answer, TRUE);
	return NULL;
}

static struct verdict
judge(const struct message *message, struct asker *asker)
{
	struct verifier verifier = {message, asker};
	const struct parser *parser = message->parser;
	struct auth_question question = {
		.header = message->header,
		.authserv_id = parser->authserv_id,
		.boundary = parser->boundary,
		.mailboxes = (const char *const *)parser->mailboxes,
		.now = parser->now,
		.excuse_content_type =
		    bank_excuses_content_type(message->bank),
		.is_aligned = is_aligned,
		.bank = message->bank,
		.verify = parser->dkim ? verify : NULL,
		.verifier = &verifier,
	};
	struct verdict verdict;

	verdict.reasons = auth_check(&question, &verdict.signature);
	return verdict;
}

/* ---- statements attached to the mail ----------------------------------------- */

bool
notice_add_lines(GPtrArray *events, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((newline ? newline : end) - text);
		struct event *event = n ? event_read(text, n) : NULL;

		text += newline ? n + 1 : n;
		if (n == 0)
			continue;
		if (!event || events->len >= LIMIT_EVENTS) {
			event_free(event);
			return false;
		}
		g_ptr_array_add(events, event);
	}
	return true;
}

/* One that is there and cannot be taken: the owner has to know. */
static void
refuse_statement(GPtrArray *events, const struct mime_statement *statement,
    const char *why)
{
	struct event *event = event_new(EVENT_STATEMENT);

	event_set(event, EVENT_READER, "statement");
	event_set(event, EVENT_STATEMENT_ID,
	    statement->name ? statement->name : "attached");
	event_refuse(event, "statement", why);
	g_ptr_array_add(events, event);
}

static void
read_statements(struct message *message, struct asker *asker)
{
	const GPtrArray *statements = message->mime->statements;

	for (guint i = 0; i < statements->len; i++) {
		const struct mime_statement *statement = statements->pdata[i];
		g_autofree char *why = NULL;
		GString *lines = asker->ask(asker, FRAME_STATEMENT,
		    statement->bytes->str, statement->bytes->len, &why);
		guint before = message->events->len;

		if (lines && !notice_add_lines(message->events, lines->str,
		    lines->len)) {
			g_ptr_array_set_size(message->events, (gint)before);
			why = g_strdup("more entries than a mail may bring: "
			    "import the file");
		}
		for (guint k = before; statement->odd &&
		    k < message->events->len; k++)
			event_refuse(message->events->pdata[k], "statement",
			    statement->odd);
		/* Without a reason it is some other file, and no statement. */
		if (why && *why)
			refuse_statement(message->events, statement, why);
		if (lines)
			g_string_free(lines, TRUE);
	}
}

/* ---- the mail's own text ------------------------------------------------------- */

static void
refuse_all(GPtrArray *events, const char *field, const char *why)
{
	for (guint i = 0; i < events->len; i++)
		event_refuse(events->pdata[i], field, why);
}

const char *
notice_html(struct message *message, struct asker *asker, char **why)
{
	const struct mime *mime = message->mime;
	g_autofree char *problem = NULL;
	GString *answer;

	if (message->html_text || !mime || !mime->html)
		return message->html_text;
	answer = asker->ask(asker, FRAME_HTML, mime->html, strlen(mime->html),
	    &problem);
	if (answer && g_utf8_validate(answer->str, (gssize)answer->len, NULL))
		return message->html_text = g_string_free(answer, FALSE);
	*why = g_strdup_printf("not compared: %s",
	    answer || !problem ? "no UTF-8 came back" : problem);
	if (answer)
		g_string_free(answer, TRUE);
	return NULL;
}

static void
read_text(struct message *message, struct asker *asker)
{
	const char *date = header_get(message->header, "date");
	char day[DAY_SIZE];
	int64_t seconds;
	g_autofree char *why = NULL;
	const char *html = notice_html(message, asker, &why);
	struct bank_mail mail = {
		.from = message->from ? message->from : "",
		.subject = message->subject ? message->subject : "",
		.text = message->mime ? message->mime->text : NULL,
		.html_text = html,
		.date = header_date(date, &seconds, day) ? day : NULL,
	};

	bank_read(message->bank, &mail, message->events);
	if (why)
		refuse_all(message->events, "html", why);
}

/* ---- both together ------------------------------------------------------------- */

static bool
is_money(const struct event *event)
{
	enum event_kind kind = event_kind(event);

	return kind == EVENT_CREDIT || kind == EVENT_DEBIT ||
	    kind == EVENT_RETURN || kind == EVENT_STATEMENT;
}

/* A drift beside an attached statement says nothing: the mail only carries
 * the statement. */
static void
drop_idle_drift(GPtrArray *events)
{
	bool money = false;

	for (guint i = 0; i < events->len; i++)
		money |= is_money(events->pdata[i]);
	for (guint i = events->len; money && i-- > 0;)
		if (event_kind(events->pdata[i]) == EVENT_DRIFT)
			g_ptr_array_remove_index(events, i);
}

static bool
is_drift(const GPtrArray *events)
{
	return events->len == 1 &&
	    event_kind(events->pdata[0]) == EVENT_DRIFT;
}

/* News of a bank that speak of no money are nothing to look at. */
static void
forget_drift(struct message *message)
{
	g_ptr_array_set_size(message->events, 0);
	g_ptr_array_add(message->events, event_new(EVENT_OTHER));
	event_set(message->events->pdata[0], EVENT_WHY,
	    "it speaks of no money that came");
}

static void
mark(const struct message *message, const struct verdict *verdict,
    struct event *event)
{
	bool trusted = verdict->reasons->len == 0;
	const GPtrArray *odd = message->mime ? message->mime->odd : NULL;

	message_describe(message, event);
	/* A file does not say whose mail brought it. */
	if (!event_get(event, EVENT_BANK) || g_strcmp0(event_get(event,
	    EVENT_READER), "statement") == 0)
		event_set(event, EVENT_BANK, bank_name(message->bank));
	event_set(event, EVENT_TRUST, trusted && g_strcmp0(event_get(event,
	    EVENT_READER), "generic") != 0 ? "verified" : "unverified");
	event_set(event, EVENT_SIGNATURE, verdict->signature);
	for (guint i = 0; i < verdict->reasons->len; i++)
		event_refuse(event, "trust", verdict->reasons->pdata[i]);
	for (guint i = 0; is_money(event) && odd && i < odd->len; i++)
		event_refuse(event, "text", odd->pdata[i]);
	if (is_money(event) && message->subject_odd)
		event_refuse(event, "subject", "its encoding is broken");
}

void
notice_read(struct message *message, struct asker *asker)
{
	struct verdict verdict = judge(message, asker);

	read_text(message, asker);
	if (message->mime)
		read_statements(message, asker);
	drop_idle_drift(message->events);
	if (is_drift(message->events) &&
	    !notice_read_generic(message, asker) &&
	    notice_is_idle(message, asker))
		forget_drift(message);
	for (guint i = 0; i < message->events->len; i++)
		mark(message, &verdict, message->events->pdata[i]);
	g_ptr_array_unref(verdict.reasons);
	g_free(verdict.signature);
}
