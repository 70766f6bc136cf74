/*
 * template_files.c - the files of letters in the home's folder "templates" and
 * in ours.
 */
#include "template_files.h"

#include "print.h"

#include <string.h>

#define ENGLISH "en"

void
template_folders_init(const struct context *context,
    struct template_folders *folders)
{
	folders->own = context_path(context, "templates");
	folders->ours = place_data("templates");
}

void
template_folders_release(struct template_folders *folders)
{
	g_free(folders->own);
	g_free(folders->ours);
}

void
template_file_release(struct template_file *file)
{
	g_free(file->path);
	g_free(file->language);
}

/* Adds what is in a folder: folders or files. */
static void
add_names(GPtrArray *names, const char *folder, bool want_folders)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (*name == '.' || g_str_has_suffix(name, "~") ||
		    g_file_test(path, G_FILE_TEST_IS_DIR) != want_folders ||
		    g_ptr_array_find_with_equal_func(names, name, g_str_equal,
		    NULL))
			continue;
		g_ptr_array_add(names, g_strdup(name));
	}
	if (dir)
		g_dir_close(dir);
	g_ptr_array_sort(names, compare_strings);
}

/* "en", "de-at", but not "render": a language's folder says how numbers are
 * written or has labels, and a folder of yours may have anything. */
static bool
is_language(const struct template_folders *folders, const char *name)
{
	static const char *const marks[] = {"words", "format"};
	size_t length = strcspn(name, "-");
	bool found = false;

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		struct template_file file;

		if (!template_file_in(folders, name, marks[i], &file))
			continue;
		template_file_release(&file);
		found = true;
	}
	return found || ((length == 2 || length == 3) &&
	    (!name[length] || name[length + 1]));
}

GPtrArray *
template_languages(const struct template_folders *folders, bool regions)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *languages = g_ptr_array_new_with_free_func(g_free);

	add_names(names, folders->own, true);
	add_names(names, folders->ours, true);
	for (guint i = 0; i < names->len; i++)
		if (is_language(folders, names->pdata[i]) &&
		    (regions || !strchr(names->pdata[i], '-')))
			g_ptr_array_add(languages,
			    g_strdup(names->pdata[i]));
	return languages;
}

/* Beside the templates that all languages share there are sources. */
static bool
is_shared(const char *name)
{
	return g_str_has_suffix(name, ".txt") ||
	    g_str_has_suffix(name, ".html") || g_str_has_suffix(name, ".page");
}

GPtrArray *
template_names(const struct template_folders *folders, const char *language)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *own = g_build_filename(folders->own, language, NULL);
	g_autofree char *ours = g_build_filename(folders->ours, language, NULL);

	add_names(names, own, false);
	add_names(names, ours, false);
	for (guint i = 0; !*language && i < names->len; i++)
		if (!is_shared(names->pdata[i]))
			g_ptr_array_remove_index(names, i--);
	return names;
}

bool
template_file_in(const struct template_folders *folders, const char *language,
    const char *name, struct template_file *file)
{
	const struct { const char *folder, *whose; } places[] = {
		{folders->own, "yours"}, {folders->ours, "ours"}};

	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		char *path = g_build_filename(places[i].folder, language,
		    name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
			*file = (struct template_file){path, places[i].whose,
			    g_strdup(language)};
			return true;
		}
		g_free(path);
	}
	return false;
}

bool
template_file_find(const struct template_folders *folders,
    const char *language, const char *name, struct template_file *file)
{
	g_autofree char *primary = g_strndup(language,
	    strcspn(language, "-"));

	return template_file_in(folders, language, name, file) ||
	    template_file_in(folders, primary, name, file) ||
	    (is_shared(name) && template_file_in(folders, "", name, file)) ||
	    template_file_in(folders, ENGLISH, name, file);
}
