/*
 * entity.c - a message taken apart into what is signed and what stays around
 * it, and put together as multipart/signed. The signed bytes are those of the
 * message as it was made: nothing is written anew.
 */
#include "sign.h"

#include <string.h>

#define BASE64_LINE 76

/* One field with its continuation lines, ended by CRLF. */
static size_t
field_length(const char *data, size_t size)
{
	size_t at = 0;

	for (;;) {
		const char *end = memchr(data + at, '\n', size - at);

		if (end == NULL)
			return 0;
		at = (size_t)(end - data) + 1;
		if (at == size || (data[at] != ' ' && data[at] != '\t'))
			return at;
	}
}

/* RFC 2045: they describe the body, so they go with it. */
static bool
is_of_body(const char *field, size_t length)
{
	static const char prefix[] = "content-";

	return length > strlen(prefix) &&
	    g_ascii_strncasecmp(field, prefix, strlen(prefix)) == 0;
}

/* What some mail server on the way would change, as a sentence, or NULL. */
static const char *
fragile(const char *body, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		char c = body[i];
		bool end = i + 1 == size || body[i + 1] == '\r' ||
		    body[i + 1] == '\n';

		if ((unsigned char)c > 127 || c == '\0')
			return "the message has 8-bit bytes";
		if (c == '\n' && (i == 0 || body[i - 1] != '\r'))
			return "the message has a line without CR";
		if (c == '\r' && (i + 1 == size || body[i + 1] != '\n'))
			return "the message has a CR without LF";
		if ((c == ' ' || c == '\t') && end)
			return "a line of the message ends with a blank";
		if ((i == 0 || body[i - 1] == '\n') && size - i >= 5 &&
		    memcmp(body + i, "From ", 5) == 0)
			return "a line of the message begins with \"From \"";
	}
	return NULL;
}

bool
entity_read(const char *data, gsize size, struct entity *entity, char **why)
{
	const char *trouble;
	gsize at = 0, length;

	entity->outer = g_string_new(NULL);
	entity->signed_part = g_string_new(NULL);
	while (at < size && data[at] != '\r' && data[at] != '\n') {
		length = field_length(data + at, size - at);
		if (length == 0)
			break;
		if (is_of_body(data + at, length))
			g_string_append_len(entity->signed_part, data + at,
			    (gssize)length);
		else if (g_ascii_strncasecmp(data + at, "mime-version:", 13))
			g_string_append_len(entity->outer, data + at,
			    (gssize)length);
		at += length;
	}
	if (size - at < 2 || memcmp(data + at, "\r\n", 2) != 0 ||
	    entity->signed_part->len == 0) {
		*why = g_strdup("this is no message with a Content-Type");
		return false;
	}
	while (size > at + 2 && memcmp(data + size - 2, "\r\n", 2) == 0)
		size -= 2;
	trouble = fragile(data + at, size - at);
	g_string_append_len(entity->signed_part, data + at,
	    (gssize)(size - at));
	if (trouble)
		*why = g_strdup_printf("%s, so its signature would break on "
		    "the way", trouble);
	return trouble == NULL;
}

void
entity_clear(struct entity *entity)
{
	if (entity->outer)
		g_string_free(entity->outer, TRUE);
	if (entity->signed_part)
		g_string_free(entity->signed_part, TRUE);
	entity->outer = entity->signed_part = NULL;
}

/* The same for the same message, and in none of its lines. */
static char *
boundary_of(const struct entity *entity)
{
	char *boundary = NULL;

	for (int salt = 0; ; salt++) {
		g_autofree char *text = g_strdup_printf("%d %s", salt,
		    entity->signed_part->str);
		g_autofree char *hash = g_compute_checksum_for_string(
		    G_CHECKSUM_SHA256, text, -1);

		boundary = g_strdup_printf("=-signed-%.32s", hash);
		if (!strstr(entity->signed_part->str, boundary))
			return boundary;
		g_free(boundary);
	}
}

static void
append_base64(GString *out, const GByteArray *data)
{
	g_autofree char *text = g_base64_encode(data->data, data->len);

	for (size_t at = 0, length = strlen(text); at < length;
	    at += BASE64_LINE)
		g_string_append_printf(out, "%.*s\r\n", BASE64_LINE,
		    text + at);
}

/* Text as it is, with CRLF. */
static void
append_text(GString *out, const GByteArray *data)
{
	for (guint i = 0; i < data->len; i++)
		if (data->data[i] == '\n')
			g_string_append(out, "\r\n");
		else if (data->data[i] != '\r')
			g_string_append_c(out, (char)data->data[i]);
	if (!g_str_has_suffix(out->str, "\r\n"))
		g_string_append(out, "\r\n");
}

GString *
entity_join(const struct entity *entity, enum scheme scheme,
    const char *micalg, const GByteArray *signature)
{
	static const struct {
		const char *type, *parameter, *encoding;
		void (*append)(GString *out, const GByteArray *data);
	} rows[] = {
	    [SCHEME_PGP] = {"application/pgp-signature", "signature.asc",
	        "7bit", append_text},
	    [SCHEME_SMIME] = {"application/pkcs7-signature", "smime.p7s",
	        "base64", append_base64},
	};
	g_autofree char *boundary = boundary_of(entity);
	GString *out = g_string_new(entity->outer->str);

	g_string_append_printf(out, "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/signed; protocol=\"%s\";\r\n"
	    "\tmicalg=%s; boundary=\"%s\"\r\n\r\n--%s\r\n",
	    rows[scheme].type, micalg, boundary, boundary);
	g_string_append_len(out, entity->signed_part->str,
	    (gssize)entity->signed_part->len);
	g_string_append_printf(out, "\r\n--%s\r\nContent-Type: %s; "
	    "name=\"%s\"\r\nContent-Transfer-Encoding: %s\r\n"
	    "Content-Disposition: attachment; filename=\"%s\"\r\n\r\n",
	    boundary, rows[scheme].type, rows[scheme].parameter,
	    rows[scheme].encoding, rows[scheme].parameter);
	rows[scheme].append(out, signature);
	g_string_append_printf(out, "\r\n--%s--\r\n", boundary);
	return out;
}
