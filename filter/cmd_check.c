/*
 * cmd_check.c - is everything in order? Configuration, banks, templates,
 * helper programs, store with its hash chain, and whether mail can be trusted
 * at all. Each check is one row of a table.
 */
#include "../templates/templates.h"

#include "check.h"
#include "command.h"
#include "lookup.h"
#include "print.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern const struct command cmd_check;

void
check_note(GPtrArray *list, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_ptr_array_add(list, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

static void
take_strings(GPtrArray *list, char **strings)
{
	for (char **s = strings; s && *s; s++)
		g_ptr_array_add(list, g_strdup(*s));
	g_strfreev(strings);
}

/* ---- the checks ------------------------------------------------------------- */

static void
check_config(struct context *context, struct findings *findings)
{
	g_autofree char *why = NULL;
	struct stat info;

	if (stat(context->config_path, &info) == 0 && (info.st_mode & 077))
		check_note(findings->problems, "%s can be read by others: chmod 600 "
		    "it", context->config_path);
	if (!context->config)
		context->config = config_load(context->config_path,
		    context->home, &why);
	if (!context->config)
		check_note(findings->problems, "%s", why ? why : "no configuration");
}

/* Does a provider vouch for the mail of a mailbox that is fetched? */
static bool
some_mailbox_is_vouched_for(const struct config *config)
{
	for (guint i = 0; i < config->boxes->len; i++) {
		const struct mailbox *mailbox = config->boxes->pdata[i];

		if (mailbox->authserv_id)
			return true;
	}
	return false;
}

/* Who says that a bank's mail is the bank's? */
static void
check_authentication(const struct config *config, struct findings *findings)
{
	bool off = strcmp(config->dkim, "off") == 0;
	bool keys = strcmp(config->dkim, "keys") == 0;

	if (!config->authserv_id && off && !some_mailbox_is_vouched_for(config))
		check_note(findings->hints, "neither authserv-id nor dkim is "
		    "set, so no mail is trusted: a bank's notice holds a "
		    "reminder for two days at most and never settles an "
		    "invoice; only statements and your own word do. Does your "
		    "mail server check DKIM? Set authserv-id to the first word "
		    "of the Authentication-Results fields that it writes. If "
		    "not, set dkim = \"dns\", and mailfilter checks the banks' "
		    "signatures itself ('mailfilter help mailfilter.conf', "
		    "section intake)");
	if (keys && (!config->dkim_keys || access(config->dkim_keys, R_OK)))
		check_note(findings->problems, "intake: dkim = \"keys\" needs "
		    "dkim-keys, a file that can be read, with the banks' keys");
	if ((config->authserv_id || !off) && !*config->mailboxes)
		check_note(findings->hints, "intake: mailboxes is empty, so the "
		    "genuine notice of another customer of your bank, sent on "
		    "to you, counts like yours; name the addresses that your "
		    "bank writes to");
}

static void
check_trust(struct context *context, struct findings *findings)
{
	const struct config *config = context->config;

	if (!config)
		return;
	check_authentication(config, findings);
	if (g_str_has_suffix(config->email, "@example.com"))
		check_note(findings->hints, "owner: %s is only an example; letters "
		    "need your own address", config->email);
}

/* The first word of the password command is there? It is looked for as
 * execvp does it. */
static bool
command_is_there(const char *command)
{
	g_auto(GStrv) argv = NULL;
	g_autofree char *path = NULL;

	if (!g_shell_parse_argv(command, NULL, &argv, NULL))
		return false;
	path = g_find_program_in_path(argv[0]);
	return path != NULL;
}

static void
check_mailbox(const struct mailbox *mailbox, const struct config *config,
    struct findings *findings)
{
	bool own_dkim = strcmp(config->dkim, "off") != 0;

	if (!mailbox->addresses && !*config->mailboxes &&
	    (mailbox->authserv_id || own_dkim))
		check_note(findings->hints, "mailbox %s: without addresses the genuine "
		    "notice of another customer of your bank, sent on to you, "
		    "counts like yours; name the addresses that your bank "
		    "writes to", mailbox->name);
	if (!mailbox->authserv_id && !own_dkim)
		check_note(findings->hints, "mailbox %s: without authserv-id none of "
		    "its mail is trusted, and none settles an invoice; look "
		    "at the Authentication-Results of a mail there",
		    mailbox->name);
	if (!command_is_there(mailbox->password_command))
		check_note(findings->problems, "mailbox %s: password-command: there "
		    "is no program for '%s'", mailbox->name,
		    mailbox->password_command);
	if (mailbox->ca_file && access(mailbox->ca_file, R_OK) != 0)
		check_note(findings->problems, "mailbox %s: ca-file %s cannot be "
		    "read", mailbox->name, mailbox->ca_file);
	if (mailbox->after == AFTER_DELETE)
		check_note(findings->hints, "mailbox %s: its mail is deleted on the "
		    "server once it is taken", mailbox->name);
}

static bool
same_place(const struct mailbox *a, const struct mailbox *b)
{
	if (strcmp(a->host, b->host) != 0 || strcmp(a->user, b->user) != 0)
		return false;
	for (char **name = a->folders; *name; name++)
		if (g_strv_contains((const char *const *)b->folders, *name))
			return true;
	return false;
}

static void
check_mailboxes(struct context *context, struct findings *findings)
{
	const struct config *config = context->config;

	for (guint i = 0; config && i < config->boxes->len; i++) {
		const struct mailbox *mailbox = config->boxes->pdata[i];

		check_mailbox(mailbox, config, findings);
		for (guint j = 0; j < i; j++) {
			const struct mailbox *other = config->boxes->pdata[j];

			if (same_place(mailbox, other))
				check_note(findings->hints, "mailboxes %s and %s are "
				    "the same place: its mail is read twice",
				    other->name, mailbox->name);
		}
	}
}

static void
check_data(struct findings *findings)
{
	static const char *const names[] = {"banks", "words", "statements"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = place_data(names[i]);

		if (!g_file_test(path, G_FILE_TEST_IS_DIR))
			check_note(findings->problems, "the folder %s is not "
			    "there: install mailfilter once more", path);
	}
}

static void
check_banks(struct context *context, struct findings *findings)
{
	struct parser *parser;

	check_data(findings);

	if (!context->config)
		return;
	parser = context_parser(context, false);
	if (!parser)
		check_note(findings->problems, "the banks' files cannot be read");
	else
		take_strings(findings->problems, parser_check(parser));
	parser_free(parser);
}

static void
check_templates(struct context *context, struct findings *findings)
{
	g_autofree char *own = context_path(context, "templates");
	g_autofree char *ours = place_data("templates");
	const char *const dirs[] = {own, ours, NULL};

	take_strings(findings->problems, templates_check(dirs));
}

static void
check_helpers(struct context *context, struct findings *findings)
{
	static const char *const names[] = {
		"mailfilter-extract", "mailfilter-render", "mailfilter-send",
		"mailfilter-sign",
		"mailfilter-dkim", "mailfilter-screen",
	};
	static const char *const folders[] = {
		"banks", "words", "statements", "templates",
	};

	(void)context;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = place_helper(names[i]);

		if (access(path, X_OK) != 0)
			check_note(findings->problems, "the helper program %s is not "
			    "there", path);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = place_data(folders[i]);

		if (access(path, R_OK | X_OK) != 0)
			check_note(findings->problems, "the folder %s is not "
			    "there; without it bank mail is not understood, or "
			    "no letter is written: install mailfilter again",
			    path);
	}
}

static void
check_store(struct context *context, struct findings *findings)
{
	g_autoptr(GPtrArray) problems = NULL;
	enum store_status status;

	if (context_store(context, STORE_READ) != EX_OK) {
		check_note(findings->problems, "the store cannot be opened");
		return;
	}
	status = store_check(context->store, &problems);
	if (status != STORE_OK)
		check_note(findings->problems, "%s", store_error(context->store));
	for (guint i = 0; status == STORE_OK && i < problems->len; i++)
		check_note(findings->problems, "store: %s",
		    (const char *)problems->pdata[i]);
}

static const struct {
	const char *name;
	void (*check)(struct context *context, struct findings *findings);
} checks[] = {
	{"configuration", check_config}, {"trust", check_trust},
	{"mailboxes", check_mailboxes},
	{"banks", check_banks}, {"templates", check_templates},
	{"helpers", check_helpers}, {"store", check_store},
	{"accounts", check_accounts}, {"sending", check_sending},
	{"rules", check_rules},
	{"policies", check_policies}, {"invoices", check_invoices},
};

/* ---- telling ------------------------------------------------------------------ */

static void
print_findings(const struct context *context, const char *name,
    const GPtrArray *list, guint from, bool problem)
{
	g_autofree char *mark = g_strconcat(
	    paint(context, problem ? PAINT_RED : PAINT_YELLOW),
	    problem ? "!" : "-", paint(context, PAINT_NONE), NULL);

	for (guint i = from; i < list->len; i++) {
		if (context->json)
			print_json(json_pack("{s:s, s:s, s:s}", "check", name,
			    "level", problem ? "problem" : "hint", "text",
			    list->pdata[i]));
		else
			print_point(mark, list->pdata[i]);
	}
}

static void
run_check(struct context *context, size_t i, struct findings *findings)
{
	guint problems = findings->problems->len;
	guint hints = findings->hints->len;

	checks[i].check(context, findings);
	if (!context->json && !context->quiet) {
		bool good = findings->problems->len == problems;
		bool done = good && findings->hints->len == hints;

		printf("%-14s %s%s%s\n", checks[i].name,
		    paint(context, done ? PAINT_GREEN :
		    good ? PAINT_YELLOW : PAINT_RED),
		    done ? "in order" : good ? "to do" : "not in order",
		    paint(context, PAINT_NONE));
	}
	print_findings(context, checks[i].name, findings->problems, problems,
	    true);
	print_findings(context, checks[i].name, findings->hints, hints, false);
}

static int
run(struct context *context, int argc, char **argv)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func(g_free);
	struct findings findings = {problems, hints};

	if (argc > 1)
		return usage_error(&cmd_check, "'%s' is too much here",
		    argv[1]);
	if (access(context->config_path, F_OK) != 0)
		return context_config(context);
	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
		run_check(context, i, &findings);
	return problems->len ? EX_DATAERR : EX_OK;
}

const struct command cmd_check = {
	.name = "check",
	.usage = "",
	.summary = "configuration, banks, templates, store: all in order?",
	.run = run,
};
