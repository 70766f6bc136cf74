/*
 * read.c - bytes of a message in, events out: conducts the child, the mail's
 * reading and the classification into kinds.
 */
#include "parser.h"
#include "bank.h"

struct parser {
	struct parser_options options;
};

struct parser *
parser_new(const struct parser_options *options, char **why)
{
	struct parser *parser = g_new0(struct parser, 1);

	(void)why;
	parser->options = *options;
	return parser;
}

void
parser_free(struct parser *parser)
{
	g_free(parser);
}

static void
free_event(gpointer event)
{
	event_free(event);
}

GPtrArray *
parser_read(struct parser *parser, int fd, bool *retry)
{
	GPtrArray *events = g_ptr_array_new_with_free_func(free_event);

	(void)parser;
	(void)fd;
	*retry = false;
	g_ptr_array_add(events, event_new(EVENT_OTHER));
	return events;
}

GPtrArray *
parser_read_statement(struct parser *parser, int fd, bool *retry)
{
	return parser_read(parser, fd, retry);
}

char **
parser_bank_names(const struct parser *parser)
{
	(void)parser;
	return g_new0(char *, 1);
}

char **
parser_check(const struct parser *parser)
{
	(void)parser;
	return g_new0(char *, 1);
}

json_t *
parser_bank_describe(const struct parser *parser, const char *name)
{
	(void)parser;
	(void)name;
	return NULL;
}
