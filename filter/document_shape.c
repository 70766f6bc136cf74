/*
 * document_shape.c - the keys of an invoice document and what may stand in
 * them, as tables: one row a key, with its business term of EN 16931-1. Brings
 * values into their canonical form. Pure.
 */
#include "command.h"
#include "document_internal.h"
#include "document_shape.h"

#include <string.h>

/* ---- the tables ------------------------------------------------------------ */

#define END {NULL, NULL, SHAPE_TEXT, 0, NULL}

static const struct shape address[] = {
	{"street", "BT-35/50/75/64", SHAPE_TEXT, 0, NULL},
	{"street2", "BT-36/51/76/65", SHAPE_TEXT, 0, NULL},
	{"street3", "BT-162/163/165/164", SHAPE_TEXT, 0, NULL},
	{"postcode", "BT-38/53/78/67", SHAPE_TEXT, 0, NULL},
	{"city", "BT-37/52/77/66", SHAPE_TEXT, 0, NULL},
	{"region", "BT-39/54/79/68", SHAPE_TEXT, 0, NULL},
	{"country", "BT-40/55/80/69", SHAPE_CODE, CODES_COUNTRY, NULL},
	END
}, contact[] = {
	{"name", "BT-41/56", SHAPE_TEXT, 0, NULL},
	{"phone", "BT-42/57", SHAPE_TEXT, 0, NULL},
	{"email", "BT-43/58", SHAPE_TEXT, 0, NULL},
	END
}, party_id[] = {
	{"id", "BT-29/46", SHAPE_TEXT, 0, NULL},
	{"scheme", "BT-29-1/46-1", SHAPE_CODE, CODES_ICD, NULL},
	END
}, party[] = {
	{"name", "BT-27/44", SHAPE_TEXT, 0, NULL},
	{"trading_name", "BT-28/45", SHAPE_TEXT, 0, NULL},
	{"ids", "BT-29/46", SHAPE_LIST, 0, party_id},
	{"legal_id", "BT-30/47", SHAPE_TEXT, 0, NULL},
	{"legal_scheme", "BT-30-1/47-1", SHAPE_CODE, CODES_ICD, NULL},
	{"tax_id", "BT-31/48", SHAPE_TEXT, 0, NULL},
	{"tax_number", "BT-32", SHAPE_TEXT, 0, NULL},
	{"legal_info", "BT-33", SHAPE_LINES, 0, NULL},
	{"endpoint", "BT-34/49", SHAPE_TEXT, 0, NULL},
	{"endpoint_scheme", "BT-34-1/49-1", SHAPE_CODE, CODES_EAS, NULL},
	{"address", "BG-5/8", SHAPE_OBJECT, 0, address},
	{"contact", "BG-6/9", SHAPE_OBJECT, 0, contact},
	END
}, payee[] = {
	{"name", "BT-59", SHAPE_TEXT, 0, NULL},
	{"id", "BT-60", SHAPE_TEXT, 0, NULL},
	{"id_scheme", "BT-60-1", SHAPE_CODE, CODES_ICD, NULL},
	{"legal_id", "BT-61", SHAPE_TEXT, 0, NULL},
	{"legal_scheme", "BT-61-1", SHAPE_CODE, CODES_ICD, NULL},
	END
}, representative[] = {
	{"name", "BT-62", SHAPE_TEXT, 0, NULL},
	{"tax_id", "BT-63", SHAPE_TEXT, 0, NULL},
	{"address", "BG-12", SHAPE_OBJECT, 0, address},
	END
}, preceding[] = {
	{"number", "BT-25", SHAPE_TEXT, 0, NULL},
	{"date", "BT-26", SHAPE_DAY, 0, NULL},
	END
}, period[] = {
	{"from", "BT-73/134", SHAPE_DAY, 0, NULL},
	{"to", "BT-74/135", SHAPE_DAY, 0, NULL},
	END
}, delivery[] = {
	{"name", "BT-70", SHAPE_TEXT, 0, NULL},
	{"id", "BT-71", SHAPE_TEXT, 0, NULL},
	{"id_scheme", "BT-71-1", SHAPE_CODE, CODES_ICD, NULL},
	{"address", "BG-15", SHAPE_OBJECT, 0, address},
	END
}, note[] = {
	{"text", "BT-22", SHAPE_LINES, 0, NULL},
	{"subject", "BT-21", SHAPE_CODE, CODES_SUBJECT, NULL},
	END
}, account[] = {
	{"iban", "BT-84", SHAPE_IBAN, 0, NULL},
	{"account", "BT-84", SHAPE_TEXT, 0, NULL},
	{"holder", "BT-85", SHAPE_TEXT, 0, NULL},
	{"bic", "BT-86", SHAPE_BIC, 0, NULL},
	END
}, card[] = {
	{"number", "BT-87", SHAPE_TEXT, 0, NULL},
	{"holder", "BT-88", SHAPE_TEXT, 0, NULL},
	END
}, mandate[] = {
	{"reference", "BT-89", SHAPE_TEXT, 0, NULL},
	{"creditor", "BT-90", SHAPE_TEXT, 0, NULL},
	{"account", "BT-91", SHAPE_TEXT, 0, NULL},
	END
}, payment[] = {
	{"means", "BT-81", SHAPE_CODE, CODES_MEANS, NULL},
	{"means_text", "BT-82", SHAPE_TEXT, 0, NULL},
	{"reference", "BT-83", SHAPE_TEXT, 0, NULL},
	{"accounts", "BG-17", SHAPE_LIST, 0, account},
	{"card", "BG-18", SHAPE_OBJECT, 0, card},
	{"mandate", "BG-19", SHAPE_OBJECT, 0, mandate},
	END
}, discount[] = {
	{"percent", "BT-20", SHAPE_PERCENT, 0, NULL},
	{"until", "BT-20", SHAPE_DAY, 0, NULL},
	{"days", "BT-20", SHAPE_COUNT, 0, NULL},
	{"base", "BT-20", SHAPE_AMOUNT, 0, NULL},
	END
}, line_share[] = {
	{"amount", "BT-136/141", SHAPE_AMOUNT, 0, NULL},
	{"base", "BT-137/142", SHAPE_AMOUNT, 0, NULL},
	{"percent", "BT-138/143", SHAPE_PERCENT, 0, NULL},
	{"reason", "BT-139/144", SHAPE_TEXT, 0, NULL},
	{"reason_code", "BT-140/145", SHAPE_TEXT, 0, NULL},
	END
}, share[] = {
	{"amount", "BT-92/99", SHAPE_AMOUNT, 0, NULL},
	{"base", "BT-93/100", SHAPE_AMOUNT, 0, NULL},
	{"percent", "BT-94/101", SHAPE_PERCENT, 0, NULL},
	{"reason", "BT-97/104", SHAPE_TEXT, 0, NULL},
	{"reason_code", "BT-98/105", SHAPE_TEXT, 0, NULL},
	{"category", "BT-95/102", SHAPE_CODE, CODES_CATEGORY, NULL},
	{"rate", "BT-96/103", SHAPE_PERCENT, 0, NULL},
	END
}, class_code[] = {
	{"code", "BT-158", SHAPE_TEXT, 0, NULL},
	{"scheme", "BT-158-1", SHAPE_CODE, CODES_CLASS, NULL},
	{"version", "BT-158-2", SHAPE_TEXT, 0, NULL},
	END
}, attribute[] = {
	{"name", "BT-160", SHAPE_TEXT, 0, NULL},
	{"value", "BT-161", SHAPE_TEXT, 0, NULL},
	END
}, line[] = {
	{"id", "BT-126", SHAPE_TEXT, 0, NULL},
	{"text", "BT-153", SHAPE_LINES, 0, NULL},
	{"description", "BT-154", SHAPE_LINES, 0, NULL},
	{"note", "BT-127", SHAPE_LINES, 0, NULL},
	{"quantity", "BT-129", SHAPE_NUMBER, 6, NULL},
	{"unit", "BT-130", SHAPE_UNIT, 0, NULL},
	{"unit_text", NULL, SHAPE_TEXT, 0, NULL},
	{"price", "BT-146", SHAPE_NUMBER, 6, NULL},
	{"gross_price", "BT-148", SHAPE_NUMBER, 6, NULL},
	{"price_discount", "BT-147", SHAPE_NUMBER, 6, NULL},
	{"price_quantity", "BT-149", SHAPE_NUMBER, 6, NULL},
	{"price_unit", "BT-150", SHAPE_UNIT, 0, NULL},
	{"discount_percent", "BT-138", SHAPE_PERCENT, 0, NULL},
	{"allowances", "BG-27", SHAPE_LIST, 0, line_share},
	{"charges", "BG-28", SHAPE_LIST, 0, line_share},
	{"category", "BT-151", SHAPE_CODE, CODES_CATEGORY, NULL},
	{"rate", "BT-152", SHAPE_PERCENT, 0, NULL},
	{"net", "BT-131", SHAPE_AMOUNT, 0, NULL},
	{"period", "BG-26", SHAPE_OBJECT, 0, period},
	{"object", "BT-128", SHAPE_TEXT, 0, NULL},
	{"object_scheme", "BT-128-1", SHAPE_CODE, CODES_REFERENCE, NULL},
	{"po_line", "BT-132", SHAPE_TEXT, 0, NULL},
	{"accounting", "BT-133", SHAPE_TEXT, 0, NULL},
	{"seller_id", "BT-155", SHAPE_TEXT, 0, NULL},
	{"buyer_id", "BT-156", SHAPE_TEXT, 0, NULL},
	{"standard_id", "BT-157", SHAPE_TEXT, 0, NULL},
	{"standard_scheme", "BT-157-1", SHAPE_CODE, CODES_ICD, NULL},
	{"classes", "BT-158", SHAPE_LIST, 0, class_code},
	{"origin", "BT-159", SHAPE_CODE, CODES_COUNTRY, NULL},
	{"attributes", "BG-32", SHAPE_LIST, 0, attribute},
	END
}, exemption[] = {
	{"reason", "BT-120", SHAPE_LINES, 0, NULL},
	{"code", "BT-121", SHAPE_CODE, CODES_VATEX, NULL},
	END
}, exemptions[] = {
	{"E", "BT-120", SHAPE_OBJECT, 0, exemption},
	{"AE", "BT-120", SHAPE_OBJECT, 0, exemption},
	{"K", "BT-120", SHAPE_OBJECT, 0, exemption},
	{"G", "BT-120", SHAPE_OBJECT, 0, exemption},
	{"O", "BT-120", SHAPE_OBJECT, 0, exemption},
	END
}, deposit[] = {
	{"number", "BT-113", SHAPE_TEXT, 0, NULL},
	{"date", "BT-113", SHAPE_DAY, 0, NULL},
	{"amount", "BT-113", SHAPE_AMOUNT, 0, NULL},
	{"tax", "BT-113", SHAPE_AMOUNT, 0, NULL},
	END
}, withholding[] = {
	{"percent", "BT-113", SHAPE_PERCENT, 0, NULL},
	{"name", "BT-113", SHAPE_TEXT, 0, NULL},
	{"amount", "BT-113", SHAPE_AMOUNT, 0, NULL},
	{"base", "BT-113", SHAPE_AMOUNT, 0, NULL},
	END
}, attachment[] = {
	{"id", "BT-122", SHAPE_TEXT, 0, NULL},
	{"description", "BT-123", SHAPE_TEXT, 0, NULL},
	{"url", "BT-124", SHAPE_TEXT, 0, NULL},
	{"name", "BT-125-2", SHAPE_TEXT, 0, NULL},
	{"mime", "BT-125-1", SHAPE_CODE, CODES_MIME, NULL},
	{"content", "BT-125", SHAPE_BASE64, 0, NULL},
	END
}, tax[] = {
	{"category", "BT-118", SHAPE_CODE, CODES_CATEGORY, NULL},
	{"rate", "BT-119", SHAPE_PERCENT, 0, NULL},
	{"base", "BT-116", SHAPE_AMOUNT, 0, NULL},
	{"amount", "BT-117", SHAPE_AMOUNT, 0, NULL},
	{"reason", "BT-120", SHAPE_LINES, 0, NULL},
	{"reason_code", "BT-121", SHAPE_CODE, CODES_VATEX, NULL},
	END
}, totals[] = {
	{"lines", "BT-106", SHAPE_AMOUNT, 0, NULL},
	{"allowances", "BT-107", SHAPE_AMOUNT, 0, NULL},
	{"charges", "BT-108", SHAPE_AMOUNT, 0, NULL},
	{"net", "BT-109", SHAPE_AMOUNT, 0, NULL},
	{"tax", "BT-110", SHAPE_AMOUNT, 0, NULL},
	{"tax_accounting", "BT-111", SHAPE_TAX_AMOUNT, 0, NULL},
	{"gross", "BT-112", SHAPE_AMOUNT, 0, NULL},
	{"prepaid", "BT-113", SHAPE_AMOUNT, 0, NULL},
	{"rounding", "BT-114", SHAPE_AMOUNT, 0, NULL},
	{"due", "BT-115", SHAPE_AMOUNT, 0, NULL},
	END
}, top[] = {
	{"type", "BT-3", SHAPE_TYPE, 0, NULL},
	{"type_code", "BT-3", SHAPE_CODE, CODES_TYPE, NULL},
	{"language", NULL, SHAPE_TEXT, 0, NULL},
	{"number", "BT-1", SHAPE_TEXT, 0, NULL},
	{"date", "BT-2", SHAPE_DAY, 0, NULL},
	{"due", "BT-9", SHAPE_DAY, 0, NULL},
	{"currency", "BT-5", SHAPE_CURRENCY, 0, NULL},
	{"tax_currency", "BT-6", SHAPE_CURRENCY, 0, NULL},
	{"exchange_rate", "BT-111", SHAPE_NUMBER, 8, NULL},
	{"tax_point", "BT-7", SHAPE_DAY, 0, NULL},
	{"tax_point_code", "BT-8", SHAPE_CODE, CODES_TAX_POINT, NULL},
	{"buyer_reference", "BT-10", SHAPE_TEXT, 0, NULL},
	{"po", "BT-13", SHAPE_TEXT, 0, NULL},
	{"sales_order", "BT-14", SHAPE_TEXT, 0, NULL},
	{"contract", "BT-12", SHAPE_TEXT, 0, NULL},
	{"project", "BT-11", SHAPE_TEXT, 0, NULL},
	{"tender", "BT-17", SHAPE_TEXT, 0, NULL},
	{"object", "BT-18", SHAPE_TEXT, 0, NULL},
	{"object_scheme", "BT-18-1", SHAPE_CODE, CODES_REFERENCE, NULL},
	{"despatch", "BT-16", SHAPE_TEXT, 0, NULL},
	{"receipt", "BT-15", SHAPE_TEXT, 0, NULL},
	{"accounting", "BT-19", SHAPE_TEXT, 0, NULL},
	{"preceding", "BG-3", SHAPE_LIST, 0, preceding},
	{"period", "BG-14", SHAPE_OBJECT, 0, period},
	{"delivered", "BT-72", SHAPE_DAY, 0, NULL},
	{"delivery", "BG-13", SHAPE_OBJECT, 0, delivery},
	{"notes", "BG-1", SHAPE_LIST, 0, note},
	{"seller", "BG-4", SHAPE_OBJECT, 0, party},
	{"buyer", "BG-7", SHAPE_OBJECT, 0, party},
	{"payee", "BG-10", SHAPE_OBJECT, 0, payee},
	{"representative", "BG-11", SHAPE_OBJECT, 0, representative},
	{"payment", "BG-16", SHAPE_OBJECT, 0, payment},
	{"terms", "BT-20", SHAPE_LINES, 0, NULL},
	{"discounts", "BT-20", SHAPE_LIST, 0, discount},
	{"lines", "BG-25", SHAPE_LIST, 0, line},
	{"allowances", "BG-20", SHAPE_LIST, 0, share},
	{"charges", "BG-21", SHAPE_LIST, 0, share},
	{"exemptions", "BT-120", SHAPE_OBJECT, 0, exemptions},
	{"deposits", "BT-113", SHAPE_LIST, 0, deposit},
	{"prepaid", "BT-113", SHAPE_AMOUNT, 0, NULL},
	{"rounding", "BT-114", SHAPE_AMOUNT, 0, NULL},
	{"withholding", "BT-113", SHAPE_OBJECT, 0, withholding},
	{"attachments", "BG-24", SHAPE_LIST, 0, attachment},
	{"profile", "BT-24", SHAPE_PROFILE, 0, NULL},
	{"taxes", "BG-23", SHAPE_LIST, 0, tax},
	{"totals", "BG-22", SHAPE_OBJECT, 0, totals},
	END
};

