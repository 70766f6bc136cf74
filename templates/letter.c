/*
 * letter.c - one letter from its JSON object to its bytes: choose the files,
 * write the values, render both parts, build the message.
 */
#include "document.h"
#include "letter.h"
#include "templates.h"

#include <string.h>

static const struct {
	const char *kind, *tone, *file;
} kinds[] = {{"invoice", NULL, "invoice"},
    {"reminder", "friendly", "reminder.friendly"},
    {"reminder", "understanding", "reminder.understanding"},
    {"reminder", "firm", "reminder.firm"}, {"receipt", NULL, "receipt"},
    {"crossed", NULL, "crossed"}, {"copy", NULL, "copy"},
    {"statement", NULL, "statement"}, {"inquiry", NULL, "inquiry"},
    {"offer", NULL, "offer"}, {"agreement", NULL, "agreement"},
    {"instalment", NULL, "instalment"},
    {"credit-note", NULL, "credit-note"}, {"digest", NULL, "digest"}};

struct rendering {
	struct source *source;
	json_t *values;
	const char *extension;	/* of the part being rendered */
	const char *file;	/* the letter's name */
	const char *tag;	/* its language, BCP 47 */
	GPtrArray *missing;	/* names, each once for the whole letter */
	GString *warning;
	letter_form_fn *make;	/* of what is attached, or NULL */
	bool page;		/* it becomes a page: parts are NAME.page */
	char **why;
};

static const char *
text_of(const json_t *letter, const char *name)
{
	const char *text = json_string_value(json_object_get(letter, name));

	return text ? text : "";
}

static const char *
file_of(const json_t *letter)
{
	const char *kind = text_of(letter, "kind");
	const char *tone = text_of(letter, "tone");

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (!strcmp(kinds[i].kind, kind) &&
		    (!kinds[i].tone || !strcmp(kinds[i].tone, tone)))
			return kinds[i].file;
	return NULL;
}

/* NULL: dirs is no list of texts. The caller frees the array, not the texts. */
static const char **
dirs_of(const json_t *letter)
{
	const json_t *list = json_object_get(letter, "dirs");
	size_t count = json_array_size(list);
	const char **dirs = g_new0(const char *, count + 1);

	for (size_t i = 0; i < count; i++) {
		dirs[i] = json_string_value(json_array_get(list, i));
		if (dirs[i])
			continue;
		g_free(dirs);
		return NULL;
	}
	return dirs;
}

/* A part of a page, its elements marked with their lines. */
static const char *
read_marked(const struct rendering *rendering, const char *name)
{
	g_autofree char *file = g_strconcat(name,
	    g_str_has_suffix(name, ".page") ? "" : ".page", NULL);
	const char *text = source_read(rendering->source, file, "");

	return text ? page_mark_lines(text, file) : NULL;
}

static const char *
read_partial(const char *name, void *user)
{
	const struct rendering *rendering = user;
	const char *text = rendering->page ?
	    read_marked(rendering, name) : NULL;

	if (!text)
		text = source_read(rendering->source, name, "");
	return text ? text : source_read(rendering->source, name,
	    rendering->page ? ".txt" : rendering->extension);
}

static char *
render(struct rendering *rendering, const char *template, bool html)
{
	g_autofree char *text = NULL;
	char *why = NULL;

	rendering->extension = html ? ".html" : ".txt";
	text = mustache_render(template, rendering->values, html,
	    read_partial, rendering, rendering->missing, &why);
	if (!text) {
		*rendering->why = g_strdup_printf("%s/%s: %s",
		    source_language(rendering->source), rendering->file, why);
		g_free(why);
		return NULL;
	}
	return spelling_articles(source_habits(rendering->source), text);
}

