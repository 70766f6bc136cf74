/*
 * prescan.c - counts, in one streaming pass over the raw bytes, what could
 * make a MIME parser run out of stack, memory or time.
 *
 * It does not parse MIME: it counts upper bounds. Any line that looks like an
 * address field or a Content-Type counts, wherever it stands, because it may
 * be the header of a part or of an embedded message.
 */
#include "prescan.h"
#include "limits.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((size_t)256 << 10)
#define NAME_MAX_LENGTH 64
#define TYPE_MAX_LENGTH 8192	/* of a Content-Type that is looked into */

enum field {
	FIELD_NONE,	/* an empty line was the last */
	FIELD_OTHER, FIELD_ADDRESS, FIELD_TYPE
};

struct scan {
	struct prescan *out;
	bool in_header;
	unsigned fields, words, containers, parts;
	size_t line;		/* bytes of the present line so far */
	/* of the present field, with its folded lines */
	enum field field;
	size_t length;
	unsigned colons, commas, brackets, semicolons;
	GString *type;		/* value of a Content-Type, up to a length */
	GPtrArray *boundaries;	/* char *: "--" and the boundary */
};

static void
over(struct scan *scan, bool is_over, const char *what)
{
	if (is_over && !scan->out->over)
		scan->out->over = what;
}

/* ---- names ------------------------------------------------------------------- */

static enum field
field_kind(const char *line, size_t length)
{
	static const char *const address[] = {"from", "sender", "reply-to",
	    "to", "cc", "bcc", "resent-from", "resent-sender", "resent-to",
	    "resent-cc", "resent-bcc", "resent-reply-to", "return-path",
	    "disposition-notification-to", "mail-followup-to"};
	const char *colon = memchr(line, ':', MIN(length, NAME_MAX_LENGTH));
	char name[NAME_MAX_LENGTH + 1];
	size_t n;

	if (!colon)
		return FIELD_OTHER;
	n = (size_t)(colon - line);
	memcpy(name, line, n);
	name[n] = '\0';
	g_strchomp(name);
	if (g_ascii_strcasecmp(name, "content-type") == 0)
		return FIELD_TYPE;
	for (size_t i = 0; i < G_N_ELEMENTS(address); i++)
		if (g_ascii_strcasecmp(name, address[i]) == 0)
			return FIELD_ADDRESS;
	return FIELD_OTHER;
}

static void
add_charset(struct scan *scan, const char *name, size_t length)
{
	GPtrArray *charsets = scan->out->charsets;
	g_autofree char *lower = NULL;

	if (length == 0 || length > 40 || charsets->len == LIMIT_CHARSETS)
		return;
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isalnum(name[i]) && !strchr("-_.", name[i]))
			return;
	lower = g_ascii_strdown(name, (gssize)length);
	if (!g_ptr_array_find_with_equal_func(charsets, lower, g_str_equal,
	    NULL))
		g_ptr_array_add(charsets, g_steal_pointer(&lower));
}

/* Counts encoded words and notes their charsets. */
static void
scan_words(struct scan *scan, const char *text, size_t length)
{
	const char *end = text + length, *p = text;

	while ((p = memmem(p, (size_t)(end - p), "=?", 2))) {
		size_t n;

		p += 2;
		for (n = 0; p + n < end && n < 41; n++)
			if (p[n] == '?' || p[n] == '*')
				break;
		if (p + n < end && (p[n] == '?' || p[n] == '*'))
			add_charset(scan, p, n);
		scan->words++;
	}
	over(scan, scan->words > LIMIT_WORDS, "too many encoded words");
}

/* ---- Content-Type ---------------------------------------------------------- */

/* The next value of a parameter, sloppily: what stands behind NAME, an equals
 * sign and perhaps a quote. NULL when there is no more; *from moves on. */
