/*
 * cmd_parse.c - shows what the parser makes of bytes: events, for a person or
 * as JSON Lines. Needs no store; uses the configuration when there is one.
 */
#include "command.h"
#include "intake.h"
#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
print_field(const char *name, const char *value)
{
	printf("  %-20s ", name);
	for (const char *p = value; *p; p++) {
		if (*p == '\n')
			printf("\n  %-20s ", "");
		else if ((unsigned char)*p < 0x20 || *p == 0x7f)
			putchar(' ');
		else
			putchar(*p);
	}
	putchar('\n');
}

static void
print_list(const char *name, const char *const *values)
{
	for (; *values; values++) {
		print_field(name, *values);
		name = "";
	}
}

static void
print_event(const struct context *context, const struct event *event)
{
	bool good = event_is_verified(event);

	printf("%s%s%s\n", paint(context, PAINT_BOLD),
	    event_kind_name(event_kind(event)), paint(context, PAINT_NONE));
	for (int i = 0; i < EVENT_FIELDS; i++) {
		const char *value = event_get(event, (enum event_field)i);

		if (!value)
			continue;
		if (i == EVENT_TRUST)
			fputs(paint(context,
			    good ? PAINT_GREEN : PAINT_YELLOW), stdout);
		print_field(event_field_name((enum event_field)i), value);
		if (i == EVENT_TRUST)
			fputs(paint(context, PAINT_NONE), stdout);
	}
	print_list("references", event_references(event));
	print_list("refused", event_refused(event));
}

static void
print_events(const struct context *context, GPtrArray *events)
{
	for (guint i = 0; i < events->len; i++) {
		const struct event *event = events->pdata[i];

		if (context->json)
			print_json(event_to_json(event));
		else
			print_event(context, event);
	}
}

/* A statement's XML begins with '<'; no mail does. */
static bool
is_statement(int fd)
{
	char start[64];
	ssize_t got = pread(fd, start, sizeof start - 1, 0);
	const char *p = start;

	start[MAX(got, 0)] = '\0';
	if (strncmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	return p[strspn(p, " \t\r\n")] == '<';
}

static int
parse_one(struct context *context, struct parser *parser, int from,
    const char *name)
{
	struct mail mail;
	g_autoptr(GPtrArray) events = NULL;
	bool retry = false;

	if (!mail_read(from, g_get_tmp_dir(), &mail)) {
		say_error(context, "%s: %s", name, g_strerror(errno));
		return errno == EISDIR ? EX_NOINPUT : EX_IOERR;
	}
	lseek(mail.fd, 0, SEEK_SET);
	events = is_statement(mail.fd)
	    ? parser_read_statement(parser, mail.fd, &retry)
	    : parser_read(parser, mail.fd, &retry);
	print_events(context, events);
	mail_release(&mail);
	return EX_OK;
}

static int
parse_file(struct context *context, struct parser *parser, const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	int code;

	if (fd < 0) {
		say_error(context, "%s: %s", name, g_strerror(errno));
		return EX_NOINPUT;
	}
	code = parse_one(context, parser, fd, name);
	close(fd);
	return code;
}

extern const struct command cmd_parse;

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"generic", no_argument, NULL, 'g'},
		{NULL, 0, NULL, 0},
	};
	struct parser *parser;
	bool generic = false;
	int c, code = EX_OK;

	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c != 'g')
			return option_error(&cmd_parse, c, argv);
		generic = true;
	}
	parser = context_parser(context, generic);
	if (!parser)
		return EX_CONFIG;
	if (optind == argc)
		code = parse_one(context, parser, STDIN_FILENO, "the input");
	for (int i = optind; i < argc; i++) {
		int one = parse_file(context, parser, argv[i]);

		code = code == EX_OK ? one : code;
	}
	parser_free(parser);
	return code;
}

const struct command cmd_parse = {
	.name = "parse",
	.usage = "[--generic] [FILE...]",
	.summary = "show what is read from a mail or statement: its events",
	.options = "  --generic  leave the banks' templates out\n",
	.run = run,
};
