/*
 * cmd_template.c - the letters' templates: list, show, preview, check. A file of the
 * same name in the home's folder "templates" goes before ours.
 */
#include "../templates/templates.h"

#include "command.h"
#include "print.h"
#include "template_preview.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

extern const struct command cmd_template;

struct folders {
	char *own, *ours;
};

static void
folders_init(const struct context *context, struct folders *folders)
{
	folders->own = context_path(context, "templates");
	folders->ours = place_data("templates");
}

static void
folders_release(struct folders *folders)
{
	g_free(folders->own);
	g_free(folders->ours);
}

/* Adds the names in a folder that are (not) folders themselves. */
static void
add_names(GPtrArray *names, const char *folder, bool want_folders)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		bool is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);

		if (*name == '.' || is_folder != want_folders ||
		    (want_folders && strlen(name) > 3 && !strchr(name, '-')) ||
		    g_ptr_array_find_with_equal_func(names, name, g_str_equal,
		    NULL))
			continue;
		g_ptr_array_add(names, g_strdup(name));
	}
	if (dir)
		g_dir_close(dir);
	g_ptr_array_sort(names, compare_strings);
}

static char *
path_of(const struct folders *folders, const char *language, const char *name,
    bool *own)
{
	char *path = g_build_filename(folders->own, language, name, NULL);

	*own = g_file_test(path, G_FILE_TEST_EXISTS);
	if (*own)
		return path;
	g_free(path);
	path = g_build_filename(folders->ours, language, name, NULL);
	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return path;
	g_free(path);
	return NULL;
}

static void
list_language(const struct context *context, struct table *table,
    const struct folders *folders, const char *language)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *own_dir = g_build_filename(folders->own, language,
	    NULL);
	g_autofree char *our_dir = g_build_filename(folders->ours, language,
	    NULL);

	add_names(names, own_dir, false);
	add_names(names, our_dir, false);
	for (guint i = 0; i < names->len; i++) {
		bool own;
		g_autofree char *path = path_of(folders, language,
		    names->pdata[i], &own);
		const char *cells[] = {
			language, names->pdata[i], own ? "yours" : "shipped",
			path,
		};

		if (context->json)
			print_json(json_pack("{s:s, s:s, s:s, s:s}",
			    "language", cells[0], "name", cells[1], "from",
			    cells[2], "path", cells[3]));
		else
			table_row(table, cells);
	}
}

/* "en", "de-at", but not "render": a language's folder says how numbers are
 * written or has labels. */
static bool
is_language(const struct folders *folders, const char *name)
{
	bool own;
	g_autofree char *words = path_of(folders, name, "words", &own);
	g_autofree char *format = path_of(folders, name, "format", &own);

	return words || format;
}

static int
run_list(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {
		"Language", "Name", "From", "File",
	};
	g_autoptr(GPtrArray) languages = g_ptr_array_new_with_free_func(
	    g_free);
	struct folders folders;
	struct table *table;

	if (argc > 1)
		return usage_error(&cmd_template, "'%s' is too much here",
		    argv[1]);
	folders_init(context, &folders);
	add_names(languages, folders.own, true);
	add_names(languages, folders.ours, true);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < languages->len; i++) {
		if (is_language(&folders, languages->pdata[i]))
			list_language(context, table, &folders,
			    languages->pdata[i]);
	}
	table_end(table, "There is no template.");
	folders_release(&folders);
	return EX_OK;
}

static int
show(const struct context *context, const char *language, const char *name)
{
	struct folders folders;
	g_autofree char *path = NULL, *text = NULL;
	g_autoptr(GError) error = NULL;
	bool own;

	folders_init(context, &folders);
	path = path_of(&folders, language, name, &own);
	folders_release(&folders);
	if (!path) {
		say_error(context, "there is no template '%s' in '%s'; "
		    "'mailfilter template list' shows all", name, language);
		return EX_NOINPUT;
	}
	if (!g_file_get_contents(path, &text, NULL, &error)) {
		say_error(context, "%s", error->message);
		return EX_NOINPUT;
	}
	fputs(text, stdout);
	return EX_OK;
}

static int
run_show(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"language", required_argument, NULL, 'l'},
		{NULL, 0, NULL, 0},
	};
	const char *language = "en";
	int c;

	while ((c = getopt_long(argc, argv, ":l:", options, NULL)) != -1) {
		if (c != 'l')
			return option_error(&cmd_template, c, argv);
		language = optarg;
	}
	if (optind != argc - 1)
		return usage_error(&cmd_template, "say which template");
	if (strchr(language, '/') || strchr(argv[optind], '/'))
		return usage_error(&cmd_template, "a name has no slash");
	return show(context, language, argv[optind]);
}

static int
run_preview(struct context *context, int argc, char **argv)
{
	return template_preview(context, &cmd_template, argc, argv);
}

static int
run_check(struct context *context, int argc, char **argv)
{
	g_auto(GStrv) problems = NULL;
	struct folders folders;

	if (argc > 1)
		return usage_error(&cmd_template, "'%s' is too much here",
		    argv[1]);
	folders_init(context, &folders);
	problems = templates_check((const char *const[]){folders.own,
	    folders.ours, NULL});
	folders_release(&folders);
	for (char **problem = problems; problem && *problem; problem++)
		fprintf(stderr, "%s\n", *problem);
	if (problems && *problems)
		return EX_DATAERR;
	if (!context->quiet && !context->json)
		puts("All templates are in order.");
	return EX_OK;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"list", run_list}, {"show", run_show},
		{"preview", run_preview}, {"check", run_check}, {NULL, NULL},
	};

	return verb_run(&cmd_template, verbs, context, argc, argv);
}

const struct command cmd_template = {
	.name = "template",
	.usage = "list | show NAME [--language en] |\n"
	    "  preview KIND [--tone friendly] [--language en] "
	    "[--html | --message] | check",
	.summary = "the letters' templates",
	.options =
	    "  list   all of them, yours and the shipped ones\n"
	    "  show   one as it is written, to copy into the home's folder "
	    "templates/LANGUAGE\n"
	    "  preview  the letter KIND with sample values, as its reader sees "
	    "it; --tone\n         friendly, understanding or firm; --html, "
	    "--message: that of the mail\n"
	    "  check  do all compile, is each there in each language?\n",
	.run = run,
};
