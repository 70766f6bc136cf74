/*
 * eventtext.c - writes and reads the text form of an event: what jansson would
 * make of event_to_json(), without the tree in between. There are a million of
 * them in a large statement.
 */
#include "parser.h"

static void
write_string(GString *out, const char *text)
{
	static const char marks[] = "btnvfr";	/* from 8 on; \v has none */

	g_string_append_c(out, '"');
	for (const char *p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '"' || c == '\\') {
			g_string_append_c(out, '\\');
			g_string_append_c(out, *p);
		} else if (c >= 0x20) {
			g_string_append_c(out, *p);
		} else if (c >= '\b' && c <= '\r' && c != '\v') {
			g_string_append_c(out, '\\');
			g_string_append_c(out, marks[c - '\b']);
		} else {
			g_string_append_printf(out, "\\u%04X", c);
		}
	}
	g_string_append_c(out, '"');
}

static void
write_key(GString *out, const char *key)
{
	g_string_append_c(out, ',');
	write_string(out, key);
	g_string_append_c(out, ':');
}

static void
write_list(GString *out, const char *key, const char *const *strings)
{
	char mark = '[';

	if (!*strings)
		return;
	write_key(out, key);
	for (; *strings; strings++, mark = ',') {
		g_string_append_c(out, mark);
		write_string(out, *strings);
	}
	g_string_append_c(out, ']');
}

void
event_write(const struct event *event, GString *out)
{
	g_string_append(out, "{\"kind\":");
	write_string(out, event_kind_name(event_kind(event)));
	for (int i = 0; i < EVENT_FIELDS; i++) {
		const char *value = event_get(event, (enum event_field)i);

		if (value) {
			write_key(out, event_field_name((enum event_field)i));
			write_string(out, value);
		}
		if (i == EVENT_REFERENCE)
			write_list(out, "references", event_references(event));
	}
	write_list(out, "refused", event_refused(event));
	g_string_append_c(out, '}');
}

struct event *
event_read(const char *text, size_t length)
{
	json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
	struct event *event = event_from_json(json);

	json_decref(json);
	return event;
}
