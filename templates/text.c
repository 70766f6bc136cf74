/*
 * text.c - one text of a language that is part of no letter: what an invoice
 * says of its payment.
 */
#include "letter.h"
#include "templates.h"

#include <string.h>

/* Lines of a paragraph become one; a paragraph is a line. */
static char *
paragraphs(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++) {
		if (*text == *KEPT_BREAK || (*text == '\n' && text[1] == '\n')) {
			if (out->len && out->str[out->len - 1] != '\n')
				g_string_append_c(out, '\n');
		} else if (*text != '\n' && *text != ' ') {
			g_string_append_c(out, *text);
		} else if (out->len && !strchr(" \n", out->str[out->len - 1])) {
			g_string_append_c(out, ' ');
		}
	}
	for (char *end; (end = strstr(out->str, " \n"));)
		g_string_erase(out, end - out->str, 1);
	return g_strstrip(g_string_free(out, FALSE));
}

static const char *
read_partial(const char *name, void *user)
{
	return source_read(user, name, "");
}

static char *
render(struct source *source, const char *name, const json_t *values,
    char **why)
{
	const char *template = source_read(source, name, "");
	g_autofree char *text = NULL, *articles = NULL;
	json_t *written;

	if (!template) {
		*why = g_strdup_printf("no template \"%s\" in %s", name,
		    source_language(source));
		return NULL;
	}
	written = values_write(values, "statement", source_habits(source), why);
	if (!written)
		return NULL;
	text = mustache_render(template, written, false, read_partial, source,
	    NULL, why);
	json_decref(written);
	if (!text)
		return NULL;
	articles = spelling_articles(source_habits(source), text);
	return paragraphs(articles);
}

char *
text_render(const char *const *dirs, const char *language, const char *name,
    const json_t *values, char **why)
{
	GString *lines = g_string_new(NULL);
	struct source *source = source_new(dirs, language, NULL, lines);
	char *text;

	*why = NULL;
	text = render(source, name, values, why);
	source_free(source);
	g_string_free(lines, TRUE);
	return text;
}
