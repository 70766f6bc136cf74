/*
 * mime.c - walks a message with gmime: the only file here that knows gmime.
 *
 * gmime finds the parts; the parser's streams stay on the descriptor, so that
 * a large attachment is passed over and never held. Transfer encodings,
 * charsets and flowed text are undone by our own functions, which notice when
 * they had to guess. Every getter of gmime may give NULL.
 */
#include "mime.h"
#include "attached.h"
#include "charset.h"
#include "decode.h"
#include "limits.h"

#include <gmime/gmime.h>
#include <string.h>

struct walk {
	struct mime *mime;
	GString *text, *html;
	bool has_text, has_html;
	enum mime_want want;
};

static void
free_statement(gpointer data)
{
	struct mime_statement *statement = data;

	g_free(statement->name);
	g_string_free(statement->bytes, TRUE);
	g_free(statement);
}

static void
note_odd(struct walk *walk, bool odd, const char *what)
{
	if (odd && !g_ptr_array_find(walk->mime->odd, what, NULL))
		g_ptr_array_add(walk->mime->odd, (gpointer)(uintptr_t)what);
}

/* ---- the bytes of one part ------------------------------------------------- */

/* The encoded bytes as they stand in the message, at most limit. */
static GString *
raw_content(GMimePart *part, size_t limit, bool *cut)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream =
	    content ? g_mime_data_wrapper_get_stream(content) : NULL;
	GString *raw = g_string_new(NULL);
	char buffer[8192];
	ssize_t got;

	if (!stream || g_mime_stream_reset(stream) != 0)
		return raw;
	while ((got = g_mime_stream_read(stream, buffer, sizeof buffer)) > 0) {
		g_string_append_len(raw, buffer, got);
		if (raw->len > limit) {
			*cut = true;
			break;
		}
	}
	return raw;
}

/* Undoes the transfer encoding that the part's own header names. */
static GString *
content(struct walk *walk, GMimePart *part, size_t limit)
{
	const char *header = g_mime_object_get_header(GMIME_OBJECT(part),
	    "Content-Transfer-Encoding");
	g_autofree char *name = g_ascii_strdown(header ? header : "7bit", -1);
	bool odd = false, cut = false;
	GString *raw = raw_content(part, limit, &cut), *decoded;

	g_strstrip(name);
	note_odd(walk, cut, "longer than the limit");
	if (strcmp(name, "base64") == 0) {
		decoded = decode_base64(raw->str, raw->len, &odd);
		note_odd(walk, odd && !cut, "its base64 is not well-formed");
	} else if (strcmp(name, "quoted-printable") == 0) {
		decoded = decode_quoted_printable(raw->str, raw->len, false);
	} else {
		note_odd(walk, !g_strv_contains((const char *const[]){"7bit",
		    "8bit", "binary", "", NULL}, name),
		    "its transfer encoding is unknown");
		return raw;
	}
	g_string_free(raw, TRUE);
	return decoded;
}

static const char *
parameter(GMimeObject *part, const char *name)
{
	GMimeContentType *type = g_mime_object_get_content_type(part);

	return type ? g_mime_content_type_get_parameter(type, name) : NULL;
}

/* Is one word there twice, in the raw bytes of a field? Mail programs differ
 * in which parameter, comment or continuation they believe. */
static bool
has_twice(const char *raw, const char *word)
{
	const char *first = raw ? strcasestr(raw, word) : NULL;

	return first && strcasestr(first + strlen(word), word);
}

static const char *
raw_type(GMimeObject *part)
{
	return g_mime_object_get_header(part, "Content-Type");
}

/* What the header of a part says in two ways. The message's own fields are
 * counted in auth.c. */
