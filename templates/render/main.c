/*
 * main.c - mailfilter-render: one letter as JSON on stdin, the message (or the
 * form that is asked for) on stdout, warnings on stderr; or with --serve many,
 * one after another. It needs no network and starts no program; it gives up
 * such rights before it reads.
 */
#include "../templates.h"
#include "forms.h"
#include "limits.h"
#include "serve.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* Each line of text, as one of ours. */
static void
say_lines(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

	for (char **line = lines; *line; line++)
		if (**line)
			fprintf(stderr, "mailfilter-render: %s\n", *line);
}

static char *
read_input(size_t *length)
{
	GString *text = g_string_new(NULL);
	char buffer[16384];
	size_t count;

	while ((count = fread(buffer, 1, sizeof buffer, stdin)) > 0 &&
	    text->len <= LETTER_MAX)
		g_string_append_len(text, buffer, (gssize)count);
	*length = text->len;
	return g_string_free(text, FALSE);
}

static bool
write_output(GBytes *message)
{
	gsize length;
	const void *data = g_bytes_get_data(message, &length);

	return fwrite(data, 1, length, stdout) == length && !fflush(stdout);
}

static int
render(void)
{
	g_autofree char *text = NULL, *warning = NULL, *why = NULL;
	g_autoptr(GBytes) message = NULL;
	size_t length;

	text = read_input(&length);
	if (length > LETTER_MAX) {
		say_lines("the letter on standard input is too long");
		return EX_DATAERR;
	}
	message = letter_read_and_write(text, length, &warning, &why);
	say_lines(warning);
	if (!message) {
		say_lines(why);
		return EX_DATAERR;
	}
	if (write_output(message))
		return EX_OK;
	say_lines("the message could not be written to standard output");
	return EX_SOFTWARE;
}

static int
check(char **dirs)
{
	g_auto(GStrv) lines = templates_check((const char *const *)dirs);

	for (char **line = lines; *line; line++)
		puts(*line);
	return *lines ? EX_DATAERR : EX_OK;
}

int
main(int argc, char **argv)
{
	limits_process();
	if (argc == 2 && !strcmp(argv[1], "--serve"))
		return serve();
	limits_letter();
	if (argc > 2 && !strcmp(argv[1], "--check"))
		return check(argv + 2);
	if (argc == 1)
		return render();
	fprintf(stderr, "usage: mailfilter-render <LETTER.json >MESSAGE\n"
			"       mailfilter-render --serve\n"
			"       mailfilter-render --check DIR...\n");
	return EX_USAGE;
}
