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
parser_read_invoice(struct parser *parser, int fd, unsigned index, bool *over,
    char **why)
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
	*over = good && out->len == 0;
	if (good && out->len > 0)
		found = json_loadb(out->str, out->len, 0, NULL);
	if (!found && !*over)
		*why = g_strdup(good || !*out->str ? "it cannot be read" :
		    out->str);
	if (found && json_object_size(found) == 0) {
		json_decref(found);
		found = NULL;
	}
	g_string_free(out, TRUE);
	return found;
}
