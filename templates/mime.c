/*
 * mime.c - builds the message with gmime. Every header is checked by its own
 * grammar first, because the library would write what it is given; what it
 * would encode although it must not (identifiers, URLs) is set raw, folded.
 * The same letter gives the same bytes: boundaries come from the Message-ID.
 */
#include "letter.h"

#include <gmime/gmime.h>
#include <string.h>

#define MAX_NAME 200		/* octets of a display name */
#define MAX_SUBJECT 400
#define MAX_RECIPIENTS 20
#define MAX_RAW 2000

struct builder {
	GMimeMessage *message;
	const char *message_id;
	const char *header;	/* the one being looked at */
	char **why;
};

static bool
refuse(struct builder *builder, const char *what)
{
	if (!*builder->why)
		*builder->why = g_strdup_printf(
		    "headers.%s: %s", builder->header, what);
	return false;
}

/* Sets words with a line break before each but the first where needed. */
static void
set_raw(struct builder *builder, const char *name, const char *text)
{
	GMimeObject *object = GMIME_OBJECT(builder->message);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GString *raw = g_string_new(NULL);
	size_t column = strlen(name) + 1;
	GMimeHeader *header;

	for (char **word = words; *word; word++) {
		size_t length = strlen(*word);

		if (!length)
			continue;
		if (raw->len && column + 1 + length > 76) {
			g_string_append_c(raw, '\n');
			column = 0;
		}
		g_string_append_printf(raw, " %s", *word);
		column += 1 + length;
	}
	g_string_append_c(raw, '\n');
	g_mime_object_set_header(object, name, "", "utf-8");
	header = g_mime_header_list_get_header(
	    g_mime_object_get_header_list(object), name);
	g_mime_header_set_raw_value(header, raw->str);
	g_string_free(raw, TRUE);
}

/* The text of a header, or NULL when it is refused. */
static const char *
text_of(struct builder *builder, const json_t *value)
{
	const char *text = json_string_value(value);

	if (!text || strlen(text) != json_string_length(value))
		refuse(builder, "this is no text");
	else if (!*text || strlen(text) > MAX_RAW)
		refuse(builder, "it is empty or too long");
	else if (!text_is_clean(text, false))
		refuse(builder, "it holds a control character, or one that "
				"turns the direction of writing");
	else
		return text;
	return NULL;
}

/* ---- mailboxes --------------------------------------------------------------- */

/* "Name <address>" or "address", in its encoded form behind list. */
static bool
add_mailbox(struct builder *builder, GString *list, const char *text)
{
	const char *angle = strrchr(text, '<');
	g_autofree char *name = NULL, *address = NULL, *phrase = NULL;

	if (angle && !g_str_has_suffix(text, ">"))
		return refuse(builder, "this is no mailbox");
	name = angle ? g_strndup(text, (size_t)(angle - text)) : g_strdup("");
	address = angle ? g_strndup(angle + 1, strlen(angle) - 2) :
			  g_strdup(text);
	g_strstrip(name);
	if (!address_is_valid(address, strlen(address)))
		return refuse(builder, "this is no address for mail");
	if (strlen(name) > MAX_NAME || strpbrk(name, "<>"))
		return refuse(builder, "this is no name for a mailbox");
	phrase = encode_phrase(builder->header, name);
	g_string_append(list, list->len ? ", " : "");
	if (*name)
		g_string_append_printf(list, "%s <%s>", phrase, address);
	else
		g_string_append(list, address);
	return true;
}

/* One mailbox with a name, or bare addresses separated by commas. */
static bool
add_mailboxes(struct builder *builder, GString *list, const char *text)
{
	g_auto(GStrv) parts = NULL;

	if (strchr(text, '<'))
		return add_mailbox(builder, list, text);
	parts = g_strsplit(text, ",", -1);
	for (char **part = parts; *part; part++)
		if (!add_mailbox(builder, list, g_strstrip(*part)))
			return false;
	return true;
}

static bool
set_mailbox(struct builder *builder, const char *text)
{
	g_autoptr(GString) list = g_string_new(NULL);

	if (!add_mailbox(builder, list, text))
		return false;
	set_raw(builder, builder->header, list->str);
	return true;
}

