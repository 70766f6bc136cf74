/*
 * html.c - the text that a reader of HTML sees. libxml2's push parser tells
 * of elements and characters (it is linear, whatever comes); what is hidden
 * is dropped, blocks and rows become lines, cells are separated by a tab. A
 * sign that turns the reading direction is left in the text, so that whoever
 * reads an amount from such a line refuses it.
 */
#include "extract.h"
#include "css.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define CHUNK 4096
#define DEPTH_LIMIT 1000
#define OUTPUT_LIMIT (2u * 1024u * 1024u)
#define OVERRIDE "\xe2\x80\xae"		/* U+202E right-to-left override */
#define JOINER "\xe2\x81\xa0"		/* U+2060 word joiner */

enum gap { GAP_NONE, GAP_BLANK, GAP_CELL, GAP_LINE };

struct level {
	char *tag;
	struct look look;
	bool kept;	/* white space stands as it is */
};

struct walk {
	GString *out;
	GArray *levels;		/* struct level */
	enum gap gap;		/* to write before the next text */
	bool cell_started;	/* the current cell has text */
	struct rules *rules;
	GString *style;		/* text of a <style> being read, or NULL */
	bool only_styles;	/* first pass */
	unsigned too_deep;
};

static const char *const block_tags[] = {"address", "article", "aside",
    "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tbody", "tfoot", "thead", "tr", "caption", "ul", NULL};

static const char *const unseen_tags[] = {"script", "style", "title", "head",
    "template", "textarea", "select", "option", "datalist", "object",
    "applet", "audio", "video", "canvas", "svg", "math", "iframe", "noframes",
    "noembed", "noscript", "rp", "xmp", "listing", "plaintext", "dialog", "meter", "progress", NULL};

static bool
is_tag(const char *const *list, const char *tag)
{
	return g_strv_contains(list, tag);
}

static struct level *
top(struct walk *w)
{
	return &g_array_index(w->levels, struct level, w->levels->len - 1);
}

/* ---- writing --------------------------------------------------------------- */

/* A line's end is more than a cell's, a cell's more than a blank; but what
 * opens inside a cell does not tear it off from the cell before. */
static void
want_gap(struct walk *w, enum gap gap)
{
	if (gap == GAP_LINE && w->gap == GAP_CELL && !w->cell_started)
		return;
	if (gap > w->gap)
		w->gap = gap;
}

static void
write_gap(struct walk *w)
{
	static const char marks[] = {0, ' ', '\t', '\n'};

	if (w->gap != GAP_NONE && w->out->len > 0)
		g_string_append_c(w->out, marks[w->gap]);
	w->gap = GAP_NONE;
}

static void
write_text(struct walk *w, const char *text, size_t length)
{
	bool kept = top(w)->kept;

	for (size_t i = 0; i < length && w->out->len < OUTPUT_LIMIT; i++) {
		if (!g_ascii_isspace(text[i])) {
			write_gap(w);
			g_string_append_c(w->out, text[i]);
			w->cell_started = true;
		} else if (kept && text[i] == '\n') {
			want_gap(w, GAP_LINE);
		} else {
			want_gap(w, GAP_BLANK);
		}
	}
}

/* A mark that no reader sees and that makes a line suspicious. */
static void
write_mark(struct walk *w, const char *mark)
{
	if (look_is_visible(&top(w)->look)) {
		write_gap(w);
		g_string_append(w->out, mark);
	}
}

/* ---- elements -------------------------------------------------------------- */

static const char *
attribute(const xmlChar **attributes, const char *name)
{
	for (; attributes && *attributes; attributes += 2)
		if (strcmp((const char *)attributes[0], name) == 0)
			return attributes[1] ? (const char *)attributes[1] : "";
	return NULL;
}

static void
style_level(struct walk *w, struct level *level, const xmlChar **attributes)
{
	const char *value;

	level->look.gone = level->look.gone ||
	    is_tag(unseen_tags, level->tag) || attribute(attributes, "hidden");
	if ((value = attribute(attributes, "bgcolor")))
		look_set_background(&level->look, value);
	if ((value = attribute(attributes, "color")))
		look_set_color(&level->look, value);
	if ((value = attribute(attributes, "dir")))
		level->look.reversed = g_ascii_tolower(*value) == 'r';
	rules_apply(w->rules, &level->look, level->tag,
	    attribute(attributes, "class"), attribute(attributes, "id"));
	if ((value = attribute(attributes, "style")))
		look_apply(&level->look, value);
	if (strcmp(level->tag, "pre") == 0)
		level->kept = true;
}

static void
open_gap(struct walk *w, const char *tag)
{
	if (strcmp(tag, "td") == 0 || strcmp(tag, "th") == 0)
		w->cell_started = false;
	else if (is_tag(block_tags, tag))
		want_gap(w, GAP_LINE);
}

