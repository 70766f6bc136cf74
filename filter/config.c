/*
 * config.c - reads mailfilter.conf: libconfuse does the syntax, the table in
 * config_fields.c says which options there are, and every value is checked
 * while its line is known. libconfuse has no place for a user's pointer in
 * its callbacks, so the file being read hangs on one static pointer during
 * config_load.
 */
#include "config_internal.h"
#include "context.h"

#include <confuse.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../parser/parser.h"

struct loader {
	struct reading reading;
	const char *path;
	GHashTable *seen;	/* "section\ntitle\noption" */
	struct account *account;	/* of the section being read */
	struct mailbox *mailbox;
	struct policy *policy;
	struct rule *rule;
	struct experiment *experiment;
	bool shipped;		/* our own file is being read */
	char *why;		/* the first complaint */
};

static struct loader *loader;

static const struct {
	const char *name;
	bool titled;		/* there may be several, each with a name */
} sections[] = {
    {"owner", false}, {"intake", false}, {"account", true},
    {"mailbox", true}, {"match", false}, {"reminders", false},
    {"policy", true}, {"experiment", true},
    {"digest", false}, {"rule", true}, {"send", false},
    {"gate", false}, {"instalments", false}, {"numbers", false},
    {"documents", false}};

void
config_complain(int line, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	if (loader->why)
		return;
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	loader->why = line > 0 ?
	    g_strdup_printf("%s:%d: %s", loader->path, line, text) :
	    g_strdup_printf("%s: %s", loader->path, text);
}

static void G_GNUC_PRINTF(2, 0)
on_error(cfg_t *cfg, const char *format, va_list arguments)
{
	g_autofree char *text = g_strdup_vprintf(format, arguments);

	config_complain(cfg ? cfg->line : 0, "%s", text);
}

/* ---- values -------------------------------------------------------------- */

static const struct field *
field_find(const char *section, const char *name)
{
	for (const struct field *field = config_fields; field->section; field++)
		if (strcmp(field->section, section) == 0 &&
		    strcmp(field->name, name) == 0)
			return field;
	return NULL;
}

/* The values that hold when the file does not say. */
static void
set_standards(const char *section, void *base)
{
	for (const struct field *field = config_fields; field->section; field++) {
		g_autofree char *why = NULL;

		if (strcmp(field->section, section) != 0 || !field->standard)
			continue;
		why = config_convert(&loader->reading, field, base,
		    field->standard, 0);
		g_assert(!why);
	}
}

/* Notes an option of a section: it must not be there a second time. */
static int
see(const cfg_t *cfg, const char *name)
{
	char *key = g_strdup_printf("%s\n%s\n%s", cfg->name,
	    cfg->title ? cfg->title : "", name);

	if (g_hash_table_add(loader->seen, key))
		return 0;
	if (*name)
		config_complain(cfg->line, "%s is there twice", name);
	else
		config_complain(cfg->line, "%s \"%s\" is there twice", cfg->name,
		    cfg->title ? cfg->title : "");
	return -1;
}

static struct account *
account_current(cfg_t *cfg)
{
	if (!loader->account) {
		see(cfg, "");
		loader->account = g_new0(struct account, 1);
		loader->account->name = g_strdup(cfg_title(cfg));
		loader->account->line = cfg->line;
		loader->account->aliases = g_new0(char *, 1);
		set_standards("account", loader->account);
	}
	return loader->account;
}

static struct mailbox *
mailbox_current(cfg_t *cfg)
{
	if (!loader->mailbox) {
		see(cfg, "");
		loader->mailbox = mailbox_new(cfg_title(cfg));
		set_standards("mailbox", loader->mailbox);
	}
	return loader->mailbox;
}

static struct policy *
policy_current(cfg_t *cfg)
{
	if (!loader->policy) {
		see(cfg, "");
		loader->policy = policy_new(cfg_title(cfg));
		set_standards("policy", loader->policy);
	}
	return loader->policy;
}

static struct rule *
rule_current(cfg_t *cfg)
{
	if (!loader->rule) {
		see(cfg, "");
		loader->rule = rule_new(cfg_title(cfg), cfg->line);
	}
	return loader->rule;
}

static struct experiment *
experiment_current(cfg_t *cfg)
{
	if (!loader->experiment) {
		see(cfg, "");
		loader->experiment = experiment_new(cfg_title(cfg));
		set_standards("experiment", loader->experiment);
	}
	return loader->experiment;
}

static void *
base_of(cfg_t *cfg)
{
	if (strcmp(cfg_name(cfg), "account") == 0)
		return account_current(cfg);
	if (strcmp(cfg_name(cfg), "mailbox") == 0)
		return mailbox_current(cfg);
	if (strcmp(cfg_name(cfg), "policy") == 0)
		return policy_current(cfg);
	if (strcmp(cfg_name(cfg), "rule") == 0)
		return rule_current(cfg);
	if (strcmp(cfg_name(cfg), "experiment") == 0)
		return experiment_current(cfg);
	return loader->reading.config;
}

