/*
 * imap_reply.c - commands and responses over libetpan's stream.
 *
 * libetpan's own IMAP parser holds whatever the server sends, tries every
 * rule of a large grammar on it and trusts the length of each literal; for
 * what is needed here, lines with bounded literals are enough, and a response
 * that is unknown is left alone.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <libetpan/libetpan.h>

#include "imap.h"

#define LITERAL '\1'		/* stands for one in a line */

static const struct {
	const char *name;
	unsigned bit;
} capabilities[] = {
	{"STARTTLS", IMAP_STARTTLS},
	{"LOGINDISABLED", IMAP_LOGINDISABLED},
	{"AUTH=PLAIN", IMAP_PLAIN},
	{"AUTH=XOAUTH2", IMAP_XOAUTH2},
	{"SASL-IR", IMAP_SASL_IR},
	{"IDLE", IMAP_IDLE},
	{"MOVE", IMAP_CAN_MOVE},
	{"UIDPLUS", IMAP_UIDPLUS},
};

enum imap_end
imap_broken(struct imap *imap, const char *text)
{
	const char *trouble = wire_trouble(imap->wire);

	g_free(imap->why);
	imap->why = g_strdup(trouble ? trouble : text);
	return IMAP_BROKEN;
}

/* ---- one response ------------------------------------------------------- */

/* The size of the literal that a line announces at its end; -1: none. Cuts
 * the announcement off. */
static int64_t
announced(GString *line)
{
	const char *open = strrchr(line->str, '{');
	char *end;
	uint64_t size;

	if (line->len < 3 || line->str[line->len - 1] != '}' || !open ||
	    !g_ascii_isdigit(open[1]))
		return -1;
	size = g_ascii_strtoull(open + 1, &end, 10);
	if (*end == '+')
		end++;
	if (*end != '}' || end[1] != '\0')
		return -1;
	g_string_truncate(line, (gsize)(open - line->str));
	return size > G_MAXINT64 ? G_MAXINT64 : (int64_t)size;
}

static bool
read_literal(struct imap *imap, size_t size)
{
	GByteArray *literal = g_byte_array_sized_new((guint)size);
	size_t have = 0;
	ssize_t n;

	g_ptr_array_add(imap->literals, literal);
	g_byte_array_set_size(literal, (guint)size);
	while (have < size) {
		n = mailstream_read(imap->stream, literal->data + have,
		    size - have);
		if (n <= 0)
			return false;
		have += (size_t)n;
	}
	g_string_append_c(imap->line, LITERAL);
	return true;
}

/* Appends one line to imap->line: no control characters but tabs. */
static bool
read_line(struct imap *imap)
{
	MMAPString *buffer = mmap_string_new("");
	const char *text = mailstream_read_line_remove_eol(imap->stream, buffer);
	bool good = text && strlen(text) == buffer->len;

	for (const char *p = text; good && *p; p++)
		good = !g_ascii_iscntrl(*p) || *p == '\t';
	if (good)
		g_string_append_len(imap->line, text, (gssize)buffer->len);
	mmap_string_free(buffer);
	return good;
}

/* One whole response with its literals; they are bounded together. */
static bool
read_response(struct imap *imap)
{
	size_t left = IMAP_CHUNK;
	int64_t size;

	g_string_truncate(imap->line, 0);
	g_ptr_array_set_size(imap->literals, 0);
	for (;;) {
		if (!read_line(imap)) {
			imap_broken(imap, "the mail server's answer cannot be "
			    "understood");
			return false;
		}
		size = announced(imap->line);
		if (size < 0)
			return true;
		if ((uint64_t)size > left) {
			imap_broken(imap, "the mail server sends more than it "
			    "was asked for");
			return false;
		}
		left -= (size_t)size;
		if (!read_literal(imap, (size_t)size)) {
			imap_broken(imap, "the mail server closed the "
			    "connection");
			return false;
		}
	}
}

/* ---- what it means --------------------------------------------------------- */

