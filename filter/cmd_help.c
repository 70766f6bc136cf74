/*
 * cmd_help.c - the list of commands, one command's part of the manual, or a
 * whole page: by man(1) at a terminal, else as plain text.
 */
#include "command.h"
#include "manual.h"
#include "print.h"
#include "spawn.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const struct command cmd_help;

static const struct {
	const char *topic, *page;
} pages[] = {
	{"mailfilter", "mailfilter.1"},
	{"mailfilter.conf", "mailfilter.conf.5"},
	{"mailfilter-bank", "mailfilter-bank.5"},
	{"mailfilter-invoice", "mailfilter-invoice.5"},
	{"mailfilter-statement", "mailfilter-statement.5"},
	{"mailfilter-template", "mailfilter-template.7"},
};

static int
read_page(const struct context *context, const char *name, char **text)
{
	g_autofree char *path = place_page(name);
	g_autoptr(GError) error = NULL;

	if (g_file_get_contents(path, text, NULL, &error))
		return EX_OK;
	say_error(context, "the manual page is not there: %s", error->message);
	return EX_OSFILE;
}

/* man(1) shows it with a pager; false when it is not there. */
static bool
show_by_man(const char *page)
{
	g_autofree char *path = place_page(page);
	const char *const argv[] = {"man", "-l", path, NULL};
	const struct spawn spawn = {.argv = argv, .own_stdout = true};
	struct spawn_result result;
	bool good;

	if (!isatty(STDOUT_FILENO))
		return false;
	good = spawn_run(&spawn, &result);
	spawn_release(&result);
	return good;
}

static int
show_page(const struct context *context, const char *page)
{
	g_autofree char *mdoc = NULL, *text = NULL;
	int code;

	if (show_by_man(page))
		return EX_OK;
	code = read_page(context, page, &mdoc);
	if (code != EX_OK)
		return code;
	text = manual_render(mdoc, paint(context, PAINT_BOLD),
	    paint(context, PAINT_NONE));
	fputs(text, stdout);
	return EX_OK;
}

/* A command, or a section of the manual such as "hooks"; EX_NOINPUT when
 * there is neither. */
static int
show_section(const struct context *context, const char *topic)
{
	const struct command *command = command_find(topic);
	g_autofree char *mdoc = NULL, *section = NULL, *text = NULL;
	int code = read_page(context, "mailfilter.1", &mdoc);

	if (code != EX_OK && command) {
		command_help(context, command);
		return EX_OK;
	}
	if (code != EX_OK)
		return code;
	section = manual_section(mdoc, topic);
	if (!section)
		return EX_NOINPUT;
	if (command)
		printf("%smailfilter %s%s: %s\n\n",
		    paint(context, PAINT_BOLD), command->name,
		    paint(context, PAINT_NONE), command->summary);
	text = manual_render(section, paint(context, PAINT_BOLD),
	    paint(context, PAINT_NONE));
	fputs(text, stdout);
	return EX_OK;
}

static int
run(struct context *context, int argc, char **argv)
{
	g_autofree char *topic = NULL;
	int code;

	if (argc == 1) {
		command_help(context, NULL);
		return EX_OK;
	}
	topic = g_strjoinv(" ", argv + 1);	/* help exit status */
	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
		if (strcmp(pages[i].topic, topic) == 0)
			return show_page(context, pages[i].page);
	}
	code = show_section(context, topic);
	return code == EX_NOINPUT ? command_unknown(topic) : code;
}

const struct command cmd_help = {
	.name = "help",
	.usage = "[COMMAND|SECTION|PAGE]",
	.summary = "the manual page, or one command's part of it",
	.run = run,
};
