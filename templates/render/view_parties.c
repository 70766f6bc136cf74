/*
 * view_parties.c - the parties of the view: their identifiers by scheme, tax
 * numbers in the place that the rules give them, payee and delivery.
 */
#include "view.h"

#include <string.h>

static bool
same(const json_t *view, const char *one, const char *other)
{
	const char *text = view_text(view, one);

	return *text && !strcmp(text, view_text(view, other));
}

/* CII keeps identifiers with and without a scheme apart. */
static void
split_ids(json_t *party)
{
	const json_t *ids = json_object_get(party, "ids");
	json_t *plain = json_array(), *global = json_array();

	for (size_t i = 0; i < json_array_size(ids); i++) {
		json_t *id = json_array_get(ids, i);

		if (*view_text(id, "scheme"))
			json_array_append(global, id);
		else if (*view_text(id, "id"))
			json_array_append(plain, json_object_get(id, "id"));
	}
	json_object_set_new(party, "_ids", plain);
	json_object_set_new(party, "_global_ids", global);
}

/* One identifier of a payee or a place, as a list of one. */
static void
list_id(json_t *party)
{
	json_t *id;

	if (!*view_text(party, "id"))
		return;
	id = json_pack("{s:s}", "id", view_text(party, "id"));
	if (*view_text(party, "id_scheme"))
		view_set(id, "scheme", view_text(party, "id_scheme"));
	json_object_set_new(party, "ids", json_pack("[o]", id));
}

static void
add_id(json_t *party, const char *id, const char *scheme)
{
	json_t *ids = json_object_get(party, "ids"), *one;

	if (!json_is_array(ids)) {
		ids = json_array();
		json_object_set_new(party, "ids", ids);
	}
	one = json_pack("{s:s}", "id", id);
	if (scheme)
		view_set(one, "scheme", scheme);
	json_array_append_new(ids, one);
}

/* What is no VAT identifier (no country in front) is a tax number. */
static void
place_tax_id(json_t *party)
{
	const char *id = view_text(party, "tax_id");

	if (!*id || (g_ascii_isupper(id[0]) && g_ascii_isupper(id[1])))
		return;
	view_default(party, "tax_number", id);
	json_object_del(party, "tax_id");
}

/* BR-O-02: not subject to VAT, then no VAT identifier stands in it; BR-CO-26
 * still wants the seller known by one. */
static void
hide_tax_id(json_t *party, bool seller)
{
	const char *id = view_text(party, "tax_id");

	if (seller && *id && !*view_text(party, "legal_id") &&
	    !json_array_size(json_object_get(party, "ids")))
		add_id(party, id, NULL);
	json_object_del(party, "tax_id");
}

/* Who has no other identifier is known by the tax number (BR-CO-26). */
static void
identify(json_t *seller)
{
	const char *number = view_text(seller, "tax_number");

	if (*number && !*view_text(seller, "tax_id") &&
	    !*view_text(seller, "legal_id") &&
	    !json_array_size(json_object_get(seller, "ids")))
		add_id(seller, number, NULL);
}

/* A mailbox is an electronic address where mail is the way; the network has
 * ways of its own. */
static void
endpoint_of(json_t *party, const struct profile *profile)
{
	const char *mail = view_text(party, "contact.email");

	if (profile->traits & PROFILE_GERMAN && *mail &&
	    !*view_text(party, "endpoint")) {
		view_set(party, "endpoint", mail);
		view_set(party, "endpoint_scheme", "EM");
	}
	if (strchr(view_text(party, "endpoint"), '@'))
		view_default(party, "endpoint_scheme", "EM");
}

static void
view_payee(json_t *view)
{
	json_t *payee = json_object_get(view, "payee");
	const json_t *ids = json_object_get(json_object_get(view, "seller"),
	    "ids");

	if (!payee)
		return;
	if (!*view_text(payee, "name") ||
	    same(view, "payee.name", "seller.name") ||
	    same(view, "payee.name", "seller.trading_name")) {
		json_object_del(view, "payee");	/* BR-17: another one */
		return;
	}
	for (size_t i = 0; i < json_array_size(ids); i++)
		if (!strcmp(view_text(json_array_get(ids, i), "id"),
			view_text(payee, "id")))
			view_set(payee, "id", "");
	if (same(view, "payee.legal_id", "seller.legal_id"))
		json_object_del(payee, "legal_id");
	list_id(payee);
	split_ids(payee);
}