static const char *
next_parameter(const char **from, const char *name, size_t *length)
{
	const char *p = strcasestr(*from, name);

	if (!p)
		return NULL;
	p += strlen(name);
	*from = p;
	p += strspn(p, "*0 \t\r\n");
	if (*p != '=')
		return next_parameter(from, name, length);
	p++;
	p += strspn(p, " \t\r\n");
	if (*p == '"') {
		p++;
		*length = strcspn(p, "\"\r\n");
	} else {
		*length = strcspn(p, "; \t\r\n");
	}
	return p;
}

static void
end_type(struct scan *scan)
{
	const char *from = scan->type->str, *value;
	size_t length;

	if (strcasestr(scan->type->str, "multipart") ||
	    strcasestr(scan->type->str, "message"))
		scan->containers++;
	over(scan, scan->containers > LIMIT_CONTAINERS,
	    "parts nested or numbered beyond the limit");
	while ((value = next_parameter(&from, "charset", &length)))
		add_charset(scan, value, length);
	from = scan->type->str;
	while ((value = next_parameter(&from, "boundary", &length))) {
		if (length == 0 || scan->boundaries->len > LIMIT_CONTAINERS)
			continue;
		g_ptr_array_add(scan->boundaries,
		    g_strdup_printf("--%.*s", (int)length, value));
	}
}

static void
end_field(struct scan *scan)
{
	if (scan->field == FIELD_TYPE)
		end_type(scan);
	scan->field = FIELD_NONE;
}

/* ---- lines ------------------------------------------------------------------- */

static void
begin_field(struct scan *scan, const char *line, size_t length)
{
	end_field(scan);
	scan->field = field_kind(line, length);
	scan->length = 0;
	scan->colons = scan->commas = scan->brackets = scan->semicolons = 0;
	g_string_truncate(scan->type, 0);
	if (scan->in_header)
		over(scan, ++scan->fields > LIMIT_FIELDS,
		    "too many header fields");
}

static void
count_marks(struct scan *scan, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		switch (text[i]) {
		case ':': scan->colons++; break;
		case ',': scan->commas++; break;
		case '(': scan->brackets++; break;
		case ';': scan->semicolons++; break;
		default: break;
		}
	over(scan, scan->brackets > LIMIT_COMMENTS, "too many comments");
	if (scan->field == FIELD_ADDRESS) {
		over(scan, scan->colons > LIMIT_GROUPS,
		    "too many groups in an address field");
		over(scan, scan->commas > LIMIT_ADDRESSES,
		    "too many addresses in a field");
	} else {
		over(scan, scan->semicolons > LIMIT_PARAMETERS,
		    "too many parameters in a Content-Type");
	}
}

static void
scan_field(struct scan *scan, const char *text, size_t length)
{
	scan->length += length;
	if (scan->in_header || scan->field == FIELD_ADDRESS ||
	    scan->field == FIELD_TYPE)
		over(scan, scan->length > LIMIT_FIELD,
		    "a header field is too long");
	if (scan->field == FIELD_ADDRESS || scan->field == FIELD_TYPE)
		count_marks(scan, text, length);
	if (scan->field == FIELD_TYPE && scan->type->len < TYPE_MAX_LENGTH)
		g_string_append_len(scan->type, text,
		    (gssize)MIN(length, TYPE_MAX_LENGTH));
	if (scan->in_header)
		scan_words(scan, text, length);
}

static void
scan_boundary(struct scan *scan, const char *line, size_t length)
{
	for (guint i = 0; i < scan->boundaries->len; i++) {
		const char *boundary = scan->boundaries->pdata[i];
		size_t n = strlen(boundary);

		if (length < n || memcmp(line, boundary, n) != 0)
			continue;
		over(scan, ++scan->parts > LIMIT_PARTS, "too many parts");
		return;
	}
}

static bool
is_empty(const char *line, size_t length)
{
	return length == 0 || *line == '\n' ||
	    (length > 1 && line[0] == '\r' && line[1] == '\n');
}

