/*
 * invoice_path.c - the paths of the tables of terms: names with conditions in
 * brackets, as the header says. Paths are ours, so that a bad one is no
 * error: it finds nothing.
 */
#include "invoice_tree.h"

#include <string.h>

/* The value is a list: "50|130". */
static bool
is_among(const char *text, const char *list, size_t length)
{
	size_t n = strlen(text);

	for (;;) {
		const char *bar = memchr(list, '|', length);
		size_t one = bar ? (size_t)(bar - list) : length;

		if (one == n && memcmp(list, text, n) == 0)
			return true;
		if (!bar)
			return false;
		length -= one + 1;
		list = bar + 1;
	}
}

struct wanted {
	const char *list;	/* NULL: any text will do */
	size_t length;
	bool found;
};

static void
look(struct invoice_node *node, const char *text, void *user)
{
	struct wanted *wanted = user;

	(void)node;
	wanted->found |= !wanted->list ||
	    is_among(text, wanted->list, wanted->length);
}

/* One condition, without its brackets. */
static bool
holds(struct invoice_node *node, const char *condition, size_t length)
{
	const char *equals = memchr(condition, '=', length);
	bool not = *condition == '!' || (equals && equals[-1] == '!');
	const char *from = condition + (*condition == '!');
	size_t end = equals ? (size_t)(equals - condition) -
	    (equals[-1] == '!') : length;
	g_autofree char *path = g_strndup(from,
	    end - (size_t)(from - condition));
	struct wanted wanted = {.list = equals ? equals + 1 : NULL,
	    .length = equals ? length - (size_t)(equals + 1 - condition) : 0};

	invoice_each(node, path, look, &wanted);
	return wanted.found != not;
}

/* All conditions of a step; *path moves behind them. */
static bool
all_hold(struct invoice_node *node, const char *conditions)
{
	while (*conditions == '[') {
		size_t length = strcspn(conditions, "]");

		if (!holds(node, conditions + 1, length - 1))
			return false;
		conditions += length + 1;
	}
	return true;
}

static const char *
skip_conditions(const char *path)
{
	while (*path == '[')
		path += strcspn(path, "]") + 1;
	return *path == '/' ? path + 1 : path;
}

const char *
invoice_attribute(const struct invoice_node *node, const char *name)
{
	const struct invoice_attribute *one = node->attributes;

	while (one && strcmp(one->name, name) != 0)
		one = one->next;
	return one && *one->value ? one->value : NULL;
}

void
invoice_each(struct invoice_node *node, const char *path,
    invoice_each_fn *each, void *user)
{
	size_t length = strcspn(path, "/[");
	const char *rest = skip_conditions(path + length);

	if (!*path) {
		each(node, node->text, user);
	} else if (*path == '@') {
		const char *value = invoice_attribute(node, path + 1);

		if (value)
			each(node, value, user);
	} else {
		for (struct invoice_node *child = node->first; child;
		    child = child->next)
			if (strlen(child->name) == length &&
			    memcmp(child->name, path, length) == 0 &&
			    all_hold(child, path + length))
				invoice_each(child, rest, each, user);
	}
}

static void
keep_first(struct invoice_node *node, const char *text, void *user)
{
	const char **first = user;

	(void)node;
	if (!*first && *text)
		*first = text;
}

const char *
invoice_first(struct invoice_node *node, const char *path)
{
	const char *first = NULL;

	invoice_each(node, path, keep_first, &first);
	return first;
}
