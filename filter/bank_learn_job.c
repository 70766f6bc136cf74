/*
 * bank_learn_job.c - whose mails the samples are: the sender's domains, who
 * signs, how the bank calls itself.
 */
#include "bank_learn.h"

#include <string.h>

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static bool
has_text(const json_t *list, const char *text)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
		if (strcmp(json_string_value(item), text) == 0)
			return true;
	return false;
}

static void
add_text(json_t *list, const char *text)
{
	if (*text && !has_text(list, text))
		json_array_append_new(list, json_string(text));
}

/* Is one of two domains the other's, or are both below one that two labels
 * name? Not where that would be everybody's ("co.uk"). */
static bool
is_related(const char *a, const char *b)
{
	size_t x = strlen(a), y = strlen(b);
	const char *longer = x > y ? a : b, *shorter = x > y ? b : a;
	size_t cut = strlen(longer) - strlen(shorter);

	return strchr(shorter, '.') && strcmp(longer + cut, shorter) == 0 &&
	    (cut == 0 || longer[cut - 1] == '.');
}

static void
note(GPtrArray *notes, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void
note(GPtrArray *notes, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (g_ptr_array_find_with_equal_func(notes, text, g_str_equal, NULL))
		g_free(text);
	else
		g_ptr_array_add(notes, text);
}

struct signing {
	json_t *dkim;		/* domains for the file */
	bool aligned;		/* by the sender's own domain, too */
	bool uncovered;		/* without Content-Type */
	const char *given;	/* by the owner, or NULL */
};

static void
add_signers(struct signing *signing, const json_t *sample, GPtrArray *notes)
{
	const json_t *signers = json_object_get(sample, "signers"), *signer;
	const char *domain = text_of(sample, "domain"), *stranger = NULL;
	bool good = false, covered = false;
	size_t i;

	json_array_foreach(signers, i, signer) {
		const char *d = text_of(signer, "domain");

		if (!is_related(d, domain) &&
		    g_strcmp0(d, signing->given) != 0) {
			stranger = d;
			continue;
		}
		good = true;
		covered |= json_is_true(json_object_get(signer,
		    "content_type"));
		if (strcmp(d, domain) == 0)
			signing->aligned = true;
		else
			add_text(signing->dkim, d);
	}
	signing->uncovered |= good && !covered;
	if (!good && stranger)
		note(notes, "%s is signed by %s only, where others send too: "
		    "such mail will not be trusted. If that domain is the "
		    "bank's alone, say --dkim %s", text_of(sample, "file"),
		    stranger, stranger);
	else if (!good)
		note(notes, "%s is not signed (DKIM): such mail will never be "
		    "trusted, it stays a hint (class U)",
		    text_of(sample, "file"));
}

/* The name by which all samples call it, if it is in all texts. */
static bool
is_in_all(const json_t *samples, const char *name)
{
	const json_t *sample;
	size_t i;

	if (g_utf8_strlen(name, -1) < 3)
		return false;
	json_array_foreach(samples, i, sample) {
		const char *text = text_of(sample, "text");
		const char *html = text_of(sample, "html");

		if ((*text && !strstr(text, name)) ||
		    (*html && !strstr(html, name)))
			return false;
	}
	return true;
}

/* Words that stay because every sample has the same payer. */
static void
check_payers(const json_t *samples, GPtrArray *notes)
{
	g_autoptr(GHashTable) payers = g_hash_table_new(g_str_hash,
	    g_str_equal);
	const json_t *sample;
	unsigned money = 0;
	size_t i;

	json_array_foreach(samples, i, sample) {
		if (strcmp(text_of(sample, "kind"), "other") == 0)
			continue;
		money++;
		g_hash_table_add(payers, (gpointer)(uintptr_t)text_of(
		    json_object_get(sample, "values"), "payer"));
	}
	if (money == 1)
		note(notes, "one sample shows nothing that varies: give two "
		    "or more, of different payers and amounts");
	else if (money > 1 && g_hash_table_contains(payers, ""))
		note(notes, "not every sample has a payer: words that are a "
		    "payer's would become fixed text. Say --set payer=NAME");
	else if (money > 1 && g_hash_table_size(payers) == 1)
		note(notes, "all samples have one payer: give one of another "
		    "payer, so that it is seen which words are the bank's");
}

json_t *
bank_learn_job(const json_t *samples, const char *title, const char *dkim,
    GPtrArray *notes)
{
	struct signing signing = {.dkim = json_array(), .given = dkim};
	json_t *job = json_object(), *from = json_array();
	const json_t *sample, *first = json_array_get(samples, 0);
	const char *name = text_of(first, "name");
	size_t i;

	json_array_foreach(samples, i, sample) {
		add_text(from, text_of(sample, "domain"));
		add_signers(&signing, sample, notes);
	}
	check_payers(samples, notes);
	if (json_array_size(signing.dkim) && signing.aligned)
		json_array_extend(signing.dkim, from);
	json_object_set_new(job, "domain",
	    json_string(text_of(first, "domain")));
	json_object_set_new(job, "title", json_string(title ? title :
	    *name ? name : text_of(first, "domain")));
	json_object_set_new(job, "from", from);
	json_object_set_new(job, "dkim", signing.dkim);
	if (signing.uncovered)
		json_object_set_new(job, "unsigned", json_true());
	if (*name && is_in_all(samples, name))
		json_object_set_new(job, "named", json_string(name));
	json_object_set(job, "samples", (json_t *)(uintptr_t)samples);
	return job;
}
