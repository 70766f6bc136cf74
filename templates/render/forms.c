/*
 * forms.c - the table of forms of a letter.
 */
#include "forms.h"

#include "../templates.h"
#include "einvoice.h"
#include "pdf.h"
#include "square.h"

#include <string.h>

typedef GBytes *form_fn(const json_t *letter, const char *argument,
    char **warning, char **why);

static GBytes *
write_letter(const json_t *letter, const char *argument, char **warning,
    char **why)
{
	(void)argument;
	return letter_render_with(letter, form_write, warning, why);
}

static GBytes *
write_xml(const json_t *letter, const char *argument, char **warning,
    char **why)
{
	const json_t *document = json_object_get(letter, "document");

	*warning = NULL;
	if (document)
		return einvoice_write(document, argument, why);
	*why = g_strdup("document: missing, an e-invoice is made from it");
	return NULL;
}

static GBytes *
write_pdf(const json_t *letter, const char *argument, char **warning,
    char **why)
{
	return pdf_write(letter, argument, warning, why);
}

static const struct form {
	const char *name;	/* ends in ':' when an argument follows */
	form_fn *write;
} forms[] = {
    {"message", write_letter},
    {"text", write_letter},
    {"html", write_letter},
    {"pdf", write_pdf},
    {"pdf:", write_pdf},
    {"xml:", write_xml},
};

static const char *
argument_of(const struct form *form, const char *name)
{
	size_t length = strlen(form->name);

	if (form->name[length - 1] == ':')
		return g_str_has_prefix(name, form->name) ?
		    name + length : NULL;
	return strcmp(form->name, name) ? NULL : "";
}

GBytes *
form_write(const json_t *letter, const char *form, char **warning, char **why)
{
	const char *name = form && *form ? form : "message";

	*warning = *why = NULL;
	square_complete(letter);
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		const char *argument = argument_of(&forms[i], name);

		if (argument)
			return forms[i].write(letter, argument, warning, why);
	}
	*why = g_strdup_printf("form: there is no form \"%s\"", name);
	return NULL;
}
