/*
 * wire.c - requests and answers, a line each, over descriptor 3.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "screen.h"

#define WIRE_FD 3
#define CHUNK 16384
#define ANSWER_MAX ((size_t)4 << 20)

const char *
wire_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static bool
write_all(const char *data, size_t size)
{
	while (size) {
		ssize_t n = send(WIRE_FD, data, size, MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			data += n;
			size -= (size_t)n;
		}
	}
	return true;
}

/* Up to the end of the line; each request has one answer, so nothing follows
 * it. */
static GString *
read_line(void)
{
	GString *line = g_string_new(NULL);
	char chunk[CHUNK];

	while (line->len < ANSWER_MAX) {
		ssize_t n = recv(WIRE_FD, chunk, sizeof chunk, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		g_string_append_len(line, chunk, n);
		if (line->str[line->len - 1] == '\n')
			return line;
	}
	g_string_free(line, TRUE);
	return NULL;
}

json_t *
wire_ask(struct face *face, json_t *request)
{
	char *text = json_dumps(request, JSON_COMPACT);
	bool sent = text && write_all(text, strlen(text)) &&
	    write_all("\n", 1);
	GString *line = sent ? read_line() : NULL;
	json_t *answer = line ? json_loadb(line->str, line->len, 0, NULL)
			      : NULL;

	free(text);
	json_decref(request);
	if (line)
		g_string_free(line, TRUE);
	if (!answer)
		face->over = true;
	return answer;
}

void
wire_take(struct face *face, json_t *answer)
{
	json_t *view = json_object_get(answer, "view");

	if (view) {
		json_decref(face->view);
		face->view = json_incref(view);
	}
	if (json_object_get(answer, "note"))
		face_note(face, "%s", wire_text(answer, "note"));
	json_decref(answer);
}
