/*
 * cells_options.c - the columns of an import table as options of a command.
 */
#include "cells_options.h"

#include <string.h>

#define FIRST 256
#define MOST 160

struct names {
	struct option options[MOST];
	GPtrArray *texts;
	size_t count;
};

/* Each name of a column is an option: "terms_days|terms". */
static void
add_column(struct names *names, const struct column *column, int index)
{
	g_auto(GStrv) parts = g_strsplit(column->names, "|", -1);

	for (char **part = parts; *part && names->count < MOST - 1; part++) {
		char *name = g_strdelimit(g_strdup(*part), "_", '-');

		g_ptr_array_add(names->texts, name);
		names->options[names->count++] = (struct option){name,
		    column->kind == CELL_YES ? optional_argument
					     : required_argument,
		    NULL, FIRST + index};
	}
}

static void
make_options(struct names *names, const struct column *columns,
    const struct option *extra)
{
	memset(names, 0, sizeof *names);
	names->texts = g_ptr_array_new_with_free_func(g_free);
	for (; extra && extra->name && names->count < MOST - 1; extra++)
		names->options[names->count++] = *extra;
	for (int i = 0; columns[i].names; i++)
		add_column(names, &columns[i], i);
}

/* A list that is given twice is one list. */
static void
put_cell(struct row *row, int index, enum cell_kind kind, const char *value)
{
	char *old = row->cells[index];

	if (old && kind == CELL_LIST)
		row->cells[index] = g_strdup_printf("%s\n%s", old, value);
	else
		row->cells[index] = g_strdup(value);
	g_free(old);
}

static int
take_cell(const struct command *command, const struct column *column,
    struct row *row, int index, const char *value)
{
	size_t length = strcspn(column->names, "|");
	g_autofree char *name = g_strndup(column->names, length);
	g_autofree char *why = NULL;

	put_cell(row, index, column->kind, value ? value : "yes");
	g_strstrip(row->cells[index]);
	if (row->cells[index][0] == '\0')
		return usage_error(command, "--%s is empty", name);
	if (!g_utf8_validate(row->cells[index], -1, NULL))
		return usage_error(command, "--%s is not UTF-8 text", name);
	why = cell_check(column->kind, &row->cells[index]);
	if (!why)
		return EX_OK;
	g_strdelimit(name, "_", '-');
	return usage_error(command, "--%s: %s", name, why);
}

int
cells_from_options(const struct command *command,
    const struct column *columns, const struct option *extra,
    own_option_fn *own, int argc, char **argv, struct row *row, void *user)
{
	struct names names;
	int c, code = EX_OK;

	make_options(&names, columns, extra);
	while (code == EX_OK && (c = getopt_long(argc, argv, ":n",
	    names.options, NULL)) != -1) {
		if (c >= FIRST)
			code = take_cell(command, &columns[c - FIRST], row,
			    c - FIRST, optarg);
		else if (c == '?' || c == ':' || !own ||
		    !own(c, optarg, user))
			code = option_error(command, c, argv);
	}
	g_ptr_array_unref(names.texts);
	return code;
}
