/*
 * cmd_bank.c - the banks whose mail is understood: list, show, check, and
 * test with a mail of one's own.
 */
#include "bank_learn.h"
#include "command.h"
#include "intake.h"
#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const struct command cmd_bank;

/* A list of strings, or of objects with a name, as one text. */
static char *
joined(const json_t *object, const char *key)
{
	GString *out = g_string_new(NULL);
	const json_t *list = json_object_get(object, key), *item;
	size_t i;

	json_array_foreach(list, i, item) {
		if (json_is_object(item))
			item = json_object_get(item, "name");
		g_string_append_printf(out, "%s%s", i ? ", " : "",
		    json_is_string(item) ? json_string_value(item) : "");
	}
	return g_string_free(out, FALSE);
}

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static int
list_banks(struct context *context, const struct parser *parser)
{
	static const char *const headings[] = {
		"Name", "Bank", "Country", "Language", "Mail from",
	};
	g_auto(GStrv) names = parser_bank_names(parser);
	struct table *table = table_new(context, G_N_ELEMENTS(headings),
	    headings);

	for (char **name = names; *name; name++) {
		json_t *bank = parser_bank_describe(parser, *name);
		g_autofree char *domains = joined(bank, "from");
		bool wrong = *text_of(bank, "fault") != '\0';
		const char *cells[] = {
			*name, wrong ? "wrong: see 'bank check'"
				     : text_of(bank, "title"),
			text_of(bank, "country"), text_of(bank, "language"),
			domains,
		};

		if (context->json)
			print_json(json_incref(bank));
		else
			table_row(table, cells);
		json_decref(bank);
	}
	table_end(table, "There is no bank's file.");
	return EX_OK;
}

static int
show_bank(const struct context *context, const struct parser *parser,
    const char *name)
{
	json_t *bank = parser_bank_describe(parser, name);

	if (!bank) {
		g_auto(GStrv) names = parser_bank_names(parser);
		const char *nearest = nearest_word(name,
		    (const char *const *)names);

		say_error(context, "there is no bank '%s'%s%s%s", name,
		    nearest ? "; did you mean '" : "; 'mailfilter bank list' "
		    "shows all", nearest ? nearest : "", nearest ? "'?" : "");
		return EX_NOINPUT;
	}
	if (context->json) {
		print_json(bank);
		return EX_OK;
	}
	for (const char *const *key = (const char *const[]){"from",
	    "dkim", "templates", NULL}; *key; key++) {
		g_autofree char *list = joined(bank, *key);

		if (*list)
			json_object_set_new(bank, *key, json_string(list));
	}
	print_fields(context, bank);
	return EX_OK;
}

static int
check_banks(const struct context *context, const struct parser *parser)
{
	g_auto(GStrv) problems = parser_check(parser);
	g_auto(GStrv) names = parser_bank_names(parser);

	for (char **problem = problems; *problem; problem++)
		fprintf(stderr, "%s\n", *problem);
	if (*problems)
		return EX_DATAERR;
	if (!context->quiet && !context->json)
		printf("%u banks, all in order.\n", g_strv_length(names));
	return EX_OK;
}

/* ---- test -------------------------------------------------------------------- */

static void
print_facts(const struct event *event)
{
	const char *amount = event_get(event, EVENT_AMOUNT);
	const char *currency = event_get(event, EVENT_CURRENCY);
	const char *payer = event_get(event, EVENT_PAYER);

	printf(": %s", amount ? amount : "no amount");
	if (amount && currency)
		printf(" %s", currency);
	if (payer)
		printf(" from %s", payer);
}

/* What a template, or the generic reader, made of the mail, and what it would
 * be worth. */
static void
print_worth(const struct event *event, bool template)
{
	const char *from = event_get(event, EVENT_FROM);
	const char *domain = from ? strrchr(from, '@') : NULL;

	if (event_is_verified(event))
		puts("  it would be trusted (class A)");
	else if (template)
		puts("  it would be no more than a hint (class U): its sender "
		     "is not verified");
	else if (domain && event_get(event, EVENT_READER))
		printf("  it would be no more than a hint (class U): no "
		    "bank's file names %s;\n  'mailfilter help "
		    "mailfilter-bank' shows how to write one\n", domain + 1);
}

