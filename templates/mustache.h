/*
 * mustache.h - a parsed template, shared by the parser, the renderer and the
 * check. Only for this folder.
 */
#ifndef MUSTACHE_H
#define MUSTACHE_H

#include <glib.h>

enum mustache_kind {
	MUSTACHE_TEXT,		/* text: as it is */
	MUSTACHE_VALUE,		/* text: a name; escaped where that is wanted */
	MUSTACHE_RAW,		/* text: a name; never escaped */
	MUSTACHE_SECTION, MUSTACHE_INVERTED,	/* text: a name; children */
	MUSTACHE_PARTIAL	/* text: a name; indent */
};

struct mustache_node {
	enum mustache_kind kind;
	unsigned line;		/* of the template, from 1 */
	char *text;
	char *indent;		/* put before each line of a partial */
	GPtrArray *children;	/* struct mustache_node, or NULL */
};

/* Nodes of a template (the array frees them), or NULL and *why with the line
 * (caller frees). */
GPtrArray *mustache_parse(const char *template, char **why);

#endif
