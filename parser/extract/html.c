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
#include <stdlib.h>
#include <string.h>

#define CHUNK 4096
#define DEPTH_LIMIT 1000
#define OUTPUT_LIMIT (2u * 1024u * 1024u)
#define OVERRIDE "\xe2\x80\xae"		/* U+202E right-to-left override */
#define JOINER "\xe2\x81\xa0"		/* U+2060 word joiner */

enum gap { GAP_NONE, GAP_BLANK, GAP_CELL, GAP_LINE };

/* What a tag is; most are nothing that matters. */
enum tag {
	TAG_OTHER = 0, TAG_BLOCK = 1, TAG_UNSEEN = 2, TAG_CELL = 4, TAG_ROW = 8,
	TAG_STYLE = 16, TAG_PRE = 32, TAG_RAISED = 64
};

struct level {
	unsigned tag;		/* enum tag, several */
	struct look look;
	bool kept;	/* white space stands as it is */
};

struct walk {
	GString *out;
	GArray *levels;		/* struct level */
	enum gap gap;		/* to write before the next text */
	bool cell_started;	/* the current cell has text */
	struct rules *rules;
	GHashTable *styles;	/* struct style of each style attribute */
	GString *style;		/* text of a <style> being read, or NULL */
	bool only_styles;	/* first pass */
	unsigned too_deep;
};

static const struct tag_row {
	const char *name;
	unsigned tag;
} tags[] = {	/* in the order of strcmp() */
	{"address", TAG_BLOCK}, {"applet", TAG_UNSEEN}, {"article", TAG_BLOCK},
	{"aside", TAG_BLOCK}, {"audio", TAG_UNSEEN}, {"blockquote", TAG_BLOCK},
	{"body", TAG_BLOCK}, {"br", TAG_BLOCK}, {"canvas", TAG_UNSEEN},
	{"caption", TAG_BLOCK}, {"center", TAG_BLOCK},
	{"datalist", TAG_UNSEEN}, {"dd", TAG_BLOCK}, {"dialog", TAG_UNSEEN},
	{"div", TAG_BLOCK}, {"dl", TAG_BLOCK}, {"dt", TAG_BLOCK},
	{"fieldset", TAG_BLOCK}, {"figure", TAG_BLOCK}, {"footer", TAG_BLOCK},
	{"form", TAG_BLOCK}, {"h1", TAG_BLOCK}, {"h2", TAG_BLOCK},
	{"h3", TAG_BLOCK}, {"h4", TAG_BLOCK}, {"h5", TAG_BLOCK},
	{"h6", TAG_BLOCK}, {"head", TAG_UNSEEN}, {"header", TAG_BLOCK},
	{"hr", TAG_BLOCK}, {"html", TAG_BLOCK}, {"iframe", TAG_UNSEEN},
	{"li", TAG_BLOCK}, {"listing", TAG_UNSEEN}, {"main", TAG_BLOCK},
	{"math", TAG_UNSEEN}, {"meter", TAG_UNSEEN}, {"nav", TAG_BLOCK},
	{"noembed", TAG_UNSEEN}, {"noframes", TAG_UNSEEN},
	{"noscript", TAG_UNSEEN}, {"object", TAG_UNSEEN}, {"ol", TAG_BLOCK},
	{"option", TAG_UNSEEN}, {"p", TAG_BLOCK}, {"plaintext", TAG_UNSEEN},
	{"pre", TAG_BLOCK | TAG_PRE}, {"progress", TAG_UNSEEN},
	{"rp", TAG_UNSEEN}, {"script", TAG_UNSEEN}, {"section", TAG_BLOCK},
	{"select", TAG_UNSEEN}, {"style", TAG_UNSEEN | TAG_STYLE},
	{"sub", TAG_RAISED}, {"sup", TAG_RAISED}, {"svg", TAG_UNSEEN},
	{"table", TAG_BLOCK}, {"tbody", TAG_BLOCK}, {"td", TAG_CELL},
	{"template", TAG_UNSEEN}, {"textarea", TAG_UNSEEN},
	{"tfoot", TAG_BLOCK}, {"th", TAG_CELL}, {"thead", TAG_BLOCK},
	{"title", TAG_UNSEEN}, {"tr", TAG_BLOCK | TAG_ROW}, {"ul", TAG_BLOCK},
	{"video", TAG_UNSEEN}, {"xmp", TAG_UNSEEN},
};

static int
compare_tag(const void *name, const void *row)
{
	return strcmp(name, ((const struct tag_row *)row)->name);
}

