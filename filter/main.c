/*
 * main.c - takes the common options out of the command line, finds the
 * command, runs it. Common options may stand before or after the command;
 * for a command of the pipeline only before its first argument of its own,
 * because what follows there (sender, recipients) is somebody else's text.
 */
#include "command.h"
#include "print.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

struct common {
	const char *home, *config, *now;
	bool help, version;
	const char *bad;	/* an option that lacks its value */
};

/* One common option at argv[*i]; moves *i to its last word. */
static bool
take_value(const char *name, int argc, char **argv, int *i,
    const char **value, struct common *common)
{
	size_t length = strlen(name);

	if (strncmp(argv[*i], name, length) != 0)
		return false;
	if (argv[*i][length] == '=') {
		*value = argv[*i] + length + 1;
		return true;
	}
	if (argv[*i][length] != '\0')
		return false;
	if (*i + 1 >= argc) {
		common->bad = name;
		return true;
	}
	*value = argv[++*i];
	return true;
}

static bool
take_flag(const char *word, struct context *context, struct common *common)
{
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{"-v", &context->verbose},	{"--verbose", &context->verbose},
		{"-q", &context->quiet},	{"--quiet", &context->quiet},
		{"--json", &context->json},	{"--help", &common->help},
		{"--version", &common->version},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
		if (strcmp(word, flags[i].name) == 0) {
			*flags[i].flag = true;
			return true;
		}
	}
	return false;
}

static bool
take(int argc, char **argv, int *i, struct context *context,
    struct common *common)
{
	return take_flag(argv[*i], context, common) ||
	    take_value("--home", argc, argv, i, &common->home, common) ||
	    take_value("--config", argc, argv, i, &common->config, common) ||
	    take_value("--now", argc, argv, i, &common->now, common);
}

/* Leaves the command and its own arguments in rest[]; gives their number. */
static int
take_common(int argc, char **argv, char **rest, struct context *context,
    struct common *common)
{
	const struct command *command = NULL;
	bool own = false;
	int count = 0;

	for (int i = 1; i < argc; i++) {
		if (!own && strcmp(argv[i], "--") == 0)
			own = true;
		else if (!own && take(argc, argv, &i, context, common))
			continue;
		else if (command && command->pipeline)
			own = true;
		if (count == 0)
			command = command_find(argv[i]);
		rest[count++] = argv[i];
	}
	rest[count] = NULL;
	return count;
}

static int
start_error(const struct command *command, const char *sentence)
{
	if (command && command->pipeline) {
		fprintf(stderr, "4.3.0 mailfilter: %s\n", sentence);
		return EX_TEMPFAIL;
	}
	fprintf(stderr, "mailfilter: %s\n", sentence);
	return EX_USAGE;
}

static int
run_command(struct context *context, const struct command *command, int argc,
    char **argv)
{
	int code;

	context->pipeline = command->pipeline;
	optind = 0;		/* glibc: start anew */
	opterr = 0;		/* option_error() says it in our words */
	code = command->run(context, argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		say_error(context, "the output could not be written");
		if (code == EX_OK)
			code = command->pipeline ? EX_TEMPFAIL : EX_IOERR;
	}
	return code;
}

static int
start(struct context *context, int argc, char **argv)
{
	struct common common = {0};
	g_autofree char **rest = g_new0(char *, (gsize)argc + 1);
	g_autofree char *why = NULL;
	int count = take_common(argc, argv, rest, context, &common);
	const struct command *command = count ? command_find(rest[0]) : NULL;

	if (common.version) {
		puts("mailfilter " VERSION);
		return EX_OK;
	}
	if (common.bad) {
		why = g_strdup_printf("%s needs a value", common.bad);
		return start_error(command, why);
	}
	if (!command && count && strcmp(rest[0], "--") != 0)
		return command_unknown(rest[0]);
	if (common.help || !command) {
		command_help(context, command);
		return EX_OK;
	}
	if (!context_set_now(context, common.now, &why) ||
	    !context_set_home(context, common.home, common.config, &why))
		return start_error(command, why);
	return run_command(context, command, count, rest);
}

/* Whoever starts us with a standard stream closed would see the store or the
 * message's copy take its number, and what is printed go there. The other
 * way round, reading and writing it fails at once. */
static bool
fill_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			return false;
	return true;
}

int
main(int argc, char **argv)
{
	struct context context = {
		.colour = print_wants_colour(),
	};
	int code = fill_streams() ? start(&context, argc, argv) : EX_TEMPFAIL;

	context_release(&context);
	return code;
}