static bool
print_reading(const struct context *context, const struct event *event)
{
	const char *reader = event_get(event, EVENT_READER);
	const char *name = event_get(event, EVENT_TEMPLATE);
	const char *why = event_get(event, EVENT_WHY);
	bool template = g_strcmp0(reader, "template") == 0;

	if (context->json) {
		print_json(event_to_json(event));
		return template;
	}
	printf("%s", event_kind_name(event_kind(event)));
	if (template)
		printf(" of %s, template %s", event_get(event, EVENT_BANK),
		    name ? name : "?");
	else if (reader)
		printf(" read by the words of its language");
	if (reader)
		print_facts(event);
	printf("%s%s\n", why ? ": " : "", why ? why : "");
	for (const char *const *r = event_refused(event); *r; r++)
		printf("  refused %s\n", *r);
	print_worth(event, template);
	return template;
}

static int
test_bank(struct context *context, struct parser *parser, const char *file)
{
	g_autoptr(GPtrArray) events = NULL;
	struct mail mail;
	bool retry, good = false;

	if (!mail_open(file, true, &mail)) {
		say_error(context, "%s: %s", file, g_strerror(errno));
		return EX_NOINPUT;
	}
	events = parser_read(parser, mail.fd, &retry);
	mail_release(&mail);
	for (guint i = 0; i < events->len; i++)
		good |= print_reading(context, events->pdata[i]);
	return good ? EX_OK : EX_DATAERR;
}

/* ---- verbs ------------------------------------------------------------------- */

static int
run_list(struct context *context, int argc, char **argv)
{
	struct parser *parser = context_parser(context, false);
	int code;

	(void)argv;
	if (!parser)
		return EX_CONFIG;
	code = argc > 1 ? usage_error(&cmd_bank, "'%s' is too much here",
	    argv[1]) : list_banks(context, parser);
	parser_free(parser);
	return code;
}

static int
run_show(struct context *context, int argc, char **argv)
{
	struct parser *parser;
	int code;

	if (argc != 2)
		return usage_error(&cmd_bank, "say which bank");
	parser = context_parser(context, false);
	if (!parser)
		return EX_CONFIG;
	code = show_bank(context, parser, argv[1]);
	parser_free(parser);
	return code;
}

static int
run_check(struct context *context, int argc, char **argv)
{
	struct parser *parser;
	int code;

	if (argc > 1)
		return usage_error(&cmd_bank, "'%s' is too much here",
		    argv[1]);
	parser = context_parser(context, false);
	if (!parser)
		return EX_CONFIG;
	code = check_banks(context, parser);
	parser_free(parser);
	return code;
}

/* Who vouches for the mail: our own server, else that of the first mailbox
 * that is fetched and has one. */
static struct parser *
parser_for_test(struct context *context)
{
	const struct config *config;

	if (access(context->config_path, F_OK) != 0 ||
	    context_config(context) != EX_OK)
		return context_parser(context, false);
	config = context->config;
	for (guint i = 0; !config->authserv_id && i < config->boxes->len; i++) {
		const struct mailbox *mailbox = config->boxes->pdata[i];

		if (!mailbox->authserv_id)
			continue;
		say(context, "as a mail of the mailbox %s", mailbox->name);
		return context_parser_of(context, mailbox);
	}
	return context_parser(context, false);
}

static int
run_test(struct context *context, int argc, char **argv)
{
	struct parser *parser;
	int code = EX_OK;

	if (argc < 2)
		return usage_error(&cmd_bank, "say which mail");
	parser = parser_for_test(context);
	if (!parser)
		return EX_CONFIG;
	for (int i = 1; i < argc; i++) {
		int one = test_bank(context, parser, argv[i]);

		code = code == EX_OK ? one : code;
	}
	parser_free(parser);
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"list", run_list}, {"show", run_show}, {"check", run_check},
		{"test", run_test}, {"learn", bank_learn}, {NULL, NULL},
	};

	return verb_run(&cmd_bank, verbs, context, argc, argv);
}

const struct command cmd_bank = {
	.name = "bank",
	.usage = "list | show BANK | check | test MAIL... | learn [OPTION]... MAIL...",
	.summary = "the banks whose mail is understood",
	.options =
	    "  list   all of them\n"
	    "  show   one: sender domains, language, templates\n"
	    "  check  is every bank's file in order?\n"
	    "  test   what a mail of yours would be read as, and worth\n"
	    "  learn  writes a bank's file from two or more of its mails\n"
	    "         -y, --yes           what is shown is right\n"
	    "         --set FIELD=VALUE   for the mail before it, or for all: as it\n"
	    "                             stands there; VALUE@2: its second place\n"
	    "         --kind KIND         credit, debit, return or other\n"
	    "         --other MAIL        one that means nothing for us\n"
	    "         --not MAIL          one that the file must not read\n"
	    "         --name NAME         of the file; --title, --country,\n"
	    "         --language, --dkim DOMAIN: what goes into it\n"
	    "         -n, --dry-run       print the file, write nothing\n"
	    "         --replace           a file that is there is kept as .old\n",
	.run = run,
};
