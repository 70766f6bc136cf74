/*
 * imap_request.c - reads and checks what mailfilter-send is asked to fetch.
 * Nothing reaches a command line that could end it or start another one.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "imap.h"

#define LINE_MAX_LENGTH ((size_t)4 << 20)
#define FOLDERS_MAX 200
#define NAME_MAX_LENGTH 1000

static void
folder_free(gpointer pointer)
{
	struct imap_folder *folder = pointer;

	g_free(folder->name);
	g_free(folder->since);
	g_array_unref(folder->again);
	g_free(folder);
}

void
imap_request_free(struct imap_request *request)
{
	if (!request)
		return;
	g_free(request->host);
	g_free(request->ca_file);
	g_free(request->user);
	g_free(request->password_command);
	g_free(request->target);
	g_ptr_array_unref(request->folders);
	g_free(request);
}

/* One line; the conductor says nothing more before it has heard us. */
static GString *
read_line(int fd, char **why)
{
	GString *line = g_string_new(NULL);
	char buffer[65536];
	ssize_t n;

	while (!memchr(line->str, '\n', line->len)) {
		n = read(fd, buffer, sizeof buffer);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || line->len + (size_t)n > LINE_MAX_LENGTH) {
			*why = g_strdup("the request cannot be read");
			g_string_free(line, TRUE);
			return NULL;
		}
		g_string_append_len(line, buffer, n);
	}
	return line;
}

static char *
text_of(const json_t *object, const char *key)
{
	return g_strdup(json_string_value(json_object_get(object, key)));
}

static int
number_of(const json_t *object, const char *key)
{
	json_int_t value = json_integer_value(json_object_get(object, key));

	return value < 0 || value > G_MAXINT ? 0 : (int)value;
}

static uint32_t
uid_of(const json_t *value)
{
	json_int_t number = json_integer_value(value);

	return number < 0 || number > G_MAXUINT32 ? 0 : (uint32_t)number;
}

/* "2026-08-24" as "24-Aug-2026"; NULL when it is no day. */
static char *
search_day(const char *day)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	unsigned y, m, d;

	if (!day || sscanf(day, "%4u-%2u-%2u", &y, &m, &d) != 3 || m < 1 ||
	    m > 12 || d < 1 || d > 31)
		return NULL;
	return g_strdup_printf("%u-%s-%04u", d, months[m - 1], y);
}

static struct imap_folder *
parse_folder(const json_t *object)
{
	struct imap_folder *folder = g_new0(struct imap_folder, 1);
	const json_t *item;
	size_t i;

	folder->name = text_of(object, "name");
	folder->uidvalidity = uid_of(json_object_get(object, "uidvalidity"));
	folder->uid = uid_of(json_object_get(object, "uid"));
	folder->since = search_day(json_string_value(
	    json_object_get(object, "since")));
	folder->again = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	json_array_foreach(json_object_get(object, "again"), i, item) {
		uint32_t uid = uid_of(item);

		if (uid)
			g_array_append_val(folder->again, uid);
	}
	return folder;
}

static bool
parse_after(struct imap_request *request, const char *text)
{
	static const char *const names[] = {"keep", "delete", "move"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_strcmp0(text, names[i]) == 0) {
			request->after = (enum imap_after)i;
			return i != IMAP_MOVE || request->target;
		}
	return false;
}

static bool
is_one_line(const char *text)
{
	if (!text || !*text || strlen(text) > NAME_MAX_LENGTH ||
	    !g_utf8_validate(text, -1, NULL))
		return false;
	for (; *text; text++)
		if (g_ascii_iscntrl(*text))
			return false;
	return true;
}

static void
parse(struct imap_request *request, const json_t *object)
{
	const json_t *item;
	size_t i;

	request->host = text_of(object, "host");
	request->ca_file = text_of(object, "ca_file");
	request->user = text_of(object, "user");
	request->password_command = text_of(object, "password_command");
	request->target = text_of(object, "target");
	request->port = number_of(object, "port");
	request->timeout = number_of(object, "timeout");
	request->interval = number_of(object, "interval");
	request->max_size = (uint64_t)json_integer_value(
	    json_object_get(object, "max_size"));
	request->watch = json_is_true(json_object_get(object, "watch"));
	request->oauth = g_strcmp0(json_string_value(
	    json_object_get(object, "auth")), "xoauth2") == 0;
	json_array_foreach(json_object_get(object, "folders"), i, item)
		g_ptr_array_add(request->folders, parse_folder(item));
}

/* NULL when all is well. */
static char *
check(struct imap_request *request, const json_t *object)
{
	if (!request_is_word(request->host))
		return g_strdup("host is missing or is no host name");
	if (request->port < 1 || request->port > 65535)
		return g_strdup("port must be from 1 to 65535");
	if (!request_tls(json_string_value(json_object_get(object, "tls")),
	    &request->tls))
		return g_strdup("tls must be tls, starttls or none");
	if (request->timeout < 1 || request->timeout > 3600)
		return g_strdup("timeout must be from 1 to 3600 seconds");
	if (!is_one_line(request->user) || !request->password_command)
		return g_strdup("user and password-command are needed");
	if (!parse_after(request, json_string_value(
	    json_object_get(object, "after"))))
		return g_strdup("after must be keep, delete or move");
	if (request->target && !is_one_line(request->target))
		return g_strdup("the folder to move mail to has no usable name");
	if (!request->folders->len || request->folders->len > FOLDERS_MAX)
		return g_strdup("there is no folder, or too many");
	for (guint i = 0; i < request->folders->len; i++) {
		struct imap_folder *folder = request->folders->pdata[i];

		if (!is_one_line(folder->name))
			return g_strdup("a folder has no usable name");
	}
	return NULL;
}

struct imap_request *
imap_request_read(int fd, char **why)
{
	struct imap_request *request;
	json_t *object;
	GString *line = read_line(fd, why);

	if (!line)
		return NULL;
	object = json_loadb(line->str, line->len, 0, NULL);
	g_string_free(line, TRUE);
	request = g_new0(struct imap_request, 1);
	request->folders = g_ptr_array_new_with_free_func(folder_free);
	if (json_is_object(object)) {
		parse(request, object);
		*why = check(request, object);
	} else {
		*why = g_strdup("the request is no line of JSON");
	}
	json_decref(object);
	if (!*why)
		return request;
	imap_request_free(request);
	return NULL;
}
