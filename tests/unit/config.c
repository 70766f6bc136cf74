/*
 * The configuration: what a file says, what is refused and on which line, and
 * the steps of the policies.
 */
#include "../../filter/config_internal.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *dir;

static struct config *
load(const char *text, unsigned mode, char **why)
{
	g_autofree char *path = g_build_filename(dir, "t.conf", NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_assert_cmpint(chmod(path, mode), ==, 0);
	return config_load(path, dir, why);
}

/* ---- steps --------------------------------------------------------------- */

struct step_case {
	const char *text;
	int offset;		/* 999: refused */
	const char *tone;
	int term;
	const char *flags;	/* fee, legal, instalments (d: if deserving),
				 * interest (n), compensation, Owner's copy,
				 * Business days, Final, Escalate */
};

static const struct step_case step_cases[] = {
    {"before 3 days tone friendly", -3, "friendly", 0, ""},
    {"before 1 day", -1, "friendly", 0, ""},
    {"on the due date", 0, "friendly", 0, ""},
    {"on due date tone friendly", 0, "friendly", 0, ""},
    {"after 3 days tone understanding term 7 days", 3, "understanding", 7, ""},
    {"After 14 Days, tone firm, term 7 days", 14, "firm", 7, ""},
    {"after 10 days offer instalments if deserving", 10, "understanding", 0,
        "id"},
    {"after 10 days offer instalments", 10, "understanding", 0, "i"},
    {"after 5 business days", 5, "understanding", 0, "B"},
    {"before 1 Business day", -1, "friendly", 0, "B"},
    {"after 5 working days interest compensation term 3 days copy owner", 5,
        "understanding", 3, "ncOB"},
    {"after 20 days tone firm legal final copy to owner", 20, "firm", 0,
        "lFO"},
    {"after 20 days tone firm fee legal", 20, "firm", 0, "fl"},
    {"after 30 days escalate", 30, NULL, 0, "E"},
    {"", 999, NULL, 0, ""},
    {"after", 999, NULL, 0, ""},
    {"after days", 999, NULL, 0, ""},
    {"after 0 days", 999, NULL, 0, ""},
    {"after -3 days", 999, NULL, 0, ""},
    {"after 3", 999, NULL, 0, ""},
    {"after 3 weeks", 999, NULL, 0, ""},
    {"after 99999999999 days", 999, NULL, 0, ""},
    {"after 3 days tone rude", 999, NULL, 0, ""},
    {"after 3 days tone", 999, NULL, 0, ""},
    {"after 3 days term", 999, NULL, 0, ""},
    {"after 3 days whistle", 999, NULL, 0, ""},
    {"after 3 days offer tea", 999, NULL, 0, ""},
    {"after 3 days escalate tone firm", 999, NULL, 0, ""},
    {"before 3 days tone firm", 999, NULL, 0, ""},
    {"before 3 days fee", 999, NULL, 0, ""},
    {"before 3 days escalate", 999, NULL, 0, ""},
    {"on the moon", 999, NULL, 0, ""},
    {"on the due date tone firm", 999, NULL, 0, ""},
    {"on the due date term 3 days", 999, NULL, 0, ""},
    {"after 3 calendar days", 999, NULL, 0, ""},
    {"after 3 days copy customer", 999, NULL, 0, ""},
    {"after 3 days offer instalments if rich", 999, NULL, 0, ""},
    {"after 3 days final offer instalments", 999, NULL, 0, ""},
    {"after 3 days term 3 business days", 999, NULL, 0, ""},
    {"after 3 days escalate copy owner", 999, NULL, 0, ""},
    {"before 3 days interest", 999, NULL, 0, ""},
    {"before 3 days final", 999, NULL, 0, ""},
};

static void
test_step(gconstpointer data)
{
	const struct step_case *c = data;
	g_autofree char *why = NULL;
	struct step *step = step_parse(c->text, &why);

	if (c->offset == 999) {
		g_assert_null(step);
		g_assert_nonnull(why);
		return;
	}
	g_assert_nonnull(step);
	g_assert_cmpint(step->offset, ==, c->offset);
	g_assert_cmpstr(step->tone, ==, c->tone);
	g_assert_cmpint(step->term_days, ==, c->term);
	g_assert_cmpint(step->fee, ==, strchr(c->flags, 'f') != NULL);
	g_assert_cmpint(step->legal, ==, strchr(c->flags, 'l') != NULL);
	g_assert_cmpint(step->instalments, ==, strchr(c->flags, 'i') != NULL);
	g_assert_cmpint(step->if_deserving, ==, strchr(c->flags, 'd') != NULL);
	g_assert_cmpint(step->interest, ==, strchr(c->flags, 'n') != NULL);
	g_assert_cmpint(step->compensation, ==, strchr(c->flags, 'c') != NULL);
	g_assert_cmpint(step->copy_owner, ==, strchr(c->flags, 'O') != NULL);
	g_assert_cmpint(step->business, ==, strchr(c->flags, 'B') != NULL);
	g_assert_cmpint(step->final, ==, strchr(c->flags, 'F') != NULL);
	g_assert_cmpint(step->escalate, ==, strchr(c->flags, 'E') != NULL);
	g_assert_cmpstr(step->text, ==, c->text);
	step_free(step);
}

/* ---- what is refused ------------------------------------------------------- */

#define OWNER "owner { email = \"anna@example.com\" }\n"
#define ACCOUNT "account \"main\" { iban = \"CZ65 0800 0000 1920 0014 5399\" }\n"

struct bad_case {
	const char *name, *text;
	int line;		/* 0: the file as a whole */
	const char *reason;
};

static const struct bad_case bad_cases[] = {
    {"unclosed-brace", OWNER "\nmatch {\n discount-grace-days = 3\n", 3,
        "never closed"},
    {"unclosed-nested", "owner {\n email = \"a@b.example\"\n"
        "policy \"x\" {\n steps = { \"after 3 days\"\n}\n", 3, "never closed"},
    {"extra-brace", OWNER "}\n", 2, "no opening"},
    {"unclosed-quote", "owner {\n email = \"anna@example.com\n}\n", 2,
        "quotation mark"},
    {"unclosed-comment", OWNER "/* hello\n\n", 2, "comment"},
    {"environment", "owner {\n company = \"${HOME}\" }", 2, "expanded"},
    {"not-utf8", OWNER "#\n# \xff\n", 3, "UTF-8"},
    {"twice", "owner {\n email = \"a@b.example\"\n email = \"c@d.example\" }",
        3, "email is there twice"},
    {"list-twice", OWNER "intake {\n mailboxes = {\"a@b.example\"}\n"
        " mailboxes = {\"c@d.example\"}\n}\n", 4, "mailboxes is there twice"},
    {"list-comma-twice", OWNER "intake {\n mailboxes = {\"a@b.example\",}\n"
        " mailboxes = {\"c@d.example\"}\n}\n", 4, "mailboxes is there twice"},
    {"comments-and-lines", OWNER "# one\n// two\n/* three\n\nfour */\nmatch {\n"
        " fuzz = \"a\nb\"\n}\n", 8, "fuzz"},
    {"section-twice", OWNER "match { }\nmatch { }\n", 3, "twice"},
    {"account-twice", OWNER ACCOUNT "account \"main\" { iban = \"DE1\" }\n",
        3, "\"main\" is there twice"},
    {"same-iban", OWNER ACCOUNT "account \"b\" { iban = "
        "\"CZ6508000000192000145399\" }\n", 0, "same iban"},
    {"no-iban", OWNER "account \"x\" {\n holder = \"A\"\n}\n", 4,
        "no iban"},
    {"bad-iban", OWNER "account \"x\" {\n iban = \"CZ65;drop\"\n}\n", 3,
        "account number"},
    {"unknown-option", OWNER "match {\n fuzz = 1\n}\n", 3, "fuzz"},
    {"unknown-section", OWNER "matches { }\n", 2, "matches"},
    {"top-level-option", "email = \"x@y.example\"\n", 1, "email"},
    {"no-email", "owner { name = \"Anna\" }\n", 0, "email is missing"},
    {"bad-email", "owner {\n email = \"anna@x@example.com\" }\n", 2,
        "e-mail"},
    {"header-in-email", "owner {\n email = \"a@b.example\\nBcc:c@d\" }\n", 2,
        "e-mail"},
    {"bad-number", OWNER "\nreminders {\n bank-lag-days = many\n}\n", 4,
        "not a number"},
    {"number-range", OWNER "reminders {\n daily-cap = 0\n}\n", 3,
        "not a number from 1"},
    {"number-tail", OWNER "intake {\n deadline = 8s\n}\n", 3, "not a number"},
    {"bad-money", OWNER "match {\n fee-tolerance = \"1,50\"\n}\n", 3,
        "not an amount"},
    {"negative-money", OWNER "match {\n fee-tolerance = \"-1\"\n}\n", 3,
        "not an amount"},
    {"bad-probability", OWNER "match {\n auto-probability = 98\n}\n", 3,
        "0.5 to 1"},
    {"bad-boolean", OWNER "reminders {\n weekends = maybe\n}\n", 3,
        "neither yes nor no"},
    {"bad-choice", OWNER "send {\n transport = pigeon\n}\n", 3,
        "not one of dir"},
    {"bad-window", OWNER "reminders {\n window = \"18:00-08:00\"\n}\n", 3,
        "time of the day"},
    {"bad-window-minute", OWNER "reminders {\n window = \"8:00-18:60\"\n}\n",
        3, "time of the day"},
    {"bad-currency", "owner {\n currency = \"EURO\" }\n", 2, "ISO 4217"},
    {"bad-country", "owner {\n country = \"Spain\" }\n", 2, "country code"},
    {"bad-zone", "owner {\n timezone = \"Europe/Prague;\" }\n", 2,
        "time zone"},
    {"unknown-policy", OWNER "reminders { policy = \"rude\" }\n", 0,
        "no policy \"rude\""},
    {"bad-step", OWNER "policy \"mine\" {\n steps = {\n"
        "  \"after 3 days\",\n  \"after 5 moons\"\n } }\n", 5, "after 5 moons"},
    {"no-steps", OWNER "policy \"mine\" {\n gap = 3\n}\n", 4, "no steps"},
    {"step-order", OWNER "policy \"mine\" { steps = { \"after 5 days\", "
        "\"after 3 days\" } }\n", 2, "not later"},
    {"none-has-no-steps", OWNER "policy \"none\" {\n steps = { \"after 3 days\" } }\n",
        3, "never reminds"},
    {"consumer-compensation", OWNER "policy \"m\" { consumer = yes steps = { "
        "\"after 3 days compensation\" } }\n", 2, "owes none"},
    {"business-order", OWNER "policy \"m\" { steps = { \"after 5 business days\", "
        "\"after 6 days\" } }\n", 2, "is not later than"},
    {"minimum-currency", OWNER "policy \"m\" { minimum = \"5 XQQ\"\n steps = { "
        "\"after 3 days\" } }\n", 2, "is not an amount such as"},
    {"minimum-digits", OWNER "policy \"m\" { minimum = \"5.50 JPY\"\n steps = { "
        "\"after 3 days\" } }\n", 2, "is not an amount such as"},
    {"closed", OWNER "reminders { closed = \"Christmas\" }\n", 2,
        "closed: \"Christmas\" is not like"},
    {"closed-backwards", OWNER "reminders { closed = "
        "\"2027-01-02..2026-12-24\" }\n", 2, "is not like"},
    {"closed-no-day", OWNER "reminders { closed = \"02-30\" }\n", 2,
        "is not like"},
    {"early-legal", OWNER "policy \"mine\" { steps = { \"before 2 days\", "
        "\"after 3 days\", \"after 9 days legal\" } }\n", 2, "two reminders"},
    {"early-escalate", OWNER "policy \"mine\" { steps = { \"after 3 days\", "
        "\"after 9 days escalate\" } }\n", 2, "two reminders"},
    {"after-escalate", OWNER "policy \"m\" { steps = { \"after 3 days\", "
        "\"after 4 days\", \"after 9 days escalate\", \"after 10 days\" } }\n",
        2, "after the step that escalates"},
    {"after-final", OWNER "policy \"m\" { steps = { \"after 3 days\", "
        "\"after 4 days\", \"after 9 days final\", \"after 10 days\" } }\n",
        2, "after the final letter"},
    {"early-final", OWNER "policy \"m\" { steps = { \"after 3 days\", "
        "\"after 9 days final\" } }\n", 2, "two reminders"},
    {"notes-are-no-reminders", OWNER "policy \"m\" { steps = { "
        "\"on the due date\", \"after 3 days\", \"after 9 days legal\" } }\n",
        2, "two reminders"},
    {"smtp-host", OWNER "send { transport = smtp }\n", 0, "needs smtp-host"},
    {"clear-text", OWNER "send { transport = smtp smtp-host = mail.example "
        "smtp-tls = none }\n", 0, "only for this very machine"},
    {"user-alone", OWNER "send { smtp-host = mail.example smtp-user = a }\n",
        0, "smtp-password-command"},
    {"box-name", OWNER "mailbox \"a b\" { host = x user = a "
        "password-command = p }\n", 2, "its name must be"},
    {"box-host", OWNER "mailbox a { user = a password-command = p }\n", 2,
        "host is missing"},
    {"box-user", OWNER "mailbox a { host = x user = a }\n", 2,
        "user and password-command"},
    {"box-clear", OWNER "mailbox a { host = x tls = none user = a "
        "password-command = p }\n", 2, "only for this very machine"},
    {"box-after", OWNER "mailbox a { host = x user = a password-command = p "
        "after = archive }\n", 2, "keep, delete or move FOLDER"},
    {"box-nowhere", OWNER "mailbox a { host = x user = a password-command = p "
        "after = \"move \" }\n", 2, "keep, delete or move FOLDER"},
    {"box-circle", OWNER "mailbox a { host = x user = a password-command = p "
        "after = \"move INBOX\" }\n", 2, "moved to where it is"},
    {"box-folders", OWNER "mailbox a { host = x user = a password-command = p "
        "folders = { \"A\", \"A\" } }\n", 2, "is there twice"},
    {"box-twice", OWNER "mailbox a { host = x user = a password-command = p }\n"
        "mailbox a { host = x user = b password-command = p }\n", 3, "twice"},
};

static void
test_bad(gconstpointer data)
{
	const struct bad_case *c = data;
	g_autofree char *why = NULL, *at = NULL;
	struct config *config = load(c->text, 0600, &why);

	g_assert_null(config);
	g_assert_nonnull(why);
	at = c->line ? g_strdup_printf("%s/t.conf:%d: ", dir, c->line) :
	    g_strdup_printf("%s/t.conf: ", dir);
	if (!g_str_has_prefix(why, at) || !strstr(why, c->reason))
		g_error("wanted %s… %s …\n   got %s", at, c->reason, why);
}

/* ---- what is read ------------------------------------------------------------ */

static void
test_standards(void)
{
	g_autofree char *why = NULL;
	struct config *config = load(OWNER, 0600, &why);
	g_autofree char *folder = g_build_filename(dir, "outbox", NULL);
	const struct policy *policy;

	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpstr(config->email, ==, "anna@example.com");
	g_assert_cmpstr(config->currency, ==, "EUR");
	g_assert_cmpstr(config->language, ==, "en");
	g_assert_cmpstr(config->timezone, ==, "UTC");
	g_assert_cmpstr(config->transport, ==, "dir");
	g_assert_cmpstr(config->folder, ==, folder);
	g_assert_null(config->company);
	g_assert_nonnull(config->mailboxes);
	g_assert_null(config->mailboxes[0]);
	g_assert_nonnull(config->bank_dirs[0]);
	g_assert_cmpint(config->deadline, ==, 8);
	g_assert_cmpint(config->window_from, ==, 480);
	g_assert_cmpint(config->window_to, ==, 1080);
	g_assert_false(config->weekends);
	g_assert_true(config->receipts);
	g_assert_cmpint(config->fee_tolerance, ==, 500);
	g_assert_cmpuint(config->policies->len, ==, 6);
	policy = config_policy(config, NULL);
	g_assert_cmpstr(policy->name, ==, "standard");
	g_assert_cmpuint(policy->steps->len, ==, 4);
	g_assert_cmpint(policy->minimum, ==, 500);
	g_assert_true(config_policy(config, "nobody") == policy);
	g_assert_cmpuint(config_policy(config, "none")->steps->len, ==, 0);
	g_assert_true(config_policy(config, "agency")->work_stops);
	g_assert_true(config_policy(config, "b2c-eu")->consumer);
	g_assert_cmpint(policy_minimum(config, policy, "EUR"), ==, 500);
	g_assert_cmpint(policy_minimum(config, policy, "JPY"), >, 500);
	g_assert_cmpint(policy_minimum(config, policy, "CZK"), >, 8000);
	g_assert_cmpint(policy_minimum(config, policy, "XXX"), ==, 500);
	g_assert_cmpstr(config_policy(config, "firm")->name, ==, "firm");
	config_free(config);
}

static const char everything[] =
    "# a comment with { and \"\n"
    "owner {\n"
    "\tname = \"Anna Králová\" // another }\n"
    "\tcompany = 'Kral ${x} s.r.o.'\n"
    "\temail = \"anna@example.com\"\n"
    "\taddress = \"Long Street 1\\nPrague\"\n"
    "\tlanguage = CS country = cz currency = CZK\n"
    "\ttimezone = Europe/Prague\n"
    "}\n"
    "/* { */\n"
    "intake { mailboxes = { \"bank@example.com\", \"b2@example.com\" }\n"
    "\tbank-dirs = {\"mine\", \"/etc/banks\"} authserv-id = mx.example.com }\n"
    "account \"main\" {\n"
    "\tiban = \"CZ65 0800 0000 1920 0014 5399\" bank = cz-fio\n"
    "\tsettles = statement fresh-days = 3 aliases = { \"19/0800\" }\n"
    "}\n"
    "account \"euro\" { iban = \"DE89370400440532013000\" currency = eur }\n"
    "policy \"mine\" { gap = 4 minimum = \"100.50\"\n"
    "\tsteps = { \"after 3 days\", \"after 9 days tone firm\" } }\n"
    "policy \"firm\" { steps = { \"after 2 days\" } }\n"
    "reminders { policy = mine window = \"9:30-17:00\" weekends = yes }\n"
    "send { transport = smtp smtp-host = mail.example.com\n"
    "\tsmtp-user = anna smtp-password-command = \"cat secret\" }\n";

static void
test_everything(void)
{
	g_autofree char *why = NULL, *mine = g_build_filename(dir, "mine", NULL);
	struct config *config = load(everything, 0600, &why);
	const struct account *account;
	const struct policy *policy;

	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpstr(config->name, ==, "Anna Králová");
	g_assert_cmpstr(config->company, ==, "Kral ${x} s.r.o.");
	g_assert_cmpstr(config->address, ==, "Long Street 1\nPrague");
	g_assert_cmpstr(config->language, ==, "cs");
	g_assert_cmpstr(config->country, ==, "CZ");
	g_assert_cmpstr(config->mailboxes[1], ==, "b2@example.com");
	g_assert_cmpstr(config->bank_dirs[0], ==, mine);
	g_assert_cmpstr(config->bank_dirs[1], ==, "/etc/banks");
	account = config_account(config, "main");
	g_assert_true(config_account(config, "19 / 0800") == account);
	g_assert_true(account->statement_settles);
	g_assert_cmpint(account->fresh_days, ==, 3);
	g_assert_cmpstr(account->currency, ==, "CZK");
	g_assert_cmpstr(account->holder, ==, "Kral ${x} s.r.o.");
	g_assert_cmpstr(config_account(config, "euro")->currency, ==, "EUR");
	policy = config_policy(config, NULL);
	g_assert_cmpstr(policy->name, ==, "mine");
	g_assert_cmpint(policy->minimum, ==, 10050);
	g_assert_cmpint(policy->gap_days, ==, 4);
	g_assert_cmpuint(config_policy(config, "firm")->steps->len, ==, 1);
	g_assert_cmpuint(config->policies->len, ==, 7);
	g_assert_cmpint(config->window_from, ==, 570);
	g_assert_true(config->weekends);
	config_free(config);
}

static const struct {
	const char *number, *name;
} account_cases[] = {
    {"CZ6508000000192000145399", "main"},
    {"cz65 0800 0000 1920 0014 5399", "main"},
    {"19-2000145399/0800", "main"}, {"2000145399/0800", NULL},
    {"19-2000145399/0100", NULL}, {"19/0800", NULL},
    {"19-2000***399/0800", "main"}, {"19-2000***399/0100", NULL},
    {"*399/0800", NULL}, {"DE89***3000", "euro"}, {"****", NULL},
    {"...5399", "main"}, {"XXXX3000", "euro"}, {"**99", NULL},
    {"5399", NULL}, {"DE89370400440532013000", "euro"},
    {"euro", "euro"}, {"", NULL}, {NULL, NULL},
    /* As older statements have it. */
    {"37040044/532013000", "euro"}, {"37040044/0532013000", "euro"},
    {"37040044/0532013001", NULL}, {"37040045/0532013000", NULL},
    {"COBADEFF/532013000", "euro"}, {"COBADEFFXXX/0532013000", "euro"},
    {"COBANL2A/0532013000", NULL}, {"532013000", "euro"},
    {"0532013000", "euro"}, {"32013000", NULL}, {"13000", NULL},
    {"370400440532013000", "euro"}, {"89370400440532013000", "euro"},
    {"3704 0044 0532 0130 00", "euro"}, {"/", NULL}, {"0", NULL},
    {"0800/192000145399", "main"}, {"0800/000019-2000145399", "main"},
    {"0100/192000145399", NULL}, {"37040044/", NULL}, {"08000000192000145399", "main"},
};

static void
test_account(void)
{
	g_autofree char *why = NULL;
	struct config *config = load(OWNER ACCOUNT "account \"euro\" { iban = "
	    "\"DE89370400440532013000\" }\n", 0600, &why);

	g_assert_cmpstr(why, ==, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(account_cases); i++) {
		const struct account *account =
		    config_account(config, account_cases[i].number);

		g_assert_cmpstr(account ? account->name : NULL, ==,
		    account_cases[i].name);
	}
	config_free(config);
}

static char *
source_file(const char *name)
{
	g_autofree char *here = g_path_get_dirname(__FILE__);

	return g_build_filename(here, "..", "..", "filter", name, NULL);
}

static void
replace(GString *text, const char *what, const char *with)
{
	g_assert_cmpuint(g_string_replace(text, what, with, 0), ==, 1);
}

/* What a section mailbox says when it says nothing. */
static void
check_mailbox(const struct mailbox *mailbox)
{
	g_assert_cmpint(mailbox->port, ==, 993);
	g_assert_cmpint(mailbox->after, ==, AFTER_KEEP);
	g_assert_cmpint(mailbox->since_days, ==, 90);
	g_assert_cmpint(mailbox->max_size, ==, 25);
	g_assert_cmpstr(mailbox->folders[0], ==, "INBOX");
	g_assert_null(mailbox->folders[1]);
	g_assert_cmpstr(mailbox->tls, ==, "tls");
}

/* The file that init writes: it loads, also with every comment taken away,
 * and what its comments say is what holds anyway. */
static void
test_shipped(void)
{
	g_autofree char *path = source_file("mailfilter.conf.in"), *raw = NULL;
	g_autofree char *why = NULL;
	g_autoptr(GString) text = NULL;
	struct config *config, *bare;

	if (!g_file_get_contents(path, &raw, NULL, NULL)) {
		g_test_skip("the source tree is not here");
		return;
	}
	text = g_string_new(raw);
	config = load(text->str, 0600, &why);
	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpstr(config->transport, ==, "dir");
	g_assert_null(config->authserv_id);
	g_string_replace(text, "\n\t# ", "\n\t", 0);
	g_string_replace(text, "\n# \t", "\n\t", 0);
	g_string_replace(text, "\n# }", "\n}", 0);
	g_string_replace(text, "\n# policy", "\npolicy", 0);
	g_string_replace(text, "\n# account", "\naccount", 0);
	g_string_replace(text, "\n# mailbox", "\nmailbox", 0);
	g_string_replace(text, "\n# rule", "\nrule", 0);
	replace(text, "\tThe name by", "\t# The name by");
	replace(text, "\tAuthentication-", "\t# Authentication-");
	replace(text, "\tThe host", "\t# The host");
	replace(text, "\tNo mail server", "\t# No mail server");
	replace(text, "\tyour name server", "\t# your name server");
	replace(text, "\tAddresses", "\t# Addresses");
	replace(text, "\tgentle, st", "\t# gentle, st");
	replace(text, "\tare there al", "\t# are there al");
	replace(text, "\tFor electronic", "\t# For electronic");
	replace(text, "\tlogo = ", "\t# logo = ");	/* needs its file */
	bare = load(text->str, 0600, &why);
	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpuint(bare->accounts->len, ==, 2);
	g_assert_cmpuint(bare->boxes->len, ==, 1);
	check_mailbox(bare->boxes->pdata[0]);
	g_assert_cmpstr(bare->policy, ==, config->policy);
	g_assert_cmpint(bare->fee_tolerance, ==, config->fee_tolerance);
	g_assert_cmpint(bare->bank_lag_days, ==, config->bank_lag_days);
	g_assert_cmpint(bare->rate_limit, ==, 200);
	g_assert_cmpint(config->rate_limit, ==, 0);
	g_assert_cmpstr(bare->folder, ==, config->folder);
	for (guint i = 0; i < config_policy(bare, NULL)->steps->len; i++) {
		const struct step *a = config_policy(bare, NULL)->steps->pdata[i];
		const struct step *b =
		    config_policy(config, NULL)->steps->pdata[i];

		g_assert_cmpstr(a->text, ==, b->text);
	}
	g_assert_cmpint(config_policy(bare, NULL)->minimum, ==,
	    config_policy(config, NULL)->minimum);
	config_free(config);
	config_free(bare);
}

/* The lines between .Bd and .Ed after a heading of the manual. */
static char *
manual_examples(const char *page)
{
	g_auto(GStrv) lines = g_strsplit(strstr(page, ".Sh EXAMPLES"), "\n", -1);
	GString *out = g_string_new(NULL);
	bool inside = false;

	for (char **line = lines; *line; line++) {
		if (g_str_has_prefix(*line, ".Bd"))
			inside = true;
		else if (g_str_has_prefix(*line, ".Ed"))
			inside = false;
		else if (inside)
			g_string_append_printf(out, "%s\n", *line);
	}
	return g_string_free(out, FALSE);
}

/* Every option is in the manual page, and its examples are right. */
static void
test_manual(void)
{
	g_autofree char *path = source_file("mailfilter.conf.5"), *page = NULL;
	g_autofree char *why = NULL, *text = NULL;
	g_autoptr(GString) options = g_string_new(" ");
	g_auto(GStrv) lines = NULL;
	struct config *config;

	if (!g_file_get_contents(path, &page, NULL, NULL)) {
		g_test_skip("the source tree is not here");
		return;
	}
	lines = g_strsplit(page, "\n", -1);
	for (char **line = lines; *line; line++)
		if (g_str_has_prefix(*line, ".It Ic "))
			g_string_append_printf(options, "%s ", *line + 7);
	for (const struct field *f = config_fields; f->section; f++) {
		g_autofree char *word = g_strdup_printf(" %s ", f->name);

		if (!strstr(options->str, word))
			g_error("mailfilter.conf(5) lacks %s", f->name);
	}
	text = manual_examples(page);
	config = load(text, 0600, &why);
	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpstr(config->policy, ==, "ours");
	g_assert_cmpint(config_policy(config, NULL)->fee, ==, 500);
	config_free(config);
}

/* A currency without decimals. */
static void
test_yen(void)
{
	g_autofree char *why = NULL;
	struct config *config = load("owner { email = \"a@b.example\" "
	    "currency = JPY }\n", 0600, &why);

	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpint(config_policy(config, NULL)->minimum, ==, 5);
	g_assert_cmpint(config->fee_tolerance, ==, 5);
	config_free(config);
}

/* R47: whoever can read the password command is refused; whoever can write
 * the file is refused always. */
static void
test_mode(void)
{
	static const struct {
		bool secret;
		unsigned mode;
		bool good;
	} cases[] = {{true, 0600, true}, {true, 0640, false},
	    {true, 0604, false}, {true, 0644, false}, {true, 0400, true},
	    {false, 0644, true}, {false, 0640, true}, {false, 0666, false}};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *why = NULL;
		struct config *config = load(cases[i].secret ?
		    OWNER "send { smtp-password-command = \"pass show x\" }\n" :
		    OWNER, cases[i].mode, &why);

		g_assert_cmpint(config != NULL, ==, cases[i].good);
		if (!config)
			g_assert_nonnull(strstr(why, "chmod 600"));
		config_free(config);
	}
}