/* One value, also of a list, while cfg->line is its line. */
static int
take_value(cfg_t *cfg, cfg_opt_t *option, const char *value, void *result)
{
	const struct field *field = field_find(cfg_name(cfg), option->name);
	g_autofree char *why = NULL;

	*(const char **)result = value;
	if (field->list && cfg_opt_size(option) <= 1 &&
	    see(cfg, option->name) != 0)
		return -1;
	why = config_convert(&loader->reading, field, base_of(cfg), value,
	    cfg->line);
	if (!why)
		return loader->why ? -1 : 0;
	config_complain(cfg->line, "%s: %s", option->name, why);
	return -1;
}

/* Called after each element of a list too: those take_value has seen. */
static int
close_option(cfg_t *cfg, cfg_opt_t *option)
{
	if (field_find(cfg_name(cfg), option->name)->list)
		return 0;
	return see(cfg, option->name);
}

/* "{}": libconfuse calls nobody for it. */
static bool
is_empty_list(cfg_t *section, const char *name)
{
	const cfg_opt_t *option = cfg_getopt(section, name);

	return option->nvalues == 0 && (option->flags & CFGF_RESET);
}

static int
close_account(cfg_t *cfg, cfg_t *section)
{
	struct account *account = account_current(section);

	if (is_empty_list(section, "ways"))
		account->ways = g_strsplit("none", ",", -1);
	if (!account->iban && account->bank) {
		account->iban = g_strdup(account->name);
		account->provider = true;
	}
	if (!account->iban)
		config_complain(cfg->line, "account \"%s\" has no iban", account->name);
	g_ptr_array_add(loader->reading.config->accounts,
	    g_steal_pointer(&loader->account));
	return loader->why ? -1 : 0;
}

static int
close_mailbox(cfg_t *cfg, cfg_t *section)
{
	struct mailbox *mailbox = mailbox_current(section);
	g_autofree char *why = mailbox_complete(mailbox);

	if (why)
		config_complain(cfg->line, "mailbox \"%s\": %s", mailbox->name, why);
	g_ptr_array_add(loader->reading.config->boxes,
	    g_steal_pointer(&loader->mailbox));
	return loader->why ? -1 : 0;
}

/* Its amounts wait for the currency: they must not be put into it. */
static void
drop_policy(struct policy *policy)
{
	GArray *money = loader->reading.money;

	for (guint i = money->len; i > 0; i--) {
		struct pending_money *one = &g_array_index(money,
		    struct pending_money, i - 1);

		if (one->target != &policy->minimum &&
		    one->target != &policy->fee)
			continue;
		g_free(one->text);
		g_array_remove_index(money, i - 1);
	}
	policy_free(policy);
}

static int
close_policy(cfg_t *cfg, cfg_t *section)
{
	struct policy *policy = policy_current(section);
	g_autofree char *why = policy_complete(policy);

	if (why)
		config_complain(cfg->line, "policy \"%s\": %s", policy->name, why);
	if (loader->shipped && config_policy_named(loader->reading.config,
	    policy->name))
		drop_policy(g_steal_pointer(&loader->policy));
	else
		g_ptr_array_add(loader->reading.config->policies,
		    g_steal_pointer(&loader->policy));
	return loader->why ? -1 : 0;
}

static int
close_rule(cfg_t *cfg, cfg_t *section)
{
	struct rule *rule = rule_current(section);
	g_autofree char *why = rule_complete(rule);

	if (why)
		config_complain(cfg->line, "rule \"%s\": %s", rule->name, why);
	g_ptr_array_add(loader->reading.config->rules,
	    g_steal_pointer(&loader->rule));
	return loader->why ? -1 : 0;
}

static int
close_experiment(cfg_t *cfg, cfg_t *section)
{
	struct experiment *experiment = experiment_current(section);
	g_autofree char *why = experiment_complete(experiment);

	if (why)
		config_complain(cfg->line, "experiment \"%s\": %s",
		    experiment->name, why);
	g_ptr_array_add(loader->reading.config->experiments,
	    g_steal_pointer(&loader->experiment));
	return loader->why ? -1 : 0;
}

static int
close_section(cfg_t *cfg, cfg_opt_t *option)
{
	cfg_t *section = cfg_opt_getnsec(option, cfg_opt_size(option) - 1);

	if (strcmp(option->name, "account") == 0)
		return close_account(cfg, section);
	if (strcmp(option->name, "mailbox") == 0)
		return close_mailbox(cfg, section);
	if (strcmp(option->name, "policy") == 0)
		return close_policy(cfg, section);
	if (strcmp(option->name, "rule") == 0)
		return close_rule(cfg, section);
	if (strcmp(option->name, "experiment") == 0)
		return close_experiment(cfg, section);
	return see(cfg, option->name);
}

/* ---- the syntax ------------------------------------------------------------- */