/* "CAPABILITY A B C", also inside of "OK [CAPABILITY …]". */
static void
note_capabilities(struct imap *imap, const char *list)
{
	g_autofree char *copy = g_strndup(list, strcspn(list, "]"));
	g_auto(GStrv) words = g_strsplit(copy, " ", -1);

	imap->capabilities = 0;
	for (char **word = words; *word; word++)
		for (size_t i = 0; i < G_N_ELEMENTS(capabilities); i++)
			if (!g_ascii_strcasecmp(*word, capabilities[i].name))
				imap->capabilities |= capabilities[i].bit;
}

static bool
has_prefix(const char *text, const char *prefix)
{
	return g_ascii_strncasecmp(text, prefix, strlen(prefix)) == 0;
}

/* What every command may hear. */
static void
note_untagged(struct imap *imap, const char *text)
{
	if (has_prefix(text, "CAPABILITY "))
		note_capabilities(imap, text + 11);
	else if (has_prefix(text, "OK [UIDVALIDITY "))
		imap->uidvalidity = (uint32_t)MIN(G_MAXUINT32,
		    g_ascii_strtoull(text + 16, NULL, 10));
}

static enum imap_end
bye(struct imap *imap, const char *text)
{
	g_autofree char *why = g_strconcat("the mail server ended the "
	    "connection: ", text, NULL);

	imap_broken(imap, why);
	return IMAP_BROKEN;
}

/* "OK done", "NO why", "BAD why" behind the tag. */
static enum imap_end
tagged(struct imap *imap, const char *text)
{
	if (has_prefix(text, "OK"))
		return IMAP_OK;
	if (!has_prefix(text, "NO") && !has_prefix(text, "BAD"))
		return imap_broken(imap, "the mail server's answer cannot be "
		    "understood");
	g_free(imap->why);
	imap->why = g_strdup_printf("the mail server said %s", text);
	return IMAP_NO;
}

enum imap_end
imap_hear(struct imap *imap, imap_handler *handler, void *data)
{
	g_autofree char *tag = g_strdup_printf("A%u ", imap->tag);
	const char *line;

	while (read_response(imap)) {
		line = imap->line->str;
		if (g_str_has_prefix(line, tag))
			return tagged(imap, line + strlen(tag));
		if (line[0] == '+')
			return IMAP_CONTINUE;
		if (!g_str_has_prefix(line, "* "))
			return imap_broken(imap, "the mail server's answer "
			    "belongs to no question");
		if (has_prefix(line + 2, "BYE"))
			return bye(imap, line + 2);
		note_untagged(imap, line + 2);
		if (handler && !handler(imap, line + 2, data))
			return imap_broken(imap, "the mail server's answer "
			    "cannot be understood");
	}
	return IMAP_BROKEN;
}

enum imap_end
imap_greeting(struct imap *imap)
{
	if (!read_response(imap))
		return IMAP_BROKEN;
	if (has_prefix(imap->line->str, "* PREAUTH"))
		return imap_broken(imap, "the mail server, or someone in "
		    "between, says that we are logged in already (PREAUTH)");
	if (has_prefix(imap->line->str, "* BYE"))
		return bye(imap, imap->line->str + 2);
	if (!has_prefix(imap->line->str, "* OK"))
		return imap_broken(imap, "this is no IMAP server");
	return IMAP_OK;
}

/* ---- saying ------------------------------------------------------------------ */

bool
imap_say(struct imap *imap, const char *text)
{
	if (mailstream_write(imap->stream, text, strlen(text)) >= 0 &&
	    mailstream_flush(imap->stream) >= 0)
		return true;
	imap_broken(imap, "the mail server closed the connection");
	return false;
}

enum imap_end
imap_command(struct imap *imap, size_t bytes, imap_handler *handler,
    void *data, const char *format, ...)
{
	g_autofree char *text = NULL, *line = NULL;
	va_list arguments;
	bool said;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	line = g_strdup_printf("A%u %s\r\n", ++imap->tag, text);
	wire_allow(imap->wire, imap->request->timeout, bytes);
	frame_watchdog(imap->request->timeout + 1);
	said = imap_say(imap, line);
	explicit_bzero(line, strlen(line));
	explicit_bzero(text, strlen(text));
	return said ? imap_hear(imap, handler, data) : IMAP_BROKEN;
}
