/*
 * request.c - reads and checks what mailfilter-send is asked to do. Nothing
 * reaches libetpan that could end a command line or start another one.
 */
#include <string.h>

#include <jansson.h>

#include "send.h"

#define LINE_LONGEST ((size_t)64 << 10)

static const struct {
	const char *name;
	enum auth_mode mode;
} auth_modes[] = {
	{"password", AUTH_PASSWORD},
	{"xoauth2", AUTH_XOAUTH2},
	{"oauthbearer", AUTH_OAUTHBEARER},
};

static const struct {
	const char *name;
	enum tls_mode mode;
} tls_modes[] = {
	{"starttls", TLS_STARTTLS},
	{"tls", TLS_IMPLICIT},
	{"none", TLS_NONE},
};

/* An RFC 5321 Mailbox without quoted strings, literals or UTF-8: what is
 * certain to be one word for every server. */
static bool
address_is_plain(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at[1] == '\0' ||
	    strchr(at + 1, '@') || strlen(address) > 254 ||
	    at - address > 64 || address[0] == '-')
		return false;
	for (const char *c = address; *c; c++)
		if (!g_ascii_isgraph(*c) || strchr("<>()[]\\,;:\"", *c))
			return false;
	return true;
}

bool
request_is_word(const char *text)
{
	if (text == NULL || *text == '\0' || strlen(text) > 255)
		return false;
	for (; *text; text++)
		if (!g_ascii_isgraph(*text))
			return false;
	return true;
}

static const char too_long[] = "the message is too long";
static const char unreadable[] = "cannot read the request";

/* All the rest. */
static GByteArray *
read_all(FILE *in, const char **why)
{
	GByteArray *all = g_byte_array_new();
	guint8 buffer[65536];
	size_t n;

	while ((n = fread(buffer, 1, sizeof buffer, in)) > 0 &&
	    all->len + n <= REQUEST_MAX)
		g_byte_array_append(all, buffer, (guint)n);
	if (n > 0 || ferror(in))
		*why = n > 0 ? too_long : unreadable;
	return all;
}

/* So many bytes. */
static GByteArray *
read_some(FILE *in, size_t size, const char **why)
{
	GByteArray *all = g_byte_array_new();

	if (size > REQUEST_MAX) {
		*why = too_long;
		return all;
	}
	g_byte_array_set_size(all, (guint)size);
	if (fread(all->data, 1, size, in) != size)
		*why = unreadable;
	return all;
}

/* One line as JSON; NULL at the end of the file, or *why. */
static json_t *
read_line(FILE *in, const char **why)
{
	g_autoptr(GString) line = g_string_new(NULL);
	json_error_t error;
	json_t *object;
	int c;

	while ((c = getc_unlocked(in)) != EOF && c != '\n' &&
	    line->len <= LINE_LONGEST)
		g_string_append_c(line, (char)c);
	if (c == EOF && line->len == 0)
		return NULL;
	object = c == '\n' ? json_loadb(line->str, line->len, 0, &error) :
	    NULL;
	if (json_is_object(object))
		return object;
	json_decref(object);
	*why = "the request does not start with a line of JSON";
	return NULL;
}

static char *
text_of(const json_t *object, const char *key)
{
	return g_strdup(json_string_value(json_object_get(object, key)));
}

bool
request_tls(const char *name, enum tls_mode *mode)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tls_modes); i++)
		if (g_strcmp0(name, tls_modes[i].name) == 0) {
			*mode = tls_modes[i].mode;
			return true;
		}
	return false;
}

static void
parse_recipients(struct request *request, const json_t *array)
{
	GPtrArray *to = g_ptr_array_new();
	const json_t *item;
	size_t i;

	json_array_foreach(array, i, item)
		g_ptr_array_add(to, g_strdup(json_is_string(item)
		    ? json_string_value(item) : ""));
	g_ptr_array_add(to, NULL);
	request->to = (char **)g_ptr_array_free(to, FALSE);
}

static void
parse(struct request *request, const json_t *object)
{
	request->host = text_of(object, "host");
	request->port = (int)json_integer_value(json_object_get(object, "port"));
	request->timeout = (int)json_integer_value(
	    json_object_get(object, "timeout"));
	request->ca_file = text_of(object, "ca_file");
	request->user = text_of(object, "user");
	request->password_command = text_of(object, "password_command");
	request->from = text_of(object, "from");
	request->envelope_id = text_of(object, "envelope_id");
	parse_recipients(request, json_object_get(object, "to"));
	request->need = (int)json_integer_value(
	    json_object_get(object, "need"));
	request->need = CLAMP(request->need, 1,
	    MAX((int)g_strv_length(request->to), 1));
	for (size_t i = 0; i < G_N_ELEMENTS(auth_modes); i++)
		if (g_strcmp0(json_string_value(json_object_get(object,
		    "auth")), auth_modes[i].name) == 0)
			request->auth = auth_modes[i].mode;
}

/* NULL when all is well. */
static char *
check(struct request *request, const char *tls, bool *refused)
{
	if (!request_is_word(request->host))
		return g_strdup("smtp-host is missing or is no host name");
	if (request->port < 1 || request->port > 65535)
		return g_strdup("smtp-port must be from 1 to 65535");
	if (!request_tls(tls, &request->tls))
		return g_strdup("smtp-tls must be starttls, tls or none");
	if (request->timeout < 1 || request->timeout > 3600)
		return g_strdup("the time limit must be from 1 to 3600 seconds");
	if (request->from == NULL ||
	    (*request->from && !address_is_plain(request->from)))
		return g_strdup("the bounce address is no plain mail address");
	if (request->envelope_id && !request_is_word(request->envelope_id))
		return g_strdup("the envelope id is no word");
	*refused = true;
	if (request->to[0] == NULL)
		return g_strdup("there is no recipient");
	if (g_strv_length(request->to) > 50)
		return g_strdup("there are more than 50 recipients");
	for (char **to = request->to; *to; to++)
		if (!address_is_plain(*to))
			return g_strdup_printf("'%s' is no plain mail address",
			    *to);
	if (request->size == 0)
		return g_strdup("the message is empty");
	*refused = false;
	return NULL;
}

struct request *
request_read(FILE *in, bool *refused, bool *framed, char **why)
{
	const char *trouble = NULL;
	json_t *object = read_line(in, &trouble), *size;
	struct request *request;

	*refused = *framed = false;
	if (!object) {
		*why = g_strdup(trouble);
		return NULL;
	}
	size = json_object_get(object, "size");
	request = g_new0(struct request, 1);
	request->bytes = g_byte_array_free_to_bytes(json_is_integer(size) ?
	    read_some(in, (size_t)MAX(json_integer_value(size), 0), &trouble) :
	    read_all(in, &trouble));
	request->message = g_bytes_get_data(request->bytes, &request->size);
	if (request->size >= 2 && memcmp(request->message + request->size - 2,
	    "\r\n", 2) == 0)
		request->size -= 2;
	parse(request, object);
	*why = trouble ? g_strdup(trouble) : check(request,
	    json_string_value(json_object_get(object, "tls")), refused);
	*framed = request->framed = json_is_integer(size) && !trouble;
	json_decref(object);
	if (*why == NULL)
		return request;
	request_free(request);
	return NULL;
}

void
request_free(struct request *request)
{
	if (request == NULL)
		return;
	g_free(request->host);
	g_free(request->ca_file);
	g_free(request->user);
	g_free(request->password_command);
	g_free(request->from);
	g_free(request->envelope_id);
	g_strfreev(request->to);
	g_clear_pointer(&request->bytes, g_bytes_unref);
	g_free(request);
}
