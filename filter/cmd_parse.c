/*
 * cmd_parse.c - shows what the parser makes of bytes: events, for a person or
 * as JSON Lines. Needs no store; uses the configuration when there is one.
 */
#include "command.h"
#include "intake.h"
#include "parse_files.h"
#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
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

/* A mail begins with a field, "Name:", or with "From "; OFX begins with one
 * that no mail has. */
static bool
looks_like_mail(int fd)
{
	char start[256];
	ssize_t got = pread(fd, start, sizeof start - 1, 0);
	size_t name;

	start[MAX(got, 0)] = '\0';
	for (name = 0; g_ascii_isalnum(start[name]) || start[name] == '-';)
		name++;
	if (g_str_has_prefix(start, "OFXHEADER:"))
		return false;
	return g_str_has_prefix(start, "From ") ||
	    (name > 0 && start[name] == ':');
}

/* ---- files, many at a time -------------------------------------------------- */

#define GROUP 200		/* files that are open at once */

struct parsing {
	struct context *context;
	struct parser *parser;
	bool several;		/* files: each is named */
	const char *name;	/* whose events follow, until it is shown */
	int fds[GROUP];
	const char *names[GROUP];
	unsigned count;
	char **files;
};

static void
show(struct parsing *parsing, const struct event *event)
{
	const struct context *context = parsing->context;

	if (context->json) {
		print_json(event_to_json(event));
		return;
	}
	if (parsing->name && parsing->several)
		printf("%s%s:%s\n", paint(context, PAINT_DIM), parsing->name,
		    paint(context, PAINT_NONE));
	parsing->name = NULL;
	print_event(context, event);
}

static bool
show_entry(struct event *event, void *user)
{
	show(user, event);
	return true;
}

static void
take_events(unsigned index, GPtrArray *events, void *user)
{
	struct parsing *parsing = user;

	parsing->name = parsing->names[index];
	for (guint i = 0; i < events->len; i++)
		show(parsing, events->pdata[i]);
}

/* Reads the mails that are open. */
static void
flush(struct parsing *parsing)
{
	parser_read_many(parsing->parser, parsing->fds, parsing->count,
	    take_events, parsing);
	while (parsing->count)
		close(parsing->fds[--parsing->count]);
}

/* What is no mail may be a statement of whatever format; else the parser of
 * mail says what it is. */
static bool
parse_statement(struct parsing *parsing, int fd, const char *name, int *code)
{
	enum statement_result result;
	g_autofree char *why = NULL;

	if (looks_like_mail(fd))
		return false;
	flush(parsing);
	parsing->name = name;
	result = parser_read_statement(parsing->parser, fd, show_entry,
	    parsing, &why);
	if (result == STATEMENT_UNKNOWN)
		return false;
	*code = result == STATEMENT_READ ? EX_OK : EX_DATAERR;
	if (why)
		say_error(parsing->context, "%s: %s", name, why);
	return true;
}

/* A regular file is read as it is, anything else is copied first. Takes over
 * the descriptor. */
static int
parse_one(struct parsing *parsing, int fd, const char *name)
{
	struct stat status;
	struct mail mail = {.fd = fd};
	int code = EX_OK;

	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
		bool good = mail_read(fd, g_get_tmp_dir(), &mail);

		close(fd);
		if (!good) {
			say_error(parsing->context, "%s: %s", name,
			    g_strerror(errno));
			return errno == EISDIR ? EX_NOINPUT : EX_IOERR;
		}
		fd = dup(mail.fd);
		mail_release(&mail);
	}
	lseek(fd, 0, SEEK_SET);
	if (parse_statement(parsing, fd, name, &code)) {
		close(fd);
		return code;
	}
	parsing->names[parsing->count] = name;
	parsing->fds[parsing->count++] = fd;
	if (parsing->count == GROUP)
		flush(parsing);
	return EX_OK;
}

static int
parse_file(struct parsing *parsing, const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		return parse_one(parsing, fd, name);
	say_error(parsing->context, "%s: %s", name, g_strerror(errno));
	return EX_NOINPUT;
}

static int
run_files(int first, int count, void *user)
{
	struct parsing *parsing = user;
	int code = EX_OK;

	for (int i = first; i < first + count; i++) {
		int one = parse_file(parsing, parsing->files[i]);

		code = code == EX_OK ? one : code;
	}
	flush(parsing);
	return code;
}

extern const struct command cmd_parse;

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"generic", no_argument, NULL, 'g'},
		{"map", required_argument, NULL, 'm'},
		{"account", required_argument, NULL, 'a'},
		{NULL, 0, NULL, 0},
	};
	struct parsing parsing = {.context = context};
	bool generic = false;
	int c, code = EX_OK;

	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'g')
			generic = true;
		else if (c == 'm')
			context->map = optarg;
		else if (c == 'a')
			context->account = optarg;
		else
			return option_error(&cmd_parse, c, argv);
	}
	parsing.parser = context_parser(context, generic);
	if (!parsing.parser)
		return EX_CONFIG;
	parsing.several = argc - optind > 1;
	if (optind == argc)
		code = parse_one(&parsing, dup(STDIN_FILENO), "the input");
	parsing.files = argv + optind;
	if (optind < argc)
		code = parse_files(argc - optind, run_files, &parsing);
	flush(&parsing);
	parser_free(parsing.parser);
	return code;
}

const struct command cmd_parse = {
	.name = "parse",
	.usage = "[--generic] [--map NAME] [--account NAME] [FILE...]",
	.summary = "show what is read from a mail or statement: its events",
	.options =
	    "  --generic       leave the banks' templates out\n"
	    "  --map NAME      what the columns of a CSV statement mean\n"
	    "  --account NAME  whose statement it is, when it does not say\n",
	.run = run,
};