static void
on_start(void *user, const xmlChar *name, const xmlChar **attributes)
{
	struct walk *w = user;
	struct level level = *top(w);

	if (w->levels->len >= DEPTH_LIMIT) {
		w->too_deep++;
		return;
	}
	level.tag = g_ascii_strdown((const char *)name, -1);
	if (w->only_styles) {
		if (strcmp(level.tag, "style") == 0)
			w->style = g_string_new(NULL);
	} else {
		style_level(w, &level, attributes);
	}
	open_gap(w, level.tag);
	g_array_append_val(w->levels, level);
	if (w->only_styles)
		return;
	if (level.look.reversed)
		write_mark(w, OVERRIDE);
	else if (strcmp(level.tag, "sup") == 0 ||
	    strcmp(level.tag, "sub") == 0)
		write_mark(w, JOINER);
}

static void
close_gap(struct walk *w, const char *tag)
{
	if (strcmp(tag, "td") == 0 || strcmp(tag, "th") == 0) {
		/* Lines that the cell's last block asked for are none. */
		if (w->gap != GAP_NONE || w->cell_started)
			w->gap = w->out->len > 0 ? GAP_CELL : GAP_NONE;
		w->cell_started = false;
	} else if (strcmp(tag, "tr") == 0) {
		w->gap = GAP_LINE;
		w->cell_started = true;
	} else if (is_tag(block_tags, tag)) {
		want_gap(w, GAP_LINE);
	}
}

static void
on_end(void *user, const xmlChar *name)
{
	struct walk *w = user;

	(void)name;
	if (w->too_deep > 0) {
		w->too_deep--;
		return;
	}
	if (w->levels->len <= 1)
		return;
	if (w->style && strcmp(top(w)->tag, "style") == 0) {
		rules_add(w->rules, w->style->str);
		g_string_free(w->style, TRUE);
		w->style = NULL;
	}
	close_gap(w, top(w)->tag);
	g_free(top(w)->tag);
	g_array_set_size(w->levels, w->levels->len - 1);
}

static void
on_text(void *user, const xmlChar *text, int length)
{
	struct walk *w = user;

	if (w->style)
		g_string_append_len(w->style, (const char *)text, length);
	else if (!w->only_styles && w->too_deep == 0 &&
	    look_is_visible(&top(w)->look))
		write_text(w, (const char *)text, (size_t)length);
}

/* ---- the two passes -------------------------------------------------------- */

static void
parse(struct walk *w, const char *html)
{
	htmlSAXHandler sax = {.startElement = on_start, .endElement = on_end,
	    .characters = on_text, .ignorableWhitespace = on_text,
	    .cdataBlock = on_text};
	htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&sax, w, NULL, 0,
	    NULL, XML_CHAR_ENCODING_UTF8);
	size_t length = strlen(html);

	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
	    HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	for (size_t at = 0; at < length; at += CHUNK)
		htmlParseChunk(parser, html + at,
		    (int)MIN(CHUNK, length - at), 0);
	htmlParseChunk(parser, "", 0, 1);
	htmlFreeParserCtxt(parser);
}

static void
walk(struct walk *w, const char *html, bool only_styles)
{
	struct level root = {.tag = g_strdup(""), .look = look_root};

	w->only_styles = only_styles;
	w->levels = g_array_new(FALSE, FALSE, sizeof(struct level));
	g_array_append_val(w->levels, root);
	parse(w, html);
	if (w->style)
		g_string_free(w->style, TRUE);
	w->style = NULL;
	for (guint i = 0; i < w->levels->len; i++)
		g_free(g_array_index(w->levels, struct level, i).tag);
	g_array_free(w->levels, TRUE);
	w->gap = GAP_NONE;
	w->too_deep = 0;
}

/* libxml2 stops at the end of the document, and browsers show what stands
 * behind it: so it does not end. */
static void
drop_ends(char *html, const char *lower)
{
	static const char *const ends[] = {"</html", "</body"};

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		for (const char *p = lower; (p = strstr(p, ends[i])); p++)
			html[p - lower + 2] = '_';
}

char *
html_text(const char *given)
{
	struct walk w = {.out = g_string_new(NULL), .rules = rules_new()};
	g_autofree char *html = g_strdup(given);
	g_autofree char *lower = g_ascii_strdown(html, -1);

	drop_ends(html, lower);

	if (strstr(lower, "<style"))
		walk(&w, html, true);
	walk(&w, html, false);
	if (w.out->len > 0)
		g_string_append_c(w.out, '\n');
	rules_free(w.rules);
	return g_string_free(w.out, FALSE);
}
