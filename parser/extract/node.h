/*
 * node.h - a small tree of the XML elements below one that is being read:
 * local names, text, the Ccy attribute. Bounded; no DOCTYPE, no entities.
 */
#ifndef NODE_H
#define NODE_H

#include "statement.h"

struct node {
	char *name;
	GString *text;
	char *currency;		/* attribute Ccy, or NULL */
	GPtrArray *children;	/* struct node, or NULL */
};

/* What a reader of a statement is told. Nodes are whole and only borrowed. */
struct node_reader {
	/* The document's root element: its namespace. False ends the reading. */
	bool (*root)(void *user, const char *name, const char *namespace);
	/* An element named "record" of the second level begins or ends. */
	void (*begin)(void *user, const char *name);
	void (*end)(void *user);
	/* A child of it is complete. */
	void (*child)(void *user, const struct node *node);
};

/* Reads a document Root/Message/Record/Child. NULL, or what is wrong with it
 * (caller frees). */
char *node_read(struct input *input, const struct node_reader *reader,
    void *user);

/* The first node at a path of names ("RltdPties/Dbtr/Nm"), or NULL. */
const struct node *node_find(const struct node *node, const char *path);
/* Its text without blanks around it, NULL when there is none. */
const char *node_text(const struct node *node, const char *path);
/* Calls each for every child of a name. */
void node_each(const struct node *node, const char *name,
    void (*each)(const struct node *child, void *user), void *user);

#endif
