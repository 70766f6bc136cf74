/*
 * commands.c - the table of commands, and what is the same for all of them:
 * finding one by its name, suggesting the nearest, usage and help. A new
 * command is one line of COMMANDS, in the order in which help shows it.
 */
#include "command.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define COMMANDS(X) \
	X(init) \
	X(status) \
	X(import) \
	X(fetch) \
	X(reconcile) \
	X(remind) \
	X(send) \
	X(run) \
	X(deliver) \
	X(filter) \
	X(gate) \
	X(customer) \
	X(invoice) \
	X(recurring) \
	X(payment) \
	X(hold) \
	X(instalments) \
	X(letter) \
	X(bank) \
	X(template) \
	X(digest) \
	X(explain) \
	X(report) \
	X(conflicts) \
	X(quarantine) \
	X(gated) \
	X(check) \
	X(backup) \
	X(export) \
	X(parse) \
	X(selftest) \
	X(help)

#define DECLARE(name) extern const struct command cmd_##name;
COMMANDS(DECLARE)

#define ROW(name) &cmd_##name,
const struct command *const commands[] = {COMMANDS(ROW) NULL};

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	}
	return NULL;
}

/* Edits (insert, delete, change) that lead from one word to the other. */
static unsigned
distance(const char *from, const char *to)
{
	size_t width = strlen(to) + 1;
	g_autofree unsigned *row = g_new(unsigned, width);

	for (size_t i = 0; i < width; i++)
		row[i] = (unsigned)i;
	for (; *from; from++) {
		unsigned corner = row[0]++;

		for (size_t i = 1; i < width; i++) {
			unsigned up = row[i];
			unsigned change = corner + (*from != to[i - 1]);

			row[i] = MIN(MIN(up, row[i - 1]) + 1, change);
			corner = up;
		}
	}
	return row[width - 1];
}

const char *
nearest_word(const char *word, const char *const *words)
{
	const char *best = NULL;
	unsigned least = 3;

	for (; *words; words++) {
		unsigned d = distance(word, *words);

		if (strlen(word) > 2 && g_str_has_prefix(*words, word))
			d = 1;
		if (d < least && d < strlen(*words)) {
			least = d;
			best = *words;
		}
	}
	return best;
}

int
command_unknown(const char *name)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const char *nearest;

	for (size_t i = 0; commands[i]; i++)
		g_ptr_array_add(names, (char *)commands[i]->name);
	g_ptr_array_add(names, NULL);
	nearest = nearest_word(name, (const char *const *)names->pdata);
	if (name[0] == '-')
		fprintf(stderr, "mailfilter: there is no option '%s'", name);
	else
		fprintf(stderr, "mailfilter: there is no command '%s'", name);
	if (nearest)
		fprintf(stderr, "; did you mean 'mailfilter %s'?\n", nearest);
	else
		fputs("; 'mailfilter help' lists them\n", stderr);
	return EX_USAGE;
}

#define GLUE '\001'		/* a blank where no line may end */

/* The verbs of a usage ("a | b [c | d]"), a line each; what stands in brackets
 * stays together. */
static char **
usage_lines(const char *usage)
{
	g_auto(GStrv) words = g_strsplit_set(usage, " \n", -1);
	g_autoptr(GString) out = g_string_new(NULL);
	int depth = 0;

	for (char **word = words; *word; word++) {
		if (!**word)
			continue;
		if (depth == 0 && strcmp(*word, "|") == 0) {
			g_string_append_c(out, '\n');
			continue;
		}
		if (out->len && out->str[out->len - 1] != '\n')
			g_string_append_c(out, depth ? GLUE : ' ');
		g_string_append(out, *word);
		for (const char *c = *word; *c; c++)
			depth += *c == '[' ? 1 : *c == ']' ? -1 : 0;
	}
	return g_strsplit(out->str, "\n", -1);
}

static void
print_usage(FILE *out, const struct command *command)
{
	g_auto(GStrv) verbs = usage_lines(command->usage);
	g_autofree char *head = g_strdup_printf("mailfilter %s",
	    command->name);
	int indent = (int)strlen("usage: ") + (int)strlen(head) + 1;

	for (char **verb = verbs; *verb; verb++) {
		g_autoptr(GPtrArray) lines = text_lines(*verb, 79 - indent);

		fprintf(out, "%s%s", verb == verbs ? "usage: " : "       ",
		    head);
		for (guint i = 0; i < lines->len; i++)
			fprintf(out, "%*s%s\n", i ? indent : 1, "",
			    g_strdelimit(lines->pdata[i], "\001", ' '));
	}
	if (!*verbs)
		fprintf(out, "usage: %s\n", head);
}

int
usage_error(const struct command *command, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%smailfilter %s: ",
	    command->pipeline ? "4.3.0 " : "", command->name);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	if (command->pipeline)
		return EX_TEMPFAIL;
	print_usage(stderr, command);
	return EX_USAGE;
}

int
option_error(const struct command *command, int answer, char **argv)
{
	const char *word = optind > 0 ? argv[optind - 1] : "";

	if (answer == ':')
		return usage_error(command, "%s needs a value", word);
	if (optopt > 0 && optopt < 128 && strncmp(word, "--", 2) != 0)
		return usage_error(command, "there is no option '-%c'", optopt);
	return usage_error(command, "there is no option '%s'", word);
}

static void
help_one(const struct command *command)
{
	printf("mailfilter %s: %s\n\n", command->name, command->summary);
	print_usage(stdout, command);
	if (command->options)
		printf("\n%s", command->options);
	printf("\nCommon options: --home DIR, --config FILE, --now TIME, -v, "
	       "-q, --json.\n'mailfilter help %s' shows its section of the "
	       "manual.\n",
	    command->name);
}

static void
command_list(const struct context *context)
{
	for (size_t i = 0; commands[i]; i++) {
		printf("  %s%-12s%s %s\n", paint(context, PAINT_BOLD),
		    commands[i]->name, paint(context, PAINT_NONE),
		    commands[i]->summary);
	}
}

void
command_help(const struct context *context, const struct command *command)
{
	if (command) {
		help_one(command);
		return;
	}
	puts("mailfilter reads your bank's mail, matches the money to open "
	     "invoices,\nholds back every reminder that would cross with a "
	     "payment, and sends the rest.\n\nCommands:");
	command_list(context);
	puts("\nA first day:  mailfilter init\n"
	     "              mailfilter import customers.csv invoices.csv\n"
	     "              mailfilter status\n"
	     "More:         mailfilter help [COMMAND]");
}

int
verb_run(const struct command *command, const struct verb *verbs,
    struct context *context, int argc, char **argv)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *all = NULL;
	const char *nearest;

	for (const struct verb *verb = verbs; verb->name; verb++) {
		if (argc > 1 && strcmp(verb->name, argv[1]) == 0) {
			optind = 0;
			return verb->run(context, argc - 1, argv + 1);
		}
		g_ptr_array_add(names, (char *)verb->name);
	}
	g_ptr_array_add(names, NULL);
	all = g_strjoinv(", ", (char **)names->pdata);
	if (argc < 2)
		return usage_error(command, "say what to do: %s", all);
	nearest = nearest_word(argv[1], (const char *const *)names->pdata);
	if (nearest)
		return usage_error(command,
		    "there is no '%s %s'; did you mean '%s'?", command->name,
		    argv[1], nearest);
	return usage_error(command, "there is no '%s %s'; there are: %s",
	    command->name, argv[1], all);
}
