/*
 * xmlmap.c - the walk through a table of elements: what exists is written in
 * the order of the rows, what has nothing to say is left out.
 */
#include "xmlmap.h"

#include <libxml/xmlwriter.h>
#include <string.h>

struct walk {
	const json_t *document;
	const char *currency;
	unsigned when;
	xmlTextWriter *writer;
};

json_t *
xmlmap_at(const json_t *object, const char *path)
{
	const char *dot;

	while ((dot = strchr(path, '.')) != NULL) {
		g_autofree char *key = g_strndup(path, (size_t)(dot - path));

		object = json_object_get(object, key);
		path = dot + 1;
	}
	return json_object_get(object, path);
}

static bool
is_attribute(const struct xml_row *row)
{
	return row->element && row->element[0] == '@';
}

static bool
is_constant(const struct xml_row *row)
{
	return row->from && row->from[0] == '=';
}

static bool
counts(const struct walk *walk, const struct xml_row *row)
{
	unsigned forms = row->when & (XML_INVOICE | XML_CREDIT);

	return !forms || (forms & walk->when);
}

/* The first child of a row, NULL when it has only a text. */
static const struct xml_row *
children(const struct xml_row *row)
{
	const struct xml_row *next = row + 1;

	if (row->rows)
		return row->rows;
	while (next->element && next->depth == row->depth + 1 &&
	    is_attribute(next))
		next++;
	return next->element && next->depth > row->depth ? row + 1 : NULL;
}

/* The row after this one and all below it. */
static const struct xml_row *
after(const struct xml_row *row)
{
	const struct xml_row *next = row + 1;

	while (next->element && next->depth > row->depth)
		next++;
	return next;
}

/* What a row's "from" names up to its "[]", seen from the object at hand. */
static const json_t *
found(const struct walk *walk, const struct xml_row *row, const json_t *object)
{
	g_autofree char *path = NULL;
	char *list;

	if (!row->from || !strcmp(row->from, "."))
		return object;
	path = g_strdup(row->from + (row->from[0] == '/'));
	if ((list = strstr(path, "[]")) != NULL)
		*list = '\0';
	return xmlmap_at(row->from[0] == '/' ? walk->document : object, path);
}

/* A value as a text, NULL when nobody could read it. */
static const char *
readable(const json_t *value)
{
	const char *text = json_string_value(value);

	return text && text[strspn(text, " \t\r\n")] ? text : NULL;
}

/* The text of a row without children. */
static const char *
text_of(const struct walk *walk, const struct xml_row *row,
    const json_t *object)
{
	return is_constant(row) ? row->from + 1 :
	    readable(found(walk, row, object));
}

/* The text of one of a list: itself, or its member after "[].". */
static const char *
text_in_list(const struct xml_row *row, const json_t *item)
{
	const char *key = strstr(row->from, "[].");

	return readable(key ? xmlmap_at(item, key + 3) : item);
}

static bool has(const struct walk *walk, const struct xml_row *row,
    const json_t *object);

static bool
any_child(const struct walk *walk, const struct xml_row *row,
    const json_t *object)
{
	const struct xml_row *child = children(row);
	int depth = child ? child->depth : 0;

	for (; child && child->element && child->depth >= depth;
	    child = after(child))
		if (!is_attribute(child) && has(walk, child, object))
			return true;
	return false;
}

static bool
has(const struct walk *walk, const struct xml_row *row, const json_t *object)
{
	const json_t *inner;

	if (!counts(walk, row))
		return false;
	if (row->when & XML_KEEP)
		return true;
	if (is_constant(row))
		return false;
	inner = found(walk, row, object);
	if (!children(row))
		return json_is_array(inner) ? json_array_size(inner) > 0 :
		    readable(inner) != NULL;
	if (!json_is_array(inner))
		return inner && any_child(walk, row, inner);
	for (size_t i = 0; i < json_array_size(inner); i++)
		if (any_child(walk, row, json_array_get(inner, i)))
			return true;
	return false;
}

static void
attribute(const struct walk *walk, const char *name, const char *value)
{
	xmlTextWriterWriteAttribute(walk->writer, (const xmlChar *)name,
	    (const xmlChar *)value);
}

