/*
 * cmd_template.c - the letters' templates: list, show, copy, edit, preview,
 * check. A file of the same name in the home's folder "templates" goes before
 * ours.
 */
#include "../templates/templates.h"

#include "command.h"
#include "print.h"
#include "spawn.h"
#include "template_files.h"
#include "template_preview.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const struct command cmd_template;

/* ---- list ----------------------------------------------------------------- */

/* language: of the line; file: what a letter in it finds. */
static void
list_file(const struct context *context, struct table *table,
    const char *language, const char *name, const struct template_file *file)
{
	bool falls_back = strcmp(file->language, language) != 0;
	const char *cells[] = {
		*language ? language : "all", name, file->whose,
		falls_back ? *file->language ? file->language : "all" : "",
		file->path,
	};

	if (!context->json) {
		table_row(table, cells);
		return;
	}
	json_t *line = json_pack("{s:s, s:s, s:s, s:s}", "language", language,
	    "name", name, "from", file->whose, "path", file->path);
	if (falls_back)
		json_put(line, "falls_back_to", file->language);
	print_json(line);
}

/* The files of a language, and those that English has and it does not. */
static void
list_language(const struct context *context, struct table *table,
    const struct template_folders *folders, const char *language)
{
	g_autoptr(GPtrArray) names = template_names(folders, language);
	g_autoptr(GPtrArray) english = template_names(folders, "en");

	for (guint i = 0; *language && !strchr(language, '-') &&
	    i < english->len; i++)
		if (!g_ptr_array_find_with_equal_func(names,
		    english->pdata[i], g_str_equal, NULL))
			g_ptr_array_add(names, g_strdup(english->pdata[i]));
	g_ptr_array_sort(names, compare_strings);
	for (guint i = 0; i < names->len; i++) {
		struct template_file file;

		if (!template_file_find(folders, language, names->pdata[i],
		    &file))
			continue;
		list_file(context, table, language, names->pdata[i], &file);
		template_file_release(&file);
	}
}

