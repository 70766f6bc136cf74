/*
 * document_party.c - seller, buyer, payee and representative of an invoice
 * document: names, countries, tax ids, electronic addresses. Pure.
 */
#include "document_internal.h"
#include "tax_id.h"

#include <string.h>

/* Where a person sets what is missing. */
static const char *
place_of(const char *party)
{
	return strcmp(party, "seller") == 0
	    ? "; set it in the section owner of the configuration"
	    : strcmp(party, "buyer") == 0
	    ? "; set it with 'mailfilter customer edit'" : "";
}

/* ---- tax ids ---------------------------------------------------------------- */

static bool
is_prefixed(const char *id)
{
	char country[3] = {0};

	if (!g_ascii_isalpha(id[0]) || !g_ascii_isalpha(id[1]))
		return false;
	country[0] = g_ascii_toupper(id[0]);
	country[1] = g_ascii_toupper(id[1]);
	return strcmp(country, "EL") == 0 ||
	    code_name(CODES_COUNTRY, country) != NULL;
}

/* A VAT id begins with its country (BR-CO-9); where it does not, the
 * address's is put before it. An id may be of another country. */
static bool
check_tax_id(struct work *work, json_t *party, const char *name,
    const char *term)
{
	const char *id = text_of(party, "tax_id");
	const char *country = text_of(json_object_get(party, "address"),
	    "country");
	g_autofree char *prefix = id ? g_ascii_strup(id, 2) : NULL;
	g_autofree char *path = path_key(name, "tax_id");
	g_autofree char *normal = NULL;
	g_autofree char *why = NULL;
	enum tax_id_status status;

	if (!id)
		return true;
	status = tax_id_check(country, id, &normal, &why);
	if (status != TAX_ID_GOOD && is_prefixed(id) &&
	    strcmp(prefix, country) != 0) {
		country = prefix;
		g_clear_pointer(&normal, g_free);
		g_clear_pointer(&why, g_free);
		status = tax_id_check(country, id, &normal, &why);
	}
	if (status == TAX_ID_BAD)
		return fault(work, path, term, "'%s' is no tax id of %s: %s; "
		    "enter it again%s", id, country, why, place_of(name));
	if (!normal)
		normal = g_strdup(id);
	if (!is_prefixed(normal)) {
		g_autofree char *full = g_strconcat(country, normal, NULL);

		set_text(party, "tax_id", full);
	} else
		set_text(party, "tax_id", normal);
	return true;
}

/* ---- electronic addresses --------------------------------------------------------- */

static bool
check_endpoint(struct work *work, json_t *party, const char *name)
{
	const char *endpoint = text_of(party, "endpoint");
	g_autofree char *path = path_key(name, "endpoint_scheme");

	if (!endpoint && text_of(party, "endpoint_scheme"))
		return fault(work, path, "BT-34-1/49-1", "there is a scheme but "
		    "no endpoint; enter both or none");
	if (!endpoint || text_of(party, "endpoint_scheme"))
		return true;
	if (!strchr(endpoint, '@'))
		return fault(work, path, "BT-34-1/49-1", "the endpoint '%s' has "
		    "no scheme; enter one of the EAS list (\"9930\" for a "
		    "German VAT id, \"0088\" for a GLN; BR-62, BR-63)",
		    endpoint);
	set_text(party, "endpoint_scheme", "EM");
	return true;
}

/* ---- seller and buyer ---------------------------------------------------------------- */

static bool
check_ids(struct work *work, const json_t *party, const char *name)
{
	g_autofree char *list = path_key(name, "ids");
	size_t i;
	json_t *id;

	json_array_foreach(json_object_get(party, "ids"), i, id) {
		g_autofree char *path = path_item(list, i);

		if (!text_of(id, "id"))
			return fault(work, path, "BT-29/46", "the id is "
			    "missing; enter \"id\"");
	}
	return true;
}

static bool
check_party(struct work *work, const char *name, const char *terms)
{
	json_t *party = json_object_get(work->root, name);
	const json_t *address = json_object_get(party, "address");
	g_autofree char *where = g_strconcat(name, ".address.country", NULL);
	g_autofree char *called = path_key(name, "name");

	if (!text_of(party, "name"))
		return fault(work, called, "BT-27/44", "the %s has no name%s",
		    name, place_of(name));
	if (!text_of(address, "country"))
		return fault(work, where, "BT-40/55", "the country of the %s "
		    "is missing; enter two letters of ISO 3166 (\"DE\")%s",
		    name, place_of(name));
	return check_ids(work, party, name) &&
	    check_tax_id(work, party, name, terms) &&
	    check_endpoint(work, party, name);
}

static bool
check_representative(struct work *work)
{
	json_t *one = json_object_get(work->root, "representative");
	const json_t *address = json_object_get(one, "address");

	if (!one)
		return true;
	if (!text_of(one, "name"))
		return fault(work, "representative.name", "BT-62", "it is "
		    "missing; enter who represents the seller (BR-18)");
	if (!text_of(one, "tax_id"))
		return fault(work, "representative.tax_id", "BT-63", "it is "
		    "missing; enter the representative's VAT id (BR-56)");
	if (!text_of(address, "country"))
		return fault(work, "representative.address.country", "BT-69",
		    "it is missing; enter two letters of ISO 3166 (BR-20)");
	return check_tax_id(work, one, "representative", "BT-63");
}

/* A seller without VAT id and register is known by its tax number
 * (BR-CO-26). */
static void
identify_seller(struct work *work)
{
	json_t *seller = json_object_get(work->root, "seller");
	const char *number = text_of(seller, "tax_number");

	if (!text_of(work->root, "profile") || !number ||
	    has_any(seller, "tax_id|legal_id|ids"))
		return;
	json_object_set_new(seller, "ids", json_pack("[{ss}]", "id", number));
}

/* XRechnung and others want an electronic address; an e-mail address is one. */
static void
address_seller(struct work *work, const char *name)
{
	const char *profile = text_of(work->root, "profile");
	json_t *party = json_object_get(work->root, name);
	const char *email = text_of(json_object_get(party, "contact"),
	    "email");

	if (!profile || !email || text_of(party, "endpoint") ||
	    strcmp(profile, "peppol") == 0)
		return;
	set_text(party, "endpoint", email);
	set_text(party, "endpoint_scheme", "EM");
}

bool
document_check_parties(struct work *work)
{
	json_t *payee = json_object_get(work->root, "payee");

	if (!check_party(work, "seller", "BT-31") ||
	    !check_party(work, "buyer", "BT-48") ||
	    !check_representative(work))
		return false;
	if (payee && !text_of(payee, "name"))
		return fault(work, "payee.name", "BT-59", "it is missing; enter "
		    "who gets the money, or leave payee out (BR-17)");
	identify_seller(work);
	address_seller(work, "seller");
	address_seller(work, "buyer");
	return true;
}
