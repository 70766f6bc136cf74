/*
 * invoice_tree.h - the XML of one e-invoice as a tree of local names, texts
 * and attributes, and the small path language by which the tables of terms
 * find their way in it.
 */
#ifndef INVOICE_TREE_H
#define INVOICE_TREE_H

#include <glib.h>
#include <stdbool.h>

struct invoice_attribute {
	const char *name, *value;
	struct invoice_attribute *next;
};

struct invoice_node {
	const char *name;	/* without prefix */
	const char *text;	/* its own, without blanks around it; or "" */
	struct invoice_attribute *attributes;
	struct invoice_node *parent, *first, *last, *next;
	bool taken;		/* somebody has read its text */
};

struct invoice_tree;

/* Reads well-formed XML without a DOCTYPE. NULL: *why, caller frees. */
struct invoice_tree *invoice_tree_read(const char *bytes, size_t length,
    char **why);
void invoice_tree_free(struct invoice_tree *tree);	/* NULL allowed */
struct invoice_node *invoice_tree_root(const struct invoice_tree *tree);

/* Calls each for all that a path leads to, in the order of the document:
 *   A/B        children, by local name
 *   A[B/C=x|y] that has a B/C with one of these texts ([@b=x]: an attribute)
 *   A[B!=x]    that has none such; A[!B]: that has no B at all; A[B]: has one
 *   A/@b       an attribute: node is A, text its value
 * text is what stands at the end. "" is the node itself. */
typedef void invoice_each_fn(struct invoice_node *node, const char *text,
    void *user);
void invoice_each(struct invoice_node *node, const char *path,
    invoice_each_fn *each, void *user);
/* The first text that a path leads to; NULL: none, or an empty one. */
const char *invoice_first(struct invoice_node *node, const char *path);
const char *invoice_attribute(const struct invoice_node *node,
    const char *name);

#endif
