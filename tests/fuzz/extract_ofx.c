/*
 * extract_ofx.c - OFX of any shape, whatever its first bytes: events, or a
 * reason.
 */
#include "fuzz.h"

#include "../../parser/extract/extract.h"
#include "../../parser/extract/statement.h"

#include <sys/mman.h>
#include <unistd.h>

static unsigned written;

static bool
look(const char *line, size_t length, void *user)
{
	json_t *json = json_loadb(line, length, 0, NULL);
	struct event *event = event_from_json(json);

	(void)user;
	MUST(event);
	written++;
	event_free(event);
	json_decref(json);
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char head[] = "OFXHEADER:100\n<OFX>";
	static int fd = -1;
	bool known;
	char *why;

	if (fd < 0) {
		fd = memfd_create("ofx", 0);
		charset_preload(NULL);
	}
	written = 0;
	MUST(ftruncate(fd, 0) == 0);
	MUST(pwrite(fd, head, sizeof head - 1, 0) == sizeof head - 1);
	MUST(pwrite(fd, data, size, sizeof head - 1) == (ssize_t)size);
	why = statement_read(fd, look, NULL, &known);
	MUST(why ? written == 0 : written > 0);
	g_free(why);
	return 0;
}
