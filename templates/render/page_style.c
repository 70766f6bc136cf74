/*
 * page_style.c - what attributes say: lengths, colours, alignment, styles.
 */
#include "page.h"

#include <string.h>

bool
page_fail(struct page *page, const struct page_node *node,
    const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (!page->why)
		page->why = g_strdup_printf("%s: %s: %s", node->where,
		    node->element->name, what);
	return false;
}

double
page_length(struct page *page, const struct page_node *node, const char *name,
    double whole, double otherwise)
{
	const char *text = page_attribute(node, name);
	char *end;
	double value;

	if (!text || !*text)
		return otherwise;
	value = g_ascii_strtod(text, &end);
	if (end != text && value >= -2000 && value <= 2000) {
		if (!*end)
			return value * PAGE_MM;
		if (!strcmp(end, "pt"))
			return value;
		if (!strcmp(end, "%"))
			return value * whole / 100;
	}
	page_fail(page, node, "%s: \"%s\" is no length (12, 9pt or 50%%)",
	    name, text);
	return otherwise;
}

static bool
read_colour(const char *text, struct page_colour *colour)
{
	double parts[3];

	if (strlen(text) != 7 || *text != '#')
		return false;
	for (int i = 0; i < 3; i++) {
		int high = g_ascii_xdigit_value(text[1 + 2 * i]);
		int low = g_ascii_xdigit_value(text[2 + 2 * i]);

		if (high < 0 || low < 0)
			return false;
		parts[i] = (high * 16 + low) / 255.0;
	}
	*colour = (struct page_colour){parts[0], parts[1], parts[2]};
	return true;
}

bool
page_colour(struct page *page, const struct page_node *node, const char *name,
    struct page_colour *colour)
{
	const char *text = page_attribute(node, name);

	if (!text || !*text || read_colour(text, colour))
		return true;
	return page_fail(page, node, "%s: \"%s\" is no colour (#1a2b3c)",
	    name, text);
}

bool
page_align(struct page *page, const struct page_node *node, const char *text,
    enum page_align *align)
{
	static const char *const names[] = {
	    "left", "right", "centre", "decimal"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(names[i], text)) {
			*align = (enum page_align)i;
			return true;
		}
	return page_fail(page, node, "align: \"%s\" is none of left, right, "
	    "centre, decimal", text);
}

void
page_style_free(void *data)
{
	struct page_style *style = data;

	g_free(style->name);
	pango_font_description_free(style->font);
	g_free(style);
}

const struct page_style *
page_style_find(struct page *page, const struct page_node *node,
    const char *name)
{
	for (guint i = 0; i < page->styles->len; i++) {
		const struct page_style *style = page->styles->pdata[i];

		if (!name || !strcmp(style->name, name))
			return style;
	}
	page_fail(page, node, "there is no style \"%s\"", name ? name : "");
	return NULL;
}

static void
take_weight(struct page *page, const struct page_node *node,
    PangoFontDescription *font)
{
	static const struct {
		const char *name;
		PangoWeight weight;
	} weights[] = {{"light", PANGO_WEIGHT_LIGHT},
	    {"normal", PANGO_WEIGHT_NORMAL}, {"medium", PANGO_WEIGHT_MEDIUM},
	    {"semibold", PANGO_WEIGHT_SEMIBOLD}, {"bold", PANGO_WEIGHT_BOLD}};
	const char *weight = page_attribute(node, "weight");

	for (size_t i = 0; weight && i < G_N_ELEMENTS(weights); i++)
		if (!strcmp(weights[i].name, weight)) {
			pango_font_description_set_weight(
			    font, weights[i].weight);
			return;
		}
	if (weight)
		page_fail(page, node, "weight: \"%s\" is none of light, "
		    "normal, medium, semibold, bold", weight);
}

static void
take_font(struct page *page, const struct page_node *node,
    struct page_style *style)
{
	const char *family = page_attribute(node, "font");
	const char *slant = page_attribute(node, "slant");
	const char *size = page_attribute(node, "size");
	double points = size ? g_ascii_strtod(size, NULL) : style->size;

	if (family)
		pango_font_description_set_family(style->font, family);
	if (slant && !strcmp(slant, "italic"))
		pango_font_description_set_style(
		    style->font, PANGO_STYLE_ITALIC);
	take_weight(page, node, style->font);
	if (points < 2 || points > 200)
		page_fail(page, node, "size: \"%s\" is no size (9.5)", size);
	else
		style->size = points;
	pango_font_description_set_absolute_size(
	    style->font, style->size * PANGO_SCALE);
}

static struct page_style *
style_base(struct page *page, const struct page_node *node)
{
	const char *name = page_attribute(node, "base");
	const struct page_style *base = NULL;
	struct page_style *style = g_new0(struct page_style, 1);

	if (page->styles->len)
		base = page_style_find(page, node, name);
	if (base) {
		*style = *base;
		style->above = style->below = 0;
		style->font = pango_font_description_copy(base->font);
		return style;
	}
	style->font = pango_font_description_new();
	pango_font_description_set_family(style->font,
	    page_attribute(page->root, "font") ?
	    page_attribute(page->root, "font") : "Noto Sans, DejaVu Sans");
	style->size = 9.5;
	style->line = 13;
	return style;
}

void
page_style_add(struct page *page, const struct page_node *node)
{
	struct page_style *style = style_base(page, node);
	const char *name = page_attribute(node, "name");
	const char *align = page_attribute(node, "align");
	const char *line = page_attribute(node, "line");
	const char *track = page_attribute(node, "track");
	double factor = style->line / style->size;

	style->name = g_strdup(name ? name : "");
	if (!name || !*name)
		page_fail(page, node, "a style needs a name");
	take_font(page, node, style);
	if (line)
		factor = g_ascii_strtod(line, NULL);
	if (factor < 0.5 || factor > 5)
		page_fail(page, node, "line: \"%s\" is no factor (1.4)", line);
	style->line = style->size * factor;
	style->above = page_length(page, node, "above", 0, 0);
	style->below = page_length(page, node, "below", 0, 0);
	page_colour(page, node, "colour", &style->colour);
	if (align)
		page_align(page, node, align, &style->align);
	if (track)
		style->track = (int)g_ascii_strtoll(track, NULL, 10);
	g_ptr_array_add(page->styles, style);
}