/* libxml2 gives names in lower case. */
static unsigned
tag_of(const char *name)
{
	const struct tag_row *row = bsearch(name, tags, G_N_ELEMENTS(tags),
	    sizeof(*tags), compare_tag);

	return row ? row->tag : TAG_OTHER;
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
			size_t start = i;

			while (i + 1 < length && !g_ascii_isspace(text[i + 1]))
				i++;
			write_gap(w);
			g_string_append_len(w->out, text + start,
			    (gssize)(i + 1 - start));
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

/* Mails say the same few styles again and again. */
static void
apply_style(struct walk *w, struct look *look, const char *declarations)
{
	struct style *style = g_hash_table_lookup(w->styles, declarations);

	if (!style) {
		style = style_new(declarations);
		g_hash_table_insert(w->styles, g_strdup(declarations), style);
	}
	style_apply(style, look);
}

static void
style_level(struct walk *w, struct level *level, const char *name,
    const xmlChar **attributes)
{
	const char *value;

	level->look.gone = level->look.gone || level->tag & TAG_UNSEEN ||
	    attribute(attributes, "hidden");
	if ((value = attribute(attributes, "bgcolor")))
		look_set_background(&level->look, value);
	if ((value = attribute(attributes, "color")))
		look_set_color(&level->look, value);
	if ((value = attribute(attributes, "dir")))
		level->look.reversed = g_ascii_tolower(*value) == 'r';
	rules_apply(w->rules, &level->look, name,
	    attribute(attributes, "class"), attribute(attributes, "id"));
	if ((value = attribute(attributes, "style")))
		apply_style(w, &level->look, value);
	if (level->tag & TAG_PRE)
		level->kept = true;
}

static void
open_gap(struct walk *w, unsigned tag)
{
	if (tag & TAG_CELL)
		w->cell_started = false;
	else if (tag & TAG_BLOCK)
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
	level.tag = tag_of((const char *)name);
	if (!w->only_styles)
		style_level(w, &level, (const char *)name, attributes);
	else if (level.tag & TAG_STYLE && !w->style)
		w->style = g_string_new(NULL);
	open_gap(w, level.tag);
	g_array_append_val(w->levels, level);
	if (w->only_styles)
		return;
	if (level.look.reversed)
		write_mark(w, OVERRIDE);
	else if (level.tag & TAG_RAISED)
		write_mark(w, JOINER);
}

static void
close_gap(struct walk *w, unsigned tag)
{
	if (tag & TAG_CELL) {
		/* Lines that the cell's last block asked for are none. */
		if (w->gap != GAP_NONE || w->cell_started)
			w->gap = w->out->len > 0 ? GAP_CELL : GAP_NONE;
		w->cell_started = false;
	} else if (tag & TAG_ROW) {
		w->gap = GAP_LINE;
		w->cell_started = true;
	} else if (tag & TAG_BLOCK) {
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
	if (w->style && top(w)->tag & TAG_STYLE) {
		rules_add(w->rules, w->style->str);
		g_string_free(w->style, TRUE);
		w->style = NULL;
	}
	close_gap(w, top(w)->tag);
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
parse(struct walk *w, const char *html, size_t length)
{
	htmlSAXHandler sax = {.startElement = on_start, .endElement = on_end,
	    .characters = on_text, .ignorableWhitespace = on_text,
	    .cdataBlock = on_text};
	htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&sax, w, NULL, 0,
	    NULL, XML_CHAR_ENCODING_UTF8);

	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
	    HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	for (size_t at = 0; at < length; at += CHUNK)
		htmlParseChunk(parser, html + at,
		    (int)MIN(CHUNK, length - at), 0);
	htmlParseChunk(parser, "", 0, 1);
	htmlFreeParserCtxt(parser);
}

static void
walk(struct walk *w, const char *html, size_t length, bool only_styles)
{
	struct level root = {.tag = TAG_OTHER, .look = look_root};

	w->only_styles = only_styles;
	w->levels = g_array_new(FALSE, FALSE, sizeof(struct level));
	g_array_append_val(w->levels, root);
	parse(w, html, length);
	if (w->style) {	/* nothing ended it */
		rules_add(w->rules, w->style->str);
		g_string_free(w->style, TRUE);
	}
	w->style = NULL;
	g_array_free(w->levels, TRUE);
	w->gap = GAP_NONE;
	w->too_deep = 0;
}

/* Prepares the text, and tells how much of it has all that stands in <style>.
 * libxml2 stops at the end of the document, and browsers show what stands
 * behind it: so it does not end. */
static size_t
prepare(char *html)
{
	size_t styles = 0;
	bool open = false;

	for (char *p = html; (p = strchr(p, '<')); p++) {
		if (g_ascii_strncasecmp(p + 1, "/html", 5) == 0 ||
		    g_ascii_strncasecmp(p + 1, "/body", 5) == 0) {
			p[2] = '_';
		} else if (g_ascii_strncasecmp(p + 1, "style", 5) == 0) {
			open = true;
		} else if (open &&
		    g_ascii_strncasecmp(p + 1, "/style", 6) == 0) {
			styles = (size_t)(p - html) + strcspn(p, ">") + 1;
			open = false;
		}
	}
	return open ? strlen(html) : styles;
}

static void
free_style(gpointer style)
{
	style_free(style);
}

char *
html_text(const char *given)
{
	struct walk w = {.out = g_string_new(NULL), .rules = rules_new()};
	g_autofree char *html = g_strdup(given);
	size_t styles = prepare(html), length = strlen(html);

	w.styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    free_style);
	if (styles)
		walk(&w, html, MIN(styles, length), true);
	walk(&w, html, length, false);
	if (w.out->len > 0)
		g_string_append_c(w.out, '\n');
	rules_free(w.rules);
	g_hash_table_destroy(w.styles);
	return g_string_free(w.out, FALSE);
}
