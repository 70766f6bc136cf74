/*
 * main.c - labels-index DIR: writes DIR/labels.index, the vocabularies of a
 * folder as they are looked up. Run by make and by the installation.
 */
#include "../labels.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
	const char *dirs[2] = {argc == 2 ? argv[1] : NULL, NULL};
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *path = NULL;
	struct labels *labels;
	bool good;

	if (argc != 2) {
		fprintf(stderr, "usage: labels-index DIR\n");
		return 64;
	}
	path = g_build_filename(argv[1], LABELS_INDEX, NULL);
	labels = labels_load(dirs, problems);
	for (guint i = 0; i < problems->len; i++)
		fprintf(stderr, "%s\n", (char *)problems->pdata[i]);
	good = problems->len == 0 && labels_save(labels, path);
	labels_free(labels);
	return good ? 0 : 1;
}