static void
check_fields(struct walk *walk, GMimeObject *part)
{
	static const char *const once[] = {"content-type",
	    "content-transfer-encoding", "content-disposition"};
	static const char *const words[] = {"charset", "boundary", "format="};
	GMimeHeaderList *list = g_mime_object_get_header_list(part);
	int count = list ? g_mime_header_list_get_count(list) : 0;

	for (size_t i = 0; i < G_N_ELEMENTS(once); i++) {
		int seen = 0;

		for (int j = 0; j < count; j++)
			seen += g_ascii_strcasecmp(once[i],
			    g_mime_header_get_name(
			    g_mime_header_list_get_header_at(list, j))) == 0;
		note_odd(walk, seen > 1, "a part's field is there twice");
	}
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		note_odd(walk, has_twice(raw_type(part), words[i]),
		    "a part's type says something twice");
}

/* RFC 2046, 5.1.1: 1 to 70 characters, the last one no space. */
static bool
is_boundary(const char *boundary)
{
	size_t length = boundary ? strlen(boundary) : 0;

	return length > 0 && length <= 70 && boundary[length - 1] != ' ' &&
	    boundary[strspn(boundary, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=? ")] == '\0';
}

static void
check_multipart(struct walk *walk, GMimeMultipart *multipart)
{
	const char *behind = g_mime_multipart_get_epilogue(multipart);

	check_fields(walk, GMIME_OBJECT(multipart));
	note_odd(walk, !is_boundary(g_mime_multipart_get_boundary(multipart)),
	    "its boundary is not well-formed");
	note_odd(walk, behind && behind[strspn(behind, " \t\r\n")] != '\0',
	    "text behind its end");
}

static bool
is_type(GMimeObject *part, const char *type, const char *subtype)
{
	GMimeContentType *content_type = g_mime_object_get_content_type(part);

	return content_type &&
	    g_mime_content_type_is_type(content_type, type, subtype);
}

/* The charset that an HTML text names itself, when its header names none. */
static char *
meta_charset(const GString *html)
{
	g_autofree char *start = g_strndup(html->str, MIN(html->len, 2048));
	const char *p = strcasestr(start, "charset=");

	if (!p)
		return NULL;
	p += strlen("charset=");
	p += strspn(p, "\"' ");
	return g_strndup(p, strcspn(p, "\"' ;/>"));
}

/* Characters that some show as an end of line, some not at all. */
static bool
has_control(const char *text)
{
	static const char *const breaks[] = {"\xc2\x85", "\xe2\x80\xa8",
	    "\xe2\x80\xa9"};

	for (const char *p = text; *p; p++)
		if (((unsigned char)*p < 32 && !strchr("\t\r\n", *p)) ||
		    *p == 127)
			return true;
	for (size_t i = 0; i < G_N_ELEMENTS(breaks); i++)
		if (strstr(text, breaks[i]))
			return true;
	return false;
}

/* A text part as UTF-8 with LF line ends. */
static char *
part_text(struct walk *walk, GMimePart *part, size_t limit)
{
	g_autoptr(GString) bytes = content(walk, part, limit);
	g_autofree char *charset =
	    g_strdup(parameter(GMIME_OBJECT(part), "charset"));
	bool odd = false;
	char *text;

	if (!charset && is_type(GMIME_OBJECT(part), "text", "html"))
		charset = meta_charset(bytes);
	text = charset_to_utf8(charset ? g_strstrip(charset) : NULL,
	    bytes->str, bytes->len, &odd);
	note_odd(walk, odd, "it has bytes that its charset does not have");
	check_fields(walk, GMIME_OBJECT(part));
	decode_newlines(text);
	note_odd(walk, has_control(text), "control characters in it");
	return text;
}

/* ---- parts ------------------------------------------------------------------- */

static bool
is_attachment(GMimeObject *part)
{
	const char *disposition = g_mime_object_get_disposition(part);

	return disposition && g_ascii_strcasecmp(disposition, "inline") != 0;
}

static void
append(GString *all, const char *more, size_t limit, struct walk *walk)
{
	note_odd(walk, all->len + strlen(more) > limit,
	    "longer than the limit");
	if (all->len && all->str[all->len - 1] != '\n')
		g_string_append_c(all, '\n');
	if (all->len < limit)
		g_string_append(all, more);
}

static void
take_plain(struct walk *walk, GMimePart *part)
{
	const char *format = parameter(GMIME_OBJECT(part), "format");
	const char *delsp = parameter(GMIME_OBJECT(part), "delsp");
	g_autofree char *text = part_text(walk, part, LIMIT_TEXT);

	if (format && g_ascii_strcasecmp(format, "flowed") == 0) {
		char *joined = decode_flowed(text,
		    delsp && g_ascii_strcasecmp(delsp, "yes") == 0);

		g_free(text);
		text = joined;
	}
	append(walk->text, text, LIMIT_TEXT, walk);
	walk->has_text = true;
}

static void
take_html(struct walk *walk, GMimePart *part)
{
	g_autofree char *html = part_text(walk, part, LIMIT_HTML);

	note_odd(walk, walk->has_html, "two HTML parts");
	append(walk->html, html, LIMIT_HTML, walk);
	walk->has_html = true;
}

/* A text that is shown is no statement, whatever its name. */
static bool
is_wanted(const struct walk *walk, GMimePart *part)
{
	GMimeObject *object = GMIME_OBJECT(part);
	GMimeContentType *type = g_mime_object_get_content_type(object);
	g_autofree char *name = type ? g_mime_content_type_get_mime_type(type) :
	    NULL;

	if (walk->want == MIME_NOTHING ||
	    (is_type(object, "text", "plain") && !is_attachment(object)))
		return false;
	if (walk->want == MIME_INVOICES)
		return attached_may_be_invoice(name,
		    g_mime_part_get_filename(part));
	return attached_may_be_statement(name, g_mime_part_get_filename(part));
}

static void
take_statement(struct walk *walk, GMimePart *part)
{
	/* What is odd in it says nothing about the text of the mail. */
	g_autoptr(GPtrArray) odd = g_ptr_array_new();
	struct mime file = {.odd = odd};
	struct walk aside = {.mime = &file};
	struct mime_statement *statement;

	if (walk->mime->statements->len == LIMIT_ATTACHMENTS)
		return;
	statement = g_new0(struct mime_statement, 1);
	statement->name = g_strdup(g_mime_part_get_filename(part));
	statement->bytes = content(&aside, part, LIMIT_ATTACHED);
	if (odd->len > 0)
		statement->odd = odd->pdata[0];
	g_ptr_array_add(walk->mime->statements, statement);
}

static void
take_report(struct walk *walk, GMimePart *part, char **into)
{
	GString *bytes;

	if (*into)
		return;
	bytes = content(walk, part, LIMIT_TEXT);
	*into = charset_to_utf8(NULL, bytes->str, bytes->len, &(bool){false});
	decode_newlines(*into);
	g_string_free(bytes, TRUE);
}

static void
walk_leaf(struct walk *walk, GMimePart *part)
{
	GMimeObject *object = GMIME_OBJECT(part);

	if (is_type(object, "message", "delivery-status") ||
	    is_type(object, "message", "global-delivery-status"))
		take_report(walk, part, &walk->mime->report);
	else if (is_type(object, "text", "rfc822-headers") ||
	    is_type(object, "message", "global-headers"))
		take_report(walk, part, &walk->mime->original);
	else if (is_wanted(walk, part))
		take_statement(walk, part);
	else if (is_attachment(object))
		return;
	else if (is_type(object, "text", "plain"))
		take_plain(walk, part);
	else if (is_type(object, "text", "html"))
		take_html(walk, part);
}

/* The header of an embedded message: only a report's is looked at. */
static void
walk_message(struct walk *walk, GMimeMessagePart *part)
{
	GMimeMessage *message = g_mime_message_part_get_message(part);

	if (message && !walk->mime->original)
		walk->mime->original =
		    g_mime_object_get_headers(GMIME_OBJECT(message), NULL);
}

static void walk_part(struct walk *walk, GMimeObject *part);

/* Of alternatives one text/plain and one text/html is what is shown: the
 * first of a kind; mail programs differ, so a second one is odd. */
static void
walk_alternative(struct walk *walk, GMimeMultipart *multipart)
{
	int count = g_mime_multipart_get_count(multipart);
	bool plain = false, html = false;

	for (int i = 0; i < count; i++) {
		GMimeObject *part = g_mime_multipart_get_part(multipart, i);
		bool *seen = !part ? NULL :
		    is_type(part, "text", "plain") ? &plain :
		    is_type(part, "text", "html") ? &html : NULL;

		if (seen && *seen) {
			note_odd(walk, true,
			    "two alternatives of one kind");
			continue;
		}
		if (seen)
			*seen = true;
		note_odd(walk, part && !seen && is_type(part, "text", "*") &&
		    !is_type(part, "text", "calendar"),
		    "an alternative that cannot be compared");
		walk_part(walk, part);
	}
}

/* A report that lost its boundaries is still one; a bank's mail is not. */
static void
take_prologue(struct walk *walk, GMimeMultipart *multipart)
{
	const char *text = g_mime_multipart_get_prologue(multipart);
	g_autofree char *utf8 = NULL;

	if (!text || walk->want == MIME_STATEMENTS)
		return;
	utf8 = charset_to_utf8(NULL, text, MIN(strlen(text), LIMIT_TEXT),
	    &(bool){false});
	decode_newlines(utf8);
	append(walk->text, utf8, LIMIT_TEXT, walk);
	walk->has_text = true;
}

static void
walk_multipart(struct walk *walk, GMimeMultipart *multipart)
{
	int count = g_mime_multipart_get_count(multipart);

	check_multipart(walk, multipart);
	if (is_type(GMIME_OBJECT(multipart), "multipart", "alternative")) {
		walk_alternative(walk, multipart);
		return;
	}
	if (count == 0)
		take_prologue(walk, multipart);
	for (int i = 0; i < count; i++)
		walk_part(walk, g_mime_multipart_get_part(multipart, i));
}

/* The depth is bounded by the pre-scan (LIMIT_CONTAINERS). */
static void
walk_part(struct walk *walk, GMimeObject *part)
{
	if (!part)
		return;
	if (GMIME_IS_MULTIPART(part))
		walk_multipart(walk, GMIME_MULTIPART(part));
	else if (GMIME_IS_MESSAGE_PART(part))
		walk_message(walk, GMIME_MESSAGE_PART(part));
	else if (GMIME_IS_PART(part))
		walk_leaf(walk, GMIME_PART(part));
}

/* ---- the whole ---------------------------------------------------------------- */

void
mime_prepare(void)
{
	g_mime_init();
}

static struct mime *
read_message(GMimeMessage *message, enum mime_want want)
{
	struct mime *mime = g_new0(struct mime, 1);
	struct walk walk = {.mime = mime, .want = want};
	GMimeObject *body = g_mime_message_get_mime_part(message);
	const char *type = body ? parameter(body, "report-type") : NULL;

	mime->odd = g_ptr_array_new();
	mime->statements = g_ptr_array_new_with_free_func(free_statement);
	mime->is_report = type && is_type(body, "multipart", "report") &&
	    g_ascii_strcasecmp(type, "delivery-status") == 0;
	walk.text = g_string_new(NULL);
	walk.html = g_string_new(NULL);
	walk_part(&walk, body);
	mime->text = g_string_free(walk.text, !walk.has_text);
	mime->html = g_string_free(walk.html, !walk.has_html);
	return mime;
}

struct mime *
mime_read(int fd, int64_t start, enum mime_want want)
{
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *message;
	struct mime *mime = NULL;

	mime_prepare();
	stream = g_mime_stream_fs_new_with_bounds(fd, start, -1);
	g_mime_stream_fs_set_owner(GMIME_STREAM_FS(stream), FALSE);
	parser = g_mime_parser_new_with_stream(stream);
	g_mime_parser_set_persist_stream(parser, TRUE);
	message = g_mime_parser_construct_message(parser, NULL);
	if (message) {
		mime = read_message(message, want);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	return mime;
}

void
mime_free(struct mime *mime)
{
	if (!mime)
		return;
	g_free(mime->text);
	g_free(mime->html);
	g_free(mime->report);
	g_free(mime->original);
	g_ptr_array_unref(mime->odd);
	g_ptr_array_unref(mime->statements);
	g_free(mime);
}
