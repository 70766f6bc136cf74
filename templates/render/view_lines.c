/*
 * view_lines.c - lines, allowances, charges and taxes of the view: rates as
 * their category wants them, percent and base that belong together, gross
 * prices that give the net price.
 */
#include "view.h"

#include <string.h>

#define CENT (DECIMAL_ONE / 100)

void
view_rate(json_t *object)
{
	const char *category = view_text(object, "category");

	if (!strcmp(category, "O"))
		json_object_del(object, "rate");
	else if (*category && strchr("ZEAEKG", *category))
		view_default(object, "rate", "0");
}

/* Does base * percent / 100 give the amount, within two cents? */
static bool
percent_holds(const json_t *allowance)
{
	decimal_wide amount, base, percent, off;

	if (!view_decimal(allowance, "amount", &amount) ||
	    !view_decimal(allowance, "base", &base) ||
	    !view_decimal(allowance, "percent", &percent))
		return false;
	off = base * percent - amount * 100 * DECIMAL_ONE;
	return (off < 0 ? -off : off) <=
	    (decimal_wide)2 * CENT * 100 * DECIMAL_ONE;
}

void
view_allowance(json_t *allowance, bool charge, const struct profile *profile)
{
	decimal_wide base;

	view_set(allowance, "_charge", charge ? "true" : "false");
	view_rate(allowance);
	if (!view_decimal(allowance, "base", &base) || base % CENT)
		json_object_del(allowance, "base");	/* BR-DEC: two */
	if (!*view_text(allowance, "reason"))
		view_default(allowance, "reason_code", charge ? "ABK" : "95");
	if (profile->traits & PROFILE_PAIRED && !percent_holds(allowance)) {
		json_object_del(allowance, "percent");
		json_object_del(allowance, "base");
	}
}

static void
each_allowance(json_t *object, const struct profile *profile, bool line)
{
	static const char *const keys[] = {"allowances", "charges"};

	for (size_t k = 0; k < 2; k++) {
		json_t *list = json_object_get(object, keys[k]);

		for (size_t i = 0; i < json_array_size(list); i++) {
			json_t *one = json_array_get(list, i);

			if (line) {	/* the line's own tax is theirs */
				json_object_del(one, "category");
				json_object_del(one, "rate");
			}
			view_allowance(one, k == 1, profile);
		}
	}
}

/* Gross price less discount is the net price; what two of them say gives the
 * third, and three that disagree leave the net price alone. */
static void
view_gross(json_t *line)
{
	decimal_wide price, gross, discount;
	bool has_gross = view_decimal(line, "gross_price", &gross);
	bool has_discount = view_decimal(line, "price_discount", &discount);
	g_autofree char *text = NULL;
	json_t *group;

	if (!view_decimal(line, "price", &price) ||
	    (!has_gross && !has_discount))
		return;
	if (!has_gross)
		view_set(line, "gross_price",
		    text = decimal_short(gross = price + discount));
	if (!has_discount)
		view_set(line, "price_discount",
		    text = decimal_short(discount = gross - price));
	if (gross - discount != price || discount < 0) {
		json_object_del(line, "gross_price");
		json_object_del(line, "price_discount");
		return;
	}
	group = view_object(line, "_gross");
	view_set(group, "price", view_text(line, "gross_price"));
	view_set(group, "quantity", view_text(line, "price_quantity"));
	view_set(group, "unit", view_text(line, "price_unit"));
	if (discount)
		view_set(group, "discount", view_text(line, "price_discount"));
}

/* An attribute is a name and a value (BR-54), a class has its list (BR-65). */
static void
view_item(json_t *line)
{
	json_t *attributes = json_object_get(line, "attributes");
	json_t *classes = json_object_get(line, "classes");

	for (size_t i = json_array_size(attributes); i-- > 0;) {
		const json_t *one = json_array_get(attributes, i);

		if (!*view_text(one, "name") || !*view_text(one, "value"))
			json_array_remove(attributes, i);
	}
	for (size_t i = 0; i < json_array_size(classes); i++)
		view_default(json_array_get(classes, i), "scheme", "ZZZ");
	if (*view_text(line, "standard_id"))
		view_default(line, "standard_scheme", "0160");
}

void
view_lines(json_t *view, const struct profile *profile)
{
	json_t *lines = json_object_get(view, "lines");

	for (size_t i = 0; i < json_array_size(lines); i++) {
		json_t *line = json_array_get(lines, i);
		g_autofree char *number = g_strdup_printf("%zu", i + 1);

		view_default(line, "id", number);
		view_rate(line);
		if (*view_text(line, "price_quantity"))
			view_default(line, "price_unit",
			    view_text(line, "unit"));
		view_gross(line);
		view_item(line);
		each_allowance(line, profile, true);
	}
}

void
view_allowances(json_t *view, const struct profile *profile)
{
	each_allowance(view, profile, false);
}

/* Why there is no tax, when nobody said it (BT-121). */
static const struct {
	const char *category, *code;
} exemptions[] = {{"AE", "VATEX-EU-AE"}, {"K", "VATEX-EU-IC"},
    {"G", "VATEX-EU-G"}, {"O", "VATEX-EU-O"}};

static void
exemption(json_t *tax)
{
	const char *category = view_text(tax, "category");

	if (*category && strstr("S Z L M B", category)) {
		json_object_del(tax, "reason");
		json_object_del(tax, "reason_code");
	}
	for (size_t i = 0; i < G_N_ELEMENTS(exemptions); i++)
		if (!strcmp(category, exemptions[i].category) &&
		    !*view_text(tax, "reason"))
			view_default(tax, "reason_code", exemptions[i].code);
}

void
view_taxes(json_t *view, const struct profile *profile)
{
	json_t *taxes = json_object_get(view, "taxes");

	for (size_t i = 0; i < json_array_size(taxes); i++) {
		json_t *tax = json_array_get(taxes, i);

		view_rate(tax);
		exemption(tax);
		/* German rules want a rate of every tax (BR-DE-14). */
		if (profile->traits & PROFILE_GERMAN ||
		    (profile->traits & PROFILE_NETWORK && both_german(view)))
			view_default(tax, "rate", "0");
	}
}