/* ---- keys --------------------------------------------------------------------- */

static const struct shape *
find(const struct shape *shape, const char *key)
{
	for (; shape->key; shape++)
		if (strcmp(shape->key, key) == 0)
			return shape;
	return NULL;
}

static bool
unknown_key(struct work *work, const struct shape *shape, const char *path,
    const char *key)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();
	const char *near;

	for (; shape->key; shape++)
		g_ptr_array_add(keys, (char *)(uintptr_t)shape->key);
	g_ptr_array_add(keys, NULL);
	near = nearest_word(key, (const char *const *)keys->pdata);
	return fault(work, path, NULL, "no such key is known%s%s%s",
	    near ? "; did you mean \"" : "; mailfilter-invoice(5) lists them",
	    near ? near : "", near ? "\"?" : "");
}

static bool check_object(struct work *work, json_t *object,
    const struct shape *shape, const char *path);

static bool
check_list(struct work *work, json_t *list, const struct shape *row,
    const char *path)
{
	size_t i;
	json_t *item;

	if (!json_is_array(list))
		return fault(work, path, row->term, "a list in [ ] is wanted");
	json_array_foreach(list, i, item) {
		g_autofree char *at = path_item(path, i);

		if (!json_is_object(item))
			return fault(work, at, row->term, "an object in { } "
			    "is wanted");
		if (!check_object(work, item, row->below, at))
			return false;
	}
	return true;
}

