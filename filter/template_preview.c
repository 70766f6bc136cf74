/*
 * template_preview.c - letters with sample values, as their reader will see
 * them, and a try of all of them.
 */
#include "template_preview.h"

#include "look.h"
#include "outbox.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define KINDS "invoice, credit-note, reminder, receipt, crossed, copy, " \
	"statement, inquiry, offer, agreement, instalment and digest"

struct preview {
	const char *kind, *tone, *language, *form, *output;
};

/* ---- a letter with the sample's values ---------------------------------------- */

static json_t *
sample_of(char **why)
{
	g_autofree char *folder = place_data("templates");
	g_autofree char *path = g_build_filename(folder, "sample.json", NULL);
	json_error_t error;
	json_t *sample = json_load_file(path, 0, &error);

	if (!sample)
		*why = g_strdup_printf("%s: %s", path, error.text);
	return sample;
}

/* For somebody who reads this language; NULL: there is no such kind. */
static json_t *
letter_of(const struct context *context, const json_t *sample,
    const struct preview *preview)
{
	g_autofree char *own = context_path(context, "templates");
	g_autofree char *ours = place_data("templates");
	g_autofree char *primary = g_strndup(preview->language,
	    strcspn(preview->language, "-_"));
	json_t *letter = json_deep_copy(json_object_get(
	    json_object_get(sample, "letters"), preview->kind));
	json_t *customer = json_object_get(
	    json_object_get(sample, "customers"), primary);
	json_t *values = json_object_get(letter, "values");

	if (!letter)
		return NULL;
	if (customer && json_object_get(values, "customer"))
		json_object_update(
		    json_object_get(values, "customer"), customer);
	if (!json_object_get(values, "customer"))	/* the owner's own */
		json_object_set_new(values, "customer", json_pack("{s:O}",
		    "name", json_object_get(json_object_get(values, "owner"),
		    "name")));
	if (context->config)
		look_put(context->config, NULL, values);
	json_put(letter, "tone", preview->tone);
	json_put(letter, "language", preview->language);
	json_put(letter, "form", preview->form);
	if (json_object_get(letter, "document"))
		json_object_set_new(letter, "attach", json_pack("[s]", "pdf"));
	json_object_set_new(letter, "dirs", json_pack("[s, s]", own, ours));
	return letter;
}

/* ---- show ------------------------------------------------------------------------ */

/* A person at a terminal gets a window, when there is one. */
static int
open_file(const struct context *context, const char *path)
{
	g_autofree char *opener = g_find_program_in_path("xdg-open");
	const char *argv[] = {opener, path, NULL};

	if (!opener || !g_spawn_async(NULL, (char **)(uintptr_t)argv, NULL,
	    G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
	    NULL, NULL, NULL)) {
		say(context, "it is in %s", path);
		return EX_OK;
	}
	say(context, "%s is being opened", path);
	return EX_OK;
}

static int
write_file(const struct context *context, const char *path, const char *data,
    gsize size)
{
	g_autoptr(GError) error = NULL;

	if (g_file_set_contents(path, data, (gssize)size, &error))
		return EX_OK;
	say_error(context, "%s", error->message);
	return EX_CANTCREAT;
}

static int
write_and_open(const struct context *context, const struct preview *preview,
    const char *data, gsize size)
{
	g_autofree char *name = g_strdup_printf("mailfilter-%s-XXXXXX.%s",
	    preview->kind, preview->form);
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	int fd = g_file_open_tmp(name, &path, &error), code;

	if (fd < 0) {
		say_error(context, "%s", error->message);
		return EX_CANTCREAT;
	}
	close(fd);
	code = write_file(context, path, data, size);
	return code == EX_OK ? open_file(context, path) : code;
}

static int
put_out(const struct context *context, const struct preview *preview,
    GBytes *bytes)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	bool window = !strcmp(preview->form, "pdf") ||
	    !strcmp(preview->form, "html");

	if (preview->output && strcmp(preview->output, "-") != 0)
		return write_file(context, preview->output, data, size);
	if (window && !preview->output && isatty(STDOUT_FILENO))
		return write_and_open(context, preview, data, size);
	return fwrite(data, 1, size, stdout) == size && !fflush(stdout) ?
	    EX_OK : EX_IOERR;
}

static int
show(struct context *context, const struct preview *preview)
{
	g_autofree char *why = NULL;
	json_t *sample = sample_of(&why);
	json_t *letter = letter_of(context, sample, preview);
	g_autoptr(GBytes) bytes = NULL;

	if (letter)
		bytes = letter_mime(context, letter, &why);
	else if (!why)
		why = g_strdup_printf("there is no letter '%s'; there are "
		    KINDS, preview->kind);
	json_decref(letter);
	json_decref(sample);
	if (bytes)
		return put_out(context, preview, bytes);
	say_error(context, "%s", why);
	return EX_NOINPUT;
}

