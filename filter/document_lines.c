/*
 * document_lines.c - the lines of an invoice document: defaults, prices, tax
 * category and rate, net amounts (EN 16931-1, BG-25 to BG-30). Pure.
 */
#include "document_internal.h"

#include <string.h>

#define NUMBER 6		/* decimals of prices and quantities */
#define ONE 1000000

/* ---- tax ------------------------------------------------------------------- */

struct tax *
tax_of(struct work *work, const char *category, int64_t rate)
{
	struct tax made = {.category = category, .rate = rate};

	for (guint i = 0; i < work->taxes->len; i++) {
		struct tax *tax = &g_array_index(work->taxes, struct tax, i);

		if (tax->rate == rate && strcmp(tax->category, category) == 0)
			return tax;
	}
	g_array_append_val(work->taxes, made);
	return &g_array_index(work->taxes, struct tax, work->taxes->len - 1);
}

/* Rules BR-AE-5 … BR-Z-5 for lines, -6 for allowances, -7 for charges. */
static const char *
rule_number(const char *path)
{
	return g_str_has_prefix(path, "allowances") ? "6"
	    : g_str_has_prefix(path, "charges") ? "7" : "5";
}

static bool
check_outside(struct work *work, json_t *object, const char *path,
    int64_t *rate)
{
	if (*rate > 0)
		return fault(work, path, "BT-152", "category O (not subject "
		    "to VAT) has no rate, here is %s; leave the rate out or "
		    "enter S (BR-O-%s)", text_of(object, "rate"),
		    rule_number(path));
	json_object_del(object, "rate");
	*rate = NO_RATE;
	return true;
}

static bool
check_free(struct work *work, json_t *object, const char *path,
    const char *category, int64_t *rate)
{
	const char *code = strcmp(category, "K") == 0 ? "IC" : category;

	if (*rate > 0)
		return fault(work, path, "BT-152", "category %s is without "
		    "tax, here is the rate %s; enter 0, or category S "
		    "(BR-%s-%s)", category, text_of(object, "rate"), code,
		    rule_number(path));
	set_text(object, "rate", "0");
	*rate = 0;
	return true;
}

static bool
check_rate(struct work *work, json_t *object, const char *path,
    const char *category, int64_t *rate)
{
	g_autofree char *at = path_key(path, "rate");

	if (strcmp(category, "O") == 0)
		return check_outside(work, object, at, rate);
	if (strchr("ZEAEKG", *category) && strcmp(category, "S") != 0)
		return check_free(work, object, at, category, rate);
	if (*rate < 0)
		return fault(work, at, "BT-152", "it is missing; enter the "
		    "percentage of the tax for category %s (\"19\")",
		    category);
	return *rate > 0 || strcmp(category, "S") != 0 || fault(work, at,
	    "BT-152", "category S (standard rate) needs a rate above 0; enter "
	    "one, or category Z (zero rated) or E (exempt) (BR-S-%s)",
	    rule_number(path));
}

bool
category_check(struct work *work, json_t *object, const char *path,
    const char *term, int64_t *rate)
{
	const char *category = text_of(object, "category");
	g_autofree char *at = path_key(path, "category");

	*rate = number_of(object, "rate", 4, -1);
	if (!category && *rate > 0)
		set_text(object, "category", "S");
	else if (!category)
		return fault(work, at, term, "it is missing; enter S and a "
		    "rate, or Z (zero rated), E (exempt), AE (reverse charge), "
		    "K (intra-Community), G (export), O (not subject to VAT)");
	return check_rate(work, object, path, text_of(object, "category"),
	    rate);
}

/* ---- prices --------------------------------------------------------------------- */