/* The HTML body inside of the layout that all letters share. */
static char *
wrap(struct rendering *rendering, const char *html)
{
	const char *layout = source_read(
	    rendering->source, "layout.html", "");
	g_autofree char *page = NULL;

	if (!layout)
		return g_strdup(html);
	json_object_set_new(rendering->values, "body", json_string(html));
	page = render(rendering, layout, true);
	if (page && !strstr(page, html)) {
		*rendering->why = g_strdup(
		    "layout.html: there is no {{{body}}} in it");
		return NULL;
	}
	return page ? inline_styles(page) : NULL;
}

static void
add_words(struct rendering *rendering)
{
	json_object_set_new(
	    rendering->values, "word", source_words(rendering->source));
	json_object_set_new(
	    rendering->values, "language", json_string(rendering->tag));
	json_object_set_new(rendering->values, "dir", json_string(
	    language_text(source_habits(rendering->source), "direction",
	        "ltr")));
}

/* The document that the letter is about, in the words of its language. */
static bool
add_document(struct rendering *rendering, const json_t *letter)
{
	const json_t *document = json_object_get(letter, "document");
	struct source *source = rendering->source;
	struct document_words words = {.language = source_habits(source)};
	json_t *units, *countries, *typed, *written;

	if (!document)
		return true;
	units = source_lines(source, "units");
	countries = source_lines(source, "countries");
	words.words = json_object_get(rendering->values, "word");
	words.units = units;
	words.countries = countries;
	typed = document_values(document, &words);
	written = values_write_part(typed, "document", words.language,
	    rendering->why);
	json_decref(typed);
	json_decref(units);
	json_decref(countries);
	json_object_set_new(rendering->values, "document", written);
	return written != NULL;
}

#define SUBJECT_LENGTH 160	/* characters that a subject may have */

/* Values that are lines end up in one, which ends where nobody reads on. */
static char *
one_line(char *text)
{
	GString *out = g_string_new(NULL);

	for (char *at = text; *at; at++) {
		bool blank = strchr(" \n" KEPT_BREAK, *at) != NULL;

		if (!blank)
			g_string_append_c(out, *at);
		else if (out->len && !g_str_has_suffix(out->str, " "))
			g_string_append_c(out, ' ');
	}
	g_free(text);
	if (g_utf8_strlen(out->str, -1) > SUBJECT_LENGTH) {
		g_string_truncate(out, (gsize)(g_utf8_offset_to_pointer(
		    out->str, SUBJECT_LENGTH - 1) - out->str));
		g_string_append(out, "…");
	}
	return g_strchomp(g_string_free(out, FALSE));
}

static GBytes *
one_part(char *text)
{
	return g_bytes_new_take(text, strlen(text));
}

/* Makes the files, and tells the templates of them. NULL: *rendering->why. */
static GPtrArray *
make_files(struct rendering *rendering, const json_t *letter)
{
	GPtrArray *files = attach_make(letter, rendering->make,
	    json_object_get(rendering->values, "word"), rendering->warning,
	    rendering->why);
	json_t *list = json_array();

	for (guint i = 0; files && i < files->len; i++) {
		const struct letter_attachment *file = files->pdata[i];

		json_array_append_new(list, json_pack("{s:s, s:b, s:b}", "name",
		    file->name, "is_xml", g_str_has_suffix(file->name, ".xml"),
		    "is_last", i + 1 == files->len));
	}
	json_object_set_new(rendering->values, "attached",
	    json_boolean(json_array_size(list) > 0));
	json_object_set_new(rendering->values, "files", list);
	return files;
}

