/*
 * mustache_parse.c - from the text of a template to its nodes.
 *
 * A tag for a section, a comment, a partial or delimiters that stands alone
 * on its line takes the line with it; that is decided on the source, where
 * only blanks may stand beside the tag.
 */
#include "mustache.h"

#include <stdbool.h>
#include <string.h>

#define MAX_NESTING 64
#define MAX_DELIMITER 16

struct reader {
	const char *source;	/* the whole template */
	const char *at;		/* where we are in it */
	unsigned line;
	char open[MAX_DELIMITER + 1], close[MAX_DELIMITER + 1];
	GPtrArray *nodes;	/* the result */
	GPtrArray *sections;	/* struct mustache_node, open ones, borrowed */
	char **why;
};

struct tag {
	char sigil;		/* one of {&#^/>!= or 0 for a plain name */
	const char *start;	/* of the opening delimiter */
	const char *end;	/* behind the closing one */
	char *text;		/* between them, stripped */
};

static void
node_free(void *data)
{
	struct mustache_node *node = data;

	g_free(node->text);
	g_free(node->indent);
	if (node->children)
		g_ptr_array_unref(node->children);
	g_free(node);
}

static struct mustache_node *
add_node(struct reader *reader, enum mustache_kind kind, char *text)
{
	struct mustache_node *node = g_new0(struct mustache_node, 1);
	GPtrArray *list = reader->nodes;

	if (reader->sections->len) {
		struct mustache_node *parent = g_ptr_array_index(
		    reader->sections, reader->sections->len - 1);
		list = parent->children;
	}
	node->kind = kind;
	node->line = reader->line;
	node->text = text;
	g_ptr_array_add(list, node);
	return node;
}

static void
add_text(struct reader *reader, const char *start, const char *end)
{
	if (end > start)
		add_node(reader, MUSTACHE_TEXT,
		    g_strndup(start, (size_t)(end - start)));
}

static bool
fail(struct reader *reader, unsigned line, const char *what, const char *name)
{
	*reader->why = g_strdup_printf("line %u: %s%s%s", line, what,
	    name ? " " : "", name ? name : "");
	return false;
}

/* Reads the tag whose opening delimiter stands at start. */
static bool
read_tag(struct reader *reader, const char *start, struct tag *tag)
{
	const char *text = start + strlen(reader->open);
	char close[MAX_DELIMITER + 2] = "";
	const char *end;

	tag->start = start;
	tag->sigil = 0;
	if (*text && strchr("{&#^/>!=", *text))
		tag->sigil = *text++;
	if (tag->sigil == '{')
		strcpy(close, "}");
	else if (tag->sigil == '=')
		strcpy(close, "=");
	strcat(close, reader->close);
	end = strstr(text, close);
	if (!end)
		return fail(reader, reader->line, "a tag is not closed with",
		    close);
	tag->end = end + strlen(close);
	tag->text = g_strstrip(g_strndup(text, (size_t)(end - text)));
	if (!*tag->text && tag->sigil != '!') {
		g_clear_pointer(&tag->text, g_free);
		return fail(reader, reader->line, "a tag without a name", NULL);
	}
	return true;
}

/* Alone on its line: *start moves to the line's beginning, *end behind its
 * end. */
static bool
stands_alone(const struct reader *reader, const struct tag *tag,
    const char **start, const char **end)
{
	const char *before = tag->start, *after = tag->end;

	if (!tag->sigil || strchr("{&", tag->sigil))
		return false;
	while (before > reader->source && strchr(" \t", before[-1]))
		before--;
	if (before > reader->source && before[-1] != '\n')
		return false;
	while (*after == ' ' || *after == '\t')
		after++;
	if (after[0] == '\r' && after[1] == '\n')
		after++;
	if (*after && *after != '\n')
		return false;
	*start = before;
	*end = *after ? after + 1 : after;
	return true;
}