static GArray *
section_options(const char *section)
{
	GArray *options = g_array_new(FALSE, FALSE, sizeof(cfg_opt_t));
	const cfg_opt_t end = CFG_END();

	for (const struct field *field = config_fields; field->section; field++) {
		cfg_opt_t one = CFG_STR_CB(field->name, NULL, CFGF_NODEFAULT,
		    take_value);

		if (strcmp(field->section, section) != 0)
			continue;
		if (field->list)
			one.flags |= CFGF_LIST;
		one.validcb = close_option;
		g_array_append_val(options, one);
	}
	g_array_append_val(options, end);
	return options;
}

/* libconfuse's own complaints tell the line; it must be fed from memory, so
 * that what was scanned is what is read. */
static bool
parse(const char *text)
{
	cfg_opt_t root[G_N_ELEMENTS(sections) + 1] = {CFG_END()};
	GArray *options[G_N_ELEMENTS(sections)];
	cfg_t *cfg;
	bool good;

	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
		cfg_opt_t one = CFG_SEC(sections[i].name, NULL,
		    sections[i].titled ? CFGF_MULTI | CFGF_TITLE : CFGF_NODEFAULT);

		options[i] = section_options(sections[i].name);
		one.subopts = (cfg_opt_t *)(void *)options[i]->data;
		one.validcb = close_section;
		root[i] = one;
	}
	root[G_N_ELEMENTS(sections)] = (cfg_opt_t)CFG_END();
	cfg = cfg_init(root, CFGF_NONE);
	cfg_set_error_function(cfg, on_error);
	good = cfg_parse_buf(cfg, text) == CFG_SUCCESS && !loader->why;
	if (!good)
		config_complain(cfg->line, "this cannot be understood");
	cfg_free(cfg);
	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
		g_array_unref(options[i]);
	return good;
}

/* ---- what only the whole file can tell ------------------------------------ */

/* The shipped policies are a file in the same syntax; those that the owner's
 * file has too are left out. */
static void
add_shipped_policies(struct config *config)
{
	g_autofree char *path = place_data("policies.conf");
	g_autofree char *text = NULL;
	const char *own = loader->path;

	loader->path = path;
	loader->shipped = true;
	g_hash_table_remove_all(loader->seen);
	if (g_file_get_contents(path, &text, NULL, NULL))
		parse(text);
	else
		config_complain(0, "is not there: install mailfilter again");
	loader->path = own;
	loader->shipped = false;
	if (!config_policy_named(config, "none"))
		g_ptr_array_add(config->policies, policy_new("none"));
}

/* ---- the file ------------------------------------------------------------- */

static struct config *
config_new(const char *path, const char *home)
{
	struct config *config = g_new0(struct config, 1);

	config->path = g_strdup(path);
	config->mailboxes = g_new0(char *, 1);
	config->accounts =
	    g_ptr_array_new_with_free_func((GDestroyNotify)account_free);
	config->boxes =
	    g_ptr_array_new_with_free_func((GDestroyNotify)mailbox_free);
	config->rules =
	    g_ptr_array_new_with_free_func((GDestroyNotify)rule_free);
	config->experiments =
	    g_ptr_array_new_with_free_func((GDestroyNotify)experiment_free);
	config->policies =
	    g_ptr_array_new_with_free_func((GDestroyNotify)policy_free);
	loader->reading.home = home;
	loader->reading.config = config;
	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
		if (!sections[i].titled)
			set_standards(sections[i].name, config);
	return config;
}

static void
read_text(struct config *config, const char *home, char *text,
    size_t length, mode_t mode)
{
	g_autofree char *why = NULL;
	int line;

	if (!config_scan(text, length, &line, &why))
		config_complain(line, "%s", why);
	if (loader->why || !parse(text))
		return;
	add_shipped_policies(config);
	if (!config_resolve_money(&loader->reading))
		return;
	config_check_whole(config, mode);
	if (!config->bank_dirs) {
		config->bank_dirs = g_new0(char *, 2);
		config->bank_dirs[0] = g_build_filename(home, "banks", NULL);
	}
}

struct config *
config_load(const char *path, const char *home, char **why)
{
	struct loader state = {.path = path};
	struct config *config;
	g_autofree char *text = NULL;
	gsize length;
	struct stat st;

	*why = NULL;
	errno = 0;
	if (stat(path, &st) || !S_ISREG(st.st_mode) || st.st_size > 1 << 20 ||
	    !g_file_get_contents(path, &text, &length, NULL)) {
		*why = g_strdup_printf("%s: cannot be read: %s", path,
		    errno ? g_strerror(errno) : "not a small regular file");
		return NULL;
	}
	loader = &state;
	state.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	state.reading.money =
	    g_array_new(FALSE, FALSE, sizeof(struct pending_money));
	config = config_new(path, home);
	read_text(config, home, text, length, st.st_mode);
	if (state.why)
		config_resolve_money(&loader->reading);
	account_free(state.account);
	mailbox_free(state.mailbox);
	policy_free(state.policy);
	rule_free(state.rule);
	experiment_free(state.experiment);
	g_array_unref(state.reading.money);
	g_hash_table_unref(state.seen);
	loader = NULL;
	if (!state.why)
		return config;
	*why = state.why;
	config_free(config);
	return NULL;
}
