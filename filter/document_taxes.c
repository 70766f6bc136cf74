/*
 * document_taxes.c - what each tax category asks of the parties and of the
 * delivery, and why no tax is charged (BR-S-2 to BR-O-14, BR-x-10). Pure.
 */
#include "document_internal.h"

#include <string.h>

/* What must be there: keys of the seller (its representative's tax_id counts
 * as one), of the buyer. */
static const struct need {
	const char *category, *name;
	const char *seller, *seller_rule;
	const char *buyer, *buyer_rule;
} needs[] = {
	{"S", "standard rate", "tax_id|tax_number", "BR-S-2", NULL, NULL},
	{"Z", "zero rate", "tax_id|tax_number", "BR-Z-2", NULL, NULL},
	{"E", "exempt", "tax_id|tax_number", "BR-E-2", NULL, NULL},
	{"AE", "reverse charge", "tax_id|tax_number", "BR-AE-2",
	    "tax_id|legal_id", "BR-AE-2"},
	{"K", "intra-Community supply", "tax_id", "BR-IC-2", "tax_id",
	    "BR-IC-2"},
	{"G", "export", "tax_id", "BR-G-2", NULL, NULL},
	{"L", "IGIC", "tax_id|tax_number", "BR-AF-2", NULL, NULL},
	{"M", "IPSI", "tax_id|tax_number", "BR-AG-2", NULL, NULL},
	{"B", "split payment", "tax_id|tax_number", "BR-B-1", NULL, NULL},
};

static bool
uses(const struct work *work, const char *category)
{
	for (guint i = 0; i < work->taxes->len; i++)
		if (strcmp(g_array_index(work->taxes, struct tax,
		    i).category, category) == 0)
			return true;
	return false;
}

static bool
check_need(struct work *work, const struct need *need)
{
	const json_t *seller = json_object_get(work->root, "seller");
	const json_t *buyer = json_object_get(work->root, "buyer");

	if (!has_any(seller, need->seller) &&
	    !json_object_get(work->root, "representative"))
		return fault(work, "seller.tax_id", "BT-31", "category %s (%s) "
		    "needs the seller's VAT id%s; set it in the section owner "
		    "of the configuration (%s)", need->category, need->name,
		    strchr(need->seller, '|') ? " or tax_number" : "",
		    need->seller_rule);
	return !need->buyer || has_any(buyer, need->buyer) ||
	    fault(work, "buyer.tax_id", "BT-48", "category %s (%s) needs the "
	    "buyer's VAT id%s; set it with 'mailfilter customer edit' (%s)",
	    need->category, need->name, strchr(need->buyer, '|')
	    ? " or legal_id" : "", need->buyer_rule);
}

static bool
check_delivery(struct work *work)
{
	const json_t *delivery = json_object_get(work->root, "delivery");
	const json_t *address = json_object_get(delivery, "address");

	if (address && !text_of(address, "country"))
		return fault(work, "delivery.address.country", "BT-80", "it is "
		    "missing; enter two letters of ISO 3166 (BR-57)");
	if (!uses(work, "K"))
		return true;
	if (!has_any(work->root, "delivered|period"))
		return fault(work, "delivered", "BT-72", "category K "
		    "(intra-Community supply) needs the day of the delivery, "
		    "or a period (BR-IC-11)");
	return address || fault(work, "delivery.address.country", "BT-80",
	    "category K (intra-Community supply) needs the country that is "
	    "delivered to (BR-IC-12)");
}

/* What is not subject to VAT stands alone and names no VAT ids: those that the
 * configuration and the customer have are left out (BR-O-2). */
