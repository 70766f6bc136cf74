/*
 * xmlmap.h - JSON written as XML by a table: a row is an element, its depth in
 * the tree and where its text stands in the document. The order of the rows is
 * the order of the schema.
 */
#ifndef RENDER_XMLMAP_H
#define RENDER_XMLMAP_H

#include <glib.h>
#include <jansson.h>

enum xml_kind {
	XML_TEXT,
	XML_MONEY,	/* with currencyID, the currency of the document */
	XML_DAY		/* 2026-11-24 as 20261124, with format="102" */
};

/* When a row counts; no bit: always. */
enum xml_when {
	XML_INVOICE = 1,	/* not in a credit note of its own kind */
	XML_CREDIT = 2,		/* only there */
	XML_KEEP = 4		/* the element stands even when it is empty */
};

struct xml_row {
	int depth;		/* 0 is the root; a child has one more */
	const char *element;	/* with prefix; "@name" is an attribute */
	/*
	 * "a.b" below the object at hand, "/a.b" below the document, "." the
	 * object itself, "=text" a constant. On an element with children it
	 * is the object (or, ending in "[]", each object of the list) that
	 * they are read from; on one without, "a[]" is each text of a list
	 * and "a[].b" a member of each of its objects. An element exists when
	 * a text that is no constant exists in it.
	 */
	const char *from;
	enum xml_kind kind;
	unsigned when;
	const struct xml_row *rows;	/* the children, in a table of theirs */
};
/* A table ends with a row whose element is NULL. */

/* The XML of the document by the table: UTF-8, indented; when: the bits that
 * hold, XML_INVOICE or XML_CREDIT. */
GBytes *xmlmap_write(const json_t *document, const struct xml_row *table,
    unsigned when);

/* What stands at a path "a.b" below an object: NULL when there is nothing. */
json_t *xmlmap_at(const json_t *object, const char *path);

#endif
