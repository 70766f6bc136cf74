/*
 * bank_learn_file.c - from confirmed samples to a file that is proved, then
 * written; and what the mails are worth with it.
 */
#include "bank_learn.h"
#include "intake.h"
#include "print.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* "northgate" of mail.northgate.co.uk. */
static char *
name_of_domain(const char *domain)
{
	g_auto(GStrv) parts = g_strsplit(domain, ".", -1);
	guint count = g_strv_length(parts);
	guint at = count > 1 ? count - 2 : 0;

	if (count > 2 && strlen(parts[count - 1]) == 2 &&
	    strlen(parts[at]) <= 3)
		at--;
	return g_ascii_strdown(count ? parts[at] : "bank", -1);
}

/* A bank that is known gets more templates: the text of its file. */
static char *
known_text(const struct learning *learning, const char *name)
{
	json_t *bank = learning->name ? NULL :
	    parser_bank_describe(learning->parser, name);
	const char *file = text_of(bank, "file");
	char *text = NULL;

	if (*file)
		g_file_get_contents(file, &text, NULL, NULL);
	json_decref(bank);
	return text;
}

/* The owner's own folder of banks. */
static char *
own_path(const struct context *context, const char *name)
{
	g_autofree char *file = g_strconcat(name, ".bank", NULL);
	g_autofree char *home = context_path(context, "banks");
	const char *folder = context->config && context->config->bank_dirs ?
	    context->config->bank_dirs[0] : home;

	g_mkdir_with_parents(folder, 0700);
	return g_build_filename(folder, file, NULL);
}

/* Tries the text as a file that nobody reads yet. */
static bool
prove(struct learning *learning, const char *text, const char *name,
    const json_t *job)
{
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("mailfilter-XXXXXX", &path, NULL);

	if (fd < 0 || !g_file_set_contents(path, text, -1, NULL)) {
		g_ptr_array_add(learning->problems,
		    g_strdup("no temporary file can be written"));
	} else {
		parser_learn_check(learning->parser, path, name, job,
		    learning->problems, learning->notes);
		unlink(path);
	}
	if (fd >= 0)
		close(fd);
	return learning->problems->len == 0;
}

static int
write_file(const struct learning *learning, const char *path,
    const char *text)
{
	struct context *context = learning->context;
	g_autofree char *old = g_strconcat(path, ".old", NULL);
	g_autoptr(GError) error = NULL;

	if (access(path, F_OK) == 0 && !learning->replace) {
		say_error(context, "%s is there already: --replace puts the "
		    "new one in its place and keeps it as %s", path, old);
		return EX_CANTCREAT;
	}
	if (access(path, F_OK) == 0 && rename(path, old) != 0) {
		say_error(context, "%s: %s", old, g_strerror(errno));
		return EX_CANTCREAT;
	}
	if (!g_file_set_contents(path, text, -1, &error)) {
		say_error(context, "%s", error->message);
		return EX_CANTCREAT;
	}
	return EX_OK;
}

/* ---- what it is worth ------------------------------------------------------------------ */

/* Reads the samples again, as they will be from now on. */
static void
show_worth(const struct learning *learning)
{
	struct parser *parser = context_parser(learning->context, false);

	for (size_t i = 0; parser && i < json_array_size(learning->samples);
	    i++) {
		const char *file = text_of(json_array_get(learning->samples,
		    i), "file");
		g_autoptr(GPtrArray) events = NULL;
		struct mail mail;
		bool retry;

		if (!mail_open(file, true, &mail))
			continue;
		events = parser_read(parser, mail.fd, &retry);
		mail_release(&mail);
		if (event_is_verified(events->pdata[0])) {
			printf("%s: trusted (class A)\n", file);
			continue;
		}
		printf("%s: would be class U:\n", file);
		for (const char *const *why = event_refused(events->pdata[0]);
		    *why; why++)
			printf("  %s\n", *why);
	}
	parser_free(parser);
}

static void
show_next(const struct learning *learning, const char *path,
    const char *name)
{
	if (learning->context->json || learning->context->quiet)
		return;
	printf("Wrote %s.\n", path);
	show_worth(learning);
	printf("Now put   bank = \"%s\"   into the account's section of %s, "
	    "then: mailfilter check\n", name, learning->context->config_path);
}

static void
print_strings(const char *title, const GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++)
		fprintf(stderr, "%s: %s\n", title, (char *)list->pdata[i]);
}

static json_t *
strings(const GPtrArray *list)
{
	json_t *array = json_array();

	for (guint i = 0; i < list->len; i++)
		json_array_append_new(array, json_string(list->pdata[i]));
	return array;
}

static void
print_result(const struct learning *learning, const char *name,
    const char *path, const char *text)
{
	json_t *samples = json_array(), *sample;
	size_t i;

	if (!learning->context->json)
		return;
	json_array_foreach(learning->samples, i, sample)
		json_array_append_new(samples, json_pack("{s:O, s:O, s:O}",
		    "file", json_object_get(sample, "file"),
		    "kind", json_object_get(sample, "kind"),
		    "values", json_object_get(sample, "values")));
	print_json(json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "name", name,
	    "file", path, "text", text, "samples", samples,
	    "problems", strings(learning->problems),
	    "notes", strings(learning->notes)));
}

/* ---- the verb ---------------------------------------------------------------------------- */

int
bank_learn_write(struct learning *learning)
{
	const json_t *first = json_array_get(learning->samples, 0);
	const char *known = text_of(first, "bank");
	g_autofree char *name = learning->name ? g_strdup(learning->name) :
	    *known ? g_strdup(known) : name_of_domain(text_of(first,
	    "domain"));
	g_autofree char *append = known_text(learning, name);
	g_autofree char *path = own_path(learning->context, name);
	g_autofree char *text = NULL;
	json_t *job = bank_learn_job(learning->samples, learning->title,
	    learning->dkim, learning->notes);
	bool good;
	int code;

	json_object_set(job, "not", learning->not);
	json_put(job, "country", learning->country);
	json_put(job, "language", learning->language);
	json_put(job, "append", append);
	text = parser_learn(learning->parser, job, learning->problems);
	good = learning->problems->len == 0 &&
	    prove(learning, text, name, job);
	json_decref(job);
	print_strings("hint", learning->notes);
	print_strings("mailfilter", learning->problems);
	print_result(learning, name, path, text);
	if (!good && !learning->context->json)
		say_error(learning->context, "nothing is written");
	if (!good && learning->context->verbose)
		fprintf(stderr, "%s", text);
	if (good && learning->context->dry_run && !learning->context->json)
		printf("%s", text);
	if (!good || learning->context->dry_run)
		return good ? EX_OK : EX_DATAERR;
	code = write_file(learning, path, text);
	if (code == EX_OK)
		show_next(learning, path, name);
	return code;
}