static GBytes *
render_letter(struct rendering *rendering, const json_t *letter)
{
	const char *form = text_of(letter, "form");
	const char *file = source_read(rendering->source, rendering->file, "");
	g_autofree char *head = NULL, *subject = NULL, *text = NULL;
	g_autofree char *html = NULL, *page = NULL, *filled = NULL;
	g_autoptr(GPtrArray) files = NULL;
	const char *body = source_split(file, &head);

	add_words(rendering);
	if (!add_document(rendering, letter))
		return NULL;
	files = make_files(rendering, letter);
	if (!files)
		return NULL;
	subject = render(rendering, head, false);
	if (!subject)
		return NULL;
	subject = one_line(subject);
	json_object_set_new(
	    rendering->values, "subject", json_string(subject));
	text = render(rendering, body, false);
	html = text ? render(rendering, body, true) : NULL;
	if (!html)
		return NULL;
	filled = layout_text(text);
	g_free(text);
	text = NULL;
	page = layout_html(html);
	g_free(html);
	html = wrap(rendering, page);
	if (!html)
		return NULL;
	if (!strcmp(form, "text"))
		return one_part(g_strdup_printf(
		    "Subject: %s\n\n%s", subject, filled));
	if (!strcmp(form, "html"))
		return one_part(g_steal_pointer(&html));
	return mime_build(json_object_get(letter, "headers"),
	    &(struct letter_parts){subject, filled, html, rendering->tag,
	        files}, rendering->why);
}

static void
warn_missing(const struct rendering *rendering, GString *warning)
{
	for (guint i = 0; i < rendering->missing->len; i++)
		g_string_append_printf(warning, "%s/%s: no value for \"%s\"\n",
		    source_language(rendering->source), rendering->file,
		    (const char *)g_ptr_array_index(rendering->missing, i));
}

static GBytes *
render_from(struct source *source, const json_t *letter, const char *file,
    letter_form_fn *make, GString *warning, char **why)
{
	g_autofree char *tag = source_tag(source);
	struct rendering rendering = {.source = source, .file = file,
	    .tag = tag, .warning = warning, .make = make, .why = why};
	GBytes *message = NULL;

	if (!source_read(source, file, "")) {
		*why = g_strdup_printf("no template \"%s\" in %s",
		    file, source_language(source));
		return NULL;
	}
	rendering.values = values_write(json_object_get(letter, "values"),
	    text_of(letter, "kind"),
	    source_habits(source), why);
	if (!rendering.values)
		return NULL;
	values_add_tone(rendering.values, text_of(letter, "tone"));
	rendering.missing = g_ptr_array_new_with_free_func(g_free);
	message = render_letter(&rendering, letter);
	warn_missing(&rendering, warning);
	g_ptr_array_unref(rendering.missing);
	json_decref(rendering.values);
	return message;
}

/* One try with these folders. */
static GBytes *
render_with(const char **dirs, const json_t *letter, letter_form_fn *make,
    GString *lines, char **why)
{
	const char *file = file_of(letter);
	struct source *source = source_new(
	    dirs, text_of(letter, "language"), file, lines);
	GBytes *message = render_from(
	    source, letter, file, make, lines, why);

	source_free(source);
	return message;
}

GBytes *
letter_render(const json_t *letter, char **warning, char **why)
{
	return letter_render_with(letter, NULL, warning, why);
}

GBytes *
letter_render_with(const json_t *letter, letter_form_fn *make, char **warning,
    char **why)
{
	g_autofree const char **dirs = dirs_of(letter);
	g_autofree char *second = NULL;
	GBytes *message = NULL;
	GString *lines;

	*warning = *why = NULL;
	if (!file_of(letter))
		*why = g_strdup("kind, tone: there is no such letter");
	else if (!dirs || !dirs[0])
		*why = g_strdup("dirs: no list of folders");
	if (*why)
		return NULL;
	lines = g_string_new(NULL);
	message = render_with(dirs, letter, make, lines, why);
	if (!message && dirs[1]) {	/* is it the user's fault? */
		const char *ours[] = {
		    dirs[g_strv_length((char **)dirs) - 1], NULL};

		message = render_with(ours, letter, make, lines, &second);
	}
	if (message && *why) {
		g_string_append_printf(
		    lines, "your own templates are left out: %s\n", *why);
		g_clear_pointer(why, g_free);
	}
	*warning = g_string_free(lines, lines->len == 0);
	return message;
}