static void
begin_line(struct scan *scan, const char *line, size_t length)
{
	scan->line = 0;
	if (is_empty(line, length)) {
		end_field(scan);
		scan->in_header = false;
	} else if ((*line != ' ' && *line != '\t') ||
	    scan->field == FIELD_NONE) {
		if (!scan->in_header && line[0] == '-' && length > 2)
			scan_boundary(scan, line, length);
		begin_field(scan, line, length);
	}
}

/* A line or, when it is longer than the buffer, a piece of one. */
static void
scan_piece(struct scan *scan, const char *piece, size_t length, bool begins)
{
	if (begins)
		begin_line(scan, piece, length);
	scan->line += length;
	over(scan, scan->line > LIMIT_LINE, "a line is too long");
	if (scan->field != FIELD_NONE)
		scan_field(scan, piece, length);
	if (!scan->in_header)
		return;
	g_string_append_len(scan->out->header, piece, (gssize)length);
	over(scan, scan->out->header->len > LIMIT_HEADER,
	    "the header is too long");
}

/* All whole lines of a buffer; what is left of the last one is left. */
static size_t
scan_lines(struct scan *scan, const char *buffer, size_t length, bool *begins)
{
	size_t at = 0;

	while (at < length && !scan->out->over) {
		const char *newline = memchr(buffer + at, '\n', length - at);
		size_t n;

		if (!newline)
			break;
		n = (size_t)(newline - buffer) + 1 - at;
		scan_piece(scan, buffer + at, n, *begins);
		*begins = true;
		at += n;
	}
	return at;
}

/* ---- the pass ---------------------------------------------------------------- */

/* An mbox From line in front is the mail system's, not the message's. */
static int64_t
mbox_line(const char *buffer, size_t length)
{
	const char *newline;

	if (length < 5 || memcmp(buffer, "From ", 5) != 0)
		return 0;
	newline = memchr(buffer, '\n', MIN(length, 1000));
	return newline ? newline - buffer + 1 : 0;
}

static bool
scan_stream(struct scan *scan, int fd)
{
	g_autofree char *buffer = g_malloc(CHUNK);
	size_t kept = 0;
	int64_t offset = 0;
	bool begins = true;

	while (!scan->out->over) {
		ssize_t got = pread(fd, buffer + kept, CHUNK - kept, offset);
		size_t used = 0;

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (offset == 0)
			used = (size_t)mbox_line(buffer, (size_t)got);
		if (offset == 0)
			scan->out->start = (int64_t)used;
		offset += got;
		kept += (size_t)got;
		used += scan_lines(scan, buffer + used, kept - used, &begins);
		if (used == 0 && (kept == CHUNK || got == 0) && kept) {
			scan_piece(scan, buffer, kept, begins);
			begins = false;
			used = kept;
		}
		if (got == 0 && used == kept)
			return true;
		memmove(buffer, buffer + used, kept - used);
		kept -= used;
	}
	return true;
}

bool
prescan_read(int fd, struct prescan *out)
{
	struct scan scan = {.out = out, .in_header = true};
	struct stat status;
	bool done = false;

	memset(out, 0, sizeof *out);
	out->header = g_string_new(NULL);
	out->charsets = g_ptr_array_new_with_free_func(g_free);
	scan.type = g_string_new(NULL);
	scan.boundaries = g_ptr_array_new_with_free_func(g_free);
	if (fstat(fd, &status) == 0) {
		out->size = status.st_size;
		over(&scan, out->size > LIMIT_MESSAGE,
		    "the message is too long");
		done = scan_stream(&scan, fd);
		end_field(&scan);
	}
	g_string_free(scan.type, TRUE);
	g_ptr_array_unref(scan.boundaries);
	return done;
}

void
prescan_release(struct prescan *scan)
{
	if (scan->header)
		g_string_free(scan->header, TRUE);
	if (scan->charsets)
		g_ptr_array_unref(scan->charsets);
	memset(scan, 0, sizeof *scan);
}