/* value: a text, or an array of texts. */
static bool
set_recipients(struct builder *builder, const json_t *value)
{
	g_autoptr(GString) list = g_string_new(NULL);
	size_t count = json_is_array(value) ? json_array_size(value) : 1;

	if (!count || count > MAX_RECIPIENTS)
		return refuse(builder, "no recipient, or too many");
	for (size_t i = 0; i < count; i++) {
		const char *text = text_of(builder,
		    json_is_array(value) ? json_array_get(value, i) : value);

		if (!text || !add_mailboxes(builder, list, text))
			return false;
	}
	set_raw(builder, builder->header, list->str);
	return true;
}

/* ---- the others ----------------------------------------------------------------- */

static bool
set_date(struct builder *builder, const char *text)
{
	g_autoptr(GDateTime) date = g_date_time_new_from_iso8601(text, NULL);

	if (!date || g_date_time_get_year(date) < 1970)
		return refuse(builder, "this is no ISO 8601 time with its zone");
	g_mime_message_set_date(builder->message, date);
	return true;
}

static bool
set_ids(struct builder *builder, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (char **word = words; *word; word++)
		if (**word && !message_id_is_valid(*word, strlen(*word)))
			return refuse(builder, "this is no Message-ID");
	set_raw(builder, builder->header, text);
	return true;
}

static bool
set_message_id(struct builder *builder, const char *text)
{
	if (!message_id_is_valid(text, strlen(text)))
		return refuse(builder, "this is no Message-ID");
	builder->message_id = text;
	set_raw(builder, builder->header, text);
	return true;
}

/* RFC 2369: "<mailto:…>, <https://…>" */
static bool
set_list(struct builder *builder, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, ", ", -1);

	for (char **part = parts; *part; part++) {
		size_t length = strlen(*part);

		if (length < 3 || length > 900 || **part != '<' ||
		    (*part)[length - 1] != '>' ||
		    (!g_str_has_prefix(*part, "<mailto:") &&
		        !g_str_has_prefix(*part, "<https://")))
			return refuse(builder, "this is no list of <URL>s");
		for (const char *c = *part + 1; c < *part + length - 1; c++)
			if (!g_ascii_isgraph(*c) || strchr("<>\"\\", *c))
				return refuse(builder,
				    "this is no list of <URL>s");
	}
	set_raw(builder, builder->header, text);
	return true;
}

static bool
set_list_post(struct builder *builder, const char *text)
{
	if (strcmp(text, "List-Unsubscribe=One-Click") != 0)
		return refuse(builder, "RFC 8058 allows one value only");
	set_raw(builder, builder->header, text);
	return true;
}

/* The mark by which the sender knows its letter again. */
static bool
set_mark(struct builder *builder, const char *text)
{
	if (strlen(text) > 60 || text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
	    "0123456789-")])
		return refuse(builder, "this is no mark");
	set_raw(builder, builder->header, text);
	return true;
}

static const struct {
	const char *name;
	bool (*set)(struct builder *builder, const char *text);
	bool needed;
} headers_known[] = {{"From", set_mailbox, true}, {"To", NULL, true},
    {"Cc", NULL, false}, {"Reply-To", set_mailbox, false},
    {"Date", set_date, true}, {"Message-ID", set_message_id, true},
    {"In-Reply-To", set_ids, false}, {"References", set_ids, false},
    {"List-Unsubscribe", set_list, false},
    {"List-Unsubscribe-Post", set_list_post, false},
    {"X-Mailfilter-Letter", set_mark, false}};

static bool
set_known(struct builder *builder, size_t which, const json_t *value)
{
	const char *text;

	builder->header = headers_known[which].name;
	if (!value || json_is_null(value))
		return headers_known[which].needed ?
		    refuse(builder, "missing") : true;
	if (!headers_known[which].set)
		return set_recipients(builder, value);
	text = text_of(builder, value);
	return text && headers_known[which].set(builder, text);
}

static bool
set_headers(struct builder *builder, const json_t *headers)
{
	const char *name;
	json_t *value;
	bool good = true;

	json_object_foreach((json_t *)(size_t)headers, name, value) {
		size_t i = 0;

		while (i < G_N_ELEMENTS(headers_known) &&
		    strcmp(headers_known[i].name, name) != 0)
			i++;
		if (i < G_N_ELEMENTS(headers_known))
			continue;
		builder->header = "*";
		return refuse(builder, "a header that letters do not have");
	}
	for (size_t i = 0; good && i < G_N_ELEMENTS(headers_known); i++)
		good = set_known(builder, i,
		    json_object_get(headers, headers_known[i].name));
	return good;
}