/* ---- pages ----------------------------------------------------------------- */

/* The letter's own text, and its subject as a title, for a page of words. */
static bool
add_letter_text(struct rendering *rendering)
{
	const char *file = source_read(rendering->source, rendering->file, "");
	g_autofree char *head = NULL, *subject = NULL, *text = NULL;
	const char *body = source_split(file, &head);

	subject = render(rendering, head, false);
	if (!subject)
		return false;
	subject = one_line(subject);
	json_object_set_new(
	    rendering->values, "subject", json_string(subject));
	text = render(rendering, body, true);
	if (text) {
		g_autofree char *paragraphs = layout_html(text);
		g_autofree char *markup = page_take_breaks(paragraphs);

		json_object_set_new(
		    rendering->values, "body", json_string(markup));
	}
	return text != NULL;
}

static const char *
page_of(const json_t *letter)
{
	static const struct {
		const char *kind, *page;
	} pages[] = {{"invoice", "invoice.page"}, {"copy", "invoice.page"},
	    {"credit-note", "invoice.page"}, {"reminder", "reminder.page"},
	    {"statement", "statement.page"}, {"receipt", "receipt.page"},
	    {"crossed", "receipt.page"}};
	const char *kind = text_of(letter, "kind");

	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
		if (!strcmp(pages[i].kind, kind) &&
		    (strcmp(pages[i].page, "invoice.page") ||
		        json_object_get(letter, "document")))
			return pages[i].page;
	return "letter.page";
}

static char *
write_page(struct rendering *rendering, const json_t *letter)
{
	const char *name = page_of(letter), *template;
	g_autofree char *markup = NULL;

	add_words(rendering);
	json_object_set_new(rendering->values, "is_copy",
	    json_boolean(!strcmp(text_of(letter, "kind"), "copy")));
	page_keep_payloads(rendering->values);
	if (!add_document(rendering, letter) || !add_letter_text(rendering))
		return NULL;
	template = read_marked(rendering, name);
	if (!template)
		template = read_marked(rendering, "letter.page");
	if (template)
		markup = render(rendering, template, true);
	else
		*rendering->why = g_strdup_printf(
		    "%s: there is no such page", name);
	return markup ? page_take_breaks(markup) : NULL;
}

static char *
page_from(struct source *source, const json_t *letter, GString *warning,
    char **why)
{
	struct rendering rendering = {.source = source,
	    .file = file_of(letter), .why = why};
	g_autofree char *tag = source_tag(source);
	char *markup;

	rendering.tag = tag;
	rendering.values = values_write(json_object_get(letter, "values"),
	    text_of(letter, "kind"), source_habits(source), why);
	if (!rendering.values)
		return NULL;
	values_add_tone(rendering.values, text_of(letter, "tone"));
	rendering.missing = g_ptr_array_new_with_free_func(g_free);
	rendering.page = true;
	markup = write_page(&rendering, letter);
	warn_missing(&rendering, warning);
	g_ptr_array_unref(rendering.missing);
	json_decref(rendering.values);
	return markup;
}

char *
letter_markup(const json_t *letter, bool ours, char **language, char **warning,
    char **why)
{
	g_autofree const char **dirs = dirs_of(letter);
	const char *file = file_of(letter);
	g_autoptr(GString) lines = g_string_new(NULL);
	struct source *source;
	char *markup;

	*warning = *why = NULL;
	if (!file || !dirs || !dirs[0]) {
		*why = g_strdup("kind, tone, dirs: there is no such letter");
		return NULL;
	}
	if (ours)
		dirs[0] = dirs[g_strv_length((char **)dirs) - 1];
	if (ours)
		dirs[1] = NULL;
	source = source_new(dirs, text_of(letter, "language"), file, lines);
	if (language)
		*language = source_tag(source);
	markup = page_from(source, letter, lines, why);
	source_free(source);
	if (lines->len)
		*warning = g_strdup(lines->str);
	return markup;
}
