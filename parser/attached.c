/*
 * attached.c - which attached files are worth a look: what a statement may
 * come as, by the type that the mail says or by the ending of the name.
 */
#include "attached.h"

#include <glib.h>

static const char *const types[] = {
	"application/xml", "text/xml", "application/zip",
	"application/x-zip-compressed", "application/gzip",
	"application/x-gzip", "application/octet-stream",
	"application/x-ofx", "application/ofx", "application/vnd.intu.qfx",
	"application/mt940", "application/x-mt940", "application/x-mt942",
	"text/csv", "application/csv", "text/comma-separated-values", NULL
};

static const char *const endings[] = {
	".xml", ".sta", ".940", ".942", ".mt940", ".mt942", ".swi", ".ofx",
	".qfx", ".cod", ".n43", ".q43", ".aeb", ".bai", ".bai2", ".ret",
	".csv", ".txt", ".zip", ".gz", NULL
};

/* These are something else, whatever their type says. */
static const char *const others[] = {
	".pdf", ".png", ".jpg", ".jpeg", ".gif", ".doc", ".docx", ".xls",
	".xlsx", ".html", ".htm", ".p7s", ".asc", ".eml", ".ics", NULL
};

static bool
has_ending(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (g_str_has_suffix(name, *list))
			return true;
	return false;
}

bool
attached_may_be_statement(const char *type, const char *name)
{
	g_autofree char *lower_type = g_ascii_strdown(type ? type : "", -1);
	g_autofree char *lower = g_ascii_strdown(name ? name : "", -1);

	if (has_ending(lower, others))
		return false;
	return g_strv_contains(types, lower_type) || has_ending(lower, endings);
}

bool
attached_may_be_invoice(const char *type, const char *name)
{
	static const char *const invoice_types[] = {
		"application/xml", "text/xml", "application/pdf",
		"application/x-pdf", "application/ubl+xml", NULL
	};
	static const char *const invoice_endings[] = {".xml", ".pdf", NULL};
	g_autofree char *lower_type = g_ascii_strdown(type ? type : "", -1);
	g_autofree char *lower = g_ascii_strdown(name ? name : "", -1);

	return g_strv_contains(invoice_types, lower_type) ||
	    has_ending(lower, invoice_endings);
}
