/*
 * origin.c - where a person's mail comes from: the mails that it answers, the
 * tag in the address that it was sent to, and whether our own mail server saw
 * the sender's domain vouch for it (RFC 8601; nothing else is believed).
 */
#include "auth.h"
#include "reader.h"

#include <string.h>

#define THREAD_MAX 20		/* Message-IDs that are kept */
#define THREAD_BYTES 3900
#define TAG_MAC 20		/* hex digits */

/* ---- what it answers --------------------------------------------------------- */

static void
add_id(GPtrArray *ids, const char *id)
{
	if (ids->len < THREAD_MAX && strlen(id) < 998 &&
	    !g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
		g_ptr_array_add(ids, g_strdup(id));
}

/* In-Reply-To, then References from its end: the nearest first (RFC 5322,
 * 3.6.4). */
static GPtrArray *
thread_of(const struct message *message)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	const char *reply = header_get(message->header, "in-reply-to");
	const char *thread = header_get(message->header, "references");
	g_autoptr(GPtrArray) near = header_message_ids(reply ? reply : "");
	g_autoptr(GPtrArray) far = header_message_ids(thread ? thread : "");

	for (guint i = 0; i < near->len; i++)
		add_id(ids, near->pdata[i]);
	for (guint i = far->len; i > 0; i--)
		add_id(ids, far->pdata[i - 1]);
	return ids;
}

static void
set_thread(const struct message *message, struct event *event)
{
	g_autoptr(GPtrArray) ids = thread_of(message);
	g_autoptr(GString) text = g_string_new(NULL);

	if (ids->len)
		event_set(event, EVENT_IN_REPLY_TO, ids->pdata[0]);
	for (guint i = 0; i < ids->len; i++) {
		const char *id = ids->pdata[i];

		if (text->len + strlen(id) + 1 > THREAD_BYTES)
			break;
		g_string_append_printf(text, "%s%s", i ? " " : "", id);
	}
	if (ids->len > 1)
		event_set(event, EVENT_THREAD, text->str);
}

/* ---- the tag --------------------------------------------------------------------- */

/* "r12-" or "b12-" and the code, as a local part ends behind its delimiter. */
static bool
is_tag(const char *text, size_t length)
{
	size_t digits;

	if (length < 3 + TAG_MAC || (text[0] != 'r' && text[0] != 'b'))
		return false;
	digits = strspn(text + 1, "0123456789");
	return digits > 0 && digits <= 18 && text[1 + digits] == '-' &&
	    length == 2 + digits + TAG_MAC &&
	    strspn(text + 2 + digits, "0123456789abcdef") >= TAG_MAC;
}

static bool
set_tag_of(struct event *event, const char *address)
{
	const char *at = strrchr(address, '@');

	for (const char *p = address; at && p < at; p++) {
		size_t length = (size_t)(at - p - 1);
		g_autofree char *tag = NULL;

		if (!strchr("+-=_.", *p) || !is_tag(p + 1, length))
			continue;
		tag = g_strndup(p + 1, length);
		event_set(event, EVENT_TAG, tag);
		return true;
	}
	return false;
}

void
origin_set_tag(const struct message *message, struct event *event)
{
	static const char *const fields[] = {"x-original-to", "delivered-to",
	    "envelope-to", "to", "cc"};

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *value;

		for (unsigned n = 0; n < 20 &&
		    (value = header_nth(message->header, fields[i], n)); n++) {
			g_autoptr(GPtrArray) found = header_recipients(value);

			for (guint j = 0; j < found->len; j++)
				if (set_tag_of(event, found->pdata[j]))
					return;
		}
	}
}

/* "unsubscribe r12-…": the tag, not ended by anything but blanks. */
static char *
unsubscribe_tag(const struct message *message)
{
	static const char word[] = "unsubscribe ";
	const char *found = message->subject ?
	    strcasestr(message->subject, word) : NULL;
	g_autofree char *tag = found ? g_strdup(found + strlen(word)) : NULL;

	if (tag)
		g_strstrip(tag);
	return tag && is_tag(tag, strlen(tag)) ? g_steal_pointer(&tag) : NULL;
}

bool
origin_is_unsubscribe(const struct message *message)
{
	g_autofree char *tag = unsubscribe_tag(message);

	return tag != NULL;
}

void
origin_set_subject_tag(const struct message *message, struct event *event)
{
	g_autofree char *tag = unsubscribe_tag(message);

	event_set(event, EVENT_TAG, tag);
}

bool
origin_is_bounce(const struct message *message)
{
	struct event *event = event_new(EVENT_OTHER);
	const char *tag;
	bool is;

	origin_set_tag(message, event);
	tag = event_get(event, EVENT_TAG);
	is = tag && *tag == 'b';
	event_free(event);
	return is;
}

/* ---- the sender ---------------------------------------------------------------- */

/* Is one the other, or a domain below it? (RFC 7489, 3.1: relaxed; a public
 * suffix vouches for nobody, so it needs a dot.) */
static bool
is_aligned(const char *one, const char *other)
{
	size_t a = strlen(one), b = strlen(other);

	if (a < b)
		return is_aligned(other, one);
	return g_ascii_strcasecmp(one + a - b, other) == 0 &&
	    (a == b || (one[a - b - 1] == '.' && strchr(other, '.')));
}

/* The domain that a result is about. */
static const char *
domain_of(const struct authres_result *result)
{
	static const struct {
		const char *method, *ptype, *name;
	} rows[] = {{"dkim", "header", "d"}, {"spf", "smtp", "mailfrom"},
	    {"dmarc", "header", "from"}};
	const char *value = NULL, *at;

	for (size_t i = 0; i < G_N_ELEMENTS(rows) && !value; i++)
		if (strcmp(result->method, rows[i].method) == 0)
			value = authres_property(result, rows[i].ptype,
			    rows[i].name);
	at = value ? strrchr(value, '@') : NULL;
	return at ? at + 1 : value;
}

/* "proved" by one good result of the sender's own domain; "disproved" by a
 * bad DMARC, or by a bad SPF of that domain where nothing else is good. */
static const char *
judge(const struct authres *authres, const char *domain)
{
	const char *verdict = NULL;

	for (guint i = 0; i < authres->results->len; i++) {
		const struct authres_result *one = authres->results->pdata[i];
		const char *about = domain_of(one);

		if (!about || !is_aligned(about, domain))
			continue;
		if (strcmp(one->result, "pass") == 0)
			return "proved";
		if (strcmp(one->method, "dkim") != 0 &&
		    (strcmp(one->result, "fail") == 0 ||
		    strcmp(one->result, "softfail") == 0))
			verdict = "disproved";
	}
	return verdict;
}

static void
set_sender(const struct message *message, struct event *event)
{
	const struct auth_question question = {.header = message->header,
	    .authserv_id = message->parser->authserv_id,
	    .boundary = message->parser->boundary};
	const char *value = header_get(message->header, "from"), *why;
	g_autofree char *from =
	    value ? header_strict_mailbox(value, &why) : NULL;
	struct authres *authres;

	if (!from || header_count(message->header, "from") != 1) {
		event_set(event, EVENT_SENDER, "disproved");
		return;
	}
	authres = auth_results(&question, &why);
	if (authres)
		event_set(event, EVENT_SENDER,
		    judge(authres, strrchr(from, '@') + 1));
	authres_free(authres);
}

void
origin_describe(const struct message *message, struct event *event)
{
	set_thread(message, event);
	origin_set_tag(message, event);
	set_sender(message, event);
}
