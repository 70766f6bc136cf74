/*
 * context.c - where, when and with what a command works: home, clock,
 * configuration, store, parser. Each is made when a command first asks.
 */
#include "context.h"
#include "book.h"
#include "customer.h"
#include "remind.h"
#include "renderer.h"
#include "transfer.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SYSTEM_HOME "/var/lib/mailfilter"
#define SYSTEM_CONFIG SYSCONFDIR "/mailfilter/mailfilter.conf"
#define WAIT_MS 30000

/* ---- the clock --------------------------------------------------------- */

bool
moment_parse(const char *text, int64_t *moment)
{
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) time = NULL;
	int32_t day = day_number(text);

	if (day != G_MININT32) {
		*moment = (int64_t)day * DAY_SECONDS + DAY_SECONDS / 2;
		return true;
	}
	if (strlen(text) < 16)
		return false;
	time = g_date_time_new_from_iso8601(text, utc);
	if (!time)
		return false;
	*moment = g_date_time_to_unix(time);
	return true;
}

char *
moment_text(int64_t moment)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(moment);

	return time ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ")
		    : g_strdup("");
}

static void
set_today(struct context *context, const char *zone)
{
	calendar_local(context->now, zone, context->today, NULL);
}

bool
context_set_now(struct context *context, const char *text, char **why)
{
	const char *from = "--now";

	if (!text) {
		text = getenv("MAILFILTER_NOW");
		from = "MAILFILTER_NOW";
	}
	if (text && *text) {
		if (!moment_parse(text, &context->now)) {
			*why = g_strdup_printf("%s: '%s' is neither a date "
			    "(2026-11-22) nor a moment (2026-11-22T09:00:00Z)",
			    from, text);
			return false;
		}
		context->now_is_set = true;
	} else {
		context->now = (int64_t)time(NULL);
	}
	set_today(context, NULL);
	return true;
}

void
context_tick(struct context *context)
{
	if (context->now_is_set)
		return;
	context->now = (int64_t)time(NULL);
	set_today(context, context->config ? context->config->timezone : NULL);
}

/* ---- the places -------------------------------------------------------- */

static char *
absolute(const char *path)
{
	return g_canonicalize_filename(path, NULL);
}

/* The user's folder for configuration, from passwd when HOME is unset: a
 * mail server starts us with an empty environment. */
static char *
user_home(void)
{
	const char *folder = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");
	const struct passwd *user;

	if (folder && g_path_is_absolute(folder))
		return g_build_filename(folder, "mailfilter", NULL);
	if (!home || !g_path_is_absolute(home)) {
		user = getpwuid(geteuid());
		home = user ? user->pw_dir : NULL;
	}
	return home ? g_build_filename(home, ".config", "mailfilter", NULL)
		    : NULL;
}

bool
context_set_home(struct context *context, const char *home,
    const char *config, char **why)
{
	bool chosen;

	if (!home || !*home)
		home = getenv("MAILFILTER_HOME");
	chosen = home && *home;
	context->home = chosen ? absolute(home) : user_home();
	if (!context->home) {
		*why = g_strdup("this user has no home folder; say --home DIR "
		    "or set MAILFILTER_HOME");
		return false;
	}
	context->config_named = config && *config;
	context->config_path = config && *config
	    ? absolute(config) : context_path(context, "mailfilter.conf");
	if (!chosen && !config && access(context->config_path, F_OK) != 0 &&
	    access(SYSTEM_CONFIG, F_OK) == 0) {
		g_free(context->home);
		g_free(context->config_path);
		context->home = g_strdup(SYSTEM_HOME);
		context->config_path = g_strdup(SYSTEM_CONFIG);
	}
	return true;
}

char *
context_path(const struct context *context, const char *name)
{
	return g_build_filename(context->home, name, NULL);
}

/* ---- configuration, store, parser -------------------------------------- */

int
context_config(struct context *context)
{
	g_autofree char *why = NULL;

	if (context->config)
		return EX_OK;
	if (access(context->config_path, F_OK) != 0 && errno == ENOENT) {
		say_error(context, "there is no configuration at %s; "
		    "'mailfilter init' makes one", context->config_path);
		return EX_CONFIG;
	}
	context->config = config_load(context->config_path, context->home,
	    &why);
	if (!context->config) {
		say_error(context, "%s", why ? why : "broken configuration");
		return EX_CONFIG;
	}
	set_today(context, context->config->timezone);
	return EX_OK;
}

int
context_store(struct context *context, enum store_access access)
{
	g_autofree char *path = context_path(context, "store.db");
	enum store_status status;

	if (context->store && context->access >= access)
		return EX_OK;
	g_clear_pointer(&context->book, book_free);
	store_close(context->store);
	context->store = NULL;
	status = store_open(path, access,
	    context->wait_ms ? context->wait_ms : WAIT_MS, &context->store);
	context->access = access;
	if (status == STORE_OK && access != STORE_READ)
		status = customer_refresh_words(context);
	if (status != STORE_OK)
		return store_failed(context, status);
	return EX_OK;
}