static bool
set_subject(struct builder *builder, const char *subject)
{
	g_autofree char *encoded = NULL;

	builder->header = "Subject";
	if (!*subject || strlen(subject) > MAX_SUBJECT ||
	    !text_is_clean(subject, false))
		return refuse(builder, "it is empty, too long, or holds "
				       "control characters");
	encoded = encode_text(builder->header, subject);
	set_raw(builder, "Subject", encoded);
	return true;
}

/* ---- the body --------------------------------------------------------------------- */

static GMimeObject *
body_part(const char *subtype, const char *text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, text);
	g_mime_part_set_content_encoding(
	    GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_OBJECT(part);
}

static void
add_part(GMimeMultipart *multipart, const char *subtype, const char *text)
{
	GMimeObject *part = body_part(subtype, text);

	g_mime_multipart_add(multipart, part);
	g_object_unref(part);
}

/* A multipart whose boundary follows from the Message-ID: "=_" is in no
 * quoted-printable text and in no base64. */
static GMimeMultipart *
new_multipart(const struct builder *builder, const char *subtype)
{
	GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
	g_autofree char *seed = g_strconcat(
	    *subtype == 'a' ? "" : subtype, builder->message_id, NULL);
	g_autofree char *hash = g_compute_checksum_for_string(
	    G_CHECKSUM_SHA256, seed, -1);
	g_autofree char *boundary = g_strdup_printf("=_%.32s", hash);

	g_mime_multipart_set_boundary(multipart, boundary);
	return multipart;
}

static GMimeMultipart *
alternatives(const struct builder *builder, const struct letter_parts *parts)
{
	GMimeMultipart *multipart = new_multipart(builder, "alternative");

	add_part(multipart, "plain", parts->text);
	add_part(multipart, "html", parts->html);
	return multipart;
}

/* A file: its name as RFC 2231 says, in both fields, since old programs look
 * into Content-Type only. */
static void
add_file(GMimeMultipart *multipart, const struct letter_attachment *attachment)
{
	const char *slash = strchr(attachment->type, '/');
	g_autofree char *type = g_strndup(
	    attachment->type, (size_t)(slash - attachment->type));
	GMimePart *part = g_mime_part_new_with_type(type, slash + 1);
	GMimeObject *object = GMIME_OBJECT(part);
	gsize size;
	const char *data = g_bytes_get_data(attachment->bytes, &size);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, size);
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(
	    stream, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_object_set_disposition(object, "attachment");
	g_mime_part_set_filename(part, attachment->name);
	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_mime_multipart_add(multipart, object);
	g_object_unref(content);
	g_object_unref(stream);
	g_object_unref(part);
}

static void
set_body(struct builder *builder, const struct letter_parts *parts)
{
	GMimeMultipart *body = alternatives(builder, parts), *mixed;

	if (parts->attached && parts->attached->len) {
		mixed = new_multipart(builder, "mixed");
		g_mime_multipart_add(mixed, GMIME_OBJECT(body));
		for (guint i = 0; i < parts->attached->len; i++)
			add_file(mixed, parts->attached->pdata[i]);
		g_object_unref(body);
		body = mixed;
	}
	g_mime_message_set_mime_part(builder->message, GMIME_OBJECT(body));
	g_object_unref(body);
}

static GBytes *
written(GMimeMessage *message)
{
	GMimeFormatOptions *options = g_mime_format_options_new();
	GByteArray *bytes = g_byte_array_new();
	GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
	GBytes *result;

	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	g_mime_format_options_set_newline_format(
	    options, GMIME_NEWLINE_FORMAT_DOS);
	g_mime_object_write_to_stream(
	    GMIME_OBJECT(message), options, stream);
	g_object_unref(stream);
	g_mime_format_options_free(options);
	result = g_byte_array_free_to_bytes(bytes);
	return result;
}

GBytes *
mime_build(const json_t *headers, const struct letter_parts *parts, char **why)
{
	struct builder builder = {NULL, NULL, NULL, why};
	GBytes *result = NULL;

	*why = NULL;
	g_mime_init();
	builder.message = g_mime_message_new(TRUE);
	if (!set_headers(&builder, headers) ||
	    !set_subject(&builder, parts->subject))
		goto out;
	set_raw(&builder, "Auto-Submitted", "auto-generated");
	g_mime_object_set_header(GMIME_OBJECT(builder.message),
	    "MIME-Version", "1.0", NULL);
	set_body(&builder, parts);
	result = written(builder.message);
out:
	g_object_unref(builder.message);
	return result;
}
