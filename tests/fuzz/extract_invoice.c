/*
 * extract_invoice.c - XML of any shape that says it is an invoice, bare or in
 * a PDF: a document that can be written as JSON and as an event, or none.
 */
#include "fuzz.h"

#include "../../parser/extract/invoice.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *why = NULL;
	GString *inside = invoice_in_pdf((const char *)data, size, 1 << 20);
	json_t *found = inside ? invoice_read(inside->str, inside->len, &why) :
	    invoice_read((const char *)data, size, &why);
	struct event *event;
	char *text;

	MUST(!found || !why);
	if (found) {
		text = json_dumps(found, JSON_COMPACT);
		MUST(text);
		free(text);
		MUST(json_is_object(json_object_get(found, "document")));
		event = invoice_event(found);
		MUST(event);
		event_free(event);
	}
	json_decref(found);
	if (inside)
		g_string_free(inside, TRUE);
	g_free(why);
	return 0;
}
