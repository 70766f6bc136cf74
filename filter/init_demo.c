/*
 * init_demo.c - puts the sample customers and invoices of the folder "demo"
 * into a fresh home, through the same door as the owner's own files.
 */
#include "import.h"
#include "init.h"

#include <unistd.h>

int
init_demo(struct context *context)
{
	static const char *const names[] = {"customers.csv", "invoices.csv"};
	const struct import_options options = {.strict = true};
	g_autofree char *folder = place_data("demo");
	int code = EX_OK;

	for (size_t i = 0; i < G_N_ELEMENTS(names) && code == EX_OK; i++) {
		g_autofree char *path = g_build_filename(folder, names[i],
		    NULL);

		if (access(path, R_OK) != 0) {
			say_error(context, "the samples are not there: %s",
			    path);
			return EX_OSFILE;
		}
		code = import_file(context, &options, path);
	}
	return code;
}
