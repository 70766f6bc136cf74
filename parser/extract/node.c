/*
 * node.c - XML from a bank or from someone who says so: libxml2's push parser
 * with everything off that could reach outside, any DOCTYPE refused, and the
 * elements of one entry at a time kept as a small tree.
 */
#include "node.h"

#include <libxml/parser.h>
#include <string.h>

#define CHUNK 16384
#define DEPTH_LIMIT 40
#define TEXT_LIMIT 20000u	/* bytes in one element */
#define RECORD_LEVEL 2		/* Document/Message/Record */

struct walk {
	const struct node_reader *reader;
	void *user;
	xmlParserCtxtPtr parser;
	GPtrArray *open;	/* struct node below the record, not owned */
	int depth;		/* elements that are open */
	char *why;
};

static void
node_free(struct node *node)
{
	if (!node)
		return;
	g_free(node->name);
	g_string_free(node->text, TRUE);
	g_free(node->currency);
	if (node->children)
		g_ptr_array_free(node->children, TRUE);
	g_free(node);
}

static void
free_node(gpointer node)
{
	node_free(node);
}

static void
stop(struct walk *w, const char *why)
{
	if (!w->why)
		w->why = g_strdup(why);
	xmlStopParser(w->parser);
}

static struct node *
innermost(struct walk *w)
{
	return w->open->len > 0 ? w->open->pdata[w->open->len - 1] : NULL;
}

static char *
currency_of(int count, const xmlChar **attributes)
{
	for (int i = 0; i < count; i++, attributes += 5)
		if (strcmp((const char *)attributes[0], "Ccy") == 0)
			return g_strndup((const char *)attributes[3],
			    (size_t)(attributes[4] - attributes[3]));
	return NULL;
}

static void
open_node(struct walk *w, const char *name, int count,
    const xmlChar **attributes)
{
	struct node *parent = innermost(w), *node = g_new0(struct node, 1);

	node->name = g_strdup(name);
	node->text = g_string_new(NULL);
	node->currency = currency_of(count, attributes);
	if (parent) {
		if (!parent->children)
			parent->children =
			    g_ptr_array_new_with_free_func(free_node);
		g_ptr_array_add(parent->children, node);
	}
	g_ptr_array_add(w->open, node);
}

static void
on_start(void *user, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **namespace_list,
    int count, int defaulted, const xmlChar **attributes)
{
	struct walk *w = user;

	(void)prefix;
	(void)namespaces;
	(void)namespace_list;
	(void)defaulted;
	if (w->depth >= DEPTH_LIMIT)
		stop(w, "elements too deep in each other");
	else if (w->depth == 0 && !w->reader->root(w->user,
	    (const char *)name, uri ? (const char *)uri : ""))
		stop(w, "XML, but none of camt.052, camt.053 and camt.054");
	else if (w->depth == RECORD_LEVEL)
		w->reader->begin(w->user, (const char *)name);
	else if (w->depth > RECORD_LEVEL)
		open_node(w, (const char *)name, count, attributes);
	w->depth++;
}

static void
on_end(void *user, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct walk *w = user;
	struct node *node = innermost(w);

	(void)name;
	(void)prefix;
	(void)uri;
	w->depth--;
	if (node) {
		g_strstrip(node->text->str);
		g_ptr_array_set_size(w->open, (int)w->open->len - 1);
		if (w->open->len == 0) {
			w->reader->child(w->user, node);
			node_free(node);
		}
	} else if (w->depth == RECORD_LEVEL) {
		w->reader->end(w->user);
	}
}

static void
on_text(void *user, const xmlChar *text, int length)
{
	struct walk *w = user;
	struct node *node = innermost(w);

	if (!node)
		return;
	if (node->text->len + (size_t)length > TEXT_LIMIT)
		stop(w, "a text that is too long");
	else
		g_string_append_len(node->text, (const char *)text, length);
}

static void
on_doctype(void *user, const xmlChar *name, const xmlChar *id,
    const xmlChar *system)
{
	(void)name;
	(void)id;
	(void)system;
	stop(user, "it has a DOCTYPE");
}

/* xmlError without the words that libxml2 would print. */
static void
note_error(struct walk *w)
{
	const xmlError *error = xmlCtxtGetLastError(w->parser);
	g_autofree char *message = NULL;

	if (w->why || w->parser->wellFormed)
		return;
	message = g_strdup(error && error->message ? error->message :
	    "not well-formed");
	w->why = g_strdup_printf("line %d: %s", error ? error->line : 0,
	    g_strstrip(message));
}

static void
be_quiet(void *user, xmlErrorPtr error)
{
	(void)user;
	(void)error;
}

char *
node_read(struct input *input, const struct node_reader *reader, void *user)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
	    .startElementNs = on_start, .endElementNs = on_end,
	    .characters = on_text, .cdataBlock = on_text,
	    .internalSubset = on_doctype, .serror = be_quiet};
	struct walk w = {.reader = reader, .user = user,
	    .open = g_ptr_array_new()};
	const char *bytes;
	size_t length;

	w.parser = xmlCreatePushParserCtxt(&sax, &w, NULL, 0, NULL);
	xmlCtxtUseOptions(w.parser, XML_PARSE_NONET | XML_PARSE_NOWARNING);
	while (!w.why && (length = input_chunk(input, &bytes)) > 0)
		for (size_t at = 0; at < length && !w.why; at += CHUNK)
			xmlParseChunk(w.parser, bytes + at,
			    (int)MIN(CHUNK, length - at), 0);
	if (!w.why)
		xmlParseChunk(w.parser, "", 0, 1);
	note_error(&w);
	if (w.open->len > 0)
		node_free(w.open->pdata[0]);
	g_ptr_array_free(w.open, TRUE);
	xmlFreeParserCtxt(w.parser);
	return w.why;
}

static const struct node *
find_child(const struct node *node, const char *name, size_t length)
{
	for (guint i = 0; node->children && i < node->children->len; i++) {
		const struct node *child = node->children->pdata[i];

		if (strlen(child->name) == length &&
		    memcmp(child->name, name, length) == 0)
			return child;
	}
	return NULL;
}

const struct node *
node_find(const struct node *node, const char *path)
{
	while (node && *path) {
		size_t length = strcspn(path, "/");

		node = find_child(node, path, length);
		path += length + (path[length] == '/');
	}
	return node;
}

const char *
node_text(const struct node *node, const char *path)
{
	const struct node *found = node_find(node, path);

	return found && *found->text->str ? found->text->str : NULL;
}

void
node_each(const struct node *node, const char *name,
    void (*each)(const struct node *child, void *user), void *user)
{
	for (guint i = 0; node && node->children && i < node->children->len;
	    i++) {
		const struct node *child = node->children->pdata[i];

		if (strcmp(child->name, name) == 0)
			each(child, user);
	}
}
