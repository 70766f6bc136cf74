/*
 * extract_mt940.c - a statement line and what a bank says about it: any text
 * gives an event that the parser takes, and all of a plain text is kept.
 */
#include "fuzz.h"

#include "../../parser/extract/mt940.h"

static void
check(const struct mt940_line *line, const struct mt940_info *info)
{
	struct event *event = event_new(mt940_entry_kind(line, info)), *again;
	json_t *json;

	mt940_entry_fill(event, line, info);
	json = event_to_json(event);
	again = event_from_json(json);
	MUST(again);
	event_free(again);
	event_free(event);
	json_decref(json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *bytes = g_strndup((const char *)data, size);
	g_autofree char *text = g_utf8_make_valid(bytes, -1);
	char *rest = strchr(text, '\n');
	struct mt940_line line;
	struct mt940_info info;

	if (!rest)
		return 0;
	*rest++ = '\0';
	if (mt940_line_read(text, &line)) {
		mt940_line_clear(&line);
		MUST(!mt940_line_read("261120C1,NTRFNONREF", &line));
	}
	mt940_info_read(rest, line.customer, &info);
	check(&line, &info);
	mt940_info_clear(&info);
	mt940_info_read_numbered(rest, &info);
	check(&line, &info);
	mt940_info_clear(&info);
	mt940_line_clear(&line);
	return 0;
}