static bool
check_negative(struct work *work, const json_t *line, const char *path)
{
	static const struct { const char *key, *term, *wanted; } rows[] = {
		{"price", "BT-146", "enter a price of 0 or more and a "
		    "negative quantity for what goes back (BR-27)"},
		{"gross_price", "BT-148", "enter a price of 0 or more "
		    "(BR-28)"},
		{"price_discount", "BT-147", "enter 0 or more, or a price "
		    "without gross_price"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *at = path_key(path, rows[i].key);

		if (number_of(line, rows[i].key, NUMBER, 0) < 0)
			return fault(work, at, rows[i].term, "%s is negative; "
			    "%s", text_of(line, rows[i].key), rows[i].wanted);
	}
	return true;
}

static void
set_number(json_t *object, const char *key, int64_t value)
{
	g_autofree char *text = number_text(value, NUMBER);

	set_text(object, key, text);
}

/* price = gross_price - price_discount: of three, two are enough. */
static bool
complete_price(struct work *work, json_t *line, const char *path)
{
	int64_t price = number_of(line, "price", NUMBER, -1);
	int64_t gross = number_of(line, "gross_price", NUMBER, -1);
	int64_t discount = number_of(line, "price_discount", NUMBER, -1);
	g_autofree char *at = path_key(path, "price");

	if (!check_negative(work, line, path))
		return false;
	if (price < 0 && gross < 0)
		return fault(work, at, "BT-146", "it is missing; enter the "
		    "price of one unit without tax (BR-26)");
	if (price < 0)
		price = gross - MAX(discount, 0);
	if (gross < 0 && discount >= 0)
		gross = price + discount;
	if (gross >= 0 && discount < 0)
		discount = gross - price;
	if (price < 0 || discount < -1)
		return fault(work, at, "BT-146", "gross_price %s is below the "
		    "price; enter the price before its discount",
		    text_of(line, "gross_price"));
	if (gross >= 0 && gross - discount != price)
		return fault(work, at, "BT-146", "it is %s, but gross_price %s "
		    "less price_discount %s is not; leave one of them out",
		    text_of(line, "price"), text_of(line, "gross_price"),
		    text_of(line, "price_discount"));
	set_number(line, "price", price);
	if (gross >= 0)
		set_number(line, "gross_price", gross);
	if (discount > 0)
		set_number(line, "price_discount", discount);
	return true;
}

/* ---- amounts ----------------------------------------------------------------------- */

static bool
too_large(struct work *work, const char *path)
{
	return fault(work, path, "BT-131", "its amount is too large");
}

/* The shorthand becomes what EN 16931 has: an allowance before the others. */
static void
expand_discount(json_t *line)
{
	json_t *allowances = json_object_get(line, "allowances");
	json_t *allowance;

	if (!text_of(line, "discount_percent"))
		return;
	allowance = json_object();
	if (!allowances) {
		allowances = json_array();
		json_object_set_new(line, "allowances", allowances);
	}
	set_text(allowance, "percent", text_of(line, "discount_percent"));
	set_text(allowance, "reason_code", "95");
	json_array_insert_new(allowances, 0, allowance);
	json_object_del(line, "discount_percent");
}

static bool
count_shares(struct work *work, json_t *line, const char *path,
    int64_t base, int64_t *net)
{
	static const char *const lists[] = {"allowances", "charges"};

	for (int charge = 0; charge < 2; charge++) {
		g_autofree char *list = path_key(path, lists[charge]);
		size_t i;
		json_t *share;

		json_array_foreach(json_object_get(line, lists[charge]), i,
		    share) {
			g_autofree char *at = path_item(list, i);
			int64_t amount;

			if (!share_complete(work, share, charge, base, at,
			    &amount))
				return false;
			if (!add_up(net, charge ? amount : -amount))
				return too_large(work, path);
		}
	}
	return true;
}

static bool
count_net(struct work *work, json_t *line, const char *path)
{
	int64_t per = number_of(line, "price_quantity", NUMBER, ONE);
	g_autofree char *at = path_key(path, "net");
	const char *given = text_of(line, "net");
	g_autofree char *text = NULL;
	int64_t base, net;

	if (!line_amount(number_of(line, "quantity", NUMBER, ONE),
	    number_of(line, "price", NUMBER, 0), per, work->digits, &base))
		return too_large(work, path);
	net = base;
	if (!count_shares(work, line, path, base, &net))
		return false;
	text = amount_text(net, work->digits);
	if (given && strcmp(given, text) != 0)
		return fault(work, at, "BT-131", "it is %s, but quantity, price, "
		    "allowances and charges make %s; leave it out or correct "
		    "them", given, text);
	set_text(line, "net", text);
	return true;
}

/* ---- one line ------------------------------------------------------------------------ */

/* A text of several lines is a name and a description. */
static void
split_text(json_t *line)
{
	const char *text = text_of(line, "text");
	const char *end = text ? strpbrk(text, "\r\n") : NULL;
	g_autofree char *name = NULL;
	g_autofree char *rest = NULL;

	if (!end || json_object_get(line, "description"))
		return;
	name = g_strstrip(g_strndup(text, (gsize)(end - text)));
	rest = g_strstrip(g_strdup(end));
	set_text(line, "text", name);
	set_text(line, "description", rest);
}

static bool
check_details(struct work *work, const json_t *line, const char *path)
{
	static const struct {
		const char *list, *first, *second, *wanted;
	} rows[] = {
		{"classes", "code", "scheme", "a classification has a code "
		    "and a scheme (BR-65)"},
		{"attributes", "name", "value", "an attribute has a name and "
		    "a value (BR-54)"},
	};
	g_autofree char *at = path_key(path, "standard_scheme");

	if (has_any(line, "standard_id") && !has_any(line, "standard_scheme"))
		return fault(work, at, "BT-157-1", "it is missing; enter 0160 "
		    "for a GTIN (BR-64)");
	for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
		g_autofree char *list = path_key(path, rows[r].list);
		size_t i;
		json_t *one;

		json_array_foreach(json_object_get(line, rows[r].list), i,
		    one) {
			g_autofree char *item = path_item(list, i);

			if (!has_any(one, rows[r].first) ||
			    !has_any(one, rows[r].second))
				return fault(work, item, NULL, "%s",
				    rows[r].wanted);
		}
	}
	return true;
}

