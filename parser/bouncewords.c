/*
 * bouncewords.c - words/bounce.phrases: what mail servers write, and what it
 * means. Read only for mail that looks like a bounce.
 */
#include "bounce.h"

#include <string.h>

struct phrase {
	char *key;		/* "subject", "below" or a status */
	char *text;		/* folded */
};

struct phrases {
	GPtrArray *all;		/* struct phrase */
};

static void
free_phrase(gpointer data)
{
	struct phrase *phrase = data;

	g_free(phrase->key);
	g_free(phrase->text);
	g_free(phrase);
}

static bool
is_key(const char *key)
{
	g_autofree char *status = status_of_field(key);

	return g_strcmp0(status, key) == 0 || strcmp(key, "subject") == 0 ||
	    strcmp(key, "below") == 0;
}

static bool
add_line(struct phrases *phrases, char *line)
{
	size_t length;
	struct phrase *phrase;

	g_strstrip(line);
	if (*line == '#' || !*line)
		return true;
	length = strcspn(line, " \t");
	if (!line[length])
		return false;
	line[length] = '\0';
	if (!is_key(line))
		return false;
	phrase = g_new0(struct phrase, 1);
	phrase->key = g_strdup(line);
	phrase->text = words_fold(line + length + 1);
	g_ptr_array_add(phrases->all, phrase);
	return true;
}

static void
load_file(struct phrases *phrases, const char *path, GPtrArray *problems)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL) ||
	    !g_utf8_validate(text, -1, NULL)) {
		if (problems)
			g_ptr_array_add(problems, g_strdup_printf("%s:1: "
			    "cannot be read as UTF-8", path));
		return;
	}
	lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i]; i++)
		if (!add_line(phrases, lines[i]) && problems)
			g_ptr_array_add(problems, g_strdup_printf("%s:%d: not "
			    "\"STATUS PHRASE\"", path, i + 1));
}

struct phrases *
phrases_load(const char *const *dirs, GPtrArray *problems)
{
	struct phrases *phrases = g_new0(struct phrases, 1);

	phrases->all = g_ptr_array_new_with_free_func(free_phrase);
	for (; dirs && *dirs; dirs++) {
		GDir *dir = g_dir_open(*dirs, 0, NULL);
		const char *name;

		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *path =
			    g_build_filename(*dirs, name, NULL);

			if (g_str_has_suffix(name, ".phrases"))
				load_file(phrases, path, problems);
		}
		if (dir)
			g_dir_close(dir);
	}
	return phrases;
}

void
phrases_free(struct phrases *phrases)
{
	if (!phrases)
		return;
	g_ptr_array_unref(phrases->all);
	g_free(phrases);
}

const char *
phrases_status(const struct phrases *phrases, const char *text)
{
	g_autofree char *folded = words_fold(text);

	for (guint i = 0; i < phrases->all->len; i++) {
		const struct phrase *phrase = phrases->all->pdata[i];

		if (g_ascii_isdigit(*phrase->key) &&
		    strstr(folded, phrase->text))
			return phrase->key;
	}
	return NULL;
}

bool
phrases_has(const struct phrases *phrases, const char *key, const char *text)
{
	g_autofree char *folded = words_fold(text);

	for (guint i = 0; i < phrases->all->len; i++) {
		const struct phrase *phrase = phrases->all->pdata[i];

		if (strcmp(phrase->key, key) == 0 &&
		    strstr(folded, phrase->text))
			return true;
	}
	return false;
}
