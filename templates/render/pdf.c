/*
 * pdf.c - a letter's page as PDF/A-3b: its markup set and drawn, then made
 * fit for archives. A user's page that cannot be set is left out, with a
 * warning, and ours is taken.
 */
#include "pdf.h"

#include "../templates.h"
#include "einvoice.h"
#include "page.h"
#include "pdfa.h"

#include <string.h>

static const char *
text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* When the letter was written: nothing here knows the time. */
static char *
created_of(const json_t *letter)
{
	const char *date = text_of(json_object_get(letter, "headers"), "Date");
	const char *day = text_of(json_object_get(letter, "document"), "date");

	if (date && strlen(date) >= 20)
		return g_strdup(date);
	if (!day)
		day = text_of(json_array_get(json_object_get(json_object_get(
		    letter, "values"), "invoices"), 0), "date");
	return g_strconcat(day && strlen(day) == 10 ? day : "2000-01-01",
	    "T00:00:00Z", NULL);
}

struct try {
	const json_t *letter;
	struct page_about about;
	char *language;
	GString *warning;
};

static GByteArray *
try_page(struct try *try, bool ours, char **why)
{
	g_autofree char *lines = NULL;
	g_autofree char *markup = NULL;
	GByteArray *pdf;

	g_clear_pointer(&try->language, g_free);
	markup = letter_markup(
	    try->letter, ours, &try->language, &lines, why);
	if (!markup)
		return NULL;
	pdf = page_write(markup, &try->about, try->warning, why);
	if (pdf && lines)
		g_string_append(try->warning, lines);
	return pdf;
}

static GByteArray *
make_page(struct try *try, char **why)
{
	GByteArray *pdf = try_page(try, false, why);
	g_autofree char *second = NULL;

	if (pdf || json_array_size(
	    json_object_get(try->letter, "dirs")) < 2)
		return pdf;
	pdf = try_page(try, true, &second);
	if (!pdf)
		return NULL;
	g_string_append_printf(try->warning,
	    "your own pages are left out: %s\n", *why);
	g_clear_pointer(why, g_free);
	return pdf;
}

static GBytes *
finish(struct try *try, const GByteArray *pdf, GBytes *invoice, char **why)
{
	struct pdfa about = {.title = try->about.title,
	    .author = try->about.author, .created = try->about.created,
	    .language = try->language, .invoice = invoice,
	    .overlay = try->about.overlay};

	return pdfa_write(pdf, &about, why);
}

/* The XML that goes inside; false: *why. */
static bool
make_invoice(const json_t *letter, const char *profile, GBytes **invoice,
    char **why)
{
	const json_t *document = json_object_get(letter, "document");

	*invoice = NULL;
	if (!*profile)
		return true;
	if (strcmp(profile, "factur-x") != 0)
		*why = g_strdup_printf("form: a PDF holds no \"%s\", it can "
		    "hold factur-x", profile);
	else if (!document)
		*why = g_strdup("document: missing, the XML inside of the PDF "
		    "is made from it");
	else
		*invoice = einvoice_write(document, profile, why);
	return *invoice != NULL;
}

GBytes *
pdf_write(const json_t *letter, const char *profile, char **warning,
    char **why)
{
	struct try try = {.letter = letter};
	g_autoptr(GBytes) invoice = NULL;
	g_autofree char *created = created_of(letter);
	GByteArray *pdf;
	GBytes *out = NULL;

	*warning = *why = NULL;
	if (!make_invoice(letter, profile, &invoice, why))
		return NULL;
	try.warning = g_string_new(NULL);
	try.about.created = created;
	pdf = make_page(&try, why);
	if (pdf) {
		out = finish(&try, pdf, invoice, why);
		g_byte_array_unref(pdf);
	}
	page_about_release(&try.about);
	g_free(try.language);
	*warning = g_string_free(try.warning, try.warning->len == 0);
	return out;
}