static bool
check_quantity(struct work *work, json_t *line, const char *path)
{
	g_autofree char *at = path_key(path, "price_quantity");
	g_autofree char *unit = path_key(path, "price_unit");

	if (!text_of(line, "quantity"))
		set_text(line, "quantity", "1");
	if (!text_of(line, "unit"))
		set_text(line, "unit", "C62");
	if (number_of(line, "price_quantity", NUMBER, ONE) <= 0)
		return fault(work, at, "BT-149", "%s is not above 0; enter for "
		    "how many units the price is", text_of(line,
		    "price_quantity"));
	return !text_of(line, "price_unit") || strcmp(text_of(line,
	    "price_unit"), text_of(line, "unit")) == 0 || fault(work, unit,
	    "BT-150", "it is %s, but the quantity is in %s; leave it out",
	    text_of(line, "price_unit"), text_of(line, "unit"));
}

static bool
count_line(struct work *work, json_t *line, size_t i, const char *path)
{
	g_autofree char *text = path_key(path, "text");
	int64_t rate, net;
	struct tax *tax;

	if (!text_of(line, "text"))
		return fault(work, text, "BT-153", "it is missing; enter what "
		    "was sold (BR-25)");
	split_text(line);
	if (!text_of(line, "id")) {
		g_autofree char *id = g_strdup_printf("%zu", i + 1);

		set_text(line, "id", id);
	}
	if (!check_quantity(work, line, path) ||
	    !check_details(work, line, path) ||
	    !complete_price(work, line, path) ||
	    !category_check(work, line, path, "BT-151", &rate))
		return false;
	expand_discount(line);
	if (!count_net(work, line, path))
		return false;
	net = number_of(line, "net", work->digits, 0);
	tax = tax_of(work, text_of(line, "category"), rate);
	return (add_up(&tax->lines, net) && add_up(&tax->base, net)) ||
	    too_large(work, path);
}

static bool
check_ids(struct work *work, const json_t *lines)
{
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	size_t i;
	json_t *line;

	json_array_foreach(lines, i, line) {
		g_autofree char *path = path_item("lines", i);
		g_autofree char *at = path_key(path, "id");

		if (!g_hash_table_add(ids, (char *)(uintptr_t)text_of(line,
		    "id")))
			return fault(work, at, "BT-126", "'%s' is the id of a "
			    "line before; enter another or leave ids out",
			    text_of(line, "id"));
	}
	return true;
}

bool
document_count_lines(struct work *work)
{
	const json_t *lines = json_object_get(work->root, "lines");
	size_t i;
	json_t *line;

	if (!json_array_size(lines))
		return fault(work, "lines", "BG-25", "there is no line; enter "
		    "at least one with text, price and tax category (BR-16)");
	json_array_foreach(lines, i, line) {
		g_autofree char *path = path_item("lines", i);

		if (!count_line(work, line, i, path))
			return false;
	}
	return check_ids(work, lines);
}