struct book *
context_book(struct context *context)
{
	if (!context->book)
		context->book = book_new(context->store);
	return context->book;
}

static const char *const *
borrowed_array(GPtrArray **array)
{
	g_ptr_array_add(*array, NULL);
	return (const char *const *)(*array)->pdata;
}

static void
add_strings(GPtrArray *array, char **strings)
{
	for (; strings && *strings; strings++)
		g_ptr_array_add(array, g_strdup(*strings));
}

static void
options_from_config(struct parser_options *options,
    const struct config *config, GPtrArray *dirs, GPtrArray *banks)
{
	add_strings(dirs, config->bank_dirs);
	for (guint i = 0; config->accounts && i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (account->bank)
			g_ptr_array_add(banks, g_strdup(account->bank));
	}
	options->authserv_id = config->authserv_id;
	options->boundary = config->boundary;
	options->mailboxes = (const char *const *)config->mailboxes;
	options->dkim_resolver = config->dkim_resolver;
}

/* Whose word is taken where our mail server says nothing. */
static void
options_for_dkim(struct parser_options *options, const struct context *context)
{
	static char *helper, *cache;
	const struct config *config = context->config;

	if (!config || strcmp(config->dkim, "off") == 0)
		return;
	g_free(helper);
	g_free(cache);
	options->dkim = helper = place_helper("mailfilter-dkim");
	cache = context_path(context, "dkim-keys");
	if (strcmp(config->dkim, "dns") == 0)
		options->dkim_cache = cache;
	else
		options->dkim_keys = config->dkim_keys;
}

/* --account is a section's name, or a number as it stands. */
static const char *
account_number(const struct context *context)
{
	const struct config *config = context->config;

	for (guint i = 0; context->account && config && config->accounts &&
	    i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (!g_strcmp0(account->name, context->account))
			return account->iban;
	}
	return context->account;
}

/* The words of another server's Authentication-Results prove nothing about
 * this one's mail: anybody can write them. */
static void
options_from_mailbox(struct parser_options *options,
    const struct mailbox *mailbox)
{
	options->authserv_id = mailbox->authserv_id;
	options->boundary = mailbox->boundary;
	if (mailbox->addresses)
		options->mailboxes =
		    (const char *const *)mailbox->addresses;
}

static struct parser *
new_parser(struct context *context, bool generic,
    const struct mailbox *mailbox)
{
	static GPtrArray *kept[4];
	struct parser_options options = {
		.now = context->now, .timeout_ms = 6000, .generic = generic,
	};
	static char *extract;
	g_autofree char *why = NULL;
	struct parser *parser;

	if ((context->config_named ||
	    access(context->config_path, F_OK) == 0) &&
	    context_config(context) != EX_OK)
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
		g_clear_pointer(&kept[i], g_ptr_array_unref);
		kept[i] = g_ptr_array_new_with_free_func(g_free);
	}
	if (context->config)
		options_from_config(&options, context->config, kept[0],
		    kept[1]);
	options_for_dkim(&options, context);
	if (mailbox)
		options_from_mailbox(&options, mailbox);
	g_ptr_array_add(kept[0], place_data("banks"));
	g_ptr_array_add(kept[2], place_data("words"));
	options.bank_dirs = borrowed_array(&kept[0]);
	if (kept[1]->len)
		options.banks = borrowed_array(&kept[1]);
	options.words_dirs = borrowed_array(&kept[2]);
	g_ptr_array_add(kept[3], context_path(context, "statements"));
	g_ptr_array_add(kept[3], place_data("statements"));
	options.map_dirs = borrowed_array(&kept[3]);
	options.map = context->map;
	options.account = account_number(context);
	g_free(extract);
	options.extract = extract = place_helper("mailfilter-extract");
	parser = parser_new(&options, &why);
	if (!parser)
		say_error(context, "%s", why ? why : "the banks' files");
	else if (context->config &&
	    (why = transfer_names(context->config, parser))) {
		say_error(context, "%s: %s", context->config_path, why);
		g_clear_pointer(&parser, parser_free);
	}
	return parser;
}

struct parser *
context_parser(struct context *context, bool generic)
{
	return new_parser(context, generic, NULL);
}

struct parser *
context_parser_of(struct context *context, const struct mailbox *mailbox)
{
	return new_parser(context, false, mailbox);
}

bool
context_banks_known(const struct context *context, const struct parser *parser)
{
	const struct config *config = context->config;
	g_auto(GStrv) names = parser_bank_names(parser);

	for (guint i = 0; config && i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (account->bank && !g_strv_contains(
		    (const char *const *)names, account->bank))
			return false;
	}
	return true;
}

void
context_release(struct context *context)
{
	renderer_free(context->renderer);
	book_free(context->book);
	store_close(context->store);
	config_free(context->config);
	g_free(context->home);
	g_free(context->config_path);
}
