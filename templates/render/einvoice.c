/*
 * einvoice.c - an e-invoice from a document: view, demands of the profile,
 * and the table of its syntax.
 */
#include "einvoice.h"

#include "syntax.h"

#include <string.h>

static const char *const names[] = {
    "ubl", "cii", "xrechnung", "xrechnung-cii", "peppol", "factur-x", NULL};

const char *const *
einvoice_profiles(void)
{
	return names;
}

char *
einvoice_file_name(const json_t *document, const char *profile)
{
	const char *number =
	    json_string_value(json_object_get(document, "number"));
	g_autofree char *stem = g_strdup(number ? number : "invoice");

	if (!strcmp(profile, "factur-x") || !strcmp(profile, "zugferd"))
		return g_strdup("factur-x.xml");
	g_strcanon(stem, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-", '-');
	return g_strconcat(*stem == '.' ? "-" : "", stem, ".xml", NULL);
}

GBytes *
einvoice_write(const json_t *document, const char *profile, char **why)
{
	const struct profile *wanted = profile_find(profile);
	GBytes *bytes = NULL;
	json_t *view;

	*why = NULL;
	if (!wanted) {
		g_autofree char *all = g_strjoinv(", ", (char **)names);

		*why = g_strdup_printf("profile: there is no \"%s\", take one "
		    "of %s", profile, all);
		return NULL;
	}
	if ((view = einvoice_view(document, wanted, why)) == NULL)
		return NULL;
	*why = profile_demand(view, wanted);
	if (!*why && wanted->traits & PROFILE_CII)
		bytes = xmlmap_write(view, cii_invoice, 0);
	else if (!*why && is_credit_note(view))
		bytes = xmlmap_write(view, ubl_credit_note, XML_CREDIT);
	else if (!*why)
		bytes = xmlmap_write(view, ubl_invoice, XML_INVOICE);
	json_decref(view);
	return bytes;
}
