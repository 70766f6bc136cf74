/*
 * extract_statement.c - a statement of any format: events that the parser
 * takes, all behind their frame, or a reason and no event at all.
 */
#include "fuzz.h"

#include "../../parser/extract/extract.h"
#include "../../parser/extract/statement.h"

#include <sys/mman.h>
#include <unistd.h>

static unsigned written, frames;

static bool
look(const char *line, size_t length, void *user)
{
	json_t *json = json_loadb(line, length, 0, NULL);
	struct event *event = event_from_json(json);

	(void)user;
	MUST(event);
	frames += event_kind(event) == EVENT_STATEMENT;
	MUST(frames > 0);
	written++;
	event_free(event);
	json_decref(json);
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	bool known;
	char *why;

	if (fd < 0) {
		fd = memfd_create("statement", 0);
		charset_preload(NULL);
	}
	written = frames = 0;
	MUST(ftruncate(fd, 0) == 0);
	MUST(pwrite(fd, data, size, 0) == (ssize_t)size);
	why = statement_read(fd, look, NULL, &known);
	MUST(why ? written == 0 : frames > 0);
	g_free(why);
	return 0;
}
