/*
 * cmd_quarantine.c - messages that could not be read in three tries: list
 * them, show their bytes, try again (with a newer version, say).
 */
#include "command.h"
#include "intake.h"
#include "lookup.h"
#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern const struct command cmd_quarantine;

/* Names without ".eml", in order. */
static GPtrArray *
names_of(const struct context *context)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *folder = context_path(context, "quarantine");
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		if (*name != '.' && g_str_has_suffix(name, ".eml"))
			g_ptr_array_add(names,
			    g_strndup(name, strlen(name) - 4));
	}
	if (dir)
		g_dir_close(dir);
	g_ptr_array_sort(names, compare_strings);
	return names;
}

static char *
path_of(const struct context *context, const char *name)
{
	return g_strdup_printf("%s/quarantine/%s.eml", context->home, name);
}

/* The one name that begins with this text, or NULL after having said why. */
static char *
find_name(const struct context *context, const char *text)
{
	g_autoptr(GPtrArray) names = names_of(context);
	const char *found = NULL;
	unsigned count = 0;

	for (guint i = 0; i < names->len && *text; i++) {
		if (g_str_has_prefix(names->pdata[i], text)) {
			found = names->pdata[i];
			count++;
		}
	}
	if (count == 1)
		return g_strdup(found);
	say_error(context, count ? "several messages in quarantine begin with "
	    "'%s'" : "there is no message '%s' in quarantine; 'mailfilter "
	    "quarantine list' shows them", text);
	return NULL;
}

static int
run_list(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {"Id", "Since", ">Bytes"};
	g_autoptr(GPtrArray) names = NULL;
	struct table *table;

	if (argc > 1)
		return usage_error(&cmd_quarantine, "'%s' is too much here",
		    argv[1]);
	names = names_of(context);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *path = path_of(context, name);
		g_autofree char *id = g_strndup(name, 12);
		struct stat info = {0};
		g_autofree char *since = stat(path, &info) == 0
		    ? moment_show(context, info.st_mtime) : NULL;
		g_autofree char *size = g_strdup_printf(">%lld",
		    (long long)info.st_size);
		const char *cells[] = {id, since, size};

		if (context->json)
			print_json(json_pack("{s:s, s:s, s:I}", "id", name,
			    "path", path, "bytes", (json_int_t)info.st_size));
		else
			table_row(table, cells);
	}
	table_end(table, "Nothing is in quarantine.");
	return EX_OK;
}

static int
run_show(struct context *context, int argc, char **argv)
{
	g_autofree char *name = NULL, *path = NULL;
	struct mail mail;
	bool good;

	if (argc != 2)
		return usage_error(&cmd_quarantine, "say which message");
	name = find_name(context, argv[1]);
	if (!name)
		return EX_NOINPUT;
	path = path_of(context, name);
	if (!mail_open(path, false, &mail)) {
		say_error(context, "%s: %s", path, g_strerror(errno));
		return EX_NOINPUT;
	}
	if (isatty(STDOUT_FILENO))
		say(context, "the bytes may hold anything; they are in %s",
		    path);
	good = isatty(STDOUT_FILENO) || mail_write(&mail, STDOUT_FILENO);
	mail_release(&mail);
	return good ? EX_OK : EX_IOERR;
}

/* ---- retry ----------------------------------------------------------------- */

static int
take_again(struct context *context, struct parser *parser, const char *path,
    const char *name)
{
	struct verdict verdict = {0};
	struct mail mail;
	const char *why = NULL;
	int code;
	bool unreadable;

	if (!mail_open(path, false, &mail)) {
		say_error(context, "%s: %s", path, g_strerror(errno));
		return EX_NOINPUT;
	}
	store_message_release(context->store, name);
	code = intake_message(context, parser, &mail, true, &verdict, &why);
	unreadable = code != EX_OK ||
	    g_str_has_prefix(verdict.summary, "unreadable");
	if (unreadable) {
		say_error(context, "%.12s still cannot be read%s%s", name,
		    why ? ": " : "", why ? why : "");
		store_message_add(context->store, name, NULL, "quarantined",
		    context->now);
		code = code == EX_OK ? EX_DATAERR : code;
	} else {
		unlink(path);
		if (!context->quiet && !context->json)
			printf("%.12s: %s\n", name, verdict.summary);
	}
	mail_release(&mail);
	verdict_release(&verdict);
	return code;
}

static int
run_retry(struct context *context, int argc, char **argv)
{
	struct parser *parser;
	int code;

	if (argc < 2)
		return usage_error(&cmd_quarantine, "say which message");
	code = context_config(context);
	if (code == EX_OK)
		code = context_store(context, STORE_WRITE);
	if (code != EX_OK)
		return code;
	parser = context_parser(context, false);
	if (!parser)
		return EX_CONFIG;
	for (int i = 1; i < argc && code == EX_OK; i++) {
		g_autofree char *name = find_name(context, argv[i]);
		g_autofree char *path = name ? path_of(context, name) : NULL;

		code = name ? take_again(context, parser, path, name)
			    : EX_NOINPUT;
	}
	parser_free(parser);
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"list", run_list}, {"show", run_show}, {"retry", run_retry},
		{NULL, NULL},
	};

	return verb_run(&cmd_quarantine, verbs, context, argc, argv);
}

const struct command cmd_quarantine = {
	.name = "quarantine",
	.usage = "list | show ID | retry ID...",
	.summary = "messages that could not be read",
	.run = run,
};
