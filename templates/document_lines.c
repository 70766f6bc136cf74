/*
 * document_lines.c - the lines of a document, and allowances and charges.
 */
#include "document.h"

#include "format.h"

#include <glib.h>
#include <string.h>

/* The texts of these names, as they are. */
static void
copy_texts(json_t *out, const json_t *from, const char *const *names)
{
	for (; *names; names++)
		document_set(out, *names, document_text(from, *names));
}

/* ---- lines ------------------------------------------------------------------- */

/* The name of a unit beside this quantity; the caller frees; NULL: none. */
static char *
unit_name(const struct document *document, const json_t *line)
{
	const char *code = document_text(line, "unit");
	const char *written = document_text(line, "unit_text");
	const char *quantity = document_text(line, "quantity");
	g_autofree char *whole = decimal_trim(quantity);
	g_autofree char *category = NULL, *key = NULL;
	const char *name;

	if (!*code || (!strcmp(code, "C62") && !*written))
		return *written ? g_strdup(written) : NULL;
	category = strchr(whole, '.') ? g_strdup("fraction") :
	    language_category(document->words->language,
	        g_ascii_strtoll(whole + (*whole == '-'), NULL, 10));
	key = g_strconcat(code, ".", category, NULL);
	name = document_text(document->words->units, key);
	if (!*name)
		name = document_text(document->words->units, code);
	if (!*name)
		name = *written ? written : code;
	return g_strdup(name);
}

/* Allowances and charges with their labels; the amounts of the first are
 * below zero. */
void
document_add_changes(const struct document *document, json_t *out, const json_t *from)
{
	static const struct {
		const char *list, *label;
		bool negative;
	} kinds[] = {{"allowances", "doc_allowance", true},
	    {"charges", "doc_charge", false}};
	json_t *changes = json_array();

	for (size_t kind = 0; kind < G_N_ELEMENTS(kinds); kind++) {
		const json_t *list = json_object_get(from, kinds[kind].list);

		for (size_t i = 0; i < json_array_size(list); i++) {
			const json_t *one = json_array_get(list, i);
			const char *reason = document_text(one, "reason");
			const char *amount = document_text(one, "amount");
			json_t *change = json_object();

			document_set(change, "label", *reason ? reason :
			    document_word(document, kinds[kind].label));
			document_set_trimmed(change, "percent", document_text(one, "percent"));
			if (kinds[kind].negative)
				document_set_negative(document, change, "amount", amount);
			else
				document_set_amount(document, change, "amount", amount);
			json_array_append_new(changes, change);
		}
	}
	if (json_array_size(changes))
		json_object_set(out, "changes", changes);
	json_decref(changes);
}

static void
add_price(const struct document *document, json_t *out, const json_t *line)
{
	const char *per = document_text(line, "price_quantity");
	g_autofree char *trimmed = decimal_trim(per);

	document_set_amount(document, out, "price", document_text(line, "price"));
	if (*document_text(line, "price_discount"))
		document_set_amount(document, out, "gross_price",
		    document_text(line, "gross_price"));
	if (*trimmed && strcmp(trimmed, "1") != 0)
		document_set(out, "base_quantity", trimmed);
}

static json_t *
line_values(const struct document *document, const json_t *line, size_t index)
{
	static const char *const copied[] = {"text", "description", "note",
	    "category", "object", "po_line", "accounting", "seller_id",
	    "buyer_id", "standard_id", "origin", NULL};
	g_autofree char *unit = unit_name(document, line);
	g_autofree char *position = g_strdup_printf("%zu", index + 1);
	const json_t *period = json_object_get(line, "period");
	const char *id = document_text(line, "id");
	json_t *out = json_object();

	document_set(out, "position", *id ? id : position);
	copy_texts(out, line, copied);
	document_set_trimmed(out, "quantity", document_text(line, "quantity"));
	document_set(out, "unit", unit);
	add_price(document, out, line);
	document_set_trimmed(out, "percent", document_text(line, "rate"));
	document_set(out, "from", document_text(period, "from"));
	document_set(out, "until", document_text(period, "to"));
	document_set_amount(document, out, "net", document_text(line, "net"));
	document_add_changes(document, out, line);
	if (json_object_get(line, "attributes"))
		json_object_set(out, "attributes",
		    json_object_get(line, "attributes"));
	return out;
}

void
document_add_lines(const struct document *document)
{
	const json_t *lines = json_object_get(document->json, "lines");
	json_t *out = json_array();
	g_autofree char *sum = g_strdup("0");

	for (size_t i = 0; i < json_array_size(lines); i++) {
		const json_t *line = json_array_get(lines, i);
		json_t *values = line_values(document, line, i);
		char *next = sum ? decimal_add(sum, document_text(line, "net")) : NULL;

		g_free(sum);
		sum = next;
		document_set_amount(document, values, "carry", sum);
		json_array_append_new(out, values);
	}
	json_object_set_new(document->out, "lines", out);
}