/* BT-90 is an identifier of who is paid; UBL has no other place for it. */
static void
place_creditor(json_t *view)
{
	const char *creditor = view_text(view, "payment.mandate.creditor");
	json_t *payee = json_object_get(view, "payee");

	if (*creditor)
		add_id(payee ? payee : json_object_get(view, "seller"),
		    creditor, "SEPA");
}

/* What Peppol's rules of one country want of its sellers and is known. */
static void
view_nation(json_t *view, json_t *parties[2])
{
	static const struct {
		const char *country, *scheme;
		size_t digits;
	} schemes[] = {{"DK", "0184", 8}, {"IS", "0196", 10},
	    {"NL", "0106", 8}};
	const char *country = view_text(view, "seller.address.country");
	const char *name = view_text(view, "seller.name");

	for (size_t i = 0; i < 2; i++) {
		const char *home = view_text(parties[i], "address.country");
		const char *id = view_text(parties[i], "legal_id");

		for (size_t k = 0; k < G_N_ELEMENTS(schemes); k++)
			if (!strcmp(home, schemes[k].country) &&
			    strlen(id) == schemes[k].digits &&
			    strspn(id, "0123456789") == strlen(id))
				view_default(parties[i], "legal_scheme",
				    schemes[k].scheme);
		if (!strcmp(country, "GR"))
			view_default(parties[i], "trading_name",
			    view_text(parties[i], "name"));
	}
	/* A Norwegian limited company is in the register, and says so. */
	if (!strcmp(country, "NO") && (g_str_has_suffix(name, " AS") ||
		g_str_has_suffix(name, " ASA")))
		view_set(parties[0], "tax_number", "Foretaksregisteret");
}

void
view_parties(json_t *view, const struct profile *profile)
{
	json_t *parties[] = {view_object(view, "seller"),
	    view_object(view, "buyer"), json_object_get(view, "representative")};
	json_t *ids = json_object_get(parties[1], "ids");
	bool outside = view_has_category(view, "O");

	if (outside) {	/* no tax, no one to represent in it */
		json_object_del(view, "representative");
		parties[2] = NULL;
	}
	while (json_array_size(ids) > 1)	/* BT-46: one */
		json_array_remove(ids, 1);
	json_object_del(parties[1], "tax_number");
	json_object_del(parties[1], "legal_info");
	for (size_t i = 0; i < G_N_ELEMENTS(parties); i++) {
		place_tax_id(parties[i]);
		if (outside)
			hide_tax_id(parties[i], i == 0);
		if (i == 1)
			json_object_del(parties[1], "tax_number");
	}
	identify(parties[0]);
	for (size_t i = 0; i < 2; i++) {
		endpoint_of(parties[i], profile);
		split_ids(parties[i]);
	}
	view_payee(view);
	if (!(profile->traits & PROFILE_CII))
		place_creditor(view);
	if (profile->traits & PROFILE_NETWORK)
		view_nation(view, parties);
}

/* The first or last day that the lines' periods name. */
static const char *
outermost(const json_t *view, const char *path, int sign)
{
	const json_t *lines = json_object_get(view, "lines");
	const char *day = "";

	for (size_t i = 0; i < json_array_size(lines); i++) {
		const char *one = view_text(json_array_get(lines, i), path);

		if (*one && (!*day || sign * strcmp(one, day) > 0))
			day = one;
	}
	return day;
}

/* Goods that cross a border within the Union say where they went, and when
 * (BR-IC-11, BR-IC-12). */
static void
view_crossing(json_t *view)
{
	json_t *delivery = view_object(view, "delivery");
	json_t *address = json_object_get(json_object_get(view, "buyer"),
	    "address");

	if (!*view_text(delivery, "address.country") && address)
		json_object_set(delivery, "address", address);
	if (*view_text(view, "delivered") || *view_text(view, "period.from") ||
	    *view_text(view, "period.to"))
		return;
	view_set(view_object(view, "period"), "from",
	    outermost(view, "period.from", -1));
	view_set(view_object(view, "period"), "to",
	    outermost(view, "period.to", 1));
}

void
view_delivery(json_t *view, const struct profile *profile)
{
	json_t *delivery;

	(void)profile;
	if (view_has_category(view, "K"))
		view_crossing(view);
	if ((delivery = json_object_get(view, "delivery")) != NULL) {
		list_id(delivery);
		split_ids(delivery);
	}
}
