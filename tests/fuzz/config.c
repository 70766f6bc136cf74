/* config.c - mailfilter.conf: a configuration, or a sentence with its line. */
#include "fuzz.h"

#include <unistd.h>

#include "../../filter/config.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char path[] = "/tmp/fuzz-config.XXXXXX";
	static int fd = -1;
	struct config *config;
	char *why = NULL;

	if (fd < 0) {
		fd = mkstemp(path);
		MUST(fd >= 0);
	}
	MUST(ftruncate(fd, 0) == 0);
	MUST(pwrite(fd, data, size, 0) == (ssize_t)size);
	config = config_load(path, "/tmp", &why);
	MUST(!config == !!why);
	if (why)
		MUST(strncmp(why, path, strlen(path)) == 0);
	config_free(config);
	g_free(why);
	return 0;
}