static void
open_element(const struct walk *walk, const struct xml_row *row,
    const json_t *object)
{
	xmlTextWriterStartElement(walk->writer, (const xmlChar *)row->element);
	if (row->kind == XML_MONEY)
		attribute(walk, "currencyID", walk->currency);
	if (row->kind == XML_DAY)
		attribute(walk, "format", "102");
	for (const struct xml_row *next = row + 1; is_attribute(next) &&
	    next->depth == row->depth + 1; next++) {
		const char *value = text_of(walk, next, object);

		if (value && counts(walk, next))
			attribute(walk, next->element + 1, value);
	}
}

static void
write_text(const struct walk *walk, const struct xml_row *row,
    const char *text)
{
	g_auto(GStrv) parts = NULL;
	g_autofree char *day = NULL;

	if (row->kind == XML_DAY) {
		parts = g_strsplit(text, "-", -1);
		text = day = g_strjoinv(NULL, parts);
	}
	xmlTextWriterWriteString(walk->writer, (const xmlChar *)text);
}

/* Has it nothing but constants below? Then it stands where its parent does. */
static bool
only_constants(const struct xml_row *row)
{
	const struct xml_row *child = children(row);
	int depth = child ? child->depth : 0;

	if (!child)
		return is_constant(row);
	for (; child->element && child->depth >= depth; child = after(child))
		if (!is_attribute(child) && !only_constants(child))
			return false;
	return true;
}

static void write_row(const struct walk *walk, const struct xml_row *row,
    const json_t *object);

static void
write_group(const struct walk *walk, const struct xml_row *row,
    const json_t *object)
{
	const struct xml_row *child = children(row);
	int depth = child->depth;

	if (!(row->when & XML_KEEP) && !only_constants(row) &&
	    !any_child(walk, row, object))
		return;
	open_element(walk, row, object);
	for (; child->element && child->depth >= depth; child = after(child))
		if (!is_attribute(child))
			write_row(walk, child, object);
	xmlTextWriterEndElement(walk->writer);
}

static void
write_leaf(const struct walk *walk, const struct xml_row *row,
    const json_t *object, const char *text)
{
	if (!text)
		return;
	open_element(walk, row, object);
	write_text(walk, row, text);
	xmlTextWriterEndElement(walk->writer);
}

static void
write_row(const struct walk *walk, const struct xml_row *row,
    const json_t *object)
{
	const json_t *inner = is_constant(row) ? NULL :
	    found(walk, row, object);

	if (!counts(walk, row))
		return;
	if (!children(row) && !json_is_array(inner)) {
		write_leaf(walk, row, object, text_of(walk, row, object));
		return;
	}
	if (!json_is_array(inner)) {
		if (inner || row->when & XML_KEEP)
			write_group(walk, row, inner);
		return;
	}
	for (size_t i = 0; i < json_array_size(inner); i++) {
		const json_t *item = json_array_get(inner, i);

		if (children(row))
			write_group(walk, row, item);
		else
			write_leaf(walk, row, item, text_in_list(row, item));
	}
}

GBytes *
xmlmap_write(const json_t *document, const struct xml_row *table,
    unsigned when)
{
	xmlBuffer *buffer = xmlBufferCreate();
	struct walk walk = {document, json_string_value(
	    json_object_get(document, "currency")), when,
	    xmlNewTextWriterMemory(buffer, 0)};
	GBytes *bytes;

	xmlTextWriterSetIndent(walk.writer, 1);
	xmlTextWriterSetIndentString(walk.writer, (const xmlChar *)"  ");
	xmlTextWriterStartDocument(walk.writer, "1.0", "UTF-8", NULL);
	for (const struct xml_row *row = table; row->element; row = after(row))
		write_row(&walk, row, document);
	xmlTextWriterEndDocument(walk.writer);
	xmlFreeTextWriter(walk.writer);
	bytes = g_bytes_new(xmlBufferContent(buffer),
	    (gsize)xmlBufferLength(buffer));
	xmlBufferFree(buffer);
	return bytes;
}
