/*
 * page.c - a page's markup becomes a PDF: read, compose, put on pages, draw.
 * The font map is kept from one letter to the next.
 */
#include "page.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SHEETS 400

static const struct {
	const char *name;
	double width, height;	/* mm */
} papers[] = {{"a4", 210, 297}, {"letter", 215.9, 279.4},
    {"legal", 215.9, 355.6}, {"a5", 148, 210}};

struct parts {			/* strips of what is on every page */
	GPtrArray *header, *footer, *body, *placed;
	GPtrArray *fixed;	/* on the first page, from its upper edge */
};

static PangoContext *
context_get(void)
{
	static PangoContext *context;
	cairo_font_options_t *options;

	if (context)
		return context;
	context = pango_font_map_create_context(
	    pango_cairo_font_map_get_default());
	options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(
	    context, pango_language_from_string("en"));
	cairo_font_options_destroy(options);
	return context;
}

static bool
read_paper(struct page *page)
{
	const char *paper = page_attribute(page->root, "paper");
	const struct page_node *root = page->root;

	for (size_t i = 0; i < G_N_ELEMENTS(papers); i++) {
		if (paper && *paper && strcmp(paper, papers[i].name) != 0)
			continue;
		page->width = papers[i].width * PAGE_MM;
		page->height = papers[i].height * PAGE_MM;
		page->left = page_length(page, root, "left", 0, 25 * PAGE_MM);
		page->right = page_length(page, root, "right", 0, 20 * PAGE_MM);
		page->top = page_length(page, root, "top", 0, 20 * PAGE_MM);
		page->bottom = page_length(
		    page, root, "bottom", 0, 12 * PAGE_MM);
		return true;
	}
	return page_fail(page, root, "paper: \"%s\" is none of a4, letter, "
	    "legal, a5", paper);
}

static GPtrArray *
compose_part(struct page *page, enum page_type type)
{
	struct page_place place = {page->width - page->left - page->right,
	    NULL, -1};

	for (guint i = 0; i < page->root->children->len; i++) {
		const struct page_node *node = page->root->children->pdata[i];
		const char *style = page_attribute(node, "style");

		if (node->element->type != type)
			continue;
		if (style)
			place.style = page_style_find(page, node, style);
		return page_compose(page, node, place);
	}
	return g_ptr_array_new_with_free_func(page_strip_free);
}

static void
compose(struct page *page, struct parts *parts)
{
	struct page_place place = {page->width - page->left - page->right,
	    NULL, -1};

	for (guint i = 0; i < page->root->children->len; i++) {
		const struct page_node *node = page->root->children->pdata[i];

		if (node->element->type == PAGE_STYLE)
			page_style_add(page, node);
	}
	if (!page->styles->len)
		page_fail(page, page->root, "there is no style");
	parts->header = compose_part(page, PAGE_HEADER);
	parts->footer = compose_part(page, PAGE_FOOTER);
	parts->body = page_compose(page, page->root, place);
	parts->fixed = page_compose_fixed(page, page->root, place);
}

static void
draw_strips(struct page *page, cairo_t *cairo, const GPtrArray *strips,
    double y, int number, int count)
{
	for (guint i = 0; i < strips->len; i++) {
		const struct page_strip *strip = strips->pdata[i];

		if (strip->at_bottom) {
			page_draw_strip(page, cairo, strip, 0,
			    page->height - strip->height, number, count);
			continue;
		}
		page_draw_strip(
		    page, cairo, strip, page->left, y, number, count);
		y += strip->height;
	}
}

/* The height of the block at the very bottom of a sheet, or 0. */
static double
bottom_of(const struct page_sheet *sheet)
{
	double height = 0;

	for (guint i = 0; i < sheet->strips->len; i++) {
		const struct page_strip *strip = sheet->strips->pdata[i];

		if (strip->at_bottom)
			height = strip->height;
	}
	return height;
}

static void
draw(struct page *page, cairo_t *cairo, const struct parts *parts,
    const GPtrArray *sheets)
{
	double footer = page_strips_height(parts->footer);
	double header = page_strips_height(parts->header);

	for (guint i = 0; i < sheets->len; i++) {
		const struct page_sheet *sheet = sheets->pdata[i];
		double first = page_length(page, page->root, "first",
		    page->height, page->top);
		double below = MAX(bottom_of(sheet) + 3 * PAGE_MM,
		    page->bottom);
		int number = (int)i + 1, count = (int)sheets->len;

		draw_strips(page, cairo, i ? parts->header : parts->fixed,
		    i ? page->top : 0, number, count);
		draw_strips(page, cairo, sheet->strips,
		    i ? page->top + header : first, number, count);
		draw_strips(page, cairo, parts->footer,
		    page->height - below - footer, number, count);
		cairo_show_page(cairo);
	}
}

