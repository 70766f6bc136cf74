/*
 * cmd_init.c - makes a home: folders, a configuration with comments, an
 * empty store. Never touches one that is there.
 */
#include "command.h"
#include "init.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct request {
	const char *authserv_id;
	GPtrArray *mailboxes;	/* borrowed */
	bool demo;
};

/* ---- the configuration's text ------------------------------------------ */

/* A value as the configuration file writes it. */
static char *
quoted(const char *value)
{
	GString *out = g_string_new("\"");

	for (; *value; value++) {
		if (*value == '"' || *value == '\\' || *value == '$')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *value);
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}

static char *
init_set_option(const char *text, const char *key, const char *value)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	size_t length = strlen(key);

	for (char **line = lines; *line; line++) {
		const char *start = *line + strspn(*line, " \t");
		const char *word = start + strspn(start, "# \t");
		char *changed;

		if (strncmp(word, key, length) != 0 ||
		    word[length + strspn(word + length, " \t")] != '=')
			continue;
		changed = g_strdup_printf("%.*s%s = %s",
		    (int)(start - *line), *line, key, value);
		g_free(*line);
		*line = changed;
		break;
	}
	return g_strjoinv("\n", lines);
}

static void
replace(char **text, const char *key, const char *value)
{
	char *changed = init_set_option(*text, key, value);

	g_free(*text);
	*text = changed;
}

static char *
config_text(const struct request *request, const char *template)
{
	char *text = g_strdup(template);
	g_autoptr(GString) list = g_string_new("{");

	if (request->authserv_id) {
		g_autofree char *id = quoted(request->authserv_id);

		replace(&text, "authserv-id", id);
	}
	for (guint i = 0; i < request->mailboxes->len; i++) {
		g_autofree char *one = quoted(request->mailboxes->pdata[i]);

		g_string_append_printf(list, "%s%s", i ? ", " : "", one);
	}
	g_string_append_c(list, '}');
	if (request->mailboxes->len)
		replace(&text, "mailboxes", list->str);
	return text;
}

/* ---- making it ----------------------------------------------------------- */

static int
cannot(const struct context *context, const char *path)
{
	say_error(context, "%s cannot be made: %s", path, g_strerror(errno));
	return EX_CANTCREAT;
}

static int
make_folders(const struct context *context)
{
	static const char *const names[] = {
		"", "spool", "quarantine", "outbox", "banks", "statements",
		"templates",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = context_path(context, names[i]);

		if (g_mkdir_with_parents(path, 0700) != 0)
			return cannot(context, path);
	}
	return EX_OK;
}

/* Refuses when there is a home already. */
static int
check_absent(const struct context *context)
{
	g_autofree char *store = context_path(context, "store.db");
	const char *const files[] = {context->config_path, store};

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		if (access(files[i], F_OK) != 0)
			continue;
		say_error(context, "%s is there already; nothing was changed. "
		    "'mailfilter status' shows how it stands, --home DIR "
		    "makes another one.", files[i]);
		return EX_CANTCREAT;
	}
	return EX_OK;
}

static int
make_config(const struct context *context, const struct request *request)
{
	g_autofree char *from = place_data("mailfilter.conf.in");
	g_autofree char *template = NULL;
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	if (!g_file_get_contents(from, &template, NULL, &error)) {
		say_error(context, "%s", error->message);
		return EX_OSFILE;
	}
	text = config_text(request, template);
	if (!g_file_set_contents_full(context->config_path, text, -1,
	    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
	    &error)) {
		say_error(context, "%s", error->message);
		return EX_CANTCREAT;
	}
	return EX_OK;
}

static void
say_next(const struct context *context)
{
	if (context->quiet || context->json)
		return;
	printf("Made %s. What to do next:\n"
	       "  1. Put your name, address and bank account into %s\n"
	       "  2. mailfilter check\n"
	       "  3. mailfilter import customers.csv invoices.csv\n"
	       "  4. Let your mail server hand over the bank's mail: "
	       "mailfilter help hooks\n",
	    context->home, context->config_path);
}

static int
init(struct context *context, const struct request *request)
{
	int code = check_absent(context);

	if (code == EX_OK)
		code = make_folders(context);
	if (code == EX_OK)
		code = make_config(context, request);
	if (code == EX_OK)
		code = context_store(context, STORE_CREATE);
	if (code == EX_OK && request->demo)
		code = init_demo(context);
	if (code == EX_OK)
		say_next(context);
	return code;
}

/* ---- the command line ---------------------------------------------------- */

/* Printable, no space, nothing that a configuration file would trip over. */
static bool
plain_word(const char *word)
{
	if (!*word || !g_utf8_validate(word, -1, NULL))
		return false;
	for (; *word; word++) {
		if ((unsigned char)*word <= ' ' || *word == 0x7f ||
		    strchr("\"\\{};,<>()", *word))
			return false;
	}
	return true;
}

static bool
plain_address(const char *word)
{
	const char *at = strchr(word, '@');

	return plain_word(word) && at && at != word && at[1] &&
	    !strchr(at + 1, '@');
}

extern const struct command cmd_init;

static int
check_request(const struct request *request)
{
	if (request->authserv_id && !plain_word(request->authserv_id))
		return usage_error(&cmd_init, "'%s' is no authserv-id: it is "
		    "the first word of the Authentication-Results that your "
		    "mail server writes, such as mx.firm.example",
		    request->authserv_id);
	for (guint i = 0; i < request->mailboxes->len; i++) {
		const char *address = request->mailboxes->pdata[i];

		if (!plain_address(address))
			return usage_error(&cmd_init, "'%s' is no mail "
			    "address such as bank@firm.example", address);
	}
	return EX_OK;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"demo", no_argument, NULL, 'd'},
		{"authserv-id", required_argument, NULL, 'a'},
		{"mailbox", required_argument, NULL, 'm'},
		{NULL, 0, NULL, 0},
	};
	g_autoptr(GPtrArray) mailboxes = g_ptr_array_new();
	struct request request = {.mailboxes = mailboxes};
	int c;

	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'd')
			request.demo = true;
		else if (c == 'a')
			request.authserv_id = optarg;
		else if (c == 'm')
			g_ptr_array_add(mailboxes, optarg);
		else
			return option_error(&cmd_init, c, argv);
	}
	if (optind < argc && mailboxes->len == 0)
		return usage_error(&cmd_init, "'%s' is too much here",
		    argv[optind]);
	while (optind < argc)
		g_ptr_array_add(mailboxes, argv[optind++]);
	c = check_request(&request);
	return c == EX_OK ? init(context, &request) : c;
}

const struct command cmd_init = {
	.name = "init",
	.usage = "[--demo] [--authserv-id ID] [--mailbox ADDRESS...]",
	.summary = "make a home: configuration with comments, empty store",
	.options =
	    "  --demo            put sample customers and invoices in\n"
	    "  --authserv-id ID  what your mail server writes as the first word "
	    "of\n                    Authentication-Results; without it no mail "
	    "is trusted\n"
	    "  --mailbox ADDRESS the addresses that bank mail is sent to "
	    "(none: any)\n",
	.run = run,
};
