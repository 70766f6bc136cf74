/*
 * bank.c - the banks that are known: their files, which of them a sender is,
 * and what a mail of theirs says in its text and in its HTML part.
 */
#include "bankfile.h"

#include <string.h>

static void
free_bank(gpointer bank)
{
	bankfile_free(bank);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names NAME of all NAME.bank in a folder, sorted. */
static GPtrArray *
list_names(const char *folder)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *file;

	while (dir && (file = g_dir_read_name(dir)))
		if (*file != '.' && g_str_has_suffix(file, ".bank"))
			g_ptr_array_add(names, g_strndup(file,
			    strlen(file) - strlen(".bank")));
	if (dir)
		g_dir_close(dir);
	g_ptr_array_sort(names, compare_names);
	return names;
}

static bool
is_loaded(const GPtrArray *banks, const char *name)
{
	for (guint i = 0; i < banks->len; i++)
		if (strcmp(bank_name(banks->pdata[i]), name) == 0)
			return true;
	return false;
}

/* Loads what is in the folders; a fault is handed to the caller, who says
 * whether to go on. */
static bool
load_dirs(const char *const *dirs, GPtrArray *banks, GPtrArray *problems,
    bool go_on)
{
	for (; dirs && *dirs; dirs++) {
		g_autoptr(GPtrArray) names = list_names(*dirs);

		for (guint i = 0; i < names->len; i++) {
			const char *name = names->pdata[i];
			g_autofree char *file = g_strconcat(name, ".bank",
			    NULL);
			g_autofree char *path = g_build_filename(*dirs, file,
			    NULL);
			struct bank *bank;
			char *why = NULL;

			if (is_loaded(banks, name))
				continue;
			bank = bankfile_load(path, name, &why);
			if (bank)
				g_ptr_array_add(banks, bank);
			else
				g_ptr_array_add(problems, why);
			if (!bank && !go_on)
				return false;
		}
	}
	return true;
}

GPtrArray *
bank_load_dirs(const char *const *dirs, char **why)
{
	GPtrArray *banks = g_ptr_array_new_with_free_func(free_bank);
	g_autoptr(GPtrArray) problems = g_ptr_array_new();

	if (load_dirs(dirs, banks, problems, false)) {
		for (guint i = 0; i < banks->len; i++)
			((struct bank *)banks->pdata[i])->all = banks;
		return banks;
	}
	*why = problems->pdata[0];
	g_ptr_array_free(banks, TRUE);
	return NULL;
}

/* Is the domain in the list: as it stands, or below a "*."? */
static bool
has_domain(const GPtrArray *list, const char *domain)
{
	if (*domain == '.' || *domain == '*')
		return false;
	for (guint i = 0; i < list->len; i++) {
		const char *entry = list->pdata[i];

		if (strcmp(entry, domain) == 0 || (*entry == '*' &&
		    g_str_has_suffix(domain, entry + 1)))
			return true;
	}
	return false;
}

static bool
same_folder(const struct bank *a, const struct bank *b)
{
	const char *end = strrchr(a->path, '/');

	return end && strncmp(a->path, b->path,
	    (size_t)(end - a->path) + 1) == 0;
}

/* A domain of a for which b sends too, or NULL. */
static const char *
shared_domain(const struct bank *a, const struct bank *b)
{
	for (guint i = 0; i < a->from->len; i++) {
		const char *domain = a->from->pdata[i];

		if (g_ptr_array_find_with_equal_func(b->from, domain,
		    g_str_equal, NULL) || has_domain(b->from, domain))
			return domain;
	}
	return NULL;
}

/* Two banks of one sender domain would make the order of files decide. An
 * owner's file may claim a domain of a shipped one: it goes first. */
static void
check_shared_domains(const GPtrArray *banks, GPtrArray *problems)
{
	for (guint i = 0; i < banks->len; i++)
		for (guint j = 0; j < banks->len; j++) {
			const struct bank *a = banks->pdata[i];
			const struct bank *b = banks->pdata[j];
			const char *domain = i == j || !same_folder(a, b) ?
			    NULL : shared_domain(a, b);

			/* The same entry in both: once is enough. */
			if (!domain || (i > j && shared_domain(b, a)))
				continue;
			g_ptr_array_add(problems, g_strdup_printf(
			    "%s:1: %s sends for %s too", b->path, domain,
			    a->name));
		}
}

void
bank_check_dirs(const char *const *dirs, GPtrArray *problems)
{
	g_autoptr(GPtrArray) banks =
	    g_ptr_array_new_with_free_func(free_bank);

	load_dirs(dirs, banks, problems, true);
	for (guint i = 0; i < banks->len; i++) {
		struct bank *bank = banks->pdata[i];

		if (!bankfile_complete(bank)) {
			g_ptr_array_add(problems, g_strdup(bank->broken));
			continue;
		}
		for (guint j = 0; j < bank->templates->len; j++) {
			struct template *t = bank->templates->pdata[j];

			if (!template_compile(bank, t))
				g_ptr_array_add(problems, g_strdup(t->broken));
		}
	}
	check_shared_domains(banks, problems);
}

const char *
bank_name(const struct bank *bank)
{
	return bank->name;
}

static json_t *
strings(const GPtrArray *array)
{
	json_t *list = json_array();

	for (guint i = 0; i < array->len; i++)
		json_array_append_new(list, json_string(array->pdata[i]));
	return list;
}

json_t *
bank_describe(const struct bank *bank)
{
	json_t *templates;

	if (!bankfile_complete((struct bank *)(uintptr_t)bank))
		return json_pack("{s:s, s:o, s:s, s:s}", "name", bank->name,
		    "from", strings(bank->from), "file", bank->path,
		    "fault", bank->broken);
	templates = json_array();
	for (guint i = 0; i < bank->templates->len; i++) {
		const struct template *t = bank->templates->pdata[i];

		json_array_append_new(templates, json_pack("{s:s, s:s}",
		    "name", t->name, "kind", event_kind_name(t->kind)));
	}
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, "
	    "s:s}",
	    "name", bank->name, "title", bank->title,
	    "country", bank->country, "language", bank->days.language,
	    "currency", bank->currency,
	    "from", strings(bank->from),
	    "dkim", strings(bank->dkim->len ? bank->dkim : bank->from),
	    "transfers", strings(bank->transfers),
	    "templates", templates, "file", bank->path);
}

const struct bank *
bank_find_sender(GPtrArray *banks, const char *domain)
{
	for (guint i = 0; i < banks->len; i++) {
		struct bank *bank = banks->pdata[i];

		if (has_domain(bank->from, domain)) {
			bankfile_complete(bank);
			return bank;
		}
	}
	return NULL;
}

void
bank_prepare(GPtrArray *banks, const char *name, const char *template)
{
	for (guint i = 0; i < banks->len; i++) {
		struct bank *bank = banks->pdata[i];

		if (strcmp(bank->name, name) != 0 || !bankfile_complete(bank))
			continue;
		for (guint j = 0; j < bank->templates->len; j++) {
			struct template *t = bank->templates->pdata[j];

			if (g_strcmp0(t->name, template) == 0)
				template_compile(bank, t);
			else
				template_compile_conditions(bank, t);
		}
	}
}

bool
bank_excuses_content_type(const struct bank *bank)
{
	return bank->excuse_content_type;
}

bool
bank_is_dkim_domain(const struct bank *bank, const char *d)
{
	g_autofree char *lower = g_ascii_strdown(d, -1);

	return has_domain(bank->dkim->len ? bank->dkim : bank->from, lower);
}
