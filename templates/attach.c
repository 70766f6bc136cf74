/*
 * attach.c - what goes with a letter: each document that it is about in each
 * of the forms that it lists, under a name that its reader understands.
 */
#include "letter.h"

#include <string.h>

#define MAX_BYTES (10 << 20)	/* of all: base64 makes 14 MB of it, which
				 * the mailboxes of customers still take */
#define MAX_FILES 40
#define MAX_NAME 80		/* characters of a file's name */

struct attacher {
	const json_t *letter, *words;
	letter_form_fn *make;
	GPtrArray *files;
	gsize bytes;
	GString *warning;
	char **why;
};

static void
attachment_free(void *data)
{
	struct letter_attachment *attachment = data;

	g_free(attachment->name);
	g_bytes_unref(attachment->bytes);
	g_free(attachment);
}

/* ---- names ------------------------------------------------------------------ */

/* No path, and nothing that a file system somewhere refuses. */
static char *
file_name(const char *text)
{
	GString *out = g_string_new(NULL);
	glong count = 0;

	for (; *text && count < MAX_NAME; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (c < 0x20 || (c < 0x7f && strchr("\"*/:<>?\\|", (int)c)))
			c = '-';
		if (!out->len && (c == '.' || c == ' '))
			continue;
		g_string_append_unichar(out, c);
		count++;
	}
	while (g_str_has_suffix(out->str, " ") ||
	    g_str_has_suffix(out->str, "."))
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

static const char *
text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* What sort of document it is, as the labels doc_title_SORT name them. */
static const char *
sort_of(const struct attacher *attacher, const json_t *document)
{
	const char *type = text_of(document, "type");

	return type ? type : text_of(attacher->letter, "kind");
}

/* The invoice's number, else the day of the letter. */
static char *
number_of(const struct attacher *attacher, const json_t *document)
{
	const json_t *values = json_object_get(attacher->letter, "values");
	const json_t *invoices = json_object_get(values, "invoices");
	const char *date = text_of(json_object_get(
	    attacher->letter, "headers"), "Date");
	const char *number = text_of(document, "number");

	if (!number && json_array_size(invoices) == 1)
		number = text_of(json_array_get(invoices, 0), "number");
	return number ? g_strdup(number) :
	    g_strndup(date ? date : "", strlen("2026-11-20"));
}

/* "Rechnung 2026-0042.pdf", "2026-0042.xml" */
static char *
name_of(const struct attacher *attacher, const json_t *document,
    const char *form)
{
	bool is_xml = g_str_has_prefix(form, "xml");
	g_autofree char *label = g_strconcat(
	    "doc_title_", sort_of(attacher, document), NULL);
	const char *title = is_xml ? NULL : text_of(attacher->words, label);
	g_autofree char *number = number_of(attacher, document);
	g_autofree char *both = g_strjoin(title ? " " : "",
	    title ? title : "", number, NULL);
	g_autofree char *safe = file_name(both);

	return g_strconcat(*safe ? safe : "document",
	    is_xml ? ".xml" : ".pdf", NULL);
}

/* ---- the files ---------------------------------------------------------------- */

/* No two of the same name: "Rechnung 2026-1 (2).pdf". */
static char *
unlike_others(const struct attacher *attacher, char *name)
{
	guint same = 1;

	for (guint i = 0; i < attacher->files->len; i++) {
		const struct letter_attachment *other =
		    attacher->files->pdata[i];

		same += !strcmp(other->name, name);
	}
	if (same == 1)
		return name;
	g_autofree char *old = name;
	return g_strdup_printf("%.*s (%u)%s", (int)(strlen(old) - 4), old,
	    same, old + strlen(old) - 4);
}

static bool
add_file(struct attacher *attacher, const json_t *letter, const char *form)
{
	const json_t *document = json_object_get(letter, "document");
	g_autofree char *warning = NULL;
	GBytes *bytes = attacher->make(letter, form, &warning, attacher->why);
	struct letter_attachment *attachment;

	if (warning)
		g_string_append(attacher->warning, warning);
	if (!bytes)
		return false;
	attachment = g_new(struct letter_attachment, 1);
	*attachment = (struct letter_attachment){unlike_others(attacher,
	    name_of(attacher, document, form)),
	    g_str_has_prefix(form, "xml") ? "application/xml" :
	    "application/pdf", bytes};
	g_ptr_array_add(attacher->files, attachment);
	attacher->bytes += g_bytes_get_size(bytes);
	if (attacher->bytes <= MAX_BYTES)
		return true;
	*attacher->why = g_strdup_printf("attach: with \"%s\" the files come "
	    "to more than %d MB, which mail servers do not take",
	    attachment->name, MAX_BYTES >> 20);
	return false;
}

/* Each form of one document. */
static bool
add_document(struct attacher *attacher, json_t *document)
{
	const json_t *list = json_object_get(attacher->letter, "attach");
	json_t *letter = json_copy((json_t *)(size_t)attacher->letter);
	bool good = true;

	if (document)
		json_object_set(letter, "document", document);
	for (size_t i = 0; good && i < json_array_size(list); i++) {
		const char *form = json_string_value(json_array_get(list, i));

		good = form && (g_str_has_prefix(form, "pdf") ||
		    g_str_has_prefix(form, "xml:"));
		if (!good)
			*attacher->why = g_strdup_printf("attach: \"%s\" is "
			    "nothing that can be attached", form ? form : "");
		else
			good = add_file(attacher, letter, form);
	}
	json_decref(letter);
	return good;
}

GPtrArray *
attach_make(const json_t *letter, letter_form_fn *make, const json_t *words,
    GString *warning, char **why)
{
	const json_t *list = json_object_get(letter, "attach");
	const json_t *documents = json_object_get(letter, "documents");
	struct attacher attacher = {.letter = letter, .words = words,
	    .make = make, .warning = warning, .why = why,
	    .files = g_ptr_array_new_with_free_func(attachment_free)};
	size_t count = json_array_size(documents);
	bool good = true;

	if (json_array_size(list) * (count ? count : 1) > MAX_FILES ||
	    (json_array_size(list) && !make)) {
		*why = g_strdup(make ? "attach: too many files for one mail" :
		    "attach: there is nothing here that could make it");
		good = false;
	}
	if (good && !count)
		good = add_document(
		    &attacher, json_object_get(letter, "document"));
	for (size_t i = 0; good && i < count; i++)
		good = add_document(&attacher, json_array_get(documents, i));
	if (!good)
		g_clear_pointer(&attacher.files, g_ptr_array_unref);
	return attacher.files;
}