static void
test_missing(void)
{
	g_autofree char *why = NULL, *path = g_build_filename(dir, "no", NULL);

	g_assert_null(config_load(path, dir, &why));
	g_assert_nonnull(strstr(why, path));
	g_clear_pointer(&why, g_free);
	g_assert_null(config_load(dir, dir, &why));
	g_assert_nonnull(why);
}

/* Every prefix of a good file is read or refused, never a crash. */
static void
test_prefixes(void)
{
	size_t refused = 0, read = 0;

	for (size_t i = 0; i < sizeof everything; i += 3) {
		g_autofree char *text = g_strndup(everything, i), *why = NULL;
		struct config *config = load(text, 0600, &why);

		if (config)
			read++;
		else
			refused++;
		g_assert_true((config == NULL) == (why != NULL));
		config_free(config);
	}
	g_assert_cmpuint(refused, >, 100);
	g_assert_cmpuint(read, >, 1);
}

int
main(int argc, char **argv)
{
	int code;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("mf.XXXXXX", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(step_cases); i++) {
		g_autofree char *name = g_strdup_printf("/config/step/%zu", i);

		g_test_add_data_func(name, &step_cases[i], test_step);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(bad_cases); i++) {
		g_autofree char *name =
		    g_strdup_printf("/config/bad/%s", bad_cases[i].name);

		g_test_add_data_func(name, &bad_cases[i], test_bad);
	}
	g_test_add_func("/config/standards", test_standards);
	g_test_add_func("/config/everything", test_everything);
	g_test_add_func("/config/account", test_account);
	g_test_add_func("/config/shipped", test_shipped);
	g_test_add_func("/config/manual", test_manual);
	g_test_add_func("/config/yen", test_yen);
	g_test_add_func("/config/mode", test_mode);
	g_test_add_func("/config/missing", test_missing);
	g_test_add_func("/config/prefixes", test_prefixes);
	code = g_test_run();
	{
		g_autofree char *path = g_build_filename(dir, "t.conf", NULL);

		g_unlink(path);
		g_rmdir(dir);
	}
	g_free(dir);
	return code;
}