/* The owner's logo and colours, when there is a configuration. */
static int
read_look(struct context *context)
{
	return g_file_test(context->config_path, G_FILE_TEST_EXISTS) ||
	    context->config_named ? context_config(context) : EX_OK;
}

static bool
take_form(struct preview *preview, const char *text)
{
	static const char *const forms[] = {"text", "html", "pdf", "message",
	    NULL};

	preview->form = text;
	return g_strv_contains(forms, text);
}

int
template_preview(struct context *context, const struct command *command,
    int argc, char **argv)
{
	static const struct option options[] = {
		{"language", required_argument, NULL, 'l'},
		{"tone", required_argument, NULL, 't'},
		{"format", required_argument, NULL, 'f'},
		{"output", required_argument, NULL, 'o'},
		{"html", no_argument, NULL, 'h'},
		{"message", no_argument, NULL, 'm'},
		{NULL, 0, NULL, 0},
	};
	struct preview preview = {.tone = "friendly", .language = "en",
	    .form = "text"};
	int c, code;

	while ((c = getopt_long(argc, argv, ":l:t:f:o:", options, NULL)) !=
	    -1) {
		if (c == 'l')
			preview.language = optarg;
		else if (c == 't')
			preview.tone = optarg;
		else if (c == 'o')
			preview.output = optarg;
		else if (c == 'h')
			preview.form = "html";
		else if (c == 'm')
			preview.form = "message";
		else if (c != 'f')
			return option_error(command, c, argv);
		else if (!take_form(&preview, optarg))
			return usage_error(command, "'%s' is no format; there "
			    "are text, html, pdf and message", optarg);
	}
	if (optind != argc - 1)
		return usage_error(command, "say which letter");
	preview.kind = argv[optind];
	code = read_look(context);
	return code == EX_OK ? show(context, &preview) : code;
}

/* ---- try --------------------------------------------------------------------------- */

static void
add_once(GPtrArray *lines, const char *line)
{
	if (*line && strstr(line, "left out") &&
	    !g_ptr_array_find_with_equal_func(lines, line, g_str_equal, NULL))
		g_ptr_array_add(lines, g_strdup(line));
}

static void
try_one(struct context *context, const json_t *sample,
    const struct preview *preview, GPtrArray *lines)
{
	json_t *letter = letter_of(context, sample, preview);
	g_autofree char *words = NULL, *why = NULL;
	g_autoptr(GBytes) bytes = letter_write(context, letter, &words, &why);
	g_auto(GStrv) said = g_strsplit(words ? words : "", "\n", -1);

	for (char **line = said; *line; line++)
		add_once(lines, *line);
	if (!bytes)
		g_ptr_array_add(lines, g_strdup_printf("%s in %s: %s",
		    preview->kind, preview->language, why));
	json_decref(letter);
}

static void
try_language(struct context *context, const json_t *sample,
    const char *language, GPtrArray *lines)
{
	static const char *const tones[] = {"friendly", "understanding",
	    "firm"};
	static const char *const forms[] = {"html", "pdf"};
	json_t *letters = json_object_get(sample, "letters"), *letter;
	const char *kind;

	json_object_foreach(letters, kind, letter) {
		size_t count = strcmp(kind, "reminder") ? 1 :
		    G_N_ELEMENTS(tones);

		for (size_t i = 0; i < count * G_N_ELEMENTS(forms); i++)
			try_one(context, sample, &(struct preview){kind,
			    tones[i / 2], language, forms[i % 2], NULL},
			    lines);
	}
}

GPtrArray *
template_try_all(struct context *context,
    const struct template_folders *folders)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	struct template_folders own = {folders->own, folders->own};
	g_autoptr(GPtrArray) languages = template_languages(&own, true);
	g_autoptr(GPtrArray) shared = template_names(&own, "");
	g_autofree char *why = NULL;
	json_t *sample;

	if (shared->len && !g_ptr_array_find_with_equal_func(languages, "en",
	    g_str_equal, NULL))
		g_ptr_array_add(languages, g_strdup("en"));
	if (!languages->len)
		return lines;
	sample = sample_of(&why);
	for (guint i = 0; sample && i < languages->len; i++)
		try_language(context, sample, languages->pdata[i], lines);
	json_decref(sample);
	return lines;
}
