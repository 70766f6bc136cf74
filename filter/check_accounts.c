/*
 * check_accounts.c - what each bank account of the configuration still needs
 * before its money is seen: a bank that is known, mail of it, statements. And
 * the owner's banks that no account names.
 */
#include "check.h"
#include "command.h"
#include "pay.h"
#include "print.h"
#include "remind.h"

#include <string.h>

/* The names of all banks; the description of one says which file it is. */
struct banks {
	struct parser *parser;
	char **names;
};

static bool
bank_is_known(const struct account *account, const struct banks *banks,
    struct findings *findings)
{
	const char *const *names = (const char *const *)banks->names;
	const char *nearest;

	if (!account->bank || !names || g_strv_contains(names, account->bank))
		return true;
	nearest = nearest_word(account->bank, names);
	check_note(findings->problems, "account %s: there is no bank '%s'%s%s%s",
	    account->name, account->bank, nearest ? "; did you mean '"
	    : "; 'mailfilter bank list' shows all", nearest ? nearest : "",
	    nearest ? "'?" : "");
	return false;
}

/* Where does word of its money come from, and did any come? */
static void
check_evidence(const struct account *account, const struct feed *feed,
    struct findings *findings)
{
	bool booked = feed && feed->closed;

	if (!account->bank && !account->statement_settles)
		check_note(findings->hints, "account %s: no bank is named, so "
		    "only statements tell of its money; name the bank "
		    "('mailfilter bank list'), or say settles = \"statement\"",
		    account->name);
	else if (account->statement_settles && !booked)
		check_note(findings->hints, "account %s: no statement was "
		    "imported yet; its invoices close with the first one: "
		    "mailfilter import FILE", account->name);
	else if (account->bank && (!feed || !feed->heard))
		check_note(findings->hints, "account %s: no genuine mail of %s "
		    "was seen yet, so no reminder of its invoices leaves; let "
		    "it come by ('mailfilter help hooks'), and see what one "
		    "is worth: mailfilter bank test FILE", account->name,
		    account->bank);
	else if (feed && feed_drifts(feed))
		check_note(findings->hints, "account %s: the last mails of %s "
		    "were not understood; see 'mailfilter status'",
		    account->name, account->bank ? account->bank : "its bank");
}

static bool
is_named(const struct config *config, const char *bank)
{
	for (guint i = 0; i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (g_strcmp0(account->bank, bank) == 0)
			return true;
	}
	return false;
}

static bool
is_own_file(const struct config *config, const char *file)
{
	for (char **dir = config->bank_dirs; file && dir && *dir; dir++) {
		if (g_str_has_prefix(file, *dir) &&
		    file[strlen(*dir)] == G_DIR_SEPARATOR)
			return true;
	}
	return false;
}

/* A bank that the owner wrote or taught, and that no account uses. */
static void
check_own_banks(const struct config *config, const struct banks *banks,
    struct findings *findings)
{
	for (char **name = banks->names; name && *name; name++) {
		json_t *bank;
		const char *file;

		if (is_named(config, *name))
			continue;
		bank = parser_bank_describe(banks->parser, *name);
		file = json_string_value(json_object_get(bank, "file"));
		if (is_own_file(config, file))
			check_note(findings->hints, "%s: no account names this "
			    "bank, so its mail settles nothing; put bank = "
			    "\"%s\" into the section of the account", file,
			    *name);
		json_decref(bank);
	}
}

static void
check_each(struct context *context, const struct banks *banks,
    struct findings *findings)
{
	const struct config *config = context->config;
	g_autoptr(GPtrArray) feeds = NULL;

	if (!context->store ||
	    store_feed_list(context->store, &feeds) != STORE_OK)
		feeds = g_ptr_array_new();
	for (guint i = 0; i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		g_autofree char *hint = pay_account_hint(account, config);

		if (hint)
			check_note(findings->hints, "account %s: %s",
			    account->name, hint);
		if (bank_is_known(account, banks, findings))
			check_evidence(account, feed_of_account(feeds,
			    account), findings);
	}
	if (!config->accounts->len)
		check_note(findings->hints, "there is none: no mail can settle "
		    "an invoice and no reminder leaves; add a section account "
		    "to the configuration ('mailfilter bank list' shows the "
		    "banks)");
}

void
check_accounts(struct context *context, struct findings *findings)
{
	struct banks banks = {NULL, NULL};

	if (!context->config)
		return;
	banks.parser = context_parser(context, false);
	if (banks.parser)
		banks.names = parser_bank_names(banks.parser);
	check_each(context, &banks, findings);
	check_own_banks(context->config, &banks, findings);
	g_strfreev(banks.names);
	parser_free(banks.parser);
}