static bool
check_value(struct work *work, json_t *object, const struct shape *row,
    json_t *value, const char *path)
{
	if (json_is_null(value))
		return fault(work, path, row->term, "null says nothing; leave "
		    "the key out");
	if (row->kind == SHAPE_LIST)
		return check_list(work, value, row, path);
	if (row->kind == SHAPE_OBJECT && !json_is_object(value))
		return fault(work, path, row->term, "an object in { } is "
		    "wanted");
	if (row->kind == SHAPE_OBJECT)
		return check_object(work, value, row->below, path);
	return shape_value(work, object, row, value, path);
}

/* Keys are walked over in a list of their own: values are replaced. */
static bool
check_object(struct work *work, json_t *object, const struct shape *shape,
    const char *path)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
		g_ptr_array_add(keys, g_strdup(key));
	for (guint i = 0; i < keys->len; i++) {
		const char *name = keys->pdata[i];
		const struct shape *row = find(shape, name);
		g_autofree char *at = path_key(path, name);

		if (!row)
			return unknown_key(work, shape, at, name);
		value = json_object_get(object, name);
		if (!check_value(work, object, row, value, at))
			return false;
		value = json_object_get(object, name);
		if ((json_is_object(value) && !json_object_size(value)) ||
		    (json_is_array(value) && !json_array_size(value)))
			json_object_del(object, name);
	}
	return true;
}

bool
document_check_shape(struct work *work)
{
	return check_object(work, work->root, top, "");
}
