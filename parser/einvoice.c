/*
 * einvoice.c - electronic invoices in a file of the owner's: the helper reads
 * one at a time, each in a sandbox of its own.
 */
#include "child.h"
#include "limits.h"
#include "parser.h"
#include "reader.h"

#include <unistd.h>

json_t *
parser_read_invoice(struct parser *parser, int fd, unsigned index,
    unsigned *files, char **why)
{
	g_autofree char *number = g_strdup_printf("%u", index);
	const char *const argv[] = {parser->extract, "document", number,
	    NULL};
	GString *out = g_string_new(NULL);
	json_t *found = NULL;
	bool good;

	*why = NULL;
	good = parser->extract && child_run_helper(argv, fd, out,
	    LIMIT_INVOICE, child_deadline(MAX(parser->timeout_ms,
	    LIMIT_INVOICE_MS)));
	lseek(fd, 0, SEEK_SET);
	found = good ? json_loadb(out->str, out->len, 0, NULL) : NULL;
	if (found)
		*files = (unsigned)json_integer_value(json_object_get(found,
		    "files"));
	else
		*why = g_strdup(good || !*out->str ? "it cannot be read" :
		    out->str);
	if (found && json_object_get(found, "why"))
		*why = g_strdup(json_string_value(json_object_get(found,
		    "why")));
	if (found && !json_object_get(found, "document")) {
		json_decref(found);
		found = NULL;
	}
	g_string_free(out, TRUE);
	return found;
}
