/*
 * template_preview.c - `template preview`: a letter with sample values, as its
 * reader will see it.
 */
#include "template_preview.h"

#include "outbox.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

struct preview {
	const char *kind, *tone, *language, *form;
};

/* The sample's values, for somebody who reads this language. */
static json_t *
letter_of(const struct context *context, const struct preview *preview,
    char **why)
{
	g_autofree char *own = context_path(context, "templates");
	g_autofree char *ours = place_data("templates");
	g_autofree char *path = g_build_filename(ours, "sample.json", NULL);
	g_autofree char *primary = g_strndup(preview->language,
	    strcspn(preview->language, "-_"));
	json_error_t error;
	json_t *sample = json_load_file(path, 0, &error), *letter, *customer;

	if (!sample) {
		*why = g_strdup_printf("%s: %s", path, error.text);
		return NULL;
	}
	letter = json_deep_copy(json_object_get(
	    json_object_get(sample, "letters"), preview->kind));
	customer = json_object_get(json_object_get(sample, "customers"),
	    primary);
	if (letter && customer)
		json_object_update(json_object_get(
		    json_object_get(letter, "values"), "customer"), customer);
	if (letter) {
		json_put(letter, "tone", preview->tone);
		json_put(letter, "language", preview->language);
		json_put(letter, "form", preview->form);
		json_object_set_new(letter, "dirs",
		    json_pack("[s, s]", own, ours));
	} else {
		*why = g_strdup_printf("there is no letter '%s'; there are "
		    "invoice, reminder, receipt, crossed, copy, statement, "
		    "inquiry, offer, agreement and instalment", preview->kind);
	}
	json_decref(sample);
	return letter;
}

static int
show(struct context *context, const struct preview *preview)
{
	g_autofree char *why = NULL;
	json_t *letter = letter_of(context, preview, &why);
	GBytes *bytes = letter ? letter_mime(context, letter, &why) : NULL;
	gsize size;
	const char *text = bytes ? g_bytes_get_data(bytes, &size) : NULL;

	json_decref(letter);
	if (!text) {
		say_error(context, "%s", why);
		g_bytes_unref(bytes);
		return EX_NOINPUT;
	}
	fwrite(text, 1, size, stdout);
	g_bytes_unref(bytes);
	return EX_OK;
}

int
template_preview(struct context *context, const struct command *command,
    int argc, char **argv)
{
	static const struct option options[] = {
		{"language", required_argument, NULL, 'l'},
		{"tone", required_argument, NULL, 't'},
		{"html", no_argument, NULL, 'h'},
		{"message", no_argument, NULL, 'm'},
		{NULL, 0, NULL, 0},
	};
	struct preview preview = {.tone = "friendly", .language = "en",
	    .form = "text"};
	int c;

	while ((c = getopt_long(argc, argv, ":l:t:", options, NULL)) != -1) {
		if (c == 'l')
			preview.language = optarg;
		else if (c == 't')
			preview.tone = optarg;
		else if (c == 'h')
			preview.form = "html";
		else if (c == 'm')
			preview.form = "message";
		else
			return option_error(command, c, argv);
	}
	if (optind != argc - 1)
		return usage_error(command, "say which letter");
	preview.kind = argv[optind];
	return show(context, &preview);
}
