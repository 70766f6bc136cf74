/*
 * place.c - where data files and helper programs are: in the build tree near
 * the executable, else at the places compiled in. The environment has no say,
 * so that a mail server's empty one and a hostile one find the same.
 */
#include "context.h"

#include <string.h>
#include <unistd.h>

static const struct {
	const char *name, *in_tree;
} places[] = {
	{"banks", "parser/banks"},
	{"statements", "parser/statements"},
	{"words", "parser/words"},
	{"templates", "templates"},
	{"laws", "filter/laws"},
	{"holidays", "filter/holidays"},
	{"policies.conf", "filter/policies.conf"},
	{"demo", "tests/demo"},
	{"mailfilter.conf.in", "filter/mailfilter.conf.in"},
}, pages[] = {
	{"mailfilter.1", "filter/mailfilter.1"},
	{"mailfilter.conf.5", "filter/mailfilter.conf.5"},
	{"mailfilter-bank.5", "parser/mailfilter-bank.5"},
	{"mailfilter-invoice.5", "filter/mailfilter-invoice.5"},
	{"mailfilter-statement.5", "parser/mailfilter-statement.5"},
	{"mailfilter-template.7", "templates/mailfilter-template.7"},
};

static bool
exists_below(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	return access(path, F_OK) == 0;
}

/* The folder of the build tree that the executable stands in, or NULL: a
 * test or a sanitized build stands some folders below the top. */
static char *
find_tree(void)
{
	g_autofree char *executable = g_file_read_link("/proc/self/exe", NULL);
	char *folder = executable ? g_path_get_dirname(executable) : NULL;

	for (int up = 0; folder && up < 4; up++) {
		char *parent;

		if (exists_below(folder, "parser/banks") &&
		    exists_below(folder, "filter/mailfilter.conf.in"))
			return folder;
		parent = g_path_get_dirname(folder);
		g_free(folder);
		folder = parent;
	}
	g_free(folder);
	return NULL;
}

char *
place_data(const char *name)
{
	g_autofree char *tree = find_tree();

	for (size_t i = 0; tree && i < G_N_ELEMENTS(places); i++) {
		if (strcmp(places[i].name, name) == 0)
			return g_build_filename(tree, places[i].in_tree, NULL);
	}
	return g_build_filename(DATADIR, name, NULL);
}

char *
place_helper(const char *name)
{
	g_autofree char *tree = find_tree();
	g_autofree char *executable = NULL;
	g_autofree char *folder = NULL;
	g_autofree char *beside = NULL;

	if (!tree)
		return g_build_filename(LIBEXECDIR, name, NULL);
	executable = g_file_read_link("/proc/self/exe", NULL);
	folder = g_path_get_dirname(executable);
	beside = g_build_filename(folder, "libexec", name, NULL);
	if (access(beside, X_OK) == 0)
		return g_steal_pointer(&beside);
	return g_build_filename(tree, "libexec", name, NULL);
}

/* Installed pages carry the name that the program was installed under, which
 * is the last part of the data folder's. */
char *
place_page(const char *name)
{
	g_autofree char *tree = find_tree();
	g_autofree char *program = g_path_get_basename(DATADIR);
	g_autofree char *file = NULL, *section = NULL;

	for (size_t i = 0; tree && i < G_N_ELEMENTS(pages); i++) {
		if (strcmp(pages[i].name, name) == 0)
			return g_build_filename(tree, pages[i].in_tree, NULL);
	}
	file = g_strconcat(program, name + strlen("mailfilter"), NULL);
	section = g_strconcat("man", strrchr(name, '.') + 1, NULL);
	return g_build_filename(MANDIR, section, file, NULL);
}
