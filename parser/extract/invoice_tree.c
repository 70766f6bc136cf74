/*
 * invoice_tree.c - XML from whoever says that it is an invoice: libxml2's push
 * parser with everything off that could reach outside, any DOCTYPE refused,
 * elements, depth and attributes counted.
 */
#include "invoice_tree.h"

#include <libxml/parser.h>
#include <string.h>

#define CHUNK 16384
#define DEPTH_LIMIT 40
#define NODE_LIMIT 600000u
#define ATTRIBUTE_LIMIT 40	/* of one element */

struct invoice_tree {
	GStringChunk *strings;
	GPtrArray *blocks;	/* of nodes and attributes */
	struct invoice_node *root;
};

struct building {
	struct invoice_tree *tree;
	xmlParserCtxtPtr parser;
	struct invoice_node *open;
	GPtrArray *texts;	/* GString of each open element */
	guint depth;
	unsigned nodes;
	char *why;
};

static void *
hold(struct invoice_tree *tree, size_t size)
{
	void *block = g_malloc0(size);

	g_ptr_array_add(tree->blocks, block);
	return block;
}

static void
stop(struct building *b, const char *why)
{
	if (!b->why)
		b->why = g_strdup(why);
	xmlStopParser(b->parser);
}

static void
add_attributes(struct building *b, struct invoice_node *node, int count,
    const xmlChar **from)
{
	for (int i = 0; i < count; i++, from += 5) {
		struct invoice_attribute *one = hold(b->tree, sizeof *one);
		g_autofree char *value = g_strndup((const char *)from[3],
		    (gsize)(from[4] - from[3]));

		one->name = g_string_chunk_insert_const(b->tree->strings,
		    (const char *)from[0]);
		one->value = g_string_chunk_insert(b->tree->strings,
		    g_strstrip(value));
		one->next = node->attributes;
		node->attributes = one;
	}
}

static GString *
text_of(struct building *b, guint depth)
{
	while (b->texts->len < depth)
		g_ptr_array_add(b->texts, g_string_new(NULL));
	return b->texts->pdata[depth - 1];
}

static void
on_start(void *user, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **namespace_list,
    int count, int defaulted, const xmlChar **attributes)
{
	struct building *b = user;
	struct invoice_node *node;

	(void)prefix, (void)uri, (void)namespaces, (void)namespace_list;
	(void)defaulted;
	if (b->depth >= DEPTH_LIMIT || ++b->nodes > NODE_LIMIT ||
	    count > ATTRIBUTE_LIMIT) {
		stop(b, "more elements, attributes or depth than an invoice "
		    "has");
		return;
	}
	node = hold(b->tree, sizeof *node);
	node->name = g_string_chunk_insert_const(b->tree->strings,
	    (const char *)name);
	node->text = "";
	node->parent = b->open;
	if (!b->open)
		b->tree->root = node;
	else if (b->open->last)
		b->open->last = b->open->last->next = node;
	else
		b->open->first = b->open->last = node;
	add_attributes(b, node, count, attributes);
	b->open = node;
	g_string_truncate(text_of(b, ++b->depth), 0);
}

static void
on_end(void *user, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct building *b = user;
	GString *text;

	(void)name, (void)prefix, (void)uri;
	if (!b->open)
		return;
	text = text_of(b, b->depth);
	g_strstrip(text->str);
	if (*text->str)
		b->open->text = g_string_chunk_insert(b->tree->strings,
		    text->str);
	b->open = b->open->parent;
	b->depth--;
}

static void
on_text(void *user, const xmlChar *text, int length)
{
	struct building *b = user;

	if (b->open)
		g_string_append_len(text_of(b, b->depth), (const char *)text,
		    length);
}

static void
on_doctype(void *user, const xmlChar *name, const xmlChar *id,
    const xmlChar *system)
{
	(void)name, (void)id, (void)system;
	stop(user, "it has a DOCTYPE, which no invoice needs");
}

/* xmlError without the words that libxml2 would print. */
static void
note_error(struct building *b)
{
	const xmlError *error = xmlCtxtGetLastError(b->parser);
	g_autofree char *message = NULL;

	if (b->why || (b->parser->wellFormed && b->tree->root))
		return;
	message = g_strdup(error && error->message ? error->message :
	    "not well-formed");
	b->why = g_strdup_printf("line %d: %s", error ? error->line : 0,
	    g_strstrip(message));
}

static void
be_quiet(void *user, xmlErrorPtr error)
{
	(void)user, (void)error;
}

static void
free_text(gpointer text)
{
	g_string_free(text, TRUE);
}

struct invoice_tree *
invoice_tree_read(const char *bytes, size_t length, char **why)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
	    .startElementNs = on_start, .endElementNs = on_end,
	    .characters = on_text, .cdataBlock = on_text,
	    .internalSubset = on_doctype, .serror = be_quiet};
	struct invoice_tree *tree = g_new0(struct invoice_tree, 1);
	struct building b = {.tree = tree,
	    .texts = g_ptr_array_new_with_free_func(free_text)};

	tree->strings = g_string_chunk_new(CHUNK);
	tree->blocks = g_ptr_array_new_with_free_func(g_free);
	b.parser = xmlCreatePushParserCtxt(&sax, &b, NULL, 0, NULL);
	xmlCtxtUseOptions(b.parser, XML_PARSE_NONET | XML_PARSE_NOWARNING);
	for (size_t at = 0; at < length && !b.why; at += CHUNK)
		xmlParseChunk(b.parser, bytes + at,
		    (int)MIN(CHUNK, length - at), 0);
	if (!b.why)
		xmlParseChunk(b.parser, "", 0, 1);
	note_error(&b);
	xmlFreeParserCtxt(b.parser);
	g_ptr_array_free(b.texts, TRUE);
	*why = b.why;
	if (!b.why)
		return tree;
	invoice_tree_free(tree);
	return NULL;
}

void
invoice_tree_free(struct invoice_tree *tree)
{
	if (!tree)
		return;
	g_string_chunk_free(tree->strings);
	g_ptr_array_free(tree->blocks, TRUE);
	g_free(tree);
}

struct invoice_node *
invoice_tree_root(const struct invoice_tree *tree)
{
	return tree->root;
}
