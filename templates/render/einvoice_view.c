/*
 * einvoice_view.c - the document as the tables of the syntaxes want it: the
 * type code, notes, references and the marks of the profile; the other steps
 * stand in view_*.c.
 */
#include "view.h"

#include <string.h>

const char *
view_text(const json_t *view, const char *path)
{
	const char *text = json_string_value(xmlmap_at(view, path));

	return text && text[strspn(text, " \t\r\n")] ? text : "";
}

void
view_set(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_string(text));
}

void
view_default(json_t *object, const char *key, const char *text)
{
	if (!*view_text(object, key))
		view_set(object, key, text);
}

json_t *
view_object(json_t *object, const char *key)
{
	json_t *inner = json_object_get(object, key);

	if (!json_is_object(inner)) {
		inner = json_object();
		json_object_set_new(object, key, inner);
	}
	return inner;
}

bool
view_decimal(const json_t *object, const char *key, decimal_wide *value)
{
	return decimal_read(view_text(object, key), value);
}

bool
both_german(const json_t *view)
{
	return !strcmp(view_text(view, "seller.address.country"), "DE") &&
	    !strcmp(view_text(view, "buyer.address.country"), "DE");
}

bool
view_has_category(const json_t *view, const char *category)
{
	const json_t *taxes = json_object_get(view, "taxes");

	for (size_t i = 0; i < json_array_size(taxes); i++)
		if (!strcmp(view_text(json_array_get(taxes, i), "category"),
			category))
			return true;
	return false;
}

/* UNTDID 1001 codes that UBL writes as a CreditNote. */
static const char *const credit_codes[] = {
    "81", "83", "261", "262", "296", "308", "381", "396", "420", "458",
    "502", "503", "532", NULL};

bool
is_credit_note(const json_t *view)
{
	return g_strv_contains(credit_codes, view_text(view, "_type"));
}

static const struct {
	const char *type, *code, *german;
} types[] = {
    {"credit-note", "381", "381"},
    {"corrected", "384", "384"},
    /* XRechnung has no prepayment invoice, but the partial one. */
    {"deposit", "386", "326"},
};

static const char *
type_code(const json_t *view, const struct profile *profile)
{
	const char *type = view_text(view, "type");
	const char *given = view_text(view, "type_code");
	bool german = profile->traits & PROFILE_GERMAN ||
	    (profile->traits & PROFILE_NETWORK && both_german(view));

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (!strcmp(types[i].type, type) &&
		    (!*given || !strcmp(given, types[i].code)))
			return german ? types[i].german : types[i].code;
	return *given ? given : "380";
}

/* UNTDID 2005, which UBL takes, and UNTDID 2475, which CII takes (BT-8). */
static const struct {
	const char *period, *event;
} tax_points[] = {{"3", "5"}, {"35", "29"}, {"432", "72"}};

static void
view_tax_point(json_t *view)
{
	json_t *first = json_array_get(json_object_get(view, "taxes"), 0);
	const char *code = view_text(view, "tax_point_code");

	if (*view_text(view, "tax_point"))
		view_set(first, "_tax_point", view_text(view, "tax_point"));
	for (size_t i = 0; i < G_N_ELEMENTS(tax_points); i++)
		if (!strcmp(code, tax_points[i].period))
			view_set(first, "_tax_point_code",
			    tax_points[i].event);
}

static void
name_attachments(json_t *view)
{
	json_t *attachments = json_object_get(view, "attachments");

	for (size_t i = 0; i < json_array_size(attachments); i++) {
		json_t *file = json_array_get(attachments, i);
		g_autofree char *number = g_strdup_printf("%zu", i + 1);
		const char *name = view_text(file, "name");

		view_default(file, "id", *name ? name : number);
	}
}

/* The invoices of deposits are preceding ones of the invoice that deducts
 * them (BG-3). */
static void
refer_deposits(json_t *view)
{
	const json_t *deposits = json_object_get(view, "deposits");
	json_t *preceding = json_object_get(view, "preceding");

	if (!json_array_size(deposits))
		return;
	if (!json_is_array(preceding)) {
		preceding = json_array();
		json_object_set_new(view, "preceding", preceding);
	}
	for (size_t i = 0; i < json_array_size(deposits); i++) {
		json_t *one = json_array_get(deposits, i);
		bool known = !*view_text(one, "number");

		for (size_t k = 0; k < json_array_size(preceding); k++)
			known |= !strcmp(view_text(one, "number"), view_text(
			    json_array_get(preceding, k), "number"));
		if (!known)
			json_array_append(preceding, one);
	}
}

void
view_document(json_t *view, const struct profile *profile)
{
	view_set(view, "_type", type_code(view, profile));
	view_set(view, "_customization", profile->customization);
	if (profile->process)
		view_set(view, "_process", profile->process);
	if (!(profile->traits & PROFILE_CII) &&
	    *view_text(view, "sales_order"))
		view_default(view, "po", "NA"); /* UBL demands an order id */
	if (!strcmp(view_text(view, "tax_currency"),
		view_text(view, "currency"))) {
		json_object_del(view, "tax_currency");
		json_object_del(json_object_get(view, "totals"),
		    "tax_accounting");
	}
	refer_deposits(view);
	view_tax_point(view);
	name_attachments(view);
}

/* Nothing in a text may be what XML 1.0 cannot hold. */
static gunichar
unfit(const char *text)
{
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
		    c == 0x7f || c == 0xfffe || c == 0xffff)
			return c;
	}
	return 0;
}

static char *
unfit_in(const json_t *value, const char *path)
{
	const char *text = json_string_value(value), *key;
	json_t *inner;
	gunichar c;

	if (text && (c = unfit(text)))
		return g_strdup_printf("%s: has the control character "
		    "U+%04X, which no e-invoice can hold: take it out", path, c);
	for (size_t i = 0; i < json_array_size(value); i++) {
		g_autofree char *below = g_strdup_printf("%s[%zu]", path, i);
		char *why = unfit_in(json_array_get(value, i), below);

		if (why)
			return why;
	}
	json_object_foreach((json_t *)value, key, inner) {
		g_autofree char *below = g_strconcat(path, *path ? "." : "",
		    key, NULL);
		char *why = unfit_in(inner, below);

		if (why)
			return why;
	}
	return NULL;
}

json_t *
einvoice_view(const json_t *document, const struct profile *profile,
    char **why)
{
	static view_step *const steps[] = {view_document, view_payment,
	    view_parties, view_delivery, view_lines, view_allowances,
	    view_taxes, view_notes};
	json_t *view;

	if ((*why = unfit_in(document, "")) != NULL)
		return NULL;
	view = json_deep_copy(document);
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		steps[i](view, profile);
	return view;
}
