/*
 * bank_learn.c - `mailfilter bank learn`: samples of a bank's mail become its
 * file. Nothing is written before the file has read them all as confirmed.
 */
#include "bank_learn.h"
#include "command.h"
#include "intake.h"
#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const struct command cmd_bank;

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* ---- samples ---------------------------------------------------------------------- */

/* What the generic reader says becomes what is to be confirmed. */
static void
take_reading(json_t *sample)
{
	json_t *events = json_object_get(sample, "events");
	json_t *event = json_array_get(events, 0), *values = json_object();
	json_t *refused = json_object_get(event, "refused");
	bool one = json_array_size(events) == 1 &&
	    bank_learn_kind(sample, text_of(event, "kind"));

	for (const char *const *f = bank_learn_fields; one && *f; f++)
		if (json_object_get(event, *f))
			json_object_set(values, *f,
			    json_object_get(event, *f));
	json_object_set_new(sample, "values", values);
	json_object_set_new(sample, "places", json_object());
	json_object_set_new(sample, "refused", one && refused ?
	    json_deep_copy(refused) : json_array());
	if (json_array_size(events) > 1)
		json_array_append_new(json_object_get(sample, "refused"),
		    json_string("amount: several payments in one mail"));
}

/* What does not stand in the mail as it was read cannot be learned. */
static void
drop_unplaced(struct learning *learning, json_t *sample)
{
	json_t *values = json_object_get(sample, "values");

	for (const char *const *f = bank_learn_fields; *f; f++) {
		const char *value = text_of(values, *f);
		json_t *places = *value && strcmp(*f, "currency") != 0 ?
		    parser_places(learning->parser, sample, *f, value) : NULL;

		if (places && json_array_size(places) == 0)
			json_object_del(values, *f);
		json_decref(places);
	}
}

static json_t *
load(struct learning *learning, const char *file)
{
	struct mail mail;
	g_autofree char *why = NULL;
	json_t *sample;

	if (!mail_open(file, true, &mail)) {
		say_error(learning->context, "%s: %s", file,
		    g_strerror(errno));
		return NULL;
	}
	sample = parser_sample(learning->parser, mail.fd, &why);
	mail_release(&mail);
	if (!sample) {
		say_error(learning->context, "%s: %s", file, why);
		return NULL;
	}
	json_object_set_new(sample, "file", json_string(file));
	take_reading(sample);
	drop_unplaced(learning, sample);
	return sample;
}

static int
set_field(struct learning *learning, json_t *sample, const char *field,
    const char *value)
{
	g_autofree char *why = NULL;

	if (bank_learn_set(learning->parser, sample, field, value, &why))
		return EX_OK;
	say_error(learning->context, "%s: %s", text_of(sample, "file"), why);
	return EX_DATAERR;
}

static int
add_sample(struct learning *learning, const char *file, const char *kind)
{
	json_t *sample = load(learning, file), *value;
	const char *field;
	int code = EX_OK;

	if (!sample)
		return EX_NOINPUT;
	json_array_append_new(learning->samples, sample);
	if (kind)
		bank_learn_kind(sample, kind);
	if (g_strcmp0(kind, "other") == 0)
		return EX_OK;
	json_object_foreach(learning->sets, field, value) {
		int one = set_field(learning, sample, field,
		    json_string_value(value));

		code = code == EX_OK ? one : code;
	}
	return code;
}

/* ---- options ---------------------------------------------------------------------- */

/* FIELD=VALUE for the sample before it, or for all when there is none. */
static int
take_set(struct learning *learning, const char *text)
{
	const char *equal = strchr(text, '=');
	size_t count = json_array_size(learning->samples);
	g_autofree char *field = NULL;

	if (!equal)
		return usage_error(&cmd_bank, "--set wants FIELD=VALUE, not "
		    "'%s'", text);
	field = g_strndup(text, (gsize)(equal - text));
	if (count > 0)
		return set_field(learning, json_array_get(learning->samples,
		    count - 1), field, equal + 1);
	if (!g_strv_contains(bank_learn_fields, field))
		return usage_error(&cmd_bank, "there is no field '%s'",
		    field);
	json_object_set_new(learning->sets, field, json_string(equal + 1));
	return EX_OK;
}

static int
take_kind(struct learning *learning, const char *kind)
{
	size_t count = json_array_size(learning->samples);
	json_t *unused = json_object();
	bool known = bank_learn_kind(unused, kind);

	json_decref(unused);
	if (!known)
		return usage_error(&cmd_bank, "a kind is credit, debit, "
		    "return or other, not '%s'", kind);
	if (count > 0)
		bank_learn_kind(json_array_get(learning->samples, count - 1),
		    kind);
	else
		learning->kind = kind;
	return EX_OK;
}

static int
take_not(struct learning *learning, const char *file)
{
	json_t *sample = load(learning, file);

	if (!sample)
		return EX_NOINPUT;
	json_array_append_new(learning->not, sample);
	return EX_OK;
}