/* "de-AT" -> "de-at"; false: that is no language. */
static bool
take_language(const char *text, char **language)
{
	g_free(*language);
	*language = g_ascii_strdown(text, -1);
	g_strdelimit(*language, "_", '-');
	return **language && !(*language)[strspn(*language,
	    "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

static int
run_list(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {
		"Language", "Name", "Whose", "Falls back to", "File",
	};
	static const struct option options[] = {
		{"language", required_argument, NULL, 'l'},
		{NULL, 0, NULL, 0},
	};
	g_autoptr(GPtrArray) languages = NULL;
	g_autofree char *only = NULL;
	struct template_folders folders;
	struct table *table;
	int c;

	while ((c = getopt_long(argc, argv, ":l:", options, NULL)) != -1) {
		if (c != 'l')
			return option_error(&cmd_template, c, argv);
		if (!take_language(optarg, &only))
			return usage_error(&cmd_template,
			    "'%s' is no language", optarg);
	}
	if (optind < argc)
		return usage_error(&cmd_template, "'%s' is too much here",
		    argv[optind]);
	template_folders_init(context, &folders);
	languages = template_languages(&folders, true);
	g_ptr_array_insert(languages, 0, g_strdup(""));
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < languages->len; i++)
		if (!only || !strcmp(only, languages->pdata[i]))
			list_language(context, table, &folders,
			    languages->pdata[i]);
	table_end(table, "There is no template.");
	template_folders_release(&folders);
	return EX_OK;
}

/* ---- show, copy, edit --------------------------------------------------------- */

struct choice {			/* one file of a language, as the options say */
	char *language, *name;
	struct template_folders folders;
	struct template_file file;
};

static void
choice_release(struct choice *choice)
{
	g_free(choice->language);
	g_free(choice->name);
	template_folders_release(&choice->folders);
	template_file_release(&choice->file);
}

/* [--language L] NAME, or L/NAME. EX_OK: the file is found. */
static int
choose(struct context *context, int argc, char **argv, struct choice *choice)
{
	static const struct option options[] = {
		{"language", required_argument, NULL, 'l'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	const char *text, *slash;
	int c;

	choice->language = g_strdup("en");
	template_folders_init(context, &choice->folders);
	while ((c = getopt_long(argc, argv, ":l:n", options, NULL)) != -1) {
		if (c == 'n')
			context->dry_run = true;
		else if (c != 'l')
			return option_error(&cmd_template, c, argv);
		else if (!take_language(optarg, &choice->language))
			return usage_error(&cmd_template,
			    "'%s' is no language", optarg);
	}
	if (optind != argc - 1)
		return usage_error(&cmd_template, "say which template");
	text = argv[optind];
	slash = strchr(text, '/');
	if (slash) {
		g_autofree char *language = g_strndup(text,
		    (gsize)(slash - text));

		if (!take_language(language, &choice->language))
			return usage_error(&cmd_template,
			    "'%s' is no language", language);
		text = slash + 1;
	}
	if (strchr(text, '/') || *text == '.')
		return usage_error(&cmd_template, "'%s' is no name of a "
		    "template", text);
	choice->name = g_strdup(text);
	if (template_file_find(&choice->folders, choice->language, text,
	    &choice->file))
		return EX_OK;
	say_error(context, "there is no template '%s' in '%s'; "
	    "'mailfilter template list' shows all", text, choice->language);
	return EX_NOINPUT;
}

static int
show(const struct context *context, const char *path)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

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
	struct choice choice = {0};
	int code = choose(context, argc, argv, &choice);

	if (code == EX_OK)
		code = show(context, choice.file.path);
	choice_release(&choice);
	return code;
}

/* Where a copy of yours belongs: a file that all languages share stays such a
 * one, any other goes into the language's folder. */
static char *
own_path(const struct choice *choice)
{
	return g_build_filename(choice->folders.own, *choice->file.language ?
	    choice->language : "", choice->name, NULL);
}

static int
copy(const struct context *context, const struct choice *choice,
    const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	gsize length;

	if (context->dry_run) {
		if (!context->quiet)
			printf("Would copy %s to %s.\n", choice->file.path,
			    path);
		return EX_OK;
	}
	if (g_mkdir_with_parents(folder, 0700) != 0) {
		say_error(context, "%s: %s", folder, g_strerror(errno));
		return EX_CANTCREAT;
	}
	if (g_file_get_contents(choice->file.path, &text, &length, &error) &&
	    g_file_set_contents(path, text, (gssize)length, &error))
		return EX_OK;
	say_error(context, "%s", error->message);
	return EX_CANTCREAT;
}

static int
run_copy(struct context *context, int argc, char **argv)
{
	struct choice choice = {0};
	int code = choose(context, argc, argv, &choice);
	g_autofree char *path = code == EX_OK ? own_path(&choice) : NULL;

	if (code == EX_OK && g_file_test(path, G_FILE_TEST_EXISTS)) {
		say_error(context, "%s is there already; 'mailfilter template "
		    "edit %s' opens it", path, choice.name);
		code = EX_CANTCREAT;
	} else if (code == EX_OK) {
		code = copy(context, &choice, path);
	}
	if (code == EX_OK && context->json)
		print_json(json_pack("{s:s, s:s}", "copied",
		    choice.file.path, "path", path));
	else if (code == EX_OK && !context->quiet && !context->dry_run)
		printf("%s is yours to change.\n", path);
	choice_release(&choice);
	return code;
}

/* The user's editor, in the foreground. */
static int
open_editor(const struct context *context, const char *path)
{
	const char *editor = g_getenv("VISUAL") ? g_getenv("VISUAL") :
	    g_getenv("EDITOR") ? g_getenv("EDITOR") : "vi";
	g_auto(GStrv) words = NULL;
	g_autofree char **argv = NULL;
	g_autoptr(GError) error = NULL;
	guint count;
	int status;

	if (!g_shell_parse_argv(editor, NULL, &words, &error)) {
		say_error(context, "the editor '%s': %s", editor,
		    error->message);
		return EX_USAGE;
	}
	count = g_strv_length(words);
	argv = g_new0(char *, count + 2);
	memcpy(argv, words, count * sizeof *argv);
	argv[count] = (char *)(uintptr_t)path;
	if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH |
	    G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL, &status,
	    &error)) {
		say_error(context, "%s", error->message);
		return EX_UNAVAILABLE;
	}
	return g_spawn_check_wait_status(status, NULL) ? EX_OK : EX_SOFTWARE;
}

static int print_problems(struct context *context, const char *of);

static int
run_edit(struct context *context, int argc, char **argv)
{
	struct choice choice = {0};
	int code = choose(context, argc, argv, &choice);
	g_autofree char *path = code == EX_OK ? own_path(&choice) : NULL;

	if (code == EX_OK && !g_file_test(path, G_FILE_TEST_EXISTS))
		code = copy(context, &choice, path);
	if (code == EX_OK && !context->dry_run)
		code = open_editor(context, path);
	if (code == EX_OK && !context->dry_run)
		code = print_problems(context, path);
	choice_release(&choice);
	return code;
}

/* ---- preview, check -------------------------------------------------------------- */

static int
run_preview(struct context *context, int argc, char **argv)
{
	return template_preview(context, &cmd_template, argc, argv);
}

/* of: only those that begin with this path, NULL: all. */
static int
print_problems(struct context *context, const char *of)
{
	g_auto(GStrv) problems = NULL;
	g_autoptr(GPtrArray) tried = NULL;
	struct template_folders folders;
	int count = 0;

	template_folders_init(context, &folders);
	problems = templates_check((const char *const[]){folders.own,
	    folders.ours, NULL});
	tried = template_try_all(context, &folders);
	for (char **problem = problems; *problem; problem++)
		g_ptr_array_insert(tried, (int)(problem - problems),
		    g_strdup(*problem));
	template_folders_release(&folders);
	for (guint i = 0; i < tried->len; i++) {
		const char *line = tried->pdata[i];

		if (of && !g_str_has_prefix(line, of))
			continue;
		count++;
		if (context->json)
			print_json(json_pack("{s:s}", "problem", line));
		else
			fprintf(stderr, "%s\n", line);
	}
	return count ? EX_DATAERR : EX_OK;
}

static int
run_check(struct context *context, int argc, char **argv)
{
	int code;

	if (argc > 1)
		return usage_error(&cmd_template, "'%s' is too much here",
		    argv[1]);
	code = print_problems(context, NULL);
	if (code == EX_OK && !context->quiet && !context->json)
		puts("All templates are in order.");
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"list", run_list}, {"show", run_show}, {"copy", run_copy},
		{"edit", run_edit}, {"preview", run_preview},
		{"check", run_check}, {NULL, NULL},
	};

	return verb_run(&cmd_template, verbs, context, argc, argv);
}

const struct command cmd_template = {
	.name = "template",
	.usage = "list [--language en] |\n"
	    "  show|copy|edit NAME [--language en] |\n"
	    "  preview KIND [--tone friendly] [--language en]\n"
	    "    [--format html|pdf|text|message] [--output FILE] | check",
	.summary = "the letters' templates",
	.options =
	    "  list   every file, whose it is, and which language falls back "
	    "on another\n"
	    "  show   one as it is written\n"
	    "  copy   ours into the home's folder templates, to be changed "
	    "there\n"
	    "  edit   the same, opened in $VISUAL or $EDITOR, then checked\n"
	    "  preview  the letter KIND with sample values, as its reader sees "
	    "it; --tone\n         friendly, understanding or firm; on a "
	    "terminal HTML and PDF are opened\n"
	    "  check  do all compile, are they complete, can a "
	    "letter of each kind\n         be made with yours?\n",
	.run = run,
};