static bool
check_outside(struct work *work)
{
	json_t *seller = json_object_get(work->root, "seller");
	const char *known = text_of(seller, "tax_id");

	if (!uses(work, "O"))
		return true;
	if (work->taxes->len > 1)
		return fault(work, "lines", "BG-25", "category O (not subject "
		    "to VAT) stands alone, here is %s too; write two invoices "
		    "(BR-O-11)", strcmp(g_array_index(work->taxes, struct tax,
		    0).category, "O") ? g_array_index(work->taxes, struct tax,
		    0).category : g_array_index(work->taxes, struct tax,
		    1).category);
	if (json_object_get(work->root, "representative"))
		return fault(work, "representative.tax_id", "BT-63", "category "
		    "O (not subject to VAT) names no VAT id; leave the "
		    "representative out (BR-O-2)");
	/* who sells is still known by an identifier (BR-CO-26) */
	if (known && !json_object_get(seller, "legal_id") &&
	    !json_object_get(seller, "ids"))
		json_object_set_new(seller, "ids", json_pack("[{ss}]", "id",
		    known));
	json_object_del(seller, "tax_id");
	json_object_del(json_object_get(work->root, "buyer"), "tax_id");
	return true;
}

static bool
check_split(struct work *work)
{
	const char *seller = document_text(work->root,
	    "seller.address.country");
	const char *buyer = document_text(work->root,
	    "buyer.address.country");

	if (!uses(work, "B"))
		return true;
	if (strcmp(seller, "IT") != 0 || strcmp(buyer, "IT") != 0)
		return fault(work, "lines", "BT-151", "category B (split "
		    "payment) is for invoices inside Italy; enter S (BR-B-1)");
	return !uses(work, "S") || fault(work, "lines", "BT-151", "category B "
	    "(split payment) and S (standard rate) do not go together "
	    "(BR-B-2)");
}

/* ---- why no tax ----------------------------------------------------------------- */

static bool
is_free(const char *category)
{
	static const char *const list[] = {"E", "AE", "K", "G", "O", NULL};

	return g_strv_contains(list, category);
}

/* Reasons of a document that was computed before are in its taxes. */
static void
take_given(struct work *work, json_t *exemption, const char *category)
{
	size_t i;
	json_t *tax;

	json_array_foreach(json_object_get(work->root, "taxes"), i, tax) {
		const char *own = text_of(tax, "category");

		if (!own || strcmp(own, category) != 0)
			continue;
		if (text_of(tax, "reason"))
			set_text(exemption, "reason", text_of(tax, "reason"));
		if (text_of(tax, "reason_code"))
			set_text(exemption, "code",
			    text_of(tax, "reason_code"));
	}
}

static bool
complete_exemption(struct work *work, const char *category)
{
	json_t *all = json_object_get(work->root, "exemptions");
	json_t *one = json_object_get(all, category);
	g_autofree char *path = g_strdup_printf("exemptions.%s.code",
	    category);
	const char *fit;

	if (!all) {
		all = json_object();
		json_object_set_new(work->root, "exemptions", all);
	}
	if (!one) {
		one = json_object();
		json_object_set_new(all, category, one);
		take_given(work, one, category);
	}
	if (!text_of(one, "code") && exemption_code(category))
		set_text(one, "code", exemption_code(category));
	fit = text_of(one, "code") ? exemption_category(text_of(one, "code"))
				   : NULL;
	if (fit && strcmp(fit, category) != 0)
		return fault(work, path, "BT-121", "%s goes with category %s, "
		    "not with %s; enter another code or only a reason",
		    text_of(one, "code"), fit, category);
	if (!text_of(one, "reason")) {
		const char *code = text_of(one, "code");
		const char *own = exemption_code(category);
		bool special = code && (!own || strcmp(own, code) != 0);
		g_autofree char *words = reason_words(special ? code
		    : category, work->language);

		set_text(one, "reason", words);
	}
	return true;
}

bool
document_check_taxes(struct work *work)
{
	for (size_t i = 0; i < G_N_ELEMENTS(needs); i++)
		if (uses(work, needs[i].category) &&
		    !check_need(work, &needs[i]))
			return false;
	if (!check_delivery(work) || !check_outside(work) ||
	    !check_split(work))
		return false;
	for (guint i = 0; i < work->taxes->len; i++) {
		const char *category = g_array_index(work->taxes, struct tax,
		    i).category;

		if (is_free(category) &&
		    !complete_exemption(work, category))
			return false;
	}
	return true;
}
