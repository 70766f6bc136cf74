/*
 * document.c - an invoice document is checked and computed, part by part, and
 * its fields are read. Pure.
 */
#include "document_internal.h"

#include <stdarg.h>
#include <string.h>

/* ---- faults ----------------------------------------------------------------- */

/* Which of "BT-35/50/75/64" a path means: the seller's, the buyer's, the
 * delivery's or the representative's; an allowance's or a charge's; of the
 * document or of a line. */
static int
term_index(const char *path)
{
	if (g_str_has_prefix(path, "buyer"))
		return 1;
	if (g_str_has_prefix(path, "delivery"))
		return 2;
	if (g_str_has_prefix(path, "representative"))
		return 3;
	return strstr(path, "charges[") || strstr(path, "].period") ? 1 : 0;
}

static char *
term_text(const char *path, const char *term)
{
	g_auto(GStrv) parts = term ? g_strsplit(term, "/", -1) : NULL;
	guint i = (guint)term_index(path);

	if (!parts)
		return g_strdup("");
	if (i >= g_strv_length(parts))
		i = 0;
	return g_strdup_printf(" (%s%s)", i ? "BT-" : "", parts[i]);
}

bool
fault(struct work *work, const char *path, const char *term,
    const char *format, ...)
{
	g_autofree char *sentence = NULL;
	g_autofree char *shown = term_text(path, term);
	va_list arguments;

	if (work->why)
		return false;
	va_start(arguments, format);
	sentence = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	work->why = g_strdup_printf("%s%s: %s", path, shown, sentence);
	return false;
}

char *
path_item(const char *list, size_t i)
{
	return g_strdup_printf("%s[%zu]", list, i);
}

char *
path_key(const char *object, const char *key)
{
	return *object ? g_strdup_printf("%s.%s", object, key) : g_strdup(key);
}

/* ---- fields ------------------------------------------------------------------ */

const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

int64_t
number_of(const json_t *object, const char *key, int decimals, int64_t absent)
{
	const char *text = text_of(object, key);
	int64_t value;

	return text && decimal_read(text, decimals, &value) ? value : absent;
}

void
set_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_string(text));
}

void
set_amount(const struct work *work, json_t *object, const char *key,
    int64_t amount)
{
	g_autofree char *text = amount_text(amount, work->digits);

	set_text(object, key, text);
}

bool
has_any(const json_t *object, const char *keys)
{
	g_auto(GStrv) list = g_strsplit(keys, "|", -1);

	for (char **key = list; *key; key++)
		if (json_object_get(object, *key))
			return true;
	return false;
}

/* ---- from outside --------------------------------------------------------------- */

/* The value at a path: keys and [indexes] with points between. */
static const json_t *
value_at(const json_t *value, const char *path)
{
	g_auto(GStrv) steps = g_strsplit(path, ".", -1);

	for (char **step = steps; *step && value; step++) {
		char *index = strchr(*step, '[');
		size_t i = 0;

		if (index) {
			*index++ = '\0';
			i = (size_t)g_ascii_strtoull(index, NULL, 10);
		}
		value = json_object_get(value, *step);
		if (index)
			value = json_array_get(value, i);
	}
	return value;
}

const char *
document_text(const json_t *document, const char *path)
{
	return json_string_value(value_at(document, path));
}

bool
document_amount(const json_t *document, const char *group, const char *key,
    int64_t *minor)
{
	const json_t *object = group ? value_at(document, group) : document;
	const char *text = text_of(object, key);
	const char *currency = text_of(document,
	    strcmp(key, "tax_accounting") == 0 ? "tax_currency" : "currency");

	return text && currency && money_parse(text, currency, minor);
}

const char *
document_type_code(const json_t *document)
{
	static const struct { const char *type, *code; } rows[] = {
		{"invoice", "380"}, {"credit-note", "381"},
		{"deposit", "386"}, {"corrected", "384"},
	};
	const char *code = text_of(document, "type_code");
	const char *type = text_of(document, "type");

	for (size_t i = 0; !code && type && i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].type, type) == 0)
			code = rows[i].code;
	return code ? code : "380";
}

bool
document_is_credit(const json_t *document)
{
	static const char *const credits[] = {"81", "83", "261", "262", "296",
		"308", "381", "396", "420", "458", "502", "503", "532", NULL};

	return g_strv_contains(credits, document_type_code(document));
}

/* ---- the whole ------------------------------------------------------------------- */

/* The currency comes first: it tells how to read all amounts. EN 16931 has no
 * amounts with three decimals (BR-DEC). */
static bool
begin(struct work *work)
{
	if (!json_is_object(work->root))
		return fault(work, "document", NULL, "it is no JSON object");
	work->currency = text_of(work->root, "currency");
	work->language = text_of(work->root, "language");
	if (!work->language)
		work->language = "en";
	if (!work->currency)
		return fault(work, "currency", "BT-5", "it is missing; enter "
		    "three letters of ISO 4217 (\"EUR\")");
	work->digits = money_digits(work->currency);
	if (work->digits < 0)
		return fault(work, "currency", "BT-5", "'%s' is no currency; "
		    "enter three capital letters of ISO 4217 (\"EUR\")",
		    work->currency);
	if (text_of(work->root, "profile"))
		work->digits = MIN(work->digits, 2);
	return true;
}

static bool
complete(struct work *work)
{
	const char *profile;
	char *why;

	if (!begin(work) || !document_check_shape(work))
		return false;
	work->currency = text_of(work->root, "currency");
	if (text_of(work->root, "language"))
		work->language = text_of(work->root, "language");
	if (!document_check_head(work) || !document_check_parties(work) ||
	    !document_count_lines(work) || !document_count_shares(work) ||
	    !document_check_taxes(work) || !document_count_totals(work))
		return false;
	profile = text_of(work->root, "profile");
	why = profile ? document_check_profile(work->root, profile) : NULL;
	if (why)
		work->why = why;
	return why == NULL;
}

char *
document_complete(json_t *document)
{
	struct work work = {
		.root = document,
		.taxes = g_array_new(FALSE, TRUE, sizeof(struct tax)),
	};

	if (!complete(&work) && !work.why)
		work.why = g_strdup("document: an amount is too large");
	g_array_unref(work.taxes);
	return work.why;
}