static bool
set_delimiters(struct reader *reader, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
	const char *found[2] = {NULL, NULL};
	int count = 0;

	for (char **word = words; *word; word++) {
		if (!**word)
			continue;
		if (count == 2 || strchr(*word, '=') ||
		    strlen(*word) > MAX_DELIMITER)
			return fail(reader, reader->line, "bad delimiters",
			    text);
		found[count++] = *word;
	}
	if (count != 2)
		return fail(reader, reader->line, "bad delimiters", text);
	g_strlcpy(reader->open, found[0], sizeof reader->open);
	g_strlcpy(reader->close, found[1], sizeof reader->close);
	return true;
}

static bool
close_section(struct reader *reader, const char *name)
{
	struct mustache_node *section;

	if (!reader->sections->len)
		return fail(reader, reader->line,
		    "the end of a section that is not open:", name);
	section = g_ptr_array_index(
	    reader->sections, reader->sections->len - 1);
	if (strcmp(section->text, name) != 0)
		return fail(reader, reader->line,
		    "the end of another section is due, not of", name);
	g_ptr_array_set_size(
	    reader->sections, (int)reader->sections->len - 1);
	return true;
}

static bool
open_section(struct reader *reader, enum mustache_kind kind, char *name)
{
	struct mustache_node *node = add_node(reader, kind, name);

	node->children = g_ptr_array_new_with_free_func(node_free);
	if (reader->sections->len >= MAX_NESTING)
		return fail(reader, reader->line, "sections too deep:", name);
	g_ptr_array_add(reader->sections, node);
	return true;
}

/* Takes over tag->text. indent: the blanks before a partial on its own line,
 * or NULL. */
static bool
take_tag(struct reader *reader, struct tag *tag, char *indent)
{
	char *text = g_steal_pointer(&tag->text);
	bool good = true;

	switch (tag->sigil) {
	case '#':
		good = open_section(reader, MUSTACHE_SECTION, text);
		break;
	case '^':
		good = open_section(reader, MUSTACHE_INVERTED, text);
		break;
	case '>':
		add_node(reader, MUSTACHE_PARTIAL, text)->indent =
		    g_steal_pointer(&indent);
		break;
	case '{':
	case '&':
		add_node(reader, MUSTACHE_RAW, text);
		break;
	case 0:
		add_node(reader, MUSTACHE_VALUE, text);
		break;
	case '/':
		good = close_section(reader, text);
		g_free(text);
		break;
	case '=':
		good = set_delimiters(reader, text);
		g_free(text);
		break;
	default:
		g_free(text);
		break;
	}
	g_free(indent);
	return good;
}

static void
count_lines(struct reader *reader, const char *start, const char *end)
{
	for (; start < end; start++)
		if (*start == '\n')
			reader->line++;
}

/* One stretch of text and the tag behind it; at the end just the text. */
static bool
read_next(struct reader *reader)
{
	const char *start = strstr(reader->at, reader->open);
	const char *text_end, *next;
	char *indent = NULL;
	struct tag tag;

	if (!start) {
		add_text(reader, reader->at, reader->at + strlen(reader->at));
		reader->at += strlen(reader->at);
		return true;
	}
	count_lines(reader, reader->at, start);
	if (!read_tag(reader, start, &tag))
		return false;
	text_end = tag.start;
	next = tag.end;
	if (stands_alone(reader, &tag, &text_end, &next))
		indent = g_strndup(text_end, (size_t)(tag.start - text_end));
	add_text(reader, reader->at, text_end);
	if (!take_tag(reader, &tag, indent))
		return false;
	count_lines(reader, tag.start, next);
	reader->at = next;
	return true;
}

GPtrArray *
mustache_parse(const char *template, char **why)
{
	struct reader reader = {template, template, 1, "{{", "}}", NULL, NULL,
	    why};
	bool good = true;

	reader.nodes = g_ptr_array_new_with_free_func(node_free);
	reader.sections = g_ptr_array_new();
	while (good && *reader.at)
		good = read_next(&reader);
	if (good && reader.sections->len) {
		struct mustache_node *section = g_ptr_array_index(
		    reader.sections, reader.sections->len - 1);
		good = fail(&reader, section->line,
		    "a section is not closed:", section->text);
	}
	g_ptr_array_unref(reader.sections);
	if (!good)
		g_clear_pointer(&reader.nodes, g_ptr_array_unref);
	return reader.nodes;
}