static bool
is_name(const char *name)
{
	return *name && !name[strspn(name,
	    "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

static int
take_option(struct learning *learning, int c, char **argv)
{
	switch (c) {
	case 1:
		return add_sample(learning, optarg, learning->kind);
	case 'o':
		return add_sample(learning, optarg, "other");
	case 'x':
		return take_not(learning, optarg);
	case 's':
		return take_set(learning, optarg);
	case 'k':
		return take_kind(learning, optarg);
	case 'N':
		learning->name = optarg;
		return is_name(optarg) ? EX_OK : usage_error(&cmd_bank,
		    "a bank's name is lower-case letters, figures and "
		    "hyphens, not '%s'", optarg);
	case 't':
		learning->title = optarg;
		return EX_OK;
	case 'd':
		learning->dkim = optarg;
		return EX_OK;
	case 'c':
		learning->country = optarg;
		return EX_OK;
	case 'l':
		learning->language = optarg;
		return EX_OK;
	case 'y':
		learning->yes = true;
		return EX_OK;
	case 'r':
		learning->replace = true;
		return EX_OK;
	case 'n':
		learning->context->dry_run = true;
		return EX_OK;
	default:
		return option_error(&cmd_bank, c, argv);
	}
}

static int
take_options(struct learning *learning, int argc, char **argv)
{
	static const struct option options[] = {
		{"yes", no_argument, NULL, 'y'},
		{"dry-run", no_argument, NULL, 'n'},
		{"replace", no_argument, NULL, 'r'},
		{"name", required_argument, NULL, 'N'},
		{"title", required_argument, NULL, 't'},
		{"country", required_argument, NULL, 'c'},
		{"language", required_argument, NULL, 'l'},
		{"dkim", required_argument, NULL, 'd'},
		{"set", required_argument, NULL, 's'},
		{"kind", required_argument, NULL, 'k'},
		{"other", required_argument, NULL, 'o'},
		{"not", required_argument, NULL, 'x'},
		{NULL, 0, NULL, 0},
	};
	int c, code = EX_OK;

	while (code == EX_OK && (c = getopt_long(argc, argv, "-:ny", options,
	    NULL)) != -1)
		code = take_option(learning, c, argv);
	for (; code == EX_OK && optind < argc; optind++)
		code = add_sample(learning, argv[optind], learning->kind);
	if (code == EX_OK && json_array_size(learning->samples) == 0)
		code = usage_error(&cmd_bank, "say which mails");
	return code;
}

/* ---- confirming ---------------------------------------------------------------------- */

/* Is what is shown right? By --yes, or at the terminal. */
static int
confirm(struct learning *learning)
{
	struct context *context = learning->context;
	bool ask = !learning->yes && isatty(STDIN_FILENO) && !context->json;
	int code = EX_OK;

	for (size_t i = 0; i < json_array_size(learning->samples); i++) {
		json_t *sample = json_array_get(learning->samples, i);
		g_autoptr(GPtrArray) missing = NULL;
		enum bank_learn_answer answer = LEARN_CONFIRMED;

		if (ask)
			answer = bank_learn_ask(context, learning->parser,
			    sample);
		else if (!context->json && !context->quiet)
			bank_learn_show(context, learning->parser, sample);
		if (answer == LEARN_STOPPED)
			return EX_DATAERR;
		if (answer == LEARN_SKIPPED) {
			json_array_remove(learning->samples, i--);
			continue;
		}
		missing = bank_learn_missing(sample);
		for (guint j = 0; j < missing->len; j++)
			say_error(context, "%s: missing: %s",
			    text_of(sample, "file"),
			    (char *)missing->pdata[j]);
		code = missing->len ? EX_DATAERR : code;
	}
	if (code == EX_OK && !ask && !learning->yes) {
		say_error(context, "nothing is written: if all this is right, "
		    "say --yes; else correct it with --set FIELD=VALUE");
		code = EX_DATAERR;
	}
	return code;
}

/* ---- the verb ---------------------------------------------------------------------------- */

int
bank_learn(struct context *context, int argc, char **argv)
{
	struct learning learning = {.context = context,
	    .samples = json_array(), .not = json_array(),
	    .sets = json_object(),
	    .problems = g_ptr_array_new_with_free_func(g_free),
	    .notes = g_ptr_array_new_with_free_func(g_free)};
	int code = EX_CONFIG;

	learning.parser = context_parser(context, false);
	if (learning.parser)
		code = take_options(&learning, argc, argv);
	if (code == EX_OK)
		code = confirm(&learning);
	if (code == EX_OK && json_array_size(learning.samples) == 0) {
		say_error(context, "no sample is left; nothing is written");
		code = EX_DATAERR;
	}
	if (code == EX_OK)
		code = bank_learn_write(&learning);
	parser_free(learning.parser);
	json_decref(learning.samples);
	json_decref(learning.not);
	json_decref(learning.sets);
	g_ptr_array_unref(learning.problems);
	g_ptr_array_unref(learning.notes);
	return code;
}
