/*
 * bouncetext.c - bounces of servers that never heard of RFC 3464: a text that
 * names addresses and reasons, and often a copy of the mail below. Nothing is
 * known of their forms but this: what came back has a header, and a reason
 * stands near its address.
 */
#include "bounce.h"

#include <string.h>

#define RECIPIENTS 50
#define HEADER_LINES 3		/* that make a header out of lines */

static void
free_bounced(gpointer data)
{
	struct bounced *bounced = data;

	g_free(bounced->recipient);
	g_free(bounced->status);
	g_free(bounced);
}

/* ---- where the copy of the mail begins ------------------------------------------- */

static bool
is_header_line(const char *line)
{
	size_t n = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 1 && line[n] == ':' &&
	    (line[n + 1] == ' ' || line[n + 1] == '\t');
}

static bool
is_trace(const char *line)
{
	static const char *const fields[] = {"received:", "return-path:",
	    "message-id:", "mime-version:", "from:"};

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (g_ascii_strncasecmp(line, fields[i],
		    strlen(fields[i])) == 0)
			return true;
	return false;
}

static const char *
next_line(const char *line)
{
	const char *newline = strchr(line, '\n');

	return newline ? newline + 1 : line + strlen(line);
}

/* Does a header begin here? Folded lines are part of it. */
static bool
begins_header(const char *line)
{
	int fields = 0;
	bool trace = false;

	for (int i = 0; i < 12 && *line && *line != '\n'; i++) {
		bool folded = *line == ' ' || *line == '\t';

		if (!folded && !is_header_line(line))
			return false;
		fields += !folded;
		trace = trace || is_trace(line);
		if (trace && fields >= HEADER_LINES)
			return true;
		line = next_line(line);
	}
	return trace && fields >= HEADER_LINES;
}

static const char *
find_copy(const struct phrases *phrases, const char *text)
{
	for (const char *line = text; *line; line = next_line(line)) {
		if (begins_header(line))
			return line;
		if (strspn(line, " \t") < 8 && strchr("-=|*T", line[strspn(
		    line, " \t")]) && line != text) {
			g_autofree char *one =
			    g_strndup(line, strcspn(line, "\n"));

			if (phrases_has(phrases, "below", one) &&
			    !strchr(one, '@') && next_line(line)[0])
				return line;
		}
	}
	return text + strlen(text);
}

/* ---- addresses --------------------------------------------------------------------- */

static bool
is_system(const char *address)
{
	static const char *const names[] = {"mailer-daemon@", "postmaster@",
	    "mail-daemon@", "mailerdaemon@", "abuse@", "support@", "helpdesk@"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strncasecmp(address, names[i],
		    strlen(names[i])) == 0)
			return true;
	return false;
}

static bool
has(const GPtrArray *list, const char *address)
{
	for (guint i = 0; list && i < list->len; i++)
		if (g_ascii_strcasecmp(list->pdata[i], address) == 0)
			return true;
	return false;
}

/* Without what hangs on an address in a text. */
static char *
tidy(const char *address)
{
	char *copy = g_strdup(address), *end;

	while (*copy && strchr("'`=", *copy))
		memmove(copy, copy + 1, strlen(copy));
	end = copy + strlen(copy);
	while (end > copy && strchr("'`.,=", end[-1]))
		*--end = '\0';
	return copy;
}

/* Is it an address of a mailbox at all? */
static bool
is_mailbox(const char *address)
{
	const char *at = strchr(address, '@');

	return at && at > address && strchr(at, '.') && !strchr(at + 1, '@') &&
	    g_ascii_isalnum(at[1]) && !strchr(address, '/');
}

/* Lines of a session that speak of other addresses. */
static bool
is_of_others(const char *line)
{
	static const char *const words[] = {"mail from", "from:", "sender",
	    "message-id", "message id", "reply-to", "envelope-from"};
	g_autofree char *one = g_strndup(line, strcspn(line, "\n"));
	g_autofree char *lower = g_ascii_strdown(one, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(lower, words[i]))
			return true;
	return false;
}

/* Adds the addresses of the lines: of those that begin with one, or of all. */
static void
take_addresses(GPtrArray *found, const char *text, const GPtrArray *own,
    bool leading)
{
	for (const char *line = text; *line && found->len < RECIPIENTS;
	    line = next_line(line)) {
		g_autofree char *one = g_strndup(line, strcspn(line, "\n"));
		g_autoptr(GPtrArray) some = header_addresses(one);
		const char *start = one + strspn(one, " \t<\"'*-|>To:to");

		for (guint i = 0; i < some->len; i++) {
			char *address = tidy(some->pdata[i]);

			if (is_mailbox(address) && !is_system(address) &&
			    !has(own, address) && !has(found, address) &&
			    (leading ? g_ascii_strncasecmp(start, address,
			    strlen(address)) == 0 : !is_of_others(one)))
				g_ptr_array_add(found, address);
			else
				g_free(address);
		}
	}
}

/* The recipients in the header of the mail that came back. */
GPtrArray *
bounce_original_recipients(const char *original)
{
	struct header *header = header_parse(original, strlen(original));
	const char *to = header_get(header, "to");
	GPtrArray *found = header_recipients(to ? to : "");

	header_free(header);
	return found;
}

static GPtrArray *
find_recipients(const char *text, const char *original, const char *failed,
    const GPtrArray *own)
{
	GPtrArray *found = header_addresses(failed ? failed : "");

	if (found->len == 0)
		take_addresses(found, text, own, true);
	if (found->len == 0)
		take_addresses(found, text, own, false);
	if (found->len == 0)
		take_addresses(found, text, NULL, true);
	if (found->len == 0 && *original) {
		g_ptr_array_unref(found);
		found = bounce_original_recipients(original);
	}
	return found;
}

/* ---- reasons ------------------------------------------------------------------------ */

/* The part of a text that is about one of its addresses: up to the next. */
static char *
about(const char *text, const GPtrArray *recipients, guint i)
{
	const char *from = strcasestr(text, recipients->pdata[i]), *to;

	if (!from || recipients->len == 1)
		return g_strdup(text);
	to = text + strlen(text);
	for (guint j = 0; j < recipients->len; j++) {
		const char *other = j == i ? NULL :
		    strcasestr(from, recipients->pdata[j]);

		if (other && other < to)
			to = other;
	}
	return g_strndup(from, (gsize)(to - from));
}

static void
add_bounced(GPtrArray *list, const char *recipient, char *status)
{
	struct bounced *bounced = g_new0(struct bounced, 1);

	bounced->recipient = g_strdup(recipient);
	bounced->status = status;
	g_ptr_array_add(list, bounced);
}

GPtrArray *
bounce_text_read(const struct phrases *phrases, const char *text,
    const char *original, const char *failed, const GPtrArray *own)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(free_bounced);
	const char *copy = find_copy(phrases, text);
	g_autofree char *before = g_strndup(text, (gsize)(copy - text));
	g_autoptr(GPtrArray) recipients = find_recipients(before,
	    original ? original : copy, failed, own);
	g_autofree char *general = status_of_text(phrases, before);

	if (!general && !failed && !*copy && !original)
		return list;
	for (guint i = 0; i < recipients->len; i++) {
		g_autofree char *part = about(before, recipients, i);
		char *status = status_of_text(phrases, part);

		add_bounced(list, recipients->pdata[i], status ? status :
		    g_strdup(general ? general : "5.0.0"));
	}
	if (recipients->len == 0 && (general || failed))
		add_bounced(list, NULL, g_strdup(general ? general : "5.0.0"));
	return list;
}
