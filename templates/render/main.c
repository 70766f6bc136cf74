/*
 * main.c - mailfilter-render: one letter as JSON on stdin, the message (or the
 * form that is asked for) on stdout, warnings on stderr. It needs no network and starts no program; it
 * gives up such rights before it reads.
 */
#include "../templates.h"
#include "forms.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sysexits.h>

#define INPUT_LIMIT (4 << 20)

static void
limit(int resource, rlim_t value)
{
	struct rlimit wanted = {value, value};

	setrlimit((__rlimit_resource_t)resource, &wanted);
}

static void
give_up_rights(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, 10);
	limit(RLIMIT_FSIZE, 32 << 20);
	limit(RLIMIT_NPROC, 0);
#if !defined(__SANITIZE_ADDRESS__)
	limit(RLIMIT_AS, 512 << 20);
#endif
}

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
	    text->len <= INPUT_LIMIT)
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
	json_error_t error;
	json_t *letter;
	size_t length;

	text = read_input(&length);
	if (length > INPUT_LIMIT) {
		say_lines("the letter on standard input is too long");
		return EX_DATAERR;
	}
	letter = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
	if (!letter) {
		fprintf(stderr, "mailfilter-render: standard input is no "
		    "letter: line %d: %s\n", error.line, error.text);
		return EX_DATAERR;
	}
	message = form_write(letter, json_string_value(
	    json_object_get(letter, "form")), &warning, &why);
	json_decref(letter);
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
	give_up_rights();
	if (argc > 2 && !strcmp(argv[1], "--check"))
		return check(argv + 2);
	if (argc == 1)
		return render();
	fprintf(stderr, "usage: mailfilter-render <LETTER.json >MESSAGE\n"
			"       mailfilter-render --check DIR...\n");
	return EX_USAGE;
}