static cairo_status_t
take_bytes(void *user, const unsigned char *data, unsigned length)
{
	g_byte_array_append(user, data, length);
	return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata(cairo_surface_t *surface, const struct page_about *about)
{
	if (about->title)
		cairo_pdf_surface_set_metadata(
		    surface, CAIRO_PDF_METADATA_TITLE, about->title);
	if (about->author)
		cairo_pdf_surface_set_metadata(
		    surface, CAIRO_PDF_METADATA_AUTHOR, about->author);
	if (about->created) {
		cairo_pdf_surface_set_metadata(surface,
		    CAIRO_PDF_METADATA_CREATE_DATE, about->created);
		cairo_pdf_surface_set_metadata(
		    surface, CAIRO_PDF_METADATA_MOD_DATE, about->created);
	}
}

static GByteArray *
write_pdf(struct page *page, const struct parts *parts,
    const GPtrArray *sheets, const struct page_about *about)
{
	GByteArray *out = g_byte_array_new();
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
	    take_bytes, out, page->width, page->height);
	cairo_t *cairo;

	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
	set_metadata(surface, about);
	cairo = cairo_create(surface);
	draw(page, cairo, parts, sheets);
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
		page->why = g_strdup(cairo_status_to_string(
		    cairo_surface_status(surface)));
		g_clear_pointer(&out, g_byte_array_unref);
	}
	cairo_surface_destroy(surface);
	return out;
}

static void
release_table(void *data)
{
	struct page_table *table = data;

	g_ptr_array_unref(table->head);
	g_free(table->x);
	g_free(table->width);
	g_free(table);
}

static void
release_layout(void *layout)
{
	if (layout)
		g_object_unref(layout);
}

static void
release_parts(struct parts *parts)
{
	GPtrArray *const all[] = {
	    parts->header, parts->footer, parts->body, parts->placed,
	    parts->fixed};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		if (all[i])
			g_ptr_array_unref(all[i]);
}

static GByteArray *
set_page(struct page *page, const struct page_about *about)
{
	struct parts parts = {.placed = NULL};
	GByteArray *out = NULL;
	GPtrArray *sheets;
	double room;

	if (read_paper(page))
		compose(page, &parts);
	if (page->why)
		goto done;
	parts.placed = g_ptr_array_new_with_free_func(page_strip_free);
	room = page->height - page->top - page->bottom -
	    page_strips_height(parts.footer) - 4 * PAGE_MM;
	sheets = page_flow(page, parts.body, room + page->top -
	    page_length(page, page->root, "first", page->height, page->top),
	    room - page_strips_height(parts.header), parts.placed);
	if (sheets->len > MAX_SHEETS)
		page_fail(page, page->root, "it has too many pages");
	if (!page->why)
		out = write_pdf(page, &parts, sheets, about);
	g_ptr_array_unref(sheets);
done:
	release_parts(&parts);
	return out;
}

static void
free_overlay(void *text)
{
	if (text)
		g_string_free(text, TRUE);
}

GString *
page_overlay(struct page *page, int number)
{
	guint index = (guint)number - 1;

	if (page->overlay->len <= index)
		g_ptr_array_set_size(page->overlay, (int)index + 1);
	if (!page->overlay->pdata[index])
		page->overlay->pdata[index] = g_string_new("Q\n");
	return page->overlay->pdata[index];
}

void
page_about_release(struct page_about *about)
{
	g_clear_pointer(&about->overlay, g_ptr_array_unref);
	g_clear_pointer(&about->title, g_free);
	g_clear_pointer(&about->author, g_free);
}

GByteArray *
page_write(const char *markup, struct page_about *about,
    GString *warning, char **why)
{
	struct page page = {.pango = context_get(), .warning = warning};
	GByteArray *out = NULL;

	*why = NULL;
	page_about_release(about);
	page.root = page_parse(markup, why);
	if (!page.root)
		return NULL;
	about->title = g_strdup(page_attribute(page.root, "title"));
	about->author = g_strdup(page_attribute(page.root, "author"));
	page.styles = g_ptr_array_new_with_free_func(page_style_free);
	page.tables = g_ptr_array_new_with_free_func(release_table);
	page.made = g_ptr_array_new_with_free_func(release_layout);
	page.overlay = about->overlay =
	    g_ptr_array_new_with_free_func(free_overlay);
	out = set_page(&page, about);
	*why = page.why;
	g_ptr_array_unref(page.made);
	g_ptr_array_unref(page.tables);
	page_node_free(page.root);
	g_ptr_array_unref(page.styles);
	return out;
}
